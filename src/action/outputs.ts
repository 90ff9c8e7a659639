/** The one table of outputs: action.yml and the README's table come from it. */
import type { Summary } from '../decide/summary.ts'
import type { Outcome } from '../decide/task.ts'

/** What the report itself does not know: where it was put. */
export interface OutputExtra {
  readonly runDirectory: string
  readonly summaryFile: string
  readonly reportFile: string
  /** null: nothing was uploaded. */
  readonly artifactId: number | null
  readonly artifactUrl: string | null
}

interface Entry {
  readonly description: string
  readonly value: (summary: Summary, extra: OutputExtra) => string
}

const idsOf = (outcome: Outcome) => (summary: Summary) =>
  JSON.stringify(summary.tasks.filter(task => task.outcome === outcome).map(task => task.id))

const TABLE: Readonly<Record<string, Entry>> = {
  conclusion: { description: '`success` or `failure`.', value: summary => summary.conclusion },
  landed: { description: 'JSON array of the ids of the tasks that landed.', value: idsOf('landed') },
  unchanged: {
    description: 'JSON array of the ids of the tasks that had nothing to change.',
    value: idsOf('unchanged'),
  },
  failed: { description: 'JSON array of the ids of the tasks that failed.', value: idsOf('failed') },
  'blocked-push': {
    description: 'JSON array of the ids of the tasks whose finished work could not be pushed.',
    value: idsOf('blocked-push'),
  },
  blocked: {
    description: 'JSON array of the ids of the tasks that did not start because one they need did not land.',
    value: idsOf('blocked'),
  },
  cancelled: {
    description: 'JSON array of the ids of the tasks that a signal or the deadline stopped.',
    value: idsOf('cancelled'),
  },
  skipped: {
    description: 'JSON array of the ids of the tasks that were not due in this run.',
    value: idsOf('skipped'),
  },
  reverted: {
    description: 'JSON array of the ids of the tasks that landed and were reverted by the verification.',
    value: idsOf('reverted'),
  },
  'landed-count': {
    description: 'How many tasks landed.',
    value: summary => String(summary.counts.landed),
  },
  'base-sha': {
    description: 'The head of the branch at the start.',
    value: summary => summary.run.base_sha,
  },
  'head-sha': {
    description: 'The head of the branch at the end.',
    value: summary => summary.run.head_sha,
  },
  verification: {
    description: '`passed`, `failed` or `skipped`.',
    value: ({ verification: { ran, passed } }) => {
      // Cut short by a cancel: it ran and says nothing.
      if (!ran || passed === null) return 'skipped'
      return passed ? 'passed' : 'failed'
    },
  },
  'run-directory': {
    description: 'Folder with the journal, logs, markers, bundles and reports of the run.',
    value: (_, extra) => extra.runDirectory,
  },
  'summary-file': { description: 'Path of `summary.json`.', value: (_, extra) => extra.summaryFile },
  'report-file': { description: 'Path of `report.html`.', value: (_, extra) => extra.reportFile },
  'artifact-id': {
    description: 'Id of the uploaded artifact; empty if nothing was uploaded.',
    value: (_, extra) => (extra.artifactId === null ? '' : String(extra.artifactId)),
  },
  'artifact-url': {
    description: 'Where the uploaded artifact can be downloaded; empty if nothing was uploaded.',
    value: (_, extra) => extra.artifactUrl ?? '',
  },
}

/** All outputs, in the order people read them. */
export const OUTPUTS: readonly { readonly name: string; readonly description: string }[] = Object.entries(
  TABLE,
).map(([name, { description }]) => ({ name, description }))

/** The value of every output; lists are JSON arrays of task ids in queue order. */
export function outputsOf(summary: Summary, extra: OutputExtra): Record<string, string> {
  return Object.fromEntries(Object.entries(TABLE).map(([name, { value }]) => [name, value(summary, extra)]))
}
