import { createHash, randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { blobStore } from './artifact-blobs.ts'
import { unzip } from './zip.ts'

const SERVICE = '/twirp/github.actions.results.api.v1.ArtifactService/'

export type ArtifactCall =
  | 'CreateArtifact'
  | 'FinalizeArtifact'
  | 'ListArtifacts'
  | 'GetSignedArtifactURL'
  | 'DeleteArtifact'
  | 'PUT block'
  | 'PUT blocklist'
  | 'PUT blob'
  | 'GET blob'

/** Used up by the first `times` requests of its call. The client itself retries 5xx, first after 3 s. */
export type ArtifactFault = {
  readonly on: ArtifactCall
  readonly times?: number
  readonly status?: number
  readonly body?: string
  /** Cut the connection: before the work is done, or after it, so that only the answer is lost. */
  readonly reset?: 'before' | 'after'
  /** Nothing happens, and no answer comes as long as the server lives. */
  readonly silent?: boolean
  /** Runs when such a request has arrived. */
  readonly before?: () => void
}

export type Artifact = {
  readonly name: string
  readonly mimeType: string
  readonly createdAt: string
  readonly expiresAt: string | null
  finalized: boolean
  id: string
  size: number
  digest: string
}

export type ArtifactServer = AsyncDisposable & {
  readonly url: string
  /** For the process of the action; keep GITHUB_SERVER_URL at https://github.com or http://x.localhost, else the client refuses. */
  readonly env: Readonly<Record<string, string>>
  readonly artifacts: Map<string, Artifact>
  /** What REST gives of them, for `startGithubApi`. */
  readonly rest: ArtifactsAtApi
  /** Ids that the next ones get, in this order: they need not grow. */
  readonly nextIds: number[]
  /** From now on it lists none of those that are there (as after "re-run all jobs"), or lists them and gives none. */
  forgetOlder(how: 'unlisted' | 'refused'): void
  /** `<call> <status>` of each request; status -1 when the connection was cut. */
  readonly log: string[]
  unzip(name: string): Map<string, Buffer>
  fault(fault: ArtifactFault): void
  leftoverFaults(): ArtifactFault[]
}

/** As `GET /repos/{owner}/{repo}/actions/runs/{run_id}/artifacts` lists them, and the signed address of one's zip. */
export type ArtifactsAtApi = {
  list(): readonly Readonly<Record<string, unknown>>[]
  location(id: string): string | null
}

type Entry = Artifact & { readonly key: string; older?: 'unlisted' | 'refused' }
type Asked = Readonly<Record<string, unknown>>
type Said = { readonly status: number; readonly body: Record<string, unknown> }

/** The artifact service of a workflow run (Results service and blob storage) for the real @actions/artifact client. */
export async function startArtifactServer(): Promise<ArtifactServer> {
  const run = randomUUID()
  const job = randomUUID()
  const token = unsignedToken(`Actions.ExampleScope Actions.Results:${run}:${job}`)
  const blobs = blobStore()
  const artifacts = new Map<string, Entry>()
  const log: string[] = []
  const faults: { fault: ArtifactFault; times: number }[] = []
  const nextIds: number[] = []
  let lastId = 4000
  let url = ''

  const calls: Record<string, (asked: Asked) => Said> = {
    CreateArtifact({ name, mime_type, expires_at }) {
      if (/[\\/":<>|*?\r\n]/.test(String(name)))
        return problem(400, 'invalid_argument', 'invalid artifact name')
      if (artifacts.has(String(name))) {
        const words = 'an artifact with this name already exists on the workflow run'
        return problem(409, 'already_exists', words)
      }
      const entry: Entry = {
        ...{ name: String(name), mimeType: String(mime_type ?? ''), key: `${randomUUID()}.zip` },
        ...{ createdAt: new Date().toISOString(), expiresAt: expires_at ? String(expires_at) : null },
        ...{ finalized: false, id: '', size: 0, digest: '' },
      }
      artifacts.set(entry.name, entry)
      return fine({ signed_upload_url: blobs.signedUrl(url, 'w', entry.key) })
    },
    FinalizeArtifact({ name, size, hash }) {
      const entry = artifacts.get(String(name))
      if (!entry) return problem(404, 'not_found', 'artifact not found')
      const data = blobs.data(entry.key)
      if (data?.length !== Number(size)) {
        return problem(400, 'invalid_argument', `size mismatch: stored ${data?.length}, said ${size}`)
      }
      const digest = `sha256:${createHash('sha256').update(data).digest('hex')}`
      if (hash && hash !== digest) return problem(400, 'invalid_argument', 'hash mismatch')
      Object.assign(entry, {
        finalized: true,
        id: String(nextIds.shift() ?? ++lastId),
        size: data.length,
        digest,
      })
      return fine({ artifact_id: entry.id })
    },
    ListArtifacts({ name_filter, id_filter }) {
      const found = [...artifacts.values()].filter(
        ({ finalized, name, id, older }) =>
          finalized &&
          older !== 'unlisted' &&
          (!name_filter || name === name_filter) &&
          (!id_filter || id === String(id_filter)),
      )
      const ids = { workflow_run_backend_id: run, workflow_job_run_backend_id: job }
      const listed = found.map(({ id, name, size, createdAt, digest }) => ({
        ...ids,
        ...{ database_id: id, name, size: String(size), created_at: createdAt, digest },
      }))
      return { status: 200, body: { artifacts: listed } }
    },
    GetSignedArtifactURL({ name }) {
      const entry = artifacts.get(String(name))
      if (!entry?.finalized || entry.older) return problem(404, 'not_found', 'artifact not found')
      return { status: 200, body: { signed_url: blobs.signedUrl(url, 'r', entry.key) } }
    },
    DeleteArtifact({ name }) {
      const entry = artifacts.get(String(name))
      if (!entry) return problem(404, 'not_found', 'artifact not found')
      artifacts.delete(entry.name)
      return fine({ artifact_id: entry.id })
    },
  }

  function answerCall(name: string, authorization: string | undefined, body: Buffer): Said {
    if (authorization !== `Bearer ${token}`) return problem(401, 'unauthenticated', 'bad token')
    const call = calls[name]
    if (!call) return problem(404, 'bad_route', `no such method: ${name}`)
    const asked: Asked = JSON.parse(body.toString() || '{}')
    if (asked.workflow_run_backend_id !== run) {
      return problem(403, 'permission_denied', 'the run id does not match the token')
    }
    return call(asked)
  }

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const target = new URL(request.url ?? '/', 'http://localhost')
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const body = Buffer.concat(chunks)
    const { method = '' } = request
    const rpc = target.pathname.startsWith(SERVICE) ? target.pathname.slice(SERVICE.length) : null
    const name = rpc ?? `${method} ${target.searchParams.get('comp') ?? 'blob'}`
    const cut = () => {
      log.push(`${name} -1`)
      request.socket.resetAndDestroy()
    }
    const send = (status: number, text: string | Buffer, headers: Record<string, string>) => {
      log.push(`${name} ${status}`)
      response.writeHead(status, headers).end(text)
    }
    const json = { 'content-type': 'application/json' }

    const pending = faults.find(({ fault }) => fault.on === name)
    if (pending && --pending.times <= 0) faults.splice(faults.indexOf(pending), 1)
    const fault = pending?.fault
    fault?.before?.()
    if (fault?.silent) return
    if (fault?.reset === 'before') return cut()
    if (fault?.status !== undefined) {
      // The client takes a body that is no JSON for a fault of the network and retries.
      return send(fault.status, fault.body ?? JSON.stringify({ code: 'unavailable', msg: 'injected' }), json)
    }
    if (rpc === null) {
      const done = blobs.serve({ method, url: target, headers: request.headers, body })
      return fault?.reset ? cut() : send(done.status, done.body, done.headers)
    }
    const said = answerCall(rpc, request.headers.authorization, body)
    return fault?.reset ? cut() : send(said.status, JSON.stringify(said.body), json)
  }

  const server = createServer((request, response) => {
    handle(request, response).catch(error => response.destroy(error))
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    url,
    env: { ACTIONS_RESULTS_URL: `${url}/`, ACTIONS_RUNTIME_TOKEN: token },
    artifacts,
    log,
    nextIds,
    forgetOlder(how) {
      for (const entry of artifacts.values()) entry.older = how
    },
    rest: {
      list: () =>
        [...artifacts.values()]
          .filter(({ finalized }) => finalized)
          .map(({ id, name, size, createdAt, digest }) => ({
            ...{ id: Number(id), name, size_in_bytes: size, created_at: createdAt, expired: false, digest },
          })),
      location: id => {
        const entry = [...artifacts.values()].find(each => each.id === id)
        return entry ? blobs.signedUrl(url, 'r', entry.key) : null
      },
    },
    unzip(name) {
      const data = blobs.data(artifacts.get(name)?.key ?? '')
      if (!data)
        throw new Error(`no artifact ${name}; there are: ${[...artifacts.keys()].join(', ') || 'none'}`)
      return unzip(data)
    },
    fault: fault => faults.push({ fault, times: fault.times ?? 1 }),
    leftoverFaults: () => faults.map(({ fault }) => fault),
    async [Symbol.asyncDispose]() {
      const closed = new Promise(resolve => server.close(resolve))
      server.closeAllConnections()
      await closed
    },
  }
}

function fine(body: Record<string, unknown>): Said {
  return { status: 200, body: { ok: true, ...body } }
}

function problem(status: number, code: string, msg: string): Said {
  return { status, body: { code, msg } }
}

/** A JWT as the runner hands out; the client reads its claims and checks nothing. */
function unsignedToken(scp: string): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  return `${part({ typ: 'JWT', alg: 'none' })}.${part({ scp, exp: Math.floor(Date.now() / 1000) + 21_600 })}.signature`
}
