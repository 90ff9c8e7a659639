/** The first state of a run, and the small changes of one task that every rule is made of. */
import { type Failure, outcomeOf } from './failure.ts'
import type { Outcome, Plan, RunState, Sha, TaskId, TaskState } from './task.ts'

/** `now`: milliseconds since the epoch. `only`: ids to run, with what they need taken as met; empty: all. */
export function initialState(
  plan: Plan,
  tip: Sha,
  maxBatch: number,
  only: readonly string[],
  now: number,
): RunState {
  const chosen = only.length > 0 ? new Set<string>(only) : null
  const tasks = plan.tasks.map((task): TaskState => {
    const failure = reasonToSkip(task, chosen, now)
    return {
      id: task.id,
      stage: failure ? { kind: 'ended', outcome: 'skipped', failure } : { kind: 'waiting' },
      candidate: null,
      commit: null,
      workerRuns: 0,
      pushes: 0,
      remediations: 0,
      gates: 0,
      redGate: null,
      remoteOutput: '',
      startedAt: null,
      readyAt: null,
      finishedAt: null,
      seconds: { workspace: 0, worker: 0, landing: 0 },
      exitCode: null,
      finish: 'none',
      files: [],
    }
  })
  const state: RunState = {
    tasks,
    lane: {
      tip,
      busy: false,
      stack: null,
      red: false,
      verdicts: {},
      reds: {},
      limit: maxBatch > 0 ? maxBatch : null,
      groups: [],
      failures: 0,
      unknowns: 0,
      waits: 0,
      waitMs: 0,
      closed: null,
      stats: {
        pushes: 0,
        pushAttempts: 0,
        racesLost: 0,
        rounds: 0,
        gatesRun: 0,
        gatesReused: 0,
        gateFlakes: 0,
        gateSeconds: 0,
      },
      bypassed: [],
    },
    halt: null,
    started: 0,
    failed: 0,
  }
  return tasks.reduce(
    (s, task, i) => (task.stage.kind === 'ended' ? blockDependants(plan, s, i, null) : s),
    state,
  )
}

function reasonToSkip(
  task: Plan['tasks'][number],
  chosen: ReadonlySet<string> | null,
  now: number,
): Failure | null {
  if (chosen && !chosen.has(task.id)) return { code: 'only' }
  if (task.status !== 'todo' && task.status !== 'doing') return { code: 'status', status: task.status }
  if (task.notBefore !== null && Date.parse(task.notBefore) > now)
    return { code: 'not-before', time: task.notBefore }
  return null
}

export function indexOf(plan: Plan, id: TaskId): number {
  const index = plan.index.get(id)
  if (index === undefined) throw new Error(`no task ${id} in the plan`)
  return index
}

export function setTask(state: RunState, index: number, change: Partial<TaskState>): RunState {
  const task = state.tasks[index]
  if (!task) throw new Error(`no task number ${index}`)
  return { ...state, tasks: state.tasks.with(index, { ...task, ...change }) }
}

/** Whether a task that needs this one may start. */
export function meets(task: TaskState): boolean {
  if (task.stage.kind !== 'ended') return false
  const { outcome, failure } = task.stage
  if (outcome === 'landed' || outcome === 'unchanged') return true
  return failure?.code === 'only' || (failure?.code === 'status' && failure.status === 'done')
}

/** Ends a task; whoever waits for it in vain ends with it, at once and by name. */
export function endTask(
  plan: Plan,
  state: RunState,
  index: number,
  end: { readonly outcome: Outcome; readonly failure: Failure | null },
  at: string | null,
): RunState {
  const before = state.tasks[index]
  if (!before || before.stage.kind === 'ended') return state
  const landing =
    before.readyAt && at
      ? Math.max(0, Date.parse(at) - Date.parse(before.readyAt)) / 1000
      : before.seconds.landing
  const ended = setTask(state, index, {
    stage: { kind: 'ended', ...end },
    finishedAt: at,
    seconds: { ...before.seconds, landing },
    finish: before.workerRuns > 0 || before.candidate ? 'due' : 'none',
  })
  const failed = end.outcome === 'failed' || end.outcome === 'blocked-push' ? ended.failed + 1 : ended.failed
  return blockDependants(plan, { ...ended, failed }, index, at)
}

export function failTask(
  plan: Plan,
  state: RunState,
  index: number,
  failure: Failure,
  at: string | null,
): RunState {
  return endTask(plan, state, index, { outcome: outcomeOf(failure), failure }, at)
}

const GENERAL: ReadonlySet<Failure['code']> = new Set([
  'max-tasks',
  'max-failures',
  'signal',
  'stop',
  'deadline',
])

function blockDependants(plan: Plan, state: RunState, index: number, at: string | null): RunState {
  const task = state.tasks[index]
  if (!task || meets(task)) return state
  const { failure } = task.stage as { failure: Failure | null }
  // A limit or a halt holds back the rest for its own sake, not for this task's.
  if (failure && GENERAL.has(failure.code)) return state
  const above = failure?.code === 'dependency' ? failure.blockedBy : []
  const blockedBy = [...new Set([...above, task.id])]
  return (plan.dependants[index] ?? []).reduce((s, dependant) => {
    if (s.tasks[dependant]?.stage.kind !== 'waiting') return s
    return failTask(plan, s, dependant, { code: 'dependency', blockedBy }, at)
  }, state)
}
