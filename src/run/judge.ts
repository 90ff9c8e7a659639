/** One run of the verification command, in a fresh checkout of exactly the commit in question. */
import { join } from 'node:path'
import { hasTarget } from '../decide/make.ts'
import type { GateResult, Sha, TaskId } from '../decide/task.ts'
import { tail } from '../decide/text.ts'
import { runUserCommand, type UserCommand } from './command.ts'
import { checkoutAt, freshCheckout, runSetup, standsAt } from './workspace.ts'
import type { LaneWorld } from './world.ts'

export interface Verified {
  readonly commit: Sha
  readonly tree: Sha
  /** The tasks it holds, for the command's environment. */
  readonly tasks: readonly TaskId[]
  /** Relative to the run directory. */
  readonly logFile: string
  /** A second run adds to the log of the first. */
  readonly again: boolean
}

/** The same folder every time, and nothing in it from the time before. */
export async function inFreshCheckout<T>(
  commit: Sha,
  world: LaneWorld,
  use: (dir: string) => Promise<T>,
): Promise<T> {
  const place = checkoutAt(join(world.places.run, 'verify'), 'verify', world)
  try {
    const [tip] = await world.store.resolve([`refs/heads/${world.branch}`])
    await freshCheckout(place, commit, world, tip!)
    return await use(place.dir)
  } finally {
    await world.checkouts.removeCheckout(place)
  }
}

/** `setup` belongs to the tree it runs in: where it fails, the verification has. */
async function runVerification(dir: string, target: Verified, world: LaneWorld): Promise<GateResult> {
  const { settings, places, cancel, clock, mask } = world
  const run = { ...commandAt(target, world), logFile: join(places.run, target.logFile) }
  if (!target.again) await world.files.removeAll(run.logFile)
  const start = clock.now()
  const result = { tree: target.tree, commit: target.commit, runs: 1, logFile: target.logFile }
  const seconds = (): number => (clock.now() - start) / 1000
  const failed = await runSetup(dir, run, world)
  if (failed) {
    const { exitCode, signal, reason, tail: said, detail } = failed.ended
    return {
      ...result,
      passed: cancel.aborted ? null : false,
      exitCode,
      signal,
      timedOut: reason === 'timeout',
      seconds: seconds(),
      outputTail: tail(mask(`The \`setup\` command failed.\n${detail ?? said}`)),
    }
  }
  const ended = await runUserCommand({ ...run, script: settings.verify, cwd: dir, append: true }, world)
  return {
    ...result,
    passed: ended.reason === 'abort' ? null : ended.reason === 'exit' && ended.exitCode === 0,
    exitCode: ended.exitCode,
    signal: ended.signal,
    timedOut: ended.reason === 'timeout',
    seconds: seconds(),
    outputTail: tail(mask(ended.detail ? `${ended.tail}\n${ended.detail}` : ended.tail)),
  }
}

/** The same for the default command, `make verify`; null: the tree has no such make target, and cannot fail it. */
export async function verifyIn(dir: string, target: Verified, world: LaneWorld): Promise<GateResult | null> {
  if (world.settings.verifyIsDefault && !(await hasVerifyTarget(dir, target, world))) return null
  return runVerification(dir, target, world)
}

/** Asked of make itself, in the environment that the command would run in. */
async function hasVerifyTarget(dir: string, target: Verified, world: LaneWorld): Promise<boolean> {
  const script = 'LC_ALL=C MAKEFLAGS= MAKELEVEL=0 make --dry-run verify'
  const probe = { ...commandAt(target, world), scriptName: 'verify-probe', logFile: null }
  const { exitCode, tail: output } = await runUserCommand({ ...probe, script, cwd: dir }, world)
  return hasTarget('verify', exitCode, output)
}

function commandAt(
  target: Verified,
  { settings, cancel, base }: LaneWorld,
): Pick<UserCommand, 'name' | 'scriptName' | 'env' | 'timeoutMinutes' | 'signal'> {
  const env = {
    ...standsAt(target.commit, target.tasks),
    FANOUT_BASE_SHA: base,
  }
  return {
    name: 'verify',
    scriptName: 'verify',
    env,
    timeoutMinutes: settings.verifyTimeoutMinutes,
    signal: cancel,
  }
}
