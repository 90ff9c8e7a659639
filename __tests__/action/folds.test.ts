import { expect, it } from 'vitest'
import { foldsOf } from '../../src/action/folds.ts'
import type { TaskId } from '../../src/decide/task.ts'
import { EVERY, failing, summaryOf, task, thousand } from './sample.ts'

const none = new Map<string, string>()

it('one for each task that needs a person, the worst last', () => {
  expect(foldsOf(EVERY, none, '').map(fold => fold.title)).toEqual([
    '▲ 1 task blocked, not started',
    '■ late: cancelled (deadline)',
    '▲ secrets: not pushed (secret)',
    '✖ types (Tighten the types): failed (worker-exit)',
    '↩ undone: reverted (verification)',
  ])
})

it('a fold tells why, what to do, and the end of the log', () => {
  const fold = foldsOf(EVERY, new Map([['types', 'one\ntwo\n']]), '').find(each =>
    each.title.includes('types'),
  )
  expect(fold?.lines).toEqual([
    expect.stringMatching(/^The worker exited with code 3\. .*work\.bundle/),
    expect.stringMatching(/^To do: Read the end of worker\.log/),
    '',
    'The end of its log:',
    'one',
    'two',
  ])
})

it('those that never started share one, in the order of the queue', () => {
  const blocked = (id: string) =>
    failing(
      id,
      { code: 'dependency', blockedBy: ['x' as TaskId] },
      { started_at: null, title: `Title of ${id}` },
    )
  const [fold, ...rest] = foldsOf(summaryOf([blocked('a'), blocked('b'), task('fine')]), none, '')
  expect(rest).toEqual([])
  expect(fold?.title).toBe('▲ 2 tasks blocked, not started')
  expect(fold?.lines).toEqual([
    expect.stringMatching(/^a \(Title of a\): It needs x, which did not land\./),
    expect.stringMatching(/^b \(Title of b\): /),
  ])
})

it('a failed verification is the very last', () => {
  expect(foldsOf(EVERY, none, 'make: *** [verify] Error 2\n').at(-1)).toEqual({
    title: 'verification: the end of its log',
    lines: ['make: *** [verify] Error 2'],
  })
})

it('a green run has none', () => {
  expect(foldsOf(summaryOf([task('a')]), none, '')).toEqual([])
})

it('a thousand failures with long logs stay within two megabytes of log', () => {
  const tails = new Map(thousand().tasks.map(({ id }) => [id, 'x'.repeat(16 * 1024)] as const))
  const folds = foldsOf(thousand(), tails, '')
  expect(folds).toHaveLength(1000)
  const logs = folds.flatMap(fold => fold.lines.slice(fold.lines.indexOf('The end of its log:')))
  expect(logs.join('\n').length).toBeLessThan(2.2 * 1024 * 1024)
})

it('an id that every object knows is an id', () => {
  const [fold] = foldsOf(summaryOf([failing('constructor', { code: 'worker-exit', exitCode: 1 })]), none, '')
  expect(fold?.lines).toHaveLength(2)
})
