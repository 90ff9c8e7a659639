/**
 * What a workspace costs: made, snapshotted (one file changed) and removed, in both kinds, against git's own ways to get
 * the same files. Sizes as arguments when run by itself: `node bench/workspaces.ts 100000`. The figures are those of the
 * file system below FANOUT_BENCH_DIR (else /var/tmp): take a disk that jobs run on, and one with a journal (without one
 * ext4 is ten times slower for minutes after files were removed).
 */
import { appendFile, mkdir, mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Sha } from '../src/decide/task.ts'
import { createStore } from '../src/world/checkout.ts'
import { snapshot } from '../src/world/snapshot.ts'
import { openWorkspaces, type Workspaces, type WorkspacesOptions } from '../src/world/workspaces.ts'
import { makeRepository, pathOf } from './big-repository.ts'
import { BENCH_DIR, median, type Row, timeCommand } from './measure.ts'

/** So many at once; and one after the other, each way in turn. */
const WORKSPACES = 8
/** Where one takes a minute, fewer tell the same. */
const roundsOf = (size: number): number => (size < 50_000 ? WORKSPACES : 4)
const IDENTITY = { name: 'bench', email: 'bench@example.test' }
const SILENT = { line() {}, warning() {}, notice() {}, fold() {}, debug() {} }

/** One way to get a folder of files; `snapshot` is after a change of one of them. */
interface Way {
  create(dir: string): Promise<unknown>
  snapshot?(dir: string): Promise<unknown>
  remove(dir: string): Promise<unknown>
}
type Step = keyof Way
type Times = Readonly<Record<Step, readonly number[]>>

export async function workspaces(sizes: readonly number[] = [1000, 20_000, 100_000]): Promise<Row[]> {
  const rows: Row[] = []
  for (const size of sizes) rows.push(...(await ofSize(size)))
  return rows
}

async function ofSize(size: number): Promise<Row[]> {
  const root = await mkdtemp(join(BENCH_DIR, 'fanout-bench-'))
  try {
    const source = join(root, 'source')
    const commit = await makeRepository(source, size)
    const storeDir = join(root, 'store.git')
    await createStore(storeDir, {
      gitDir: join(source, '.git'),
      head: commit,
      shareObjects: true,
      objectFormat: 'sha1',
    })
    const options: WorkspacesOptions = {
      checkout: { storeDir, branch: 'main', identity: IDENTITY },
      runDir: root,
      layers: join(root, 'layers'),
      log: SILENT,
      cancel: new AbortController().signal,
    }
    const clones = await openWorkspaces('clone', commit, options)
    const overlays = await openWorkspaces('overlay', commit, options)
    const clone = (...how: string[]): Way => byCommand('git', ['clone', '--quiet', ...how])
    const ways: Record<string, Way> = {
      'git clone file://': clone(`file://${source}`),
      'git clone --local': clone('--local', source),
      'git clone --shared': clone('--shared', source),
      'git worktree add': byCommand('git', [
        '-C',
        source,
        ...'worktree add --force --quiet --detach'.split(' '),
      ]),
      'cp -a': byCommand('cp', ['-a', source]),
      'workspaces: clone': byUs(commit, clones, storeDir),
      ...(overlays.kind === 'overlay' ? { 'workspaces: overlay': byUs(commit, overlays, storeDir) } : {}),
    }
    const times = await inTurn(ways, join(root, 'workspace'), roundsOf(size))
    const together = await allAtOnce(ways, join(root, 'many'))
    await overlays.close()
    return [...rowsOf(size, times), ...together.map(row => ({ ...row, name: `${named(size)}, ${row.name}` }))]
  } finally {
    await rm(root, { recursive: true, force: true })
  }
}

async function inTurn(
  ways: Readonly<Record<string, Way>>,
  dir: string,
  rounds: number,
): Promise<ReadonlyMap<string, Times>> {
  const times = new Map(
    Object.keys(ways).map(name => [name, { create: [], snapshot: [], remove: [] } as Record<Step, number[]>]),
  )
  for (let round = 0; round <= rounds; round++) {
    for (const [name, way] of Object.entries(ways)) {
      for (const step of ['create', 'snapshot', 'remove'] as const) {
        if (way[step] === undefined) continue
        if (step === 'snapshot') await appendFile(join(dir, pathOf(0)), 'changed\n')
        const taken = await timed(() => way[step]!(dir))
        // The first round warms the caches, and makes the pristine checkout of the overlays.
        if (round > 0) times.get(name)![step].push(taken)
      }
    }
  }
  return times
}

/** How soon the first of many is there, and how soon all are. */
async function allAtOnce(ways: Readonly<Record<string, Way>>, root: string): Promise<readonly Row[]> {
  const rows: Row[] = []
  for (const [name, way] of Object.entries(ways)) {
    if (!/worktree|workspaces/.test(name)) continue
    await mkdir(root, { recursive: true })
    const dirs = Array.from({ length: WORKSPACES }, (_, i) => join(root, String(i)))
    const taken = await Promise.all(dirs.map(dir => timed(() => again(() => way.create(dir)))))
    const title = `${name}: ${WORKSPACES} at once`
    rows.push(
      { name: `${title}, the first`, value: Math.min(...taken), unit: 'ms' },
      { name: `${title}, all`, value: Math.max(...taken), unit: 'ms' },
    )
    for (const dir of dirs) await way.remove(dir)
  }
  const all = (name: string) => rows.find(row => row.name === `${name}: ${WORKSPACES} at once, all`)
  const against = 'git worktree add'
  const beside = all(against)!.value
  return rows.map(row =>
    row === all('workspaces: clone') ? { ...row, ratio: row.value / beside, against, goal: 1.1 } : row,
  )
}

/** `git worktree add` fails now and then where another one has begun to write what it reads. */
async function again(work: () => Promise<unknown>): Promise<unknown> {
  for (let left = 5; left > 0; left--) {
    try {
      return await work()
    } catch (error) {
      if (!/worktrees\/\d+\/commondir/.test(String(error))) throw error
    }
  }
  return work()
}

function rowsOf(size: number, times: ReadonlyMap<string, Times>): Row[] {
  const of = (name: string, step: Step): number => median(times.get(name)?.[step] ?? [])
  const rows: Row[] = []
  for (const name of times.keys()) {
    const title = `${named(size)}, ${name}`
    const create: Row = { name: `${title}: create`, value: of(name, 'create'), unit: 'ms' }
    if (name === 'workspaces: clone') {
      for (const [against, goal] of [['git worktree add', 1.1] as const, ['git clone file://', 0.5] as const])
        rows.push({ ...create, ratio: create.value / of(against, 'create'), against, goal })
    } else rows.push(name === 'workspaces: overlay' ? { ...create, goal: 100 } : create)
    const snapped = of(name, 'snapshot')
    if (!Number.isNaN(snapped))
      rows.push({ name: `${title}: snapshot`, value: snapped, unit: 'ms', goal: 1000 })
    rows.push({ name: `${title}: remove`, value: of(name, 'remove'), unit: 'ms' })
  }
  return rows
}

function named(size: number): string {
  return `${size.toLocaleString('en')} files`
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await work()
  return performance.now() - start
}

function byUs(commit: Sha, kind: Workspaces, storeDir: string): Way {
  const at = (dir: string) => ({ dir, index: `${dir}.index` })
  return {
    create: dir => kind.create(at(dir), commit),
    snapshot: dir => snapshot(at(dir), commit, 'main', storeDir),
    remove: dir => kind.remove(at(dir)),
  }
}

/** The folder is the last argument. */
function byCommand(command: string, args: readonly string[]): Way {
  return {
    create: dir => timeCommand(command, [...args, dir]),
    remove: dir => rm(dir, { recursive: true, force: true }),
  }
}

if (import.meta.main) {
  const sizes = process.argv.slice(2).map(Number)
  for (const row of await workspaces(sizes.length > 0 ? sizes : undefined)) {
    const compared = row.ratio === undefined ? '' : `  ${row.ratio.toFixed(2)} times ${row.against}`
    const goal = row.goal === undefined ? '' : `  (goal ${row.goal})`
    console.log(`${row.name.padEnd(60)} ${row.value.toFixed(0).padStart(7)} ms${compared}${goal}`)
  }
}
