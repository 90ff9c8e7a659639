import { expect, test } from 'vitest'
import { listed, plainBlock, plainLine, redact } from '../../src/decide/plain.ts'

test('colours, links and bells of a terminal are gone, the words stay', () => {
  expect(
    plainBlock(
      '\u001b[1;31mred\u001b[0m \u001b]8;;https://x.test\u0007link\u001b]8;;\u0007\u0007\u001b(B\u009b',
    ),
  ).toBe('red link')
})

test('a carriage return ends a line and cannot hide one', () => {
  expect(plainBlock('one\r\ntwo\rthree')).toBe('one\ntwo\nthree')
})

test('bidirectional overrides, zero-width marks and half characters show as what they are', () => {
  expect(plainBlock('a\u202eb\u2066c\u200bd\ufeff\ud800')).toBe('a\ufffdb\ufffdc\ufffdd\ufffd\ufffd')
})

test('a line is one line and ends where it is told to', () => {
  expect(plainLine('  a\n\tb  ')).toBe('a b')
  expect(plainLine('x'.repeat(20), 10)).toBe(`${'x'.repeat(9)}…`)
  expect(plainLine('💥💥💥', 2)).toBe('💥…')
  expect(plainLine('y'.repeat(10_000_000), 5)).toBe('yyyy…')
})

test('a list tells how much it leaves out', () => {
  expect(listed([])).toBe('')
  expect(listed(['a'])).toBe('a')
  expect(listed(['a', 'b', 'c'])).toBe('a, b and c')
  expect(listed(['a', 'b', 'c', 'd', 'e'])).toBe('a, b, c and 2 more')
})

test('credentials are known by their look', () => {
  const token = `github_pat_${'1'.repeat(40)}`
  expect(
    redact(`https://x:${token}@github.com/o/r AUTHORIZATION: basic abc= ghs_0123456789abcdef ${token}`),
  ).toBe('https://***@github.com/o/r AUTHORIZATION: basic *** *** ***')
  expect(redact('https://github.com/o/r/security/unblock-secret/2zR1 a@b.test')).toContain(
    'unblock-secret/2zR1 a@b.test',
  )
})
