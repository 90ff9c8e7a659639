/** `summary.json` and `state.json` read back: what is not of their shape is refused, what is more than that passes. */
import * as z from 'zod'
import type { Summary } from './summary.ts'

const OUTCOME = z.enum([
  'landed',
  'unchanged',
  'failed',
  'blocked-push',
  'blocked',
  'cancelled',
  'skipped',
  'reverted',
])
const count = z.int().min(0)
const seconds = z.number().min(0)
/** Below the run directory, and nowhere else. */
const file = z.string().refine(path => !path.startsWith('/') && !path.split('/').includes('..'))

const SUMMARY: z.ZodType<Summary> = z.looseObject({
  version: z.literal(1),
  conclusion: z.enum(['success', 'failure']),
  run: z.looseObject({
    key: z.string(),
    repository: z.string(),
    branch: z.string(),
    base_sha: z.string(),
    head_sha: z.string(),
    started_at: z.string(),
    finished_at: z.string(),
    workers: count,
    dry_run: z.boolean(),
    resumed: z.boolean(),
  }),
  counts: z.looseObject({
    total: count,
    landed: count,
    unchanged: count,
    failed: count,
    blocked_push: count,
    blocked: count,
    cancelled: count,
    skipped: count,
    reverted: count,
  }),
  any_failed: z.boolean(),
  all_succeeded: z.boolean(),
  verification: z.looseObject({
    ran: z.boolean(),
    passed: z.boolean().nullable(),
    exit_code: z.int().nullable(),
    command: z.string(),
    sha: z.string().nullable(),
    seconds,
    skipped_because: z.string().nullable(),
    culprits: z.array(z.string()),
  }),
  landing: z.looseObject({
    pushes: count,
    push_attempts: count,
    races_lost: count,
    rounds: count,
    gates_run: count,
    gates_reused: count,
    gate_flakes: count,
    gate_seconds: seconds,
  }),
  tasks: z.array(
    z.looseObject({
      id: z.string(),
      title: z.string(),
      outcome: OUTCOME,
      reason: z.looseObject({ code: z.string(), message: z.string(), fix: z.string() }).nullable(),
      commit: z.string().nullable(),
      needs: z.array(z.string()),
      blocked_by: z.array(z.string()),
      changes: z.looseObject({ files: count, insertions: count, deletions: count }).nullable(),
      attempts: z.looseObject({ worker: count, push: count, remediation: count }),
      started_at: z.string().nullable(),
      finished_at: z.string().nullable(),
      seconds: z.looseObject({ workspace: seconds, worker: seconds, landing: seconds }),
      exit_code: z.int().nullable(),
      files: z.array(file),
    }),
  ),
})

const STATE = z.looseObject({
  schema_version: z.literal(1),
  run: z.looseObject({
    key: z.string(),
    branch: z.string(),
    started_at: z.string(),
    halt: z.string().nullable(),
  }),
  tasks: z.array(
    z.looseObject({
      id: z.string(),
      stage: z.enum(['waiting', 'working', 'ready', 'handoff', 'remediating', 'ended']),
      outcome: OUTCOME.nullable(),
      reason: z.string().nullable(),
      // The first ones had none of these.
      title: z.string().optional(),
      message: z.string().nullable().default(null),
      fix: z.string().nullable().default(null),
      commit: z.string().nullable(),
      started_at: z.string().nullable(),
    }),
  ),
})

/** What `status` needs of `state.json`. */
export type SavedState = Readonly<z.infer<typeof STATE>>

export type Read<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly why: string }

export const readSummary = (text: string): Read<Summary> => readAs(SUMMARY, text)
export const readState = (text: string): Read<SavedState> => readAs(STATE, text)

function readAs<T>(shape: z.ZodType<T>, text: string): Read<T> {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    return { ok: false, why: `it is no JSON (${(error as Error).message})` }
  }
  const parsed = shape.safeParse(value)
  if (parsed.success) return { ok: true, value: parsed.data }
  const [issue] = parsed.error.issues
  return { ok: false, why: `${issue?.path.join('.') || 'it'} is not as expected: ${issue?.message}` }
}
