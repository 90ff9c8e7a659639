/** Wiring: from inputs as text to a finished run and its files. The action and the terminal both start here. */
import { createHash, randomBytes } from 'node:crypto'
import { mkdir } from 'node:fs/promises'
import { availableParallelism, tmpdir } from 'node:os'
import { join, relative, resolve } from 'node:path'
import { parseSettings } from './action/inputs.ts'
import { progressLine } from './action/progress.ts'
import { marked, runCookie } from './decide/cookie.ts'
import { isoTime } from './decide/identity.ts'
import { formatProblem, type PlanResult, parsePlan, parseTasksSource } from './decide/plan.ts'
import { resume } from './decide/resume.ts'
import { secretsOf } from './decide/secrets.ts'
import type { Settings } from './decide/settings.ts'
import { initialState } from './decide/state.ts'
import type { Event, Plan, RunState, Sha, TaskId } from './decide/task.ts'
import { masker } from './decide/text.ts'
import { foundBefore } from './run/found.ts'
import {
  type Ground,
  locked,
  noBranch,
  type Obstacle,
  remoteObstacle,
  surveyGround,
  unreachable,
} from './run/preflight.ts'
import { BLOCKED_REFS, blockedWork } from './run/refs.ts'
import { limitsOf, type Report, run } from './run/run.ts'
import { refusalOf } from './run/tip.ts'
import type { Bookkeeping, LaneWorld, Places } from './run/world.ts'
import * as checkouts from './world/checkout.ts'
import { systemClock } from './world/clock.ts'
import * as copies from './world/copy.ts'
import * as files from './world/files.ts'
import { openStore } from './world/git.ts'
import type { Halts } from './world/halt.ts'
import { openJournal, readJournal } from './world/journal.ts'
import { takeLock } from './world/lock.ts'
import type { Log } from './world/log.ts'
import * as processes from './world/process.ts'
import { openRemote, type Remote, rehearsalRemote } from './world/remote.ts'
import * as repositories from './world/repository.ts'
import { isTracked } from './world/repository.ts'
import { openStateFile } from './world/state-file.ts'
import * as tools from './world/tools.ts'

export interface Start {
  /** Inputs by name, as text; missing ones have their defaults. */
  readonly inputs: Readonly<Record<string, string | undefined>>
  readonly env: Readonly<Record<string, string | undefined>>
  readonly cwd: string
  readonly log: Log
  readonly halts: Halts
  /** Told where the run directory is as soon as it is there. */
  readonly onRunDirectory: (dir: string, key: string, settings: Settings) => void
}

export type Started =
  | { readonly kind: 'refused'; readonly lines: readonly string[] }
  | {
      readonly kind: 'ran'
      readonly report: Report
      readonly settings: Settings
      readonly runDirectory: string
      readonly repositoryUrl: string | null
      readonly mask: (text: string) => string
    }

/** Runs it all. Rejects only for a fault of ours. */
export async function start(io: Start): Promise<Started> {
  const parsed = parseSettings(io.inputs)
  if (!parsed.ok) return { kind: 'refused', lines: parsed.problems }
  const { settings } = parsed
  const surveyed = await surveyGround({
    settings,
    env: io.env,
    cwd: io.cwd,
    platform: process.platform,
    temp: tmpdir(),
    repositories,
  })
  const tasks = await readPlan(settings, io.cwd)
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
  return open(io, settings, ground, tasks.plan, bookkeeping.bookkeeping)
}

function sayObstacle({ what, why, fix }: Obstacle): string {
  return `${what} ${why} ${fix}`
}

async function readPlan(settings: Settings, cwd: string): Promise<PlanResult> {
  const source = parseTasksSource(settings.tasks)
  const options = {
    defaultRun: settings.run,
    only: settings.only,
    hash: (text: string) => createHash('sha256').update(text).digest('hex'),
  }
  if (source.kind === 'inline') return parsePlan({ text: source.text, file: 'tasks' }, options)
  try {
    const text = await files.readText(resolve(cwd, source.path))
    const doneFile = doneFileOf(settings, source.path)
    const doneText = await files.readText(resolve(cwd, doneFile))
    if (text !== null) {
      const done = doneText === null ? null : { file: doneFile, text: doneText }
      return parsePlan({ text, file: source.path, doneText: done }, options)
    }
  } catch (error) {
    return unreadable(source.path, error instanceof Error ? error.message : String(error))
  }
  return unreadable(source.path, 'there is no such file')
}

function unreadable(file: string, why: string): PlanResult {
  const message = `the tasks file cannot be read: ${why}. Give \`tasks\` the path of a file from the root of the checkout, or the list itself`
  return { ok: false, problems: [{ file, line: null, column: null, message }] }
}

function doneFileOf(settings: Settings, tasksFile: string): string {
  return settings.doneFile ?? tasksFile.replace(/(\.[^./]+)?$/, '.done$1')
}

async function bookkeepingOf(
  settings: Settings,
  ground: Ground,
  tasks: Extract<PlanResult, { ok: true }>,
  cwd: string,
): Promise<{ readonly bookkeeping: Bookkeeping | null } | Obstacle> {
  if (settings.bookkeeping === 'off') return { bookkeeping: null }
  const inRepository = (path: string): string => relative(ground.repository.root, resolve(cwd, path))
  const source = parseTasksSource(settings.tasks)
  const tasksFile = source.kind === 'file' ? inRepository(source.path) : ''
  if (tasks.format === 'ralph-workflow' || source.kind === 'inline') {
    return {
      what: 'Bookkeeping needs a tasks file of tasks.',
      why: 'Landing a task moves it from the tasks file to the done file.',
      fix: 'Set `bookkeeping: off`, or keep the tasks in a file of the repository.',
    }
  }
  if (tasksFile.startsWith('..') || !(await isTracked(ground.repository.root, tasksFile))) {
    return {
      what: `The tasks file ${tasksFile} is not tracked by git.`,
      why: 'With `bookkeeping: archive` the landing commit itself edits it.',
      fix: `Commit it first (\`git add ${tasksFile}\`), or set \`bookkeeping: off\`.`,
    }
  }
  return { bookkeeping: { format: tasks.format, tasksFile, doneFile: doneFileOf(settings, tasksFile) } }
}

/** The run key: the workflow run's, or one of its own. */
function runKeyOf(env: Start['env'], now: number): string {
  const id = env.GITHUB_RUN_ID
  if (id && /^\d+$/.test(id)) return `${id}-${env.GITHUB_RUN_ATTEMPT || '1'}`
  return `local-${isoTime(now).replace(/[-:]|\.\d+/g, '')}-${randomBytes(2).toString('hex')}`
}

async function open(
  io: Start,
  settings: Settings,
  ground: Ground,
  plan: Plan,
  bookkeeping: Bookkeeping | null,
): Promise<Started> {
  const { env, log, halts } = io
  const clock = systemClock
  const startedAt = clock.now()
  const { branch, origin, workspaceRoot } = ground
  await using stack = new AsyncDisposableStack()
  const key = runKeyOf(env, startedAt)
  const runDir = join(workspaceRoot, key)
  const lockName = createHash('sha256').update(`${origin.pushUrl}\n${branch}`).digest('hex').slice(0, 16)
  const lockFile = join(workspaceRoot, 'locks', `${lockName}.lock`)
  const lock = await takeLock(lockFile, key, isoTime(startedAt))
  if (lock.kind === 'busy') return { kind: 'refused', lines: [sayObstacle(locked(lock.owner, lockFile))] }
  stack.defer(() => lock.release())

  const places: Places = {
    run: runDir,
    checkout: ground.repository.root,
    store: join(runDir, 'store.git'),
    tasks: join(runDir, 'tasks'),
    gates: join(runDir, 'gates'),
    internal: join(runDir, 'internal'),
  }
  const known = settings.resume ? await readJournal(join(runDir, 'journal.ndjson')) : null
  const continued = known !== null && known.head.branch === branch ? known : null
  // A process that died left its workers running: they would write where the new ones do.
  if (continued !== null) await processes.endSurvivors(runCookie(env, runDir))
  if (continued === null) await files.removeAll(places.store)
  const serverUrl = env.GITHUB_SERVER_URL || 'https://github.com'
  const mask = masker(secretsOf(env, settings.token, [origin.pushUrl, origin.fetchUrl]))
  await Promise.all([places.tasks, places.internal].map(dir => mkdir(dir, { recursive: true })))
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
  const reached = await reach(real, ground, settings, mask, halts)
  if ('what' in reached) {
    if (continued === null) await files.removeAll(runDir)
    return { kind: 'refused', lines: [sayObstacle(reached)] }
  }
  const { tip } = reached
  io.onRunDirectory(runDir, key, settings)
  halts.watch(runDir, settings.deadlineMinutes > 0 ? settings.deadlineMinutes * 60_000 : null)
  const base = continued ? (continued.head.base_sha as Sha) : tip
  const workers = settings.workers ?? availableParallelism()
  const world: LaneWorld = {
    settings,
    plan,
    key,
    branch,
    base,
    places,
    clock,
    store: openStore(places.store, branch),
    checkoutOptions: {
      storeDir: places.store,
      branch,
      identity: { name: settings.gitUserName, email: settings.gitUserEmail },
    },
    log,
    mask,
    secrets: settings.token === null ? [] : [settings.token],
    env: marked(env, runDir),
    files,
    checkouts,
    processes,
    copies,
    tools,
    bookkeeping,
    cancel: halts.cancel,
    endWork: halts.endWork,
    endLane: halts.endLane,
    remote: settings.dryRun ? rehearsalRemote(real, branch, tip) : real,
  }
  const limits = limitsOf(settings, workers)
  const fresh = initialState(plan, tip, settings.maxBatch, settings.only, startedAt)
  const fingerprints = Object.fromEntries(plan.tasks.map(task => [task.id, task.fingerprint]))
  const same = (id: TaskId): boolean => continued?.head.fingerprints[id] === fingerprints[id]
  const before = continued ? resume(plan, fresh, limits, continued.events, same) : fresh
  const head = {
    version: 1 as const,
    run_key: key,
    branch,
    base_sha: base,
    started_at: continued?.head.started_at ?? isoTime(startedAt),
    fingerprints,
  }
  const journal = await openJournal(join(runDir, 'journal.ndjson'), head, continued?.events ?? [])
  stack.defer(() => journal.close())
  const savedRefs = settings.resume ? blockedWork(reached.refs) : new Map<TaskId, Sha>()
  const state = await foundBefore(
    before,
    limits,
    { env, resumed: continued !== null, savedRefs, shallow: ground.repository.shallow },
    journal,
    world,
  )
  const stateFile = openStateFile(join(runDir, 'state.json'), head)
  stack.defer(() => stateFile.close())
  const titles = Object.fromEntries(plan.tasks.map(task => [task.id, task.title]))
  const observe = (event: Event, now: RunState): void => {
    stateFile.update(now)
    const line = progressLine(event, now, startedAt, clock.now(), titles)
    if (line !== null) log.line(mask(line))
  }
  stateFile.update(state)
  const report = await run({
    world,
    workers,
    repository: env.GITHUB_REPOSITORY ?? repositoryOf(real.url),
    startedAt: head.started_at,
    resumed: continued !== null,
    state,
    journal,
    halts,
    savedRefs,
    observe,
  })
  for (const rule of report.state.lane.bypassed) log.warning('bypassed rules', mask(rule))
  stateFile.update(report.state)
  await files.removeAll(places.gates)
  await files.writeJson(join(runDir, 'summary.json'), JSON.parse(mask(JSON.stringify(report.summary))))
  const repositoryUrl = env.GITHUB_REPOSITORY ? `${serverUrl}/${env.GITHUB_REPOSITORY}` : null
  return { kind: 'ran', report, settings, runDirectory: runDir, repositoryUrl, mask }
}

/** One command that talks to the remote may take this long in all. */
const REMOTE_TIMEOUT_MS = 10 * 60_000

/** Made once a run; a continued run has it already. */
async function makeStore(dir: string, { repository, head }: Ground): Promise<void> {
  if ((await files.readText(join(dir, 'HEAD'))) !== null) return
  await checkouts.createStore(dir, {
    gitDir: repository.gitDir,
    head,
    shareObjects: !repository.partial,
    objectFormat: repository.objectFormat,
  })
}

interface Reached {
  readonly tip: Sha
  readonly refs: ReadonlyMap<string, Sha>
}

/** The remote is there, has the branch, and would take a push; the branch's tip comes into the store. */
async function reach(
  remote: Remote,
  { branch, repository, head }: Ground,
  settings: Settings,
  mask: (text: string) => string,
  halts: Halts,
): Promise<Reached | Obstacle> {
  const ref = `refs/heads/${branch}`
  const pushable = !repository.partial && !settings.dryRun
  const [listed, rehearsed] = await Promise.all([
    remote.list([ref, BLOCKED_REFS], halts.cancel),
    pushable ? remote.rehearse(head, branch, halts.cancel) : null,
  ])
  if (listed.said.exitCode !== 0) return unreachable(refusalOf(listed.said, 'fetch', mask), remote.url)
  const tip = listed.refs.get(ref)
  if (tip === undefined) return noBranch(branch, remote.url)
  if (rehearsed && rehearsed.exitCode !== 0) {
    const obstacle = remoteObstacle(refusalOf(rehearsed, 'push', mask), branch, remote.url)
    if (obstacle) return obstacle
  }
  // A shallow or partial checkout knows nothing below its boundary: one commit is enough to start from.
  const depth = repository.shallow || repository.partial ? { depth: 1 } : {}
  const fetched = await remote.fetch([`+${ref}:${ref}`], depth, halts.cancel)
  if (fetched.exitCode !== 0) return unreachable(refusalOf(fetched, 'fetch', mask), remote.url)
  return { tip, refs: listed.refs }
}

/** `owner/name` as far as an URL or a path tells. */
function repositoryOf(url: string): string {
  return /([^/:]+\/[^/]+?)(?:\.git)?\/?$/.exec(url)?.[1] ?? url
}
