/** The run directory as an artifact of the workflow run. The client is loaded only when it is used. */
import { join } from 'node:path'
import { filesBelow, removeAll } from './files.ts'
import { stage } from './stage.ts'

export interface Uploaded {
  readonly id: number | null
  readonly url: string | null
}

/** Never part of it: clones, our own store, what only this machine needs, what was half written when a process died. */
const LEFT_OUT = [
  /^(store\.git|internal|gates|verify|upload)\//,
  /^tasks\/[^/]+\/(workspace\/|workspace$|message\.txt$)/,
  /^(?!tasks\/[^/]+\/artifacts\/).*\.[0-9a-f]{8}\.tmp$/s,
  // What holds a value that is masked: whoever may read the workflow run may read its artifacts.
  /^(?!tasks\/[^/]+\/artifacts\/).*(work|branches)-secret\.bundle$/s,
]
/** Masked before they leave the machine; other files (bundles, a worker's own artifacts) go as they are. */
const TEXT = /^(?!tasks\/[^/]+\/artifacts\/).*\.(log|json|ndjson|md|html|patch)$/s

/** Whether the runner offers the artifact service. */
export function canUpload(env: Readonly<Record<string, string | undefined>>): boolean {
  return Boolean(env.ACTIONS_RUNTIME_TOKEN && env.ACTIONS_RESULTS_URL)
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
  const { DefaultArtifactClient } = await import('@actions/artifact')
  const folder = join(runDir, 'upload')
  await removeAll(folder)
  try {
    const names = await filesBelow(runDir, path => LEFT_OUT.some(pattern => pattern.test(path)))
    const files = await stage(names, runDir, folder, name => TEXT.test(name), options.mask)
    const client = new DefaultArtifactClient()
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

/** A service that does not answer costs a run no more than this. */
const LIST_LIMIT_MS = 20_000
const DOWNLOAD_LIMIT_MS = 180_000

/**
 * Unpacks the newest artifact of this workflow run that is wanted, by its name and then by what is in it; null: there is
 * none. Rejects when the service does not give one that may be it in time, or not as it was uploaded.
 */
export async function downloadRun(
  isWantedName: (name: string) => boolean,
  into: string,
  isWanted: () => Promise<boolean>,
  signal: AbortSignal,
  limits = { listMs: LIST_LIMIT_MS, downloadMs: DOWNLOAD_LIMIT_MS },
): Promise<string | null> {
  const { DefaultArtifactClient } = await import('@actions/artifact')
  const client = new DefaultArtifactClient()
  const { artifacts } = await within(limits.listMs, signal, client.listArtifacts({ latest: true }))
  const named = artifacts.filter(artifact => isWantedName(artifact.name)).sort((a, b) => b.id - a.id)
  const until = performance.now() + limits.downloadMs
  for (const { id, name, digest } of named) {
    await removeAll(into)
    const { digestMismatch } = await within(
      Math.max(1, until - performance.now()),
      signal,
      client.downloadArtifact(id, { path: into, ...(digest === undefined ? {} : { expectedHash: digest }) }),
    )
    if (digestMismatch) throw new Error(`the artifact ${name} is not what was uploaded`)
    if (await isWanted()) return name
  }
  return null
}

/** The client has no way to stop it: what it still does then is of no consequence. */
function within<T>(ms: number, signal: AbortSignal | null, work: Promise<T>): Promise<T> {
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
