/** One run of the pure decisions, event by event, for tests that tell a story. */
import { apply, settle } from '../../../src/decide/apply.ts'
import type { Changes } from '../../../src/decide/changes.ts'
import type { Failure, RefusalCode } from '../../../src/decide/failure.ts'
import type { Event, PushResult, StackResult } from '../../../src/decide/happened.ts'
import { next } from '../../../src/decide/next.ts'
import { initialState } from '../../../src/decide/state.ts'
import type {
  Candidate,
  GateResult,
  Limits,
  Plan,
  RunState,
  Sha,
  Step,
  TaskState,
} from '../../../src/decide/task.ts'
import type { Happened } from '../../../src/run/loop.ts'
import { idOf, LIMITS, planOf, shaOf, type TaskSketch } from './plan.ts'

export const TIP = shaOf('tip')
export const AT = '2026-01-01T00:00:00.000Z'
const NOW = Date.parse(AT)
const SECONDS = { workspace: 1, worker: 2 }

export function candidateOf(id: string, source: Candidate['source'] = 'worker'): Candidate {
  return {
    commit: shaOf(`work-${id}`),
    base: TIP,
    changes: { files: 1, insertions: 2, deletions: 3 },
    source,
  }
}

export function gateResult(tree: string, passed: boolean | null, runs = 1): GateResult {
  return {
    tree: shaOf(tree),
    commit: shaOf(`commit of ${tree}`),
    passed,
    runs,
    exitCode: passed ? 0 : 1,
    signal: null,
    timedOut: false,
    seconds: 1,
    logFile: 'gate.log',
    outputTail: '',
  }
}

export const refused = (code: RefusalCode, suspects: readonly string[] = []): PushResult => ({
  kind: 'refused',
  refusal: { code, output: `the remote says ${code}` },
  suspects: suspects.map(idOf),
})

export const unreachable = (code: RefusalCode): StackResult => ({
  kind: 'unreachable',
  refusal: { code, output: `the remote says ${code}` },
})

export const worked = (id: string): Happened => ({
  type: 'worked',
  task: idOf(id),
  result: { kind: 'candidate', candidate: candidateOf(id), exitCode: 0, seconds: SECONDS },
})

export const failed = (id: string, failure: Failure, kept: Candidate | null = null): Happened => ({
  type: 'worked',
  task: idOf(id),
  result: { kind: 'failed', failure, kept, exitCode: 1, seconds: SECONDS },
})

export const unchanged = (id: string): Happened => ({
  type: 'worked',
  task: idOf(id),
  result: { kind: 'unchanged', exitCode: 0, seconds: SECONDS },
})

export const remediated = (id: string, failure: Failure | null = null): Happened => ({
  type: 'remediated',
  task: idOf(id),
  result: failure
    ? { kind: 'failed', failure, kept: candidateOf(id), exitCode: 1, seconds: SECONDS }
    : { kind: 'candidate', candidate: candidateOf(id, 'remediation'), exitCode: 0, seconds: SECONDS },
})

export const kept = (id: string): Happened => ({
  type: 'found',
  task: idOf(id),
  found: { kind: 'candidate', candidate: candidateOf(id, 'blocked') },
})

export interface Play {
  readonly plan: Plan
  readonly events: readonly Event[]
  state(): RunState
  task(id: string): TaskState
  /** `landed`, or outcome and reason: `blocked-push secret`; the stage of who has not ended. */
  end(id: string): string
  /** What may start now, all of it begun. */
  begin(): readonly Step[]
  /** The same in words: `work a`, `stack a b`, `gate a+b`, `push a b`. */
  begun(): readonly string[]
  take(...happened: readonly Happened[]): void
  /** The lane's fetch and merge end well: one layer for each task it was given but those in conflict. */
  stacked(change?: {
    readonly tip?: Sha
    readonly conflicts?: Readonly<Record<string, 'tip' | 'mate'>>
    readonly noops?: readonly string[]
    readonly landed?: readonly string[]
    /** Out of scope where they would land. */
    readonly refused?: Readonly<Record<string, 'tip' | 'mate'>>
    /** What a layer changes there, where that is not what its candidate changes. */
    readonly changes?: Readonly<Record<string, Changes>>
  }): void
  /** The gates under way end; red are the prefixes that hold one of these, or every tree for '*'. */
  gated(red?: readonly string[]): void
  pushed(result?: PushResult): void
}

export function play(
  sketches: readonly (TaskSketch | string)[],
  change: Partial<Limits> = {},
  given: { readonly only?: readonly string[]; readonly start?: RunState } = {},
): Play {
  const limits = { ...LIMITS, ...change }
  const plan = planOf(sketches.map(each => (typeof each === 'string' ? { id: each } : each)))
  const start = given.start ?? initialState(plan, TIP, limits.maxBatch, given.only ?? [], NOW)
  const events: Event[] = []
  let state = settle(plan, start, limits, AT)
  let lane: Step | null = null

  const take = (...happened: readonly Happened[]): void => {
    for (const each of happened) {
      const event = JSON.parse(JSON.stringify({ ...each, at: AT })) as Event
      events.push(event)
      state = apply(plan, state, limits, event)
    }
  }
  const laneStep = <K extends Step['kind']>(kind: K): Extract<Step, { kind: K }> => {
    if (lane?.kind !== kind) throw new Error(`the lane is at ${lane?.kind ?? 'nothing'}, not at ${kind}`)
    return lane as Extract<Step, { kind: K }>
  }
  const begin = (): readonly Step[] => {
    const steps = next(plan, state, limits)
    for (const step of steps) {
      take({ type: 'began', step })
      if (step.kind === 'stack' || step.kind === 'gate' || step.kind === 'push') lane = step
    }
    return steps
  }
  const task = (id: string): TaskState => state.tasks[plan.index.get(idOf(id))!]!

  return {
    plan,
    events,
    state: () => state,
    task,
    end: id => {
      const { stage } = task(id)
      if (stage.kind !== 'ended') return stage.kind
      const { outcome, failure } = stage
      return failure ? `${outcome} ${failure.code === 'refused' ? failure.refusal : failure.code}` : outcome
    },
    begin,
    begun: () => begin().map(words),
    take,
    stacked: ({ tip = TIP, conflicts = {}, noops = [], landed = [], refused = {}, changes = {} } = {}) => {
      const out = new Set([...Object.keys(conflicts), ...Object.keys(refused), ...noops, ...landed])
      const ids = laneStep('stack')
        .tasks.map(each => each.task)
        .filter(id => !out.has(id))
      const layers = ids.map((id, i) => ({
        task: id,
        commit: shaOf(`commit-${id}`),
        tree: shaOf(`${tip}+${ids.slice(0, i + 1).join('+')}`),
        ...(changes[id] ? { changes: changes[id] } : {}),
      }))
      take({
        type: 'stacked',
        result: {
          kind: 'stacked',
          stack: { tip, tipTree: tip, layers },
          conflicts: Object.entries(conflicts).map(([id, what]) => ({
            task: idOf(id),
            with: what,
            files: ['f'],
          })),
          refused: Object.entries(refused).map(([id, what]) => ({
            task: idOf(id),
            with: what,
            failure: { code: 'out-of-scope', problems: [`of ${id}`] },
          })),
          noops: noops.map(idOf),
          landed: landed.map(id => ({ task: idOf(id), commit: shaOf(`commit-${id}`) })),
        },
      })
    },
    gated: (red = []) => {
      const results = laneStep('gate').targets.map(({ tree, tasks }) =>
        gateResult(tree, !(red.includes('*') || tasks.some(id => red.includes(id)))),
      )
      take({ type: 'gated', results })
    },
    pushed: (result = { kind: 'landed', bypassed: [] }) =>
      take({ type: 'pushed', layers: laneStep('push').layers, result }),
  }
}

function words(step: Step): string {
  switch (step.kind) {
    case 'stack':
      return ['stack', ...step.tasks.map(each => each.task)].join(' ')
    case 'push':
      return ['push', ...step.layers.map(each => each.task)].join(' ')
    case 'gate':
      return ['gate', ...step.targets.map(target => target.tasks.join('+') || 'tip')].join(' ')
    default:
      return `${step.kind} ${step.task}`
  }
}
