import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseTrailers, trailerBlock, trailerLines, withoutOwnTrailers } from '../../src/decide/trailer.ts'

const NONE = { task: null, run: null, fingerprint: null, reverts: null, branch: null }

describe('trailer lines', () => {
  it('come in a fixed order, without those that are not set', () => {
    expect(trailerLines({ fingerprint: '0123456789ab', task: 'a', run: '7-1', reverts: null })).toEqual([
      'Fanout-Task: a',
      'Fanout-Run: 7-1',
      'Fanout-Fingerprint: 0123456789ab',
    ])
    expect(trailerLines({ reverts: 'a' })).toEqual(['Fanout-Reverts: a'])
  })

  it('never hold a line break', () => {
    expect(trailerLines({ task: 'a\nFanout-Run: x' })).toEqual(['Fanout-Task: aFanout-Run:x'])
  })

  it('are read back as they were written', () => {
    const words = fc.option(fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/))
    const all = fc.record({ task: words, run: words, fingerprint: words, reverts: words, branch: words })
    fc.assert(
      fc.property(all, trailers => {
        expect(parseTrailers(`subject\n\nbody\n\n${trailerLines(trailers).join('\n')}\n`)).toEqual(trailers)
      }),
    )
  })
})

describe('reading trailers', () => {
  it.each([
    ['the last paragraph', 'subject\n\nbody\n\nFanout-Task: a\nFanout-Run: 7-1', { task: 'a', run: '7-1' }],
    ['a block shared with others', 's\n\nSigned-off-by: X <x@y>\nFanout-Task: a\n', { task: 'a' }],
    ['any case of the key', 's\n\nfanout-task: a\n', { task: 'a' }],
    ['CRLF', 's\r\n\r\nFanout-Task: a\r\n', { task: 'a' }],
    ['the last one of two', 's\n\nFanout-Task: a\nFanout-Task: b\n', { task: 'b' }],
    ['nothing from the subject', 'Fanout-Task: a', {}],
    ['nothing from the first paragraph', 'subject\nFanout-Task: a', {}],
    ['nothing from the body', 's\n\nFanout-Task: a\n\nmore words\n', {}],
    ['nothing from a quotation', 's\n\n> Fanout-Task: a\n  Fanout-Run: b\n', {}],
    ['nothing from a value of several words', 's\n\nFanout-Task: a b\n', {}],
    ['a block above comments', 's\n\nFanout-Task: a\n\n# more\n# words\n', { task: 'a' }],
    ['nothing from an empty text', '', {}],
  ])('takes %s', (_, message, expected) => {
    expect(parseTrailers(message)).toEqual({ ...NONE, ...expected })
  })
})

it('own trailers are taken out wherever they stand, with what continues them', () => {
  const lines = [
    's',
    'Fanout-Task: a',
    ' more',
    'text',
    '  FANOUT-run : b',
    'Fanout-Else:',
    'see Fanout-Task: c',
  ]
  expect(withoutOwnTrailers(lines)).toEqual(['s', 'text', 'see Fanout-Task: c'])
})

// More of this is held against git itself in trailer-real.test.ts.
describe('a trailer block', () => {
  it.each([
    [['Signed-off-by: X <x@y>', 'Co-authored-by: Y <y@z>'], true],
    [['Reviewed-by: X', ' who is long', '(cherry picked from commit 1234)'], true],
    [['Key:'], true],
    [['BREAKING CHANGE: words', 'two', 'three', 'Signed-off-by: X <x@y>'], true],
    [['one', 'two', 'three', 'four', 'Signed-off-by: X <x@y>'], false],
    [['words', 'Key: value'], false],
    // Whatever it is meant for: a key, and a colon right behind it.
    [['https://example.org'], true],
    [[' indented: first'], false],
    [['# comment', 'Key: value', '# comment', 'Key: value'], true],
  ])('%j: %s', (lines, expected) => {
    const { start, end } = trailerBlock(['subject', '', ...lines])
    expect(start < end).toBe(expected)
    expect(end).toBe(lines.length + 2)
  })

  it.each([
    ['comments', ['Key: value', '', '# comment', '', '#'], 3],
    ['a list of conflicts', ['Key: value', 'Conflicts:', '\ta', '\tb'], 3],
    [
      'what is below the line that git cuts at',
      ['Key: value', `# ${'-'.repeat(24)} >8 ${'-'.repeat(24)}`, 'x'],
      3,
    ],
  ])('ends above %s at the end', (_, lines, expected) => {
    expect(trailerBlock(['subject', '', ...lines])).toEqual({ start: 2, end: expected })
  })
})
