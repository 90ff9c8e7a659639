/**
 * Thousands of tasks in simulated time: our own decisions (src/decide/) beside models of other queues, and many runners
 * that push to one branch. How much lands in an hour, what it costs in gates, and how long finished work waits.
 */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Extent, median, type Row } from './measure.ts'
import { simulateFleet } from './model/fleet.ts'
import { allPrefixes, bisect, serial, simulateQueue } from './model/queues.ts'
import type { Outcome, Workload } from './model/workload.ts'
import { type Panel, plot } from './plot.ts'

const SEED = 20260101
const OURS = 'ours'

interface Grid {
  readonly tasks: number
  readonly runners: readonly number[]
  readonly failures: readonly number[]
  readonly gates: readonly number[]
}

const SECOND = 1000
const MINUTE = 60 * SECOND
const GRIDS: Readonly<Record<Extent, Grid>> = {
  quick: { tasks: 1000, runners: [1, 16, 256], failures: [0, 0.05, 0.3], gates: [MINUTE, 30 * MINUTE] },
  full: {
    tasks: 2000,
    runners: [1, 4, 16, 64, 256],
    failures: [0, 0.01, 0.05, 0.1, 0.2, 0.3],
    gates: [SECOND, MINUTE, 10 * MINUTE, 30 * MINUTE],
  },
}
/** One point with as many tasks as anybody has; the whole grid of that size takes hours. */
const MANY_TASKS = 10_000
const MANY_GATE = MINUTE

/** The failure rate that many runners are shown at. */
const USUAL = 0.05
/** The gate that the queues are shown at. */
const SHOWN_GATE = 30 * MINUTE

const QUEUES: Readonly<Record<string, (work: Workload) => Outcome>> = {
  [OURS]: work => simulateFleet({ ...work, runners: 1, gateSlots: 1 }),
  'ours, 8 gate slots': work => simulateFleet({ ...work, runners: 1, gateSlots: 8 }),
  'batch and bisect': work => simulateQueue(work, bisect),
  'all prefixes, 8 at once': work => simulateQueue(work, allPrefixes),
  'one by one': work => simulateQueue(work, serial),
}

interface Point {
  readonly runners: number
  readonly queue: string
  readonly failure: number
  readonly gateMs: number
  readonly outcome: Outcome
}

export async function simulation(extent: Extent): Promise<readonly Row[]> {
  const { tasks, runners, failures, gates } = GRIDS[extent]
  const work = (failure: number, gateMs: number): Workload => ({ tasks, failure, gateMs, seed: SEED })
  const queues = gates.flatMap(gateMs =>
    failures.flatMap(failure =>
      Object.entries(QUEUES).map(
        ([queue, simulate]): Point => ({
          ...{ runners: 1, queue, failure, gateMs },
          outcome: simulate(work(failure, gateMs)),
        }),
      ),
    ),
  )
  const fleets = gates.flatMap(gateMs =>
    runners.map((count): Point => {
      const alone = queues.find(
        one => one.queue === OURS && one.failure === USUAL && one.gateMs === gateMs,
      )?.outcome
      const fleet = { ...work(USUAL, gateMs), runners: count, gateSlots: 1 }
      return {
        ...{ runners: count, queue: OURS, failure: USUAL, gateMs },
        outcome: count === 1 && alone ? alone : simulateFleet(fleet),
      }
    }),
  )
  const many = Object.entries(extent === 'full' ? QUEUES : {}).map(
    ([queue, simulate]): Point => ({
      ...{ runners: 1, queue, failure: USUAL, gateMs: MANY_GATE },
      outcome: simulate({ ...work(USUAL, MANY_GATE), tasks: MANY_TASKS }),
    }),
  )
  const file = extent === 'full' ? 'simulation.svg' : 'simulation.quick.svg'
  await writeFile(join(import.meta.dirname, 'results', file), plot(panelsOf(queues, fleets)))
  return [
    ...[...queues, ...fleets.filter(({ runners: count }) => count > 1)].map(rowOf),
    ...many.map(rowOf).map(({ detail: _, ...row }) => ({
      ...row,
      name: `${MANY_TASKS.toLocaleString('en')} tasks, ${row.name}`,
    })),
  ]
}

function rowOf({ runners, queue, failure, gateMs, outcome }: Point): Row {
  const waits = [...outcome.waitMinutes].sort((a, b) => a - b)
  const who = runners === 1 ? '1 runner' : `${runners} runners`
  return {
    name: `${who}, gate ${spanOf(gateMs)}, ${failure * 100} % red: ${queue}`,
    value: perHour(outcome),
    unit: '/h',
    counts: {
      'gates per landed': outcome.gates / outcome.landed,
      'wait, median minutes': median(waits),
      'wait, 95 % minutes': waits[Math.floor(waits.length * 0.95)] ?? 0,
      ...(runners === 1 ? {} : { 'lost races': outcome.lostRaces, 'given up': outcome.givenUp }),
    },
    ...(gateMs === SHOWN_GATE ? {} : { detail: true }),
  }
}

function perHour({ landed, hours }: Outcome): number {
  return landed / hours
}

function spanOf(milliseconds: number): string {
  return milliseconds < MINUTE ? `${milliseconds / SECOND} s` : `${milliseconds / MINUTE} min`
}

function panelsOf(queues: readonly Point[], fleets: readonly Point[]): readonly Panel[] {
  const shown = queues.filter(({ gateMs }) => gateMs === SHOWN_GATE)
  const byQueue = (figure: (outcome: Outcome) => number): Panel['series'] =>
    Object.keys(QUEUES).map(name => ({
      name,
      points: shown
        .filter(({ queue }) => queue === name)
        .map(({ failure, outcome }) => [failure * 100, figure(outcome)] as const),
    }))
  const xLabel = 'red candidates, %'
  const gate = `gate of ${spanOf(SHOWN_GATE)}`
  return [
    {
      ...{ title: `Landed an hour, ${gate}`, xLabel, yLabel: 'landed an hour', x: 'linear', y: 'log' },
      series: byQueue(perHour),
    },
    {
      ...{ title: `Gates per landed task, ${gate}`, xLabel, yLabel: 'gates', x: 'linear', y: 'log' },
      series: byQueue(outcome => outcome.gates / outcome.landed),
    },
    {
      title: `Runners that push to one branch, ${USUAL * 100} % red`,
      ...{ xLabel: 'runners', yLabel: 'landed an hour', x: 'log', y: 'log' },
      series: [...new Set(fleets.map(({ gateMs }) => gateMs))].map(gateMs => ({
        name: `gate of ${spanOf(gateMs)}`,
        points: fleets
          .filter(point => point.gateMs === gateMs)
          .map(({ runners, outcome }) => [runners, perHour(outcome)] as const),
      })),
    },
  ]
}
