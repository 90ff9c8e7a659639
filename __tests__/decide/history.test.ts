import { describe, expect, it } from 'vitest'
import type { Event } from '../../src/decide/happened.ts'
import { historyOf, NO_HISTORY } from '../../src/decide/history.ts'
import type { GateTarget, Handoff, Step } from '../../src/decide/task.ts'
import { idOf, shaOf } from '../rig/model/plan.ts'
import {
  candidateOf,
  failed,
  gateResult,
  refused,
  remediated,
  unreachable,
  worked,
} from '../rig/model/play.ts'

const START = Date.parse('2026-01-01T00:00:00.000Z')

/** Each event some seconds after the start. */
function told(...happened: readonly (readonly [seconds: number, event: object])[]): readonly Event[] {
  return happened.map(
    ([seconds, event]) => ({ ...event, at: new Date(START + seconds * 1000).toISOString() }) as Event,
  )
}
const began = (step: Step): object => ({ type: 'began', step })
const starts = (id: string, attempt = 1): object =>
  began({ kind: 'work', task: idOf(id), attempt, base: shaOf('tip') })
const conflict: Handoff = { kind: 'conflict', files: ['a.txt'] }
const target = (tree: string, ...tasks: string[]): GateTarget => ({
  commit: shaOf(`commit of ${tree}`),
  tree: shaOf(tree),
  tasks: tasks.map(idOf),
  n: 1,
})
const pushes = (...ids: string[]): object =>
  began({
    kind: 'push',
    tip: shaOf('tip'),
    layers: ids.map(id => ({ task: idOf(id), commit: shaOf(`commit ${id}`), tree: shaOf(`tree ${id}`) })),
    attempt: 1,
  })
const since = (time: number | null): number | null => (time === null ? null : (time - START) / 1000)
const spans = (list: readonly { readonly from: number; readonly to: number | null }[]) =>
  list.map(({ from, to }) => [since(from), since(to)])

describe('a run of a worker', () => {
  it('lasts from its beginning to its answer, each try for itself', () => {
    const { workers } = historyOf(
      told(
        [1, starts('a')],
        [2, starts('b')],
        [5, failed('a', { code: 'worker-exit', exitCode: 3 })],
        [6, starts('a', 2)],
        [9, worked('b')],
      ),
    )
    expect(workers.map(({ task, attempt, result }) => [task, attempt, result?.kind ?? null])).toEqual([
      ['a', 1, 'failed'],
      ['b', 1, 'candidate'],
      ['a', 2, null],
    ])
    expect(spans(workers)).toEqual([
      [1, 5],
      [2, 9],
      [6, null],
    ])
  })

  it('that remediates holds the handoff it was given', () => {
    const candidate = candidateOf('a')
    const step: Step = {
      kind: 'remediate',
      task: idOf('a'),
      attempt: 1,
      base: shaOf('tip'),
      candidate,
      handoff: conflict,
    }
    const { workers } = historyOf(
      told([1, starts('a')], [2, worked('a')], [3, began(step)], [4, remediated('a')]),
    )
    expect(workers.map(({ handoff, result }) => [handoff, result?.kind])).toEqual([
      [null, 'candidate'],
      [conflict, 'candidate'],
    ])
  })
})

describe('the lane', () => {
  it('gates of one search end each at its own time', () => {
    const targets = [target('t1', 'a'), target('t2', 'a', 'b')]
    const results = [
      { ...gateResult('t2', false), seconds: 4 },
      { ...gateResult('t1', true), seconds: 2 },
    ]
    const { gates } = historyOf(told([1, began({ kind: 'gate', targets })], [5, { type: 'gated', results }]))
    expect(gates.map(({ target: { tasks }, result }) => [tasks, result?.passed])).toEqual([
      [['a'], true],
      [['a', 'b'], false],
    ])
    expect(spans(gates)).toEqual([
      [1, 3],
      [1, 5],
    ])
  })

  it('pushes are there whether they land or not', () => {
    const { pushes: tries } = historyOf(
      told(
        [1, pushes('a', 'b')],
        [2, { type: 'pushed', layers: [], result: refused('race') }],
        [4, pushes('a')],
        [5, { type: 'pushed', layers: [], result: { kind: 'landed', bypassed: [] } }],
      ),
    )
    expect(tries.map(({ tasks, result }) => [tasks, result?.kind])).toEqual([
      [['a', 'b'], 'refused'],
      [['a'], 'landed'],
    ])
    expect(spans(tries)).toEqual([
      [1, 2],
      [4, 5],
    ])
  })

  it('a step that broke ends with what was said instead of its answer', () => {
    const { gates, pushes: tries } = historyOf(
      told(
        [1, began({ kind: 'gate', targets: [target('t')] })],
        [2, { type: 'stacked', result: unreachable('unknown') }],
        [3, pushes('a')],
        [4, { type: 'stacked', result: unreachable('unknown') }],
      ),
    )
    expect([...spans(gates), ...spans(tries)]).toEqual([
      [1, 2],
      [3, 4],
    ])
    expect(gates[0]?.result).toBeNull()
    expect(tries[0]?.result).toBeNull()
  })
})

it('a verification began as long ago as it took', () => {
  const { verifications } = historyOf(
    told([9, { type: 'verified', result: { ...gateResult('t', true), seconds: 4 } }]),
  )
  expect(spans(verifications)).toEqual([[5, 9]])
})

it('what a process that died had begun ends when it was last heard of', () => {
  const {
    workers,
    gates,
    pushes: tries,
  } = historyOf(
    told(
      [1, starts('a')],
      [2, began({ kind: 'gate', targets: [target('t', 'b')] })],
      [3, starts('b')],
      [900, { type: 'resumed' }],
      [901, starts('a')],
      [902, worked('a')],
    ),
  )
  expect(spans(workers)).toEqual([
    [1, 3],
    [3, 3],
    [901, 902],
  ])
  expect(workers.map(({ result }) => result?.kind ?? null)).toEqual([null, null, 'candidate'])
  expect(spans(gates)).toEqual([[2, 3]])
  expect(tries).toEqual([])
})

it('answers to what nobody began change nothing', () => {
  const events = told(
    [1, worked('a')],
    [2, { type: 'gated', results: [gateResult('t', true)] }],
    [3, { type: 'pushed', layers: [], result: { kind: 'stopped' } }],
  )
  expect(historyOf(events)).toEqual(NO_HISTORY)
})
