import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dependantsOf, findCycles, reachable } from '../../src/decide/graph.ts'

/** Up to 12 nodes with up to 3 needs each; a need beyond the last node is dropped. */
const graphs = fc
  .array(fc.uniqueArray(fc.nat(11), { maxLength: 3 }), { maxLength: 12 })
  .map(needs => needs.map(list => list.filter(need => need < needs.length)))

describe('dependantsOf', () => {
  it('turns every edge round and no other', () => {
    expect(dependantsOf([[1, 2], [], [1]])).toEqual([[], [0, 2], [0]])
    fc.assert(
      fc.property(graphs, needs => {
        const dependants = dependantsOf(needs)
        const forth = needs.flatMap((list, node) => list.map(need => `${node}>${need}`)).sort()
        const back = dependants.flatMap((list, need) => list.map(node => `${node}>${need}`)).sort()
        expect(back).toEqual(forth)
      }),
    )
  })
})

describe('reachable', () => {
  it('follows every edge, however far', () => {
    const dependants = [[1], [2], [3], [], [5], []]
    expect([...reachable(dependants, [1])]).toEqual([2, 3])
    expect([...reachable(dependants, [0, 4])].sort()).toEqual([1, 2, 3, 5])
    expect([...reachable(dependants, [])]).toEqual([])
  })

  it('ends on a cycle', () => {
    expect([...reachable([[1], [0]], [0])].sort()).toEqual([0, 1])
  })
})

describe('findCycles', () => {
  it.each([
    ['nothing', [], []],
    ['a chain', [[], [0], [1]], []],
    ['a diamond', [[1, 2], [3], [3], []], []],
    ['itself', [[0]], [[0]]],
    ['two', [[1], [0]], [[0, 1]]],
    ['three, begun at the lowest', [[], [3], [1], [2]], [[1, 3, 2]]],
    ['a long and a short way round, the short one', [[1], [2, 0], [3], [0]], [[0, 1]]],
    [
      'two knots, apart',
      [[1], [0], [3], [2]],
      [
        [0, 1],
        [2, 3],
      ],
    ],
    ['a tail that leads into a knot', [[1], [2], [1]], [[1, 2]]],
  ])('%s', (_, needs, cycles) => {
    expect(findCycles(needs)).toEqual(cycles)
  })

  it('every cycle it names is one, and it names none only where there is none', () => {
    fc.assert(
      fc.property(graphs, needs => {
        const cycles = findCycles(needs)
        for (const cycle of cycles) {
          cycle.forEach((node, at) => {
            expect(needs[node]).toContain(cycle[(at + 1) % cycle.length])
          })
        }
        const looped = needs.some((_, node) => reachable(needs, [node]).has(node))
        expect(cycles.length > 0).toBe(looped)
      }),
    )
  })

  it('100,000 nodes in one ring are no trouble', () => {
    const size = 100_000
    const [cycle] = findCycles(Array.from({ length: size }, (_, node) => [(node + 1) % size]))
    expect(cycle).toHaveLength(size)
  })
})
