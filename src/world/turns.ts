/** Some at a time: whoever comes when all places are taken waits, in the order of coming. */

export interface Turns {
  /** Runs `work` when a place is free. */
  take<Result>(work: () => Promise<Result>): Promise<Result>
  /** At work or waiting. */
  readonly busy: number
}

export function turns(places: number): Turns {
  const waiting: (() => void)[] = []
  let busy = 0
  return {
    get busy() {
      return busy
    },
    async take(work) {
      if (++busy > places) await new Promise<void>(resolve => waiting.push(resolve))
      try {
        return await work()
      } finally {
        busy--
        waiting.shift()?.()
      }
    },
  }
}
