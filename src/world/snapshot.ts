/**
 * What a worker has left in its folder, read as data: through the store's git directory and an index of ours. Nothing
 * in the folder's `.git`, or in a repository inside the folder, is trusted or run.
 */
import { isUtf8 } from 'node:buffer'
import { lstat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Sha } from '../decide/task.ts'
import { isFolder, namesIn } from './files.ts'
import { git, gitOk } from './git.ts'
import { gitDirOf, headOf } from './git-directory.ts'
import { parseDiff, type TreeChanges } from './git-output.ts'
import { type Inner, takeInner } from './inner.ts'
import { restoreSkipped } from './sparse.ts'
import { addAll, addByForce, type Checkout, LONGEST_MS, outside, withObjectsOf, without } from './staging.ts'
import { disarm } from './traps.ts'
import { changesBetween } from './tree-diff.ts'
import { restoreUntouched } from './untouched.ts'

const SUBMODULE = '160000'

export interface Snapshot {
  readonly tree: Sha
  /** What it has otherwise than the base. */
  readonly changes: TreeChanges
  /** The commit the folder's HEAD names; null: it leads nowhere. */
  readonly head: Sha | null
  /** git's words on what it could not take: a name that it reserves, a file that it cannot convert. */
  readonly left: readonly string[]
  /** Repositories that the worker made in the folder. */
  readonly inner: readonly Inner[]
  /** Paths at which there was a pipe, a socket or a device; they are not in the tree. */
  readonly special: readonly string[]
}

/** The tree of everything in the folder that git does not ignore, committed there or not. */
export async function snapshot(at: Checkout, base: Sha, storeDir: string): Promise<Snapshot> {
  const env = outside(at, storeDir)
  const special = await disarm(at.dir)
  const head = await headOf(join(at.dir, '.git'))
  const [{ added: committed, pointers: moved }, before] = await Promise.all([
    head !== null && head !== base ? byCommits(at, base, head, storeDir) : NO_COMMITS,
    pointersIn(base, storeDir),
  ])
  const submodules = await submodulesOf(at, before, moved)
  const entries = submodules.flatMap(({ path, now }) => {
    if (now === null) return [`0 ${'0'.repeat(base.length)}\t${path}\0`]
    return now === 'untouched' ? [] : [`${SUBMODULE} ${now}\t${path}\0`]
  })
  if (entries.length > 0)
    await gitOk(at.dir, ['update-index', '-z', '--index-info'], { env, input: entries.join('') })
  // To see whether a submodule is dirty git would run git in there, with that repository's own filters.
  const known = submodules.flatMap(({ path, now }) => (now === null ? [] : [path]))
  const paths = ['.', ...known.map(without)]
  const first = await addAll(paths, env, at)
  const writeTree = async (): Promise<Sha> => (await gitOk(at.dir, ['write-tree'], { env })).trim() as Sha
  const seen = await writeTree()
  const changes = await changesBetween(storeDir, base, seen)
  // To look for them takes time: only where git named one, or took one for a submodule.
  const mayBeInner =
    first.length > 0 || changes.raw.some(change => change.mode === SUBMODULE && change.oldMode !== SUBMODULE)
  const inner = mayBeInner ? await takeInner(known, env, at) : []
  const others = [...paths, ...inner.map(each => without(each.path))]
  const left = inner.length > 0 ? await addAll(others, env, at) : first
  // Committed on purpose although an ignore rule covers it: then git does not ignore it.
  const forced = committed.length > 0 ? await addByForce(committed, env, at) : []
  const all = inner.length > 0 || committed.length > 0 ? await writeTree() : seen
  const differing = all === seen ? changes : await changesBetween(storeDir, base, all)
  const skipped = await restoreSkipped(at, differing.raw, storeDir)
  const untouched = await restoreUntouched(at, base, differing.raw, storeDir)
  const restored = skipped || untouched
  const tree = restored ? await writeTree() : all
  return {
    tree,
    changes: restored ? await changesBetween(storeDir, base, tree) : differing,
    head,
    left: [...new Set([...left, ...forced])],
    inner,
    special,
  }
}

interface Submodule {
  readonly path: string
  /** Where its repository stands in the folder; null: there is something else now. */
  readonly now: Sha | 'untouched' | null
}

interface Pointer {
  readonly path: string
  readonly commit: string
}

/** By store and commit: many workspaces stand on the same one, and to look through a large tree takes time. */
const pointers = new Map<string, Promise<readonly Pointer[]>>()
const MOST_REMEMBERED = 100

function pointersIn(base: Sha, storeDir: string): Promise<readonly Pointer[]> {
  const key = `${storeDir} ${base}`
  const known = pointers.get(key) ?? readPointers(base, storeDir)
  pointers.set(key, known)
  known.catch(() => pointers.delete(key))
  for (const oldest of [...pointers.keys()].slice(0, -MOST_REMEMBERED)) pointers.delete(oldest)
  return known
}

async function readPointers(base: Sha, storeDir: string): Promise<readonly Pointer[]> {
  // With -d: folders and submodules only.
  const listed = await gitOk(storeDir, ['ls-tree', '-r', '-d', '-z', base])
  return listed.split('\0').flatMap(line => {
    const [, commit, path] = /^160000 commit (\S+)\t(.*)$/s.exec(line) ?? []
    return commit && path ? [{ commit, path }] : []
  })
}

/** The base's submodules, read as data; `moved`: where the worker's commits have them. */
async function submodulesOf(
  at: Checkout,
  before: readonly Pointer[],
  moved: ReadonlyMap<string, Sha>,
): Promise<readonly Submodule[]> {
  return Promise.all(
    before.map(async ({ commit, path }) => {
      const folder = join(at.dir, path)
      if (!(await isFolder(folder))) return { path, now: null }
      // Not checked out: only a commit can have moved it.
      if ((await namesIn(folder)).length === 0) return { path, now: moved.get(path) ?? 'untouched' }
      const head = await headOf(await gitDirOf(join(folder, '.git')))
      return { path, now: head === commit ? 'untouched' : head }
    }),
  )
}

/** What the worker's own commits say of paths that a look at the folder does not. */
interface ByCommits {
  /** Files that are new in them, and still there. */
  readonly added: readonly string[]
  /** Where they have submodules point, by path. */
  readonly pointers: ReadonlyMap<string, Sha>
}

const NO_COMMITS: ByCommits = { added: [], pointers: new Map() }

async function byCommits(at: Checkout, base: Sha, head: Sha, storeDir: string): Promise<ByCommits> {
  const { exitCode, stdout } = await git(
    storeDir,
    ['diff-tree', '-r', '-z', '--no-renames', '--raw', '--abbrev=64', base, head],
    { env: withObjectsOf(at.dir), timeoutMs: LONGEST_MS, encoding: 'latin1' },
  )
  if (exitCode !== 0) return NO_COMMITS
  const { raw } = parseDiff(stdout)
  const there = await Promise.all(
    raw
      .filter(({ status }) => status === 'A')
      .map(async ({ path }) => ({ path, stats: await lstat(join(at.dir, path)).catch(() => null) })),
  )
  return {
    // A folder here is a repository inside the folder: the first pass has taken what there is to take.
    added: there.flatMap(({ path, stats }) => (stats?.isFile() || stats?.isSymbolicLink() ? [path] : [])),
    pointers: new Map(
      raw.flatMap(({ path, mode, blob }) => (mode === SUBMODULE ? [[path, blob] as const] : [])),
    ),
  }
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
      // What others have landed since, and the worker fetched, is not its own.
      '--not',
      '--branches',
    ],
    { env: withObjectsOf(at.dir), timeoutMs: LONGEST_MS, encoding: 'latin1' },
  )
  if (exitCode !== 0) return []
  return stdout
    .split('\0')
    .filter(entry => entry !== '')
    .map(bytes => {
      const entry = textOf(Buffer.from(bytes, 'latin1'))
      const end = entry.indexOf('\n')
      return { author: entry.slice(0, end).replace(/[\r\0]/g, ''), message: entry.slice(end + 1) }
    })
}

/** git has made UTF-8 of all that names its encoding. What is none all the same is most likely the other common one. */
function textOf(bytes: Buffer): string {
  return bytes.toString(isUtf8(bytes) ? 'utf8' : 'latin1')
}
