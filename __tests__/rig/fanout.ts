import { type ChildProcess, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Event } from '../../src/decide/happened.ts'
import type { Summary } from '../../src/decide/summary.ts'
import type { JournalHead } from '../../src/world/journal.ts'
import { startBed } from './bed.ts'
import { type Env, hermeticEnv } from './exec.ts'
import type { GitServer, GitServerOptions } from './git-server.ts'
import { type Job, type JobOptions, startJob } from './job.ts'
import { processesWith } from './leftovers.ts'
import { type Clone, type CloneOptions, createRepo, type Remote, type RepoOptions } from './repo.ts'
import { type ActionResult, type RunningAction, startAction } from './run-action.ts'

/** Where action.yml and dist/ are: what these helpers run is the bundle, never the sources. */
export const PRODUCT = join(import.meta.dirname, '..', '..')
export const CLI = join(PRODUCT, 'dist', 'cli', 'index.js')
const TOKEN = 'ghs_good.token.of.this.job'

export type Inputs = Readonly<Record<string, string>>

/** What a run left in its run directory. */
export type RunDirectory = {
  readonly path: string
  readonly summary: Summary
  readonly head: JournalHead
  readonly events: readonly Event[]
  /** state.json. */
  readonly state: State
  text(file: string): Promise<string>
  json(file: string): Promise<Record<string, unknown>>
  /** Paths of all files below, without workspaces and the store; sorted. */
  files(): Promise<string[]>
}

export type State = {
  readonly schema_version: number
  readonly run: Readonly<Record<string, unknown>>
  readonly tasks: readonly Readonly<Record<string, unknown>>[]
}

/** Throws where a file that every run leaves is missing or is no JSON. */
export async function readRun(path: string): Promise<RunDirectory> {
  const text = (file: string) => readFile(join(path, file), 'utf8')
  const json = async (file: string) => JSON.parse(await text(file))
  const [head, ...events] = (await text('journal.ndjson'))
    .split('\n')
    .filter(line => line !== '')
    .map(line => JSON.parse(line))
  return {
    path,
    ...{ summary: await json('summary.json'), state: await json('state.json'), head, events },
    ...{ text, json },
    async files() {
      const entries = await readdir(path, { recursive: true, withFileTypes: true })
      const names = entries
        .filter(entry => entry.isFile())
        .map(entry => join(entry.parentPath, entry.name).slice(path.length + 1))
      return names.filter(name => !/^(store\.git|internal)\/|^tasks\/[^/]+\/workspace\//.test(name)).sort()
    },
  }
}

/** `id: outcome`, with the reason's code where there is one: the shortest proof of a run. */
export function outcomes({ tasks }: Summary): Record<string, string> {
  return Object.fromEntries(
    tasks.map(({ id, outcome, reason }) => [id, reason === null ? outcome : `${outcome} (${reason.code})`]),
  )
}

export type Ran = ActionResult & {
  /** All lines of the step's log, masked as the runner shows them. */
  readonly text: string
  /** Throws when the run was refused before it had a run directory. */
  directory(): Promise<RunDirectory>
}

export type SiteOptions = {
  /** `http` (the default) or a bare repository by path. */
  readonly via?: 'http' | 'file'
  readonly repo?: Omit<RepoOptions, 'server'>
  readonly server?: GitServerOptions
  /** How the job's checkout is made; the default is what actions/checkout leaves. */
  readonly clone?: CloneOptions
  readonly job?: Omit<JobOptions, 'workspace'>
}

/** A remote, a checkout of it, and a job in which the action runs. */
export type Site = AsyncDisposable & {
  readonly remote: Remote
  /** Throws for a site by path. */
  readonly server: GitServer
  readonly clone: Clone
  readonly job: Job
  readonly token: string
  /** The built action as a step of the job; inputs that are not given have their defaults. */
  run(inputs: Inputs, env?: Env): Promise<Ran>
  /** The same in the test's hands; `finish` gives what `run` gives. */
  start(inputs: Inputs, env?: Env): Promise<RunningAction & { finish(): Promise<Ran> }>
  /** The built command in the checkout, its workspaces and the run directories under `root`. */
  cli(inputs: Inputs | readonly string[], env?: Env): Promise<CliResult>
  startCli(inputs: Inputs | readonly string[], env?: Env): RunningCli
  /** `workspace-root` of `cli`. */
  readonly root: string
}

export async function startSite(options: SiteOptions = {}): Promise<Site> {
  const { via = 'http', repo = {}, clone: how = {} } = options
  await using stack = new AsyncDisposableStack()
  const bed =
    via === 'http' ? stack.use(await startBed({ tokens: { [TOKEN]: {} }, ...options.server }, repo)) : null
  const remote = bed?.remote ?? stack.use(await createRepo(repo))
  const clone = stack.use(await remote.clone({ as: 'checkout', ...(bed ? { token: TOKEN } : {}), ...how }))
  const job = stack.use(
    await startJob({
      token: TOKEN,
      ...options.job,
      workspace: clone.path,
      env: { ...(bed ? { GITHUB_SERVER_URL: bed.server.url } : {}), ...options.job?.env },
    }),
  )
  const root = join(job.temp, 'fanout')
  const cookie = `rig-${randomUUID()}`
  stack.defer(() => killAll(cookie))

  async function start(inputs: Inputs, env: Env = {}): ReturnType<Site['start']> {
    const running = await startAction(job, PRODUCT, { inputs, env })
    return { ...running, finish: async () => ran(await running.done) }
  }
  const owned = stack.move()
  const site: Site = {
    ...{ remote, clone, job, root, token: TOKEN },
    get server() {
      if (!bed) throw new Error('a site by path has no server')
      return bed.server
    },
    start,
    run: async (inputs, env) => (await start(inputs, env)).finish(),
    cli: (inputs, env) => site.startCli(inputs, env).done,
    startCli(inputs, env = {}) {
      const args = Array.isArray(inputs) ? (inputs as readonly string[]) : flags(inputs as Inputs)
      const own = args.includes('--workspace-root') ? [] : ['--workspace-root', root]
      return startCli(clone.path, ['run', ...own, ...args], { RIG_COOKIE: cookie, ...env })
    },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  }
  return site
}

function ran(result: ActionResult): Ran {
  return {
    ...result,
    text: result.log.join('\n'),
    async directory() {
      const path = result.outputs['run-directory']
      if (!path) throw new Error(`no run directory:\n${result.log.join('\n')}`)
      return readRun(path)
    },
  }
}

export type CliResult = {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
  directory(): Promise<RunDirectory>
}

export type RunningCli = {
  readonly child: ChildProcess
  kill(signal: NodeJS.Signals): void
  /** Resolves when its standard output so far fits; never when it ends before that. */
  shows(pattern: RegExp): Promise<void>
  readonly done: Promise<CliResult>
}

/** `fanout <args>` as a terminal starts it. */
export function startCli(cwd: string, args: readonly string[], env: Env = {}): RunningCli {
  if (!existsSync(CLI)) throw new Error(`${CLI} is missing: run \`make build\``)
  const stdio = ['ignore', 'pipe', 'pipe'] as const
  const child = spawn(process.execPath, [CLI, ...args], { cwd, env: hermeticEnv(env), stdio: [...stdio] })
  let stdout = ''
  let stderr = ''
  child.stdout?.setEncoding('utf8').on('data', text => {
    stdout += text
  })
  child.stderr?.setEncoding('utf8').on('data', text => {
    stderr += text
  })
  const done = new Promise<CliResult>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', code => {
      const directory = async () => {
        const path = /^run directory: (.+)$/m.exec(stdout)?.[1]
        if (path === undefined) throw new Error(`no run directory:\n${stdout}${stderr}`)
        return readRun(path)
      }
      resolve({ code, stdout, stderr, directory })
    })
  })
  const shows = (pattern: RegExp) =>
    new Promise<void>(resolve => {
      const look = (): void => {
        if (pattern.test(stdout)) resolve()
        else child.stdout?.once('data', () => setImmediate(look))
      }
      look()
    })
  return { child, done, shows, kill: signal => child.kill(signal) }
}

export function flags(inputs: Inputs): string[] {
  return Object.entries(inputs).flatMap(([name, value]) => [`--${name}`, value])
}

/** A tasks file's text: one task a line, as JSON. */
export function tasks(...list: readonly Readonly<Record<string, unknown>>[]): string {
  return `[\n${list.map(task => JSON.stringify(task)).join(',\n')}\n]\n`
}

/** What a failed test left running. */
async function killAll(cookie: string): Promise<void> {
  for (const { pid } of await processesWith(cookie)) {
    try {
      process.kill(pid, 'SIGKILL')
    } catch {
      // gone meanwhile
    }
  }
}
