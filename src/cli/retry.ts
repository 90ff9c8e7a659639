/** `fanout retry`: tasks of a run that has ended, in a run of their own that has the same inputs and knows the work that was kept. */
import { join } from 'node:path'
import { withoutUser } from '../decide/address.ts'
import { isoTime } from '../decide/identity.ts'
import { listed } from '../decide/plain.ts'
import { nearest } from '../decide/problem.ts'
import type { Summary } from '../decide/summary.ts'
import type { Sha } from '../decide/task.ts'
import { type KeptInputs, readInputs } from '../kept-inputs.ts'
import { repositoryOf } from '../reach.ts'
import { noteRetry, retryDirectories } from '../retries.ts'
import type { Obstacle } from '../run/preflight.ts'
import { openRunDirectory, type RunDirectory } from '../run-directory.ts'
import { systemClock } from '../world/clock.ts'
import { inspectRepository, type Repository } from '../world/repository.ts'
import type { Arguments } from './arguments.ts'
import { allMistakes } from './mistakes.ts'
import { ownName } from './own-name.ts'
import { runInTerminal } from './run.ts'
import { refuse, sentence } from './say.ts'

export async function retryCommand(args: Arguments): Promise<number> {
  const run = await openRunDirectory(args.directory, process.cwd())
  if ('what' in run) return refuse([...args.problems, sentence(run)])
  const repository = await inspectRepository(process.cwd()).catch(() => null)
  const kept = await readInputs(run.path)
  const inputs = inputsFor(args, run, kept)
  const cwd = repository === null ? process.cwd() : join(repository.root, kept?.folder ?? '')
  const obstacles = [
    ...notRetryable(run),
    ...elsewhere(run, repository),
    ...wrongTasks(args.tasks, run.summary),
    ...unknownInputs(args, kept),
  ]
  // What is no task of the run at all has been said above.
  const known = args.tasks.filter(id => run.summary?.tasks.some(task => task.id === id) ?? true)
  const mistakes =
    inputs.tasks === undefined
      ? args.problems
      : await allMistakes(args, { ...inputs, only: known.join(',') }, cwd)
  if (obstacles.length > 0 || mistakes.length > 0) return refuse([...mistakes, ...obstacles.map(sentence)])
  const { head, events } = run.journal
  const cutOff = await cutOffRetry(run.path, inputs)
  return runInTerminal({
    inputs,
    cwd,
    retried: {
      key: head.run_key,
      dir: run.path,
      base: head.base_sha as Sha,
      events,
      fingerprints: head.fingerprints,
      cutOff,
    },
    began: async runDirectory => {
      if (cutOff !== null) return
      // It only tells `status` of the run that had ended.
      await noteRetry(run.path, runDirectory, isoTime(systemClock.now())).catch(() => {})
    },
  })
}

/** The key of the last retry, where that was of the same tasks with the same inputs and its process died. */
async function cutOffRetry(ofRun: string, inputs: Readonly<Record<string, string>>): Promise<string | null> {
  const last = (await retryDirectories(ofRun)).at(-1)
  if (last === undefined) return null
  const [found, kept] = await Promise.all([openRunDirectory(last, process.cwd()), readInputs(last)])
  if ('what' in found || kept === null || found.summary !== null || found.alive || !found.inPlace) return null
  // What is secret was not kept: nobody can tell whether it is the same.
  const names = Object.keys({ ...inputs, ...kept.inputs }).filter(
    name => name !== 'token' && !kept.left_out.includes(name),
  )
  const same = names.every(name => (inputs[name] ?? '') === (kept.inputs[name] ?? ''))
  return same ? found.journal.head.run_key : null
}

/** Those of the run, but for what is given now; on its branch, which the checkout need not be on. */
function inputsFor(args: Arguments, run: RunDirectory, kept: KeptInputs | null): Record<string, string> {
  const given = { ...kept?.inputs, branch: run.journal.head.branch, resume: 'true', ...args.inputs }
  return { ...given, only: args.tasks.join(',') }
}

function notRetryable({ path, journal, summary, alive, inPlace }: RunDirectory): readonly Obstacle[] {
  if (alive) {
    return [
      {
        what: 'The run goes on.',
        why: 'Only a run that has ended can be retried.',
        fix: `Wait for its end, or end it: ${ownName()} stop ${path}`,
      },
    ]
  }
  if (journal.head.dry_run) {
    return [
      {
        what: 'That was a dry run.',
        why: 'Nothing of it is on the branch, so there is nothing that a retry could build on.',
        fix: `Run it again: ${ownName()} run with the same inputs.`,
      },
    ]
  }
  // What was cut off where it lies goes on by itself, and would not know of a retry.
  if (summary !== null || !inPlace) return []
  return [
    {
      what: 'The run was cut off before its end.',
      why: 'The same `fanout run` goes on where it ended, with all its tasks.',
      fix: `${ownName()} status ${path} tells the command.`,
    },
  ]
}

/** A fork, or another repository altogether, is never landed on by mistake. */
function elsewhere({ journal }: RunDirectory, repository: Repository | null): readonly Obstacle[] {
  const there = repositoryOf(journal.head.origin)
  const here = repository?.origin ? repositoryOf(withoutUser(repository.origin.pushUrl)) : null
  if (here === null || here.toLowerCase() === there.toLowerCase()) return []
  return [
    {
      what: `This is a checkout of ${here}, and the run was one of ${there}.`,
      why: 'A retry lands on origin.',
      fix: `Change to a checkout of ${there}.`,
    },
  ]
}

function wrongTasks(ids: readonly string[], summary: Summary | null): readonly Obstacle[] {
  const tasks = summary?.tasks ?? []
  const failed = tasks.filter(({ outcome }) => !['landed', 'unchanged', 'skipped'].includes(outcome))
  if (ids.length === 0) {
    return [
      {
        what: 'No task is named.',
        why: 'A retry takes the tasks that are to be tried again.',
        fix: failed.length > 0 ? `Add --task ${failed.map(({ id }) => id).join(',')}` : 'Add --task <ids>.',
      },
    ]
  }
  // Of a run that was cut off the tasks file alone says which there are.
  if (summary === null) return []
  return ids.flatMap((id): Obstacle[] => {
    const task = tasks.find(each => each.id === id)
    if (task === undefined) {
      const known = tasks.map(each => each.id)
      const meant = nearest(id, known)
      const fix = meant === null ? `Its tasks: ${listed(known, 10)}.` : `Did you mean ${meant}?`
      return [{ what: `There is no task ${JSON.stringify(id)} in this run.`, why: 'Ids are exact.', fix }]
    }
    if (task.outcome !== 'landed' && task.outcome !== 'unchanged') return []
    const how = task.outcome === 'landed' ? `landed as ${task.commit ?? 'a commit'}` : 'changed nothing'
    const fix = `To run its worker once more all the same: ${ownName()} run --only ${id} with the other inputs.`
    return [{ what: `Task ${id} has ${how} in this run.`, why: 'There is nothing to try again.', fix }]
  })
}

/** What was not kept must be given again. */
function unknownInputs({ inputs }: Arguments, kept: KeptInputs | null): readonly Obstacle[] {
  if (kept === null) {
    if (inputs.tasks !== undefined) return []
    return [
      {
        what: 'The inputs of that run are not known.',
        why: 'There is no inputs.json in its directory that could be read.',
        fix: 'Give them again: --tasks, and whatever else the run had.',
      },
    ]
  }
  const lost = kept.left_out.filter(name => name !== 'token' && inputs[name] === undefined)
  return lost.map(name => ({
    what: `The input ${name} of that run is not known.`,
    why: 'It held a secret, so it was not kept.',
    fix: `Give it again: --${name} <value>.`,
  }))
}
