import { mkdir } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { initBare } from './bare.ts'
import { serveCgi } from './git-cgi.ts'

/** What a request is for. `probe` is the 4-byte POST git sends before a pack larger than http.postBuffer (1 MiB). */
export type GitStep = 'advertise-push' | 'advertise-fetch' | 'probe' | 'push' | 'fetch'

/** A password the server takes. Tests change it while the server runs. `write` is true unless said otherwise. */
export type Token = { write?: boolean; user?: string; expiresAt?: number; revoked?: boolean }

/** One misfortune, used up by the first `times` requests of its step after `skip` of them have passed. */
export type GitFault = {
  readonly on: GitStep
  readonly times?: number
  readonly skip?: number
  /** Runs before the request is served: the place to move a branch between advertisement and pack. */
  readonly before?: (request: GitRequest) => unknown
  readonly delayMs?: number
  /** Answer this instead of asking git. */
  readonly status?: number
  readonly body?: string
  readonly retryAfter?: number
  /** Cut the connection once so many bytes of the request have come. */
  readonly resetAfterBytes?: number
  /** git does its work, and the client never hears of it. */
  readonly resetResponse?: boolean
  /** Runs when git has done its work; with `resetResponse` before the connection is cut. */
  readonly after?: () => unknown
}

export type GitRequest = {
  readonly method: string
  readonly url: string
  readonly step: GitStep
  /** Raw Authorization headers; GitHub refuses more than one. */
  readonly authorization: readonly string[]
  user: string | null
  /** HTTP status; 0 = not answered yet, -1 = the connection was cut. */
  status: number
  bytesIn: number
  faulty: boolean
}

export type GitServerOptions = {
  readonly tokens?: Record<string, Token>
  /** Fetching needs no token, as in a public repository. */
  readonly anonymousRead?: boolean
  /** Milliseconds added to each request of a step: a remote that is far away. */
  readonly latency?: Partial<Record<GitStep, number>>
  /** Name in its URLs; a `x.localhost` one passes for a GitHub server where @actions/artifact asks for one. */
  readonly host?: string
}

export type GitServer = AsyncDisposable & {
  readonly url: string
  readonly tokens: Record<string, Token>
  readonly log: GitRequest[]
  latency: Partial<Record<GitStep, number>>
  fault(fault: GitFault): void
  /** Faults that were programmed and never (or not often enough) met: a test that has some tested nothing. */
  leftoverFaults(): GitFault[]
  createRepo(name: string, options?: { readonly branch?: string }): Promise<{ path: string; url: string }>
}

type Pending = { readonly fault: GitFault; times: number; skip: number }

/** A real smart-HTTP git server for the bare repositories under `root`, on 127.0.0.1 only. */
export async function startGitServer(root: string, options: GitServerOptions = {}): Promise<GitServer> {
  const tokens = options.tokens ?? { 'rw-token': {} }
  const log: GitRequest[] = []
  const pending: Pending[] = []
  const closing = new AbortController()

  const server = createServer((request, response) => {
    handle(request, response).catch(error => {
      if (closing.signal.aborted || response.destroyed) return
      if (response.headersSent) response.destroy()
      else response.writeHead(500).end(String(error))
    })
  })

  function takeFault(step: GitStep): GitFault | null {
    for (const entry of pending) {
      if (entry.fault.on !== step) continue
      if (entry.skip > 0) {
        entry.skip--
        continue
      }
      entry.times--
      if (entry.times <= 0) pending.splice(pending.indexOf(entry), 1)
      return entry.fault
    }
    return null
  }

  function authenticate(entry: GitRequest): { user: string; write: boolean } | null {
    const reading = entry.step === 'advertise-fetch' || entry.step === 'fetch'
    const [header] = entry.authorization
    if (header === undefined) return options.anonymousRead && reading ? { user: '', write: false } : null
    const basic = /^basic (.+)$/i.exec(header)?.[1] ?? ''
    const password = Buffer.from(basic, 'base64')
      .toString()
      .replace(/^[^:]*:/, '')
    const token = tokens[password]
    if (!token || token.revoked || (token.expiresAt !== undefined && Date.now() > token.expiresAt))
      return null
    return { user: token.user ?? 'github-actions[bot]', write: token.write !== false }
  }

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://localhost')
    const entry: GitRequest = {
      method: request.method ?? '',
      url: request.url ?? '',
      step: stepOf(request, url),
      authorization: rawHeaders(request, 'authorization'),
      user: null,
      status: 0,
      bytesIn: 0,
      faulty: false,
    }
    log.push(entry)
    response.on('close', () => {
      if (entry.status === 0) entry.status = response.writableFinished ? response.statusCode : -1
    })
    const answer = (status: number, body: string, headers: Record<string, string> = {}) => {
      request.resume() // drained, so that the client reads the answer instead of an EPIPE
      response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', ...headers }).end(body)
    }

    const fault = takeFault(entry.step)
    entry.faulty = fault !== null
    await fault?.before?.(entry)
    const wait = (self.latency[entry.step] ?? 0) + (fault?.delayMs ?? 0)
    if (wait > 0 && !(await pause(wait, request))) return
    if (fault?.status !== undefined) {
      const retry: Record<string, string> = {}
      if (fault.retryAfter !== undefined) retry['retry-after'] = String(fault.retryAfter)
      return answer(fault.status, fault.body ?? `injected ${fault.status}\n`, retry)
    }

    if (entry.authorization.length > 1) return answer(400, 'Duplicate header: "Authorization"')
    const who = authenticate(entry)
    if (!who) {
      const words =
        'Invalid username or token. Password authentication is not supported for Git operations.\n'
      return answer(401, words, { 'www-authenticate': 'Basic realm="GitHub"' })
    }
    entry.user = who.user
    const [, owner = '', name = ''] = decodeURIComponent(url.pathname).split('/')
    const repo = `${owner}/${name.replace(/\.git$/, '')}`
    if (!who.write && entry.step !== 'advertise-fetch' && entry.step !== 'fetch') {
      return answer(403, `Permission to ${repo}.git denied to ${who.user}.\n`)
    }
    // GitHub serves a repository with and without `.git`; actions/checkout leaves the latter.
    const pathInfo = `/${repo}.git/${decodeURIComponent(url.pathname).split('/').slice(3).join('/')}`
    await serveCgi({
      root,
      pathInfo,
      query: url.search.slice(1),
      request,
      response,
      entry,
      fault,
      closing: closing.signal,
    })
  }

  /** Waits, but not longer than the client does. */
  async function pause(milliseconds: number, request: IncomingMessage): Promise<boolean> {
    const gone = new AbortController()
    const leave = () => gone.abort()
    request.socket.once('close', leave)
    await sleep(milliseconds, undefined, { signal: AbortSignal.any([closing.signal, gone.signal]) }).catch(
      () => {},
    )
    request.socket.off('close', leave)
    return !request.socket.destroyed
  }

  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const url = `http://${options.host ?? '127.0.0.1'}:${(server.address() as AddressInfo).port}`

  const self: GitServer = {
    url,
    tokens,
    log,
    latency: options.latency ?? {},
    fault: fault => pending.push({ fault, times: fault.times ?? 1, skip: fault.skip ?? 0 }),
    leftoverFaults: () => pending.map(entry => entry.fault),
    async createRepo(name, { branch = 'main' } = {}) {
      const path = join(root, `${name}.git`)
      await mkdir(dirname(path), { recursive: true })
      await initBare(path, branch)
      return { path, url: `${url}/${name}` }
    },
    async [Symbol.asyncDispose]() {
      closing.abort()
      const closed = new Promise(resolve => server.close(resolve))
      server.closeAllConnections()
      await closed
    },
  }
  return self
}

function stepOf(request: IncomingMessage, url: URL): GitStep {
  const service = url.searchParams.get('service') ?? url.pathname.split('/').at(-1)
  const push = service === 'git-receive-pack'
  if (request.method === 'GET') return push ? 'advertise-push' : 'advertise-fetch'
  if (!push) return 'fetch'
  return request.headers['content-length'] === '4' ? 'probe' : 'push'
}

/** Every header of that name as it came: node's `headers` would hide a second one. */
function rawHeaders(request: IncomingMessage, name: string): string[] {
  return request.rawHeaders.filter((_, i, all) => i % 2 === 1 && all[i - 1]?.toLowerCase() === name)
}
