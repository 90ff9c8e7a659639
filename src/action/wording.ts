/** Words, marks and order that summary, table, annotations, progress and report share. Plain text, nothing escaped. */

import type { Changes } from '../decide/changes.ts'
import { explain } from '../decide/explain.ts'
import type { Failure } from '../decide/failure.ts'
import type { Summary, SummaryTask } from '../decide/summary.ts'
import type { Outcome } from '../decide/task.ts'
import { FAILING } from '../decide/verdict.ts'

interface OutcomeWords {
  readonly word: string
  readonly emoji: string
  /** One column wide in any terminal. */
  readonly mark: string
  /** 0: what a person should look at first. */
  readonly rank: number
}

export const OUTCOMES: Readonly<Record<Outcome, OutcomeWords>> = {
  reverted: { word: 'reverted', emoji: '⏪', mark: '↩', rank: 0 },
  failed: { word: 'failed', emoji: '❌', mark: '✖', rank: 1 },
  'blocked-push': { word: 'not pushed', emoji: '🚧', mark: '▲', rank: 2 },
  cancelled: { word: 'cancelled', emoji: '🛑', mark: '■', rank: 3 },
  blocked: { word: 'blocked', emoji: '⛔', mark: '▲', rank: 4 },
  skipped: { word: 'skipped', emoji: '⏭️', mark: '-', rank: 5 },
  unchanged: { word: 'unchanged', emoji: '➖', mark: '=', rank: 6 },
  landed: { word: 'landed', emoji: '✅', mark: '✔', rank: 7 },
}

/** The tasks that did not do what they were to do, worst first; among equals in queue order. */
export function needPerson(summary: Summary): readonly SummaryTask[] {
  return summary.tasks
    .filter(task => FAILING.has(task.outcome))
    .toSorted((a, b) => OUTCOMES[a.outcome].rank - OUTCOMES[b.outcome].rank)
}

/** The run in one line, for example `37 of 40 tasks landed on main, 2 changed nothing, 1 needs a person`. */
export function headline(summary: Summary): string {
  const { counts, run, verification } = summary
  const wanted = counts.total - counts.skipped
  const persons = counts.failed + counts.blocked_push + counts.blocked + counts.cancelled + counts.reverted
  const landed = `${counts.landed} of ${plural(wanted, 'task')} ${run.dry_run ? 'would land' : 'landed'} on ${run.branch}`
  return [
    wanted === 0 ? 'No task to run' : landed,
    counts.unchanged > 0 ? `${counts.unchanged} changed nothing` : '',
    counts.skipped > 0 ? `${counts.skipped} skipped` : '',
    persons > 0 ? `${persons} ${persons === 1 ? 'needs' : 'need'} a person` : '',
    verification.passed === false ? 'the verification failed' : '',
    run.dry_run ? 'dry run' : '',
  ]
    .filter(part => part !== '')
    .join(', ')
}

/** `failed (gate)`, or the outcome alone. */
export function outcomeWords(task: SummaryTask): string {
  const { word } = OUTCOMES[task.outcome]
  return task.reason ? `${word} (${task.reason.code})` : word
}

/** What happened, fit for the middle of a line. */
export function brief(failure: Failure): string {
  const { what } = explain(failure, { branch: '' })
  return what.replace(/^(?:The|It|An?) /, '').replace(/\.$/, '')
}

/** The log that tells why: the gate's where the gate decided, else the remediation's or the worker's. */
export function logOf(task: SummaryTask): string | undefined {
  // What the verification said stands beside its own result.
  if (task.reason?.code === 'verification') return undefined
  // Not among its artifacts, where a worker may have put anything.
  const last = (name: RegExp): string | undefined =>
    task.files.findLast(file => /^tasks\/[^/]+\/[^/]+$/.test(file) && name.test(file))
  const gate = task.reason?.code === 'gate' ? lastGate(task) : undefined
  return gate ?? last(/\/remediation\.log$/) ?? last(/\/worker\.log$/)
}

/** By its number: the tenth comes before the second by name. */
function lastGate({ files }: SummaryTask): string | undefined {
  const logs = files.flatMap(file => {
    const number = /^tasks\/[^/]+\/gate-(\d+)\.log$/.exec(file)?.[1]
    return number === undefined ? [] : [{ file, number: Number(number) }]
  })
  return logs.toSorted((a, b) => b.number - a.number)[0]?.file
}

/** Against one gate for each task that landed, and every verdict asked for anew. 0 where nothing was gated. */
export function gatesSaved({ counts, landing }: Summary): number {
  const { gates_run: run, gates_reused: reused } = landing
  return run === 0 ? 0 : Math.max(0, counts.landed + reused - run)
}

/** From the start to the end of the run, in seconds; 0 if the times make no sense. */
export function runSeconds(summary: Summary): number {
  const seconds = (Date.parse(summary.run.finished_at) - Date.parse(summary.run.started_at)) / 1000
  return Number.isFinite(seconds) && seconds > 0 ? seconds : 0
}

export function taskSeconds(task: SummaryTask): number {
  return task.seconds.workspace + task.seconds.worker + task.seconds.landing
}

/** `0.4s`, `12s`, `4m 02s`, `1h 05m`. */
export function duration(seconds: number): string {
  if (seconds < 9.95) return `${seconds.toFixed(1)}s`
  const whole = Math.round(seconds)
  if (whole < 60) return `${whole}s`
  if (whole < 3600) return `${Math.floor(whole / 60)}m ${two(whole % 60)}s`
  const minutes = Math.round(whole / 60)
  return `${Math.floor(minutes / 60)}h ${two(minutes % 60)}m`
}

/** `3 files +10 −2`; empty for null. */
export function changed(changes: Changes | null): string {
  return changes ? `${plural(changes.files, 'file')} +${changes.insertions} −${changes.deletions}` : ''
}

/** `2 runs, 1 push`; empty if nothing was tried. */
export function attempted({ worker, push, remediation }: SummaryTask['attempts']): string {
  return [
    worker > 0 ? plural(worker, 'run') : '',
    push > 0 ? plural(push, 'push', 'pushes') : '',
    remediation > 0 ? plural(remediation, 'remediation') : '',
  ]
    .filter(part => part !== '')
    .join(', ')
}

export function plural(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`
}

function two(value: number): string {
  return String(value).padStart(2, '0')
}

/** Who turned the verification red, where that was found; reverted or not. */
export function causedBy({ culprits }: Summary['verification']): string {
  if (culprits.length === 0) return ''
  const more = culprits.length > 20 ? ` and ${culprits.length - 20} more` : ''
  return ` (caused by ${culprits.slice(0, 20).join(', ')}${more})`
}
