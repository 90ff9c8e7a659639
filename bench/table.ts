/** Rows as lines for a terminal. */
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

export function figure({ value, unit }: Row): string {
  return `${round(value)} ${unit}`
}

/** `1.24 times the script by hand`, `1/81 of each for itself`. */
export function compared({ ratio, against }: Row): string {
  return ratio === undefined ? '' : `${times(ratio)} ${against}`
}

export function goalOf({ goal, ratio, value, unit }: Row): string {
  if (goal === undefined) return ''
  const met = (ratio ?? value) <= goal ? 'met' : 'MISSED'
  return `goal: at most ${ratio === undefined ? `${round(goal)} ${unit}` : times(goal).replace(/ of$/, '')} (${met})`
}

export function counted({ counts = {} }: Row): string {
  return Object.entries(counts)
    .map(([name, count]) => `${name} ${round(count)}`)
    .join(', ')
}

function times(ratio: number): string {
  return ratio <= 0.2 ? `1/${Math.floor(1 / ratio)} of` : `${ratio.toFixed(2)} times`
}

function round(value: number): string {
  return value >= 100 || Number.isInteger(value) ? value.toFixed(0) : value.toPrecision(3)
}
