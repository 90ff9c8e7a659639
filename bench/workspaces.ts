/**
 * What a workspace costs: made, snapshotted (one file changed) and removed, in both kinds, against git's own ways to get
 * the same files. Sizes as arguments when run by itself: `node bench/workspaces.ts 100000`.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { appendFile, mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Sha } from '../src/decide/task.ts'
import { createStore } from '../src/world/checkout.ts'
import { gitOk } from '../src/world/git.ts'
import { snapshot } from '../src/world/snapshot.ts'
import { openWorkspaces, type Workspaces, type WorkspacesOptions } from '../src/world/workspaces.ts'
import { median, type Row, timeCommand } from './measure.ts'

const ROUNDS = 3
const IDENTITY = { name: 'bench', email: 'bench@example.test' }
const SILENT = { line() {}, warning() {}, notice() {}, fold() {}, debug() {} }

interface Times {
  readonly create: number
  readonly snapshot?: number
  readonly remove: number
}

export async function workspaces(sizes: readonly number[] = [1000, 20_000]): Promise<Row[]> {
  const rows: Row[] = []
  for (const size of sizes) rows.push(...(await ofSize(size)))
  return rows
}

async function ofSize(size: number): Promise<Row[]> {
  const root = await mkdtemp(join(tmpdir(), 'fanout-bench-'))
  const source = join(root, 'source')
  const commit = await makeSource(source, size)
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
  const subjects: Record<string, (dir: string) => Promise<Times>> = {
    'git clone --no-local': dir => byGit(dir, ['clone', '--quiet', '--no-local', source, dir]),
    'git clone --shared': dir => byGit(dir, ['clone', '--quiet', '--shared', source, dir]),
    'git worktree add': dir =>
      byGit(dir, ['-C', source, 'worktree', 'add', '--force', '--quiet', '--detach', dir]),
    'workspaces: clone': dir => byUs(dir, commit, clones, storeDir),
    ...(overlays.kind === 'overlay'
      ? { 'workspaces: overlay': (dir: string) => byUs(dir, commit, overlays, storeDir) }
      : {}),
  }
  const times = new Map<string, Times[]>(Object.keys(subjects).map(name => [name, []]))
  try {
    for (let round = 0; round <= ROUNDS; round++) {
      for (const [name, subject] of Object.entries(subjects)) {
        const taken = await subject(join(root, 'workspace'))
        // The first round warms the caches, and makes the pristine checkout of the overlays.
        if (round > 0) times.get(name)?.push(taken)
      }
    }
  } finally {
    await overlays.close()
    await rm(root, { recursive: true, force: true })
  }
  return rowsOf(size, times)
}

function rowsOf(size: number, times: ReadonlyMap<string, readonly Times[]>): Row[] {
  const files = `${size.toLocaleString('en')} files`
  const of = (name: string, step: keyof Times): number =>
    median((times.get(name) ?? []).flatMap(taken => taken[step] ?? []))
  const rows: Row[] = []
  for (const name of times.keys()) {
    const create: Row = { name: `${files}, ${name}: create`, value: of(name, 'create'), unit: 'ms' }
    if (name === 'workspaces: clone') {
      const against = 'git worktree add'
      rows.push({ ...create, ratio: create.value / of(against, 'create'), against, goal: 1.1 })
    } else rows.push(name === 'workspaces: overlay' ? { ...create, goal: 100 } : create)
    const snapped = of(name, 'snapshot')
    if (!Number.isNaN(snapped))
      rows.push({ name: `${files}, ${name}: snapshot`, value: snapped, unit: 'ms', goal: 1000 })
    rows.push({ name: `${files}, ${name}: remove`, value: of(name, 'remove'), unit: 'ms' })
  }
  return rows
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await work()
  return performance.now() - start
}

async function byUs(dir: string, commit: Sha, kind: Workspaces, storeDir: string): Promise<Times> {
  const at = { dir, index: `${dir}.index` }
  const create = await timed(() => kind.create(at, commit))
  await appendFile(join(dir, 'd0/f0.txt'), 'changed\n')
  const snapped = await timed(() => snapshot(at, commit, storeDir))
  return { create, snapshot: snapped, remove: await timed(() => kind.remove(at)) }
}

async function byGit(dir: string, args: readonly string[]): Promise<Times> {
  const create = await timeCommand('git', args)
  return { create, remove: await timed(() => rm(dir, { recursive: true, force: true })) }
}

/** A checkout of one commit with files of 2 to 14 kB, a hundred in a folder. */
async function makeSource(dir: string, size: number): Promise<Sha> {
  await mkdir(dir)
  await gitOk(dir, ['init', '--quiet', '--initial-branch=main', '--template='])
  const child = spawn('git', ['fast-import', '--quiet', '--done'], {
    cwd: dir,
    stdio: ['pipe', 'inherit', 'inherit'],
  })
  const ended = once(child, 'exit')
  const write = async (text: string): Promise<void> => {
    if (!child.stdin.write(text)) await once(child.stdin, 'drain')
  }
  await write(
    'commit refs/heads/main\ncommitter bench <bench@example.test> 1700000000 +0000\ndata 5\nbench\n',
  )
  for (let i = 0; i < size; i++) {
    const content = `line of file ${i}\n`.repeat(100 + ((i * 7919) % 600))
    await write(`M 100644 inline d${Math.floor(i / 100)}/f${i}.txt\ndata ${content.length}\n${content}\n`)
  }
  await write('done\n')
  child.stdin.end()
  await ended
  await gitOk(dir, ['reset', '--hard', '--quiet'])
  return (await gitOk(dir, ['rev-parse', 'HEAD'])).trim() as Sha
}

if (import.meta.main) {
  const sizes = process.argv.slice(2).map(Number)
  for (const { name, value, ratio, against, goal } of await workspaces(
    sizes.length > 0 ? sizes : undefined,
  )) {
    const compared = ratio === undefined ? '' : `  ${ratio.toFixed(2)} times ${against}`
    console.log(
      `${name.padEnd(48)} ${value.toFixed(0).padStart(7)} ms${compared}${goal ? `  (goal ${goal})` : ''}`,
    )
  }
}
