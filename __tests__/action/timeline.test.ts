import { expect, test } from 'vitest'
import { timeline } from '../../src/action/timeline.ts'
import { type History, NO_HISTORY } from '../../src/decide/history.ts'
import { idOf } from '../rig/model/plan.ts'
import { at, busy, EVERY, HOSTILE, summaryOf, task } from './sample.ts'
import { EVERY_HISTORY, gateOf, plainHistory } from './sample-history.ts'

const bars = (svg: string) =>
  [
    ...svg.matchAll(
      /<rect class="o-(\S+)"(?: data-task="(\d+)")? x="([\d.]+)" y="(\d+)" width="([\d.]+)" height="(\d+)" rx="2"><title>([^<]*)/g,
    ),
  ].map(([, kind, number, x, y, width, , title]) => ({
    ...{ kind, number: number === undefined ? null : Number(number), title },
    ...{ x: Number(x), y: Number(y), width: Number(width) },
  }))
const run = (id: string, from: number, to: number | null): History['workers'][number] => ({
  ...{ task: idOf(id), attempt: 1, handoff: null, result: EVERY_HISTORY.workers[0]!.result },
  ...{ from: Date.parse(at(from)), to: to === null ? null : Date.parse(at(to)) },
})
const workers = (...runs: History['workers']): History => ({ ...NO_HISTORY, workers: runs })

test('tasks that ran at once lie in rows, one after another in the same', () => {
  const svg = timeline(
    summaryOf([task('a'), task('b'), task('c')], { run: { finished_at: at(20) } }),
    workers(run('a', 0, 10), run('b', 5, 15), run('c', 10, 20)),
  )
  const [a, b, c] = bars(svg)
  expect(a?.y).toBe(c?.y)
  expect(b?.y).toBeGreaterThan(a?.y ?? 0)
  expect((c?.x ?? 0) - (a?.x ?? 0) - (a?.width ?? 0)).toBeCloseTo(1)
  expect(a?.title).toBe('a: landed, 10s')
})

test('workers, gates, pushes and verifications each have their place, with what came of them', () => {
  const svg = timeline(EVERY, EVERY_HISTORY)
  expect([...svg.matchAll(/<text x="0" y="[\d.]+">(\w+)/g)].map(found => found[1])).toEqual([
    'workers',
    'gates',
    'pushes',
    'verify',
  ])
  const titles = bars(svg).map(({ title, kind }) => `${kind}: ${title}`)
  expect(titles).toContain('landed: Bump all dependencies: landed, 6.0s')
  expect(titles).toContain('failed: Tighten the types, run 2: failed (worker-exit), 1m 40s')
  expect(titles).toContain('failed: Fix the readme, remediation 1: failed, 4.0s')
  expect(titles).toContain('landed: Fix the readme, remediation 2: landed, 4.0s')
  expect(titles).toContain('failed: gate of 1 task: red, 3.0s')
  expect(titles).toContain('landed: gate of 2 tasks: green, 7.0s')
  expect(titles).toContain('blocked-push: push of 1 task: race lost, 1.0s')
  expect(titles).toContain('failed: push of 2 tasks: refused (secret), 2.0s')
  expect(titles).toContain('landed: push of reverts: landed, 1.0s')
  expect(titles).toContain('failed: verification: failed, 12s')
  expect(svg).toMatch(
    /aria-label="Timeline of 4m 12s: 10 runs of workers, 4 gates, 6 pushes, 2 verifications\. /,
  )
})

test('a bar that is long enough bears its name, as far as there is room', () => {
  const svg = timeline(EVERY, EVERY_HISTORY)
  const names = [...svg.matchAll(/<text class="on"[^>]*>([^<]*)</g)].map(found => found[1])
  expect(names).toContain('Tighten the types, run 2: failed (worker-exit)')
  expect(names).toContain('undone: r…')
  expect(names.some(name => name?.startsWith('nothing'))).toBe(false)
  expect(timeline(busy(), plainHistory(busy()))).not.toContain('class="on"')
})

test('a bar of a task leads to its details, one of many tasks nowhere', () => {
  const drawn = bars(timeline(EVERY, EVERY_HISTORY))
  expect(drawn[1]?.number).toBe(EVERY.tasks.findIndex(each => each.id === 'fix-readme'))
  expect(drawn.filter(({ title }) => title?.startsWith('gate'))).toMatchObject([{ number: null }, {}, {}, {}])
})

test('what had not ended lasts to the end, and what was cut short says so', () => {
  const result = { ...gateOf(null, 5), passed: null }
  const target = { commit: result.commit, tree: result.tree, tasks: [], n: 1 }
  const gates = [
    { target, from: Date.parse(at(1)), to: Date.parse(at(6)), result },
    { target, from: Date.parse(at(2)), to: null, result: null },
  ]
  const pushes = [{ tasks: [], from: Date.parse(at(1)), to: Date.parse(at(2)), result: null }]
  const svg = timeline(summaryOf([task('a')], { run: { finished_at: at(10) } }), {
    ...NO_HISTORY,
    gates,
    pushes,
  })
  expect(bars(svg).map(({ title }) => title)).toEqual([
    'gate of the branch: cut short, 5.0s',
    'gate of the branch: cut short, 8.0s',
    'push of reverts: cut short, 1.0s',
  ])
})

test('nothing leaves the picture, whatever the clocks say', () => {
  const summary = summaryOf([task('a')])
  const odd = workers(
    run('a', -100, -1),
    run('a', 999, 1999),
    run('a', 1, 9999),
    run('a', 9, 3),
    { ...run('a', 1, 2), from: Number.NaN },
    { ...run('gone', 1, 2) },
  )
  const drawn = bars(timeline(summary, odd))
  expect(drawn.map(({ title }) => title)).toEqual(['a: landed, 4m 11s', 'gone: failed, 1.0s'])
  for (const { x, width } of drawn) expect(x + width).toBeLessThanOrEqual(1000)
  expect(timeline(summary, odd)).not.toContain('NaN')
})

test('where nothing ran there is no picture', () => {
  expect(timeline(summaryOf([]), NO_HISTORY)).toBe('')
  expect(timeline(summaryOf([task('a')], { run: { started_at: 'x' } }), EVERY_HISTORY)).toBe('')
})

test('256 workers at once still make a picture that fits a screen', () => {
  const summary = busy(1000, 256)
  const [, height] = /viewBox="0 0 1000 (\d+)"/.exec(timeline(summary, plainHistory(summary))) ?? []
  expect(Number(height)).toBeLessThan(900)
})

test.each(HOSTILE)('a title of %j is a tooltip and no more', title => {
  const svg = timeline(summaryOf([task('a', { title })]), workers(run('a', 1, 5)))
  expect(svg.match(/<[a-z/]+/g)?.filter(tag => !/^<\/?(svg|line|text|rect|title|\/)$/.test(tag))).toEqual([])
  expect(bars(svg)).toHaveLength(1)
})
