import { expect, test } from 'vitest'
import { artifactNames, isEarlierName } from '../../src/decide/artifact-name.ts'

test('where a name is taken the next one has a number: the attempt, or the next free one', () => {
  expect(artifactNames(null, '77-1').slice(0, 3)).toEqual(['fanout-77-1', 'fanout-77-1-2', 'fanout-77-1-3'])
  expect(artifactNames(null, '77-3').slice(0, 2)).toEqual(['fanout-77-3', 'fanout-77-3-2'])
  expect(artifactNames('mine', '77-1').slice(0, 2)).toEqual(['mine', 'mine-2'])
  expect(artifactNames('mine', '77-3').slice(0, 3)).toEqual(['mine', 'mine-3', 'mine-4'])
  expect(new Set(artifactNames('mine', 'local-x')).size).toBe(20)
})

test.each([
  [null, 3, ['fanout-77-2', 'fanout-77-1', 'fanout-77-1-2', 'fanout-77-2-19']],
  ['mine', 2, ['mine', 'mine-2', 'mine-17']],
  ['a.*', 2, ['a.*', 'a.*-2']],
])('what an earlier attempt left under %j is known by its name', (given, attempt, names) => {
  expect(names.filter(name => !isEarlierName(name, given, '77', attempt))).toEqual([])
})

test.each([
  [
    null,
    3,
    ['fanout-77-3', 'fanout-77-3-2', 'fanout-7-1', 'fanout-771-1', 'fanout-77', 'logs', 'xfanout-77-1'],
  ],
  [null, 1, ['fanout-77-1']],
  ['mine', 2, ['mine-too', 'mine-', 'mines', 'yours', 'mine-2-x']],
])('what is not named so under %j is left alone', (given, attempt, names) => {
  expect(names.filter(name => isEarlierName(name, given, '77', attempt))).toEqual([])
})
