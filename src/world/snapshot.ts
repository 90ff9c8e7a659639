/**
 * What a worker has left in its folder, read as data: through the store's git directory and an index of ours. Nothing
 * in the folder's `.git`, or in a repository inside the folder, is trusted or run.
 */
import { isUtf8 } from 'node:buffer'
import { lstat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Operation } from '../decide/failure.ts'
import type { Sha } from '../decide/task.ts'
import { isFolder, namesIn } from './files.ts'
import { filterAgain, filteredOf, refuseRaw } from './filters.ts'
import { takeBlobs } from './foreign-objects.ts'
import { git, gitOk } from './git.ts'
import { gitDirOf, headOf } from './git-directory.ts'
import type { TreeChange, TreeChanges } from './git-output.ts'
import { type Inner, takeInner } from './inner.ts'
import { takeLfsOf } from './lfs.ts'
import {
  addAll,
  type Checkout,
  isAboutFilter,
  LONGEST_MS,
  outside,
  putBack,
  withObjectsOf,
  without,
} from './staging.ts'
import { disarm } from './traps.ts'
import { changesBetween } from './tree-diff.ts'
import { restoreUntouched } from './untouched.ts'
import { operationIn, standingOf } from './worker-git.ts'
import { adoptIndex, stagedModes } from './worker-index.ts'

const SUBMODULE = '160000'

export interface Snapshot {
  readonly tree: Sha
  /** The newest commit of the branch that the folder's HEAD holds. */
  readonly base: Sha
  /** What the tree has otherwise than that base. */
  readonly changes: TreeChanges
  /** The commit the folder's HEAD names; null: it leads nowhere. */
  readonly head: Sha | null
  /** false: HEAD has no history in common with the branch; `base` is then the commit that the folder was made at. */
  readonly related: boolean
  /** What git is in the middle of, and the files that its index calls unmerged. */
  readonly underWay: { readonly operation: Operation | null; readonly unmerged: readonly string[] }
  /** git's words on what it could not take: a name that it reserves, a file that it cannot convert. */
  readonly left: readonly string[]
  /** Repositories that the worker made in the folder. */
  readonly inner: readonly Inner[]
  /** Paths at which there was a pipe, a socket or a device; they are not in the tree. */
  readonly special: readonly string[]
}

/**
 * What `git add --all && git commit` would commit in the folder, which was made at `start`: what its index holds, and then
 * what its files are otherwise.
 */
export async function snapshot(
  at: Checkout,
  start: Sha,
  branch: string,
  storeDir: string,
): Promise<Snapshot> {
  const env = outside(at, storeDir)
  const special = await disarm(at.dir)
  const { head, base, related } = await standingOf(at.dir, start, branch, storeDir)
  const staged = await adoptIndex(at, head, base, storeDir)
  const [operation, before] = await Promise.all([operationIn(at.dir), pointersIn(base, storeDir)])
  const lost = staged === null ? [] : await takeStaged(at, staged, storeDir)
  const modes = staged === null ? [] : await stagedModes(at, staged, storeDir)
  const submodules = await submodulesOf(at, before, staged ?? [])
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
  await putBack(at, modes, storeDir)
  const writeTree = async (): Promise<Sha> => (await gitOk(at.dir, ['write-tree'], { env })).trim() as Sha
  const seen = await writeTree()
  const changes = await changesBetween(storeDir, base, seen)
  // To look for them takes time: only where git named one, or took one for a submodule.
  const mayBeInner =
    first.length > 0 || changes.raw.some(change => change.mode === SUBMODULE && change.oldMode !== SUBMODULE)
  const inner = mayBeInner ? await takeInner(known, env, at) : []
  const others = [...paths, ...inner.map(each => without(each.path))]
  const left = inner.length > 0 ? await addAll(others, env, at) : first
  const all = inner.length > 0 ? await writeTree() : seen
  const differing = all === seen ? changes : await changesBetween(storeDir, base, all)
  const filtered = await filteredOf(at, differing.raw, storeDir)
  const again = await filterAgain(at, filtered, left.some(isAboutFilter) ? null : (staged ?? []), storeDir)
  // A filter may write as it is what it has not made: that says nothing of who stored it so.
  const names = new Set(filtered.map(({ name }) => name))
  const plain = (staged ?? []).filter(({ name }) => !names.has(name))
  const restored = await restoreUntouched(at, base, differing.raw, plain, names, storeDir)
  const changed = again !== null || restored
  const touched = changed ? await changesBetween(storeDir, base, await writeTree()) : differing
  const raw = await refuseRaw(at, base, filtered, touched.raw, storeDir)
  const tree = changed || raw.length > 0 ? await writeTree() : all
  const unmerged = (staged ?? []).filter(({ status }) => status === 'U').map(({ path }) => path)
  return {
    tree,
    base,
    changes: raw.length > 0 ? await changesBetween(storeDir, base, tree) : touched,
    head,
    related,
    underWay: { operation, unmerged: [...new Set(unmerged)] },
    left: [...new Set([...lost, ...left, ...(again ?? []), ...raw])].filter(words => !isAboutFilter(words)),
    inner,
    special,
  }
}

/**
 * Brings into the store what the worker's index names, and takes out of our copy what cannot be: files of the folder are
 * then read anew. Returns words on what is nowhere.
 */
async function takeStaged(
  at: Checkout,
  staged: readonly TreeChange[],
  storeDir: string,
): Promise<readonly string[]> {
  const files = staged.filter(({ mode }) => /^1[02]0/.test(mode))
  const blobs = files.map(({ blob }) => blob).filter(blob => !/^0+$/.test(blob))
  const missing = await takeBlobs(at, blobs, storeDir)
  await takeLfsOf(blobs, join(at.dir, '.git'), storeDir)
  const lost = files.filter(({ blob }) => missing.has(blob))
  // One with a repository in it: git must not look into that; `addAll` meets it as an untracked folder.
  const withGit = staged.filter(({ mode, oldMode }) => mode === SUBMODULE && oldMode !== SUBMODULE)
  const there = await Promise.all(
    withGit.map(({ path }) =>
      lstat(join(at.dir, path, '.git')).then(
        () => true,
        () => false,
      ),
    ),
  )
  const out = [...lost, ...withGit.filter((_, i) => there[i])]
  if (out.length > 0) {
    const input = out.map(({ name }) => `${name}\0`).join('')
    const env = outside(at, storeDir)
    const args = ['update-index', '--force-remove', '-z', '--stdin']
    await gitOk(at.dir, args, { env, input, encoding: 'latin1' })
  }
  const inFolder = await Promise.all(lost.map(({ path }) => lstat(join(at.dir, path)).catch(() => null)))
  return lost
    .filter((_, i) => inFolder[i] === null)
    .map(({ path }) => `'${path}' was staged, and its content is not there`)
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

/** The base's submodules, read as data; `staged`: where the worker's index has them otherwise. */
async function submodulesOf(
  at: Checkout,
  before: readonly Pointer[],
  staged: readonly TreeChange[],
): Promise<readonly Submodule[]> {
  if (before.length === 0) return []
  const moved = new Map(
    staged.flatMap(({ path, mode, blob }) => (mode === SUBMODULE ? [[path, blob] as const] : [])),
  )
  return Promise.all(
    before.map(async ({ commit, path }): Promise<Submodule> => {
      const folder = join(at.dir, path)
      if (!(await isFolder(folder))) return { path, now: null }
      // Not checked out: only the index can have moved it.
      if ((await namesIn(folder)).length === 0) return { path, now: 'untouched' }
      const head = await headOf(await gitDirOf(join(folder, '.git')))
      return { path, now: head === (moved.get(path) ?? commit) ? 'untouched' : head }
    }),
  )
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
