/** Takes an item out of a list in brackets, and puts one in, touching no other character but the commas between. */
import type { FlowListing } from './listing.ts'
import { blankLinesEnd, type Cut, eolOf, indent, lineEnd, lineStart } from './splice-block.ts'

interface Comment {
  readonly start: number
  readonly end: number
}
interface Gap {
  readonly comments: readonly Comment[]
  readonly comma: number | null
}

/** What an item is made of, its lines dedented to column 0. */
export interface FlowPiece {
  /** Comment lines above it. */
  readonly above: string
  readonly body: string
  /** A comment after it on its line. */
  readonly beside: string
}

/** Without one item, the comments directly above it and behind it on its line, and one comma. */
export function cutFlow(
  text: string,
  listing: FlowListing,
  index: number,
): (Omit<Cut, 'moved'> & { moved: FlowPiece }) | null {
  const item = listing.items[index]
  if (item === undefined) return null
  const previous = listing.items[index - 1]
  const before = gapOf(text, previous?.end ?? listing.open + 1, item.start, listing.comments)
  const after = gapOf(text, item.end, listing.items[index + 1]?.start ?? listing.close, listing.comments)
  const margin = item.start - lineStart(text, item.start)
  const body = dedent(text.slice(item.start, item.end), margin)

  const floor = Math.max(before.comma === null ? 0 : before.comma + 1, previous?.end ?? listing.open + 1)
  const alone = ownLines(text, item, after, listing)
  const orphan = after.comma === null && index > 0 ? before.comma : null
  if (alone === null) {
    const { end, beside } = sharedLine(text, item.end, after, listing.items[index + 1]?.start ?? null)
    const moved = { above: '', body, beside }
    const blank = orphan !== null && text.slice(orphan + 1, item.start).trim() === ''
    if (blank) return { text: text.slice(0, orphan) + text.slice(end), moved }
    const kept = text.slice(0, item.start) + text.slice(end)
    return { text: without(kept, orphan), moved }
  }
  const start = withCommentsAbove(text, lineStart(text, item.start), floor, before.comments)
  const kept = text.slice(0, start) + text.slice(blankLinesEnd(text, alone.end))
  const above = dedent(text.slice(start, lineStart(text, item.start)), margin, true)
  return { text: without(kept, orphan), moved: { above, body, beside: alone.beside } }
}

/** With one more item after the last one. */
export function appendFlow(text: string, listing: FlowListing, piece: FlowPiece): string {
  const eol = eolOf(text)
  const last = listing.items.at(-1)
  const closing = lineStart(text, listing.close)
  const closingMargin = /^[ \t]*/.exec(text.slice(closing))?.[0] ?? ''
  const lines = (margin: string, comma: string) =>
    margined(`${piece.above}${piece.body}${comma}${piece.beside}`, margin).replace(/\r?\n/g, eol)

  if (last === undefined) {
    const onOwnLine = text.slice(closing, listing.close).trim() === '' && closing > listing.open
    const at = onOwnLine ? closing : listing.open + 1
    const tail = onOwnLine ? '' : closingMargin
    const head = onOwnLine ? '' : text.slice(listing.open + 1, listing.close).trimEnd() + eol
    const rest = onOwnLine ? at : listing.close
    return `${text.slice(0, at)}${head}${lines(`${closingMargin}  `, '')}${eol}${tail}${text.slice(rest)}`
  }
  const after = gapOf(text, last.end, listing.close, listing.comments)
  const comma = after.comma === null ? '' : ','
  const from = after.comma === null ? last.end : after.comma + 1
  const joint = `${text.slice(0, last.end)}${after.comma === null ? ',' : ''}${text.slice(last.end, from)}`
  const spread = text.slice(listing.open, listing.close).includes('\n')
  const simple = piece.above === '' && piece.beside === '' && !piece.body.includes('\n')
  if (!spread && simple) return `${joint} ${piece.body}${comma}${text.slice(from)}`

  const [own] = /^[ \t]*/.exec(text.slice(lineStart(text, last.start))) ?? ['']
  const margin = lineStart(text, last.start) + own.length === last.start ? own : `${closingMargin}  `
  const endOfLine = Math.min(lineEnd(text, from), listing.close)
  const beside = after.comments.filter(comment => comment.start >= from && comment.start < endOfLine).at(-1)
  const at = Math.max(from, beside?.end ?? from)
  // Behind a comment the bracket would be part of it.
  const closes = text.slice(at, lineEnd(text, at)).trim() !== '' && piece.beside !== ''
  const gap = spread && !closes ? '' : eol
  return `${joint}${text.slice(from, at)}${eol}${lines(margin, comma)}${gap}${text.slice(at)}`
}

/** The lines of a YAML list that say the same. */
export function asBlock({ above, body, beside }: FlowPiece): string {
  return `${above}- ${body.replace(/\n(?=.*\S)/g, '\n  ')}${beside}\n`
}

/** A new file with one item, in a list of its own or under the key `tasks`. */
export function freshFlow(piece: FlowPiece, wrapped: boolean, eol: string): string {
  const body = `${piece.above}${piece.body}${piece.beside}`
  const text = wrapped
    ? `{\n  "version": 1,\n  "tasks": [\n${margined(body, '    ')}\n  ]\n}\n`
    : `[\n${margined(body, '  ')}\n]\n`
  return text.replace(/\r?\n/g, eol)
}

/** Every line that is not blank, behind a margin. */
function margined(lines: string, margin: string): string {
  return lines
    .split('\n')
    .map(line => (line.trim() === '' ? line : margin + line))
    .join('\n')
}

/** Where the lines of an item end, when it shares them with no other item or bracket; with the comment behind it. */
function ownLines(
  text: string,
  item: { readonly start: number; readonly end: number },
  after: Gap,
  listing: FlowListing,
): { readonly end: number; readonly beside: string } | null {
  const start = lineStart(text, item.start)
  if (start <= listing.open || text.slice(start, item.start).trim() !== '') return null
  const from = after.comma === null ? item.end : after.comma + 1
  let at = from
  for (const comment of after.comments.filter(candidate => candidate.start >= from)) {
    if (/[^ \t]/.test(text.slice(at, comment.start))) break
    at = comment.end
  }
  const end = lineEnd(text, at)
  if (text.slice(at, end).trim() !== '') return null
  const between = text.slice(item.end, after.comma ?? item.end).trim()
  const beside = [between, text.slice(from, at).trim()].filter(part => part !== '').join(' ')
  return { end, beside: beside === '' ? '' : ` ${beside}` }
}

/**
 * Where an item ends that shares its line with another one or a bracket, and the comment behind it that is its own:
 * the last thing on the line, and not the last item's, which may be about the whole line.
 */
function sharedLine(
  text: string,
  itemEnd: number,
  { comments, comma }: Gap,
  next: number | null,
): { readonly end: number; readonly beside: string } {
  if (comma === null) return { end: itemEnd, beside: '' }
  const line = lineEnd(text, comma)
  const alone = next !== null && next >= line
  const own = comments.filter(comment => comment.start < comma || (alone && comment.end <= line))
  const beside = own.map(comment => ` ${text.slice(comment.start, comment.end)}`).join('')
  if (next === null) return { end: comma + 1, beside }
  const rest = comments[own.length]
  const end = rest === undefined ? next : Math.max(own.at(-1)?.end ?? 0, comma + 1)
  return { end, beside }
}

/** Comments that fill the lines right above a line, up to what stands before. */
function withCommentsAbove(text: string, line: number, floor: number, comments: readonly Comment[]): number {
  let start = line
  for (const comment of comments.toReversed()) {
    const begin = lineStart(text, comment.start)
    const fills = begin >= floor && text.slice(begin, comment.start).trim() === ''
    if (!fills || lineEnd(text, Math.max(comment.start, comment.end - 1)) !== start) break
    if (text.slice(comment.end, start).trim() !== '') break
    start = begin
  }
  return start
}

/** The comments and the comma between two items. */
function gapOf(text: string, from: number, to: number, style: FlowListing['comments']): Gap {
  const comments: Comment[] = []
  let comma: number | null = null
  for (let at = from; at < to; ) {
    const end = commentEnd(text, at, style)
    if (end !== null) comments.push({ start: at, end })
    else if (text[at] === ',' && comma === null) comma = at
    at = end ?? at + 1
  }
  return { comments, comma }
}

/** The end of a comment that starts here, without the line break; null: none starts here. */
function commentEnd(text: string, at: number, style: FlowListing['comments']): number | null {
  if (style === 'slashes' && text.startsWith('/*', at)) {
    const end = text.indexOf('*/', at + 2)
    return end < 0 ? text.length : end + 2
  }
  if (!text.startsWith(style === 'slashes' ? '//' : '#', at)) return null
  const line = text.slice(at, lineEnd(text, at))
  return at + line.trimEnd().length
}

function dedent(lines: string, columns: number, first = false): string {
  const [head = '', ...rest] = lines.split('\n')
  const tail = rest.length === 0 ? '' : `\n${indent(rest.join('\n'), -columns)}`
  return (first ? indent(head, -columns) : head) + tail
}

function without(text: string, at: number | null): string {
  return at === null ? text : text.slice(0, at) + text.slice(at + 1)
}
