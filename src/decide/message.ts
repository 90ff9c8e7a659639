/** The message of a candidate's commit (SPEC section 5). */
import { utf8Length } from './problem.ts'
import { stripAnsi } from './text.ts'
import {
  aboveScissors,
  joinText,
  joinTrailers,
  type Trailers,
  trailerLines,
  trailersOf,
  withoutOwnTrailers,
} from './trailer.ts'

export interface MessageSource {
  readonly task: { readonly id: string; readonly title: string; readonly prompt: string | null }
  /** The task's `commit-message`, else the input's. */
  readonly template: string
  /** Text of FANOUT_MESSAGE_FILE; null: not written. */
  readonly messageFile: string | null
  /** Whole messages of the worker's own commits, oldest first. */
  readonly commits: readonly string[]
  readonly trailers: Partial<Trailers>
}

const MAX_BYTES = 64 * 1024

/** The first of: the message file, the worker's single commit, the template; with the trailers joined to it. */
export function candidateMessage(source: MessageSource): string {
  const { task, commits } = source
  const written = clean(source.messageFile ?? '')
  if (written !== '') return withTrailers(written, source.trailers)
  const theirs = commits.map(clean)
  const [single] = theirs
  if (commits.length === 1 && single) return withTrailers(single, source.trailers)
  const text = (clean(fill(source.template, task)) || clean(task.title) || task.id).split('\n')
  return withTrailers(commits.length > 1 ? inOne(text, theirs) : text.join('\n'), source.trailers)
}

/** Of several commits the subjects as a list, and each trailer once: who signed off or took part is named. */
function inOne(text: readonly string[], commits: readonly string[]): string {
  const list = commits.map(subjectOf).flatMap(line => (line === '' ? [] : [`- ${line}`]))
  const said = new Set(trailersOf(text).map(trailer => trailer.toLowerCase()))
  const missing: string[] = []
  for (const trailer of commits.flatMap(message => trailersOf(message.split('\n')))) {
    const key = trailer.toLowerCase()
    if (!said.has(key)) missing.push(trailer)
    said.add(key)
  }
  return joinTrailers(joinText(text, list), missing).join('\n')
}

/**
 * A text as a commit message: subject, empty line, body, and the trailers where `git interpret-trailers` adds them: in
 * the block that is there, else as one. `Fanout-` trailers in the text never survive, so that nobody but the lane can
 * claim a landing. At most 64 KiB.
 */
export function withTrailers(text: string, trailers: Partial<Trailers>): string {
  const lines = trailerLines(trailers)
  const block = lines.join('\n')
  const message = cut(clean(text), MAX_BYTES - utf8Length(block) - 3)
  return `${joinTrailers(message.split('\n'), lines).join('\n')}\n`
}

/** The first line of a message, as a report shows it; empty when there is none. */
export function subjectOf(message: string): string {
  return clean(message).split('\n', 1)[0] ?? ''
}

/** In one pass, so that a prompt that speaks of `{title}` stays as it is. */
function fill(template: string, task: MessageSource['task']): string {
  const values: Readonly<Record<string, string>> = {
    id: task.id,
    title: task.title,
    prompt: task.prompt ?? '',
  }
  return template.replace(/\{(id|title|prompt)\}/g, (_, name: string) => values[name] ?? '')
}

/**
 * No control sequences, no trailing blanks, no own trailers, nothing below the line where git cuts a message, single
 * empty lines, and one after the subject.
 */
function clean(text: string): string {
  const plain = stripAnsi(text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n'))
  const lines = withoutOwnTrailers(aboveScissors(plain.split('\n').map(line => line.trimEnd())))
  const [subject = '', ...body] = lines.join('\n').trim().split('\n')
  const rest = body
    .join('\n')
    .trimEnd()
    .replace(/^\n+/, '')
    .replace(/\n{3,}/g, '\n\n')
  return rest === '' ? subject.trim() : `${subject.trim()}\n\n${rest}`
}

function cut(text: string, bytes: number): string {
  const encoded = new TextEncoder().encode(text)
  if (encoded.length <= bytes) return text
  // A character cut in half at the end is dropped, not replaced.
  return new TextDecoder().decode(encoded.subarray(0, bytes), { stream: true }).trimEnd()
}
