/** At most one run per workspace root and branch. The lock names its owner; a dead owner's lock is taken over. */
import { randomBytes } from 'node:crypto'
import { link, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

export interface LockOwner {
  readonly pid: number
  /** Start of the process in clock ticks since boot (Linux): a pid alone may have been given to another process. */
  readonly started: string | null
  readonly host: string
  readonly run_key: string
  readonly since: string
}

export type Locked =
  | { readonly kind: 'held'; release(): Promise<void> }
  | { readonly kind: 'busy'; readonly owner: LockOwner }

const MOST_TRIES = 100

/** Takes the lock or says who has it; waits, a second at most, only while another removes a dead one. */
export async function takeLock(file: string, runKey: string, now: string): Promise<Locked> {
  await mkdir(dirname(file), { recursive: true })
  const owner: LockOwner = {
    pid: process.pid,
    started: await startOf(process.pid),
    host: hostname(),
    run_key: runKey,
    since: now,
  }
  // With the pid in its name: one that was killed before it wrote anything is known too.
  const mine = `${file}.${process.pid}.${randomBytes(4).toString('hex')}`
  try {
    await writeFile(mine, JSON.stringify(owner))
    for (let tries = 0; ; tries++) {
      try {
        // link(2) creates or fails, in one step, and the file is whole from the first moment.
        await link(mine, file)
        await sweep(file, mine).catch(() => {})
        return { kind: 'held', release: () => release(file, owner) }
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
      }
      const other = await readOwner(file)
      if (other && (tries >= MOST_TRIES || (await isAlive(other)))) return { kind: 'busy', owner: other }
      await removeDead(file, mine)
    }
  } finally {
    await rm(mine, { force: true })
  }
}

/** Removes what processes left that were killed while they tried for this lock. */
async function sweep(file: string, mine: string): Promise<void> {
  const folder = dirname(file)
  const tries = (await readdir(folder)).filter(name => name.startsWith(`${basename(file)}.`))
  for (const path of tries.map(name => join(folder, name)).filter(path => path !== mine)) {
    const owner = await readOwner(path)
    const pid = Number(/\.(\d+)\.[0-9a-f]{8}$/.exec(path)?.[1] ?? process.pid)
    if (owner === null ? !exists(pid) : !(await isAlive(owner))) await rm(path, { force: true })
  }
}

/** Keys of the runs whose locks in the folder have a living owner; `own` is not looked at. */
export async function liveRuns(folder: string, own: string): Promise<ReadonlySet<string>> {
  const names = await readdir(folder).catch(() => [])
  const files = names.filter(name => name.endsWith('.lock')).map(name => join(folder, name))
  const owners = await Promise.all(files.filter(file => file !== own).map(readOwner))
  const alive = await Promise.all(owners.map(owner => owner !== null && isAlive(owner)))
  return new Set(owners.flatMap((owner, i) => (owner !== null && alive[i] ? [owner.run_key] : [])))
}

/** Removes a run's own lock from the folder, where the process that took it has died. */
export async function removeDeadLocks(folder: string, runKey: string): Promise<void> {
  const names = (await readdir(folder).catch(() => [])).filter(name => name.endsWith('.lock'))
  for (const file of names.map(name => join(folder, name))) {
    const owner = await readOwner(file)
    if (owner?.run_key !== runKey || (await isAlive(owner))) continue
    const taken = await takeLock(file, runKey, owner.since)
    if (taken.kind === 'held') await taken.release()
  }
}

/**
 * Removes the lock if its owner is dead. Only who holds the guard does, and looks at the lock again first: one that
 * another run has taken meanwhile is never touched, not even for a moment.
 */
async function removeDead(file: string, mine: string): Promise<void> {
  const guard = `${file}.guard`
  try {
    await link(mine, guard)
  } catch {
    const holder = await readOwner(guard)
    // Held for milliseconds, unless whoever held it was killed just then.
    if (holder === null || (await isAlive(holder))) await sleep(10)
    else await setAside(guard, holder, `${mine}.guard`)
    return
  }
  try {
    const text = await readFile(file, 'utf8').catch(() => null)
    // Where there is none, the next moment may bring one that is alive.
    if (text === null) return
    const owner = parseOwner(text)
    if (owner === null || !(await isAlive(owner))) await rm(file, { force: true })
  } finally {
    await rm(guard, { force: true })
  }
}

/** Takes a dead guard away, and gives it back if it turns out to be another one by now. */
async function setAside(guard: string, dead: LockOwner, aside: string): Promise<void> {
  try {
    await rename(guard, aside)
  } catch {
    return
  }
  const moved = await readOwner(aside)
  if (moved?.pid !== dead.pid || moved.started !== dead.started) await link(aside, guard).catch(() => {})
  await rm(aside, { force: true })
}

async function release(file: string, owner: LockOwner): Promise<void> {
  const now = await readOwner(file)
  if (now?.pid === owner.pid && now.started === owner.started) await rm(file, { force: true })
}

async function readOwner(file: string): Promise<LockOwner | null> {
  return parseOwner(await readFile(file, 'utf8').catch(() => ''))
}

function parseOwner(text: string): LockOwner | null {
  try {
    const owner = JSON.parse(text)
    return typeof owner?.pid === 'number' && typeof owner.host === 'string' ? owner : null
  } catch {
    return null
  }
}

async function isAlive(owner: LockOwner): Promise<boolean> {
  // Another machine's processes cannot be seen from here: its lock is respected.
  if (owner.host !== hostname()) return true
  if (!exists(owner.pid)) return false
  const started = await startOf(owner.pid)
  // Gone while we looked, or hidden from us.
  if (started === null && !exists(owner.pid)) return false
  return started === null || owner.started === null || started === owner.started
}

function exists(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH'
  }
}

/** Field 22 of /proc/<pid>/stat (proc(5)); `ended` for one that nobody has collected yet; null where there is none. */
async function startOf(pid: number): Promise<string | null> {
  try {
    const text = await readFile(`/proc/${pid}/stat`, 'utf8')
    // The second field is the command in brackets and may hold spaces.
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
    // In a container without an init a killed process stays like this for good.
    return fields[0] === 'Z' || fields[0] === 'X' ? 'ended' : (fields[19] ?? null)
  } catch {
    return null
  }
}
