import { expect, test } from 'vitest'
import { memoryWarning } from '../../src/decide/memory.ts'

const GB = 1_000_000_000

test.each([
  ['enough', { largest: GB, workers: 4, tasks: 10, free: 4 * GB }],
  ['fewer tasks than workers', { largest: GB, workers: 8, tasks: 2, free: 2 * GB }],
])('nothing is said: %s', (_, need) => {
  expect(memoryWarning(need)).toBeNull()
})

test.each([
  ['4.0 GB', 'workers: 3', { largest: GB, workers: 4, tasks: 10, free: 3.5 * GB }],
  ['2.0 GB', 'workers: 1', { largest: GB, workers: 8, tasks: 2, free: 1.5 * GB }],
  // One may be more than there is: it can be tried alone.
  ['2.0 GB', 'workers: 1', { largest: GB, workers: 2, tasks: 2, free: 0.5 * GB }],
])('%s are too much: %s', (most, way, need) => {
  const words = memoryWarning(need)
  expect(words).toContain(`may take ${most}`)
  expect(words).toContain(way)
  expect(words).toContain('137')
})
