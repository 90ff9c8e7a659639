/** What single values of a task must be: each rule gives `expected ...`, or null when the value is good. */
import type * as z from 'zod'
import { utf8Length } from './problem.ts'

type Rule<T> = (value: T) => string | null

/** A schema with one more rule, whose sentence becomes the issue's message. */
export function ruled<S extends z.ZodType>(schema: S, rule: Rule<z.output<S>>) {
  return schema.superRefine((value, context) => {
    const message = rule(value)
    if (message !== null) context.addIssue({ code: 'custom', message })
  })
}

export const MAX_TEXT_BYTES = 64 * 1024
export const MAX_TITLE = 200

const DEVICES = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i

/** Ids become folder, branch and file names on every system, hence the narrow set. */
export function idExpectation(id: string): string | null {
  if (!/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/.test(id)) {
    return "expected an id of 1 to 64 letters, digits, '.', '_' or '-', beginning with a letter or digit"
  }
  if (/(\.|\.lock)$/i.test(id)) return "expected an id that does not end in '.' or '.lock'"
  return DEVICES.test(id) ? 'expected an id that is not a Windows device name' : null
}

export function titleExpectation(title: string): string | null {
  const good =
    title.trim() !== '' &&
    [...title].length <= MAX_TITLE &&
    !/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/.test(title)
  return good ? null : `expected one line of 1 to ${MAX_TITLE} characters`
}

/** The first line of a text as a title: cut where it is too long, null where there is nothing. */
export function titleFrom(text: string): string | null {
  const line = text
    .trim()
    .split(/[\r\n\u2028\u2029]/, 1)[0]
    ?.replace(/[\u0000-\u001f\u007f-\u009f]/g, ' ')
    .trim()
  if (!line) return null
  const characters = [...line]
  return characters.length <= MAX_TITLE ? line : `${characters.slice(0, MAX_TITLE - 1).join('')}…`
}

export function textExpectation(text: string): string | null {
  if (text.includes('\0')) return 'expected text without NUL characters'
  const small = text.length <= MAX_TEXT_BYTES && utf8Length(text) <= MAX_TEXT_BYTES
  return small ? null : `expected at most 64 KiB (${MAX_TEXT_BYTES} bytes) of text`
}

export function filledExpectation(text: string): string | null {
  return text.trim() === '' ? 'expected text that is not empty' : textExpectation(text)
}

const COMMAND_FILES = ['GITHUB_ENV', 'GITHUB_PATH', 'GITHUB_OUTPUT', 'GITHUB_STATE', 'GITHUB_STEP_SUMMARY']
const RESERVED_NAMES = ['FANOUT', ...COMMAND_FILES]
const RESERVED_PREFIXES = ['FANOUT_', 'GIT_', 'INPUT_', 'ACTIONS_']

/** Refused are the names that SPEC section 5 sets or takes away; in any case, as Windows reads them. */
export function envNameExpectation(name: string): string | null {
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) {
    return "expected a variable name of letters, digits and '_', not beginning with a digit"
  }
  const upper = name.toUpperCase()
  const reserved =
    RESERVED_NAMES.includes(upper) || RESERVED_PREFIXES.some(prefix => upper.startsWith(prefix))
  return reserved ? `expected a variable name that Fanout, git and the runner do not reserve` : null
}

const TIME =
  /^(\d{4})-(\d\d)-(\d\d)[Tt]([01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:[Zz]|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/

/** RFC 3339 with an offset, and a day that exists. No leap second, which the platform cannot read. */
export function timeExpectation(time: string): string | null {
  const [, year, month, day] = TIME.exec(time)?.map(Number) ?? []
  const days = year === undefined || month === undefined ? 0 : new Date(Date.UTC(year, month, 0)).getUTCDate()
  const good =
    month !== undefined && month >= 1 && month <= 12 && day !== undefined && day >= 1 && day <= days
  return good ? null : 'expected an RFC 3339 time such as 2030-01-31T08:00:00Z'
}
