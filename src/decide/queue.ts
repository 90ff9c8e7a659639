/** Bookkeeping: a task that lands moves from the tasks file to the done file, as splices of text. */
import { stringify } from 'yaml'
import type { Format } from './draft.ts'
import type { Listing } from './listing.ts'
import { appendBlock, cutBlock, eolOf, indent, lineEnd, spliceLines } from './splice-block.ts'
import { appendFlow, cutFlow, type FlowPiece, freshFlow } from './splice-flow.ts'
import { stampJson } from './stamp.ts'
import { edited, newTaskFile, openTaskFile, type TaskFile } from './task-file.ts'
import type { Syntax } from './tree.ts'

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
  const task = tasks.tasks[index] as Record<string, unknown> | undefined
  if (task === undefined) return { problem: `the tasks file holds no task '${id}'` }
  const keys = keysOf(format, stamp)
  const cut = cutTask(tasks, index, keys)
  if (cut === null)
    return { problem: `task '${id}' stands in a form that cannot be cut out of the tasks file` }
  const rest = edited(tasks, cut.text, index, 1, [])
  if (rest === null)
    return { problem: `task '${id}' cannot be cut out of the tasks file: others use an anchor it defines` }
  const value = { ...task, ...keys }
  // First the task as it was written; where that means something else in the other file, written anew from its value.
  const archived = added(done, cut.moved, value, eolOf(tasks.text)) ?? addTask(done, value, eolOf(tasks.text))
  if (archived !== null) return { tasks: rest, done: archived }
  return {
    problem: `task '${id}' cannot be added to the done file: its list is in a form that is not understood`,
  }
}

/** One more task at the end of the list, written in the file's own style; null: its form has no place for it. */
export function addTask(
  file: TaskFile,
  value: Readonly<Record<string, unknown>>,
  eol = eolOf(file.text),
): TaskFile | null {
  return added(file, written(value, file.listing, file.syntax), value, eol)
}

/** The id of one item of a list; null: it has none. */
export function idOf(task: unknown): string | null {
  const id = task !== null && typeof task === 'object' && 'id' in task ? task.id : null
  return typeof id === 'string' ? id : null
}

/** A task on its way: lines of a YAML list, or a piece of a list in brackets. */
type Item =
  | { readonly kind: 'block'; readonly lines: string }
  | { readonly kind: 'flow'; readonly piece: FlowPiece }

function keysOf(format: Format, stamp: Stamp): Record<string, string> {
  const { completedAt, runKey } = stamp
  if (format === 'fanout') return { completed_at: completedAt, run_key: runKey }
  return { status: 'done', updated_at: completedAt, completed_at: completedAt }
}

function cutTask(
  source: TaskFile,
  index: number,
  keys: Readonly<Record<string, string>>,
): { readonly text: string; readonly moved: Item | null } | null {
  const { text, listing } = source
  const task = source.tasks[index] as object
  if (listing?.kind === 'block') {
    const lines = Object.entries(keys).map(([key, value]) => `${key}: ${JSON.stringify(value)}`)
    const cut = cutBlock(text, listing, index, lines)
    const plain = listing.items[index]?.keyColumn !== null && !Object.keys(keys).some(key => key in task)
    return cut && { text: cut.text, moved: plain ? { kind: 'block', lines: cut.moved } : null }
  }
  if (listing?.kind !== 'flow') return null
  const cut = cutFlow(text, listing, index)
  if (cut === null) return null
  const body = stampJson(cut.moved.body, keys)
  return { text: cut.text, moved: body === null ? null : { kind: 'flow', piece: { ...cut.moved, body } } }
}

/** The task written anew, in the style of the list it goes to. */
function written(value: unknown, listing: Listing | null, syntax: Syntax): Item {
  if (syntax === 'jsonc' || listing?.kind === 'flow') {
    const body = JSON.stringify(value, null, syntax === 'jsonc' ? 2 : 0)
    return { kind: 'flow', piece: { above: '', body, beside: '' } }
  }
  return { kind: 'block', lines: stringify([value], { lineWidth: 0 }) }
}

function added(file: TaskFile, item: Item | null, value: unknown, eol: string): TaskFile | null {
  const text = item === null ? null : withItem(file, item, eol)
  return text === null ? null : edited(file, text, file.tasks.length, 0, [value])
}

/** The text with the item at the end of its list; null when the item's form does not fit the list's. */
function withItem({ text, listing, wrapped }: TaskFile, item: Item, eol: string): string | null {
  if (listing === null) {
    if (item.kind === 'flow') return freshFlow(item.piece, wrapped, eol)
    const head = wrapped ? `version: 1\ntasks:\n` : ''
    return (head + indent(item.lines, wrapped ? 2 : 0)).replace(/\r?\n/g, eol)
  }
  if (item.kind === 'flow') return listing.kind === 'flow' ? appendFlow(text, listing, item.piece) : null
  switch (listing.kind) {
    case 'block':
      return appendBlock(text, listing, item.lines)
    case 'none': {
      const at = listing.afterColon === null ? text.length : lineEnd(text, listing.afterColon)
      return spliceLines(text, at, indent(item.lines, wrapped ? 2 : 0))
    }
    case 'flow':
      return null
  }
}
