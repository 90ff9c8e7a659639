/** The input `tasks`: the plan it holds, and where bookkeeping keeps it. */
import { createHash } from 'node:crypto'
import { lstat, realpath } from 'node:fs/promises'
import { basename, dirname, join, relative, resolve } from 'node:path'
import { parseSettings, type TasksInput } from './action/inputs.ts'
import { sharedAnchors } from './decide/anchors.ts'
import { formatProblem, type PlanResult, parsePlan, parseTasksSource } from './decide/plan.ts'
import type { Settings } from './decide/settings.ts'
import type { Ground, Obstacle } from './run/preflight.ts'
import type { Bookkeeping } from './run/world.ts'
import { openRegular, readGiven } from './world/files.ts'
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
  const read = await textAt(resolve(cwd, source.path))
  const { text } = read
  if (text === null) {
    const way = 'Give `tasks` the path of a file from the root of the checkout, or the list itself'
    return unreadable(source.path, `the tasks file cannot be read: ${read.why}. ${way}`)
  }
  const doneFile = await doneFileOf(settings, source.path, cwd)
  const done = await textAt(resolve(settings.doneFile === null ? cwd : root, doneFile))
  if (done.text === null && !done.missing) {
    const way = 'Give `done-file` the name of a file in the repository, or leave it unset'
    return unreadable(doneFile, `the done file cannot be read: ${done.why}. ${way}`)
  }
  const doneText = done.text === null ? null : { file: doneFile, text: done.text }
  const result = parsePlan({ text, file: source.path, doneText }, options)
  if (!result.ok || settings.bookkeeping === 'off' || result.format === 'ralph-workflow') return result
  const problems = sharedAnchors(source.path, text, result.plan.tasks)
  return problems.length > 0 ? { ok: false, problems } : result
}

type TextAt =
  | { readonly text: string }
  | { readonly text: null; readonly missing: boolean; readonly why: string }

async function textAt(file: string): Promise<TextAt> {
  try {
    const text = await readGiven(file)
    return text === null ? { text, missing: true, why: 'there is no such file' } : { text }
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    const why =
      code === 'EISDIR' ? 'it is a folder' : code === 'EACCES' ? 'this user may not read it' : message
    return { text: null, missing: false, why }
  }
}

function unreadable(file: string, message: string): PlanResult {
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
  const isThere = async (file: string): Promise<boolean> => (await textAt(resolve(from, file))).text !== null
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
  const obstacle = await inPlaceOf(root, doneFile)
  if (obstacle !== null) {
    return {
      what: `The done file ${doneFile} has no place in the repository: ${obstacle}.`,
      why: 'With `bookkeeping: archive` the landing commit itself writes it, and would replace that.',
      fix: 'Give `done-file` another name, or leave it unset.',
    }
  }
  return { bookkeeping: { format: tasks.format, tasksFile, doneFile } }
}

/** What a file at this path would take the place of, on its way or at its end; null: nothing but a file. */
async function inPlaceOf(root: string, path: string): Promise<string | null> {
  const parts = path.split('/')
  for (let depth = 1; depth <= parts.length; depth++) {
    const place = parts.slice(0, depth).join('/')
    const stats = await lstat(join(root, place)).catch(() => null)
    if (stats === null) return null
    if (stats.isSymbolicLink()) return `${place} is a symbolic link`
    if (depth < parts.length && !stats.isDirectory()) return `${place} is a file`
    if (depth === parts.length && !stats.isFile()) return `${place} is a folder`
  }
  return null
}
