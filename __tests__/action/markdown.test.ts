import { describe, expect, test } from 'vitest'
import { code, fence, inline, link, sentences } from '../../src/action/markdown.ts'
import { HOSTILE } from './sample.ts'

describe('inline', () => {
  test.each([
    ['a | b', 'a &#124; b'],
    ['<b>&amp;', '&lt;b&gt;&amp;amp;'],
    ['**x** _y_ ~z~ `c`', '\\*\\*x\\*\\* \\_y\\_ \\~z\\~ \\`c\\`'],
    ['![i](https://evil.test)', '!\\[i\\](https&#58;//evil.test)'],
    ['www.evil.test', 'www&#46;evil.test'],
    ['ping @octocat', 'ping @&#8203;octocat'],
    ['a\\|b', 'a\\\\&#124;b'],
    ['$x$', '\\$x\\$'],
    ['# heading', '\\# heading'],
    ['- item', '\\- item'],
    ['1. one', '1&#8203;. one'],
    ['two\nlines\tand\u0007 a bell', 'two lines and a bell'],
    ['exe\u202etxt', 'exe\ufffdtxt'],
  ])('%j', (text, shown) => {
    expect(inline(text)).toBe(shown)
  })

  test.each(HOSTILE)('%j stays one line without a tag, a bare pipe or a mention', text => {
    const shown = inline(text)
    expect(shown).not.toMatch(/[\n\r<>|\u001b\u202e]/)
    expect(shown).not.toMatch(/@(?!&#8203;)|:\/\/|(?<!\\)[`*_[\]]/)
  })
})

test('code holds anything, pipes and tags too', () => {
  expect(code('a|b `c` </code><i>@x')).toBe(
    '<code>a&#124;b &#96;c&#96; &#60;/code&#62;&#60;i&#62;&#64;x</code>',
  )
})

test('sentences show their backticks as code and link to nothing but GitHub', () => {
  expect(sentences('Set `a: <b>`, see https://www.githubstatus.com or https://evil.test now.')).toBe(
    'Set <code>a&#58; &#60;b&#62;</code>, see <https://www.githubstatus.com> or https&#58;//evil.test now.',
  )
})

test('a fence is longer than any in its content', () => {
  expect(fence('\n\na\n````\nb\u001b[0m\n\n')).toBe('`````text\na\n````\nb\n`````')
})

test('a link is one only to http(s) and without characters that end it', () => {
  expect(link('x', 'https://github.com/o/r/actions/runs/1/artifacts/2')).toBe(
    '[x](https://github.com/o/r/actions/runs/1/artifacts/2)',
  )
  for (const address of [
    'javascript:alert(1)',
    'https://a.test/) [y](z',
    'https://a.test/ b',
    '',
    null,
    undefined,
  ]) {
    expect(link('x', address)).toBe('x')
  }
})
