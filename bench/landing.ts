/**
 * Finished candidates on disjoint files reach one branch: every worker for itself (with waits, at once), one after
 * another, one stack by hand, and ours, side by side on one remote.
 */
import { type Field, type Landed, makeField, type Way, type Weather } from './candidates.ts'
import { type Extent, median, type Row } from './measure.ts'

const OTHERS: Readonly<Record<Exclude<Way, 'ours'>, string>> = {
  waiting: 'each for itself, waiting',
  'at once': 'each for itself, at once',
  'one by one': 'one after another',
  'stack by hand': 'one stack by hand',
}
const GREEN: Weather = { gate: 'none', red: 0, competitor: false }

interface Case {
  readonly name: string
  readonly count: number
  readonly weather: Weather
  readonly ways: readonly Way[]
  /** Ours against a way: at most so much. */
  readonly goals: Readonly<Partial<Record<Way, number>>>
}

/** Whoever waits needs minutes where there are many: those cases are part of the full extent only. */
function cases(extent: Extent): readonly Case[] {
  const counts = extent === 'full' ? [4, 8, 16, 32] : [4, 8]
  const many = counts.at(-1)!
  const all: readonly Way[] = ['waiting', 'at once', 'one by one', 'stack by hand', 'ours']
  const others: readonly Way[] = ['waiting', 'at once', 'one by one', 'ours']
  const red = (count: number): number => Math.max(1, Math.round(count * 0.05))
  return [
    ...counts.flatMap(count => [
      {
        name: `${count} candidates, no gate`,
        ...{ count, weather: GREEN, ways: all },
        goals: count === 32 ? { waiting: 1 / 100, 'stack by hand': 1.3 } : {},
      },
      {
        name: `${count} candidates, a gate that waits`,
        ...{ count, weather: { ...GREEN, gate: 'waits' } as const, ways: all },
        goals: count === 32 ? { waiting: 1 / 50 } : {},
      },
    ]),
    {
      name: `${many} candidates, a gate that works`,
      ...{ count: many, weather: { ...GREEN, gate: 'works' }, ways: all, goals: {} },
    },
    {
      name: `${many} candidates of which ${red(many)} red, a gate that waits`,
      ...{ count: many, weather: { ...GREEN, gate: 'waits', red: red(many) }, ways: others, goals: {} },
    },
    {
      name: `${many} candidates, a gate that waits, a competitor`,
      ...{ count: many, weather: { ...GREEN, gate: 'waits', competitor: true }, ways: others, goals: {} },
    },
  ]
}

export async function landing(extent: Extent): Promise<readonly Row[]> {
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
    }
  } finally {
    await field?.[Symbol.asyncDispose]()
  }
  return rows
}

/** Who needs a minute shows the same each time. */
const LONG_MS = 20_000
const ROUNDS = 3

async function rowsOf({ name, weather, ways, goals }: Case, field: Field): Promise<readonly Row[]> {
  const landed = new Map<Way, Landed[]>(ways.map(way => [way, []]))
  for (let round = 0; round < ROUNDS; round++) {
    for (const way of ways) {
      const before = landed.get(way)!
      if ((before[0]?.ms ?? 0) < LONG_MS) before.push(await field.land(way, weather))
    }
  }
  const of = (way: Way, key: keyof Landed): number => median(landed.get(way)!.map(one => one[key]))
  const ours = of('ours', 'ms')
  const counts = (way: Way) => ({
    gates: of(way, 'gates'),
    pushes: of(way, 'pushes'),
    'lost races': of(way, 'lost'),
  })
  return ways.flatMap((way): readonly Row[] => {
    const row: Row = {
      name: `${name}: ${way === 'ours' ? way : OTHERS[way]}`,
      value: of(way, 'ms') / 1000,
      unit: 's',
      counts: counts(way),
    }
    if (way !== 'ours') return [row]
    const compared = ways.filter(other => other !== 'ours')
    return [
      row,
      ...compared.map((other): Row => {
        const goal = goals[other]
        return {
          name: `${name}: ours`,
          value: ours / 1000,
          unit: 's',
          ratio: ours / of(other, 'ms'),
          against: OTHERS[other as keyof typeof OTHERS],
          ...(goal === undefined ? {} : { goal }),
        }
      }),
    ]
  })
}
