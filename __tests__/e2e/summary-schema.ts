/** summary.json to the letter of the contract: every key, its type, and no other. */
import * as z from 'zod'

const sha = z.string().regex(/^[0-9a-f]{40}$/)
const time = z.iso.datetime()
const count = z.int().nonnegative()
const seconds = z.number().nonnegative()
const id = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/)

const REASONS: Readonly<Record<string, readonly string[]>> = {
  landed: [],
  unchanged: [],
  failed: [
    ...['setup', 'worker-exit', 'worker-signal', 'timeout', 'idle', 'out-of-scope', 'too-large', 'gate'],
    ...['workspace', 'internal'],
  ],
  'blocked-push': [
    ...['conflict', 'attempts', 'base-red', 'race', 'network', 'auth', 'protected-branch', 'ruleset'],
    ...['workflow-scope', 'secret', 'large-file', 'hook', 'unknown'],
  ],
  blocked: ['dependency'],
  cancelled: ['signal', 'deadline'],
  skipped: ['status', 'not-before', 'max-tasks', 'max-failures', 'only', 'already-landed'],
  reverted: ['verification'],
}

const Task = z
  .strictObject({
    id,
    title: z.string().min(1),
    outcome: z.enum(Object.keys(REASONS)),
    reason: z
      .strictObject({ code: z.string(), message: z.string().min(1), fix: z.string().min(1) })
      .nullable(),
    commit: sha.nullable(),
    needs: z.array(id),
    blocked_by: z.array(id),
    changes: z.strictObject({ files: count, insertions: count, deletions: count }).nullable(),
    attempts: z.strictObject({ worker: count, push: count, remediation: count }),
    started_at: time.nullable(),
    finished_at: time.nullable(),
    seconds: z.strictObject({ workspace: seconds, worker: seconds, landing: seconds }),
    exit_code: z.int().nullable(),
    files: z.array(z.string().regex(/^[^/]/)),
  })
  .superRefine((task, context) => {
    const codes = REASONS[task.outcome] ?? []
    const wrong = task.reason === null ? codes.length > 0 : !codes.includes(task.reason.code)
    if (wrong) context.addIssue(`${task.id}: ${task.outcome} with reason ${JSON.stringify(task.reason)}`)
    const onBranch = task.outcome === 'landed' || task.outcome === 'reverted'
    if (onBranch !== (task.commit !== null)) context.addIssue(`${task.id}: ${task.outcome}, ${task.commit}`)
    if (new Set(task.files).size !== task.files.length) context.addIssue(`${task.id}: a file twice`)
  })

export const SummarySchema = z
  .strictObject({
    version: z.literal(1),
    conclusion: z.enum(['success', 'failure']),
    run: z.strictObject({
      key: z.string().min(1),
      repository: z.string().min(1),
      branch: z.string().min(1),
      base_sha: sha,
      head_sha: sha,
      started_at: time,
      finished_at: time,
      workers: z.int().positive(),
      dry_run: z.boolean(),
      resumed: z.boolean(),
    }),
    counts: z.strictObject({
      ...{ total: count, landed: count, unchanged: count, failed: count, blocked_push: count },
      ...{ blocked: count, cancelled: count, skipped: count, reverted: count },
    }),
    any_failed: z.boolean(),
    all_succeeded: z.boolean(),
    verification: z.strictObject({
      ran: z.boolean(),
      passed: z.boolean().nullable(),
      exit_code: z.int().nullable(),
      command: z.string(),
      sha: sha.nullable(),
      seconds,
      skipped_because: z.string().nullable(),
      culprits: z.array(id),
    }),
    landing: z.strictObject({
      ...{ pushes: count, push_attempts: count, races_lost: count, rounds: count, gates_run: count },
      ...{ gates_reused: count, gate_flakes: count, gate_seconds: seconds },
    }),
    tasks: z.array(Task),
  })
  .superRefine(({ tasks, counts, any_failed, all_succeeded, conclusion, verification }, context) => {
    const { total, ...rest } = counts
    for (const [key, number] of Object.entries(rest)) {
      const found = tasks.filter(task => task.outcome.replace('-', '_') === key).length
      if (found !== number) context.addIssue(`counts.${key} is ${number}, ${found} tasks are`)
    }
    if (total !== tasks.length) context.addIssue(`total is ${total} of ${tasks.length}`)
    const failing = rest.failed + rest.blocked_push + rest.blocked + rest.cancelled + rest.reverted
    const failed = failing > 0 || verification.passed === false
    if (any_failed !== failed) context.addIssue(`any_failed is ${any_failed}`)
    if (conclusion !== (failed ? 'failure' : 'success')) context.addIssue(`conclusion is ${conclusion}`)
    if (all_succeeded !== (tasks.length > 0 && !failed)) context.addIssue(`all_succeeded is ${all_succeeded}`)
    if (verification.ran === (verification.skipped_because !== null)) context.addIssue('verification')
  })
