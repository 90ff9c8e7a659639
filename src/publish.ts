/** What a finished run leaves for people: summary.md and report.html in the run directory. */
import { join } from 'node:path'
import { reportHtml } from './action/report.ts'
import { summaryMarkdown } from './action/summary.ts'
import { logOf } from './action/wording.ts'
import type { Event } from './decide/happened.ts'
import { type History, historyOf, NO_HISTORY } from './decide/history.ts'
import type { Summary, SummaryTask } from './decide/summary.ts'
import { TAIL_BYTES, tail } from './decide/text.ts'
import { FAILING } from './decide/verdict.ts'
import { readEnd, writeAtomic } from './world/files.ts'
import { readJournal } from './world/journal.ts'

export interface Published {
  readonly reportFile: string
  readonly markdown: string
  /** Task id -> the end of the log that tells why it failed; masked. */
  readonly tails: ReadonlyMap<string, string>
  /** The end of verify.log where the verification failed, else empty; masked. */
  readonly verifyTail: string
  /** Why the files could not be written (a full disk), masked; null: they are there. */
  readonly unwritten: string | null
}

export interface Where {
  readonly runDirectory: string
  readonly repositoryUrl: string | null
  readonly mask: (text: string) => string
  readonly artifactUrl?: string
  /** What happened, in order; without it the journal in the run directory is asked. */
  readonly events?: readonly Event[]
}

export async function publish(summary: Summary, where: Where): Promise<Published> {
  const { runDirectory, mask, repositoryUrl, artifactUrl, events } = where
  const history = events ? historyOf(events) : await historyIn(runDirectory)
  const tails = await readTails(summary.tasks, runDirectory, mask)
  const verifyTail =
    summary.verification.passed === false
      ? mask(tail(await readEnd(join(runDirectory, 'verify.log'), TAIL_BYTES)))
      : ''
  const told = { tails, verifyTail, repositoryUrl, history }
  const extra = { ...told, runDirectory, ...(artifactUrl ? { artifactUrl } : {}) }
  const markdown = mask(summaryMarkdown(summary, extra))
  const markdownFile = join(runDirectory, 'summary.md')
  const reportFile = join(runDirectory, 'report.html')
  const written = await Promise.allSettled([
    writeAtomic(markdownFile, markdown),
    writeAtomic(reportFile, mask(reportHtml(summary, told))),
  ])
  const [failed] = written.filter(each => each.status === 'rejected')
  const unwritten = failed ? mask(String(failed.reason)) : null
  return { reportFile, markdown, tails, verifyTail, unwritten }
}

/** The ends of the logs that tell why tasks failed, by id; masked. Who did well has none. */
export async function readTails(
  tasks: readonly SummaryTask[],
  runDirectory: string,
  mask: (text: string) => string,
): Promise<ReadonlyMap<string, string>> {
  const failing = tasks.filter(task => FAILING.has(task.outcome))
  const entries = await Promise.all(
    failing.map(async task => [task.id, mask(await tailOf(task, runDirectory))] as const),
  )
  return new Map(entries.filter(([, text]) => text !== ''))
}

/** The log may be gone, or be anything: its worker knew where it is. */
async function tailOf(task: SummaryTask, runDirectory: string): Promise<string> {
  const file = logOf(task)
  return file === undefined ? '' : tail(await readEnd(join(runDirectory, file), TAIL_BYTES))
}

/** A report without its timeline is better than none: a journal that anyone may have edited is no ground to fail. */
async function historyIn(runDirectory: string): Promise<History> {
  try {
    const read = await readJournal(join(runDirectory, 'journal.ndjson'))
    return read.kind === 'read' ? historyOf(read.text.events) : NO_HISTORY
  } catch {
    return NO_HISTORY
  }
}
