/** Text of a tasks file -> the plan of a run, or every problem it has. */
import { type Draft, EMPTY_DRAFT, type Format, type Need } from './draft.ts'
import { readFanout, tasksOf } from './fields.ts'
import { formatOf, readRalphQueue, readRalphWorkflow } from './formats.ts'
import { dependantsOf, findCycles } from './graph.ts'
import { hint, inReadingOrder, type Problem, type Report, reporter, shown } from './problem.ts'
import { readTree } from './read.ts'
import { idExpectation } from './rules.ts'
import type { Plan, Task, TaskId } from './task.ts'
import { entryOf, type Tree, toValue } from './tree.ts'

export { formatProblem, type Problem } from './problem.ts'

export interface PlanSource {
  readonly text: string
  /** Name for messages; `tasks` for inline text. */
  readonly file: string
  /** The done file, where archived tasks are. */
  readonly doneText?: { readonly file: string; readonly text: string } | null
  /** Read as this; else its shape tells. */
  readonly format?: Format
  /** What was read, as its tasks are to be looked at. */
  readonly rewrite?: (tree: Tree, report: Report) => Tree
}
export interface PlanOptions {
  readonly defaultRun: string | null
  readonly only: readonly string[]
  /** SHA-256 in hex; passed in, because this part imports nothing of the platform. */
  readonly hash: (text: string) => string
}
export type PlanResult =
  | {
      readonly ok: true
      readonly plan: Plan
      readonly format: Format
      /** Ids of the done file: a need on one is met. */
      readonly doneIds: readonly string[]
      /** Worth saying, but no reason to stop. */
      readonly notices: readonly string[]
    }
  | { readonly ok: false; readonly problems: readonly Problem[] }

export const MAX_TASKS = 10_000
/** Near names are looked for this often: with a whole file of unknown ids it takes too long. */
const MAX_HINTS = 50

/** Whether the input `tasks` is the text itself or the name of a file (SPEC section 3). */
export function parseTasksSource(
  input: string,
): { kind: 'inline'; text: string } | { kind: 'file'; path: string } {
  const trimmed = input.trim()
  // A workflow's block scalar of one task is one line and its break.
  const oneTask = /^- /.test(trimmed) && /[\r\n]/.test(input)
  const inline = oneTask || /[\r\n]/.test(trimmed) || /^[[{]/.test(trimmed)
  return inline ? { kind: 'inline', text: input } : { kind: 'file', path: trimmed }
}

/** Reads and checks a tasks file; on failure holds all problems of all its tasks, in reading order. */
export function parsePlan(source: PlanSource, options: PlanOptions): PlanResult {
  const problems: Problem[] = []
  const others: Problem[] = []
  const fail = (): PlanResult => ({ ok: false, problems: [...inReadingOrder(problems), ...others] })

  const reading = readTree(source.file, source.text, problems)
  const done = source.doneText ? readDone(source.doneText.file, source.doneText.text, others) : NOTHING_DONE
  if (!reading.ok) return fail()

  const { report } = reading
  const tree = source.rewrite?.(reading.tree, report) ?? reading.tree
  const format = source.format ?? formatOf(tree)
  const items = format === 'ralph-workflow' ? entryOf(tree, 'work_units')?.value : tasksOf(tree)
  if (items?.kind === 'list' && items.items.length > MAX_TASKS) {
    report(null, `expected at most ${MAX_TASKS} tasks, got ${items.items.length}: split the file`)
    return fail()
  }
  const read = { fanout: readFanout, 'ralph-queue': readRalphQueue, 'ralph-workflow': readRalphWorkflow }[
    format
  ](tree, report)
  if (read === null) return fail()

  const drafts = [...read.drafts, ...rejectedBefore(read.drafts, done)]
  const index = indexIds(drafts, report)
  const needs = connect(drafts, index, done.met, report)
  checkOnly(options.only, source.file, drafts, done.met, others)
  checkCommands(drafts, options, report)
  if (problems.length > 0 || others.length > 0) return fail()

  const tasks = drafts.map(draft => taskOf(draft, options))
  const again = tasks
    .filter(task => done.met.has(task.id))
    .map(task => `task '${task.id}' is also in the done file`)
  const plan: Plan = {
    tasks,
    index: new Map(tasks.map((task, position) => [task.id, position])),
    needs,
    dependants: dependantsOf(needs),
  }
  return { ok: true, plan, format, doneIds: [...done.met], notices: [...read.notices, ...again] }
}

interface Done {
  readonly met: ReadonlySet<string>
  /** Archived as rejected: a need on one is not met. */
  readonly rejected: ReadonlySet<string>
}
const NOTHING_DONE: Done = { met: new Set(), rejected: new Set() }

/** Only ids and whether they were rejected: the file may hold tasks of any format and age. */
function readDone(file: string, text: string, problems: Problem[]): Done {
  if (text.replace('\uFEFF', '').trim() === '') return NOTHING_DONE
  const reading = readTree(file, text, problems)
  if (!reading.ok) return NOTHING_DONE
  const { tree, report } = reading
  const list = tasksOf(tree)
  if (list === null && !isEmpty(tree)) {
    report(tree.at, `expected a list of tasks, or {version: 1, tasks: [...]}, got ${shown(toValue(tree))}`)
  }
  const met = new Set<string>()
  const rejected = new Set<string>()
  for (const item of list?.items ?? []) {
    const id = entryOf(item, 'id')?.value
    const status = entryOf(item, 'status')?.value
    if (id?.kind !== 'leaf' || typeof id.value !== 'string') {
      report(item.at, `expected a task with an id, got ${shown(toValue(item))}`)
    } else if (status?.kind === 'leaf' && status.value === 'rejected') rejected.add(id.value)
    else met.add(id.value)
  }
  return { met, rejected }
}

function isEmpty(tree: Tree): boolean {
  const tasks = tree.kind === 'map' ? entryOf(tree, 'tasks')?.value : tree
  return tasks?.kind === 'leaf' && tasks.value === null
}

/** Tasks that were archived as rejected and are needed all the same: in the plan they block what needs them. */
function rejectedBefore(drafts: readonly Draft[], done: Done): Draft[] {
  const present = new Set(drafts.map(draft => draft.id))
  const wanted = new Set(drafts.flatMap(draft => draft.needs.map(need => need.id)))
  return [...wanted]
    .filter(
      id => done.rejected.has(id) && !done.met.has(id) && !present.has(id) && idExpectation(id) === null,
    )
    .map(id => ({ ...EMPTY_DRAFT, id, status: 'rejected' as const }))
}

/** Position of each id; ids that differ only in case are duplicates, since they become file names. */
function indexIds(drafts: readonly Draft[], report: Report): ReadonlyMap<string, number> {
  const index = new Map<string, number>()
  const folded = new Map<string, string>()
  drafts.forEach((draft, position) => {
    if (draft.id === null) return
    const twin = folded.get(draft.id.toLowerCase())
    if (twin === undefined) {
      folded.set(draft.id.toLowerCase(), draft.id)
      index.set(draft.id, position)
    } else {
      const why = twin === draft.id ? '' : ` (it differs from '${twin}' only in case)`
      report(draft.at, `duplicate id '${draft.id}'${why}`)
    }
  })
  return index
}

/** The needs as positions, without those that the done file has met; self-needs, unknown ones and cycles reported. */
function connect(
  drafts: readonly Draft[],
  index: ReadonlyMap<string, number>,
  met: ReadonlySet<string>,
  report: Report,
): number[][] {
  const unknown = new Set<number>()
  const needs = drafts.map((draft, position) => {
    const found = new Set<number>()
    for (const need of draft.needs) {
      const target = index.get(need.id)
      if (need.id === draft.id) report(need.at, `task '${need.id}' needs itself`)
      else if (target !== undefined && target !== position) found.add(target)
      else if (target === undefined && !met.has(need.id) && !unknown.has(need.at)) {
        // A need among the defaults stands at one place, whoever inherits it.
        unknown.add(need.at)
        const near = unknown.size > MAX_HINTS ? '' : hint(need.id, [...index.keys(), ...met])
        report(need.at, `unknown task ${shown(need.id)} in the needs of ${nameOf(draft)}${near}`)
      }
    }
    return [...found]
  })
  for (const cycle of findCycles(needs)) {
    const names = cycle.map(position => drafts[position]?.id ?? '')
    const [first, second] = cycle.map(position => drafts[position])
    const need = first?.needs.find(candidate => candidate.id === (second ?? first)?.id)
    report(need?.at ?? first?.at ?? null, `the needs form a cycle: ${pathOf(names)}`)
  }
  return needs
}

const SHOWN_CYCLE = 20

function pathOf(names: readonly string[]): string {
  const cut = names.length - SHOWN_CYCLE
  const middle = cut > 0 ? [...names.slice(0, SHOWN_CYCLE), `(${cut} more)`] : names
  return [...middle, names[0]].join(' -> ')
}

function nameOf(draft: Draft): string {
  return draft.id === null ? 'this task' : `task '${draft.id}'`
}

function checkOnly(
  only: readonly string[],
  file: string,
  drafts: readonly Draft[],
  met: ReadonlySet<string>,
  problems: Problem[],
): void {
  const known = drafts.flatMap(draft => (draft.id === null ? [] : [draft.id]))
  const ids = new Set(known)
  const report = reporter("input 'only'", '', problems)
  for (const id of only) {
    if (ids.has(id)) continue
    const why = met.has(id) ? ' (it is in the done file)' : hint(id, known)
    report(null, `expected ids of tasks in ${file}, got ${shown(id)}${why}`)
  }
}

function checkCommands(drafts: readonly Draft[], options: PlanOptions, report: Report): void {
  if (options.defaultRun?.trim()) return
  for (const draft of drafts) {
    const runs = draft.status === 'todo' || draft.status === 'doing'
    const chosen = options.only.length === 0 || (draft.id !== null && options.only.includes(draft.id))
    if (!runs || !chosen || draft.run !== null) continue
    report(draft.at, `${nameOf(draft)} has no command: expected a key 'run', or the input 'run'`)
  }
}

function taskOf(draft: Draft, options: PlanOptions): Task {
  const id = (draft.id ?? '') as TaskId
  const title = draft.title ?? id
  return {
    id,
    title,
    prompt: draft.prompt,
    run: draft.run,
    needs: [...new Set(draft.needs.map((need: Need) => need.id as TaskId))],
    paths: draft.paths,
    env: draft.env,
    timeoutMinutes: draft.timeoutMinutes,
    retries: draft.retries,
    commitMessage: draft.commitMessage,
    status: draft.status,
    notBefore: draft.notBefore,
    fingerprint: fingerprint(draft, id, title, options),
  }
}

/** First 12 hex digits of the hash of what the worker is told; the same text whatever order its keys stood in. */
function fingerprint(draft: Draft, id: string, title: string, options: PlanOptions): string {
  const env = Object.fromEntries(Object.entries(draft.env).sort(([a], [b]) => (a < b ? -1 : 1)))
  const definition = {
    id,
    title,
    prompt: draft.prompt,
    run: draft.run ?? options.defaultRun,
    paths: draft.paths,
    env,
    'commit-message': draft.commitMessage,
  }
  return options.hash(JSON.stringify(definition)).slice(0, 12)
}
