/** A tasks file of 1,000 tasks: its plan, its summary, and the bookkeeping of one landing. Whole runs are growth.ts's. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parsePlan } from '../src/decide/plan.ts'
import { archiveTask, type Ledger, openLedger } from '../src/decide/queue.ts'
import { endTask, initialState } from '../src/decide/state.ts'
import type { Plan, Sha } from '../src/decide/task.ts'
import { NOT_VERIFIED, verdict } from '../src/decide/verdict.ts'
import { publish } from '../src/publish.ts'
import { CLI } from './bed.ts'
import { median, type Row, timeCommand } from './measure.ts'

const MANY = 1000
const FEW = 10
const WHEN = '2026-01-01T00:00:00.000Z'

/**
 * As people write them: comments, a prompt of some lines, globs, needs on what comes long before. They change `files`
 * files in turn.
 */
export function queueOf(count: number, files = count): string {
  const tasks = Array.from({ length: count }, (_, i) => {
    const file = `src/${i % files}.txt`
    return [
      `# about ${i}`,
      `- id: task-${i}`,
      `  title: Do the thing number ${i}`,
      ...['  prompt: |', '    Please do this & that.', '', '    * and that'],
      `  paths: [${file}, docs/${i}/**]`,
      ...(i > 100 ? [`  needs: [task-${i - 100}]`] : []),
      `  run: echo done by ${i} > ${file}`,
      '',
    ].join('\n')
  })
  return `# The queue.\n\n${tasks.join('\n')}`
}

const hash = (text: string): string => text

export function planOfQueue(count: number): Plan {
  const read = parsePlan({ text: queueOf(count), file: 'tasks.yml' }, { defaultRun: null, only: [], hash })
  if (!read.ok) throw new Error('the queue is not valid')
  return read.plan
}

async function summaryOf(count: number, folder: string): Promise<number> {
  const plan = planOfQueue(count)
  const fresh = initialState(plan, 'base' as Sha, 0, [], 0)
  const state = plan.tasks.reduce(
    (s, _, i) =>
      i % 10 === 0
        ? endTask(plan, s, i, { outcome: 'failed', failure: { code: 'worker-exit', exitCode: 1 } }, WHEN)
        : endTask(plan, s, i, { outcome: 'landed', failure: null }, WHEN),
    fresh,
  )
  const start = performance.now()
  const facts = {
    ...{ key: '1-1', repository: 'o/r', branch: 'main', baseSha: 'base', headSha: 'head' },
    ...{ startedAt: WHEN, finishedAt: WHEN, workers: 4, dryRun: false, resumed: false },
  }
  const summary = verdict(plan, state, facts, NOT_VERIFIED)
  await publish(summary, { runDirectory: folder, repositoryUrl: null, mask: text => text })
  return performance.now() - start
}

/** Milliseconds of one landing's edits, in the middle of a run. */
function landingOf(count: number): number {
  let ledger = openLedger(queueOf(count), null) as Ledger
  const landings = Math.min(count - 1, 100)
  const start = performance.now()
  for (let i = 0; i < landings; i++) {
    const next = archiveTask(ledger, 'fanout', `task-${i}`, { completedAt: WHEN, runKey: '1-1' })
    if ('problem' in next) throw new Error(next.problem)
    ledger = next
  }
  return (performance.now() - start) / landings
}

async function repeated(rounds: number, measure: () => number | Promise<number>): Promise<number> {
  const times: number[] = []
  for (let round = 0; round < rounds; round++) times.push(await measure())
  return median(times)
}

export async function queue(): Promise<readonly Row[]> {
  const folder = await mkdtemp(join(tmpdir(), 'fanout-bench-'))
  try {
    const file = join(folder, 'tasks.yml')
    await writeFile(file, queueOf(MANY))
    const plan = await repeated(5, () =>
      timeCommand(process.execPath, [CLI, 'plan', '--tasks', file], { cwd: folder }),
    )
    const summary = await repeated(5, () => summaryOf(MANY, folder))
    const [landingFew, landingMany] = [
      await repeated(9, () => landingOf(FEW)),
      await repeated(9, () => landingOf(MANY)),
    ]
    const against = `of ${FEW}`
    return [
      { name: `fanout plan of ${MANY} tasks, the whole process`, value: plan, unit: 'ms', goal: 1000 },
      { name: `summary and report of ${MANY} tasks`, value: summary, unit: 'ms', goal: 1000 },
      { name: `bookkeeping of a landing, one of ${FEW} tasks`, value: landingFew, unit: 'ms' },
      {
        name: `bookkeeping of a landing, one of ${MANY} tasks`,
        value: landingMany,
        unit: 'ms',
        ratio: landingMany / landingFew,
        against,
      },
    ]
  } finally {
    await rm(folder, { recursive: true })
  }
}
