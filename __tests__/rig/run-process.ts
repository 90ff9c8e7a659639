import { type ChildProcess, spawn } from 'node:child_process'
import { delimiter } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { commandFiles, parsePairs } from './command-files.ts'
import { type Deferred, deferred } from './deferred.ts'
import type { Annotation, ExecutedCommand, Job } from './job.ts'
import { type Command, lineSplitter, parseCommand } from './workflow-commands.ts'

export type Outcome = 'success' | 'failure' | 'cancelled'

export type ProcessOptions = {
  /** On top of the job's. */
  readonly env?: Readonly<Record<string, string>>
  readonly cwd?: string
  readonly state?: Readonly<Record<string, string>>
  /** The step's timeout-minutes: the same signals as a cancellation, but the step has failed. */
  readonly timeoutMs?: number
}

export type ProcessResult = {
  readonly outcome: Outcome
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly outputs: Record<string, string>
  readonly state: Record<string, string>
  readonly annotations: Annotation[]
  /** Every workflow command the runner executed: none of them may come from a child's output. */
  readonly commands: ExecutedCommand[]
  /** Lines as the log shows them: masked, commands taken out. */
  readonly log: string[]
  readonly summary: string
}

export type RunningProcess = {
  readonly pid: number
  /** What the runner does when the run is cancelled: SIGINT, later SIGTERM, then SIGKILL, each to this one process only. */
  cancel(): void
  /** The first log line that matches, now or when it comes; rejects when the process ends without it. */
  line(pattern: RegExp): Promise<string>
  readonly done: Promise<ProcessResult>
}

/** Starts one process as a step of `job`, as the Actions runner does. */
export async function startProcess(
  job: Job,
  command: string,
  args: readonly string[],
  options: ProcessOptions = {},
): Promise<RunningProcess> {
  const files = await commandFiles(job.temp)
  const env: Record<string, string> = { ...job.env, ...options.env, ...files.env }
  env.PATH = [...job.path, env.PATH].join(delimiter)
  for (const [name, value] of Object.entries(options.state ?? {})) env[`STATE_${name}`] = value

  const reader = outputReader(job)
  const child = spawn(command, args, {
    cwd: options.cwd ?? job.workspace,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  for (const stream of ['stdout', 'stderr'] as const) {
    const splitter = lineSplitter(line => reader.read(line, stream))
    child[stream].setEncoding('utf8').on('data', splitter.push).on('end', splitter.end)
  }

  let stopped: 'cancelled' | 'timed out' | null = null
  const timers: NodeJS.Timeout[] = []
  function stop(why: 'cancelled' | 'timed out'): void {
    if (stopped) return
    stopped = why
    const [term, kill] = job.grace
    child.kill('SIGINT')
    timers.push(setTimeout(() => child.kill('SIGTERM'), term))
    timers.push(setTimeout(() => child.kill('SIGKILL'), term + kill))
  }
  if (options.timeoutMs !== undefined) timers.push(setTimeout(() => stop('timed out'), options.timeoutMs))

  async function finish(): Promise<ProcessResult> {
    const end = await ended(child, job.drain)
    for (const timer of timers) clearTimeout(timer)
    reader.end()
    const collected = reader.collected
    if (stopped === 'timed out') reader.annotate('The action has timed out.')
    const found = await collect(job, files, reader.annotate)
    const failed = end.code !== 0 || stopped === 'timed out' || found.broken
    const outcome: Outcome = stopped === 'cancelled' ? 'cancelled' : failed ? 'failure' : 'success'
    const { outputs, summary } = found
    return { outcome, ...end, outputs, summary, state: { ...options.state, ...found.state }, ...collected }
  }
  return { pid: child.pid ?? 0, cancel: () => stop('cancelled'), line: reader.line, done: finish() }
}

type End = { code: number | null; signal: NodeJS.Signals | null }

/** Ends with the process, and with its output unless a grandchild holds that open for longer than `drain`. */
async function ended(child: ChildProcess, drain: number): Promise<End> {
  const exit = deferred<End>()
  const closed = deferred<void>()
  child.on('error', exit.reject)
  child.on('exit', (code, signal) => exit.resolve({ code, signal }))
  child.on('close', () => closed.resolve())
  const end = await exit.promise
  const giveUp = new AbortController()
  await Promise.race([closed.promise, sleep(drain, undefined, { signal: giveUp.signal }).catch(() => {})])
  giveUp.abort()
  child.stdout?.destroy()
  child.stderr?.destroy()
  return end
}

/** What the step left in its command files; a file the runner cannot read fails the step. */
async function collect(
  job: Job,
  files: Awaited<ReturnType<typeof commandFiles>>,
  annotate: (error: string) => void,
) {
  let broken = false
  const pairs = async (kind: 'OUTPUT' | 'ENV' | 'STATE'): Promise<Record<string, string>> => {
    try {
      return parsePairs(await files.read(kind))
    } catch (error) {
      broken = true
      annotate(
        `Unable to process file command '${kind.toLowerCase()}' successfully. ${(error as Error).message}`,
      )
      return {}
    }
  }
  const [outputs, state, env] = [await pairs('OUTPUT'), await pairs('STATE'), await pairs('ENV')]
  Object.assign(job.env, env)
  Object.assign(job.dynamicEnv, env)
  const added = (await files.read('PATH')).split('\n').filter(Boolean)
  job.path.unshift(...added.reverse())
  let summary = await files.read('STEP_SUMMARY')
  const size = Math.ceil(Buffer.byteLength(summary) / 1024)
  if (size > 1024) {
    annotate(`$GITHUB_STEP_SUMMARY upload aborted, supports content up to a size of 1024k, got ${size}k`)
    summary = ''
  }
  job.summary += summary
  return { outputs, state, summary, broken }
}

function outputReader(job: Job) {
  const annotations: Annotation[] = []
  const commands: ExecutedCommand[] = []
  const log: string[] = []
  const waiting = new Set<{ pattern: RegExp } & Deferred<string>>()
  let resumeToken: string | null = null

  function show(line: string): void {
    const masked = mask(job, line)
    log.push(masked)
    job.log.push(masked)
    for (const waiter of waiting) {
      if (!waiter.pattern.test(masked)) continue
      waiting.delete(waiter)
      waiter.resolve(masked)
    }
  }
  function note(annotation: Annotation): void {
    const masked = { ...annotation, message: mask(job, annotation.message) }
    annotations.push(masked)
    job.annotations.push(masked)
    show(`##[${annotation.level}]${annotation.message}`)
  }
  const annotate = (message: string) => note({ level: 'error', message })

  /** Whether the line itself is still to be shown. */
  function execute({ name, properties, value }: Command): boolean {
    switch (name) {
      case 'add-mask':
        for (const secret of [value, ...value.split(/\r?\n/)]) if (secret.trim()) job.masks.add(secret)
        return false
      case 'stop-commands':
        resumeToken = value
        return true
      case 'error':
      case 'warning':
      case 'notice':
        note({ ...properties, level: name, message: value })
        return false
      case 'set-env':
      case 'add-path':
        annotate(`The \`${name}\` command is disabled.`)
        return false
      case 'debug':
        return false
      case 'group':
      case 'endgroup':
        show(`##[${name}]${value}`)
        return false
      default:
        return false
    }
  }
  return {
    collected: { annotations, commands, log },
    annotate,
    read(line: string, stream: 'stdout' | 'stderr'): void {
      const command = parseCommand(line, resumeToken)
      if (!command) {
        show(line)
      } else if (resumeToken !== null) {
        // Stopped: the token alone is a command, everything else is text.
        if (command.name === resumeToken.toLowerCase()) resumeToken = null
        show(line)
      } else {
        const executed = { ...command, stream, line }
        commands.push(executed)
        job.commands.push(executed)
        if (execute(command)) show(line)
      }
    },
    line(pattern: RegExp): Promise<string> {
      const seen = log.find(line => pattern.test(line))
      if (seen !== undefined) return Promise.resolve(seen)
      const waiter = { pattern, ...deferred<string>() }
      waiter.promise.catch(() => {})
      waiting.add(waiter)
      return waiter.promise
    },
    end(): void {
      for (const { pattern, reject } of waiting)
        reject(new Error(`ended without ${pattern}:\n${log.join('\n')}`))
    },
  }
}

/** The log never shows a secret; the longest first, since one may hold another. */
function mask(job: Job, text: string): string {
  const longestFirst = [...job.masks].sort((a, b) => b.length - a.length)
  return longestFirst.reduce((masked, secret) => masked.replaceAll(secret, '***'), text)
}
