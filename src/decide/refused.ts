/** What a refused push or an unreachable remote means for the candidates: wait, narrow down, or end. */
import { backoff } from './backoff.ts'
import type { Failure } from './failure.ts'
import { count, endReady, giveBack, setLane, tidyGroups } from './lane-state.ts'
import { retryOf } from './refusal.ts'
import { indexOf, setTask } from './state.ts'
import type { Limits, Plan, Refusal, RunState, TaskId, TaskState } from './task.ts'

/** What failed for no known reason is tried again this often (SPEC section 6, `unknown`). */
const MAX_UNKNOWN = 3

/**
 * A push of the tasks `pushed`, or a fetch (null), failed for a reason that lies with the remote or the branch, not
 * with a candidate. Whose attempts ran out with it ends when the branch was read again: see `endSpent`.
 */
export function remoteFailed(
  plan: Plan,
  state: RunState,
  limits: Limits,
  refusal: Refusal,
  pushed: readonly TaskId[] | null,
  at: string,
): RunState {
  const { lane } = state
  const retry = retryOf(refusal)
  const refused: Failure = { code: 'refused', refusal: refusal.code, output: refusal.output }
  if (retry === 'no') {
    const closed = setLane(state, { closed: refusal, groups: [] })
    return endReady(plan, closed, refused, refusal.output, at)
  }
  const unknowns = lane.unknowns + (retry === 'limited' ? 1 : 0)
  if (unknowns > MAX_UNKNOWN) {
    // It may pass, and it may be about these tasks alone: what was not pushed with them goes on.
    const over = setLane(state, { unknowns: 0, unread: 0, failures: 0 })
    const which = (task: TaskState): boolean => pushed === null || pushed.includes(task.id)
    return tidyGroups(endReady(plan, over, refused, refusal.output, at, which))
  }
  const race = pushed !== null && refusal.code === 'race'
  const failures = lane.failures + (pushed === null ? 0 : 1)
  const unread = pushed === null ? lane.unread + 1 : 0
  const waiting = setLane(state, {
    ...backoff(failures, race, lane.waits, limits.pushBackoffMs),
    failures,
    unread,
    unknowns,
    stats: count(lane, { racesLost: lane.stats.racesLost + (race ? 1 : 0) }),
  })
  const attempts = limits.maxPushAttempts
  if (unread < attempts) return waiting
  // A remote that cannot even be read costs nobody a push, yet it must not be asked for ever.
  const spent: Failure = { code: 'attempts', attempts, last: refusal.code, output: refusal.output }
  return tidyGroups(endReady(plan, setLane(waiting, { unread: 0 }), spent, refusal.output, at))
}

/** A refusal that one candidate may have caused: halve the stack, or follow the words, until it is alone. */
export function narrow(
  plan: Plan,
  state: RunState,
  tasks: readonly TaskId[],
  suspects: readonly TaskId[],
  refusal: Refusal,
  at: string,
): RunState {
  const [only] = tasks
  if (tasks.length === 1 && only !== undefined) {
    const index = indexOf(plan, only)
    if (state.tasks[index]?.stage.kind !== 'ready') return state
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
  const rest = state.lane.groups.map(group => group.filter(task => !tasks.includes(task)))
  return tidyGroups(setLane(state, { groups: [...parts, ...rest] }))
}
