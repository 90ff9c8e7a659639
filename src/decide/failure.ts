/** Every way a task can end other than landed or unchanged, and the words people read about it. */
import type { ConflictGroup } from './conflict.ts'
import type { Outcome, TaskId } from './task.ts'
import { unreachable } from './task.ts'

export const REFUSAL_CODES = [
  'race',
  'network',
  'auth',
  'protected-branch',
  'ruleset',
  'workflow-scope',
  'secret',
  'large-file',
  'hook',
  'unknown',
] as const
/** Why a remote refused a push (SPEC section 6). */
export type RefusalCode = (typeof REFUSAL_CODES)[number]

/** What git may be in the middle of. */
export type Operation = 'merge' | 'rebase' | 'cherry-pick' | 'revert' | 'am'

export type Failure =
  | {
      readonly code: 'setup'
      readonly exitCode: number | null
      readonly signal: string | null
      /** Only where its time limit ended it. */
      readonly timedOut?: true
    }
  | { readonly code: 'worker-exit'; readonly exitCode: number }
  | { readonly code: 'worker-signal'; readonly signal: string }
  | { readonly code: 'timeout'; readonly minutes: number }
  | { readonly code: 'idle'; readonly minutes: number }
  /** It ended in the middle of something: `operation` is git's word for it, null: only files are unmerged. */
  | { readonly code: 'unfinished'; readonly operation: Operation | null; readonly files: readonly string[] }
  /** It ended on a commit that has no history in common with the branch. */
  | { readonly code: 'history' }
  /** Nothing where it ended, but commits on these refs of its own. */
  | { readonly code: 'left-behind'; readonly refs: readonly string[] }
  | { readonly code: 'out-of-scope'; readonly problems: readonly string[] }
  | { readonly code: 'too-large'; readonly files: number; readonly limit: number }
  /** Lines that it adds, or names of files, hold a value that is masked: where, each `path:line` or a path. */
  | { readonly code: 'secret'; readonly places: readonly string[] }
  /** The list of tasks that the worker left for later is not valid. */
  | { readonly code: 'follow-ups'; readonly problems: readonly string[] }
  | {
      readonly code: 'gate'
      readonly exitCode: number | null
      readonly signal: string | null
      readonly timedOut: boolean
    }
  | { readonly code: 'workspace'; readonly detail: string }
  | { readonly code: 'internal'; readonly detail: string }
  | {
      readonly code: 'conflict'
      readonly files: readonly string[]
      readonly how?: readonly ConflictGroup[]
    }
  | {
      readonly code: 'attempts'
      readonly attempts: number
      readonly last: RefusalCode
      /** What the last one said. */
      readonly output?: string
    }
  | { readonly code: 'base-red' }
  | { readonly code: 'refused'; readonly refusal: RefusalCode; readonly output: string }
  | { readonly code: 'dependency'; readonly blockedBy: readonly TaskId[] }
  | { readonly code: 'signal' }
  | { readonly code: 'stop' }
  | { readonly code: 'deadline' }
  | { readonly code: 'status'; readonly status: string }
  | { readonly code: 'not-before'; readonly time: string }
  | { readonly code: 'max-tasks' }
  | { readonly code: 'max-failures' }
  | { readonly code: 'only' }
  | { readonly code: 'already-landed' }
  | { readonly code: 'verification' }

/** The outcome that a failure means (SPEC section 7). */
export function outcomeOf(failure: Failure): Outcome {
  switch (failure.code) {
    case 'setup':
    case 'worker-exit':
    case 'worker-signal':
    case 'timeout':
    case 'idle':
    case 'unfinished':
    case 'history':
    case 'left-behind':
    case 'out-of-scope':
    case 'too-large':
    case 'follow-ups':
    case 'secret':
    case 'gate':
    case 'workspace':
    case 'internal':
      return 'failed'
    case 'conflict':
    case 'attempts':
    case 'base-red':
    case 'refused':
      return 'blocked-push'
    case 'dependency':
      return 'blocked'
    case 'signal':
    case 'stop':
    case 'deadline':
      return 'cancelled'
    case 'status':
    case 'not-before':
    case 'max-tasks':
    case 'max-failures':
    case 'only':
    case 'already-landed':
      return 'skipped'
    case 'verification':
      return 'reverted'
    default:
      return unreachable(failure)
  }
}

/** The `reason.code` that files and reports show: SPEC's words. */
export function reasonCode(failure: Failure): string {
  if (failure.code === 'refused') return failure.refusal
  if (failure.code === 'stop') return 'signal'
  // What it asks for is more than a task may ask for.
  return failure.code === 'follow-ups' ? 'out-of-scope' : failure.code
}
