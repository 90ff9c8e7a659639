/** Bookkeeping: a task that lands moves from the tasks file to the done file, as splices of text. */
import { stringify } from 'yaml'
import type { Format } from './draft.ts'
import { tasksOf } from './fields.ts'
import { type Listing, listingOf } from './listing.ts'
import { formatProblem, type Problem } from './problem.ts'
import { readTree } from './read.ts'
import { appendBlock, cutBlock, eolOf, indent, lineEnd, spliceLines } from './splice-block.ts'
import { appendFlow, cutFlow, type FlowPiece, freshFlow } from './splice-flow.ts'
import { stampJson } from './stamp.ts'
import { entryOf, type Syntax, type Tree, toValue } from './tree.ts'

export interface Stamp {
  /** RFC 3339 UTC. */
  readonly completedAt: string
  readonly runKey: string
}
export type Archived =
  | { readonly tasksText: string; readonly doneText: string }
  /** Why the files were left alone. */
  | { readonly problem: string }

/**
 * Takes exactly this task out of the tasks file and adds it at the end of the done file (null or blank: a new one).
 * All other bytes of both stay. A fanout task gets `completed_at` and `run_key` (`run` is its command), a Ralph task
 * `status: done`, `updated_at` and `completed_at`. What was written is read back first: a result that says anything
 * else than that is a problem, never text.
 */
export function archiveTask(
  tasksText: string,
  doneText: string | null,
  format: Format,
  id: string,
  stamp: Stamp,
): Archived {
  if (format === 'ralph-workflow') return { problem: 'a Ralph Workflow plan has no done file' }
  const source = openList('the tasks file', tasksText)
  if ('problem' in source) return source
  const done = doneText === null || bare(doneText).trim() === '' ? null : openList('the done file', doneText)
  if (done !== null && 'problem' in done) return done

  const index = source.tasks.findIndex(task => idOf(task) === id)
  const task = source.tasks[index]
  if (task === undefined) return { problem: `the tasks file holds no task '${id}'` }
  const keys = keysOf(format, stamp)
  const value = { ...(toValue(task) as Record<string, unknown>), ...keys }

  const cut = cutTask(source, index, keys)
  if (cut === null)
    return { problem: `task '${id}' stands in a form that cannot be cut out of the tasks file` }
  const rest = open('the tasks file', cut.text)
  const others = source.tasks.filter((_, position) => position !== index)
  if (
    'problem' in rest ||
    !same(rest.tasks.map(toValue), others.map(toValue)) ||
    !same(rest.frame, source.frame)
  ) {
    return { problem: `task '${id}' cannot be cut out of the tasks file: others use an anchor it defines` }
  }

  const doneBefore = done === null ? [] : done.tasks.map(toValue)
  const target = done ?? { text: '', syntax: source.syntax, listing: null, wrapped: source.wrapped }
  // First the task as it was written; where that means something else in the other file, written anew from its value.
  for (const item of [cut.moved, written(value, target.listing, target.syntax)]) {
    const text = item === null ? null : addTask(target, item, eolOf(source.text))
    const after = text === null ? null : open('the done file', text)
    if (text === null || after === null || 'problem' in after) continue
    if (!same(after.tasks.map(toValue), [...doneBefore, value])) continue
    if (done !== null && !same(after.frame, done.frame)) continue
    return { tasksText: mark(tasksText) + cut.text, doneText: mark(doneText ?? '') + text }
  }
  return {
    problem: `task '${id}' cannot be added to the done file: its list is in a form that is not understood`,
  }
}

/** A task on its way: lines of a YAML list, or a piece of a list in brackets. */
type Item =
  | { readonly kind: 'block'; readonly lines: string }
  | { readonly kind: 'flow'; readonly piece: FlowPiece }

interface Opened {
  readonly text: string
  readonly syntax: Syntax
  readonly tasks: readonly Tree[]
  /** Whether the list stands under the key `tasks`. */
  readonly wrapped: boolean
  /** All other keys of the file. */
  readonly frame: unknown
}

function open(name: string, source: string): Opened | { readonly problem: string } {
  const problems: Problem[] = []
  const text = bare(source)
  const reading = readTree(name, text, problems)
  const [problem] = problems
  if (problem !== undefined || !reading.ok)
    return { problem: problem ? formatProblem(problem) : `${name} is unreadable` }
  const { tree, syntax } = reading
  const entries = tree.kind === 'map' ? tree.entries.filter(entry => entry.key !== 'tasks') : []
  const frame = entries.map(entry => [entry.key, toValue(entry.value)])
  return { text, syntax, tasks: tasksOf(tree)?.items ?? [], wrapped: tree.kind === 'map', frame }
}

/** Opened to be changed: with the places of its items. */
function openList(
  name: string,
  source: string,
): (Opened & { readonly listing: Listing }) | { readonly problem: string } {
  const opened = open(name, source)
  if ('problem' in opened) return opened
  const listing = listingOf(opened.text, opened.syntax)
  const known = listing !== null && (listing.kind === 'none' || listing.items.length === opened.tasks.length)
  return known
    ? { ...opened, listing }
    : { problem: `${name} holds its tasks in a form that cannot be edited` }
}

function keysOf(format: Format, stamp: Stamp): Record<string, string> {
  const { completedAt, runKey } = stamp
  if (format === 'fanout') return { completed_at: completedAt, run_key: runKey }
  return { status: 'done', updated_at: completedAt, completed_at: completedAt }
}

function cutTask(
  source: Opened & { readonly listing: Listing },
  index: number,
  keys: Readonly<Record<string, string>>,
): { readonly text: string; readonly moved: Item | null } | null {
  const { text, listing } = source
  const present = Object.keys(keys).some(key => entryOf(source.tasks[index] as Tree, key) !== null)
  if (listing.kind === 'block') {
    const lines = Object.entries(keys).map(([key, value]) => `${key}: ${JSON.stringify(value)}`)
    const cut = cutBlock(text, listing, index, lines)
    const plain = listing.items[index]?.keyColumn !== null && !present
    return cut && { text: cut.text, moved: plain ? { kind: 'block', lines: cut.moved } : null }
  }
  if (listing.kind === 'none') return null
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

type Target = Pick<Opened, 'text' | 'syntax' | 'wrapped'> & { readonly listing: Listing | null }

/** The done file with the item at its end; null when the item's form does not fit the list's. */
function addTask(done: Target, item: Item, eol: string): string | null {
  const { text, listing, wrapped } = done
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

function idOf(task: Tree): unknown {
  const id = entryOf(task, 'id')?.value
  return id?.kind === 'leaf' ? id.value : null
}

/** Equal but for the order of keys. */
function same(a: unknown, b: unknown): boolean {
  return canonical(a) === canonical(b)
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    part !== null && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([x], [y]) => (x < y ? -1 : 1)))
      : part,
  )
}

function mark(text: string): string {
  return text.startsWith('\uFEFF') ? '\uFEFF' : ''
}

function bare(text: string): string {
  return text.slice(mark(text).length)
}
