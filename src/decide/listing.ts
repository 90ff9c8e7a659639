/** Where the items of a task list stand in its text, to the character: what splices need and a tree does not tell. */
import { findNodeAtLocation, parseTree } from 'jsonc-parser'
import {
  isMap,
  isNode,
  isPair,
  isScalar,
  isSeq,
  type ParsedNode,
  parseDocument,
  visit,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml'
import type { Syntax } from './tree.ts'
import { PARSING } from './yaml.ts'

/** A YAML list of `- ` lines. */
export interface BlockListing {
  readonly kind: 'block'
  readonly items: readonly BlockItem[]
  /** After the colon of the key that holds the list; null: the list is the whole document. */
  readonly afterColon: number | null
}
export interface BlockItem {
  readonly dash: number
  /** Columns of the dash and of the item's keys; the latter is null when its map is in flow style. */
  readonly column: number
  readonly keyColumn: number | null
  /** End of what it says, without its last line break and what follows; blank lines that a `|+` keeps are said. */
  readonly end: number
}

/** A list in brackets, JSON or YAML flow style. */
export interface FlowListing {
  readonly kind: 'flow'
  readonly open: number
  readonly close: number
  readonly items: readonly { readonly start: number; readonly end: number }[]
  readonly comments: 'slashes' | 'hash'
}
/** A key without a value, or nothing but comments: a place where a list may begin. */
export interface NoListing {
  readonly kind: 'none'
  readonly afterColon: number | null
}
export type Listing = BlockListing | FlowListing | NoListing

export interface Placed {
  readonly listing: Listing
  /** Whether the text holds a YAML alias. */
  readonly linked: boolean
}

/** The list of tasks of a text that is known to be well-formed, without its byte order mark. */
export function listingOf(text: string, syntax: Syntax): Placed | null {
  if (syntax === 'yaml') return yamlListing(text)
  const listing = jsonListing(text)
  return listing && { listing, linked: false }
}

function jsonListing(text: string): Listing | null {
  const root = parseTree(text, [], { allowTrailingComma: true })
  const node = root?.type === 'object' ? findNodeAtLocation(root, ['tasks']) : root
  if (node?.type !== 'array') return null
  const items = (node.children ?? []).map(child => ({
    start: child.offset,
    end: child.offset + child.length,
  }))
  return { kind: 'flow', open: node.offset, close: node.offset + node.length - 1, items, comments: 'slashes' }
}

function yamlListing(text: string): Placed | null {
  const document = parseDocument(text, { ...PARSING, keepSourceTokens: true })
  const listing = listingIn(document.contents, text)
  let linked = false
  visit(document, {
    Alias: () => {
      linked = true
      return visit.BREAK
    },
  })
  return listing && { listing, linked }
}

function listingIn(contents: ParsedNode | null, text: string): Listing | null {
  const afterColon = isMap(contents) ? colonOf(contents) : null
  const node = isMap(contents) ? contents.get('tasks', true) : contents
  if (isSeq(node)) return node.flow ? yamlFlow(node) : yamlBlock(text, node, afterColon)
  const empty = node === null || (isScalar(node) && node.value === null && node.source === '')
  return empty && (contents === null || !isMap(contents) || afterColon !== null)
    ? { kind: 'none', afterColon }
    : null
}

function colonOf(map: YAMLMap): number | null {
  const position = map.items.findIndex(pair => isScalar(pair.key) && pair.key.value === 'tasks')
  const token = map.srcToken
  if (token?.type !== 'block-map') return null
  const colon = token.items[position]?.sep?.find(part => part.type === 'map-value-ind')
  return colon === undefined ? null : colon.offset + 1
}

/** What stands before an item of a list in brackets and is not its own. */
const BETWEEN = ['comma', 'space', 'newline', 'comment']

function yamlFlow(node: YAMLSeq): Listing | null {
  const [open, end] = node.range ?? []
  if (open === undefined || end === undefined) return null
  const tokens = node.srcToken?.type === 'flow-collection' ? node.srcToken.items : []
  const items = node.items.map((item, index) => {
    const [start, stop] = isNode(item) && item.range ? item.range : [0, 0]
    // A node's own place is behind its anchor and its tag.
    const own = tokens[index]?.start.find(part => !BETWEEN.includes(part.type))
    return { start: own?.offset ?? start, end: stop }
  })
  return { kind: 'flow', open, close: end - 1, items, comments: 'hash' }
}

function yamlBlock(text: string, node: YAMLSeq, afterColon: number | null): Listing | null {
  const token = node.srcToken
  if (token?.type !== 'block-seq') return null
  const dashes = token.items.flatMap(item => item.start.filter(part => part.type === 'seq-item-ind'))
  const items = node.items.map((item, index): BlockItem => {
    const dash = dashes[index]?.offset ?? 0
    const start = isNode(item) && item.range ? item.range[0] : dash + 1
    return {
      dash,
      column: columnOf(text, dash),
      keyColumn: isMap(item) && !item.flow ? columnOf(text, start) : null,
      end: dash + saidBy(item, text.slice(dash, Math.max(endOf(item), dash + 1)), text),
    }
  })
  return { kind: 'block', items, afterColon }
}

/** How much of an item's text counts: blank lines at its end do where a block scalar keeps them (`|+`). */
function saidBy(item: unknown, said: string, text: string): number {
  const last = lastPart(item)
  const keeps =
    isScalar(last) && last.range && /^[|>]\d?\+/.test(text.slice(last.range[0], last.range[0] + 3))
  return (keeps ? said.replace(/\r?\n$/, '') : said.trimEnd()).length
}

function lastPart(node: unknown): unknown {
  if (isPair(node)) return lastPart(node.value)
  return (isMap(node) || isSeq(node)) && !node.flow ? lastPart(node.items.at(-1)) : node
}

/** Where the last thing that a node says ends: the range of a block collection may hold comments after it. */
function endOf(node: unknown): number {
  if (isPair(node)) return Math.max(endOf(node.key), endOf(node.value))
  if ((isMap(node) || isSeq(node)) && !node.flow && node.items.length > 0) return endOf(node.items.at(-1))
  return isNode(node) && node.range ? node.range[1] : 0
}

function columnOf(text: string, offset: number): number {
  return offset - (text.lastIndexOf('\n', offset - 1) + 1)
}
