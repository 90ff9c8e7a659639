/** What the inputs say, checked and typed. Times in the unit the name says. */
export interface Settings {
  /** File name, or the text itself. */
  readonly tasks: string
  readonly only: readonly string[]
  readonly run: string | null
  /** null: as many as CPUs are available. */
  readonly workers: number | null
  readonly maxTasks: number
  readonly maxFailures: number
  /** null: the checked-out branch. */
  readonly branch: string | null
  readonly setup: string | null
  readonly copy: readonly string[]
  readonly gate: string | null
  readonly gateTimeoutMinutes: number
  readonly gateSlots: number
  readonly gateRetries: number
  readonly maxBatch: number
  readonly remediate: string | null
  readonly maxRemediations: number
  readonly maxPushAttempts: number
  readonly pushBackoffMs: readonly number[]
  readonly verify: string
  /** Whether `verify` was left at its default, which is not run where the tree has no such target. */
  readonly verifyIsDefault: boolean
  readonly verifyWhen: 'landed' | 'success' | 'always' | 'never'
  readonly verifyTimeoutMinutes: number
  readonly onVerifyFailure: 'report' | 'revert'
  readonly protectedPaths: readonly string[]
  readonly maxChangedFiles: number
  readonly taskTimeoutMinutes: number
  readonly idleTimeoutMinutes: number
  readonly deadlineMinutes: number
  readonly retries: number
  /** null: see default-root.ts. */
  readonly workspaceRoot: string | null
  readonly workspaces: 'auto' | 'clone' | 'overlay'
  readonly keepWorkspaces: 'never' | 'blocked' | 'always'
  readonly workspaceRetentionHours: number
  readonly bookkeeping: 'off' | 'archive'
  /** null: <tasks file without extension>.done.<ext>. */
  readonly doneFile: string | null
  readonly resume: boolean
  readonly dryRun: boolean
  readonly saveRefs: boolean
  readonly commitMessage: string
  readonly gitUserName: string
  readonly gitUserEmail: string
  readonly token: string | null
  readonly failOn: 'any' | 'verify' | 'never'
  readonly upload: boolean
  /** null: fanout-<run key>. */
  readonly artifactName: string | null
  readonly retentionDays: number
  readonly log: 'failures' | 'all' | 'none'
}
