/** Random runs for the model test: a plan, limits, what every worker does, and how bad the weather is. */
import fc from 'fast-check'
import type { RefusalCode } from '../../../src/decide/failure.ts'
import type { Halt, Limits, Plan } from '../../../src/decide/task.ts'
import { LIMITS, planOf } from './plan.ts'

export type WorkerRun = 'candidate' | 'unchanged' | 'exit' | 'exit-kept' | 'out-of-scope' | 'internal'
export type Remedy = 'fix' | 'same' | 'unchanged' | 'exit'

export interface TaskScenario {
  readonly status: 'todo' | 'doing' | 'draft' | 'done' | 'rejected'
  readonly later: boolean
  readonly retries: number | null
  readonly needs: readonly number[]
  /** What each run of the worker does; the last one repeats. */
  readonly runs: readonly WorkerRun[]
  readonly remedies: readonly Remedy[]
  /** Whether it writes a file that nobody else writes. */
  readonly own: boolean
  /** A file that others write too. */
  readonly shared: { readonly file: number; readonly value: number } | null
  /** Takes back what its first need brought: trees come back. */
  readonly undoes: boolean
  readonly mendsBase: boolean
  readonly refused: RefusalCode | null
  /** Work kept by an earlier run, and whether that alone is what the remote refuses. */
  readonly saved: 'no' | 'same' | 'refused' | 'red'
}

export interface Weather {
  /** How likely somebody else moves the branch before a push; before a fetch: half of that. */
  readonly competitor: number
  /** How likely a competitor's commit turns the branch red. */
  readonly vandal: number
  readonly fetch: number
  readonly fetchCode: RefusalCode
  readonly push: number
  readonly pushCode: RefusalCode
  /** A push that lands, and whose answer is lost. */
  readonly unclear: number
  readonly gateThrows: number
  readonly flake: number
  /** After so many pushes the branch is closed for a reason that no retry can cure. */
  readonly closes: { readonly after: number; readonly code: RefusalCode } | null
}

export interface Scenario {
  readonly seed: number
  readonly tasks: readonly TaskScenario[]
  /** Trees that hold the changes of all tasks of one of these are red. */
  readonly reds: readonly (readonly number[])[]
  readonly base: 'green' | 'red' | 'mendable'
  readonly limits: Limits
  readonly only: readonly number[]
  readonly weather: Weather
  /** Which tasks a refusal's words name. */
  readonly words: 'right' | 'none' | 'wrong'
  readonly halts: readonly { readonly after: number; readonly halt: Halt }[]
  readonly crashes: readonly Crash[]
}

/** A process dies, and what the next one finds other than it was. */
export interface Crash {
  /** Events that the process lives for. */
  readonly after: number
  /** Tasks that somebody defines anew. */
  readonly redefined: readonly number[]
  /** Tasks whose commits are not in the store any more. */
  readonly lost: readonly number[]
  /** The gate is another one now: its verdicts do not count. */
  readonly regated: boolean
}

export const CALM: Weather = {
  competitor: 0,
  vandal: 0,
  fetch: 0,
  fetchCode: 'network',
  push: 0,
  pushCode: 'network',
  unclear: 0,
  gateThrows: 0,
  flake: 0,
  closes: null,
}

const rarely = (often: number, arbitrary: fc.Arbitrary<number>): fc.Arbitrary<number> =>
  fc.oneof({ weight: often, arbitrary: fc.constant(0) }, { weight: 1, arbitrary })
const chance = (often: number): fc.Arbitrary<number> => rarely(often, fc.constantFrom(0.1, 0.3, 0.6, 1))
const one = <T>(...pairs: readonly (readonly [number, T])[]): fc.Arbitrary<T> =>
  fc.oneof(...pairs.map(([weight, value]) => ({ weight, arbitrary: fc.constant(value) })))
/** null `often` times as often as not. */
const maybe = <T>(often: number, arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | null> =>
  fc.oneof({ weight: often, arbitrary: fc.constant(null) }, { weight: 1, arbitrary })
const PASSING = fc.constantFrom<RefusalCode>('network', 'race', 'unknown')

const weather: fc.Arbitrary<Weather> = fc.record({
  competitor: chance(2),
  vandal: chance(6),
  fetch: chance(5),
  fetchCode: fc.oneof(
    { weight: 8, arbitrary: PASSING },
    { weight: 1, arbitrary: fc.constant('auth' as const) },
  ),
  push: chance(5),
  pushCode: PASSING,
  unclear: chance(3),
  gateThrows: chance(8),
  flake: chance(3),
  closes: maybe(
    10,
    fc.record({
      after: fc.nat(6),
      code: fc.constantFrom<RefusalCode>('auth', 'protected-branch', 'ruleset'),
    }),
  ),
})

const limits: fc.Arbitrary<Limits> = fc.record({
  // With few places a remediation waits for one.
  workers: one([3, 1], [2, 2], [1, 3], [1, 6]),
  maxTasks: rarely(8, fc.integer({ min: 1, max: 9 })),
  maxFailures: rarely(6, fc.integer({ min: 1, max: 4 })),
  retries: rarely(2, fc.integer({ min: 1, max: 2 })),
  gate: one([8, true], [1, false]),
  gateSlots: fc.integer({ min: 1, max: 4 }),
  maxBatch: rarely(2, fc.integer({ min: 1, max: 4 })),
  remediate: one([2, true], [1, false]),
  maxRemediations: fc.nat(3),
  maxPushAttempts: fc.constantFrom(1, 2, 5, 50, 50),
  pushBackoffMs: fc.constant([500, 2000]),
})

const task = (count: number): fc.Arbitrary<TaskScenario> =>
  fc.record({
    status: one([40, 'todo'], [4, 'doing'], [1, 'draft'], [1, 'done'], [1, 'rejected']),
    later: one([40, false], [1, true]),
    retries: maybe(3, fc.nat(2)),
    needs: fc.oneof(
      { weight: 3, arbitrary: fc.constant([]) },
      { weight: 1, arbitrary: fc.array(fc.nat(count - 1), { maxLength: 3 }) },
    ),
    runs: fc.array(
      one<WorkerRun>(
        [25, 'candidate'],
        [1, 'unchanged'],
        [1, 'exit'],
        [1, 'exit-kept'],
        [1, 'out-of-scope'],
        [1, 'internal'],
      ),
      { minLength: 1, maxLength: 3 },
    ),
    remedies: fc.array(one<Remedy>([3, 'fix'], [1, 'same'], [1, 'unchanged'], [1, 'exit']), {
      minLength: 1,
      maxLength: 3,
    }),
    own: one([6, true], [1, false]),
    shared: maybe(2, fc.record({ file: fc.nat(2), value: fc.integer({ min: 1, max: 2 }) })),
    undoes: one([5, false], [1, true]),
    mendsBase: one([5, false], [1, true]),
    refused: maybe(12, fc.constantFrom<RefusalCode>('workflow-scope', 'secret', 'large-file', 'hook')),
    saved: one([12, 'no'], [1, 'same'], [1, 'refused'], [1, 'red']),
  })

/** `crashes`: how many processes may die before one comes to the end. */
export function scenarios(crashes: number): fc.Arbitrary<Scenario> {
  // Without fast-check's liking for small numbers: a run of one task tells little.
  const made = fc.integer({ min: 1, max: 14 }).chain(count => {
    const index = fc.nat(count - 1)
    return fc
      .record({
        order: fc.shuffledSubarray([...Array(count).keys()], { minLength: count }),
        seed: fc.integer(),
        tasks: fc.array(task(count), { minLength: count, maxLength: count }),
        reds: fc.array(fc.array(index, { minLength: 1, maxLength: 2 }), { maxLength: 3 }),
        base: one<Scenario['base']>([16, 'green'], [1, 'red'], [1, 'mendable']),
        limits,
        only: fc.oneof({ weight: 8, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: fc.array(index) }),
        weather: fc.oneof({ weight: 1, arbitrary: fc.constant(CALM) }, { weight: 2, arbitrary: weather }),
        words: fc.constantFrom<Scenario['words']>('right', 'none', 'wrong'),
        halts: fc.oneof(
          { weight: 4, arbitrary: fc.constant([]) },
          {
            weight: 1,
            arbitrary: fc.array(
              fc.record({ after: fc.nat(90), halt: fc.constantFrom<Halt>('signal', 'deadline', 'stop') }),
              { minLength: 1, maxLength: 2 },
            ),
          },
        ),
        crashes: fc.array(
          fc.record({
            after: fc.nat(80),
            redefined: fc.oneof(
              { weight: 4, arbitrary: fc.constant([]) },
              { weight: 1, arbitrary: fc.array(index) },
            ),
            lost: fc.oneof(
              { weight: 4, arbitrary: fc.constant([]) },
              { weight: 1, arbitrary: fc.array(index) },
            ),
            regated: one([5, false], [1, true]),
          }),
          { minLength: crashes, maxLength: crashes },
        ),
      })
      .map(({ order, ...scenario }) => ({
        ...scenario,
        // A need comes earlier in a hidden order, so that there is no cycle and the file's order says nothing.
        tasks: scenario.tasks.map((each, i) => ({
          ...each,
          needs: [...new Set(each.needs)].filter(need => order.indexOf(need) < order.indexOf(i)),
        })),
      }))
  })
  return fc.noBias(made)
}

/** Nothing but candidates that land: the ground on which a test changes one thing. */
export function quiet(count: number, change: Partial<Scenario> = {}): Scenario {
  const each: TaskScenario = {
    status: 'todo',
    later: false,
    retries: null,
    needs: [],
    runs: ['candidate'],
    remedies: ['fix'],
    own: true,
    shared: null,
    undoes: false,
    mendsBase: false,
    refused: null,
    saved: 'no',
  }
  return {
    seed: 1,
    tasks: Array(count).fill(each),
    reds: [],
    base: 'green',
    limits: LIMITS,
    only: [],
    weather: CALM,
    words: 'right',
    halts: [],
    crashes: [],
    ...change,
  }
}

/** 2026-01-01: what `later` tasks are not to start before is a year away. */
export const NOW = Date.UTC(2026, 0, 1)

export function planFor(scenario: Scenario): Plan {
  return planOf(
    scenario.tasks.map(({ status, later, retries, needs }, i) => ({
      id: `t${i}`,
      status,
      retries,
      needs: needs.map(need => `t${need}`),
      notBefore: later ? '2027-01-01T00:00:00Z' : null,
    })),
  )
}
