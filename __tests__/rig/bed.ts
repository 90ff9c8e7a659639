import { type GitServer, type GitServerOptions, startGitServer } from './git-server.ts'
import { createRepo, type Remote, type RepoOptions } from './repo.ts'
import { tempDir } from './temp.ts'

export type Bed = AsyncDisposable & { readonly server: GitServer; readonly remote: Remote }

/** A git server with one repository, which takes the token `good` unless told otherwise. */
export async function startBed(
  options: GitServerOptions = {},
  repo: Omit<RepoOptions, 'server'> = {},
): Promise<Bed> {
  await using stack = new AsyncDisposableStack()
  const root = stack.use(await tempDir('server'))
  const server = stack.use(await startGitServer(root.path, { tokens: { good: {} }, ...options }))
  const remote = stack.use(await createRepo({ ...repo, server }))
  const owned = stack.move()
  return { server, remote, [Symbol.asyncDispose]: () => owned.disposeAsync() }
}
