/**
 * What the two prior systems' own tests hold of queues and plans, as far as it is behaviour here too. Names begin with
 * the prior test's. Random graphs with random outcomes, thousands of them: lane.model.test.ts.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Failure } from '../../src/decide/failure.ts'
import { formatProblem, parsePlan } from '../../src/decide/plan.ts'
import { initialState } from '../../src/decide/state.ts'
import type { Plan } from '../../src/decide/task.ts'
import { failed, kept, play, refused, TIP, unchanged, worked } from '../rig/model/play.ts'

const EXIT: Failure = { code: 'worker-exit', exitCode: 1 }

function read(
  text: string,
  { done = null, only = [] }: { done?: string | null; only?: readonly string[] } = {},
) {
  const doneText = done === null ? null : { file: 'done', text: done }
  return parsePlan({ text, file: 't', doneText }, { defaultRun: 'agent', only, hash: whole => whole })
}

function problems(text: string, given?: Parameters<typeof read>[1]): string[] {
  const result = read(text, given)
  return result.ok ? [] : result.problems.map(formatProblem)
}

function planOf(text: string, given?: Parameters<typeof read>[1]): Plan {
  const result = read(text, given)
  if (!result.ok) throw new Error(result.problems.map(formatProblem).join('\n'))
  return result.plan
}

/** A file of one list, read and played. */
function played(text: string, limits = {}, given?: Parameters<typeof read>[1]) {
  const { tasks } = planOf(text, given)
  return play(
    tasks.map(task => ({ ...task, needs: task.needs.filter(need => tasks.some(each => each.id === need)) })),
    limits,
    given?.only ? { only: given.only } : {},
  )
}

const works = (steps: readonly string[]): readonly string[] => steps.filter(step => step.startsWith('work'))

describe('Ralph: selection and capacity', () => {
  it('effective_active_worker_count_uses_max: what earlier runs left takes no worker away', () => {
    const run = play(['a', 'b', 'c', 'd'], { workers: 2 })
    run.take(kept('a'), kept('b'))
    expect(works(run.begun())).toEqual(['work c', 'work d'])
  })

  it('initial_tasks_started_starts_at_zero_per_invocation: old failures do not count toward max-tasks', () => {
    const first = play(['a', 'b'], { maxTasks: 1 })
    first.begin()
    first.take(failed('a', EXIT))
    expect([first.end('a'), first.end('b')]).toEqual(['failed worker-exit', 'skipped max-tasks'])
    expect(initialState(first.plan, TIP, 0, [], 0).started).toBe(0)
    expect(works(play(['a', 'b'], { maxTasks: 1 }).begun())).toEqual(['work a'])
  })

  it.each([
    [0, ['a', 'b', 'c']],
    [1, ['a']],
    [2, ['a', 'b']],
    [3, ['a', 'b', 'c']],
  ])(
    'can_start_more_tasks_logic: max-tasks %i starts exactly so many, failures included',
    (maxTasks, ids) => {
      const run = play(['a', 'b', 'c'], { workers: 1, maxTasks })
      const started: string[] = []
      for (let begun = works(run.begun()); begun.length > 0; begun = works(run.begun())) {
        started.push(...begun)
        for (const step of begun) run.take(failed(step.slice('work '.length), EXIT))
      }
      expect(started).toEqual(ids.map(id => `work ${id}`))
    },
  )

  it('collect_excluded_ids: who runs, has run or is blocked at the push is not started again', () => {
    const run = play(['running', 'failed', 'blocked', 'next'], { workers: 3, gate: false })
    expect(works(run.begun())).toEqual(['work running', 'work failed', 'work blocked'])
    run.take(failed('failed', EXIT), worked('blocked'))
    run.begin()
    run.stacked()
    run.begin()
    run.pushed(refused('secret', ['blocked']))
    expect(run.end('blocked')).toBe('blocked-push secret')
    expect(run.task('next').stage.kind).toBe('working')
    expect(works(run.begun())).toEqual([])
  })

  it('collect_excluded_ids: a task that failed in an earlier run is tried again by the next', () => {
    expect(works(played('- id: failed-yesterday\n').begun())).toEqual(['work failed-yesterday'])
  })

  it('preserves_queue_order_over_task_id: file order beats ids and priorities', () => {
    const queue = JSON.stringify({
      version: 1,
      tasks: [
        { id: 'RQ-0009', priority: 'low', created_at: 'x' },
        { id: 'RQ-0001', priority: 'high' },
      ],
    })
    expect(works(played(queue, { workers: 1 }).begun())).toEqual(['work RQ-0009'])
  })

  it('preserves_queue_order_with_terminal_workers: those that have ended do not disturb it', () => {
    const run = play(['c', 'b', 'a'], { workers: 1 })
    run.begin()
    run.take(failed('c', EXIT))
    expect(works(run.begun())).toEqual(['work b'])
  })

  it('excludes_blocked_push_workers: the next one starts', () => {
    const run = play(['a', 'b'], { workers: 1, gate: false })
    run.begin()
    run.take(worked('a'))
    expect(run.begun()).toEqual(['stack a', 'work b'])
  })

  it('uses_done_file_for_dependency_resolution', () => {
    const text = '- {id: b, needs: a}\n'
    expect(problems(text)).toHaveLength(1)
    expect(works(played(text, {}, { done: '- id: a\n' }).begun())).toEqual(['work b'])
  })

  it('returns_none_when_no_tasks: an empty queue is no mistake and starts nothing', () => {
    expect(played('[]').begun()).toEqual([])
  })

  it('suppresses_non_blocking_validation_warnings: a notice is given once, when the file is read', () => {
    const result = read('- id: a\n- id: b\n', { done: '- id: a\n' })
    expect(result.ok && result.notices).toEqual(["task 'a' is also in the done file"])
  })

  it('rejects_bad_timestamps_without_persisting: named with its place and what is expected', () => {
    const queue = '{"version": 1, "tasks": [{"id": "RQ-1", "scheduled_start": "tomorrow", "request": "x"}]}'
    expect(problems(queue)).toEqual([
      't:1:60: expected an RFC 3339 time such as 2030-01-31T08:00:00Z, got "tomorrow"',
    ])
  })

  it('repairs_trailing_commas: JSON with comments and trailing commas is read as it is', () => {
    const queue = '{"version": 1, "tasks": [{"id": "RQ-1", "request": "x",}, /* more */],}'
    expect(planOf(queue).tasks.map(task => task.id)).toEqual(['RQ-1'])
  })

  it.each([
    ['a duplicate id', '{"version":1,"tasks":[{"id":"A","request":""},{"id":"A"}]}', /duplicate id 'A'/],
    ['a need that is nowhere', '{"version":1,"tasks":[{"id":"A","depends_on":["B"]}]}', /unknown task "B"/],
    ['a need on itself', '{"version":1,"tasks":[{"id":"A","depends_on":["A"]}]}', /task 'A' needs itself/],
    [
      'a cycle',
      '{"version":1,"tasks":[{"id":"A","depends_on":["B"]},{"id":"B","depends_on":["A"]}]}',
      /cycle: A -> B -> A/,
    ],
    ['another version', '{"version":2,"tasks":[{"id":"A","request":""}]}', /expected 1, got 2/],
  ])('rejects_semantically_invalid_queue: %s', (_, queue, expected) => {
    expect(problems(queue).join('\n')).toMatch(expected)
  })

  it('select_run_one_task_index: an unknown target is an error that names it', () => {
    expect(problems('- id: a\n', { only: ['b'] })).toEqual([
      `input 'only': expected ids of tasks in t, got "b"`,
    ])
  })

  it.each([
    ['done', 'skipped status'],
    ['rejected', 'skipped status'],
    ['draft', 'skipped status'],
    ['doing', 'working'],
    ['todo', 'working'],
  ])('select_run_one_task_index: a target whose status is %s is %s', (status, end) => {
    const run = played(`- {id: a, status: ${status}}\n- id: b\n`, {}, { only: ['a'] })
    run.begin()
    expect([run.end('a'), run.end('b')]).toEqual([end, 'skipped only'])
  })

  it('select_run_one_task_index: a target that needs a draft is blocked unless it is named alone', () => {
    const text = '- {id: a, status: draft}\n- {id: b, needs: a}\n'
    expect(played(text).end('b')).toBe('blocked dependency')
    expect(played(text, {}, { only: ['a', 'b'] }).end('b')).toBe('blocked dependency')
    expect(works(played(text, {}, { only: ['b'] }).begun())).toEqual(['work b'])
  })

  it('skips_future_scheduled: and takes the next', () => {
    const run = played('- {id: a, not-before: 2999-01-01T00:00:00Z}\n- id: b\n', { workers: 1 })
    expect(works(run.begun())).toEqual(['work b'])
    expect(run.end('a')).toBe('skipped not-before')
  })

  it('all_future_scheduled: nothing starts, and nothing has failed', () => {
    const run = played('- {id: a, not-before: 2999-01-01T00:00:00Z}\n- {id: b, needs: a}\n')
    expect(run.begun()).toEqual([])
    expect([run.end('a'), run.end('b')]).toEqual(['skipped not-before', 'blocked dependency'])
  })

  it('doing_first: `doing` comes before `todo`, but not before what it needs', () => {
    const text = '- id: a\n- {id: b, status: doing, needs: a}\n- {id: c, status: doing}\n'
    expect(works(played(text, { workers: 1 }).begun())).toEqual(['work c'])
  })

  it("task_with_dependencies_on_done: the samples' doing task starts, the scheduled and the draft do not", () => {
    const sample = (name: string) => readFileSync(join(import.meta.dirname, 'fixtures', name), 'utf8')
    const run = played(sample('ralph-queue.jsonc'), {}, { done: sample('ralph-done.jsonc') })
    expect(works(run.begun())).toEqual(['work RQ-0003'])
    expect(run.end('RQ-0005')).toBe('skipped status')
    expect(run.end('RQ-0004')).toMatch(/^(skipped not-before|blocked dependency)$/)
  })
})

const unit = (keys: object) =>
  JSON.stringify({ work_units: [{ unit_id: 'a', description: 'do', allowed_directories: ['src'], ...keys }] })
const units = (...directories: readonly (readonly string[])[]) =>
  JSON.stringify({
    work_units: directories.map((allowed_directories, i) => ({
      unit_id: `u${i}`,
      description: 'do',
      allowed_directories,
    })),
  })

describe('Ralph Workflow: plan validation', () => {
  it('parse_returns_none_when_key_missing: a file of neither tasks nor units is refused, an empty list is not', () => {
    expect(problems('{"summary": "x"}').join('\n')).toContain("missing key 'tasks'")
    expect(planOf('{"work_units": []}').tasks).toEqual([])
  })

  it('valid_plan_accepted', () => {
    expect(planOf(units(['src/a'], ['src/b'], ['docs'])).tasks).toHaveLength(3)
  })

  it.each([
    ['duplicate_ids', '{"work_units":[{"unit_id":"a","description":"x"},{"unit_id":"a","description":"x"}]}'],
    ['unknown_dependency', unit({ dependencies: ['b'] })],
    ['self_dependency', unit({ dependencies: ['a'] })],
    [
      'dependency_cycle',
      '{"work_units":[{"unit_id":"a","description":"x","dependencies":["b"]},{"unit_id":"b","description":"x","dependencies":["a"]}]}',
    ],
  ])('%s_rejected', (_, text) => {
    expect(problems(text)).toHaveLength(1)
  })

  it.each(['', 'a b', 'a/b', '../x', 'a'.repeat(65), 'a;b', 'ü'])('unit_id_rejected: %j', id => {
    expect(problems(unit({ unit_id: id }))).toHaveLength(1)
  })

  it.each(['unit-1', 'task_abc', 'A1B2', 'a', 'a'.repeat(64)])('unit_id_accepted: %j', id => {
    expect(planOf(unit({ unit_id: id })).tasks[0]?.id).toBe(id)
  })

  it.each([[[]], [['src']], [['src', 'docs/x']]])('directories_accepted: %j', directories => {
    expect(planOf(unit({ allowed_directories: directories })).tasks[0]?.paths).toHaveLength(
      directories.length,
    )
  })

  it.each(['/etc', '../x', 'a/../b', '', 'a\\b'])('directory_rejected: %j', directory => {
    expect(problems(unit({ allowed_directories: [directory] }))).toHaveLength(1)
  })

  it.each(['.agent', '.git', '.worktrees', '.agent/x', './.agent', '.', 'src/..'])(
    'reserved_directory_rejected: %j',
    directory => {
      expect(problems(unit({ allowed_directories: [directory] }))).toHaveLength(1)
    },
  )

  it.each([
    [0, 1],
    [4096, 0],
    [4097, 1],
  ])('description_length: %i characters give %i problems', (length, count) => {
    expect(problems(unit({ description: 'x'.repeat(length) }))).toHaveLength(count)
  })

  it.each([
    ['overlap_rejected', units(['src'], ['src/sub']), 1],
    ['exact_match_rejected', units(['src'], ['src']), 1],
    ['normalised_overlap_rejected', units(['src/a'], ['./src//a/']), 1],
    ['prefix_is_no_overlap', units(['src/api'], ['src/api2']), 0],
    ['overlap_inside_one_unit_allowed', units(['src', 'src/sub']), 0],
  ])('%s', (_, text, count) => {
    expect(problems(text)).toHaveLength(count)
  })

  it('missing_directories: the workspaces are apart here, so that is only told', () => {
    const result = read(units(['src'], []))
    expect(result.ok && result.notices.join('\n')).toContain("unit 'u1' names no allowed directories")
  })

  it('no_fallback_when_plan_is_unsafe: not one unit of such a plan is run', () => {
    expect(read(units(['src'], ['src'], ['docs'])).ok).toBe(false)
  })

  it('corrupt_plan: refused, and never taken for one serial task', () => {
    expect(read('{"work_units": [').ok).toBe(false)
    expect(read('{"work_units": null}').ok).toBe(false)
  })

  it('single_unit: runs like every other', () => {
    expect(works(played(unit({})).begun())).toEqual(['work a'])
  })
})

describe('Ralph Workflow: coordinator', () => {
  it('nonzero_exit_fails_even_with_artifacts', () => {
    const run = play(['a'])
    run.begin()
    run.take(failed('a', EXIT))
    expect(run.end('a')).toBe('failed worker-exit')
  })

  it('three_workers_succeed', () => {
    const run = play(['a', 'b', 'c'], { gate: false })
    expect(works(run.begun())).toEqual(['work a', 'work b', 'work c'])
    run.take(worked('a'), worked('b'), worked('c'))
    expect(run.begun()).toEqual(['stack a b c'])
    run.stacked()
    run.begin()
    run.pushed()
    expect(['a', 'b', 'c'].map(run.end)).toEqual(['landed', 'landed', 'landed'])
  })

  it('happy_path_transitions', () => {
    const run = play(['a'], { gate: false })
    const stages = [run.end('a')]
    run.begin()
    stages.push(run.end('a'))
    run.take(worked('a'))
    stages.push(run.end('a'))
    run.begin()
    run.stacked()
    run.begin()
    run.pushed()
    stages.push(run.end('a'))
    expect(stages).toEqual(['waiting', 'working', 'ready', 'landed'])
  })

  it('one_failure: never cancels its siblings, and what they did lands', () => {
    const run = play(['a', 'b', 'c'], { gate: false })
    run.begin()
    run.take(failed('a', EXIT))
    expect([run.end('b'), run.end('c')]).toEqual(['working', 'working'])
    run.take(worked('b'))
    expect(run.begun()).toEqual(['finish a', 'stack b'])
  })

  it('dag_order_respected: a unit starts when all it depends on has landed', () => {
    const run = played(
      '{"work_units":[{"unit_id":"c","description":"x","dependencies":["b"]},{"unit_id":"b","description":"x","dependencies":["a"]},{"unit_id":"a","description":"x"}]}',
    )
    const started: string[] = []
    for (let begun = works(run.begun()); begun.length > 0; begun = works(run.begun())) {
      started.push(...begun)
      for (const step of begun) run.take(unchanged(step.slice('work '.length)))
    }
    expect(started).toEqual(['work a', 'work b', 'work c'])
  })

  it('max_workers_cap_respected', () => {
    const run = play(['a', 'b', 'c', 'd', 'e'], { workers: 2 })
    expect(works(run.begun())).toHaveLength(2)
    run.take(unchanged('a'))
    expect(works(run.begun())).toHaveLength(1)
  })

  it('empty_unit_list: ends at once', () => {
    expect(played('{"work_units": []}').begun()).toEqual([])
  })

  it('failed_dependency_marks_blocked: transitively, at once, by name', () => {
    const run = play(['a', { id: 'b', needs: ['a'] }, { id: 'c', needs: ['b'] }, 'd'], { workers: 1 })
    run.begin()
    run.take(failed('a', EXIT))
    const { stage } = run.task('c')
    expect(stage).toMatchObject({
      outcome: 'blocked',
      failure: { code: 'dependency', blockedBy: ['a', 'b'] },
    })
    expect(works(run.begun())).toEqual(['work d'])
  })

  it('b_and_c_succeed_before_dependent_a_fails: both count, and the failure is the one that failed', () => {
    const run = play(['b', 'c', { id: 'a', needs: ['b', 'c'] }])
    run.begin()
    run.take(unchanged('b'), unchanged('c'))
    run.begin()
    run.take(failed('a', EXIT))
    expect(['b', 'c', 'a'].map(run.end)).toEqual(['unchanged', 'unchanged', 'failed worker-exit'])
  })
})
