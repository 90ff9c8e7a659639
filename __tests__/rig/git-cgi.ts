import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { hermeticEnv } from './exec.ts'
import type { GitFault, GitRequest } from './git-server.ts'

export type CgiCall = {
  readonly root: string
  readonly pathInfo: string
  readonly query: string
  readonly request: IncomingMessage
  readonly response: ServerResponse
  readonly entry: GitRequest
  readonly fault: GitFault | null
  readonly closing: AbortSignal
}

/** One request through `git http-backend`, streamed both ways; knows of the faults that cut a connection. */
export async function serveCgi(call: CgiCall): Promise<void> {
  const { response, entry, fault } = call
  const child = spawn('git', ['http-backend'], {
    env: cgiEnv(call),
    stdio: ['pipe', 'pipe', 'ignore'],
    detached: true, // a group of its own, so that the backend's own children can be ended with it
  })
  const end = () => killGroup(child)
  call.closing.addEventListener('abort', end, { once: true })
  child.on('close', () => call.closing.removeEventListener('abort', end))
  feed(call, child)

  const body = child.stdout[Symbol.asyncIterator]() as AsyncIterator<Buffer>
  const head = await readHead(body)
  if (!head) {
    // It was ended, or died: the client has gone or gets an error without a word.
    if (!response.headersSent) response.writeHead(500).end()
    return
  }
  const started = !fault?.resetResponse
  if (started) {
    entry.status = head.status
    response.writeHead(head.status, head.headers)
  }
  for (let chunk: Buffer | undefined = head.rest; chunk; chunk = (await body.next()).value) {
    if (!started || response.destroyed) continue // read on all the same: git must not block on a full pipe
    if (!response.write(chunk)) await drained(response)
  }
  await fault?.after?.()
  if (started) {
    response.end()
  } else {
    entry.status = -1
    response.socket?.resetAndDestroy()
  }
}

/** Or closed. Leaves no listener behind. */
async function drained(response: ServerResponse): Promise<void> {
  const over = new AbortController()
  const heard = (event: string) => once(response, event, { signal: over.signal })
  await Promise.race([heard('drain'), heard('close')]).finally(() => over.abort())
}

/** Request body -> backend. A client that leaves before it has sent all ends the backend; later, git finishes its work. */
function feed({ request, response, entry, fault }: CgiCall, child: ChildProcess): void {
  const { stdin } = child
  if (!stdin) return
  stdin.on('error', () => {}) // EPIPE: the backend refused early
  request.on('data', (chunk: Buffer) => {
    entry.bytesIn += chunk.length
    if (fault?.resetAfterBytes !== undefined && entry.bytesIn >= fault.resetAfterBytes) {
      entry.status = -1
      request.socket.resetAndDestroy()
      return
    }
    if (!stdin.write(chunk)) {
      request.pause()
      stdin.once('drain', () => request.resume())
    }
  })
  request.on('end', () => stdin.end())
  response.on('close', () => {
    if (!request.complete) killGroup(child)
  })
}

function cgiEnv({ root, pathInfo, query, request, entry }: CgiCall): Record<string, string> {
  const env = hermeticEnv({
    GIT_PROJECT_ROOT: root,
    GIT_HTTP_EXPORT_ALL: '1',
    REQUEST_METHOD: request.method ?? 'GET',
    PATH_INFO: pathInfo,
    QUERY_STRING: query,
    CONTENT_TYPE: request.headers['content-type'] ?? '',
    REMOTE_USER: entry.user ?? '',
    REMOTE_ADDR: request.socket.remoteAddress ?? '',
    SERVER_PROTOCOL: 'HTTP/1.1',
  })
  const passed = {
    CONTENT_LENGTH: request.headers['content-length'],
    HTTP_CONTENT_ENCODING: request.headers['content-encoding'],
    HTTP_GIT_PROTOCOL: request.headers['git-protocol'],
  }
  for (const [key, value] of Object.entries(passed)) if (typeof value === 'string') env[key] = value
  return env
}

type Head = { status: number; headers: Record<string, string>; rest: Buffer }

async function readHead(body: AsyncIterator<Buffer>): Promise<Head | null> {
  let seen = Buffer.alloc(0)
  for (;;) {
    const next = await body.next()
    if (next.done) return null
    seen = Buffer.concat([seen, next.value])
    const end = seen.indexOf('\r\n\r\n')
    if (end < 0) continue
    const head: Head = { status: 200, headers: {}, rest: seen.subarray(end + 4) }
    for (const line of seen.subarray(0, end).toString('latin1').split('\r\n')) {
      const colon = line.indexOf(':')
      const name = line.slice(0, colon).toLowerCase()
      const value = line.slice(colon + 1).trim()
      if (name === 'status') head.status = Number.parseInt(value, 10)
      else head.headers[name] = value
    }
    return head
  }
}

function killGroup(child: ChildProcess): void {
  try {
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGTERM')
  } catch {
    // ended already
  }
}
