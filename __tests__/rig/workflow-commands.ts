/** A workflow command as the runner reads it out of a line of a step's output. */
export type Command = {
  readonly name: string
  readonly properties: Readonly<Record<string, string>>
  readonly value: string
}

const NAMES = new Set([
  ...['add-mask', 'add-matcher', 'add-path', 'debug', 'echo', 'endgroup', 'error', 'group', 'notice'],
  ...['remove-matcher', 'save-state', 'set-env', 'set-output', 'stop-commands', 'warning'],
])

/** Both forms the runner knows: `::name k=v,k=v::value` after leading blanks, and `##[name k=v;k=v]value` anywhere. */
export function parseCommand(line: string, resumeToken: string | null = null): Command | null {
  return colonForm(line.trimStart(), resumeToken) ?? bracketForm(line, resumeToken)
}

function colonForm(line: string, resumeToken: string | null): Command | null {
  if (!line.startsWith('::')) return null
  const end = line.indexOf('::', 2)
  if (end < 0) return null
  return command(line.slice(2, end), ',', resumeToken, unescapeValue(line.slice(end + 2)), text =>
    unescapeValue(text.replaceAll('%3A', ':').replaceAll('%2C', ',')),
  )
}

function bracketForm(line: string, resumeToken: string | null): Command | null {
  const start = line.indexOf('##[')
  const end = start < 0 ? -1 : line.indexOf(']', start)
  if (end < 0) return null
  const decode = (text: string) => unescapeValue(text.replaceAll('%3B', ';').replaceAll('%5D', ']'))
  return command(line.slice(start + 3, end), ';', resumeToken, decode(line.slice(end + 1)), decode)
}

function command(
  head: string,
  separator: string,
  resumeToken: string | null,
  value: string,
  decode: (text: string) => string,
): Command | null {
  const space = head.indexOf(' ')
  const name = (space < 0 ? head : head.slice(0, space)).toLowerCase()
  // The token given to stop-commands becomes a command of its own until it is used.
  if (!NAMES.has(name) && name !== resumeToken?.toLowerCase()) return null
  const properties: Record<string, string> = {}
  for (const pair of space < 0 ? [] : head.slice(space + 1).split(separator)) {
    const equals = pair.indexOf('=')
    if (equals > 0) properties[pair.slice(0, equals).trim()] = decode(pair.slice(equals + 1))
  }
  return { name, properties, value }
}

function unescapeValue(text: string): string {
  return text.replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%25', '%')
}

/** Splits a stream into lines as the runner's .NET reader does: LF, CRLF and a bare CR each end one. */
export function lineSplitter(onLine: (line: string) => void): { push(chunk: string): void; end(): void } {
  let rest = ''
  let lastWasCr = false
  return {
    push(chunk) {
      // A CRLF may come in two chunks: its LF then ends nothing more.
      const text = lastWasCr && chunk.startsWith('\n') ? chunk.slice(1) : chunk
      if (chunk !== '') lastWasCr = chunk.endsWith('\r')
      const lines = (rest + text).split(/\r\n|\r|\n/)
      rest = lines.pop() ?? ''
      for (const line of lines) onLine(line)
    },
    end() {
      if (rest !== '') onLine(rest)
      rest = ''
    },
  }
}
