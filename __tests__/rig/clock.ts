import type { Clock } from '../../src/world/clock.ts'

/** Time that stands still until the test moves it on. */
export interface FakeClock extends Clock {
  /** To the end of each sleep on the way, in order, and what follows from it; then to `ms` from now. */
  pass(ms: number): Promise<void>
  /** Sleeps that have not ended. */
  readonly sleeping: number
}

export function fakeClock(start = Date.parse('2026-01-01T00:00:00.000Z')): FakeClock {
  const sleeps = new Set<{ readonly until: number; readonly wake: () => void }>()
  let now = start
  return {
    now: () => now,
    random: () => 0,
    sleep: (ms, signal) =>
      new Promise(resolve => {
        if (ms <= 0 || signal.aborted) return resolve()
        const wake = (): void => {
          sleeps.delete(sleep)
          resolve()
        }
        const sleep = { until: now + ms, wake }
        sleeps.add(sleep)
        signal.addEventListener('abort', wake, { once: true })
      }),
    get sleeping() {
      return sleeps.size
    },
    async pass(ms) {
      await settled()
      const end = now + ms
      for (;;) {
        const [next] = [...sleeps].filter(sleep => sleep.until <= end).sort((a, b) => a.until - b.until)
        if (!next) break
        now = next.until
        next.wake()
        await settled()
      }
      now = end
      await settled()
    },
  }
}

/** Everything that waits for nothing outside has gone on. */
export async function settled(): Promise<void> {
  await new Promise(resolve => setImmediate(resolve))
}
