/** The shape of `summary.json` (SPEC section 8). Keys are the file's own, snake_case. */
import type { Changes } from './changes.ts'
import type { Outcome } from './task.ts'

export interface SummaryTask {
  readonly id: string
  readonly title: string
  readonly outcome: Outcome
  readonly reason: { readonly code: string; readonly message: string; readonly fix: string } | null
  readonly commit: string | null
  readonly needs: readonly string[]
  readonly blocked_by: readonly string[]
  readonly changes: Changes | null
  readonly attempts: { readonly worker: number; readonly push: number; readonly remediation: number }
  readonly started_at: string | null
  readonly finished_at: string | null
  readonly seconds: { readonly workspace: number; readonly worker: number; readonly landing: number }
  readonly exit_code: number | null
  readonly files: readonly string[]
}

export interface Verification {
  readonly ran: boolean
  readonly passed: boolean | null
  readonly exit_code: number | null
  readonly command: string
  readonly sha: string | null
  readonly seconds: number
  readonly skipped_because: string | null
  readonly culprits: readonly string[]
}

export interface Summary {
  readonly version: 1
  readonly conclusion: 'success' | 'failure'
  readonly run: {
    readonly key: string
    readonly repository: string
    readonly branch: string
    readonly base_sha: string
    readonly head_sha: string
    readonly started_at: string
    readonly finished_at: string
    readonly workers: number
    readonly dry_run: boolean
    readonly resumed: boolean
  }
  readonly counts: {
    readonly total: number
    readonly landed: number
    readonly unchanged: number
    readonly failed: number
    readonly blocked_push: number
    readonly blocked: number
    readonly cancelled: number
    readonly skipped: number
    readonly reverted: number
  }
  readonly any_failed: boolean
  readonly all_succeeded: boolean
  readonly verification: Verification
  readonly landing: {
    readonly pushes: number
    readonly push_attempts: number
    readonly races_lost: number
    readonly rounds: number
    readonly gates_run: number
    readonly gates_reused: number
    readonly gate_flakes: number
    readonly gate_seconds: number
  }
  readonly tasks: readonly SummaryTask[]
}
