/** The run directory as an artifact of the workflow run. The client is loaded only when it is used. */
import { join } from 'node:path'
import type { ArtifactClient } from '@actions/artifact'
import { filesBelow, removeAll } from './files.ts'
import { stage } from './stage.ts'

export interface Uploaded {
  readonly id: number | null
  readonly url: string | null
}

/** Never part of it: clones, our own store, what only this machine needs, what was half written when a process died. */
const LEFT_OUT = [
  /^(store\.git|internal|gates|verify|upload)\//,
  /^tasks\/[^/]+\/(workspace(-\d+)?\/|workspace$|message\.txt$)/,
  /^(?!tasks\/[^/]+\/artifacts\/).*\.[0-9a-f]{8}\.tmp$/s,
  // What holds a value that is masked: whoever may read the workflow run may read its artifacts.
  /^(?!tasks\/[^/]+\/artifacts\/).*(work|branches)-secret(-\d+)?\.bundle$/s,
]
/** Masked before they leave the machine; other files (bundles, a worker's own artifacts) go as they are. */
const TEXT = /^(?!tasks\/[^/]+\/artifacts\/).*\.(log|json|ndjson|md|html|patch)$/s

/** Whether the runner names an artifact service. */
export function namesService(env: Readonly<Record<string, string | undefined>>): boolean {
  return Boolean(env.ACTIONS_RUNTIME_TOKEN && env.ACTIONS_RESULTS_URL)
}

type Client = Pick<ArtifactClient, 'uploadArtifact' | 'listArtifacts' | 'downloadArtifact'>

/**
 * The client refuses each host but GitHub's by its name, whoever else speaks its protocol (Gitea does). Whether there is a
 * service is for that to say.
 */
export async function openClient(): Promise<Client> {
  const { DefaultArtifactClient } = await import('@actions/artifact')
  const client = new DefaultArtifactClient()
  return {
    uploadArtifact: (...given) => asOnGithub(() => client.uploadArtifact(...given)),
    listArtifacts: (...given) => asOnGithub(() => client.listArtifacts(...given)),
    downloadArtifact: (...given) => asOnGithub(() => client.downloadArtifact(...given)),
  }
}

/** It looks at the name at once, before it does anything else. */
function asOnGithub<T>(call: () => Promise<T>): Promise<T> {
  const { GITHUB_SERVER_URL: url } = process.env
  process.env.GITHUB_SERVER_URL = 'https://github.com'
  try {
    return call()
  } finally {
    if (url === undefined) delete process.env.GITHUB_SERVER_URL
    else process.env.GITHUB_SERVER_URL = url
  }
}

/** The client gives up what makes no progress after five minutes, but asks a service that is silent for far longer. */
const UPLOAD_LIMIT_MS = 600_000

/** Uploads masked copies. Rejects when the service does not take them: the run's result does not depend on it. */
export async function uploadRun(
  runDir: string,
  options: {
    /** Each but the first is for when those before it are taken. */
    readonly names: readonly string[]
    readonly retentionDays: number
    readonly mask: (text: string) => string
    readonly serverUrl: string
    readonly repository: string
    readonly runId: string
    readonly signal: AbortSignal | null
    readonly limitMs?: number
  },
): Promise<Uploaded> {
  const client = await openClient()
  if (!isGithub(options.serverUrl)) await expectService(client, options.signal)
  const folder = join(runDir, 'upload')
  await removeAll(folder)
  try {
    const names = await filesBelow(runDir, path => LEFT_OUT.some(pattern => pattern.test(path)))
    const files = await stage(names, runDir, folder, name => TEXT.test(name), options.mask)
    const send = (as: string) =>
      client.uploadArtifact(
        as,
        [...files],
        folder,
        options.retentionDays > 0 ? { retentionDays: options.retentionDays } : {},
      )
    const limitMs = options.limitMs ?? UPLOAD_LIMIT_MS
    const { id } = await within(limitMs, options.signal, firstFree(options.names, send))
    const url = `${options.serverUrl}/${options.repository}/actions/runs/${options.runId}/artifacts/${id}`
    return { id: id ?? null, url: id === undefined ? null : url }
  } finally {
    await removeAll(folder)
  }
}

function isGithub(serverUrl: string): boolean {
  const host = URL.canParse(serverUrl) ? new URL(serverUrl).hostname.toLowerCase() : ''
  return host === 'github.com' || host.endsWith('.ghe.com')
}

/** A service that does not answer costs a run no more than this. */
export const LIST_LIMIT_MS = 20_000

/** Before anything is packed. A server may name a service and have none: the client would go on asking it. */
async function expectService(client: Client, signal: AbortSignal | null): Promise<void> {
  try {
    await within(LIST_LIMIT_MS, signal, client.listArtifacts())
  } catch (error) {
    if (signal?.aborted) throw error
    const why = error instanceof Error ? error.message : String(error)
    throw new Error(
      `this server has no artifact service that answers (${why}). What did not land is in the run directory and, with \`save-refs\`, on the remote under refs/fanout/blocked, where the next run finds it`,
    )
  }
}

/** GitHub takes a name once in a workflow run. */
async function firstFree<T>(names: readonly string[], send: (as: string) => Promise<T>): Promise<T> {
  for (const name of names.slice(0, -1)) {
    try {
      return await send(name)
    } catch (error) {
      if (!/\(409\)|already exists/i.test(String(error))) throw error
    }
  }
  return send(names.at(-1) ?? '')
}

/** The client has no way to stop it: what it still does then is of no consequence. */
export function within<T>(ms: number, signal: AbortSignal | null, work: Promise<T>): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const give = (why: string) => () => reject(new Error(why))
    const late = give(`the artifact service did not answer within ${Math.round(ms) / 1000} s`)
    const timer = setTimeout(late, ms)
    const onAbort = give('the run was cancelled')
    if (signal?.aborted) onAbort()
    signal?.addEventListener('abort', onAbort, { once: true })
    work.then(resolve, reject).finally(() => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', onAbort)
    })
  })
}
