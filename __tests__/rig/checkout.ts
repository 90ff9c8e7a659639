import { randomUUID } from 'node:crypto'
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { gitWith } from './exec.ts'
import type { ActionFunction } from './run-workflow.ts'

export type CheckoutOptions = {
  readonly url: string
  readonly path: string
  /** RUNNER_TEMP: the credentials file goes here. */
  readonly temp: string
  readonly branch: string
  /** What to check out; else the branch's tip. */
  readonly sha?: string
  readonly token?: string
  /** 0 = all of history. */
  readonly depth?: number
  /** On the commit itself, as for a tag, a sha or a pull request, instead of on a local branch. */
  readonly detached?: boolean
  readonly filter?: string
  readonly sparse?: readonly string[]
  readonly persistCredentials?: boolean
}

/** A repository as actions/checkout@v6 leaves it, by the same git commands. Returns the commit checked out. */
export async function checkoutLikeAction(options: CheckoutOptions): Promise<string> {
  const { url, path, branch, sha, token, depth = 1, detached = false, sparse = [] } = options
  const filter = options.filter ?? (sparse.length > 0 ? 'blob:none' : undefined)
  const git = async (...args: string[]) => (await gitWith({ cwd: path }, ...args)).stdout.trim()
  await mkdir(path, { recursive: true })
  await git('init', path)
  await git('remote', 'add', 'origin', url)
  await git('config', '--local', 'gc.auto', '0')
  if (token) await storeCredentials(options, token)
  if (filter) {
    await git('config', 'remote.origin.promisor', 'true')
    await git('config', 'remote.origin.partialclonefilter', filter)
  }

  const tracking = `refs/remotes/origin/${branch}`
  const refspecs =
    depth === 0
      ? ['+refs/heads/*:refs/remotes/origin/*', '+refs/tags/*:refs/tags/*']
      : [detached && sha ? sha : `+${sha ?? `refs/heads/${branch}`}:${tracking}`]
  await git(
    ...['-c', 'protocol.version=2', 'fetch'],
    ...(depth === 0 ? [] : ['--no-tags']),
    ...['--prune', '--no-recurse-submodules'],
    ...(filter ? [`--filter=${filter}`] : []),
    ...(depth === 0 ? [] : [`--depth=${depth}`]),
    ...['origin', ...refspecs],
  )
  if (sparse.length > 0) await git('sparse-checkout', 'set', ...sparse)
  if (detached) {
    await git('checkout', '--progress', '--force', '--detach', sha ?? tracking)
  } else {
    // With all of history fetched the branch may already be further than the event's commit: it is set back.
    if (sha && depth === 0) await git('fetch', 'origin', `+${sha}:${tracking}`)
    await git('checkout', '--progress', '--force', '-B', branch, tracking)
  }
  if (token && options.persistCredentials === false) await removeCredentials(path)
  return git('rev-parse', 'HEAD')
}

/**
 * v6 keeps the token out of the repository: a file in RUNNER_TEMP which .git/config includes by this very path,
 * so that a clone or a copy elsewhere has no credentials.
 */
async function storeCredentials({ url, path, temp }: CheckoutOptions, token: string): Promise<void> {
  await mkdir(temp, { recursive: true })
  const file = join(temp, `git-credentials-${randomUUID()}.config`)
  const basic = Buffer.from(`x-access-token:${token}`).toString('base64')
  const git = (...args: string[]) => gitWith({ cwd: path }, ...args)
  await git(
    'config',
    '--file',
    file,
    `http.${new URL(url).origin}/.extraheader`,
    `AUTHORIZATION: basic ${basic}`,
  )
  await git('config', '--local', `includeIf.gitdir:${path}/.git.path`, file)
  await git('config', '--local', `includeIf.gitdir:${path}/.git/worktrees/*.path`, file)
}

/** What actions/checkout's post step does. */
async function removeCredentials(path: string): Promise<void> {
  const pattern = '^includeif\\.gitdir:.*\\.path$'
  const found = await gitWith({ cwd: path }, 'config', '--local', '-z', '--get-regexp', pattern).catch(
    () => null,
  )
  for (const entry of found?.stdout.split('\0').filter(Boolean) ?? []) {
    const [key = '', file = ''] = entry.split('\n')
    await gitWith({ cwd: path }, 'config', '--local', '--unset-all', key)
    await rm(file, { force: true })
  }
}

/** A plain `git clone`, as a person makes it. */
export async function cloneLikeUser(options: CheckoutOptions): Promise<void> {
  const { url, path, branch, depth = 0, detached, filter, sparse = [] } = options
  const args = [
    ...(depth > 0 ? [`--depth=${depth}`] : []),
    ...(filter ? [`--filter=${filter}`] : []),
    ...(sparse.length > 0 ? ['--sparse'] : []),
  ]
  await mkdir(path, { recursive: true })
  await gitWith({ cwd: path }, 'clone', '--quiet', `--branch=${branch}`, ...args, url, '.')
  if (sparse.length > 0) await gitWith({ cwd: path }, 'sparse-checkout', 'set', ...sparse)
  if (detached) await gitWith({ cwd: path }, 'checkout', '--quiet', '--detach')
}

/** Stand-in for actions/checkout@v6 in `runWorkflow({actions: {'actions/checkout': checkout(url)}})`. */
export function checkout(url: string): ActionFunction {
  return async ({ job, inputs, github, onPost }) => {
    const path = join(job.workspace, inputs.path ?? '')
    const ref = inputs.ref ?? ''
    const given = /^[0-9a-f]{40}$/.test(ref)
    // The commit of the event, and a local branch, only when the event is about a branch and no other ref is asked for.
    const sha = given ? ref : ref ? undefined : github.sha
    const commit = await checkoutLikeAction({
      url,
      path,
      temp: job.temp,
      branch: given ? github.ref_name : ref.replace('refs/heads/', '') || github.ref_name,
      ...(sha ? { sha } : {}),
      token: inputs.token || github.token,
      depth: Number(inputs['fetch-depth'] ?? 1),
      detached: given || (!ref && !github.ref.startsWith('refs/heads/')),
      ...(inputs.filter ? { filter: inputs.filter } : {}),
      sparse: (inputs['sparse-checkout'] ?? '').split('\n').filter(Boolean),
      persistCredentials: inputs['persist-credentials'] !== 'false',
    })
    onPost(() => removeCredentials(path))
    return { commit, ref: ref || github.ref }
  }
}
