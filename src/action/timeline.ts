/** When workers, gates and pushes ran, as inline SVG. Pure. */
import type { GateRun, History, PushTry, Verifying, WorkerRun } from '../decide/history.ts'
import type { Summary, SummaryTask } from '../decide/summary.ts'
import type { Outcome } from '../decide/task.ts'
import { FAILING } from '../decide/verdict.ts'
import { text } from './html.ts'
import { duration, OUTCOMES, outcomeWords, plural, runSeconds } from './wording.ts'

const LEFT = 72
const WIDTH = 1000
const TOP = 20
const GAP = 10
/** What a group is called where its bars are counted. */
const SPOKEN: Readonly<Record<string, string>> = { workers: 'runs of workers', verify: 'verifications' }
/** Of a row of the lane; workers' rows get lower the more there are. */
const LANE_ROW = 14
const ROW = 16
/** More than most letters take. */
const LETTER = 6.5

/** Times in milliseconds since the epoch. */
interface Bar {
  /** Colours come from the page's classes `o-<kind>`. */
  readonly kind: Outcome
  readonly label: string
  /** Its task's number in the summary, for a way to the details; null: it belongs to no single task. */
  readonly task: number | null
  readonly from: number
  /** null: it has not ended. */
  readonly to: number | null
}

/** Times in seconds since the start of the run. */
type Placed = Omit<Bar, 'to'> & { readonly to: number }

/** Empty if nothing ran. */
export function timeline(summary: Summary, history: History): string {
  const total = runSeconds(summary)
  if (total === 0) return ''
  const numbers = new Map(summary.tasks.map((task, index) => [task.id, index]))
  const groups: readonly (readonly [string, readonly Bar[]])[] = [
    ['workers', history.workers.map(run => workerBar(run, numbers.get(run.task) ?? null, summary.tasks))],
    ['gates', history.gates.map(gateBar)],
    ['pushes', history.pushes.map(pushBar)],
    ['verify', history.verifications.map(verificationBar)],
  ]
  const shown = groups
    .map(([name, bars]) => ({ name, bars: within(bars, Date.parse(summary.run.started_at), total) }))
    .filter(({ bars }) => bars.length > 0)
  return shown.length === 0 ? '' : drawing(shown, total)
}

/** Clocks may have been set: nothing leaves the picture. */
function within(bars: readonly Bar[], start: number, total: number): readonly Placed[] {
  return bars.flatMap(bar => {
    const from = (bar.from - start) / 1000
    const to = bar.to === null ? total : (bar.to - start) / 1000
    return from >= 0 && from <= total && to >= from ? [{ ...bar, from, to: Math.min(total, to) }] : []
  })
}

function workerBar(run: WorkerRun, number: number | null, tasks: readonly SummaryTask[]): Bar {
  const { result, attempt, from, to } = run
  const task = number === null ? undefined : tasks[number]
  const which = run.handoff ? `, remediation ${attempt}` : attempt > 1 ? `, run ${attempt}` : ''
  // A run that failed shows so although a later one may have landed.
  const failed = to !== null && (result === null || result.kind === 'failed')
  const good = task !== undefined && !(failed && !FAILING.has(task.outcome)) ? task : null
  const how = good ? outcomeWords(good) : OUTCOMES.failed.word
  return {
    kind: good?.outcome ?? 'failed',
    label: `${task?.title ?? run.task}${which}: ${how}`,
    task: number,
    from,
    to,
  }
}

function gateBar({ target, result, from, to }: GateRun): Bar {
  const of = target.tasks.length === 0 ? 'the branch' : plural(target.tasks.length, 'task')
  const how = result === null || result.passed === null ? 'cut short' : result.passed ? 'green' : 'red'
  return { kind: result?.passed ? 'landed' : 'failed', label: `gate of ${of}: ${how}`, task: null, from, to }
}

function pushBar({ tasks, result, from, to }: PushTry): Bar {
  const of = tasks.length === 0 ? 'reverts' : plural(tasks.length, 'task')
  const [kind, how] = pushed(result)
  return { kind, label: `push of ${of}: ${how}`, task: null, from, to }
}

function pushed(result: PushTry['result']): readonly [Outcome, string] {
  if (result?.kind === 'landed') return ['landed', 'landed']
  if (result?.kind !== 'refused') return ['failed', 'cut short']
  const { code } = result.refusal
  return code === 'race' ? ['blocked-push', 'race lost'] : ['failed', `refused (${code})`]
}

function verificationBar({ result, from, to }: Verifying): Bar {
  const kind = result.passed ? 'landed' : 'failed'
  return { kind, label: `verification: ${result.passed ? 'passed' : 'failed'}`, task: null, from, to }
}

function drawing(
  groups: readonly { readonly name: string; readonly bars: readonly Placed[] }[],
  total: number,
): string {
  const x = (seconds: number): number => LEFT + (seconds / total) * (WIDTH - LEFT - 8)
  let y = TOP
  const parts: string[] = []
  for (const { name, bars } of groups) {
    const rows = packed(bars)
    const count = Math.max(...rows) + 1
    const height = name === 'workers' ? workerRow(count) : LANE_ROW
    const middle = y + Math.min(count * height, 16) / 2 + 4
    parts.push(`<text x="0" y="${middle}">${name}</text>`)
    parts.push(...bars.map((bar, index) => rect(bar, x, y + rows[index]! * height, height)))
    y += count * height + GAP
  }
  const grid = ticks(total).map(second => {
    const at = x(second).toFixed(1)
    return `<line class="grid" x1="${at}" x2="${at}" y1="${TOP - 4}" y2="${y - GAP}"/><text x="${at}" y="${TOP - 8}" text-anchor="middle">${offset(second)}</text>`
  })
  const told = groups.map(({ name, bars }) => `${bars.length} ${SPOKEN[name] ?? name}`)
  const label = `Timeline of ${duration(total)}: ${told.join(', ')}. The details of the tasks have the same in words.`
  return `<svg role="img" aria-label="${label}" viewBox="0 0 ${WIDTH} ${y - GAP + 4}">${grid.join('')}${parts.join('')}</svg>`
}

function rect(
  { kind, label, task, from, to }: Placed,
  x: (seconds: number) => number,
  y: number,
  height: number,
): string {
  const room = x(to) - x(from)
  // A gap to the next one, where there is room for it.
  const wide = (room > 4 ? room - 1 : Math.max(1, room)).toFixed(1)
  const way = task === null ? '' : ` data-task="${task}"`
  const left = x(from).toFixed(1)
  const shape = `<rect class="o-${kind}"${way} x="${left}" y="${y + 1}" width="${wide}" height="${height - 2}" rx="2"><title>${text(label, 300)}, ${duration(to - from)}</title></rect>`
  const letters = Math.floor((room - 8) / LETTER)
  const named = task !== null && height >= ROW && letters >= 6
  return named
    ? `${shape}<text class="on" x="${(x(from) + 4).toFixed(1)}" y="${y + 12}">${text(label, letters)}</text>`
    : shape
}

function workerRow(rows: number): number {
  return rows > 100 ? 3 : rows > 40 ? 5 : rows > 12 ? 9 : ROW
}

/** For each bar the first row that is free when it starts: as many rows as there were at once. */
function packed(bars: readonly Placed[]): readonly number[] {
  const free: number[] = []
  const rows = new Map<Placed, number>()
  for (const bar of bars.toSorted((a, b) => a.from - b.from)) {
    // Times are rounded to milliseconds: what ends and what starts in the same one share a row.
    const found = free.findIndex(until => until <= bar.from + 0.002)
    const row = found < 0 ? free.length : found
    free[row] = bar.to
    rows.set(bar, row)
  }
  return bars.map(bar => rows.get(bar) ?? 0)
}

const STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 28_800, 86_400]

function ticks(total: number): readonly number[] {
  const step = STEPS.find(size => total / size <= 10) ?? Math.ceil(total / 10)
  return Array.from({ length: Math.floor(total / step) + 1 }, (_, index) => index * step)
}

/** Since the start of the run. */
export function offset(seconds: number): string {
  return seconds < 10 ? `${Number(seconds.toFixed(1))}s` : duration(seconds)
}
