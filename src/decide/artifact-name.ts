/** Names of a run's artifact. GitHub takes each name once in a workflow run, or once in each attempt. */

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

/** What an artifact's name says of its age: the attempt, then the number among the artifacts of that name; larger is newer. */
export type Age = readonly [attempt: number, nth: number]

/** Of one that an earlier attempt of the workflow run may have left; null: by its name alone it is none. */
export function ageOfEarlier(name: string, given: string | null, runId: string, attempt: number): Age | null {
  if (given === null) {
    const [, at, nth] = new RegExp(`^fanout-${runId}-(\\d+)(?:-(\\d+))?$`).exec(name) ?? []
    return at !== undefined && Number(at) < attempt ? [Number(at), Number(nth ?? 1)] : null
  }
  const same = new RegExp(`^${literal(given)}(?:-(\\d+))?$`).exec(name)
  // The number is at least that of the attempt in which the name was free.
  if (same !== null) return [Number(same[1] ?? 1), 1]
  // A name that is made of the attempt's number: `work-${{ github.run_attempt }}`.
  const places = [...given.matchAll(/\d+/g)].filter(([number]) => Number(number) === attempt)
  for (const { 0: number, index } of places) {
    const [before, after] = [given.slice(0, index), given.slice(index + number.length)]
    const [, at, nth] = new RegExp(`^${literal(before)}(\\d+)${literal(after)}(?:-(\\d+))?$`).exec(name) ?? []
    if (at !== undefined && Number(at) < attempt) return [Number(at), Number(nth ?? 1)]
  }
  return null
}

function literal(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}
