/** A task's name where git allows less than an id may hold. */

/** git allows no `..` in a name, an id may hold it; no id holds a `%`. */
export function refName(task: string): string {
  return task.replaceAll('..', '.%2E')
}
