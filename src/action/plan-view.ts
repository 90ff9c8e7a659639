/** What a run would do with its tasks, without doing any of it: what starts in which order, what is held back and why. Pure. */
import { apply, settle } from '../decide/apply.ts'
import { type Failure, reasonCode } from '../decide/failure.ts'
import type { Event } from '../decide/happened.ts'
import { next } from '../decide/next.ts'
import { listed, plainLine } from '../decide/plain.ts'
import { initialState } from '../decide/state.ts'
import type { Limits, Plan, RunState, Sha, Task, TaskId, WorkStep } from '../decide/task.ts'

export interface PlanView {
  readonly version: 1
  /** Name of the file, or `tasks` for inline text. */
  readonly tasks_file: string
  readonly format: string
  readonly workers: number
  /** In the order in which they would start, if all took the same time and ended well. */
  readonly would_run: readonly Planned[]
  /** In queue order. */
  readonly held_back: readonly HeldBack[]
  readonly notices: readonly string[]
}
export interface Planned {
  readonly id: TaskId
  readonly title: string
  readonly status: string
  readonly needs: readonly TaskId[]
}
export interface HeldBack {
  readonly id: TaskId
  readonly title: string
  readonly reason: { readonly code: string; readonly message: string }
  readonly blocked_by: readonly TaskId[]
}

export interface PlanFacts {
  readonly file: string
  readonly format: string
  readonly limits: Limits
  readonly only: readonly string[]
  /** Milliseconds since the epoch. */
  readonly now: number
  readonly notices: readonly string[]
}

export function planView(plan: Plan, facts: PlanFacts): PlanView {
  const { order, end } = rehearsed(plan, facts)
  const taskOf = (id: TaskId): Task => plan.tasks[plan.index.get(id) ?? -1] as Task
  return {
    version: 1,
    tasks_file: facts.file,
    format: facts.format,
    workers: facts.limits.workers,
    would_run: order.map(id => {
      const { title, status, needs } = taskOf(id)
      return { id, title, status, needs }
    }),
    held_back: end.tasks.flatMap(({ id, stage }): HeldBack[] => {
      const failure = stage.kind === 'ended' ? stage.failure : null
      if (failure === null) return []
      const reason = { code: reasonCode(failure), message: whyHeld(failure, facts) }
      const blockedBy = failure.code === 'dependency' ? failure.blockedBy : []
      return [{ id, title: taskOf(id).title, reason, blocked_by: blockedBy }]
    }),
    notices: facts.notices,
  }
}

/** The run's own rules, with workers that all take the same time and change nothing. */
function rehearsed(plan: Plan, { limits, only, now }: PlanFacts): { order: TaskId[]; end: RunState } {
  const at = new Date(now).toISOString()
  const order: TaskId[] = []
  let state = settle(plan, initialState(plan, '' as Sha, 0, only, now), limits, at)
  const take = (event: Event): void => {
    state = apply(plan, state, limits, event)
  }
  // Only workers: what ended tasks leave is nothing here.
  const starts = (): WorkStep[] => next(plan, state, limits).filter(step => step.kind === 'work')
  for (let steps = starts(); steps.length > 0; steps = starts()) {
    for (const step of steps) take({ at, type: 'began', step })
    for (const { task } of steps) take({ at, type: 'worked', task, result: WELL })
    order.push(...steps.map(step => step.task))
  }
  return { order, end: state }
}

const WELL = { kind: 'unchanged', exitCode: 0, seconds: { workspace: 0, worker: 0 } } as const

function whyHeld(failure: Failure, { limits }: PlanFacts): string {
  switch (failure.code) {
    case 'status':
      return `its status is ${failure.status}`
    case 'not-before':
      return `not before ${failure.time}`
    case 'only':
      return '`only` names others'
    case 'max-tasks':
      return `\`max-tasks\`: ${limits.maxTasks} start in one run`
    case 'dependency':
      return `needs ${listed(failure.blockedBy.toReversed(), 5)}, held back`
    default:
      return reasonCode(failure)
  }
}

/** For a terminal, line by line; ids are aligned. */
export function planLines(view: PlanView): readonly string[] {
  const { would_run: run, held_back: held } = view
  const total = run.length + held.length
  const width = Math.max(0, ...run.map(task => task.id.length), ...held.map(task => task.id.length))
  const digits = String(run.length).length
  const row = (mark: string, { id, title }: { id: TaskId; title: string }, note: string): string =>
    [
      `  ${mark.padStart(digits)}`,
      id.padEnd(width),
      ...(title === id ? [] : [plainLine(title, 100)]),
      ...(note === '' ? [] : [`(${note})`]),
    ]
      .join('  ')
      .trimEnd()
  // What is met without running (`only`, `done`) is nothing to wait for.
  const runs = new Set(run.map(task => task.id))
  const rows = run.map((task, i) => {
    const after = task.needs.filter(need => runs.has(need))
    const notes = [
      ...(task.status === 'doing' ? ['doing'] : []),
      ...(after.length > 0 ? [`after ${listed(after, 5)}`] : []),
    ]
    return row(String(i + 1), task, notes.join('; '))
  })
  // Whoever names a few tasks does not want to read of the many others.
  const others = held.filter(task => task.reason.code === 'only').length
  const kept = held
    .filter(task => task.reason.code !== 'only')
    .map(task => row('-', task, task.reason.message))
  if (others > 0) kept.push(`  ${'-'.padStart(digits)}  ${others} not named by \`only\``)
  return [
    `${run.length} of ${total} ${total === 1 ? 'task' : 'tasks'} in ${view.tasks_file} would run, up to ${view.workers} at a time${run.length > 0 ? ':' : '.'}`,
    ...rows,
    ...(kept.length > 0 ? ['Held back:', ...kept] : []),
    ...view.notices.map(notice => `note: ${notice}`),
  ]
}
