/** What a finished run leaves for people: summary.md and report.html in the run directory. */
import { join } from 'node:path'
import { reportHtml } from './action/report.ts'
import { summaryMarkdown } from './action/summary.ts'
import { logOf } from './action/wording.ts'
import type { Summary, SummaryTask } from './decide/summary.ts'
import { TAIL_BYTES, tail } from './decide/text.ts'
import { FAILING } from './decide/verdict.ts'
import { readEnd, writeAtomic } from './world/files.ts'

export interface Published {
  readonly reportFile: string
  readonly markdown: string
  /** Task id -> the end of the log that tells why it failed; masked. */
  readonly tails: Readonly<Record<string, string>>
  /** The end of verify.log where the verification failed, else empty; masked. */
  readonly verifyTail: string
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
  const verifyTail =
    summary.verification.passed === false
      ? mask(tail(await readEnd(join(runDirectory, 'verify.log'), TAIL_BYTES)))
      : ''
  const extra = { tails, verifyTail, repositoryUrl, runDirectory, ...(artifactUrl ? { artifactUrl } : {}) }
  const markdown = mask(summaryMarkdown(summary, extra))
  const markdownFile = join(runDirectory, 'summary.md')
  const reportFile = join(runDirectory, 'report.html')
  await Promise.all([
    writeAtomic(markdownFile, markdown),
    writeAtomic(reportFile, mask(reportHtml(summary, { tails, verifyTail }))),
  ])
  return { reportFile, markdown, tails, verifyTail }
}

/** The log may be gone, or be anything: its worker knew where it is. */
async function tailOf(task: SummaryTask, runDirectory: string): Promise<string> {
  const file = logOf(task)
  return file === undefined ? '' : tail(await readEnd(join(runDirectory, file), TAIL_BYTES))
}
