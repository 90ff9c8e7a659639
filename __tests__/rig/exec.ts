import { spawn } from 'node:child_process'
import { tmpdir } from 'node:os'

export type Env = Readonly<Record<string, string>>

export type RunOptions = {
  readonly cwd?: string
  /** Added to `hermeticEnv`. */
  readonly env?: Env
  readonly input?: string | Uint8Array
}

export type RunResult = {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly stdout: string
  readonly stderr: string
  /** stdout as it came, for binary content. */
  readonly bytes: Buffer
}

/** An environment in which git says the same on every machine: nothing of this one's but PATH. */
export function hermeticEnv(extra: Env = {}): Record<string, string> {
  return {
    PATH: process.env.PATH ?? '',
    HOME: tmpdir(),
    LC_ALL: 'C',
    GIT_CONFIG_NOSYSTEM: '1',
    // Who has a home of the test's own has a configuration in it.
    ...(extra.HOME === undefined ? { GIT_CONFIG_GLOBAL: '/dev/null' } : {}),
    GIT_TERMINAL_PROMPT: '0',
    GIT_AUTHOR_NAME: 'Rig Author',
    GIT_AUTHOR_EMAIL: 'author@example.test',
    GIT_COMMITTER_NAME: 'Rig Committer',
    GIT_COMMITTER_EMAIL: 'committer@example.test',
    ...extra,
  }
}

/** Runs a command to its end. Throws only when it cannot be started: an exit code is a result. */
export function run(command: string, args: readonly string[], options: RunOptions = {}): Promise<RunResult> {
  const { cwd, env, input } = options
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env: hermeticEnv(env), stdio: 'pipe' })
    const out: Buffer[] = []
    const err: Buffer[] = []
    child.stdout.on('data', (chunk: Buffer) => out.push(chunk))
    child.stderr.on('data', (chunk: Buffer) => err.push(chunk))
    child.stdin.on('error', () => {}) // EPIPE: the command did not want its input
    child.stdin.end(input)
    child.on('error', reject)
    child.on('close', (code, signal) => {
      const bytes = Buffer.concat(out)
      resolve({ code, signal, stdout: bytes.toString(), stderr: Buffer.concat(err).toString(), bytes })
    })
  })
}

/** Trimmed stdout of a git command; throws with its stderr when it fails. */
export async function git(cwd: string, ...args: string[]): Promise<string> {
  return (await gitWith({ cwd }, ...args)).stdout.trim()
}

/** `git` with its own environment or standard input; the whole result. */
export async function gitWith(options: RunOptions, ...args: string[]): Promise<RunResult> {
  const result = await run('git', args, options)
  if (result.code !== 0) {
    throw new Error(`git ${args.join(' ')} ended with ${result.code ?? result.signal}\n${result.stderr}`)
  }
  return result
}
