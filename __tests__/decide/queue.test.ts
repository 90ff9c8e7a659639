import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addTask, archiveTask, type Ledger, openLedger } from '../../src/decide/queue.ts'
import { edited, openTaskFile, type TaskFile, textOf } from '../../src/decide/task-file.ts'

const STAMP = { completedAt: '2026-01-02T03:04:05Z', runKey: '77-1' }
const JSON_KEYS = '"completed_at": "2026-01-02T03:04:05Z", "run_key": "77-1"'

type Kind = 'fanout' | 'ralph-queue'

function moved(tasks: string, done: string | null, id: string, format: Kind) {
  const ledger = openLedger(tasks, done)
  return 'problem' in ledger ? ledger : archiveTask(ledger, format, id, STAMP)
}

function archive(tasks: string, done: string | null, id: string, format: Kind = 'fanout') {
  const result = moved(tasks, done, id, format)
  if ('problem' in result) throw new Error(result.problem)
  expectTrue(result.tasks)
  expectTrue(result.done)
  return [textOf(result.tasks), textOf(result.done)]
}

/** What is known of a file after an edit is what reading all of it anew tells. */
function expectTrue(file: TaskFile): void {
  expect(file).toEqual(openTaskFile(file.name, textOf(file)))
}

function problem(tasks: string, done: string | null, id: string): string {
  const result = moved(tasks, done, id, 'fanout')
  return 'problem' in result ? result.problem : ''
}

const lines = (...all: readonly string[]) => `${all.join('\n')}\n`
const FLOW_KEYS = 'completed_at: "2026-01-02T03:04:05Z", run_key: "77-1"'
/** As they are where the whole task is written anew. */
const ANEW_KEYS = ['  completed_at: "2026-01-02T03:04:05Z"', '  run_key: 77-1']
const YAML_KEYS = ['  completed_at: "2026-01-02T03:04:05Z"', '  run_key: "77-1"']

describe('a YAML list', () => {
  const HEAD = ['# The nightly tasks.', '']
  const A = [
    '# about a,',
    '# two lines',
    '- id: a   # beside a',
    '  prompt: |',
    '    hello',
    '',
    '    # not a comment',
  ]
  const OWN = ['  # own comment', '']
  const B = ['# about b', '- # beside the dash', '  id: b', '  title: "b" # t', '']
  const SECTION = ['# ---- section ----', '']
  const C = ['- {id: c, title: flow} # beside c']
  const D = ['- id: d', '  prompt: |+', '    kept', '']
  const TAIL = ['# end']
  const FILE = lines(...HEAD, ...A, ...OWN, ...B, ...SECTION, ...C, ...D, ...TAIL)

  it.each([
    [
      'with the comments right above it and its own below',
      'a',
      lines(...HEAD, ...B, ...SECTION, ...C, ...D, ...TAIL),
      lines(...A, ...YAML_KEYS, '  # own comment'),
    ],
    [
      'but not with a comment that stands apart',
      'b',
      lines(...HEAD, ...A, ...OWN, ...SECTION, ...C, ...D, ...TAIL),
      lines(...B.slice(0, -1), ...YAML_KEYS),
    ],
    [
      'in braces, with what stands behind it',
      'c',
      lines(...HEAD, ...A, ...OWN, ...B, ...SECTION, ...D, ...TAIL),
      lines(`- {id: c, title: flow, ${FLOW_KEYS}} # beside c`),
    ],
    [
      'with the blank lines that it keeps',
      'd',
      lines(...HEAD, ...A, ...OWN, ...B, ...SECTION, ...C, ...TAIL),
      lines('- id: d', '  prompt: |+', '    kept', '', ...YAML_KEYS),
    ],
  ])('gives a task away %s', (_, id, tasks, done) => {
    expect(archive(FILE, null, id)).toEqual([tasks, done])
  })

  it('takes one in at its end, at its own depth, before what follows', () => {
    const before = lines('version: 1', 'tasks:', '  - id: z', '    # own', '# tail', 'other: 1')
    const [, after] = archive('- id: a\n  run: |\n    make\n\n    it\n', before, 'a')
    expect(after).toBe(
      lines(
        'version: 1',
        'tasks:',
        '  - id: z',
        '    # own',
        '  - id: a',
        '    run: |',
        '      make',
        '',
        '      it',
        ...YAML_KEYS.map(line => `  ${line}`),
        '# tail',
        'other: 1',
      ),
    )
  })

  it.each([
    ['at the end of the file', '|+', '    kept\n\n\n', ''],
    ['before a comment', '>+', '    kept\n \n', '# end\n'],
    ['without a last line break', '|+', '    kept', ''],
    ['of nothing but blank lines', '|2+ # why', '\n\n', '\n# end\n'],
    ['in a list, with other line ends', '\r\n  - |+', '    kept\r\n\r\n', '# end\r\n'],
  ])('takes one in behind a text that keeps its blank lines, %s', (_, header, text, after) => {
    const eol = text.includes('\r') ? '\r\n' : '\n'
    const before = `- id: z${eol}  needs: ${header}${eol}${text}`
    const { tasks } = openLedger(before + after, null) as Ledger
    const more = addTask(tasks, { id: 'a', prompt: 'one\n\n' }) as TaskFile
    expectTrue(more)
    const gap = text.endsWith('\n') ? '' : eol
    const said = /^\s*/.exec(after)?.[0] ?? ''
    const task = ['- id: a', '  prompt: |+', '    one', '', ''].join(eol)
    expect(textOf(more)).toBe(before + said + gap + task + after.slice(said.length))
    expect(more.tasks[0]).toEqual(tasks.tasks[0])
    const [left, done] = archive(textOf(more), '- id: y\n', 'z')
    expect(left).toBe(task + after.slice(said.length))
    expect(done).toContain(text.trim())
  })

  it('of one task becomes an empty list', () => {
    expect(archive('# head\n\n- id: a\n', null, 'a')[0]).toBe('# head\n\n[]\n')
    expect(archive('version: 1\ntasks: # all\n  - id: a\ndefaults: {}\n', null, 'a')).toEqual([
      'version: 1\ntasks: [] # all\ndefaults: {}\n',
      lines('version: 1', 'tasks:', '  - id: a', ...YAML_KEYS.map(line => `  ${line}`)),
    ])
  })

  it.each([
    ['tasks: &all # all\n  - id: a\nversion: 1\n', 'tasks: &all [] # all\nversion: 1\n'],
    ['version: 1\ntasks: !!seq\n- id: a\n', 'version: 1\ntasks: !!seq []\n'],
    ['version: 1\ntasks:\n  &all !!seq\n  - id: a', 'version: 1\ntasks:\n  &all !!seq []\n'],
  ])('of one task keeps its anchor and its tag when it becomes an empty one: %j', (before, after) => {
    expect(archive(before, null, 'a')[0]).toBe(after)
  })

  it.each([
    ['only comments', '# done\n', lines('# done', '- id: a', ...YAML_KEYS)],
    ['blanks', ' \n', lines('- id: a', ...YAML_KEYS)],
    [
      'a key without a value',
      'version: 1\ntasks:\n',
      lines('version: 1', 'tasks:', '  - id: a', ...YAML_KEYS.map(line => `  ${line}`)),
    ],
    ['no last line break', '- id: z', lines('- id: z', '- id: a', ...YAML_KEYS)],
    [
      'an empty list in brackets',
      '[]\n',
      lines('[', '  {', '    "id": "a",', `    ${JSON_KEYS.replace(', ', ',\n    ')}`, '  }', ']'),
    ],
    [
      'JSON',
      '[\n  {"id": "z"} // last\n]\n',
      lines(
        '[',
        '  {"id": "z"}, // last',
        '  {',
        '    "id": "a",',
        '    "completed_at": "2026-01-02T03:04:05Z",',
        '    "run_key": "77-1"',
        '  }',
        ']',
      ),
    ],
  ])('goes to a done file with %s', (_, before, after) => {
    expect(archive('- id: a\n- id: b\n', before, 'a')).toEqual(['- id: b\n', after])
  })

  it('keeps line endings and byte order marks, each file its own', () => {
    expect(archive('\uFEFF- id: a\r\n  title: x\r\n- id: b\r\n', '- id: z\n', 'a')).toEqual([
      '\uFEFF- id: b\r\n',
      lines('- id: z', '- id: a', '  title: x', ...YAML_KEYS),
    ])
    expect(archive('- id: a\n- id: b\n', '\uFEFF- id: z\r\n', 'a')[1]).toBe(
      `\uFEFF${lines('- id: z', '- id: a', ...YAML_KEYS).replaceAll('\n', '\r\n')}`,
    )
  })

  it("leaves an editor's mode line where it is", () => {
    const mode = '# yaml-language-server: $schema=x'
    expect(archive(lines(mode, '- id: a', '- id: b'), null, 'a')[0]).toBe(lines(mode, '- id: b'))
  })

  it('writes aliases out where a task leaves what they stand for', () => {
    const file = lines('- &x', '  id: a', '  run: r', '- <<: *x', '  id: b')
    expect(archive(file, null, 'b')).toEqual([
      lines('- &x', '  id: a', '  run: r'),
      lines('- run: r', '  id: b', ...ANEW_KEYS),
    ])
    expect(problem(file, null, 'a')).toContain('others use an anchor it defines')
  })

  it.each([
    [
      'in braces',
      ['  # right above a', '  - {id: a, title: A} # trailing a', '    # own'],
      [`  - {id: a, title: A, ${FLOW_KEYS}} # trailing a`],
    ],
    [
      'in braces over lines',
      ['  # right above a', '  - { id: a, # x', '      title: "A", # y', '    } # trailing a', '    # own'],
      ['  - { id: a, # x', `      title: "A", ${FLOW_KEYS} # y`, '    } # trailing a'],
    ],
    [
      'in braces with blanks and a comma',
      ['  # right above a', '  - { id: a, title: A, } # trailing a', '    # own'],
      [`  - { id: a, title: A, ${FLOW_KEYS} } # trailing a`],
    ],
  ])('takes no comment from a task %s', (_, [above = '', ...task], [first = '', ...more]) => {
    const rest = '  - {id: k, status: draft}'
    expect(archive(lines('version: 1', 'tasks:', above, ...task, rest), null, 'a')).toEqual([
      lines('version: 1', 'tasks:', rest),
      lines('version: 1', 'tasks:', above, first, ...more, '    # own'),
    ])
  })

  it('has every comment above a task that must be written anew', () => {
    const task = ['# above a', '- id: a # beside', '  <<: *x', '  title: "# no comment" # t', '  # own']
    const comments = ['# above a', '# beside', '# t', '# own']
    const keys = ['- run: "# r"', '  id: a', '  title: "# no comment"', ...ANEW_KEYS]
    const file = lines('- id: x', '  env: &x {run: "# r"}', ...task)
    expect(archive(file, '- id: z\n', 'a')[1]).toBe(lines('- id: z', ...comments, ...keys))
    const [, json] = archive('# "a"\n- id: a # beside\n', '[\n  {"id": "z"}\n]\n', 'a')
    expect(json).toMatch(/^\[\n {2}\{"id": "z"\},\n {2}\/\/ "a"\n {2}\/\/ beside\n {2}\{\n/)
    const [, yaml] = archive('[\n  // a\n  {/* one\n * two */ "id": "a"} // "b"\n]', '- id: z\n', 'a')
    expect(yaml).toBe(lines('- id: z', '# a', '# one', '# two', '# "b"', '- id: a', ...ANEW_KEYS))
  })

  it('keeps the quotes of what older readers would not take for text', () => {
    const { tasks } = openLedger('- id: a\n', null) as Ledger
    const env = { A: 'yes', B: '2026-01-02', C: '12:30:45', D: 'plain' }
    expect(textOf(addTask(tasks, { id: 'b', env }) as TaskFile)).toBe(
      lines(
        '- id: a',
        '- id: b',
        '  env:',
        '    A: "yes"',
        '    B: "2026-01-02"',
        '    C: "12:30:45"',
        '    D: plain',
      ),
    )
  })

  it('gives away any task, and every other byte stays', () => {
    const block = fc.record({
      above: fc.array(fc.constantFrom('# note', '#', '# - id: trap'), { maxLength: 2 }),
      body: fc.array(
        fc.constantFrom(
          '  title: "# not a comment"',
          '  prompt: |\n    one\n\n    # two\n      - id: trap',
          "  commit-message: 'it''s\n    folded'",
          '  needs: [x, y] # why',
          '  env:\n    A: b',
          '  # inner',
          '  paths:\n  - src/**\n  - docs/**',
        ),
        { maxLength: 3 },
      ),
      after: fc.constantFrom('', '\n', '\n\n', ' \n'),
    })
    const files = fc.record({
      head: fc.constantFrom(
        '',
        '---\n',
        '# head\n\n',
        'version: 1\ntasks:\n',
        'version: 1\n# the list\ntasks: # all\n\n',
      ),
      blocks: fc.array(block, { minLength: 2, maxLength: 5 }),
      margin: fc.constantFrom('', '  '),
      eol: fc.constantFrom('\n', '\r\n'),
      mark: fc.constantFrom('', '\uFEFF'),
      pick: fc.nat(),
    })
    const unique = (body: readonly string[]) => [
      ...new Map(
        body.map(line => [line.trim().startsWith('#') ? '#' : line.split(':', 1)[0], line]),
      ).values(),
    ]
    fc.assert(
      fc.property(files, ({ head, blocks, margin, eol, mark, pick }) => {
        const indented = (text: string) => text.replace(/^(?=[^\r\n])/gm, head === '' ? '' : margin)
        const written = blocks.map(({ above, body, after }, i) => {
          const item = [...above, `- id: t${i}`, ...unique(body)].join('\n')
          return { item, text: `${indented(`${item}\n`)}${after}` }
        })
        const render = (texts: readonly string[]) => mark + (head + texts.join('')).replaceAll('\n', eol)
        const index = pick % blocks.length
        const [tasks] = archive(render(written.map(({ text }) => text)), '- id: z\n', `t${index}`)
        expect(tasks).toBe(render(written.filter((_, i) => i !== index).map(({ text }) => text)))
        const [, done] = archive(render(written.map(({ text }) => text)), '- id: z\n', `t${index}`)
        expect(done?.startsWith('- id: z\n')).toBe(true)
        for (const line of written[index]?.item.split('\n') ?? []) expect(done).toContain(`${line}\n`)
      }),
      { numRuns: 500 },
    )
  })
})

describe('a JSON list', () => {
  const A = ['  // about a', '  {"id": "a"},', '']
  const B = ['  /* about', '     b */', '  {', '    "id": "b", // x', '    "title": "t"', '  }, // beside b']
  const FILE = lines('[', ...A, ...B, '  {"id": "c"}', ']')

  it.each([
    [
      'a',
      lines('[', ...B, '  {"id": "c"}', ']'),
      lines('[', '  // about a', `  {"id": "a", ${JSON_KEYS}}`, ']'),
    ],
    [
      'b',
      lines('[', ...A, '  {"id": "c"}', ']'),
      lines(
        '[',
        ...B.slice(0, 4),
        '    "title": "t",',
        `    ${JSON_KEYS.replace(', ', ',\n    ')}`,
        '  } // beside b',
        ']',
      ),
    ],
    [
      'c',
      lines('[', ...A, ...B.slice(0, -1), '  } // beside b', ']'),
      lines('[', `  {"id": "c", ${JSON_KEYS}}`, ']'),
    ],
  ])('gives away %s with its comments and one comma', (id, tasks, done) => {
    expect(archive(FILE, null, id)).toEqual([tasks, done])
  })

  it('on one line stays on one line', () => {
    const file = '{"version": 1, "tasks": [{"id":"a"}, {"id":"b"},{"id":"c"}]}'
    expect(archive(file, '[{"id":"z"}]', 'a')).toEqual([
      '{"version": 1, "tasks": [{"id":"b"},{"id":"c"}]}',
      `[{"id":"z"}, {"id":"a", ${JSON_KEYS}}]`,
    ])
    expect(archive(file, null, 'b')[0]).toBe('{"version": 1, "tasks": [{"id":"a"}, {"id":"c"}]}')
    expect(archive(file, null, 'c')[0]).toBe('{"version": 1, "tasks": [{"id":"a"}, {"id":"b"}]}')
    expect(archive('[{"id":"a"}]', null, 'a')[0]).toBe('[]')
  })

  it('keeps tabs and trailing commas', () => {
    const item = (id: string, ...more: readonly string[]) =>
      ['\t{', [`\t\t"id": "${id}"`, ...more.map(key => `\t\t${key}`)].join(',\n'), '\t},'].join('\n')
    expect(archive(lines('[', item('a'), item('b'), ']'), lines('[', item('z'), ']'), 'b')).toEqual([
      lines('[', item('a'), ']'),
      lines('[', item('z'), item('b', ...JSON_KEYS.split(', ')), ']'),
    ])
  })

  it.each([
    ['[]', lines('[', `  {"id":"a", ${JSON_KEYS}}`, ']').trimEnd()],
    ['[\n]\n', lines('[', `  {"id":"a", ${JSON_KEYS}}`, ']')],
    ['[ // none\n]\n', lines('[ // none', `  {"id":"a", ${JSON_KEYS}}`, ']')],
    ['- id: z\n', lines('- id: z', '- id: a', ...ANEW_KEYS)],
  ])('goes to a done file of %j', (before, after) => {
    expect(archive('[{"id":"a"}]', before, 'a')[1]).toBe(after)
  })

  it('gives away any task, and every other byte stays', () => {
    const item = fc.record({
      above: fc.constantFrom('', '  // note\n', '  /* two\n     lines */\n', '  // , [ {\n  // "id": "t0"\n'),
      body: fc.constantFrom(
        '{"id": "ID"}',
        '{\n    "id": "ID", // ,\n    "title": "// ] }"\n  }',
        '{ "id": "ID", "needs": ["x", "y"], }',
      ),
      beside: fc.constantFrom('', ' // beside', ' /* , */'),
    })
    const files = fc.record({
      items: fc.array(item, { minLength: 1, maxLength: 5 }),
      wrapped: fc.boolean(),
      trailing: fc.boolean(),
      eol: fc.constantFrom('\n', '\r\n'),
      pick: fc.nat(),
    })
    fc.assert(
      fc.property(files, ({ items, wrapped, trailing, eol, pick }) => {
        const render = (kept: readonly (readonly [(typeof items)[number], number])[]) => {
          const body = kept.map(([{ above, body, beside }, id], at) => {
            const comma = trailing || at < kept.length - 1 ? ',' : ''
            return `${above}  ${body.replace('ID', `t${id}`)}${comma}${beside}\n`
          })
          const list = `[\n${body.join('')}]`
          return (wrapped ? `{\n"version": 1, // one\n"tasks": ${list}\n}\n` : `${list}\n`).replaceAll(
            '\n',
            eol,
          )
        }
        const all = items.map((each, id) => [each, id] as const)
        const index = pick % items.length
        const [tasks, done] = archive(render(all), null, `t${index}`)
        expect(tasks).toBe(render(all.filter(([, id]) => id !== index)))
        expect(done).toContain(`"t${index}"`)
        expect(done).toContain(items[index]?.beside.trim())
      }),
      { numRuns: 500 },
    )
  })
})

describe('a YAML list in brackets', () => {
  it('is cut as JSON is', () => {
    expect(archive('[\n  {id: a}, # x\n  {id: b} # y\n]\n', null, 'b')).toEqual([
      '[\n  {id: a} # x\n]\n',
      lines(`- {id: b, ${FLOW_KEYS}} # y`),
    ])
    expect(archive('version: 1\ntasks: [{id: a}, {id: b}]\n', null, 'a')).toEqual([
      'version: 1\ntasks: [{id: b}]\n',
      lines('version: 1', 'tasks:', `  - {id: a, ${FLOW_KEYS}}`),
    ])
    expect(archive('[\n  # a\n  {id: a,\n   title: x} # x\n]\n', '- id: z\n', 'a')[1]).toBe(
      lines('- id: z', '# a', '- {id: a,', `   title: x, ${FLOW_KEYS}} # x`),
    )
    expect(archive('[{id: a}, {id: b}] # end\n', '[{id: z}] # done\n', 'b')).toEqual([
      '[{id: a}] # end\n',
      `[{id: z}, {id: b, ${FLOW_KEYS}}] # done\n`,
    ])
  })

  it.each([
    ['[{id: a}, # x\n {id: b}]\n', '[{id: b}]\n', '# x'],
    ['[{id: a}, # x\n # about b\n {id: b}]\n', '[\n # about b\n {id: b}]\n', '# x'],
    ['[{id: a} # x\n , {id: b}]\n', '[{id: b}]\n', '# x'],
    ['[{"id": "a"} /* x */, /* about b */ {"id": "b"}]', '[ /* about b */ {"id": "b"}]', '/* x */'],
    ['[{"id": "a"}, // x\n {"id": "b"}]', '[{"id": "b"}]', '// x'],
  ])('that shares a line with the bracket gives its comment away: %j', (before, after, comment) => {
    const [tasks, done] = archive(before, null, 'a')
    expect(tasks).toBe(after)
    expect(done).toContain(comment)
    expect(done).not.toContain('about b')
  })
})

describe('a list in brackets', () => {
  it.each([
    [
      '[\n{id: a} # x\n]\n',
      '[{id: y},\n {id: z}]\n',
      `[{id: y},\n {id: z},\n {id: a, ${FLOW_KEYS}} # x\n]\n`,
    ],
    [
      '[\n{"id": "a"}, // x\n]',
      '{"tasks": [\n  {"id": "z"}], "version": 1}',
      `{"tasks": [\n  {"id": "z"},\n  {"id": "a", ${JSON_KEYS}} // x\n], "version": 1}`,
    ],
  ])('stays closed where the comment of the last task would take the bracket: %j', (tasks, done, after) => {
    expect(archive(tasks, done, 'a')[1]).toBe(after)
  })

  it.each([
    ['a', '[!!map {id: b}, &z {id: c} # y\n# z\n, ]\n', `- &x {id: a, ${FLOW_KEYS}}\n`],
    ['b', '[&x {id: a}, &z {id: c} # y\n# z\n, ]\n', `- !!map {id: b, ${FLOW_KEYS}}\n`],
    ['c', '[&x {id: a}, !!map {id: b},  ]\n', `- &z {id: c, ${FLOW_KEYS}} # y # z\n`],
  ])('gives %s away with its anchor, its tag and the comments before its comma', (id, tasks, done) => {
    const file = '[&x {id: a}, !!map {id: b}, &z {id: c} # y\n# z\n, ]\n'
    expect(archive(file, null, id)).toEqual([tasks, done])
  })

  it.each([
    ['hides the bracket', '[{id: a}, {id: b} # x ]', 1, 0, [{ id: 'b' }]],
    ['leaves something before the first task', '[&x , {id: a}]', 0, 0, []],
    ['leaves something behind the last task', '[{id: a}, &x ]', 1, 0, []],
  ])('does not take an edit that %s for one that was meant', (_, text, at, removed, added) => {
    const file = openTaskFile('the tasks file', '[{id: a}]') as TaskFile
    expect(edited(file, text, at, removed, added)).toBeNull()
  })
})

describe('a Ralph queue', () => {
  const task = (...keys: readonly string[]) =>
    ['    {', keys.map(key => `      ${key}`).join(',\n'), '    }'].join('\n')
  const file = (...tasks: readonly string[]) =>
    lines('{', '  "version": 1,', '  "tasks": [', tasks.join(',\n'), '  ]', '}')
  const KEYS = [
    '"id": "RQ-1"',
    '"status": "doing"',
    '"depends_on": []',
    '"updated_at": "2025-01-01T00:00:00Z"',
  ]
  const DONE = [
    '"id": "RQ-1"',
    '"status": "done"',
    '"depends_on": []',
    '"updated_at": "2026-01-02T03:04:05Z"',
    '"completed_at": "2026-01-02T03:04:05Z"',
  ]

  it('is archived as Ralph does it: done, with both times, at the end of the done file', () => {
    const other = task('"id": "RQ-2"')
    const old = task('"id": "RQ-0"')
    expect(archive(file(task(...KEYS), other), file(old), 'RQ-1', 'ralph-queue')).toEqual([
      file(other),
      file(old, task(...DONE)),
    ])
  })

  it('begins a done file of the same shape', () => {
    expect(archive(file(task(...KEYS), task('"id": "RQ-2"')), null, 'RQ-1', 'ralph-queue')[1]).toBe(
      file(task(...DONE)),
    )
  })
})

describe('what cannot be done is said, and nothing is written', () => {
  it.each([
    ['an unknown task', '- id: a\n', null, 'b', "the tasks file holds no task 'b'"],
    ['a broken tasks file', '- id: "a\n', null, 'a', 'the tasks file:2:1: not valid YAML'],
    ['a broken done file', '- id: a\n', '[{]', 'a', 'the done file:1:3: not valid JSON'],
    ['a done file that is no list', '- id: a\n', 'words\n', 'a', 'the done file holds its tasks in a form'],
    [
      'a list behind an alias',
      'x: &l\n- id: a\ntasks: *l\n',
      null,
      'a',
      'the tasks file holds its tasks in a form',
    ],
  ])('%s', (_, tasks, done, id, expected) => {
    expect(problem(tasks, done, id)).toContain(expected)
  })
})

describe('a run of many landings', () => {
  const FILES = [
    lines(
      '# head',
      '',
      '- id: a',
      '  prompt: |+',
      '    kept',
      '',
      '# b',
      '- id: b',
      '- {id: c, title: x} # c',
      '',
    ),
    lines(
      'version: 1',
      'tasks:',
      '  - id: a',
      '    # own',
      '  # b',
      '  - id: b',
      '  - id: c',
      '# tail',
      'defaults: {}',
    ),
    lines('[', '  // a', '  {"id": "a"}, // beside', '  {"id": "b"}, {"id": "c"}', ']'),
    'version: 1\ntasks: [{id: a}, {id: b, title: "x, ]"}, {id: c}]\n',
    lines('- id: a', '  title: &t x', '  prompt: *t', '- id: b', '- id: c'),
  ]
  const orders = ['abc', 'acb', 'bac', 'bca', 'cab', 'cba']

  it.each(FILES)(
    'in any order, with tasks added between, each edit is known as if all were read anew: %j',
    file => {
      for (const order of orders) {
        for (const done of [null, '- id: z\n  prompt: |+\n    kept\n\n', '[{"id": "z"}]']) {
          let ledger = openLedger(file, done) as Ledger
          for (const [i, id] of [...order].entries()) {
            const more = addTask(ledger.tasks, { id: `new${i}`, prompt: 'one\n\n# two\n', needs: ['b'] })
            if (more === null) throw new Error(`new${i} cannot be added`)
            expectTrue(more)
            const next = archiveTask({ ...ledger, tasks: more }, 'fanout', id, STAMP)
            if ('problem' in next) throw new Error(next.problem)
            expectTrue(next.tasks)
            expectTrue(next.done)
            ledger = next
          }
        }
      }
    },
  )
})
