import { expect, test } from 'vitest'
import {
  attempted,
  changed,
  duration,
  headline,
  logOf,
  needPerson,
  runSeconds,
} from '../../src/action/wording.ts'
import { EVERY, failing, summaryOf, task } from './sample.ts'

test.each([
  [0, '0.0s'],
  [9.94, '9.9s'],
  [9.96, '10s'],
  [59.4, '59s'],
  [59.6, '1m 00s'],
  [3599.7, '1h 00m'],
  [3661, '1h 01m'],
  [90_000, '25h 00m'],
])('%d seconds are %s', (seconds, shown) => {
  expect(duration(seconds)).toBe(shown)
})

test('one is not many', () => {
  expect(changed({ files: 1, insertions: 1, deletions: 0 })).toBe('1 file +1 −0')
  expect(changed(null)).toBe('')
  expect(attempted({ worker: 1, push: 2, remediation: 1 })).toBe('1 run, 2 pushes, 1 remediation')
  expect(attempted({ worker: 0, push: 0, remediation: 0 })).toBe('')
})

test('skipped tasks are not counted as wanted', () => {
  expect(headline(EVERY)).toBe('2 of 8 tasks landed on main, 1 changed nothing, 1 skipped, 5 need a person')
})

test('what is worst comes first, equals in queue order', () => {
  const summary = summaryOf([
    task('late', { outcome: 'cancelled' }),
    task('b', { outcome: 'failed' }),
    task('a', { outcome: 'failed' }),
    task('fine'),
    task('undone', { outcome: 'reverted' }),
  ])
  expect(needPerson(summary).map(each => each.id)).toEqual(['undone', 'b', 'a', 'late'])
})

test('clocks that make no sense make no time', () => {
  expect(runSeconds(summaryOf([], { run: { started_at: 'x' } }))).toBe(0)
  expect(runSeconds(summaryOf([], { run: { finished_at: '2001-01-01T00:00:00Z' } }))).toBe(0)
})

test('the log to read is that of what decided', () => {
  const files = ['tasks/a/gate-1.log', 'tasks/a/gate-2.log', 'tasks/a/worker.log']
  const red = { code: 'gate', exitCode: 1, signal: null, timedOut: false } as const
  expect(logOf(failing('a', red, { files }))).toBe('tasks/a/gate-2.log')
  expect(logOf(failing('a', red, { files: ['tasks/a/gate-10.log', ...files] }))).toBe('tasks/a/gate-10.log')
  expect(logOf(failing('a', { code: 'conflict', files: [] }, { files }))).toBe('tasks/a/worker.log')
  expect(
    logOf(failing('a', { code: 'conflict', files: [] }, { files: ['tasks/a/remediation.log', ...files] })),
  ).toBe('tasks/a/remediation.log')
  expect(logOf(task('a', { files: [] }))).toBeUndefined()
})
