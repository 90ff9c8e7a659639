/** The input `tasks`: the plan it holds, and where bookkeeping keeps it. */
import { createHash } from 'node:crypto'
import { relative, resolve } from 'node:path'
import { type PlanResult, parsePlan, parseTasksSource } from './decide/plan.ts'
import type { Settings } from './decide/settings.ts'
import type { Ground, Obstacle } from './run/preflight.ts'
import type { Bookkeeping } from './run/world.ts'
import { readText } from './world/files.ts'
import { isTracked } from './world/repository.ts'

export async function readPlan(settings: Settings, cwd: string): Promise<PlanResult> {
  const source = parseTasksSource(settings.tasks)
  const options = {
    defaultRun: settings.run,
    only: settings.only,
    hash: (text: string) => createHash('sha256').update(text).digest('hex'),
  }
  if (source.kind === 'inline') return parsePlan({ text: source.text, file: 'tasks' }, options)
  try {
    const text = await readText(resolve(cwd, source.path))
    const doneFile = doneFileOf(settings, source.path)
    const doneText = await readText(resolve(cwd, doneFile))
    if (text !== null) {
      const done = doneText === null ? null : { file: doneFile, text: doneText }
      return parsePlan({ text, file: source.path, doneText: done }, options)
    }
  } catch (error) {
    return unreadable(source.path, error instanceof Error ? error.message : String(error))
  }
  return unreadable(source.path, 'there is no such file')
}

function unreadable(file: string, why: string): PlanResult {
  const message = `the tasks file cannot be read: ${why}. Give \`tasks\` the path of a file from the root of the checkout, or the list itself`
  return { ok: false, problems: [{ file, line: null, column: null, message }] }
}

function doneFileOf(settings: Settings, tasksFile: string): string {
  return settings.doneFile ?? tasksFile.replace(/(\.[^./]+)?$/, '.done$1')
}

export async function bookkeepingOf(
  settings: Settings,
  ground: Ground,
  tasks: Extract<PlanResult, { ok: true }>,
  cwd: string,
): Promise<{ readonly bookkeeping: Bookkeeping | null } | Obstacle> {
  if (settings.bookkeeping === 'off') return { bookkeeping: null }
  const inRepository = (path: string): string => relative(ground.repository.root, resolve(cwd, path))
  const source = parseTasksSource(settings.tasks)
  const tasksFile = source.kind === 'file' ? inRepository(source.path) : ''
  if (tasks.format === 'ralph-workflow' || source.kind === 'inline') {
    return {
      what: 'Bookkeeping needs a tasks file of tasks.',
      why: 'Landing a task moves it from the tasks file to the done file.',
      fix: 'Set `bookkeeping: off`, or keep the tasks in a file of the repository.',
    }
  }
  if (tasksFile.startsWith('..') || !(await isTracked(ground.repository.root, tasksFile))) {
    return {
      what: `The tasks file ${tasksFile} is not tracked by git.`,
      why: 'With `bookkeeping: archive` the landing commit itself edits it.',
      fix: `Commit it first (\`git add ${tasksFile}\`), or set \`bookkeeping: off\`.`,
    }
  }
  return { bookkeeping: { format: tasks.format, tasksFile, doneFile: doneFileOf(settings, tasksFile) } }
}
