/** Runs one command of the user's: a worker, a gate, a setup, a verification. */
import { randomBytes } from 'node:crypto'
import { rm, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { firstToGo } from './oom.ts'
import { collect, type Log, type Output, openLog } from './output.ts'
import { watchPeak } from './peaks.ts'
import { openFile } from './shortage.ts'
import { type Running, startProcess } from './spawn.ts'
import { openStdio, type Stdio } from './stdio.ts'
import { COOKIE_NAME, endFamily, type Family } from './survivors.ts'

export { endSurvivors, killSurvivors } from './survivors.ts'

/** A process that is gone is collected within moments; this only keeps a surprise from hanging the run. */
const COLLECT_MS = 2000
/** setTimeout takes no more (24.8 days). */
const LONGEST_TIMER_MS = 2 ** 31 - 1

export interface Command {
  /** Run by `bash --noprofile --norc -eo pipefail <scriptFile>`. */
  readonly script: string
  /** Where the script is written, mode 0700; its folder is ours. */
  readonly scriptFile: string
  readonly cwd: string
  /** The whole environment; nothing of this process's is added but the cookie of survivors.ts. */
  readonly env: Readonly<Record<string, string>>
  /** null: empty. */
  readonly stdin: string | null
  /** Output and error as they came, head and tail of at most 64 MiB. null: none. */
  readonly logFile: string | null
  /** Adds to the log; the limit is then that of the whole file. */
  readonly append?: boolean
  /** Limits in milliseconds; null: none. `idleMs` is the time without output. */
  readonly timeoutMs: number | null
  readonly idleMs: number | null
  readonly signal: AbortSignal
  /** From SIGTERM to SIGKILL, and the same when it is `signal` that ends it (default 2000). */
  readonly graceMs: number
  readonly abortGraceMs?: number
  readonly logLimit?: number
  /** Whole lines as they end, at LF, CR or CRLF, of at most 64 Ki characters; not made harmless, not masked. Must not throw. */
  readonly onLine?: (line: string) => void
}

/** `reason` is what ended it first: a command that exits 0 upon the SIGTERM of its time limit is a `timeout`. */
export type Ended = {
  readonly exitCode: number | null
  readonly signal: string | null
  /** `spawn`: it never ran, `detail` says why. */
  readonly reason: 'exit' | 'timeout' | 'idle' | 'abort' | 'spawn'
  readonly detail?: string
  readonly seconds: number
  /** The most memory that it and what it started took together; not known of what was over soon. */
  readonly peakBytes?: number
  /** The last 16 KiB of output, not masked. */
  readonly tail: string
}

/**
 * Runs a command in a process group of its own and ends with it everything it started. Never rejects for what the child
 * does, and never waits for a pipe that something else keeps open.
 */
export async function runCommand(command: Command): Promise<Ended> {
  const began = performance.now()
  const ended = (rest: Pick<Ended, 'reason'> & Partial<Ended>): Ended => {
    return {
      exitCode: null,
      signal: null,
      tail: '',
      seconds: Math.round(performance.now() - began) / 1000,
      ...rest,
    }
  }
  if (command.signal.aborted) return ended({ reason: 'abort' })

  let log: Log | null = null
  let stdio: Stdio | null = null
  try {
    await writeScript(command.scriptFile, command.script)
    if (command.logFile !== null) log = await openLog(command.logFile, command.append, command.logLimit)
    stdio = await openStdio(command.stdin, dirname(command.scriptFile))
  } catch (error) {
    await log?.close()
    return ended({ reason: 'spawn', detail: (error as Error).message })
  }
  const cookie = newCookie(command.env)
  const started = await start(command, cookie, stdio)
  await stdio.release()
  if (typeof started === 'string') {
    stdio.output?.destroy()
    await log?.close()
    return ended(command.signal.aborted ? { reason: 'abort' } : { reason: 'spawn', detail: started })
  }
  const { child } = started
  const peak = watchPeak(child.pid)
  const output = collect(
    stdio.output === null ? [child.stdout!, child.stderr!] : [stdio.output],
    log,
    command.onLine,
  )
  const end = await supervise(command, started, { group: child.pid, cookie }, output)
  let fault: string | null | undefined
  let peakBytes: number | null = null
  try {
    await output.drain()
  } finally {
    peakBytes = peak.end()
    fault = await log?.close()
  }
  const details = [end.detail, fault].filter(text => typeof text === 'string')
  return ended({
    ...end,
    tail: output.tail(),
    ...(peakBytes === null ? {} : { peakBytes }),
    ...(details.length === 0 ? {} : { detail: details.join('; ') }),
  })
}

async function writeScript(path: string, script: string): Promise<void> {
  // A new file: to open a pipe that another worker put there would wait for ever.
  await rm(path, { force: true })
  const file = await openFile(path, 'wx', 0o700)
  try {
    await file.chmod(0o700)
    await file.writeFile(script.endsWith('\n') ? script : `${script}\n`)
  } finally {
    await file.close()
  }
}

/** Below the one this command was given itself, so that ending an outer run's processes finds an inner run's too. */
function newCookie(env: Command['env']): string {
  const outer = env[COOKIE_NAME]
  const own = randomBytes(12).toString('hex')
  return outer === undefined || outer === '' ? own : `${outer}/${own}`
}

type Exit = { readonly exitCode: number | null; readonly signal: string | null }
type Started = { readonly child: Running; readonly exit: Promise<Exit> }

/** Or why it could not be started. */
async function start(
  { scriptFile, cwd, env, signal }: Command,
  cookie: string,
  { stdio }: Stdio,
): Promise<Started | string> {
  const args = ['--noprofile', '--norc', '-eo', 'pipefail', scriptFile]
  try {
    const options = { cwd, env: { ...env, [COOKIE_NAME]: cookie }, stdio, detached: true }
    const child = await startProcess<Running>('bash', args, options, signal, firstToGo)
    const exit = new Promise<Exit>(resolve => {
      child.on('exit', (exitCode, killed) => resolve({ exitCode, signal: killed }))
    })
    return { child, exit }
  } catch (error) {
    // A missing folder is reported as a missing bash.
    const folder = await stat(cwd).catch(() => null)
    const { message } = error as Error
    return folder?.isDirectory() ? message : `${message}: there is no folder ${cwd}`
  }
}

/** Waits for the end, brings it about when a limit is reached, and sees that nothing is left. */
async function supervise(
  command: Command,
  { child, exit }: Started,
  family: Family,
  output: Output,
): Promise<Exit & Pick<Ended, 'reason' | 'detail'>> {
  const { signal, graceMs, abortGraceMs = 2000 } = command
  let reason: Ended['reason'] = 'exit'
  let killAt = Number.POSITIVE_INFINITY
  let onStop = () => {}
  const stopped = new Promise<void>(resolve => {
    onStop = resolve
  })
  const stop = (why: Ended['reason'], grace: number) => {
    if (killAt === Number.POSITIVE_INFINITY) reason = why
    killAt = Math.min(killAt, performance.now() + grace)
    onStop()
  }
  void exit.then(() => stop('exit', graceMs))
  const abort = () => stop('abort', abortGraceMs)
  signal.addEventListener('abort', abort)
  if (signal.aborted) abort() // while it was being started
  const limit = timer(command.timeoutMs, () => stop('timeout', graceMs))
  const idle = timer(command.idleMs, () => stop('idle', graceMs))
  output.onOutput(() => idle?.refresh())

  await stopped
  clearTimeout(limit)
  clearTimeout(idle)
  output.onOutput(() => {})
  const gone = await endFamily(family, () => killAt)
  signal.removeEventListener('abort', abort)
  if (!gone) child.unref()
  const end = await Promise.race([exit, sleep(gone ? COLLECT_MS : 0, null, { ref: false })])
  return {
    ...(end ?? { exitCode: null, signal: null }),
    reason,
    ...(gone ? {} : { detail: `some processes of group ${family.group} could not be ended` }),
  }
}

function timer(milliseconds: number | null, then: () => void): NodeJS.Timeout | undefined {
  return milliseconds === null ? undefined : setTimeout(then, Math.min(milliseconds, LONGEST_TIMER_MS))
}
