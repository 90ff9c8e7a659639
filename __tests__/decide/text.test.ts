import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  harmless,
  lineSplitter,
  masker,
  redactUrls,
  splitLines,
  stripAnsi,
  tail,
} from '../../src/decide/text.ts'

/** What the runner obeys (actions/runner, ActionCommand.cs). */
const REGISTERED = new Set(
  `set-env set-output save-state add-mask add-path add-matcher remove-matcher debug warning error notice group
  endgroup echo stop-commands token`.split(/\s+/),
)

/** Its two parsers on one line, by the letter; .NET's TrimStart also takes the white space that JS does. */
function obeyed(line: string): string | null {
  const trimmed = line.replace(/^[\s\u0085]+/, '')
  const end = trimmed.indexOf('::', 2)
  if (trimmed.startsWith('::') && end >= 0) {
    const name = trimmed.slice(2, end).split(' ')[0] ?? ''
    if (REGISTERED.has(name.toLowerCase())) return name
  }
  const start = line.indexOf('##[')
  const close = line.indexOf(']', start)
  if (start < 0 || close < 0) return null
  const name = line.slice(start + 3, close).split(' ')[0] ?? ''
  return REGISTERED.has(name.toLowerCase()) ? name : null
}

/** As .NET's culture comparison sees it: without what has no shape. */
const shape = (line: string) =>
  line.replace(/[\p{Cf}\p{Default_Ignorable_Code_Point}\u0000-\u0008\u000e-\u001f]/gu, '')

describe('harmless', () => {
  const commands = [
    '::error::x',
    '   ::add-mask::y',
    '\t\u00a0\u3000::set-output name=a::b',
    '\u0085::warning::c1 white space',
    'text ##[error]x',
    '###[error]x',
    '##[group]##[endgroup]',
    '##[add-path]/evil',
    ' ::stop-commands::token',
    ':\u001b[31K:error::by an escape that goes',
    '#\u0007#[error]by a bell that goes',
    '\u001b[2K::error::after a cleared line',
    '\u200b::error::after a character without shape',
    '#\u00ad#[error]x',
    'progress\r::add-mask::y',
    'a\n::add-mask::y',
    'a\r\n##[error]z',
    '\u001b]0;title\u0007::error::after a title',
    '\u009b31m::error::eight-bit',
    '\u001b\u001b[2J[2J::error::nested',
  ]
  it.each(commands)('keeps the runner from obeying %j', line => {
    for (const prefix of ['', '  ', '[task-3] ', '##']) {
      const text = harmless(line, prefix)
      expect(obeyed(text)).toBeNull()
      expect(obeyed(shape(text))).toBeNull()
      expect(text.trimStart().startsWith('::')).toBe(false)
      expect(text).not.toContain('##[')
      expect(text).not.toMatch(/[\r\n]/)
    }
  })

  it('shows that the parsers used here do obey', () => {
    expect(obeyed('  ::error file=a::x')).toBe('error')
    expect(obeyed('x ##[error]y')).toBe('error')
    expect(obeyed('::unknown::x')).toBeNull()
  })

  it('keeps the runner from obeying anything made of dangerous pieces', () => {
    const pieces = [
      '::',
      ':',
      '##[',
      '#',
      '[',
      ']',
      'error',
      'add-mask',
      ' ',
      '\t',
      '\r',
      '\n',
      '\u001b[31m',
      '\u001b[m',
    ]
    const odd = [
      '\u001b[2K',
      '\u001b]0;',
      '\u0007',
      '\u001b',
      '\u009b',
      '\u200d',
      '\u00ad',
      '\ufeff',
      '\b',
      '\u0000',
      'x',
    ]
    const line = fc.array(fc.constantFrom(...pieces, ...odd), { maxLength: 14 }).map(parts => parts.join(''))
    fc.assert(
      fc.property(line, fc.constantFrom('', ' ', '[a] ', ':', '##'), (text, prefix) => {
        const safe = harmless(text, prefix)
        for (const seen of [safe, shape(safe), stripAnsi(safe)]) expect(obeyed(seen)).toBeNull()
        expect(safe.replace(/\u001b\[[\d;:]*m/g, '')).not.toMatch(/[\u0000-\u0008\u000a-\u001f\u007f-\u009f]/)
      }),
      { numRuns: 20_000 },
    )
  })

  it('leaves ordinary text as it is', () => {
    for (const line of [
      '',
      'a::b',
      'std::vector<int>',
      '# [x]',
      '##x[',
      '\ttabbed',
      'naïve 👩‍👩‍👧 ✓',
      'a  b',
    ]) {
      expect(harmless(line)).toBe(line)
    }
  })

  it('keeps colour, ends it with the line, and drops every other sequence', () => {
    expect(harmless('\u001b[1;31mred\u001b[0m')).toBe('\u001b[1;31mred\u001b[0m')
    expect(harmless('\u001b[38:5:1mred')).toBe('\u001b[38:5:1mred\u001b[0m')
    expect(harmless('a\u001b[2Jb\u001b[10;10Hc\u001b[?25ld\u001b[>4;2me')).toBe('abcde')
    expect(harmless('\u001b]8;;https://x.test\u001b\\link\u001b]8;;\u001b\\')).toBe('link')
    expect(harmless('\u001bPdevice\u001b\\a\u001b_app\u001b\\b\u001b(Bc\u001b7d')).toBe('abcd')
    expect(harmless('\u001b]0;never ends')).toBe('0;never ends')
    expect(harmless('ab\b\bcd\u0000\u007f\u0085')).toBe('abcd')
  })

  it('stays fast on a line made to be slow', () => {
    for (const piece of [
      '\u009d',
      '\u001b]',
      '\u001b[',
      '\u009b1',
      '#\u200d',
      '##',
      ' ',
      ':',
      '\u001b[31',
      '\u0090a',
    ]) {
      const began = performance.now()
      harmless(piece.repeat(65_536))
      expect(performance.now() - began).toBeLessThan(2000)
    }
  })
})

it('stripAnsi takes colour too and keeps lines and tabs', () => {
  expect(stripAnsi('\u001b[31ma\u001b[0m\tb\r\nc\u0007\n')).toBe('a\tb\r\nc\n')
  expect(stripAnsi('\u001b]0;never ends\nnext\u0007')).toBe('0;never ends\nnext')
})

describe('lineSplitter', () => {
  it('ends lines at LF, CR and CRLF', () => {
    expect(splitLines('a\nb\rc\r\nd\n\ne')).toEqual(['a', 'b', 'c', 'd', '', 'e'])
    expect(splitLines('')).toEqual([])
    expect(splitLines('a\n')).toEqual(['a'])
  })

  it('gives the same lines wherever the chunks are cut', () => {
    const text = fc.array(fc.constantFrom('a', 'bc', '\r', '\n', '\r\n', '😀')).map(parts => parts.join(''))
    fc.assert(
      fc.property(text, fc.array(fc.nat(40)), (whole, cuts) => {
        const splitter = lineSplitter()
        const lines: string[] = []
        let at = 0
        for (const cut of [...new Set(cuts)].sort((a, b) => a - b)) {
          lines.push(...splitter.feed(whole.slice(at, cut)))
          at = Math.max(at, cut)
        }
        lines.push(...splitter.feed(whole.slice(at)), ...splitter.end())
        expect(lines).toEqual(
          whole.split(/\r\n|\r|\n/).filter((line, i, all) => line !== '' || i < all.length - 1),
        )
      }),
    )
  })

  it('cuts a line over the limit, says so, and goes on with the next', () => {
    const splitter = lineSplitter(4)
    expect(splitter.feed('abc')).toEqual([])
    expect(splitter.feed('defgh')).toEqual([])
    expect(splitter.feed('ij\nok\nabcd\n')).toEqual([
      'abcd [... 6 characters cut by fanout ...]',
      'ok',
      'abcd',
    ])
    expect(splitter.end()).toEqual([])
    expect(lineSplitter(1).feed('😀\n')).toEqual([' [... 1 characters cut by fanout ...]'])
  })
})

describe('tail', () => {
  it('is the last bytes, and never half a character', () => {
    expect(tail('abcdef', 3)).toBe('def')
    expect(tail('ab', 3)).toBe('ab')
    expect(tail('xé', 1)).toBe('')
    expect(tail('a€b', 4)).toBe('€b')
    expect(tail('a😀', 4)).toBe('😀')
    expect(tail('a😀', 3)).toBe('')
    expect(tail('y'.repeat(20_000))).toBe('y'.repeat(16_384))
  })

  it('fits the bytes asked for, and wastes less than one character', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.nat(30), (text, bytes) => {
        const end = tail(text, bytes)
        const size = Buffer.byteLength(end)
        expect(text.endsWith(end)).toBe(true)
        expect(size).toBeLessThanOrEqual(bytes)
        if (end !== text) expect(size).toBeGreaterThan(bytes - 4)
      }),
    )
  })
})

describe('masker', () => {
  const secret = 'ghs_1234.abc/def+"q"&=é'
  const mask = masker([secret])

  it('masks the secret and every form it is likely to take', () => {
    const basic = Buffer.from(`x-access-token:${secret}`).toString('base64')
    expect(mask(`AUTHORIZATION: basic ${basic}.`)).toBe('AUTHORIZATION: basic ***.')
    expect(mask(`<${secret}>`)).toBe('<***>')
    expect(mask(Buffer.from(secret).toString('base64'))).toBe('***')
    expect(mask(Buffer.from(secret).toString('base64url'))).not.toMatch(/[\w-]{6}/)
    expect(mask(`?t=${encodeURIComponent(secret)}&`)).toBe('?t=***&')
    expect(mask(JSON.stringify({ secret }))).toBe('{"secret":"***"}')
  })

  it('masks the secret inside other data in base64, at each of the three shifts', () => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 9, maxLength: 60 }).filter(text => text.trim().length >= 9),
        fc.uint8Array({ maxLength: 8 }),
        fc.uint8Array({ maxLength: 8 }),
        (text, before, after) => {
          const token = text.trim()
          const encoded = Buffer.concat([before, Buffer.from(token), after]).toString('base64')
          const masked = masker([token])(encoded)
          expect(masked).toContain('***')
          // At most the characters at each border, which the neighbours decide too, and the neighbours themselves.
          expect(masked.length).toBeLessThanOrEqual(Math.ceil((before.length + after.length) / 3) * 4 + 3 + 8)
        },
      ),
    )
  })

  it('takes the longest first, so that no part of a longer secret is left', () => {
    expect(masker(['secret', 'secret-and-more'])('secret-and-more secret')).toBe('*** ***')
    expect(masker(['secret-and-more', 'secret'])('secret-and-more secret')).toBe('*** ***')
  })

  it('leaves the texts alone that are to stay whole, and masks the secret beside them', () => {
    const keeping = masker(['postgres'], ['bump-postgres', 'postgres-9'])
    expect(keeping('bump-postgres: postgres said postgres-9')).toBe('bump-postgres: *** said postgres-9')
    expect(keeping('\0post\0gres and bump-postgres')).toBe('*** and bump-postgres')
    expect(masker(['postgres'], ['post'])('postgres post')).toBe('*** post')
  })

  it('masks a secret that control sequences cut in pieces, and leaves colour alone elsewhere', () => {
    const pieces = ['\x1b[31m', '\x1b[K', '\x1b[01;31m\x1b[K', '\0', '\b', '\x1b]8;;\x07']
    for (const cut of pieces) {
      const text = `\x1b[32mok\x1b[0m ${secret.slice(0, 5)}${cut}${secret.slice(5)}\r\nnext\tline`
      expect(mask(text)).toBe('ok ***\r\nnext\tline')
      expect(harmless(mask(text.replace('\r\n', ' ')))).toBe('ok *** next\tline')
    }
    const painted = `\x1b[32mok\x1b[0m \x1b[31m${secret}\x1b[0m`
    expect(mask(painted)).toBe('\x1b[32mok\x1b[0m \x1b[31m***\x1b[0m')
  })

  it('leaves text alone when there is nothing worth hiding', () => {
    expect(masker([])('abc')).toBe('abc')
    expect(masker(['', 'abc', '12345', ' \n'])('abc 12345')).toBe('abc 12345')
  })

  it('takes secrets as text, whatever characters they hold', () => {
    expect(masker(['a.*+?^${}()|[]\\-/b'])('a.*+?^${}()|[]\\-/b and axxxxb')).toBe('*** and axxxxb')
    expect(masker(['\ud800broken'])('x \ud800broken y')).toBe('x *** y')
  })
})

describe('redactUrls', () => {
  it('takes user and password out of every URL', () => {
    expect(redactUrls("fatal: 'https://user:tok@host.test/a.git' not found")).toBe(
      "fatal: 'https://***@host.test/a.git' not found",
    )
    expect(redactUrls('https://tok@h/x http://a:b@c@h/y ssh://git@h/z')).toBe(
      'https://***@h/x http://***@h/y ssh://***@h/z',
    )
  })

  it('leaves other text alone', () => {
    for (const text of ['https://host/a@b', 'git@github.com:o/r', 'see https://host and mail a@b.test']) {
      expect(redactUrls(text)).toBe(text)
    }
  })

  it('stays fast on a text made to be slow', () => {
    const began = performance.now()
    for (const piece of ['a.', 'http://', 'a', 'a://b']) redactUrls(piece.repeat(50_000))
    expect(performance.now() - began).toBeLessThan(3000)
  })
})
