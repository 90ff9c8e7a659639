/** One task: workspace -> worker -> candidate. It never sees the remote. */
import { isFullDisk } from '../decide/disk.ts'
import type { Failure } from '../decide/failure.ts'
import type { WorkResult } from '../decide/happened.ts'
import type { Task, WorkStep } from '../decide/task.ts'
import type { Checkout } from '../world/checkout.ts'
import type { Ended } from '../world/process.ts'
import { type Harvest, harvest } from './candidate.ts'
import { runUserCommand } from './command.ts'
import { type TaskFiles, writeTaskFiles } from './folder.ts'
import { freshWorkspace, haltFailure, setUp, standsAt, workspaceOf } from './workspace.ts'
import type { World } from './world.ts'

/** `more`: other tasks wait for their turn. */
export async function work(task: Task, step: WorkStep, more: boolean, world: World): Promise<WorkResult> {
  const { clock, settings } = world
  const start = clock.now()
  const failed = (failure: Failure, workspace: number): WorkResult => {
    return { kind: 'failed', failure, kept: null, exitCode: null, seconds: { workspace, worker: 0 } }
  }
  let files: TaskFiles
  let at: Checkout
  try {
    at = workspaceOf(task.id, world)
    const make = async () => {
      const written = await writeTaskFiles(task, step, world)
      await freshWorkspace(at, step.base, more, world)
      return written
    }
    files = await world.patience(`The workspace of ${task.id}`, make, world.endWork)
  } catch (error) {
    const detail = world.mask(error instanceof Error ? error.message : String(error))
    return failed(
      world.cancel.aborted ? haltFailure(world) : { code: 'workspace', detail },
      since(start, world),
    )
  }
  const timeoutMinutes = task.timeoutMinutes ?? settings.taskTimeoutMinutes
  const run = {
    name: task.id,
    scriptName: `task-${task.id}`,
    env: files.env,
    logFile: files.log,
    timeoutMinutes,
    signal: world.endWork,
  }
  const failedSetup = await setUp(
    at,
    { ...run, env: { ...files.env, ...standsAt(step.base, [task.id]) } },
    world,
  )
  const workspace = since(start, world)
  if (failedSetup) return failed(failedSetup.failure, workspace)
  const ended = await runUserCommand(
    {
      ...run,
      script: task.run ?? settings.run ?? '',
      cwd: at.dir,
      env: { ...task.env, ...files.env },
      stdin: task.prompt ?? '',
      append: settings.setup !== null,
      idleMinutes: settings.idleTimeoutMinutes,
    },
    world,
  )
  await world.memory.ended(ended.peakBytes ?? null)
  const seconds = { workspace, worker: ended.seconds }
  const result = { exitCode: ended.exitCode, seconds }
  const failure = failureOfWorker(ended, timeoutMinutes, settings.idleTimeoutMinutes, world)
  const harvested = await takeWork(
    task,
    at,
    () => harvest(task, at, step.base, 'worker', world, null, failure === null),
    world,
  )
  // That it is in its workspace alone is worse than how it ended.
  const worst = isStranded(harvested.problem) ? harvested.problem : (failure ?? harvested.problem)
  if (harvested.kind === 'unchanged') {
    return worst
      ? { ...result, kind: 'failed', failure: worst, kept: null }
      : { ...result, kind: 'unchanged' }
  }
  const { candidate, diffstat } = harvested
  return worst
    ? { ...result, diffstat, kind: 'failed', failure: worst, kept: candidate }
    : { ...result, diffstat, kind: 'candidate', candidate }
}

const FULL_DISK = 'the disk is full'

/** Whether a workspace is the only copy of what a worker has done. */
export function isStranded(failure: Failure | null): boolean {
  return failure?.code === 'workspace' && failure.detail.startsWith(FULL_DISK)
}

/**
 * Takes the work out of the workspace, with patience for a full disk. Where that stays full, the workspace goes out of the way
 * of whatever comes next, and stays.
 */
export async function takeWork(
  task: Task,
  at: Checkout,
  take: () => Promise<Harvest>,
  world: World,
): Promise<Harvest> {
  try {
    return await world.patience(`The finished work of ${task.id}`, take, world.endWork)
  } catch (error) {
    if (!isFullDisk(error)) throw error
    const place = await world.files.moveAside(at.dir).catch(() => at.dir)
    const detail = `${FULL_DISK}, so what its worker has done could not be taken out of ${place}: it is there, and nothing removes it`
    return { kind: 'unchanged', problem: { code: 'workspace', detail } }
  }
}

/** null: it did what it was asked. The first reason wins: a worker that we ended is not a worker that failed. */
export function failureOfWorker(
  ended: Ended,
  timeoutMinutes: number,
  idleMinutes: number,
  world: World,
): Failure | null {
  switch (ended.reason) {
    case 'abort':
      return haltFailure(world)
    case 'timeout':
      return { code: 'timeout', minutes: timeoutMinutes }
    case 'idle':
      return { code: 'idle', minutes: idleMinutes }
    case 'spawn':
      return { code: 'workspace', detail: ended.detail ?? 'the shell could not be started' }
    case 'exit':
      if (ended.signal !== null) return { code: 'worker-signal', signal: ended.signal }
      return ended.exitCode === 0 ? null : { code: 'worker-exit', exitCode: ended.exitCode ?? 1 }
  }
}

function since(start: number, world: World): number {
  return (world.clock.now() - start) / 1000
}
