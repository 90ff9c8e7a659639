import { resolve } from 'node:path'
import { type Context, holds, interpolate, interpolateTexts, type Status } from './expressions.ts'
import { type Annotation, type ExecutedCommand, githubContext, type JobOptions, startJob } from './job.ts'
import { type Actions, runSteps, type StepResult } from './run-job.ts'
import type { Outcome } from './run-process.ts'
import { type JobFile, type Permissions, readWorkflow, type WorkflowFile } from './workflow-file.ts'

export type { ActionFunction, Actions, StepResult } from './run-job.ts'

export type WorkflowOptions = {
  /** `ref`, `sha`, `repository`, `event_name` ...: the `github` context, and GITHUB_* of every step. */
  readonly github?: Readonly<Record<string, string>>
  readonly event?: Readonly<Record<string, unknown>>
  readonly token?: string
  /** `github.token` of jobs whose `permissions` do not let them write contents; else they get `token`, too. */
  readonly readToken?: string
  readonly secrets?: Readonly<Record<string, string>>
  readonly vars?: Readonly<Record<string, string>>
  readonly inputs?: Readonly<Record<string, unknown>>
  readonly actions?: Actions
  /** Cancels the run. */
  readonly signal?: AbortSignal
} & Pick<JobOptions, 'env' | 'actionEnv' | 'grace' | 'drain'>

export type JobResult = {
  readonly result: Outcome | 'skipped'
  readonly outputs: Readonly<Record<string, string>>
  readonly steps: readonly StepResult[]
  readonly log: readonly string[]
  readonly annotations: readonly Annotation[]
  readonly commands: readonly ExecutedCommand[]
  readonly summary: string
  readonly workspace: string
  /** One for each combination, with `matrix`; the fields above then hold all of them together. */
  readonly matrix: readonly JobResult[]
}

export type WorkflowResult = AsyncDisposable & {
  readonly conclusion: Outcome
  readonly jobs: Readonly<Record<string, JobResult>>
}

const SKIPPED: JobResult = {
  ...{ result: 'skipped', outputs: {}, steps: [], log: [], annotations: [], commands: [] },
  ...{ summary: '', workspace: '', matrix: [] },
}

/** Executes a workflow file on this machine; its workspaces stay until the result is disposed. */
export async function runWorkflow(file: string, options: WorkflowOptions = {}): Promise<WorkflowResult> {
  const workflow = await readWorkflow(resolve(file))
  await using stack = new AsyncDisposableStack()
  const signal = options.signal ?? new AbortController().signal
  const started = new Map<string, Promise<JobResult>>()
  const run: Run = { workflow, options, signal, stack }
  function start(id: string): Promise<JobResult> {
    const known = started.get(id) ?? runJob(run, id, start)
    started.set(id, known)
    return known
  }
  const ids = Object.keys(workflow.jobs)
  const results = await Promise.all(ids.map(start))
  const has = (result: Outcome) => results.some(job => job.result === result)
  const owned = stack.move()
  return {
    conclusion: has('cancelled') ? 'cancelled' : has('failure') ? 'failure' : 'success',
    jobs: Object.fromEntries(ids.map((id, i) => [id, results[i] ?? SKIPPED])),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  }
}

type Run = {
  readonly workflow: WorkflowFile
  readonly options: WorkflowOptions
  readonly signal: AbortSignal
  readonly stack: AsyncDisposableStack
}

async function runJob(run: Run, id: string, wait: (id: string) => Promise<JobResult>): Promise<JobResult> {
  const file = run.workflow.jobs[id] as JobFile
  const names = [file.needs ?? []].flat()
  const results = await Promise.all(names.map(wait))
  const needs = Object.fromEntries(
    results.map(({ result, outputs }, i) => [names[i] ?? '', { result, outputs }] as const),
  )
  const status = { ok: results.every(({ result }) => result === 'success'), cancelled: run.signal.aborted }
  const { vars = {}, inputs = {}, github = {} } = run.options
  const context = { github, vars, inputs, needs }
  if (!holds(file.if, context, status)) return SKIPPED

  const strategy = interpolate(file.strategy ?? {}, context, status) as Strategy
  if (!strategy.matrix) return runOne(run, id, { needs, matrix: {}, strategy: {} }, run.signal)
  // One that fails cancels the others, unless the workflow says otherwise.
  const failed = new AbortController()
  const signal = AbortSignal.any([run.signal, failed.signal])
  const combinations = combine(strategy.matrix)
  if (combinations.length === 0) throw new Error(`Matrix vector of job '${id}' does not contain any values`)
  const all = await Promise.all(
    combinations.map(async (matrix, index) => {
      const about = { 'job-index': index, 'job-total': combinations.length }
      const result = await runOne(run, id, { needs, matrix, strategy: about }, signal)
      if (result.result === 'failure' && strategy['fail-fast'] !== false) failed.abort()
      return result
    }),
  )
  const has = (result: Outcome) => all.some(job => job.result === result)
  return {
    result: has('failure') ? 'failure' : has('cancelled') ? 'cancelled' : 'success',
    outputs: Object.assign({}, ...all.map(job => job.outputs)),
    steps: all.flatMap(job => job.steps),
    log: all.flatMap(job => job.log),
    annotations: all.flatMap(job => job.annotations),
    commands: all.flatMap(job => job.commands),
    summary: all.map(job => job.summary).join(''),
    workspace: all[0]?.workspace ?? '',
    matrix: all,
  }
}

async function runOne(run: Run, id: string, own: Context, outer: AbortSignal): Promise<JobResult> {
  const { workflow, options, stack } = run
  const { secrets = {}, vars = {}, inputs = {}, github = {} } = options
  const file = workflow.jobs[id] as JobFile
  const { token: writeToken = 'ghs_rig.token', readToken = writeToken } = options
  const token = mayWrite(file.permissions ?? workflow.permissions) ? writeToken : readToken
  const facts = Object.entries({ workflow: workflow.name ?? id, job: id, ...github })
  const env = Object.fromEntries(facts.map(([name, value]) => [`GITHUB_${name.toUpperCase()}`, value]))
  const { event = {}, actionEnv = {}, grace, drain } = options
  const job = stack.use(
    await startJob({
      ...{ env: { ...env, ...options.env }, actionEnv, event, token, masks: Object.values(secrets) },
      ...(grace ? { grace } : {}),
      ...(drain === undefined ? {} : { drain }),
    }),
  )
  const context = { ...own, vars, inputs, secrets: { GITHUB_TOKEN: token, ...secrets } }
  const fresh: Status = { ok: true, cancelled: false }
  const outside = { ...context, github: githubContext(job) }
  const jobEnv = interpolateTexts(workflow.env, outside, fresh)
  Object.assign(jobEnv, interpolateTexts(file.env, { ...outside, env: jobEnv }, fresh))

  const limit = new AbortController()
  const timer = setTimeout(() => limit.abort(), (file['timeout-minutes'] ?? 360) * 60_000)
  const signal = AbortSignal.any([outer, limit.signal])
  const defaults = { ...workflow.defaults?.run, ...file.defaults?.run }
  const { actions = {} } = options
  const { status, steps, scope } = await runSteps({
    job,
    file,
    defaults,
    context,
    env: jobEnv,
    actions,
    signal,
  })
  clearTimeout(timer)

  const outputs = interpolateTexts(file.outputs, scope.context(), fresh)
  for (const [name, value] of Object.entries(outputs)) {
    if (![...job.masks].some(secret => value.includes(secret))) continue
    delete outputs[name]
    job.log.push(`##[warning]Skip output '${name}' since it may contain secret.`)
  }
  const { log, annotations, commands, summary, workspace } = job
  const result = status.cancelled ? 'cancelled' : status.ok ? 'success' : 'failure'
  return { result, outputs, steps, log, annotations, commands, summary, workspace, matrix: [] }
}

function mayWrite(permissions: Permissions | undefined): boolean {
  return typeof permissions === 'object' ? permissions.contents === 'write' : permissions === 'write-all'
}

type Combination = Record<string, unknown>
type Strategy = { matrix?: Record<string, unknown[]>; 'fail-fast'?: boolean }

/** GitHub's rules: `exclude` takes from the product; `include` adds to the combinations it fits, or is one of its own. */
function combine({ include = [], exclude = [], ...vectors }: Record<string, unknown[]>): Combination[] {
  const agrees = (a: Combination, b: Combination, keys: string[]) => keys.every(key => a[key] === b[key])
  let product: Combination[] = Object.keys(vectors).length === 0 ? [] : [{}]
  for (const [key, values] of Object.entries(vectors)) {
    product = product.flatMap(combination => values.map(value => ({ ...combination, [key]: value })))
  }
  const excluded = exclude as Combination[]
  const kept = product.filter(each => !excluded.some(out => agrees(each, out, Object.keys(out))))
  const added: Combination[] = []
  for (const extra of include as Combination[]) {
    const fits = kept.filter(each =>
      agrees(
        each,
        extra,
        Object.keys(extra).filter(key => key in vectors),
      ),
    )
    for (const combination of fits) Object.assign(combination, extra)
    if (fits.length === 0) added.push({ ...extra })
  }
  return [...kept, ...added]
}
