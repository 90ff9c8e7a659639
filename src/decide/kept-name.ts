/** What a task's work is kept as, in its folder or, behind its id and a dot, beside it. */

export const BUNDLE = 'work.bundle'
/** Work that adds a value which is masked: it never leaves the machine. */
export const SECRET_BUNDLE = 'work-secret.bundle'

/** The same with `attempt`, for work of one that another followed; null: of the last. */
export function bundleName({ secret }: { readonly secret?: boolean }, attempt: number | null): string {
  const name = secret ? SECRET_BUNDLE : BUNDLE
  return attempt === null ? name : name.replace('.bundle', `-${attempt}.bundle`)
}

/** Whether a folder with these names in it has the work of a task. */
export function holdsWork(names: readonly string[]): boolean {
  return names.includes(BUNDLE) || names.includes(SECRET_BUNDLE)
}
