/** At most one run per workspace root and branch. The lock names its owner; a dead owner's lock is taken over. */
import { randomBytes } from 'node:crypto'
import { link, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { dirname, join } from 'node:path'

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

/** Takes the lock or says who has it; never waits. */
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
      if (other && (tries >= 5 || (await isAlive(other)))) return { kind: 'busy', owner: other }
      await setAside(file, other)
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

/** Renames the dead lock away first: of two runs that find it, only one removes it. */
async function setAside(file: string, dead: LockOwner | null): Promise<void> {
  const aside = `${file}.${randomBytes(4).toString('hex')}.dead`
  try {
    await rename(file, aside)
  } catch {
    return
  }
  const moved = await readOwner(aside)
  // Between reading and renaming another run may have taken it over: give that one back.
  if (moved && dead && moved.pid !== dead.pid) await link(aside, file).catch(() => {})
  await rm(aside, { force: true })
}

async function release(file: string, owner: LockOwner): Promise<void> {
  const now = await readOwner(file)
  if (now?.pid === owner.pid && now.started === owner.started) await rm(file, { force: true })
}

async function readOwner(file: string): Promise<LockOwner | null> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as LockOwner
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

/** Field 22 of /proc/<pid>/stat (proc(5)); null where there is none. */
async function startOf(pid: number): Promise<string | null> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8')
    // The second field is the command in brackets and may hold spaces.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null
  } catch {
    return null
  }
}
