/** The trailers that tie a commit to its task: the branch is the truth about what landed. */

export interface Trailers {
  readonly task: string | null
  readonly run: string | null
  readonly fingerprint: string | null
  /** What a revert takes back. */
  readonly reverts: string | null
  /** The branch that it was made for. */
  readonly branch: string | null
}

const KEYS = [
  ['task', 'Fanout-Task'],
  ['run', 'Fanout-Run'],
  ['fingerprint', 'Fanout-Fingerprint'],
  ['reverts', 'Fanout-Reverts'],
  ['branch', 'Fanout-Branch'],
] as const

/** The lines of those that are set, in a fixed order. Values must be free of spaces; line breaks never get through. */
export function trailerLines(trailers: Partial<Trailers>): string[] {
  return KEYS.flatMap(([name, key]) => {
    const value = trailers[name]
    return value === null || value === undefined ? [] : [`${key}: ${value.replace(/\s+/g, '')}`]
  })
}

/** What the last paragraph of a commit message says; of a key given twice the last one. Never throws on foreign text. */
export function parseTrailers(message: string): Trailers {
  const lines = lastParagraph(message.replaceAll('\r', '').split('\n'))
  const value = (key: string) => {
    const prefix = `${key.toLowerCase()}:`
    const text = lines
      .findLast(line => line.toLowerCase().startsWith(prefix))
      ?.slice(prefix.length)
      .trim()
    return text && !/\s/.test(text) ? text : null
  }
  return {
    task: value('Fanout-Task'),
    run: value('Fanout-Run'),
    fingerprint: value('Fanout-Fingerprint'),
    reverts: value('Fanout-Reverts'),
    branch: value('Fanout-Branch'),
  }
}

/** The message's lines without every `Fanout-...:` line and what continues it, wherever they stand. */
export function withoutOwnTrailers(lines: readonly string[]): string[] {
  let dropping = false
  return lines.filter(line => {
    dropping = /^\s*fanout-[a-z0-9-]*\s*:/i.test(line) || (dropping && /^[ \t]+\S/.test(line))
    return !dropping
  })
}

/** Whether a paragraph is a block of trailers as git understands it: nothing but `Key: value` and continuations. */
export function isTrailerBlock(lines: readonly string[]): boolean {
  return lines.every(
    (line, index) =>
      /^[A-Za-z0-9][A-Za-z0-9-]*\s*:\s/.test(`${line} `) ||
      (index > 0 && /^[ \t]/.test(line)) ||
      line.startsWith('(cherry picked from commit '),
  )
}

/** The lines after the last empty one, never the subject's own paragraph. */
export function lastParagraph(lines: readonly string[]): readonly string[] {
  const end = lines.findLastIndex(line => line.trim() !== '') + 1
  const start = lines.slice(0, end).findLastIndex(line => line.trim() === '') + 1
  return start === 0 ? [] : lines.slice(start, end)
}
