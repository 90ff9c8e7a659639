/**
 * Runners that push to one branch, in simulated time. What each of them does is decided by the product's own code
 * (src/decide/), event by event as src/run/loop.ts does it; only the doing is a model here.
 */
import { chanceOf } from '../../__tests__/rig/model/chance.ts'
import { LIMITS, planOf } from '../../__tests__/rig/model/plan.ts'
import { apply } from '../../src/decide/apply.ts'
import { jitter, watchOf } from '../../src/decide/backoff.ts'
import type { Event } from '../../src/decide/happened.ts'
import { isoTime } from '../../src/decide/identity.ts'
import { next } from '../../src/decide/next.ts'
import { initialState } from '../../src/decide/state.ts'
import type {
  GateStep,
  Layer,
  Limits,
  PushStep,
  RunState,
  Sha,
  StackStep,
  Step,
} from '../../src/decide/task.ts'
import type { Happened } from '../../src/run/loop.ts'
import { type Clock, simulatedClock } from './events.ts'
import {
  badTasks,
  FETCH_MS,
  MERGE_MS,
  type Outcome,
  PUSH_MS,
  WORKERS,
  type Workload,
  workMs,
} from './workload.ts'

export interface Fleet extends Workload {
  readonly runners: number
  readonly gateSlots: number
}

interface Place {
  readonly commit: Sha
  readonly tree: Sha
}

/** The branch, and which trees are red. */
interface Remote {
  tip: Place
  /** How often it has moved, and when last. */
  moves: number
  movedAt: number
  readonly red: (tree: Sha) => boolean
  readonly put: (top: Place, task: string) => Place
}

/** A tip that was read so many milliseconds ago need not be read again (run/tip.ts). */
const FRESH_MS = 250
const CHANGES = { files: 1, insertions: 1, deletions: 0 }

export function simulateFleet(fleet: Fleet): Outcome {
  const clock = simulatedClock()
  const bad = badTasks(fleet)
  const remote = createRemote(task => bad[Number(task.slice(1))] === true)
  const ids = bad.map((_, i) => `t${i}`)
  const share = Math.ceil(fleet.tasks / fleet.runners)
  const runners = Array.from({ length: Math.ceil(fleet.tasks / share) }, (_, i) =>
    startRunner(ids.slice(i * share, (i + 1) * share), { ...fleet, seed: fleet.seed + i + 1 }, clock, remote),
  )
  clock.run()
  const ends = runners.flatMap(({ end }) => end().tasks.map(({ stage }) => stage))
  const ended = (outcome: string): number =>
    ends.filter(stage => stage.kind === 'ended' && stage.outcome === outcome).length
  const waitMinutes = runners.flatMap(({ waitMinutes }) => waitMinutes)
  const stats = runners.map(({ end }) => end().lane.stats)
  return {
    landed: ended('landed'),
    red: ended('failed'),
    givenUp: ended('blocked-push'),
    hours: remote.movedAt / 3_600_000,
    gates: stats.reduce((sum, { gatesRun }) => sum + gatesRun, 0),
    lostRaces: stats.reduce((sum, { racesLost }) => sum + racesLost, 0),
    waitMinutes,
  }
}

function createRemote(bad: (task: string) => boolean): Remote {
  const reds = new Set<Sha>()
  const trees = new Map<string, Sha>()
  let commits = 0
  return {
    tip: { commit: 'c0' as Sha, tree: 'base' as Sha },
    moves: 0,
    movedAt: 0,
    red: tree => reds.has(tree),
    put: ({ tree: below }, task) => {
      const key = `${below} ${task}`
      const known = trees.get(key)
      const tree = known ?? (`tree${trees.size}` as Sha)
      trees.set(key, tree)
      if (reds.has(below) || bad(task)) reds.add(tree)
      return { tree, commit: `c${++commits}` as Sha }
    },
  }
}

interface Runner {
  readonly end: () => RunState
  readonly waitMinutes: readonly number[]
}

function startRunner(
  ids: readonly string[],
  { gateMs, gateSlots, seed }: Fleet,
  clock: Clock,
  remote: Remote,
): Runner {
  const plan = planOf(ids.map(id => ({ id })))
  const limits: Limits = { ...LIMITS, workers: WORKERS, gateSlots }
  const chance = chanceOf(seed)
  const readyAt = new Map<string, number>()
  const waitMinutes: number[] = []
  let known = { tip: remote.tip, moves: 0, at: 0 }
  let state: RunState = initialState(plan, remote.tip.commit, 0, [], 0)

  const take = (happened: Happened): void => {
    state = apply(plan, state, limits, { ...happened, at: isoTime(clock.now()) } as Event)
  }
  const happens = (happened: Happened): void => {
    take(happened)
    goOn()
  }

  function goOn(): void {
    for (;;) {
      const steps = next(plan, state, limits)
      for (const step of steps) take({ type: 'began', step })
      for (const step of steps) if (step.kind !== 'finish') start(step)
      const finished = steps.flatMap(step => (step.kind === 'finish' ? [step.task] : []))
      for (const task of finished) take({ type: 'finished', task, files: [] })
      if (finished.length === 0) return
    }
  }

  function start(step: Exclude<Step, { kind: 'finish' }>): void {
    switch (step.kind) {
      case 'work':
        clock.after(workMs(chance), () => worked(step.task, step.base))
        return
      case 'stack':
        beginStack(step)
        return
      case 'gate':
        clock.after(gateMs, () => gated(step))
        return
      case 'push':
        push(step)
        return
      case 'remediate':
        throw new Error('nobody asked for a remedy')
    }
  }

  function worked(task: Layer['task'], base: Sha): void {
    readyAt.set(task, clock.now())
    const candidate = { commit: `w-${task}` as Sha, base, changes: CHANGES, source: 'worker' } as const
    const seconds = { workspace: 0, worker: 0 }
    happens({ type: 'worked', task, result: { kind: 'candidate', candidate, exitCode: 0, seconds } })
  }

  /** As run/tip.ts: what was read a moment ago is not read again; where others move the branch, begin after a move. */
  function beginStack(step: StackStep): void {
    const before = known
    if (step.waitMs === 0 && clock.now() - before.at < FRESH_MS) {
      merge(step)
      return
    }
    const until = clock.now() + step.waitMs
    clock.after(jitter(step.waitMs, chance.below(1000) / 1000) + FETCH_MS, () => {
      look()
      const watch = watchOf(known.moves - before.moves, clock.now() - before.at)
      if (step.waitMs === 0 || watch === null) merge(step)
      else awaitMove(step, watch.everyMs, Math.min(until, clock.now() + watch.forMs))
    })
  }

  function awaitMove(step: StackStep, everyMs: number, until: number): void {
    if (clock.now() + everyMs >= until) {
      merge(step)
      return
    }
    clock.after(everyMs + FETCH_MS, () => {
      const moved = remote.moves !== known.moves
      look()
      if (moved) merge(step)
      else awaitMove(step, everyMs, until)
    })
  }

  function look(): void {
    known = { tip: remote.tip, moves: remote.moves, at: clock.now() }
  }

  function merge({ tasks }: StackStep): void {
    const { tip } = known
    clock.after(tasks.length * MERGE_MS, () => {
      const layers: Layer[] = []
      let top = tip
      for (const { task } of tasks) {
        top = remote.put(top, task)
        layers.push({ task, ...top })
      }
      const stack = { tip: tip.commit, tipTree: tip.tree, layers }
      happens({ type: 'stacked', result: { kind: 'stacked', stack, conflicts: [], noops: [], landed: [] } })
    })
  }

  function gated({ targets }: GateStep): void {
    const results = targets.map(({ tree, commit }) => {
      const red = remote.red(tree)
      return {
        ...{ tree, commit, passed: !red, runs: 1, exitCode: red ? 1 : 0, signal: null, timedOut: false },
        ...{ seconds: gateMs / 1000, logFile: 'gate.log', outputTail: '' },
      }
    })
    happens({ type: 'gated', results })
  }

  function push({ tip, layers }: PushStep): void {
    const top = layers.at(-1)!
    clock.after(PUSH_MS / 2, () => {
      if (remote.tip.commit !== tip) {
        // Who lost reads the branch again before he says so.
        clock.after(PUSH_MS / 2 + FETCH_MS, () => lost(layers))
        return
      }
      remote.tip = { commit: top.commit, tree: top.tree }
      remote.moves++
      remote.movedAt = clock.now()
      const seen = { tip: remote.tip, moves: remote.moves }
      clock.after(PUSH_MS / 2, () => {
        known = { ...seen, at: clock.now() }
        for (const { task } of layers) waitMinutes.push((clock.now() - readyAt.get(task)!) / 60_000)
        happens({ type: 'pushed', layers, result: { kind: 'landed', bypassed: [] } })
      })
    })
  }

  function lost(layers: readonly Layer[]): void {
    look()
    const refusal = { code: 'race', output: '' } as const
    happens({ type: 'pushed', layers, result: { kind: 'refused', refusal, suspects: [] } })
  }

  goOn()
  return { end: () => state, waitMinutes }
}
