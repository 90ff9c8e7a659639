/** A task's name where git allows less than an id may hold. */

/** git allows no `..` in a name, an id may hold it; no id holds a `%`. */
export function refName(task: string): string {
  return task.replaceAll('..', '.%2E')
}

/** What a bundle holds a task's work under: no branch can have that name, so that no fetch of one ever moves it. */
export function workRef(task: string): string {
  return `refs/fanout/work/${refName(task)}`
}
