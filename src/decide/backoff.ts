/**
 * How long to wait before the next round after a failed push or fetch, before jitter.
 * The first lost race of a stack is retried at once; after that the list is walked and its last entry reused.
 * Source: SPEC section 4, `push-backoff-ms`.
 */
export function backoff(
  failures: number,
  race: boolean,
  waits: number,
  list: readonly number[],
): { readonly waitMs: number; readonly waits: number } {
  if (race && failures === 1) return { waitMs: 0, waits }
  return { waitMs: list[Math.min(waits, list.length - 1)] ?? 0, waits: waits + 1 }
}

/** The wait shortened by up to half; `random` in [0, 1). Equal waits would keep competing losers in step. */
export function jitter(waitMs: number, random: number): number {
  return Math.round(waitMs * (1 - random / 2))
}

/**
 * How to watch a branch that others move, so that the next try begins right after a move of theirs, when the next one is
 * farthest away: for at most one and a half of their periods. null: it rests.
 */
export function watchOf(
  moves: number,
  elapsedMs: number,
): { readonly forMs: number; readonly everyMs: number } | null {
  if (moves === 0) return null
  const period = elapsedMs / moves
  return { forMs: Math.round(period * 1.5), everyMs: Math.max(25, Math.round(period / 8)) }
}
