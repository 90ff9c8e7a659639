/**
 * Running git: hooks, fsmonitor and gc are out of play in every command, texts are in English, nothing prompts.
 */
import type { Readable } from 'node:stream'
import { patiently } from './shortage.ts'
import { startProcess } from './spawn.ts'
import { COOKIE_NAME } from './survivors.ts'

let mark: Record<string, string> = {}
let settings: {
  readonly env: Record<string, string>
  readonly pairs: readonly (readonly [string, string])[]
} = {
  env: {},
  pairs: [],
}

/** From here on every git process carries the run's cookie: one that outlives us can be found and ended. */
export function markGit(cookie: string): void {
  mark = { [COOKIE_NAME]: cookie }
}

/** From here on every git process has these variables, and `pairs` in force over any repository's configuration; see git-config.ts. */
export function useSettings(
  env: Record<string, string>,
  pairs: readonly (readonly [string, string])[],
): void {
  settings = { env, pairs }
}

export interface GitOutput {
  readonly exitCode: number
  readonly stdout: string
  readonly stderr: string
}

/** What every git command of ours sets aside, whatever the machine or a repository configures. */
const QUIET: readonly (readonly [string, string])[] = [
  ['core.hooksPath', '/dev/null'],
  ['core.fsmonitor', 'false'],
  ['core.untrackedCache', 'false'],
  ['gc.auto', '0'],
  ['maintenance.auto', 'false'],
  ['advice.detachedHead', 'false'],
  ['commit.gpgSign', 'false'],
  ['safe.directory', '*'],
  // The run's store is bare, and its folder is ours.
  ['safe.bareRepository', 'all'],
  ['submodule.recurse', 'false'],
  // An index of ours is copied, without a file beside it that would hold most of it.
  ['core.splitIndex', 'false'],
  // What is printed is read by us: no colours in a remote's words, no verdicts on signatures among commits.
  ['color.ui', 'false'],
  ['color.remote', 'false'],
  ['log.showSignature', 'false'],
  ['i18n.logOutputEncoding', 'UTF-8'],
  // A candidate is ours, and unsigned.
  ['merge.verifySignatures', 'false'],
]

/** `GIT_CONFIG_COUNT` and its pairs: configuration for one command, neither in argv nor on disk. */
export function gitConfigEnvironment(pairs: readonly (readonly [string, string])[]): Record<string, string> {
  const entries = pairs.flatMap(([key, value], i) => [
    [`GIT_CONFIG_KEY_${i}`, key],
    [`GIT_CONFIG_VALUE_${i}`, value],
  ])
  return { GIT_CONFIG_COUNT: String(pairs.length), ...Object.fromEntries(entries) }
}

/** The environment of our own git commands: the process's without any `GIT_*`, texts in English, never a prompt. */
export function gitEnvironment(
  parent: NodeJS.ProcessEnv,
  more: readonly (readonly [string, string])[] = [],
): Record<string, string> {
  const kept = Object.entries(parent).filter(
    (entry): entry is [string, string] =>
      entry[1] !== undefined && !/^(GIT_|INPUT_|ACTIONS_)/i.test(entry[0]),
  )
  return {
    ...Object.fromEntries(kept),
    ...mark,
    ...settings.env,
    LC_ALL: 'C',
    GIT_TERMINAL_PROMPT: '0',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_LFS_SKIP_SMUDGE: '1',
    ...withSettings(more),
  }
}

/** For the environment of one command: these settings besides those that every command of ours has. */
export function withSettings(more: readonly (readonly [string, string])[]): Record<string, string> {
  return gitConfigEnvironment([...settings.pairs, ...QUIET, ...more])
}

export interface GitOptions {
  /** Added to our own environment; undefined: taken out of it. */
  readonly env?: Readonly<Record<string, string | undefined>>
  readonly input?: string
  /** Of input and output; `latin1` keeps every byte of names and contents that are no text. */
  readonly encoding?: 'utf8' | 'latin1'
  /** Standard output goes into this file (a descriptor), and git itself says where it could not write all of it. */
  readonly outputTo?: number
  /** Killed after so long, and all that it started. For folders in which somebody may have left a trap, such as a pipe for a file. */
  readonly timeoutMs?: number
  /** Ends it; the promise is then rejected. */
  readonly signal?: AbortSignal
}

/**
 * Runs git; never throws for an exit code. Once, unless the machine has no process or open file to spare for it or for what
 * it starts: then again, which every command of ours bears.
 * Not through @actions/exec: measured at twice the time a call, and a git that exits before it has read its
 * input ends the whole process there (unhandled EPIPE).
 */
export function git(cwd: string, args: readonly string[], options: GitOptions = {}): Promise<GitOutput> {
  const { signal } = options
  // A file that has been written to is not written again.
  const words = ({ stderr }: GitOutput): string => (options.outputTo === undefined ? stderr : '')
  return patiently(() => runOnce(cwd, args, options), { signal, words })
}

async function runOnce(cwd: string, args: readonly string[], options: GitOptions): Promise<GitOutput> {
  const { signal, timeoutMs } = options
  signal?.throwIfAborted()
  const env = { ...gitEnvironment(process.env), ...options.env }
  // A group of its own: a Ctrl-C in a terminal must not cut the work that is being saved, and what git has started
  // (a filter, its own helpers) ends with it.
  const stdio = ['pipe', options.outputTo ?? 'pipe', 'pipe'] as const
  const child = await startProcess('git', args, { cwd, env, detached: true, stdio: [...stdio] }, signal)
  return new Promise((resolve, reject) => {
    const end = (how: NodeJS.Signals): void => {
      try {
        process.kill(-child.pid, how)
      } catch {
        // It has ended by itself.
      }
    }
    const abort = (): void => {
      end('SIGTERM')
      reject(signal?.reason)
    }
    const timer = timeoutMs === undefined ? undefined : setTimeout(() => end('SIGKILL'), timeoutMs)
    signal?.addEventListener('abort', abort, { once: true })
    const release = (): void => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', abort)
    }
    const stdout: Buffer[] = []
    const stderr: Buffer[] = []
    // None where it is a file.
    ;(child.stdout as Readable | null)?.on('data', (chunk: Buffer) => stdout.push(chunk))
    child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk))
    child.on('close', (code: number | null) => {
      release()
      resolve({
        exitCode: code ?? 128,
        stdout: Buffer.concat(stdout).toString(options.encoding),
        stderr: Buffer.concat(stderr).toString(),
      })
    })
    // git may answer without reading all of its input: its exit code says what that means.
    child.stdin!.on('error', () => {})
    child.stdin!.end(options.input ?? '', options.encoding ?? 'utf8')
  })
}

/** As `git`, for commands that have no reason to fail: the exception holds git's own words. */
export async function gitOk(cwd: string, args: readonly string[], options: GitOptions = {}): Promise<string> {
  const output = await git(cwd, args, options)
  if (output.exitCode !== 0) {
    const command = args.find((arg, i) => arg !== '-c' && args[i - 1] !== '-c')
    throw new Error(
      `git ${command} exited with ${output.exitCode}: ${output.stderr.trim() || output.stdout.trim()}`,
    )
  }
  return output.stdout
}
