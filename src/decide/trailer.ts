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

export const TRAILER_KEYS: readonly string[] = KEYS.map(([, key]) => key)

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

const COMMENT = '#'
/** What `git commit --verbose` puts above the change that it shows. */
const SCISSORS = '# ------------------------ >8 ------------------------'
/** Lines that git itself writes: beside one of these a block may hold other lines too. */
const BY_GIT = ['Signed-off-by: ', '(cherry picked from commit ']
const TRAILER = /^[A-Za-z0-9-]+[ \t]*:/

/** Lines `start` to `end` of a message, without `end`. Of the same number both: there is none, and a new one goes there. */
export interface Block {
  readonly start: number
  readonly end: number
}

/**
 * Where `git interpret-trailers` sees the trailers of a message, or would add them: in the last paragraph that is no
 * comment, never in the subject's. It is a block if nothing but trailers is in it, or one that git wrote and at most
 * three times as many other lines as trailers.
 */
export function trailerBlock(lines: readonly string[]): Block {
  const end = endOf(lines)
  const title = lines.slice(0, end).indexOf('')
  let trailers = 0
  let others = 0
  let byGit = false
  /** They belong to the trailer above them, or are none. */
  let continuations = 0
  for (let at = end - 1; title >= 0 && at >= title; at--) {
    const line = lines[at]!
    if (line === '') {
      others += continuations
      const isBlock = byGit ? trailers * 3 >= others : trailers > 0 && others === 0
      return { start: isBlock ? at + 1 : end, end }
    }
    if (line.startsWith(COMMENT)) {
      others += continuations
      continuations = 0
    } else if (isTrailer(line)) {
      trailers++
      byGit ||= isByGit(line)
      continuations = 0
    } else if (isContinuation(line)) continuations++
    else {
      others += 1 + continuations
      continuations = 0
    }
  }
  return { start: end, end }
}

/** `more` at the end of the block of a message, or as a block of its own. What git takes for no part of the text stays below. */
export function joinTrailers(lines: readonly string[], more: readonly string[]): readonly string[] {
  if (more.length === 0) return lines
  const { start, end } = trailerBlock(lines)
  const gap = start === end && end > 0 ? [''] : []
  return [...lines.slice(0, end), ...gap, ...more, ...lines.slice(end)]
}

/** A paragraph at the end of the text of a message, above its trailers. */
export function joinText(lines: readonly string[], more: readonly string[]): readonly string[] {
  if (more.length === 0) return lines
  const { start, end } = trailerBlock(lines)
  if (start === end) return [...lines.slice(0, end), '', ...more, ...lines.slice(end)]
  return [...lines.slice(0, start), ...more, '', ...lines.slice(start)]
}

/** Each trailer of a message with what continues it. */
export function trailersOf(lines: readonly string[]): readonly string[] {
  const { start, end } = trailerBlock(lines)
  const found: string[] = []
  let continues = false
  for (const line of lines.slice(start, end)) {
    if (isTrailer(line)) found.push(line)
    else if (continues && isContinuation(line)) found.push(`${found.pop()}\n${line}`)
    continues = isTrailer(line) || (continues && isContinuation(line))
  }
  return found
}

/** Without the line that git cuts a message at, and what is below. */
export function aboveScissors(lines: readonly string[]): readonly string[] {
  const cut = lines.indexOf(SCISSORS)
  return cut < 0 ? lines : lines.slice(0, cut)
}

function isTrailer(line: string): boolean {
  return TRAILER.test(line) || isByGit(line)
}

function isByGit(line: string): boolean {
  return BY_GIT.some(prefix => line.startsWith(prefix))
}

function isContinuation(line: string): boolean {
  return /^[ \t]/.test(line)
}

/** How many lines are text: comments at the end and a list of conflicts there are none to git, and nothing below its cut. */
function endOf(lines: readonly string[]): number {
  const above = aboveScissors(lines)
  /** 0: not at the end. */
  let first = 0
  let inConflicts = false
  above.forEach((line, at) => {
    if (line === '' || line.startsWith(COMMENT)) first ||= at
    else if (line === 'Conflicts:') {
      inConflicts = true
      first ||= at
    } else if (!(inConflicts && line.startsWith('\t'))) {
      first = 0
      inConflicts = false
    }
  })
  return first || above.length
}

/** The lines after the last empty one, never the subject's own paragraph; comments at the end are none. */
function lastParagraph(lines: readonly string[]): readonly string[] {
  const plain = lines.map(line => line.trimEnd())
  const text = plain.slice(0, endOf(plain))
  return text.slice(text.lastIndexOf('') + 1 || text.length)
}
