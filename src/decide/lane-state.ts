/** The small changes of the lane and of the candidates in it that its rules are made of. */
import type { Failure } from './failure.ts'
import { endTask, failTask, indexOf, setTask } from './state.ts'
import type { Handoff, Lane, Layer, Limits, Plan, RunState, TaskState } from './task.ts'

export function setLane(state: RunState, change: Partial<Lane>): RunState {
  return { ...state, lane: { ...state.lane, ...change } }
}

export function count(lane: Lane, change: Partial<Lane['stats']>): Lane['stats'] {
  return { ...lane.stats, ...change }
}

export function landTask(
  plan: Plan,
  state: RunState,
  layer: Pick<Layer, 'task' | 'commit' | 'changes'>,
  at: string,
): RunState {
  const index = indexOf(plan, layer.task)
  const candidate = state.tasks[index]?.candidate ?? null
  const { commit, changes } = layer
  return endTask(
    plan,
    // Reported is what it changed where it landed.
    setTask(state, index, {
      commit,
      ...(candidate && changes ? { candidate: { ...candidate, changes } } : {}),
    }),
    index,
    { outcome: 'landed', failure: null },
    at,
  )
}

/** Forgets groups that nobody is left in. */
export function tidyGroups(state: RunState): RunState {
  if (state.lane.groups.length === 0) return state
  const ready = new Set(state.tasks.filter(task => task.stage.kind === 'ready').map(task => task.id))
  const groups = state.lane.groups
    .map(group => group.filter(task => ready.has(task)))
    .filter(group => group.length > 0)
  return setLane(state, { groups })
}

/** A ready candidate that cannot land as it is: to the `remediate` command if that may still help, else to its end. */
export function lose(
  plan: Plan,
  before: RunState,
  limits: Limits,
  index: number,
  handoff: Handoff,
  at: string,
): RunState {
  const task = before.tasks[index]
  // In a replay its own events may be missing: then there is no candidate to judge.
  if (task?.stage.kind !== 'ready') return before
  const state = setTask(before, index, handoff.kind === 'gate' ? { redGate: handoff.gate } : {})
  if (limits.remediate && task.remediations < limits.maxRemediations && state.halt === null) {
    return setTask(state, index, { stage: { kind: 'handoff', handoff } })
  }
  return giveBack(plan, state, index, failureOf(handoff), at)
}

export function failureOf(handoff: Handoff): Failure {
  if (handoff.kind === 'conflict') {
    const { files, how } = handoff
    return { code: 'conflict', files, ...(how === undefined ? {} : { how }) }
  }
  const { exitCode, signal, timedOut } = handoff.gate
  return { code: 'gate', exitCode, signal, timedOut }
}

/** Work kept by an earlier run that still cannot land makes way for a new run of the worker. */
export function giveBack(plan: Plan, state: RunState, index: number, failure: Failure, at: string): RunState {
  const task = state.tasks[index]
  // Remediated or not: what no worker of this run made is the earlier run's.
  const kept = task?.candidate?.source === 'blocked' || task?.workerRuns === 0
  if (!kept || state.halt !== null) return failTask(plan, state, index, failure, at)
  return setTask(state, index, {
    stage: { kind: 'waiting' },
    candidate: null,
    readyAt: null,
    redGate: null,
    remoteOutput: '',
  })
}

/** Ends all that is ready, or those of it that `which` picks. */
export function endReady(
  plan: Plan,
  state: RunState,
  failure: Failure,
  output: string,
  at: string,
  which: (task: TaskState) => boolean = () => true,
): RunState {
  return state.tasks.reduce(
    (s, task, index) =>
      task.stage.kind === 'ready' && which(task)
        ? failTask(plan, setTask(s, index, { remoteOutput: output }), index, failure, at)
        : s,
    state,
  )
}

export function isSpent(task: TaskState, limits: Limits): boolean {
  return task.pushes >= limits.maxPushAttempts
}

/** Ends the candidates whose attempts have run out; only the branch, read again, can say that none of them landed. */
export function endSpent(plan: Plan, state: RunState, limits: Limits, at: string): RunState {
  const spent = (task: TaskState): boolean => isSpent(task, limits)
  if (!state.tasks.some(task => task.stage.kind === 'ready' && spent(task))) return state
  // A push that a dead process had under way has no answer: its connection was lost.
  const { code: last, output } = state.lane.refused ?? { code: 'network', output: '' }
  const failure: Failure = { code: 'attempts', attempts: limits.maxPushAttempts, last, output }
  return endReady(plan, setLane(state, { failures: 0, unknowns: 0, waits: 0 }), failure, output, at, spent)
}
