/**
 * What runs before this one left below the workspace root: workers and mounts of runs that died, folders that are past
 * their time.
 */
import { lstat, realpath } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { namesIn } from './files.ts'
import { foldersIn, hasPassing, holdsUnlanded, MARKS, removePassing, removeRun } from './kept-runs.ts'
import { liveRuns } from './lock.ts'
import { mountsBelow, ownPower, type Power, unmountBelow } from './mounts.ts'
import { endSurvivors } from './survivors.ts'

/** Removing a few old runs takes seconds; a slow disk must not keep a run from starting for long. */
const LONGEST_MS = 60_000

export interface Leftovers {
  readonly root: string
  /** The lock that this run holds. */
  readonly lockFile: string
  readonly ownKey: string
  /** Whether a run may have that name: what else lies in a root that a user chose is the user's. */
  readonly isKey: (name: string) => boolean
  /** Runs that this one may want to read from, however old. */
  readonly spare: (key: string) => boolean
  readonly retentionHours: number
  /** What the processes of the run in that folder are known by. */
  readonly cookieOf: (runDir: string) => string
  /** Makes bundles of work that only the store of a dead run has; says what it could not save. */
  readonly rescue?: (runDir: string) => Promise<readonly string[]>
  readonly limitMs?: number
  readonly power?: Power
}

/**
 * Ends what dead runs left running, this very run's earlier process among them, unmounts what they left mounted, and
 * removes workspaces, layers and stores of those past the retention; all of a run of which nothing is left to land. Never
 * rejects: returns a sentence for each thing that could not be done.
 */
export async function clearLeftovers(leftovers: Leftovers): Promise<readonly string[]> {
  const {
    root,
    lockFile,
    ownKey,
    isKey,
    spare,
    retentionHours,
    cookieOf,
    rescue = async () => [],
    limitMs = LONGEST_MS,
    power = ownPower(),
  } = leftovers
  const live = await liveRuns(join(root, 'locks'), lockFile)
  // First: no mount can go for good while somebody is in it.
  await endDead(root, ownKey, live, cookieOf)
  const runs = async (): Promise<readonly string[]> => (await foldersIn(root)).filter(isKey)
  const problems = await unmountDead(root, await runs(), live, power)
  const until = Date.now() + limitMs
  const oldest = Date.now() - retentionHours * 3600_000
  for (const key of await runs()) {
    if (key === ownKey || live.has(key) || spare(key)) continue
    const dir = join(root, key)
    try {
      if (!(await isRun(dir)) || (await lastChange(dir)) > oldest) continue
      const unsaved = (await hasPassing(dir)) ? await rescue(dir) : []
      problems.push(...unsaved.map(problem => `${dir} stays as it is: ${problem}`))
      if (unsaved.length > 0) continue
      if (await ((await holdsUnlanded(dir)) ? clear : removeRun)(dir, until, power)) continue
    } catch (error) {
      problems.push(`${dir} is left over from an earlier run and could not be removed: ${String(error)}`)
      continue
    }
    problems.push(
      `${dir} is left over from an earlier run; removing it takes long, a later run goes on with it`,
    )
    break
  }
  return problems
}

/** Nothing to do where an earlier run has done it. */
async function clear(dir: string, until: number, power: Power): Promise<boolean> {
  return !(await hasPassing(dir)) || removePassing(dir, until, power)
}

/** A run that is at work has its lock, and one that came to its report has ended its workers by itself. */
async function endDead(
  root: string,
  ownKey: string,
  live: ReadonlySet<string>,
  cookieOf: Leftovers['cookieOf'],
): Promise<void> {
  const keys = (await foldersIn(root)).filter(key => !live.has(key))
  await Promise.all(
    keys.map(async key => {
      const dir = join(root, key)
      const cutOff = (await isRun(dir)) && (await lstat(join(dir, 'summary.json')).catch(() => null)) === null
      if (cutOff || key === ownKey) await endSurvivors(cookieOf(dir))
    }),
  )
}

/** A run that is at work has its lock; what is mounted in any other has lost its owner. */
async function unmountDead(
  root: string,
  runs: readonly string[],
  live: ReadonlySet<string>,
  power: Power,
): Promise<string[]> {
  const top = await realpath(root).catch(() => root)
  const keys = (await mountsBelow(top)).map(path => relative(top, path).split('/')[0] ?? '')
  const dead = [...new Set(keys)].filter(key => runs.includes(key) && !live.has(key))
  const said = await Promise.all(
    dead.map(key =>
      unmountBelow(join(top, key), power).then(
        () => null,
        (error: unknown) => String(error),
      ),
    ),
  )
  return said.filter(problem => problem !== null)
}

export async function isRun(dir: string): Promise<boolean> {
  const marks = await Promise.all(MARKS.map(name => lstat(join(dir, name)).catch(() => null)))
  return marks.some(stats => stats !== null && !stats.isSymbolicLink())
}

/** Of the folder and what lies directly in it, in milliseconds. */
export async function lastChange(dir: string): Promise<number> {
  const names = await namesIn(dir)
  const all = await Promise.all(
    [dir, ...names.map(name => join(dir, name))].map(path => lstat(path).catch(() => null)),
  )
  return Math.max(...all.map(stats => stats?.mtimeMs ?? 0))
}
