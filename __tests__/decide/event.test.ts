import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { isEvent } from '../../src/decide/event.ts'
import type { Event } from '../../src/decide/happened.ts'
import { candidatesOf, finishedBefore, resume } from '../../src/decide/resume.ts'
import { initialState } from '../../src/decide/state.ts'
import type { Sha } from '../../src/decide/task.ts'
import { unlandedWork } from '../../src/decide/unlanded.ts'
import { LIMITS, planOf } from '../rig/model/plan.ts'

type Line = Readonly<Record<string, unknown>>

const LINES: readonly Line[] = ['journal.ndjson', 'cancelled.ndjson'].flatMap(name =>
  readFileSync(join(import.meta.dirname, '..', 'fixtures', 'v1', name), 'utf8')
    .split('\n')
    .slice(1, -1)
    .map(line => JSON.parse(line)),
)

test('every event that was ever written is one', () => {
  expect(LINES.filter(line => !isEvent(line))).toEqual([])
})

test.each([
  null,
  42,
  'halted',
  [[]],
  {},
  { type: 'halted' },
  { at: 'now', halt: 'stop' },
  { type: 'halted', at: 1, halt: 'stop' },
  { type: 'halted', at: 'now' },
  { type: 'from the future', at: 'now' },
  { type: 'toString', at: 'now' },
  { type: 'worked', at: 'now', task: 'a', result: { kind: 'candidate', seconds: {} } },
  { type: 'worked', at: 'now', task: 7, result: { kind: 'unchanged', seconds: {} } },
  { type: 'pushed', at: 'now', layers: 'a', result: {} },
])('%j is none', line => {
  expect(isEvent(line)).toBe(false)
})

/** The line with one value, however deep, gone or replaced by nonsense. */
function* damaged(value: unknown): Generator<unknown> {
  if (typeof value !== 'object' || value === null) return
  const keys = Object.keys(value)
  for (const key of keys) {
    const inner = (value as Line)[key]
    for (const other of [undefined, null, 7, 'x', [], {}, [null], ...damaged(inner)])
      yield Array.isArray(value)
        ? value.map((item, i) => (String(i) === key ? other : item))
        : { ...value, [key]: other }
  }
}

test('a journal with any one value damaged stops nobody who reads it', () => {
  const ids = [...new Set(LINES.flatMap(line => (typeof line.task === 'string' ? [line.task] : [])))]
  const plan = planOf(ids.map(id => ({ id })))
  const start = initialState(plan, '0'.repeat(40) as Sha, 0, [], 0)
  let read = 0
  for (const [i, line] of LINES.entries()) {
    for (const bad of damaged(line)) {
      const text = JSON.stringify(bad)
      const event = JSON.parse(text) as Event
      if (!isEvent(event)) continue
      // What came shortly before it is what it is about.
      const events = [...(LINES.slice(Math.max(0, i - 3), i) as unknown as Event[]), event]
      read++
      try {
        resume(plan, start, LIMITS, events, () => true)
        finishedBefore(plan, start, LIMITS, events, () => true)
        candidatesOf(events)
        unlandedWork(events)
      } catch (error) {
        throw new Error(`stumbled over ${text}`, { cause: error })
      }
    }
  }
  expect(read).toBeGreaterThan(1000)
})
