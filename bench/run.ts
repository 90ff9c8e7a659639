/**
 * `make bench`: every benchmark in turn, as tables here and as JSON in bench/results/. Names as arguments pick some;
 * `--full` takes as long as it takes, and writes what bench/README.md shows.
 */
import { execFileSync } from 'node:child_process'
import { mkdir, writeFile } from 'node:fs/promises'
import { availableParallelism, cpus, release, totalmem } from 'node:os'
import { join } from 'node:path'
import { coldStart } from './cold-start.ts'
import { growth } from './growth.ts'
import { landing } from './landing.ts'
import { BENCH_DIR, type Extent, type Row } from './measure.ts'
import { overhead } from './overhead.ts'
import { queue } from './queue.ts'
import { simulation } from './simulation.ts'
import { smallRun } from './small-run.ts'
import { stackOfMany } from './stack.ts'
import { tableOf } from './table.ts'
import { workspaces } from './workspaces.ts'

/** `sofar` is told of what has been measured: the long ones may be cut off. */
type Benchmark = (extent: Extent, sofar: (rows: readonly Row[]) => Promise<void>) => Promise<readonly Row[]>

const BENCHMARKS: Readonly<Record<string, Benchmark>> = {
  'cold-start': coldStart,
  'small-run': smallRun,
  overhead,
  growth,
  queue,
  stack: stackOfMany,
  workspaces: () => workspaces(),
  landing,
  simulation,
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
    // `stat -f` knows no difference between ext2 and ext4.
    const [, type = ''] = execFileSync('df', ['--output=fstype', folder], { encoding: 'utf8' }).split('\n')
    return type.trim()
  } catch {
    return 'unknown'
  }
}

const chosen = process.argv.slice(2).filter(argument => argument !== '--full')
const unknown = chosen.filter(name => !(name in BENCHMARKS))
if (unknown.length > 0) throw new Error(`no such benchmark: ${unknown.join(', ')}`)
const extent: Extent = process.argv.includes('--full') ? 'full' : 'quick'
const results = join(import.meta.dirname, 'results')
await mkdir(results, { recursive: true })
console.log(
  Object.entries(machine)
    .map(([key, value]) => `${key}: ${value}`)
    .join(', '),
)
for (const [name, benchmark] of Object.entries(BENCHMARKS)) {
  if (chosen.length > 0 && !chosen.includes(name)) continue
  const file = join(results, extent === 'full' ? `${name}.json` : `${name}.quick.json`)
  const keep = (rows: readonly Row[]): Promise<void> =>
    writeFile(file, `${JSON.stringify({ machine, rows }, null, 2)}\n`)
  const rows = await benchmark(extent, keep)
  console.log(`\n${name}\n${tableOf(rows)}`)
  await keep(rows)
}
