/** What an event changes. Same plan, same limits, same events: same state; that is the resume and most of the tests. */
import type { Failure } from './failure.ts'
import type { Event, WorkResult } from './happened.ts'
import { applyGated, applyPushed, applyStacked, beginLane } from './lane.ts'
import { endReady, failureOf, giveBack, setLane } from './lane-state.ts'
import { dueAgain, endStranded, endTask, failTask, foundLanded, indexOf, setTask } from './state.ts'
import type { Halt, Limits, Plan, RunState, Step, TaskId } from './task.ts'
import { unreachable } from './task.ts'

export function apply(plan: Plan, state: RunState, limits: Limits, event: Event): RunState {
  return settle(plan, applyEvent(plan, state, limits, event), limits, event.at)
}

function applyEvent(plan: Plan, state: RunState, limits: Limits, event: Event): RunState {
  const { at } = event
  switch (event.type) {
    case 'began':
      return begin(plan, state, event.step, at)
    case 'worked':
      return worked(plan, state, limits, event.task, event.result, at)
    case 'remediated':
      return remediated(plan, state, limits, event.task, event.result, at)
    case 'finished': {
      const index = indexOf(plan, event.task)
      const finish = state.tasks[index]?.finish === 'again' ? 'due' : 'done'
      return setTask(state, index, { finish, files: event.files })
    }
    case 'stacked':
      return applyStacked(plan, state, limits, event.result, at)
    case 'gated':
      return applyGated(plan, state, limits, event.results, at)
    case 'pushed':
      return applyPushed(plan, state, limits, event.layers, event.result, at)
    case 'resumed':
      // Only a replay meets it, and resume.ts does what the process did then.
      return state
    case 'halted':
      return { ...state, halt: stronger(state.halt, event.halt) }
    case 'found': {
      const index = indexOf(plan, event.task)
      if (event.found.kind === 'landed') {
        return foundLanded(plan, state, index, event.found.commit, at)
      }
      if (event.found.kind === 'unchanged')
        return endTask(plan, state, index, { outcome: 'unchanged', failure: null }, at)
      if (event.found.kind === 'archived') return failTask(plan, state, index, { code: 'already-landed' }, at)
      return setTask(state, index, {
        stage: { kind: 'ready' },
        candidate: event.found.candidate,
        readyAt: at,
        // It may have landed once, on a branch that was moved back since.
        commit: null,
        finish: 'none',
        finishedAt: null,
      })
    }
    case 'verified':
      return state
    case 'reverted': {
      const index = indexOf(plan, event.task)
      const failure: Failure = { code: 'verification' }
      return setLane(
        setTask(state, index, {
          stage: { kind: 'ended', outcome: 'reverted', failure },
          // Kept as its worker made it, or as it had landed.
          candidate: event.work,
          finish: dueAgain(state.tasks[index]),
        }),
        { tip: event.commit },
      )
    }
    default:
      return unreachable(event)
  }
}

function begin(plan: Plan, state: RunState, step: Step, at: string): RunState {
  switch (step.kind) {
    case 'stack':
    case 'gate':
    case 'push':
      return beginLane(plan, state, step)
    case 'finish':
      return setTask(state, indexOf(plan, step.task), { finish: 'running' })
    case 'remediate': {
      const index = indexOf(plan, step.task)
      return setTask(state, index, {
        stage: { kind: 'remediating', handoff: step.handoff },
        remediations: step.attempt,
        ...(step.handoff.kind === 'gate' ? { redGate: step.handoff.gate } : {}),
      })
    }
    case 'work': {
      const index = indexOf(plan, step.task)
      const task = state.tasks[index]
      const first = task?.workerRuns === 0
      return {
        ...setTask(state, index, {
          stage: { kind: 'working' },
          workerRuns: step.attempt,
          // What it makes will be another candidate, with attempts of its own.
          pushes: 0,
          startedAt: task?.startedAt ?? at,
        }),
        started: state.started + (first ? 1 : 0),
      }
    }
    default:
      return unreachable(step)
  }
}

function worked(
  plan: Plan,
  before: RunState,
  limits: Limits,
  id: TaskId,
  result: WorkResult,
  at: string,
): RunState {
  const index = indexOf(plan, id)
  const state = spent(before, index, result)
  // The branch held it already, or the run gave it up: a late answer changes nothing, and what it leaves can go now.
  if (state.tasks[index]?.stage.kind === 'ended') return left(state, index)
  switch (result.kind) {
    case 'candidate':
      return setTask(state, index, { stage: { kind: 'ready' }, candidate: result.candidate, readyAt: at })
    case 'unchanged':
      return endTask(plan, state, index, { outcome: 'unchanged', failure: null }, at)
    case 'failed': {
      const retries = plan.tasks[index]?.retries ?? limits.retries
      const again =
        retryable(result.failure) && (state.tasks[index]?.workerRuns ?? 0) <= retries && state.halt === null
      const kept = setTask(state, index, { candidate: result.kept })
      return again
        ? setTask(kept, index, { stage: { kind: 'waiting' } })
        : failTask(plan, kept, index, result.failure, at)
    }
    default:
      return unreachable(result)
  }
}

function remediated(
  plan: Plan,
  before: RunState,
  limits: Limits,
  id: TaskId,
  result: WorkResult,
  at: string,
): RunState {
  const index = indexOf(plan, id)
  const state = spent(before, index, result)
  const task = state.tasks[index]
  if (task?.stage.kind === 'ended') return left(state, index)
  if (task?.stage.kind !== 'remediating') return state
  const { handoff } = task.stage
  switch (result.kind) {
    case 'candidate':
      return setTask(state, index, { stage: { kind: 'ready' }, candidate: result.candidate })
    case 'unchanged':
      return endTask(plan, state, index, { outcome: 'unchanged', failure: null }, at)
    case 'failed': {
      if (result.failure.code === 'signal') return failTask(plan, state, index, result.failure, at)
      const again = task.remediations < limits.maxRemediations && state.halt === null
      return again
        ? setTask(state, index, { stage: { kind: 'handoff', handoff } })
        : giveBack(plan, state, index, failureOf(handoff), at)
    }
    default:
      return unreachable(result)
  }
}

function spent(state: RunState, index: number, result: WorkResult): RunState {
  const task = state.tasks[index]
  if (!task) return state
  const { workspace, worker } = result.seconds
  return setTask(state, index, {
    exitCode: result.exitCode,
    seconds: {
      ...task.seconds,
      workspace: task.seconds.workspace + workspace,
      worker: task.seconds.worker + worker,
    },
  })
}

/** Whoever worked on a task that has ended meanwhile has left its workspace. */
function left(state: RunState, index: number): RunState {
  return setTask(state, index, { finish: dueAgain(state.tasks[index]) })
}

/** A bug of ours, or a stop, is not cured by running the worker again. */
function retryable(failure: Failure): boolean {
  return failure.code !== 'internal' && failure.code !== 'signal' && failure.code !== 'deadline'
}

const STRENGTH: Record<Halt, number> = { stop: 1, deadline: 2, signal: 3 }
function stronger(a: Halt | null, b: Halt): Halt {
  return a !== null && STRENGTH[a] > STRENGTH[b] ? a : b
}

/** What follows from the state itself: closed lanes, halts and limits end whoever can no longer go on. */
export function settle(plan: Plan, before: RunState, limits: Limits, at: string): RunState {
  return endStranded(plan, endHeldUp(plan, before, limits, at), at)
}

function endHeldUp(plan: Plan, before: RunState, limits: Limits, at: string): RunState {
  let state = before
  const { closed } = state.lane
  if (closed) {
    state = endReady(
      plan,
      state,
      { code: 'refused', refusal: closed.code, output: closed.output },
      closed.output,
      at,
    )
  }
  const { halt } = state
  if (halt !== null) {
    const failure: Failure = { code: halt }
    state = state.tasks.reduce((s, task, index) => {
      if (task.stage.kind === 'waiting') return failTask(plan, s, index, failure, at)
      if (task.stage.kind === 'handoff') {
        return failTask(plan, s, index, halt === 'signal' ? failure : failureOf(task.stage.handoff), at)
      }
      // A push under way may still land what it holds: the lane's answer decides.
      return task.stage.kind === 'ready' && halt === 'signal' && !s.lane.busy
        ? failTask(plan, s, index, failure, at)
        : s
    }, state)
    return state
  }
  if (limits.maxFailures > 0 && state.failed >= limits.maxFailures)
    return skipRest(plan, state, { code: 'max-failures' }, at)
  if (limits.maxTasks > 0 && state.started >= limits.maxTasks)
    return skipRest(plan, state, { code: 'max-tasks' }, at)
  return state
}

/** A retry is not a new task: it still runs. */
function skipRest(plan: Plan, state: RunState, failure: Failure, at: string): RunState {
  return state.tasks.reduce(
    (s, task, index) =>
      task.stage.kind === 'waiting' && task.workerRuns === 0 ? failTask(plan, s, index, failure, at) : s,
    state,
  )
}
