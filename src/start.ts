/** Wiring: from inputs as text to a finished run and its files. The action and the terminal both start here. */
import { createHash } from 'node:crypto'
import { mkdir } from 'node:fs/promises'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseSettings } from './action/inputs.ts'
import {
  type Before,
  earlierAttempt,
  firstBase,
  gateHash,
  lastMoment,
  readBefore,
  runKeyFor,
  setAside,
  takeUp,
  UNTOLD,
} from './before.ts'
import { marked, runCookie } from './decide/cookie.ts'
import { diskFault } from './decide/disk.ts'
import { isoTime } from './decide/identity.ts'
import { formatProblem } from './decide/plan.ts'
import { secretsOf } from './decide/secrets.ts'
import type { Settings } from './decide/settings.ts'
import { initialState } from './decide/state.ts'
import type { Plan, Sha, TaskId } from './decide/task.ts'
import { masker } from './decide/text.ts'
import { keepInputs } from './kept-inputs.ts'
import { makeStore, reach, removeLocks, repositoryOf, watchRules } from './reach.ts'
import { clearRoot, roomFor, workspacesFor } from './room.ts'
import { foundBefore } from './run/found.ts'
import { type Ground, locked, type Obstacle, surveyGround } from './run/preflight.ts'
import { blockedWork } from './run/refs.ts'
import { limitsOf, run } from './run/run.ts'
import type { Bookkeeping, LaneWorld, Places } from './run/world.ts'
import type { Start, Started } from './run-request.ts'
import { bookkeepingOf, mistakesIn, readPlan } from './tasks-input.ts'
import { openWatch } from './watch.ts'
import * as checkouts from './world/checkout.ts'
import { openClock, systemClock } from './world/clock.ts'
import * as copies from './world/copy.ts'
import * as files from './world/files.ts'
import { markGit } from './world/git.ts'
import { pinGlobalConfig } from './world/git-config.ts'
import { fileLimitOf } from './world/github.ts'
import { openJournal } from './world/journal.ts'
import { takeLock } from './world/lock.ts'
import { staySmall } from './world/memory.ts'
import * as processes from './world/process.ts'
import { openRemote, rehearsalRemote, withoutUser } from './world/remote.ts'
import * as repositories from './world/repository.ts'
import { openStore } from './world/store.ts'

/** Runs it all. Rejects only for a fault of ours. */
export async function start(io: Start): Promise<Started> {
  staySmall()
  const parsed = parseSettings(io.inputs)
  if (!parsed.ok) return { kind: 'refused', lines: await mistakesIn(io.inputs, io.cwd) }
  const { settings } = parsed
  const surveyed = await surveyGround({
    settings,
    env: io.env,
    cwd: io.cwd,
    platform: process.platform,
    temp: tmpdir(),
    repositories,
  })
  const root = 'ground' in surveyed ? surveyed.ground.repository.root : io.cwd
  const tasks = await readPlan(settings, io.cwd, root)
  const lines = [
    ...('obstacles' in surveyed ? surveyed.obstacles.map(sayObstacle) : []),
    ...(tasks.ok ? [] : tasks.problems.map(formatProblem)),
  ]
  if ('obstacles' in surveyed || !tasks.ok || lines.length > 0) return { kind: 'refused', lines }
  const { ground } = surveyed
  for (const notice of tasks.notices) io.log.notice('tasks', notice)
  for (const warning of ground.warnings) io.log.warning('checkout', warning)
  const bookkeeping = await bookkeepingOf(settings, ground, tasks, io.cwd)
  if ('what' in bookkeeping) return { kind: 'refused', lines: [sayObstacle(bookkeeping)] }
  let begun = false
  const watched: Start = {
    ...io,
    onRunDirectory: (...told) => {
      begun = true
      io.onRunDirectory(...told)
    },
  }
  try {
    return await open(watched, settings, ground, tasks.plan, bookkeeping.bookkeeping)
  } catch (error) {
    const fault = diskFault(error, ground.workspaceRoot, begun)
    if (fault === null) throw error
    return { kind: 'refused', lines: [sayObstacle(fault)], begun }
  }
}

function sayObstacle({ what, why, fix }: Obstacle): string {
  return `${what} ${why} ${fix}`
}

const NOTHING_BEFORE: Before = { continued: null, ended: null }
const INTERRUPTED = 'The run was interrupted before anything was started.'
const REPORTS = ['summary.json', 'summary.md', 'report.html']

/** One command that talks to the remote may take this long in all. */
const REMOTE_TIMEOUT_MS = 10 * 60_000

async function open(
  io: Start,
  settings: Settings,
  ground: Ground,
  plan: Plan,
  bookkeeping: Bookkeeping | null,
): Promise<Started> {
  const { env, log, halts } = io
  const startedAt = systemClock.now()
  const { branch, origin, workspaceRoot } = ground
  await using stack = new AsyncDisposableStack()
  // A rehearsal leaves nothing that another run could build on.
  const resumes = settings.resume && !settings.dryRun
  const target = { origin: withoutUser(origin.pushUrl), branch, dry_run: settings.dryRun }
  const { retried } = io
  const key = await runKeyFor(retried ? {} : env, startedAt, workspaceRoot, target, plan, resumes && !retried)
  const runDir = join(workspaceRoot, key)
  const lockName = createHash('sha256').update(`${origin.pushUrl}\n${branch}`).digest('hex').slice(0, 16)
  const lockFile = join(workspaceRoot, 'locks', `${lockName}.lock`)
  await files.makeWritableFolder(workspaceRoot)
  const lock = await takeLock(lockFile, key, isoTime(startedAt))
  if (lock.kind === 'busy') return { kind: 'refused', lines: [sayObstacle(locked(lock.owner, lockFile))] }
  stack.defer(() => lock.release())
  const cookieOf = (dir: string): string => runCookie(env, dir)
  const own = { key, runId: env.GITHUB_RUN_ID, lockFile, retried: retried?.key, cookieOf }
  await clearRoot(workspaceRoot, own, settings, log)

  const places: Places = {
    run: runDir,
    checkout: ground.repository.root,
    store: join(runDir, 'store.git'),
    tasks: join(runDir, 'tasks'),
    gates: join(runDir, 'gates'),
    internal: join(runDir, 'internal'),
  }
  const isNew = (await files.namesIn(runDir)).length === 0
  markGit(cookieOf(runDir))
  // Asked of a process that is gone, and not of this one.
  await files.removeAll(join(runDir, 'stop'))
  const left = resumes ? await readBefore(runDir, target, plan, log) : NOTHING_BEFORE
  if ('what' in left) return { kind: 'refused', lines: [sayObstacle(left)] }
  const { continued } = left
  const clock = openClock(continued ? lastMoment(continued) : startedAt)
  const serverUrl = env.GITHUB_SERVER_URL || 'https://github.com'
  const mask = masker(secretsOf(env, settings.token, [origin.pushUrl, origin.fetchUrl]))
  await Promise.all([places.tasks, places.internal].map(dir => mkdir(dir, { recursive: true })))
  if (!isNew) await Promise.all([places.internal, places.store].map(removeLocks))
  await pinGlobalConfig(places.checkout, join(places.internal, 'gitconfig'))
  if (!isNew) await setAside(runDir, left, plan, log)
  await makeStore(places.store, ground)
  const real = await openRemote({
    storeDir: places.store,
    checkout: ground.repository.root,
    pushUrl: origin.pushUrl,
    fetchUrl: origin.fetchUrl,
    token: settings.token,
    serverUrl,
    timeoutMs: REMOTE_TIMEOUT_MS,
  })
  stack.use(watchRules(origin.pushUrl, branch, settings, env, log))
  const store = openStore(places.store, branch)
  const reached = await reach(real, store, ground, settings, mask, halts)
  if ('what' in reached || halts.cancel.aborted) {
    if (isNew) await files.removeAll(runDir)
    return {
      kind: 'refused',
      lines: ['what' in reached && !halts.cancel.aborted ? sayObstacle(reached) : INTERRUPTED],
    }
  }
  const { tip } = reached
  const workers = settings.workers ?? availableParallelism()
  const checkoutOptions = {
    storeDir: places.store,
    branch,
    identity: { name: settings.gitUserName, email: settings.gitUserEmail },
  }
  const workspaces = await workspacesFor(settings, tip, places, checkoutOptions, log, halts.cancel)
  stack.defer(() => workspaces.close())
  const fresh = initialState(plan, tip, settings.maxBatch, settings.only, startedAt)
  const cramped = isNew ? await roomFor(fresh, workers, settings, places, workspaces, log) : null
  if (cramped !== null) {
    await files.removeAll(runDir)
    return { kind: 'refused', lines: [sayObstacle(cramped)] }
  }
  await keepInputs(runDir, io.inputs, { cwd: io.cwd, root: ground.repository.root }, mask)
  io.onRunDirectory(runDir, key, settings)
  halts.watch(runDir, settings.deadlineMinutes > 0 ? settings.deadlineMinutes * 60_000 : null)
  const scene: LaneWorld = {
    settings,
    plan,
    key,
    branch,
    base: firstBase(left) ?? tip,
    places,
    clock,
    store,
    checkoutOptions,
    log,
    mask,
    secrets: settings.token === null ? [] : [settings.token],
    env: marked(env, runDir),
    maxFileBytes: fileLimitOf(real.url, serverUrl),
    files,
    checkouts,
    workspaces,
    processes,
    copies,
    bookkeeping,
    cancel: halts.cancel,
    endWork: halts.endWork,
    endLane: halts.endLane,
    endRead: halts.endRead,
    remote: settings.dryRun ? rehearsalRemote(real, branch, tip) : real,
  }
  const limits = limitsOf(settings, workers)
  const fingerprints = Object.fromEntries(plan.tasks.map(task => [task.id, task.fingerprint]))
  const facts = {
    version: 1 as const,
    run_key: key,
    ...target,
    started_at: continued?.head.started_at ?? isoTime(startedAt),
    gate_hash: gateHash(settings),
    fingerprints,
  }
  const known = continued
    ? await takeUp(continued, facts, fresh, limits, scene)
    : { state: fresh, events: [] }
  const savedRefs = settings.resume ? blockedWork(reached.refs) : new Map<TaskId, Sha>()
  const attempt = { root: workspaceRoot, into: join(places.internal, 'earlier') }
  const found = await foundBefore(
    known.state,
    limits,
    {
      env,
      since: continued ? scene.base : ((left.ended ?? retried)?.base ?? null),
      base: firstBase(left),
      anyRun: retried !== undefined,
      earlier: async () =>
        left.ended ??
        retried ??
        (resumes
          ? earlierAttempt(env, settings, target, plan, attempt, io.download, halts.cancel, log, mask)
          : null),
      savedRefs,
      shallow: ground.repository.shallow || ground.repository.partial,
    },
    scene,
  )
  const { state } = found
  const world = { ...scene, base: found.base }
  const head = { ...facts, base_sha: found.base }
  const journalFile = join(runDir, 'journal.ndjson')
  const events = [...known.events, ...found.events]
  const journal = await openJournal(journalFile, head, events)
  stack.defer(() => journal.close())
  // Until the end there is no report: that is how a run that was cut off is known.
  await Promise.all([...REPORTS, UNTOLD].map(name => files.removeAll(join(runDir, name))))
  await files.removeAll(attempt.into)
  const repository = env.GITHUB_REPOSITORY ?? repositoryOf(real.url)
  const repositoryUrl = env.GITHUB_REPOSITORY ? `${serverUrl}/${env.GITHUB_REPOSITORY}` : null
  const resumed = continued !== null || found.earlier
  const opening = { workers, repository, startedAt: head.started_at, resumed, state }
  const watch = stack.use(openWatch({ ...opening, events, world, head, repositoryUrl }, io))
  // Whoever retries a task wants to know whether its work was found.
  if (retried) for (const event of found.events) watch.tell(event, state)
  const report = await run({ ...opening, world, journal, halts, savedRefs, observe: watch.observe })
  watch.end(report.state)
  for (const rule of report.state.lane.bypassed) log.warning('bypassed rules', mask(rule))
  await files.removeAll(places.gates)
  await files.leaveUntilExit(join(runDir, UNTOLD))
  await files.writeJson(join(runDir, 'summary.json'), JSON.parse(mask(JSON.stringify(report.summary))))
  return { kind: 'ran', report, events: watch.events, settings, runDirectory: runDir, repositoryUrl, mask }
}
