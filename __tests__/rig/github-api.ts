import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A rule as `GET /repos/{owner}/{repo}/rules/branches/{branch}` lists it; more keys are passed on. */
export type BranchRule = { readonly type: string; readonly [key: string]: unknown }

/** One misfortune of the next request; without `times` once. */
export type ApiFault = {
  readonly times?: number
  readonly status?: number
  readonly body?: string
  /** Cut the connection, or never answer. */
  readonly instead?: 'reset' | 'silence'
}

export type ApiRequest = {
  readonly method: string
  readonly path: string
  readonly authorization: string
  readonly status: number
}

export type GithubApi = AsyncDisposable & {
  /** For GITHUB_API_URL. */
  readonly url: string
  /** `owner/name branch` -> its rules; tests change it while the server runs. */
  readonly rules: Map<string, readonly BranchRule[]>
  /** Answered requests; -1: cut. */
  readonly log: ApiRequest[]
  /** Resolves when the next request has come in, answered or not. */
  request(): Promise<void>
  fault(fault: ApiFault): void
  leftoverFaults(): ApiFault[]
}

/** As much of GitHub's REST API as Fanout asks for, on 127.0.0.1, for one token. */
export async function startGithubApi(token: string): Promise<GithubApi> {
  const rules = new Map<string, readonly BranchRule[]>()
  const log: ApiRequest[] = []
  const faults: { fault: ApiFault; times: number }[] = []
  let arrived: (() => void)[] = []

  function answer(method: string, path: string, authorization: string): { status: number; body: unknown } {
    const refused = (status: number, message: string) => ({ status, body: { message, status: `${status}` } })
    if (authorization !== `token ${token}`) return refused(401, 'Bad credentials')
    const found = /^\/repos\/([^/]+\/[^/]+)\/rules\/branches\/([^/]+)$/.exec(path)
    if (method !== 'GET' || !found) return refused(404, 'Not Found')
    // A branch without rules has an empty list, whether it exists or not.
    return { status: 200, body: rules.get(`${found[1]} ${decodeURIComponent(found[2] ?? '')}`) ?? [] }
  }

  function handle(request: IncomingMessage, response: ServerResponse): void {
    for (const resolve of arrived) resolve()
    arrived = []
    const { pathname } = new URL(request.url ?? '/', 'http://localhost')
    const method = request.method ?? ''
    const authorization = request.headers.authorization ?? ''
    const pending = faults[0]
    if (pending && --pending.times <= 0) faults.shift()
    const fault = pending?.fault
    if (fault?.instead === 'silence') return
    const note = (status: number) => log.push({ method, path: pathname, authorization, status })
    if (fault?.instead === 'reset') {
      note(-1)
      request.socket.resetAndDestroy()
      return
    }
    const { status, body } =
      fault?.status === undefined
        ? answer(method, pathname, authorization)
        : { status: fault.status, body: { message: 'injected' } }
    note(status)
    response
      .writeHead(status, { 'content-type': 'application/json; charset=utf-8' })
      .end(fault?.body ?? JSON.stringify(body))
  }

  const server = createServer(handle)
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    rules,
    log,
    request: () =>
      new Promise(resolve => {
        arrived.push(resolve)
      }),
    fault: fault => faults.push({ fault, times: fault.times ?? 1 }),
    leftoverFaults: () => faults.map(({ fault }) => fault),
    async [Symbol.asyncDispose]() {
      const closed = new Promise(resolve => server.close(resolve))
      server.closeAllConnections()
      await closed
    },
  }
}
