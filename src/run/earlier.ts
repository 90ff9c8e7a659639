/** Finished work of an earlier attempt of this run, from the folder it left: no worker runs twice. */
import { join } from 'node:path'
import type { Event, Found } from '../decide/happened.ts'
import { refName } from '../decide/ref-name.ts'
import { finishedBefore } from '../decide/resume.ts'
import type { Candidate, Limits, RunState, Sha, TaskId } from '../decide/task.ts'
import { parseTrailers } from '../decide/trailer.ts'
import { type KeptWork, madeAnew } from './renew.ts'
import type { LaneWorld } from './world.ts'

/** A run directory of before, or what was uploaded of it. */
export interface Earlier {
  readonly dir: string
  readonly base: Sha
  readonly events: readonly Event[]
  readonly fingerprints: Readonly<Record<string, string>>
}

/**
 * What `state`'s waiting tasks have there; `start` is the state of a run that knows nothing. `whole`: what the branch does
 * not hold has not landed, whatever was seen to land.
 */
export async function finishedEarlier(
  earlier: Earlier,
  start: RunState,
  state: RunState,
  limits: Limits,
  { shallow, whole }: { readonly shallow: boolean; readonly whole: boolean },
  world: LaneWorld,
): Promise<readonly (readonly [TaskId, Found])[]> {
  const { plan, log } = world
  const same = (id: TaskId): boolean =>
    earlier.fingerprints[id] === plan.tasks[plan.index.get(id) ?? -1]?.fingerprint
  const waiting = new Set(state.tasks.filter(task => task.stage.kind === 'waiting').map(task => task.id))
  const finished = finishedBefore(plan, start, limits, earlier.events, same)
  const taken: (readonly [TaskId, Found])[] = []
  const works: KeptWork[] = []
  const lost: TaskId[] = []
  for (const { task, found, landed } of finished.filter(each => waiting.has(each.task))) {
    if (landed !== null && !whole) taken.push([task, { kind: 'landed', commit: landed }])
    else if (found.kind !== 'candidate') taken.push([task, found])
    else if (await bring(task, found.candidate, earlier.dir, shallow, world)) {
      const { commit, base } = found.candidate
      works.push({ task, commit, base })
    } else lost.push(task)
  }
  if (lost.length > 0) {
    log.notice(
      'resume',
      `An earlier attempt had finished ${lost.join(', ')}, but its work is not there any more: these workers start again.`,
    )
  }
  const candidates = await madeAnew(works, world)
  return [
    ...taken,
    ...works.map(({ task }, i) => [task, { kind: 'candidate', candidate: candidates[i]! }] as const),
  ]
}

/** The commit that the journal names, and no other, comes into the store: from the bundle, or from the store of then. */
async function bring(
  task: TaskId,
  candidate: Candidate,
  dir: string,
  shallow: boolean,
  world: LaneWorld,
): Promise<boolean> {
  const { store, remote, places } = world
  const { commit, base } = candidate
  if (!(await store.exists(base))) {
    const ref = `refs/fanout/base/${base}`
    await remote.fetch([`+${base}:${ref}`], shallow ? { depth: 1 } : {}, world.endLane)
  }
  const sources = [...(await bundlesOf(task, dir, world)), join(dir, 'store.git')]
  for (const source of sources.filter(each => each !== places.store)) {
    if (await store.exists(commit)) break
    await store.take(source, commit, `refs/fanout/earlier/${refName(task)}`)
  }
  return isWorkOf(task, candidate, world)
}

/** Where a run directory, or what was uploaded of it, may have a task's work. */
export async function bundlesOf(
  task: TaskId,
  dir: string,
  { files }: Pick<LaneWorld, 'files'>,
): Promise<readonly string[]> {
  // A later step had another task of that id: see aside.ts.
  const aside = (await files.namesIn(join(dir, 'before'))).filter(
    name => name === task || name.startsWith(`${task}~`),
  )
  return [
    join(dir, 'tasks', task, 'work.bundle'),
    // Beside a folder that could not be written.
    join(dir, `${task}.work.bundle`),
    ...aside.map(name => join(dir, 'before', name, 'work.bundle')),
  ]
}

async function isWorkOf(task: TaskId, { commit, base }: Candidate, world: LaneWorld): Promise<boolean> {
  const { store, plan } = world
  if (!(await store.exists(commit)) || !(await store.exists(base))) return false
  const [text] = await store.readCommits([commit])
  const trailers = parseTrailers(text?.message ?? '')
  const fingerprint = plan.tasks[plan.index.get(task) ?? -1]?.fingerprint
  return text?.parents.join() === base && trailers.task === task && trailers.fingerprint === fingerprint
}
