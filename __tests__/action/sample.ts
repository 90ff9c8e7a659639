/** Summaries to render: a small one with every outcome, and as large and hostile ones as asked for. */
import { explain } from '../../src/decide/explain.ts'
import { type Failure, outcomeOf, reasonCode } from '../../src/decide/failure.ts'
import type { Summary, SummaryTask, Verification } from '../../src/decide/summary.ts'
import type { Outcome, TaskId } from '../../src/decide/task.ts'
import { FAILING } from '../../src/decide/verdict.ts'

export const SHA = 'abcdef1234567890abcdef1234567890abcdef12'
const START = Date.parse('2026-01-02T03:04:05.000Z')

export function at(seconds: number): string {
  return new Date(START + seconds * 1000).toISOString()
}

export function task(id: string, change: Partial<SummaryTask> = {}): SummaryTask {
  return {
    id,
    title: id,
    outcome: 'landed',
    reason: null,
    commit: SHA,
    needs: [],
    blocked_by: [],
    changes: { files: 3, insertions: 10, deletions: 2 },
    attempts: { worker: 1, push: 1, remediation: 0 },
    started_at: at(0),
    finished_at: at(9),
    seconds: { workspace: 0.1, worker: 6, landing: 2.5 },
    exit_code: 0,
    files: [`tasks/${id}/worker.log`],
    ...change,
  }
}

export function failing(id: string, failure: Failure, change: Partial<SummaryTask> = {}): SummaryTask {
  const { what, why, fix } = explain(failure, { branch: 'main', baseSha: SHA })
  return task(id, {
    outcome: outcomeOf(failure),
    reason: { code: reasonCode(failure), message: `${what} ${why}`, fix },
    commit: null,
    files: [`tasks/${id}/worker.log`, `tasks/${id}/work.bundle`, `tasks/${id}/work.patch`],
    ...change,
  })
}

export const PASSED: Verification = {
  ran: true,
  passed: true,
  exit_code: 0,
  command: 'make verify',
  sha: SHA,
  seconds: 12.4,
  skipped_because: null,
  culprits: [],
}
export const RED: Verification = { ...PASSED, passed: false, exit_code: 2, culprits: ['fix-readme'] }

export function summaryOf(
  tasks: readonly SummaryTask[],
  change: { readonly verification?: Verification; readonly run?: Partial<Summary['run']> } = {},
): Summary {
  const verification = change.verification ?? PASSED
  const count = (outcome: Outcome): number => tasks.filter(each => each.outcome === outcome).length
  const anyFailed = tasks.some(each => FAILING.has(each.outcome)) || verification.passed === false
  return {
    version: 1,
    conclusion: anyFailed ? 'failure' : 'success',
    run: {
      key: '4711-1',
      repository: 'o/r',
      branch: 'main',
      base_sha: 'b'.repeat(40),
      head_sha: SHA,
      started_at: at(0),
      finished_at: at(252),
      workers: 4,
      dry_run: false,
      resumed: false,
      ...change.run,
    },
    counts: {
      total: tasks.length,
      landed: count('landed'),
      unchanged: count('unchanged'),
      failed: count('failed'),
      blocked_push: count('blocked-push'),
      blocked: count('blocked'),
      cancelled: count('cancelled'),
      skipped: count('skipped'),
      reverted: count('reverted'),
    },
    any_failed: anyFailed,
    all_succeeded: tasks.length > 0 && !anyFailed,
    verification,
    landing: {
      pushes: 2,
      push_attempts: 3,
      races_lost: 1,
      rounds: 4,
      gates_run: 3,
      gates_reused: 1,
      gate_flakes: 1,
      gate_seconds: 61.2,
    },
    tasks,
  }
}

/** One of every outcome. */
export const EVERY = summaryOf([
  task('bump-deps', { title: 'Bump all dependencies' }),
  task('fix-readme', {
    title: 'Fix the readme',
    started_at: at(2),
    finished_at: at(40),
    seconds: { workspace: 0.2, worker: 30, landing: 6 },
  }),
  task('nothing', {
    outcome: 'unchanged',
    commit: null,
    changes: null,
    started_at: at(7),
    seconds: { workspace: 0.1, worker: 12, landing: 0 },
  }),
  failing(
    'types',
    { code: 'worker-exit', exitCode: 3 },
    {
      title: 'Tighten the types',
      exit_code: 3,
      attempts: { worker: 2, push: 0, remediation: 0 },
      started_at: at(20),
      seconds: { workspace: 0.1, worker: 180, landing: 0 },
    },
  ),
  failing(
    'secrets',
    { code: 'refused', refusal: 'secret', output: 'path: .env:6' },
    { started_at: at(45), seconds: { workspace: 0.1, worker: 60, landing: 40 } },
  ),
  failing(
    'docs',
    { code: 'dependency', blockedBy: ['types' as TaskId] },
    {
      needs: ['types'],
      blocked_by: ['types'],
      changes: null,
      started_at: null,
      finished_at: at(200),
      seconds: { workspace: 0, worker: 0, landing: 0 },
      attempts: { worker: 0, push: 0, remediation: 0 },
      exit_code: null,
      files: [],
    },
  ),
  failing(
    'late',
    { code: 'deadline' },
    { started_at: at(200), seconds: { workspace: 0.1, worker: 50, landing: 0 } },
  ),
  failing(
    'later',
    { code: 'max-tasks' },
    {
      changes: null,
      started_at: null,
      seconds: { workspace: 0, worker: 0, landing: 0 },
      attempts: { worker: 0, push: 0, remediation: 0 },
      files: [],
    },
  ),
  failing(
    'undone',
    { code: 'verification' },
    { started_at: at(100), finished_at: at(130), seconds: { workspace: 0.1, worker: 20, landing: 5 } },
  ),
])

/** What a title, a path or a log may hold when somebody means harm. */
export const HOSTILE = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "' onmouseover='alert(1)",
  '</script><script>alert(1)</script>',
  '<!--<script>',
  '| a | b |',
  '``` \n# heading',
  '**bold** _em_ ~~gone~~ [link](javascript:alert(1)) ![i](http://evil.test/x.png)',
  '@octocat please look, also @org/team and https://evil.test and www.evil.test',
  '\u001b[31mred\u001b[0m \u202etxt.exe\u202c \u0007 \u2066x\u2069',
  '- item',
  '1. one',
  '\\| \\` back\\slash \\',
  '::error::x ##[error]y',
  '&lt;b&gt; &amp; &#64;octocat',
  '$\\href{javascript:alert(1)}{x}$',
  '`<b>`@octocat`<i>`',
  '</details></td></tr></table>',
] as const

/** `count` tasks, each one hostile and failed in a wordy way. */
export function thousand(count = 1000): Summary {
  return summaryOf(
    Array.from({ length: count }, (_, index) => {
      const words = HOSTILE[index % HOSTILE.length] ?? ''
      const title = `${words} ${'|@<&'.repeat(50)}`.slice(0, 200)
      return failing(
        `task-${index}`,
        { code: 'out-of-scope', problems: [words, title, title, title] },
        { title },
      )
    }),
  )
}

/** As long runs are when all goes well: staggered workers, everything landed. */
export function busy(count = 1000, workers = 16): Summary {
  const tasks = Array.from({ length: count }, (_, index) => {
    const start = Math.floor(index / workers) * 7 + (index % workers) * 0.3
    return task(`task-${index}`, {
      title: `Migrate module ${index} to the new API`,
      started_at: at(start),
      finished_at: at(start + 9),
      seconds: { workspace: 0.4, worker: 5 + (index % 5) * 0.3, landing: 1.5 },
    })
  })
  return summaryOf(tasks, { run: { finished_at: at(Math.ceil(count / workers) * 7 + 20), workers } })
}
