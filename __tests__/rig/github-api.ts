import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { ArtifactsAtApi } from './artifact-server.ts'

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
  /** Of the workflow run `77` of each repository; null: the token has no `actions: read`. */
  artifacts: ArtifactsAtApi | null
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

  function answer(
    method: string,
    path: string,
    authorization: string,
  ): { status: number; body: unknown; location?: string } {
    const refused = (status: number, message: string) => ({ status, body: { message, status: `${status}` } })
    if (authorization !== `token ${token}`) return refused(401, 'Bad credentials')
    const about = /^\/repos\/[^/]+\/[^/]+\/actions\/(runs\/77\/artifacts$|artifacts\/(\d+)\/zip$)/.exec(path)
    if (about) {
      if (api.artifacts === null) return refused(403, 'Resource not accessible by integration')
      const listed = api.artifacts.list()
      if (about[2] === undefined)
        return { status: 200, body: { total_count: listed.length, artifacts: listed } }
      const location = api.artifacts.location(about[2])
      return location === null ? refused(404, 'Not Found') : { status: 302, body: {}, location }
    }
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
    const { status, body, location }: ReturnType<typeof answer> =
      fault?.status === undefined
        ? answer(method, pathname, authorization)
        : { status: fault.status, body: { message: 'injected' } }
    note(status)
    response
      .writeHead(status, {
        'content-type': 'application/json; charset=utf-8',
        ...(location === undefined ? {} : { location }),
      })
      .end(fault?.body ?? JSON.stringify(body))
  }

  const server = createServer(handle)
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const api: GithubApi = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    rules,
    artifacts: null,
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
  return api
}
