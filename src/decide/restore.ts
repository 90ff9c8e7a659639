/** Bookkeeping of a task that is taken back: what archiving did, undone in the files as they are now. */
import type { Format } from './draft.ts'
import { addTask, archiveTask, copyTask, idOf, type Ledger, type Refused } from './queue.ts'
import { newTaskFile, same, type TaskFile } from './task-file.ts'

type ListFormat = Exclude<Format, 'ralph-workflow'>

/**
 * Puts the task back at the end of the tasks file, as it stood there `before` it landed with its comments, takes it out
 * of the done file, and the follow-ups that it had brought (they are in `landed`) out of the tasks file. What is so
 * already stays, and so does a follow-up that was changed since.
 */
export function restoreTask(
  now: Ledger,
  before: TaskFile,
  landed: TaskFile,
  format: ListFormat,
  id: string,
): Ledger | Refused {
  const value = taskIn(before, id)
  if (value === undefined) return { problem: `the tasks file held no task '${id}'` }
  // Before the follow-ups leave: a list that is empty for a moment would change its style.
  const back = taskIn(now.tasks, id)
    ? now.tasks
    : (copyTask(before, id, now.tasks) ?? addTask(now.tasks, value))
  if (back === null) return { problem: `task '${id}' cannot be added to the tasks file` }
  const brought = landed.tasks.filter(task => taskIn(before, idOf(task)) === undefined)
  const tasks = brought.reduce<TaskFile | Refused>((file, task) => {
    const there = 'problem' in file ? undefined : taskIn(file, idOf(task))
    return 'problem' in file || !same(there, task) ? file : without(file, format, String(idOf(task)))
  }, back)
  if ('problem' in tasks) return tasks
  const done = taskIn(now.done, id) ? without(now.done, format, id) : now.done
  return 'problem' in done ? done : { tasks, done }
}

function taskIn({ tasks }: TaskFile, id: string | null): Readonly<Record<string, unknown>> | undefined {
  return tasks.find(task => id !== null && idOf(task) === id) as Readonly<Record<string, unknown>> | undefined
}

/** Archived into a file that nobody keeps. */
function without(file: TaskFile, format: ListFormat, id: string): TaskFile | Refused {
  const ledger = { tasks: file, done: newTaskFile('no file', '', file) }
  const archived = archiveTask(ledger, format, id, { completedAt: '', runKey: '' })
  return 'problem' in archived ? archived : archived.tasks
}
