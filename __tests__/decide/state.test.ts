import { describe, expect, it } from 'vitest'
import { endTask, failTask, initialState, meets, needsMet } from '../../src/decide/state.ts'
import { planOf, type TaskSketch } from '../rig/model/plan.ts'
import { AT, play, TIP, worked } from '../rig/model/play.ts'

const NOW = Date.parse(AT)

/** Outcome and reason of each task before anything starts; the stage of those that may. */
function first(
  sketches: readonly (TaskSketch | string)[],
  only: readonly string[] = [],
): Record<string, string> {
  const run = play(sketches, {}, { only })
  return Object.fromEntries(run.plan.tasks.map(({ id }) => [id, run.end(id)]))
}

describe('at the start', () => {
  it('`todo` and `doing` wait to run, every other status is skipped', () => {
    expect(
      first([
        { id: 'a', status: 'todo' },
        { id: 'b', status: 'doing' },
        { id: 'c', status: 'draft' },
        { id: 'd', status: 'done' },
        { id: 'e', status: 'rejected' },
      ]),
    ).toEqual({ a: 'waiting', b: 'waiting', c: 'skipped status', d: 'skipped status', e: 'skipped status' })
  })

  it('`not-before` holds a task back until its time has come, to the millisecond', () => {
    expect(
      first([
        { id: 'later', notBefore: '2026-01-01T00:00:00.001Z' },
        { id: 'now', notBefore: AT },
        { id: 'elsewhere', notBefore: '2026-01-01T01:00:00+01:00' },
      ]),
    ).toEqual({ later: 'skipped not-before', now: 'waiting', elsewhere: 'waiting' })
  })

  it('a need on `done` is met, on `draft` and `rejected` it is not', () => {
    expect(
      first([
        { id: 'done', status: 'done' },
        { id: 'draft', status: 'draft' },
        { id: 'rejected', status: 'rejected' },
        { id: 'a', needs: ['done'] },
        { id: 'b', needs: ['draft'] },
        { id: 'c', needs: ['done', 'rejected'] },
      ]),
    ).toMatchObject({ a: 'waiting', b: 'blocked dependency', c: 'blocked dependency' })
  })

  it('`only` runs what it names, with what they need taken as met', () => {
    expect(first(['a', { id: 'b', needs: ['a'] }, { id: 'c', needs: ['b'] }], ['b'])).toEqual({
      a: 'skipped only',
      b: 'waiting',
      c: 'skipped only',
    })
  })

  it('`only` does not wake a task whose own status says no', () => {
    expect(first([{ id: 'a', status: 'draft' }, 'b'], ['a'])).toEqual({
      a: 'skipped status',
      b: 'skipped only',
    })
  })
})

describe('a task that is blocked', () => {
  it('ends at once, and names whom it waits for in vain, through all that stand between', () => {
    const run = play([
      { id: 'a', status: 'draft' },
      { id: 'b', needs: ['a'] },
      { id: 'c', needs: ['b'] },
      { id: 'd', needs: ['c'] },
    ])
    expect(run.task('d').stage).toMatchObject({
      outcome: 'blocked',
      failure: { code: 'dependency', blockedBy: ['a', 'b', 'c'] },
    })
  })

  it('is blocked although the task stands above it in the file', () => {
    expect(
      first([
        { id: 'a', needs: ['b'] },
        { id: 'b', status: 'rejected' },
      ]),
    ).toMatchObject({
      a: 'blocked dependency',
    })
  })

  it('is blocked by the first of its needs that ends in vain, and once', () => {
    const run = play(['a', 'b', { id: 'c', needs: ['a', 'b'] }])
    run.begin()
    for (const id of ['b', 'a']) {
      run.take({
        type: 'worked',
        task: run.task(id).id,
        result: {
          kind: 'failed',
          failure: { code: 'worker-exit', exitCode: 1 },
          kept: null,
          exitCode: 1,
          seconds: { workspace: 0, worker: 0 },
        },
      })
    }
    expect(run.task('c').stage).toMatchObject({ failure: { blockedBy: ['b'] } })
  })

  it('may stand at the end of a chain as long as the file', () => {
    const ids = Array.from({ length: 3000 }, (_, i) => `t${i}`)
    const plan = planOf(ids.map((id, i) => ({ id, needs: i === 0 ? [] : [ids[i - 1]!] })))
    const start = initialState(plan, TIP, 0, [], NOW)
    const state = failTask(plan, start, 0, { code: 'worker-exit', exitCode: 1 }, AT)
    expect(state.tasks.at(-1)?.stage).toMatchObject({ outcome: 'blocked' })
    expect(state.failed).toBe(1)
  })

  it.each(['max-tasks', 'max-failures', 'signal', 'stop', 'deadline'] as const)(
    'is not blocked by what a limit or a halt ended (%s): that holds it back for its own sake',
    code => {
      const plan = planOf([{ id: 'a' }, { id: 'b', needs: ['a'] }])
      const state = failTask(plan, initialState(plan, TIP, 0, [], NOW), 0, { code }, AT)
      expect(state.tasks[1]?.stage.kind).toBe('waiting')
    },
  )
})

describe('an end', () => {
  it('is the only one: what comes later does not change it', () => {
    const plan = planOf([{ id: 'a' }])
    const once = failTask(plan, initialState(plan, TIP, 0, [], NOW), 0, { code: 'base-red' }, AT)
    expect(endTask(plan, once, 0, { outcome: 'landed', failure: null }, AT)).toBe(once)
    expect(once.failed).toBe(1)
  })

  it('counts against max-failures when the task failed or was blocked at the push, and not when it was blocked', () => {
    const run = play(['a', { id: 'b', needs: ['a'] }])
    run.begin()
    run.take({
      type: 'worked',
      task: run.task('a').id,
      result: {
        kind: 'failed',
        failure: { code: 'timeout', minutes: 1 },
        kept: null,
        exitCode: null,
        seconds: { workspace: 1, worker: 60 },
      },
    })
    expect(run.end('b')).toBe('blocked dependency')
    expect(run.state().failed).toBe(1)
  })

  it('tells the seconds from finished work to landing', () => {
    const run = play(['a'], { gate: false })
    run.begin()
    run.take(worked('a'))
    const { plan } = run
    const later = new Date(NOW + 2500).toISOString()
    const state = endTask(plan, run.state(), 0, { outcome: 'landed', failure: null }, later)
    expect(state.tasks[0]).toMatchObject({ finishedAt: later, finish: 'due', seconds: { landing: 2.5 } })
  })

  it('leaves nothing to keep of a task that never started', () => {
    const run = play(['a'])
    run.take({ type: 'halted', halt: 'signal' })
    expect(run.task('a')).toMatchObject({ finish: 'none', finishedAt: AT })
  })
})

it('a need is met by what landed, was unchanged, is done already or is not asked for', () => {
  const plan = planOf([{ id: 'a' }, { id: 'b', needs: ['a'] }])
  const start = initialState(plan, TIP, 0, [], NOW)
  const ends = ['landed', 'unchanged', 'failed', 'blocked-push', 'blocked', 'cancelled', 'reverted'] as const
  const met = ends.filter(outcome => {
    const state = endTask(plan, start, 0, { outcome, failure: null }, AT)
    return meets(state.tasks[0]!) && needsMet(plan, state, 1)
  })
  expect(met).toEqual(['landed', 'unchanged'])
  expect(meets(start.tasks[0]!)).toBe(false)
})
