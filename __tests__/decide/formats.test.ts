import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { matcher } from '../../src/decide/globs.ts'
import { formatProblem, parsePlan } from '../../src/decide/plan.ts'

const hash = (text: string) => createHash('sha256').update(text).digest('hex')
const fixture = (name: string) => readFileSync(join(import.meta.dirname, 'fixtures', name), 'utf8')

function parse(text: string, done: string | null = null) {
  const doneText = done === null ? null : { file: 'done', text: done }
  return parsePlan({ text, file: 't', doneText }, { defaultRun: 'agent', only: [], hash })
}

function good(text: string, done: string | null = null) {
  const result = parse(text, done)
  if (!result.ok) throw new Error(result.problems.map(formatProblem).join('\n'))
  return result
}

function problems(value: unknown, done: string | null = null): string[] {
  const result = parse(typeof value === 'string' ? value : JSON.stringify(value), done)
  return result.ok ? [] : result.problems.map(formatProblem)
}

describe('a Ralph queue', () => {
  const result = () => good(fixture('ralph-queue.jsonc'), fixture('ralph-done.jsonc'))

  it('is known by its shape', () => {
    expect(result().format).toBe('ralph-queue')
    expect(result().notices).toEqual(['the tasks file was read as a Ralph queue'])
  })

  it('gives tasks with their status, needs and time', () => {
    expect(
      result().plan.tasks.map(({ id, title, status, needs, notBefore }) => ({
        id,
        title,
        status,
        needs,
        notBefore,
      })),
    ).toEqual([
      { id: 'RQ-0003', title: 'Add a parser', status: 'doing', needs: ['RQ-0001'], notBefore: null },
      {
        id: 'RQ-0004',
        title: 'Use the parser',
        status: 'todo',
        needs: ['RQ-0003', 'RQ-0002'],
        notBefore: '2030-01-01T00:00:00Z',
      },
      { id: 'RQ-0005', title: 'RQ-0005', status: 'draft', needs: [], notBefore: null },
      { id: 'RQ-0002', title: 'RQ-0002', status: 'rejected', needs: [], notBefore: null },
    ])
    expect(result().doneIds).toEqual(['RQ-0001'])
    expect(result().plan.needs).toEqual([[], [0, 3], [], []])
  })

  it('gives prompts made of all that is said of a task', () => {
    expect(result().plan.tasks[0]?.prompt).toBe(
      [
        '# Add a parser\n',
        '## Description\n\nReads the tasks file.\n',
        '## Request\n\nPlease write a parser.\n',
        '## Plan\n\n- read\n- parse\n',
        '## Evidence\n\n- src/a.ts:5\n- a failing test\n',
        '## Scope\n\nsrc/\n',
        '## Notes\n\nno rush\n',
      ].join('\n'),
    )
    expect(result().plan.tasks[2]?.prompt).toBeNull()
  })

  it('cuts a title that is too long or of several lines, and keeps all of it in the prompt', () => {
    const title = `${'x'.repeat(300)}\nmore`
    const [task] = good(JSON.stringify({ version: 1, tasks: [{ id: 'RQ-1', title, depends_on: [] }] })).plan
      .tasks
    expect(task?.title).toBe(`${'x'.repeat(199)}…`)
    expect(task?.prompt).toBe(`# ${title}\n`)
  })

  it('may hold keys that nobody here knows', () => {
    const task = {
      id: 'RQ-1',
      title: 't',
      depends_on: null,
      custom_fields: { a: 1 },
      agent: { phases: 3 },
      tags: [],
    }
    expect(problems({ version: 1, tasks: [task], more: true })).toEqual([])
  })

  it.each([
    [{ status: 'open' }, 'expected one of todo, doing, draft, done, rejected, got "open"'],
    [{ scheduled_start: 'soon' }, 'expected an RFC 3339 time such as 2030-01-31T08:00:00Z, got "soon"'],
    [{ depends_on: 'RQ-2' }, 'expected a list of ids, got "RQ-2"'],
    [{ depends_on: ['RQ-9'] }, `unknown task "RQ-9" in the needs of task 'RQ-1' (did you mean 'RQ-1'?)`],
    [{ depends_on: ['RQ-1'] }, "task 'RQ-1' needs itself"],
    [{ title: 5 }, 'expected a string, got 5'],
    [{ plan: [5] }, 'expected a string, got 5'],
    [{ id: 'a b' }, /^t:1:\d+: expected an id of 1 to 64/],
    [{ id: undefined }, "missing key 'id'"],
    [
      { notes: ['x'.repeat(70_000)] },
      /^t:1:\d+: expected at most 64 KiB \(65536 bytes\) of text in one task, got /,
    ],
  ])('with %j is refused', (keys, expected) => {
    const found = problems({ version: 1, tasks: [{ id: 'RQ-1', title: 't', created_at: 'x', ...keys }] })
    expect(found).toHaveLength(1)
    if (typeof expected === 'string') expect(found[0]).toMatch(/^t:1:\d+: /)
    expect(found[0]).toMatch(expected)
  })

  it('of another version, or with a cycle, is refused', () => {
    const tasks = [
      { id: 'a', depends_on: ['b'] },
      { id: 'b', depends_on: ['a'] },
    ]
    expect(problems({ version: 2, tasks })).toEqual([
      't:1:12: expected 1, got 2',
      't:1:47: the needs form a cycle: a -> b -> a',
    ])
  })

  it('is not what a file of our own with a foreign key is', () => {
    expect(problems('version: 1\ntasks:\n- id: a\n  run: x\n  depends_on: [b]\n- id: b\n')).toEqual([
      "t:5:3: unknown key 'depends_on' (did you mean 'needs'?)",
    ])
    expect(problems('version: 1\ndefaults: {}\ntasks:\n- id: a\n  depends_on: []\n')).toHaveLength(1)
  })
})

describe('a Ralph Workflow plan', () => {
  const unit = (unit_id: string, ...allowed_directories: string[]) => ({
    unit_id,
    description: `Work on ${unit_id}`,
    allowed_directories,
  })

  it('gives a task for each unit', () => {
    const { plan, format, notices } = good(fixture('ralph-workflow.json'))
    expect(format).toBe('ralph-workflow')
    expect(notices).toEqual(['the tasks file was read as a Ralph Workflow plan'])
    expect(plan.tasks).toMatchObject([
      {
        id: 'api',
        title: 'Write the API.',
        prompt: 'Write the API.\n\nAll of it.',
        paths: ['src/api/**'],
        needs: [],
        run: null,
      },
      { id: 'web', title: 'Write the pages.', paths: ['src/web/**', 'src/\\[slug\\]/**'], needs: ['api'] },
    ])
    expect(plan.needs).toEqual([[], [0]])
    expect(matcher(plan.tasks[1]?.paths ?? [], { ignoreCase: false })('src/[slug]/page')).toBe(true)
  })

  it('says so where a unit may change any file', () => {
    const result = good(JSON.stringify({ work_units: [{ unit_id: 'a', description: 'x' }] }))
    expect(result.plan.tasks[0]?.paths).toEqual([])
    expect(result.notices).toContain("unit 'a' names no allowed directories: it may change any file")
  })

  it('may hold keys that nobody here knows', () => {
    expect(problems({ work_units: [{ ...unit('a', 'src'), step_ids: ['S-1'] }], summary: 'x' })).toEqual([])
  })

  it('counts the characters of a description, whatever each takes', () => {
    const described = (description: string) =>
      problems({ work_units: [{ ...unit('a', 'src'), description }] })
    expect(described('😀'.repeat(4096))).toEqual([])
    expect(described('😀'.repeat(4097))).toHaveLength(1)
  })

  it.each([
    ['of one name', 'src/a', 'src/a'],
    ['one in the other', 'src', 'src/a/b'],
    ['the other in the one', 'src/a/b', 'src'],
    ['written another way', './src//a/', 'src/a'],
  ])('with directories %s is refused once', (_, one, other) => {
    const found = problems({ work_units: [unit('x', one), unit('y', other)] })
    expect(found).toHaveLength(1)
    expect(found[0]).toMatch(
      /^t:1:\d+: '.*' of unit '[xy]' overlaps '.*' of unit '[xy]': choose disjoint directories/,
    )
  })

  it('with directories apart, or within one unit, is fine', () => {
    expect(problems({ work_units: [unit('x', 'src/api'), unit('y', 'src/api2', 'SRC/api')] })).toEqual([])
    expect(problems({ work_units: [unit('x', 'src', 'src/api'), unit('y', 'docs')] })).toEqual([])
  })

  it.each([
    ['.git', 'other than .git, .agent, .worktrees'],
    ['.agent/x', 'other than .git, .agent, .worktrees'],
    ['./.worktrees', 'other than .git, .agent, .worktrees'],
    ['.GIT/hooks', 'other than .git, .agent, .worktrees'],
    ['.', 'not all of it'],
    ['', 'expected a directory, got ""'],
    ['../x', "without '..'"],
    ['a/../../x', "without '..'"],
    ['/etc', 'relative to the repository'],
    ['C:/x', 'relative to the repository'],
    ['src\\a', 'without backslashes'],
  ])('with the directory %j is refused', (directory, why) => {
    const found = problems({ work_units: [unit('a', directory)] })
    expect(found).toHaveLength(1)
    expect(found[0]).toContain(why)
  })

  it('is free to use directories that only look reserved', () => {
    expect(problems({ work_units: [unit('a', '.github', 'src/.git-tools')] })).toEqual([])
  })

  it.each([
    [{ unit_id: 'a.b' }, "expected an id of 1 to 64 letters, digits, '_' or '-', got \"a.b\""],
    [{ unit_id: '' }, "expected an id of 1 to 64 letters, digits, '_' or '-'"],
    [{ unit_id: undefined }, "missing key 'unit_id'"],
    [{ description: '' }, 'expected a description of 1 to 4096 characters'],
    [{ description: 'x'.repeat(4097) }, 'expected a description of 1 to 4096 characters'],
    [{ description: undefined }, "missing key 'description'"],
    [{ allowed_directories: 'src' }, 'expected a list of directories, got "src"'],
    [{ dependencies: ['zzz'] }, 'unknown task "zzz" in the needs of task \'a\''],
    [{ dependencies: ['a'] }, "task 'a' needs itself"],
    [{ dependencies: 'b' }, 'expected a list of ids, got "b"'],
  ])('with %j is refused', (keys, why) => {
    const found = problems({ work_units: [{ ...unit('a', 'src'), ...keys }] })
    expect(found).toHaveLength(1)
    expect(found[0]).toContain(why)
  })

  it('with a unit twice, a cycle, or no list is refused', () => {
    expect(problems({ work_units: [unit('a', 'x'), unit('A', 'y')] })[0]).toContain("duplicate id 'A'")
    const knot = [
      { ...unit('a', 'x'), dependencies: ['b'] },
      { ...unit('b', 'y'), dependencies: ['a'] },
    ]
    expect(problems({ work_units: knot })[0]).toContain('the needs form a cycle: a -> b -> a')
    expect(problems({ work_units: 5 })).toEqual(['t:1:15: expected a list of work units, got 5'])
  })
})
