/** How a run stands: while it goes on, when it has ended, and where it was cut off. Pure. */
import type { SavedState } from '../decide/read-back.ts'
import type { Summary, SummaryTask } from '../decide/summary.ts'
import type { Outcome } from '../decide/task.ts'
import { FAILING } from '../decide/verdict.ts'
import { shellLine } from './shell-words.ts'
import { causedBy, headline, logOf, needPerson, OUTCOMES, plural } from './wording.ts'

export interface StatusFacts {
  /** Absolute path. */
  readonly directory: string
  readonly key: string
  readonly branch: string
  readonly dryRun: boolean
  readonly startedAt: string
  readonly alive: boolean
  readonly inPlace: boolean
  readonly summary: Summary | null
  readonly state: SavedState | null
  /** Runs that tried tasks of this one again, in the order they began. */
  readonly retries: readonly { readonly directory: string; readonly summary: Summary }[]
  /** The words of the command that began it; null: they are not known, or no line to copy. */
  readonly began: readonly string[] | null
  /** How the reader calls this command, such as `fanout`. */
  readonly self: string
}

/** What `--json` prints; keys are for tools. */
export interface StatusView {
  readonly version: 1
  readonly state: 'running' | 'ended' | 'cut-off'
  readonly conclusion: 'success' | 'failure' | null
  readonly headline: string
  readonly run_directory: string
  readonly run: {
    readonly key: string
    readonly branch: string
    readonly started_at: string
    readonly finished_at: string | null
  }
  readonly counts: Readonly<Record<string, number>>
  readonly needs_person: readonly NeedsPerson[]
  /** Tasks of this run that a later one has finished. */
  readonly retried: readonly {
    readonly id: string
    readonly outcome: Outcome
    readonly run_directory: string
  }[]
  readonly running: readonly {
    readonly id: string
    readonly title: string
    readonly started_at: string | null
  }[]
  readonly next_steps: readonly NextStep[]
}

export interface NeedsPerson {
  readonly id: string
  readonly title: string
  readonly outcome: Outcome
  readonly reason: SummaryTask['reason']
  /** Relative to the run directory; null: there is none that tells more. */
  readonly log: string | null
}

export interface NextStep {
  readonly what: string
  /** A line for a shell; null: it takes more than one. */
  readonly command: string | null
}

export function statusView(facts: StatusFacts): StatusView {
  return facts.summary === null ? openView(facts) : endedView(facts, facts.summary)
}

function endedView(facts: StatusFacts, summary: Summary): StatusView {
  const retried = finishedLater(facts)
  const later = new Set(retried.map(({ id }) => id))
  const left = needPerson(summary).filter(({ id }) => !later.has(id))
  const own = headline(summary)
  return {
    version: 1,
    state: 'ended',
    conclusion: summary.conclusion,
    headline:
      retried.length === 0 ? own : `${own}; ${plural(retried.length, 'task')} finished by a retry since`,
    run_directory: facts.directory,
    run: {
      key: summary.run.key,
      branch: summary.run.branch,
      started_at: summary.run.started_at,
      finished_at: summary.run.finished_at,
    },
    counts: { ...summary.counts, running: 0, to_land: 0, waiting: 0 },
    needs_person: left.map(task => ({
      id: task.id,
      title: task.title,
      outcome: task.outcome,
      reason: task.reason,
      log: logOf(task) ?? null,
    })),
    retried,
    running: [],
    next_steps: stepsAfter(facts, summary, left),
  }
}

function finishedLater({ retries }: StatusFacts): StatusView['retried'] {
  const finished = retries.flatMap(({ directory, summary }) =>
    summary.tasks.flatMap(({ id, outcome }) =>
      outcome === 'landed' || outcome === 'unchanged' ? [{ id, outcome, run_directory: directory }] : [],
    ),
  )
  // A task that was tried again twice is told of once.
  return [...new Map(finished.toReversed().map(each => [each.id, each])).values()].toReversed()
}

function stepsAfter(
  { directory, self, inPlace }: StatusFacts,
  { verification, run }: Summary,
  left: readonly SummaryTask[],
): readonly NextStep[] {
  // Nothing of a dry run is there to build on.
  const again = run.dry_run ? [] : left.map(({ id }) => id)
  const retry = shellLine(['retry', directory, '--task', again.join(',')])
  const saved = left.some(({ files }) => files.some(name => name.endsWith('work.bundle')))
  return [
    ...(again.length === 0
      ? []
      : [
          {
            what: `When the cause is gone: try ${again.length === 1 ? 'it' : 'them'} again, to land on ${run.branch}${inPlace ? '' : ' (in a checkout of the repository)'}`,
            command: `${self} ${retry}`,
          },
        ]),
    ...(saved
      ? [{ what: 'Work that did not land is kept: work.bundle and work.patch below tasks/', command: null }]
      : []),
    ...(verification.passed === false
      ? [
          {
            what: `Read why the verification failed${causedBy(verification)}: ${directory}/verify.log`,
            command: null,
          },
        ]
      : []),
    { what: `The whole report: ${directory}/report.html`, command: null },
  ]
}

const STAGES = {
  waiting: 'waiting',
  working: 'running',
  remediating: 'running',
  ready: 'to_land',
  handoff: 'to_land',
} as const

function openView(facts: StatusFacts): StatusView {
  const tasks = facts.state?.tasks ?? []
  const counts = { ...NONE, total: tasks.length }
  for (const { stage, outcome } of tasks) {
    if (stage !== 'ended') counts[STAGES[stage]]++
    else if (outcome !== null) counts[COUNTED[outcome]]++
  }
  const failing = tasks
    .flatMap(task =>
      task.outcome !== null && FAILING.has(task.outcome) ? [{ ...task, outcome: task.outcome }] : [],
    )
    .toSorted((a, b) => OUTCOMES[a.outcome].rank - OUTCOMES[b.outcome].rank)
  const { alive, dryRun } = facts
  const halted = facts.state?.run.halt ?? null
  const how = alive ? (halted === null ? 'Running' : 'Stopping') : 'Cut off'
  const landed = `${dryRun ? 'would land' : 'landed'} on ${facts.branch} so far${dryRun ? ', dry run' : ''}`
  return {
    version: 1,
    state: alive ? 'running' : 'cut-off',
    conclusion: null,
    headline: `${how}: ${counts.landed} of ${plural(counts.total - counts.skipped, 'task')} ${landed}${alive ? '' : ', and nothing is at work any more'}`,
    run_directory: facts.directory,
    run: { key: facts.key, branch: facts.branch, started_at: facts.startedAt, finished_at: null },
    counts,
    needs_person: failing.map(({ id, title, outcome, reason, message, fix }) => ({
      id,
      title: title ?? id,
      outcome,
      reason: reason === null ? null : { code: reason, message: message ?? '', fix: fix ?? '' },
      log: null,
    })),
    retried: [],
    running: alive
      ? tasks
          .filter(({ stage }) => stage === 'working' || stage === 'remediating')
          .map(({ id, title = id, started_at }) => ({ id, title, started_at }))
      : [],
    next_steps: !alive ? [goOnStep(facts)] : halted === null ? [stopStep(facts)] : [],
  }
}

const NONE = {
  total: 0,
  landed: 0,
  unchanged: 0,
  failed: 0,
  blocked_push: 0,
  blocked: 0,
  cancelled: 0,
  skipped: 0,
  reverted: 0,
  running: 0,
  to_land: 0,
  waiting: 0,
}

const COUNTED: Readonly<Record<Outcome, Exclude<keyof typeof NONE, 'total'>>> = {
  landed: 'landed',
  unchanged: 'unchanged',
  failed: 'failed',
  'blocked-push': 'blocked_push',
  blocked: 'blocked',
  cancelled: 'cancelled',
  skipped: 'skipped',
  reverted: 'reverted',
}

function stopStep({ self, directory }: StatusFacts): NextStep {
  const command = `${self} ${shellLine(['stop', directory])}`
  return { what: 'To end it gently: nothing new starts, what runs may finish and land', command }
}

/** A local run goes on with the same command; one of a workflow with a re-run of its job. */
function goOnStep({ key, dryRun, began, self, inPlace }: StatusFacts): NextStep {
  const command = began === null ? null : `${self} ${shellLine(began)}`
  if (dryRun) return { what: 'Run it again: a dry run leaves nothing to go on from', command }
  if (!key.startsWith('local-')) {
    return {
      what: inPlace
        ? 'Run the job again in GitHub Actions (Re-run jobs): it goes on where this ended'
        : 'Run the job again in GitHub Actions (Re-run jobs): it goes on from this artifact',
      command: null,
    }
  }
  if (command === null)
    return { what: 'Give the same `run` command again: it goes on where this ended', command }
  return { what: 'Go on where it ended', command }
}
