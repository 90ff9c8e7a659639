/** A task between the text and the plan: each key that was good, and the places to speak of. */
import type { Status } from './task.ts'

export interface Draft {
  /** Offset of the task in its file; null: it is not in the tasks file. */
  readonly at: number | null
  /** null: missing or bad, which has been reported. */
  readonly id: string | null
  readonly title: string | null
  readonly prompt: string | null
  readonly run: string | null
  readonly needs: readonly Need[]
  readonly paths: readonly string[]
  readonly env: Readonly<Record<string, string>>
  readonly timeoutMinutes: number | null
  readonly retries: number | null
  readonly commitMessage: string | null
  readonly status: Status
  readonly notBefore: string | null
}

export interface Need {
  readonly id: string
  readonly at: number
}

export type Format = 'fanout' | 'ralph-queue' | 'ralph-workflow'

export interface Drafts {
  readonly format: Format
  readonly drafts: readonly Draft[]
  readonly notices: readonly string[]
}

export const EMPTY_DRAFT: Draft = {
  at: null,
  id: null,
  title: null,
  prompt: null,
  run: null,
  needs: [],
  paths: [],
  env: {},
  timeoutMinutes: null,
  retries: null,
  commitMessage: null,
  status: 'todo',
  notBefore: null,
}
