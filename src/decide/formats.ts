/** The two foreign shapes that are read as they are: a Ralph queue and a Ralph Workflow plan (SPEC section 3). */
import * as z from 'zod'
import { type Draft, type Drafts, EMPTY_DRAFT, type Format, type Need } from './draft.ts'
import { TASK_KEY_NAMES, tasksOf } from './fields.ts'
import { escapeGlob } from './globs.ts'
import { type Report, shown } from './problem.ts'
import { idExpectation, ruled, textExpectation, timeExpectation, titleFrom } from './rules.ts'
import { type Manners, readShape } from './shape.ts'
import { STATUSES } from './task.ts'
import { entryOf, type ListTree, partAt, type Tree, toValue } from './tree.ts'

/** Keys that only a task of a Ralph queue has. */
const RALPH_KEYS = [
  'depends_on',
  'scheduled_start',
  'created_at',
  'updated_at',
  'completed_at',
  'request',
  'evidence',
]
/** Keys that only a task of our own has; where one is used, a foreign key is a slip. */
export const OWN_KEYS = TASK_KEY_NAMES.filter(key => !['id', 'title', 'status', 'source'].includes(key))

/** Foreign keys are passed over: both tools keep much in a task that is not for us. */
const TOLERANT: Manners = { unknown: null }

/** Whose file this is, by its shape. */
export function formatOf(tree: Tree): Format {
  if (tree.kind !== 'map') return 'fanout'
  if (entryOf(tree, 'work_units') !== null) return 'ralph-workflow'
  const tasks = tasksOf(tree)?.items ?? []
  const uses = (keys: readonly string[]) => tasks.some(task => keys.some(key => entryOf(task, key) !== null))
  const ralph = entryOf(tree, 'defaults') === null && uses(RALPH_KEYS) && !uses(OWN_KEYS)
  return ralph ? 'ralph-queue' : 'fanout'
}

const text = z.string('expected a string')
const ids = z.array(z.string('expected the id of a task'), 'expected a list of ids')
/** Ralph writes a text or a list of texts. */
const prose = z.preprocess(
  value => (typeof value === 'string' ? [value] : value),
  z.array(text, 'expected a string or a list of strings').nullish(),
)
const RALPH_TASK = {
  id: ruled(text, idExpectation),
  title: text.nullish(),
  status: z.enum(STATUSES, `expected one of ${STATUSES.join(', ')}`).nullish(),
  depends_on: ids.nullish(),
  scheduled_start: ruled(z.string('expected an RFC 3339 time'), timeExpectation).nullish(),
  description: prose,
  request: prose,
  plan: prose,
  evidence: prose,
  scope: prose,
  notes: prose,
} as const
const RALPH_PROSE = ['description', 'request', 'plan', 'evidence', 'scope', 'notes'] as const

/** The tasks of a Ralph queue; what Ralph says of a task in prose becomes its prompt. */
export function readRalphQueue(tree: Tree, report: Report): Drafts {
  const version = { version: z.literal(1, 'expected 1') }
  if (tree.kind === 'map') readShape(tree, version, report, TOLERANT)
  const drafts = (tasksOf(tree)?.items ?? []).map(task => readRalphTask(task, report))
  return { format: 'ralph-queue', drafts, notices: ['the tasks file was read as a Ralph queue'] }
}

function readRalphTask(tree: Tree, report: Report): Draft {
  const keys = readShape(tree, RALPH_TASK, report, TOLERANT)
  missing(tree, ['id'], report)
  const title = keys.title?.trim() || null
  const sections = RALPH_PROSE.flatMap(name => {
    const lines = (keys[name] ?? []).filter(line => line.trim() !== '')
    if (lines.length === 0) return []
    const body = lines.length === 1 ? lines[0] : lines.map(line => `- ${line}`).join('\n')
    return `## ${name.charAt(0).toUpperCase()}${name.slice(1)}\n\n${body}\n`
  })
  const prompt = [...(title === null ? [] : [`# ${title}\n`]), ...sections].join('\n')
  checkPrompt(tree, prompt, report)
  return {
    ...EMPTY_DRAFT,
    at: tree.at,
    id: keys.id ?? null,
    title: title === null ? null : titleFrom(title),
    prompt: prompt === '' ? null : prompt,
    needs: needsOf(keys.depends_on ?? [], tree, 'depends_on'),
    status: keys.status ?? 'todo',
    notBefore: keys.scheduled_start ?? null,
  }
}

const UNIT_ID = /^[a-zA-Z0-9_-]{1,64}$/
const MAX_DESCRIPTION = 4096
const RESERVED = ['.git', '.agent', '.worktrees']

function directoryExpectation(directory: string): string | null {
  if (directory.trim() === '') return 'expected a directory'
  if (directory.includes('\\')) return "expected a directory with '/' between its parts, without backslashes"
  if (/^(\/|~|[A-Za-z]:)/.test(directory)) return 'expected a directory relative to the repository'
  if (/[\u0000-\u001f\u007f]/.test(directory)) return 'expected a directory without control characters'
  const parts = partsOf(directory)
  if (parts.includes('..')) return "expected a directory inside the repository, without '..'"
  const [first] = parts
  if (first === undefined) return 'expected a directory inside the repository, not all of it'
  return RESERVED.includes(first.toLowerCase())
    ? `expected a directory other than ${RESERVED.join(', ')}`
    : null
}

const UNIT = {
  unit_id: ruled(text, id =>
    UNIT_ID.test(id) ? idExpectation(id) : "expected an id of 1 to 64 letters, digits, '_' or '-'",
  ),
  description: ruled(text, description =>
    description.trim() === '' || [...description].length > MAX_DESCRIPTION
      ? `expected a description of 1 to ${MAX_DESCRIPTION} characters`
      : textExpectation(description),
  ),
  allowed_directories: z.array(ruled(text, directoryExpectation), 'expected a list of directories'),
  dependencies: ids,
} as const

/** The units of a Ralph Workflow plan; their directories must be disjoint, segment by segment. */
export function readRalphWorkflow(tree: Tree, report: Report): Drafts {
  const units = entryOf(tree, 'work_units')?.value ?? tree
  if (units.kind !== 'list') {
    report(units.at, `expected a list of work units, got ${shown(toValue(units))}`)
    return { format: 'ralph-workflow', drafts: [], notices: [] }
  }
  const notices = ['the tasks file was read as a Ralph Workflow plan']
  const drafts = units.items.map(unit => {
    const keys = readShape(unit, UNIT, report, TOLERANT)
    missing(unit, ['unit_id', 'description'], report)
    const directories = keys.allowed_directories ?? []
    if (directories.length === 0 && keys.unit_id !== undefined) {
      notices.push(`unit '${keys.unit_id}' names no allowed directories: it may change any file`)
    }
    return {
      ...EMPTY_DRAFT,
      at: unit.at,
      id: keys.unit_id ?? null,
      title: keys.description === undefined ? null : titleFrom(keys.description),
      prompt: keys.description ?? null,
      needs: needsOf(keys.dependencies ?? [], unit, 'dependencies'),
      paths: directories.map(directory => `${escapeGlob(partsOf(directory).join('/'))}/**`),
    }
  })
  checkDisjoint(units, report)
  return { format: 'ralph-workflow', drafts, notices }
}

function checkDisjoint(units: ListTree, report: Report): void {
  const claims = units.items.flatMap((unit, index) => {
    const id = entryOf(unit, 'unit_id')?.value
    const name = id?.kind === 'leaf' ? String(id.value) : `number ${index + 1}`
    const directories = entryOf(unit, 'allowed_directories')?.value
    const leaves = directories?.kind === 'list' ? directories.items : []
    return leaves.flatMap(tree => {
      const written = tree.kind === 'leaf' && typeof tree.value === 'string' ? tree.value : ''
      return directoryExpectation(written) === null
        ? { index, name, written, at: tree.at, parts: partsOf(written) }
        : []
    })
  })
  const owners = new Map<string, (typeof claims)[number][]>()
  for (const claim of claims) {
    const key = claim.parts.join('/')
    owners.set(key, [...(owners.get(key) ?? []), claim])
  }
  for (const claim of claims) {
    const rival = claim.parts
      .map((_, depth) => owners.get(claim.parts.slice(0, depth + 1).join('/')) ?? [])
      .flatMap((holders, depth) => {
        // Of two equal claims only the later one is told of.
        const equal = depth + 1 === claim.parts.length
        return holders.filter(
          holder => holder.index !== claim.index && (!equal || holder.index < claim.index),
        )
      })[0]
    if (rival === undefined) continue
    report(
      claim.at,
      `'${claim.written}' of unit '${claim.name}' overlaps '${rival.written}' of unit '${rival.name}': ` +
        'choose disjoint directories or merge the units',
    )
  }
}

function partsOf(directory: string): string[] {
  return directory.split('/').filter(part => part !== '' && part !== '.')
}

function missing(tree: Tree, keys: readonly string[], report: Report): void {
  if (tree.kind !== 'map') return
  for (const key of keys) if (entryOf(tree, key) === null) report(tree.at, `missing key '${key}'`)
}

function checkPrompt(tree: Tree, prompt: string, report: Report): void {
  const expectation = textExpectation(prompt)
  if (expectation !== null) report(tree.at, `${expectation} in one task, got ${shown(prompt)}`)
}

function needsOf(needs: readonly string[], tree: Tree, key: string): Need[] {
  return needs.map((id, index) => ({ id: id.trim(), at: partAt(tree, [key, index]).at }))
}
