/** The post-fan-out verification: once, on a fresh checkout of the final tip, beside nothing else. */
import { join } from 'node:path'
import type { Verification } from '../decide/summary.ts'
import type { Limits, RunState, Sha } from '../decide/task.ts'
import { FAILING, NOT_VERIFIED } from '../decide/verdict.ts'
import type { Ended } from '../world/process.ts'
import { runUserCommand } from './command.ts'
import type { GateSlots } from './gate.ts'
import { revertCulprits } from './revert.ts'
import type { Opened } from './run.ts'
import { fetchTip } from './tip.ts'
import { checkoutAt, freshCheckout, runSetup } from './workspace.ts'
import type { LaneWorld } from './world.ts'

export async function verify(
  state: RunState,
  limits: Limits,
  opened: Opened,
  slots: GateSlots,
): Promise<{ readonly verification: Verification; readonly state: RunState }> {
  const { world } = opened
  const { settings, log } = world
  const command = settings.verify
  const skipped = (because: string): { verification: Verification; state: RunState } => ({
    verification: { ...NOT_VERIFIED, command, skipped_because: because },
    state,
  })
  const reason = reasonToSkip(state, world)
  if (reason) return skipped(reason)
  const tip = await fetchTip(world)
  if (tip.kind === 'unreachable') return skipped('the branch could not be read again')
  const place = checkoutAt(join(world.places.run, 'verify'), 'verify', world)
  await freshCheckout(place, tip.commit, world)
  try {
    if (settings.verifyIsDefault && !(await world.tools.hasMakeTarget(place.dir, 'verify'))) {
      log.notice(
        'verify',
        'The tree has no make target `verify`: nothing was verified. Set the input `verify` to a command, or `verify-when: never`.',
      )
      return skipped('the tree has no make target `verify`')
    }
    const ended = await runVerification(place.dir, tip.commit, 'verify.log', state, world)
    if (ended.reason === 'abort') return skipped('the run was cancelled')
    const passed = ended.reason === 'exit' && ended.exitCode === 0
    const verification: Verification = {
      ran: true,
      passed,
      exit_code: ended.exitCode,
      command,
      sha: tip.commit,
      seconds: Math.round(ended.seconds * 1000) / 1000,
      skipped_because: null,
      culprits: [],
    }
    if (passed || settings.onVerifyFailure === 'report') return { verification, state }
    const reverted = await revertCulprits(state, tip.commit, limits, opened, slots)
    return { verification: { ...verification, culprits: reverted.culprits }, state: reverted.state }
  } finally {
    await world.files.removeAll(place.dir)
  }
}

function reasonToSkip(state: RunState, world: LaneWorld): string | null {
  const { verifyWhen } = world.settings
  const outcomes = state.tasks.map(task => (task.stage.kind === 'ended' ? task.stage.outcome : 'cancelled'))
  if (world.cancel.aborted) return 'the run was cancelled'
  switch (verifyWhen) {
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

/** `setup` and the command in a checkout of the commit; both write to the log file (in the run directory). */
export async function runVerification(
  dir: string,
  commit: Sha,
  logFile: string,
  state: RunState,
  world: LaneWorld,
): Promise<Ended> {
  const { settings, places, cancel, base } = world
  const landed = state.tasks.filter(task => task.stage.kind === 'ended' && task.stage.outcome === 'landed')
  const env = {
    FANOUT_COMMIT: commit,
    FANOUT_TASK_IDS: landed.map(task => task.id).join(','),
    FANOUT_BASE_SHA: base,
  }
  const shared = {
    name: 'verify',
    env,
    logFile: join(places.run, logFile),
    timeoutMinutes: settings.verifyTimeoutMinutes,
    signal: cancel,
  }
  const failure = await runSetup(dir, shared, world)
  if (failure) {
    const exitCode = failure.code === 'setup' ? failure.exitCode : null
    return {
      exitCode,
      signal: null,
      reason: cancel.aborted ? 'abort' : 'exit',
      seconds: 0,
      tail: 'setup failed',
    }
  }
  return runUserCommand(
    { ...shared, script: settings.verify, cwd: dir, append: settings.setup !== null },
    world,
  )
}
