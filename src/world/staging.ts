/** git on a folder's files through the store's git directory and an index of ours, and never through the folder's own. */
import { existsSync } from 'node:fs'
import { lstat } from 'node:fs/promises'
import { dirname, isAbsolute, join } from 'node:path'
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
  if (first.length === 0) return first
  await makeReadable(at.dir)
  // What the first pass took for a submodule must not be looked into either.
  const now = [...new Set([...paths, ...(await gitlinks(['.'], env, at)).map(without)])]
  return add(now, env, at)
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

/** git's words on a filter; where that is not `required`, the file was taken all the same, as it is. */
export function isAboutFilter(words: string): boolean {
  return words.startsWith('external filter ')
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
  /No space left|Disk quota|Out of diskspace|write error|Input\/output error|unable to (write|create)|Cannot allocate|out of memory/i

/** So many files at most are left out one after another, each of which ends git before it has added the others. */
const MOST_FATAL = 1000

/**
 * Adds what can be added; returns git's words on what cannot. A file that ends git (a filter or an encoding that fails) is left
 * out, and the others are tried again. Rejects when git did not end in time, or the machine is to blame.
 */
async function add(
  paths: readonly string[],
  env: Record<string, string>,
  at: Checkout,
): Promise<readonly string[]> {
  const from = ['--pathspec-from-file=-', '--pathspec-file-nul']
  const args = ['add', '--all', '--ignore-errors', ...from]
  const fatal = new Map<string, string>()
  for (;;) {
    const input = [...paths, ...[...fatal.keys()].map(without)].join('\0')
    const { exitCode, stderr } = await git(at.dir, args, { env, input, timeoutMs: LONGEST_MS })
    const problems = problemsIn(stderr)
    const end = exitCode > 1 ? /^fatal: (.+)$/m.exec(stderr)?.[1] : undefined
    const path = end === undefined ? null : await pathIn(end, at)
    if (MACHINE.test(stderr) || (exitCode !== 0 && problems.length === 0) || fatal.size > MOST_FATAL) {
      await removeAll(`${at.index}.lock`)
      throw new Error(`git add exited with ${exitCode} or was ended after its time: ${stderr.trim()}`)
    }
    if (end !== undefined && (path === null || fatal.has(path))) {
      await removeAll(`${at.index}.lock`)
      throw new Error(`git add was ended by a file that cannot be left out: ${end}`)
    }
    if (path === null) return [...new Set([...fatal.values(), ...problems])]
    fatal.set(path, end!)
    await removeAll(`${at.index}.lock`)
  }
}

/** Whatever the exit code: of a folder that it cannot open git says so in passing. */
function problemsIn(stderr: string): readonly string[] {
  return stderr.split('\n').flatMap(line => {
    const [, words] = PROBLEM.exec(line) ?? []
    if (words !== undefined) return [words]
    return SYSTEM_WORDS.test(line) ? [line] : []
  })
}

/** What else it warns of is about things that it did take. */
const PROBLEM = /^(?:(?:error|fatal): |warning: (?=could not open|unable to|cannot |failed to))(.+)$/
/** A path, and then why the system did not let git look at it. */
const SYSTEM_WORDS =
  /^(?!warning: |hint: ).+: (?:Permission denied|Operation not permitted|File name too long|Too many levels of symbolic links|Value too large.*|Stale file handle)$/

/**
 * The file that such words are about: git has it in quotes, or at the beginning or the end. For one whose path is too long for
 * the system, and for git's own words, a folder on its way.
 */
async function pathIn(words: string, at: Checkout): Promise<string | null> {
  const quoted = [/'(.+)'/, /'([^']+)/].flatMap(pattern => pattern.exec(words)?.[1] ?? [])
  const parts = words.split(/: | in /)
  for (const path of [...quoted, ...parts, parts.slice(0, -1).join(': ')]) {
    if (path === '' || path === '.' || isAbsolute(path)) continue
    const found = await lstat(join(at.dir, path)).catch((error: NodeJS.ErrnoException) => error.code)
    if (found === 'ENAMETOOLONG') return dirname(path.slice(0, LONG))
    if (typeof found === 'object' && found.isFile()) return path
  }
  return null
}

/** Of a path, well below what a system takes (4,096 bytes). */
const LONG = 2000
