/** The run directory as an artifact of the workflow run. The client is loaded only when it is used. */
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { filesBelow, removeAll } from './files.ts'

export interface Uploaded {
  readonly id: number | null
  readonly url: string | null
}

/** Never part of it: clones, our own store, what only this machine needs. */
const LEFT_OUT =
  /^(store\.git|internal|gates|verify|verify-search|upload)\/|^tasks\/[^/]+\/(workspace|message\.txt)(\/|$)/
/** Masked before they leave the machine; other files (bundles, a worker's own artifacts) go as they are. */
const TEXT = /\.(log|json|ndjson|md|html|patch)$/

/** Whether the runner offers the artifact service. */
export function canUpload(env: Readonly<Record<string, string | undefined>>): boolean {
  return Boolean(env.ACTIONS_RUNTIME_TOKEN && env.ACTIONS_RESULTS_URL)
}

/** Uploads masked copies. Rejects when the service does not take them: the run's result does not depend on it. */
export async function uploadRun(
  runDir: string,
  options: {
    readonly name: string
    readonly retentionDays: number
    readonly mask: (text: string) => string
    readonly serverUrl: string
    readonly repository: string
    readonly runId: string
  },
): Promise<Uploaded> {
  const { DefaultArtifactClient } = await import('@actions/artifact')
  const stage = join(runDir, 'upload')
  await removeAll(stage)
  const names = (await filesBelow(runDir)).filter(name => !LEFT_OUT.test(name))
  for (const name of names) {
    await mkdir(dirname(join(stage, name)), { recursive: true })
    if (TEXT.test(name) && !/^tasks\/[^/]+\/artifacts\//.test(name)) {
      // latin1 keeps every byte of a log that is no valid UTF-8.
      const text = await readFile(join(runDir, name), 'latin1')
      await writeFile(join(stage, name), options.mask(text), 'latin1')
    } else {
      await copyFile(join(runDir, name), join(stage, name))
    }
  }
  try {
    const client = new DefaultArtifactClient()
    const { id } = await client.uploadArtifact(
      options.name,
      names.map(name => join(stage, name)),
      stage,
      options.retentionDays > 0 ? { retentionDays: options.retentionDays } : {},
    )
    const url = `${options.serverUrl}/${options.repository}/actions/runs/${options.runId}/artifacts/${id}`
    return { id: id ?? null, url: id === undefined ? null : url }
  } finally {
    await removeAll(stage)
  }
}
