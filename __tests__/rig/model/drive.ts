/** Drives the pure decisions through a run, as src/run/loop.ts and src/start.ts do, without time and disk. */
import { apply, settle } from '../../../src/decide/apply.ts'
import type { Event, Found } from '../../../src/decide/happened.ts'
import { isoTime } from '../../../src/decide/identity.ts'
import { next } from '../../../src/decide/next.ts'
import { candidatesOf, resume, usableEvents, withoutLost } from '../../../src/decide/resume.ts'
import { initialState, meets } from '../../../src/decide/state.ts'
import type { Plan, RunState, Step, TaskId } from '../../../src/decide/task.ts'
import type { Happened } from '../../../src/run/loop.ts'
import { chanceOf, insist } from './chance.ts'
import { type Crash, NOW, planFor, type Scenario } from './scenario.ts'
import { watch } from './watch.ts'
import { createWorld, type SimulatedWorld, type UnderWay } from './world.ts'

/** More events than any run of a scenario can need: a run that goes beyond does not end. */
const ENDLESS = 20_000

export interface Ran {
  readonly plan: Plan
  readonly start: RunState
  readonly state: RunState
  readonly events: readonly Event[]
  readonly world: SimulatedWorld
  /** How often the run was taken up again. */
  readonly crashes: number
}

/** Runs a scenario to its end, through its crashes, and throws when a promise is broken: with the events as cause. */
export function drive(scenario: Scenario): Ran {
  const events: Event[] = []
  try {
    return driven(scenario, events)
  } catch (error) {
    throw Object.assign(error as Error, { events })
  }
}

function driven(scenario: Scenario, events: Event[]): Ran {
  const { limits, only } = scenario
  const chance = chanceOf(scenario.seed)
  const plan = planFor(scenario)
  const ids = only.map(i => `t${i}`)
  const world = createWorld(scenario, chance)
  const watcher = watch({ plan, limits, only: ids, world })
  /** Tasks that are not what they were when their work was saved. */
  const anew = new Set<TaskId>()
  let journal: Event[] = []
  const stamp = (happened: Happened): Event =>
    JSON.parse(JSON.stringify({ ...happened, at: isoTime(NOW + events.length * 1000) }))
  const fresh = (): RunState => initialState(plan, world.tip(), limits.maxBatch, ids, NOW)

  const take = (state: RunState, happened: Happened): RunState => {
    const event = stamp(happened)
    events.push(event)
    journal.push(event)
    insist(events.length < ENDLESS, 'the run ends')
    const after = apply(plan, state, limits, event)
    watcher.took(event, state, after)
    return after
  }

  /** As run/found.ts: the branch first, then what earlier runs kept. */
  function foundBefore(before: RunState): RunState {
    let state = before
    const find = (task: TaskId, found: Found): void => {
      state = take(state, { type: 'found', task, found })
    }
    for (const { task, id } of world.history.since(world.base, world.tip())) {
      if (task === null) continue
      const { stage } = state.tasks[plan.index.get(task)!]!
      if (stage.kind === 'ended' && meets(state.tasks[plan.index.get(task)!]!)) continue
      find(task, { kind: 'landed', commit: id })
    }
    const waiting = state.tasks.filter(
      task => task.stage.kind === 'waiting' && world.saved.has(task.id) && !anew.has(task.id),
    )
    for (const { id } of waiting) find(id, { kind: 'candidate', candidate: world.saved.get(id)! })
    return state
  }

  /** The journal as src/before.ts takes it up. */
  function survived({ redefined, lost, regated }: Crash): Event[] {
    const forgotten = (tasks: readonly number[]): TaskId[] => tasks.map(i => `t${i}` as TaskId)
    for (const task of forgotten(redefined)) anew.add(task)
    watcher.forgot(new Set(forgotten([...redefined, ...lost])), regated)
    const usable = usableEvents(plan, journal, task => !forgotten(redefined).includes(task))
    const gone = forgotten(lost)
    const commits = candidatesOf(usable).flatMap(({ commit }) => {
      return gone.includes(world.history.at(commit).task!) ? [commit] : []
    })
    return withoutLost(usable, new Set(commits)).filter(event => !regated || event.type !== 'gated')
  }

  /** One process; null: it died. */
  function live(start: RunState, dieAfter: number): RunState | null {
    const running = new Map<string, UnderWay>()
    const first = events.length
    const dead = (): boolean => {
      if (events.length - first < dieAfter) return false
      for (const one of running.values()) one.dies()
      return true
    }
    let state = settle(plan, start, limits, isoTime(NOW))
    const halts = [...scenario.halts].sort((a, b) => a.after - b.after)
    while (halts[0] && halts[0].after < first) halts.shift()
    for (;;) {
      const steps = next(plan, state, limits)
      for (const step of steps) {
        watcher.began(step, state)
        state = take(state, { type: 'began', step })
        if (dead()) return null
      }
      for (const step of steps) {
        insist(!running.has(keyOf(step)), `${keyOf(step)} is done by one at a time`)
        running.set(keyOf(step), world.perform(JSON.parse(JSON.stringify(step))))
      }
      if (running.size === 0) return state
      const halt = halts[0]
      if (halt && events.length >= halt.after) {
        halts.shift()
        world.halt(halt.halt)
        state = take(state, { type: 'halted', halt: halt.halt })
      } else {
        const key = [...running.keys()][chance.below(running.size)]!
        const underWay = running.get(key)!
        running.delete(key)
        state = take(state, underWay.complete())
      }
      if (dead()) return null
    }
  }

  const lifetime = (): number => scenario.crashes[crashes]?.after ?? Number.POSITIVE_INFINITY
  const start = fresh()
  let crashes = 0
  let state = live(foundBefore(start), lifetime())
  while (state === null) {
    const crash = scenario.crashes[crashes++]!
    world.restart()
    journal = survived(crash)
    const resumed = resume(plan, fresh(), limits, JSON.parse(JSON.stringify(journal)), () => true)
    insist(
      resumed.halt === null && !resumed.lane.busy,
      'a new process starts where nothing runs, and goes on',
    )
    journal.push(stamp({ type: 'resumed' }))
    state = live(foundBefore(resumed), lifetime())
  }
  watcher.end(state)
  return { plan, start, state, events, world, crashes }
}

function keyOf(step: Step): string {
  return 'task' in step ? `${step.kind} ${step.task}` : 'lane'
}
