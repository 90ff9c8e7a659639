import { expect, it } from 'vitest'
import { backoff, jitter, watchOf } from '../../src/decide/backoff.ts'

const LIST = [500, 2000, 5000, 10000]

it('the first lost race of a stack is retried at once and uses up no wait', () => {
  expect(backoff(1, true, 0, LIST)).toEqual({ waitMs: 0, waits: 0 })
  expect(backoff(2, true, 0, LIST)).toEqual({ waitMs: 500, waits: 1 })
})

it('any other first failure waits', () => {
  expect(backoff(1, false, 0, LIST)).toEqual({ waitMs: 500, waits: 1 })
})

it('the last wait of the list is used again and again', () => {
  expect([0, 1, 2, 3, 4, 99].map(waits => backoff(9, true, waits, LIST).waitMs)).toEqual([
    500, 2000, 5000, 10000, 10000, 10000,
  ])
})

it('no list means no wait', () => {
  expect(backoff(5, false, 3, [])).toEqual({ waitMs: 0, waits: 4 })
})

it('a wait is shortened by up to half, never stretched', () => {
  expect(jitter(1000, 0)).toBe(1000)
  expect(jitter(1000, 0.5)).toBe(750)
  expect(jitter(1000, 0.999999)).toBe(500)
  expect(jitter(0, 0.7)).toBe(0)
})

it('a branch that others move is watched for a move and a half, and one that rests not at all', () => {
  expect(watchOf(4, 1000)).toEqual({ forMs: 375, everyMs: 31 })
  expect(watchOf(100, 1000)).toEqual({ forMs: 15, everyMs: 25 })
  expect(watchOf(0, 1000)).toBeNull()
})
