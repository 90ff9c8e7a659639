/** Bookkeeping: a task that lands moves from the tasks file to the done file, as splices of text. */
import { stringify } from 'yaml'
import { asComments, commentsIn } from './comments.ts'
import type { Format } from './draft.ts'
import { appendBlock, cutBlock, eolOf, indent, intoFlowMap, lineEnd, spliceLines } from './splice-block.ts'
import { appendFlow, asBlock, cutFlow, type FlowPiece, freshFlow } from './splice-flow.ts'
import { stampJson } from './stamp.ts'
import { edited, newTaskFile, openTaskFile, type TaskFile } from './task-file.ts'

export interface Stamp {
  /** RFC 3339 UTC. */
  readonly completedAt: string
  readonly runKey: string
}

/** The two files that bookkeeping keeps. */
export interface Ledger {
  readonly tasks: TaskFile
  readonly done: TaskFile
}
/** A task as it stands in a file: its keys and values. */
export type Written = Readonly<Record<string, unknown>>
/** Why the files were left alone. */
export interface Refused {
  readonly problem: string
}

/** `doneText`: null or blank for a file that is to begin. */
export function openLedger(tasksText: string, doneText: string | null): Ledger | Refused {
  const tasks = openTaskFile('the tasks file', tasksText)
  if ('problem' in tasks) return tasks
  const done = openDone(doneText, tasks)
  return 'problem' in done ? done : { tasks, done }
}

export function openDone(text: string | null, like: TaskFile): TaskFile | Refused {
  const mark = text?.startsWith('\uFEFF') ? '\uFEFF' : ''
  if (text === null || text.slice(mark.length).trim() === '') return newTaskFile('the done file', mark, like)
  return openTaskFile('the done file', text)
}

/**
 * Takes exactly this task out of the tasks file and adds it at the end of the done file. All other bytes of both
 * stay. A fanout task gets `completed_at` and `run_key` (`run` is its command), a Ralph task `status: done`,
 * `updated_at` and `completed_at`. What was written is read back first: a result that says anything else than that
 * is a problem, never text.
 */
export function archiveTask(
  { tasks, done }: Ledger,
  format: Exclude<Format, 'ralph-workflow'>,
  id: string,
  stamp: Stamp,
): Ledger | Refused {
  const index = tasks.tasks.findIndex(task => idOf(task) === id)
  const task = tasks.tasks[index] as Written | undefined
  if (task === undefined) return { problem: `the tasks file holds no task '${id}'` }
  const keys = keysOf(format, stamp)
  const cut = cutTask(tasks, index, keys)
  if (cut === null)
    return { problem: `task '${id}' stands in a form that cannot be cut out of the tasks file` }
  const rest = edited(tasks, cut.text, index, 1, [])
  if (rest === null)
    return { problem: `task '${id}' cannot be cut out of the tasks file: others use an anchor it defines` }
  const value = { ...task, ...keys }
  const archived = put(done, cut, value, eolOf(tasks.text))
  if (archived !== null) return { tasks: rest, done: archived }
  return {
    problem: `task '${id}' cannot be added to the done file: its list is in a form that is not understood`,
  }
}

/** One more task at the end of the list, written in the file's own style; null: its form has no place for it. */
export function addTask(file: TaskFile, value: Written, eol = eolOf(file.text)): TaskFile | null {
  return added(file, written(value, [], file), value, eol)
}

/** One more task at the end of the list, as it is written in another file, with its comments; null as above. */
export function copyTask(from: TaskFile, id: string, file: TaskFile): TaskFile | null {
  const index = from.tasks.findIndex(task => idOf(task) === id)
  const cut = cutTask(from, index, {})
  return cut && put(file, cut, from.tasks[index] as Written, eolOf(file.text))
}

/** The id of one item of a list; null: it has none. */
export function idOf(task: unknown): string | null {
  const id = task !== null && typeof task === 'object' && 'id' in task ? task.id : null
  return typeof id === 'string' ? id : null
}

/** A task on its way, in the forms it can take: lines of a YAML list, and a piece of a list in brackets. */
interface Item {
  readonly lines: string | null
  readonly piece: FlowPiece | null
}
interface TaskCut {
  readonly text: string
  readonly moved: Item
  /** All of its comments. */
  readonly comments: readonly string[]
}
const NO_FORM: Item = { lines: null, piece: null }

function keysOf(format: Format, stamp: Stamp): Record<string, string> {
  const { completedAt, runKey } = stamp
  if (format === 'fanout') return { completed_at: completedAt, run_key: runKey }
  return { status: 'done', updated_at: completedAt, completed_at: completedAt }
}

function cutTask(
  { text, listing, syntax, tasks }: TaskFile,
  index: number,
  keys: Readonly<Record<string, string>>,
): TaskCut | null {
  const task = tasks[index] as Written | undefined
  if (task === undefined) return null
  const lines = Object.entries(keys).map(([key, value]) => `${key}: ${JSON.stringify(value)}`)
  const fresh = !Object.keys(keys).some(key => key in task)
  if (listing?.kind === 'block') {
    const cut = cutBlock(text, listing, index, lines)
    const moved = fresh && cut ? { lines: cut.moved, piece: null } : NO_FORM
    return cut && { text: cut.text, moved, comments: commentsIn(cut.moved, syntax) }
  }
  if (listing?.kind !== 'flow') return null
  const cut = cutFlow(text, listing, index)
  if (cut === null) return null
  const { above, body, beside } = cut.moved
  const comments = commentsIn(above + body + beside, syntax)
  if (syntax === 'yaml') {
    const piece = { ...cut.moved, body: intoFlowMap(body, lines) }
    return { text: cut.text, moved: fresh ? { lines: asBlock(piece), piece } : NO_FORM, comments }
  }
  const stamped = stampJson(body, keys)
  const moved = stamped === null ? NO_FORM : { lines: null, piece: { ...cut.moved, body: stamped } }
  return { text: cut.text, moved, comments }
}

/** First the task as it was written; where that means something else in this file, written anew from its value. */
function put(file: TaskFile, { moved, comments }: TaskCut, value: Written, eol: string): TaskFile | null {
  return added(file, moved, value, eol) ?? added(file, written(value, comments, file), value, eol)
}

/** The task written anew, in the style of the list it goes to, its comments above it. */
function written(value: Written, comments: readonly string[], { listing, syntax }: TaskFile): Item {
  const above = asComments(comments, syntax)
  if (syntax === 'jsonc' || listing?.kind === 'flow') {
    const body = JSON.stringify(value, null, syntax === 'jsonc' ? 2 : 0)
    return { lines: null, piece: { above, body, beside: '' } }
  }
  // Many readers are of YAML 1.1, where a bare `yes` is a boolean and a bare time is one.
  return { lines: above + stringify([value], { lineWidth: 0, compat: 'yaml-1.1' }), piece: null }
}

function added(file: TaskFile, item: Item, value: Written, eol: string): TaskFile | null {
  const text = withItem(file, item, eol)
  return text === null ? null : edited(file, text, file.tasks.length, 0, [value])
}

/** The text with the item at the end of its list; null when the item has no form that fits the list. */
function withItem({ text, listing, wrapped }: TaskFile, { lines, piece }: Item, eol: string): string | null {
  if (listing === null && lines !== null) {
    const head = wrapped ? `version: 1\ntasks:\n` : ''
    return (head + indent(lines, wrapped ? 2 : 0)).replace(/\r?\n/g, eol)
  }
  switch (listing?.kind) {
    case undefined:
      return piece && freshFlow(piece, wrapped, eol)
    case 'flow':
      return piece && appendFlow(text, listing, piece)
    case 'block':
      return lines === null ? null : appendBlock(text, listing, lines)
    case 'none': {
      if (lines === null) return null
      const at = listing.afterColon === null ? text.length : lineEnd(text, listing.afterColon)
      return spliceLines(text, at, indent(lines, wrapped ? 2 : 0))
    }
  }
}
