/** Blocked work outlives the run: kept on the remote under refs/fanout/blocked/, taken away when it has landed. */
import type { RefusalCode } from '../decide/failure.ts'
import { refName } from '../decide/ref-name.ts'
import type { RunState, Sha, TaskId } from '../decide/task.ts'
import type { LaneWorld } from './world.ts'

const PREFIX = 'refs/fanout/blocked/'

/** Refusals of what is in a commit, wherever it is pushed to. */
const NOWHERE: ReadonlySet<RefusalCode> = new Set(['large-file', 'secret', 'workflow-scope'])

export const BLOCKED_REFS = `${PREFIX}*`

/** Task ids and commits among the remote's refs. */
export function blockedWork(refs: ReadonlyMap<string, Sha>): ReadonlyMap<TaskId, Sha> {
  const own = [...refs].filter(([ref]) => ref.startsWith(PREFIX))
  return new Map(
    own.map(([ref, commit]) => [ref.slice(PREFIX.length).replaceAll('%2E', '.') as TaskId, commit]),
  )
}

export function blockedRef(task: TaskId): string {
  return `${PREFIX}${refName(task)}`
}

/** One push for all of it, best effort: bundle and patch hold the same work. */
export async function keepRefs(
  state: RunState,
  saved: ReadonlyMap<TaskId, Sha>,
  world: LaneWorld,
): Promise<void> {
  if (world.cancel.aborted) return
  const refs = new Map<string, Sha | null>()
  for (const { id, stage, candidate } of state.tasks) {
    if (stage.kind !== 'ended') continue
    if (stage.outcome === 'landed' || stage.outcome === 'unchanged') {
      // Whatever the inputs say: a later run would take it for work that is still to land.
      if (saved.has(id)) refs.set(blockedRef(id), null)
    } else if (
      world.settings.saveRefs &&
      candidate &&
      stage.outcome === 'blocked-push' &&
      saved.get(id) !== candidate.commit
    ) {
      // One that no ref of the remote may hold would have the push of all the others refused.
      if (stage.failure?.code === 'refused' && NOWHERE.has(stage.failure.refusal)) continue
      refs.set(blockedRef(id), candidate.commit)
    }
  }
  if (refs.size === 0) return
  const said = await world.remote.pushOwn(refs, world.branch, world.endLane)
  if (said.exitCode !== 0) {
    world.log.notice(
      'blocked work',
      `The remote did not take ${BLOCKED_REFS}: the next run starts these workers again. Bundles and patches are in the run directory. ${world.mask(said.stderr.trim())}`,
    )
  }
}
