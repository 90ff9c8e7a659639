import { describe, expect, test } from 'vitest'
import { clip, pad, padStart, widthOf, wrap } from '../../src/action/columns.ts'

describe.each([
  ['ascii', 'plain words', 11],
  ['wide', '日本語', 6],
  ['an emoji of several', '👩‍👩‍👧', 2],
  ['combining marks', 'e\u0301a\u0308', 2],
  ['colour', '\u001b[31mred\u001b[0m', 3],
])('%s', (_, text, width) => {
  test('takes the columns that a terminal gives it', () => {
    expect(widthOf(text)).toBe(width)
    expect(widthOf(pad(text, 20))).toBe(20)
    expect(widthOf(padStart(text, 20))).toBe(20)
  })

  test('never takes more than there are', () => {
    for (let room = 0; room <= width; room++) expect(widthOf(clip(text, room))).toBeLessThanOrEqual(room)
  })
})

test('lines break at spaces, and words that are too long break as well', () => {
  expect(wrap('one two three', 7)).toEqual(['one two', 'three'])
  expect(wrap('abcdefghij', 4)).toEqual(['abcd', 'efgh', 'ij'])
})
