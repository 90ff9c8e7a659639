/** The end of the step log: one fold for each task that needs a person, the worst last, where people look first. Pure. */
import { plainLine } from '../decide/plain.ts'
import type { Summary, SummaryTask } from '../decide/summary.ts'
import type { Outcome } from '../decide/task.ts'
import { splitLines } from '../decide/text.ts'
import { lastBytes } from './fit.ts'
import { needPerson, OUTCOMES, outcomeWords, plural } from './wording.ts'

export interface Fold {
  readonly title: string
  readonly lines: readonly string[]
}

/** All log tails together. */
const TAILS = 2 * 1024 * 1024
const TAIL = 16 * 1024

/** `tails`: task id -> the end of its log. Those that never started share one fold for each outcome. */
export function foldsOf(
  summary: Summary,
  tails: ReadonlyMap<string, string>,
  verifyTail: string,
): readonly Fold[] {
  const worstLast = needPerson(summary).toReversed()
  const started = worstLast.filter(task => task.started_at !== null || tails.has(task.id))
  const share = Math.min(TAIL, Math.floor(TAILS / Math.max(1, started.length)))
  const held = worstLast.filter(task => !started.includes(task))
  const groups = Map.groupBy(held, task => task.outcome)
  return [
    ...[...groups].map(([outcome, tasks]) => notStarted(outcome, tasks.toReversed())),
    ...started.map(task => foldOf(task, tails.get(task.id) ?? '', share)),
    ...(verifyTail === ''
      ? []
      : [{ title: 'verification: the end of its log', lines: splitLines(verifyTail) }]),
  ]
}

function notStarted(outcome: Outcome, tasks: readonly SummaryTask[]): Fold {
  return {
    title: `${OUTCOMES[outcome].mark} ${plural(tasks.length, 'task')} ${OUTCOMES[outcome].word}, not started`,
    lines: tasks.map(task => `${named(task)}: ${plainLine(task.reason?.message ?? outcomeWords(task), 500)}`),
  }
}

function foldOf(task: SummaryTask, tail: string, share: number): Fold {
  const { reason } = task
  const why = reason ? [plainLine(reason.message, 2000), `To do: ${plainLine(reason.fix, 2000)}`] : []
  const log = tail.trim() === '' ? [] : ['', 'The end of its log:', ...splitLines(lastBytes(tail, share))]
  return {
    title: `${OUTCOMES[task.outcome].mark} ${named(task)}: ${outcomeWords(task)}`,
    lines: [...why, ...log],
  }
}

function named({ id, title }: SummaryTask): string {
  return title === id ? id : `${id} (${plainLine(title, 80)})`
}
