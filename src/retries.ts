/** `retries.ndjson`: where tasks of a run were tried again. Written into the directory of the run that had ended. */
import { join } from 'node:path'
import { readSummary } from './decide/read-back.ts'
import type { Summary } from './decide/summary.ts'
import { appendText, readText } from './world/files.ts'

const FILE = 'retries.ndjson'

/** Rejects where the directory cannot be written: an artifact may lie on a disk that is read only. */
export async function noteRetry(ofRun: string, runDirectory: string, at: string): Promise<void> {
  await appendText(join(ofRun, FILE), `${JSON.stringify({ at, run_directory: runDirectory })}\n`)
}

/** Run directories of its retries, in the order they began; some may be gone. */
export async function retryDirectories(ofRun: string): Promise<readonly string[]> {
  return ((await readText(join(ofRun, FILE))) ?? '').split('\n').flatMap(directoryIn)
}

/** Those that have come to their end and are still there, in the order they began. */
export async function retriesOf(
  runDirectory: string,
): Promise<readonly { readonly directory: string; readonly summary: Summary }[]> {
  const found = (await retryDirectories(runDirectory)).map(async directory => {
    const text = await readText(join(directory, 'summary.json')).catch(() => null)
    const read = text === null ? null : readSummary(text)
    // In a rehearsal nothing has landed.
    return read?.ok && !read.value.run.dry_run ? [{ directory, summary: read.value }] : []
  })
  return (await Promise.all(found)).flat()
}

function directoryIn(line: string): string[] {
  try {
    const { run_directory: directory } = JSON.parse(line) as { run_directory?: unknown }
    return typeof directory === 'string' ? [directory] : []
  } catch {
    return []
  }
}
