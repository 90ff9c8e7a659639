/** What a finished run leaves for people: summary.md and report.html in the run directory. */
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { reportHtml } from './action/report.ts'
import { summaryMarkdown } from './action/summary.ts'
import { logOf } from './action/wording.ts'
import type { Summary, SummaryTask } from './decide/summary.ts'
import { TAIL_BYTES, tail } from './decide/text.ts'
import { FAILING } from './decide/verdict.ts'
import { writeAtomic } from './world/files.ts'

export interface Published {
  readonly summaryFile: string
  readonly reportFile: string
  readonly markdown: string
  /** Task id -> the end of the log that tells why it failed; masked. */
  readonly tails: Readonly<Record<string, string>>
}

export async function publish(
  summary: Summary,
  where: {
    readonly runDirectory: string
    readonly repositoryUrl: string | null
    readonly mask: (text: string) => string
    readonly artifactUrl?: string
  },
): Promise<Published> {
  const { runDirectory, mask, repositoryUrl, artifactUrl } = where
  const failing = summary.tasks.filter(task => FAILING.has(task.outcome))
  const entries = await Promise.all(
    failing.map(async task => [task.id, mask(await tailOf(task, runDirectory))] as const),
  )
  const tails = Object.fromEntries(entries.filter(([, text]) => text !== ''))
  const extra = { tails, repositoryUrl, runDirectory, ...(artifactUrl ? { artifactUrl } : {}) }
  const markdown = mask(summaryMarkdown(summary, extra))
  const summaryFile = join(runDirectory, 'summary.md')
  const reportFile = join(runDirectory, 'report.html')
  await Promise.all([
    writeAtomic(summaryFile, markdown),
    writeAtomic(reportFile, mask(reportHtml(summary, { tails }))),
  ])
  return { summaryFile, reportFile, markdown, tails }
}

async function tailOf(task: SummaryTask, runDirectory: string): Promise<string> {
  const file = logOf(task)
  if (file === undefined) return ''
  await using handle = await open(join(runDirectory, file), 'r')
  const { size } = await handle.stat()
  const length = Math.min(size, TAIL_BYTES)
  const { buffer } = await handle.read(Buffer.alloc(length), 0, length, size - length)
  return tail(buffer.toString('utf8'))
}
