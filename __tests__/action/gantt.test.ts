import { describe, expect, test } from 'vitest'
import { type GanttTask, gantt } from '../../src/action/gantt.ts'
import { type History, NO_HISTORY } from '../../src/decide/history.ts'
import type { Summary } from '../../src/decide/summary.ts'
import { idOf } from '../rig/model/plan.ts'
import { at, busy, EVERY, HOSTILE } from './sample.ts'
import { EVERY_HISTORY, plainHistory } from './sample-history.ts'

const END = Date.parse(at(252))
const tasksOf = ({ tasks }: Summary): ReadonlyMap<string, GanttTask> =>
  new Map(tasks.map(({ id, title, outcome }) => [id, { title, outcome }]))
const run = (id: string, from: number, to: number | null): History['workers'][number] => ({
  ...{ task: idOf(id), attempt: 1, handoff: null, result: null },
  ...{ from: Date.parse(at(from)), to: to === null ? null : Date.parse(at(to)) },
})

test('workers, gates, pushes and verifications have a section each, with what came of them', () => {
  const { chart, left } = gantt(EVERY_HISTORY, tasksOf(EVERY), END)!
  const ms = (seconds: number) => Date.parse(at(seconds))
  expect(chart.split('\n').slice(0, 3)).toEqual(['gantt', '  dateFormat x', '  axisFormat %H:%M:%S'])
  expect(chart.match(/^ {2}section .*$/gm)).toEqual([
    '  section Workers',
    '  section Gates',
    '  section Pushes',
    '  section Verification',
  ])
  const lines = chart.split('\n')
  expect(lines).toContain(`  ✅ Bump all dependencies :done, ${ms(0)}, ${ms(6)}`)
  expect(lines).toContain(`  ❌ Tighten the types :crit, ${ms(20)}, ${ms(100)}`)
  expect(lines).toContain(`  ❌ Tighten the types run 2 :crit, ${ms(100)}, ${ms(200)}`)
  expect(lines).toContain(`  ✅ Fix the readme remediation :done, ${ms(28)}, ${ms(32)}`)
  expect(lines).toContain(`  🚧 secrets :crit, ${ms(45)}, ${ms(105)}`)
  expect(lines).toContain(`  ✅ 2 tasks up to undone :done, ${ms(120)}, ${ms(127)}`)
  expect(lines).toContain(`  🔁 fix-readme race lost :crit, ${ms(38)}, ${ms(39)}`)
  expect(lines).toContain(`  ✅ reverts :done, ${ms(245)}, ${ms(246)}`)
  expect(left).toEqual([])
})

test('what still runs lasts until now, and what is ready is not called landed', () => {
  const tasks = new Map([
    ['a', { title: 'a', outcome: null }],
    ['b', { title: 'b', outcome: null }],
  ])
  const done = { ...run('b', 1, 5), result: EVERY_HISTORY.workers[0]!.result }
  const { chart } = gantt({ ...NO_HISTORY, workers: [run('a', 0, null), done] }, tasks, END)!
  expect(chart).toContain(`  ⏳ a :active, ${Date.parse(at(0))}, ${END}`)
  expect(chart).toContain(`  ⏳ b :done, `)
})

test('a run of hours has no seconds on its axis', () => {
  const { chart } = gantt({ ...NO_HISTORY, workers: [run('a', 0, 4000)] }, new Map(), END)!
  expect(chart).toContain('axisFormat %H:%M\n')
})

test('of a thousand tasks the longest are shown, and the rest is counted', () => {
  const { chart, left } = gantt(plainHistory(busy()), tasksOf(busy()), END)!
  expect(chart.split('\n').length).toBeLessThan(80)
  expect(left).toEqual(['960 of 1000 worker runs', '85 of 100 gates', '90 of 100 pushes'])
  expect(chart.length).toBeLessThan(20_000)
})

test('of a long search for culprits, too, what is left out is counted', () => {
  const [one] = EVERY_HISTORY.verifications
  const verifications = Array.from({ length: 20 }, (_, i) => ({ ...one!, to: one!.from + 1000 + i }))
  const { chart, left } = gantt({ ...NO_HISTORY, verifications }, new Map(), END)!
  expect(chart.match(/ verification :/g)).toHaveLength(15)
  expect(left).toEqual(['5 of 20 verifications'])
})

test('nothing ran: no chart', () => {
  expect(gantt(NO_HISTORY, new Map(), END)).toBeNull()
})

describe('hostile text', () => {
  test.each([
    ...HOSTILE,
    'section Evil',
    'click a href',
    'title: x',
    '%%{init: {}}%%',
    'a;b#c:d',
    '',
    '\n\n',
    '💥💥',
  ])('a title of %j is a label and no more', title => {
    const { chart } = gantt(
      { ...NO_HISTORY, workers: [run('a', 0, 5)] },
      new Map([['a', { title, outcome: 'failed' }]]),
      END,
    )!
    const [, , , section, bar, ...rest] = chart.split('\n')
    expect([section, rest]).toEqual(['  section Workers', []])
    expect(bar).toMatch(/^ {2}\S+ [\p{L}\p{M}\p{N} ._/+()…-]{1,40} :crit, \d+, \d+$/u)
  })
})
