/** YAML 1.2 -> tree, with anchors, aliases and merge keys, but never more of them than memory can bear. */
import {
  type Alias,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  Lexer,
  type Pair,
  parseDocument,
  type YAMLError,
} from 'yaml'
import { type Report, shown } from './problem.ts'
import { type Entry, leaf, list, MAX_DEPTH, MAX_PARTS, map, TOO_DEEP, TOO_MANY, type Tree } from './tree.ts'

/** How the package is asked to parse, here and wherever its places must agree with this tree's. */
export const PARSING = {
  schema: 'core',
  resolveKnownTags: false,
  merge: false,
  prettyErrors: false,
  uniqueKeys: false,
  // Not `silent`, which would also pass over a second document.
  logLevel: 'error',
} as const

const MAX_ERRORS = 20
/** Texts of fewer characters cannot exhaust memory, whatever they hold. */
const HARMLESS = 200_000

/** The tree, or null with what is wrong reported. */
export function readYaml(text: string, report: Report): Tree | null {
  const excess = excessOf(text)
  if (excess !== null) {
    report(excess.at, excess.message)
    return null
  }
  const document = parseDocument(text, PARSING)
  const errors = [...document.errors, ...document.warnings].sort((a, b) => a.pos[0] - b.pos[0])
  if (errors.some(error => error.code === 'RESOURCE_EXHAUSTION')) {
    // The stack overflowed: where, says nothing of the text.
    report(null, TOO_DEEP)
    return null
  }
  if (errors.length > 0) {
    // What else is said of the same line follows from the first slip.
    const lines = new Map(errors.toReversed().map(error => [lineStartOf(text, error), error]))
    const firsts = [...lines].reverse().slice(0, MAX_ERRORS)
    for (const [lineStart, error] of firsts) report(error.pos[0], wording(error, text.slice(lineStart)))
    return null
  }
  let sound = true
  const tree = converter((at, message) => {
    sound = false
    report(at, message)
  })(document.contents, 0, 0)
  return sound ? tree : null
}

function lineStartOf(text: string, error: YAMLError): number {
  return error.pos[0] === 0 ? 0 : text.lastIndexOf('\n', error.pos[0] - 1) + 1
}

function wording(error: YAMLError, line: string): string {
  if (error.code === 'MULTIPLE_DOCS') return "expected one YAML document, got a second one after '---'"
  if (error.code === 'TAB_AS_INDENT' || /^ *\t/.test(line))
    return 'not valid YAML: tabs cannot indent, use spaces'
  return `not valid YAML: ${error.message}`
}

/** The parser keeps every token and recurses: what would exhaust it is refused beforehand. */
function excessOf(text: string): { at: number; message: string } | null {
  if (text.length < HARMLESS) return null
  let depth = 0
  let count = 0
  let at = 0
  for (const token of new Lexer().lex(text)) {
    count++
    if (token === '[' || token === '{') depth++
    if (token === ']' || token === '}') depth--
    if (depth > MAX_DEPTH) return { at, message: TOO_DEEP }
    if (count > MAX_PARTS) return { at, message: TOO_MANY }
    // The lexer marks document, flow and scalar starts with one control character that is not in the text.
    if (!/^[\u0002\u0018\u001f]$/.test(token)) at += token.length
  }
  return null
}

/** Own conversion, since the package's takes time and memory for every use of an alias, and drops places. */
function converter(report: Report): (node: unknown, fallback: number, depth: number) => Tree {
  /** null while the anchored part is being read. */
  const anchors = new Map<string, Tree | null>()
  let heavy = false
  let mergedCount = 0

  const tooHeavy = (at: number): Tree => {
    if (!heavy) report(at, `${TOO_MANY} once its aliases are written out`)
    heavy = true
    return leaf(at, null)
  }

  const anchored = (node: { anchor?: string | undefined }, make: () => Tree): Tree => {
    if (node.anchor === undefined) return make()
    anchors.set(node.anchor, null)
    const tree = make()
    anchors.set(node.anchor, tree)
    return tree
  }

  const aliased = (alias: Alias): Tree => {
    const at = alias.range?.[0] ?? 0
    const target = anchors.get(alias.source)
    if (target) return target
    const why = target === null ? 'stands inside what it names' : `has no anchor '&${alias.source}' before it`
    report(at, `the alias '*${alias.source}' ${why}`)
    return leaf(at, null)
  }

  const weighed = (tree: Tree): Tree => (tree.weight <= MAX_PARTS ? tree : tooHeavy(tree.at))

  const convert = (node: unknown, fallback: number, depth: number): Tree => {
    if (isAlias(node)) return aliased(node)
    if (isScalar(node)) return anchored(node, () => leaf(node.range?.[0] ?? fallback, leafValue(node.value)))
    if (!isMap(node) && !isSeq(node)) return leaf(fallback, null)
    const at = node.range?.[0] ?? fallback
    if (depth >= MAX_DEPTH) {
      report(at, TOO_DEEP)
      return leaf(at, null)
    }
    return anchored(node, () =>
      weighed(
        isSeq(node)
          ? list(
              at,
              node.items.map(item => convert(item, at, depth + 1)),
            )
          : map(at, entriesOf(node.items, at, depth + 1)),
      ),
    )
  }

  const entriesOf = (pairs: readonly Pair[], mapAt: number, depth: number): Entry[] => {
    const own: Entry[] = []
    const merged: Entry[] = []
    const seen = new Set<string>()
    for (const pair of pairs) {
      const keyAt = isScalar(pair.key) || isAlias(pair.key) ? (pair.key.range?.[0] ?? mapAt) : mapAt
      const isMerge = isScalar(pair.key) && pair.key.value === '<<' && pair.key.type === 'PLAIN'
      const key = convert(pair.key, keyAt, depth)
      const value = convert(pair.value, keyAt, depth)
      if (key.kind !== 'leaf' || typeof key.value !== 'string') {
        const got = key.kind === 'leaf' ? shown(key.value) : `a ${key.kind}`
        report(keyAt, `expected a text key, got ${got}`)
        continue
      }
      if (seen.has(key.value)) report(keyAt, `duplicate key '${key.value}'`)
      if (key.value === '__proto__') report(keyAt, `the key '${key.value}' is not allowed`)
      seen.add(key.value)
      if (isMerge) merged.push(...mergedEntries(value))
      else own.push({ key: key.value, keyAt, value })
    }
    // What a map says itself wins; among merged ones the first does.
    return [...merged.filter(entry => !seen.has(entry.key) && seen.add(entry.key)), ...own]
  }

  const mergedEntries = (value: Tree): readonly Entry[] => {
    mergedCount += value.weight
    if (mergedCount > MAX_PARTS) tooHeavy(value.at)
    if (heavy) return []
    if (value.kind === 'map') return value.entries
    if (value.kind === 'list' && value.items.every(item => item.kind === 'map')) {
      return value.items.flatMap(item => (item.kind === 'map' ? item.entries : []))
    }
    report(value.at, "expected a map, or a list of maps, after '<<'")
    return []
  }

  return convert
}

function leafValue(value: unknown): string | number | boolean | null {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null
}
