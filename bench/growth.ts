/** Runs of 10, 100 and 1,000 tasks: what a task costs, the memory of our process, and what an event costs. */
import { readFile, stat, writeFile } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { apply } from '../src/decide/apply.ts'
import type { Event } from '../src/decide/happened.ts'
import { next } from '../src/decide/next.ts'
import { initialState } from '../src/decide/state.ts'
import type { Limits, Sha } from '../src/decide/task.ts'
import { readJournal } from '../src/world/journal.ts'
import { makeBed } from './bed.ts'
import { type Extent, median, type Row } from './measure.ts'
import { planOfQueue, queueOf } from './queue.ts'

const FEW = 10
/** The small runs on all sides of the large ones: what the machine does meanwhile falls on all alike. */
const ORDER: Readonly<Record<Extent, readonly number[]>> = {
  quick: [FEW, FEW, 100, FEW],
  full: [FEW, FEW, 100, FEW, 1000, FEW, FEW, 100, FEW, FEW, 1000, FEW, 100, FEW, FEW],
}
/** They stay as many from the first task to the last: what a larger repository costs is measured elsewhere. */
const FILES = 50
const WORKERS = availableParallelism()
const LIMITS: Limits = {
  workers: WORKERS,
  ...{ maxTasks: 0, maxFailures: 0, retries: 0, maxBatch: 0 },
  ...{ gate: false, gateSlots: 1, remediate: false, maxRemediations: 0 },
  ...{ maxPushAttempts: 50, pushBackoffMs: [500] },
}
const BOOKKEEPING = ['off', 'archive'] as const

interface Measured {
  readonly msPerTask: number
  readonly peakMb: number
  readonly journalBytesPerEvent: number
  readonly stateBytesPerTask: number
  readonly decideMsPerEvent: number
}

export async function growth(extent: Extent): Promise<readonly Row[]> {
  const rows: Row[] = []
  for (const bookkeeping of BOOKKEEPING) {
    const measured = new Map<number, Measured[]>()
    for (const size of ORDER[extent])
      measured.set(size, [...(measured.get(size) ?? []), await measureRun(size, bookkeeping)])
    rows.push(...rowsOf(measured, bookkeeping === 'off' ? '' : ', bookkeeping'))
  }
  return rows
}

async function measureRun(size: number, bookkeeping: string): Promise<Measured> {
  const files = Object.fromEntries(Array.from({ length: FILES }, (_, i) => [`src/${i}.txt`, `${i}\n`]))
  await using bed = await makeBed({ ...files, 'tasks.yml': queueOf(size, FILES) })
  const run = (more: Readonly<Record<string, string>>) =>
    bed.run({ workers: String(WORKERS), workspaces: 'clone', 'verify-when': 'never', ...more })
  const none = join(bed.folder, 'none.yml')
  await writeFile(none, '[]\n')
  const empty = await run({ tasks: none })
  const full = await run({ tasks: 'tasks.yml', bookkeeping })
  const journal = join(full.runDirectory, 'journal.ndjson')
  const read = await readJournal(journal)
  if (read.kind !== 'read') throw new Error(`the journal is ${read.kind}`)
  const { events, head } = read.text
  return {
    msPerTask: (full.ms - empty.ms) / size,
    peakMb: full.peakMb,
    journalBytesPerEvent: ((await stat(journal)).size - JSON.stringify(head).length) / events.length,
    stateBytesPerTask: (await readFile(join(full.runDirectory, 'state.json'))).length / size,
    decideMsPerEvent: decideAgain(size, events),
  }
}

/** What the loop thinks about each event, without what it does: milliseconds an event. */
function decideAgain(size: number, events: readonly Event[]): number {
  const plan = planOfQueue(size)
  let state = initialState(plan, 'base' as Sha, 0, [], 0)
  const start = performance.now()
  for (const event of events) {
    state = apply(plan, state, LIMITS, event)
    next(plan, state, LIMITS)
  }
  return (performance.now() - start) / events.length
}

function rowsOf(measured: ReadonlyMap<number, readonly Measured[]>, kind: string): Row[] {
  const of = (size: number, key: keyof Measured): number =>
    median(measured.get(size)!.map(result => result[key]))
  return [...measured.keys()].flatMap((size): Row[] => {
    const named = `of ${size.toLocaleString('en')}${kind}`
    const compared = (name: string, key: keyof Measured, unit: Row['unit'], goal: number): Row => {
      const row = { name: `${name}, ${named}`, value: of(size, key), unit }
      return size === FEW
        ? row
        : { ...row, ratio: row.value / of(FEW, key), against: `of ${FEW}${kind}`, goal }
    }
    return [
      compared('a task', 'msPerTask', 'ms', 1.2),
      { name: `peak memory of our process, ${named}`, value: of(size, 'peakMb'), unit: 'MB', goal: 150 },
      compared('journal per event', 'journalBytesPerEvent', 'B', 1.2),
      compared('state.json per task', 'stateBytesPerTask', 'B', 1.2),
      { name: `deciding per event, ${named}`, value: of(size, 'decideMsPerEvent') * 1000, unit: 'µs' },
    ]
  })
}
