/** What a run works with: the remote as it is now, a store, workspaces, and the world of edges that its steps are given. */
import { availableParallelism } from 'node:os'
import { firstBase, lastMoment } from './before.ts'
import type { Claim } from './claim.ts'
import { marked } from './decide/cookie.ts'
import { maskingOf, maskOf, openNotice, seekOf } from './decide/secrets.ts'
import type { Settings } from './decide/settings.ts'
import { initialState } from './decide/state.ts'
import type { Plan, RunState, Sha } from './decide/task.ts'
import { keepInputs } from './kept-inputs.ts'
import { watchMemory } from './memory-watch.ts'
import { reach, repositoryOf, watchRules } from './reach.ts'
import { roomFor, workspacesFor } from './room.ts'
import { unkept } from './run/bookkeeping.ts'
import type { Ground, Obstacle } from './run/preflight.ts'
import type { Bookkeeping, LaneWorld } from './run/world.ts'
import type { Start } from './run-request.ts'
import * as checkouts from './world/checkout.ts'
import { openClock } from './world/clock.ts'
import * as copies from './world/copy.ts'
import * as files from './world/files.ts'
import { fileLimitOf } from './world/github.ts'
import { openPatience } from './world/patience.ts'
import * as processes from './world/process.ts'
import { openRemote, rehearsalRemote } from './world/remote.ts'
import { openStore } from './world/store.ts'

export interface Scene {
  readonly world: LaneWorld
  /** A run that knows nothing yet. */
  readonly fresh: RunState
  readonly workers: number
  /** Of the remote, as it was asked for its tip. */
  readonly refs: ReadonlyMap<string, Sha>
  /** `owner/name`, where the remote tells. */
  readonly repository: string
  /** null: nobody serves pages of it. */
  readonly repositoryUrl: string | null
}

const INTERRUPTED: Obstacle = {
  what: 'The run was interrupted before anything was started.',
  why: '',
  fix: '',
}

/** One command that talks to the remote may take this long in all. */
const REMOTE_TIMEOUT_MS = 10 * 60_000

/** Nothing is started where it comes back with an obstacle. What it opens is closed with `stack`. */
export async function openScene(
  io: Start,
  settings: Settings,
  ground: Ground,
  plan: Plan,
  bookkeeping: Bookkeeping | null,
  { key, target, places, startedAt, isNew, left, gitSettings }: Claim,
  stack: AsyncDisposableStack,
): Promise<Scene | Obstacle> {
  const { env, log, halts } = io
  const { branch, origin } = ground
  const serverUrl = env.GITHUB_SERVER_URL || 'https://github.com'
  const ids = plan.tasks.map(task => task.id)
  const own = { ids, runKey: key, branch, origin: target.origin }
  const masking = maskingOf(env, settings.token, [origin.pushUrl, origin.fetchUrl], own)
  const mask = maskOf(masking)
  const unmasked = openNotice(masking)
  if (unmasked !== null) log.notice('secrets', unmasked)
  const real = await openRemote({
    storeDir: places.store,
    checkout: places.checkout,
    pushUrl: origin.pushUrl,
    token: settings.token,
    serverUrl,
    timeoutMs: REMOTE_TIMEOUT_MS,
  })
  stack.use(watchRules(origin.pushUrl, branch, settings, env, log))
  const store = openStore(places.store, branch)
  const reached = await reach(real, store, ground, settings, mask, halts)
  if ('what' in reached || halts.cancel.aborted) {
    if (isNew) await files.removeAll(places.run)
    return 'what' in reached && !halts.cancel.aborted ? reached : INTERRUPTED
  }
  const { tip, refs } = reached
  const amiss = isNew && bookkeeping !== null ? await unkept(tip, bookkeeping, { store, branch }) : null
  if (amiss !== null) {
    await files.removeAll(places.run)
    return amiss
  }
  const checkoutOptions = {
    storeDir: places.store,
    branch,
    identity: { name: settings.gitUserName, email: settings.gitUserEmail },
    settings: gitSettings,
  }
  const workspaces = await workspacesFor(settings, tip, places, checkoutOptions, log, halts.cancel)
  stack.defer(() => workspaces.close())
  const workers = settings.workers ?? availableParallelism()
  const fresh = initialState(plan, tip, settings.maxBatch, settings.only, startedAt)
  const cramped = isNew ? await roomFor(fresh, workers, settings, places, workspaces, log) : null
  if (cramped !== null) {
    await files.removeAll(places.run)
    return cramped
  }
  await keepInputs(places.run, io.inputs, { cwd: io.cwd, root: places.checkout }, mask)
  io.onRunDirectory(places.run, key, settings)
  halts.watch(places.run, settings.deadlineMinutes > 0 ? settings.deadlineMinutes * 60_000 : null)
  const { cancel, endWork, endLane, endRead } = halts
  const clock = openClock(left.continued ? lastMoment(left.continued) : startedAt)
  const world: LaneWorld = {
    ...{ settings, plan, key, branch, places, store, checkoutOptions, log, mask, bookkeeping },
    ...{ files, checkouts, workspaces, processes, copies },
    ...{ cancel, endWork, endLane, endRead },
    base: firstBase(left) ?? tip,
    clock,
    patience: openPatience(places.run, clock, log),
    secrets: settings.token === null ? [] : [settings.token],
    seek: seekOf(masking),
    memory: await watchMemory(ground.workspaceRoot, workers, fresh.tasks.length, log),
    env: marked(env, places.run),
    maxFileBytes: fileLimitOf(real.url, serverUrl),
    remote: settings.dryRun ? rehearsalRemote(real, branch, tip) : real,
  }
  const { GITHUB_REPOSITORY: slug } = env
  const repository = slug ?? repositoryOf(real.url)
  return { world, fresh, workers, refs, repository, repositoryUrl: slug ? `${serverUrl}/${slug}` : null }
}
