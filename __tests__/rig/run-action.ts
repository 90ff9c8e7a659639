import { join } from 'node:path'
import { interpolateTexts } from './expressions.ts'
import { githubContext, type Job } from './job.ts'
import { type ProcessResult, type RunningProcess, startProcess } from './run-process.ts'
import { readAction } from './workflow-file.ts'

export type ActionOptions = {
  /** As in `with:`; the names are matched without regard to case. */
  readonly inputs?: Readonly<Record<string, string>>
  /** The step's `env:`. */
  readonly env?: Readonly<Record<string, string>>
  readonly timeoutMs?: number
  /** Used as `./path`: the runner does not run `pre` then. */
  readonly local?: boolean
}

export type ActionResult = ProcessResult & {
  readonly postIf: string
  /** The post step, which the runner runs at the end of the job; null when the action has none. */
  post(): Promise<ProcessResult | null>
}

export type RunningAction = Omit<RunningProcess, 'done'> & { readonly done: Promise<ActionResult> }

/** Runs the JavaScript action in `folder` as a step of `job`, by what its action.yml says. */
export async function runAction(
  job: Job,
  folder: string,
  options: ActionOptions = {},
): Promise<ActionResult> {
  const running = await startAction(job, folder, options)
  return running.done
}

/** The same, in the test's hands while it runs. */
export async function startAction(
  job: Job,
  folder: string,
  options: ActionOptions = {},
): Promise<RunningAction> {
  const action = readAction(folder)
  const { using, pre, main = '', post, 'post-if': postIf = 'always()' } = action.runs
  if (!/^node\d+$/.test(using)) throw new Error(`'using: ${using}' is not a JavaScript action`)
  const env = {
    ...job.actionEnv,
    ...options.env,
    ...inputEnv(job, action.inputs ?? {}, options.inputs ?? {}),
  }
  Object.assign(env, { GITHUB_ACTION_PATH: folder })
  const node = (script: string, state: Record<string, string>) =>
    // The runner starts its own node, not the one on PATH.
    startProcess(job, process.execPath, [join(folder, script)], {
      env,
      state,
      ...(options.timeoutMs === undefined ? {} : { timeoutMs: options.timeoutMs }),
    })

  const state = pre && !options.local ? (await (await node(pre, {})).done).state : {}
  const running = await node(main, state)
  const done = running.done.then(result => ({
    ...result,
    postIf,
    post: async () => (post ? (await node(post, result.state)).done : null),
  }))
  return { ...running, done }
}

/** INPUT_*: what the step gives, else the default, whose expressions may use the `github` and `runner` contexts. */
function inputEnv(
  job: Job,
  declared: Readonly<Record<string, { readonly default?: unknown } | null>>,
  given: Readonly<Record<string, string>>,
): Record<string, string> {
  const runner = {
    os: job.env.RUNNER_OS,
    arch: job.env.RUNNER_ARCH,
    temp: job.temp,
    name: job.env.RUNNER_NAME,
  }
  const context = { github: githubContext(job), runner, job: {}, strategy: {}, matrix: {} }
  const defaults = Object.fromEntries(Object.entries(declared).map(([name, input]) => [name, input?.default]))
  const values = { ...interpolateTexts(defaults, context, { ok: true, cancelled: false }) }
  const env: Record<string, string> = {}
  for (const [name, value] of [...Object.entries(values), ...Object.entries(given)]) {
    env[`INPUT_${name.replaceAll(' ', '_').toUpperCase()}`] = value
  }
  return env
}
