/**
 * What a worker has left in its folder, read as data: through the store's git directory and an index of ours. Nothing
 * in the folder's `.git`, or in a repository inside the folder, is trusted or run.
 */
import { lstat, readFile, stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { Sha } from '../decide/task.ts'
import type { Checkout } from './checkout.ts'
import { isFolder, namesIn, removeAll } from './files.ts'
import { git, gitOk } from './git.ts'
import { disarm, makeReadable } from './traps.ts'

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
  /** git's words on what it could not take: a repository without a commit, a name that it reserves. */
  readonly left: readonly string[]
  /** Paths at which there was a pipe, a socket or a device; they are not in the tree. */
  readonly special: readonly string[]
}

/** The tree of everything in the folder that git does not ignore, committed there or not. */
export async function snapshot(at: Checkout, base: Sha, storeDir: string): Promise<Snapshot> {
  const env = outside(at, storeDir)
  const special = await disarm(at.dir)
  const head = await headOf(join(at.dir, '.git'))
  const [committed, submodules] = await Promise.all([
    head !== null && head !== base ? addedByCommits(at, base, head, storeDir) : [],
    submodulesOf(at, base, storeDir),
  ])
  const entries = submodules.flatMap(({ path, now }) => {
    if (now === null) return [`0 ${'0'.repeat(base.length)}\t${path}\0`]
    return now === 'untouched' ? [] : [`160000 ${now}\t${path}\0`]
  })
  if (entries.length > 0)
    await gitOk(at.dir, ['update-index', '-z', '--index-info'], { env, input: entries.join('') })
  // To see whether a submodule is dirty git would run git in there, with that repository's own filters.
  const known = submodules.filter(({ now }) => now !== null)
  const paths = ['.', ...known.map(({ path }) => `:(exclude,literal)${path}`)]
  const left = await addAll(paths, env, at)
  // Committed on purpose although an ignore rule covers it: then git does not ignore it.
  const forced =
    committed.length > 0
      ? (await add(committed, ['--force'], { ...env, GIT_LITERAL_PATHSPECS: '1' }, at)).words
      : []
  const tree = (await gitOk(at.dir, ['write-tree'], { env })).trim() as Sha
  return { tree, head, left: [...new Set([...left, ...forced])], special }
}

/** Returns git's words on what it could not add. */
async function addAll(
  paths: readonly string[],
  env: Record<string, string>,
  at: Checkout,
): Promise<readonly string[]> {
  const first = await add(paths, [], env, at)
  if (first.exitCode !== 1) return first.words
  await makeReadable(at.dir)
  // What the first pass took for a submodule must not be looked into either.
  const staged = (await gitOk(at.dir, ['ls-files', '--stage', '-z'], { env })).split('\0')
  const inner = staged.flatMap(line => /^160000 [^\t]*\t(.*)$/s.exec(line)?.[1] ?? [])
  const now = [...new Set([...paths, ...inner.map(path => `:(exclude,literal)${path}`)])]
  return (await add(now, [], env, at)).words
}

/** Words of faults that lie in the machine, not in the folder. */
const MACHINE = /No space left|Input\/output error|unable to (write|create)|Cannot allocate|out of memory/i

/** Adds what can be added. Rejects when git did not end in time, or the machine is to blame. */
async function add(
  paths: readonly string[],
  options: readonly string[],
  env: Record<string, string>,
  at: Checkout,
): Promise<{ readonly exitCode: number; readonly words: readonly string[] }> {
  const from = ['--pathspec-from-file=-', '--pathspec-file-nul']
  const args = ['add', '--all', '--ignore-errors', ...options, ...from]
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

interface Submodule {
  readonly path: string
  /** Where its repository stands in the folder; null: there is something else now. */
  readonly now: Sha | 'untouched' | null
}

/** The base's submodules, read as data. */
async function submodulesOf(at: Checkout, base: Sha, storeDir: string): Promise<readonly Submodule[]> {
  // With -d: folders and submodules only.
  const listed = await gitOk(storeDir, ['ls-tree', '-r', '-d', '-z', base])
  const entries = listed.split('\0').flatMap(line => {
    const [, commit, path] = /^160000 commit (\S+)\t(.*)$/s.exec(line) ?? []
    return commit && path ? [{ commit, path }] : []
  })
  return Promise.all(
    entries.map(async ({ commit, path }) => {
      const folder = join(at.dir, path)
      if (!(await isFolder(folder))) return { path, now: null }
      if ((await namesIn(folder)).length === 0) return { path, now: 'untouched' }
      const head = await headOf(await gitDirOf(join(folder, '.git')))
      return { path, now: head === commit ? 'untouched' : head }
    }),
  )
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
