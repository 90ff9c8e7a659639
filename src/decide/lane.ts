/**
 * The landing lane, pure: what it does next, and what the answer changes. A merge queue without a server:
 * stack what is ready upon the tip, gate the top, push that very commit; on red, find the first red prefix,
 * land what is proven before it and blame the one that turned it. It performs nothing: see run/land.ts.
 */

import type { PushResult, StackResult } from './happened.ts'
import {
  count,
  endReady,
  endSpent,
  giveBack,
  isSpent,
  landTask,
  lose,
  setLane,
  tidyGroups,
} from './lane-state.ts'
import { scopeOf } from './refusal.ts'
import { narrow, remoteFailed } from './refused.ts'
import { search } from './search.ts'
import { endTask, foundLanded, indexOf, needsMet, setTask } from './state.ts'
import type {
  Candidate,
  GateResult,
  GateTarget,
  Lane,
  LaneStep,
  Layer,
  Limits,
  Plan,
  RunState,
  Sha,
  Stack,
  TaskId,
  TaskState,
} from './task.ts'
import { unreachable } from './task.ts'

/** What the lane does next; null: nothing is ready, or it is at it. */
export function laneStep(plan: Plan, state: RunState, limits: Limits): LaneStep | null {
  const { lane } = state
  if (lane.busy || state.halt === 'signal') return null
  if (lane.stack === null) {
    const ready = candidates(plan, state)
    if (ready.length === 0) return null
    // Where attempts have run out, the branch is read once more all the same: an answer may have been lost.
    const tasks = ready
      .filter(task => !isSpent(task, limits))
      .slice(0, lane.limit ?? ready.length)
      .map(({ id, candidate }) => ({ task: id, candidate }))
    return { kind: 'stack', tip: lane.tip, tasks, waitMs: lane.waitMs }
  }
  const { stack } = lane
  if (limits.gate) {
    const found = search(prefix => verdictOf(lane, stack, prefix), stack.layers.length, limits.gateSlots)
    if (found.kind === 'gate') {
      // Two prefixes can have one tree: a candidate may take back what another brought.
      const trees = found.prefixes.map(prefix => treeOf(stack, prefix))
      const prefixes = found.prefixes.filter((_, i) => trees.indexOf(trees[i]!) === i)
      const targets = prefixes.map(prefix => targetOf(plan, state, stack, prefix))
      return { kind: 'gate', targets, tip: stack.tip }
    }
  }
  return { kind: 'push', tip: stack.tip, layers: stack.layers, attempt: lane.failures + 1 }
}

type ReadyTask = TaskState & { readonly candidate: Candidate }

/** What may land now, in queue order; kept work waits for what its task needs. */
function candidates(plan: Plan, state: RunState): readonly ReadyTask[] {
  const [first] = state.lane.groups
  const group = first ? new Set(first) : null
  return state.tasks.filter(
    (task, index): task is ReadyTask =>
      task.stage.kind === 'ready' &&
      task.candidate !== null &&
      (group === null || group.has(task.id)) &&
      needsMet(plan, state, index),
  )
}

function treeOf(stack: Stack, prefix: number): Sha {
  return stack.layers[prefix - 1]?.tree ?? stack.tipTree
}

function verdictOf(lane: Lane, stack: Stack, prefix: number): boolean | undefined {
  return lane.verdicts[treeOf(stack, prefix)]
}

function targetOf(plan: Plan, state: RunState, stack: Stack, prefix: number): GateTarget {
  const last = stack.layers[prefix - 1]
  return {
    commit: last?.commit ?? stack.tip,
    tree: treeOf(stack, prefix),
    tasks: stack.layers.slice(0, prefix).map(layer => layer.task),
    n: last ? (state.tasks[indexOf(plan, last.task)]?.gates ?? 0) + 1 : 1,
  }
}

/** The step starts: what it costs is booked before it happens, so that a crash cannot hide it. */
export function beginLane(plan: Plan, state: RunState, step: LaneStep): RunState {
  const busy = setLane(state, { busy: true })
  switch (step.kind) {
    case 'stack':
      return busy
    case 'gate':
      return step.targets.reduce((s, target) => {
        const last = target.tasks.at(-1)
        if (last === undefined) return s
        const index = indexOf(plan, last)
        return setTask(s, index, { gates: (s.tasks[index]?.gates ?? 0) + 1 })
      }, busy)
    case 'push':
      return bookPush(
        plan,
        busy,
        step.layers.map(layer => layer.task),
        1,
      )
    default:
      return unreachable(step)
  }
}

/** One push attempt of these tasks; -1: it was not made after all. */
function bookPush(plan: Plan, state: RunState, tasks: readonly TaskId[], change: 1 | -1): RunState {
  const stats = count(state.lane, { pushAttempts: state.lane.stats.pushAttempts + change })
  return tasks.reduce(
    (s, task) => {
      const index = indexOf(plan, task)
      return setTask(s, index, { pushes: (s.tasks[index]?.pushes ?? 0) + change })
    },
    setLane(state, { stats }),
  )
}

export function applyStacked(
  plan: Plan,
  before: RunState,
  limits: Limits,
  result: StackResult,
  at: string,
): RunState {
  const state = setLane(before, { busy: false, waitMs: 0, stack: null })
  if (result.kind === 'unreachable') return remoteFailed(plan, state, limits, result.refusal, null, at)
  const { lane } = state
  const { stack } = result
  const known = stack.layers.length > 0 && verdictOf(lane, stack, stack.layers.length) !== undefined
  const stacked = setLane(state, {
    tip: stack.tip,
    stack: stack.layers.length > 0 ? stack : null,
    red: false,
    unread: 0,
    stats: count(lane, {
      rounds: lane.stats.rounds + 1,
      gatesReused: lane.stats.gatesReused + (limits.gate && known ? 1 : 0),
    }),
  })
  // Also what was given up before the branch could be read again.
  const there = result.landed.reduce(
    (s, { task, commit }) => foundLanded(plan, s, indexOf(plan, task), commit, at),
    stacked,
  )
  const settled = result.noops.reduce((s, task) => {
    const index = indexOf(plan, task)
    if (s.tasks[index]?.stage.kind !== 'ready') return s
    return endTask(plan, s, index, { outcome: 'unchanged', failure: null }, at)
  }, there)
  const lost = result.conflicts
    .filter(conflict => conflict.with === 'tip')
    .reduce(
      (s, { task, files, how }) =>
        lose(plan, s, limits, indexOf(plan, task), { kind: 'conflict', files, ...(how ? { how } : {}) }, at),
      settled,
    )
  const inScope = (result.refused ?? [])
    .filter(refused => refused.with === 'tip')
    .reduce((s, { task, failure }) => {
      const index = indexOf(plan, task)
      return s.tasks[index]?.stage.kind === 'ready' ? giveBack(plan, s, index, failure, at) : s
    }, lost)
  return judge(plan, tidyGroups(endSpent(plan, inScope, limits, at)), limits, at)
}

export function applyGated(
  plan: Plan,
  before: RunState,
  limits: Limits,
  results: readonly GateResult[],
  at: string,
): RunState {
  const said = results.filter(result => result.passed !== null)
  const { lane } = before
  const state = setLane(before, {
    busy: false,
    verdicts: {
      ...lane.verdicts,
      ...Object.fromEntries(said.map(result => [result.tree, result.passed === true])),
    },
    reds: {
      ...lane.reds,
      ...Object.fromEntries(said.filter(r => !r.passed).map(result => [result.tree, result])),
    },
    stats: count(lane, {
      gatesRun: lane.stats.gatesRun + results.reduce((sum, result) => sum + result.runs, 0),
      gateFlakes: lane.stats.gateFlakes + said.filter(result => result.passed && result.runs > 1).length,
      gateSeconds: lane.stats.gateSeconds + results.reduce((sum, result) => sum + result.seconds, 0),
    }),
  })
  return judge(plan, state, limits, at)
}

/** Draws the conclusion when the verdicts allow one: the culprit leaves, the proven prefix stays to be pushed. */
function judge(plan: Plan, state: RunState, limits: Limits, at: string): RunState {
  const { lane } = state
  const { stack } = lane
  if (stack === null || !limits.gate) return state
  const found = search(prefix => verdictOf(lane, stack, prefix), stack.layers.length, limits.gateSlots)
  switch (found.kind) {
    case 'green':
    case 'gate':
      return state
    case 'base-red':
      return endReady(plan, setLane(state, { stack: null, groups: [] }), { code: 'base-red' }, '', at)
    case 'culprit': {
      const layer = stack.layers[found.prefix - 1]
      const gate = layer && lane.reds[layer.tree]
      if (!layer || !gate) throw new Error(`a culprit without a red gate at prefix ${found.prefix}`)
      const proven = stack.layers.slice(0, found.prefix - 1)
      const shrunk = setLane(state, {
        stack: proven.length > 0 ? { ...stack, layers: proven } : null,
        red: true,
        limit: Math.max(1, Math.floor(stack.layers.length / 2)),
      })
      return tidyGroups(lose(plan, shrunk, limits, indexOf(plan, layer.task), { kind: 'gate', gate }, at))
    }
    default:
      return unreachable(found)
  }
}

export function applyPushed(
  plan: Plan,
  before: RunState,
  limits: Limits,
  pushed: readonly Pick<Layer, 'task' | 'commit' | 'changes'>[],
  result: PushResult,
  at: string,
): RunState {
  const state = setLane(before, { busy: false, stack: null })
  const tasks = pushed.map(layer => layer.task)
  switch (result.kind) {
    case 'stopped':
      return bookPush(plan, state, tasks, -1)
    case 'landed':
      return landed(plan, state, limits, pushed, result.bypassed, at)
    case 'refused': {
      const told = setLane(state, { refused: result.refusal })
      return scopeOf(result.refusal) === 'candidate'
        ? narrow(plan, told, tasks, result.suspects, result.refusal, at)
        : remoteFailed(plan, told, limits, result.refusal, tasks, at)
    }
    default:
      return unreachable(result)
  }
}

function landed(
  plan: Plan,
  state: RunState,
  limits: Limits,
  layers: readonly Pick<Layer, 'task' | 'commit' | 'changes'>[],
  bypassed: readonly string[],
  at: string,
): RunState {
  const { lane } = state
  const grown = lane.limit !== null && limits.gate && !lane.red ? lane.limit + 1 : lane.limit
  const next = setLane(state, {
    tip: layers.at(-1)?.commit ?? lane.tip,
    limit: grown !== null && limits.maxBatch > 0 ? Math.min(grown, limits.maxBatch) : grown,
    red: false,
    failures: 0,
    unknowns: 0,
    unread: 0,
    refused: null,
    waits: 0,
    stats: count(lane, { pushes: lane.stats.pushes + 1 }),
    bypassed: [...new Set([...lane.bypassed, ...bypassed])],
  })
  return tidyGroups(layers.reduce((s, layer) => landTask(plan, s, layer, at), next))
}
