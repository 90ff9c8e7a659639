/** Text from elsewhere as GitHub Markdown that shows it and does nothing else. */
import { plainBlock, plainLine } from '../decide/plain.ts'

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '|': '&#124;' }

/** For running text, table cells and list items: one line; no markup, HTML, mention or link comes of it. */
export function inline(text: string, limit = 1000): string {
  return (
    plainLine(text, limit)
      .replace(/[&<>|]|[\\`*_~$[\]]/g, found => ENTITIES[found] ?? `\\${found}`)
      // GitHub looks for mentions after rendering, where an escape is gone: only a break in the word helps.
      .replaceAll('@', '@&#8203;')
      .replace(/:(?=\/\/)/g, '&#58;')
      .replace(/\b(www)\./gi, '$1&#46;')
      .replace(/^([-+=#])|^(\d+)(?=[.)])/, (_found, bullet, digits) =>
        bullet ? `\\${bullet}` : `${digits}&#8203;`,
      )
  )
}

/** One line as code. HTML, because a span of backticks cannot hold a `|` in a table. */
export function code(text: string, limit = 1000): string {
  return `<code>${plainLine(text, limit).replace(/[!-*:-@[-`{-~]/g, found => `&#${found.charCodeAt(0)};`)}</code>`
}

// The only links made of a reason's words; others stay text.
const LINK =
  /(https:\/\/(?:www\.githubstatus\.com|github\.com\/[\w.-]+\/[\w.-]+\/security\/secret-scanning\/unblock-secret\/[\w-]+))/

/** The sentences of explain(): what stands between backticks becomes code, a link to GitHub's help a link. */
export function sentences(text: string, limit = 2000): string {
  return plainLine(text, limit)
    .split(/`([^`]*)`/)
    .map((part, index) =>
      index % 2 === 1
        ? code(part)
        : part
            .split(LINK)
            .map((piece, at) => (at % 2 === 1 ? `<${piece}>` : spaced(piece, inline)))
            .join(''),
    )
    .join('')
}

/** A fenced block that its content cannot leave. */
export function fence(text: string, language = 'text'): string {
  const content = plainBlock(text).trimEnd().replace(/^\n+/, '')
  const longest = Math.max(2, ...Array.from(content.matchAll(/`+/g), run => run[0].length))
  const marks = '`'.repeat(longest + 1)
  return `${marks}${language}\n${content}\n${marks}`
}

/** A link if the address is http(s), else the label alone. The label must be Markdown already. */
export function link(label: string, address: string | null | undefined): string {
  if (!address || !/^https?:\/\/[^\s<>()[\]\\"'`|]+$/.test(address)) return label
  return `[${label}](${address})`
}

/** A table; cells must be Markdown already, `align` one of `-` and `:` forms per column. */
export function table(head: readonly string[], align: readonly string[], rows: readonly string[]): string {
  return [row(head), row(align), ...rows].join('\n')
}

export function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`
}

/** `plainLine` trims; the spaces around a piece belong to the sentence. */
function spaced(text: string, shown: (text: string) => string): string {
  const [, before = '', middle = '', after = ''] = text.match(/^(\s*)(.*?)(\s*)$/s) ?? []
  return before + (middle === '' ? '' : shown(middle)) + after
}
