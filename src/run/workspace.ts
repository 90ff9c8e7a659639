/** A folder of files at one commit, ready for a user's command: checked out, copies made, `setup` run. */
import { join } from 'node:path'
import type { Failure } from '../decide/failure.ts'
import { listed } from '../decide/plain.ts'
import type { Sha, TaskId } from '../decide/task.ts'
import type { Checkout } from '../world/checkout.ts'
import type { RawChange } from '../world/git-output.ts'
import type { Ended } from '../world/process.ts'
import { runUserCommand, type UserCommand } from './command.ts'
import type { World } from './world.ts'

/** The place for a folder and our index of it. `name` is unique in the run. */
export function checkoutAt(dir: string, name: string, world: World): Checkout {
  return { dir, index: join(world.places.internal, `${name}.index`) }
}

/** Where a task works. A task may be called `gate-1` or `verify`: its index is none of theirs. */
export function workspaceOf(task: TaskId, world: World): Checkout {
  return checkoutAt(join(world.places.tasks, task, 'workspace'), `task-${task}`, world)
}

/** A fresh workspace; what an earlier attempt or run left there goes first. `more`: other tasks will want one. */
export async function freshWorkspace(at: Checkout, commit: Sha, more: boolean, world: World): Promise<void> {
  await world.workspaces.create(at, commit, more)
  await copyIgnored(at.dir, world)
  const mark = await world.files.folderMark(at.dir)
  if (mark !== null) marks.set(at, mark)
}

const marks = new WeakMap<Checkout, string>()

/** Whether the workspace is there, and still the folder that was made. */
export async function isInPlace(at: Checkout, world: World): Promise<boolean> {
  const mark = await world.files.folderMark(at.dir)
  return mark !== null && mark === (marks.get(at) ?? mark)
}

/** The tree without what the input `copy` brought: it is ignored in the checkout, whatever the workspace ignores. */
export async function withoutCopies(
  task: TaskId,
  tree: Sha,
  changes: readonly RawChange[],
  world: World,
): Promise<Sha> {
  const { copy } = world.settings
  if (copy.length === 0) return tree
  const added = changes.filter(change => change.status.startsWith('A')).map(change => change.path)
  const copied = world.copies.copiedAmong(added, await ignoredFiles(world), copy)
  if (copied.length === 0) return tree
  world.log.notice(
    'copy',
    `${task}: ${listed(copied)} came from the input \`copy\` and stays out of its commit: the checkout ignores it, the workspace does not.`,
  )
  return world.store.replaceFiles(tree, Object.fromEntries(copied.map(path => [path, null])))
}

/** The same as plain files, for a gate or a verification; `tip`: where `origin/<branch>` is there. Rejects where the run is cancelled meanwhile. */
export async function freshCheckout(at: Checkout, commit: Sha, world: World, tip: Sha): Promise<void> {
  const { checkouts, cancel } = world
  await checkouts.removeCheckout(at)
  await checkouts.createCheckout(at, commit, { ...world.checkoutOptions, tip }, { signal: cancel })
  await copyIgnored(at.dir, world)
}

/** Input `copy`: ignored files of the user's checkout, never over a tracked one, never out of the repository. */
async function copyIgnored(dir: string, world: World): Promise<void> {
  const { copy } = world.settings
  if (copy.length === 0) return
  const { refused } = await world.copies.copyIgnored(
    await ignoredFiles(world),
    world.places.checkout,
    dir,
    copy,
  )
  if (refused.length === 0 || warned.has(world.places)) return
  // Every workspace meets the same ones: once is enough.
  warned.add(world.places)
  const more = refused.length > SHOWN ? `, and ${refused.length - SHOWN} more` : ''
  world.log.warning('copy', `Not copied: ${refused.slice(0, SHOWN).join('; ')}${more}`)
}

const SHOWN = 5
// By the run's places: each step is given a world of its own.
const warned = new WeakSet<World['places']>()
const listings = new WeakMap<World['places'], Promise<readonly string[]>>()

/** Listed once a run: the checkout does not change under us. */
function ignoredFiles(world: World): Promise<readonly string[]> {
  const known = listings.get(world.places)
  if (known) return known
  const listing = world.copies.listIgnored(world.places.checkout)
  listings.set(world.places, listing)
  return listing
}

/** What ended a `setup`, and what that means for the task whose workspace it is. */
export interface SetupFailed {
  readonly failure: Failure
  readonly ended: Ended
}

/** For the environment of setup, gates and verifications (SPEC section 5): the commit in question and the tasks it holds. */
export function standsAt(commit: Sha, tasks: readonly TaskId[]): Readonly<Record<string, string>> {
  return { FANOUT_COMMIT: commit, FANOUT_TASK_IDS: tasks.join(',') }
}

/** Runs `setup` in a worker's folder; the filters that it defines there hold for what the worker leaves. */
export async function setUp(
  at: Checkout,
  run: Parameters<typeof runSetup>[1],
  world: World,
): Promise<SetupFailed | null> {
  const failed = await runSetup(at.dir, run, world)
  if (failed === null && world.settings.setup !== null)
    await world.checkouts.keepSetupSettings(at, world.checkoutOptions)
  return failed
}

/** Runs `setup` in the folder; null: it passed, or there is none. */
export async function runSetup(
  dir: string,
  run: Pick<UserCommand, 'name' | 'scriptName' | 'env' | 'logFile' | 'timeoutMinutes' | 'signal'>,
  world: World,
): Promise<SetupFailed | null> {
  const { setup } = world.settings
  if (setup === null) return null
  const ended = await runUserCommand({ ...run, script: setup, cwd: dir, append: true }, world)
  const failure = failureOfSetup(ended, world)
  return failure === null ? null : { failure, ended }
}

function failureOfSetup(ended: Ended, world: World): Failure | null {
  const { exitCode, signal } = ended
  switch (ended.reason) {
    case 'abort':
      return haltFailure(world)
    case 'spawn':
      return { code: 'workspace', detail: ended.detail ?? 'the shell could not be started' }
    case 'timeout':
      return { code: 'setup', exitCode, signal, timedOut: true }
    default:
      return exitCode === 0 ? null : { code: 'setup', exitCode, signal }
  }
}

export function haltFailure(world: World): Failure {
  return world.cancel.aborted ? { code: 'signal' } : { code: 'deadline' }
}
