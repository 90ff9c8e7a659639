import { describe, expect, it } from 'vitest'
import type { Halt } from '../../src/decide/task.ts'
import { failed, kept, play, remediated, unchanged, worked } from '../rig/model/play.ts'

const EXIT = { code: 'worker-exit', exitCode: 1 } as const

describe('what starts', () => {
  it('among the tasks that may start, the first in the file starts first', () => {
    expect(play(['c', 'a', 'b'], { workers: 2 }).begun()).toEqual(['work c', 'work a'])
  })

  it('`doing` comes before `todo`', () => {
    const run = play(['a', { id: 'b', status: 'doing' }, 'c', { id: 'd', status: 'doing' }], { workers: 3 })
    expect(run.begun()).toEqual(['work b', 'work d', 'work a'])
  })

  it('never more workers than allowed, and the next one as soon as one ends', () => {
    const run = play(['a', 'b', 'c'], { workers: 1 })
    expect(run.begun()).toEqual(['work a'])
    expect(run.begun()).toEqual([])
    run.take(unchanged('a'))
    expect(run.begun()).toEqual(['finish a', 'work b'])
  })

  it('a landing takes no worker away, and there is one at a time', () => {
    const run = play(['a', 'b', 'c'], { workers: 2 })
    run.begin()
    run.take(worked('a'))
    expect(run.begun()).toEqual(['stack a', 'work c'])
    run.take(worked('b'))
    expect(run.begun()).toEqual([])
  })

  it('a remediation comes first: its work is nearly home', () => {
    const run = play(['a', 'b'], { workers: 1, gate: false, remediate: true })
    run.begin()
    run.take(worked('a'))
    expect(run.begun()).toEqual(['stack a', 'work b'])
    run.stacked({ conflicts: { a: 'tip' } })
    run.take(failed('b', EXIT))
    expect(run.begun()).toEqual(['finish b', 'remediate a'])
  })

  it('a remediation takes the place of a worker', () => {
    const run = play(['a', 'b', 'c'], { workers: 1, gate: false, remediate: true })
    run.take(kept('a'))
    run.begin()
    run.stacked({ conflicts: { a: 'tip' } })
    expect(run.begun()).toEqual([])
    run.take(unchanged('b'))
    expect(run.begun()).toEqual(['finish b', 'remediate a'])
    run.take(remediated('a'))
    expect(run.begun()).toEqual(['stack a', 'work c'])
  })
})

describe('needs', () => {
  it('a task starts when all it needs has landed or was unchanged, from a tip that holds it', () => {
    const run = play(['a', 'b', { id: 'c', needs: ['a', 'b'] }], { gate: false })
    expect(run.begun()).toEqual(['work a', 'work b'])
    run.take(worked('a'))
    run.begin()
    run.stacked()
    run.begin()
    run.pushed()
    expect(run.begun()).toEqual(['finish a'])
    run.take(unchanged('b'))
    expect(run.begin().find(step => step.kind === 'work')).toMatchObject({ task: 'c', base: 'commit-a' })
  })

  it('a task is not held back by the failure of one it does not need', () => {
    const run = play(['a', { id: 'b', needs: ['a'] }, 'c'], { workers: 1 })
    run.begin()
    run.take(failed('a', EXIT))
    expect(run.begun()).toEqual(['finish a', 'work c'])
  })
})

describe('limits', () => {
  it('max-tasks counts tasks started, not runs again', () => {
    const run = play(['a', 'b', 'c'], { maxTasks: 2, retries: 1 })
    expect(run.begun()).toEqual(['work a', 'work b'])
    expect(run.end('c')).toBe('skipped max-tasks')
    run.take(failed('a', EXIT))
    expect(run.begun()).toEqual(['work a'])
  })

  it('a need that failed does not count against its dependants: they never started', () => {
    const run = play(['a', { id: 'b', needs: ['a'] }, 'c', 'd'], { workers: 1, maxTasks: 2 })
    run.begin()
    run.take(failed('a', EXIT))
    run.begin()
    expect(['b', 'c', 'd'].map(run.end)).toEqual(['blocked dependency', 'working', 'skipped max-tasks'])
  })

  it('kept work that is landed first is no start', () => {
    const run = play(['a', 'b'], { maxTasks: 1, gate: false })
    run.take(kept('a'))
    expect(run.begun()).toEqual(['stack a', 'work b'])
  })

  it('after max-failures failed tasks no new one starts, and what runs goes on', () => {
    const run = play(['a', 'b', 'c', 'd'], { workers: 2, maxFailures: 1 })
    run.begin()
    run.take(failed('a', EXIT))
    expect([run.end('c'), run.end('d')]).toEqual(['skipped max-failures', 'skipped max-failures'])
    run.take(worked('b'))
    expect(run.begun()).toEqual(['finish a', 'stack b'])
  })
})

describe('a halt', () => {
  const halted = (halt: Halt): ReturnType<typeof play> => {
    const run = play(['a', 'b', 'c'], { workers: 2, gate: false })
    run.begin()
    run.take(worked('a'), { type: 'halted', halt })
    return run
  }

  it.each(['stop', 'deadline'] as const)('by %s starts no worker, and what is finished still lands', halt => {
    const run = halted(halt)
    expect(run.end('c')).toBe(`cancelled ${halt}`)
    expect(run.begun()).toEqual(['stack a'])
    run.stacked()
    expect(run.begun()).toEqual(['push a'])
  })

  it('by a signal starts nothing but the keeping of what there is', () => {
    const run = halted('signal')
    expect([run.end('a'), run.end('c')]).toEqual(['cancelled signal', 'cancelled signal'])
    expect(run.begun()).toEqual(['finish a'])
    run.take(worked('b'))
    expect(run.begun()).toEqual(['finish b'])
  })

  it('by a signal lets a push that is under way say what became of it', () => {
    const run = play(['a'], { gate: false })
    run.begin()
    run.take(worked('a'))
    run.begin()
    run.stacked()
    run.begin()
    run.take({ type: 'halted', halt: 'signal' })
    expect(run.end('a')).toBe('ready')
    run.pushed()
    expect(run.end('a')).toBe('landed')
  })

  it('by a signal is not weakened by one that comes later', () => {
    const run = halted('signal')
    run.take({ type: 'halted', halt: 'stop' })
    expect(run.state().halt).toBe('signal')
  })
})
