/** The kinds of value an input can hold, each with the words of its refusal. Strict: nothing is coerced. */
import { globExpectation } from '../decide/globs.ts'
import { isGitName } from '../decide/place.ts'

/** `hint`: what is wrong in particular and the way out; may be empty. */
export type Reading<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly hint: string }

export interface Kind<T> {
  /** Completes the sentence "expected ...". */
  readonly expected: string
  readonly read: (text: string) => Reading<T>
}

const good = <T>(value: T): Reading<T> => ({ ok: true, value })
const bad = (hint = ''): Reading<never> => ({ ok: false, hint })

/** Text as it came; blank is refused. */
export const text = (expected: string): Kind<string> => ({
  expected,
  read: value => (value.trim() === '' ? bad() : good(value)),
})

/** One line, trimmed, that `fits`. */
export const line = (expected: string, fits: (value: string) => boolean): Kind<string> => ({
  expected,
  read: value => (value.trim() !== '' && fits(value.trim()) ? good(value.trim()) : bad()),
})

/** Blank reads as null. */
export const optional = <T>(kind: Kind<T>): Kind<T | null> => ({
  expected: kind.expected,
  read: value => (value.trim() === '' ? good(null) : kind.read(value)),
})

/** true or false as YAML's core schema spells them. */
export const flag: Kind<boolean> = {
  expected: 'true or false',
  read: value => {
    if (/^(true|True|TRUE)$/.test(value.trim())) return good(true)
    return /^(false|False|FALSE)$/.test(value.trim()) ? good(false) : bad()
  },
}

export function choice<const T extends string>(...values: readonly T[]): Kind<T> {
  return {
    expected: `${values.slice(0, -1).join(', ')} or ${values.at(-1)}`,
    read: value => {
      const chosen = values.find(each => each === value.trim())
      return chosen === undefined ? bad() : good(chosen)
    },
  }
}

const INTEGER = /^(0|[1-9]\d*)$/
const DECIMAL = /^(0|[1-9]\d*)(\.\d+)?$/

/** Plain digits only: no sign, no exponent, no hexadecimal, no leading zero. */
export const integer = (min: number, max: number): Kind<number> => ({
  expected: `a whole number from ${min} to ${max}`,
  read: value => within(INTEGER, value, number => number >= min && number <= max),
})

/** A number that may have a fraction, such as 0.5. */
export const number = (max: number): Kind<number> => ({
  expected: `a number from 0 to ${max}`,
  read: value => within(DECIMAL, value, number => number <= max),
})

/** As `number`, but 0 is refused. */
export const positive = (max: number): Kind<number> => ({
  expected: `a number above 0 and at most ${max}`,
  read: value => within(DECIMAL, value, number => number > 0 && number <= max),
})

/** `auto` reads as null. */
export const auto = (kind: Kind<number>): Kind<number | null> => ({
  expected: `auto or ${kind.expected}`,
  read: value => (value.trim() === 'auto' ? good(null) : kind.read(value)),
})

/** Comma or newline separated; items are trimmed, blank and repeated ones dropped. Nothing but separators is no list. */
export const list = (expected: string): Kind<readonly string[]> => ({
  expected,
  read: value => {
    const found = [...new Set(items(value, /[,\n]/))]
    return found.length > 0 || value.trim() === '' ? good(found) : bad()
  },
})

/** At least one whole number, comma or newline separated, in the order given. */
export const integers = (min: number, max: number): Kind<readonly number[]> => ({
  expected: `whole numbers from ${min} to ${max}, separated by commas`,
  read: value => {
    const readings = items(value, /[,\n]/).map(integer(min, max).read)
    const numbers = readings.flatMap(reading => (reading.ok ? [reading.value] : []))
    return numbers.length > 0 && numbers.length === readings.length ? good(numbers) : bad()
  },
})

/** Globs over the repository's paths. A comma inside braces is part of its glob. */
export const globs: Kind<readonly string[]> = {
  expected: 'globs relative to the repository, separated by commas or newlines',
  read: value => {
    const found = [...new Set(items(value, /,(?![^{}\n]*\})|\n/))]
    const wrong = found.find(glob => globExpectation(glob) !== null)
    return wrong === undefined ? good(found) : bad(`${JSON.stringify(wrong)}: ${globExpectation(wrong)}`)
  },
}

/** A file's path inside the repository, written as git writes it: without `.` and empty parts. */
export const insidePath: Kind<string> = {
  expected: 'a path relative to the repository, without .. or backslashes',
  read: value => {
    const given = value.trim()
    const parts = given.split('/').filter(part => part !== '' && part !== '.')
    const hint = leaves(given) ?? (parts.length === 0 || /(^|\/)\.?$/.test(given) ? 'name a file' : null)
    return hint === null ? good(parts.join('/')) : bad(hint)
  },
}

/** A branch name that git takes (git-check-ref-format), without `refs/heads/`. */
export const branchName: Kind<string> = {
  expected: 'a branch name',
  read: value => {
    const name = value.trim()
    if (name.startsWith('refs/heads/'))
      return bad(`write ${JSON.stringify(name.slice('refs/heads/'.length))}`)
    return isBranchName(name) ? good(name) : bad()
  },
}

/** The rules of git-check-ref-format(1) for `refs/heads/<name>`, and of `git branch`: no leading dash, not HEAD. */
export function isBranchName(name: string): boolean {
  if (name === '' || name === 'HEAD' || name.startsWith('-')) return false
  if (/[\u0000-\u0020\u007f~^:?*[\\]|\.\.|@\{/.test(name) || name.endsWith('.')) return false
  return name.split('/').every(part => part !== '' && !part.startsWith('.') && !part.endsWith('.lock'))
}

function within(shape: RegExp, value: string, fits: (number: number) => boolean): Reading<number> {
  const trimmed = value.trim()
  return shape.test(trimmed) && fits(Number(trimmed)) ? good(Number(trimmed)) : bad()
}

function items(value: string, separator: RegExp): string[] {
  return value
    .split(separator)
    .map(item => item.trim())
    .filter(item => item !== '')
}

/** Why a path leads out of the repository's files; null: it does not. */
function leaves(path: string): string | null {
  if (path.includes('\\')) return 'write / instead of a backslash'
  if (path.startsWith('/') || /^[A-Za-z]:/.test(path)) return 'leave out what is above the repository'
  if (path.split('/').includes('..')) return 'it may not hold ..'
  if (/[\u0000-\u001f\u007f]/.test(path)) return 'it may not hold control characters'
  return path.split('/').some(isGitName) ? "it may not be in git's own folder" : null
}
