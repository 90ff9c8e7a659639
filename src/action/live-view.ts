/** The moment of a run as a terminal shows it below the log: counts, what runs and for how long, what the lane does. Pure. */
import { createColors } from 'picocolors'
import type { Event } from '../decide/happened.ts'
import { plainLine } from '../decide/plain.ts'
import type { RunState, Step, TaskState } from '../decide/task.ts'
import { FAILING } from '../decide/verdict.ts'
import { clip, pad, padStart, widthOf } from './columns.ts'
import { duration, plural } from './wording.ts'

/** What a state alone does not tell: since when things run. Times are RFC 3339. */
export interface Watched {
  readonly began: Readonly<Record<string, string>>
  readonly lane: { readonly text: string; readonly since: string } | null
}

export const NOTHING_WATCHED: Watched = { began: {}, lane: null }

export function watched(before: Watched, event: Event): Watched {
  switch (event.type) {
    case 'began': {
      const { step } = event
      if (step.kind === 'work' || step.kind === 'remediate')
        return { ...before, began: { ...before.began, [step.task]: event.at } }
      const text = laneText(step)
      return text === null ? before : { ...before, lane: { text, since: event.at } }
    }
    case 'stacked':
    case 'gated':
    case 'pushed':
      return { ...before, lane: null }
    default:
      return before
  }
}

function laneText(step: Step): string | null {
  switch (step.kind) {
    case 'gate': {
      const most = Math.max(...step.targets.map(target => target.tasks.length))
      return most === 0 ? 'gate on the branch itself' : `gate on ${plural(most, 'task')}`
    }
    case 'push':
      return `push of ${plural(step.layers.length, 'task')}`
    case 'stack':
      return step.waitMs >= 1000
        ? `wait before the next push of ${plural(step.tasks.length, 'task')}`
        : `merge of ${plural(step.tasks.length, 'task')}`
    default:
      return null
  }
}

export interface Moment {
  /** null: the run has not begun. */
  readonly state: RunState | null
  readonly watched: Watched
  readonly titles: Readonly<Record<string, string>>
  readonly branch: string
  readonly dryRun: boolean
  /** Task id -> the last line that its worker printed. */
  readonly lastLines: ReadonlyMap<string, string>
  /** Milliseconds since the epoch. */
  readonly startedAt: number
  readonly now: number
}

export interface FrameOptions {
  readonly width: number
  readonly height: number
  readonly color: boolean
}

const SPINNER = [...'⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏']
const SPINNER_MS = 100
/** Tasks shown at most; the log above keeps the larger part of the screen. */
const MOST_ROWS = 16
const TIME = 7

/** Lines that fit `width`, at most half of `height` of them; no line break at the end. */
export function liveFrame(moment: Moment, { width, height, color }: FrameOptions): string {
  const paint = createColors(color)
  const spinner = SPINNER[Math.floor(moment.now / SPINNER_MS) % SPINNER.length] ?? ''
  const elapsed = duration(Math.max(0, moment.now - moment.startedAt) / 1000)
  // The last column stays free: a terminal may break the line there.
  const room = width - 1
  const head = `${elapsed}  ${headOf(moment)}`
  const top = `${paint.cyan(spinner)} ${paint.bold(clip(head, room - 2))}`
  if (moment.state === null) return top
  const running = moment.state.tasks.filter(isRunning)
  const most = Math.min(MOST_ROWS, Math.max(1, Math.floor(height / 2) - 3))
  const shown = running.length > most ? running.slice(0, most - 1) : running
  const names = Math.min(28, Math.floor(room / 3), Math.max(4, ...shown.map(task => task.id.length)))
  const rows = shown.map(task => rowOf(task, moment, names, room, paint))
  const more = running.length - shown.length
  const { lane } = moment.watched
  return [
    top,
    ...rows,
    ...(more > 0 ? [paint.dim(`  and ${more} more`)] : []),
    ...(lane === null
      ? []
      : [
          paint.magenta(
            clip(
              `  ${pad('lane', names)} ${padStart(seconds(lane.since, moment.now), TIME)}  ${lane.text}`,
              room,
            ),
          ),
        ]),
  ].join('\n')
}

/** What it is, for how long, and what its worker says: the title makes room for that. */
function rowOf(
  task: TaskState,
  { titles, lastLines, watched: { began }, now }: Moment,
  names: number,
  room: number,
  paint: ReturnType<typeof createColors>,
): string {
  const title = plainLine(titles[task.id] ?? '', 200)
  const last = plainLine(lastLines.get(task.id) ?? '', 500)
  const words = `${noteOf(task)}${title === task.id ? '' : title}`
  const start = `  ${pad(task.id, names)} ${padStart(seconds(began[task.id], now), TIME)}  `
  const rest = room - widthOf(start)
  if (last === '') return `${start}${clip(words, rest)}`.trimEnd()
  const own = words === '' ? '' : `${clip(words, Math.max(20, Math.floor(rest / 2)))}  `
  const more = rest - widthOf(own)
  return more < 8 ? clip(`${start}${own}`, room).trimEnd() : `${start}${own}${paint.dim(clip(last, more))}`
}

function isRunning({ stage }: TaskState): boolean {
  return stage.kind === 'working' || stage.kind === 'remediating'
}

function noteOf({ stage, workerRuns }: TaskState): string {
  if (stage.kind === 'remediating') return 'remediation: '
  return workerRuns > 1 ? `run ${workerRuns}: ` : ''
}

function headOf({ state, branch, dryRun }: Moment): string {
  if (state === null) return 'preparing'
  const tasks = state.tasks.map(task => task.stage)
  const count = (fits: (stage: TaskState['stage']) => boolean): number => tasks.filter(fits).length
  const ended = (outcome: string) => count(stage => stage.kind === 'ended' && stage.outcome === outcome)
  const total = tasks.length - ended('skipped')
  const parts: readonly (readonly [number, string])[] = [
    [count(stage => stage.kind === 'working' || stage.kind === 'remediating'), 'running'],
    [count(stage => stage.kind === 'ready' || stage.kind === 'handoff'), 'to land'],
    [count(stage => stage.kind === 'ended' && FAILING.has(stage.outcome)), 'failed'],
    [ended('unchanged'), 'unchanged'],
    [count(stage => stage.kind === 'waiting'), 'waiting'],
  ]
  const halted = { signal: 'stopping', deadline: 'deadline', stop: 'stopping gently' }
  const open = tasks.some(stage => stage.kind !== 'ended')
  return [
    `${ended('landed')}/${total} ${dryRun ? 'would land' : 'landed'} on ${plainLine(branch, 60)}`,
    ...parts.filter(([number]) => number > 0).map(([number, word]) => `${number} ${word}`),
    ...(state.halt === null ? [] : [halted[state.halt]]),
    ...(open ? [] : ['finishing']),
  ].join('  ')
}

function seconds(since: string | undefined, now: number): string {
  const began = Date.parse(since ?? '')
  return Number.isFinite(began) ? duration(Math.max(0, now - began) / 1000) : ''
}
