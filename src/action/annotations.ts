/** What the run page shows above the log: one annotation per task that needs a person. Pure. */
import { plainLine } from '../decide/plain.ts'
import type { Summary, SummaryTask } from '../decide/summary.ts'
import { needPerson, outcomeWords } from './wording.ts'

export interface Annotation {
  readonly level: 'error' | 'warning' | 'notice'
  readonly title: string
  readonly message: string
}

/** The runner keeps 10 of a level and step, and cuts a message at 4096 characters. */
const MOST = 10
const MESSAGE = 4096

/** At most 10, worst first; if there are more, the last one says how many. */
export function annotationsOf(summary: Summary): readonly Annotation[] {
  const all = [...verificationFailed(summary), ...needPerson(summary).map(annotation)]
  if (all.length <= MOST) return all
  const shown = all.slice(0, MOST - 1)
  const more = all.length - shown.length
  return [
    ...shown,
    {
      level: 'error',
      title: `${more} more need a person`,
      message: 'The job summary lists them all, each with reason and fix.',
    },
  ]
}

function annotation(task: SummaryTask): Annotation {
  const { reason } = task
  return {
    // Blocked and cancelled tasks are not wrong themselves.
    level: task.outcome === 'blocked' || task.outcome === 'cancelled' ? 'warning' : 'error',
    title: plainLine(`${task.title}: ${outcomeWords(task)}`, 250),
    message: plainLine(reason ? `${reason.message} ${reason.fix}` : outcomeWords(task), MESSAGE),
  }
}

function verificationFailed({ verification, run }: Summary): readonly Annotation[] {
  if (verification.passed !== false) return []
  const how =
    verification.exit_code === null ? 'did not finish' : `exited with code ${verification.exit_code}`
  const culprits = verification.culprits.length > 0 ? ` Caused by ${verification.culprits.join(', ')}.` : ''
  return [
    {
      level: 'error',
      title: plainLine(`Verification of ${run.branch} failed`, 250),
      message: plainLine(
        `${plainLine(verification.command, 500)} ${how}.${culprits} Its output is in verify.log.`,
        MESSAGE,
      ),
    },
  ]
}
