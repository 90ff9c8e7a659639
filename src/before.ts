/** Which run this is, and what earlier processes of it left behind: its own journal, or an earlier attempt's. */
import { createHash, randomBytes } from 'node:crypto'
import { basename, dirname, join } from 'node:path'
import { runsIn } from './aside.ts'
import { ageOfEarlier } from './decide/artifact-name.ts'
import { isoTime } from './decide/identity.ts'
import { listed } from './decide/plain.ts'
import { readSummary } from './decide/read-back.ts'
import { refName } from './decide/ref-name.ts'
import { candidatesOf, resume, usableEvents, withoutLost } from './decide/resume.ts'
import type { Settings } from './decide/settings.ts'
import type { Limits, Plan, RunState, Sha, TaskId } from './decide/task.ts'
import { bundlesOf, type Earlier } from './run/earlier.ts'
import type { FoundBefore } from './run/found.ts'
import { journalVersion, type Obstacle } from './run/preflight.ts'
import type { LaneWorld } from './run/world.ts'
import type { Found, Wanted } from './world/earlier-artifacts.ts'
import { namesIn, readText } from './world/files.ts'
import { type JournalHead, type JournalText, keepAside, readJournal } from './world/journal.ts'
import type { Log } from './world/log.ts'

type Env = Readonly<Record<string, string | undefined>>

/** What a journal must be about for its run to be this one. */
export type Target = Pick<JournalHead, 'origin' | 'branch' | 'dry_run'>

function isAbout({ head }: JournalText, target: Target): boolean {
  return head.origin === target.origin && head.branch === target.branch && head.dry_run === target.dry_run
}

/** Of what decides about a tree: verdicts of another gate are worth nothing. */
export function gateHash({ gate, setup }: Settings): string {
  return createHash('sha256')
    .update(JSON.stringify([gate, setup]))
    .digest('hex')
    .slice(0, 12)
}

/** The workflow run's key; in a terminal that of a run that was cut off, else a new one. */
export async function runKeyFor(
  env: Env,
  now: number,
  root: string,
  target: Target,
  plan: Plan,
  resume: boolean,
): Promise<string> {
  const id = env.GITHUB_RUN_ID
  if (id && /^\d+$/.test(id)) return `${id}-${env.GITHUB_RUN_ATTEMPT || '1'}`
  const cutOff = resume ? await findCutOff(root, target, plan) : null
  if (cutOff !== null) return cutOff
  const time = isoTime(now).replace(/[-:]|\.\d+/g, '')
  return `local-${time}-${randomBytes(2).toString('hex')}`
}

/** The newest local run of the same target and of some of these very tasks that was killed or interrupted. */
async function findCutOff(root: string, target: Target, plan: Plan): Promise<string | null> {
  const keys = (await namesIn(root)).filter(name => /^local-\d{8}T\d{6}Z-[0-9a-f]{4}$/.test(name))
  for (const key of keys.toReversed()) {
    const dir = join(root, key)
    const read = await readJournal(join(dir, 'journal.ndjson'))
    if (read.kind !== 'read' || !isAbout(read.text, target)) continue
    if ((await cameToItsEnd(dir)) && !(await wasInterrupted(dir, read.text))) continue
    const { fingerprints } = read.text.head
    if (plan.tasks.some(task => fingerprints[task.id] === task.fingerprint)) return key
  }
  return null
}

/** An interrupted run has its report, and tasks that were cancelled or, where all had landed, no verification. */
async function wasInterrupted(runDir: string, { events }: JournalText): Promise<boolean> {
  const last = events.slice(events.findLastIndex(event => event.type === 'resumed') + 1)
  if (last.some(event => event.type === 'halted' && event.halt === 'signal')) return true
  const text = await readText(join(runDir, 'summary.json')).catch(() => null)
  const read = text === null ? null : readSummary(text)
  return read?.ok === true && read.value.tasks.some(task => task.reason?.code === 'signal')
}

/** In a run directory: there from before the report is written until its process exits by itself. */
export const UNTOLD = 'internal/untold'

/** It has its report, and its process lived to tell: whoever started one that was killed waits for its end. */
async function cameToItsEnd(runDir: string): Promise<boolean> {
  const [names, inside] = await Promise.all([namesIn(runDir), namesIn(join(runDir, dirname(UNTOLD)))])
  return names.includes('summary.json') && !inside.includes(basename(UNTOLD))
}

/**
 * Where the journal of a process that died ends, in `fresh`, the state of a run that knows nothing; and the events
 * that its journal goes on with. What the store has lost, and verdicts of another gate, do not count.
 */
export async function takeUp(
  { head: old, events }: JournalText,
  head: Pick<JournalHead, 'run_key' | 'gate_hash' | 'fingerprints'>,
  fresh: RunState,
  limits: Limits,
  world: LaneWorld,
): Promise<Pick<FoundBefore, 'state' | 'events'>> {
  const { plan, log } = world
  const same = (id: TaskId): boolean => old.fingerprints[id] === head.fingerprints[id]
  const usable = usableEvents(plan, events, same)
  const lost = await missingOf(candidatesOf(usable), world)
  const there = withoutLost(usable, lost)
  const kept = old.gate_hash === head.gate_hash ? there : there.filter(event => event.type !== 'gated')
  const state = resume(plan, fresh, limits, kept, () => true)
  const ended = state.tasks.filter(task => task.stage.kind === 'ended').length
  const ready = state.tasks.filter(task => task.stage.kind === 'ready').length
  log.line(
    `Run ${head.run_key} was cut off and goes on: ${ended} of ${state.tasks.length} tasks have ended, ${ready} finished ones are still to land.`,
  )
  return { state, events: [...kept, { type: 'resumed', at: isoTime(world.clock.now()) }] }
}

/** Commits that neither the store nor a bundle of their task has whole; of those in a bundle the store has them now. */
async function missingOf(
  candidates: ReturnType<typeof candidatesOf>,
  { store, files, places, log }: LaneWorld,
): Promise<ReadonlySet<Sha>> {
  const commits = candidates.map(({ commit }) => commit)
  const missing = await store.missing(commits)
  if (missing.size === 0) return missing
  for (const { task, commit } of candidates.filter(each => missing.has(each.commit))) {
    for (const bundle of await bundlesOf(task, places.run, { files }))
      if (await store.take(bundle, commit, `refs/fanout/earlier/${refName(task)}`)) break
  }
  const lost = await store.missing(commits)
  const tasks = new Set(candidates.filter(({ commit }) => lost.has(commit)).map(({ task }) => task))
  if (tasks.size > 0)
    log.notice(
      'resume',
      `Finished work of ${listed([...tasks], 10)} is not whole in the store any more: what of it has not landed starts again.`,
    )
  return lost
}

export interface Before {
  /** A process of this very run died: it goes on where the journal ends. */
  readonly continued: JournalText | null
  /** This very run came to its end: what it finished need not be done again. */
  readonly ended: Earlier | null
}

/** Where the branch was when the run began, where its own journal or that of its earlier end tells. */
export function firstBase({ continued, ended }: Before): Sha | null {
  if (continued !== null) return continued.head.base_sha as Sha
  return ended?.base ?? null
}

/** Milliseconds since the epoch; what comes after it is later, whatever the machine's clock says by now. */
export function lastMoment({ head, events }: JournalText): number {
  return Date.parse(events.at(-1)?.at ?? head.started_at)
}

/** What is in the run directory from before. A journal that cannot be trusted whole is kept aside. */
export async function readBefore(
  runDir: string,
  target: Target,
  plan: Plan,
  log: Log,
): Promise<Before | Obstacle> {
  const file = join(runDir, 'journal.ndjson')
  const read = await readJournal(file)
  switch (read.kind) {
    case 'none':
      return { continued: null, ended: null }
    case 'broken':
      log.warning(
        'journal',
        `${file} is empty or broken from its first line on, so what was finished but had not landed starts again. What has landed is known from the branch. It is kept as ${basename(await keepAside(file))}.`,
      )
      return { continued: null, ended: null }
    case 'other-version':
      return journalVersion(file, runDir, read.version)
    case 'read': {
      const { text, lost } = read
      const before = async (): Promise<Before> => ({
        continued: null,
        ended: await readEarlier(runDir, target, plan),
      })
      // Another step of the same job has the same key, and other tasks.
      if (!isAbout(text, target) || !knows(text, plan)) return before()
      if (lost > 0) {
        log.warning(
          'journal',
          `${file} is broken behind line ${text.events.length + 1}: of what came after, ${lost} line(s), only what the branch says counts. It is kept as ${basename(await keepAside(file))}.`,
        )
      }
      return (await cameToItsEnd(runDir)) ? before() : { continued: text, ended: null }
    }
  }
}

function earlierOf(dir: string, { head, events }: JournalText): Earlier {
  return { dir, base: head.base_sha as Sha, events, fingerprints: head.fingerprints }
}

/** Unpacks what an earlier attempt of this workflow run has uploaded. */
export type Download = (wanted: Wanted, signal: AbortSignal) => Promise<Found>

/**
 * What an earlier attempt of this workflow run left, on this machine or as an artifact. Never rejects: a service
 * that is down costs the workers' time, not the run.
 */
export async function earlierAttempt(
  env: Env,
  settings: Settings,
  target: Target,
  plan: Plan,
  places: { readonly root: string; readonly into: string },
  download: Download | null,
  signal: AbortSignal,
  log: Log,
  mask: (text: string) => string,
): Promise<Earlier | null> {
  const { GITHUB_RUN_ID: id, GITHUB_RUN_ATTEMPT: attempt } = env
  if (!id || !attempt || !(Number(attempt) > 1)) return null
  const read = (dir: string): Promise<Earlier | null> => readEarlier(dir, target, plan)
  try {
    for (let n = Number(attempt) - 1; n > 0; n--) {
      const last = await read(join(places.root, `${id}-${n}`))
      if (last) return last
    }
    if (download === null) return null
    let earlier: Earlier | null = null
    const wanted: Wanted = {
      age: name => ageOfEarlier(name, settings.artifactName, id, Number(attempt)),
      into: places.into,
      isWanted: async () => {
        earlier = await read(places.into)
        return earlier !== null
      },
    }
    const { name, problems } = await download(wanted, signal)
    if (name !== null) log.line(`Finished work of an earlier attempt is taken from the artifact ${name}.`)
    else if (problems.length === 0) log.line(NO_ARTIFACT)
    else log.notice('resume', unread(problems.map(mask)))
    return name === null ? null : earlier
  } catch (error) {
    log.notice('resume', unread([mask(error instanceof Error ? error.message : String(error))]))
    return null
  }
}

const NO_ARTIFACT =
  'No artifact of an earlier attempt is there: its workers start again, but for work that has landed or is kept on the remote.'

function unread(problems: readonly string[]): string {
  return `What an earlier attempt finished could not be read, so its workers start again, but for work that has landed or is kept on the remote: ${problems.join('; ')}`
}

/** null: there is none, or it is another job's of the same workflow run, or another step's. */
async function readEarlier(dir: string, target: Target, plan: Plan): Promise<Earlier | null> {
  const run = (await runsIn(dir)).find(text => isAbout(text, target) && knows(text, plan))
  return run ? earlierOf(dir, run) : null
}

/** Whether a task of this plan was in that run: one that was defined otherwise is another task. */
function knows({ head: { fingerprints } }: JournalText, plan: Plan): boolean {
  return plan.tasks.some(task => fingerprints[task.id] === task.fingerprint)
}
