/** What an ended task leaves: bundle and patch of work that did not land, its marker, its workspace dealt with. */
import { join } from 'node:path'
import { isFullDisk } from '../decide/disk.ts'
import { explain } from '../decide/explain.ts'
import type { Kept } from '../decide/explain-kept.ts'
import { isPartlyTaken } from '../decide/explain-scope.ts'
import { type Failure, reasonCode } from '../decide/failure.ts'
import { isoTime } from '../decide/identity.ts'
import { BUNDLE, bundleName, SECRET_BUNDLE } from '../decide/kept-name.ts'
import { attemptRef, workRef } from '../decide/ref-name.ts'
import type { Candidate, TaskId, TaskState } from '../decide/task.ts'
import { tail } from '../decide/text.ts'
import { earlierIn, keptIn } from '../decide/verdict.ts'
import { isStranded } from './work.ts'
import { workspaceOf } from './workspace.ts'
import type { World } from './world.ts'

/** More artifacts than this are named by their folder alone. */
const NAMED_ARTIFACTS = 1000

const MARKERS = ['blocked-push.json', 'ci-failure.json'] as const
const ONLY_COPY_WORDS =
  'Files in the folder workspace could not be taken into the bundle, and are nowhere else. `fanout clean` removes them.\n'

/** In a task's folder: its work that did not land. */
export const WORK: readonly string[] = [BUNDLE, SECRET_BUNDLE, 'work.patch', 'lfs']

/**
 * Writes what is due, with patience for a full disk, and returns the files kept for the task, relative to the run directory.
 * Where the disk stays full, the workspace stays too, and nothing is said to be there that is not.
 */
export async function finish(state: TaskState, world: World): Promise<readonly string[]> {
  try {
    return await world.patience(`What ${state.id} leaves`, () => writeAll(state, world), world.cancel)
  } catch (error) {
    if (!isFullDisk(error)) throw error
    world.log.warning(
      'finish',
      `${state.id}: what it left could not all be kept: ${world.mask(String(error))}`,
    )
    const left = await leftBy(state, world)
    if (state.candidate !== null && keptIn(left) !== true) await tellAgain(state, keptIn(left), world)
    return left
  }
}

/** The marker once more, without the work that could not be written. */
async function tellAgain(state: TaskState, kept: Kept, world: World): Promise<void> {
  const failure = state.stage.kind === 'ended' ? state.stage.failure : null
  if (failure === null) return
  try {
    await writeMarker(state, failure, join(world.places.tasks, state.id), world, kept)
  } catch {
    // What is there is a marker all the same.
  }
}

async function writeAll(state: TaskState, world: World): Promise<readonly string[]> {
  const { places, files, settings } = world
  const dir = join(places.tasks, state.id)
  const stage = state.stage.kind === 'ended' ? state.stage : null
  const landed = stage?.outcome === 'landed' || stage?.outcome === 'unchanged'
  const work = landed ? null : state.candidate
  // Of an earlier process or attempt, in the same folder: what is true now is written anew. Work that a run made and
  // this one did not is all there is of it.
  const stale = [...MARKERS, files.ONLY_COPY, ...(landed || work ? WORK : [])]
  const old = stale.flatMap(name => [join(dir, name), join(places.run, `${state.id}.${name}`)])
  await Promise.allSettled(old.map(file => files.removeAll(file)))
  // The marker is small and first: work may be what the disk has no room for. Neither waits for the other's luck.
  const [told] = await Promise.allSettled([
    stage?.failure ? writeMarker(state, stage.failure, dir, world) : [],
  ])
  const [kept] = await Promise.allSettled([work ? keepWork(state.id, work, dir, world) : []])
  const elsewhere = [kept, told].flatMap(written => {
    if (written.status === 'rejected') throw written.reason
    return written.value
  })
  const keep =
    settings.keepWorkspaces === 'always' ||
    (settings.keepWorkspaces === 'blocked' && work !== null) ||
    isOnlyThere(stage?.failure ?? null, work)
  const workspace = workspaceOf(state.id, world)
  if (isOnlyThere(stage?.failure ?? null, work))
    await files.writeAtomic(join(dir, files.ONLY_COPY), ONLY_COPY_WORDS)
  await (keep ? world.workspaces.keep(workspace) : world.workspaces.remove(workspace))
  return [...(await leftBy(state, world)), ...elsewhere]
}

/** What is in the task's folder, relative to the run directory. */
async function leftBy({ id }: TaskState, { files, places }: World): Promise<readonly string[]> {
  const dir = join(places.tasks, id)
  // Regular files only: a worker may have put anything there, also links that lead elsewhere.
  const names = (await files.filesIn(dir)).filter(name => name !== 'message.txt')
  const artifacts = (await files.filesBelow(join(dir, 'artifacts'))).map(name => `/${name}`)
  const contents = (await files.filesBelow(join(dir, 'lfs'))).map(name => `lfs/${name}`)
  return [
    ...[...names, ...contents].map(name => `tasks/${id}/${name}`),
    ...(artifacts.length > NAMED_ARTIFACTS ? ['/'] : artifacts).map(name => `tasks/${id}/artifacts${name}`),
  ]
}

/** Whether something could not be taken out of the workspace and is nowhere else: then it stays, whatever the settings say. */
function isOnlyThere(failure: Failure | null, work: Candidate | null): boolean {
  if (failure?.code === 'internal') return work === null
  if (isStranded(failure)) return true
  return failure?.code === 'out-of-scope' && (work === null || isPartlyTaken(failure.problems))
}

/**
 * What an attempt had changed that another one follows now: `work-<n>.bundle` and its patch, whatever becomes of the task. The
 * commit is in the store in any case, so the next attempt does not wait for a disk that stays full.
 */
export async function keepAttempt(id: TaskId, attempt: number, work: Candidate, world: World): Promise<void> {
  const dir = join(world.places.tasks, id)
  const keep = () => keepWork(id, work, dir, world, attempt)
  try {
    await world.patience(`The work of attempt ${attempt} of ${id}`, keep, world.endWork)
  } catch (error) {
    const why = world.mask(String(error))
    world.log.warning('work', `${id}: the work of attempt ${attempt} is in the run's store alone: ${why}`)
  }
}

/** Bundle and patch in the task's folder, or beside it where that cannot be written; returns the paths of the latter. */
async function keepWork(
  id: TaskId,
  work: Candidate,
  dir: string,
  world: World,
  /** null: the last. */
  attempt: number | null = null,
): Promise<readonly string[]> {
  const { files, store, places } = world
  const patchName = attempt === null ? 'work.patch' : `work-${attempt}.patch`
  const ref = attempt === null ? workRef(id) : attemptRef(id, attempt)
  const write = async (prefix: string): Promise<void> => {
    const [bundle, patch] = [`${prefix}${bundleName(work, attempt)}`, `${prefix}${patchName}`]
    // Neither through a link nor into a pipe that is there already.
    for (const file of [bundle, `${bundle}.lock`, patch]) await files.removeAll(file)
    await store.bundle(bundle, work.base, work.commit, ref)
    await store.patch(patch, work.base, work.commit, work.secret ? world.mask : undefined)
  }
  try {
    await files.makeFolder(dir)
    await write(`${dir}/`)
    return []
  } catch (error) {
    // There is no room beside it either.
    if (isFullDisk(error)) throw error
    const why = world.mask(String(error))
    world.log.warning('work', `${dir} cannot be written (${why}): the work of ${id} is beside it`)
    await write(join(places.run, `${id}.`))
    return [`${id}.${bundleName(work, attempt)}`, `${id}.${patchName}`]
  }
}

/** The marker goes to the task's folder, or beside it where that cannot be written: never nowhere. */
async function writeMarker(
  state: TaskState,
  failure: Failure,
  dir: string,
  world: World,
  kept: Kept = state.candidate !== null,
): Promise<readonly string[]> {
  const marker = markerOf(state, failure, kept, world)
  if (marker === null) return []
  try {
    await world.files.writeJson(join(dir, marker.name), marker.content)
    return []
  } catch (error) {
    if (isFullDisk(error)) throw error
    const name = `${state.id}.${marker.name}`
    world.log.warning(
      'marker',
      `${dir} cannot be written (${world.mask(String(error))}): the marker is ${name} in the run directory`,
    )
    await world.files.writeJson(join(world.places.run, name), marker.content)
    return [name]
  }
}

interface Marker {
  readonly name: (typeof MARKERS)[number]
  readonly content: Readonly<Record<string, unknown>>
}

function markerOf(state: TaskState, failure: Failure, kept: Kept, world: World): Marker | null {
  const { settings, branch, clock, mask } = world
  const at = isoTime(clock.now())
  const base = state.candidate?.base ?? world.base
  const { what, why, fix } = explain(failure, {
    branch,
    baseSha: base,
    kept,
    secret: state.candidate?.secret === true,
    earlier: earlierIn(state.files),
    remediations: state.remediations,
  })
  if (failure.code === 'gate' && state.redGate) {
    const gate = state.redGate
    const content = {
      version: 1,
      task_id: state.id,
      timestamp: at,
      command: mask(settings.gate ?? ''),
      exit_code: gate.exitCode,
      signal: gate.signal,
      timed_out: gate.timedOut,
      tree: gate.tree,
      base_sha: base,
      attempt: state.remediations + 1,
      log_file: join(world.places.run, gate.logFile),
      error: mask(`${what} ${why}`),
      output_tail: tail(gate.outputTail),
    }
    return { name: 'ci-failure.json', content }
  }
  if (state.stage.kind !== 'ended' || state.stage.outcome !== 'blocked-push') return null
  const content = {
    version: 1,
    task_id: state.id,
    reason: reasonCode(failure),
    message: mask(`${what} ${why}`),
    fix: mask(fix),
    attempt: state.pushes,
    max_attempts: settings.maxPushAttempts,
    generated_at: at,
    branch,
    base_sha: base,
    candidate_sha: state.candidate?.commit ?? null,
    conflict_files: failure.code === 'conflict' ? failure.files : [],
    remote_output: tail(state.remoteOutput),
  }
  return { name: 'blocked-push.json', content }
}
