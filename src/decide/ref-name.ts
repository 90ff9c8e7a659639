/** Names of tasks and branches where git allows less, or where one part of a ref must hold all of it. */

/** git allows no `..` in a name, an id may hold it; no id holds a `%`. */
export function refName(task: string): string {
  return task.replaceAll('..', '.%2E')
}

/** A branch as one part of a ref. A branch may hold a `%`, and no two may come to the same name. */
export function branchRefName(branch: string): string {
  return branch.replaceAll('%', '%25').replaceAll('/', '%2F')
}

/** What a bundle holds a task's work under: no branch can have that name, so that no fetch of one ever moves it. */
export function workRef(task: string): string {
  return `refs/fanout/work/${refName(task)}`
}

/** The same of an attempt that another one followed. */
export function attemptRef(task: string, attempt: number): string {
  return `refs/fanout/attempts/${refName(task)}/${attempt}`
}
