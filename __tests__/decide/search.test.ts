import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { type Search, search, spread } from '../../src/decide/search.ts'
import { chanceOf } from '../rig/model/chance.ts'
import { drive } from '../rig/model/drive.ts'
import { LIMITS } from '../rig/model/plan.ts'
import { quiet } from '../rig/model/scenario.ts'

// It catches a hang, on however busy a machine.
vi.setConfig({ testTimeout: 300_000 })

/** Gates what it is told to until there is an answer. */
function searchOut(red: (prefix: number) => boolean, length: number, slots: number) {
  const known = new Map<number, boolean>()
  const gated: number[][] = []
  for (;;) {
    const found = search(prefix => known.get(prefix), length, slots)
    if (found.kind !== 'gate') return { found, gated }
    expect(found.prefixes.filter(prefix => known.has(prefix))).toEqual([])
    gated.push([...found.prefixes])
    for (const prefix of found.prefixes) known.set(prefix, !red(prefix))
  }
}

describe('the search for who turned a stack red', () => {
  it('gates the top alone first, and that is all there is to a green stack', () => {
    expect(searchOut(() => false, 100, 4)).toEqual({ found: { kind: 'green' }, gated: [[100]] })
  })

  it('halves what is open with one slot', () => {
    const { found, gated } = searchOut(prefix => prefix >= 6, 8, 1)
    expect(found).toEqual({ kind: 'culprit', prefix: 6 })
    expect(gated).toEqual([[8], [4], [6], [5]])
  })

  it('cuts it into five with four slots', () => {
    expect(searchOut(prefix => prefix >= 7, 10, 4).gated).toEqual([[10], [2, 4, 6, 8], [7]])
  })

  it('gates the tip only when the first candidate looks guilty', () => {
    expect(searchOut(prefix => prefix >= 1, 4, 1)).toEqual({
      found: { kind: 'culprit', prefix: 1 },
      gated: [[4], [2], [1], [0]],
    })
    expect(searchOut(() => true, 4, 1)).toEqual({
      found: { kind: 'base-red' },
      gated: [[4], [2], [1], [0]],
    })
  })

  it('finds a culprit with a proven prefix below it, in at most log2 n + 2 gates', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 300 }),
        fc.integer({ min: 1, max: 8 }),
        fc.nat(),
        (length, slots, seed) => {
          const culprit = (seed % length) + 1
          const { found, gated } = searchOut(prefix => prefix >= culprit, length, slots)
          expect(found).toEqual({ kind: 'culprit', prefix: culprit })
          const rounds = Math.ceil(Math.log(length) / Math.log(slots + 1) - 1e-9)
          expect(gated.length).toBeLessThanOrEqual(rounds + 3)
          if (slots === 1) expect(gated.flat().length).toBeLessThanOrEqual(Math.ceil(Math.log2(length)) + 2)
          expect(gated.every(prefixes => prefixes.length <= slots)).toBe(true)
        },
      ),
      { seed: 1, numRuns: 1000 },
    )
  })

  it('with red and green in any order still blames one that turned green to red', () => {
    fc.assert(
      fc.property(
        fc.array(fc.boolean(), { minLength: 2, maxLength: 30 }),
        fc.integer({ min: 1, max: 5 }),
        (reds, slots) => {
          const length = reds.length - 1
          const { found } = searchOut(prefix => reds[prefix]!, length, slots)
          const right = (answer: Search): boolean => {
            if (answer.kind === 'culprit') return reds[answer.prefix]! && !reds[answer.prefix - 1]!
            return answer.kind === 'base-red'
              ? reds[0]! && reds[length]!
              : answer.kind === 'green' && !reds[length]
          }
          expect(right(found)).toBe(true)
        },
      ),
      { seed: 1, numRuns: 1000 },
    )
  })

  it('spreads gates evenly and strictly between its ends', () => {
    expect(spread(0, 8, 1)).toEqual([4])
    expect(spread(0, 8, 3)).toEqual([2, 4, 6])
    expect(spread(3, 5, 4)).toEqual([4])
    expect(spread(3, 4, 4)).toEqual([])
  })
})

interface Cost {
  readonly gates: number
  /** Times that a gate, or several at once, had to be waited for. */
  readonly waits: number
  readonly pushes: number
}

/** What it costs to land `count` disjoint candidates that are ready at once, some of them red. */
function costOf(count: number, culprits: readonly number[], gateSlots: number): Cost {
  const scenario = quiet(count, { limits: { ...LIMITS, gateSlots }, reds: culprits.map(i => [i]) })
  const tasks = scenario.tasks.map((task, i) => ({
    ...task,
    saved: 'same' as const,
    // Kept work that turns out red makes way for its worker: that one is not what is counted here.
    runs: culprits.includes(i) ? (['exit'] as const) : task.runs,
  }))
  const { events, state } = drive({ ...scenario, tasks })
  const landed = state.tasks.filter(({ stage }) => stage.kind === 'ended' && stage.outcome === 'landed')
  expect(landed).toHaveLength(count - culprits.length)
  const gated = events.filter(event => event.type === 'gated')
  return {
    gates: gated.reduce((sum, event) => sum + event.results.length, 0),
    waits: gated.length,
    pushes: events.filter(event => event.type === 'pushed').length,
  }
}

/** Of several draws of `k` culprits among `count`: what the dearest one and all together cost. */
function draws(count: number, k: number, slots: number): { readonly most: Cost; readonly mean: Cost } {
  const chance = chanceOf(count * 100 + k)
  const costs = Array.from({ length: k === 0 ? 1 : 20 }, () => {
    const culprits = new Set<number>()
    while (culprits.size < k) culprits.add(chance.below(count))
    return costOf(count, [...culprits], slots)
  })
  const over = (pick: (cost: Cost) => number) => ({
    most: Math.max(...costs.map(pick)),
    mean: costs.reduce((sum, cost) => sum + pick(cost), 0) / costs.length,
  })
  const [gates, waits, pushes] = [over(c => c.gates), over(c => c.waits), over(c => c.pushes)]
  return {
    most: { gates: gates.most, waits: waits.most, pushes: pushes.most },
    mean: { gates: gates.mean, waits: waits.mean, pushes: pushes.mean },
  }
}

describe('what landing N disjoint candidates costs', () => {
  it('is k * log2 N + k + 1 gates with k red ones, a push for each piece between them, and fewer waits with 4 slots', () => {
    const rows = [8, 32, 128].flatMap(count =>
      [0, 1, 2, 4].map(k => {
        const bound = k * Math.log2(count) + k + 1
        const [one, four] = [draws(count, k, 1), draws(count, k, 4)]
        expect(one.mean.gates).toBeLessThanOrEqual(bound + 1)
        expect(one.most.gates).toBeLessThanOrEqual(bound + 2 + k / 2)
        if (k === 0) {
          expect(one.most).toEqual({ gates: 1, waits: 1, pushes: 1 })
          expect(four.most).toEqual({ gates: 1, waits: 1, pushes: 1 })
        } else {
          expect(four.mean.waits).toBeLessThan(one.mean.waits)
        }
        return [
          count,
          k,
          bound,
          one.mean.gates,
          one.most.gates,
          four.mean.gates,
          four.mean.waits,
          one.mean.pushes,
        ]
      }),
    )
    const heads = [
      '  N',
      'red',
      'k log2 N + k + 1',
      'gates',
      '(most)',
      'gates, 4 slots',
      'waits, 4 slots',
      'pushes',
    ]
    const lines = [heads, ...rows.map(row => row.map(cell => String(Math.round(cell * 10) / 10)))]
    console.info(
      lines.map(line => line.map((cell, i) => cell.padStart(heads[i]!.length)).join('  ')).join('\n'),
    )
  })

  it('is at most log2 N + 3 gates with a single red one, and one more where it comes first', () => {
    for (const count of [8, 32]) {
      for (let culprit = 0; culprit < count; culprit++) {
        const most = Math.log2(count) + (culprit === 0 ? 4 : 3)
        expect(costOf(count, [culprit], 1).gates).toBeLessThanOrEqual(most)
      }
    }
  })
})
