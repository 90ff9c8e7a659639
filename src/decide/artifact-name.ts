/** Names of a run's artifact. GitHub takes each name once in a workflow run, whatever the attempt. */

/** `given`: the input `artifact-name`. The second is for when the first is taken, by an earlier attempt or another step. */
export function artifactNames(given: string | null, runKey: string): readonly [string, string] {
  const first = given ?? `fanout-${runKey}`
  const attempt = Number(/^\d+-(\d+)$/.exec(runKey)?.[1] ?? 1)
  return [first, `${first}-${Math.max(2, attempt)}`]
}

/** Where earlier attempts of a workflow run may have left theirs, the newest first. */
export function earlierNames(given: string | null, runId: string, attempt: number): readonly string[] {
  const earlier = Array.from({ length: Math.max(0, attempt - 1) }, (_, i) => attempt - 1 - i)
  if (given === null) return earlier.map(n => `fanout-${runId}-${n}`)
  return earlier.map(n => (n === 1 ? given : `${given}-${n}`))
}
