/**
 * Finding and ending whatever a command started. A process belongs to a command by its process group or, on Linux, by
 * the cookie in the environment it began with, which also finds what left the group. It cannot find what did both:
 * left the group and started over with another environment.
 */
import { closeSync, existsSync, openSync, readdirSync, readSync } from 'node:fs'
import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises'
import { shortageOf } from '../decide/shortage.ts'
import { patiently } from './shortage.ts'

/** Each command's children carry it; a run inside a run appends to the outer one's value. */
export const COOKIE_NAME = 'FANOUT_PROCESS'
/** How long after SIGKILL a process may stay before it is given up: it waits in the kernel, or is another user's. */
const UNKILLABLE_MS = 2000
const LONGEST_POLL_MS = 100
/** So many looks that find nothing, but could have fallen between two links of a chain of forks, are enough. */
const DOUBTFUL_LOOKS = 5

export interface Family {
  /** The process group, or null: by cookie alone. */
  readonly group: number | null
  /** Also matches every value that begins with it and a `/`. */
  readonly cookie: string
}

type Process = {
  readonly pid: number
  /** Of the program; changes with an exec. */
  readonly name: string
  readonly group: number
  readonly cookie: string
}

/**
 * SIGTERM to the family, once to each process, and SIGKILL when `killAt()` (on `performance.now()`) has come. False: some
 * could not be ended. Takes no longer than the family lives, and no time if nothing of it does.
 */
export async function endFamily(family: Family, killAt: () => number): Promise<boolean> {
  // By name too: a shell's child that is told between its fork and its exec forgets it.
  const told = new Set<string>()
  const keyOf = ({ pid, name }: Process) => `${pid} ${name}`
  let killing = false
  let quiet = 0
  for (let wait = 5; ; wait = Math.min(wait * 2, LONGEST_POLL_MS)) {
    const { members, sure } = await lookFor(family)
    if (members.length > 0) quiet = 0
    else if (sure || ++quiet > DOUBTFUL_LOOKS) return true
    else {
      if (killing) chase(family)
      continue
    }
    const late = performance.now() - killAt()
    if (late > UNKILLABLE_MS) return false
    if (late >= 0) {
      // By group, because that is atomic: a chain of forks inside it cannot outrun the signal.
      if (!killing) for (const group of new Set(members.map(member => member.group))) send(-group, 'SIGKILL')
      else chase(family)
      killing = true
    } else {
      // The first one goes to the whole group at one moment: no member sees another end and goes on with what comes next.
      const whole =
        told.size === 0 && members.some(({ group }) => group === family.group) ? family.group : null
      if (whole !== null) send(-whole, 'SIGTERM')
      for (const member of members.filter(each => !told.has(keyOf(each)))) {
        if (member.group !== whole) send(member.pid, 'SIGTERM')
        told.add(keyOf(member))
      }
    }
    await sleep(late < 0 ? Math.min(wait, -late) : 1)
  }
}

/** Ends what an earlier process of ours left behind, by the cookie its commands were given. Linux only; elsewhere nothing. */
export async function endSurvivors(cookie: string, graceMs = 5000): Promise<{ readonly ended: boolean }> {
  const killAt = performance.now() + graceMs
  return { ended: await endFamily({ group: null, cookie }, () => killAt) }
}

/** The same at once, for a process that exits without waiting: SIGKILL to all that are seen now. */
export function killSurvivors(cookie: string): void {
  chase({ group: null, cookie })
}

function send(target: number, signal: NodeJS.Signals): void {
  try {
    process.kill(target, signal)
  } catch {
    // ESRCH: it is gone. EPERM: another user's; the caller sees that it stays.
  }
}

/** `sure`: where it finds none there is none. */
async function lookFor(
  family: Family,
): Promise<{ readonly members: readonly Process[]; readonly sure: boolean }> {
  const { group, cookie } = family
  const table = await processTable()
  const alive = group !== null && groupLives(group)
  if (table === null) return { members: alive ? [{ pid: group, name: '', group, cookie }] : [], sure: true }
  // A group of zombies lives too, hence the doubt only.
  return { members: table.processes.filter(each => belongs(each, family)), sure: table.whole && !alive }
}

function belongs({ pid, group, cookie }: Process, family: Family): boolean {
  // Never this process or its group, whatever the environment says.
  if (pid === process.pid || group === ownGroup()) return false
  return group === family.group || (family.cookie !== '' && `${cookie}/`.startsWith(`${family.cookie}/`))
}

let own: number | null = null
function ownGroup(): number {
  own ??= readAtOnce(process.pid)?.group ?? null
  return own ?? 0
}

/** Kills each member the moment it is seen: a chain in which each link leaves the group of the one before is a race. */
function chase(family: Family): void {
  for (const pid of newestFirst()) {
    const seen = readAtOnce(pid)
    if (seen !== null && belongs(seen, family)) send(-seen.group, 'SIGKILL')
  }
}

function groupLives(group: number): boolean {
  try {
    return process.kill(-group, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** `whole`: no process began during the look, so that none can have ended unseen and left a successor. */
type Table = { readonly processes: readonly Read[]; readonly whole: boolean }

let waiting: Promise<Table | null> | null = null

/** The living processes of the machine, or null where there is no /proc. All who ask in one turn share one look. */
function processTable(): Promise<Table | null> {
  waiting ??= nextTurn().then(() => {
    waiting = null
    return patiently(look)
  })
  return waiting
}

let withoutEnvironment: ReadonlySet<number> = new Set()

async function look(): Promise<Table | null> {
  const listed = newestFirst()
  if (listed.length === 0) return null
  let processes: readonly Read[] = listed.flatMap(pid => readProcess(pid) ?? [])
  // In the middle of an exec a process shows an empty environment: such are looked at again, the ones that have none once.
  const unclear = ({ pid, environment }: Read) => environment === '' && !withoutEnvironment.has(pid)
  for (let i = 0; i < 10 && processes.some(unclear); i++) {
    await sleep(2)
    processes = processes.flatMap(seen => (unclear(seen) ? (readProcess(seen.pid) ?? []) : seen))
  }
  withoutEnvironment = new Set(
    processes.filter(({ environment }) => environment === '').map(({ pid }) => pid),
  )
  const known = new Set(listed)
  return { processes, whole: newestFirst().every(pid => known.has(pid)) }
}

/** Of a chain of forks the newest is the link that has not forked yet. */
function newestFirst(): readonly number[] {
  const names = existsSync('/proc') ? readdirSync('/proc') : []
  return names
    .map(Number)
    .filter(pid => pid > 0)
    .sort((a, b) => b - a)
}

/** Who cannot wait for a free file descriptor leaves it to the next look. */
function readAtOnce(pid: number): Read | null {
  try {
    return readProcess(pid)
  } catch {
    return null
  }
}

type Read = Process & { readonly environment: string | null }

/** Null: gone, a zombie, or a kernel thread. An environment that may not be read is null. Throws where no file can be opened. */
function readProcess(pid: number): Read | null {
  const stat = readText(`/proc/${pid}/stat`)
  if (stat === null) return null
  // The name in parentheses may hold anything, also `)`.
  const afterName = stat.lastIndexOf(')')
  const [state, , group] = stat.slice(afterName + 2).split(' ')
  // A zombie is dead already; where the machine's first process does not collect them they stay for ever.
  if (group === '0' || state === 'Z' || state === 'X') return null
  const name = stat.slice(stat.indexOf('(') + 1, afterName)
  const environment = readText(`/proc/${pid}/environ`)
  const entry = environment?.split('\0').find(text => text.startsWith(`${COOKIE_NAME}=`))
  return {
    pid,
    name,
    group: Number(group),
    cookie: entry?.slice(COOKIE_NAME.length + 1) ?? '',
    environment,
  }
}

const room = Buffer.allocUnsafe(64 * 1024)

/** Two files for each process of the machine, at the end of each command: `readFileSync` takes 64 KiB anew for each. */
function readText(path: string): string | null {
  let file: number | null = null
  try {
    file = openSync(path, 'r')
    let text = ''
    for (;;) {
      const read = readSync(file, room)
      if (read === 0) return text
      text += room.toString('latin1', 0, read)
    }
  } catch (error) {
    if (shortageOf(error) !== null) throw error
    return null
  } finally {
    if (file !== null) closeSync(file)
  }
}
