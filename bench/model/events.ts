/** A simulated clock: what is to happen, in the order of time. */
export interface Clock {
  /** Milliseconds since the simulation began. */
  readonly now: () => number
  readonly after: (milliseconds: number, then: () => void) => void
  /** Until nothing is left to happen. */
  readonly run: () => void
}

interface Due {
  readonly at: number
  /** Of two at one moment, the one that was asked for first. */
  readonly number: number
  readonly then: () => void
}

export function simulatedClock(): Clock {
  /** A binary heap: the next one is the first. */
  const heap: Due[] = []
  let now = 0
  let count = 0
  const before = (a: Due, b: Due): boolean => a.at < b.at || (a.at === b.at && a.number < b.number)

  function add(due: Due): void {
    let at = heap.push(due) - 1
    while (at > 0) {
      const parent = (at - 1) >> 1
      if (!before(due, heap[parent]!)) break
      heap[at] = heap[parent]!
      at = parent
    }
    heap[at] = due
  }

  function take(): Due | undefined {
    const first = heap[0]
    const last = heap.pop()
    if (first === undefined || last === undefined || heap.length === 0) return first
    let at = 0
    for (;;) {
      let child = 2 * at + 1
      if (child >= heap.length) break
      if (child + 1 < heap.length && before(heap[child + 1]!, heap[child]!)) child++
      if (!before(heap[child]!, last)) break
      heap[at] = heap[child]!
      at = child
    }
    heap[at] = last
    return first
  }

  return {
    now: () => now,
    after: (milliseconds, then) => add({ at: now + milliseconds, number: count++, then }),
    run: () => {
      for (let due = take(); due !== undefined; due = take()) {
        now = due.at
        due.then()
      }
    },
  }
}
