/** Rows as lines for a terminal, and as a table of bench/README.md. */
import type { Row } from './measure.ts'

export function tableOf(rows: readonly Row[]): string {
  const cells = rows.map(row => [row.name, figure(row), compared(row), goalOf(row), counted(row)])
  const widths = [0, 1, 2, 3].map(i => Math.max(...cells.map(line => line[i]!.length)))
  return cells
    .map(line =>
      `  ${line.map((cell, i) => (i === 1 ? cell.padStart(widths[i]!) : cell.padEnd(widths[i] ?? 0))).join('  ')}`.trimEnd(),
    )
    .join('\n')
}

export interface Results {
  readonly machine: Readonly<Record<string, string | number>>
  readonly rows: readonly Row[]
}

export function markdownOf({ machine, rows }: Results): string {
  const shown = rows.filter(row => !row.detail)
  const columns = [
    ['what', ({ name }: Row) => name],
    ['figure', figure],
    ['compared', compared],
    ['goal', goalOf],
    ['counted', counted],
  ] as const
  const used = columns.filter(([, cell]) => shown.some(row => cell(row) !== ''))
  return [
    `| ${used.map(([name]) => name).join(' | ')} |`,
    `|${used.map(([name]) => (name === 'figure' ? '--:|' : '---|')).join('')}`,
    ...shown.map(row => `| ${used.map(([, cell]) => cell(row)).join(' | ')} |`),
    '',
    `Measured on: ${Object.entries(machine)
      .map(([name, fact]) => `${name.replace('_', ' ')} ${fact}`)
      .join(', ')}.`,
  ].join('\n')
}

function figure({ value, unit }: Row): string {
  return `${round(value)} ${unit}`
}

function compared({ ratio, against }: Row): string {
  return ratio === undefined ? '' : `${times(ratio)} ${against}`
}

function goalOf({ goal, ratio, value, unit, atLeast }: Row): string {
  if (goal === undefined) return ''
  const found = ratio ?? value
  const wanted = ratio === undefined ? `${round(goal)} ${unit}` : times(goal)
  const met = (atLeast ? found >= goal : found <= goal) ? 'met' : 'MISSED'
  return `goal: at ${atLeast ? 'least' : 'most'} ${wanted} (${met})`
}

function counted({ counts = {} }: Row): string {
  return Object.entries(counts)
    .map(([name, count]) => `${name} ${round(count)}`)
    .join(', ')
}

function times(ratio: number): string {
  return `${ratio >= 10 ? ratio.toFixed(0) : ratio.toFixed(2)} times`
}

function round(value: number): string {
  return value >= 100 || Number.isInteger(value) ? value.toFixed(0) : value.toPrecision(3)
}
