import { expect, test } from 'vitest'
import { ageOfEarlier, artifactNames } from '../../src/decide/artifact-name.ts'

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
  // A name that is made of the attempt's number.
  ['work-3', 3, ['work-3', 'work-2', 'work-1-4']],
  ['v3-work-3-x', 3, ['v3-work-1-x', 'v2-work-3-x']],
])('what an earlier attempt left under %j is known by its name', (given, attempt, names) => {
  expect(names.filter(name => ageOfEarlier(name, given, '77', attempt) === null)).toEqual([])
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
  expect(names.filter(name => ageOfEarlier(name, given, '77', attempt) !== null)).toEqual([])
})

test('the attempt in a name says how old it is, then the number among the artifacts of that name', () => {
  const newest = (given: string | null, names: readonly string[]) =>
    [...names]
      .map(name => ({ name, age: ageOfEarlier(name, given, '77', 12)! }))
      .sort((a, b) => b.age[0] - a.age[0] || b.age[1] - a.age[1])
      .map(({ name }) => name)
  expect(newest(null, ['fanout-77-2', 'fanout-77-10', 'fanout-77-9-3', 'fanout-77-9'])).toEqual([
    'fanout-77-10',
    'fanout-77-9-3',
    'fanout-77-9',
    'fanout-77-2',
  ])
  expect(newest('mine', ['mine', 'mine-3', 'mine-10', 'mine-2'])).toEqual([
    'mine-10',
    'mine-3',
    'mine-2',
    'mine',
  ])
  expect(newest('work-12', ['work-9', 'work-11', 'work-10'])).toEqual(['work-11', 'work-10', 'work-9'])
})
