import { describe, expect, it } from 'vitest'
import { headlineSoFar, stageWord, standingOf, standingWords } from '../../src/action/standing.ts'
import type { Failure } from '../../src/decide/failure.ts'
import { initialState } from '../../src/decide/state.ts'
import type { Handoff, Outcome, RunState, Stage } from '../../src/decide/task.ts'
import { planOf } from '../rig/model/plan.ts'
import { TIP } from '../rig/model/play.ts'

const ended = (outcome: Outcome, failure: Failure | null = null): Stage => ({
  kind: 'ended',
  outcome,
  failure,
})
const handoff: Handoff = { kind: 'conflict', files: [] }

function stateOf(stages: readonly Stage[]): RunState {
  const state = initialState(planOf(stages.map((_, i) => ({ id: `t${i}` }))), TIP, 0, [], 0)
  return { ...state, tasks: state.tasks.map((task, i) => ({ ...task, stage: stages[i]! })) }
}

const EVERY: readonly Stage[] = [
  { kind: 'waiting' },
  { kind: 'handoff', handoff },
  { kind: 'working' },
  { kind: 'remediating', handoff },
  { kind: 'ready' },
  ended('landed'),
  ended('unchanged'),
  ended('failed'),
  ended('blocked-push'),
  ended('blocked'),
  ended('blocked'),
  ended('cancelled'),
  ended('reverted'),
  ended('skipped'),
]

describe('the counts', () => {
  it('tell apart what failed, what could not be pushed, and what only waited for it', () => {
    expect(standingWords(standingOf(stateOf(EVERY)))).toBe(
      '1/13 landed, 2 running, 1 unchanged, 1 failed, 1 not pushed, 2 blocked, 1 reverted, 1 cancelled',
    )
  })

  it('name nothing that is not', () => {
    expect(standingWords(standingOf(stateOf([ended('landed'), { kind: 'working' }])))).toBe(
      '1/2 landed, 1 running',
    )
    expect(standingWords(standingOf(stateOf([])))).toBe('0/0 landed, 0 running')
  })
})

it('the headline of a run that goes on says so', () => {
  const standing = standingOf(stateOf(EVERY))
  expect(headlineSoFar(standing, 'main', false)).toBe(
    '1 of 13 tasks landed on main so far, 2 running, 1 ready to land, 2 waiting, 1 unchanged, 1 failed, 1 not pushed, 2 blocked, 1 reverted, 1 cancelled',
  )
  expect(headlineSoFar(standingOf(stateOf([{ kind: 'working' }])), 'main', true)).toBe(
    '0 of 1 task would land on main, 1 running, dry run',
  )
})

it('whoever has not ended has a word for what it does', () => {
  expect(EVERY.map(stageWord)).toEqual([
    ...['waiting', 'to be remediated', 'running', 'being remediated', 'ready to land'],
    ...Array.from({ length: 9 }, () => null),
  ])
})
