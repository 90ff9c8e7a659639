import { expect, test } from 'vitest'
import { annotationsOf } from '../../src/action/annotations.ts'
import { EVERY, failing, HOSTILE, RED, summaryOf, task, thousand } from './sample.ts'

test('one per task that needs a person, worst first', () => {
  expect(annotationsOf(EVERY).map(({ level, title }) => `${level}: ${title}`)).toEqual([
    'error: undone: reverted (verification)',
    'error: Tighten the types: failed (worker-exit)',
    'error: secrets: not pushed (secret)',
    'warning: late: cancelled (deadline)',
    'warning: docs: blocked (dependency)',
  ])
})

test('it says why and what to do', () => {
  const [first] = annotationsOf(summaryOf([failing('a', { code: 'worker-exit', exitCode: 127 })]))
  expect(first?.message).toBe(
    'The worker exited with code 127. The shell did not find a command; what it changed is kept as `work.bundle` and `work.patch`. Install the command on the runner before this step, or correct its name in `run`.',
  )
})

test('a failed verification comes before all tasks', () => {
  expect(annotationsOf(summaryOf([task('a')], { verification: RED }))).toEqual([
    {
      level: 'error',
      title: 'Verification of main failed',
      message: 'make verify exited with code 2. Caused by fix-readme. Its output is in verify.log.',
    },
  ])
})

test('a green run has none', () => {
  expect(annotationsOf(summaryOf([task('a'), failing('b', { code: 'max-tasks' })]))).toEqual([])
})

test('never more than ten, and the last one says how many are missing', () => {
  const all = annotationsOf(summaryOf(thousand().tasks, { verification: RED }))
  expect(all).toHaveLength(10)
  expect(all[0]?.title).toBe('Verification of main failed')
  expect(all[9]).toMatchObject({ level: 'error', title: '992 more need a person' })
})

test('messages keep to the limit of the runner, whatever they hold', () => {
  const long = `${HOSTILE.join('\n')}${'x'.repeat(10_000)}`
  const hostile = failing(
    'a',
    { code: 'base-red' },
    { title: long, reason: { code: 'gate', message: long, fix: long } },
  )
  for (const { title, message } of annotationsOf(
    summaryOf([hostile], { verification: { ...RED, command: long, culprits: [long] } }),
  )) {
    expect(message.length).toBeLessThanOrEqual(4096)
    expect(title.length).toBeLessThanOrEqual(250)
    expect(title + message).not.toMatch(/[\n\r\u001b\u202e]/)
  }
})
