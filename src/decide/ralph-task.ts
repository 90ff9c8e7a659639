/** A follow-up for a Ralph queue: Fanout's keys become Ralph's, since a file that mixes them is read as neither's. */
import { OWN_KEYS } from './formats.ts'
import { type Report, shown } from './problem.ts'
import { type Entry, entryOf, list, map, type Tree, toValue } from './tree.ts'

/** Ralph's word for a key of ours. */
const RALPH_WORDS: Readonly<Record<string, string>> = {
  needs: 'depends_on',
  prompt: 'description',
  'not-before': 'scheduled_start',
}
/** Ralph's keys that hold ids of other tasks, besides `depends_on`. */
const REFERENCES = ['blocks', 'relates_to', 'duplicates', 'parent_id']

/** The task in Ralph's keys; what Ralph has no key for is reported. */
export function asRalphTask(task: Tree, report: Report): Tree {
  if (task.kind !== 'map') return task
  return map(
    task.at,
    task.entries.flatMap(entry => {
      // Its parent is told by whoever adds it.
      if (entry.key === 'source') return []
      return OWN_KEYS.includes(entry.key) ? translated(entry, task, report) : [entry]
    }),
  )
}

function translated({ key, keyAt, value }: Entry, task: Tree, report: Report): Entry[] {
  const word = RALPH_WORDS[key]
  if (word === undefined) {
    const way = key === 'run' ? 'the input `run` is the command of all its tasks' : 'say it in the `prompt`'
    report(keyAt, `the tasks file is a Ralph queue, which has no key for '${key}': leave it out; ${way}`)
    return []
  }
  if (entryOf(task, word) !== null) {
    report(keyAt, `'${key}' and '${word}' are the same in a Ralph queue: keep one of them`)
    return []
  }
  const isText = value.kind === 'leaf' && typeof value.value === 'string'
  if (key === 'prompt' && !isText) report(value.at, `expected a string, got ${shown(toValue(value))}`)
  return [{ key: word, keyAt, value: key === 'needs' && isText ? list(value.at, [value]) : value }]
}

/** What the task says of others besides its needs, by their names in the file. */
export function renamedReferences(
  task: Readonly<Record<string, unknown>>,
  rename: (id: unknown) => string,
): Readonly<Record<string, unknown>> {
  const held = REFERENCES.flatMap((key): [string, unknown][] => {
    const said = task[key]
    if (Array.isArray(said)) return [[key, said.map(rename)]]
    return typeof said === 'string' ? [[key, rename(said)]] : []
  })
  return Object.fromEntries(held)
}
