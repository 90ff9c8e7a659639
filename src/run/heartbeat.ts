/** A sign of life for whoever watches a log in which nothing happens. */
import type { Clock } from '../world/clock.ts'

export const QUIET_MS = 60_000

/** Calls `beat` each minute in which nothing was told; `toldAt`: when something was, last. Ends when `signal` aborts. */
export async function heartbeat(
  toldAt: () => number,
  beat: () => void,
  clock: Clock,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    const left = toldAt() + QUIET_MS - clock.now()
    if (left <= 0) beat()
    await clock.sleep(left > 0 ? left : QUIET_MS, signal)
  }
}
