import { describe, expect, it } from 'vitest'
import type { Failure } from '../../src/decide/failure.ts'
import type { Summary, Verification } from '../../src/decide/summary.ts'
import { NOT_VERIFIED, type RunFacts, verdict } from '../../src/decide/verdict.ts'
import { candidateOf, failed, play, refused, unchanged, worked } from '../rig/model/play.ts'

const FACTS: RunFacts = {
  key: '4711-1',
  repository: 'o/r',
  branch: 'main',
  baseSha: 'b'.repeat(40),
  headSha: 'c'.repeat(40),
  startedAt: '2026-01-01T00:00:00.000Z',
  finishedAt: '2026-01-01T00:04:00.000Z',
  workers: 4,
  dryRun: false,
  resumed: false,
}
const EXIT: Failure = { code: 'worker-exit', exitCode: 3 }

function summaryOf(run: ReturnType<typeof play>, verification: Verification = NOT_VERIFIED): Summary {
  return verdict(run.plan, run.state(), FACTS, verification)
}

/** One of each: landed, unchanged, failed, blocked by it, refused, skipped, and cancelled at the end. */
function everything(): ReturnType<typeof play> {
  const run = play(
    [
      'lands',
      'nothing',
      'fails',
      { id: 'waits', needs: ['fails'] },
      'secret',
      { id: 'draft', status: 'draft' },
      'late',
    ],
    { workers: 5, gate: false, maxBatch: 1 },
  )
  run.begin()
  run.take(
    worked('lands'),
    worked('secret'),
    unchanged('nothing'),
    failed('fails', EXIT, candidateOf('half')),
  )
  run.begin()
  run.stacked()
  run.begin()
  run.pushed()
  run.begin()
  run.stacked()
  run.begin()
  run.pushed(refused('secret'))
  run.take({ type: 'halted', halt: 'signal' }, failed('late', { code: 'signal' }))
  return run
}

describe('the report is the truth', () => {
  it('counts every task once, under its own outcome, in the order of the queue', () => {
    const { counts, tasks } = summaryOf(everything())
    expect(tasks.map(task => `${task.id}: ${task.outcome}`)).toEqual([
      'lands: landed',
      'nothing: unchanged',
      'fails: failed',
      'waits: blocked',
      'secret: blocked-push',
      'draft: skipped',
      'late: cancelled',
    ])
    expect(counts).toEqual({
      total: 7,
      landed: 1,
      unchanged: 1,
      failed: 1,
      blocked_push: 1,
      blocked: 1,
      cancelled: 1,
      skipped: 1,
      reverted: 0,
    })
  })

  it('gives each task that did not land a reason with a fix, and the others none', () => {
    const { tasks } = summaryOf(everything())
    expect(tasks.map(task => task.reason?.code ?? null)).toEqual([
      null,
      null,
      'worker-exit',
      'dependency',
      'secret',
      'status',
      'signal',
    ])
    for (const { reason } of tasks) {
      if (reason === null) continue
      expect(reason.message).toMatch(/\S/)
      expect(reason.fix).toMatch(/\S/)
    }
  })

  it('names who blocked a task, what it needs, and what it cost', () => {
    const { tasks, landing } = summaryOf(everything())
    const waits = tasks.find(task => task.id === 'waits')
    expect(waits).toMatchObject({ needs: ['fails'], blocked_by: ['fails'], started_at: null })
    expect(tasks.find(task => task.id === 'lands')).toMatchObject({
      commit: 'commit-lands',
      attempts: { worker: 1, push: 1, remediation: 0 },
      changes: { files: 1, insertions: 2, deletions: 3 },
      exit_code: 0,
      seconds: { workspace: 1, worker: 2 },
      blocked_by: [],
    })
    expect(landing).toMatchObject({ pushes: 1, push_attempts: 2, rounds: 2, races_lost: 0 })
  })

  it('tells what a failed worker had changed', () => {
    expect(summaryOf(everything()).tasks[2]?.changes).toEqual({ files: 1, insertions: 2, deletions: 3 })
  })
})

describe('a run', () => {
  it('in which anything failed is red', () => {
    expect(summaryOf(everything())).toMatchObject({
      conclusion: 'failure',
      any_failed: true,
      all_succeeded: false,
    })
  })

  it('in which nothing failed is green, also with tasks that were skipped or had nothing to do', () => {
    const run = play(['a', { id: 'b', status: 'draft' }])
    run.begin()
    run.take(unchanged('a'))
    expect(summaryOf(run)).toMatchObject({ conclusion: 'success', any_failed: false, all_succeeded: true })
  })

  it('without a task is green, and nothing succeeded in it', () => {
    expect(summaryOf(play([]))).toMatchObject({
      conclusion: 'success',
      any_failed: false,
      all_succeeded: false,
    })
  })

  it('whose verification failed is red although every task landed', () => {
    const run = play(['a'])
    run.begin()
    run.take(unchanged('a'))
    const red = { ...NOT_VERIFIED, ran: true, passed: false, exit_code: 2 }
    expect(summaryOf(run, red)).toMatchObject({
      conclusion: 'failure',
      any_failed: true,
      all_succeeded: false,
      verification: { passed: false, exit_code: 2 },
    })
  })

  it('that is reported before its end calls cancelled what is still under way', () => {
    const run = play(['a', 'b'], { workers: 1 })
    run.begin()
    const { tasks, conclusion } = summaryOf(run)
    expect(tasks.map(task => [task.outcome, task.reason?.code])).toEqual([
      ['cancelled', 'signal'],
      ['cancelled', 'signal'],
    ])
    expect(conclusion).toBe('failure')
    expect(tasks.map(task => task.reason?.message)).toEqual([
      expect.stringContaining('it had changed nothing'),
      expect.stringContaining('it had not started'),
    ])
  })

  it('says where it ran, and in what shape', () => {
    expect(summaryOf(play([])).run).toEqual({
      key: '4711-1',
      repository: 'o/r',
      branch: 'main',
      base_sha: 'b'.repeat(40),
      head_sha: 'c'.repeat(40),
      started_at: '2026-01-01T00:00:00.000Z',
      finished_at: '2026-01-01T00:04:00.000Z',
      workers: 4,
      dry_run: false,
      resumed: false,
    })
  })
})

it('a reverted task counts as a failure', () => {
  const run = play(['a'], { gate: false })
  run.begin()
  run.take(worked('a'))
  run.begin()
  run.stacked()
  run.begin()
  run.pushed()
  const { id } = run.task('a')
  run.take({ type: 'reverted', task: id, commit: candidateOf('undo').commit, work: candidateOf('a') })
  const { tasks, counts, conclusion } = summaryOf(run)
  expect(tasks[0]).toMatchObject({ outcome: 'reverted', reason: { code: 'verification' } })
  expect(counts).toMatchObject({ landed: 0, reverted: 1 })
  expect(conclusion).toBe('failure')
})
