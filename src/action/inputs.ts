/** Inputs as strings -> Settings. Reads nothing itself: the environment or the command line arrive as records. */
import { parseTasksSource } from '../decide/plan.ts'
import type { Settings } from '../decide/settings.ts'
import { DEFAULT_VERIFY, INPUTS } from './input-table.ts'

export { INPUTS, type Input } from './input-table.ts'

/** What a runner hands over: `INPUT_<NAME>`, upper-cased, hyphens kept. */
export function inputsFrom(
  environment: Readonly<Record<string, string | undefined>>,
): Record<string, string | undefined> {
  return Object.fromEntries(INPUTS.map(({ name }) => [name, environment[`INPUT_${name.toUpperCase()}`]]))
}

/** What the tasks are read by. */
export type TasksInput = Pick<Settings, 'tasks' | 'run' | 'only' | 'bookkeeping' | 'doneFile'>

export type ParsedSettings =
  | { readonly ok: true; readonly settings: Settings }
  /** `tasks`: what is enough to look at the tasks all the same; null where that input itself is wrong. */
  | { readonly ok: false; readonly problems: readonly string[]; readonly tasks: TasksInput | null }

/** Checks and types all inputs, and names all problems at once. '' and undefined mean the default. */
export function parseSettings(raw: Readonly<Record<string, string | undefined>>): ParsedSettings {
  const values: Record<string, unknown> = {}
  const problems: string[] = []
  for (const { name, kind, default: standard } of INPUTS) {
    const given = raw[name] ?? ''
    const reading = kind.read(given === '' ? standard : given)
    if (reading.ok) values[settingKey(name)] = reading.value
    else problems.push(problem(name, kind.expected, given, reading.hint))
  }
  const tasks = parseTasksSource(raw.tasks ?? '')
  if (values.bookkeeping === 'archive' && tasks.kind === 'inline') {
    problems.push(problem('bookkeeping', "off where 'tasks' is not the name of a file", 'archive'))
  }
  if (problems.length > 0) return { ok: false, problems, tasks: tasksInput(values) }
  values.tasks = tasks.kind === 'file' ? tasks.path : tasks.text
  values.verifyIsDefault = values.verify === DEFAULT_VERIFY
  // The type of the table proves it: every key of Settings was read, by the kind that gives its type.
  return { ok: true, settings: values as unknown as Settings }
}

function tasksInput({
  tasks,
  run = null,
  only = [],
  bookkeeping = 'off',
  doneFile = null,
}: Record<string, unknown>): TasksInput | null {
  return tasks === undefined ? null : ({ tasks, run, only, bookkeeping, doneFile } as TasksInput)
}

function problem(name: string, expected: string, given: string, hint = ''): string {
  const shown = name === 'token' ? '***' : given
  return `input '${name}': expected ${expected}, got ${JSON.stringify(shown)}${hint === '' ? '' : `; ${hint}`}`
}

function settingKey(name: string): string {
  return name.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase())
}
