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
  /** The files as the task had found them. */
  readonly before: Ledger
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
  const [before, after] = await Promise.all([below, commit].map(at => ledgerAt(at, bookkeeping, world)))
  return lists(before, task) && !lists(after, task) ? { task, commit, bookkeeping, before } : null
}

type Files = Ledger | Refused | null | undefined

function lists(files: Files, task: TaskId): files is Ledger {
  return files != null && !('problem' in files) && files.tasks.tasks.some(one => idOf(one) === task)
}

/** The tree below such a commit, but with the two files as the commit left them. */
export async function withFilesOf(
  { commit, bookkeeping }: Archived,
  below: Sha,
  { store }: World,
): Promise<Sha> {
  const names = [bookkeeping.tasksFile, bookkeeping.doneFile]
  const texts = await Promise.all(names.map(name => store.readBlob(commit, name)))
  return store.replaceFiles(below, Object.fromEntries(names.map((name, i) => [name, texts[i] ?? null])))
}

/** `tree` with the task back in the tasks file. */
export async function restored(
  { task, bookkeeping, before }: Archived,
  tree: Sha,
  world: World,
): Promise<Sha> {
  const now = await ledgerAt(tree, bookkeeping, world)
  if (now === null) return tree
  const after = 'problem' in now ? now : restoreTask(now, before.tasks, bookkeeping.format, task)
  if ('problem' in after) {
    world.log.warning('bookkeeping', `${task} is reverted without bookkeeping: ${after.problem}`)
    return tree
  }
  return world.store.replaceFiles(tree, {
    [bookkeeping.tasksFile]: textOf(after.tasks),
    [bookkeeping.doneFile]: textOf(after.done),
  })
}
