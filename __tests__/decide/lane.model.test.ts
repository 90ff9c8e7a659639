/**
 * The lane and the queue in thousands of random runs against a simulated remote, gate, workers and weather. Each
 * promise is checked at every event (rig/model/watch.ts) and at every move of the branch (rig/model/world.ts).
 */
import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { apply, settle } from '../../src/decide/apply.ts'
import type { Event } from '../../src/decide/happened.ts'
import type { TaskState } from '../../src/decide/task.ts'
import { drive, type Ran } from '../rig/model/drive.ts'
import { type Scenario, scenarios } from '../rig/model/scenario.ts'

// It catches a hang, on however busy a machine.
vi.setConfig({ testTimeout: 300_000 })

/** The same runs every time; any other number is another set of runs. */
const SEED = 20260101
const RUNS = 3000

function inRuns(crashes: number, check: (scenario: Scenario) => void, runs = RUNS): void {
  fc.assert(fc.property(scenarios(crashes), check), { seed: SEED, numRuns: runs })
}

/** What happened in a run, in words. */
function wordsOf({ state, events }: Ran): readonly string[] {
  const ends = state.tasks.map(({ stage }) => {
    if (stage.kind !== 'ended') return stage.kind
    const { failure } = stage
    return failure
      ? `${stage.outcome} ${failure.code === 'refused' ? failure.refusal : failure.code}`
      : stage.outcome
  })
  return [...ends, ...events.flatMap(eventWords)]
}

function eventWords(event: Event): readonly string[] {
  switch (event.type) {
    case 'stacked':
      return event.result.kind === 'unreachable'
        ? ['unreachable']
        : [
            ...event.result.conflicts.map(conflict => `conflict with the ${conflict.with}`),
            ...event.result.noops.map(() => 'noop'),
            ...event.result.landed.map(() => 'landed after all'),
          ]
    case 'gated':
      return [
        ...(event.results.length > 1 ? ['gates at the same time'] : []),
        ...event.results.map(({ passed, runs }) =>
          passed === null ? 'gate cut short' : !passed ? 'red' : runs > 1 ? 'flake' : 'green',
        ),
      ]
    case 'pushed':
      return [
        event.result.kind === 'refused' ? `refused ${event.result.refusal.code}` : event.result.kind,
        ...(event.layers.length > 1 ? ['stack pushed'] : []),
      ]
    case 'found':
      return [`found ${event.found.kind}`]
    case 'began':
      return [event.step.kind]
    default:
      return [event.type]
  }
}

describe(`in ${RUNS} random runs`, () => {
  it('every promise is kept, whatever the plan, the limits and the weather, and nothing goes untried', () => {
    const seen = new Set<string>()
    inRuns(0, scenario => {
      for (const word of wordsOf(drive(scenario))) seen.add(word)
    })
    const wanted = [
      ...[
        'landed',
        'unchanged',
        'failed gate',
        'failed worker-exit',
        'failed internal',
        'failed out-of-scope',
      ],
      ...['conflict', 'attempts', 'base-red', 'auth', 'protected-branch', 'ruleset', 'unknown'].map(
        code => `blocked-push ${code}`,
      ),
      ...['secret', 'large-file', 'hook', 'workflow-scope'].map(code => `blocked-push ${code}`),
      ...['blocked dependency', 'cancelled signal', 'cancelled stop', 'cancelled deadline'],
      ...['status', 'not-before', 'only', 'max-tasks', 'max-failures'].map(code => `skipped ${code}`),
      ...['unreachable', 'conflict with the tip', 'conflict with the mate', 'noop', 'landed after all'],
      ...['gates at the same time', 'gate cut short', 'red', 'green', 'flake', 'stack pushed', 'remediate'],
      ...['refused race', 'refused network', 'refused unknown', 'found candidate'],
    ]
    expect(wanted.filter(word => !seen.has(word))).toEqual([])
  })

  it('a run whose process dies goes on and keeps every promise: nothing is done or landed twice', () => {
    let crashes = 0
    inRuns(1, scenario => {
      crashes += drive(scenario).crashes
    })
    expect(crashes).toBeGreaterThan(RUNS / 4)
  })

  it('a run that dies up to three times does too, with tasks redefined, commits lost and gates exchanged', () => {
    let crashes = 0
    inRuns(3, scenario => {
      crashes += drive(scenario).crashes
    })
    expect(crashes).toBeGreaterThan(RUNS / 2)
  })
})

it('the same events lead to the same state', () => {
  inRuns(
    0,
    scenario => {
      const { plan, start, state, events } = drive(scenario)
      const { limits } = scenario
      const again = events.reduce(
        (s, event) => apply(plan, s, limits, event),
        settle(plan, start, limits, '2026-01-01T00:00:00.000Z'),
      )
      expect(JSON.stringify(again)).toBe(JSON.stringify(state))
    },
    500,
  )
})

/** The same run on a day when nothing holds for good: whoever does nothing wrong must land. */
function passing({ weather, limits, ...scenario }: Scenario): Scenario {
  const sometimes = (probability: number): number => Math.min(probability, 0.6)
  return {
    ...scenario,
    base: 'green',
    halts: [],
    crashes: scenario.crashes.map(crash => ({ ...crash, redefined: [], lost: [] })),
    limits: { ...limits, maxTasks: 0, maxFailures: 0, maxPushAttempts: 50 },
    weather: {
      ...weather,
      competitor: sometimes(weather.competitor),
      vandal: 0,
      fetch: sometimes(weather.fetch),
      fetchCode: 'network',
      push: sometimes(weather.push),
      pushCode: 'race',
      gateThrows: 0,
      closes: null,
    },
  }
}

/** Tasks that only write a file of their own, that nobody refuses, and that need none that is not like them. */
function innocents({ tasks, only, reds }: Scenario): ReadonlySet<number> {
  const chosen = (i: number): boolean => only.length === 0 || only.includes(i)
  const undone = new Set(tasks.flatMap(task => (task.undoes ? (task.needs[0] ?? []) : [])))
  const blameless = tasks.map(
    (task, i) =>
      chosen(i) &&
      /^(todo|doing)$/.test(task.status) &&
      !task.later &&
      task.runs.every(run => run === 'candidate') &&
      task.own &&
      task.shared === null &&
      !task.undoes &&
      task.refused === null &&
      /^(no|same)$/.test(task.saved) &&
      !undone.has(i) &&
      !reds.some(red => red.includes(i)),
  )
  const good = (i: number): boolean => {
    const met = (need: number): boolean => !chosen(need) || tasks[need]!.status === 'done' || good(need)
    return blameless[i]! && tasks[i]!.needs.every(met)
  }
  return new Set([...tasks.keys()].filter(good))
}

const landed = (task: TaskState): boolean => task.stage.kind === 'ended' && task.stage.outcome === 'landed'

describe('who does nothing wrong lands', () => {
  for (const [name, crashes] of [
    ['whoever else is red, refused, in conflict or in a hurry', 0],
    ['also when the process dies on the way', 1],
  ] as const) {
    it(name, () => {
      let some = 0
      inRuns(
        crashes,
        given => {
          const scenario = passing(given)
          const good = innocents(scenario)
          const { state } = drive(scenario)
          some += good.size
          expect(state.tasks.filter((task, i) => good.has(i) && !landed(task)).map(task => task.id)).toEqual(
            [],
          )
        },
        1500,
      )
      expect(some).toBeGreaterThan(1000)
    })
  }
})
