/** Takes an item out of a YAML list of `- ` lines, and puts one in, touching no other character. */
import { Lexer } from 'yaml'
import type { BlockItem, BlockListing } from './listing.ts'

/** Document, end of a document's flow, scalar: control characters that the lexer puts between tokens. */
const MARKS = ['\u0002', '\u0018', '\u001f']

/** A text after a cut, and the cut lines, dedented to column 0. */
export interface Cut {
  readonly text: string
  readonly moved: string
}

/**
 * Without one item, the comments directly above it, and the blank lines that set it off from the next. An emptied
 * list stays a list: `[]`. `added`: keys with their values, which go to the end of the moved item's map.
 */
export function cutBlock(
  text: string,
  listing: BlockListing,
  index: number,
  added: readonly string[],
): Cut | null {
  const item = listing.items[index]
  if (item === undefined || text.slice(lineStart(text, item.dash), item.dash).trim() !== '') return null
  const floor = listing.items[index - 1]?.end ?? 0
  const start = withCommentsAbove(text, item, floor)
  const ceiling = listing.items[index + 1]?.dash ?? text.length
  const contentEnd = Math.min(lineEnd(text, item.end), ceiling)
  const end = withOwnComments(text, contentEnd, item.column, ceiling)
  const keys = added.map(line => `${' '.repeat(item.keyColumn ?? 0)}${line}\n`).join('')
  const lines =
    item.keyColumn === null
      ? intoFlowMap(text.slice(start, item.end), added) + text.slice(item.end, end)
      : closed(text.slice(start, contentEnd)) + keys + text.slice(contentEnd, end)
  const moved = indent(closed(lines), -item.column)

  const after = blankLinesEnd(text, end)
  const rest = text.slice(0, start) + text.slice(after)
  if (listing.items.length > 1) return { text: rest, moved }
  if (listing.afterColon === null)
    return { text: `${text.slice(0, start)}[]${eolOf(text)}${text.slice(after)}`, moved }
  // Behind the list's own anchor and tag, which stand before the brackets as they did before the dashes.
  const properties = /^(?:\s+[&!]\S*)*/.exec(text.slice(listing.afterColon, start))?.[0] ?? ''
  const at = listing.afterColon + properties.length
  return { text: `${rest.slice(0, at)} []${rest.slice(at)}`, moved }
}

/** A YAML text that ends in a map in braces, with keys at the end of that map; as it is, where it does not. */
export function intoFlowMap(text: string, added: readonly string[]): string {
  if (added.length === 0 || !text.endsWith('}')) return text
  let end = 0
  let last = { end, token: '' }
  for (const token of new Lexer().lex(text.slice(0, -1))) {
    // The lexer's marks are not in the text.
    if (MARKS.includes(token)) continue
    end += token.length
    if (/^[^\s#]/.test(token)) last = { end, token }
  }
  const joint = last.token === ',' ? ' ' : ', '
  return `${text.slice(0, last.end)}${joint}${added.join(', ')}${text.slice(last.end)}`
}

/** With the lines of one more item (dedented, `- ` at column 0) after the last one. */
export function appendBlock(text: string, listing: BlockListing, item: string): string | null {
  const last = listing.items.at(-1)
  if (last === undefined) return null
  const end = withOwnComments(text, lineEnd(text, last.end), last.column, text.length)
  // Blank lines that an item ends in may be part of it, and so would those be that come after.
  const at = /\n\s*\n$/.test(item) ? blankLinesEnd(text, end) : end
  return spliceLines(text, at, indent(item, last.column))
}

/** Whole lines put in at the start of a line, in the line endings of the text around them. */
export function spliceLines(text: string, at: number, lines: string): string {
  const eol = eolOf(text)
  const before = text.slice(0, at)
  const gap = before === '' || before.endsWith('\n') ? '' : eol
  return before + gap + lines.replace(/\r?\n/g, eol) + text.slice(at)
}

/** Every line that is not blank moved right, or left as far as its own blanks go. */
export function indent(lines: string, columns: number): string {
  const margin = ' '.repeat(Math.max(0, columns))
  const excess = new RegExp(`^[ \\t]{0,${Math.max(0, -columns)}}`)
  return lines
    .split('\n')
    .map(line => (line.trim() === '' ? line : margin + line.replace(excess, '')))
    .join('\n')
}

/** The line ending that a text uses. */
export function eolOf(text: string): string {
  return /\r?\n/.exec(text)?.[0] ?? '\n'
}

export function lineStart(text: string, offset: number): number {
  return offset === 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1
}

/** After the line break of the line that holds `offset`. */
export function lineEnd(text: string, offset: number): number {
  const at = text.indexOf('\n', offset)
  return at < 0 ? text.length : at + 1
}

/** After the blank lines that begin at a line's start. */
export function blankLinesEnd(text: string, start: number): number {
  let end = start
  while (end < text.length && text.slice(end, lineEnd(text, end)).trim() === '') end = lineEnd(text, end)
  return end
}

function closed(lines: string): string {
  return lines.endsWith('\n') ? lines : `${lines}\n`
}

/** Comment lines right above the dash; deeper ones belong to the item before, an editor's mode line to the file. */
function withCommentsAbove(text: string, item: BlockItem, floor: number): number {
  let start = lineStart(text, item.dash)
  while (start > 0) {
    const above = lineStart(text, start - 1)
    const [, margin] = /^( *)#(?! *yaml-language-server:)/.exec(text.slice(above, start)) ?? []
    if (above < floor || margin === undefined || margin.length > item.column) break
    start = above
  }
  return start
}

/** Comment lines below an item that stand deeper than its dash are its own. */
function withOwnComments(text: string, start: number, column: number, ceiling: number): number {
  let end = start
  for (let at = blankLinesEnd(text, end); at < ceiling; at = blankLinesEnd(text, end)) {
    const [, margin] = /^( *)#/.exec(text.slice(at, lineEnd(text, at))) ?? []
    if (margin === undefined || margin.length <= column) break
    end = lineEnd(text, at)
  }
  return end
}
