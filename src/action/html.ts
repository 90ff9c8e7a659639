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

/** A commit, as a link to its page where the repository has one. */
export function commitCode(sha: string, shown: string, repositoryUrl: string | null): string {
  const code = `<code>${text(shown, 64)}</code>`
  const linked = repositoryUrl !== null && /^https?:\/\/[^\s<>"'`\\]+$/.test(repositoryUrl)
  return linked && /^[0-9a-f]{7,64}$/.test(sha)
    ? `<a href="${escaped(`${repositoryUrl}/commit/${sha}`)}">${code}</a>`
    : code
}

function escaped(value: string): string {
  return value.replace(/[&<>"']/g, found => ENTITIES[found] ?? found)
}
