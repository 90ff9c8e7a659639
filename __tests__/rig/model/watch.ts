/** What must hold at every event of a run, and at its end, whatever the plan, the limits and the weather. */

import type { Event } from '../../../src/decide/happened.ts'
import { RULES } from '../../../src/decide/refusal.ts'
import { indexOf } from '../../../src/decide/state.ts'
import type { Limits, Plan, RunState, Sha, Step, TaskId, TaskState } from '../../../src/decide/task.ts'
import { FAILING, NOT_VERIFIED, verdict } from '../../../src/decide/verdict.ts'
import { insist } from './chance.ts'
import type { SimulatedWorld } from './world.ts'

export interface Rules {
  readonly plan: Plan
  readonly limits: Limits
  readonly only: readonly string[]
  readonly world: SimulatedWorld
}

export interface Watch {
  readonly began: (step: Step, state: RunState) => void
  readonly took: (event: Event, before: RunState, after: RunState) => void
  /** Another process: to it the journal says nothing of these tasks any more, or nothing of any gate. */
  readonly forgot: (tasks: ReadonlySet<TaskId>, verdicts: boolean) => void
  readonly end: (state: RunState) => void
}

type Ended = Extract<TaskState['stage'], { kind: 'ended' }>
const endOf = (task: TaskState): Ended | null => (task.stage.kind === 'ended' ? task.stage : null)

/** One watch sees all processes of a run: what it remembers is what the journal holds. */
export function watch({ plan, limits, only, world }: Rules): Watch {
  const verdicts = new Map<Sha, boolean>()
  const finished = new Set<TaskId>()
  let halts = 0
  /** Whether the remote refused this process for a reason that no retry can cure. */
  let closed = false
  /** Whether the journal still tells all. */
  let whole = true
  const taskOf = (state: RunState, id: TaskId): TaskState => state.tasks[indexOf(plan, id)]!

  function needMet(state: RunState, need: number): boolean {
    const { id, status } = plan.tasks[need]!
    if (only.length > 0 && !only.includes(id)) return true
    const outcome = endOf(state.tasks[need]!)?.outcome
    return status === 'done' || outcome === 'landed' || outcome === 'unchanged'
  }
  const needsMet = (state: RunState, id: TaskId): boolean =>
    plan.needs[indexOf(plan, id)]!.every(need => needMet(state, need))

  function began(step: Step, state: RunState): void {
    if (step.kind === 'finish') return
    insist(state.halt !== 'signal', 'nothing starts after a signal')
    if (step.kind === 'work' || step.kind === 'remediate') {
      const active = state.tasks.filter(({ stage }) => /^(working|remediating)$/.test(stage.kind)).length
      insist(active < limits.workers, 'never more workers than allowed')
      insist(state.halt === null, 'no worker starts after a halt')
      const task = taskOf(state, step.task)
      if (step.kind === 'remediate') {
        insist(task.stage.kind === 'handoff', 'a remediation answers a handoff')
        insist(task.remediations < limits.maxRemediations, 'no more remediations than allowed')
        return
      }
      insist(task.stage.kind === 'waiting', 'a worker starts once')
      insist(needsMet(state, step.task), 'never a task before its needs')
      insist(!finished.has(step.task), 'a worker that had finished is not started again')
      const retries = plan.tasks[indexOf(plan, step.task)]!.retries ?? limits.retries
      // A run that a halt has cut is not the worker's failure: taken up again, it starts over.
      insist(step.attempt <= retries + 1 + halts, 'no more runs than retries allow')
      if (task.workerRuns > 0) return
      const started = state.tasks.filter(each => each.workerRuns > 0).length
      insist(limits.maxTasks === 0 || started < limits.maxTasks, 'max-tasks')
      const failed = state.tasks.filter(each => /^(failed|blocked-push)$/.test(endOf(each)?.outcome ?? ''))
      insist(limits.maxFailures === 0 || failed.length < limits.maxFailures, 'max-failures')
      return
    }
    insist(!state.lane.busy, 'there is one lane')
    insist(!closed, 'a refusal that no retry can cure costs one attempt')
    const ready = (id: TaskId): boolean => taskOf(state, id).stage.kind === 'ready'
    const inHand =
      step.kind === 'stack'
        ? step.tasks.map(each => each.task)
        : step.kind === 'push'
          ? step.layers.map(each => each.task)
          : step.targets.flatMap(each => each.tasks)
    insist(inHand.every(ready), 'the lane holds ready candidates only')
    insist(
      inHand.every(id => needsMet(state, id)),
      'nothing lands before what it needs',
    )
    if (step.kind === 'gate') {
      insist(!step.targets.some(target => verdicts.has(target.tree)), 'gates never repeat a tree')
      insist(step.targets.length <= limits.gateSlots, 'never more gates than slots')
    }
    if (step.kind === 'push') {
      const top = step.layers.at(-1)!
      insist(!limits.gate || verdicts.get(top.tree) === true, 'only a tree that passed is pushed')
      insist(
        inHand.every(id => taskOf(state, id).pushes < limits.maxPushAttempts),
        'never more push attempts than allowed',
      )
    }
  }

  function took(event: Event, before: RunState, after: RunState): void {
    if (event.type === 'worked' && event.result.kind === 'candidate') finished.add(event.task)
    if (event.type === 'halted') halts++
    if ((event.type === 'pushed' || event.type === 'stacked') && 'refusal' in event.result) {
      const { retry, scope } = RULES[event.result.refusal.code]
      closed ||= retry === 'no' && scope === 'branch'
    }
    if (event.type === 'gated') {
      for (const { tree, passed } of event.results) if (passed !== null) verdicts.set(tree, passed)
    }
    const stacked = event.type === 'stacked' && event.result.kind === 'stacked' ? event.result : null
    after.tasks.forEach((task, i) => {
      const [was, is] = [endOf(before.tasks[i]!), endOf(task)]
      if (was === null || was.outcome === is?.outcome) return
      // Only the branch itself knows better.
      const read = stacked?.landed.some(layer => layer.task === task.id) || event.type === 'found'
      insist(read, `${task.id} has one outcome, not ${was.outcome} and ${is?.outcome}`)
    })
    const stack = stacked?.stack ?? before.lane.stack
    after.tasks.forEach((task, i) => {
      const judged = event.type === 'gated' || event.type === 'stacked'
      if (!judged || task.redGate === null || task.redGate === before.tasks[i]!.redGate) return
      const at = stack?.layers.findIndex(layer => layer.task === task.id) ?? -1
      const below = stack?.layers[at - 1]?.tree ?? stack?.tipTree
      insist(at >= 0 && verdicts.get(stack!.layers[at]!.tree) === false, 'who is blamed is proven red')
      insist(verdicts.get(below!) === true, 'nobody is blamed for what was red before')
    })
    const red = after.tasks.filter((task, i) => {
      const code = endOf(task)?.failure?.code
      return code === 'base-red' && endOf(before.tasks[i]!) === null
    })
    insist(
      red.length === 0 || (stack !== null && verdicts.get(stack.tipTree) === false),
      'base-red is proven',
    )
  }

  function end(state: RunState): void {
    const { history } = world
    const landed = history.since(world.base, world.tip()).flatMap(({ task }) => (task === null ? [] : [task]))
    insist(new Set(landed).size === landed.length, 'nothing lands twice')
    insist(
      !limits.gate || world.moves.every(move => move.passed === true),
      'the branch only ever moves to a tree that passed the gate',
    )
    const isEnded = (task: TaskState): boolean => task.stage.kind === 'ended'
    const open = state.tasks.filter(task => !isEnded(task)).map(task => `${task.id} ${task.stage.kind}`)
    insist(open.length === 0, `every task ends; still open: ${open.join(', ')}`)
    for (const task of state.tasks) {
      const { outcome, failure } = endOf(task)!
      insist(task.finish === 'none' || task.finish === 'done', 'what a task leaves is kept')
      const isThere = landed.includes(task.id)
      insist(outcome !== 'landed' || isThere, `${task.id} landed only if the branch holds it`)
      insist(
        outcome === 'landed' || !isThere || world.unread(),
        `${task.id} is on the branch, not ${outcome}`,
      )
      insist((failure === null) === (outcome === 'landed' || outcome === 'unchanged'), 'a reason for each')
      if (finished.has(task.id) && FAILING.has(outcome)) {
        insist(task.candidate !== null, `the finished work of ${task.id} is not lost`)
      }
      const ownFault =
        failure?.code === 'gate' ||
        failure?.code === 'conflict' ||
        (failure?.code === 'refused' && RULES[failure.refusal].scope === 'candidate')
      if (world.saved.has(task.id) && ownFault && halts === 0) {
        insist(task.workerRuns > 0, `work kept by an earlier run makes way for the worker of ${task.id}`)
      }
      if (failure?.code === 'dependency') checkBlocked(state, task, failure.blockedBy)
      if (outcome === 'failed' && failure?.code === 'gate') {
        insist(task.redGate !== null && world.red(task.redGate.tree), 'the marker shows a gate that was red')
      }
      insist(!whole || task.pushes <= limits.maxPushAttempts, 'never more push attempts than allowed')
    }
    checkSummary(state)
  }

  function checkBlocked(state: RunState, task: TaskState, blockedBy: readonly TaskId[]): void {
    const needs = plan.needs[indexOf(plan, task.id)]!.map(need => plan.tasks[need]!.id)
    insist(
      needs.some(need => blockedBy.includes(need)),
      `${task.id} is blocked by a need of its own`,
    )
    for (const blocker of blockedBy) {
      const end = endOf(taskOf(state, blocker))
      insist(end !== null && !needMet(state, indexOf(plan, blocker)), `${blocker} blocks ${task.id}`)
    }
    insist(task.workerRuns === 0 || !whole, `${task.id} is blocked before it starts`)
  }

  function checkSummary(state: RunState): void {
    const facts = {
      key: '1-1',
      repository: 'o/r',
      branch: 'main',
      baseSha: world.base,
      headSha: world.tip(),
      startedAt: '',
      finishedAt: '',
      workers: limits.workers,
      dryRun: false,
      resumed: false,
    }
    const { counts, tasks, any_failed, all_succeeded, conclusion } = verdict(plan, state, facts, NOT_VERIFIED)
    const { total, ...each } = counts
    const sum = Object.values(each).reduce((a, b) => a + b, 0)
    insist(total === plan.tasks.length && sum === total, 'every task is counted once')
    const failing = tasks.some(task => FAILING.has(task.outcome))
    insist(any_failed === failing && all_succeeded === !failing, 'the report is the truth')
    insist(conclusion === (failing ? 'failure' : 'success'), 'a run in which anything failed is red')
  }

  function forgot(tasks: ReadonlySet<TaskId>, gates: boolean): void {
    for (const task of tasks) finished.delete(task)
    if (gates) verdicts.clear()
    closed = false
    whole &&= tasks.size === 0
  }

  return { began, took, forgot, end }
}
