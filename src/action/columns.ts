/** Text in the columns of a terminal, where a character may take none, one or two. */
import cliTruncate from 'cli-truncate'
import stringWidth from 'string-width'
import wrapAnsi from 'wrap-ansi'

/** Columns that a text takes on a terminal. */
export function widthOf(text: string): number {
  return stringWidth(text)
}

/** At most `width` columns, an ellipsis marking the cut. */
export function clip(text: string, width: number): string {
  return width < 1 ? '' : cliTruncate(text, width)
}

/** Exactly `width` columns. */
export function pad(text: string, width: number): string {
  const shown = clip(text, width)
  return shown + ' '.repeat(Math.max(0, width - widthOf(shown)))
}

/** Exactly `width` columns, the text at their end. */
export function padStart(text: string, width: number): string {
  const shown = clip(text, width)
  return ' '.repeat(Math.max(0, width - widthOf(shown))) + shown
}

/** Lines of at most `width` columns, broken at spaces; a word that is too long is broken too. */
export function wrap(text: string, width: number): readonly string[] {
  return wrapAnsi(text, width, { hard: true }).split('\n')
}
