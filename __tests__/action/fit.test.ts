import { expect, it } from 'vitest'
import { firstBytes, fitting, lastBytes } from '../../src/action/fit.ts'

it('blocks are kept while they fit, and the rest is counted', () => {
  expect(fitting(['12345678', '12345678', '12345678'], 20)).toEqual({
    kept: ['12345678', '12345678'],
    left: 1,
  })
  expect(fitting(['ü'.repeat(9)], 19)).toEqual({ kept: [], left: 1 })
})

it('the end of a text begins at a line and says that something is missing', () => {
  expect(lastBytes('one\ntwo\nthree', 100)).toBe('one\ntwo\nthree')
  expect(lastBytes('one\ntwo\nthree', 9)).toBe('…\nthree')
  expect(lastBytes('x'.repeat(50), 9)).toBe(`…\n${'x'.repeat(9)}`)
})

it('the beginning of a text ends in the note, within the limit', () => {
  const cut = firstBytes(`${'é'.repeat(30)}\n`.repeat(20), 500, '… cut')
  expect(Buffer.byteLength(cut)).toBeLessThanOrEqual(500)
  expect(cut).toMatch(/^(é{30}\n)+\n… cut\n$/)
  expect(firstBytes('💥'.repeat(500), 100, '… cut')).toMatch(/^💥+\n\n… cut\n$/u)
  expect(firstBytes('short', 100, '… cut')).toBe('short')
})
