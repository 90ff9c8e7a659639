/** The post-fan-out verification: once, on a fresh checkout of the final tip, beside nothing else. */
import { listed } from '../decide/plain.ts'
import type { Verification } from '../decide/summary.ts'
import { toldFindings } from '../decide/take-back.ts'
import type { GateResult, Limits, RunState, TaskId } from '../decide/task.ts'
import { FAILING, NOT_VERIFIED } from '../decide/verdict.ts'
import { type Book, openBook } from './book.ts'
import { findCulprits } from './culprits.ts'
import type { GateSlots } from './gate.ts'
import { inFreshCheckout, verifyIn } from './judge.ts'
import type { Opened } from './run.ts'
import { takeBack } from './take-back.ts'
import { fetchTip } from './tip.ts'
import type { LaneWorld } from './world.ts'

export interface Outcome {
  readonly verification: Verification
  readonly state: RunState
}

/** Verifies if that is due, and where it fails and `on-verify-failure` says so, reverts what is to blame. */
export async function verify(
  state: RunState,
  limits: Limits,
  opened: Opened,
  slots: GateSlots,
): Promise<Outcome> {
  const { world } = opened
  const book = openBook(state, limits, opened)
  const verification = await verifyOnce(limits, slots, book, world)
  // The loop, which hears of it otherwise, has ended.
  if (world.cancel.aborted && book.state.halt !== 'signal')
    await book.take({ type: 'halted', halt: 'signal' })
  return { verification, state: book.state }
}

async function verifyOnce(
  limits: Limits,
  slots: GateSlots,
  book: Book,
  world: LaneWorld,
): Promise<Verification> {
  const { settings, log } = world
  const reason = reasonToSkip(book.state, world)
  if (reason) return skipped(reason, world)
  const result = await orFault(verifyTip(book.state, world), world)
  if (result !== null && 'fault' in result) {
    if (world.cancel.aborted) return skipped(CANCELLED, world)
    log.warning('verify', `The verification could not be carried out: ${result.fault}`)
    return { ...NOT_VERIFIED, ran: true, passed: false, command: settings.verify }
  }
  if (result === null) {
    log.notice(
      'verify',
      'The tree has no make target `verify`: nothing was verified. Set the input `verify` to a command, or `verify-when: never`.',
    )
    return skipped('the tree has no make target `verify`', world)
  }
  if (result.passed === null) return skipped(CANCELLED, world)
  await book.take({ type: 'verified', result })
  return result.passed || settings.onVerifyFailure === 'report'
    ? verificationOf(result, [], world)
    : answerRed(result, limits, slots, book, world)
}

function skipped(because: string, { settings }: LaneWorld): Verification {
  return { ...NOT_VERIFIED, command: settings.verify, skipped_because: because }
}

const CANCELLED = 'the run was cancelled'

function reasonToSkip(state: RunState, world: LaneWorld): string | null {
  const outcomes = state.tasks.map(task => (task.stage.kind === 'ended' ? task.stage.outcome : 'cancelled'))
  if (world.cancel.aborted) return CANCELLED
  switch (world.settings.verifyWhen) {
    case 'never':
      return '`verify-when` is `never`'
    case 'always':
      return null
    case 'landed':
      return outcomes.includes('landed') ? null : 'nothing landed'
    case 'success':
      return outcomes.some(outcome => FAILING.has(outcome)) ? 'a task failed' : null
  }
}

/** null: the default command, and no such make target. */
async function verifyTip(state: RunState, world: LaneWorld): Promise<GateResult | null> {
  const fetched = await fetchTip(world)
  // What could not be read anew is as it was when last seen: all that this run has landed is in it.
  if (fetched.kind === 'unreachable')
    world.log.warning('verify', `${world.branch} could not be read again: it is verified as last seen.`)
  const [commit, tree] = await world.store.resolve([
    `refs/heads/${world.branch}^{commit}`,
    `refs/heads/${world.branch}^{tree}`,
  ])
  const tasks = state.tasks
    .filter(task => task.stage.kind === 'ended' && task.stage.outcome === 'landed')
    .map(task => task.id)
  const target = { commit: commit!, tree: tree!, tasks, logFile: 'verify.log', again: false }
  return inFreshCheckout(commit!, world, dir => verifyIn(dir, target, world))
}

/** `on-verify-failure: revert`. */
async function answerRed(
  red: GateResult,
  limits: Limits,
  slots: GateSlots,
  book: Book,
  world: LaneWorld,
): Promise<Verification> {
  const { log } = world
  const found = await orFault(findCulprits(red, book, world), world)
  if (found === null || 'fault' in found) {
    if (found) log.warning('verify', `The search for what is to blame broke off: ${found.fault}`)
    return verificationOf(red, [], world)
  }
  const { findings, stuck, base } = found
  const culprits = found.culprits.map(({ task }) => task)
  log.warning('verify', toldFindings(findings, { culprits, stuck: stuck?.task ?? null, base }))
  const toRevert = found.culprits.filter(culprit => culprit !== stuck)
  const done = await orFault(takeBack(toRevert, limits, slots, book, world), world)
  const left = toRevert.map(({ task }) => task).filter(task => !isReverted(task, book.state))
  if (left.length > 0) {
    const why = 'fault' in done ? done.fault : (done.why ?? '')
    log.warning('verify', `Not reverted: ${listed(left, 10)}. ${world.mask(why)}`)
  }
  return verificationOf(found.tip, culprits, world)
}

/** What goes wrong on the way (git, the disk) costs the reverts, not the report of what has landed. */
async function orFault<T>(work: Promise<T>, world: LaneWorld): Promise<T | { readonly fault: string }> {
  try {
    return await work
  } catch (error) {
    world.log.debug(world.mask(error instanceof Error ? (error.stack ?? error.message) : String(error)))
    return { fault: world.mask(error instanceof Error ? error.message : String(error)) }
  }
}

function isReverted(id: TaskId, { tasks }: RunState): boolean {
  const stage = tasks.find(task => task.id === id)?.stage
  return stage?.kind === 'ended' && stage.outcome === 'reverted'
}

function verificationOf(
  result: GateResult,
  culprits: readonly TaskId[],
  { settings }: LaneWorld,
): Verification {
  return {
    ran: true,
    passed: result.passed,
    // What a command answers to the signal of its time limit is no verdict.
    exit_code: result.timedOut ? null : result.exitCode,
    command: settings.verify,
    sha: result.commit,
    seconds: Math.round(result.seconds * 1000) / 1000,
    skipped_because: null,
    culprits,
  }
}
