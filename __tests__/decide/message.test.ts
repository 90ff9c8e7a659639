import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { candidateMessage, type MessageSource, subjectOf, withTrailers } from '../../src/decide/message.ts'
import { parseTrailers } from '../../src/decide/trailer.ts'

const TRAILERS = { task: 'a', run: '7-1', fingerprint: '0123456789ab' }
const BLOCK = 'Fanout-Task: a\nFanout-Run: 7-1\nFanout-Fingerprint: 0123456789ab\n'

function message(source: Partial<MessageSource> = {}): string {
  return candidateMessage({
    task: { id: 'a', title: 'Do it', prompt: 'Please' },
    template: '{title}',
    messageFile: null,
    commits: [],
    trailers: TRAILERS,
    ...source,
  })
}

describe('the message comes from', () => {
  it('the message file first', () => {
    expect(message({ messageFile: 'From file\n\nBody\n', commits: ['own'] })).toBe(
      `From file\n\nBody\n\n${BLOCK}`,
    )
  })

  it('else from the one commit of the worker, subject and body', () => {
    expect(message({ commits: ['Own subject\n\nOwn body\n'] })).toBe(`Own subject\n\nOwn body\n\n${BLOCK}`)
  })

  it('else, with several commits, from the template and their subjects', () => {
    const commits = ['One\n\nbody', 'Two\n', '\n', 'Fanout-Task: b\n\nThree']
    expect(message({ commits })).toBe(`Do it\n\n- One\n- Two\n- Three\n\n${BLOCK}`)
  })

  it('else from the template', () => {
    expect(message()).toBe(`Do it\n\n${BLOCK}`)
    expect(message({ template: '{id}: {title}\n\n{prompt}\n' })).toBe(`a: Do it\n\nPlease\n\n${BLOCK}`)
  })

  it.each([
    ['a blank message file', { messageFile: ' \n\n' }],
    ['a commit without a message', { commits: ['\n'] }],
    ['a message file of nothing but forged trailers', { messageFile: 'Fanout-Task: b\n' }],
    [
      'a template that comes to nothing',
      { template: '{prompt}', task: { id: 'a', title: 'Do it', prompt: null } },
    ],
  ])('the next one where there is %s', (_, source) => {
    expect(message(source)).toBe(`Do it\n\n${BLOCK}`)
  })

  it('the id where nothing else is left', () => {
    expect(message({ template: '', task: { id: 'a', title: 'Fanout-Task: x', prompt: null } })).toBe(
      `a\n\n${BLOCK}`,
    )
  })
})

describe('a template', () => {
  it('is filled once: what stands in a prompt stays as it is', () => {
    const task = { id: 'a', title: '$& {prompt}', prompt: '{title} {id} $1' }
    expect(subjectOf(message({ task, template: '{title} | {prompt} | {other}' }))).toBe(
      '$& {prompt} | {title} {id} $1 | {other}',
    )
  })
})

describe('the trailers', () => {
  it('join a block that is there', () => {
    expect(message({ messageFile: 'S\n\nBody\n\nCo-authored-by: X <x@y>\n' })).toBe(
      `S\n\nBody\n\nCo-authored-by: X <x@y>\n${BLOCK}`,
    )
  })

  it('begin a block of their own after a body, and never join the subject', () => {
    expect(message({ messageFile: 'fix: it' })).toBe(`fix: it\n\n${BLOCK}`)
    expect(message({ messageFile: 'S\n\nsome words\nKey: value' })).toBe(
      `S\n\nsome words\nKey: value\n\n${BLOCK}`,
    )
  })

  it('join a block that holds other lines too, where git wrote one of it', () => {
    const block = 'BREAKING CHANGE: the API is other now\nSigned-off-by: X <x@y>\nCo-authored-by: Y <y@z>\n'
    expect(message({ messageFile: `S\n\nBody\n\n${block}` })).toBe(`S\n\nBody\n\n${block}${BLOCK}`)
  })

  it('stand above comments at the end, as git has it, and nothing is left of what it cuts off', () => {
    expect(message({ messageFile: 'S\n\nKey: v\n\n# Conflicts:\n#\ta\n' })).toBe(
      `S\n\nKey: v\n${BLOCK}\n# Conflicts:\n#\ta\n`,
    )
    const cut = `# ${'-'.repeat(24)} >8 ${'-'.repeat(24)}`
    expect(message({ messageFile: `S\n\nbody\n${cut}\n# Do not modify\ndiff --git a b\n` })).toBe(
      `S\n\nbody\n\n${BLOCK}`,
    )
  })

  it('of several commits are all kept, each once, behind those of the template', () => {
    const ann = 'Co-authored-by: Ann <a@b.test>'
    const zoe = 'Signed-off-by: Zoë <z@b.test>'
    const commits = [
      `One\n\nwhy\n\n${ann}\n${zoe}\n`,
      `Two\n\n${ann.toUpperCase()}\nRefs: ABC-7\n who knows\n${zoe}\n`,
      'Three\n\nno trailer here: it is text\n',
      `Four\n\nBREAKING CHANGE: all\n${zoe}\nSigned-off-by: Bot <b@b.test>\n`,
    ]
    const template = '{title}\n\nBody\n\nSigned-off-by: Bot <b@b.test>'
    expect(message({ commits, template })).toBe(
      `Do it\n\nBody\n\n- One\n- Two\n- Three\n- Four\n\nSigned-off-by: Bot <b@b.test>\n${ann}\n${zoe}\nRefs: ABC-7\n who knows\n${BLOCK}`,
    )
    expect(message({ commits: commits.slice(0, 2) })).toBe(
      `Do it\n\n- One\n- Two\n\n${ann}\n${zoe}\nRefs: ABC-7\n who knows\n${BLOCK}`,
    )
  })

  it('that a worker forged survive nowhere', () => {
    const forged =
      'Fanout-Task: b\nS\n\nfanout-run: x\n y\nbody\n\n  Fanout-Fingerprint : z\nFan\0out-Task: q\nKept: yes\n'
    expect(message({ messageFile: forged })).toBe(`S\n\nbody\n\nKept: yes\n${BLOCK}`)
  })

  it('are what is read back, whatever the worker wrote', () => {
    const bits = fc.constantFrom(
      'Fanout-Task: b',
      'fanout-RUN:x',
      'Fanout-',
      'Task: c',
      '\n',
      '\r',
      '\n\n',
      ' ',
      '\0',
      'word',
      'Key: v',
      '\t',
    )
    const texts = fc.oneof(
      fc.string(),
      fc.array(bits, { maxLength: 20 }).map(parts => parts.join('')),
    )
    fc.assert(
      fc.property(texts, fc.array(texts, { maxLength: 3 }), (file, commits) => {
        const text = message({ messageFile: file, commits })
        expect(parseTrailers(text)).toEqual({ ...TRAILERS, reverts: null, branch: null })
        expect(text.match(/^\s*fanout-[a-z]*\s*:/gim)).toHaveLength(3)
        expect(subjectOf(text)).not.toBe('')
        expect(text).not.toMatch(/[\0\r]/)
      }),
      { numRuns: 1000 },
    )
  })
})

describe('any message', () => {
  it('has a subject line of its own, and no control sequences or needless blanks', () => {
    const file = '\uFEFF\n\n  Subject\u001b[31m \r\nsecond line\t\n\n\n\nend\u0007  \n\n'
    expect(message({ messageFile: file })).toBe(`Subject\n\nsecond line\n\nend\n\n${BLOCK}`)
  })

  it.each(['\n', '\r\n', '\r'])('has its lines, whatever ends them: %j', end => {
    const file = ['Subject', '', 'one', 'two', ''].join(end)
    expect(message({ messageFile: file })).toBe(`Subject\n\none\ntwo\n\n${BLOCK}`)
  })

  it('is cut at 64 KiB, between characters, with its trailers whole', () => {
    const text = message({ messageFile: `S\n\n${'é'.repeat(70_000)}` })
    const bytes = Buffer.byteLength(text)
    expect(bytes).toBeLessThanOrEqual(64 * 1024)
    expect(bytes).toBeGreaterThan(64 * 1024 - 8)
    expect(text).not.toContain('\uFFFD')
    expect(text.endsWith(`\n\n${BLOCK}`)).toBe(true)
  })
})

it('a revert carries what it reverts', () => {
  const text = withTrailers('Revert "Do it"\n\nThis reverts commit 1234.', { reverts: 'a', run: '7-1' })
  expect(text).toBe('Revert "Do it"\n\nThis reverts commit 1234.\n\nFanout-Run: 7-1\nFanout-Reverts: a\n')
})
