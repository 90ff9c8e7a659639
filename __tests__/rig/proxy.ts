import { request as ask, createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { pipeline } from 'node:stream'

export type ForwardProxy = AsyncDisposable & {
  /** `http://127.0.0.1:<port>`. */
  readonly url: string
  /** Of each request that it let through. */
  readonly passed: readonly { readonly url: string; readonly headers: readonly string[] }[]
}

export type ProxyOptions = {
  /** `user:password` that it asks for. */
  readonly login?: string
  /** What it answers to CONNECT, for it lets none through; the default is 403. */
  readonly connectStatus?: number
}

/** A forward proxy for plain HTTP, on 127.0.0.1 only. */
export async function startProxy({ login, connectStatus = 403 }: ProxyOptions = {}): Promise<ForwardProxy> {
  const passed: { url: string; headers: readonly string[] }[] = []
  const wanted = login === undefined ? null : `Basic ${Buffer.from(login).toString('base64')}`
  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    if (wanted !== null && request.headers['proxy-authorization'] !== wanted) {
      request.resume()
      response.writeHead(407, { 'proxy-authenticate': 'Basic realm="proxy"' }).end()
      return
    }
    const url = request.url ?? ''
    passed.push({ url, headers: request.rawHeaders })
    const headers = { ...request.headers }
    delete headers['proxy-authorization']
    const onward = ask(url, { method: request.method ?? 'GET', headers }, answer => {
      response.writeHead(answer.statusCode ?? 502, answer.headers)
      pipeline(answer, response, () => {})
    })
    onward.on('error', () => response.destroy())
    pipeline(request, onward, () => {})
  })
  server.on('connect', (_, socket) => {
    socket.on('error', () => {})
    socket.end(`HTTP/1.1 ${connectStatus} No\r\nContent-Length: 0\r\n\r\n`)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    passed,
    async [Symbol.asyncDispose]() {
      const closed = new Promise(resolve => server.close(resolve))
      server.closeAllConnections()
      await closed
    },
  }
}
