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
      unread: 0,
      refused: null,
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
  return blockAll(plan, state, null)
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
  if (failure?.code === 'status') return failure.status === 'done'
  return failure?.code === 'only' || failure?.code === 'already-landed'
}

/** Whether everything that task `index` needs has ended well. */
export function needsMet(plan: Plan, state: RunState, index: number): boolean {
  return (plan.needs[index] ?? []).every(need => {
    const needed = state.tasks[need]
    return needed !== undefined && meets(needed)
  })
}

/** Ends a task; whoever waits for it in vain ends with it, at once and by name. */
export function endTask(
  plan: Plan,
  state: RunState,
  index: number,
  end: { readonly outcome: Outcome; readonly failure: Failure | null },
  at: string | null,
): RunState {
  return state.tasks[index]?.stage.kind === 'ended'
    ? state
    : blockDependants(plan, endAlone(state, index, end, at), index, at)
}

function endAlone(
  state: RunState,
  index: number,
  end: { readonly outcome: Outcome; readonly failure: Failure | null },
  at: string | null,
): RunState {
  const before = state.tasks[index]
  if (!before) throw new Error(`no task number ${index}`)
  const landing =
    before.readyAt && at
      ? Math.max(0, Date.parse(at) - Date.parse(before.readyAt)) / 1000
      : before.seconds.landing
  const ended = setTask(state, index, {
    stage: { kind: 'ended', ...end },
    finishedAt: at,
    seconds: { ...before.seconds, landing },
    finish: before.workerRuns > 0 || before.candidate ? dueAgain(before) : 'none',
  })
  return { ...ended, failed: ended.failed + (isFailed(ended.tasks[index]) ? 1 : 0) }
}

/** Never two at a time: they would write the same files. */
export function dueAgain(task: TaskState | undefined): 'due' | 'again' {
  return task?.finish === 'running' || task?.finish === 'again' ? 'again' : 'due'
}

/** What `max-failures` counts. */
function isFailed(task: TaskState | undefined): boolean {
  return (
    task?.stage.kind === 'ended' && (task.stage.outcome === 'failed' || task.stage.outcome === 'blocked-push')
  )
}

/** What counts over all tasks, counted anew. */
export function recount(state: RunState): RunState {
  return {
    ...state,
    started: state.tasks.filter(task => task.workerRuns > 0).length,
    failed: state.tasks.filter(isFailed).length,
  }
}

/** An ended task that may go on after all: what its worker finished goes to the lane, anything else starts over. */
export function reopen(state: RunState, index: number): RunState {
  const task = state.tasks[index]
  // What is left of a worker that was stopped is no candidate.
  const finished = task !== undefined && task.candidate !== null && task.readyAt !== null
  return setTask(state, index, {
    stage: finished ? { kind: 'ready' } : { kind: 'waiting' },
    ...(finished ? {} : { candidate: null }),
    finish: 'none',
    finishedAt: null,
  })
}

/** The branch holds it, whatever else was said of it; who was blocked by it may go on. */
export function foundLanded(plan: Plan, before: RunState, index: number, commit: Sha, at: string): RunState {
  const open = setTask(before, index, { commit, stage: { kind: 'waiting' } })
  const ended = endTask(plan, open, index, { outcome: 'landed', failure: null }, at)
  // Also where this process did nothing for it: markers and bundles of an earlier one may say otherwise. Whoever is at
  // work on it still needs its folder.
  const task = before.tasks[index]
  const atWork = task?.stage.kind === 'working' || task?.stage.kind === 'remediating'
  const landed = setTask(ended, index, { finish: atWork ? 'none' : dueAgain(task) })
  const freed = landed.tasks.reduce(
    (s, task, i) => (task.stage.kind === 'ended' && task.stage.outcome === 'blocked' ? reopen(s, i) : s),
    landed,
  )
  return recount(blockAll(plan, freed, at))
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

function isLost(task: TaskState | undefined): boolean {
  return task?.stage.kind === 'ended' && !meets(task)
}

/** Kept work whose task needs one that is not to run any more: it ends for the same reason. */
export function endStranded(plan: Plan, state: RunState, at: string): RunState {
  const next = state.tasks.reduce((s, task, index) => {
    if (task.stage.kind !== 'ready') return s
    // Looked at with every event: nothing is made for those that need nothing.
    const lost = plan.needs[index]?.find(need => isLost(s.tasks[need]))
    const stage = lost === undefined ? undefined : s.tasks[lost]?.stage
    const failure = stage?.kind === 'ended' ? stage.failure : null
    return failure ? failTask(plan, s, index, failure, at) : s
  }, state)
  return next === state ? state : endStranded(plan, next, at)
}

const GENERAL: ReadonlySet<Failure['code']> = new Set([
  'max-tasks',
  'max-failures',
  'signal',
  'stop',
  'deadline',
])

/** Blocks whoever waits for a task that has ended in vain. */
export function blockAll(plan: Plan, state: RunState, at: string | null): RunState {
  return state.tasks.reduce((s, _, index) => blockDependants(plan, s, index, at), state)
}

/** Not recursive: a chain of needs may be as long as the file. */
function blockDependants(plan: Plan, before: RunState, index: number, at: string | null): RunState {
  let state = before
  const open = [index]
  for (const blocker of open) {
    const task = state.tasks[blocker]
    if (task?.stage.kind !== 'ended' || meets(task)) continue
    const { failure } = task.stage
    // A limit or a halt holds back the rest for its own sake, not for this task's.
    if (failure && GENERAL.has(failure.code)) continue
    const above = failure?.code === 'dependency' ? failure.blockedBy : []
    const end: Failure = { code: 'dependency', blockedBy: [...new Set([...above, task.id])] }
    for (const dependant of plan.dependants[blocker] ?? []) {
      const stage = state.tasks[dependant]?.stage.kind
      // Ready before what it needs has ended: work that an earlier run kept.
      if (stage !== 'waiting' && stage !== 'ready') continue
      state = endAlone(state, dependant, { outcome: outcomeOf(end), failure: end }, at)
      open.push(dependant)
    }
  }
  return state
}
