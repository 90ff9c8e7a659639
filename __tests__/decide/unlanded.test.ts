import { expect, test } from 'vitest'
import type { Event, WorkResult } from '../../src/decide/happened.ts'
import type { Candidate, Sha, TaskId } from '../../src/decide/task.ts'
import { unlandedWork } from '../../src/decide/unlanded.ts'

const at = '2026-11-21T00:00:00.000Z'
const candidate = (name: string): Candidate => ({
  commit: name as Sha,
  base: 'base' as Sha,
  changes: { files: 1, insertions: 1, deletions: 0 },
  source: 'worker',
})
type Kind =
  | { kind: 'candidate'; candidate: Candidate }
  | { kind: 'unchanged' }
  | { kind: 'failed'; kept: Candidate | null }
const worked = (task: string, result: Kind, type: 'worked' | 'remediated' = 'worked'): Event => ({
  type,
  task: task as TaskId,
  at,
  result: {
    exitCode: 0,
    seconds: { workspace: 0, worker: 0 },
    ...(result.kind === 'failed' ? { ...result, failure: { code: 'signal' } } : result),
  } as WorkResult,
})
const landed = (...tasks: string[]): Event => ({
  type: 'pushed',
  at,
  layers: tasks.map(task => ({ task: task as TaskId, commit: 'x' as Sha, tree: 'x' as Sha })),
  result: { kind: 'landed', bypassed: [] },
})
const commits = (events: readonly Event[]) =>
  Object.fromEntries([...unlandedWork(events)].map(([task, work]) => [task, work.commit]))

test('work counts until it has landed, also what is left of a worker that failed', () => {
  const events = [
    worked('a', { kind: 'candidate', candidate: candidate('a1') }),
    worked('b', { kind: 'failed', kept: candidate('b1') }),
    worked('c', { kind: 'failed', kept: null }),
    worked('d', { kind: 'unchanged' }),
    worked('e', { kind: 'candidate', candidate: candidate('e1') }),
  ]
  expect(commits(events)).toEqual({ a: 'a1', b: 'b1', e: 'e1' })
  expect(commits([...events, landed('a', 'e')])).toEqual({ b: 'b1' })
})

test('the latest candidate is the one that counts', () => {
  const first = worked('a', { kind: 'candidate', candidate: candidate('a1') })
  const better = worked('a', { kind: 'candidate', candidate: candidate('a2') }, 'remediated')
  const worse = worked('a', { kind: 'failed', kept: null }, 'remediated')
  expect(commits([first, better, worse])).toEqual({ a: 'a2' })
})

test('what the branch turned out to hold, or to hold already in another form, needs no saving', () => {
  const events: Event[] = [
    worked('a', { kind: 'candidate', candidate: candidate('a1') }),
    worked('b', { kind: 'candidate', candidate: candidate('b1') }),
    worked('c', { kind: 'candidate', candidate: candidate('c1') }),
    {
      type: 'stacked',
      at,
      result: {
        kind: 'stacked',
        stack: { tip: 'x' as Sha, tipTree: 'x' as Sha, layers: [] },
        conflicts: [],
        noops: ['a' as TaskId],
        landed: [{ task: 'b' as TaskId, commit: 'x' as Sha }],
      },
    },
    { type: 'found', at, task: 'c' as TaskId, found: { kind: 'landed', commit: 'x' as Sha } },
  ]
  expect(commits(events)).toEqual({})
})

test('a landing that was reverted is work again', () => {
  const events: Event[] = [
    worked('a', { kind: 'candidate', candidate: candidate('a1') }),
    landed('a'),
    { type: 'reverted', at, task: 'a' as TaskId, commit: 'r' as Sha, work: candidate('a1') },
  ]
  expect(commits(events)).toEqual({ a: 'a1' })
})
