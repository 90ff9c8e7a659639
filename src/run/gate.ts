/** The gate command on trees, each in a checkout of exactly the commit in question. */
import { join } from 'node:path'
import type { GateResult, GateStep, GateTarget, Sha } from '../decide/task.ts'
import { tail } from '../decide/text.ts'
import type { Checkout } from '../world/checkout.ts'
import type { Ended } from '../world/process.ts'
import { runUserCommand } from './command.ts'
import { checkoutAt, freshCheckout, runSetup } from './workspace.ts'
import type { LaneWorld } from './world.ts'

/** Gate checkouts, one per slot, kept from round to round. */
export type GateSlots = Map<number, GatePlace>

interface GatePlace {
  readonly at: Checkout
  /** It stands as `copy` and `setup` left it, and a move keeps what they brought. */
  reusable: boolean
  /** What the last gate left there is taken out. */
  tidied: Promise<void>
}

/** Until nothing of ours is at work in the gate checkouts any more. Never rejects. */
export async function settleGates(slots: GateSlots): Promise<void> {
  await Promise.allSettled([...slots.values()].map(place => place.tidied))
}

export async function gate(
  step: GateStep,
  slots: GateSlots,
  world: LaneWorld,
): Promise<readonly GateResult[]> {
  return Promise.all(step.targets.map((target, slot) => gateOne(target, slot + 1, slots, world)))
}

async function gateOne(
  target: GateTarget,
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

/** `setup` belongs to the tree it runs in: where it fails, that tree is red. */
async function runOnce(
  target: GateTarget,
  slot: number,
  logFile: string,
  run: number,
  slots: GateSlots,
  world: LaneWorld,
): Promise<Ended> {
  const { checkouts } = world
  const name = `gate-${slot}`
  const env = {
    FANOUT_COMMIT: target.commit,
    FANOUT_TASK_IDS: target.tasks.join(','),
    FANOUT_BASE_SHA: world.base,
  }
  const place = slots.get(slot) ?? {
    at: checkoutAt(join(world.places.gates, String(slot)), name, world),
    reusable: false,
    tidied: Promise.resolve(),
  }
  slots.set(slot, place)
  await place.tidied
  if (place.reusable) await checkouts.moveCheckout(place.at, target.commit, world.checkoutOptions)
  else await freshCheckout(place.at, target.commit, world)
  try {
    return await runIn(place, { name, env, logFile }, target.commit, run, world)
  } finally {
    if (place.reusable) {
      // While the lane goes on: the next gate must not wait for it. A fault shows when that gate starts.
      place.tidied = checkouts.tidyCheckout(place.at, world.checkoutOptions)
      place.tidied.catch(() => {})
    }
  }
}

async function runIn(
  place: GatePlace,
  {
    name,
    env,
    logFile,
  }: { readonly name: string; readonly env: Record<string, string>; readonly logFile: string },
  commit: Sha,
  run: number,
  world: LaneWorld,
): Promise<Ended> {
  const { settings, cancel } = world
  const { at } = place
  const timeoutMinutes = settings.gateTimeoutMinutes
  if (!place.reusable) {
    const failure = await runSetup(at.dir, { name, env, logFile, timeoutMinutes, signal: cancel }, world)
    if (failure?.code === 'workspace') throw new Error(`setup could not be started: ${failure.detail}`)
    if (failure) return setupEnded(failure.code === 'setup' ? failure.exitCode : null, cancel.aborted)
    place.reusable = await keepsItsSetup(at, commit, world)
  }
  return runUserCommand(
    {
      name,
      script: settings.gate ?? '',
      cwd: at.dir,
      env,
      logFile,
      append: run > 1 || settings.setup !== null,
      timeoutMinutes,
      signal: cancel,
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

function setupEnded(exitCode: number | null, aborted: boolean): Ended {
  const reason = aborted ? 'abort' : 'exit'
  return {
    exitCode: exitCode ?? 1,
    signal: null,
    reason,
    seconds: 0,
    tail: 'setup failed in the gate checkout',
  }
}
