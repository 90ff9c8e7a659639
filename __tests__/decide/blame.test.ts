import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { blame, type Findings, type Look, type Point, pointsOf } from '../../src/decide/blame.ts'
import type { Sha, TaskId } from '../../src/decide/task.ts'

/** A branch, oldest first: tasks by number, `x` for what somebody else pushed. */
type Step = number | 'x'
interface Branch {
  readonly steps: readonly Step[]
  /** Whether the tree that holds these steps (by place in `steps`) is red. */
  readonly red: (holds: (step: number) => boolean) => boolean
  /** Runs, counted from the first one on the tip, that are red by chance. */
  readonly flakes?: readonly number[]
  readonly conflicts?: (holds: (step: number) => boolean) => boolean
}

interface Searched extends Findings {
  /** Trees judged besides the tip. */
  readonly trees: number
  /** All runs of the command, with the first one on the tip. */
  readonly runs: number
  readonly tasks: readonly Step[]
}

function searched({ steps, red, flakes = [], conflicts = () => false }: Branch): Searched {
  const own = new Map(
    steps.flatMap((step, i) => (step === 'x' ? [] : [[`c${i}` as Sha, `t${step}` as TaskId] as const])),
  )
  const points = pointsOf(
    steps.map((_, i) => `c${i}` as Sha),
    own,
  )
  const placeOf = (point: number): number => Number(points[point - 1]?.commit.slice(1))
  const first = placeOf(1)
  let runs = 0
  const passes = (tree: ReadonlySet<number>): boolean => {
    runs++
    return !red(i => tree.has(i)) && !flakes.includes(runs)
  }
  const treeOf = (look: Look): ReadonlySet<number> => {
    const end = look.upTo === 0 ? first : placeOf(look.upTo) + (look.below ? 0 : 1)
    const gone = new Set(look.without.map(placeOf))
    return new Set(steps.map((_, i) => i).filter(i => i < end && !gone.has(i)))
  }
  const memory = new Map<string, boolean[]>()
  const key = (tree: ReadonlySet<number>): string => [...tree].join()
  const tip = treeOf({ upTo: points.length, below: false, without: [], reds: 1 })
  memory.set(key(tip), [passes(tip)])
  const search = blame(points)
  let step = search.next()
  while (!step.done) {
    const tree = treeOf(step.value)
    if (conflicts(i => tree.has(i))) {
      step = search.next('conflict')
      continue
    }
    const known = memory.get(key(tree)) ?? []
    memory.set(key(tree), known)
    while (known.length < step.value.reds && known.at(-1) !== true) known.push(passes(tree))
    step = search.next(known.at(-1) ? 'green' : 'red')
  }
  const tasks = step.value.culprits.map(point => steps[placeOf(point)]!)
  return { ...step.value, tasks, trees: memory.size - 1, runs }
}

const chain = (length: number): number[] => Array.from({ length }, (_, i) => i)
const budget = (n: number): number => Math.ceil(Math.log2(n)) + 2

describe('one culprit', () => {
  it.each([1, 2, 3, 7, 8, 16, 33])('of %i is found wherever it stands, within the budget', n => {
    for (const culprit of chain(n)) {
      const found = searched({ steps: chain(n), red: holds => holds(culprit) })
      expect(found).toMatchObject({ tasks: [culprit], end: 'green' })
      expect(found.trees).toBeLessThanOrEqual(budget(n))
      // The tip once more for flakes; no other tree is run twice.
      expect(found.runs).toBe(found.trees + 2)
    }
  })
})

it('any set of culprits is found, each within the budget', () => {
  const cases = fc
    .integer({ min: 1, max: 40 })
    .chain(n => fc.tuple(fc.constant(n), fc.subarray(chain(n), { minLength: 1 })))
  fc.assert(
    fc.property(cases, ([n, culprits]) => {
      const found = searched({ steps: chain(n), red: holds => culprits.some(holds) })
      expect(found).toMatchObject({ tasks: culprits, end: 'green' })
      expect(found.trees).toBeLessThanOrEqual(culprits.length * budget(n))
    }),
  )
})

it('of tasks that are red only together the one that came last is to blame', () => {
  const cases = fc
    .integer({ min: 2, max: 40 })
    .chain(n => fc.tuple(fc.constant(n), fc.uniqueArray(fc.nat(n - 1), { minLength: 2, maxLength: 4 })))
  fc.assert(
    fc.property(cases, ([n, together]) => {
      const found = searched({ steps: chain(n), red: holds => together.every(holds) })
      expect(found).toMatchObject({ tasks: [Math.max(...together)], end: 'green' })
      expect(found.trees).toBeLessThanOrEqual(budget(n))
    }),
  )
})

it('a base that is red blames nobody, after one look at it', () => {
  expect(searched({ steps: chain(9), red: () => true })).toMatchObject({
    ...{ tasks: [], end: 'base-red', trees: 1, runs: 3 },
  })
})

describe('chance', () => {
  it('a tip that is green when it runs again blames nobody', () => {
    const found = searched({ steps: chain(9), red: () => false, flakes: [1] })
    expect(found).toMatchObject({ tasks: [], end: 'flaky', trees: 0, runs: 2 })
  })

  it('one run that is red by chance, whenever it comes, leaves the blame where it belongs', () => {
    const cases = fc
      .integer({ min: 1, max: 20 })
      .chain(n =>
        fc.tuple(fc.constant(n), fc.subarray(chain(n), { minLength: 1, maxLength: Math.min(n, 3) })),
      )
    fc.assert(
      fc.property(cases, fc.integer({ min: 4, max: 30 }), ([n, culprits], flake) => {
        const found = searched({ steps: chain(n), red: holds => culprits.some(holds), flakes: [flake] })
        expect(found.tasks).toEqual(culprits)
      }),
    )
  })
})

describe("somebody else's commit", () => {
  const between: readonly Step[] = ['x', 0, 'x', 1, 2, 'x', 'x', 3, 'x']

  it('is never blamed, and what this run landed upon it is not either', () => {
    for (const [place, step] of between.entries()) {
      if (step !== 'x') continue
      const found = searched({ steps: between, red: holds => holds(place) })
      expect(found.tasks).toEqual([])
      expect(found.end).toBe(place === 0 ? 'base-red' : 'others')
    }
  })

  it('does not hide a culprit', () => {
    for (const [place, step] of between.entries()) {
      if (step === 'x') continue
      const found = searched({ steps: between, red: holds => holds(place) })
      expect(found).toMatchObject({ tasks: [step], end: 'green' })
      expect(found.trees).toBeLessThanOrEqual(budget(5))
    }
  })

  it('that is red beside a culprit leaves the culprit blamed', () => {
    const found = searched({ steps: between, red: holds => holds(1) || holds(6) })
    expect(found).toMatchObject({ tasks: [0], end: 'others' })
  })

  it('never leads to a wrong blame', () => {
    const cases = fc.array(fc.constantFrom<'task' | 'x'>('task', 'task', 'x'), {
      minLength: 1,
      maxLength: 12,
    })
    fc.assert(
      fc.property(cases, fc.array(fc.nat(11), { maxLength: 3 }), (kinds, bad) => {
        const steps = kinds.map((kind, i): Step => (kind === 'x' ? 'x' : i))
        const there = bad.filter(place => place < steps.length)
        if (there.length === 0 || steps.every(step => step === 'x')) return
        const { tasks, end } = searched({ steps, red: holds => there.some(holds) })
        expect(tasks.filter(task => !there.includes(Number(task)))).toEqual([])
        if (end === 'green') expect(there.every(place => steps[place] !== 'x')).toBe(true)
      }),
    )
  })
})

describe('a revert that conflicts', () => {
  const red = (holds: (step: number) => boolean): boolean => holds(1)
  /** Without 1 there is no tree that holds 2. */
  const conflicts = (holds: (step: number) => boolean): boolean => !holds(1) && holds(2)

  it('ends the search with the culprit named', () => {
    const found = searched({ steps: chain(4), red, conflicts })
    expect(found).toMatchObject({ tasks: [1], end: 'conflict', stuck: 2 })
    expect(found.trees).toBeLessThanOrEqual(budget(4))
  })

  it('of a later culprit keeps the earlier ones', () => {
    const found = searched({
      steps: chain(6),
      red: holds => holds(0) || holds(3),
      conflicts: holds => !holds(3) && holds(4),
    })
    expect(found).toMatchObject({ tasks: [0, 3], end: 'conflict', stuck: 4 })
  })
})

it('commits of others in between are no points, on top they are one', () => {
  const own = new Map([
    ['b', 't1'],
    ['d', 't2'],
  ]) as unknown as ReadonlyMap<Sha, TaskId>
  const of = (commits: string): readonly (readonly [string, string | null])[] =>
    pointsOf(commits.split('') as Sha[], own).map(({ commit, task }: Point) => [commit, task])
  expect(of('abcd')).toEqual([
    ['b', 't1'],
    ['d', 't2'],
  ])
  expect(of('abcdef')).toEqual([
    ['b', 't1'],
    ['d', 't2'],
    ['f', null],
  ])
  expect(of('ac')).toEqual([])
})
