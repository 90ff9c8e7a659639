/** What the workers and the `remediate` command of a scenario do. */
import type { RefusalCode } from '../../../src/decide/failure.ts'
import type { WorkResult } from '../../../src/decide/happened.ts'
import type { Candidate, Halt, RemediateStep, Sha, TaskId, WorkStep } from '../../../src/decide/task.ts'
import type { Chance } from './chance.ts'
import type { Files, History } from './history.ts'
import type { Scenario, TaskScenario } from './scenario.ts'

export interface Crew {
  /** `halted`: what the run was asked while the worker ran. */
  readonly work: (step: WorkStep, halted: Halt | null) => WorkResult
  readonly remediate: (step: RemediateStep, halted: Halt | null) => WorkResult
  /** Work that an earlier run kept. */
  readonly saved: ReadonlyMap<TaskId, Candidate>
}

const NO_CHANGES = { files: 1, insertions: 1, deletions: 0 }
const SECONDS = { workspace: 1, worker: 2 }
/** What a remedy writes where the worker's own change was red. */
const MENDED = 100

export function createCrew(scenario: Scenario, history: History, base: Sha, chance: Chance): Crew {
  const numberOf = (task: TaskId): number => Number(task.slice(1))
  const specOf = (task: TaskId): TaskScenario => scenario.tasks[numberOf(task)]!

  function writesOf(i: number, spec: TaskScenario): Files {
    return {
      ...(spec.own ? { [`f${i}`]: 1 } : {}),
      ...(spec.shared ? { [`s${spec.shared.file}`]: spec.shared.value } : {}),
      ...(spec.undoes && spec.needs[0] !== undefined ? { [`f${spec.needs[0]}`]: 0 } : {}),
      ...(spec.mendsBase && scenario.base === 'mendable' ? { base: 1 } : {}),
    }
  }

  function candidateOf(
    task: TaskId,
    at: Sha,
    files: Files,
    source: Candidate['source'],
    refused: RefusalCode | null,
  ): Candidate | null {
    const tree = history.tree(files)
    if (tree === history.at(at).tree) return null
    const commit = history.commit({ tree, parent: at, task, refused })
    return { commit, base: at, changes: NO_CHANGES, source }
  }

  function work({ task, attempt, base: at }: WorkStep, halted: Halt | null): WorkResult {
    const spec = specOf(task)
    const kind = spec.runs[Math.min(attempt, spec.runs.length) - 1]!
    const files = { ...history.filesOf(at), ...writesOf(numberOf(task), spec) }
    const made = candidateOf(task, at, files, 'worker', spec.saved === 'refused' ? null : spec.refused)
    if ((halted === 'signal' || halted === 'deadline') && chance.happens(0.7)) {
      const exitCode = chance.happens(0.3) ? 0 : null
      return { kind: 'failed', failure: { code: halted }, kept: made, exitCode, seconds: SECONDS }
    }
    const failed = (exitCode: number, kept: Candidate | null): WorkResult => ({
      kind: 'failed',
      failure:
        kind === 'internal'
          ? { code: 'internal', detail: 'a bug' }
          : kind === 'out-of-scope'
            ? { code: 'out-of-scope', problems: ['a file'] }
            : { code: 'worker-exit', exitCode },
      kept,
      exitCode,
      seconds: SECONDS,
    })
    switch (kind) {
      case 'candidate':
        return made
          ? { kind: 'candidate', candidate: made, exitCode: 0, seconds: SECONDS }
          : { kind: 'unchanged', exitCode: 0, seconds: SECONDS }
      case 'unchanged':
        return { kind: 'unchanged', exitCode: 0, seconds: SECONDS }
      case 'exit-kept':
        return failed(1, made)
      case 'out-of-scope':
        return failed(0, made)
      default:
        return failed(1, null)
    }
  }

  function remediate(
    { task, attempt, base: at, candidate, handoff }: RemediateStep,
    halted: Halt | null,
  ): WorkResult {
    const spec = specOf(task)
    const remedy = spec.remedies[Math.min(attempt, spec.remedies.length) - 1]!
    const [mine, old] = [history.filesOf(candidate.commit), history.filesOf(candidate.base)]
    const changed = [...new Set([...Object.keys(mine), ...Object.keys(old)])].filter(
      name => (mine[name] ?? 0) !== (old[name] ?? 0),
    )
    const own = `f${numberOf(task)}`
    const files = {
      ...history.filesOf(at),
      ...Object.fromEntries(changed.map(name => [name, mine[name] ?? 0])),
      ...(handoff.kind === 'gate' && remedy === 'fix' ? { [own]: MENDED + numberOf(task) } : {}),
    }
    const failed = (code: 'signal' | 'deadline' | null): WorkResult => ({
      kind: 'failed',
      failure: code ? { code } : { code: 'worker-exit', exitCode: 1 },
      kept: candidate,
      exitCode: code ? null : 1,
      seconds: SECONDS,
    })
    if ((halted === 'signal' || halted === 'deadline') && chance.happens(0.7)) return failed(halted)
    if (remedy === 'exit') return failed(null)
    const refused = remedy === 'fix' ? null : history.at(candidate.commit).refused
    const made = remedy === 'unchanged' ? null : candidateOf(task, at, files, 'remediation', refused)
    return made
      ? { kind: 'candidate', candidate: made, exitCode: 0, seconds: SECONDS }
      : { kind: 'unchanged', exitCode: 0, seconds: SECONDS }
  }

  const saved = new Map<TaskId, Candidate>()
  scenario.tasks.forEach((spec, i) => {
    if (spec.saved === 'no') return
    const task = `t${i}` as TaskId
    const files = { ...writesOf(i, spec), ...(spec.saved === 'red' ? { [`f${i}`]: 2 } : {}) }
    const refused = spec.saved === 'refused' ? 'secret' : spec.refused
    const candidate = candidateOf(task, base, files, 'blocked', refused)
    if (candidate) saved.set(task, candidate)
  })

  return { work, remediate, saved }
}
