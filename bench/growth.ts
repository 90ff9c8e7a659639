/** Runs of 10, 100 and 1,000 tasks: what a task costs, the memory of our process, and what an event costs. */
import { readFile, stat, writeFile } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { apply } from '../src/decide/apply.ts'
import { next } from '../src/decide/next.ts'
import { parsePlan } from '../src/decide/plan.ts'
import { initialState } from '../src/decide/state.ts'
import type { Event, Limits, Sha } from '../src/decide/task.ts'
import { readJournal } from '../src/world/journal.ts'
import { type Bed, makeBed, smallFiles } from './bed.ts'
import { median, type Row } from './measure.ts'

const SIZES = [10, 100, 1000] as const
const FILES = 200
const WORKERS = availableParallelism()
const LIMITS: Limits = {
  workers: WORKERS,
  ...{ maxTasks: 0, maxFailures: 0, retries: 0, maxBatch: 0 },
  ...{ gate: false, gateSlots: 1, remediate: false, maxRemediations: 0 },
  ...{ maxPushAttempts: 50, pushBackoffMs: [500] },
}

interface Measured {
  readonly msPerTask: number
  readonly peakMb: number
  readonly journalBytesPerEvent: number
  readonly stateBytesPerTask: number
  readonly decideMsPerEvent: number
}

export async function growth(): Promise<readonly Row[]> {
  const measured = new Map<number, Measured>()
  for (const size of SIZES) measured.set(size, await measureSize(size))
  return rowsOf(measured)
}

/** A small run is measured more often: chance weighs more there. */
async function measureSize(size: number): Promise<Measured> {
  const rounds = Math.min(5, Math.max(1, 300 / size))
  const results: Measured[] = []
  for (let round = 0; round < rounds; round++) {
    await using bed = await makeBed(smallFiles(FILES))
    results.push(await measureRun(size, bed))
  }
  const of = (key: keyof Measured): number => median(results.map(result => result[key]))
  return {
    msPerTask: of('msPerTask'),
    peakMb: of('peakMb'),
    journalBytesPerEvent: of('journalBytesPerEvent'),
    stateBytesPerTask: of('stateBytesPerTask'),
    decideMsPerEvent: of('decideMsPerEvent'),
  }
}

async function measureRun(size: number, bed: Bed): Promise<Measured> {
  const listOf = (count: number): string =>
    JSON.stringify(Array.from({ length: count }, (_, i) => ({ id: `t${i}`, run: `echo ${i} > t${i}.txt` })))
  const run = async (count: number) => {
    const tasks = join(bed.folder, `${count}.json`)
    await writeFile(tasks, listOf(count))
    return bed.run({ tasks, workers: String(WORKERS), workspaces: 'clone', 'verify-when': 'never' })
  }
  const empty = await run(0)
  const full = await run(size)
  const file = join(full.runDirectory, 'journal.ndjson')
  const read = await readJournal(file)
  if (read.kind !== 'read') throw new Error(`the journal is ${read.kind}`)
  const { events, head } = read.text
  const bytes = (await stat(file)).size - JSON.stringify(head).length
  return {
    msPerTask: (full.ms - empty.ms) / size,
    peakMb: full.peakMb,
    journalBytesPerEvent: bytes / events.length,
    stateBytesPerTask: (await readFile(join(full.runDirectory, 'state.json'))).length / size,
    decideMsPerEvent: decideAgain(listOf(size), events),
  }
}

/** What the loop thinks about each event, without what it does: milliseconds of CPU an event. */
function decideAgain(text: string, events: readonly Event[]): number {
  const hash = (part: string): string => part
  const read = parsePlan({ text, file: 'tasks.json' }, { defaultRun: null, only: [], hash })
  if (!read.ok) throw new Error('the list is not valid')
  let state = initialState(read.plan, 'base' as Sha, 0, [], 0)
  const start = performance.now()
  for (const event of events) {
    state = apply(read.plan, state, LIMITS, event)
    next(read.plan, state, LIMITS)
  }
  return (performance.now() - start) / events.length
}

function rowsOf(measured: ReadonlyMap<number, Measured>): Row[] {
  const [few] = SIZES
  const against = `of ${few}`
  return SIZES.flatMap((size): Row[] => {
    const now = measured.get(size)!
    const compared = (key: keyof Measured, goal?: number): Partial<Row> => {
      if (size === few) return {}
      const ratio = now[key] / measured.get(few)![key]
      return { ratio, against, ...(goal === undefined ? {} : { goal }) }
    }
    const of = `of ${size.toLocaleString('en')}`
    return [
      { name: `a task ${of}`, value: now.msPerTask, unit: 'ms', ...compared('msPerTask', 1.2) },
      { name: `peak memory of our process, ${of}`, value: now.peakMb, unit: 'MB', goal: 150 },
      {
        name: `journal per event, ${of}`,
        value: now.journalBytesPerEvent,
        unit: 'B',
        ...compared('journalBytesPerEvent', 1.2),
      },
      {
        name: `state.json per task, ${of}`,
        value: now.stateBytesPerTask,
        unit: 'B',
        ...compared('stateBytesPerTask', 1.2),
      },
      { name: `deciding per event, ${of}`, value: now.decideMsPerEvent * 1000, unit: 'µs' },
    ]
  })
}
