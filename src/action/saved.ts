/** How to take up by hand what did not land: the commands for it. Pure. */
import { workRef } from '../decide/ref-name.ts'
import type { SummaryTask } from '../decide/summary.ts'
import { shellLine } from './shell-words.ts'

/** The command that puts a task's kept work on the branch one is on; null: none is kept. `folder`: of the run. */
export function takeUpCommand(task: SummaryTask, folder: string): string | null {
  // Beside the task's folder where that could not be written; a worker's own artifacts may have any name.
  const ours = [`tasks/${task.id}/work.bundle`, `${task.id}.work.bundle`]
  const file = ours.find(name => task.files.includes(name))
  if (file === undefined) return null
  return `${shellLine(['git', 'fetch', `${folder}/${file}`, workRef(task.id)])} && git cherry-pick FETCH_HEAD`
}
