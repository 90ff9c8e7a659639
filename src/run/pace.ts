/** Work that is asked for more often than it may be done. */
import type { Clock } from '../world/clock.ts'

export interface Paced {
  /** Asks for it: soon, once, however often it is asked for until then. */
  due(): void
  /** It is not asked for any more. */
  forget(): void
  /** Does what is still due, and no more after that. */
  stop(): Promise<void>
}

/** `work` must not reject; it is never done twice at a time. `rest`: milliseconds after work that took so many. */
export function paced(work: () => Promise<void>, rest: (tookMs: number) => number, clock: Clock): Paced {
  const stopped = new AbortController()
  let asked = false
  let going: Promise<void> | null = null
  async function go(): Promise<void> {
    while (asked && !stopped.signal.aborted) {
      asked = false
      const from = clock.now()
      await work()
      await clock.sleep(rest(clock.now() - from), stopped.signal)
    }
    going = null
  }
  return {
    due: () => {
      asked = true
      going ??= go()
    },
    forget: () => {
      asked = false
    },
    stop: async () => {
      stopped.abort()
      await going
      if (asked) await work()
      asked = false
    },
  }
}

const SHORTEST_MS = 1000
const LONGEST_MS = 30_000

/** A report while the run goes on: the longer it lasts the rarer, and never more than a twentieth of the time. */
export function restAfter(runMs: number, tookMs: number): number {
  return Math.max(SHORTEST_MS, Math.min(LONGEST_MS, runMs / 60), tookMs * 20)
}
