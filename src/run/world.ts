/** Everything a run can do to the outside, in one object. Types only: the real ones are wired in scene.ts. */

import type { Settings } from '../decide/settings.ts'
import type { Plan, Sha } from '../decide/task.ts'
import type { Seek } from '../world/added-lines.ts'
import type * as Checkouts from '../world/checkout.ts'
import type { CheckoutOptions } from '../world/checkout.ts'
import type { Clock } from '../world/clock.ts'
import type * as Copies from '../world/copy.ts'
import type * as Files from '../world/files.ts'
import type { Log } from '../world/log.ts'
import type { Patience } from '../world/patience.ts'
import type * as Processes from '../world/process.ts'
import type { Remote } from '../world/remote.ts'
import type { Store } from '../world/store.ts'
import type { Workspaces } from '../world/workspaces.ts'

/** Where this run's things are. */
export interface Places {
  /** The run directory. */
  readonly run: string
  /** The user's checkout; read, never written. */
  readonly checkout: string
  readonly store: string
  readonly tasks: string
  readonly gates: string
  /** Scripts and indexes of ours; nothing a worker needs. */
  readonly internal: string
}

export interface World {
  readonly settings: Settings
  readonly plan: Plan
  readonly key: string
  readonly branch: string
  readonly base: Sha
  readonly places: Places
  readonly clock: Clock
  readonly store: Store
  readonly checkoutOptions: CheckoutOptions
  readonly log: Log
  /** For what a full disk may refuse. */
  readonly patience: Patience
  /** Secrets and what is derived from them, replaced by `***`. */
  readonly mask: (text: string) => string
  readonly secrets: readonly string[]
  /** What `mask` would replace in a text; null: nothing is masked. */
  readonly seek: Seek | null
  /** The largest file that the remote is known to take; null: it has no limit that is known. */
  readonly maxFileBytes: number | null
  /** Told what workers took of the memory. */
  readonly memory: { ended(bytes: number | null): Promise<void> }
  /** The step's own environment. */
  readonly env: Readonly<Record<string, string | undefined>>
  readonly files: typeof Files
  readonly checkouts: typeof Checkouts
  readonly workspaces: Workspaces
  readonly processes: typeof Processes
  readonly copies: typeof Copies
  /** The tasks file within the repository, where bookkeeping keeps it; null: bookkeeping is off. */
  readonly bookkeeping: Bookkeeping | null
  /** Aborts when the run is cancelled: everything ends. */
  readonly cancel: AbortSignal
  /** Aborts on cancel and at the deadline: workers end, the lane goes on. */
  readonly endWork: AbortSignal
  /** Aborts a few seconds after cancel: what the lane has under way may still end well. */
  readonly endLane: AbortSignal
  /** Aborts a little later: what became of a push that was cut off can still be read. */
  readonly endRead: AbortSignal
}

export interface Bookkeeping {
  readonly format: 'fanout' | 'ralph-queue'
  readonly tasksFile: string
  readonly doneFile: string
}

/** The one world that can push. */
export interface LaneWorld extends World {
  readonly remote: Remote
}
