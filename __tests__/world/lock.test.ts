import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import type { Writable } from 'node:stream'
import { expect, test } from 'vitest'
import { removeDeadLocks, takeLock } from '../../src/world/lock.ts'
import { tempDir } from '../rig/temp.ts'

const NOW = '2026-11-21T00:00:00.000Z'

/** A process that has ended, as an owner. */
async function deadOwner(): Promise<object> {
  const child = spawn('true')
  await once(child, 'exit')
  return { pid: child.pid, started: '1', host: hostname(), run_key: 'dead', since: NOW }
}

test('one that is held is busy and names its owner, one that is released is free', async () => {
  await using dir = await tempDir()
  const file = join(dir.path, 'locks', 'x.lock')
  const first = await takeLock(file, 'first', NOW)
  expect(await takeLock(file, 'second', NOW)).toMatchObject({
    kind: 'busy',
    owner: { run_key: 'first', pid: process.pid, since: NOW },
  })
  if (first.kind === 'held') await first.release()
  expect((await takeLock(file, 'third', NOW)).kind).toBe('held')
})

test('that of a dead process is taken over, by one of those that try at once', async () => {
  await using dir = await tempDir()
  const file = join(dir.path, 'x.lock')
  await writeFile(file, JSON.stringify(await deadOwner()))
  const tries = await Promise.all(Array.from({ length: 8 }, (_, i) => takeLock(file, `run ${i}`, NOW)))
  expect(tries.filter(({ kind }) => kind === 'held')).toHaveLength(1)
  expect(await readdir(dir.path)).toEqual(['x.lock'])
})

test('one that was killed while it removed a dead lock keeps nobody waiting, and nothing of it stays', async () => {
  await using dir = await tempDir()
  const file = join(dir.path, 'x.lock')
  const dead = JSON.stringify(await deadOwner())
  for (const name of ['x.lock', 'x.lock.guard', 'x.lock.0123abcd'])
    await writeFile(join(dir.path, name), dead)
  expect((await takeLock(file, 'now', NOW)).kind).toBe('held')
  expect(await readdir(dir.path)).toEqual(['x.lock'])
})

test('a process with the pid of a dead owner is not its owner', async () => {
  await using dir = await tempDir()
  const file = join(dir.path, 'x.lock')
  const owner = { pid: process.pid, started: '1', host: hostname(), run_key: 'before', since: NOW }
  await writeFile(file, JSON.stringify(owner))
  expect((await takeLock(file, 'now', NOW)).kind).toBe(process.platform === 'linux' ? 'held' : 'busy')
})

test('that of another machine is respected: its processes cannot be seen', async () => {
  await using dir = await tempDir()
  const file = join(dir.path, 'x.lock')
  await writeFile(file, JSON.stringify({ ...(await deadOwner()), host: 'elsewhere' }))
  expect((await takeLock(file, 'now', NOW)).kind).toBe('busy')
})

test.each(['', '{"pid": 1', '{}', '17', 'null'])("one that names no owner is nobody's: %j", async text => {
  await using dir = await tempDir()
  const file = join(dir.path, 'x.lock')
  await writeFile(file, text)
  expect((await takeLock(file, 'now', NOW)).kind).toBe('held')
  expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject({ run_key: 'now' })
})

test('releasing never takes away what another run holds by now', async () => {
  await using dir = await tempDir()
  const file = join(dir.path, 'x.lock')
  const mine = await takeLock(file, 'mine', NOW)
  await writeFile(
    file,
    JSON.stringify({ pid: 1, started: '1', host: 'elsewhere', run_key: 'theirs', since: NOW }),
  )
  if (mine.kind === 'held') await mine.release()
  expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject({ run_key: 'theirs' })
})

test('that of a process which has ended, but which nobody has collected, is taken over', async () => {
  await using dir = await tempDir()
  const file = join(dir.path, 'x.lock')
  const script = 'cat <&3 >/dev/null & echo $!; exec 3<&-; exec cat'
  const parent = spawn('bash', ['-c', script], { stdio: ['pipe', 'pipe', 'inherit', 'pipe'] })
  try {
    const [line] = await once(parent.stdout!, 'data')
    const pid = Number(String(line))
    const fields = async () => {
      const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
      return stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    }
    const started = (await fields())[19] ?? null
    await writeFile(file, JSON.stringify({ pid, started, host: hostname(), run_key: 'x', since: NOW }))
    expect((await takeLock(file, 'too early', NOW)).kind).toBe('busy')
    ;(parent.stdio[3] as Writable).end()
    // R or S until it has ended; then Z, or nothing where it was collected after all.
    while (/^[RSD]$/.test((await fields())[0] ?? '')) await new Promise(setImmediate)
    const zombies = process.platform === 'linux' ? 'held' : 'busy'
    expect((await takeLock(file, 'now', NOW)).kind).toBe(zombies)
  } finally {
    parent.stdin!.end()
    await once(parent, 'exit')
  }
})

test("a run's own lock goes when its process is dead; no other does", async () => {
  await using dir = await tempDir()
  const dead = await deadOwner()
  const locks: Record<string, object> = {
    'own.lock': { ...dead, run_key: 'own' },
    'alive.lock': { ...dead, run_key: 'own', host: 'elsewhere' },
    'other.lock': { ...dead, run_key: 'other' },
  }
  for (const [name, owner] of Object.entries(locks))
    await writeFile(join(dir.path, name), JSON.stringify(owner))
  await removeDeadLocks(dir.path, 'own')
  expect(await readdir(dir.path)).toEqual(['alive.lock', 'other.lock'])
  await removeDeadLocks(join(dir.path, 'nowhere'), 'own')
})
