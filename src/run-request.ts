/** What a run is asked for by the action or the terminal, and what came of it. */
import type { Download } from './before.ts'
import type { Event } from './decide/happened.ts'
import type { Settings } from './decide/settings.ts'
import type { RunState } from './decide/task.ts'
import type { Earlier } from './run/earlier.ts'
import type { Report } from './run/run.ts'
import type { Halts } from './world/halt.ts'
import type { Log } from './world/log.ts'
import type { StepSummary } from './world/step-summary.ts'

export interface Start {
  /** Inputs by name, as text; missing ones have their defaults. */
  readonly inputs: Readonly<Record<string, string | undefined>>
  readonly env: Readonly<Record<string, string | undefined>>
  readonly cwd: string
  readonly log: Log
  readonly halts: Halts
  /** Artifacts of this workflow run; null: there is no service. */
  readonly download: Download | null
  /** The job summary, written as the run goes on; null: nobody reads one. */
  readonly stepSummary: StepSummary | null
  /** Told where the run directory is as soon as it is there. */
  readonly onRunDirectory: (dir: string, key: string, settings: Settings) => void
  /** Told of the state at the start and after every event. */
  readonly onState?: (state: RunState, event: Event | null, about: About) => void
  /** A run that has ended and some of whose tasks are tried again, in a run of their own. */
  readonly retried?: Retried
}

export interface Retried extends Earlier {
  /** Of the run that had ended. */
  readonly key: string
  /** The key of a retry of it that was cut off: that one goes on. null: it is the first, or the last came to its end. */
  readonly cutOff: string | null
}

/** What a view of a run needs to know beside its state. */
export interface About {
  readonly branch: string
  readonly dryRun: boolean
  readonly titles: Readonly<Record<string, string>>
  readonly mask: (text: string) => string
}

export type Started =
  /** `begun`: tasks had been started. */
  | { readonly kind: 'refused'; readonly lines: readonly string[]; readonly begun?: boolean }
  | {
      readonly kind: 'ran'
      readonly report: Report
      /** All that happened, in order, also before this process. */
      readonly events: readonly Event[]
      readonly settings: Settings
      readonly runDirectory: string
      readonly repositoryUrl: string | null
      readonly mask: (text: string) => string
    }
