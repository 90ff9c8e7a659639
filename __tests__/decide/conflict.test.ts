import { expect, it } from 'vitest'
import { conflictWords, groupConflicts } from '../../src/decide/conflict.ts'
import { explain } from '../../src/decide/explain.ts'

it('files are told with what is wrong with them, one sentence for each kind', () => {
  const how = groupConflicts([
    { file: 'a', kind: 'lines' },
    { file: 'b', kind: 'removed' },
    { file: 'c', kind: 'lines' },
  ])
  expect(how).toEqual([
    { kind: 'lines', files: ['a', 'c'] },
    { kind: 'removed', files: ['b'] },
  ])
  expect(conflictWords(how)).toBe(
    'others changed the same lines (a and c); one side removed a file that the other one changed (b)',
  )
  expect(conflictWords(how.slice(1))).toBe('one side removed a file that the other one changed')
})

it('a conflict of an older journal is told as before', () => {
  const { why } = explain({ code: 'conflict', files: ['a'] }, { branch: 'main' })
  expect(why).toContain('others changed the same lines')
})

it.each(['binary', 'folder-renamed', 'removed', 'both-added'] as const)('%s is not told as lines', kind => {
  const { why } = explain(
    { code: 'conflict', files: ['a'], how: [{ kind, files: ['a'] }] },
    { branch: 'main' },
  )
  expect(why).not.toContain('lines;')
})
