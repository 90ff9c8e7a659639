/**
 * Plumbing in the run's own bare store: merges, trees, commits, bundles. It has no remote, no token and no
 * configuration of a workspace.
 */
import { dirname } from 'node:path'
import type { Changes, Sha } from '../decide/task.ts'
import { type GitOutput, git, gitOk } from './git.ts'
import { keepLfs, takeLfs } from './lfs.ts'
import { writeLoose } from './loose.ts'

export interface CommitText {
  /** `Name <mail> seconds zone`, as in the commit object. */
  readonly author: string
  readonly committer: string
  readonly message: string
}

export interface RawChange {
  readonly path: string
  readonly oldMode: string
  readonly mode: string
  readonly blob: Sha
  readonly status: string
}

export type Merge =
  | { readonly kind: 'clean'; readonly tree: Sha }
  | { readonly kind: 'conflict'; readonly files: readonly string[] }

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
  /** Three-way merge without a checkout; `base` is `theirs`' parent, for where history does not reach back to it. */
  merge(ours: Sha, theirs: Sha, base: Sha): Promise<Merge>
  /** The trees of many merges, none of which needs another's result; null: not all are clean, or git cannot (before 2.39). */
  mergeClean(pairs: readonly (readonly [ours: Sha, theirs: Sha])[]): Promise<readonly Sha[] | null>
  readCommits(commits: readonly Sha[]): Promise<readonly CommitText[]>
  /** Commits up to `to`, newest first, with their messages: those after `from`, or the last thousand. */
  messages(from: Sha | null, to: Sha): Promise<readonly { readonly commit: Sha; readonly message: string }[]>
  writeCommit(tree: Sha, parent: Sha, text: CommitText): Promise<Sha>
  changes(from: Sha, to: Sha): Promise<{ readonly stat: Changes; readonly raw: readonly RawChange[] }>
  readBlob(tree: Sha, path: string): Promise<string | null>
  /** The blob at each `<commit or tree>:<path>`; null: there is no file. */
  blobsAt(places: readonly string[]): Promise<readonly (Sha | null)[]>
  /** Of all files, submodules and links in a tree. */
  pathsIn(tree: Sha): Promise<readonly string[]>
  readBlobs(blobs: readonly Sha[]): Promise<readonly string[]>
  /** In bytes. */
  sizes(blobs: readonly Sha[]): Promise<readonly number[]>
  /** The tree with some files' contents replaced (null: removed), without a checkout or a whole index. */
  replaceFiles(tree: Sha, files: Readonly<Record<string, string | null>>): Promise<Sha>
  setRef(ref: string, commit: Sha): Promise<void>
  /** With what it points at by Git LFS in the folder `lfs` beside it. */
  bundle(file: string, base: Sha, commit: Sha, ref: string): Promise<void>
  patch(file: string, base: Sha, commit: Sha): Promise<void>
  /** A commit out of a bundle or another repository of this machine, kept under `ref`; false: it is not there, or lacks its base. */
  take(source: string, commit: Sha, ref: string): Promise<boolean>
}

export function openStore(dir: string, branch: string): Store {
  const run = (args: readonly string[], input?: string): Promise<string> =>
    gitOk(dir, args, input === undefined ? {} : { input })
  /** Byte for byte: a name or a link's target need not be text. */
  const runBytes = (args: readonly string[], input = ''): Promise<string> =>
    gitOk(dir, args, { input, encoding: 'latin1' })

  async function resolve(revisions: readonly string[]): Promise<readonly Sha[]> {
    return (await run(['rev-parse', ...revisions])).trim().split('\n') as Sha[]
  }

  async function merge(ours: Sha, theirs: Sha, base: Sha): Promise<Merge> {
    const output = await mergeTrees(ours, theirs)
    if (!/unrelated histories/.test(output.stderr)) return mergeOf(output)
    // A shallow history ends before the common ancestor: the same three trees, with a history made for them.
    const root = await treeCommit(base, null)
    const [left, right] = await Promise.all([treeCommit(ours, root), treeCommit(theirs, root)])
    return mergeOf(await mergeTrees(left, right))
  }

  const mergeTrees = (ours: Sha, theirs: Sha): Promise<GitOutput> =>
    git(dir, ['merge-tree', '--write-tree', '-z', '--name-only', '--no-messages', ours, theirs])

  async function treeCommit(commit: Sha, parent: Sha | null): Promise<Sha> {
    const who = 'fanout <fanout> 0 +0000'
    const [tree] = await resolve([`${commit}^{tree}`])
    const parents = parent === null ? '' : `parent ${parent}\n`
    return writeObject(`tree ${tree}\n${parents}author ${who}\ncommitter ${who}\n\n`)
  }

  // The tree it names tells which hash this repository has.
  const writeObject = (commit: string): Promise<Sha> =>
    writeLoose(dir, 'commit', commit, commit.indexOf('\n') === 'tree '.length + 64 ? 'sha256' : 'sha1')

  async function mergeClean(pairs: readonly (readonly [Sha, Sha])[]): Promise<readonly Sha[] | null> {
    const input = pairs.map(([ours, theirs]) => `${ours} ${theirs}\n`).join('')
    const args = ['merge-tree', '--write-tree', '--stdin', '-z', '--name-only', '--no-messages']
    const { exitCode, stdout } = await git(dir, args, { input })
    // `1 NUL tree NUL NUL` for each that is clean.
    const trees = [...stdout.matchAll(/1\0([0-9a-f]{40,64})\0\0/g)].map(match => match[1] as Sha)
    const whole = stdout.length === trees.reduce((sum, tree) => sum + tree.length + 4, 0)
    return exitCode === 0 && whole && trees.length === pairs.length ? trees : null
  }

  async function readCommits(commits: readonly Sha[]): Promise<readonly CommitText[]> {
    // An empty line would be a question about an object with no name.
    if (commits.length === 0) return []
    const output = await runBytes(['cat-file', '--batch'], `${commits.join('\n')}\n`)
    return parseBatch(output).map(commitText)
  }

  async function readBlobs(blobs: readonly Sha[]): Promise<readonly string[]> {
    return blobs.length === 0
      ? []
      : parseBatch(await runBytes(['cat-file', '--batch'], `${blobs.join('\n')}\n`))
  }

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
    return writeObject(
      `tree ${tree}\nparent ${parent}\nauthor ${text.author}\ncommitter ${text.committer}\n\n${text.message}`,
    )
  }

  async function changes(from: Sha, to: Sha): Promise<{ stat: Changes; raw: readonly RawChange[] }> {
    const output = await run([
      'diff-tree',
      '-r',
      '-z',
      '--no-renames',
      '--raw',
      '--numstat',
      '--abbrev=64',
      from,
      to,
    ])
    return parseDiff(output)
  }

  async function readBlob(tree: Sha, path: string): Promise<string | null> {
    const { exitCode, stdout } = await git(dir, ['cat-file', 'blob', `${tree}:${path}`])
    return exitCode === 0 ? stdout : null
  }

  async function replaceFiles(tree: Sha, files: Readonly<Record<string, string | null>>): Promise<Sha> {
    let result = tree
    for (const [path, content] of Object.entries(files)) {
      const blob =
        content === null ? null : ((await run(['hash-object', '-w', '--stdin'], content)).trim() as Sha)
      result = await withEntry(result, Buffer.from(path).toString('latin1').split('/'), blob)
    }
    return result
  }

  /** Rebuilds only the trees on the way to the file. Names are bytes, as latin1: those beside it stay what they are. */
  async function withEntry(tree: Sha | null, path: readonly string[], blob: Sha | null): Promise<Sha> {
    const [name = '', ...rest] = path
    const listed = tree ? await runBytes(['ls-tree', '-z', tree]) : ''
    const entries = listed.split('\0').filter(line => line !== '')
    const at = entries.findIndex(line => line.slice(line.indexOf('\t') + 1) === name)
    const [mode = '', type = '', sha = ''] = entries[at]?.split(/[ \t]/) ?? []
    const kept = entries.filter((_, i) => i !== at)
    if (rest.length === 0) {
      if (blob) kept.push(`${type === 'blob' ? mode : '100644'} blob ${blob}\t${name}`)
    } else {
      const below = await withEntry(type === 'tree' ? (sha as Sha) : null, rest, blob)
      kept.push(`040000 tree ${below}\t${name}`)
    }
    return (await runBytes(['mktree', '-z'], `${kept.join('\0')}\0`)).trim() as Sha
  }

  return {
    dir,
    branch,
    resolve,
    exists: async commit => (await git(dir, ['cat-file', '-e', `${commit}^{tree}`])).exitCode === 0,
    missing: async commits => {
      if (commits.length === 0) return new Set()
      const input = commits.map(commit => `${commit}^{tree}\n`).join('')
      const lines = (await run(['cat-file', '--batch-check'], input)).split('\n')
      return new Set(commits.filter((_, i) => !/ tree \d+$/.test(lines[i] ?? '')))
    },
    isAncestor: async (ancestor, descendant) =>
      (await git(dir, ['merge-base', '--is-ancestor', ancestor, descendant])).exitCode === 0,
    merge,
    mergeClean,
    readCommits,
    messages,
    writeCommit,
    changes,
    readBlob,
    blobsAt: async places => {
      if (places.length === 0) return []
      const format = '--batch-check=%(objectname) %(objecttype)'
      const lines = (await run(['cat-file', format], places.map(place => `${place}\n`).join(''))).split('\n')
      return places.map((_, i) => (/^([0-9a-f]+) blob$/.exec(lines[i] ?? '')?.[1] ?? null) as Sha | null)
    },
    pathsIn: async tree => (await run(['ls-tree', '-r', '-z', '--name-only', tree])).split('\0').slice(0, -1),
    readBlobs,
    sizes: async blobs => {
      if (blobs.length === 0) return []
      return (await run(['cat-file', '--batch-check=%(objectsize)'], `${blobs.join('\n')}\n`))
        .trim()
        .split('\n')
        .map(Number)
    },
    replaceFiles,
    setRef: async (ref, commit) => {
      await run(['update-ref', ref, commit])
    },
    bundle: async (file, base, commit, ref) => {
      await run(['update-ref', ref, commit])
      await run(['bundle', 'create', '--quiet', file, ref, `^${base}`])
      await keepLfs(dir, base, commit, dirname(file))
    },
    patch: async (file, base, commit) => {
      await run([
        'diff',
        '--binary',
        '--no-color',
        '--no-ext-diff',
        '--no-textconv',
        `--output=${file}`,
        base,
        commit,
      ])
    },
    take: async (source, commit, ref) => {
      const quietly = ['--quiet', '--no-tags', '--no-write-fetch-head', '--no-recurse-submodules']
      const fetched = await git(dir, ['fetch', ...quietly, '--', source, `+${commit}:${ref}`])
      if (fetched.exitCode === 0) await takeLfs(source, dir)
      return fetched.exitCode === 0
    },
  }
}

function mergeOf({ exitCode, stdout, stderr }: GitOutput): Merge {
  const [tree = '', ...files] = stdout.split('\0').filter(part => part !== '')
  if (exitCode === 0) return { kind: 'clean', tree: tree.trim() as Sha }
  if (exitCode === 1) return { kind: 'conflict', files: [...new Set(files)].sort() }
  throw new Error(`git merge-tree exited with ${exitCode}: ${stderr.trim()}`)
}

/** The contents of `cat-file --batch`, in the order asked. Sizes are in bytes, so the text is bytes as latin1. */
function parseBatch(output: string): readonly string[] {
  const contents: string[] = []
  for (let at = 0; at < output.length; ) {
    const end = output.indexOf('\n', at)
    const [sha = '', type = '', size] = output.slice(at, end).split(' ')
    if (size === undefined) throw new Error(`git has no object ${sha}: ${type}`)
    const next = end + 1 + Number(size)
    contents.push(Buffer.from(output.slice(end + 1, next), 'latin1').toString())
    at = next + 1
  }
  return contents
}

function commitText(body: string): CommitText {
  const blank = body.indexOf('\n\n')
  const header = blank < 0 ? body : body.slice(0, blank)
  return {
    author: /^author (.*)$/m.exec(header)?.[1] ?? '',
    committer: /^committer (.*)$/m.exec(header)?.[1] ?? '',
    message: blank < 0 ? '' : body.slice(blank + 2),
  }
}

/** `--raw -z` records (`:mode mode sha sha status NUL path NUL`) followed by `--numstat -z` ones. */
function parseDiff(output: string): { stat: Changes; raw: readonly RawChange[] } {
  const raw: RawChange[] = []
  let insertions = 0
  let deletions = 0
  const parts = output.split('\0')
  for (let i = 0; i < parts.length; i++) {
    const part = parts[i] ?? ''
    if (part.startsWith(':')) {
      const [oldMode = '', mode = '', , blob = '', status = ''] = part.slice(1).split(' ')
      raw.push({ path: parts[++i] ?? '', oldMode, mode, blob: blob as Sha, status })
    } else if (part !== '') {
      const [added = '0', removed = '0'] = part.split('\t')
      insertions += Number(added) || 0
      deletions += Number(removed) || 0
    }
  }
  return { stat: { files: raw.length, insertions, deletions }, raw }
}
