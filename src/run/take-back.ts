/**
 * Reverts on their way to the branch, by the lane's rules: gated if there is a gate, fast-forward only, pushed again
 * after a lost race.
 */
import { jitter } from '../decide/backoff.ts'
import { explain } from '../decide/explain.ts'
import { listed } from '../decide/plain.ts'
import { triesAgain } from '../decide/take-back.ts'
import type { Candidate, Limits, Refusal, RunState, Sha, TaskId } from '../decide/task.ts'
import type { Book } from './book.ts'
import { type GateSlots, gate } from './gate.ts'
import { push } from './push.ts'
import { type Landed, withReverts } from './revert.ts'
import { fetchTip, nothingRecalled } from './tip.ts'
import type { LaneWorld } from './world.ts'

/** Reverts the culprits. `why` some are not, in a sentence; null: all are. */
export async function takeBack(
  culprits: readonly Landed[],
  limits: Limits,
  slots: GateSlots,
  book: Book,
  world: LaneWorld,
): Promise<{ readonly why: string | null }> {
  // With a largest batch, no more reverts than that share a gate. The latest first, as in the search.
  const size = limits.maxBatch > 0 ? limits.maxBatch : culprits.length
  const order = culprits.toReversed()
  for (let i = 0; i < order.length; i += size) {
    const why = await pushReverts(order.slice(i, i + size), limits, slots, book, world)
    if (why !== null) return { why }
  }
  return { why: null }
}

async function pushReverts(
  culprits: readonly Landed[],
  limits: Limits,
  slots: GateSlots,
  book: Book,
  world: LaneWorld,
): Promise<string | null> {
  const { store, clock, cancel } = world
  for (let tries = 1; ; tries++) {
    await clock.sleep(jitter(book.state.lane.waitMs, clock.random()), cancel)
    if (cancel.aborted) return 'The run was cancelled before the reverts were pushed.'
    const tip = await fetchTip(world)
    if (tip.kind === 'unreachable') {
      await book.take({ type: 'stacked', result: tip })
      if (triesAgain(tip.refusal, tries, book.state.lane, limits)) continue
      return toldRefusal(tip.refusal, world)
    }
    const reverted = await withReverts(tip.commit, culprits, world)
    if (reverted.kind === 'conflict')
      return `The revert of ${reverted.task} conflicts with what landed after it (${listed(reverted.files)}).`
    const [tree] = await store.resolve([`${reverted.top}^{tree}`])
    if (limits.gate && !(await passesGate(reverted.top, tree!, slots, book, world)))
      return cancel.aborted
        ? 'The run was cancelled before the reverts were pushed.'
        : 'The branch without it does not pass the gate.'
    const layers = [{ task: reverted.commits.at(-1)!.task, commit: reverted.top, tree: tree! }]
    const step = { kind: 'push', tip: tip.commit, layers, attempt: tries } as const
    // In the books it is a push of no task: nothing is to land with it.
    await book.take({ type: 'began', step: { ...step, layers: [] } })
    const result = await push(step, nothingRecalled(), world)
    await book.take({ type: 'pushed', layers: [], result })
    switch (result.kind) {
      case 'landed':
        for (const { task, commit } of reverted.commits) {
          const work = await landedWork(task, book.state, world)
          if (work !== null) await book.take({ type: 'reverted', task, commit, work })
        }
        return null
      case 'stopped':
        return 'The run was cancelled before the reverts were pushed.'
      case 'refused':
        if (!triesAgain(result.refusal, tries, book.state.lane, limits))
          return toldRefusal(result.refusal, world)
    }
  }
}

/** A tree that the lane has gated is not gated again. */
async function passesGate(
  commit: Sha,
  tree: Sha,
  slots: GateSlots,
  book: Book,
  world: LaneWorld,
): Promise<boolean> {
  const known = book.state.lane.verdicts[tree]
  if (known !== undefined) return known
  const step = { kind: 'gate', targets: [{ commit, tree, tasks: [], n: 1 }] } as const
  await book.take({ type: 'began', step })
  const results = await gate(step, slots, world)
  await book.take({ type: 'gated', results })
  return results[0]?.passed === true
}

function toldRefusal({ code, output }: Refusal, { branch }: LaneWorld): string {
  const { what, fix } = explain(
    { code: 'refused', refusal: code, output },
    { branch, baseSha: '', kept: true },
  )
  return `${what} ${fix}`
}

/** What is kept of a landed task: its candidate, or its commit where an earlier attempt landed it. Else null. */
export async function landedWork(
  id: TaskId,
  { tasks }: RunState,
  { store }: Pick<LaneWorld, 'store'>,
): Promise<Candidate | null> {
  const task = tasks.find(one => one.id === id)
  if (task?.stage.kind !== 'ended' || task.stage.outcome !== 'landed') return null
  const { candidate, commit } = task
  if (candidate !== null || commit === null) return candidate
  const [base] = await store.resolve([`${commit}^`])
  const { stat: changes } = await store.changes(base!, commit)
  return { commit, base: base!, changes, source: 'worker' }
}
