import { describe, expect, test } from 'vitest'
import { type StatusFacts, statusView } from '../../src/action/status-view.ts'
import type { SavedState } from '../../src/decide/read-back.ts'
import { at, EVERY, failing, RED, summaryOf, task } from './sample.ts'

const FACTS: StatusFacts = {
  ...{ directory: '/runs/local-1', key: 'local-20260102T030405Z-1a2b', branch: 'main', dryRun: false },
  ...{ startedAt: at(0), alive: false, inPlace: true, summary: null, state: null, retries: [] },
  began: ['run', '--tasks', 'tasks.yml', '--gate', 'make test'],
  self: 'fanout',
}
const view = (change: Partial<StatusFacts>) => statusView({ ...FACTS, ...change })
const commands = (change: Partial<StatusFacts>) => view(change).next_steps.map(step => step.command)

type Saved = Partial<SavedState['tasks'][number]>
function stateOf(...tasks: readonly Saved[]): SavedState {
  const whole = tasks.map((each, i) => ({
    ...{ id: `t${i}`, title: `t${i}`, stage: 'ended', outcome: null, reason: null, message: null, fix: null },
    ...{ commit: null, started_at: null },
    ...each,
  })) as SavedState['tasks']
  return { schema_version: 1, run: { key: 'k', branch: 'main', started_at: at(0), halt: null }, tasks: whole }
}

describe('a run that has ended', () => {
  test('tells what needs a person, worst first, and the one command that tries it again', () => {
    const found = view({ summary: EVERY })
    expect(found).toMatchObject({ version: 1, state: 'ended', conclusion: 'failure' })
    expect(found.needs_person.map(({ id, outcome }) => `${id} ${outcome}`)).toEqual([
      'undone reverted',
      'types failed',
      'secrets blocked-push',
      'late cancelled',
      'docs blocked',
    ])
    expect(found.needs_person[1]).toMatchObject({
      reason: { code: 'worker-exit' },
      log: 'tasks/types/worker.log',
    })
    expect(found.next_steps[0]?.command).toBe(
      'fanout retry /runs/local-1 --task undone,types,secrets,late,docs',
    )
    expect(found.counts).toMatchObject({ total: 9, landed: 2, failed: 1, running: 0 })
  })

  test('that went well has nothing to be done but to look', () => {
    const found = view({ summary: summaryOf([task('a')]) })
    expect(found).toMatchObject({ conclusion: 'success', needs_person: [] })
    expect(found.next_steps).toEqual([{ what: 'The whole report: /runs/local-1/report.html', command: null }])
  })

  test('a failed verification is pointed to', () => {
    const steps = view({ summary: summaryOf([task('a')], { verification: RED }) }).next_steps
    expect(steps[0]?.what).toContain('/runs/local-1/verify.log')
  })

  test('what a retry has finished since needs nobody any more', () => {
    const retry = {
      directory: '/runs/local-2',
      summary: summaryOf([task('types'), failing('late', { code: 'deadline' })]),
    }
    const found = view({ summary: EVERY, retries: [retry] })
    expect(found.retried).toEqual([{ id: 'types', outcome: 'landed', run_directory: '/runs/local-2' }])
    expect(found.needs_person.map(({ id }) => id)).toEqual(['undone', 'secrets', 'late', 'docs'])
    expect(found.headline).toMatch(/; 1 task finished by a retry since$/)
    // What the run itself came to stays what it was.
    expect(found.counts.failed).toBe(1)
  })

  test('nothing of a dry run can be retried', () => {
    const summary = summaryOf([failing('a', { code: 'worker-exit', exitCode: 1 })], {
      run: { dry_run: true },
    })
    expect(commands({ summary })).toEqual([null, null])
  })

  test('a path that a shell would take apart is quoted', () => {
    const summary = summaryOf([failing('a', { code: 'worker-exit', exitCode: 1 })])
    expect(commands({ summary, directory: "/it's here" })[0]).toBe("fanout retry '/it'\\''s here' --task a")
  })
})

describe('a run that goes on', () => {
  const state = stateOf(
    { stage: 'working', started_at: at(3), title: 'First' },
    { stage: 'ready' },
    { stage: 'waiting' },
    { outcome: 'landed' },
    { outcome: 'skipped', reason: 'status' },
    { outcome: 'failed', reason: 'worker-exit', message: 'It failed.', fix: 'Repair it.' },
  )

  test('tells counts, what runs, what has failed by now, and how to stop it', () => {
    const found = view({ alive: true, state })
    expect(found).toMatchObject({ state: 'running', conclusion: null })
    expect(found.headline).toBe('Running: 1 of 5 tasks landed on main so far')
    expect(found.counts).toMatchObject({
      total: 6,
      running: 1,
      to_land: 1,
      waiting: 1,
      landed: 1,
      failed: 1,
      skipped: 1,
    })
    expect(found.running).toEqual([{ id: 't0', title: 'First', started_at: at(3) }])
    expect(found.needs_person).toEqual([
      expect.objectContaining({
        id: 't5',
        reason: { code: 'worker-exit', message: 'It failed.', fix: 'Repair it.' },
      }),
    ])
    expect(found.next_steps.map(step => step.command)).toEqual(['fanout stop /runs/local-1'])
  })

  test('that was asked to stop says so, and not how to ask', () => {
    const stopping = { ...state, run: { ...state.run, halt: 'stop' } }
    const found = view({ alive: true, state: stopping })
    expect(found.headline).toBe('Stopping: 1 of 5 tasks landed on main so far')
    expect(found).toMatchObject({ state: 'running', next_steps: [] })
  })

  test('as a dry run has landed nothing, and leaves nothing to go on from', () => {
    const found = view({ alive: true, dryRun: true, state })
    expect(found.headline).toBe('Running: 1 of 5 tasks would land on main so far, dry run')
    const [step] = view({ dryRun: true, state }).next_steps
    expect(step?.what).toContain('a dry run leaves nothing')
    expect(step?.command).toBe("fanout run --tasks tasks.yml --gate 'make test'")
  })

  test('of which nothing is known yet is no fault', () => {
    expect(view({ alive: true })).toMatchObject({ state: 'running', counts: { total: 0 } })
  })

  test('that was cut off says how it goes on', () => {
    const found = view({ state })
    expect(found).toMatchObject({ state: 'cut-off', running: [] })
    expect(found.headline).toContain('nothing is at work any more')
    expect(found.next_steps[0]?.command).toBe("fanout run --tasks tasks.yml --gate 'make test'")
    expect(commands({ state, began: null })).toEqual([null])
    const job = view({ state, key: '77-1', began: null }).next_steps[0]
    expect(job?.what).toContain('Run the job again')
  })
})
