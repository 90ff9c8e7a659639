/** When workers, gates and pushes ran, as a Mermaid chart for the job summary. Pure. */
import type { GateRun, History, PushTry, Verifying, WorkerRun } from '../decide/history.ts'
import { plainLine } from '../decide/plain.ts'
import type { Outcome } from '../decide/task.ts'
import { FAILING } from '../decide/verdict.ts'
import { OUTCOMES, plural } from './wording.ts'

/** A chart with more bars than this is no picture any more. */
const WORKERS = 40
const GATES = 15
const PUSHES = 10
const VERIFICATIONS = 15
const HOUR = 3_600_000

interface Bar {
  readonly mark: string
  readonly label: string
  readonly tag: 'done' | 'crit' | 'active'
  readonly from: number
  readonly to: number
}

export interface Gantt {
  readonly chart: string
  /** What is not in it: for example `960 of 1000 worker runs`. */
  readonly left: readonly string[]
}

export interface GanttTask {
  readonly title: string
  /** null: it has not ended. */
  readonly outcome: Outcome | null
}

/** null: nothing ran. `tasks` by id; `now`, in milliseconds since the epoch, ends what still runs. */
export function gantt(history: History, tasks: ReadonlyMap<string, GanttTask>, now: number): Gantt | null {
  const workers = chosen(history.workers, WORKERS, now)
  const gates = chosen(history.gates, GATES, now)
  const pushes = chosen(history.pushes, PUSHES, now)
  const verifications = chosen(history.verifications, VERIFICATIONS, now)
  const sections: readonly (readonly [string, readonly Bar[]])[] = [
    ['Workers', workers.map(run => workerBar(run, tasks.get(run.task), now))],
    ['Gates', gates.map(gate => gateBar(gate, now))],
    ['Pushes', pushes.map(push => pushBar(push, now))],
    ['Verification', verifications.map(each => verificationBar(each, now))],
  ]
  const bars = sections.flatMap(([, list]) => list)
  if (bars.length === 0) return null
  const first = Math.min(...bars.map(bar => bar.from))
  const long = bars.some(bar => bar.to - first > HOUR)
  const lines = sections
    .filter(([, list]) => list.length > 0)
    .flatMap(([section, list]) => [`  section ${section}`, ...list.map(line)])
  return {
    chart: ['gantt', '  dateFormat x', `  axisFormat ${long ? '%H:%M' : '%H:%M:%S'}`, ...lines].join('\n'),
    left: [
      leftOut(history.workers.length, workers.length, 'worker run'),
      leftOut(history.gates.length, gates.length, 'gate'),
      leftOut(history.pushes.length, pushes.length, 'push', 'pushes'),
      leftOut(history.verifications.length, verifications.length, 'verification'),
    ].filter(text => text !== ''),
  }
}

function leftOut(all: number, shown: number, one: string, many = `${one}s`): string {
  return all > shown ? `${all - shown} of ${plural(all, one, many)}` : ''
}

type Span = { readonly from: number; readonly to: number | null }

/** The longest, in the order of their beginning: that is where the time went. */
function chosen<Each extends Span>(spans: readonly Each[], most: number, now: number): readonly Each[] {
  if (spans.length <= most) return spans
  const length = ({ from, to }: Span): number => (to ?? now) - from
  const longest = new Set([...spans].sort((a, b) => length(b) - length(a)).slice(0, most))
  return spans.filter(span => longest.has(span))
}

function workerBar(run: WorkerRun, task: GanttTask | undefined, now: number): Bar {
  const { result, handoff, attempt } = run
  const label = `${task?.title ?? run.task}${handoff ? ' remediation' : attempt > 1 ? ` run ${attempt}` : ''}`
  const span = { label, from: run.from, to: run.to ?? now }
  if (run.to === null) return { ...span, mark: '⏳', tag: 'active' }
  if (result === null || result.kind === 'failed')
    return { ...span, mark: OUTCOMES.failed.emoji, tag: 'crit' }
  // Its work is done; what becomes of that is the lane's to say.
  const outcome = task?.outcome ?? null
  if (outcome === null) return { ...span, mark: '⏳', tag: 'done' }
  return { ...span, mark: OUTCOMES[outcome].emoji, tag: FAILING.has(outcome) ? 'crit' : 'done' }
}

function gateBar({ target, result, from, to }: GateRun, now: number): Bar {
  const top = target.tasks.at(-1)
  const label =
    top === undefined
      ? 'the branch'
      : target.tasks.length === 1
        ? top
        : `${target.tasks.length} tasks up to ${top}`
  const span = { label, from, to: to ?? now }
  if (to === null) return { ...span, mark: '⏳', tag: 'active' }
  return result?.passed ? { ...span, mark: '✅', tag: 'done' } : { ...span, mark: '❌', tag: 'crit' }
}

function pushBar({ tasks, result, from, to }: PushTry, now: number): Bar {
  const label = tasks.length === 0 ? 'reverts' : tasks.length === 1 ? tasks[0]! : plural(tasks.length, 'task')
  const span = { label, from, to: to ?? now }
  if (to === null) return { ...span, mark: '⏳', tag: 'active' }
  if (result?.kind === 'landed') return { ...span, mark: '✅', tag: 'done' }
  const race = result?.kind === 'refused' && result.refusal.code === 'race'
  return { ...span, label: race ? `${label}, race lost` : label, mark: race ? '🔁' : '❌', tag: 'crit' }
}

function verificationBar({ from, to, result }: Verifying, now: number): Bar {
  const span = { label: 'verification', from, to: to ?? now }
  return result.passed ? { ...span, mark: '✅', tag: 'done' } : { ...span, mark: '❌', tag: 'crit' }
}

/** The mark comes first so that no label is a word of Mermaid's own. */
function line({ mark, label, tag, from, to }: Bar): string {
  return `  ${mark} ${plainLabel(label)} :${tag}, ${Math.round(from)}, ${Math.round(Math.max(to, from + 1))}`
}

/** Letters, digits and a few signs: everything that means something to Mermaid, Markdown or HTML is a space. */
function plainLabel(text: string): string {
  const label = plainLine(text, 200)
    .replace(/[^\p{L}\p{M}\p{N} ._/+()-]+/gu, ' ')
    .replace(/ +/g, ' ')
    .trim()
  return plainLine(label === '' ? 'task' : label, 40)
}
