/** What an ended task leaves: bundle and patch of work that did not land, its marker, its workspace dealt with. */
import { join } from 'node:path'
import { explain } from '../decide/explain.ts'
import { type Failure, reasonCode } from '../decide/failure.ts'
import { isoTime } from '../decide/identity.ts'
import { BUNDLE, SECRET_BUNDLE } from '../decide/kept-name.ts'
import { workRef } from '../decide/ref-name.ts'
import type { Candidate, TaskId, TaskState } from '../decide/task.ts'
import { tail } from '../decide/text.ts'
import { workspaceOf } from './workspace.ts'
import type { World } from './world.ts'

/** More artifacts than this are named by their folder alone. */
const NAMED_ARTIFACTS = 1000

const MARKERS = ['blocked-push.json', 'ci-failure.json'] as const
/** In a task's folder: its work that did not land. */
export const WORK: readonly string[] = [BUNDLE, SECRET_BUNDLE, 'work.patch', 'lfs']

/** Writes what is due and returns the files kept for the task, relative to the run directory. */
export async function finish(state: TaskState, world: World): Promise<readonly string[]> {
  const { places, files, settings } = world
  const dir = join(places.tasks, state.id)
  const stage = state.stage.kind === 'ended' ? state.stage : null
  const landed = stage?.outcome === 'landed' || stage?.outcome === 'unchanged'
  const work = landed ? null : state.candidate
  // Of an earlier process or attempt, in the same folder: what is true now is written anew. Work that a run made and
  // this one did not is all there is of it.
  const stale = landed || work ? [...MARKERS, ...WORK] : MARKERS
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
  // What could not be taken out of a workspace is nowhere else.
  const onlyThere = work === null && /^(internal|out-of-scope)$/.test(stage?.failure?.code ?? '')
  const keep =
    settings.keepWorkspaces === 'always' ||
    (settings.keepWorkspaces === 'blocked' && (work !== null || onlyThere))
  const workspace = workspaceOf(state.id, world)
  await (keep ? world.workspaces.keep(workspace) : world.workspaces.remove(workspace))
  // Regular files only: a worker may have put anything there, also links that lead elsewhere.
  const names = (await files.filesIn(dir)).filter(name => name !== 'message.txt')
  const artifacts = (await files.filesBelow(join(dir, 'artifacts'))).map(name => `/${name}`)
  const contents = (await files.filesBelow(join(dir, 'lfs'))).map(name => `lfs/${name}`)
  return [
    ...[...names, ...contents].map(name => `tasks/${state.id}/${name}`),
    ...(artifacts.length > NAMED_ARTIFACTS ? ['/'] : artifacts).map(
      name => `tasks/${state.id}/artifacts${name}`,
    ),
    ...elsewhere,
  ]
}

/** Bundle and patch in the task's folder, or beside it where that cannot be written; returns the paths of the latter. */
async function keepWork(id: TaskId, work: Candidate, dir: string, world: World): Promise<readonly string[]> {
  const { files, store, places } = world
  const name = work.secret ? SECRET_BUNDLE : BUNDLE
  const write = async (prefix: string): Promise<void> => {
    const [bundle, patch] = [`${prefix}${name}`, `${prefix}work.patch`]
    // Neither through a link nor into a pipe that is there already.
    for (const file of [bundle, `${bundle}.lock`, patch]) await files.removeAll(file)
    await store.bundle(bundle, work.base, work.commit, workRef(id))
    await store.patch(patch, work.base, work.commit, work.secret ? world.mask : undefined)
  }
  try {
    await files.makeFolder(dir)
    await write(`${dir}/`)
    return []
  } catch (error) {
    const why = world.mask(String(error))
    world.log.warning('work', `${dir} cannot be written (${why}): the work of ${id} is beside it`)
    await write(join(places.run, `${id}.`))
    return [`${id}.${name}`, `${id}.work.patch`]
  }
}

/** The marker goes to the task's folder, or beside it where that cannot be written: never nowhere. */
async function writeMarker(
  state: TaskState,
  failure: Failure,
  dir: string,
  world: World,
): Promise<readonly string[]> {
  const marker = markerOf(state, failure, world)
  if (marker === null) return []
  try {
    await world.files.writeJson(join(dir, marker.name), marker.content)
    return []
  } catch (error) {
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

function markerOf(state: TaskState, failure: Failure, world: World): Marker | null {
  const { settings, branch, clock, mask } = world
  const at = isoTime(clock.now())
  const base = state.candidate?.base ?? world.base
  const { what, why, fix } = explain(failure, {
    branch,
    baseSha: base,
    kept: state.candidate !== null,
    secret: state.candidate?.secret === true,
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
