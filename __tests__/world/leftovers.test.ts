import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, readdir, readFile, symlink, utimes, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { isRunKey } from '../../src/decide/identity.ts'
import { filesBelow } from '../../src/world/files.ts'
import { clearLeftovers, type Leftovers } from '../../src/world/leftovers.ts'
import { takeLock } from '../../src/world/lock.ts'
import { COOKIE_NAME } from '../../src/world/survivors.ts'
import { openSite } from '../rig/site.ts'
import { type TempDir, tempDir, writeFiles } from '../rig/temp.ts'

const HOUR_MS = 3600_000

let temp: TempDir
let root: string
beforeEach(async () => {
  temp = await tempDir('leftovers')
  root = join(temp.path, 'root')
  await mkdir(root)
})
afterEach(() => temp[Symbol.asyncDispose]())

/** A run's folder whose newest change is so many hours ago. */
async function pastRun(key: string, hours: number, files: Record<string, string> = {}): Promise<string> {
  const dir = join(root, key)
  await writeFiles(dir, {
    'journal.ndjson': '{}\n',
    'store.git/HEAD': 'ref: x\n',
    'tasks/a/worker.log': 'x',
    ...files,
  })
  await age(dir, hours)
  return dir
}

async function age(dir: string, hours: number): Promise<void> {
  const then = new Date(Date.now() - hours * HOUR_MS)
  for (const name of await readdir(dir)) await utimes(join(dir, name), then, then)
  await utimes(dir, then, then)
}

const clear = (options: Partial<Leftovers> = {}) =>
  clearLeftovers({
    root,
    lockFile: join(root, 'locks', 'own.lock'),
    ownKey: 'own',
    isKey: () => true,
    spare: () => false,
    retentionHours: 24,
    cookieOf: dir => dir,
    ...options,
  })
const left = async () => (await readdir(root)).sort()

describe('folders of older runs', () => {
  it('go when they are past the retention, and stay until then', async () => {
    await pastRun('local-old', 25)
    await pastRun('local-young', 23)
    expect(await clear()).toEqual([])
    expect(await left()).toEqual(['local-young'])
    expect(await clear({ retentionHours: 22 })).toEqual([])
    expect(await left()).toEqual([])
  })

  it('keep what did not land, however old: only workspaces, layers and stores go', async () => {
    const kept: Record<string, Record<string, string>> = {
      bundle: { 'tasks/a/work.bundle': 'x', 'tasks/a/work.patch': 'x', 'tasks/a/workspace/f': 'x' },
      attempt: { 'tasks/a/work-1.bundle': 'x' },
      branches: { 'tasks/a/branches.bundle': 'x' },
      beside: { 'a.work.bundle': 'x' },
      marker: { 'tasks/a/ci-failure.json': 'x' },
      before: { 'before/run~1/a/work.bundle': 'x' },
      stranded: { 'tasks/a/workspace-1/f': 'x', 'tasks/a/workspace/f': 'x' },
      only: { 'tasks/a/workspace/f': 'x', 'tasks/a/workspace-is-the-only-copy.txt': 'x' },
    }
    for (const [name, files] of Object.entries(kept)) {
      const passing = { 'gates/1/f': 'x', 'internal/layers/f': 'x', 'report.html': 'x' }
      await pastRun(`local-${name}`, 1000, { ...files, ...passing })
    }
    expect(await clear()).toEqual([])
    for (const [name, files] of Object.entries(kept)) {
      const there = (await filesBelow(join(root, `local-${name}`))).filter(
        file => !['journal.ndjson', 'report.html', 'tasks/a/worker.log'].includes(file),
      )
      const work = Object.keys(files).filter(file => name === 'only' || !file.includes('/workspace/'))
      expect({ name, there: [...there].sort() }).toEqual({ name, there: work.sort() })
    }
    // The next day there is nothing more to do.
    for (const name of Object.keys(kept)) await age(join(root, `local-${name}`), 1000)
    expect(await clear()).toEqual([])
    expect((await left()).length).toBe(Object.keys(kept).length)
  })

  it('stay as they are where work that only their store has cannot be saved', async () => {
    const dir = await pastRun('local-old', 25)
    const asked: string[] = []
    const rescue = async (runDir: string) => {
      asked.push(runDir)
      return ['the disk is full']
    }
    expect(await clear({ rescue })).toEqual([expect.stringContaining('the disk is full')])
    expect(asked).toEqual([dir])
    expect(await filesBelow(dir)).toContain('store.git/HEAD')
  })

  it('are young as long as anything in them is', async () => {
    const dir = await pastRun('local-old', 25)
    await writeFile(join(dir, 'report.html'), 'looked at')
    expect(await clear()).toEqual([])
    expect(await left()).toEqual(['local-old'])
  })

  it('go only where they are runs: a journal or a store of ours is in them', async () => {
    await writeFiles(root, { 'photos/cat.jpg': 'x', 'file.txt': 'x' })
    await writeFiles(root, { 'half/store.git/HEAD': 'x', 'only/journal.ndjson': 'x' })
    for (const name of ['photos', 'half', 'only']) await age(join(root, name), 100)
    await clear()
    expect(await left()).toEqual(['file.txt', 'photos'])
  })

  it('go only where a run may be called so: a root that a user chose holds things of the user', async () => {
    const runs = ['77-1', 'local-20260715T101500Z-0a1f']
    const others = ['77', '77-1.bak', 'app-2', 'local-copy', 'work']
    for (const key of [...runs, ...others]) await pastRun(key, 100)
    expect(await clear({ isKey: isRunKey })).toEqual([])
    expect(await left()).toEqual(others)
  })

  it('are never gone into or away from through a link', async () => {
    const outside = join(temp.path, 'outside')
    await writeFiles(outside, { 'journal.ndjson': '{}', 'tasks/a/x': 'x', 'precious/x': 'x' })
    await age(outside, 100)
    await symlink(outside, join(root, 'linked'))
    const dir = await pastRun('run', 0, { x: 'x' })
    await symlink(join(outside, 'precious'), join(dir, 'tasks/a/workspace'))
    await age(dir, 100)
    const other = join(root, 'other')
    await writeFiles(other, { 'journal.ndjson': '{}' })
    await symlink(join(outside, 'tasks'), join(other, 'tasks'))
    await age(other, 100)
    // The link's own time is now: it is what keeps this run young.
    expect(await clear({ retentionHours: 0 })).toEqual([])
    expect(await left()).toEqual(['linked'])
    expect(await readFile(join(outside, 'tasks/a/x'), 'utf8')).toBe('x')
    expect(await readFile(join(outside, 'precious/x'), 'utf8')).toBe('x')
  })

  it('stay where this run, one at work, or one that is still to be read has them', async () => {
    for (const key of ['own', 'at-work', '77-1', '77-2', 'dead']) await pastRun(key, 100)
    const lock = await takeLock(join(root, 'locks', 'other.lock'), 'at-work', 'now')
    await writeFile(
      join(root, 'locks', 'dead.lock'),
      JSON.stringify({ pid: 2 ** 22 + 1, started: '1', host: hostname(), run_key: 'dead', since: '' }),
    )
    try {
      expect(await clear({ spare: key => key.startsWith('77-') })).toEqual([])
      expect(await left()).toEqual(['77-1', '77-2', 'at-work', 'locks', 'own'])
    } finally {
      if (lock.kind === 'held') await lock.release()
    }
  })

  it('that take too long are left to a later run, which still knows them as ours', async () => {
    const dir = await pastRun('slow', 100)
    expect(await clear({ limitMs: 0 })).toEqual([expect.stringContaining(dir)])
    expect(await readdir(dir)).toContain('journal.ndjson')
    expect(await clear()).toEqual([])
    expect(await left()).toEqual([])
  })

  it('a root that is not there has none', async () => {
    expect(await clear({ root: join(temp.path, 'nowhere') })).toEqual([])
  })
})

describe('processes of dead runs', () => {
  /** A process that carries the mark of the run, and would live for ever. */
  async function leftIn(
    dir: string,
  ): Promise<{ readonly gone: Promise<unknown>; readonly child: ChildProcess }> {
    const env = { PATH: process.env.PATH ?? '', [COOKIE_NAME]: `${dir}/1` }
    const child = spawn('bash', ['-c', 'echo; exec sleep 1000'], {
      env,
      detached: true,
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    await once(child.stdout!, 'data')
    return { gone: once(child, 'exit'), child }
  }

  it.runIf(process.platform === 'linux')('are ended; those of a run at work are not touched', async () => {
    const [dead, live, own] = [await pastRun('dead', 0), await pastRun('live', 0), join(root, 'own')]
    await mkdir(own)
    const lock = await takeLock(join(root, 'locks', 'other.lock'), 'live', 'now')
    const [inDead, inLive, inOwn] = [await leftIn(dead), await leftIn(live), await leftIn(own)]
    try {
      expect(await clear()).toEqual([])
      await Promise.all([inDead.gone, inOwn.gone])
      expect(inLive.child.exitCode ?? inLive.child.signalCode).toBeNull()
    } finally {
      inLive.child.kill('SIGKILL')
      await inLive.gone
      if (lock.kind === 'held') await lock.release()
    }
  })
})

describe('mounts of dead runs', () => {
  it('are ended at once, however young; those of a run at work are not touched', async () => {
    await using site = await openSite({ kind: 'overlay' })
    const runs = join(site.root, '..')
    const mounted = site.workspaces.kind === 'overlay' ? [site.at('a').dir] : []
    await site.workspaces.create(site.at('a'), site.base)
    expect(await site.mounts()).toEqual(mounted)
    const lock = await takeLock(join(runs, 'locks', 'other.lock'), 'run with a space', 'now')
    if (lock.kind !== 'held') throw new Error('the lock was free')
    expect(await clear({ root: runs })).toEqual([])
    expect(await site.mounts()).toEqual(mounted)
    await lock.release()
    expect(await clear({ root: runs })).toEqual([])
    expect(await site.mounts()).toEqual([])
    expect(await readdir(runs)).toContain('run with a space')
  })

  it('are ended in folders of runs alone', async () => {
    await using site = await openSite({ kind: 'overlay' })
    await site.workspaces.create(site.at('a'), site.base)
    const before = await site.mounts()
    expect(await clear({ root: join(site.root, '..'), isKey: isRunKey })).toEqual([])
    expect(await site.mounts()).toEqual(before)
  })

  it('also those of an earlier process of this very run', async () => {
    await using site = await openSite({ kind: 'overlay' })
    const runs = join(site.root, '..')
    await site.workspaces.create(site.at('a'), site.base)
    await clear({ root: runs, ownKey: 'run with a space' })
    expect(await site.mounts()).toEqual([])
    expect(await readdir(runs)).toContain('run with a space')
  })

  it('are ended before their folders are removed', async () => {
    await using site = await openSite({ kind: 'overlay' })
    const runs = join(site.root, '..')
    await site.workspaces.create(site.at('a'), site.base)
    await writeFile(join(site.root, 'journal.ndjson'), '{}')
    expect(await clear({ root: runs, retentionHours: 0, limitMs: 60_000 })).toEqual([])
    expect(await readdir(runs)).not.toContain('run with a space')
  })
})
