import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { planLines, planView } from '../../src/action/plan-view.ts'
import { parsePlan } from '../../src/decide/plan.ts'
import type { Limits } from '../../src/decide/task.ts'
import { LIMITS } from '../rig/model/plan.ts'

const NOW = Date.UTC(2026, 0, 1)

function view(text: string, limits: Partial<Limits> = {}, only: readonly string[] = []) {
  const done = { file: 'done', text: '- id: old\n' }
  const read = parsePlan(
    { text, file: 't.yml', doneText: done },
    { defaultRun: 'x', only, hash: whole => whole },
  )
  if (!read.ok) throw new Error(JSON.stringify(read.problems))
  return planView(read.plan, {
    file: 't.yml',
    format: read.format,
    limits: { ...LIMITS, ...limits },
    only,
    now: NOW,
    notices: read.notices,
  })
}

const QUEUE = `
- {id: sketch, status: draft}
- {id: paint, needs: sketch}
- {id: frame, needs: [paint], title: Put it into a frame}
- id: first
- {id: then, needs: [first, old]}
- {id: begun, status: doing}
- {id: later, not-before: 2027-01-01T00:00:00Z}
- {id: last, title: Last}
`

describe('the plan of a run', () => {
  it('says what would start, in order, and what is held back and why', () => {
    expect(planLines(view(QUEUE, { workers: 2 }))).toEqual([
      '4 of 8 tasks in t.yml would run, up to 2 at a time:',
      '  1  begun   (doing)',
      '  2  first',
      '  3  then    (after first)',
      '  4  last    Last',
      'Held back:',
      '  -  sketch  (its status is draft)',
      '  -  paint   (needs sketch, held back)',
      '  -  frame   Put it into a frame  (needs paint and sketch, held back)',
      '  -  later   (not before 2027-01-01T00:00:00Z)',
    ])
  })

  it('holds the limits of the run', () => {
    const { would_run, held_back } = view(QUEUE, { workers: 2, maxTasks: 2 })
    expect(would_run.map(task => task.id)).toEqual(['begun', 'first'])
    expect(held_back.find(task => task.id === 'last')?.reason).toEqual({
      code: 'max-tasks',
      message: '`max-tasks`: 2 start in one run',
    })
  })

  it('of a few named tasks only counts the others', () => {
    expect(planLines(view(QUEUE, {}, ['then', 'sketch']))).toEqual([
      '1 of 8 tasks in t.yml would run, up to 4 at a time:',
      '  1  then',
      'Held back:',
      '  -  sketch  (its status is draft)',
      '  -  6 not named by `only`',
    ])
  })

  it('says that a task comes after another one only where that one runs', () => {
    const text = '- {id: a, status: done}\n- {id: b, needs: a}\n- {id: c, needs: [a, b]}\n'
    expect(planLines(view(text)).slice(1, 3)).toEqual(['  1  b', '  2  c  (after b)'])
    expect(planLines(view(text, {}, ['c']))[1]).toBe('  1  c')
  })

  it('of nothing is one line', () => {
    expect(planLines(view('[]'))).toEqual(['0 of 0 tasks in t.yml would run, up to 4 at a time.'])
  })

  it('is the same as data', () => {
    const whole = view('- {id: b, needs: a}\n- {id: a, status: draft}\n- {id: c, title: See, needs: old}\n')
    expect(JSON.parse(JSON.stringify(whole))).toEqual({
      version: 1,
      tasks_file: 't.yml',
      format: 'fanout',
      workers: 4,
      would_run: [{ id: 'c', title: 'See', status: 'todo', needs: ['old'] }],
      held_back: [
        {
          id: 'b',
          title: 'b',
          reason: { code: 'dependency', message: 'needs a, held back' },
          blocked_by: ['a'],
        },
        {
          id: 'a',
          title: 'a',
          reason: { code: 'status', message: 'its status is draft' },
          blocked_by: [],
        },
      ],
      notices: [],
    })
  })

  it('has each task once, and none before what it needs, in 2,000 random graphs', () => {
    const graphs = fc.integer({ min: 1, max: 12 }).chain(count =>
      fc.record({
        order: fc.shuffledSubarray([...Array(count).keys()], { minLength: count }),
        tasks: fc.array(
          fc.record({
            needs: fc.uniqueArray(fc.nat(count - 1), { maxLength: 3 }),
            status: fc.constantFrom('todo', 'todo', 'todo', 'doing', 'draft', 'done', 'rejected'),
          }),
          { minLength: count, maxLength: count },
        ),
        workers: fc.integer({ min: 1, max: 5 }),
        maxTasks: fc.constantFrom(0, 0, 1, 3),
      }),
    )
    fc.assert(
      fc.property(graphs, ({ order, tasks, workers, maxTasks }) => {
        const list = tasks.map(({ needs, status }, i) => ({
          id: `t${i}`,
          status,
          needs: needs.filter(need => order.indexOf(need) < order.indexOf(i)).map(need => `t${need}`),
        }))
        const { would_run, held_back } = view(JSON.stringify(list), { workers, maxTasks })
        const all = [...would_run, ...held_back].map(task => task.id)
        expect(all.toSorted()).toEqual(list.map(task => task.id).toSorted())
        const done = new Set(list.filter(task => task.status === 'done').map(task => task.id))
        for (const { id, needs } of would_run) {
          expect(needs.filter(need => !done.has(need))).toEqual([])
          done.add(id)
        }
        if (maxTasks > 0) expect(would_run.length).toBeLessThanOrEqual(maxTasks)
      }),
      { numRuns: 2000 },
    )
  })
})
