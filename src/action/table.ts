/** The end of a run on a terminal: one row per task, reasons and fixes below it, the headline last. Pure. */
import { createColors } from 'picocolors'
import { plainLine } from '../decide/plain.ts'
import type { Summary, SummaryTask } from '../decide/summary.ts'
import { harmless } from '../decide/text.ts'
import { FAILING } from '../decide/verdict.ts'
import { clip, pad, padStart, widthOf, wrap } from './columns.ts'
import {
  causedBy,
  changed,
  duration,
  headline,
  OUTCOMES,
  outcomeWords,
  runSeconds,
  taskSeconds,
} from './wording.ts'

export interface TableOptions {
  readonly color: boolean
  /** Columns of the terminal; rows are cut to it, reasons wrapped. */
  readonly width: number
}

type Color = 'red' | 'green' | 'yellow' | 'gray' | 'bold'

/** No line is longer than `width` columns (40 at least); no newline at the end. */
export function summaryTable(summary: Summary, options: TableOptions): string {
  const width = Math.max(40, options.width)
  const colors = createColors(options.color)
  const paint = (color: Color, text: string): string => (text.trim() === '' ? text : colors[color](text))
  const rows = summary.tasks.map(cells)
  const widths = [0, 1, 2, 3, 4].map(column => Math.max(0, ...rows.map(row => widthOf(row[column] ?? ''))))
  const fixed = (widths[1] ?? 0) + (widths[2] ?? 0) + (widths[3] ?? 0) + (widths[4] ?? 0) + 2 + 4 * 2
  const first = Math.min(widths[0] ?? 0, Math.max(10, width - fixed))
  const lines = summary.tasks.flatMap((task, index) => {
    const [name = '', outcome = '', commit = '', changes = '', time = ''] = rows[index] ?? []
    const plain = [
      pad(name, first),
      pad(outcome, widths[1] ?? 0),
      pad(commit, widths[2] ?? 0),
      pad(changes, widths[3] ?? 0),
      padStart(time, widths[4] ?? 0),
    ]
    const text = clip(`${OUTCOMES[task.outcome].mark} ${plain.join('  ')}`, width).trimEnd()
    return [paint(colorOf(task), text), ...told(task, width).map(line => paint('gray', line))]
  })
  const end = `${headline(summary)} (${duration(runSeconds(summary))})`
  const verification = verificationLine(summary)
  return [
    ...lines,
    ...(lines.length > 0 ? [''] : []),
    ...(verification === '' ? [] : [clip(verification, width)]),
    ...wrap(end, width).map(line =>
      paint('bold', paint(summary.conclusion === 'success' ? 'green' : 'red', line)),
    ),
  ]
    .map(line => harmless(line))
    .join('\n')
}

function cells(task: SummaryTask): readonly string[] {
  const title = plainLine(task.title, 200)
  return [
    title === task.id ? task.id : `${task.id}  ${title}`,
    outcomeWords(task),
    plainLine(task.commit ?? '', 64).slice(0, 7),
    changed(task.changes),
    taskSeconds(task) > 0 ? duration(taskSeconds(task)) : '',
  ]
}

/** Reason and fix of what needs a person. */
function told(task: SummaryTask, width: number): readonly string[] {
  if (!task.reason || !FAILING.has(task.outcome)) return []
  const block = (mark: string, text: string): string[] =>
    wrap(plainLine(text, 2000), width - 6).map((line, index) => `    ${index === 0 ? mark : '│'} ${line}`)
  return [...block('│', task.reason.message), ...block('→', task.reason.fix)]
}

function colorOf(task: SummaryTask): Color {
  if (task.outcome === 'landed') return 'green'
  if (task.outcome === 'unchanged' || task.outcome === 'skipped') return 'gray'
  return task.outcome === 'blocked' || task.outcome === 'cancelled' ? 'yellow' : 'red'
}

function verificationLine({ verification }: Summary): string {
  if (!verification.ran) return ''
  const command = plainLine(verification.command, 200)
  if (verification.passed) return `✔ verification: ${command} passed`
  return `✖ verification: ${command} failed${causedBy(verification)}, see verify.log`
}
