import { describe, expect, it } from 'vitest'
import type { Failure } from '../../src/decide/failure.ts'
import type { Happened } from '../../src/run/loop.ts'
import { idOf, shaOf } from '../rig/model/plan.ts'
import { candidateOf, failed, kept, play, remediated, unchanged, worked } from '../rig/model/play.ts'

const EXIT: Failure = { code: 'worker-exit', exitCode: 3 }

describe('a task that the branch turns out to hold while its worker is at work', () => {
  const found = (id: string): Happened => ({
    type: 'found',
    task: idOf(id),
    found: { kind: 'landed', commit: shaOf('theirs') },
  })

  it.each([
    ['a candidate', () => worked('a')],
    ['nothing changed', () => unchanged('a')],
    ['a failure', () => failed('a', EXIT, candidateOf('a'))],
  ])('stays landed whatever the late answer is: %s', (_, answer) => {
    const run = play(['a', { id: 'b', needs: ['a'] }], { retries: 3 })
    run.begin()
    run.take(found('a'))
    // Its folder is still the worker's.
    expect(run.begun()).toEqual(['work b'])
    run.take(answer())
    expect(run.end('a')).toBe('landed')
    expect(run.task('a').commit).toBe('theirs')
    expect(run.begun()).toEqual(['finish a'])
  })

  it('stays so for a remediation as well', () => {
    const run = play(['a'], { remediate: true, gate: false })
    run.begin()
    run.take(worked('a'))
    run.begin()
    run.stacked({ conflicts: { a: 'tip' } })
    expect(run.begun()).toEqual(['remediate a'])
    run.take(found('a'))
    expect(run.begun()).toEqual([])
    run.take(remediated('a'))
    expect(run.end('a')).toBe('landed')
    expect(run.begun()).toEqual(['finish a'])
  })
})

describe('a worker that ends', () => {
  it('well, leaves a candidate for the lane, its times and its exit code', () => {
    const run = play(['a'])
    run.begin()
    run.take(worked('a'))
    expect(run.task('a')).toMatchObject({
      stage: { kind: 'ready' },
      candidate: { commit: 'work-a' },
      workerRuns: 1,
      exitCode: 0,
      seconds: { workspace: 1, worker: 2 },
    })
  })

  it('without a change is unchanged', () => {
    const run = play(['a'])
    run.begin()
    run.take(unchanged('a'))
    expect(run.end('a')).toBe('unchanged')
    expect(run.state().failed).toBe(0)
  })

  it('badly is run again as often as its retries say, and its times add up', () => {
    const run = play(['a', { id: 'b', retries: 0 }], { retries: 2 })
    run.begin()
    run.take(failed('b', EXIT))
    expect(run.end('b')).toBe('failed worker-exit')
    for (let attempt = 1; attempt <= 3; attempt++) {
      expect(run.task('a').workerRuns).toBe(attempt)
      run.take(failed('a', EXIT))
      run.begin()
    }
    expect(run.end('a')).toBe('failed worker-exit')
    expect(run.task('a')).toMatchObject({ workerRuns: 3, seconds: { workspace: 3, worker: 6 } })
  })

  it('badly keeps what it had changed, and only of its last run', () => {
    const run = play(['a'], { retries: 1 })
    run.begin()
    run.take(failed('a', EXIT, candidateOf('first')))
    run.begin()
    run.take(failed('a', EXIT, candidateOf('second')))
    expect(run.task('a').candidate?.commit).toBe('work-second')
  })

  it.each([{ code: 'internal', detail: 'a bug' }, { code: 'signal' }, { code: 'deadline' }] as const)(
    'by $code is not run again',
    failure => {
      const run = play(['a'], { retries: 5 })
      run.begin()
      run.take(failed('a', failure))
      expect(run.task('a').stage.kind).toBe('ended')
    },
  )

  it('badly after a halt is not run again', () => {
    const run = play(['a'], { retries: 5 })
    run.begin()
    run.take({ type: 'halted', halt: 'stop' }, failed('a', EXIT))
    expect(run.end('a')).toBe('failed worker-exit')
  })

  it('and waits to run again when the run is halted, is cancelled', () => {
    const run = play(['a'], { retries: 1 })
    run.begin()
    run.take(failed('a', EXIT), { type: 'halted', halt: 'deadline' })
    expect(run.end('a')).toBe('cancelled deadline')
  })
})

describe('a halt ends who can no longer go on', () => {
  /** A conflict that waits for its remediation, because the only worker's place is taken. */
  function handedOff(): ReturnType<typeof play> {
    const run = play(['a', 'b'], { workers: 1, gate: false, remediate: true })
    run.take(kept('a'))
    run.begin()
    run.stacked({ conflicts: { a: 'tip' } })
    expect(run.end('a')).toBe('handoff')
    return run
  }

  it('a handoff ends for its own reason when nothing more is started', () => {
    const run = handedOff()
    run.take({ type: 'halted', halt: 'stop' })
    expect([run.end('a'), run.end('b')]).toEqual(['blocked-push conflict', 'working'])
  })

  it('and as cancelled when the run was cancelled', () => {
    const run = handedOff()
    run.take({ type: 'halted', halt: 'signal' })
    expect(run.end('a')).toBe('cancelled signal')
  })

  it('a remediation that a halt has cut leaves the candidate as it was', () => {
    const run = play(['a'], { gate: false, remediate: true })
    run.take(kept('a'))
    run.begin()
    run.stacked({ conflicts: { a: 'tip' } })
    run.begin()
    run.take({ type: 'halted', halt: 'signal' }, remediated('a', { code: 'signal' }))
    expect(run.end('a')).toBe('cancelled signal')
    expect(run.task('a').candidate?.commit).toBe('work-a')
  })

  it('kept work that waits for a task that is not to run any more ends with it', () => {
    const run = play(['a', { id: 'b', needs: ['a'] }], { maxTasks: 1 })
    run.take(kept('b'), { type: 'halted', halt: 'stop' })
    expect([run.end('a'), run.end('b')]).toEqual(['cancelled stop', 'cancelled stop'])
  })
})

describe('what is found at the start', () => {
  it('landed is landed, without a worker, and who needs it may start', () => {
    const run = play(['a', { id: 'b', needs: ['a'] }])
    run.take({ type: 'found', task: run.task('a').id, found: { kind: 'landed', commit: shaOf('c') } })
    expect(run.task('a')).toMatchObject({ commit: 'c', workerRuns: 0 })
    expect(run.begun()).toEqual(['finish a', 'work b'])
  })

  it('on the branch has landed, whatever the journal says of it', () => {
    const run = play(['a', { id: 'b', needs: ['a'] }, { id: 'c', needs: ['b'] }], { maxFailures: 2 })
    run.begin()
    run.take(failed('a', EXIT))
    expect([run.end('b'), run.end('c')]).toEqual(['blocked dependency', 'blocked dependency'])
    run.take({ type: 'found', task: run.task('a').id, found: { kind: 'landed', commit: shaOf('c') } })
    expect(['a', 'b', 'c'].map(run.end)).toEqual(['landed', 'waiting', 'waiting'])
    expect(run.state().failed).toBe(0)
  })

  it('kept by an earlier run goes to the lane before any worker is started', () => {
    const run = play(['a'])
    run.take(kept('a'))
    expect(run.begun()).toEqual(['stack a'])
  })

  it('kept by an earlier run, that cannot land, makes way for the worker', () => {
    const run = play(['a'])
    run.take(kept('a'))
    run.begin()
    run.stacked({ conflicts: { a: 'tip' } })
    expect(run.task('a')).toMatchObject({ candidate: null, readyAt: null, redGate: null })
    expect(run.begun()).toEqual(['work a'])
  })
})

it('what an ended task leaves is kept once', () => {
  const run = play(['a'])
  run.begin()
  run.take(unchanged('a'))
  expect(run.begun()).toEqual(['finish a'])
  expect(run.begun()).toEqual([])
  run.take({ type: 'finished', task: run.task('a').id, files: ['tasks/a/worker.log'] })
  expect(run.begun()).toEqual([])
  expect(run.task('a').files).toEqual(['tasks/a/worker.log'])
})

it('a task that was reverted says so, and leaves its work to be kept', () => {
  const run = play(['a'], { gate: false })
  run.begin()
  run.take(worked('a'))
  run.begin()
  run.stacked()
  run.begin()
  run.pushed()
  run.take({ type: 'reverted', task: run.task('a').id, commit: shaOf('undo'), work: candidateOf('a') })
  expect(run.end('a')).toBe('reverted verification')
  expect(run.begun()).toEqual(['finish a'])
})

const finished = (id: string): Happened => ({ type: 'finished', task: idOf(id), files: [] })
const landed = (id: string): Happened => ({
  type: 'found',
  task: idOf(id),
  found: { kind: 'landed', commit: shaOf(`landed-${id}`) },
})

it('what a task leaves is written by one at a time, and once more when it ended otherwise meanwhile', () => {
  const run = play(['a'], { gate: false })
  run.begin()
  run.take(failed('a', EXIT, candidateOf('a')))
  expect(run.begun()).toEqual(['finish a'])
  run.take(landed('a'))
  expect(run.end('a')).toBe('landed')
  expect(run.begun()).toEqual([])
  run.take(finished('a'))
  expect(run.begun()).toEqual(['finish a'])
  run.take(finished('a'))
  expect(run.task('a').finish).toBe('done')
})

it('work that had landed, on a branch that was moved back since, goes to the lane again', () => {
  const run = play(['a'], { gate: false })
  run.take(landed('a'))
  run.begin()
  run.take(finished('a'), kept('a'))
  expect(run.task('a')).toMatchObject({ stage: { kind: 'ready' }, commit: null, finish: 'none' })
  run.begin()
  run.stacked()
  run.begin()
  run.pushed()
  expect(run.end('a')).toBe('landed')
  expect(run.begun()).toEqual(['finish a'])
})
