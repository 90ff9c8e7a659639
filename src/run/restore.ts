/**
 * Bookkeeping of a revert. Every landing changes the lines around the last one's in the tasks file and the done file,
 * so as text none but the last could be reverted: they are left out of it, and the task moves back anew.
 */
import { idOf, type Ledger, type Refused } from '../decide/queue.ts'
import { restoreTask } from '../decide/restore.ts'
import type { Sha, TaskId } from '../decide/task.ts'
import { textOf } from '../decide/task-file.ts'
import { ledgerAt } from './bookkeeping.ts'
import type { Bookkeeping, World } from './world.ts'

/** A landed commit that archived its task. */
export interface Archived {
  readonly task: TaskId
  readonly commit: Sha
  readonly bookkeeping: Bookkeeping
  /** The files as the task had found them, and as it left them. */
  readonly before: Ledger
  readonly landed: Ledger
}

/** null: bookkeeping is off, or could not be done when it landed. */
export async function archivedWith(
  task: TaskId,
  commit: Sha,
  below: Sha,
  world: World,
): Promise<Archived | null> {
  const { bookkeeping } = world
  if (bookkeeping === null) return null
  const [before, landed] = await Promise.all([below, commit].map(at => ledgerAt(at, bookkeeping, world)))
  if (!isLedger(before) || !isLedger(landed)) return null
  return lists(before, task) && !lists(landed, task) ? { task, commit, bookkeeping, before, landed } : null
}

function isLedger(files: Ledger | Refused | null | undefined): files is Ledger {
  return files != null && !('problem' in files)
}

function lists({ tasks }: Ledger, task: TaskId): boolean {
  return tasks.tasks.some(one => idOf(one) === task)
}

/** The tree below such a commit, but with the two files as the commit left them. */
export async function withFilesOf(
  { commit, bookkeeping }: Archived,
  below: Sha,
  { store }: World,
): Promise<Sha> {
  const names = [bookkeeping.tasksFile, bookkeeping.doneFile]
  const blobs = await Promise.all(names.map(name => store.blobAt(commit, name)))
  return store.replaceBlobs(below, Object.fromEntries(names.map((name, i) => [name, blobs[i] ?? null])))
}

/** `tree` with the task back in the tasks file. */
export async function restored(
  { task, bookkeeping, before, landed }: Archived,
  tree: Sha,
  world: World,
): Promise<Sha> {
  const now = await ledgerAt(tree, bookkeeping, world)
  if (now === null) return tree
  const after =
    'problem' in now ? now : restoreTask(now, before.tasks, landed.tasks, bookkeeping.format, task)
  if ('problem' in after) {
    world.log.warning('bookkeeping', `${task} is reverted without bookkeeping: ${after.problem}`)
    return tree
  }
  return world.store.replaceFiles(tree, {
    [bookkeeping.tasksFile]: textOf(after.tasks),
    [bookkeeping.doneFile]: textOf(after.done),
  })
}
