/** What is known before the first worker starts: what landed already, and finished work that earlier runs kept. */
import { apply } from '../decide/apply.ts'
import type { Event, Found } from '../decide/happened.ts'
import { isoTime } from '../decide/identity.ts'
import { listed } from '../decide/plain.ts'
import type { Candidate, Limits, RunState, Sha, TaskId } from '../decide/task.ts'
import { archivedOnBranch } from './bookkeeping.ts'
import { type Earlier, finishedEarlier } from './earlier.ts'
import { keptEarlier } from './kept.ts'
import { type OnBranch, saidSince } from './landed.ts'
import type { Happened } from './loop.ts'
import type { KeptRefs } from './refs.ts'
import { landedWork } from './take-back.ts'
import type { LaneWorld } from './world.ts'

export interface Clues {
  readonly env: Readonly<Record<string, string | undefined>>
  /** Where the branch was when an earlier process began, of this run or of one before it in the same folder. */
  readonly since: Sha | null
  /** Tasks of another run are tried again: whoever has landed one of them since has landed it. */
  readonly anyRun: boolean
  /** A process of this very run died: others may have landed its tasks, as they are defined now, in the meantime. */
  readonly goesOn: boolean
  /** The first base of this very run, where a journal tells. */
  readonly base: Sha | null
  /** Asked only when there is a task left that it may help; null: no earlier attempt left anything. */
  readonly earlier: () => Promise<Earlier | null>
  readonly keptRefs: KeptRefs
  /** The store does not hold all of history. */
  readonly shallow: boolean
}

export interface FoundBefore {
  readonly state: RunState
  /** Where the branch was when the run's first process or attempt began, as far as anything tells. */
  readonly base: Sha
  /** What made `before` this state: for the journal. */
  readonly events: readonly Event[]
  /** An earlier process or attempt of this run had finished something. */
  readonly earlier: boolean
  /** Those that are this branch's: what becomes of them is told to the remote at the end. */
  readonly keptRefs: KeptRefs
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
  const archive = async (): Promise<void> => {
    const archived = await archivedOnBranch(world)
    for (const { id, stage } of state.tasks) {
      if (stage.kind === 'waiting' && archived.has(id)) take(id, { kind: 'archived' })
    }
  }
  const kept = () =>
    keptEarlier(state, clues.keptRefs, clues.shallow, base => reachesBack(base, clues, world), world)
  if (!world.settings.resume) {
    await archive()
    const { refs: keptRefs } = await kept()
    return { state, events, base: world.base, earlier: false, keptRefs }
  }
  const { landed, reverted, whole } = await saidEarlier(clues, world)
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
  if (whole) {
    for (const [task, candidate] of await takenAway(state, landed, world))
      take(task, { kind: 'candidate', candidate })
  }
  await archive()
  const earlier = state.tasks.some(task => task.stage.kind === 'waiting') ? await clues.earlier() : null
  if (earlier) {
    const finished = await finishedEarlier(earlier, before, state, limits, { ...clues, whole }, world)
    for (const [task, found] of finished) take(task, found)
  }
  const { candidates, refs: keptRefs } = await kept()
  for (const [task, candidate] of candidates) take(task, { kind: 'candidate', candidate })
  const resumed = earlier !== null || landed.length > 0
  // A run that tries tasks of another one again has a base of its own.
  if (clues.anyRun) return { state, events, base: world.base, earlier: resumed, keptRefs }
  const oldest = landed.at(-1)
  const base = clues.base ?? earlier?.base ?? (oldest ? await parentOf(oldest.commit, world) : null)
  return { state, events, base: base ?? world.base, earlier: resumed, keptRefs }
}

/** null: history ends with it. */
async function parentOf(commit: Sha, { store }: LaneWorld): Promise<Sha | null> {
  const parent = `${commit}^` as Sha
  return (await store.exists(parent)) ? ((await store.resolve([parent]))[0] ?? null) : null
}

function ended(state: RunState, task: TaskId, world: LaneWorld): boolean {
  const stage = state.tasks[world.plan.index.get(task) ?? -1]?.stage
  return stage?.kind === 'ended' && (stage.outcome === 'landed' || stage.outcome === 'unchanged')
}

function isWaiting(state: RunState, task: TaskId, world: LaneWorld): boolean {
  return state.tasks[world.plan.index.get(task) ?? -1]?.stage.kind === 'waiting'
}

/** What the journal says has landed, but the branch does not hold any more: somebody moved it back. It lands again. */
async function takenAway(
  state: RunState,
  landed: readonly OnBranch[],
  world: LaneWorld,
): Promise<readonly (readonly [TaskId, Candidate])[]> {
  const { store, branch, log } = world
  const said = new Set(landed.map(({ task }) => task))
  const gone: (readonly [TaskId, Candidate])[] = []
  for (const { id, commit } of state.tasks) {
    const work = commit === null || said.has(id) ? null : await landedWork(id, state, world)
    if (!commit || work === null || (await store.isAncestor(commit, `refs/heads/${branch}` as Sha))) continue
    if (await store.exists(work.commit)) gone.push([id, work])
  }
  if (gone.length > 0) {
    const names = listed(gone.map(([id]) => id))
    log.warning(
      'resume',
      `${branch} does not hold ${names} any more, which had landed: that goes to it again.`,
    )
  }
  return gone
}

interface Said extends Awaited<ReturnType<typeof saidSince>> {
  /** Nothing that the run landed can have been missed. */
  readonly whole: boolean
}

/** The branch is the truth: the trailers since the run's first base, deepening a shallow history as far as needed. */
async function saidEarlier(clues: Clues, world: LaneWorld): Promise<Said> {
  const { env, since, shallow } = clues
  if (since === null && !env.GITHUB_RUN_ID) return { landed: [], reverted: [], whole: false }
  const [tip] = await world.store.resolve([`refs/heads/${world.branch}`])
  // Whatever the run landed, it landed after the commit of its event.
  const event = env.GITHUB_REF === `refs/heads/${world.branch}` ? env.GITHUB_SHA : undefined
  const first = since ?? ((event || null) as Sha | null)
  if (first === tip) return { landed: [], reverted: [], whole: true }
  if (shallow && first !== null) await deepenTo(first, since ? 100_000 : MOST_MESSAGES, world)
  const { store } = world
  const reaches = first !== null && (await store.exists(first)) && (await store.isAncestor(first, tip!))
  const again = since !== null || Number(env.GITHUB_RUN_ATTEMPT || '1') > 1
  if (!reaches && shallow && again) await deepenBy(MOST_MESSAGES, world)
  const said = await saidSince(reaches ? first : null, tip!, world, clues.anyRun || clues.goesOn)
  return { ...said, whole: reaches || !shallow }
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

/** Whether the branch holds the commit, as far as a thousand commits tell where history is shallow. */
async function reachesBack(base: Sha, { shallow }: Clues, world: LaneWorld): Promise<boolean> {
  if (shallow) await deepenTo(base, MOST_MESSAGES, world)
  return world.store.isAncestor(base, `refs/heads/${world.branch}` as Sha)
}

async function deepenBy(deepen: number, world: LaneWorld): Promise<boolean> {
  const ref = `refs/heads/${world.branch}`
  return (await world.remote.fetch([`+${ref}:${ref}`], { deepen }, world.endLane)).exitCode === 0
}
