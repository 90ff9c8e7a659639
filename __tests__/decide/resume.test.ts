import { describe, expect, it } from 'vitest'
import type { Event } from '../../src/decide/happened.ts'
import {
  candidatesOf,
  finishedBefore,
  resume,
  sameRun,
  usableEvents,
  withoutLost,
} from '../../src/decide/resume.ts'
import { initialState } from '../../src/decide/state.ts'
import type { Limits, RunState, TaskId } from '../../src/decide/task.ts'
import { LIMITS, planOf, shaOf, type TaskSketch } from '../rig/model/plan.ts'
import { AT, failed, kept, play, refused, remediated, TIP, worked } from '../rig/model/play.ts'

const NOW = Date.parse(AT)
const NEW_TIP = shaOf('new-tip')

type Play = ReturnType<typeof play>

interface Again {
  readonly sketches?: readonly (TaskSketch | string)[]
  readonly redefined?: readonly string[]
  readonly events?: readonly Event[]
  readonly only?: readonly string[]
  readonly now?: number
  readonly limits?: Partial<Limits>
}

/** Another process takes up what `run`'s journal tells. */
function takeUp(run: Play, again: Again = {}): RunState {
  const plan = again.sketches
    ? planOf(again.sketches.map(each => (typeof each === 'string' ? { id: each } : each)))
    : run.plan
  const start = initialState(plan, NEW_TIP, 0, again.only ?? [], again.now ?? NOW)
  const events = JSON.parse(JSON.stringify(again.events ?? run.events)) as Event[]
  const same = (task: TaskId): boolean => !(again.redefined ?? []).includes(task)
  return resume(plan, start, { ...LIMITS, ...again.limits }, events, same)
}

const kinds = (state: RunState): Record<string, string> =>
  Object.fromEntries(
    state.tasks.map(({ id, stage }) => [id, stage.kind === 'ended' ? stage.outcome : stage.kind]),
  )

/** `a` has landed, `b` is finished, `c` is being worked on. */
function halfway(): Play {
  const run = play(['a', 'b', 'c'], { gate: false, workers: 3 })
  run.begin()
  run.take(worked('a'))
  run.begin()
  run.stacked()
  run.begin()
  run.pushed()
  run.take(worked('b'))
  run.begin()
  return run
}

describe('a run that is taken up', () => {
  it('keeps what has ended, lands what was finished and starts over what was under way', () => {
    const state = takeUp(halfway())
    expect(kinds(state)).toEqual({ a: 'landed', b: 'ready', c: 'waiting' })
    expect(state.tasks[1]?.candidate?.commit).toBe('work-b')
  })

  it('starts over what a full disk or the like had ended, and not what failed by itself', () => {
    const run = play(['disk', 'bad'], { gate: false, workers: 2 })
    run.begin()
    run.take(failed('disk', { code: 'workspace', detail: 'the disk is full' }))
    run.take(failed('bad', { code: 'worker-exit', exitCode: 1 }))
    expect(kinds(takeUp(run))).toEqual({ disk: 'waiting', bad: 'failed' })
  })

  it('does not count the run of a worker that never answered', () => {
    const state = takeUp(halfway())
    expect(state.tasks.map(task => task.workerRuns)).toEqual([1, 1, 0])
    expect(state.started).toBe(2)
  })

  it('starts with an idle lane at the tip of now, and with all that is known of trees and costs', () => {
    const run = play(['a', 'b'])
    run.begin()
    run.take(worked('a'))
    run.begin()
    run.stacked()
    run.begin()
    run.gated()
    run.begin()
    const { lane } = takeUp(run)
    expect(lane).toMatchObject({ tip: NEW_TIP, busy: false, stack: null, groups: [], closed: null })
    expect(lane.verdicts).toEqual({ 'tip+a': true })
    expect(lane.stats).toMatchObject({ pushAttempts: 1, gatesRun: 1, rounds: 1 })
  })

  it('counts a push that never answered as an attempt, and asks the branch what became of it', () => {
    const run = play(['a'], { gate: false })
    run.begin()
    run.take(worked('a'))
    run.begin()
    run.stacked()
    run.begin()
    const state = takeUp(run)
    expect(state.tasks[0]).toMatchObject({ stage: { kind: 'ready' }, pushes: 1 })
    const next = play(['a'], { gate: false, maxPushAttempts: 1 }, { start: state })
    expect(next.begun()).toEqual(['stack'])
    next.stacked()
    expect(next.task('a').stage).toMatchObject({ failure: { code: 'attempts', last: 'network' } })
  })

  it('gives a remediation that was under way its handoff again, and does not count it', () => {
    const run = play(['a'], { gate: false, remediate: true })
    run.begin()
    run.take(worked('a'))
    run.begin()
    run.stacked({ conflicts: { a: 'tip' } })
    run.begin()
    const [task] = resume(
      run.plan,
      initialState(run.plan, TIP, 0, [], NOW),
      { ...LIMITS, remediate: true },
      run.events,
      () => true,
    ).tasks
    expect(task).toMatchObject({ stage: { kind: 'handoff' }, remediations: 0 })
  })

  it('forgets the halt: what was cancelled goes on', () => {
    const run = halfway()
    run.take({ type: 'halted', halt: 'signal' }, failed('c', { code: 'signal' }))
    const state = takeUp(run)
    expect(state.halt).toBeNull()
    expect(kinds(state)).toEqual({ a: 'landed', b: 'ready', c: 'waiting' })
  })

  it('lands a candidate that was ready when the run was cancelled', () => {
    const run = play(['a'], { gate: false })
    run.begin()
    run.take(worked('a'), { type: 'halted', halt: 'signal' })
    run.begin()
    expect(run.end('a')).toBe('cancelled signal')
    expect(takeUp(run).tasks[0]).toMatchObject({ stage: { kind: 'ready' }, finish: 'none', finishedAt: null })
  })

  it('never takes what a stopped worker left for a candidate, even when that worker exited with 0', () => {
    const run = play(['a'])
    run.begin()
    const left = {
      commit: shaOf('half'),
      base: TIP,
      changes: { files: 1, insertions: 1, deletions: 0 },
      source: 'worker',
    } as const
    run.take({ type: 'halted', halt: 'signal' })
    run.take({
      type: 'worked',
      task: run.task('a').id,
      result: {
        kind: 'failed',
        failure: { code: 'signal' },
        kept: left,
        exitCode: 0,
        seconds: { workspace: 1, worker: 1 },
      },
    })
    expect(takeUp(run).tasks[0]).toMatchObject({ stage: { kind: 'waiting' }, candidate: null })
  })

  it('nor the work of a run that failed and was to run again', () => {
    const run = play(['a'], { retries: 1 })
    run.begin()
    run.take(
      failed(
        'a',
        { code: 'out-of-scope', problems: ['x'] },
        {
          commit: shaOf('bad'),
          base: TIP,
          changes: { files: 1, insertions: 1, deletions: 0 },
          source: 'worker',
        },
      ),
    )
    run.take({ type: 'halted', halt: 'signal' })
    expect(takeUp(run, { limits: { retries: 1 } }).tasks[0]).toMatchObject({
      stage: { kind: 'waiting' },
      candidate: null,
    })
  })

  it('finishes keeping what an ended task left', () => {
    const run = play(['a'])
    run.begin()
    run.take(failed('a', { code: 'worker-exit', exitCode: 1 }))
    run.begin()
    expect(run.task('a').finish).toBe('running')
    expect(takeUp(run).tasks[0]).toMatchObject({ stage: { outcome: 'failed' }, finish: 'due' })
  })

  it('wakes a cancelled task also when it was being kept at that moment', () => {
    const run = play(['a'], { gate: false })
    run.begin()
    run.take(worked('a'), { type: 'halted', halt: 'signal' })
    run.begin()
    expect(run.task('a').finish).toBe('running')
    expect(kinds(takeUp(run))).toEqual({ a: 'ready' })
  })

  it('blocks who needs a task that had failed, also when a halt had ended both', () => {
    const run = play(['a', { id: 'b', needs: ['a'] }])
    run.begin()
    run.take({ type: 'halted', halt: 'stop' }, failed('a', { code: 'worker-exit', exitCode: 1 }))
    expect(run.end('b')).toBe('cancelled stop')
    const state = takeUp(run)
    expect(kinds(state)).toEqual({ a: 'failed', b: 'blocked' })
    expect(state.failed).toBe(1)
  })

  it('skips what is not due now, and wakes what is due by now', () => {
    const run = play([{ id: 'a', notBefore: '2026-06-01T00:00:00Z' }])
    expect(kinds(takeUp(run))).toEqual({ a: 'skipped' })
    expect(kinds(takeUp(run, { now: Date.parse('2026-07-01T00:00:00Z') }))).toEqual({ a: 'waiting' })
  })

  it('holds to limits of the whole run: tasks started before count against max-tasks', () => {
    const run = play(['a', 'b'], { maxTasks: 1 })
    run.begin()
    run.take(worked('a'))
    const next = play(['a', 'b'], { maxTasks: 1 }, { start: takeUp(run) })
    expect(next.end('b')).toBe('skipped max-tasks')
  })

  it('leads to the same state as all its processes had come to, however often it died', () => {
    const run = play(['a', { id: 'b', needs: ['a'] }], { gate: false })
    run.begin()
    run.take({ type: 'halted', halt: 'signal' }, failed('a', { code: 'signal' }))
    const second = play(['a', { id: 'b', needs: ['a'] }], { gate: false }, { start: takeUp(run) })
    second.take(kept('a'))
    second.begin()
    second.stacked({ conflicts: { a: 'tip' } })
    second.begin()
    const events = [...run.events, { type: 'resumed', at: AT } as const, ...second.events]
    expect(kinds(takeUp(run, { events }))).toEqual({ a: 'waiting', b: 'waiting' })
    // Without that mark the signal of the first process would hold for the second one too.
    expect(second.state().halt).toBeNull()
  })
})

describe('a journal that no longer fits', () => {
  it('says nothing of a task that was defined anew', () => {
    const state = takeUp(halfway(), { redefined: ['b'] })
    expect(state.tasks[1]).toMatchObject({ stage: { kind: 'waiting' }, candidate: null, workerRuns: 0 })
  })

  it('nor of tasks that are gone, and does not fail over them', () => {
    const state = takeUp(halfway(), { sketches: ['c', 'new'] })
    expect(kinds(state)).toEqual({ c: 'waiting', new: 'waiting' })
  })

  it('never hands off a candidate that it does not know', () => {
    const run = play(['a', 'b'], { gate: false, remediate: true })
    run.begin()
    run.take(worked('a'), worked('b'))
    run.begin()
    run.stacked({ conflicts: { a: 'tip' } })
    const limits = { ...LIMITS, remediate: true }
    const state = resume(
      run.plan,
      initialState(run.plan, TIP, 0, [], NOW),
      limits,
      run.events,
      task => task !== 'a',
    )
    expect(kinds(state)).toEqual({ a: 'waiting', b: 'ready' })
  })

  it('starts a worker over whose commit is lost, wherever that had got to', () => {
    const run = play(['a', 'b', 'c'], { gate: false, remediate: true, workers: 3 })
    run.begin()
    run.take(worked('a'), worked('b'), worked('c'))
    run.begin()
    run.stacked({ conflicts: { a: 'tip', b: 'tip' } })
    run.begin()
    run.take(remediated('b'))
    const lost = new Set(candidatesOf(run.events).map(({ commit }) => commit))
    expect(lost).toEqual(new Set(['work-a', 'work-b', 'work-c']))
    const limits = { ...LIMITS, remediate: true }
    const start = initialState(run.plan, TIP, 0, [], NOW)
    const state = resume(run.plan, start, limits, withoutLost(run.events, lost), () => true)
    expect(kinds(state)).toEqual({ a: 'waiting', b: 'waiting', c: 'waiting' })
    expect(state.tasks.map(task => task.workerRuns)).toEqual([0, 0, 0])
  })

  it('goes on with what it says of the others', () => {
    const run = halfway()
    const about = usableEvents(run.plan, run.events, task => task === 'b')
    expect(new Set(about.flatMap(event => ('task' in event ? [event.task] : [])))).toEqual(new Set(['b']))
    expect(about.some(event => event.type === 'pushed')).toBe(true)
  })
})

describe('an earlier attempt that came to its end', () => {
  it('leaves finished work, whatever it ended with, and says where it was seen to land', () => {
    const run = play(['a', 'b', 'c', 'd'], { gate: false, workers: 4, maxBatch: 1 })
    run.begin()
    run.take(worked('a'), worked('b'), worked('c'), failed('d', { code: 'worker-exit', exitCode: 1 }))
    run.begin()
    run.stacked()
    run.begin()
    run.pushed()
    run.begin()
    run.stacked({ noops: ['b'] })
    run.begin()
    run.stacked()
    run.begin()
    run.pushed(refused('secret'))
    const start = initialState(run.plan, TIP, 0, [], NOW)
    const candidate = (id: string) => ({
      kind: 'candidate',
      candidate: { commit: `work-${id}`, source: 'blocked' },
    })
    expect(finishedBefore(run.plan, start, LIMITS, run.events, () => true)).toMatchObject([
      { task: 'a', found: candidate('a'), landed: run.task('a').commit },
      { task: 'b', found: { kind: 'unchanged' }, landed: null },
      { task: 'c', found: candidate('c'), landed: null },
    ])
  })
})

it('a cut at any event leads to a state that can go on', () => {
  const run = play(['a', 'b', { id: 'c', needs: ['b'] }], { remediate: true, maxBatch: 2 })
  run.begin()
  run.take(worked('a'), worked('b'))
  run.begin()
  run.stacked()
  for (const red of [['b'], []]) {
    run.begin()
    run.gated(red)
  }
  run.begin()
  run.pushed()
  run.begin()
  run.take(remediated('b', { code: 'worker-exit', exitCode: 1 }))
  run.begin()
  for (let cut = 0; cut <= run.events.length; cut++) {
    const state = takeUp(run, { events: run.events.slice(0, cut) })
    expect(state.lane.busy).toBe(false)
    expect(state.tasks.filter(({ stage }) => /ing$/.test(stage.kind) && stage.kind !== 'waiting')).toEqual([])
    expect(
      state.tasks.filter(({ stage, candidate }) => /ready|handoff/.test(stage.kind) && !candidate),
    ).toEqual([])
  }
})

it('runs of one workflow run belong together, local ones only to themselves', () => {
  expect(sameRun('123-1', '123-2')).toBe(true)
  expect(sameRun('123-1', '124-1')).toBe(false)
  expect(sameRun('local-20260101T000000Z-ab12', 'local-20260101T000000Z-ab12')).toBe(true)
  expect(sameRun('local-20260101T000000Z-ab12', 'local-20260101T000000Z-cd34')).toBe(false)
  expect(sameRun('12-1', '12-1-1')).toBe(false)
})
