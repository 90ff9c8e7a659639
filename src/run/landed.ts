/** What the branch itself says has landed: the trailers of its commits. The branch is the truth. */
import { sameRun } from '../decide/resume.ts'
import type { Sha, TaskId } from '../decide/task.ts'
import { parseTrailers } from '../decide/trailer.ts'
import type { World } from './world.ts'

export interface OnBranch {
  readonly task: TaskId
  readonly commit: Sha
}

/** Tasks of this run (any attempt of it) among the commits after `from`, up to `to`, less those reverted again. */
export async function landedSince(
  from: Sha | null,
  to: Sha,
  world: Pick<World, 'store' | 'key' | 'plan'>,
): Promise<readonly OnBranch[]> {
  return (await saidSince(from, to, world)).landed
}

/**
 * The last word of the branch on each task: its commit, or the one that took it back. A task that was defined otherwise
 * then is another one. `anyRun`: also of other runs.
 */
export async function saidSince(
  from: Sha | null,
  to: Sha,
  world: Pick<World, 'store' | 'key' | 'plan'>,
  anyRun = false,
): Promise<{ readonly landed: readonly OnBranch[]; readonly reverted: readonly OnBranch[] }> {
  const landed: OnBranch[] = []
  const reverted: OnBranch[] = []
  const told = new Set<string>()
  // The newest commit comes first: a revert is met before what it takes back.
  for (const { commit, message } of await world.store.messages(from, to)) {
    const { task, run, reverts, fingerprint } = parseTrailers(message)
    const about = (reverts ?? task) as TaskId | null
    if (about === null || run === null || told.has(about)) continue
    const planned = world.plan.tasks[world.plan.index.get(about) ?? -1]
    const ofRun = sameRun(run, world.key)
    if (planned === undefined || !(ofRun || anyRun)) continue
    // Reverts of older versions name none; of this run's own commits better one too many than one that lands twice.
    const unnamed = fingerprint === null && (ofRun || reverts !== null)
    if (fingerprint !== planned.fingerprint && !unnamed) continue
    told.add(about)
    ;(reverts === null ? landed : reverted).push({ task: about, commit })
  }
  return { landed, reverted }
}
