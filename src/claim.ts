/** A place of its own for a run: its key, the lock on root and branch, and the run directory with what was in it. */
import { createHash } from 'node:crypto'
import { mkdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { setAside } from './aside.ts'
import { type Before, readBefore, runKeyFor, type Target } from './before.ts'
import { withoutUser } from './decide/address.ts'
import { runCookie } from './decide/cookie.ts'
import { isoTime } from './decide/identity.ts'
import type { Settings } from './decide/settings.ts'
import type { Plan } from './decide/task.ts'
import { makeStore, removeLocks } from './make-store.ts'
import { clearRoot } from './room.ts'
import { foreign, type Ground, locked, type Obstacle, sameKey } from './run/preflight.ts'
import type { Places } from './run/world.ts'
import type { Start } from './run-request.ts'
import { systemClock } from './world/clock.ts'
import { makeWritableFolder, namesIn, removeAll } from './world/files.ts'
import { markGit } from './world/git.ts'
import { pinSettings } from './world/git-config.ts'
import { liveRuns, takeLock } from './world/lock.ts'

export interface Claim {
  readonly key: string
  readonly target: Target
  readonly places: Places
  /** Milliseconds since the epoch. */
  readonly startedAt: number
  /** Nothing was in the run directory. */
  readonly isNew: boolean
  /** What earlier processes of this run left there, where this one may build on it. */
  readonly left: Before
  /** Whether work of earlier runs counts at all: a rehearsal leaves nothing that another run could build on. */
  readonly resumes: boolean
  /** For the configuration of the folders that workers get. */
  readonly gitSettings: string
}

const NOTHING_BEFORE: Before = { continued: null, ended: null }

/** Takes the lock, removes what dead runs left in the root, and makes the run directory; the lock is let go with `stack`. */
export async function claim(
  { env, log, retried }: Pick<Start, 'env' | 'log' | 'retried'>,
  settings: Settings,
  ground: Ground,
  plan: Plan,
  stack: AsyncDisposableStack,
): Promise<Claim | Obstacle> {
  const startedAt = systemClock.now()
  const { branch, origin, workspaceRoot: root } = ground
  const resumes = settings.resume && !settings.dryRun
  const target = { origin: withoutUser(origin.pushUrl), branch, dry_run: settings.dryRun }
  const key =
    retried?.cutOff ??
    (await runKeyFor(retried ? {} : env, startedAt, root, target, plan, resumes && !retried))
  // Whoever lands there under another password lands there as well.
  const lockName = createHash('sha256').update(`${target.origin}\n${branch}`).digest('hex').slice(0, 16)
  const lockFile = join(root, 'locks', `${lockName}.lock`)
  await makeWritableFolder(root)
  const lock = await takeLock(lockFile, key, isoTime(startedAt))
  if (lock.kind === 'busy') return locked(lock.owner, lockFile)
  stack.defer(() => lock.release())
  // Jobs of a matrix have one key. Each looks when it has its lock, so of two at once one at least sees the other.
  if ((await liveRuns(dirname(lockFile), lockFile)).has(key)) return sameKey(key, root)
  const cookieOf = (dir: string): string => runCookie(env, dir)
  const own = { key, runId: env.GITHUB_RUN_ID, lockFile, retried: retried?.key, cookieOf }
  await clearRoot(root, own, settings, log)

  const places = placesIn(join(root, key), ground)
  const names = await namesIn(places.run)
  const isNew = names.length === 0
  if (!isNew && !isOurs(names)) return foreign(places.run)
  markGit(cookieOf(places.run))
  // Asked of a process that is gone, and not of this one.
  await removeAll(join(places.run, 'stop'))
  const left = resumes ? await readBefore(places.run, target, plan, log) : NOTHING_BEFORE
  if ('what' in left) return left
  // First what the folder is known by as ours.
  for (const dir of [places.internal, places.tasks]) await mkdir(dir, { recursive: true })
  if (!isNew) await Promise.all([places.internal, places.store].map(removeLocks))
  const gitSettings = await pinSettings(places.checkout, join(places.internal, 'gitconfig'))
  await makeStore(places, ground, log)
  if (!isNew) await setAside(places.run, left.continued !== null, plan, log)
  return { key, target, places, startedAt, isNew, left, resumes, gitSettings }
}

/** A process that was killed early may have left no more than the first of these; `stop` anybody may put there. */
function isOurs(names: readonly string[]): boolean {
  return (
    names.some(name => ['internal', 'store.git', 'journal.ndjson'].includes(name)) ||
    names.every(name => name === 'stop')
  )
}

function placesIn(run: string, { repository }: Ground): Places {
  return {
    run,
    checkout: repository.root,
    store: join(run, 'store.git'),
    tasks: join(run, 'tasks'),
    gates: join(run, 'gates'),
    internal: join(run, 'internal'),
  }
}
