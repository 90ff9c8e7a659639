/** Where a run that has not ended stands: counts, and a word for what each task is doing. Pure. */
import type { Outcome, RunState, Stage } from '../decide/task.ts'
import { unreachable } from '../decide/task.ts'
import { OUTCOMES, plural } from './wording.ts'

export type Standing = Readonly<Record<Outcome | 'waiting' | 'running' | 'ready', number>> & {
  /** Without those that were not to run. */
  readonly wanted: number
}

export function standingOf({ tasks }: Pick<RunState, 'tasks'>): Standing {
  const counts = {
    ...{ waiting: 0, running: 0, ready: 0 },
    ...{
      landed: 0,
      unchanged: 0,
      failed: 0,
      'blocked-push': 0,
      blocked: 0,
      cancelled: 0,
      skipped: 0,
      reverted: 0,
    },
  }
  for (const { stage } of tasks) counts[placeOf(stage)]++
  return { ...counts, wanted: tasks.length - counts.skipped }
}

function placeOf(stage: Stage): keyof Omit<Standing, 'wanted'> {
  switch (stage.kind) {
    case 'waiting':
    case 'handoff':
      return 'waiting'
    case 'working':
    case 'remediating':
      return 'running'
    case 'ready':
      return 'ready'
    case 'ended':
      return stage.outcome
    default:
      return unreachable(stage)
  }
}

/** Each of them is another reason to look, so each has its own count. */
const WRONG: readonly Outcome[] = ['failed', 'blocked-push', 'blocked', 'reverted', 'cancelled']

/** `12/40 landed, 4 running, 1 failed`; what is none is left out. */
export function standingWords(standing: Standing): string {
  return [
    `${standing.landed}/${standing.wanted} landed`,
    `${standing.running} running`,
    ...others(standing),
  ].join(', ')
}

/** `12 of 40 tasks landed on main so far, 4 running, 2 ready to land, 21 waiting, 1 failed`. */
export function headlineSoFar(standing: Standing, branch: string, dryRun: boolean): string {
  const landed = dryRun ? `would land on ${branch}` : `landed on ${branch} so far`
  return [
    `${standing.landed} of ${plural(standing.wanted, 'task')} ${landed}`,
    `${standing.running} running`,
    standing.ready > 0 ? `${standing.ready} ready to land` : '',
    standing.waiting > 0 ? `${standing.waiting} waiting` : '',
    ...others(standing),
    dryRun ? 'dry run' : '',
  ]
    .filter(part => part !== '')
    .join(', ')
}

function others(standing: Standing): readonly string[] {
  const told: readonly Outcome[] = ['unchanged', ...WRONG]
  return told
    .filter(outcome => standing[outcome] > 0)
    .map(outcome => `${standing[outcome]} ${OUTCOMES[outcome].word}`)
}

/** What a task is doing; null: it has ended. */
export function stageWord(stage: Stage): string | null {
  switch (stage.kind) {
    case 'waiting':
      return 'waiting'
    case 'working':
      return 'running'
    case 'ready':
      return 'ready to land'
    case 'handoff':
      return 'to be remediated'
    case 'remediating':
      return 'being remediated'
    case 'ended':
      return null
    default:
      return unreachable(stage)
  }
}
