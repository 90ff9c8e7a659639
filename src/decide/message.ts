/** The message of a candidate's commit (SPEC section 5). */
import { utf8Length } from './problem.ts'
import { stripAnsi } from './text.ts'
import { isTrailerBlock, lastParagraph, type Trailers, trailerLines, withoutOwnTrailers } from './trailer.ts'

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

/** The first of: the message file, the worker's single commit, the template; with the trailers at its end. */
export function candidateMessage(source: MessageSource): string {
  const { task, commits } = source
  const written = clean(source.messageFile ?? '')
  if (written !== '') return withTrailers(written, source.trailers)
  const [single] = commits.map(clean)
  if (commits.length === 1 && single) return withTrailers(single, source.trailers)
  const subject = clean(fill(source.template, task)) || clean(task.title) || task.id
  const list = commits.length > 1 ? commits.map(subjectOf).filter(line => line !== '') : []
  const body = list.map(line => `- ${line}`).join('\n')
  return withTrailers(body === '' ? subject : `${subject}\n\n${body}`, source.trailers)
}

/**
 * A text as a commit message: subject, empty line, body, and the trailers as a proper block that joins one already
 * there. `Fanout-` trailers in the text never survive, so that nobody but the lane can claim a landing. At most 64 KiB.
 */
export function withTrailers(text: string, trailers: Partial<Trailers>): string {
  const lines = trailerLines(trailers)
  const block = lines.join('\n')
  const message = cut(clean(text), MAX_BYTES - utf8Length(block) - 3)
  if (lines.length === 0) return `${message}\n`
  const last = lastParagraph(message.split('\n'))
  const gap = last.length > 0 && isTrailerBlock(last) ? '\n' : '\n\n'
  return `${message}${gap}${block}\n`
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

/** No control sequences, no trailing blanks, no own trailers, single empty lines, and one after the subject. */
function clean(text: string): string {
  const plain = stripAnsi(text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n'))
  const lines = withoutOwnTrailers(plain.split('\n').map(line => line.trimEnd()))
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
