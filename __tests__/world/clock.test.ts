import { expect, test } from 'vitest'
import { steadyTime } from '../../src/world/clock.ts'

/** What it shows while the machine's clock shows these. */
function shown(machine: readonly number[], notBefore?: number): number[] {
  let i = 0
  const now = steadyTime(() => machine[i++] ?? 0, notBefore)
  return machine.map(() => now())
}

test('time is what the machine says', () => {
  expect(shown([10, 11, 11, 500])).toEqual([10, 11, 11, 500])
})

test('a clock that is set back goes on from where it was, and is right again when the machine is', () => {
  expect(shown([1000, 400, 410, 430, 300, 305])).toEqual([1000, 1000, 1010, 1030, 1030, 1035])
  expect(shown([1000, 400, 410, 2000, 2010])).toEqual([1000, 1000, 1010, 2000, 2010])
})

test('what was told before stays before', () => {
  expect(shown([400, 410], 1000)).toEqual([1000, 1010])
  expect(shown([1500, 1510], 1000)).toEqual([1500, 1510])
  expect(shown([1500, 1510], Number.NaN)).toEqual([1500, 1510])
})
