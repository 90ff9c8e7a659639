/**
 * After a failed verification: find the first landed commit of this run at which it turns red, take it back on
 * top of the tip, verify again; repeat. Only commits of this run are ever reverted, and only by adding commits.
 */
import { join } from 'node:path'
import { apply } from '../decide/apply.ts'
import { isoTime, signature } from '../decide/identity.ts'
import { withTrailers } from '../decide/message.ts'
import { search } from '../decide/search.ts'
import type { Event, Limits, RunState, Sha, TaskId } from '../decide/task.ts'
import type { GateSlots } from './gate.ts'
import { gate } from './gate.ts'
import { push } from './push.ts'
import type { Opened } from './run.ts'
import { fetchTip } from './tip.ts'
import { runVerification } from './verify.ts'
import { checkoutAt, freshCheckout } from './workspace.ts'
import type { LaneWorld } from './world.ts'

interface Landed {
  readonly task: TaskId
  readonly commit: Sha
}

/** A lost race of the push of reverts is tried again this often. */
const MAX_PUSHES = 5

export async function revertCulprits(
  state: RunState,
  tip: Sha,
  limits: Limits,
  opened: Opened,
  slots: GateSlots,
): Promise<{ readonly culprits: readonly TaskId[]; readonly state: RunState }> {
  const { world } = opened
  const landed = await inBranchOrder(state, tip, world)
  const verdicts = new Map<string, boolean>()
  const verdictOf = async (commit: Sha): Promise<boolean> => {
    const [tree] = await world.store.resolve([`${commit}^{tree}`])
    const known = verdicts.get(tree!)
    if (known !== undefined) return known
    const passed = await verifyCommit(commit, state, verdicts.size + 1, world)
    verdicts.set(tree!, passed)
    return passed
  }
  const culprits: Landed[] = []
  while (culprits.length < landed.length) {
    const rest = landed.filter(one => !culprits.includes(one))
    const culprit = await findCulprit(rest, culprits, verdictOf, world)
    if (culprit === null) break
    culprits.push(culprit)
    const top = await withReverts(tip, culprits, world)
    if (top === null) {
      world.log.warning(
        'verify',
        `The revert of ${culprit.task} conflicts with what landed after it: it is left for a person.`,
      )
      culprits.pop()
      break
    }
    if (await verdictOf(top)) break
  }
  if (culprits.length === 0) return { culprits: [], state }
  return pushReverts(state, culprits, limits, opened, slots)
}

async function inBranchOrder(state: RunState, tip: Sha, world: LaneWorld): Promise<readonly Landed[]> {
  const own = new Map(state.tasks.flatMap(task => (task.commit ? [[task.commit, task.id] as const] : [])))
  const commits = (await world.store.messages(world.base, tip)).map(entry => entry.commit).reverse()
  return commits.flatMap(commit => (own.has(commit) ? [{ commit, task: own.get(commit)! }] : []))
}

/** The first of `rest` that turns the verification red, with the known culprits taken out; null: nobody. */
async function findCulprit(
  rest: readonly Landed[],
  known: readonly Landed[],
  verdictOf: (commit: Sha) => Promise<boolean>,
  world: LaneWorld,
): Promise<Landed | null> {
  const first = rest[0]
  if (!first) return null
  const [before] = await world.store.resolve([`${first.commit}^`])
  const judged = new Map<number, boolean>()
  for (;;) {
    const found = search(prefix => judged.get(prefix), rest.length, 1)
    if (found.kind === 'culprit') return rest[found.prefix - 1] ?? null
    if (found.kind !== 'gate') return null
    for (const prefix of found.prefixes) {
      const commit = prefix === 0 ? before! : rest[prefix - 1]!.commit
      const below = known.filter(one => rest.indexOf(one) < 0)
      const cleaned = await withReverts(commit, await ancestorsAmong(below, commit, world), world)
      judged.set(prefix, await verdictOf(cleaned ?? commit))
    }
  }
}

async function ancestorsAmong(
  landed: readonly Landed[],
  commit: Sha,
  world: LaneWorld,
): Promise<readonly Landed[]> {
  const held = await Promise.all(landed.map(one => world.store.isAncestor(one.commit, commit)))
  return landed.filter((_, i) => held[i])
}

/** `commit` with the changes of these taken back, the latest first; null: that conflicts. */
async function withReverts(commit: Sha, culprits: readonly Landed[], world: LaneWorld): Promise<Sha | null> {
  let top = commit
  for (const culprit of [...culprits].reverse()) {
    const reverted = await revertOn(top, culprit, world)
    if (reverted === null) return null
    top = reverted
  }
  return top
}

async function revertOn(top: Sha, culprit: Landed, world: LaneWorld): Promise<Sha | null> {
  const { store, settings, clock, key } = world
  const who = signature({ name: settings.gitUserName, email: settings.gitUserEmail }, clock.now())
  const [text] = await store.readCommits([culprit.commit])
  const [before] = await store.resolve([`${culprit.commit}^^{tree}`])
  // The culprit's opposite as a commit upon it: merging that takes its change back, whatever came after.
  const opposite = await store.writeCommit(before!, culprit.commit, {
    author: who,
    committer: who,
    message: 'opposite\n',
  })
  const merged = await store.merge(top, opposite, culprit.commit)
  if (merged.kind === 'conflict') return null
  const subject = text?.message.split('\n')[0] ?? culprit.task
  const words = `Revert "${subject}"\n\nThis reverts commit ${culprit.commit}: the verification fails with it.`
  const message = withTrailers(words, { reverts: culprit.task, run: key })
  return store.writeCommit(merged.tree, top, { author: who, committer: who, message })
}

async function verifyCommit(commit: Sha, state: RunState, n: number, world: LaneWorld): Promise<boolean> {
  const place = checkoutAt(join(world.places.run, 'verify-search'), 'verify-search', world)
  await freshCheckout(place, commit, world)
  try {
    for (let tries = 0; tries < 2; tries++) {
      const ended = await runVerification(place.dir, commit, `verify-${n}.log`, state, world)
      if (ended.reason === 'exit' && ended.exitCode === 0) return true
      if (world.cancel.aborted) return false
    }
    return false
  } finally {
    await world.files.removeAll(place.dir)
  }
}

/** Through the same door as everything that lands: gated if there is a gate, fast-forward only. */
async function pushReverts(
  state: RunState,
  culprits: readonly Landed[],
  limits: Limits,
  opened: Opened,
  slots: GateSlots,
): Promise<{ readonly culprits: readonly TaskId[]; readonly state: RunState }> {
  const { world } = opened
  const ids = culprits.map(culprit => culprit.task)
  for (let attempt = 1; attempt <= MAX_PUSHES && !world.cancel.aborted; attempt++) {
    const tip = await fetchTip(world)
    if (tip.kind === 'unreachable') continue
    const top = await withReverts(tip.commit, culprits, world)
    if (top === null) break
    const [tree] = await world.store.resolve([`${top}^{tree}`])
    if (limits.gate) {
      const [result] = await gate(
        { kind: 'gate', targets: [{ commit: top, tree: tree!, tasks: [], n: attempt }] },
        slots,
        world,
      )
      if (result?.passed !== true) {
        world.log.warning(
          'verify',
          `The reverts of ${ids.join(', ')} do not pass the gate: nothing was reverted.`,
        )
        break
      }
    }
    const layers = [{ task: ids[0]!, commit: top, tree: tree! }]
    const pushed = await push({ kind: 'push', tip: tip.commit, layers, attempt }, world)
    if (pushed.kind === 'landed')
      return { culprits: ids, state: await markReverted(state, ids, top, limits, opened) }
    if (pushed.kind === 'refused' && pushed.refusal.code !== 'race' && pushed.refusal.code !== 'network')
      break
  }
  return { culprits: ids, state }
}

async function markReverted(
  before: RunState,
  ids: readonly TaskId[],
  top: Sha,
  limits: Limits,
  { world, journal, observe }: Opened,
): Promise<RunState> {
  let state: RunState = { ...before, lane: { ...before.lane, tip: top } }
  for (const task of ids) {
    const event: Event = { type: 'reverted', task, commit: top, at: isoTime(world.clock.now()) }
    journal.append(event)
    state = apply(world.plan, state, limits, event)
    observe(event, state)
  }
  await journal.flush()
  return state
}
