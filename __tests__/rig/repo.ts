import { join } from 'node:path'
import { initBare } from './bare.ts'
import { type CheckoutOptions, checkoutLikeAction, cloneLikeUser } from './checkout.ts'
import { git, gitWith, type RunResult, run } from './exec.ts'
import type { GitServer } from './git-server.ts'
import { tempDir, writeFiles } from './temp.ts'

/** Path -> content; `null` removes the file, `mode` is for executables (100755) and links (120000). */
export type Files = Readonly<Record<string, FileContent>>
export type FileContent =
  | string
  | Uint8Array
  | null
  | { readonly content: string | Uint8Array; readonly mode: string }

export type CommitOptions = {
  readonly files: Files
  readonly message?: string
  /** Else the repository's default branch; made when it does not exist. */
  readonly branch?: string
  /** The commit is refused unless the branch is here; else it is the tip of the moment. */
  readonly onto?: string
}

export type CloneOptions = {
  /** `user`: plain `git clone`; `checkout`: what actions/checkout leaves. */
  readonly as?: 'user' | 'checkout'
  /** `http` needs a remote made with `server`; the default is what the remote has. */
  readonly via?: 'file' | 'http'
  readonly token?: string
} & Partial<Pick<CheckoutOptions, 'depth' | 'detached' | 'filter' | 'sparse' | 'branch'>>

export type Clone = AsyncDisposable & {
  readonly path: string
  /** Stands for RUNNER_TEMP: holds the credentials of a `checkout` clone. */
  readonly temp: string
  git(...args: string[]): Promise<string>
  /** Writes the files and commits all that changed; returns the commit. */
  commit(files: Readonly<Record<string, string>>, message?: string): Promise<string>
}

/** The remote as a test sees it: a bare repository, read and changed past any server and hook. */
export type Remote = AsyncDisposable & {
  readonly path: string
  /** http(s) when made with `server`, else file. */
  readonly url: string
  readonly branch: string
  /** `subject [trailers]` of each commit, newest first, one line each: a landing as a text snapshot. */
  log(ref?: string, options?: { readonly trailers?: readonly string[] }): Promise<string>
  /** The values of one trailer on the default branch, oldest first. */
  trailers(key: string): Promise<string[]>
  files(ref?: string): Promise<Record<string, string>>
  tip(ref?: string): Promise<string>
  /** Full ref -> sha. */
  refs(): Promise<Record<string, string>>
  /** A commit by somebody else; returns its sha, throws when the branch moved meanwhile. */
  commit(options: CommitOptions): Promise<string>
  clone(options?: CloneOptions): Promise<Clone>
}

export type RepoOptions = {
  readonly files?: Files
  readonly message?: string
  readonly branch?: string
  /** Serves it over HTTP as well, under `name`. */
  readonly server?: GitServer
  readonly name?: string
}

/** A bare remote with one commit of `files`. */
export async function createRepo(options: RepoOptions = {}): Promise<Remote> {
  const {
    files = { 'README.md': 'hello\n' },
    message = 'initial',
    branch = 'main',
    server,
    name = 'o/r',
  } = options
  await using stack = new AsyncDisposableStack()
  const temp = stack.use(await tempDir('remote'))
  const path = server ? (await server.createRepo(name, { branch })).path : join(temp.path, 'remote.git')
  if (!server) await initBare(path, branch)
  const url = server ? `${server.url}/${name}` : `file://${path}`

  const commit = ({ onto, ...rest }: CommitOptions) => commitTo(path, temp.path, { branch, ...rest }, onto)
  await commit({ files, message })
  const owned = stack.move()
  return {
    path,
    url,
    branch,
    commit,
    log: (ref = branch, { trailers = ['Fanout-Task'] } = {}) => log(path, ref, trailers),
    async trailers(key) {
      const format = `--format=%(trailers:key=${key},valueonly)`
      const values = await git(path, 'log', '--reverse', format, branch)
      return values.split('\n').filter(value => value !== '')
    },
    files: (ref = branch) => readFiles(path, ref),
    tip: (ref = branch) => git(path, 'rev-parse', '--verify', '--quiet', `${ref}^{commit}`),
    async refs() {
      const lines = await git(path, 'for-each-ref', '--format=%(refname) %(objectname)')
      return Object.fromEntries(
        lines
          .split('\n')
          .filter(Boolean)
          .map(line => line.split(' ') as [string, string]),
      )
    },
    clone: (how = {}) => clone(how, how.via === 'file' ? `file://${path}` : url, branch),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  }
}

async function log(path: string, ref: string, trailers: readonly string[]): Promise<string> {
  const keys = trailers.map(key => `key=${key}`).join(',')
  const format = trailers.length ? `%s%x00%(trailers:${keys},unfold,separator=%x2C )` : '%s%x00'
  const lines = (await git(path, 'log', `--format=${format}`, ref)).split('\n')
  return lines
    .map(line => {
      const [subject = '', found = ''] = line.split('\0')
      return found ? `${subject} [${found}]` : subject
    })
    .join('\n')
}

async function readFiles(path: string, ref: string): Promise<Record<string, string>> {
  const entries = (await git(path, 'ls-tree', '-r', '-z', ref)).split('\0').filter(Boolean)
  const listed = entries.map(entry => {
    const [facts = '', name = ''] = entry.split('\t')
    return { sha: facts.split(' ')[2] ?? '', name }
  })
  // One process for all the files: `<sha> blob <size>\n<content>\n` each, in the order asked for.
  const input = listed.map(entry => `${entry.sha}\n`).join('')
  const { bytes } = await gitWith({ cwd: path, input }, 'cat-file', '--batch')
  const files: Record<string, string> = {}
  let at = 0
  for (const { name } of listed) {
    const end = bytes.indexOf('\n', at)
    const size = Number(bytes.subarray(at, end).toString().split(' ')[2])
    files[name] = bytes.subarray(end + 1, end + 1 + size).toString()
    at = end + 1 + size + 1
  }
  return files
}

/** Straight into the bare repository with plumbing: no checkout, no push, no hook. */
async function commitTo(
  path: string,
  temp: string,
  { files, message = 'competing change', branch }: CommitOptions & { branch: string },
  onto?: string,
): Promise<string> {
  const ref = `refs/heads/${branch}`
  const zero = '0'.repeat(40)
  const tip =
    onto ?? (await run('git', ['rev-parse', '--verify', '--quiet', ref], { cwd: path })).stdout.trim()
  const env = { GIT_INDEX_FILE: join(temp, `index-${crypto.randomUUID()}`) }
  const git = async (args: string[], input: string | Uint8Array = ''): Promise<string> => {
    const result: RunResult = await gitWith({ cwd: path, env, input }, ...args)
    return result.stdout.trim()
  }
  if (tip) await git(['read-tree', tip])
  const entries = await Promise.all(
    Object.entries(files).map(async ([name, file]) => {
      if (file === null) return `0 ${zero}\t${name}\0`
      const { content, mode } =
        typeof file === 'string' || file instanceof Uint8Array ? { content: file, mode: '100644' } : file
      return `${mode} ${await git(['hash-object', '-w', '--stdin'], content)}\t${name}\0`
    }),
  )
  await git(['update-index', '-z', '--index-info'], entries.join(''))
  const tree = await git(['write-tree'])
  const sha = await git(['commit-tree', tree, ...(tip ? ['-p', tip] : [])], `${message}\n`)
  await git(['update-ref', ref, sha, tip || zero])
  return sha
}

/** A commit upon `base` that adds `f/0`, `f/1` and so on with the content `x`, in three processes. */
export async function manyFiles(gitDir: string, base: string, count: number): Promise<string> {
  await using temp = await tempDir('index')
  const env = { GIT_INDEX_FILE: join(temp.path, 'index') }
  const git = async (args: string[], input = '') =>
    (await gitWith({ cwd: gitDir, env, input }, ...args)).stdout.trim()
  const blob = await git(['hash-object', '-w', '--stdin'], 'x\n')
  await git(['read-tree', base])
  const entries = Array.from({ length: count }, (_, i) => `100644 ${blob}\tf/${i}\0`)
  await git(['update-index', '-z', '--index-info'], entries.join(''))
  return git(['commit-tree', await git(['write-tree']), '-p', base], 'many files\n')
}

async function clone(options: CloneOptions, url: string, branch: string): Promise<Clone> {
  const { as = 'user', token, via: _via, ...how } = options
  await using stack = new AsyncDisposableStack()
  const dir = stack.use(await tempDir('clone'))
  const path = join(dir.path, 'work')
  const temp = join(dir.path, 'temp')
  const place = { branch, ...how, path, temp }
  if (as === 'checkout') await checkoutLikeAction({ ...place, url, ...(token ? { token } : {}) })
  else await cloneLikeUser({ ...place, url: token ? url.replace('://', `://x-access-token:${token}@`) : url })
  const run = (...args: string[]) => git(path, ...args)
  const owned = stack.move()
  return {
    path,
    temp,
    git: run,
    async commit(files, message = 'work') {
      await writeFiles(path, files)
      await run('add', '--all')
      await run('commit', '--quiet', '-m', message)
      return run('rev-parse', 'HEAD')
    },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  }
}
