/**
 * Other merge queues as simple models (one lane, equal gate times, no races): what a queue must be compared with. They
 * are given the same tasks, and land what they have proven at once.
 */
import { chanceOf } from '../../__tests__/rig/model/chance.ts'
import { badTasks, FETCH_MS, type Outcome, PUSH_MS, WORKERS, type Workload, workMs } from './workload.ts'

interface Item {
  readonly readyAt: number
  readonly bad: boolean
}

interface Book {
  now: number
  gates: number
  landedAt: number
  red: number
  readonly waits: number[]
}

/** Takes its turn with what is ready, at the head of the queue; returns how many of it are dealt with. */
type Turn = (ready: readonly Item[], book: Book, gateMs: number) => number

/** One gate for each. */
export const serial: Turn = ([item], book, gateMs) => {
  gate(1, book, gateMs)
  settle([item!], book)
  return 1
}

/** One gate for all that is ready; a red batch is halved until each culprit is alone. The last red half is inferred. */
export const bisect: Turn = (ready, book, gateMs) => {
  const split = (items: readonly Item[], knownRed: boolean): void => {
    if (!knownRed) gate(1, book, gateMs)
    if (items.length === 1 || !items.some(item => item.bad)) return
    const half = items.length >> 1
    const [left, right] = [items.slice(0, half), items.slice(half)]
    split(left, false)
    split(right, !left.some(item => item.bad))
  }
  split(ready, false)
  settle(ready, book)
  return ready.length
}

/** Every prefix of the first eight at the same time; all before the first red one land, and the rest starts over. */
export const allPrefixes: Turn = (ready, book, gateMs) => {
  const window = ready.slice(0, 8)
  gate(window.length, book, gateMs)
  const first = window.findIndex(item => item.bad)
  const done = first < 0 ? window : window.slice(0, first + 1)
  settle(done, book)
  return done.length
}

function gate(atOnce: number, book: Book, gateMs: number): void {
  book.gates += atOnce
  book.now += gateMs
}

/** The good ones land, in one push. */
function settle(items: readonly Item[], book: Book): void {
  const good = items.filter(item => !item.bad)
  book.red += items.length - good.length
  if (good.length === 0) return
  book.now += PUSH_MS
  book.landedAt = book.now
  for (const item of good) book.waits.push((book.now - item.readyAt) / 60_000)
}

export function simulateQueue(work: Workload, turn: Turn): Outcome {
  const bad = badTasks(work)
  const chance = chanceOf(work.seed + 1)
  // As workers finish them, each of which then takes the next.
  const free = Array.from({ length: WORKERS }, () => 0)
  const items = bad
    .map((isBad): Item => {
      const worker = free.indexOf(Math.min(...free))
      free[worker]! += workMs(chance)
      return { readyAt: free[worker]!, bad: isBad }
    })
    .sort((a, b) => a.readyAt - b.readyAt)
  const book: Book = { now: 0, gates: 0, landedAt: 0, red: 0, waits: [] }
  for (let at = 0; at < items.length; ) {
    book.now = Math.max(book.now, items[at]!.readyAt) + FETCH_MS
    let end = at
    while (end < items.length && items[end]!.readyAt <= book.now) end++
    at += turn(items.slice(at, end), book, work.gateMs)
  }
  return {
    ...{ landed: book.waits.length, red: book.red, givenUp: 0, lostRaces: 0 },
    ...{ hours: book.landedAt / 3_600_000, gates: book.gates, waitMinutes: book.waits },
  }
}
