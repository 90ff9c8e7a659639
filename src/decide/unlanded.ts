/** What a journal tells of work that is on no branch: the last resort when the process that knew more is gone. */
import type { Event } from './happened.ts'
import type { Candidate, TaskId } from './task.ts'
import { unreachable } from './task.ts'

/** The latest candidate of every task that did not land, finished or not, in the order they came. */
export function unlandedWork(events: readonly Event[]): ReadonlyMap<TaskId, Candidate> {
  const work = new Map<TaskId, Candidate>()
  const gone = new Set<TaskId>()
  for (const event of events) {
    switch (event.type) {
      case 'worked':
      case 'remediated': {
        const { result } = event
        if (result.kind === 'unchanged') gone.add(event.task)
        else if (result.kind === 'candidate') work.set(event.task, result.candidate)
        else if (result.kept) work.set(event.task, result.kept)
        break
      }
      case 'found':
        if (event.found.kind === 'candidate') work.set(event.task, event.found.candidate)
        else gone.add(event.task)
        break
      case 'stacked':
        if (event.result.kind !== 'stacked') break
        for (const { task } of event.result.landed) gone.add(task)
        for (const task of event.result.noops) gone.add(task)
        break
      case 'pushed':
        if (event.result.kind === 'landed') for (const { task } of event.layers) gone.add(task)
        break
      case 'reverted':
        work.set(event.task, event.work)
        gone.delete(event.task)
        break
      case 'began':
      case 'gated':
      case 'verified':
      case 'finished':
      case 'halted':
      case 'resumed':
        break
      default:
        unreachable(event)
    }
  }
  return new Map([...work].filter(([task]) => !gone.has(task)))
}
