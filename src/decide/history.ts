/** What ran when, and what came of it: told from the events of a run, for pictures and for the story of a task. */
import type { Event, PushResult, WorkResult } from './happened.ts'
import type { GateResult, GateTarget, Handoff, Sha, Step, TaskId } from './task.ts'

interface Span {
  /** Milliseconds since the epoch. */
  readonly from: number
  /** null: it has not ended. */
  readonly to: number | null
}

/** One run of a worker, or of the `remediate` command (then with the handoff that it was given). */
export interface WorkerRun extends Span {
  readonly task: TaskId
  readonly attempt: number
  readonly handoff: Handoff | null
  /** null: it has not ended, or nobody was there to see how. */
  readonly result: WorkResult | null
}

export interface GateRun extends Span {
  readonly target: GateTarget
  readonly result: GateResult | null
}

export interface PushTry extends Span {
  /** Empty: reverts. */
  readonly tasks: readonly TaskId[]
  readonly result: PushResult | null
}

export interface Verifying extends Span {
  readonly result: GateResult
}

/** The commit that took back a landed task. */
export interface Revert {
  readonly task: TaskId
  readonly commit: Sha
  /** Milliseconds since the epoch. */
  readonly at: number
}

/** Each list in the order of beginning. */
export interface History {
  readonly workers: readonly WorkerRun[]
  readonly gates: readonly GateRun[]
  readonly pushes: readonly PushTry[]
  readonly verifications: readonly Verifying[]
  readonly reverts: readonly Revert[]
  /** Since when the lane fetches the branch and stacks upon it; null: it does something else. */
  readonly stackingSince: number | null
}

export const NO_HISTORY: History = {
  ...{ workers: [], gates: [], pushes: [], verifications: [], reverts: [] },
  stackingSince: null,
}

interface Draft {
  readonly workers: WorkerRun[]
  readonly gates: GateRun[]
  readonly pushes: PushTry[]
  readonly verifications: Verifying[]
  readonly reverts: Revert[]
  stackingSince: number | null
  /** Task -> its run in `workers` that has not ended. */
  readonly working: Map<TaskId, number>
}

/** Work that grows with the events: for a report, not for each event. */
export function historyOf(events: readonly Event[]): History {
  const draft: Draft = {
    ...{ workers: [], gates: [], pushes: [], verifications: [], reverts: [] },
    stackingSince: null,
    working: new Map(),
  }
  let last = 0
  for (const event of events) {
    const at = Date.parse(event.at)
    note(draft, event, at, last)
    last = at
  }
  const { working, ...history } = draft
  return history
}

function note(draft: Draft, event: Event, at: number, before: number): void {
  switch (event.type) {
    case 'began':
      begin(draft, event.step, at)
      return
    case 'worked':
    case 'remediated':
      endWorker(draft, event.task, at, event.result)
      return
    case 'gated':
      endGates(draft, event.results, at)
      return
    case 'pushed':
      endPush(draft, event.result, at)
      return
    case 'stacked':
      // What goes wrong inside a step of the lane is told this way.
      endLane(draft, at)
      return
    case 'verified':
      draft.verifications.push({ from: at - event.result.seconds * 1000, to: at, result: event.result })
      return
    case 'resumed':
      // The process that had begun them was last heard of before.
      for (const task of [...draft.working.keys()]) endWorker(draft, task, before, null)
      endLane(draft, before)
      return
    case 'reverted':
      draft.reverts.push({ task: event.task, commit: event.commit, at })
      return
    case 'finished':
    case 'halted':
    case 'found':
      return
  }
}

function begin(draft: Draft, step: Step, from: number): void {
  const started = { from, to: null, result: null }
  switch (step.kind) {
    case 'work':
    case 'remediate': {
      const handoff = step.kind === 'remediate' ? step.handoff : null
      draft.working.set(step.task, draft.workers.length)
      draft.workers.push({ ...started, task: step.task, attempt: step.attempt, handoff })
      return
    }
    case 'gate':
      draft.gates.push(...step.targets.map(target => ({ ...started, target })))
      return
    case 'push':
      draft.pushes.push({ ...started, tasks: step.layers.map(layer => layer.task) })
      return
    case 'stack':
      draft.stackingSince = from
      return
    case 'finish':
      return
  }
}

function endWorker(draft: Draft, task: TaskId, to: number, result: WorkResult | null): void {
  const index = draft.working.get(task)
  const run = index === undefined ? undefined : draft.workers[index]
  if (index === undefined || run === undefined) return
  draft.workers[index] = { ...run, to, result }
  draft.working.delete(task)
}

/** Gates that began together end together in the books; each has its own length all the same. */
function endGates(draft: Draft, results: readonly GateResult[], at: number): void {
  for (let i = draft.gates.length - 1; draft.gates[i]?.to === null; i--) {
    const gate = draft.gates[i]!
    const result = results.find(each => each.commit === gate.target.commit) ?? null
    const to = result === null ? at : Math.min(at, gate.from + result.seconds * 1000)
    draft.gates[i] = { ...gate, to, result }
  }
}

function endPush(draft: Draft, result: PushResult | null, to: number): void {
  const push = draft.pushes.at(-1)
  if (push?.to === null) draft.pushes[draft.pushes.length - 1] = { ...push, to, result }
}

function endLane(draft: Draft, at: number): void {
  draft.stackingSince = null
  endGates(draft, [], at)
  endPush(draft, null, at)
}
