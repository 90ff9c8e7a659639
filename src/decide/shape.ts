/** Reads the keys of one map of a tasks file against schemas, each problem at the key or value it is about. */
import type * as z from 'zod'
import { hint, type Report, shown } from './problem.ts'
import { type Entry, partAt, type Tree, toValue } from './tree.ts'

type Shape = Readonly<Record<string, z.ZodType>>
/** The values of the keys that were there and good. */
export type Values<S extends Shape> = { readonly [K in keyof S]?: z.output<S[K]> }

export interface Manners {
  /** What is said of a key that the shape lacks; null: foreign keys are passed over. */
  readonly unknown: ((key: string) => string) | null
}

/** All good values of a map; all else is reported. A schema's messages read `expected ...`. */
export function readShape<S extends Shape>(
  tree: Tree,
  shape: S,
  report: Report,
  manners: Manners,
): Values<S> {
  const values: Record<string, unknown> = {}
  if (tree.kind !== 'map') {
    report(tree.at, `expected a map of keys, got ${shown(toValue(tree))}`)
    return values as Values<S>
  }
  for (const entry of tree.entries) {
    const schema = Object.hasOwn(shape, entry.key) ? shape[entry.key] : undefined
    if (schema !== undefined) {
      const result = schema.safeParse(toValue(entry.value))
      if (result.success) values[entry.key] = result.data
      else for (const issue of result.error.issues) place(issue, entry, report)
    } else if (manners.unknown !== null) {
      report(entry.keyAt, manners.unknown(entry.key))
    }
  }
  return values as Values<S>
}

function place(issue: z.core.$ZodIssue, entry: Entry, report: Report): void {
  if (issue.code === 'invalid_key') {
    const name = String(issue.path.at(-1))
    const holder = partAt(entry.value, issue.path.slice(0, -1))
    const key = holder.kind === 'map' ? holder.entries.find(candidate => candidate.key === name) : undefined
    report(key?.keyAt ?? entry.keyAt, `${issue.issues[0]?.message ?? issue.message}, got ${shown(name)}`)
    return
  }
  const part = partAt(entry.value, issue.path)
  report(part.at, `${issue.message}, got ${shown(toValue(part))}`)
}

/** `unknown key 'x'`, with the key that was probably meant, or else all there are. */
export function unknownKey(
  key: string,
  known: readonly string[],
  also: Readonly<Record<string, string>> = {},
): string {
  const other = Object.hasOwn(also, key) ? also[key] : undefined
  const near = other === undefined ? hint(key, known) : ` (did you mean '${other}'?)`
  return `unknown key '${key}'${near || `; known keys are ${known.join(', ')}`}`
}
