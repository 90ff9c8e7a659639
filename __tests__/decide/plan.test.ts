import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatProblem, type PlanOptions, parsePlan, parseTasksSource } from '../../src/decide/plan.ts'
import type { Plan, Task, TaskId } from '../../src/decide/task.ts'
import { BAD_TASKS } from './fixtures/bad-tasks.ts'

const hash = (text: string) => createHash('sha256').update(text).digest('hex')
const OPTIONS: PlanOptions = { defaultRun: 'make', only: [], hash }
const id = (name: string) => name as TaskId

type Extra = Partial<PlanOptions> & { file?: string; done?: string }

function parse(text: string, { file = 't', done, ...options }: Extra = {}) {
  const doneText = done === undefined ? null : { file: 'done', text: done }
  return parsePlan({ text, file, doneText }, { ...OPTIONS, ...options })
}

function good(text: string, extra?: Extra) {
  const result = parse(text, extra)
  if (!result.ok) throw new Error(result.problems.map(formatProblem).join('\n'))
  return result
}

function problems(text: string, extra?: Extra): string[] {
  const result = parse(text, extra)
  return result.ok ? [] : result.problems.map(formatProblem)
}

const only = (plan: Plan): Task => plan.tasks[0] as Task

describe('what the tasks input is', () => {
  it.each([
    ['tasks.yml', { kind: 'file', path: 'tasks.yml' }],
    ['  tasks.yml\n', { kind: 'file', path: 'tasks.yml' }],
    ['[]', { kind: 'inline', text: '[]' }],
    [' {"version": 1}', { kind: 'inline', text: ' {"version": 1}' }],
    ['- id: a\n- id: b', { kind: 'inline', text: '- id: a\n- id: b' }],
    ['- {id: a}\n', { kind: 'inline', text: '- {id: a}\n' }],
    ['- odd name.yml', { kind: 'file', path: '- odd name.yml' }],
  ])('%j', (input, expected) => {
    expect(parseTasksSource(input)).toEqual(expected)
  })
})

describe('a good file', () => {
  it('gives every key of a task as it was written', () => {
    const { plan, format } = good(`
- id: first
- id: second
  title: Do it
  prompt: |
    line one
    line two
  run: ./work.sh
  needs: first
  paths: [src/**, '!src/gen/**']
  env: {COLOUR: "never", _x1: ''}
  timeout-minutes: 0.5
  retries: 2
  commit-message: 'fix: {title}'
  status: doing
  not-before: 2030-01-31T08:00:00+02:00
`)
    expect(format).toBe('fanout')
    expect(plan.tasks[1]).toEqual({
      id: 'second',
      title: 'Do it',
      prompt: 'line one\nline two\n',
      run: './work.sh',
      needs: ['first'],
      paths: ['src/**', '!src/gen/**'],
      env: { COLOUR: 'never', _x1: '' },
      timeoutMinutes: 0.5,
      retries: 2,
      commitMessage: 'fix: {title}',
      status: 'doing',
      notBefore: '2030-01-31T08:00:00+02:00',
      fingerprint: expect.stringMatching(/^[0-9a-f]{12}$/),
    })
  })

  it('fills in what a task leaves out', () => {
    expect(only(good('- id: a\n').plan)).toMatchObject({
      title: 'a',
      prompt: null,
      run: null,
      needs: [],
      paths: [],
      env: {},
      timeoutMinutes: null,
      retries: null,
      commitMessage: null,
      status: 'todo',
      notBefore: null,
    })
  })

  it.each([
    ['a YAML list', '- id: a\n  needs: []\n'],
    ['YAML with a document mark', '%YAML 1.2\n---\n- id: a\n...\n'],
    ['YAML of another version', '%YAML 1.1\n---\n- id: a\n'],
    ['a YAML map', 'version: 1\ntasks:\n- id: a\n'],
    ['YAML flow style', '[{id: a, # why\n needs: []}]'],
    ['JSON', '[{"id": "a"}]'],
    ['a JSON map', '{"version": 1, "defaults": {}, "tasks": [{"id": "a"}]}'],
    ['JSON with comments and trailing commas', '// c\n[ /* d */ {"id": "a",}, ]\n'],
    ['a text with a byte order mark', '\uFEFF- id: a\n'],
    ['JSON with a byte order mark', '\uFEFF[{"id": "a"}]'],
    ['a text with CRLF', '- id: a\r\n  retries: 1\r\n'],
    ['a text without a last line break', '- id: a'],
  ])('%s is read', (_, text) => {
    expect(good(text).plan.tasks.map(task => task.id)).toEqual(['a'])
  })

  it.each(['[]', '{"version": 1, "tasks": []}', 'version: 1\ntasks: []\n'])(
    '%j is a plan of nothing',
    text => {
      expect(good(text).plan.tasks).toEqual([])
    },
  )

  it('words that are booleans elsewhere stay words', () => {
    expect(only(good('- id: no\n  env: {A: yes, B: on}\n').plan)).toMatchObject({
      id: 'no',
      env: { A: 'yes', B: 'on' },
    })
  })

  it('anchors, aliases and merge keys work', () => {
    const { plan } = good(`
- &base
  id: a
  run: ./a.sh
  paths: &paths [src/**]
- <<: *base
  id: b
- id: c
  paths: *paths
- <<: [{run: ./first.sh}, {run: ./second.sh, title: second}]
  id: d
`)
    expect(plan.tasks.map(({ run, paths, title }) => [run, paths, title])).toEqual([
      ['./a.sh', ['src/**'], 'a'],
      ['./a.sh', ['src/**'], 'b'],
      [null, ['src/**'], 'c'],
      ['./first.sh', [], 'second'],
    ])
  })

  it('defaults hold where a task says nothing; environments are joined', () => {
    const { plan } = good(`
version: 1
defaults: {run: ./d.sh, retries: 3, paths: [a/**], env: {A: '1', B: '2'}, needs: base}
tasks:
  - {id: base, needs: []}
  - {id: own, run: ./own.sh, retries: 0, paths: [], env: {B: '3'}}
`)
    expect(plan.tasks[1]).toMatchObject({ run: './own.sh', retries: 0, paths: [], env: { A: '1', B: '3' } })
    expect(plan.tasks[0]).toMatchObject({
      run: './d.sh',
      retries: 3,
      paths: ['a/**'],
      env: { A: '1', B: '2' },
    })
    expect(plan.needs).toEqual([[], [0]])
  })

  it('every id that SPEC allows is accepted', () => {
    const reserved = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i
    const ids = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/)
    fc.assert(
      fc.property(
        ids.filter(name => !reserved.test(name) && !/(\.|\.lock)$/i.test(name)),
        name => {
          expect(good(JSON.stringify([{ id: name }])).plan.tasks[0]?.id).toBe(name)
        },
      ),
    )
  })

  it('a title of 200 characters and a prompt of 64 KiB are not too long', () => {
    const text = JSON.stringify([{ id: 'a', title: '😀'.repeat(200), prompt: 'é'.repeat(32768) }])
    expect(good(text).plan.tasks).toHaveLength(1)
  })

  it('YAML and JSON of the same tasks give the same plan', () => {
    const yaml = good('- id: a\n  title: t\n  needs: [b]\n- id: b\n')
    const json = good('[{"id": "a", "title": "t", "needs": ["b"]}, {"id": "b"}]')
    expect(yaml.plan).toEqual(json.plan)
  })
})

describe('the graph', () => {
  it('holds needs and dependants as places in file order, each once', () => {
    const { plan } = good('- {id: c, needs: [a, b, a]}\n- {id: a}\n- {id: b, needs: a}\n')
    expect(plan.needs).toEqual([[1, 2], [], [1]])
    expect(plan.dependants).toEqual([[], [0, 2], [0]])
    expect(plan.index.get(id('b'))).toBe(2)
    expect(plan.tasks[0]?.needs).toEqual(['a', 'b'])
  })

  it('a need that the done file has met is no edge', () => {
    const { plan, doneIds } = good('- {id: b, needs: [a]}\n', {
      done: '- id: a\n  completed_at: "x"\n  run_key: 1\n',
    })
    expect(plan.needs).toEqual([[]])
    expect(plan.tasks[0]?.needs).toEqual(['a'])
    expect(doneIds).toEqual(['a'])
  })

  it('a need that the done file rejected stays unmet', () => {
    const { plan, doneIds } = good('- {id: b, needs: [a]}\n', {
      done: '- {id: a, status: rejected}\n- {id: z, status: rejected}\n',
    })
    expect(doneIds).toEqual([])
    expect(plan.tasks.map(task => [task.id, task.status])).toEqual([
      ['b', 'todo'],
      ['a', 'rejected'],
    ])
    expect(plan.needs).toEqual([[1], []])
  })

  it('a task that came back is the one that is needed', () => {
    const { plan, notices } = good('- {id: a}\n- {id: b, needs: a}\n', { done: '- id: a\n' })
    expect(plan.needs).toEqual([[], [0]])
    expect(notices).toEqual(["task 'a' is also in the done file"])
  })

  it.each(['', '\uFEFF\n', '# none yet\n', '[]', 'version: 1\ntasks: []\n', 'version: 1\ntasks:\n'])(
    'a done file of %j is empty',
    done => {
      expect(good('- id: a\n', { done }).doneIds).toEqual([])
    },
  )

  it('a chain of 10,000 tasks is no trouble', () => {
    const tasks = Array.from({ length: 10_000 }, (_, i) => ({
      id: `t${i}`,
      needs: i === 0 ? [] : [`t${i - 1}`],
    }))
    expect(good(JSON.stringify(tasks)).plan.needs.at(-1)).toEqual([9998])
  })
})

describe('a bad file', () => {
  it.each(BAD_TASKS)('with %s is refused, at the place', (_, text, expected) => {
    expect(problems(text)).toEqual(expected)
  })

  it.each([
    ['tasks.yml', 't:1:11: not valid YAML: '],
    ['tasks.json', "t:1:9: not valid JSON: expected ','"],
    ['tasks', "t:1:9: not valid JSON: expected ','"],
  ])('is spoken of in the language that its name %s says', (file, start) => {
    const [first] = problems('["a", 1 2 }', { file })
    expect(first?.replace(file, 't').slice(0, start.length)).toBe(start)
  })

  it('with a long cycle names its beginning and its length', () => {
    const tasks = Array.from({ length: 10_000 }, (_, i) => ({ id: `t${i}`, needs: [`t${(i + 1) % 10_000}`] }))
    const found = problems(JSON.stringify(tasks))
    expect(found).toHaveLength(1)
    expect(found[0]).toMatch(/^t:1:22: the needs form a cycle: t0 -> t1 -> .* -> t19 -> \(9980 more\) -> t0$/)
  })

  it('with more than 10,000 tasks is refused in one sentence', () => {
    const tasks = Array.from({ length: 10_001 }, (_, i) => ({ id: `t${i}`, nonsense: true }))
    expect(problems(JSON.stringify(tasks))).toEqual([
      't: expected at most 10000 tasks, got 10001: split the file',
    ])
    expect(problems(JSON.stringify({ work_units: tasks }))).toEqual([
      't: expected at most 10000 tasks, got 10001: split the file',
    ])
  })

  it('of more than 8 MiB is not read', () => {
    const large = ['t: expected at most 8 MiB of text: split the file']
    expect(problems(`# ${'x'.repeat(8 * 1024 * 1024)}\n- id: a\n`)).toEqual(large)
    expect(problems(`# ${'é'.repeat(4 * 1024 * 1024)}\n- id: a\n`)).toEqual(large)
  })

  it('is read together with its done file, and both are spoken of', () => {
    expect(problems('- id: 5\n', { done: '- 7\n- title: x\n' })).toEqual([
      't:1:7: expected a string, got 5',
      'done:1:3: expected a task with an id, got 7',
      'done:2:3: expected a task with an id, got {"title":"x"}',
    ])
    expect(problems('- id: a\n', { done: 'words' })).toEqual([
      'done:1:1: expected a list of tasks, or {version: 1, tasks: [...]}, got "words"',
    ])
  })

  it('never makes the reader throw, whatever the text', () => {
    const texts = fc.oneof(
      fc.string(),
      fc.json(),
      fc.stringMatching(/^[-:{}[\]",&*!|>#?%@` \n\ta1<]{0,60}$/),
      fc
        .array(
          fc.constantFrom(
            '- id: a\n',
            '  needs: [a, b]\n',
            '  ',
            '\t',
            '&a ',
            '*a',
            '<<: ',
            '|\n',
            ': ',
            '---\n',
          ),
        )
        .map(parts => parts.join('')),
    )
    fc.assert(
      fc.property(texts, texts, (text, done) => {
        const result = parse(text, { done })
        expect(result.ok || result.problems.length > 0).toBe(true)
      }),
      { numRuns: 2000 },
    )
  })
})

describe('a text made to exhaust memory is refused', () => {
  it.each([
    [
      'aliases of aliases',
      [
        'a: &a0 [x, x, x, x, x, x, x, x, x]',
        ...Array.from({ length: 12 }, (_, i) => `b${i}: &a${i + 1} [${Array(9).fill(`*a${i}`).join(', ')}]`),
      ].join('\n'),
    ],
    [
      'merges of a large map',
      `- &m {${Array.from({ length: 1000 }, (_, i) => `k${i}: 1`).join(', ')}}\n${'- <<: *m\n'.repeat(2000)}`,
    ],
    ['millions of brackets', `a: ${'['.repeat(4_000_000)}`],
    ['millions of dashes', '- '.repeat(2_000_000)],
    ['millions of JSON values', `[${'1,'.repeat(2_000_000)}1]`],
    ['millions of JSON brackets', '['.repeat(4_000_000)],
  ])('%s', (_, text) => {
    const found = problems(text)
    expect(found.join('\n')).toMatch(/nested deeper than 100 levels|holds more than 1000000 values/)
    expect(found.length).toBeLessThan(40)
  })
})

describe('the command', () => {
  it('is missing where neither the task nor the input has one, in every task that would run', () => {
    const text = '- id: a\n- {id: b, run: x}\n- {id: c, status: draft}\n- {id: d, status: doing}\n'
    const missing = (name: string) =>
      `task '${name}' has no command: expected a key 'run', or the input 'run'`
    expect(problems(text, { defaultRun: null })).toEqual([`t:1:3: ${missing('a')}`, `t:4:3: ${missing('d')}`])
    expect(problems(text, { defaultRun: ' \n' })).toHaveLength(2)
    expect(problems(text, { defaultRun: null, only: ['b', 'd'] })).toEqual([`t:4:3: ${missing('d')}`])
    expect(
      problems(`{"version": 1, "defaults": {"run": "x"}, "tasks": [{"id": "a"}]}`, { defaultRun: null }),
    ).toEqual([])
  })
})

describe("the input 'only'", () => {
  it('must name tasks of the file', () => {
    expect(
      problems('- id: build\n- id: test\n', { only: ['build', 'Tset', 'old', 'zzz'], done: '- id: old\n' }),
    ).toEqual([
      `input 'only': expected ids of tasks in t, got "Tset" (did you mean 'test'?)`,
      `input 'only': expected ids of tasks in t, got "old" (it is in the done file)`,
      `input 'only': expected ids of tasks in t, got "zzz"`,
    ])
    expect(problems('- id: build\n', { only: ['build'] })).toEqual([])
  })
})

describe('the fingerprint', () => {
  const of = (task: object, defaultRun: string | null = 'make') =>
    only(good(JSON.stringify([{ id: 'a', ...task }, { id: 'z' }]), { defaultRun }).plan).fingerprint
  const BASE = of({})

  it('is the beginning of the hash of the definition', () => {
    const definition = {
      id: 'a',
      title: 'a',
      prompt: null,
      run: 'make',
      paths: [],
      env: {},
      'commit-message': null,
    }
    expect(BASE).toBe(hash(JSON.stringify(definition)).slice(0, 12))
  })

  it.each([
    ['title', { title: 'other' }],
    ['prompt', { prompt: '' }],
    ['run', { run: 'make it' }],
    ['paths', { paths: ['a'] }],
    ['env', { env: { A: '' } }],
    ['commit-message', { 'commit-message': '{id}' }],
  ])('changes with %s', (_, task) => {
    expect(of(task)).not.toBe(BASE)
  })

  it('changes with the default command, unless the task has its own', () => {
    expect(of({}, 'other')).not.toBe(BASE)
    expect(of({ run: 'make' }, 'other')).toBe(BASE)
  })

  it('does not change with when, whether and how often a task runs', () => {
    const rest = {
      needs: ['z'],
      status: 'doing',
      retries: 1,
      'timeout-minutes': 5,
      'not-before': '2030-01-01T00:00:00Z',
    }
    expect(of(rest)).toBe(BASE)
  })

  it('does not depend on the order of keys', () => {
    expect(of({ env: { A: '1', B: '2' }, title: 't' })).toBe(of({ title: 't', env: { B: '2', A: '1' } }))
  })
})
