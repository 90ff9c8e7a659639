/** The run directory as an artifact of the workflow run. The client is loaded only when it is used. */
import { join } from 'node:path'
import { filesBelow, removeAll } from './files.ts'
import { stage } from './stage.ts'

export interface Uploaded {
  readonly id: number | null
  readonly url: string | null
}

/** Never part of it: clones, our own store, what only this machine needs. */
const LEFT_OUT =
  /^(store\.git|internal|gates|verify|verify-search|upload)\/|^tasks\/[^/]+\/(workspace|message\.txt)(\/|$)/
/** Masked before they leave the machine; other files (bundles, a worker's own artifacts) go as they are. */
const TEXT = /^(?!tasks\/[^/]+\/artifacts\/).*\.(log|json|ndjson|md|html|patch)$/s

/** Whether the runner offers the artifact service. */
export function canUpload(env: Readonly<Record<string, string | undefined>>): boolean {
  return Boolean(env.ACTIONS_RUNTIME_TOKEN && env.ACTIONS_RESULTS_URL)
}

/** Uploads masked copies. Rejects when the service does not take them: the run's result does not depend on it. */
export async function uploadRun(
  runDir: string,
  options: {
    /** The second is for when the first is taken. */
    readonly names: readonly [string, string]
    readonly retentionDays: number
    readonly mask: (text: string) => string
    readonly serverUrl: string
    readonly repository: string
    readonly runId: string
  },
): Promise<Uploaded> {
  const { DefaultArtifactClient } = await import('@actions/artifact')
  const folder = join(runDir, 'upload')
  await removeAll(folder)
  try {
    const names = await filesBelow(runDir, path => LEFT_OUT.test(path))
    const files = await stage(names, runDir, folder, name => TEXT.test(name), options.mask)
    const client = new DefaultArtifactClient()
    const send = (as: string) =>
      client.uploadArtifact(
        as,
        [...files],
        folder,
        options.retentionDays > 0 ? { retentionDays: options.retentionDays } : {},
      )
    const [first, second] = options.names
    const { id } = await send(first).catch((error: unknown) => {
      if (!isTaken(error)) throw error
      return send(second)
    })
    const url = `${options.serverUrl}/${options.repository}/actions/runs/${options.runId}/artifacts/${id}`
    return { id: id ?? null, url: id === undefined ? null : url }
  } finally {
    await removeAll(folder)
  }
}

/** GitHub takes a name once in a workflow run. */
function isTaken(error: unknown): boolean {
  return /\(409\)|already exists/i.test(String(error))
}

/** A service that does not answer costs a run no more than this. */
const LIST_LIMIT_MS = 20_000
const DOWNLOAD_LIMIT_MS = 180_000

/**
 * Unpacks the first of these artifacts of this workflow run that is there; null: none is. Rejects when the service
 * does not give it in time, or not as it was uploaded.
 */
export async function downloadRun(
  names: readonly string[],
  into: string,
  signal: AbortSignal,
  limits = { listMs: LIST_LIMIT_MS, downloadMs: DOWNLOAD_LIMIT_MS },
): Promise<string | null> {
  const { DefaultArtifactClient } = await import('@actions/artifact')
  const client = new DefaultArtifactClient()
  const { artifacts } = await within(limits.listMs, signal, client.listArtifacts({ latest: true }))
  const found = names.flatMap(name => artifacts.find(artifact => artifact.name === name) ?? [])[0]
  if (found === undefined) return null
  await removeAll(into)
  const { digestMismatch } = await within(
    limits.downloadMs,
    signal,
    client.downloadArtifact(found.id, {
      path: into,
      ...(found.digest === undefined ? {} : { expectedHash: found.digest }),
    }),
  )
  if (digestMismatch) throw new Error(`the artifact ${found.name} is not what was uploaded`)
  return found.name
}

/** The client has no way to stop it: what it still does then is of no consequence. */
function within<T>(ms: number, signal: AbortSignal, work: Promise<T>): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const give = (why: string) => () => reject(new Error(why))
    const late = give(`the artifact service did not answer within ${ms / 1000} s`)
    const timer = setTimeout(late, ms)
    const onAbort = give('the run was cancelled')
    if (signal.aborted) onAbort()
    signal.addEventListener('abort', onAbort, { once: true })
    work.then(resolve, reject).finally(() => {
      clearTimeout(timer)
      signal.removeEventListener('abort', onAbort)
    })
  })
}
