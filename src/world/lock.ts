/** At most one run per workspace root and branch. The lock names its owner; a dead owner's lock is taken over. */
import { randomBytes } from 'node:crypto'
import { link, mkdir, readdir, readFile, rm, rmdir, stat, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { dirname, join } from 'node:path'
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

const GUARD_MS = 10_000
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
  const mine = `${file}.${randomBytes(4).toString('hex')}`
  await writeFile(mine, JSON.stringify(owner))
  try {
    for (let tries = 0; ; tries++) {
      try {
        // link(2) creates or fails, in one step, and the file is whole from the first moment.
        await link(mine, file)
        return { kind: 'held', release: () => release(file, owner) }
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
      }
      const other = await readOwner(file)
      if (other && (tries >= MOST_TRIES || (await isAlive(other)))) return { kind: 'busy', owner: other }
      await removeDead(file)
    }
  } finally {
    await rm(mine, { force: true })
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

/**
 * Removes the lock if its owner is dead. Only who holds the guard does, and looks at the lock again first: one that
 * another run has taken meanwhile is never touched, not even for a moment.
 */
async function removeDead(file: string): Promise<void> {
  const guard = `${file}.guard`
  try {
    await mkdir(guard)
  } catch {
    const age = Date.now() - ((await stat(guard).catch(() => null))?.mtimeMs ?? Date.now())
    // Held for milliseconds: an old one was left by a crash.
    if (age > GUARD_MS) await rmdir(guard).catch(() => {})
    else await sleep(10)
    return
  }
  try {
    const text = await readFile(file, 'utf8').catch(() => null)
    // Where there is none, the next moment may bring one that is alive.
    if (text === null) return
    const owner = parseOwner(text)
    if (owner === null || !(await isAlive(owner))) await rm(file, { force: true })
  } finally {
    await rmdir(guard).catch(() => {})
  }
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
    return JSON.parse(text) as LockOwner
  } catch {
    return null
  }
}

async function isAlive(owner: LockOwner): Promise<boolean> {
  // Another machine's processes cannot be seen from here: its lock is respected.
  if (owner.host !== hostname()) return true
  try {
    process.kill(owner.pid, 0)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false
  }
  const started = await startOf(owner.pid)
  return started === null || owner.started === null || started === owner.started
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
