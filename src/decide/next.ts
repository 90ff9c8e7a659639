/** What may start now: at most as many workers as allowed, at most one step of the lane, and what ended tasks leave. */
import { laneStep } from './lane.ts'
import { needsMet } from './state.ts'
import type { Limits, Plan, RunState, Step } from './task.ts'

export function next(plan: Plan, state: RunState, limits: Limits): readonly Step[] {
  const steps: Step[] = []
  for (const task of state.tasks) {
    if (task.finish === 'due') steps.push({ kind: 'finish', task: task.id })
  }
  const lane = laneStep(plan, state, limits)
  if (lane) steps.push(lane)
  if (state.halt !== null) return steps
  const active = state.tasks.filter(
    ({ stage }) => stage.kind === 'working' || stage.kind === 'remediating',
  ).length
  steps.push(...starts(plan, state, limits, limits.workers - active))
  return steps
}

/** Remediations first (their work is nearly home), then `doing` before `todo`, each in file order. */
function starts(plan: Plan, state: RunState, limits: Limits, free: number): Step[] {
  if (free <= 0) return []
  const base = state.lane.tip
  const remediations: Step[] = []
  const doing: Step[] = []
  const todo: Step[] = []
  state.tasks.forEach((task, index) => {
    if (task.stage.kind === 'handoff' && task.candidate) {
      const { candidate, remediations: done, stage } = task
      remediations.push({
        kind: 'remediate',
        task: task.id,
        attempt: done + 1,
        base,
        candidate,
        handoff: stage.handoff,
      })
    }
    if (task.stage.kind !== 'waiting' || !needsMet(plan, state, index)) return
    const step: Step = { kind: 'work', task: task.id, attempt: task.workerRuns + 1, base }
    ;(plan.tasks[index]?.status === 'doing' ? doing : todo).push(step)
  })
  // A retry was started already; only first starts count against max-tasks.
  let left = limits.maxTasks > 0 ? limits.maxTasks - state.started : Number.POSITIVE_INFINITY
  const allowed = [...doing, ...todo].filter(step => step.kind === 'work' && (step.attempt > 1 || left-- > 0))
  return [...remediations, ...allowed].slice(0, free)
}
