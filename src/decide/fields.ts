/** The keys of a task and of a tasks file in Fanout's own format (SPEC section 3). */
import * as z from 'zod'
import { type Draft, type Drafts, EMPTY_DRAFT, type Need } from './draft.ts'
import { globExpectation } from './globs.ts'
import { type Report, shown } from './problem.ts'
import {
  envNameExpectation,
  filledExpectation,
  idExpectation,
  ruled,
  textExpectation,
  timeExpectation,
  titleExpectation,
} from './rules.ts'
import { readShape, unknownKey, type Values } from './shape.ts'
import { STATUSES } from './task.ts'
import { entryOf, type ListTree, type Tree, toValue } from './tree.ts'

const text = z.string('expected a string')
const paths = z.array(ruled(z.string('expected a glob'), globExpectation), 'expected a list of globs')

export const DEFAULT_KEYS = {
  title: ruled(text, titleExpectation),
  prompt: ruled(text, textExpectation),
  run: ruled(text, filledExpectation),
  needs: z.preprocess(
    value => (Array.isArray(value) ? value : [value]),
    z.array(z.string('expected the id of a task, or a list of ids')),
  ),
  paths: ruled(paths, globs =>
    globs.length > 0 && globs.every(glob => glob.startsWith('!') && !glob.startsWith('!('))
      ? "expected at least one glob without '!'"
      : null,
  ),
  env: z.record(
    ruled(z.string(), envNameExpectation),
    ruled(text, textExpectation),
    'expected a map of strings',
  ),
  'timeout-minutes': z.number('expected a number above 0').positive('expected a number above 0'),
  retries: z.int('expected a whole number, 0 or more').nonnegative('expected a whole number, 0 or more'),
  'commit-message': ruled(text, filledExpectation),
  status: z.enum(STATUSES, `expected one of ${STATUSES.join(', ')}`),
  'not-before': ruled(z.string('expected an RFC 3339 time such as 2030-01-31T08:00:00Z'), timeExpectation),
} as const
export const TASK_KEYS = {
  id: ruled(text, idExpectation),
  ...DEFAULT_KEYS,
  // Bookkeeping writes it into a follow-up; nothing depends on it.
  source: ruled(text, idExpectation),
} as const

export const TASK_KEY_NAMES: readonly string[] = Object.keys(TASK_KEYS)

/** Words of neighbouring tools for the same thing. */
const SYNONYMS: Readonly<Record<string, string>> = {
  name: 'title',
  command: 'run',
  cmd: 'run',
  script: 'run',
  depends_on: 'needs',
  'depends-on': 'needs',
  dependencies: 'needs',
  after: 'needs',
  description: 'prompt',
  instructions: 'prompt',
  files: 'paths',
  globs: 'paths',
  allowed_directories: 'paths',
  environment: 'env',
  timeout: 'timeout-minutes',
  retry: 'retries',
  message: 'commit-message',
  state: 'status',
  scheduled_start: 'not-before',
}

const FILE_KEYS = ['version', 'defaults', 'tasks']
const NO_DEFAULT = ['id', 'source']
type Keys = Values<typeof TASK_KEYS>

/** The tasks of a file in Fanout's own format; null when there is no list to speak of, which is then reported. */
export function readFanout(tree: Tree, report: Report): Drafts | null {
  const defaults = tree.kind === 'map' ? readFile(tree, report) : {}
  const tasks = tasksOf(tree)
  if (tasks === null) {
    const at = entryOf(tree, 'tasks')?.value ?? tree
    if (tree.kind !== 'map') {
      report(at.at, `expected a list of tasks, or {version: 1, tasks: [...]}, got ${shown(toValue(tree))}`)
    } else if (at === tree) {
      report(at.at, "missing key 'tasks': expected a list of tasks")
    } else {
      report(at.at, `expected a list of tasks, got ${shown(toValue(at))}`)
    }
    return null
  }
  const inherited = entryOf(tree, 'defaults')?.value ?? null
  const drafts = tasks.items.map(task => readTask(task, defaults, inherited, report))
  return { format: 'fanout', drafts, notices: [] }
}

/** The list of tasks of a file, whatever its format; null: there is none. */
export function tasksOf(tree: Tree): ListTree | null {
  const tasks = tree.kind === 'map' ? entryOf(tree, 'tasks')?.value : tree
  return tasks?.kind === 'list' ? tasks : null
}

function readFile(tree: Tree, report: Report): Keys {
  const version = z.literal(1, 'expected 1')
  const any = z.unknown()
  // `$schema` is for the editor, in a file that has no comments.
  const shape = { version, defaults: any, tasks: any, $schema: any }
  readShape(tree, shape, report, { unknown: key => unknownKey(key, FILE_KEYS) })
  if (entryOf(tree, 'version') === null) report(tree.at, "missing key 'version': expected 1")
  const defaults = entryOf(tree, 'defaults')
  if (defaults === null) return {}
  return readShape(defaults.value, DEFAULT_KEYS, report, {
    unknown: key =>
      NO_DEFAULT.includes(key)
        ? `the key '${key}' cannot have a default`
        : unknownKey(key, Object.keys(DEFAULT_KEYS), SYNONYMS),
  })
}

function readTask(tree: Tree, defaults: Keys, inherited: Tree | null, report: Report): Draft {
  const own = readShape(tree, TASK_KEYS, report, {
    unknown: key => unknownKey(key, TASK_KEY_NAMES, SYNONYMS),
  })
  if (tree.kind === 'map' && entryOf(tree, 'id') === null) {
    report(tree.at, "missing key 'id': expected an id that no other task has")
  }
  const all = { ...defaults, ...own }
  return {
    ...EMPTY_DRAFT,
    at: tree.at,
    id: own.id ?? null,
    title: all.title ?? null,
    prompt: all.prompt ?? null,
    run: all.run ?? null,
    needs: own.needs === undefined ? needsOf(defaults, inherited) : needsOf(own, tree),
    paths: all.paths ?? [],
    env: { ...defaults.env, ...own.env },
    timeoutMinutes: all['timeout-minutes'] ?? null,
    retries: all.retries ?? null,
    commitMessage: all['commit-message'] ?? null,
    status: all.status ?? 'todo',
    notBefore: all['not-before'] ?? null,
  }
}

function needsOf(keys: Keys, tree: Tree | null): Need[] {
  const place = tree === null ? null : (entryOf(tree, 'needs')?.value ?? null)
  if (place === null) return []
  return (keys.needs ?? []).map((id, index) => {
    const at = place.kind === 'list' ? (place.items[index]?.at ?? place.at) : place.at
    return { id, at }
  })
}
