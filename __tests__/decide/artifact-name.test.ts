import { expect, test } from 'vitest'
import { artifactNames, earlierNames } from '../../src/decide/artifact-name.ts'

test('an artifact is named after the run, or as the input says; a second name is there for when it is taken', () => {
  expect(artifactNames(null, '77-1')).toEqual(['fanout-77-1', 'fanout-77-1-2'])
  expect(artifactNames('mine', '77-1')).toEqual(['mine', 'mine-2'])
  expect(artifactNames('mine', '77-3')).toEqual(['mine', 'mine-3'])
})

test('every name under which an earlier attempt can have left one is looked for, the newest first', () => {
  expect(earlierNames(null, '77', 1)).toEqual([])
  expect(earlierNames(null, '77', 3)).toEqual(['fanout-77-2', 'fanout-77-1'])
  expect(earlierNames('mine', '77', 3)).toEqual(['mine-2', 'mine'])
})
