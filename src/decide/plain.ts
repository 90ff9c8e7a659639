/** Text from elsewhere (titles, logs, a remote's words) made plain: no control sequences, no hidden order, no tokens. */
import { redactUrls, stripAnsi } from './text.ts'

// Zero-width marks, bidi controls, line and paragraph separators, halves of pairs.
const HIDDEN = /[\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]|\p{Cs}/gu

/** Lines kept, `\r` ends one too; control sequences are gone, what would hide or turn text is U+FFFD. */
export function plainBlock(text: string): string {
  return stripAnsi(text.replace(/\r\n?/g, '\n')).replace(HIDDEN, '\ufffd')
}

/** One line of at most `limit` characters, an ellipsis marking the cut. */
export function plainLine(text: string, limit = 1000): string {
  // Cut before the work and again after it: a megabyte of title must not cost a second.
  const line = plainBlock(text.slice(0, limit * 4))
    .replace(/\s+/g, ' ')
    .trim()
  const characters = Array.from(line)
  return characters.length > limit || text.length > limit * 4
    ? `${characters
        .slice(0, limit - 1)
        .join('')
        .trimEnd()}…`
    : line
}

/** A list for people: the first few, then how many more. Empty input gives ''. */
export function listed(items: readonly string[], most = 3): string {
  const shown = items.slice(0, most).map(item => plainLine(item, 200))
  const more = items.length - shown.length
  if (more > 0) return `${shown.join(', ')} and ${more} more`
  const last = shown.pop() ?? ''
  return shown.length > 0 ? `${shown.join(', ')} and ${last}` : last
}

/** Credentials by their look (URL user info, Authorization headers, GitHub and GitLab tokens) replaced by `***`. */
export function redact(text: string): string {
  return redactUrls(text)
    .replace(/\b(authorization:\s*(?:basic|bearer|token)\s+)[^\s'"]+/gi, '$1***')
    .replace(/\b(?:gh[pousr]_[A-Za-z0-9_]{10,}|github_pat_\w{10,}|glpat-[\w-]{10,})/g, '***')
}
