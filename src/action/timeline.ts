/** When each worker ran and when its work landed, as inline SVG. Pure. */
import type { Summary, SummaryTask } from '../decide/summary.ts'
import { text } from './html.ts'
import { duration, outcomeWords, runSeconds } from './wording.ts'

const LEFT = 64
const WIDTH = 1000
const TOP = 18
const STRIP = 16

interface Bar {
  readonly task: SummaryTask
  readonly from: number
  readonly to: number
  readonly row: number
}

/** Empty if no worker ran. Colours come from the page's classes `o-<outcome>`. */
export function timeline(summary: Summary): string {
  const start = Date.parse(summary.run.started_at)
  const total = runSeconds(summary)
  const bars = packed(summary.tasks, start, total)
  if (bars.length === 0 || total === 0) return ''
  const rows = Math.max(...bars.map(bar => bar.row)) + 1
  const height = rows > 100 ? 3 : rows > 40 ? 5 : rows > 12 ? 9 : 16
  const bottom = TOP + STRIP + rows * height
  const x = (seconds: number): string => (LEFT + (seconds / total) * (WIDTH - LEFT - 8)).toFixed(1)

  const grid = ticks(total).map(
    second =>
      `<line class="grid" x1="${x(second)}" x2="${x(second)}" y1="${TOP - 4}" y2="${bottom}"/><text x="${x(second)}" y="${TOP - 7}" text-anchor="middle">${offset(second)}</text>`,
  )
  const work = bars.map(({ task, from, to, row }) => {
    const wide = Math.max(1, Number(x(to)) - Number(x(from)))
    const label = `${text(task.title, 200)}: ${text(outcomeWords(task))}, ${duration(to - from)}`
    const y = TOP + STRIP + row * height
    return `<rect class="o-${task.outcome}" x="${x(from)}" y="${y + 1}" width="${wide.toFixed(1)}" height="${height - 2}" rx="2"><title>${label}</title></rect>`
  })
  const landings = summary.tasks.flatMap(task => {
    const at =
      task.outcome === 'landed' && task.finished_at ? (Date.parse(task.finished_at) - start) / 1000 : -1
    if (!(at >= 0 && at <= total)) return []
    const label = `${text(task.title, 200)} landed at ${offset(at)}`
    return `<rect class="o-landed" x="${x(at)}" y="${TOP}" width="2" height="${STRIP - 5}"><title>${label}</title></rect>`
  })
  const label = `Timeline of ${duration(total)}: ${bars.length} tasks worked on by up to ${rows} at a time, ${landings.length} landings`
  return `<svg role="img" aria-label="${label}" viewBox="0 0 ${WIDTH} ${bottom + 4}">${grid.join('')}<text x="0" y="${TOP + 9}">landed</text><text x="0" y="${TOP + STRIP + 12}">workers</text>${landings.join('')}${work.join('')}</svg>`
}

/** Each bar in the first row that is free when it starts: as many rows as workers ran at once. */
function packed(tasks: readonly SummaryTask[], start: number, total: number): readonly Bar[] {
  const free: number[] = []
  return tasks
    .flatMap(task => {
      const from = task.started_at ? (Date.parse(task.started_at) - start) / 1000 : Number.NaN
      const seconds = task.seconds.workspace + task.seconds.worker
      if (!(from >= 0 && from <= total) || seconds <= 0) return []
      return [{ task, from, to: Math.min(total, from + seconds) }]
    })
    .toSorted((a, b) => a.from - b.from)
    .map(bar => {
      // Times are rounded to milliseconds: what ends and what starts in the same one share a row.
      const found = free.findIndex(until => until <= bar.from + 0.002)
      const row = found < 0 ? free.length : found
      free[row] = bar.to
      return { ...bar, row }
    })
}

const STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 28_800, 86_400]

function ticks(total: number): readonly number[] {
  const step = STEPS.find(size => total / size <= 10) ?? Math.ceil(total / 10)
  return Array.from({ length: Math.floor(total / step) + 1 }, (_, index) => index * step)
}

function offset(seconds: number): string {
  return seconds < 10 ? `${Number(seconds.toFixed(1))}s` : duration(seconds)
}
