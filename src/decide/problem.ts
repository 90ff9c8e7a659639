/** What is wrong with a file or an input, where, and in words a person can act on. */

export interface Problem {
  /** File name, `tasks` for inline text, or `input 'x'`. */
  readonly file: string
  /** 1-based; null: the whole file. */
  readonly line: number | null
  /** 1-based, in UTF-16 units as editors count; null: the whole file. */
  readonly column: number | null
  readonly message: string
}

/** Takes an offset into the text (null: the whole file) and what is wrong there. */
export type Report = (offset: number | null, message: string) => void

/** `file:line:column: message`, the form that editors and runners turn into links. */
export function formatProblem(problem: Problem): string {
  const place = problem.line === null ? '' : `:${problem.line}:${problem.column ?? 1}`
  return `${problem.file}${place}: ${problem.message}`
}

/** In reading order, each once (aliases repeat them); problems of the whole file come first. */
export function inReadingOrder(problems: readonly Problem[]): Problem[] {
  const unique = [...new Map(problems.map(problem => [formatProblem(problem), problem])).values()]
  return unique.sort((a, b) => (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0))
}

/** A report that collects problems of one text into `into`. */
export function reporter(file: string, text: string, into: Problem[]): Report {
  const starts = [0]
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1)
  return (offset, message) => {
    if (offset === null) {
      into.push({ file, line: null, column: null, message })
      return
    }
    let low = 0
    let high = starts.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if ((starts[middle] ?? 0) <= offset) low = middle
      else high = middle - 1
    }
    into.push({ file, line: low + 1, column: offset - (starts[low] ?? 0) + 1, message })
  }
}

const SHOWN = 80

/** A value as JSON for `got ...`; a long one is cut and its size told. */
export function shown(value: unknown): string {
  if (typeof value === 'number' && !Number.isFinite(value)) return String(value)
  const json = JSON.stringify(value) ?? 'nothing'
  if (json.length <= SHOWN) return json
  const whole = typeof value === 'string' ? value : json
  return `${json.slice(0, SHOWN)}... (${utf8Length(whole)} bytes)`
}

/** Bytes of a text in UTF-8. */
export function utf8Length(text: string): number {
  return new TextEncoder().encode(text).length
}

/** The known word that `word` was probably meant to be: same but for case, `_`, and a slip or two in longer ones. */
export function nearest(word: string, known: Iterable<string>): string | null {
  const plain = (text: string) => text.toLowerCase().replaceAll('_', '-')
  const wanted = plain(word)
  let best: string | null = null
  let least = wanted.length < 3 ? 1 : wanted.length < 6 ? 2 : 3
  for (const candidate of known) {
    const distance = slips(wanted, plain(candidate), least)
    if (distance < least) {
      best = candidate
      least = distance
    }
  }
  return best
}

/** ` (did you mean 'x'?)`, or nothing. */
export function hint(word: string, known: Iterable<string>): string {
  const near = nearest(word, known)
  return near === null ? '' : ` (did you mean '${near}'?)`
}

/** Insertions, deletions, replacements and swaps of neighbours from a to b; gives up at `limit`. */
function slips(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) >= limit) return limit
  let before: number[] = []
  let above = Array.from({ length: b.length + 1 }, (_, column) => column)
  for (let row = 1; row <= a.length; row++) {
    const current = [row]
    for (let column = 1; column <= b.length; column++) {
      const same = a[row - 1] === b[column - 1]
      let cost = Math.min(
        (above[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (above[column - 1] ?? 0) + (same ? 0 : 1),
      )
      if (row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]) {
        cost = Math.min(cost, (before[column - 2] ?? 0) + 1)
      }
      current.push(cost)
    }
    if (Math.min(...current) >= limit) return limit
    before = above
    above = current
  }
  return above[b.length] ?? limit
}
