/** git on a folder's files through the store's git directory and an index of ours, and never through the folder's own. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { isFile, removeAll } from './files.ts'
import { git, gitOk } from './git.ts'
import type { RawChange } from './git-output.ts'
import { makeReadable } from './traps.ts'

/** A working folder and our index of it, which lies outside. */
export interface Checkout {
  readonly dir: string
  readonly index: string
}

/** The environment of such a git command. */
export function outside(at: Checkout, storeDir: string): Record<string, string> {
  const { file } = settingsOf(at)
  const own = existsSync(file) ? { GIT_CONFIG_GLOBAL: file } : {}
  return { GIT_DIR: storeDir, GIT_WORK_TREE: at.dir, GIT_INDEX_FILE: at.index, ...own }
}

/** Where the settings lie that hold in this folder alone: a configuration, and the repository that its commands run in. */
export function settingsOf(at: Checkout): { readonly folder: string; readonly file: string } {
  const folder = `${at.index}.settings`
  return { folder, file: join(folder, 'config') }
}

/** What we have beside the folder. */
export async function removeIndex(at: Checkout): Promise<void> {
  await Promise.all([removeAll(at.index), removeAll(settingsOf(at).folder)])
}

/** Reads the folder's objects as data: none of its configuration is in force. */
export function withObjectsOf(dir: string): Record<string, string> {
  return { GIT_ALTERNATE_OBJECT_DIRECTORIES: `"${join(dir, '.git', 'objects').replace(/["\\]/g, '\\$&')}"` }
}

/** A pipe where git expects a file would keep it for ever; 100,000 changed files on a slow disk take minutes. */
export const LONGEST_MS = 10 * 60_000

/** Adds what the pathspecs name and git does not ignore; returns git's words on what it could not add. */
export async function addAll(
  paths: readonly string[],
  env: Record<string, string>,
  at: Checkout,
): Promise<readonly string[]> {
  const first = await add(paths, env, at)
  if (first.exitCode !== 1) return first.words
  await makeReadable(at.dir)
  // What the first pass took for a submodule must not be looked into either.
  const now = [...new Set([...paths, ...(await gitlinks(['.'], env, at)).map(without)])]
  return (await add(now, env, at)).words
}

/** Paths in the index, that the pathspecs name, at which it holds a commit instead of a file. */
export async function gitlinks(
  pathspecs: readonly string[],
  env: Record<string, string>,
  at: Checkout,
): Promise<readonly string[]> {
  const staged = (await gitOk(at.dir, ['ls-files', '--stage', '-z', '--', ...pathspecs], { env })).split('\0')
  return staged.flatMap(line => /^160000 [^\t]*\t(.*)$/s.exec(line)?.[1] ?? [])
}

/** `git ls-files` of the index in the folder's own git directory, a line an element; none where it cannot be read. */
export async function listOwnIndex(
  at: Checkout,
  options: readonly string[],
  storeDir: string,
): Promise<readonly string[]> {
  const index = join(at.dir, '.git', 'index')
  if (!(await isFile(index))) return []
  // As data: what an index may order (a monitor, a split) our configuration switches off.
  const { exitCode, stdout } = await git(at.dir, ['ls-files', '-z', ...options], {
    env: { ...outside(at, storeDir), ...withObjectsOf(at.dir), GIT_INDEX_FILE: index },
    encoding: 'latin1',
    timeoutMs: LONGEST_MS,
  })
  return exitCode === 0 ? stdout.split('\0').slice(0, -1) : []
}

/** Has our index hold these blobs. Returns whether there was any. */
export async function putBack(
  at: Checkout,
  entries: readonly Pick<RawChange, 'name' | 'mode' | 'blob'>[],
  storeDir: string,
): Promise<boolean> {
  if (entries.length === 0) return false
  const input = entries.map(({ name, mode, blob }) => `${mode} ${blob}\t${name}\0`).join('')
  const args = ['update-index', '-z', '--index-info']
  await gitOk(at.dir, args, { env: outside(at, storeDir), input, encoding: 'latin1' })
  return true
}

/** The pathspec that leaves out a path and all below it. */
export function without(path: string): string {
  return `:(exclude,literal)${path}`
}

/** Words of faults that lie in the machine, not in the folder. */
const MACHINE =
  /No space left|Out of diskspace|write error|Input\/output error|unable to (write|create)|Cannot allocate|out of memory/i

/** Adds what can be added. Rejects when git did not end in time, or the machine is to blame. */
async function add(
  paths: readonly string[],
  env: Record<string, string>,
  at: Checkout,
): Promise<{ readonly exitCode: number; readonly words: readonly string[] }> {
  const from = ['--pathspec-from-file=-', '--pathspec-file-nul']
  const args = ['add', '--all', '--ignore-errors', ...from]
  const input = paths.join('\0')
  const { exitCode, stderr } = await git(at.dir, args, { env, input, timeoutMs: LONGEST_MS })
  if (exitCode === 0) return { exitCode, words: [] }
  const words = stderr.split('\n').flatMap(line => /^(?:error|fatal): (.+)$/.exec(line)?.[1] ?? [])
  if (words.length === 0 || MACHINE.test(stderr)) {
    await removeAll(`${at.index}.lock`)
    throw new Error(`git add exited with ${exitCode} or was ended after its time: ${stderr.trim()}`)
  }
  return { exitCode, words }
}
