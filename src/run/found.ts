/** What is known before the first worker starts: what landed already, and finished work that earlier runs kept. */
import { apply } from '../decide/apply.ts'
import { isoTime } from '../decide/identity.ts'
import type { Candidate, Event, Found, Limits, RunState, Sha, TaskId } from '../decide/task.ts'
import { parseTrailers } from '../decide/trailer.ts'
import { type Earlier, finishedEarlier } from './earlier.ts'
import { landedSince } from './landed.ts'
import { blockedRef } from './refs.ts'
import type { LaneWorld } from './world.ts'

export interface Clues {
  readonly env: Readonly<Record<string, string | undefined>>
  /** An earlier process of this run left a journal. */
  readonly resumed: boolean
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
  const take = (task: TaskId, found: Found): void => {
    const event: Event = { type: 'found', task, found, at: isoTime(world.clock.now()) }
    events.push(event)
    state = apply(world.plan, state, limits, event)
  }
  if (!world.settings.resume) return { state, events, earlier: false }
  for (const { task, commit } of await landedEarlier(clues, world)) {
    if (!ended(state, task, world)) take(task, { kind: 'landed', commit })
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

/** The branch is the truth: the trailers since the run's first base, deepening a shallow history as far as needed. */
async function landedEarlier(clues: Clues, world: LaneWorld): ReturnType<typeof landedSince> {
  const { env, resumed, shallow } = clues
  if (!resumed && !env.GITHUB_RUN_ID) return []
  const [tip] = await world.store.resolve([`refs/heads/${world.branch}`])
  const first = resumed ? world.base : ((env.GITHUB_SHA || null) as Sha | null)
  if (first === tip) return []
  const again = resumed || Number(env.GITHUB_RUN_ATTEMPT || '1') > 1
  if (first !== null && shallow && again) await deepenTo(first, world)
  const reaches =
    first !== null && (await world.store.exists(first)) && (await world.store.isAncestor(first, tip!))
  return landedSince(reaches ? first : null, tip!, world)
}

async function deepenTo(base: Sha, world: LaneWorld): Promise<void> {
  const ref = `refs/heads/${world.branch}`
  for (let deepen = 50; deepen <= 100_000; deepen *= 4) {
    if (await world.store.isAncestor(base, (await world.store.resolve([ref]))[0]!)) return
    const said = await world.remote.fetch([`+${ref}:${ref}`], { deepen }, world.endLane)
    if (said.exitCode !== 0) return
  }
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
