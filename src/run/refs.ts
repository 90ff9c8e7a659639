/** Blocked work outlives the run: kept on the remote under refs/fanout/blocked/<branch>/, taken away when it has landed. */
import type { RefusalCode } from '../decide/failure.ts'
import { branchRefName, refName } from '../decide/ref-name.ts'
import type { RunState, Sha, TaskId, TaskState } from '../decide/task.ts'
import type { Said } from '../world/remote.ts'
import type { LaneWorld } from './world.ts'

const PREFIX = 'refs/fanout/blocked/'

/** Refusals of what is in a commit, wherever it is pushed to. */
const NOWHERE: ReadonlySet<RefusalCode> = new Set(['large-file', 'secret', 'workflow-scope'])

/** A star matches slashes as well: this branch's, those of other branches, and the names of older versions. */
export const BLOCKED_REFS = `${PREFIX}*`

/** Kept work among the remote's refs: task id -> commit. */
export interface KeptRefs {
  /** Of this branch. */
  readonly own: ReadonlyMap<TaskId, Sha>
  /** Under the names of older versions, which say nothing of the branch. */
  readonly old: ReadonlyMap<TaskId, Sha>
  /** One of the old ones that is named as this branch: while it is there git can hold none of the branch's. */
  readonly inTheWay: TaskId | null
}

export function blockedWork(refs: ReadonlyMap<string, Sha>, branch: string): KeptRefs {
  const folder = `${branchRefName(branch)}/`
  const own = new Map<TaskId, Sha>()
  const old = new Map<TaskId, Sha>()
  for (const [ref, commit] of refs) {
    // `^{}`: what a tag points at, listed beside it.
    if (!ref.startsWith(PREFIX) || ref.endsWith('^{}')) continue
    const name = ref.slice(PREFIX.length)
    if (name.startsWith(folder)) own.set(taskIn(name.slice(folder.length)), commit)
    else if (!name.includes('/')) old.set(taskIn(name), commit)
  }
  const inTheWay = taskIn(folder.slice(0, -1))
  return { own, old, inTheWay: old.has(inTheWay) ? inTheWay : null }
}

function taskIn(name: string): TaskId {
  return name.replaceAll('.%2E', '..') as TaskId
}

export function blockedRef(branch: string, task: TaskId): string {
  return `${PREFIX}${branchRefName(branch)}/${refName(task)}`
}

export function oldBlockedRef(task: TaskId): string {
  return `${PREFIX}${refName(task)}`
}

/** Where work goes that was in the way and is not known to be this branch's: nobody reads it, and it is not lost. */
function setAsideRef(task: TaskId): string {
  return `refs/fanout/old/${refName(task)}`
}

/** Best effort: bundle and patch hold the same work. `kept.old`: those that belong to this branch. */
export async function keepRefs(state: RunState, kept: KeptRefs, world: LaneWorld): Promise<void> {
  if (world.cancel.aborted) return
  const refs = refsToPush(state, kept, world)
  if (refs.size === 0) return
  const isKept = [...refs].some(([ref, commit]) => commit !== null && ref.startsWith(PREFIX))
  const cleared =
    isKept && kept.inTheWay !== null ? await clearTheWay(kept.inTheWay, kept, refs, world) : null
  const said = cleared ?? (await world.remote.pushOwn(refs, world.branch, world.endLane))
  if (said.exitCode !== 0) {
    const place = blockedRef(world.branch, '*' as TaskId)
    world.log.notice(
      'blocked work',
      `The remote did not take ${place}: the next run starts these workers again. Bundles and patches are in the run directory. ${world.mask(said.stderr.trim())}`,
    )
  }
}

function refsToPush(
  state: RunState,
  { own, old }: KeptRefs,
  { settings, branch }: LaneWorld,
): Map<string, Sha | null> {
  const refs = new Map<string, Sha | null>()
  for (const task of state.tasks) {
    const { id } = task
    if (task.stage.kind !== 'ended') continue
    const before = own.get(id)
    const oldWork = old.get(id)
    if (task.stage.outcome === 'landed' || task.stage.outcome === 'unchanged') {
      // Whatever the inputs say: a later run would take it for work that is still to land.
      if (before !== undefined) refs.set(blockedRef(branch, id), null)
      if (oldWork !== undefined) refs.set(oldBlockedRef(id), null)
      continue
    }
    if (!settings.saveRefs) continue
    const work = blockedCommit(task) ?? before ?? oldWork
    if (work !== undefined && work !== before) refs.set(blockedRef(branch, id), work)
    if (oldWork !== undefined) refs.set(oldBlockedRef(id), null)
  }
  return refs
}

/** The commit that is to be tried again; null: none, or one that no ref of the remote may hold, for which all others would be refused. */
function blockedCommit({ stage, candidate }: TaskState): Sha | null {
  if (stage.kind !== 'ended' || stage.outcome !== 'blocked-push' || candidate === null) return null
  if (candidate.secret) return null
  const { failure } = stage
  return failure?.code === 'refused' && NOWHERE.has(failure.refusal) ? null : candidate.commit
}

/**
 * git cannot hold `blocked/main` and `blocked/main/x` together: the first goes in a push of its own, to a name where
 * nothing is lost if that push is the last one. null: the way is clear; else what the remote said.
 */
async function clearTheWay(
  task: TaskId,
  { old }: KeptRefs,
  refs: Map<string, Sha | null>,
  { remote, store, branch, log, mask, endLane }: LaneWorld,
): Promise<Said | null> {
  const [from, aside] = [oldBlockedRef(task), setAsideRef(task)]
  const fetched = await remote.fetch([`+${from}:${aside}`], {}, endLane)
  if (fetched.exitCode !== 0) return fetched
  const [work] = await store.resolve([aside])
  const moves: (readonly [string, Sha | null])[] = [
    [aside, work!],
    [from, null],
  ]
  const moved = await remote.pushOwn(new Map(moves), branch, endLane)
  if (moved.exitCode !== 0) return moved
  refs.delete(from)
  if (old.has(task)) refs.set(aside, null)
  else {
    const told = `${from}, from an older version, was in the way of what is kept for ${branch}: it is ${aside} now.`
    log.notice('blocked work', mask(told))
  }
  return null
}
