/** A status for a terminal, line by line: the headline first, then counts, what needs a person, what to do next. Pure. */
import { createColors } from 'picocolors'
import { plainLine } from '../decide/plain.ts'
import { harmless } from '../decide/text.ts'
import { clip, wrap } from './columns.ts'
import type { NeedsPerson, StatusView } from './status-view.ts'
import { duration, OUTCOMES } from './wording.ts'

export interface LinesOptions {
  readonly color: boolean
  readonly width: number
  /** Milliseconds since the epoch. */
  readonly now: number
}

/** More needy tasks than this are only counted: the report has them all. */
const MOST_TASKS = 25

export function statusLines(view: StatusView, { color, width, now }: LinesOptions): readonly string[] {
  const room = Math.max(40, width)
  const paint = createColors(color)
  const tone =
    view.conclusion === 'success' ? paint.green : view.conclusion === 'failure' ? paint.red : paint.yellow
  const needy = view.needs_person
  const lines = [
    ...wrap(`${view.headline}${age(view, now)}`, room).map(line => paint.bold(tone(line))),
    ...wrap(countsLine(view.counts), room),
    `run directory: ${view.run_directory}`,
    ...section(
      'Needs a person:',
      needy.slice(0, MOST_TASKS).flatMap(task => needyLines(task, room, paint)),
    ),
    ...(needy.length > MOST_TASKS ? [`  and ${needy.length - MOST_TASKS} more, see report.html`] : []),
    ...section(
      'Finished since, by a retry:',
      view.retried.map(
        ({ id, outcome, run_directory }) =>
          `  ${OUTCOMES[outcome].mark} ${id}  ${OUTCOMES[outcome].word}  ${run_directory}`,
      ),
    ),
    ...section(
      'Running:',
      view.running.slice(0, MOST_TASKS).map(({ id, title, started_at }) => {
        const since =
          started_at === null ? '' : `  ${duration(Math.max(0, now - Date.parse(started_at)) / 1000)}`
        return clip(`  ${id}${titled(id, title)}${since}`, room)
      }),
    ),
    ...(view.running.length > MOST_TASKS ? [`  and ${view.running.length - MOST_TASKS} more`] : []),
    ...section(
      'Next:',
      view.next_steps.flatMap(({ what, command }) => [
        ...wrap(what, room - 4).map((line, index) => `  ${index === 0 ? '-' : ' '} ${line}`),
        // Whole, however long: it is there to be copied.
        ...(command === null ? [] : [`      ${paint.cyan(command)}`]),
      ]),
    ),
  ]
  return lines.map(line => harmless(line))
}

function age({ run, state }: StatusView, now: number): string {
  const end = run.finished_at === null ? now : Date.parse(run.finished_at)
  const seconds = (end - Date.parse(run.started_at)) / 1000
  if (!Number.isFinite(seconds) || state === 'cut-off') return ''
  return ` (${duration(Math.max(0, seconds))})`
}

function countsLine(counts: StatusView['counts']): string {
  const { total = 0, ...others } = counts
  const parts = Object.entries(others).filter(([, count]) => count > 0)
  return [`${total} in all`, ...parts.map(([name, count]) => `${count} ${WORDS[name] ?? name}`)].join(', ')
}

const WORDS: Readonly<Record<string, string>> = { blocked_push: 'not pushed', to_land: 'to land' }

function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ['', title, ...lines]
}

function needyLines(
  { id, title, outcome, reason, log }: NeedsPerson,
  room: number,
  paint: ReturnType<typeof createColors>,
): readonly string[] {
  const { mark, word } = OUTCOMES[outcome]
  const code = reason === null ? '' : ` (${reason.code})`
  const block = (sign: string, text: string): string[] =>
    wrap(plainLine(text, 2000), room - 6).map((line, index) =>
      paint.gray(`    ${index === 0 ? sign : '│'} ${line}`),
    )
  return [
    paint.red(clip(`  ${mark} ${id}${titled(id, title)}  ${word}${code}`, room)),
    ...(reason === null ? [] : [...block('│', reason.message), ...block('→', reason.fix)]),
    ...(log === null ? [] : [paint.gray(`    ${log}`)]),
  ]
}

function titled(id: string, title: string): string {
  const plain = plainLine(title, 200)
  return plain === id ? '' : `  ${plain}`
}
