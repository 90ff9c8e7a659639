/** The input `tasks`: the plan it holds, and where bookkeeping keeps it. */
import { createHash } from 'node:crypto'
import { realpath } from 'node:fs/promises'
import { basename, dirname, join, relative, resolve } from 'node:path'
import { parseSettings, type TasksInput } from './action/inputs.ts'
import { sharedAnchors } from './decide/anchors.ts'
import { formatProblem, type PlanResult, parsePlan, parseTasksSource } from './decide/plan.ts'
import type { Settings } from './decide/settings.ts'
import type { Ground, Obstacle } from './run/preflight.ts'
import type { Bookkeeping } from './run/world.ts'
import { openRegular, readText } from './world/files.ts'
import { isTracked } from './world/repository.ts'

type Raw = Readonly<Record<string, string | undefined>>

/** All that is wrong with the inputs and with the tasks they name, at once: the next try may cost a run. */
export async function mistakesIn(inputs: Raw, cwd: string, root = cwd): Promise<readonly string[]> {
  const parsed = parseSettings(inputs)
  const tasks = parsed.ok ? parsed.settings : parsed.tasks
  const read = tasks === null ? null : await readPlan(tasks, cwd, root)
  return [
    ...(parsed.ok ? [] : parsed.problems),
    ...(read === null || read.ok ? [] : read.problems.map(formatProblem)),
  ]
}

/** `root`: of the repository, where an explicit done file is looked for; it may be none at all. */
export async function readPlan(settings: TasksInput, cwd: string, root = cwd): Promise<PlanResult> {
  const source = parseTasksSource(settings.tasks)
  const options = {
    defaultRun: settings.run,
    only: settings.only,
    hash: (text: string) => createHash('sha256').update(text).digest('hex'),
  }
  if (source.kind === 'inline') return parsePlan({ text: source.text, file: 'tasks' }, options)
  try {
    const text = await readText(resolve(cwd, source.path))
    const doneFile = await doneFileOf(settings, source.path, cwd)
    const doneText = await readText(resolve(settings.doneFile === null ? cwd : root, doneFile))
    if (text !== null) {
      const done = doneText === null ? null : { file: doneFile, text: doneText }
      const result = parsePlan({ text, file: source.path, doneText: done }, options)
      if (!result.ok || settings.bookkeeping === 'off' || result.format === 'ralph-workflow') return result
      const problems = sharedAnchors(source.path, text, result.plan.tasks)
      return problems.length > 0 ? { ok: false, problems } : result
    }
  } catch (error) {
    return unreadable(source.path, whyUnreadable(error))
  }
  return unreadable(source.path, 'there is no such file')
}

function whyUnreadable(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException
  return code === 'EISDIR' ? 'it is a folder' : code === 'EACCES' ? 'this user may not read it' : message
}

function unreadable(file: string, why: string): PlanResult {
  const message = `the tasks file cannot be read: ${why}. Give \`tasks\` the path of a file from the root of the checkout, or the list itself`
  return { ok: false, problems: [{ file, line: null, column: null, message }] }
}

/**
 * Ralph keeps `done.jsonc` beside `queue.jsonc`: where that is there, or the folder is Ralph's own, it is the done file.
 * `from`: the folder that the tasks file is named from.
 */
async function doneFileOf({ doneFile }: TasksInput, tasksFile: string, from: string): Promise<string> {
  if (doneFile !== null) return doneFile
  const standard = tasksFile.replace(/(\.[^./]+)?$/, '.done$1')
  const ralph = tasksFile.replace(/(^|\/)queue(\.jsonc?)$/, '$1done$2')
  const isThere = async (file: string): Promise<boolean> => (await readText(resolve(from, file))) !== null
  if (ralph === tasksFile || (await isThere(standard))) return standard
  return /(^|\/)\.ralph\/[^/]+$/.test(tasksFile) || (await isThere(ralph)) ? ralph : standard
}

export async function bookkeepingOf(
  settings: Settings,
  ground: Ground,
  tasks: Extract<PlanResult, { ok: true }>,
  cwd: string,
): Promise<{ readonly bookkeeping: Bookkeeping | null } | Obstacle> {
  if (settings.bookkeeping === 'off') return { bookkeeping: null }
  const { root } = ground.repository
  const source = parseTasksSource(settings.tasks)
  if (tasks.format === 'ralph-workflow' || source.kind === 'inline') {
    return {
      what: 'Bookkeeping needs a tasks file of tasks.',
      why: 'Landing a task moves it from the tasks file to the done file.',
      fix: 'Set `bookkeeping: off`, or keep the tasks in a file of the repository.',
    }
  }
  const path = resolve(cwd, source.path)
  const tasksFile = relative(await realpath(root), join(await realpath(dirname(path)), basename(path)))
  if (tasksFile.startsWith('..') || !(await isTracked(root, tasksFile))) {
    return {
      what: `The tasks file ${tasksFile} is not tracked by git.`,
      why: 'With `bookkeeping: archive` the landing commit itself edits it.',
      fix: `Commit it first (\`git add ${tasksFile}\`), or set \`bookkeeping: off\`.`,
    }
  }
  await using file = await openRegular(join(root, tasksFile))
  if (file === null) {
    return {
      what: `The tasks file ${tasksFile} is a symbolic link.`,
      why: 'With `bookkeeping: archive` the landing commit itself edits it, and would replace the link.',
      fix: 'Give `tasks` the name of the file that the link leads to.',
    }
  }
  const doneFile = await doneFileOf(settings, tasksFile, root)
  if (doneFile === tasksFile) {
    return {
      what: `The done file is the tasks file itself, ${tasksFile}.`,
      why: 'Landing a task moves it from one to the other.',
      fix: 'Give `done-file` another name, or leave it unset.',
    }
  }
  return { bookkeeping: { format: tasks.format, tasksFile, doneFile } }
}
