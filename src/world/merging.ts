/** A merge under way in a working folder: begun for a remediation, and looked at when that has ended. */
import { createHash } from 'node:crypto'
import { lstat, readFile, readlink } from 'node:fs/promises'
import { join } from 'node:path'
import type { Sha } from '../decide/task.ts'
import { isFile } from './files.ts'
import { git, gitOk } from './git.ts'
import { type Checkout, listOwnIndex } from './staging.ts'

/** A file that conflicted, and what the merge left in its place. */
export interface Conflicted {
  readonly file: string
  readonly left: string
  /** Characters of a conflict marker in it: 7 unless the attribute `conflict-marker-size` says otherwise. */
  readonly markerSize: number
}

/**
 * Merges a candidate into a fresh folder that nobody has used yet, leaving the merge under way: with markers in
 * place where it conflicts. The folder's own git directory is ours until then.
 */
export async function startMerge(
  at: Checkout,
  candidate: Sha,
): Promise<{ readonly status: string; readonly conflicted: readonly Conflicted[] }> {
  const merged = await git(at.dir, [
    '-c',
    'merge.conflictStyle=merge',
    'merge',
    '--no-commit',
    '--no-ff',
    '--quiet',
    candidate,
  ])
  if (merged.exitCode > 1)
    throw new Error(`git merge exited with ${merged.exitCode}: ${merged.stderr.trim()}`)
  const [status, unmerged] = await Promise.all([
    gitOk(at.dir, ['status', '--porcelain']),
    gitOk(at.dir, ['diff', '--name-only', '-z', '--diff-filter=U']),
  ])
  const files = unmerged.split('\0').filter(path => path !== '')
  const asked = ['check-attr', '-z', '--stdin', 'conflict-marker-size']
  // Of each file: its name, the attribute, the value.
  const told = (await gitOk(at.dir, asked, { input: unmerged })).split('\0')
  const conflicted = files.map(async (file, i) => ({
    file,
    left: await contentAt(join(at.dir, file)),
    markerSize: Number.parseInt(told[3 * i + 2] ?? '', 10) || 7,
  }))
  return { status, conflicted: await Promise.all(conflicted) }
}

/**
 * Which of the files nobody has decided: those that still hold a line that opens or closes a conflict, and those without
 * any (binary, or removed on one side) that are as the merge left them and unmerged in the folder's index.
 */
export async function unresolved(
  at: Checkout,
  conflicted: readonly Conflicted[],
  storeDir: string,
): Promise<readonly string[]> {
  if (conflicted.length === 0) return []
  const listed = await listOwnIndex(at, ['--unmerged'], storeDir)
  const unmerged = new Set(listed.map(entry => entry.slice(entry.indexOf('\t') + 1)))
  const files: string[] = []
  for (const { file, left, markerSize } of conflicted) {
    const path = join(at.dir, file)
    const untouched = unmerged.has(Buffer.from(file).toString('latin1')) && (await contentAt(path)) === left
    if (untouched || (await holdsMarkers(path, markerSize))) files.push(file)
  }
  return files
}

async function holdsMarkers(path: string, size: number): Promise<boolean> {
  // A link, or what lies behind one, is not a file that conflicted.
  if (!(await isFile(path))) return false
  return new RegExp(`^(<{${size}}|>{${size}})( |\\r?$)`, 'm').test(await readFile(path, 'utf8'))
}

async function contentAt(path: string): Promise<string> {
  const found = await lstat(path).catch(() => null)
  if (found?.isSymbolicLink()) return `link to ${await readlink(path)}`
  if (!found?.isFile()) return found === null ? 'nothing' : 'no file'
  return createHash('sha256')
    .update(await readFile(path))
    .digest('hex')
}
