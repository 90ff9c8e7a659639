/**
 * The vocabulary of everything else: tasks, their state, the steps the shell performs and the events that
 * come back. Pure data; `readonly` throughout. JSON-safe, because events are what the journal holds.
 */
import type { Changes } from './changes.ts'
import type { ConflictGroup } from './conflict.ts'
import type { Failure, RefusalCode } from './failure.ts'

export type TaskId = string & { readonly __brand: 'TaskId' }
export type Sha = string & { readonly __brand: 'Sha' }

export const STATUSES = ['todo', 'doing', 'draft', 'done', 'rejected'] as const
export type Status = (typeof STATUSES)[number]

/** One task as the user wrote it, with the file's `defaults` applied. `null` means: the input's value. */
export interface Task {
  readonly id: TaskId
  readonly title: string
  readonly prompt: string | null
  readonly run: string | null
  readonly needs: readonly TaskId[]
  /** Globs of the only files it may change; empty: any. */
  readonly paths: readonly string[]
  readonly env: Readonly<Record<string, string>>
  readonly timeoutMinutes: number | null
  readonly retries: number | null
  readonly commitMessage: string | null
  readonly status: Status
  /** RFC 3339, as written. */
  readonly notBefore: string | null
  /** 12 hex digits of the definition: what the worker is told, not when or whether it runs. */
  readonly fingerprint: string
}

/** The validated set of tasks, in file order, with its graph as indexes into `tasks`. */
export interface Plan {
  readonly tasks: readonly Task[]
  readonly index: ReadonlyMap<TaskId, number>
  /** needs[i]: the tasks of this plan that task i waits for. */
  readonly needs: readonly (readonly number[])[]
  /** dependants[i]: the tasks that wait for task i. */
  readonly dependants: readonly (readonly number[])[]
}

/** The one commit a worker's work became; its parent is `base`. */
export interface Candidate {
  readonly commit: Sha
  readonly base: Sha
  readonly changes: Changes
  /** `blocked`: kept by an earlier run under refs/fanout/blocked, tried before the worker is started. */
  readonly source: 'worker' | 'remediation' | 'blocked'
  /** It adds a value that is masked: it stays on this machine. */
  readonly secret?: true
}

export type Outcome =
  | 'landed'
  | 'unchanged'
  | 'failed'
  | 'blocked-push'
  | 'blocked'
  | 'cancelled'
  | 'skipped'
  | 'reverted'

/** Why a candidate was handed to the `remediate` command. */
export type Handoff =
  | {
      readonly kind: 'conflict'
      readonly files: readonly string[]
      /** The same files by what is wrong with them. */
      readonly how?: readonly ConflictGroup[]
    }
  | { readonly kind: 'gate'; readonly gate: GateResult }

export type Stage =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'working' }
  | { readonly kind: 'ready' }
  | { readonly kind: 'handoff'; readonly handoff: Handoff }
  | { readonly kind: 'remediating'; readonly handoff: Handoff }
  | { readonly kind: 'ended'; readonly outcome: Outcome; readonly failure: Failure | null }

export interface TaskState {
  readonly id: TaskId
  readonly stage: Stage
  /** The candidate that is to land, or what is left of one that did not. */
  readonly candidate: Candidate | null
  /** The landed commit. */
  readonly commit: Sha | null
  readonly workerRuns: number
  readonly pushes: number
  readonly remediations: number
  /** Gates whose log belongs to this task; numbers `gate-<n>.log`. */
  readonly gates: number
  /** The red gate that this task is blamed for; its CI-failure marker is made from it. */
  readonly redGate: GateResult | null
  /** What the remote said when it refused this task's push; for the marker, secrets masked. */
  readonly remoteOutput: string
  readonly startedAt: string | null
  readonly readyAt: string | null
  readonly finishedAt: string | null
  readonly seconds: { readonly workspace: number; readonly worker: number; readonly landing: number }
  readonly exitCode: number | null
  /** Whether what an ended task leaves is in its folder, the workspace dealt with; `again`: it ended otherwise meanwhile. */
  readonly finish: 'none' | 'due' | 'running' | 'again' | 'done'
  /** Files kept for it, relative to the run directory. */
  readonly files: readonly string[]
}

/** One run of the gate command (with its retries), or of the verification, on one tree. */
export interface GateResult {
  readonly tree: Sha
  readonly commit: Sha
  /** null: it was cut short (cancel) and says nothing about the tree. */
  readonly passed: boolean | null
  /** How often the command ran; more than 1 and passed: a flake. */
  readonly runs: number
  readonly exitCode: number | null
  readonly signal: string | null
  readonly timedOut: boolean
  readonly seconds: number
  /** Relative to the run directory. */
  readonly logFile: string
  readonly outputTail: string
}

export interface Layer {
  readonly task: TaskId
  readonly commit: Sha
  readonly tree: Sha
  /** What it changes on what it stands on, where that is not what the candidate changes on its base. */
  readonly changes?: Changes
}

/** Candidates merged one on another upon the tip; `layers[i]` holds all before it. */
export interface Stack {
  readonly tip: Sha
  readonly tipTree: Sha
  readonly layers: readonly Layer[]
}

export interface LandingStats {
  readonly pushes: number
  readonly pushAttempts: number
  readonly racesLost: number
  readonly rounds: number
  readonly gatesRun: number
  readonly gatesReused: number
  readonly gateFlakes: number
  readonly gateSeconds: number
}

/** The single place that lands. */
export interface Lane {
  readonly tip: Sha
  readonly busy: boolean
  /** The stack under judgement; null between rounds. */
  readonly stack: Stack | null
  /** Whether `stack` turned red: its remains are pushed without new members, and the batch shrinks. */
  readonly red: boolean
  /** Verdicts by tree; the command is the same all run long. */
  readonly verdicts: Readonly<Record<string, boolean>>
  /** The red ones among them in full: what a culprit is told. */
  readonly reds: Readonly<Record<string, GateResult>>
  /** Most candidates in the next stack; null: all that is ready. */
  readonly limit: number | null
  /** While a refusal is narrowed down: the groups to try, in order. */
  readonly groups: readonly (readonly TaskId[])[]
  /** Pushes that failed since the last landing. */
  readonly failures: number
  /** Steps since then that failed for no known reason. */
  readonly unknowns: number
  /** Times in a row that the branch could not be read. */
  readonly unread: number
  /** The last refused push since the last landing. */
  readonly refused: Refusal | null
  /** Waits used since the last landing; indexes push-backoff-ms. */
  readonly waits: number
  /** Milliseconds before the next round starts, before jitter. */
  readonly waitMs: number
  /** A refusal that holds for the whole branch: no further push is tried. */
  readonly closed: { readonly code: RefusalCode; readonly output: string } | null
  readonly stats: LandingStats
  /** Rules the remote said it let us bypass. */
  readonly bypassed: readonly string[]
}

export type Halt = 'signal' | 'deadline' | 'stop'

export interface RunState {
  /** In the order of plan.tasks. */
  readonly tasks: readonly TaskState[]
  readonly lane: Lane
  /** Nothing new starts; `signal` also forbids further pushes. */
  readonly halt: Halt | null
  /** Tasks whose worker was started in this run (max-tasks). */
  readonly started: number
  /** Tasks that failed (max-failures). */
  readonly failed: number
}

/** What the pure part needs to know of the inputs. */
export interface Limits {
  readonly workers: number
  readonly maxTasks: number
  readonly maxFailures: number
  readonly retries: number
  readonly gate: boolean
  readonly gateSlots: number
  readonly maxBatch: number
  readonly remediate: boolean
  readonly maxRemediations: number
  readonly maxPushAttempts: number
  readonly pushBackoffMs: readonly number[]
}

export type WorkStep = {
  readonly kind: 'work'
  readonly task: TaskId
  readonly attempt: number
  readonly base: Sha
}
export type RemediateStep = {
  readonly kind: 'remediate'
  readonly task: TaskId
  readonly attempt: number
  readonly base: Sha
  readonly candidate: Candidate
  readonly handoff: Handoff
}
export type FinishStep = { readonly kind: 'finish'; readonly task: TaskId }
export type StackStep = {
  readonly kind: 'stack'
  /** The tip as last seen: what came after it may hold a push of ours whose answer was lost. */
  readonly tip: Sha
  readonly tasks: readonly { readonly task: TaskId; readonly candidate: Candidate }[]
  readonly waitMs: number
}
export interface GateTarget {
  readonly commit: Sha
  readonly tree: Sha
  /** The tasks it holds upon the tip, in order; the last one owns the log. Empty: the tip itself. */
  readonly tasks: readonly TaskId[]
  /** The `n` of `gate-<n>.log`. */
  readonly n: number
}
export type GateStep = {
  readonly kind: 'gate'
  readonly targets: readonly GateTarget[]
  /** What the stack stands on; a journal of before may lack it. */
  readonly tip?: Sha
}
export type PushStep = {
  readonly kind: 'push'
  readonly tip: Sha
  readonly layers: readonly Layer[]
  /** 1 + failed attempts in a row. */
  readonly attempt: number
}
export type LaneStep = StackStep | GateStep | PushStep
export type Step = WorkStep | RemediateStep | FinishStep | LaneStep

export interface Refusal {
  readonly code: RefusalCode
  /** The remote's words, secrets masked, at most the last 16 KiB. */
  readonly output: string
}

/** Compile-time proof that a union was handled whole. */
export function unreachable(value: never): never {
  throw new Error(`unreachable: ${JSON.stringify(value)}`)
}
