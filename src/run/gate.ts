/** The gate command on trees, each in a checkout of exactly the commit in question. */
import { join } from 'node:path'
import type { GateResult, GateStep, GateTarget, Sha } from '../decide/task.ts'
import { tail } from '../decide/text.ts'
import type { Checkout } from '../world/checkout.ts'
import type { Ended } from '../world/process.ts'
import { runUserCommand, type UserCommand } from './command.ts'
import { checkoutAt, freshCheckout, runSetup, standsAt } from './workspace.ts'
import type { LaneWorld } from './world.ts'

/** Gate checkouts, one per slot, kept from round to round. */
export type GateSlots = Map<number, GatePlace>

interface GatePlace {
  readonly at: Checkout
  /** It stands as `copy` and `setup` left it, and a move keeps what they brought. */
  reusable: boolean
  /** What the last gate left there is taken out. Never rejects. */
  tidied: Promise<void>
  /** What its files are of; null: nothing yet. */
  commit: Sha | null
}

/** Until nothing of ours is at work in the gate checkouts any more. Never rejects. */
export async function settleGates(slots: GateSlots): Promise<void> {
  await Promise.all([...slots.values()].map(place => place.tidied))
}

export async function gate(
  step: GateStep,
  slots: GateSlots,
  world: LaneWorld,
): Promise<readonly GateResult[]> {
  const ended = await Promise.allSettled(
    step.targets.map((target, slot) =>
      gateOne({ ...target, tip: step.tip ?? target.commit }, slot + 1, slots, world),
    ),
  )
  // Where one could not be started the others have ended all the same: the next step wants their checkouts.
  return ended.map(one => {
    if (one.status === 'rejected') throw one.reason
    return one.value
  })
}

/** `tip`: what the stack stands on, which `origin/<branch>` is in the checkout. */
type Target = GateTarget & { readonly tip: Sha }

async function gateOne(
  target: Target,
  slot: number,
  slots: GateSlots,
  world: LaneWorld,
): Promise<GateResult> {
  const { settings, places, clock } = world
  const owner = target.tasks.at(-1)
  const logFile = owner
    ? join('tasks', owner, `gate-${target.n}.log`)
    : `gate-tip-${target.tree.slice(0, 12)}.log`
  const start = clock.now()
  const result = { tree: target.tree, commit: target.commit, logFile }
  let runs = 0
  for (;;) {
    runs++
    const ended = await runOnce(target, slot, join(places.run, logFile), runs, slots, world)
    const seconds = (clock.now() - start) / 1000
    const facts = {
      ...result,
      runs,
      exitCode: ended.exitCode,
      signal: ended.signal,
      timedOut: ended.reason === 'timeout',
      seconds,
      outputTail: tail(world.mask(ended.tail)),
    }
    if (ended.reason === 'abort') return { ...facts, passed: null }
    // That says nothing about the tree: nobody is to blame for it.
    if (ended.reason === 'spawn') throw new Error(`the gate could not be started: ${ended.detail}`)
    const passed = ended.reason === 'exit' && ended.exitCode === 0
    if (passed || runs > settings.gateRetries) return { ...facts, passed }
  }
}

/** A large checkout takes longer than a cancelled run has. */
const CUT_SHORT: Ended = { exitCode: null, signal: null, reason: 'abort', seconds: 0, tail: '' }

/** `setup` belongs to the tree it runs in: where it fails, that tree is red. */
async function runOnce(
  target: Target,
  slot: number,
  logFile: string,
  run: number,
  slots: GateSlots,
  world: LaneWorld,
): Promise<Ended> {
  const name = `gate-${slot}`
  const env = {
    ...standsAt(target.commit, target.tasks),
    FANOUT_BASE_SHA: world.base,
  }
  const place = slots.get(slot) ?? {
    at: checkoutAt(join(world.places.gates, String(slot)), name, world),
    reusable: false,
    tidied: Promise.resolve(),
    commit: null,
  }
  slots.set(slot, place)
  try {
    await moveTo(target, place, world)
  } catch (error) {
    if (world.cancel.aborted) return CUT_SHORT
    throw error
  }
  try {
    return await runIn(place, { name, scriptName: name, env, logFile }, target.commit, run, world)
  } finally {
    // While the lane goes on: the next gate must not wait for it.
    if (place.reusable) place.tidied = tidy(place, world)
  }
}

/** Its files become the commit's. What a gate has made unfit for that (it may remove its own folder) is made anew. */
async function moveTo({ commit, tip }: Target, place: GatePlace, world: LaneWorld): Promise<void> {
  await place.tidied
  const before = place.commit
  place.commit = commit
  if (place.reusable) {
    try {
      const sameRules = before !== null && (await haveSameRules(before, commit, world))
      const effort = { signal: world.cancel, sameRules }
      return await world.checkouts.moveCheckout(place.at, commit, { ...world.checkoutOptions, tip }, effort)
    } catch (error) {
      if (world.cancel.aborted) throw error
      place.reusable = false
    }
  }
  await freshCheckout(place.at, commit, world, tip)
}

/** Whether two commits ignore the same files. */
async function haveSameRules(one: Sha, other: Sha, { store }: LaneWorld): Promise<boolean> {
  const trees = await store.resolve([one, other].map(commit => `${commit}^{tree}`))
  const changes = await store.changedFiles(trees[0]!, trees[1]!)
  return !changes.some(({ path }) => path === '.gitignore' || path.endsWith('/.gitignore'))
}

async function tidy(place: GatePlace, { checkouts, checkoutOptions }: LaneWorld): Promise<void> {
  try {
    await checkouts.tidyCheckout(place.at, checkoutOptions)
  } catch {
    place.reusable = false
  }
}

async function runIn(
  place: GatePlace,
  named: Pick<UserCommand, 'name' | 'scriptName' | 'env' | 'logFile'>,
  commit: Sha,
  run: number,
  world: LaneWorld,
): Promise<Ended> {
  const { settings, cancel } = world
  const { at } = place
  const gate = { ...named, timeoutMinutes: settings.gateTimeoutMinutes, signal: cancel }
  if (!place.reusable) {
    const failed = await runSetup(at.dir, gate, world)
    if (failed?.failure.code === 'workspace')
      throw new Error(`setup could not be started: ${failed.failure.detail}`)
    if (failed) return { ...failed.ended, tail: `setup failed in the gate checkout\n${failed.ended.tail}` }
    place.reusable = await keepsItsSetup(at, commit, world)
  }
  return runUserCommand(
    {
      ...gate,
      script: settings.gate ?? '',
      cwd: at.dir,
      append: run > 1 || settings.setup !== null,
    },
    world,
  )
}

/**
 * Where `setup` or `copy` left what git does not ignore, a move would take it out, and the next tree would be judged
 * without it. Then the checkout is made anew each time: `setup` may count on a fresh one, and fail in one it has been in.
 */
async function keepsItsSetup(at: Checkout, commit: Sha, world: LaneWorld): Promise<boolean> {
  const { settings, checkouts, checkoutOptions } = world
  if (settings.setup === null && settings.copy.length === 0) return true
  return checkouts.survivesMove(at, commit, checkoutOptions)
}
