/** The story of a run, from where it stands: loop -> save what did not land -> verify -> verdict. */

import { diskFault } from '../decide/disk.ts'
import type { Failure } from '../decide/failure.ts'
import type { Event } from '../decide/happened.ts'
import { isoTime } from '../decide/identity.ts'
import type { Settings } from '../decide/settings.ts'
import type { Summary } from '../decide/summary.ts'
import type { Limits, RunState, Sha, Step, TaskId } from '../decide/task.ts'
import { unreachable } from '../decide/task.ts'
import { type RunFacts, verdict } from '../decide/verdict.ts'
import type { Halts } from '../world/halt.ts'
import type { Journal } from '../world/journal.ts'
import { finish, keepAttempt } from './finish.ts'
import { settleGates } from './gate.ts'
import { type LaneTools, land } from './land.ts'
import { type Happened, type LoopWorld, loop } from './loop.ts'
import { type KeptRefs, keepRefs } from './refs.ts'
import { remediate } from './remediate.ts'
import { nothingRecalled } from './tip.ts'
import { verify } from './verify.ts'
import { work } from './work.ts'
import type { LaneWorld, World } from './world.ts'

export interface Opened {
  readonly world: LaneWorld
  readonly workers: number
  readonly repository: string
  readonly startedAt: string
  readonly resumed: boolean
  readonly state: RunState
  readonly journal: Journal
  readonly halts: Halts
  /** Refs of blocked work that the remote holds. */
  readonly keptRefs: KeptRefs
  readonly observe: (event: Event, state: RunState) => void
}

export interface Report {
  readonly summary: Summary
  readonly state: RunState
}

export async function run(opened: Opened): Promise<Report> {
  const { world, journal, halts, observe } = opened
  const limits = limitsOf(world.settings, opened.workers)
  const tools: LaneTools = { slots: new Map(), recall: nothingRecalled() }
  const loopWorld: LoopWorld = {
    clock: world.clock,
    journal,
    listen: halts.listen,
    giveUp: halts.interrupt,
    observe,
    perform: (step, state) => perform(step, state, tools, world),
  }
  const landed = await loop(world.plan, opened.state, limits, loopWorld)
  await keepRefs(landed, opened.keptRefs, world)
  const { verification, state: verified } = await verify(landed, limits, opened, tools.slots)
  // What was reverted leaves its work behind as well.
  const state = verified === landed ? landed : await loop(world.plan, verified, limits, loopWorld)
  await settleGates(tools.slots)
  const facts = factsOf(opened, state.lane.tip)
  return { summary: verdict(world.plan, state, facts, verification), state }
}

/** What a report says about the run itself, now. */
export function factsOf(
  opened: Pick<Opened, 'repository' | 'startedAt' | 'workers' | 'resumed'> & {
    readonly world: Pick<World, 'key' | 'branch' | 'base' | 'clock'> & {
      readonly settings: Pick<Settings, 'dryRun'>
    }
  },
  headSha: Sha,
): RunFacts {
  const { world, repository, startedAt, workers, resumed } = opened
  return {
    ...{ key: world.key, repository, branch: world.branch, baseSha: world.base, headSha },
    ...{ startedAt, finishedAt: isoTime(world.clock.now()), workers },
    ...{ dryRun: world.settings.dryRun, resumed },
  }
}

export function limitsOf(settings: Settings, workers: number): Limits {
  return {
    workers,
    maxTasks: settings.maxTasks,
    maxFailures: settings.maxFailures,
    retries: settings.retries,
    gate: settings.gate !== null,
    gateSlots: settings.gateSlots,
    maxBatch: settings.maxBatch,
    remediate: settings.remediate !== null,
    maxRemediations: settings.maxRemediations,
    maxPushAttempts: settings.maxPushAttempts,
    pushBackoffMs: settings.pushBackoffMs,
  }
}

/** Never rejects: an unexpected throw is a task's `internal` failure, or a fault of the lane that it retries. */
async function perform(step: Step, state: RunState, tools: LaneTools, world: LaneWorld): Promise<Happened> {
  try {
    return await performStep(step, state, tools, world)
  } catch (error) {
    const detail = world.mask(error instanceof Error ? (error.stack ?? error.message) : String(error))
    world.log.debug(`${step.kind}: ${detail}`)
    // The machine's own trouble is no fault of ours, and no task's: when it is over the task starts again.
    const disk = diskFault(error, world.places.run, true)
    const failure: Failure = disk ? { code: 'workspace', detail: disk.what } : { code: 'internal', detail }
    const failed = {
      kind: 'failed',
      failure,
      kept: null,
      exitCode: null,
      seconds: { workspace: 0, worker: 0 },
    } as const
    switch (step.kind) {
      case 'work':
        return { type: 'worked', task: step.task, result: failed }
      case 'remediate':
        return { type: 'remediated', task: step.task, result: { ...failed, kept: step.candidate } }
      case 'finish':
        world.log.warning('finish', `${step.task}: what it left could not all be kept: ${detail}`)
        return { type: 'finished', task: step.task, files: [] }
      default:
        return {
          type: 'stacked',
          result: { kind: 'unreachable', refusal: { code: 'unknown', output: detail } },
        }
    }
  }
}

async function performStep(
  step: Step,
  state: RunState,
  tools: LaneTools,
  world: LaneWorld,
): Promise<Happened> {
  switch (step.kind) {
    case 'work': {
      const more = state.tasks.some(({ stage }) => stage.kind === 'waiting')
      const before = state.tasks[world.plan.index.get(step.task) ?? -1]?.candidate ?? null
      if (step.attempt > 1 && before !== null)
        await keepAttempt(step.task, step.attempt - 1, before, withoutRemote(world))
      const result = await work(taskOf(step.task, world), step, more, withoutRemote(world))
      return { type: 'worked', task: step.task, result }
    }
    case 'remediate': {
      const result = await remediate(taskOf(step.task, world), step, withoutRemote(world))
      return { type: 'remediated', task: step.task, result }
    }
    case 'finish': {
      const task = state.tasks[world.plan.index.get(step.task) ?? -1]
      if (!task) throw new Error(`no task ${step.task}`)
      return { type: 'finished', task: step.task, files: await finish(task, withoutRemote(world)) }
    }
    case 'stack':
    case 'gate':
      return world.patience('The lane', () => land(step, tools, world), world.cancel)
    case 'push':
      return land(step, tools, world)
    default:
      return unreachable(step)
  }
}

function taskOf(id: TaskId, world: LaneWorld): LaneWorld['plan']['tasks'][number] {
  const task = world.plan.tasks[world.plan.index.get(id) ?? -1]
  if (!task) throw new Error(`no task ${id}`)
  return task
}

/** What a worker's side is given: everything but the power to push. */
function withoutRemote(world: LaneWorld): Omit<LaneWorld, 'remote'> {
  const { remote: _, ...rest } = world
  return rest
}
