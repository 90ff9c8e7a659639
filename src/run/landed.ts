/** What the branch itself says has landed: the trailers of its commits. The branch is the truth. */
import { sameRun } from '../decide/resume.ts'
import type { Sha, TaskId } from '../decide/task.ts'
import { parseTrailers } from '../decide/trailer.ts'
import type { World } from './world.ts'

/** Tasks of this run (any attempt of it) among the commits after `from`, up to `to`, less those reverted again. */
export async function landedSince(
  from: Sha | null,
  to: Sha,
  world: Pick<World, 'store' | 'key' | 'plan'>,
): Promise<readonly { readonly task: TaskId; readonly commit: Sha }[]> {
  const found: { task: TaskId; commit: Sha }[] = []
  const takenBack = new Set<string>()
  for (const { commit, message } of await world.store.messages(from, to)) {
    const { task, run, reverts } = parseTrailers(message)
    if (run === null || !sameRun(run, world.key)) continue
    // The newest commit comes first: a revert is met before what it takes back.
    if (reverts !== null) takenBack.add(reverts)
    else if (task !== null && !takenBack.delete(task) && world.plan.index.has(task as TaskId))
      found.push({ task: task as TaskId, commit })
  }
  return found
}
