/** Text from elsewhere as HTML that shows it and does nothing else. */
import { plainBlock, plainLine } from '../decide/plain.ts'

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** One line, for elements and quoted attributes alike. */
export function text(value: string, limit = 2000): string {
  return escaped(plainLine(value, limit))
}

/** Many lines, for `<pre>`. */
export function block(value: string): string {
  return escaped(plainBlock(value).trimEnd())
}

/** A sentence with what stands between backticks as `<code>`. */
export function sentences(value: string): string {
  return plainLine(value, 2000)
    .split(/`([^`]*)`/)
    .map((part, index) => (index % 2 === 1 ? `<code>${escaped(part)}</code>` : escaped(part)))
    .join('')
}

/** A path below the page as a link target: never a scheme, a host or a way up. */
export function relativeHref(path: string): string {
  const parts = path
    .toWellFormed()
    .split('/')
    .filter(part => part !== '' && part !== '.' && part !== '..')
  return escaped(`./${parts.map(encodeURIComponent).join('/')}`)
}

/** JSON for a `<script type="application/json">` that no content can close. */
export function scriptJson(value: unknown): string {
  return JSON.stringify(value).replace(
    /[<>&\u2028\u2029]/g,
    found => `\\u${found.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

function escaped(value: string): string {
  return value.replace(/[&<>"']/g, found => ENTITIES[found] ?? found)
}
