/** Names of a run's artifact. GitHub takes each name once in a workflow run, whatever the attempt. */

/** A matrix of more jobs than this that all keep the default name has to give `artifact-name`. */
const MOST_NAMES = 20

/**
 * `given`: the input `artifact-name`. In the order they are to be tried: one that is taken belongs to an earlier attempt,
 * another job or another step.
 */
export function artifactNames(given: string | null, runKey: string): readonly string[] {
  const first = given ?? `fanout-${runKey}`
  const attempt = Number(/^\d+-(\d+)$/.exec(runKey)?.[1] ?? 1)
  // A name that holds the attempt already is not taken by an earlier one.
  const second = given === null ? 2 : Math.max(2, attempt)
  return [first, ...Array.from({ length: MOST_NAMES - 1 }, (_, i) => `${first}-${second + i}`)]
}

/** Whether this may be what an earlier attempt of the workflow run left, by its name alone. */
export function isEarlierName(name: string, given: string | null, runId: string, attempt: number): boolean {
  const prefix = given ?? `fanout-${runId}`
  if (name !== prefix && !name.startsWith(`${prefix}-`)) return false
  const numbers = name.slice(prefix.length)
  if (given !== null) return /^(-\d+)?$/.test(numbers)
  const [, at] = /^-(\d+)(?:-\d+)?$/.exec(numbers) ?? []
  return at !== undefined && Number(at) < attempt
}
