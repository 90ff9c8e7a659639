/**
 * Child output made fit for people, files and the runner's log: split into lines, stripped of control
 * sequences, of workflow commands and of secrets.
 */

/** Longest line handed on, in characters. */
const LINE_LIMIT = 64 * 1024
/** Most that is kept of any output in a JSON file, in bytes (SPEC section 8). */
export const TAIL_BYTES = 16 * 1024
/** Anything shorter would mask half of the text it stands in. */
const SHORTEST_SECRET = 6

// One pass over everything that is not text, so that what is left when one sequence goes cannot be another.
// No body may hold the start of the next sequence: that keeps the pass linear.
const CONTROL = new RegExp(
  [
    /(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]/, // CSI
    /(?:\x1b[\]PX^_]|[\x9d\x90\x98\x9e\x9f])[^\x07\n\r\x1b\x80-\x9f]*(?:\x07|\x1b\\|\x9c)/, // OSC, DCS, SOS, PM, APC
    /\x1b[\]PX^_[]/, // one of these that never ends: its text is only text
    /\x1b[ -/]*[0-~]/, // the short ones
    /[\x00-\x08\x0a-\x1f\x7f-\x9f]/, // what else is C0 (TAB stays), DEL or C1
  ]
    .map(({ source }) => source)
    .join('|'),
  'g',
)
/** Whether there are any but those that `stripAnsi` keeps. */
const UNSEEN = /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]/
// The runner searches with .NET's culture rules, which see through characters that have no shape.
const SHAPELESS = '\\p{Cc}\\p{Cf}\\p{Default_Ignorable_Code_Point}'
const COLOUR = '\\x1b\\[[\\d;:]*m'
const ONLY_COLOUR = new RegExp(`^${COLOUR}$`)
// What may stand between the signs of a command: whoever strips colours before he looks sees through them as well.
const GAP = `(?:[${SHAPELESS}]|${COLOUR})*`
const COMMAND_AT_START = new RegExp(`^((?:[\\s${SHAPELESS}]|${COLOUR})*:)(?=${GAP}:)`, 'u')
const COMMAND_ANYWHERE = new RegExp(`(#${GAP}#)(?=${GAP}\\[)`, 'gu')

/**
 * One line that the Actions runner prints and does not obey, `prefix` before it: no line starts with `::`, none holds
 * `##[` (a space breaks both), no control sequence but colour is left, and no line break. Colour ends with the line.
 */
export function harmless(line: string, prefix = ''): string {
  const text = `${clean(prefix)}${clean(line)}`
  const safe = text.replace(COMMAND_AT_START, '$1 ').replace(COMMAND_ANYWHERE, '$1 ')
  const colour = safe.lastIndexOf('\x1b')
  return colour < 0 || /^\x1b\[0?m/.test(safe.slice(colour)) ? safe : `${safe}\x1b[0m`
}

function clean(line: string): string {
  return line.replace(/[\r\n]+/g, ' ').replace(CONTROL, match => (isColour(match) ? match : ''))
}

function isColour(sequence: string): boolean {
  return ONLY_COLOUR.test(sequence)
}

/** Plain text: without colour and any other control sequence; TAB, CR and LF stay. */
export function stripAnsi(text: string): string {
  return text.replace(CONTROL, match => (match === '\n' || match === '\r' ? match : ''))
}

export interface LineSplitter {
  /** The lines that this chunk ends. */
  feed(chunk: string): string[]
  /** The line that nothing ended, if there is one. */
  end(): string[]
}

/**
 * Splits a stream at LF, CR and CRLF, wherever the chunks are cut. A line over `limit` characters is cut there and
 * marked, and never held in memory beyond that.
 */
export function lineSplitter(limit = LINE_LIMIT): LineSplitter {
  let line = ''
  let cut = 0
  let afterCr = false

  function add(text: string): void {
    const kept = text.slice(0, limit - line.length)
    line += kept
    cut += text.length - kept.length
  }
  function take(): string {
    const whole = cut === 0 ? line : `${withoutHalf(line)} [... ${cut} characters cut by fanout ...]`
    line = ''
    cut = 0
    return whole
  }
  return {
    feed(chunk) {
      if (chunk === '') return []
      const text = afterCr && chunk.startsWith('\n') ? chunk.slice(1) : chunk
      afterCr = chunk.endsWith('\r')
      const parts = text.split(/\r\n|\r|\n/)
      const rest = parts.pop() ?? ''
      const lines = parts.map(part => {
        add(part)
        return take()
      })
      add(rest)
      return lines
    },
    end: () => (line === '' && cut === 0 ? [] : [take()]),
  }
}

/** The lines of a whole text, by the same rules. */
export function splitLines(text: string): string[] {
  const splitter = lineSplitter()
  return [...splitter.feed(text), ...splitter.end()]
}

/** A cut may leave the first half of a surrogate pair. */
function withoutHalf(text: string): string {
  return /[\ud800-\udbff]$/.test(text) ? text.slice(0, -1) : text
}

/** The end of a text: at most `bytes` bytes of UTF-8, cut between characters. */
export function tail(text: string, bytes = TAIL_BYTES): string {
  let start = text.length
  for (let room = bytes; start > 0; ) {
    const code = text.codePointAt(start - 1) ?? 0
    const paired = code >= 0xdc00 && code <= 0xdfff && /[\ud800-\udbff]/.test(text[start - 2] ?? '')
    room -= paired ? 4 : code < 0x80 ? 1 : code < 0x800 ? 2 : 3
    if (room < 0) break
    start -= paired ? 2 : 1
  }
  return text.slice(start)
}

/**
 * Replaces each secret by `***`, and what it becomes in base64 (alone, after `x-access-token:`, or inside other data),
 * in a URL and in JSON. Secrets under 6 characters are left alone, and so is each text of `whole`, whatever it holds. A
 * text in which a secret is cut in pieces by control sequences loses all of these.
 */
export function masker(secrets: readonly string[], whole: readonly string[] = []): (text: string) => string {
  const any = anyOf(secrets, whole)
  if (any === null) return text => text
  const kept = new Set(whole)
  const replaced = (text: string): string => text.replace(any, found => (kept.has(found) ? found : '***'))
  return text => {
    const masked = replaced(text)
    if (!UNSEEN.test(masked)) return masked
    // What colour or a cursor's move cuts in pieces is whole for people, and once that is taken out.
    const plain = stripAnsi(masked)
    const again = replaced(plain)
    return again === plain ? masked : again
  }
}

/** What `masker` would replace in a text, in its order; null: there is nothing to look for. */
export function seeker(
  secrets: readonly string[],
  whole: readonly string[] = [],
): ((text: string) => readonly string[]) | null {
  const any = anyOf(secrets, whole)
  if (any === null) return null
  const kept = new Set(whole)
  return text => Array.from(text.matchAll(any), ([found]) => found).filter(found => !kept.has(found))
}

/** Each form of each secret, and the texts that stay whole, the longest first; null: there is no secret. */
function anyOf(secrets: readonly string[], whole: readonly string[]): RegExp | null {
  const plain = secrets.map(secret => secret.trim()).filter(secret => secret.length >= SHORTEST_SECRET)
  const forms = new Set(plain.flatMap(derivedForms))
  if (forms.size === 0) return null
  const longestFirst = [...new Set([...forms, ...whole])].sort((a, b) => b.length - a.length)
  return new RegExp(longestFirst.map(form => form.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')).join('|'), 'g')
}

function derivedForms(secret: string): string[] {
  const bytes = new TextEncoder().encode(secret)
  const encoded = [
    base64(new TextEncoder().encode(`x-access-token:${secret}`)),
    base64(bytes),
    ...[0, 1, 2].map(shift => {
      // Of the secret after `shift` other bytes: only the characters which nothing but the secret decides.
      const text = base64(new Uint8Array([...new Uint8Array(shift), ...bytes]))
      return text.slice(Math.ceil((shift * 8) / 6), Math.floor(((shift + bytes.length) * 8) / 6))
    }),
  ]
  const wellFormed = secret.replace(/\p{Surrogate}/gu, '\ufffd')
  const urlSafe = encoded.map(text => text.replaceAll('+', '-').replaceAll('/', '_'))
  return [secret, encodeURIComponent(wellFormed), JSON.stringify(secret).slice(1, -1), ...encoded, ...urlSafe]
}

export function base64(bytes: Uint8Array): string {
  return btoa(Array.from(bytes, byte => String.fromCharCode(byte)).join(''))
}

/** `https://user:token@host` -> `https://***@host`, in any text. */
export function redactUrls(text: string): string {
  // Bounds on both parts: no text makes this slow.
  return text.replace(/\b([a-z][a-z0-9+.-]{0,20}:\/\/)[^\s/?#"'<>\\]{1,4096}@/gi, '$1***@')
}
