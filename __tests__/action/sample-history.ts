/** What went on in the sample runs, for pictures and stories. */

import type { PushResult, WorkResult } from '../../src/decide/happened.ts'
import {
  type GateRun,
  type History,
  NO_HISTORY,
  type PushTry,
  type WorkerRun,
} from '../../src/decide/history.ts'
import type { Summary } from '../../src/decide/summary.ts'
import type { Candidate, GateResult, Handoff, TaskId } from '../../src/decide/task.ts'
import { idOf, shaOf } from '../rig/model/plan.ts'
import { at, SHA } from './sample.ts'

const time = (seconds: number): number => Date.parse(at(seconds))
const LANDED: PushResult = { kind: 'landed', bypassed: [] }
const candidate: Candidate = {
  commit: shaOf(SHA),
  base: shaOf('b'.repeat(40)),
  changes: { files: 3, insertions: 10, deletions: 2 },
  source: 'worker',
}
const ENDED = { exitCode: 0, seconds: { workspace: 0.1, worker: 6 } }
const DONE: WorkResult = {
  ...ENDED,
  kind: 'candidate',
  candidate,
  diffstat: {
    files: [
      { path: 'docs/größe.md', insertions: 1, deletions: 0 },
      { path: 'logo.png', insertions: null, deletions: null },
      { path: 'src/very/deep/down/in/the/folders/of/a/package/index.ts', insertions: 9, deletions: 2 },
    ],
    more: 0,
  },
}
const EXIT: WorkResult = {
  ...ENDED,
  exitCode: 3,
  kind: 'failed',
  failure: { code: 'worker-exit', exitCode: 3 },
  kept: null,
}

function worker(
  id: string,
  from: number,
  to: number | null,
  result: WorkResult | null = DONE,
  attempt = 1,
): WorkerRun {
  return {
    task: idOf(id),
    attempt,
    handoff: null,
    from: time(from),
    to: to === null ? null : time(to),
    result,
  }
}

export function gateOf(passed: boolean | null, seconds: number): GateResult {
  const red = { exitCode: 2, outputTail: 'FAIL src/index.test.ts\n1 test failed\n' }
  const [tree, commit] = [shaOf('e'.repeat(40)), shaOf('d'.repeat(40))]
  const said = passed ? { exitCode: 0, outputTail: 'ok\n' } : red
  return {
    tree,
    commit,
    passed,
    runs: 1,
    ...said,
    signal: null,
    timedOut: false,
    seconds,
    logFile: 'gate-1.log',
  }
}

function gate(ids: readonly string[], from: number, to: number, passed: boolean): GateRun {
  const result = gateOf(passed, to - from)
  const target = { commit: result.commit, tree: result.tree, tasks: ids.map(idOf), n: 1 }
  return { target, from: time(from), to: time(to), result }
}

function push(ids: readonly string[], from: number, to: number, result: PushResult): PushTry {
  return { tasks: ids.map(id => id as TaskId), from: time(from), to: time(to), result }
}

const refused = (code: 'race' | 'secret'): PushResult => ({
  kind: 'refused',
  refusal: { code, output: '' },
  suspects: [],
})
const RED_GATE: Handoff = { kind: 'gate', gate: gateOf(false, 3) }
const CONFLICT: Handoff = { kind: 'conflict', files: ['README.md', 'docs/index.md'] }

/** Of the sample with every outcome. */
export const EVERY_HISTORY: History = {
  ...NO_HISTORY,
  workers: [
    worker('bump-deps', 0, 6),
    worker('fix-readme', 2, 20),
    worker('nothing', 7, 19, { ...ENDED, kind: 'unchanged' }),
    worker('types', 20, 100, EXIT),
    { ...worker('fix-readme', 24, 28, EXIT), handoff: RED_GATE },
    { ...worker('fix-readme', 28, 32, DONE, 2), handoff: CONFLICT },
    worker('secrets', 45, 105),
    worker('types', 100, 200, EXIT, 2),
    worker('undone', 100, 120),
    worker('late', 200, 250, { ...EXIT, failure: { code: 'deadline' }, kept: candidate }),
  ],
  gates: [
    gate(['bump-deps'], 6, 8, true),
    gate(['fix-readme'], 20, 23, false),
    gate(['fix-readme'], 32, 38, true),
    gate(['secrets', 'undone'], 120, 127, true),
  ],
  pushes: [
    push(['bump-deps'], 8, 9, LANDED),
    push(['fix-readme'], 38, 39, refused('race')),
    push(['fix-readme'], 39, 40, LANDED),
    push(['secrets', 'undone'], 127, 129, refused('secret')),
    push(['undone'], 129, 130, LANDED),
    push([], 245, 246, LANDED),
  ],
  verifications: [
    { from: time(222), to: time(234), result: gateOf(false, 12) },
    { from: time(238), to: time(250), result: gateOf(true, 12) },
  ],
  reverts: [{ task: idOf('undone'), commit: shaOf(SHA), at: time(246) }],
}

/** Of a run in which each task had one worker, and every ten of them one gate and one push. */
export function plainHistory(summary: Summary): History {
  const started = summary.tasks.filter(task => task.started_at !== null)
  const workers = started.map((task): WorkerRun => {
    const from = Date.parse(task.started_at ?? '')
    const to = from + (task.seconds.workspace + task.seconds.worker) * 1000
    return {
      task: idOf(task.id),
      attempt: 1,
      handoff: null,
      from,
      to,
      result: task.outcome === 'failed' ? EXIT : DONE,
    }
  })
  const stacks = Array.from({ length: Math.floor(workers.length / 10) }, (_, i) =>
    workers.slice(i * 10, i * 10 + 10),
  )
  const lanes = stacks.map(stack => {
    const from = Math.max(...stack.map(run => run.to ?? 0))
    return { from, ids: stack.map(run => run.task) }
  })
  const result = gateOf(true, 1)
  return {
    ...NO_HISTORY,
    workers,
    gates: lanes.map(({ from, ids }) => ({
      ...{ from, to: from + 1000, result },
      target: { commit: result.commit, tree: result.tree, tasks: ids, n: 1 },
    })),
    pushes: lanes.map(({ from, ids }) => ({
      tasks: ids,
      from: from + 1000,
      to: from + 1300,
      result: LANDED,
    })),
  }
}
