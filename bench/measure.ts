/** What every benchmark shares: medians of several runs, side by side in one process, and rows for the tables. */
import { spawn } from 'node:child_process'

export interface Row {
  readonly name: string
  readonly value: number
  readonly unit: 'ms' | 'µs' | 's' | 'MB' | 'B' | '/h' | 'count'
  /** What else was counted on the way. */
  readonly counts?: Readonly<Record<string, number>>
  /** To the row it is compared with, which is named in `against`. */
  readonly ratio?: number
  readonly against?: string
  /** What the ratio, or else the value, is meant to stay below; or above. */
  readonly goal?: number
  readonly atLeast?: true
  /** Measured, and not worth a line in bench/README.md. */
  readonly detail?: true
}

/** Repositories and runs are made here: on a disk that jobs run on. */
export const BENCH_DIR = process.env.FANOUT_BENCH_DIR || '/var/tmp'

/** `quick`: what anyone may want to see again; `full`: what README claims. */
export type Extent = 'quick' | 'full'

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  const upper = sorted[middle] ?? Number.NaN
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2
}

/** Milliseconds of one run of a command, from spawn to exit; its output is dropped. Rejects on another exit code. */
export function timeCommand(
  command: string,
  args: readonly string[],
  options: { readonly cwd?: string; readonly env?: NodeJS.ProcessEnv; readonly expect?: number } = {},
): Promise<number> {
  return new Promise((resolve, reject) => {
    const start = performance.now()
    const child = spawn(command, args, {
      cwd: options.cwd,
      env: options.env ?? process.env,
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    let errors = ''
    child.stderr.on('data', chunk => {
      errors += chunk
    })
    child.on('error', reject)
    child.on('close', code => {
      if (code === (options.expect ?? 0)) resolve(performance.now() - start)
      else reject(new Error(`${command} ${args.join(' ')} exited with ${code}: ${errors}`))
    })
  })
}

/** Takes turns, so that what the machine does meanwhile falls on all of them alike. */
export async function sideBySide<const K extends string>(
  rounds: number,
  subjects: Readonly<Record<K, () => Promise<number>>>,
): Promise<Record<K, number>> {
  const names = Object.keys(subjects) as K[]
  const times = Object.fromEntries(names.map(name => [name, [] as number[]])) as Record<K, number[]>
  for (const name of names) await subjects[name]()
  for (let round = 0; round < rounds; round++) {
    for (const name of names) times[name].push(await subjects[name]())
  }
  return Object.fromEntries(names.map(name => [name, median(times[name])])) as Record<K, number>
}
