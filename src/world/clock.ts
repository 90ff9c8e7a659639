/** Time and chance, so that a test can hold both. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number
  /** Resolves after `ms`, or at once when `signal` aborts; never rejects. */
  sleep(ms: number, signal: AbortSignal): Promise<void>
  /** In [0, 1). */
  random(): number
}

/**
 * Time that never goes back: where the machine's clock is set back, it runs ahead of that until it is set right again. So
 * what a journal tells stays in order, and nothing took less than no time. `notBefore`: what the journal has seen already.
 */
export function steadyTime(machine: () => number, notBefore = Number.NEGATIVE_INFINITY): () => number {
  let last = notBefore
  let ahead = 0
  return () => {
    const now = machine()
    if (now >= last) ahead = 0
    else if (now + ahead < last) ahead = last - now
    last = now + ahead
    return last
  }
}

/** `notBefore`: see `steadyTime`. */
export function openClock(notBefore?: number): Clock {
  return { ...systemClock, now: steadyTime(Date.now, notBefore) }
}

export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: (ms, signal) =>
    new Promise(resolve => {
      if (ms <= 0 || signal.aborted) return resolve()
      const done = (): void => {
        clearTimeout(timer)
        signal.removeEventListener('abort', done)
        resolve()
      }
      const timer = setTimeout(done, ms)
      signal.addEventListener('abort', done)
    }),
  random: () => Math.random(),
}
