/** What a task's work is kept as, in its folder or, behind its id and a dot, beside it. */

export const BUNDLE = 'work.bundle'
/** Work that adds a value which is masked: it never leaves the machine. */
export const SECRET_BUNDLE = 'work-secret.bundle'

/** Whether a folder with these names in it has the work of a task. */
export function holdsWork(names: readonly string[]): boolean {
  return names.includes(BUNDLE) || names.includes(SECRET_BUNDLE)
}
