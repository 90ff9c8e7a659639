import { describe, expect, it } from 'vitest'
import type { Event } from '../../src/decide/happened.ts'
import { initialState } from '../../src/decide/state.ts'
import type { Halt, Limits, RunState, Step } from '../../src/decide/task.ts'
import { type Happened, loop } from '../../src/run/loop.ts'
import type { Clock } from '../../src/world/clock.ts'
import type { Journal } from '../../src/world/journal.ts'
import { deferred } from '../rig/deferred.ts'
import { LIMITS, planOf, type TaskSketch } from '../rig/model/plan.ts'
import { failed, TIP, unchanged, worked } from '../rig/model/play.ts'

const START = Date.parse('2026-01-01T00:00:00.000Z')

/** A journal in memory whose disk a test can stop. */
class Disk implements Journal {
  readonly appended: Event[] = []
  /** What is on it. */
  readonly synced: Event[] = []
  /** Set: a flush waits for it, and fails as it does. */
  held: Promise<unknown> | null = null

  append(event: Event): void {
    this.appended.push(event)
  }

  async flush(): Promise<void> {
    const events = this.appended.slice(this.synced.length)
    await this.held
    this.synced.push(...events)
  }

  async close(): Promise<void> {}
}

interface Started {
  readonly step: Step
  readonly end: (happened: Happened) => void
  /** Whether the journal held the step when it was performed. */
  readonly noted: boolean
}

class Stage {
  readonly disk = new Disk()
  readonly observed: string[] = []
  readonly running: Started[] = []
  gaveUp = 0
  now = START
  readonly #waiting: ((step: Started) => void)[] = []
  #heard: ((halt: Halt) => void) | null = null

  readonly clock: Clock = {
    now: () => this.now,
    sleep: async () => {},
    random: () => 0,
  }

  run(sketches: readonly (TaskSketch | string)[], limits: Partial<Limits> = {}): Promise<RunState> {
    const plan = planOf(sketches.map(each => (typeof each === 'string' ? { id: each } : each)))
    return loop(
      plan,
      initialState(plan, TIP, 0, [], START),
      { ...LIMITS, gate: false, ...limits },
      {
        clock: this.clock,
        journal: this.disk,
        perform: step => this.#perform(step),
        listen: heard => {
          this.#heard = heard
          return () => {
            this.#heard = null
          }
        },
        giveUp: () => {
          this.gaveUp++
        },
        observe: (event, { tasks }) => {
          this.observed.push(`${event.type}: ${tasks.map(task => task.stage.kind).join(' ')}`)
        },
      },
    )
  }

  #perform(step: Step): Promise<Happened> {
    const { promise, resolve } = deferred<Happened>()
    const noted = this.disk.synced.some(
      event => event.type === 'began' && JSON.stringify(event.step) === JSON.stringify(step),
    )
    const started = { step, end: resolve, noted }
    const waiter = this.#waiting.shift()
    if (waiter) waiter(started)
    else this.running.push(started)
    return promise
  }

  /** The next step that is performed. */
  async started(): Promise<Started> {
    return this.running.shift() ?? new Promise(resolve => this.#waiting.push(resolve))
  }

  halt(halt: Halt): void {
    this.#heard?.(halt)
  }

  /** Resolves when so many events took effect. */
  async observes(count: number): Promise<void> {
    while (this.observed.length < count) await Promise.resolve()
  }
}

const nameOf = ({ step }: Started): string => ('task' in step ? `${step.kind} ${step.task}` : step.kind)

/** Answers the lane's steps and `finish`, and workers with a candidate, until the run has ended. */
async function playOut(stage: Stage, done: Promise<RunState>): Promise<readonly string[]> {
  const names: string[] = []
  let over = false
  const ended = done.then(() => {
    over = true
    return null
  })
  for (;;) {
    const started = await Promise.race([stage.started(), ended])
    if (over || started === null) return names
    names.push(nameOf(started))
    started.end(answer(started.step))
  }
}

function answer(step: Step): Happened {
  switch (step.kind) {
    case 'work':
      return worked(step.task)
    case 'finish':
      return { type: 'finished', task: step.task, files: [] }
    case 'stack': {
      const layers = step.tasks.map(({ task, candidate }) => ({
        task,
        commit: candidate.commit,
        tree: candidate.commit,
      }))
      const stack = { tip: TIP, tipTree: TIP, layers }
      return { type: 'stacked', result: { kind: 'stacked', stack, conflicts: [], noops: [], landed: [] } }
    }
    case 'push':
      return { type: 'pushed', layers: step.layers, result: { kind: 'landed', bypassed: [] } }
    default:
      throw new Error(`no answer to ${step.kind}`)
  }
}

describe('the loop', () => {
  it('takes a task from its worker through the lane to its end', async () => {
    const stage = new Stage()
    const done = stage.run(['a'])
    expect(await playOut(stage, done)).toEqual(['work a', 'stack', 'push', 'finish a'])
    const state = await done
    expect(state.tasks[0]?.stage).toMatchObject({ outcome: 'landed' })
    expect(stage.disk.synced).toEqual(stage.disk.appended)
  })

  it('has nothing to do for an empty plan', async () => {
    expect((await new Stage().run([])).tasks).toEqual([])
  })

  it('starts as many workers as allowed at once, and the next when one ends', async () => {
    const stage = new Stage()
    const done = stage.run(['a', 'b', 'c'], { workers: 2 })
    const [a, b] = [await stage.started(), await stage.started()]
    expect([nameOf(a), nameOf(b)]).toEqual(['work a', 'work b'])
    expect(stage.running).toEqual([])
    b.end(unchanged('b'))
    const next = [await stage.started(), await stage.started()]
    expect(next.map(nameOf)).toEqual(['finish b', 'work c'])
    a.end(unchanged('a'))
    for (const each of next) each.end(answer(each.step))
    await playOut(stage, done)
    expect((await done).tasks.map(({ stage: { kind } }) => kind)).toEqual(['ended', 'ended', 'ended'])
  })

  it('lands while others still work', async () => {
    const stage = new Stage()
    const done = stage.run(['slow', 'quick'])
    const [slow, quick] = [await stage.started(), await stage.started()]
    quick.end(worked('quick'))
    for (const name of ['stack', 'push', 'finish quick']) {
      const step = await stage.started()
      expect(nameOf(step)).toBe(name)
      step.end(answer(step.step))
    }
    slow.end(unchanged('slow'))
    await playOut(stage, done)
    expect((await done).tasks.map(({ stage: { kind } }) => kind)).toEqual(['ended', 'ended'])
  })

  it('performs nothing before the disk holds that it begins', async () => {
    const stage = new Stage()
    const disk = deferred<void>()
    stage.disk.held = disk.promise
    const done = stage.run(['a'])
    const first = stage.started()
    await Promise.resolve()
    expect(stage.disk.appended.map(event => event.type)).toEqual(['began'])
    expect(stage.disk.synced).toEqual([])
    stage.disk.held = null
    disk.resolve()
    expect((await first).noted).toBe(true)
    ;(await first).end(failed('a', { code: 'worker-exit', exitCode: 1 }))
    const finish = await stage.started()
    expect(finish.noted).toBe(true)
    finish.end(answer(finish.step))
    await done
  })

  it('dates every event by its clock, and tells of each after it took effect', async () => {
    const stage = new Stage()
    const done = stage.run(['a'])
    const work = await stage.started()
    stage.now = START + 90_000
    work.end(unchanged('a'))
    await playOut(stage, done)
    expect(stage.disk.synced.map(event => `${event.type} ${event.at}`)).toEqual([
      'began 2026-01-01T00:00:00.000Z',
      'worked 2026-01-01T00:01:30.000Z',
      'began 2026-01-01T00:01:30.000Z',
      'finished 2026-01-01T00:01:30.000Z',
    ])
    expect(stage.observed).toEqual(['began: working', 'worked: ended', 'began: ended', 'finished: ended'])
    expect((await done).tasks[0]?.finishedAt).toBe('2026-01-01T00:01:30.000Z')
  })

  it('hears of one halt after the other, and ends once what runs has ended', async () => {
    const stage = new Stage()
    const done = stage.run(['a', 'b'], { workers: 1 })
    const work = await stage.started()
    stage.halt('stop')
    stage.halt('signal')
    await stage.observes(3)
    work.end(worked('a'))
    const names = await playOut(stage, done)
    const state = await done
    expect(state.halt).toBe('signal')
    expect(names).toEqual(['finish a'])
    expect(state.tasks.map(({ stage: end }) => end.kind === 'ended' && end.outcome)).toEqual([
      'cancelled',
      'cancelled',
    ])
  })

  it('gives up when the disk takes no more, and ends only when everything that ran has ended', async () => {
    const stage = new Stage()
    const done = stage.run(['a', 'b'], { workers: 2 })
    const [a, b] = [await stage.started(), await stage.started()]
    const full = deferred<void>()
    stage.disk.held = full.promise
    a.end(unchanged('a'))
    let over = false
    const ended = done.then(
      () => 'ended well',
      (error: unknown) => {
        over = true
        return String(error)
      },
    )
    full.reject(new Error('no space left'))
    await full.promise.catch(() => {})
    while (stage.gaveUp === 0) await Promise.resolve()
    expect(stage.gaveUp).toBe(1)
    expect(over).toBe(false)
    b.end(unchanged('b'))
    expect(await ended).toBe('Error: no space left')
    expect(stage.running).toEqual([])
  })
})
