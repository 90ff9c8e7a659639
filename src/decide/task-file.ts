/**
 * A tasks or done file, opened to be edited: its text with the values and the places of its tasks. An edit is read
 * back before it counts, only around the place that changed where that suffices: a file of thousands of tasks is
 * parsed once, not once for every task that leaves it.
 */
import { tasksOf } from './fields.ts'
import { readJson } from './json.ts'
import { type BlockItem, type FlowListing, type Listing, listingOf } from './listing.ts'
import { formatProblem, type Problem } from './problem.ts'
import { readTree } from './read.ts'
import { lineStart } from './splice-block.ts'
import { type Syntax, toValue } from './tree.ts'
import { readYaml } from './yaml.ts'

export interface TaskFile {
  /** For messages, such as `the tasks file`. */
  readonly name: string
  /** Its byte order mark, if it has one. */
  readonly mark: string
  /** All the rest of it. */
  readonly text: string
  readonly syntax: Syntax
  /** null: there is nothing in the file yet. */
  readonly listing: Listing | null
  /** What the list holds, item by item. */
  readonly tasks: readonly unknown[]
  /** Whether the list stands under the key `tasks`. */
  readonly wrapped: boolean
  /** All other keys of the file. */
  readonly frame: readonly (readonly [string, unknown])[]
  /** Some part stands for another one (YAML aliases): no part of the text means anything on its own. */
  readonly linked: boolean
}

export function openTaskFile(name: string, source: string): TaskFile | { readonly problem: string } {
  const problems: Problem[] = []
  const mark = source.startsWith('\uFEFF') ? '\uFEFF' : ''
  const text = source.slice(mark.length)
  const reading = readTree(name, text, problems)
  const [problem] = problems
  if (problem !== undefined || !reading.ok)
    return { problem: problem ? formatProblem(problem) : `${name} is unreadable` }
  const { tree, syntax } = reading
  const others = tree.kind === 'map' ? tree.entries.filter(entry => entry.key !== 'tasks') : []
  const tasks = (tasksOf(tree)?.items ?? []).map(toValue)
  const placed = listingOf(text, syntax)
  if (placed === null || (placed.listing.kind !== 'none' && placed.listing.items.length !== tasks.length))
    return { problem: `${name} holds its tasks in a form that cannot be edited` }
  const frame = others.map(entry => [entry.key, toValue(entry.value)] as const)
  return { name, mark, text, syntax, ...placed, tasks, wrapped: tree.kind === 'map', frame }
}

/** A file that is not there yet, to be written like the one beside it. */
export function newTaskFile(name: string, mark: string, like: TaskFile): TaskFile {
  const { syntax, wrapped } = like
  return { name, mark, text: '', syntax, listing: null, tasks: [], wrapped, frame: [], linked: false }
}

/** All of it, as it is written to disk. */
export function textOf(file: TaskFile): string {
  return file.mark + file.text
}

/**
 * The file with another text, in which `added` stand in place of `removed` tasks from `at` on; null: that is not what
 * the text says.
 */
export function edited(
  file: TaskFile,
  text: string,
  at: number,
  removed: number,
  added: readonly unknown[],
): TaskFile | null {
  const tasks = [...file.tasks.slice(0, at), ...added, ...file.tasks.slice(at + removed)]
  const listing = listingAfter(file, text, tasks, at, removed, added.length)
  if (listing !== null) return { ...file, text, tasks, listing }
  const whole = openTaskFile(file.name, file.mark + text)
  if ('problem' in whole || !same(whole.tasks, tasks)) return null
  return file.listing === null || same(whole.frame, file.frame) ? whole : null
}

/** Equal but for the order of keys. */
export function same(a: unknown, b: unknown): boolean {
  return canonical(a) === canonical(b)
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    part !== null && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([x], [y]) => (x < y ? -1 : 1)))
      : part,
  )
}

/**
 * The places after an edit, from reading only what changed and the tasks on both sides of it: items of a list mean
 * the same whatever stands further away. null: only the whole text can tell.
 */
function listingAfter(
  file: TaskFile,
  text: string,
  tasks: readonly unknown[],
  at: number,
  removed: number,
  added: number,
): Listing | null {
  const { listing } = file
  if (file.linked || listing === null || listing.kind === 'none') return null
  const first = Math.max(0, at - 1)
  const last = Math.min(at + added, tasks.length - 1)
  // What is put before all others has no place that is known.
  if (tasks.length === 0 || (at === 0 && added > 0)) return null
  const shift = text.length - file.text.length
  const wanted = tasks.slice(first, last + 1)
  const splice = <T>(before: readonly T[], around: readonly T[], after: readonly T[]): readonly T[] => [
    ...before.slice(0, first),
    ...around,
    ...after.slice(last + 1 - at - added),
  ]
  if (listing.kind === 'block') {
    const after = listing.items.slice(at + removed).map(item => movedBlock(item, shift))
    const items = [...listing.items.slice(0, at), ...Array<null>(added).fill(null), ...after]
    const start = lineStart(text, items[first]?.dash ?? 0)
    const next = items[last + 1]
    const part = text.slice(start, next ? lineStart(text, next.dash) : text.length)
    const found = partListing(part, 'yaml', wanted)
    if (found?.kind !== 'block') return null
    const around = found.items.map(item => movedBlock(item, start))
    return { ...listing, items: splice(listing.items, around, after) }
  }
  const after = listing.items.slice(at + removed).map(item => movedFlow(item, shift))
  const items = [...listing.items.slice(0, at), ...Array<null>(added).fill(null), ...after]
  const close = listing.close + shift
  // At both ends up to the bracket itself: it must still be one, and nothing may be left beside it.
  const start = first === 0 ? listing.open + 1 : (items[first]?.start ?? 0)
  const part = `[${text.slice(start, items[last + 1] ? items[last]?.end : close)}]`
  const found = partListing(part, file.syntax, wanted)
  if (found?.kind !== 'flow') return null
  const around = found.items.map(item => movedFlow(item, start - 1))
  return { ...listing, close, items: splice(listing.items, around, after) }
}

/** The places of a few items in a text that holds nothing but them; null unless they are the wanted ones. */
function partListing(part: string, syntax: Syntax, wanted: readonly unknown[]): Listing | null {
  let sound = true
  const report = (): void => {
    sound = false
  }
  const tree = syntax === 'jsonc' ? readJson(part, report) : readYaml(part, report)
  if (!sound || tree?.kind !== 'list' || !same(tree.items.map(toValue), wanted)) return null
  const placed = listingOf(part, syntax)
  if (placed === null || placed.linked) return null
  const { listing } = placed
  return listing.kind !== 'none' && listing.items.length === wanted.length ? listing : null
}

function movedBlock(item: BlockItem, by: number): BlockItem {
  return { ...item, dash: item.dash + by, end: item.end + by }
}

function movedFlow(item: FlowListing['items'][number], by: number): FlowListing['items'][number] {
  return { start: item.start + by, end: item.end + by }
}
