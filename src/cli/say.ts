/** Plain words on standard output and standard error; nothing in them steers a terminal. */
import { harmless, stripAnsi } from '../decide/text.ts'

export function out(text: string): void {
  process.stdout.write(`${text}\n`)
}

/** What is wrong, one line each, on standard error. Returns the exit code for it. */
export function refuse(lines: readonly string[]): 1 {
  for (const line of lines) process.stderr.write(`error: ${stripAnsi(harmless(line))}\n`)
  return 1
}

/** What, why, and the way out, in one line. */
export function sentence({ what, why, fix }: Wrong): string {
  return `${what} ${why} ${fix}`
}

export interface Wrong {
  readonly what: string
  readonly why: string
  readonly fix: string
}

/** Whether this stream shows colours: node knows NO_COLOR, FORCE_COLOR and what the terminal says of itself. */
export function hasColor(stream: NodeJS.WriteStream): boolean {
  return stream.isTTY && stream.hasColors()
}

/** Columns of what the output is shown on. */
export function columns(): number {
  return process.stdout.columns ?? 100
}
