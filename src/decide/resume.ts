/** Taking up a run where an earlier process or attempt left it. The branch wins over the journal. */
import { apply } from './apply.ts'
import type { Event, Found } from './happened.ts'
import { blockAll, recount, reopen, setTask } from './state.ts'
import type { Candidate, Limits, Outcome, Plan, RunState, Sha, TaskId, TaskState } from './task.ts'

/**
 * Run keys of one workflow run: `<run id>-<attempt>` with the same id. Keys of local runs belong together only
 * when they are equal.
 */
export function sameRun(a: string, b: string): boolean {
  if (a === b) return true
  const id = (key: string): string | null => /^(\d+)-\d+$/.exec(key)?.[1] ?? null
  return id(a) !== null && id(a) === id(b)
}

/**
 * The state that a journal's events lead to, ready to go on: what was under way when the process ended starts
 * over, except that a finished worker's candidate goes straight to the lane. Events of tasks that are no longer
 * in the plan, or were redefined since (`same` says no), do not count.
 */
export function resume(
  plan: Plan,
  start: RunState,
  limits: Limits,
  events: readonly Event[],
  same: (task: TaskId) => boolean,
): RunState {
  const last = usableEvents(plan, events, same).reduce(
    (s, event) =>
      event.type === 'resumed' ? takenUp(plan, start, s, event.at) : replay(plan, s, limits, event),
    start,
  )
  return takenUp(plan, start, last, events.at(-1)?.at ?? null)
}

/** One process ends, and the next goes on from what it left. */
function takenUp(plan: Plan, start: RunState, left: RunState, at: string | null): RunState {
  const { stats, bypassed, refused, limit, verdicts, reds } = left.lane
  const awake: RunState = {
    ...left,
    tasks: left.tasks.map(interrupted),
    halt: null,
    lane: { ...start.lane, stats, bypassed, refused, limit, verdicts, reds },
  }
  const woken = awake.tasks.reduce((s, task, index) => {
    const first = start.tasks[index]
    // What is not due now (`status`, `not-before`, `only`) sleeps on.
    if (first?.stage.kind === 'ended') return task.stage.kind === 'ended' ? s : setTask(s, index, first)
    return wake(s, task.stage.kind, index)
  }, awake)
  return recount(blockAll(plan, woken, at))
}

/** What it leaves was being written: that starts over, unless it turns out not to have ended. */
function interrupted(task: TaskState): TaskState {
  // Its worker was at work when the branch turned out to hold it.
  if (task.finish === 'none' && task.stage.kind === 'ended' && task.workerRuns > 0)
    return { ...task, finish: 'due' }
  if (task.finish !== 'running' && task.finish !== 'again') return task
  return { ...task, finish: task.stage.kind === 'ended' ? 'due' : 'none' }
}

/** Those that say something of a task as it is defined now; a journal that goes on keeps no others. */
export function usableEvents(
  plan: Plan,
  events: readonly Event[],
  same: (task: TaskId) => boolean,
): readonly Event[] {
  return events.filter(event => concerns(event, task => plan.index.has(task) && same(task)))
}

export interface Finished {
  readonly task: TaskId
  readonly found: Found
  /** Where the journal saw it land: no news where the branch says so too. */
  readonly landed: Sha | null
}

/**
 * What the journal of an earlier attempt says was finished: its worker need not run again. A candidate counts as kept
 * work: where it cannot land, it makes way for a new run of the worker. Failed tasks are not among them: they start over.
 */
export function finishedBefore(
  plan: Plan,
  start: RunState,
  limits: Limits,
  events: readonly Event[],
  same: (task: TaskId) => boolean,
): readonly Finished[] {
  const before = resume(plan, start, limits, events, same)
  return before.tasks.flatMap((task): Finished[] => {
    const outcome = task.stage.kind === 'ended' ? task.stage.outcome : null
    if (outcome === 'unchanged') return [{ task: task.id, found: { kind: 'unchanged' }, landed: null }]
    if (outcome === 'reverted' || !isFinished(task)) return []
    const candidate: Candidate = { ...task.candidate, source: 'blocked' }
    const landed = outcome === 'landed' ? task.commit : null
    return [{ task: task.id, found: { kind: 'candidate', candidate }, landed }]
  })
}

/** Whether its candidate is what a worker that ended well made, and not what is left of one that was stopped. */
function isFinished(task: TaskState): task is TaskState & { readonly candidate: Candidate } {
  return task.candidate !== null && task.readyAt !== null
}

/** Commits that a journal counts on, by task: what is not in the store any more cannot be taken up. */
export function candidatesOf(
  events: readonly Event[],
): readonly { readonly task: TaskId; readonly commit: Sha }[] {
  return events.flatMap(event => {
    const commit = candidateOf(event)?.commit
    return commit !== undefined && 'task' in event ? [{ task: event.task, commit }] : []
  })
}

/** Without the events of candidates that are gone: their workers start over. */
export function withoutLost(events: readonly Event[], lost: ReadonlySet<Sha>): readonly Event[] {
  return events.filter(event => !lost.has(candidateOf(event)?.commit as Sha))
}

function candidateOf(event: Event): Candidate | null {
  switch (event.type) {
    case 'worked':
    case 'remediated':
      return event.result.kind === 'candidate' ? event.result.candidate : null
    case 'found':
      return event.found.kind === 'candidate' ? event.found.candidate : null
    default:
      return null
  }
}

function concerns(event: Event, usable: (task: TaskId) => boolean): boolean {
  switch (event.type) {
    case 'worked':
    case 'remediated':
    case 'finished':
    case 'found':
    case 'reverted':
      return usable(event.task)
    case 'began':
      return 'task' in event.step ? usable(event.step.task) : true
    default:
      return true
  }
}

/** Lane events are replayed for what they ended; a lane that refers to unknown tasks is left out. */
function replay(plan: Plan, state: RunState, limits: Limits, event: Event): RunState {
  try {
    return apply(plan, state, limits, event)
  } catch {
    return state
  }
}

/** A run of the worker that never answered does not count. */
function startOver(state: RunState, index: number): RunState {
  const workerRuns = Math.max(0, (state.tasks[index]?.workerRuns ?? 0) - 1)
  return setTask(state, index, { stage: { kind: 'waiting' }, workerRuns })
}

const AGAIN: ReadonlySet<Outcome> = new Set(['cancelled', 'skipped', 'blocked'])

/** Also where a full disk or the like was to blame: that may be over. */
function mayEndOtherwise({ outcome, failure }: Extract<TaskState['stage'], { kind: 'ended' }>): boolean {
  return AGAIN.has(outcome) || failure?.code === 'workspace'
}

function wake(state: RunState, stage: RunState['tasks'][number]['stage']['kind'], index: number): RunState {
  const task = state.tasks[index]
  if (!task) return state
  switch (stage) {
    case 'working':
      return startOver(state, index)
    case 'handoff':
      return task.candidate === null ? startOver(state, index) : state
    case 'remediating':
      if (task.stage.kind !== 'remediating') return state
      // Its candidate is lost: see withoutLost.
      if (task.candidate === null) return startOver(state, index)
      return setTask(state, index, {
        stage: { kind: 'handoff', handoff: task.stage.handoff },
        remediations: task.remediations - 1,
      })
    case 'ended':
      // Who is still blocked, or held back by a limit, ends so again.
      return task.stage.kind === 'ended' && mayEndOtherwise(task.stage) ? reopen(state, index) : state
    default:
      return state
  }
}
