/** Where runs are measured: a checkout with a bare remote on the same disk, and the built command line on it. */
import { execFileSync, spawn } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { BENCH_DIR } from './measure.ts'

export const CLI = join(import.meta.dirname, '..', 'dist', 'cli', 'index.js')

/** A script that does with git alone what a run does. */
export function byHand(name: string): string {
  return join(import.meta.dirname, 'by-hand', name)
}

const WHO = { GIT_AUTHOR_NAME: 'bench', GIT_AUTHOR_EMAIL: 'bench@example.invalid' }

/** Of all that is started here: nothing of the machine but where programs are and who is at home. */
export const ENVIRONMENT: Readonly<Record<string, string | undefined>> = {
  PATH: process.env.PATH,
  HOME: process.env.HOME,
  ...WHO,
  GIT_COMMITTER_NAME: WHO.GIT_AUTHOR_NAME,
  GIT_COMMITTER_EMAIL: WHO.GIT_AUTHOR_EMAIL,
}

export interface Bed extends AsyncDisposable {
  readonly folder: string
  readonly checkout: string
  readonly remote: string
  /** The checkout gets what the branch has gained, as a fresh one would have it. */
  level(): void
  /** A whole run in a process of its own, with what it landed; rejects where it does not end well. */
  run(inputs: Readonly<Record<string, string>>): Promise<Ran>
}

export interface Ran {
  readonly ms: number
  /** The most that our process held in memory at once (VmHWM), in MB; its children are not in it. */
  readonly peakMb: number
  readonly runDirectory: string
}

/** `files`: path -> content of the first commit. */
export async function makeBed(files: Readonly<Record<string, string>>): Promise<Bed> {
  const folder = await mkdtemp(join(BENCH_DIR, 'fanout-bench-'))
  const checkout = join(folder, 'checkout')
  const remote = join(folder, 'remote.git')
  git(folder, 'init', '--bare', '--initial-branch=main', remote)
  git(folder, 'init', '--initial-branch=main', checkout)
  git(checkout, 'remote', 'add', 'origin', remote)
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(checkout, name)), { recursive: true })
    await writeFile(join(checkout, name), content)
  }
  git(checkout, 'add', '--all')
  git(checkout, 'commit', '--message', 'start')
  git(checkout, 'push', 'origin', 'main')
  return {
    folder,
    checkout,
    remote,
    level: () => git(checkout, 'pull', '--ff-only', 'origin', 'main'),
    run: inputs => runOurs(checkout, { 'workspace-root': join(folder, 'runs'), ...inputs }),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  }
}

/** Small text files, ten to a folder. */
export function smallFiles(count: number): Readonly<Record<string, string>> {
  const entries = Array.from({ length: count }, (_, i) => [
    `d${i % 10}/f${i}.txt`,
    `line of file ${i}\n`.repeat(100),
  ])
  return Object.fromEntries(entries)
}

export function git(cwd: string, ...args: readonly string[]): void {
  execFileSync('git', args, { cwd, env: ENVIRONMENT, stdio: 'ignore' })
}

/** Told at the exit, by the process itself: nobody outside can know when it is at its largest. */
const TELL_PEAK = `import { readFileSync } from 'node:fs'
process.on('exit', () => process.stderr.write('peak ' + /VmHWM:\\s*(\\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))[1]))`

export function runOurs(cwd: string, inputs: Readonly<Record<string, string>>): Promise<Ran> {
  const args = Object.entries(inputs).flatMap(([name, value]) => [`--${name}`, value])
  const watch = ['--import', `data:text/javascript,${encodeURIComponent(TELL_PEAK)}`]
  return new Promise((resolve, reject) => {
    const start = performance.now()
    const child = spawn(process.execPath, [...watch, CLI, 'run', ...args], { cwd, env: ENVIRONMENT })
    const said = { stdout: '', stderr: '' }
    child.stdout.on('data', chunk => {
      said.stdout += chunk
    })
    child.stderr.on('data', chunk => {
      said.stderr += chunk
    })
    child.on('error', reject)
    child.on('close', code => {
      const ms = performance.now() - start
      const runDirectory = /^run directory: (.+)$/m.exec(said.stdout)?.[1] ?? ''
      const peakMb = Number(/peak (\d+)$/.exec(said.stderr)?.[1]) / 1024
      if (code === 0) resolve({ ms, peakMb, runDirectory })
      else reject(new Error(`fanout run exited with ${code}: ${said.stderr}\n${said.stdout.slice(-2000)}`))
    })
  })
}
