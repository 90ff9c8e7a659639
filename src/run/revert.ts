/** Landed commits taken back on top of another commit: by adding commits, and only where that comes out cleanly. */
import { signature } from '../decide/identity.ts'
import { revertMessage } from '../decide/take-back.ts'
import type { Sha, TaskId } from '../decide/task.ts'
import { archivedWith, restored, withFilesOf } from './restore.ts'
import type { LaneWorld } from './world.ts'

export interface Landed {
  readonly task: TaskId
  readonly commit: Sha
}

export type Reverted =
  /** One commit for each, in the order given; the last one is the top. */
  | { readonly kind: 'clean'; readonly commits: readonly Landed[]; readonly top: Sha }
  | { readonly kind: 'conflict'; readonly task: TaskId; readonly files: readonly string[] }

/** `commit` with the changes of these taken back one after the other; none given: the commit itself. */
export async function withReverts(
  commit: Sha,
  landed: readonly Landed[],
  world: LaneWorld,
): Promise<Reverted> {
  const commits: Landed[] = []
  let top = commit
  for (const one of landed) {
    const reverted = await revertOn(top, one, world)
    if (typeof reverted !== 'string') return { kind: 'conflict', task: one.task, files: reverted.files }
    commits.push({ task: one.task, commit: reverted })
    top = reverted
  }
  return { kind: 'clean', commits, top }
}

/** The new commit, or the files that conflict. */
async function revertOn(
  top: Sha,
  { task, commit }: Landed,
  world: LaneWorld,
): Promise<Sha | { readonly files: readonly string[] }> {
  const { store, settings, clock, key } = world
  const who = signature({ name: settings.gitUserName, email: settings.gitUserEmail }, clock.now())
  const [text] = await store.readCommits([commit])
  const [below] = await store.resolve([`${commit}^^{tree}`])
  const archived = await archivedWith(task, commit, below!, world)
  const before = archived === null ? below! : await withFilesOf(archived, below!, world)
  // Its opposite as a commit upon it: merging that takes the change back, whatever came after.
  const opposite = await store.writeCommit(before, commit, {
    author: who,
    committer: who,
    message: 'opposite\n',
  })
  const merged = await store.merge(top, opposite, commit)
  if (merged.kind === 'conflict') return { files: merged.conflicts.map(({ file }) => file) }
  const message = revertMessage(task, commit, text?.message ?? task, key)
  const tree = archived === null ? merged.tree : await restored(archived, merged.tree, world)
  return store.writeCommit(tree, top, { author: who, committer: who, message })
}
