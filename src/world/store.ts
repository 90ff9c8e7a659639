/**
 * Plumbing in the run's own bare store: merges, trees, commits, bundles. It has no remote, no token and no
 * configuration of a workspace.
 */
import { dirname, join } from 'node:path'
import type { Twin } from '../decide/scope.ts'
import type { Sha } from '../decide/task.ts'
import { type FoundLine, type Seek, seekAdded } from './added-lines.ts'
import { removeAll, writeWhole } from './files.ts'
import { git, gitOk } from './git.ts'
import {
  type CommitText,
  commitText,
  type SavedCommit,
  type TreeChange,
  type TreeChanges,
} from './git-output.ts'
import { keepLfs, takeLfs } from './lfs.ts'
import { algorithmOf, readLoose, writeObjectIn } from './loose.ts'
import { openObjects } from './objects.ts'
import { copyMasked } from './stage.ts'
import { type Merge, openMerge } from './three-way.ts'
import { changesBetween, changesOfPairs } from './tree-diff.ts'
import { twinOf, walkChanges } from './tree-walk.ts'
import { openTrees } from './trees.ts'

/** A bare repository of the run's own. */
export interface Store {
  readonly dir: string
  readonly branch: string
  /** Commits and trees of several revisions in one call. */
  resolve(revisions: readonly string[]): Promise<readonly Sha[]>
  exists(commit: Sha): Promise<boolean>
  /** Those of the commits that are not there, or not whole. */
  missing(commits: readonly Sha[]): Promise<ReadonlySet<Sha>>
  isAncestor(ancestor: Sha, descendant: Sha): Promise<boolean>
  /** Three-way merge of commits or trees without a checkout, with this base whatever history says. */
  merge(ours: Sha, theirs: Sha, base: Sha): Promise<Merge>
  readCommits(commits: readonly Sha[]): Promise<readonly SavedCommit[]>
  /** Commits up to `to`, newest first, with their messages: those after `from`, or the last thousand. */
  messages(from: Sha | null, to: Sha): Promise<readonly { readonly commit: Sha; readonly message: string }[]>
  writeCommit(tree: Sha, parent: Sha, text: CommitText): Promise<Sha>
  changes(from: Sha, to: Sha): Promise<TreeChanges>
  /** The same of two trees without lines counted, and mostly without a process. */
  changedFiles(from: Sha, to: Sha): Promise<readonly TreeChange[]>
  /** What else of the tree a file system that ignores case would put at a path of it; null: nothing. */
  twinOf(tree: Sha, path: string): Promise<Twin | null>
  /** The same of many pairs of trees. */
  changesOf(pairs: readonly (readonly [from: Sha, to: Sha])[]): Promise<readonly TreeChanges[]>
  /** The blob of a file or link in a tree or commit; null: there is none. */
  blobAt(tree: Sha, path: string): Promise<Sha | null>
  /** `commit`, `tag` and so on; `missing` where the store has no such object. */
  typesOf(objects: readonly Sha[]): Promise<readonly string[]>
  readBlobs(blobs: readonly Sha[]): Promise<readonly string[]>
  /** In bytes. */
  sizes(blobs: readonly Sha[]): Promise<readonly number[]>
  /** `like`: any object's name. */
  writeBlob(text: string, like: Sha): Promise<Sha>
  /** The tree with some files replaced by blobs (null: removed), without a checkout or an index. */
  replaceBlobs(tree: Sha, files: Readonly<Record<string, Sha | null>>): Promise<Sha>
  /** The same with texts. */
  replaceFiles(tree: Sha, files: Readonly<Record<string, string | null>>): Promise<Sha>
  setRef(ref: string, commit: Sha): Promise<void>
  /** With what it points at by Git LFS in the folder `lfs` beside it. */
  bundle(file: string, base: Sha, commit: Sha, ref: string): Promise<void>
  /** With `mask` in words for people: texts alone, and these masked. */
  patch(file: string, base: Sha, commit: Sha, mask?: (text: string) => string): Promise<void>
  /** Lines in which `seek` finds what `to` adds to `from`. */
  seekAdded(from: Sha, to: Sha, seek: Seek): Promise<readonly FoundLine[]>
  /** A commit out of a bundle or another repository of this machine, kept under `ref`; false: it is not there, or lacks its base. */
  take(source: string, commit: Sha, ref: string): Promise<boolean>
}

export function openStore(dir: string, branch: string): Store {
  const run = (args: readonly string[], input?: string): Promise<string> =>
    gitOk(dir, args, input === undefined ? {} : { input })

  const objects = openObjects(dir)
  const trees = openTrees(dir, objects)
  /** By `<commit>^{tree}`: a commit's tree never changes, and each start of git costs the lane some milliseconds. */
  const treesOf = new Map<string, Sha>()

  async function resolve(revisions: readonly string[]): Promise<readonly Sha[]> {
    const unknown = revisions.filter(revision => !treesOf.has(revision))
    const found = unknown.length === 0 ? [] : (await run(['rev-parse', ...unknown])).trim().split('\n')
    const answers = new Map(unknown.map((revision, i) => [revision, found[i] as Sha]))
    for (const [revision, sha] of answers) if (TREE_OF_COMMIT.test(revision)) treesOf.set(revision, sha)
    return revisions.map(revision => answers.get(revision) ?? treesOf.get(revision)!)
  }

  const mergeTrees = openMerge(dir, trees, objects)

  async function merge(ours: Sha, theirs: Sha, base: Sha): Promise<Merge> {
    const [was, left, right] = await resolve([base, ours, theirs].map(revision => `${revision}^{tree}`))
    return mergeTrees(was!, left!, right!)
  }

  const writeObject = (tree: Sha, rest: string): Promise<Sha> =>
    writeObjectIn(dir, 'commit', Buffer.from(`tree ${tree}\n${rest}`), algorithmOf(tree))

  async function readCommits(commits: readonly Sha[]): Promise<readonly SavedCommit[]> {
    // Those that this run made lie there as it wrote them.
    const own = commits.map(commit => readLoose(dir, 'commit', commit))
    const others = await readObjects(commits.filter((_, i) => own[i] === null))
    let next = 0
    return own.map(text => commitText(text?.toString() ?? others[next++]!))
  }

  const readObjects = (names: readonly Sha[]): Promise<readonly string[]> =>
    Promise.all(names.map(async name => (await objects(name)).toString()))

  async function messages(from: Sha | null, to: Sha): Promise<readonly { commit: Sha; message: string }[]> {
    const output = await run([
      'log',
      '-z',
      '--format=%H%n%B',
      to,
      ...(from === null ? ['-1000'] : [`^${from}`]),
    ])
    return output
      .split('\0')
      .filter(entry => entry !== '')
      .map(entry => ({
        commit: entry.slice(0, entry.indexOf('\n')) as Sha,
        message: entry.slice(entry.indexOf('\n') + 1),
      }))
  }

  async function writeCommit(tree: Sha, parent: Sha, text: CommitText): Promise<Sha> {
    const who = `author ${text.author}\ncommitter ${text.committer}`
    const commit = await writeObject(tree, `parent ${parent}\n${who}\n\n${text.message}`)
    treesOf.set(`${commit}^{tree}`, tree)
    return commit
  }

  const writeBlob = (text: string, like: Sha): Promise<Sha> =>
    writeObjectIn(dir, 'blob', Buffer.from(text), algorithmOf(like))

  async function replaceFiles(tree: Sha, files: Readonly<Record<string, string | null>>): Promise<Sha> {
    const blobs: (readonly [string, Sha | null])[] = []
    for (const [path, text] of Object.entries(files))
      blobs.push([path, text === null ? null : await writeBlob(text, tree)])
    return trees.replace(tree, new Map(blobs))
  }

  async function missing(commits: readonly Sha[]): Promise<ReadonlySet<Sha>> {
    if (commits.length === 0 || (await areWhole(commits))) return new Set()
    const whole = await Promise.all(commits.map(commit => areWhole([commit])))
    return new Set(commits.filter((_, i) => !whole[i]))
  }

  /** Whether all that the commits hold beyond their parents can be read: a machine that lost its power may have lost it. */
  async function areWhole(commits: readonly Sha[]): Promise<boolean> {
    const revisions = commits.map(commit => `${commit}\n^${commit}^\n`).join('')
    const walk = ['rev-list', '--objects', '--no-object-names', '--missing=print', '--stdin']
    const { exitCode, stdout } = await git(dir, walk, { input: revisions })
    if (exitCode !== 0 || stdout.includes('?')) return false
    const checked = await run(['cat-file', '--batch-check'], stdout)
    return checked.split('\n').every(line => line === '' || / (commit|tree|blob|tag) \d+$/.test(line))
  }

  return {
    dir,
    branch,
    resolve,
    exists: async commit => (await git(dir, ['cat-file', '-e', `${commit}^{tree}`])).exitCode === 0,
    missing,
    isAncestor: async (ancestor, descendant) =>
      (await git(dir, ['merge-base', '--is-ancestor', ancestor, descendant])).exitCode === 0,
    merge,
    readCommits,
    messages,
    writeCommit,
    changes: (from, to) => changesBetween(dir, from, to),
    changedFiles: async (from, to) =>
      (await walkChanges(from, to, trees.read)) ?? (await changesBetween(dir, from, to)).raw,
    twinOf: (tree, path) => twinOf(tree, path, trees.read),
    changesOf: pairs => changesOfPairs(dir, pairs),
    blobAt: trees.blobAt,
    typesOf: async names => {
      const lines = await run(['cat-file', '--batch-check=%(objecttype)'], `${names.join('\n')}\n`)
      return lines
        .trimEnd()
        .split('\n')
        .map(line => line.replace(/^.* /, ''))
    },
    readBlobs: readObjects,
    sizes: async blobs => {
      if (blobs.length === 0) return []
      return (await run(['cat-file', '--batch-check=%(objectsize)'], `${blobs.join('\n')}\n`))
        .trim()
        .split('\n')
        .map(Number)
    },
    writeBlob,
    replaceBlobs: (tree, files) => trees.replace(tree, new Map(Object.entries(files))),
    replaceFiles,
    setRef: async (ref, commit) => {
      await run(['update-ref', ref, commit])
    },
    bundle: async (file, base, commit, ref) => {
      await run(['update-ref', ref, commit])
      await run(['bundle', 'create', '--quiet', file, ref, `^${base}`])
      await keepLfs(dir, base, commit, dirname(file))
    },
    patch: async (file, base, commit, mask) => {
      const whole = mask === undefined ? file : join(dir, `${commit}.patch`)
      // Not `git diff`: how the user likes to read one (`diff.noprefix` and the like) could not be applied.
      const args = [
        'diff-tree',
        ...['-p', '-M', '--no-ext-diff', '--no-textconv'],
        // Compressed, it would hold what nobody can mask.
        ...(mask === undefined ? ['--binary'] : []),
        ...[base, commit],
      ]
      await writeWhole(whole, handle => gitOk(dir, args, { outputTo: handle.fd }))
      if (mask === undefined) return
      try {
        await copyMasked(whole, file, mask)
      } finally {
        await removeAll(whole)
      }
    },
    seekAdded: (from, to, seek) => seekAdded(dir, from, to, seek),
    take: async (source, commit, ref) => {
      const quietly = ['--quiet', '--no-tags', '--no-write-fetch-head', '--no-recurse-submodules']
      const fetched = await git(dir, ['fetch', ...quietly, '--', source, `+${commit}:${ref}`])
      if (fetched.exitCode === 0) await takeLfs(source, dir)
      return fetched.exitCode === 0
    },
  }
}

const TREE_OF_COMMIT = /^(?:[0-9a-f]{40}|[0-9a-f]{64})\^\{tree\}$/
