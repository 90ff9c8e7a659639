import { expect, it } from 'vitest'
import { OUTPUTS, outputsOf } from '../../src/action/outputs.ts'
import type { Summary, SummaryTask } from '../../src/decide/summary.ts'
import type { Outcome } from '../../src/decide/task.ts'

function task(id: string, outcome: Outcome): SummaryTask {
  return {
    id,
    title: id,
    outcome,
    reason: null,
    commit: null,
    needs: [],
    blocked_by: [],
    changes: null,
    attempts: { worker: 1, push: 1, remediation: 0 },
    started_at: null,
    finished_at: null,
    seconds: { workspace: 0, worker: 0, landing: 0 },
    exit_code: null,
    files: [],
  }
}

function summaryOf(tasks: readonly SummaryTask[], passed: boolean | null, ran = true): Summary {
  return {
    version: 1,
    conclusion: 'failure',
    run: {
      key: '7-1',
      repository: 'o/r',
      branch: 'main',
      base_sha: 'aaa',
      head_sha: 'bbb',
      started_at: '2026-01-01T00:00:00Z',
      finished_at: '2026-01-01T00:01:00Z',
      workers: 2,
      dry_run: false,
      resumed: false,
    },
    counts: {
      total: tasks.length,
      landed: tasks.filter(each => each.outcome === 'landed').length,
      unchanged: 0,
      failed: 0,
      blocked_push: 0,
      blocked: 0,
      cancelled: 0,
      skipped: 0,
      reverted: 0,
    },
    any_failed: true,
    all_succeeded: false,
    verification: {
      ran,
      passed,
      exit_code: null,
      command: 'make verify',
      sha: 'bbb',
      seconds: 1,
      skipped_because: null,
      culprits: [],
    },
    landing: {
      pushes: 1,
      push_attempts: 1,
      races_lost: 0,
      rounds: 1,
      gates_run: 0,
      gates_reused: 0,
      gate_flakes: 0,
      gate_seconds: 0,
    },
    tasks,
  }
}

const places = {
  runDirectory: '/t/7-1',
  summaryFile: '/t/7-1/summary.json',
  reportFile: '/t/7-1/report.html',
}
const artifact = { ...places, artifactId: 12, artifactUrl: 'https://example.test/12' }

it('gives every output of the table, lists as JSON in queue order', () => {
  const ends: readonly Outcome[] = [
    'failed',
    'landed',
    'blocked-push',
    'landed',
    'blocked',
    'cancelled',
    'skipped',
    'unchanged',
    'reverted',
  ]
  const tasks = ends.map((outcome, i) => task(`t${i}`, outcome))
  expect(outputsOf(summaryOf(tasks, true), artifact)).toEqual({
    conclusion: 'failure',
    landed: '["t1","t3"]',
    unchanged: '["t7"]',
    failed: '["t0"]',
    'blocked-push': '["t2"]',
    blocked: '["t4"]',
    cancelled: '["t5"]',
    skipped: '["t6"]',
    reverted: '["t8"]',
    'landed-count': '2',
    'base-sha': 'aaa',
    'head-sha': 'bbb',
    verification: 'passed',
    'run-directory': '/t/7-1',
    'summary-file': '/t/7-1/summary.json',
    'report-file': '/t/7-1/report.html',
    'artifact-id': '12',
    'artifact-url': 'https://example.test/12',
  })
  expect(Object.keys(outputsOf(summaryOf([], true), artifact))).toEqual(OUTPUTS.map(({ name }) => name))
})

it('leaves the artifact empty where nothing was uploaded', () => {
  const outputs = outputsOf(summaryOf([], true), { ...places, artifactId: null, artifactUrl: null })
  expect([outputs['artifact-id'], outputs['artifact-url'], outputs.landed]).toEqual(['', '', '[]'])
})

it.each([
  [true, true, 'passed'],
  [true, false, 'failed'],
  [true, null, 'skipped'],
  [false, null, 'skipped'],
] as const)('a verification that ran: %j, passed: %j is called %s', (ran, passed, verification) => {
  expect(outputsOf(summaryOf([], passed, ran), artifact).verification).toBe(verification)
})
