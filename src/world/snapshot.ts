/**
 * What a worker has left in its folder, read as data: through the store's git directory and an index of ours. Nothing
 * in the folder's `.git`, or in a repository inside the folder, is trusted or run.
 */
import { lstat, readFile, stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { Sha } from '../decide/task.ts'
import type { Checkout } from './checkout.ts'
import { git, gitOk } from './git.ts'

/** git on the folder's files through the store and our index. */
export function outside(at: Checkout, storeDir: string): Record<string, string> {
  return { GIT_DIR: storeDir, GIT_WORK_TREE: at.dir, GIT_INDEX_FILE: at.index }
}

/** A repository's packed refs may be some megabytes. */
const LARGEST = 64 * 1024 * 1024
/** A pipe where git expects a file would keep it for ever; 100,000 changed files on a slow disk take minutes. */
const LONGEST_MS = 10 * 60_000

export interface Snapshot {
  readonly tree: Sha
  /** The commit the folder's HEAD names; null: it leads nowhere. */
  readonly head: Sha | null
  /** git's words on what it could not take: a repository without a commit, a file that may not be read. */
  readonly left: readonly string[]
}

/** The tree of everything in the folder that git does not ignore, committed there or not. */
export async function snapshot(at: Checkout, base: Sha, storeDir: string): Promise<Snapshot> {
  const env = outside(at, storeDir)
  const head = await headOf(join(at.dir, '.git'))
  const [committed, inner] = await Promise.all([
    head !== null && head !== base ? addedByCommits(at, base, head, storeDir) : [],
    checkedOutSubmodules(at, base, storeDir),
  ])
  // To see whether a submodule is dirty git would run git in there, with that repository's own filters.
  const paths = ['.', ...inner.map(({ path }) => `:(exclude,literal)${path}`)]
  const left = await add(paths, [], env, at.dir)
  const moved = inner.flatMap(({ path, head }) => (head === null ? [] : [`160000 ${head}\t${path}\0`]))
  if (moved.length > 0)
    await gitOk(at.dir, ['update-index', '-z', '--index-info'], { env, input: moved.join('') })
  // Committed on purpose although an ignore rule covers it: then git does not ignore it.
  const forced =
    committed.length > 0
      ? await add(committed, ['--force'], { ...env, GIT_LITERAL_PATHSPECS: '1' }, at.dir)
      : []
  const tree = (await gitOk(at.dir, ['write-tree'], { env })).trim() as Sha
  return { tree, head, left: [...new Set([...left, ...forced])] }
}

/** Returns git's words on what it could not add; the rest is added. */
async function add(
  paths: readonly string[],
  options: readonly string[],
  env: Record<string, string>,
  dir: string,
): Promise<readonly string[]> {
  const from = ['--pathspec-from-file=-', '--pathspec-file-nul']
  const args = ['add', '--all', '--ignore-errors', ...options, ...from]
  const { exitCode, stderr } = await git(dir, args, { env, input: paths.join('\0'), timeoutMs: LONGEST_MS })
  if (exitCode === 0) return []
  const words = stderr.split('\n').flatMap(line => /^(?:error|fatal): (.+)$/.exec(line)?.[1] ?? [])
  // 1: some could not be added. Anything else of a whole folder is a fault of ours or of the machine.
  if (exitCode !== 1 && !options.includes('--force')) {
    throw new Error(`git add exited with ${exitCode} or was ended after its time: ${stderr.trim()}`)
  }
  return words
}

/** The base's submodules that have a repository in the folder, and where that stands. */
async function checkedOutSubmodules(
  at: Checkout,
  base: Sha,
  storeDir: string,
): Promise<readonly { readonly path: string; readonly head: Sha | null }[]> {
  // With -d: folders and submodules only.
  const listed = await gitOk(storeDir, ['ls-tree', '-r', '-d', '-z', base])
  const paths = listed.split('\0').flatMap(line => /^160000 [^\t]*\t(.*)$/s.exec(line)?.[1] ?? [])
  const found = await Promise.all(
    paths.map(async path => {
      const inner = join(at.dir, path, '.git')
      const there = await lstat(inner).catch(() => null)
      return there === null ? null : { path, head: await headOf(await gitDirOf(inner)) }
    }),
  )
  return found.filter(submodule => submodule !== null)
}

/** A `.git` that is a file names the folder. */
async function gitDirOf(path: string): Promise<string> {
  const named = /^gitdir: (.+)$/m.exec((await readData(path)) ?? '')?.[1]
  return named === undefined ? path : resolve(path, '..', named)
}

/** Reads the folder's objects as data: none of its configuration is in force. */
function withObjectsOf(dir: string): Record<string, string> {
  return { GIT_ALTERNATE_OBJECT_DIRECTORIES: `"${join(dir, '.git', 'objects').replace(/["\\]/g, '\\$&')}"` }
}

async function addedByCommits(
  at: Checkout,
  base: Sha,
  head: Sha,
  storeDir: string,
): Promise<readonly string[]> {
  const { exitCode, stdout } = await git(
    storeDir,
    ['diff-tree', '-r', '-z', '--no-renames', '--diff-filter=A', '--name-only', base, head],
    { env: withObjectsOf(at.dir), timeoutMs: LONGEST_MS },
  )
  if (exitCode !== 0) return []
  const there = await Promise.all(
    stdout
      .split('\0')
      .filter(path => path !== '')
      .map(async path => ({ path, stats: await lstat(join(at.dir, path)).catch(() => null) })),
  )
  // A folder here is a repository inside the folder: the first pass has taken what there is to take.
  return there.flatMap(({ path, stats }) => (stats?.isFile() || stats?.isSymbolicLink() ? [path] : []))
}

export interface WorkerCommit {
  /** `Name <mail> seconds zone`. */
  readonly author: string
  readonly message: string
}

/** At most this many of a worker's own commits are told of in its candidate's message. */
const MOST_COMMITS = 100

/** The commits a worker made upon `base`, oldest first; merges left out. Read as data. */
export async function historyOf(
  at: Checkout,
  base: Sha,
  head: Sha,
  storeDir: string,
): Promise<readonly WorkerCommit[]> {
  const { exitCode, stdout } = await git(
    storeDir,
    [
      'log',
      '-z',
      `-${MOST_COMMITS}`,
      '--no-merges',
      '--reverse',
      '--date=raw',
      '--format=%an <%ae> %ad%n%B',
      head,
      `^${base}`,
    ],
    { env: withObjectsOf(at.dir), timeoutMs: LONGEST_MS },
  )
  if (exitCode !== 0) return []
  return stdout
    .split('\0')
    .filter(entry => entry !== '')
    .map(entry => {
      const end = entry.indexOf('\n')
      return { author: entry.slice(0, end).replace(/[\r\0]/g, ''), message: entry.slice(end + 1) }
    })
}

/** The commit the folder's HEAD names, read as plain files; null when that leads nowhere. */
async function headOf(gitDir: string): Promise<Sha | null> {
  const head = ((await readData(join(gitDir, 'HEAD'))) ?? '').trim()
  const ref = /^ref: (refs\/[^\0\n]+)$/.exec(head)?.[1]
  if (ref === undefined) return asSha(head)
  if (ref.split('/').includes('..')) return null
  const loose = await readData(join(gitDir, ref))
  if (loose !== null) return asSha(loose.trim())
  const packed = (await readData(join(gitDir, 'packed-refs'))) ?? ''
  const line = packed.split('\n').find(line => line.endsWith(` ${ref}`))
  return asSha(line?.split(' ')[0] ?? '')
}

/** null: no plain file. Opening anything else, a pipe or a device, might never return. */
async function readData(path: string): Promise<string | null> {
  try {
    const stats = await stat(path)
    return stats.isFile() && stats.size <= LARGEST ? await readFile(path, 'utf8') : null
  } catch {
    return null
  }
}

function asSha(text: string): Sha | null {
  return /^([0-9a-f]{40}|[0-9a-f]{64})$/.test(text) ? (text as Sha) : null
}
