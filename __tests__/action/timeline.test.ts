import { expect, test } from 'vitest'
import { timeline } from '../../src/action/timeline.ts'
import { at, EVERY, summaryOf, task } from './sample.ts'

const bars = (svg: string) =>
  [
    ...svg.matchAll(
      /<rect class="(\S+)" x="([\d.]+)" y="(\d+)" width="([\d.]+)" height="(\d+)" rx="2"><title>([^<]*)/g,
    ),
  ].map(([, kind, x, y, width, , title]) => ({
    kind,
    x: Number(x),
    y: Number(y),
    width: Number(width),
    title,
  }))
const seconds = (worker: number) => ({ workspace: 0, worker, landing: 0 })

test('tasks that ran at once lie in rows, one after another in the same', () => {
  const svg = timeline(
    summaryOf(
      [
        task('a', { started_at: at(0), seconds: seconds(10) }),
        task('b', { started_at: at(5), seconds: seconds(10) }),
        task('c', { started_at: at(10), seconds: seconds(10) }),
      ],
      { run: { finished_at: at(20) } },
    ),
  )
  const [a, b, c] = bars(svg)
  expect(a?.y).toBe(c?.y)
  expect(b?.y).toBeGreaterThan(a?.y ?? 0)
  expect(c?.x).toBeCloseTo((a?.x ?? 0) + (a?.width ?? 0), 0)
  expect(a?.title).toBe('a: landed, 10s')
})

test('a landing is a mark at its time', () => {
  const svg = timeline(summaryOf([task('a', { finished_at: at(126) })]))
  expect(svg).toContain('<title>a landed at 2m 06s</title>')
  expect(timeline(EVERY).match(/landed at/g)).toHaveLength(2)
})

test('nothing leaves the picture, whatever the clocks say', () => {
  const odd = [
    task('before', { started_at: at(-100), finished_at: at(-1) }),
    task('after', { started_at: at(999), finished_at: at(1999) }),
    task('long', { started_at: at(1), seconds: seconds(9999), finished_at: null }),
    task('nonsense', { started_at: 'x', finished_at: 'y' }),
  ]
  for (const { x, width } of bars(timeline(summaryOf(odd)))) expect(x + width).toBeLessThanOrEqual(1000)
  expect(timeline(summaryOf(odd))).not.toContain('NaN')
})

test('without a worker there is no picture', () => {
  expect(timeline(summaryOf([]))).toBe('')
  expect(timeline(summaryOf([task('a', { started_at: null })]))).toBe('')
})
