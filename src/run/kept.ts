/** Work that earlier runs kept on the remote. Anyone who may push may have put anything there: only what is such work counts. */
import { listed } from '../decide/plain.ts'
import { refName } from '../decide/ref-name.ts'
import type { Candidate, RunState, Sha, TaskId } from '../decide/task.ts'
import { parseTrailers, type Trailers } from '../decide/trailer.ts'
import { blockedRef, type KeptRefs, oldBlockedRef } from './refs.ts'
import { type KeptWork, madeAnew } from './renew.ts'
import type { LaneWorld } from './world.ts'

/** What may be tried, and what the end of the run is to put right on the remote. */
export interface Kept {
  readonly candidates: readonly (readonly [TaskId, Candidate])[]
  readonly refs: KeptRefs
}

interface Found extends KeptWork {
  readonly trailers: Trailers
}

/**
 * Work of this branch whose task waits and is still the same task. Old names count only where their base is on the branch
 * (`reaches`: whether it is, in a shallow history after a look further back).
 */
export async function keptEarlier(
  state: RunState,
  refs: KeptRefs,
  shallow: boolean,
  reaches: (base: Sha) => Promise<boolean>,
  world: LaneWorld,
): Promise<Kept> {
  const { plan, branch, settings } = world
  const isWaiting = (id: TaskId): boolean => state.tasks[plan.index.get(id) ?? -1]?.stage.kind === 'waiting'
  // What has landed by now had its ref, too: that is to go.
  const planned = [...refs.old.keys()].filter(id => plan.index.has(id))
  const old: Found[] = []
  for (const work of await readWork(planned, oldBlockedRef, shallow, world)) {
    const of = work.trailers.branch
    if ((of === null || of === branch) && (await reaches(work.base))) old.push(work)
  }
  const own = settings.resume
    ? await readWork([...refs.own.keys()].filter(isWaiting), id => blockedRef(branch, id), shallow, world)
    : []
  const sameTask = ({ task, trailers }: Found): boolean =>
    isWaiting(task) && trailers.fingerprint === plan.tasks[plan.index.get(task) ?? -1]?.fingerprint
  const newest = new Map([...old, ...own].filter(sameTask).map(work => [work.task, work]))
  const works = settings.resume ? [...newest.values()] : []
  const candidates = await madeAnew(works, world)
  return {
    candidates: works.map(({ task }, i) => [task, candidates[i]!]),
    refs: { ...refs, old: new Map(old.map(({ task, commit }) => [task, commit])) },
  }
}

/** Passes over, with one notice, what is no commit upon exactly one other that says it is the task's. */
async function readWork(
  ids: readonly TaskId[],
  refOf: (id: TaskId) => string,
  shallow: boolean,
  world: LaneWorld,
): Promise<readonly Found[]> {
  const { store, log } = world
  const there = await fetchWork(ids, refOf, shallow, world)
  if (there.length === 0) return []
  const objects = await store.resolve(there.map(localRef))
  const types = await store.typesOf(objects)
  const isCommit = (i: number): boolean => types[i] === 'commit'
  const texts = await store.readCommits(objects.filter((_, i) => isCommit(i)))
  let next = 0
  const odd: string[] = []
  const found = there.flatMap((task, i): Found[] => {
    const pass = (why: string): Found[] => {
      odd.push(`${refOf(task)} (${why})`)
      return []
    }
    if (!isCommit(i)) return pass(`a ${types[i]}`)
    const { parents, message } = texts[next++]!
    if (parents.length !== 1) return pass(parents.length === 0 ? 'a commit without a parent' : 'a merge')
    const trailers = parseTrailers(message)
    if (trailers.task !== task) return pass('not a commit of that task')
    return [{ task, commit: objects[i]!, base: parents[0]!, trailers }]
  })
  if (odd.length > 0)
    log.notice('blocked work', `On the remote, but no work that was kept: ${listed(odd, 10)}.`)
  return found
}

/** Flat, so that no name of the remote's is in the way of another. */
function localRef(id: TaskId): string {
  return `refs/fanout/kept/${refName(id)}`
}

/** Those whose work is in the store now. One ref that cannot be fetched does not hold back the others. */
async function fetchWork(
  ids: readonly TaskId[],
  refOf: (id: TaskId) => string,
  shallow: boolean,
  { remote, branch, endLane, log, mask }: LaneWorld,
): Promise<readonly TaskId[]> {
  const fetch = (some: readonly TaskId[]) =>
    remote.fetch(
      some.map(id => `+${refOf(id)}:${localRef(id)}`),
      shallow ? { depth: 2 } : {},
      endLane,
    )
  if (ids.length === 0) return []
  const said = await fetch(ids)
  if (said.exitCode === 0) return ids
  const lost = (what: string): readonly TaskId[] => {
    const words = mask(said.stderr.trim())
    log.notice('blocked work', `${what} could not be fetched: its workers start again. ${words}`)
    return []
  }
  // Is it the remote, or one of the refs?
  if (said.timedOut || (await remote.list([`refs/heads/${branch}`], endLane)).said.exitCode !== 0)
    return lost('Work kept by an earlier run')
  const there: TaskId[] = []
  const missing: string[] = []
  const halve = async (some: readonly TaskId[]): Promise<void> => {
    if (some.length === 1) {
      missing.push(refOf(some[0]!))
      return
    }
    const middle = Math.ceil(some.length / 2)
    for (const half of [some.slice(0, middle), some.slice(middle)]) {
      if (endLane.aborted) return
      if ((await fetch(half)).exitCode === 0) there.push(...half)
      else await halve(half)
    }
  }
  await halve(ids)
  if (missing.length > 0) lost(listed(missing, 10))
  return there
}
