import { createHmac, randomBytes, randomUUID } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'

export type BlobAnswer = {
  readonly status: number
  readonly body: string | Buffer
  readonly headers: Record<string, string>
}

export type BlobRequest = {
  readonly method: string
  readonly url: URL
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
}

type Stored = { readonly blocks: Map<string, Buffer>; data?: Buffer; type?: string }

/** The part of block-blob storage that the artifact client uses: signed URLs, blocks, block lists, whole blobs. */
export function blobStore() {
  const secret = randomBytes(32)
  const blobs = new Map<string, Stored>()
  const sign = (right: string, key: string, until: string) =>
    createHmac('sha256', secret).update(`${right} ${key} ${until}`).digest('base64url')

  function allowed(url: URL, key: string, right: 'r' | 'w'): boolean {
    const until = url.searchParams.get('se') ?? ''
    return Number(until) > Date.now() && url.searchParams.get('sig') === sign(right, key, until)
  }

  return {
    data: (key: string): Buffer | undefined => blobs.get(key)?.data,
    signedUrl(base: string, right: 'r' | 'w', key: string): string {
      const until = String(Date.now() + 3_600_000)
      return `${base}/blob/${key}?se=${until}&sp=${right}&sig=${sign(right, key, until)}`
    },
    serve({ method, url, headers, body }: BlobRequest): BlobAnswer {
      const key = url.pathname.slice('/blob/'.length)
      if (!allowed(url, key, method === 'PUT' ? 'w' : 'r')) return refusal(403, 'AuthenticationFailed')
      const type = String(headers['x-ms-blob-content-type'] ?? 'application/octet-stream')
      if (method !== 'PUT') {
        const stored = blobs.get(key)
        if (!stored?.data) return refusal(404, 'BlobNotFound')
        return answer(200, stored.data, {
          'content-type': stored.type ?? type,
          'x-ms-blob-type': 'BlockBlob',
        })
      }
      const blob: Stored = blobs.get(key) ?? { blocks: new Map() }
      blobs.set(key, blob)
      const kind = url.searchParams.get('comp')
      if (kind === 'block') {
        blob.blocks.set(url.searchParams.get('blockid') ?? '', body)
      } else if (kind === 'blocklist') {
        // The list gives the order: blocks arrive in any.
        const ids = [...body.toString().matchAll(/<(?:Latest|Uncommitted)>([^<]*)</g)].map(
          match => match[1] ?? '',
        )
        const parts = ids.map(id => blob.blocks.get(id))
        if (!parts.every(part => part !== undefined)) return refusal(400, 'InvalidBlockList')
        Object.assign(blob, { data: Buffer.concat(parts), type })
        blob.blocks.clear()
      } else {
        Object.assign(blob, { data: body, type })
      }
      return answer(201, '')
    },
  }
}

function answer(status: number, body: string | Buffer, headers: Record<string, string> = {}): BlobAnswer {
  const usual = {
    'x-ms-request-id': randomUUID(),
    'x-ms-version': '2026-04-06',
    etag: '"0x1"',
    'last-modified': new Date().toUTCString(),
  }
  return { status, body, headers: { ...usual, ...headers } }
}

function refusal(status: number, code: string): BlobAnswer {
  const body = `<?xml version="1.0"?><Error><Code>${code}</Code><Message>${code}</Message></Error>`
  return answer(status, body, { 'content-type': 'application/xml', 'x-ms-error-code': code })
}
