/** What comes back from the steps of a run: the events that the journal holds. JSON-safe; `readonly` throughout. */
import type { Diffstat } from './changes.ts'
import type { ConflictGroup } from './conflict.ts'
import type { Failure } from './failure.ts'
import type { Candidate, GateResult, Halt, Layer, Refusal, Sha, Stack, Step, TaskId } from './task.ts'

/** What became of a worker or a remediation. */
export type WorkResult = {
  readonly exitCode: number | null
  readonly seconds: { readonly workspace: number; readonly worker: number }
  readonly diffstat?: Diffstat
} & (
  | { readonly kind: 'candidate'; readonly candidate: Candidate }
  | { readonly kind: 'unchanged' }
  /** `kept`: what it had changed all the same. */
  | { readonly kind: 'failed'; readonly failure: Failure; readonly kept: Candidate | null }
)

export type StackResult =
  | {
      readonly kind: 'stacked'
      readonly stack: Stack
      /** `tip`: with the branch itself; `mate`: only with a candidate below it. */
      readonly conflicts: readonly {
        readonly task: TaskId
        readonly with: 'tip' | 'mate'
        readonly files: readonly string[]
        readonly how?: readonly ConflictGroup[]
      }[]
      /** Candidates that would change there what their task may not change; `mate`: only upon a candidate below it. */
      readonly refused?: readonly {
        readonly task: TaskId
        readonly with: 'tip' | 'mate'
        readonly failure: Failure
      }[]
      /** Candidates that change nothing upon the tip. */
      readonly noops: readonly TaskId[]
      /** Candidates of this run that the branch turned out to hold already. */
      readonly landed: readonly { readonly task: TaskId; readonly commit: Sha }[]
    }
  | { readonly kind: 'unreachable'; readonly refusal: Refusal }

export type PushResult =
  | { readonly kind: 'landed'; readonly bypassed: readonly string[] }
  /** `suspects`: the tasks that the refusal's words point at; may be empty. */
  | { readonly kind: 'refused'; readonly refusal: Refusal; readonly suspects: readonly TaskId[] }
  | { readonly kind: 'stopped' }

/** Something that happened; the journal is the list of these. `at`: RFC 3339 UTC. */
export type Event = { readonly at: string } & (
  | { readonly type: 'began'; readonly step: Step }
  | { readonly type: 'worked'; readonly task: TaskId; readonly result: WorkResult }
  | { readonly type: 'remediated'; readonly task: TaskId; readonly result: WorkResult }
  | { readonly type: 'finished'; readonly task: TaskId; readonly files: readonly string[] }
  | { readonly type: 'stacked'; readonly result: StackResult }
  | { readonly type: 'gated'; readonly results: readonly GateResult[] }
  | { readonly type: 'pushed'; readonly layers: readonly Layer[]; readonly result: PushResult }
  | { readonly type: 'halted'; readonly halt: Halt }
  /** Another process takes up the run here: what was under way starts over. */
  | { readonly type: 'resumed' }
  /** Known at the start: landed by an earlier attempt of this run, or kept by an earlier run. */
  | { readonly type: 'found'; readonly task: TaskId; readonly found: Found }
  | { readonly type: 'verified'; readonly result: GateResult }
  | { readonly type: 'reverted'; readonly task: TaskId; readonly commit: Sha; readonly work: Candidate }
)
export type Found =
  | { readonly kind: 'landed'; readonly commit: Sha }
  | { readonly kind: 'candidate'; readonly candidate: Candidate }
  /** Its worker ended in an earlier attempt and had changed nothing. */
  | { readonly kind: 'unchanged' }
  /** The branch has it in its done file, and no more in its tasks file: the checkout is older than that. */
  | { readonly kind: 'archived' }
