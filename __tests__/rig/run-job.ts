import { randomUUID } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { type Context, evaluate, holds, interpolate, interpolateTexts, type Status } from './expressions.ts'
import { type GithubContext, githubContext, type Job } from './job.ts'
import { startAction } from './run-action.ts'
import { type Outcome, type ProcessResult, type RunningProcess, startProcess } from './run-process.ts'
import { type ActionFile, type JobFile, readAction, type StepFile } from './workflow-file.ts'

/** A stand-in for an action that is not in the repository, such as actions/checkout. Its return values are its outputs. */
export type ActionFunction = (call: {
  readonly job: Job
  readonly inputs: Readonly<Record<string, string>>
  readonly github: GithubContext
  onPost(post: () => Promise<unknown>): void
}) => Promise<Readonly<Record<string, string>> | undefined>

/** Action name without `@ref` -> a function, or the folder it stands in. */
export type Actions = Readonly<Record<string, ActionFunction | string>>

export type StepResult = {
  readonly name: string
  readonly id: string
  /** Before and after `continue-on-error`. */
  readonly outcome: Outcome | 'skipped'
  readonly conclusion: Outcome | 'skipped'
  readonly outputs: Readonly<Record<string, string>>
  readonly code: number | null
}

type Did = Pick<StepResult, 'outputs' | 'code'> & { readonly outcome: Outcome }
/** The contexts a step's expressions see; a composite action has `inputs` and `steps` of its own. */
type Scope = { readonly status: Status; context(): Context }
type Post = { readonly name: string; readonly condition: string; run(): Promise<boolean> }

export type JobRun = {
  readonly job: Job
  readonly file: JobFile
  readonly defaults: Pick<StepFile, 'shell' | 'working-directory'>
  /** `needs`, `matrix`, `secrets` and so on: all that does not change while the job runs. */
  readonly context: Context
  /** The workflow's and the job's `env:`, evaluated. */
  readonly env: Readonly<Record<string, string>>
  readonly actions: Actions
  readonly signal: AbortSignal
}

/** The steps of one job, and then the post steps of its actions. */
export async function runSteps(run: JobRun): Promise<{ status: Status; steps: StepResult[]; scope: Scope }> {
  const { job, file, signal } = run
  const status: Status = { ok: true, cancelled: false }
  const known: Record<string, unknown> = {}
  const results: StepResult[] = []
  const posts: Post[] = []
  let stepEnv: Readonly<Record<string, string>> = {}

  const scope: Scope = {
    status,
    context: () => ({
      ...run.context,
      github: githubContext(job),
      env: { ...run.env, ...job.dynamicEnv, ...stepEnv },
      runner: {
        os: 'Linux',
        arch: 'X64',
        name: 'rig',
        temp: job.temp,
        tool_cache: job.env.RUNNER_TOOL_CACHE,
      },
      job: { status: status.cancelled ? 'cancelled' : status.ok ? 'success' : 'failure' },
      steps: known,
    }),
  }
  for (const [index, step] of file.steps.entries()) {
    status.cancelled ||= signal.aborted
    const result = await one(step, index, scope, known)
    results.push(result)
    if (result.conclusion === 'failure') status.ok = false
    if (result.conclusion === 'cancelled') status.cancelled = true
  }
  for (const post of posts.reverse()) {
    if (!evaluate(post.condition, scope.context(), status)) continue
    const ok = await post.run()
    if (!ok) status.ok = false
    const outcome = ok ? 'success' : 'failure'
    results.push({ name: `Post ${post.name}`, id: '', outcome, conclusion: outcome, outputs: {}, code: null })
  }
  return { status, steps: results, scope }

  async function one(
    step: StepFile,
    index: number,
    at: Scope,
    seen: Record<string, unknown>,
  ): Promise<StepResult> {
    const { id = '' } = step
    const name = String(step.name ?? (id || step.uses || `run ${index + 1}`))
    let did: Did | null = null
    try {
      if (holds(step.if, at.context(), at.status)) did = await perform(step, name, at)
    } catch (error) {
      // The runner shows it and fails the step; so does this, or the test would not learn of a mistake in its workflow.
      const message = (error as Error).message
      job.log.push(`##[error]${message}`)
      job.annotations.push({ level: 'error', message })
      did = { outcome: 'failure', outputs: {}, code: null }
    }
    const { outcome, outputs, code } = did ?? { outcome: 'skipped' as const, outputs: {}, code: null }
    const goOn = interpolate(step['continue-on-error'] ?? false, at.context(), at.status) === true
    const conclusion = goOn && outcome === 'failure' ? 'success' : outcome
    if (id) seen[id] = { outputs, outcome, conclusion }
    return { name, id, outcome, conclusion, outputs, code }
  }

  async function perform(step: StepFile, name: string, at: Scope): Promise<Did> {
    const outer = stepEnv
    stepEnv = { ...outer, ...interpolateTexts(step.env, at.context(), at.status) }
    try {
      if (step.run !== undefined) return await script(step, at)
      return await use(step, name, at)
    } finally {
      stepEnv = outer
    }
  }

  /** Cancelled with the run, unless the run was cancelled before it began (as with `if: always()`). */
  async function watch<Result extends ProcessResult>(
    running: Omit<RunningProcess, 'done'> & { done: Promise<Result> },
  ): Promise<Result> {
    const cancel = () => running.cancel()
    if (!signal.aborted) signal.addEventListener('abort', cancel)
    try {
      return await running.done
    } finally {
      signal.removeEventListener('abort', cancel)
    }
  }
  function fullEnv(): Record<string, string> {
    return { ...run.env, ...job.dynamicEnv, ...stepEnv }
  }

  async function script(step: StepFile, at: Scope): Promise<Did> {
    const settled = { ...run.defaults, ...step }
    const path = join(job.temp, `${randomUUID()}.sh`)
    await writeFile(path, String(interpolate(settled.run, at.context(), at.status)))
    const { shell = 'bash -e {0}' } = settled
    const line = shell === 'bash' ? 'bash --noprofile --norc -eo pipefail {0}' : shell
    const [command = 'bash', ...args] = (line.includes('{0}') ? line : `${line} {0}`).split(' ')
    const folder = String(interpolate(settled['working-directory'] ?? '.', at.context(), at.status))
    const options = { env: fullEnv(), cwd: resolve(job.workspace, folder), ...timeLimit(step) }
    const file = args.map(arg => arg.replace('{0}', path))
    return watch(await startProcess(job, command, file, options))
  }

  async function use(step: StepFile, name: string, at: Scope): Promise<Did> {
    const { uses = '' } = step
    const inputs = interpolateTexts(step.with, at.context(), at.status)
    const local = uses.startsWith('./')
    const known = local ? resolve(job.workspace, uses) : run.actions[uses.split('@')[0] ?? '']
    if (known === undefined) throw new Error(`no stand-in for ${uses}: give one in \`actions\``)
    if (typeof known === 'function') {
      const onPost = (post: () => Promise<unknown>) =>
        posts.push({
          name,
          condition: 'always()',
          run: () =>
            post().then(
              () => true,
              () => false,
            ),
        })
      const outputs = (await known({ job, inputs, github: githubContext(job), onPost })) ?? {}
      return { outcome: 'success', outputs, code: 0 }
    }
    const action = readAction(known)
    if (action.runs.using === 'composite') return composite(action, known, inputs, at)
    const options = { inputs, local, env: fullEnv(), ...timeLimit(step) }
    const result = await watch(await startAction(job, known, options))
    const post = async () => ((await result.post())?.code ?? 0) === 0
    if (action.runs.post) posts.push({ name, condition: result.postIf, run: post })
    return result
  }

  async function composite(action: ActionFile, folder: string, given: Context, at: Scope): Promise<Did> {
    const inner: Record<string, unknown> = {}
    const own: Status = { ok: true, cancelled: false }
    const declared = Object.entries(action.inputs ?? {}).map(([key, input]) => [key, input?.default])
    const inputs = { ...interpolateTexts(Object.fromEntries(declared), at.context(), at.status), ...given }
    const within: Scope = {
      status: own,
      context: () => {
        const github = { ...githubContext(job), action_path: folder }
        return { ...scope.context(), github, inputs, steps: inner }
      },
    }
    for (const [index, step] of (action.runs.steps ?? []).entries()) {
      own.cancelled ||= signal.aborted
      const { conclusion } = await one(step, index, within, inner)
      if (conclusion === 'failure') own.ok = false
      if (conclusion === 'cancelled') own.cancelled = true
    }
    const declaredOutputs = Object.entries(action.outputs ?? {}).map(([key, output]) => [key, output?.value])
    const outputs = interpolateTexts(Object.fromEntries(declaredOutputs), within.context(), own)
    return { outcome: own.cancelled ? 'cancelled' : own.ok ? 'success' : 'failure', outputs, code: null }
  }
}

function timeLimit(step: StepFile): { timeoutMs?: number } {
  const minutes = step['timeout-minutes']
  return minutes === undefined ? {} : { timeoutMs: minutes * 60_000 }
}
