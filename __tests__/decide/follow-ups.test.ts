import { describe, expect, it } from 'vitest'
import {
  addFollowUps,
  followUpsBetween,
  liftingMore,
  type Parent,
  reachingOut,
  readFollowUps,
} from '../../src/decide/follow-ups.ts'
import { parsePlan } from '../../src/decide/plan.ts'
import { type Ledger, openLedger, type Written } from '../../src/decide/queue.ts'
import type { TaskId } from '../../src/decide/task.ts'
import { openTaskFile, type TaskFile, textOf } from '../../src/decide/task-file.ts'

const lines = (...all: readonly string[]) => `${all.join('\n')}\n`
const TASKS = lines('# ours', '- id: parent', '  run: plan', '- id: Other # taken')
const DONE = lines('- id: old', '- id: gone-2')

function ledgerOf(tasks = TASKS, done: string | null = DONE): Ledger {
  const ledger = openLedger(tasks, done)
  if ('problem' in ledger) throw new Error(ledger.problem)
  return ledger
}

function parent(format: Parent['format'] = 'fanout', task = 'parent', paths: readonly string[] = []): Parent {
  return { task: task as TaskId, format, now: '2026-01-02T03:04:05Z', paths }
}

function read(text: string, ledger = ledgerOf(), defaultRun: string | null = 'agent', from = parent()) {
  const found = readFollowUps(text, ledger, from, defaultRun)
  return 'problems' in found ? found.problems : found.tasks
}

function added(text: string, ledger = ledgerOf(), from = parent()): TaskFile {
  const found = readFollowUps(text, ledger, from, 'agent')
  if ('problems' in found) throw new Error(found.problems.join('\n'))
  const result = addFollowUps(ledger, found.tasks, from)
  if ('problem' in result) throw new Error(result.problem)
  return result.tasks
}

describe('a list of follow-ups', () => {
  it.each(['', '\n', '# none\n', '[]', '\uFEFF'])('%j is an empty one', text => {
    expect(read(text)).toEqual([])
  })

  it('may need each other, the parent, and tasks of the tasks file and the done file', () => {
    expect(read('- {id: b, needs: [a, parent, Other, old]}\n- id: a\n')).toEqual([
      { id: 'b', needs: ['a', 'parent', 'Other', 'old'] },
      { id: 'a' },
    ])
  })

  it.each([
    ['words', 'words\n', ['followups.yml:1:1: expected a list of tasks, got "words"']],
    [
      'a map',
      'version: 1\ntasks: []\n',
      ['followups.yml:1:1: expected a list of tasks, got {"version":1,"tasks":[]}'],
    ],
    ['broken YAML', '- id: "a\n', [expect.stringMatching(/^followups\.yml:2:1: not valid YAML/)]],
    ['a slip', '- {id: a, promt: x}\n', ["followups.yml:1:11: unknown key 'promt' (did you mean 'prompt'?)"]],
    [
      'the same id twice',
      '- id: a\n- id: A\n',
      [expect.stringMatching(/^followups\.yml:2:3: duplicate id 'A'/)],
    ],
    [
      'an unknown need',
      '- {id: a, needs: [othr]}\n',
      [`followups.yml:1:19: unknown task "othr" in the needs of task 'a' (did you mean 'Other'?)`],
    ],
    ['a cycle', '- {id: a, needs: b}\n- {id: b, needs: a}\n', [expect.stringMatching(/cycle: a -> b -> a$/)]],
  ])('with %s is refused, at the place', (_, text, expected) => {
    expect(read(text)).toEqual(expected)
  })

  it('needs a command: its own, the default of the tasks file, or the input run', () => {
    const missing = ["followups.yml:1:3: task 'a' has no command: expected a key 'run', or the input 'run'"]
    const withDefault = ledgerOf('version: 1\ndefaults: {run: x}\ntasks:\n- id: parent\n')
    expect(read('- id: a\n', ledgerOf(), null)).toEqual(missing)
    expect(read('- {id: a, run: x}\n', ledgerOf(), null)).toHaveLength(1)
    expect(read('- id: a\n', withDefault, null)).toEqual([{ id: 'a' }])
  })

  it('of more tasks than a tasks file may hold is refused', () => {
    const text = JSON.stringify(Array.from({ length: 9_997 }, (_, i) => ({ id: `t${i}` })))
    expect(read(text)).toEqual(['followups.yml: expected at most 10000 tasks in all'])
  })
})

it('may not lift a protected path that the parent may not change', () => {
  const protectedPaths = ['.github/workflows/**', 'secrets/**']
  const list = [{ id: 'a', paths: ['.github/workflows/ci.yml'] }, { id: 'b', paths: ['src/**'] }, { id: 'c' }]
  expect(liftingMore(list, [], protectedPaths)).toEqual([
    "followups.yml: the paths of task 'a' lift the protected .github/workflows/**, which its parent may not change",
  ])
  expect(liftingMore(list, ['.github/workflows/**'], protectedPaths)).toEqual([])
})

describe('of a parent that has paths', () => {
  const own = ['docs/**', 'README.md', '!docs/secret/**']
  const from = parent('fanout', 'parent', own)

  it('they have the same where they name none, or nothing', () => {
    const { tasks } = added('- id: a\n- {id: b, paths: []}\n', ledgerOf(), from)
    expect(tasks.slice(2)).toEqual([
      { id: 'a', paths: own, source: 'parent' },
      { id: 'b', paths: own, source: 'parent' },
    ])
  })

  it('also where the tasks file has paths for all that name none', () => {
    const ledger = ledgerOf(
      'version: 1\ndefaults: {paths: [src/**]}\ntasks:\n- {id: parent, paths: [docs/**]}\n',
    )
    const file = added('- id: a\n', ledger, parent('fanout', 'parent', ['docs/**']))
    expect(file.tasks.at(-1)).toMatchObject({ paths: ['docs/**'] })
  })

  it('they keep their own within these, without what is taken out of these', () => {
    const list = '- {id: a, paths: ["!docs/secret/**", docs/api/**, "!docs/api/old", README.md]}\n'
    const file = added(list, ledgerOf(), from)
    const paths = ['docs/api/**', '!docs/api/old', 'README.md', '!docs/secret/**']
    expect(file.tasks.at(-1)).toEqual({ id: 'a', paths, source: 'parent' })
    // What was added once is added again upon each new tip.
    const again = addFollowUps(ledgerOf(), file.tasks.slice(2) as Written[], from)
    expect('tasks' in again && again.tasks.tasks.at(-1)).toEqual({ id: 'a', paths, source: 'parent' })
  })

  it('they may name nothing beyond these', () => {
    const list = [
      { id: 'a', paths: ['src/**', 'docs/x.md'] },
      { id: 'b', paths: ['**'] },
      { id: 'c', paths: ['docs/a|src/b'] },
      { id: 'd' },
    ]
    const beyond = (glob: string, id: string) =>
      `followups.yml: ${glob} in the paths of task '${id}' is not surely within its parent's (docs/**, README.md and !docs/secret/**): name one of these, or files and folders below them; without \`paths\` it is given its parent's`
    expect(reachingOut(list, own)).toEqual([
      beyond('src/**', 'a'),
      beyond('**', 'b'),
      beyond('docs/a|src/b', 'c'),
    ])
    expect(addFollowUps(ledgerOf(), list, from)).toEqual({ problem: beyond('src/**', 'a') })
    expect(reachingOut(list, [])).toEqual([])
  })
})

describe('added to the tasks file', () => {
  it('they stand at its end with their parent, and every other byte stays', () => {
    expect(textOf(added('- id: a\n  prompt: |\n    do\n\n    it\n  env: {A: "1"}\n'))).toBe(
      TASKS +
        lines(
          ...['- id: a', '  prompt: |', '    do', '', '    it'],
          ...['  env:', '    A: "1"', '  source: parent'],
        ),
    )
  })

  it('ids that are taken get new ones, whatever their case, and needs on them follow', () => {
    const list = lines(
      '- {id: other, needs: [gone, parent]}',
      '- {id: gone, needs: gone-2}',
      '- {id: gone-2}',
      '- {id: parent, needs: [Other]}',
    )
    const { tasks } = added(list)
    expect(tasks.slice(2)).toEqual([
      { id: 'other-2', needs: ['gone', 'parent-2'], source: 'parent' },
      { id: 'gone', needs: 'gone-2-2', source: 'parent' },
      { id: 'gone-2-2', source: 'parent' },
      { id: 'parent-2', needs: ['Other'], source: 'parent' },
    ])
  })

  it('a new id is never longer than an id may be', () => {
    const long = 'x'.repeat(64)
    const { tasks } = added(`- id: ${long}\n`, ledgerOf(`- id: ${long}\n- id: parent\n`))
    expect(tasks[2]).toMatchObject({ id: `${'x'.repeat(62)}-2` })
  })

  it('what they say of a source is not theirs to say', () => {
    expect(added('- {id: a, source: somebody}\n').tasks[2]).toEqual({ id: 'a', source: 'parent' })
  })

  it('needs on tasks that are gone by then are left out, and named', () => {
    const result = addFollowUps(
      ledgerOf(),
      [
        { id: 'a', needs: ['lost', 'old'] },
        { id: 'b', needs: 'lost' },
      ],
      parent(),
    )
    if ('problem' in result) throw new Error(result.problem)
    expect(result.gone).toEqual(['lost'])
    expect(result.tasks.tasks.slice(2)).toEqual([
      { id: 'a', needs: ['old'], source: 'parent' },
      { id: 'b', needs: [], source: 'parent' },
    ])
  })

  it.each([
    ['a list', TASKS],
    ['an empty list', 'version: 1\ntasks: []\n'],
    ['JSON', '{"version": 1, "tasks": [{"id": "parent"}]}'],
    ['a map whose list is not last', 'version: 1\ntasks:\n  - id: parent\ndefaults: {run: x}\n'],
  ])('%s stays a good tasks file', (_, text) => {
    const after = added('- id: a\n- {id: b, needs: a}\n', ledgerOf(text, null))
    const plan = parsePlan(
      { text: textOf(after), file: 't' },
      { defaultRun: 'x', only: [], hash: whole => whole },
    )
    expect(plan.ok && plan.plan.tasks.slice(-2).map(task => [task.id, task.needs])).toEqual([
      ['a', []],
      ['b', ['a']],
    ])
  })
})

describe('a Ralph queue', () => {
  const task = (id: string, more: object = {}) => ({
    id,
    title: id,
    status: 'todo',
    created_at: 'x',
    ...more,
  })
  const queue = JSON.stringify({ version: 1, tasks: [task('RQ-0007'), task('RQ-0009')] }, null, 2)
  const done = JSON.stringify({ version: 1, tasks: [task('RQ-0012', { status: 'done' })] })
  const from = parent('ralph-queue', 'RQ-0007')

  it("takes them as Ralph's own tasks, with ids counted on and the parent among the custom fields", () => {
    const list = lines(
      '- {id: docs, title: Write docs, depends_on: [RQ-0007, tests]}',
      '- {id: tests, title: Test, custom_fields: {team: one}, status: draft}',
      '- {id: RQ-0040, title: Free}',
    )
    const found = read(list, ledgerOf(queue, done), 'agent', from) as readonly Written[]
    expect(found).toHaveLength(3)
    const { tasks } = added(list, ledgerOf(queue, done), from)
    expect(tasks.slice(2)).toEqual([
      {
        id: 'RQ-0013',
        title: 'Write docs',
        status: 'todo',
        depends_on: ['RQ-0007', 'RQ-0014'],
        created_at: from.now,
        updated_at: from.now,
        custom_fields: { source: 'RQ-0007' },
      },
      {
        id: 'RQ-0014',
        title: 'Test',
        status: 'draft',
        created_at: from.now,
        updated_at: from.now,
        custom_fields: { team: 'one', source: 'RQ-0007' },
      },
      expect.objectContaining({ id: 'RQ-0040', title: 'Free' }),
    ])
  })

  it('stays a Ralph queue', () => {
    const text = textOf(added('- {id: docs, title: Write docs}\n', ledgerOf(queue, done), from))
    const plan = parsePlan({ text, file: 't' }, { defaultRun: 'x', only: [], hash: whole => whole })
    expect(plan).toMatchObject({ ok: true, format: 'ralph-queue' })
  })

  it('takes them as Fanout writes tasks, and holds none of its keys afterwards', () => {
    const list = lines(
      '- {id: docs, title: Write docs, prompt: "One.\\n\\nTwo.", needs: [tests, RQ-0007], source: me}',
      '- {id: tests, needs: more, not-before: "2030-01-01T00:00:00Z"}',
      '- {id: more, relates_to: [docs, RQ-0001], parent_id: tests, needs: [RQ-0007, RQ-0012]}',
    )
    const file = added(list, ledgerOf(queue, done), from)
    const made = { status: 'todo', created_at: from.now, updated_at: from.now }
    const custom_fields = { source: 'RQ-0007' }
    expect(file.tasks.slice(2)).toEqual([
      {
        ...{ ...made, id: 'RQ-0013', title: 'Write docs', description: 'One.\n\nTwo.' },
        ...{ depends_on: ['RQ-0014', 'RQ-0007'], custom_fields },
      },
      {
        ...{ ...made, id: 'RQ-0014', title: 'RQ-0014', depends_on: ['RQ-0015'] },
        ...{ scheduled_start: '2030-01-01T00:00:00Z', custom_fields },
      },
      {
        ...{ ...made, id: 'RQ-0015', title: 'RQ-0015', relates_to: ['RQ-0013', 'RQ-0001'] },
        ...{ parent_id: 'RQ-0014', depends_on: ['RQ-0007', 'RQ-0012'], custom_fields },
      },
    ])
    const plan = parsePlan(
      { text: textOf(file), file: 't', doneText: { file: 'd', text: done } },
      { defaultRun: 'x', only: [], hash: whole => whole },
    )
    expect(plan).toMatchObject({ ok: true, format: 'ralph-queue' })
    expect(plan.ok && plan.plan.tasks[2]).toMatchObject({
      needs: ['RQ-0014', 'RQ-0007'],
      prompt: '# Write docs\n\n## Description\n\nOne.\n\nTwo.\n',
    })
  })

  it('refuses what it has no key for, each at its place', () => {
    const list = lines(
      '- {id: a, paths: [src], env: {A: b}}',
      '- {id: b, run: x, needs: a, depends_on: [a]}',
      '- {id: c, prompt: [x]}',
      '- {id: d, needs: nobody}',
    )
    expect(read(list, ledgerOf(queue, done), 'agent', from)).toEqual([
      "followups.yml:1:11: the tasks file is a Ralph queue, which has no key for 'paths': leave it out; say it in the `prompt`",
      "followups.yml:1:25: the tasks file is a Ralph queue, which has no key for 'env': leave it out; say it in the `prompt`",
      "followups.yml:2:11: the tasks file is a Ralph queue, which has no key for 'run': leave it out; the input `run` is the command of all its tasks",
      "followups.yml:2:19: 'needs' and 'depends_on' are the same in a Ralph queue: keep one of them",
      'followups.yml:3:19: expected a string, got ["x"]',
      `followups.yml:4:18: unknown task "nobody" in the needs of task 'd'`,
    ])
  })

  it('has no place for what is only ours', () => {
    expect(read('- {id: a, scheduled_start: soon}\n', ledgerOf(queue, done), 'agent', from)).toHaveLength(1)
  })
})

describe('follow-ups in a candidate', () => {
  const open = (text: string): TaskFile => {
    const file = openTaskFile('the tasks file', text)
    if ('problem' in file) throw new Error(file.problem)
    return file
  }

  it.each([
    ['YAML', TASKS],
    ['JSON', '[\n  {"id": "parent"} // ours\n]\n'],
  ])('are found again as they were added to %s', (_, text) => {
    const after = added('- {id: a, prompt: "one\\n\\ntwo: #"}\n- {id: b, needs: a}\n', ledgerOf(text, null))
    expect(followUpsBetween(open(text), open(textOf(after)))).toEqual([
      { id: 'a', prompt: 'one\n\ntwo: #', source: 'parent' },
      { id: 'b', needs: 'a', source: 'parent' },
    ])
  })

  it.each([
    ['nothing', TASKS],
    ['another task changed as well', `${TASKS.replace('# taken', '')}- id: a\n`],
    ['a task less', '# ours\n- id: parent\n  run: plan\n'],
    ['a comment added', `${TASKS}- id: a # mine\n`],
  ])('%s is no list of follow-ups', (_, text) => {
    expect(followUpsBetween(open(TASKS), open(text))).toBeNull()
  })
})
