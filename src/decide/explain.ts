/** The words people read about a failure: what happened, why, and what to change, a sentence each. Plain text. */

import { conflictWords } from './conflict.ts'
import { DAMAGED, damageIn } from './damage.ts'
import { KEPT, type Kept, keptWords, ONLY_THERE } from './explain-kept.ts'
import { explainAttempts, explainRefusal } from './explain-refusal.ts'
import { isNotTaken, scopeFix } from './explain-scope.ts'
import { explainUnfinished } from './explain-unfinished.ts'
import type { Failure } from './failure.ts'
import { listed, plainLine, redact } from './plain.ts'
import { unreachable } from './task.ts'

export interface ExplainContext {
  readonly branch: string
  readonly baseSha?: string
  /** Whether there is work to keep; unknown: it is assumed. */
  readonly kept?: Kept
  /** Attempts before the last whose work is kept as well. */
  readonly earlier?: readonly number[]
  /** Whether that work adds a value which is masked. */
  readonly secret?: boolean
  /** How often `remediate` has tried to repair it. */
  readonly remediations?: number
  /** Whether it was ever started; unknown: it is assumed. */
  readonly started?: boolean
}

export interface Explanation {
  readonly what: string
  readonly why: string
  readonly fix: string
}

/** For every failure three sentences of one line each, tokens redacted. `branch` may be empty if it is not known. */
export function explain(failure: Failure, context: ExplainContext): Explanation {
  const { what, why, fix } = words(failure, context)
  return { what: sentence(what), why: sentence(why), fix: sentence(fix) }
}

/** What and why in one line: the `message` of a reason. */
export function message(failure: Failure, context: ExplainContext = { branch: '' }): string {
  const { what, why } = explain(failure, context)
  return `${what} ${why}`
}

/** Of a list of follow-ups: whoever writes it anew needs to know them all at once. */
const MOST_MISTAKES = 20

const MOST_PLACES = 21

const FOR_MEMORY = 'most likely by the kernel for want of memory'
const MORE_MEMORY = 'Lower `workers` or take a runner with more memory, then run the task again'
const LATER = 'a later run with the same task tries the kept work first'

function words(failure: Failure, context: ExplainContext): Explanation {
  const branch = context.branch === '' ? 'the branch' : context.branch
  const kept = keptWords(context)
  switch (failure.code) {
    case 'setup':
      return {
        what: `The setup command ${failure.timedOut ? 'took longer than the time limit of the task' : ending(failure)}`,
        why: `${!failure.timedOut && isKilled(failure) ? `It, or a command in it, was killed, ${FOR_MEMORY}; it` : 'It'} runs once in every fresh workspace, and without it the worker was not started`,
        fix:
          !failure.timedOut && isKilled(failure)
            ? MORE_MEMORY
            : 'Read its output at the end of the log and make the `setup` command succeed in a fresh clone of the repository',
      }
    case 'worker-exit':
      return {
        what: `The worker exited with code ${failure.exitCode}`,
        why: `${exitMeaning(failure.exitCode)}; ${kept}`,
        fix: exitFix(failure.exitCode),
      }
    case 'worker-signal':
      return {
        what: `The worker was ended by ${failure.signal}`,
        why:
          failure.signal === 'SIGKILL'
            ? `It was killed, ${FOR_MEMORY}; ${kept}`
            : `It crashed, or something outside it stopped it; ${kept}`,
        fix:
          failure.signal === 'SIGKILL'
            ? MORE_MEMORY
            : 'Read the end of worker.log, then run the task again or set `retries`',
      }
    case 'timeout':
      return {
        what: `The worker ran longer than ${minutes(failure.minutes)}`,
        why: `That is the task's time limit, so it was stopped; ${kept}`,
        fix: 'Split the task, or raise its `timeout-minutes` (for all tasks: the input `task-timeout-minutes`)',
      }
    case 'idle':
      return {
        what: `The worker printed nothing for ${minutes(failure.minutes)}`,
        why: `It was taken for stuck and stopped; ${kept}`,
        fix: 'See in worker.log what it waited for (often a question on the terminal), or raise `idle-timeout-minutes`',
      }
    case 'unfinished':
    case 'history':
    case 'left-behind':
      return explainUnfinished(failure, branch, kept)
    case 'out-of-scope':
      if (isNotTaken(failure.problems))
        return {
          what: `Not all of the work could be taken: ${listed(failure.problems)}`,
          why: `\`git add\` cannot store these files, and half of a work does not land; ${context.kept === false ? ONLY_THERE : `${kept}, but for these files, which are in the workspace`}`,
          fix: scopeFix(failure.problems),
        }
      return {
        what: `The work holds changes that this task may not make: ${listed(failure.problems)}`,
        why: `A task may change only what its \`paths\` allow, protected paths only if its \`paths\` name them, and nothing that leads out of the repository; ${context.kept === false ? ONLY_THERE : kept}`,
        fix: scopeFix(failure.problems),
      }
    case 'too-large':
      return {
        what: `The work changes ${count(failure.files, 'file')}, more than the ${failure.limit} allowed`,
        why: `\`max-changed-files\` guards against runaway changes; ${kept}`,
        fix: 'Split the task or raise `max-changed-files`; if files were made by a tool, add them to .gitignore',
      }
    case 'secret':
      return {
        what: `The work adds a value that Fanout masks: ${listed(failure.places, MOST_PLACES)}`,
        why: `Everybody who may read the branch could have read it, so it was not pushed; ${keptWords({ ...context, secret: true })}`,
        fix: 'Have the worker read the value from the environment when it is needed, and ignore the files it keeps it in (.gitignore); if it was printed or sent anywhere else, replace it by a new one. If it is no secret, give the variable a name that does not end like one',
      }
    case 'follow-ups':
      return {
        what: `The follow-up tasks it left are not valid: ${listed(failure.problems, MOST_MISTAKES)}`,
        why: `They would go into the tasks file when the task lands, so the rules of that file hold for them; ${kept}`,
        fix: 'Tell the worker to write `followups.yml` as a list of tasks like those of the tasks file, or not at all, then run the task again',
      }
    case 'gate':
      return {
        what: failure.timedOut ? 'The gate took longer than its time limit' : `The gate ${ending(failure)}`,
        why: `${!failure.timedOut && isKilled(failure) ? `It, or a command in it, was killed, ${FOR_MEMORY}. ` : ''}With this work upon ${branch} the gate is red and without it green, so it was not pushed; ${kept}`,
        fix:
          tried('repair the work by hand', context) ??
          (failure.timedOut
            ? 'Read the gate log, then repair the work or raise `gate-timeout-minutes`'
            : isKilled(failure)
              ? 'Lower `workers` or `gate-slots`, or take a runner with more memory, and run again; if the work itself takes more memory than before, repair it'
              : 'Read the gate log and repair the work, or set `remediate` to a command that does'),
      }
    case 'workspace':
      return {
        what: `The workspace could not be made or read: ${plainLine(failure.detail, 400)}`,
        ...(damageIn(failure.detail) === null
          ? {
              why: 'The machine is to blame, not the task',
              fix: 'Check free disk space and access rights under `workspace-root`, then run the task again',
            }
          : DAMAGED),
      }
    case 'internal':
      return {
        what: `Fanout itself failed: ${plainLine(failure.detail, 400)}`,
        why: 'This is a fault in Fanout or in the machine under it, not in the task',
        fix: 'Run the task again, and please report it with journal.ndjson from the run directory',
      }
    case 'conflict':
      return {
        what: `The work conflicts with ${branch}${failure.files.length > 0 ? ` in ${listed(failure.files)}` : ''}`,
        why: `Since the task started, ${conflictWords(failure.how)}; ${kept}`,
        fix:
          tried('merge the kept work by hand', context) ??
          'Run the task again from the new tip, set `remediate` to a command that merges, or use `needs` so that tasks on the same files follow one another',
      }
    case 'attempts':
      return explainAttempts(failure, branch, KEPT, LATER)
    case 'base-red':
      return {
        what: `The gate fails on ${branch} itself${context.baseSha ? ` (the run began at ${context.baseSha.slice(0, 7)})` : ''}`,
        why: `No task is to blame, but nothing can be proven upon a red tip; ${kept}`,
        fix: `Repair ${branch} or the \`gate\` command, then run again: ${LATER}`,
      }
    case 'refused':
      return explainRefusal(failure.refusal, failure.output, branch)
    case 'dependency':
      return {
        what: `It needs ${listed(failure.blockedBy, 5)}, which did not land`,
        why: 'A task starts only when everything in its `needs` has landed or changed nothing',
        fix: `Put ${failure.blockedBy.length === 1 ? 'that task' : 'those tasks'} right first, then run again`,
      }
    case 'signal':
      return {
        what: 'The run was cancelled',
        why: `Somebody or something stopped the job before this task had landed; ${kept}`,
        fix: 'Run it again: what has landed is not repeated',
      }
    case 'stop':
      return {
        what: 'The run was asked to stop',
        why: 'A file named `stop` was put into the run directory, so nothing new was started',
        fix: 'Run it again when you want the rest: what has landed is not repeated',
      }
    case 'deadline':
      return {
        what: 'The deadline of the run came first',
        why: `\`deadline-minutes\` leaves time to save the work before the job itself is stopped; ${kept}`,
        fix: 'Raise `deadline-minutes` (and the `timeout-minutes` of the job), or run again for the rest',
      }
    case 'status':
      return {
        what: `Its status is ${plainLine(failure.status, 50)}`,
        why: 'Only tasks that are `todo` or `doing` run',
        fix: 'Set `status: todo` in the tasks file when it is to run',
      }
    case 'not-before':
      return {
        what: `It is not to run before ${plainLine(failure.time, 50)}`,
        why: 'That time, its `not-before`, had not come when the run started',
        fix: 'Run again after that time, or remove `not-before`',
      }
    case 'max-tasks':
      return {
        what: 'It was left for a later run',
        why: '`max-tasks` tasks had been started already',
        fix: 'Run again for the next tasks, or raise `max-tasks`',
      }
    case 'max-failures':
      return {
        what: 'It was not started because too many tasks had failed',
        why: 'After `max-failures` failed tasks no new one starts',
        fix: 'Look at the failed tasks first, then run again or raise `max-failures`',
      }
    case 'only':
      return {
        what: 'It was not selected',
        why: 'The input `only` names other tasks',
        fix: 'Add its id to `only`, or leave `only` empty to run all',
      }
    case 'already-landed':
      return {
        what: 'It has landed before',
        why: `The tasks file on ${branch} does not list it any more and the done file there does, so the checkout was older than that`,
        fix: 'Nothing to do; to run it again, add it to the tasks file under a new id',
      }
    case 'verification':
      return {
        what: `It had landed and was taken back from ${branch}`,
        why: 'The verification failed after the run, and the search found its commit to be the cause',
        fix: `Read verify.log, repair the work (${kept}) and run the task again`,
      }
    default:
      return unreachable(failure)
  }
}

/** The way out where `remediate` was set and did not help; null: it has not been tried. */
function tried(instead: string, { remediations = 0 }: ExplainContext): string | null {
  if (remediations === 0) return null
  return `\`remediate\` tried ${remediations === 1 ? 'once' : `${remediations} times`} and did not repair it: the handoff files and remediation.log of the task say what it was told and what it did. Improve that command, raise \`max-remediations\`, or ${instead}`
}

/** How a command ended, behind `it`: `exited with code 3`. */
export function ending(exit: { readonly exitCode: number | null; readonly signal: string | null }): string {
  if (exit.signal !== null) return `was ended by ${exit.signal}`
  return exit.exitCode === null ? 'could not be started' : `exited with code ${exit.exitCode}`
}

/** Also of one command of several: a shell then exits with 137. */
function isKilled(exit: { readonly exitCode: number | null; readonly signal: string | null }): boolean {
  return exit.signal === 'SIGKILL' || exit.exitCode === 137
}

/** What a shell means by some exit codes. */
function exitMeaning(code: number): string {
  if (code === 127) return 'The shell did not find a command'
  if (code === 126) return 'A command was found but may not be executed'
  if (code === 137) return `A command in it was killed, ${FOR_MEMORY}`
  return 'Anything but 0 means that the task is not done'
}

function exitFix(code: number): string {
  if (code === 127) return 'Install the command on the runner before this step, or correct its name in `run`'
  if (code === 126)
    return 'Make the file executable (`git update-index --chmod=+x <file>`), or call it through its interpreter'
  if (code === 137) return MORE_MEMORY
  return 'Read the end of worker.log, then repair the command or the prompt; `retries` helps if it fails by chance'
}

function minutes(value: number): string {
  return value < 1 ? count(rounded(value * 60), 'second') : count(rounded(value), 'minute')
}

function rounded(value: number): number {
  return Number(value.toFixed(2))
}

function count(value: number, word: string): string {
  return `${value} ${word}${value === 1 ? '' : 's'}`
}

/** One line that ends in a full stop, whatever was put into it. */
function sentence(text: string): string {
  return `${redact(plainLine(text, 1200)).replace(/[.\s]+$/, '')}.`
}
