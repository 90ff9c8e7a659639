import { randomUUID } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { processesWith } from './leftovers.ts'
import { tempDir } from './temp.ts'
import type { Command } from './workflow-commands.ts'

export type Annotation = {
  readonly level: 'error' | 'warning' | 'notice'
  readonly message: string
  readonly title?: string
  readonly file?: string
  readonly line?: string
  readonly [property: string]: string | undefined
}

/** A command the runner executed, and the stream and line it came from. */
export type ExecutedCommand = Command & { readonly stream: 'stdout' | 'stderr'; readonly line: string }

/** What the steps of one job share, and change. */
export type Job = AsyncDisposable & {
  /** GITHUB_WORKSPACE. */
  readonly workspace: string
  /** RUNNER_TEMP. */
  readonly temp: string
  /** For every step. */
  readonly env: Record<string, string>
  /** `github.token`; masked. Not in the environment of any step unless a workflow puts it there. */
  readonly token: string
  readonly event: Readonly<Record<string, unknown>>
  /** Only for JavaScript actions, as the runner does with ACTIONS_RUNTIME_TOKEN and the like. */
  readonly actionEnv: Record<string, string>
  /** Set through GITHUB_ENV; also in `env`. */
  readonly dynamicEnv: Record<string, string>
  /** Set through GITHUB_PATH, first wins. */
  readonly path: string[]
  readonly masks: Set<string>
  readonly annotations: Annotation[]
  readonly commands: ExecutedCommand[]
  /** What the log shows, masked. */
  readonly log: string[]
  summary: string
  /** Milliseconds from SIGINT to SIGTERM and from there to SIGKILL. */
  readonly grace: readonly [term: number, kill: number]
  /** Milliseconds the runner waits for output still held open by grandchildren. */
  readonly drain: number
}

export type JobOptions = {
  readonly workspace?: string
  readonly env?: Readonly<Record<string, string>>
  readonly actionEnv?: Readonly<Record<string, string>>
  readonly token?: string
  readonly event?: Readonly<Record<string, unknown>>
  readonly masks?: readonly string[]
  readonly grace?: readonly [term: number, kill: number]
  readonly drain?: number
}

/** A job on an empty machine: nothing of this process's environment but PATH. Dispose ends orphans and removes its folder. */
export async function startJob(options: JobOptions = {}): Promise<Job> {
  const folder = await tempDir('job')
  const workspace = options.workspace ?? join(folder.path, 'work', 'r', 'r')
  const temp = join(folder.path, 'temp')
  const home = join(folder.path, 'home')
  for (const path of [workspace, temp, home]) await mkdir(path, { recursive: true })
  const tracking = `github_${randomUUID()}`
  const { token = 'ghs_rig.token', event = {} } = options
  const eventPath = join(temp, 'event.json')
  await writeFile(eventPath, JSON.stringify(event))
  return {
    token,
    event,
    workspace,
    temp,
    env: {
      PATH: process.env.PATH ?? '',
      HOME: home,
      LANG: 'C.UTF-8',
      CI: 'true',
      GITHUB_ACTIONS: 'true',
      GITHUB_WORKSPACE: workspace,
      GITHUB_SERVER_URL: 'https://github.com',
      // Nobody listens there: no request leaves this machine.
      GITHUB_API_URL: 'http://127.0.0.1:9',
      GITHUB_GRAPHQL_URL: 'http://127.0.0.1:9/graphql',
      GITHUB_REPOSITORY: 'o/r',
      GITHUB_REPOSITORY_OWNER: 'o',
      GITHUB_REF: 'refs/heads/main',
      GITHUB_REF_NAME: 'main',
      GITHUB_REF_TYPE: 'branch',
      GITHUB_SHA: '0'.repeat(40),
      GITHUB_RUN_ID: '1',
      GITHUB_RUN_NUMBER: '1',
      GITHUB_RUN_ATTEMPT: '1',
      GITHUB_JOB: 'job',
      GITHUB_WORKFLOW: 'workflow',
      GITHUB_EVENT_NAME: 'push',
      GITHUB_EVENT_PATH: eventPath,
      GITHUB_ACTOR: 'octocat',
      GITHUB_TRIGGERING_ACTOR: 'octocat',
      RUNNER_OS: 'Linux',
      RUNNER_ARCH: 'X64',
      RUNNER_NAME: 'rig',
      RUNNER_ENVIRONMENT: 'self-hosted',
      RUNNER_TEMP: temp,
      RUNNER_TOOL_CACHE: join(folder.path, 'tools'),
      RUNNER_TRACKING_ID: tracking,
      ...options.env,
    },
    actionEnv: { ...options.actionEnv },
    dynamicEnv: {},
    path: [],
    masks: new Set([token, ...(options.masks ?? [])].filter(Boolean)),
    annotations: [],
    commands: [],
    log: [],
    summary: '',
    grace: options.grace ?? [7500, 2500],
    drain: options.drain ?? 5000,
    async [Symbol.asyncDispose]() {
      // "Cleaning up orphan processes": the runner, too, finds them by this variable.
      for (const { pid } of await processesWith(tracking)) {
        try {
          process.kill(pid, 'SIGKILL')
        } catch {
          // gone meanwhile
        }
      }
      await folder[Symbol.asyncDispose]()
    },
  }
}

export type GithubContext = Record<string, unknown> & {
  readonly ref: string
  readonly ref_name: string
  readonly sha: string
  readonly token: string
}

/** The `github` context of expressions: what the environment says, the token and the event. */
export function githubContext({ env, token, event }: Job): GithubContext {
  const named = Object.entries(env).filter(([name]) => name.startsWith('GITHUB_'))
  const context = Object.fromEntries(
    named.map(([name, value]) => [name.slice('GITHUB_'.length).toLowerCase(), value]),
  )
  const { ref = '', ref_name = '', sha = '' } = context
  return { ...context, ref, ref_name, sha, token, event }
}
