import { describe, expect, it } from 'vitest'
import {
  formatProblem,
  inReadingOrder,
  nearest,
  type Problem,
  reporter,
  shown,
} from '../../src/decide/problem.ts'

function placesIn(text: string, ...offsets: readonly (number | null)[]): string[] {
  const problems: Problem[] = []
  const report = reporter('f', text, problems)
  for (const offset of offsets) report(offset, 'x')
  return problems.map(formatProblem)
}

describe('a place', () => {
  it('is counted from 1, in lines and columns', () => {
    expect(placesIn('ab\nc\n\nd', 0, 1, 2, 3, 4, 5, 6, 7)).toEqual([
      'f:1:1: x',
      'f:1:2: x',
      'f:1:3: x',
      'f:2:1: x',
      'f:2:2: x',
      'f:3:1: x',
      'f:4:1: x',
      'f:4:2: x',
    ])
  })

  it('may be the whole file', () => {
    expect(placesIn('ab', null)).toEqual(['f: x'])
  })
})

it('problems come in reading order, each once', () => {
  const problems: Problem[] = []
  const report = reporter('f', 'a\nb\nc', problems)
  for (const [offset, message] of [
    [4, 'c'],
    [2, 'b'],
    [4, 'c'],
    [null, 'all'],
    [2, 'b2'],
  ] as const)
    report(offset, message)
  expect(inReadingOrder(problems).map(({ message }) => message)).toEqual(['all', 'b', 'b2', 'c'])
})

describe('the word that was meant', () => {
  const KNOWN = ['id', 'prompt', 'needs', 'timeout-minutes', 'not-before']
  it.each([
    ['promt', 'prompt'],
    ['pormpt', 'prompt'],
    ['prompts', 'prompt'],
    ['Needs', 'needs'],
    ['timeout_minutes', 'timeout-minutes'],
    ['timeout-minuts', 'timeout-minutes'],
    ['notbefore', 'not-before'],
    ['ID', 'id'],
    ['ix', null],
    ['colour', null],
    ['', null],
  ])('for %j is %j', (word, expected) => {
    expect(nearest(word, KNOWN)).toBe(expected)
  })
})

it('a value is shown as JSON, a long one cut with its size in bytes', () => {
  expect([undefined, null, 'a\nb', [1], Number.NaN].map(shown)).toEqual([
    'nothing',
    'null',
    '"a\\nb"',
    '[1]',
    'NaN',
  ])
  expect(shown('é'.repeat(100))).toBe(`"${'é'.repeat(79)}... (200 bytes)`)
})
