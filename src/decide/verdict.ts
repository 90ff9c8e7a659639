/** What the run amounts to: the end report, derived from the state alone. */
import { explain } from './explain.ts'
import type { Kept } from './explain-kept.ts'
import { type Failure, reasonCode } from './failure.ts'
import { BUNDLE, SECRET_BUNDLE } from './kept-name.ts'
import type { Summary, SummaryTask, Verification } from './summary.ts'
import type { Outcome, Plan, RunState, Task, TaskState } from './task.ts'

export interface RunFacts {
  readonly key: string
  readonly repository: string
  readonly branch: string
  readonly baseSha: string
  readonly headSha: string
  readonly startedAt: string
  readonly finishedAt: string
  readonly workers: number
  readonly dryRun: boolean
  readonly resumed: boolean
}

/** Outcomes that make a run red (SPEC section 7). */
export const FAILING: ReadonlySet<Outcome> = new Set([
  'failed',
  'blocked-push',
  'blocked',
  'cancelled',
  'reverted',
])

export const NOT_VERIFIED: Verification = {
  ran: false,
  passed: null,
  exit_code: null,
  command: '',
  sha: null,
  seconds: 0,
  skipped_because: null,
  culprits: [],
}

export function verdict(plan: Plan, state: RunState, facts: RunFacts, verification: Verification): Summary {
  const tasks = state.tasks.map((task, index) => summaryTask(plan.tasks[index]!, task, facts))
  const count = (outcome: Outcome): number => tasks.filter(task => task.outcome === outcome).length
  const anyFailed = tasks.some(task => FAILING.has(task.outcome)) || verification.passed === false
  const { stats } = state.lane
  return {
    version: 1,
    conclusion: anyFailed ? 'failure' : 'success',
    run: {
      key: facts.key,
      repository: facts.repository,
      branch: facts.branch,
      base_sha: facts.baseSha,
      head_sha: facts.headSha,
      started_at: facts.startedAt,
      finished_at: facts.finishedAt,
      workers: facts.workers,
      dry_run: facts.dryRun,
      resumed: facts.resumed,
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
      pushes: stats.pushes,
      push_attempts: stats.pushAttempts,
      races_lost: stats.racesLost,
      rounds: stats.rounds,
      gates_run: stats.gatesRun,
      gates_reused: stats.gatesReused,
      gate_flakes: stats.gateFlakes,
      gate_seconds: round(stats.gateSeconds),
    },
    tasks,
  }
}

function summaryTask(task: Task, state: TaskState, facts: RunFacts): SummaryTask {
  const end = endOf(state)
  return {
    id: task.id,
    title: task.title,
    outcome: end.outcome,
    reason: end.failure ? reasonOf(end.failure, state, facts) : null,
    commit: state.commit,
    needs: task.needs,
    blocked_by: end.failure?.code === 'dependency' ? end.failure.blockedBy : [],
    changes: state.candidate?.changes ?? null,
    attempts: { worker: state.workerRuns, push: state.pushes, remediation: state.remediations },
    started_at: state.startedAt,
    finished_at: state.finishedAt,
    seconds: {
      workspace: round(state.seconds.workspace),
      worker: round(state.seconds.worker),
      landing: round(state.seconds.landing),
    },
    exit_code: state.exitCode,
    files: state.files,
  }
}

/** A report written before the end (a cancel, a crash) calls what is under way cancelled. */
function endOf(state: TaskState): { outcome: Outcome; failure: Failure | null } {
  return state.stage.kind === 'ended' ? state.stage : { outcome: 'cancelled', failure: { code: 'signal' } }
}

/** Why a task did not land and what to do, for people. */
export function reasonOf(
  failure: Failure,
  state: TaskState,
  { branch, baseSha }: Pick<RunFacts, 'branch' | 'baseSha'>,
): NonNullable<SummaryTask['reason']> {
  const { candidate, workerRuns, remediations, finish, files } = state
  const kept = candidate !== null && (finish === 'done' ? keptIn(files) : true)
  const secret = candidate?.secret === true
  const started = candidate !== null || workerRuns > 0
  const context = { branch, baseSha, kept, secret, earlier: earlierIn(files), started, remediations }
  const { what, why, fix } = explain(failure, context)
  return { code: reasonCode(failure), message: `${what} ${why}`, fix }
}

/** The attempts before the last whose work is among the files. */
export function earlierIn(files: readonly string[]): readonly number[] {
  return files.flatMap(file => Number(/(?:^|[/.])work(?:-secret)?-(\d+)\.bundle$/.exec(file)?.[1] ?? 0) || [])
}

/** Of the work among the files that a task has left. */
export function keptIn(files: readonly string[]): Kept {
  if (!files.some(file => file.endsWith(BUNDLE) || file.endsWith(SECRET_BUNDLE))) return 'unwritten'
  return files.some(file => file.endsWith('work.patch')) ? true : 'bundle'
}

function round(seconds: number): number {
  return Math.round(seconds * 1000) / 1000
}
