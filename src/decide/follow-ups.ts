/** Tasks that a worker leaves for later: held to the rules of the tasks file, then added at its end. */
import type { Format } from './draft.ts'
import { isWithin, takesOut } from './globs.ts'
import { listed } from './plain.ts'
import { MAX_TASKS, parsePlan } from './plan.ts'
import { formatProblem, inReadingOrder, type Problem, type Report, shown } from './problem.ts'
import { addTask, idOf, type Ledger, type Refused, type Written } from './queue.ts'
import { asRalphTask, renamedReferences } from './ralph-task.ts'
import { readTree } from './read.ts'
import { liftedBy } from './scope.ts'
import type { TaskId } from './task.ts'
import { type TaskFile, textOf } from './task-file.ts'
import { list, type Tree, toValue } from './tree.ts'

/** The file in FANOUT_ARTIFACTS that a worker may write. */
export const FOLLOW_UPS_FILE = 'followups.yml'
export const MAX_FOLLOW_UPS_BYTES = 1024 * 1024

export interface Parent {
  readonly task: TaskId
  readonly format: Exclude<Format, 'ralph-workflow'>
  /** RFC 3339 UTC; a Ralph task must say when it was made. */
  readonly now: string
  /** The only files that it may change; empty: any. No task of a Ralph queue has such. */
  readonly paths: readonly string[]
}

/**
 * The tasks of a list in the format of the tasks file (for a Ralph queue they may be written in either), or all that is
 * wrong with it. Needs may name each other, the parent, and tasks of either file. `defaultRun`: the input `run`.
 */
export function readFollowUps(
  text: string,
  ledger: Ledger,
  { task, format }: Parent,
  defaultRun: string | null,
): { readonly tasks: readonly Written[] } | { readonly problems: readonly string[] } {
  if (text.replace('\uFEFF', '').trim() === '') return { tasks: [] }
  const problems: Problem[] = []
  const told = () => ({ problems: inReadingOrder(problems).map(formatProblem) })
  const reading = readTree(FOLLOW_UPS_FILE, text, problems)
  if (!reading.ok) return told()
  const { tree, report } = reading
  if (tree.kind === 'leaf' && tree.value === null) return { tasks: [] }
  if (tree.kind !== 'list') {
    report(tree.at, `expected a list of tasks, got ${shown(toValue(tree))}`)
    return told()
  }
  const known = [...idsOf(ledger), task].map(id => ({ id }))
  if (known.length + tree.items.length > MAX_TASKS) {
    report(null, `expected at most ${MAX_TASKS} tasks in all`)
    return told()
  }
  const written = (item: Tree, tell: Report) => (format === 'ralph-queue' ? asRalphTask(item, tell) : item)
  const rewrite = (whole: Tree, tell: Report) =>
    whole.kind === 'list'
      ? list(
          whole.at,
          whole.items.map(item => written(item, tell)),
        )
      : whole
  const doneText = { file: 'the ids', text: JSON.stringify(known) }
  const plan = parsePlan(
    { text, file: FOLLOW_UPS_FILE, format, doneText, rewrite },
    // Nobody asks for a fingerprint here.
    { defaultRun: defaultRun ?? defaultRunOf(ledger.tasks), only: [], hash: text => text },
  )
  if (!plan.ok) return { problems: plan.problems.map(formatProblem) }
  return { tasks: tree.items.map(item => toValue(written(item, report)) as Written) }
}

/** Follow-ups that name protected files which their parent may not change: in a later run nothing would stop them. */
export function liftingMore(
  tasks: readonly Written[],
  own: readonly string[],
  protectedPaths: readonly string[],
): readonly string[] {
  return tasks.flatMap(task => {
    const more = liftedBy(pathsOf(task), protectedPaths).filter(glob => !own.includes(glob))
    return more.map(
      glob =>
        `${FOLLOW_UPS_FILE}: the paths of task '${task.id}' lift the protected ${glob}, which its parent may not change`,
    )
  })
}

/** Follow-ups whose paths are not surely within those of their parent: what it was kept from, they would do later. */
export function reachingOut(tasks: readonly Written[], own: readonly string[]): readonly string[] {
  if (own.length === 0) return []
  return tasks.flatMap(task => {
    const beyond = pathsOf(task).filter(
      glob =>
        !takesOut(glob) &&
        !isWithin(
          glob,
          own.filter(each => !takesOut(each)),
        ),
    )
    return beyond.map(
      glob =>
        `${FOLLOW_UPS_FILE}: ${glob} in the paths of task '${task.id}' is not surely within its parent's (${listed(own)}): name one of these, or files and folders below them; without \`paths\` it is given its parent's`,
    )
  })
}

function pathsOf({ paths }: Written): readonly string[] {
  return Array.isArray(paths) ? paths.filter(glob => typeof glob === 'string') : []
}

/** Its own within those of its parent, or else those; what the parent's take out is taken out last. */
function pathsWithin(task: Written, own: readonly string[]): readonly string[] {
  const given = pathsOf(task)
  if (given.length === 0) return own
  const out = own.filter(takesOut)
  return [...given.filter(glob => !out.includes(glob)), ...out]
}

/**
 * The tasks file with these at its end: ids that are taken give way to new ones, and needs follow them; needs on tasks
 * that are gone meanwhile are left out. Each names its parent, and has its limits.
 */
export function addFollowUps(
  ledger: Ledger,
  tasks: readonly Written[],
  parent: Parent,
): { readonly tasks: TaskFile; readonly gone: readonly string[] } | Refused {
  const [beyond] = reachingOut(tasks, parent.paths)
  if (beyond !== undefined) return { problem: beyond }
  const names = freshNames(
    tasks.map(task => idOf(task) ?? ''),
    idsOf(ledger),
    parent.format,
  )
  const known = new Set([...idsOf(ledger), parent.task, ...names.values()])
  const gone = new Set<string>()
  const rename = (id: unknown): string => names.get(String(id).trim()) ?? String(id).trim()
  const follow = (need: unknown): string[] => {
    const name = rename(need)
    if (known.has(name)) return [name]
    gone.add(name)
    return []
  }
  let file = ledger.tasks
  for (const task of tasks) {
    const next = addTask(file, dressed(task, rename(idOf(task)), { rename, follow }, parent))
    if (next === null)
      return { problem: 'the tasks file holds its tasks in a form that nothing can be added to' }
    file = next
  }
  return { tasks: file, gone: [...gone] }
}

/**
 * The follow-ups in a tasks file that was `before` when they were added to it; null: this is some other change. That
 * is how a candidate carries them: wherever its commit goes, they go.
 */
export function followUpsBetween(before: TaskFile, after: TaskFile): readonly Written[] | null {
  const tasks = after.tasks.slice(before.tasks.length) as readonly Written[]
  let file: TaskFile | null = before
  for (const task of tasks) file = file && addTask(file, task)
  return tasks.length > 0 && file !== null && textOf(file) === textOf(after) ? tasks : null
}

function idsOf({ tasks, done }: Ledger): readonly string[] {
  return [...tasks.tasks, ...done.tasks].flatMap(task => idOf(task) ?? [])
}

function defaultRunOf({ frame }: TaskFile): string | null {
  const defaults = frame.find(([key]) => key === 'defaults')?.[1] as Written | null | undefined
  return typeof defaults?.run === 'string' ? defaults.run : null
}

/** A new id for each that is taken; a Ralph queue counts on, as its own tools do. */
function freshNames(
  ids: readonly string[],
  others: readonly string[],
  format: Parent['format'],
): ReadonlyMap<string, string> {
  const taken = new Set(others.map(id => id.toLowerCase()))
  const counter = format === 'ralph-queue' ? counterOf(others) : null
  const names = new Map<string, string>()
  for (const id of ids) {
    let name = id
    const fits = counter === null || counter.fits(id)
    for (let n = 2; !fits || taken.has(name.toLowerCase()); n++) {
      name = counter === null ? numbered(id, n) : counter.next()
      if (!taken.has(name.toLowerCase())) break
    }
    taken.add(name.toLowerCase())
    names.set(id, name)
  }
  return names
}

function numbered(id: string, n: number): string {
  const end = `-${n}`
  return id.slice(0, 64 - end.length) + end
}

/** Where all ids are a prefix and a number of one width (`RQ-0007`). */
function counterOf(
  ids: readonly string[],
): { readonly fits: (id: string) => boolean; readonly next: () => string } | null {
  const [, prefix = '', digits = ''] = /^(.*?)(\d+)$/.exec(ids[0] ?? '') ?? []
  const fits = (id: string): boolean =>
    id.length === prefix.length + digits.length &&
    id.startsWith(prefix) &&
    /^\d+$/.test(id.slice(prefix.length))
  if (digits === '' || !ids.every(fits)) return null
  let last = ids.reduce((most, id) => Math.max(most, Number(id.slice(prefix.length))), 0)
  return { fits, next: () => prefix + String(++last).padStart(digits.length, '0') }
}

interface Names {
  /** The id that a task of the list, or another one, has in the file. */
  readonly rename: (id: unknown) => string
  /** The same for a need: none where its task is gone. */
  readonly follow: (need: unknown) => readonly string[]
}

/** As it is to stand in the file. */
function dressed(task: Written, id: string, { rename, follow }: Names, parent: Parent): Written {
  if (parent.format === 'fanout') {
    const { needs } = task
    const renamed = [needs ?? []].flat().flatMap(follow)
    const kept = typeof needs === 'string' && renamed.length === 1 ? renamed[0] : renamed
    const paths = pathsWithin(task, parent.paths)
    return {
      ...{ ...task, id },
      ...(needs === undefined ? {} : { needs: kept }),
      ...(parent.paths.length === 0 ? {} : { paths }),
      source: parent.task,
    }
  }
  const { now } = parent
  const needs = Array.isArray(task.depends_on) ? { depends_on: task.depends_on.flatMap(follow) } : {}
  // Ralph demands title and times, and keeps what it does not know itself in `custom_fields`.
  return {
    ...{ title: id, status: 'todo', created_at: now, updated_at: now },
    ...task,
    id,
    ...renamedReferences(task, rename),
    ...needs,
    custom_fields: { ...(task.custom_fields as object | null | undefined), source: parent.task },
  }
}
