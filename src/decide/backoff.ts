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
