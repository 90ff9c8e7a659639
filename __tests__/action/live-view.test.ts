import { stripVTControlCharacters } from 'node:util'
import { describe, expect, test } from 'vitest'
import { widthOf } from '../../src/action/columns.ts'
import { liveFrame, type Moment, NOTHING_WATCHED, watched } from '../../src/action/live-view.ts'
import type { Event } from '../../src/decide/happened.ts'
import type { RunState, Stage, TaskId, TaskState } from '../../src/decide/task.ts'
import { HOSTILE } from './sample.ts'

const START = Date.parse('2026-01-02T03:04:05.000Z')
const at = (seconds: number) => new Date(START + seconds * 1000).toISOString()
const id = (text: string) => text as TaskId

function stateOf(stages: Readonly<Record<string, Stage>>, halt: RunState['halt'] = null): RunState {
  const tasks = Object.entries(stages).map(([name, stage]) => ({ id: name, stage, workerRuns: 1 }))
  return { tasks: tasks as unknown as readonly TaskState[], halt } as RunState
}
const ended = (outcome: 'landed' | 'failed' | 'unchanged' | 'skipped'): Stage => ({
  ...{ kind: 'ended', outcome, failure: null },
})
const working: Stage = { kind: 'working' }

function momentOf(change: Partial<Moment>): Moment {
  return {
    ...{ state: null, watched: NOTHING_WATCHED, titles: {}, branch: 'main', dryRun: false },
    ...{ lastLines: new Map(), startedAt: START, now: START + 72_000 },
    ...change,
  }
}

const SIZE = { width: 80, height: 24, color: false }
const linesOf = (moment: Moment, size = SIZE) => liveFrame(moment, size).split('\n')

const began = (task: string, seconds: number): Event => ({
  ...{ at: at(seconds), type: 'began' },
  step: { kind: 'work', task: id(task), attempt: 1, base: '' as never },
})

test('before the first event it says that something is under way', () => {
  expect(linesOf(momentOf({}))).toEqual([expect.stringMatching(/^\S 1m 12s {2}preparing$/)])
})

test('counts, then what runs with its time and what its worker says, then the lane', () => {
  const push = { kind: 'push', tip: '' as never, layers: [{}, {}] as never, attempt: 1 } as const
  const seen = [
    began('strict-core', 10),
    began('docs', 60),
    { at: at(70), type: 'began', step: push } as Event,
  ]
  const state = stateOf({
    'strict-core': working,
    docs: working,
    red: ended('failed'),
    a: ended('landed'),
    b: { kind: 'ready' },
    same: ended('unchanged'),
    later: { kind: 'waiting' },
    held: ended('skipped'),
  })
  const moment = momentOf({
    state,
    watched: seen.reduce(watched, NOTHING_WATCHED),
    titles: { 'strict-core': 'Turn on strictNullChecks', docs: 'docs' },
    lastLines: new Map([['strict-core', 'checking 12 of 40 files']]),
  })
  expect(linesOf(moment)).toEqual([
    '⠋ 1m 12s  1/7 landed on main  2 running  1 to land  1 failed  1 unchanged  1 w…',
    '  strict-core  1m 02s  Turn on strictNullChecks  checking 12 of 40 files',
    '  docs            12s',
    '  lane           2.0s  push of 2 tasks',
  ])
})

test('what the lane does is gone when it is done', () => {
  const gate = { kind: 'gate', targets: [{ tasks: [id('a'), id('b')] }] } as never
  const one = watched(NOTHING_WATCHED, { at: at(1), type: 'began', step: gate })
  expect(one.lane).toEqual({ text: 'gate on 2 tasks', since: at(1) })
  expect(watched(one, { at: at(2), type: 'gated', results: [] }).lane).toBeNull()
})

test('a dry run, and one that stops, say so', () => {
  const state = stateOf({ a: working }, 'stop')
  expect(linesOf(momentOf({ state, dryRun: true }))[0]).toContain(
    '0/1 would land on main  1 running  stopping gently',
  )
  expect(linesOf(momentOf({ state: stateOf({ a: ended('landed') }) }))[0]).toContain(
    '1/1 landed on main  finishing',
  )
})

test('more tasks than there is room for are counted', () => {
  const many = Object.fromEntries(Array.from({ length: 256 }, (_, i) => [`task-${i}`, working]))
  const lines = linesOf(momentOf({ state: stateOf(many) }), { ...SIZE, height: 20 })
  expect(lines).toHaveLength(8)
  expect(lines.at(-1)).toBe('  and 250 more')
})

describe.each([40, 60, 80, 200])('in %i columns', width => {
  test('no line reaches the last one, whatever the words', () => {
    const words = [...HOSTILE, '日本語'.repeat(40), 'x'.repeat(400)]
    const ids = words.map((_, i) => `${i}`.repeat(20))
    const state = stateOf(Object.fromEntries(ids.map(each => [each, working])))
    const by = <T>(list: readonly T[]) => Object.fromEntries(ids.map((each, i) => [each, list[i]]))
    const moment = momentOf({
      state,
      titles: by(words) as Record<string, string>,
      lastLines: new Map(Object.entries(by(words.toReversed()) as Record<string, string>)),
      watched: ids.map(each => began(each, 3)).reduce(watched, NOTHING_WATCHED),
      branch: 'feature/'.repeat(20),
    })
    for (const color of [false, true]) {
      for (const line of linesOf(moment, { width, height: 60, color })) {
        expect(widthOf(line)).toBeLessThan(width)
        expect(stripVTControlCharacters(line)).not.toMatch(
          /[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/,
        )
      }
    }
  })
})

test('colour adds colour and nothing else', () => {
  const moment = momentOf({ state: stateOf({ a: working }), lastLines: new Map([['a', 'says this']]) })
  const colored = liveFrame(moment, { ...SIZE, color: true })
  expect(colored).toContain('\u001b[')
  expect(stripVTControlCharacters(colored)).toBe(liveFrame(moment, SIZE))
})
