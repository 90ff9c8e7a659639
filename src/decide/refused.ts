/** What a refused push or an unreachable remote means for the candidates: wait, narrow down, or end. */
import { backoff } from './backoff.ts'
import type { Failure } from './failure.ts'
import { count, endReady, giveBack, setLane, tidyGroups } from './lane-state.ts'
import { RULES } from './refusal.ts'
import { failTask, indexOf, setTask } from './state.ts'
import type { Limits, Plan, Refusal, RunState, TaskId } from './task.ts'

/** The remote may fail without a known reason this often in a row (SPEC section 6, `unknown`). */
const MAX_UNKNOWN = 3

/** A push or a fetch failed for a reason that lies with the remote or the branch, not with a candidate. */
export function remoteFailed(
  plan: Plan,
  state: RunState,
  limits: Limits,
  refusal: Refusal,
  pushed: boolean,
  at: string,
): RunState {
  const { lane } = state
  const { retry } = RULES[refusal.code]
  const unknowns = retry === 'limited' ? lane.unknowns + 1 : 0
  if (retry === 'no' || unknowns > MAX_UNKNOWN) {
    const failure: Failure = { code: 'refused', refusal: refusal.code, output: refusal.output }
    // An unknown refusal may pass: only what holds for the whole branch closes the lane.
    const closed = setLane(state, {
      closed: retry === 'no' ? refusal : null,
      stack: null,
      unknowns: 0,
      failures: 0,
      groups: [],
    })
    return endReady(plan, closed, failure, refusal.output, at)
  }
  const failures = lane.failures + 1
  const race = refusal.code === 'race'
  const wait = backoff(failures, race, lane.waits, limits.pushBackoffMs)
  const waiting = setLane(state, {
    ...wait,
    failures,
    unknowns,
    stats: count(lane, { racesLost: lane.stats.racesLost + (race ? 1 : 0) }),
  })
  const attempts = limits.maxPushAttempts
  const spent: Failure = { code: 'attempts', attempts, last: refusal.code }
  // A remote that cannot even be read costs nobody a push, yet it must not be asked for ever.
  if (!pushed && failures >= attempts) {
    return endReady(plan, setLane(waiting, { failures: 0 }), spent, refusal.output, at)
  }
  return state.tasks.reduce(
    (s, task, index) =>
      task.stage.kind === 'ready' && task.pushes >= attempts
        ? failTask(plan, setTask(s, index, { remoteOutput: refusal.output }), index, spent, at)
        : s,
    waiting,
  )
}

/** A refusal that one candidate may have caused: halve the stack, or follow the words, until it is alone. */
export function narrow(
  plan: Plan,
  state: RunState,
  tasks: readonly TaskId[],
  suspects: readonly TaskId[],
  refusal: Refusal,
  limits: Limits,
  at: string,
): RunState {
  const [only] = tasks
  if (tasks.length === 1 && only !== undefined) {
    const index = indexOf(plan, only)
    const failure: Failure = { code: 'refused', refusal: refusal.code, output: refusal.output }
    const told = setTask(setLane(state, { failures: 0 }), index, { remoteOutput: refusal.output })
    return tidyGroups(giveBack(plan, told, index, failure, at))
  }
  const named = tasks.filter(task => suspects.includes(task))
  const half = Math.ceil(tasks.length / 2)
  const parts =
    named.length > 0 && named.length < tasks.length
      ? [tasks.filter(task => !named.includes(task)), ...named.map(task => [task])]
      : [tasks.slice(0, half), tasks.slice(half)]
  const rest = state.lane.groups.slice(1)
  const spent: Failure = { code: 'attempts', attempts: limits.maxPushAttempts, last: refusal.code }
  return tasks.reduce(
    (s, task) => {
      const index = indexOf(plan, task)
      if ((s.tasks[index]?.pushes ?? 0) < limits.maxPushAttempts) return s
      return tidyGroups(failTask(plan, setTask(s, index, { remoteOutput: refusal.output }), index, spent, at))
    },
    setLane(state, { groups: [...parts, ...rest] }),
  )
}
