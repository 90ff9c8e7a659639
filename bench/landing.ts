/**
 * Finished candidates on disjoint files reach one branch: every worker for itself (with waits, at once), one after
 * another, one stack by hand, and ours, side by side on one remote.
 */
import { type Field, type Landed, makeField, type Way, type Weather } from './candidates.ts'
import { type Extent, median, type Row } from './measure.ts'

const NAMES: Readonly<Record<Way, string>> = {
  waiting: 'each for itself, waiting',
  'at once': 'each for itself, at once',
  'one by one': 'one after another',
  'stack by hand': 'one stack by hand',
  ours: 'ours',
}
const GREEN: Weather = { gate: 'none', red: 0, competitor: false }

interface Case {
  readonly name: string
  readonly count: number
  readonly weather: Weather
  readonly ways: readonly Way[]
  /** How many times as long as ours `waiting` takes at least. */
  readonly goal?: number
  /** In the JSON alone. */
  readonly detail?: true
}

const ALL: readonly Way[] = ['waiting', 'at once', 'one by one', 'stack by hand', 'ours']
/** A stack by hand is at an end where something is red or somebody else was faster. */
const STEADY: readonly Way[] = ['waiting', 'at once', 'one by one', 'ours']
const STACK_GOAL = 1.3

/** Whoever waits needs minutes where there are many: those cases are part of the full extent only. */
function cases(extent: Extent): readonly Case[] {
  const counts = extent === 'full' ? [4, 8, 16, 32] : [4, 8]
  // Of 32, whoever gates alone needs 20 minutes of CPU; of 16 the same shows.
  const [busy, many] = extent === 'full' ? [8, 16] : [4, 4]
  const red = Math.max(1, Math.round(many * 0.05))
  const waits: Weather = { ...GREEN, gate: 'waits' }
  const of = (count: number, what: string, weather: Weather, ways: readonly Way[]): Case => {
    return { name: `${count} candidates${what}`, count, weather, ways }
  }
  return [
    ...counts.toReversed().flatMap((count): readonly Case[] => {
      const name = `${count} candidates`
      const goals = count === 32 ? ([{ goal: 100 }, { goal: 50 }] as const) : ([{}, {}] as const)
      const between = count === 8 || count === 16 ? ({ detail: true } as const) : {}
      const all = { count, ways: ALL, ...between }
      return [
        { name: `${name}, no gate`, weather: GREEN, ...all, ...goals[0] },
        { name: `${name}, a gate that waits`, weather: waits, ...all, ...goals[1] },
      ]
    }),
    of(busy, ', a gate that works', { ...GREEN, gate: 'works' }, ALL),
    of(many, ` of which ${red} red, a gate that waits`, { ...waits, red }, STEADY),
    of(many, ', a gate that waits, a competitor', { ...waits, competitor: true }, STEADY),
  ]
}

export async function landing(
  extent: Extent,
  sofar: (rows: readonly Row[]) => Promise<void>,
): Promise<readonly Row[]> {
  const rows: Row[] = []
  let field: Field | null = null
  let size = 0
  try {
    for (const each of cases(extent)) {
      if (field === null || size !== each.count) {
        await field?.[Symbol.asyncDispose]()
        field = await makeField(each.count)
        size = each.count
      }
      rows.push(...(await rowsOf(each, field)))
      await sofar(rows)
    }
  } finally {
    await field?.[Symbol.asyncDispose]()
  }
  return rows
}

/** Who needs a minute shows the same each time. */
const LONG_MS = 20_000
const ROUNDS = 3

async function rowsOf(each: Case, field: Field): Promise<readonly Row[]> {
  const { name, weather, ways } = each
  const landed = new Map<Way, Landed[]>(ways.map(way => [way, []]))
  for (let round = 0; round < ROUNDS; round++) {
    for (const way of ways) {
      const before = landed.get(way)!
      if ((before[0]?.ms ?? 0) < LONG_MS) before.push(await field.land(way, weather))
    }
  }
  const of = (way: Way, key: keyof Landed): number =>
    median(landed.get(way)!.map(one => one[key] ?? Number.NaN))
  const detail = each.detail ? ({ detail: true } as const) : {}
  const rows = ways.map((way): Row => {
    const [pushes, lost] = [of(way, 'pushes'), of(way, 'lost')]
    return {
      ...{ name: `${name}: ${NAMES[way]}`, value: of(way, 'ms') / 1000, unit: 's' },
      counts: { gates: of(way, 'gates'), pushes, 'lost races': lost },
      ...comparison(way, each, other => of(way, 'ms') / of(other, 'ms')),
      ...detail,
    }
  })
  if (!ways.includes('stack by hand')) return rows
  const lane = of('ours', 'laneMs')
  const compared = {
    ...{ ratio: lane / of('stack by hand', 'ms'), against: NAMES['stack by hand'] },
    ...(weather.gate === 'none' ? { goal: STACK_GOAL } : {}),
  }
  return [
    ...rows,
    { name: `${name}: ours, the lane alone`, value: lane / 1000, unit: 's', ...compared, ...detail },
  ]
}

/** The others with ours; ours with the least that there is to do, on a machine that does nothing else. */
function comparison(way: Way, { ways, weather, goal }: Case, against: (other: Way) => number): Partial<Row> {
  if (way !== 'ours') {
    const wanted = way === 'waiting' && goal !== undefined ? ({ goal, atLeast: true } as const) : {}
    return { ratio: against('ours'), against: NAMES.ours, ...wanted }
  }
  if (!ways.includes('stack by hand')) return {}
  const wanted = weather.gate === 'none' ? { goal: STACK_GOAL } : {}
  return { ratio: against('stack by hand'), against: NAMES['stack by hand'], ...wanted }
}
