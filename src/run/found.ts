/** What is known before the first worker starts: what landed already, and finished work that earlier runs kept. */
import { apply } from '../decide/apply.ts'
import { isoTime } from '../decide/identity.ts'
import type { Candidate, Event, Found, Limits, RunState, Sha, TaskId } from '../decide/task.ts'
import { parseTrailers } from '../decide/trailer.ts'
import { type Earlier, finishedEarlier } from './earlier.ts'
import { saidSince } from './landed.ts'
import type { Happened } from './loop.ts'
import { blockedRef } from './refs.ts'
import { landedWork } from './take-back.ts'
import type { LaneWorld } from './world.ts'

export interface Clues {
  readonly env: Readonly<Record<string, string | undefined>>
  /** The first base of this run, where an earlier process left a journal that tells. */
  readonly since: Sha | null
  /** Whoever landed a task as it is defined now has landed it, and not only this run. */
  readonly anyRun: boolean
  /** Asked only when there is a task left that it may help; null: no earlier attempt left anything. */
  readonly earlier: () => Promise<Earlier | null>
  readonly savedRefs: ReadonlyMap<TaskId, Sha>
  /** The store does not hold all of history. */
  readonly shallow: boolean
}

export interface FoundBefore {
  readonly state: RunState
  /** What made `before` this state: for the journal. */
  readonly events: readonly Event[]
  /** An earlier attempt's journal was there. */
  readonly earlier: boolean
}

export async function foundBefore(
  before: RunState,
  limits: Limits,
  clues: Clues,
  world: LaneWorld,
): Promise<FoundBefore> {
  let state = before
  const events: Event[] = []
  const happened = (what: Happened): void => {
    const event = { ...what, at: isoTime(world.clock.now()) } as Event
    events.push(event)
    state = apply(world.plan, state, limits, event)
  }
  const take = (task: TaskId, found: Found): void => happened({ type: 'found', task, found })
  if (!world.settings.resume) return { state, events, earlier: false }
  const { landed, reverted } = await saidEarlier(clues, world)
  for (const { task, commit } of landed) {
    // What other runs have landed is said only of what this one was to do.
    if (clues.anyRun ? isWaiting(state, task, world) : !ended(state, task, world))
      take(task, { kind: 'landed', commit })
  }
  for (const { task, commit } of reverted) {
    // The journal ends before that. Where there is none, the task starts over.
    const work = await landedWork(task, state, world)
    if (work !== null) happened({ type: 'reverted', task, commit, work })
  }
  const earlier = state.tasks.some(task => task.stage.kind === 'waiting') ? await clues.earlier() : null
  if (earlier) {
    const finished = await finishedEarlier(earlier, before, state, limits, clues.shallow, world)
    for (const [task, found] of finished) take(task, found)
  }
  for (const [task, candidate] of await keptEarlier(state, clues, world))
    take(task, { kind: 'candidate', candidate })
  return { state, events, earlier: earlier !== null }
}

function ended(state: RunState, task: TaskId, world: LaneWorld): boolean {
  const stage = state.tasks[world.plan.index.get(task) ?? -1]?.stage
  return stage?.kind === 'ended' && (stage.outcome === 'landed' || stage.outcome === 'unchanged')
}

function isWaiting(state: RunState, task: TaskId, world: LaneWorld): boolean {
  return state.tasks[world.plan.index.get(task) ?? -1]?.stage.kind === 'waiting'
}

const NOTHING_SAID = { landed: [], reverted: [] }

/** The branch is the truth: the trailers since the run's first base, deepening a shallow history as far as needed. */
async function saidEarlier(clues: Clues, world: LaneWorld): ReturnType<typeof saidSince> {
  const { env, since, shallow } = clues
  if (since === null && !env.GITHUB_RUN_ID) return NOTHING_SAID
  const [tip] = await world.store.resolve([`refs/heads/${world.branch}`])
  // Whatever the run landed, it landed after the commit of its event.
  const event = env.GITHUB_REF === `refs/heads/${world.branch}` ? env.GITHUB_SHA : undefined
  const first = since ?? ((event || null) as Sha | null)
  if (first === tip) return NOTHING_SAID
  if (shallow && first !== null) await deepenTo(first, since ? 100_000 : MOST_MESSAGES, world)
  const { store } = world
  const reaches = first !== null && (await store.exists(first)) && (await store.isAncestor(first, tip!))
  const again = since !== null || Number(env.GITHUB_RUN_ATTEMPT || '1') > 1
  if (!reaches && shallow && again) await deepenBy(MOST_MESSAGES, world)
  return saidSince(reaches ? first : null, tip!, world, clues.anyRun)
}

/** As many commits are looked at where nobody knows how far back the run began. */
const MOST_MESSAGES = 1000

async function deepenTo(base: Sha, most: number, world: LaneWorld): Promise<void> {
  const ref = `refs/heads/${world.branch}`
  for (let deepen = 50; deepen <= most; deepen *= 4) {
    const [tip] = await world.store.resolve([ref])
    if (await world.store.isAncestor(base, tip!)) return
    if (!(await deepenBy(deepen, world))) return
  }
}

async function deepenBy(deepen: number, world: LaneWorld): Promise<boolean> {
  const ref = `refs/heads/${world.branch}`
  return (await world.remote.fetch([`+${ref}:${ref}`], { deepen }, world.endLane)).exitCode === 0
}

/** Work under refs/fanout/blocked/ whose task is still the same task. */
async function keptEarlier(
  state: RunState,
  clues: Clues,
  world: LaneWorld,
): Promise<readonly (readonly [TaskId, Candidate])[]> {
  const waiting = state.tasks.filter(task => task.stage.kind === 'waiting' && clues.savedRefs.has(task.id))
  if (waiting.length === 0) return []
  const refspecs = waiting.map(({ id }) => `+${blockedRef(id)}:${blockedRef(id)}`)
  const said = await world.remote.fetch(refspecs, clues.shallow ? { depth: 2 } : {}, world.endLane)
  if (said.exitCode !== 0) {
    world.log.notice(
      'blocked work',
      `Work kept by an earlier run could not be fetched: its workers start again. ${world.mask(said.stderr.trim())}`,
    )
    return []
  }
  const commits = waiting.map(({ id }) => clues.savedRefs.get(id)!)
  const texts = await world.store.readCommits(commits)
  const found: (readonly [TaskId, Candidate])[] = []
  for (const [i, { id }] of waiting.entries()) {
    const trailers = parseTrailers(texts[i]?.message ?? '')
    const task = world.plan.tasks[world.plan.index.get(id) ?? -1]
    if (trailers.task !== id || trailers.fingerprint !== task?.fingerprint) continue
    const commit = commits[i]!
    const [base] = await world.store.resolve([`${commit}^`])
    const { stat } = await world.store.changes(base!, commit)
    found.push([id, { commit, base: base!, changes: stat, source: 'blocked' }])
  }
  return found
}
