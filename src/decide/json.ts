/** JSON with comments and trailing commas -> tree. */
import { createScanner, type Node, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser'
import type { Report } from './problem.ts'
import { type Entry, leaf, list, MAX_DEPTH, MAX_PARTS, map, TOO_DEEP, TOO_MANY, type Tree } from './tree.ts'

const WORDS: Readonly<Record<string, string>> = {
  InvalidSymbol: 'this is no JSON value (text needs double quotes)',
  InvalidNumberFormat: 'this is no JSON number',
  PropertyNameExpected: 'expected a key in double quotes',
  ValueExpected: 'expected a value',
  ColonExpected: "expected ':'",
  CommaExpected: "expected ','",
  CloseBraceExpected: "expected '}'",
  CloseBracketExpected: "expected ']'",
  EndOfFileExpected: 'expected the end of the file',
  InvalidCommentToken: 'this is no comment',
  UnexpectedEndOfComment: 'the comment has no end',
  UnexpectedEndOfString: 'the text has no closing quote on its line',
  UnexpectedEndOfNumber: 'the number has no end',
  InvalidUnicode: 'expected four hex digits after \\u',
  InvalidEscapeCharacter: 'unknown escape after the backslash',
  InvalidCharacter: 'control characters must be escaped',
}

/** The tree, or null with what is wrong reported: the first slip only, since all later ones follow from it. */
export function readJson(text: string, report: Report): Tree | null {
  const excess = excessOf(text)
  if (excess !== null) {
    report(excess.at, excess.message)
    return null
  }
  const errors: ParseError[] = []
  const root = parseTree(text, errors, { allowTrailingComma: true })
  const [error] = errors
  if (root === undefined || error !== undefined) {
    const code = error === undefined ? 'ValueExpected' : printParseErrorCode(error.error)
    report(error?.offset ?? 0, `not valid JSON: ${WORDS[code] ?? code}`)
    return null
  }
  let sound = true
  const tree = convert(root, (at, message) => {
    sound = false
    report(at, message)
  })
  return sound ? tree : null
}

/** The parser recurses and keeps every token: what would exhaust it is refused beforehand. */
function excessOf(text: string): { at: number; message: string } | null {
  const scanner = createScanner(text, true)
  let depth = 0
  for (let count = 0; ; count++) {
    scanner.scan()
    const token = scanner.getTokenLength() === 0 ? '' : text[scanner.getTokenOffset()]
    if (token === '') return null
    if (token === '[' || token === '{') depth++
    if (token === ']' || token === '}') depth--
    if (depth > MAX_DEPTH) return { at: scanner.getTokenOffset(), message: TOO_DEEP }
    if (count > MAX_PARTS) return { at: scanner.getTokenOffset(), message: TOO_MANY }
  }
}

function convert(node: Node, report: Report): Tree {
  const children = node.children ?? []
  if (node.type === 'array')
    return list(
      node.offset,
      children.map(child => convert(child, report)),
    )
  if (node.type !== 'object') return leaf(node.offset, node.value)
  const seen = new Set<string>()
  const entries: Entry[] = []
  for (const { children: [key, value] = [] } of children) {
    if (key === undefined || value === undefined) continue
    const name = String(key.value)
    if (seen.has(name)) report(key.offset, `duplicate key '${name}'`)
    if (name === '__proto__') report(key.offset, `the key '${name}' is not allowed`)
    seen.add(name)
    entries.push({ key: name, keyAt: key.offset, value: convert(value, report) })
  }
  return map(node.offset, entries)
}
