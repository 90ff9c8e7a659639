/** `make bench`: every benchmark in turn, as tables here and as JSON in bench/results/. Names as arguments pick some. */
import { execFileSync } from 'node:child_process'
import { mkdir, writeFile } from 'node:fs/promises'
import { availableParallelism, cpus, release, totalmem } from 'node:os'
import { join } from 'node:path'
import { coldStart } from './cold-start.ts'
import { growth } from './growth.ts'
import type { Row } from './measure.ts'
import { overhead } from './overhead.ts'
import { queue } from './queue.ts'
import { smallRun } from './small-run.ts'
import { stackOfMany } from './stack.ts'
import { BENCH_DIR, workspaces } from './workspaces.ts'

const BENCHMARKS: Readonly<Record<string, () => Promise<readonly Row[]>>> = {
  'cold-start': coldStart,
  'small-run': smallRun,
  overhead,
  growth,
  queue,
  stack: stackOfMany,
  workspaces,
}

const machine = {
  cpu: cpus()[0]?.model ?? 'unknown',
  cpus: availableParallelism(),
  memory_gib: Math.round(totalmem() / 2 ** 30),
  node: process.version,
  git: execFileSync('git', ['--version'], { encoding: 'utf8' }).trim(),
  kernel: release(),
  disk: fileSystemOf(BENCH_DIR),
}

function fileSystemOf(folder: string): string {
  try {
    return execFileSync('stat', ['-f', '-c', '%T', folder], { encoding: 'utf8' }).trim()
  } catch {
    return 'unknown'
  }
}

function line({ name, value, unit, ratio, against, goal }: Row): string {
  const figures = [`${value.toFixed(unit === 's' ? 2 : 0)} ${unit}`]
  if (ratio !== undefined) figures.push(`${ratio.toFixed(2)} times ${against}`)
  if (goal !== undefined)
    figures.push(`goal: at most ${goal} ${(ratio ?? value) <= goal ? '(met)' : '(MISSED)'}`)
  return `  ${name.padEnd(44)} ${figures.join(', ')}`
}

const chosen = process.argv.slice(2)
const results = join(import.meta.dirname, 'results')
await mkdir(results, { recursive: true })
console.log(
  Object.entries(machine)
    .map(([key, value]) => `${key}: ${value}`)
    .join(', '),
)
for (const [name, benchmark] of Object.entries(BENCHMARKS)) {
  if (chosen.length > 0 && !chosen.includes(name)) continue
  const rows = await benchmark()
  console.log(`\n${name}\n${rows.map(line).join('\n')}`)
  await writeFile(join(results, `${name}.json`), `${JSON.stringify({ machine, rows }, null, 2)}\n`)
}
