/** Bookkeeping of a task that is taken back: what archiving did, undone in the files as they are now. */
import type { Format } from './draft.ts'
import { addTask, archiveTask, idOf, type Ledger, type Refused } from './queue.ts'
import { newTaskFile, type TaskFile } from './task-file.ts'

/**
 * Puts the task back at the end of the tasks file, as it stood there `before` it landed, and takes it out of the done
 * file. Where one of them is so already, that one stays.
 */
export function restoreTask(
  now: Ledger,
  before: TaskFile,
  format: Exclude<Format, 'ralph-workflow'>,
  id: string,
): Ledger | Refused {
  const value = before.tasks.find(task => idOf(task) === id)
  if (value === undefined) return { problem: `the tasks file held no task '${id}'` }
  const there = now.tasks.tasks.some(task => idOf(task) === id)
  const tasks = there ? now.tasks : addTask(now.tasks, value as Readonly<Record<string, unknown>>)
  if (tasks === null) return { problem: `task '${id}' cannot be added to the tasks file` }
  if (!now.done.tasks.some(task => idOf(task) === id)) return { ...now, tasks }
  // Archived once more, from the done file into one that nobody keeps.
  const scratch = newTaskFile('no file', '', now.done)
  const moved = archiveTask({ tasks: now.done, done: scratch }, format, id, { completedAt: '', runKey: '' })
  return 'problem' in moved ? moved : { tasks, done: moved.tasks }
}
