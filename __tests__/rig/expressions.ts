import { data, Evaluator, Lexer, Parser } from '@actions/expressions'

export type Context = Readonly<Record<string, unknown>>
/** What `success()`, `failure()`, `always()` and `cancelled()` go by. */
export type Status = { ok: boolean; cancelled: boolean }

/** One expression (the text between `${{` and `}}`) by GitHub's own evaluator, as a JSON value. */
export function evaluate(expression: string, context: Context, status: Status): unknown {
  const answers = {
    success: () => status.ok && !status.cancelled,
    failure: () => !status.ok && !status.cancelled,
    always: () => true,
    cancelled: () => status.cancelled,
    hashFiles: () => '',
  }
  const functions = Object.entries(answers).map(([name, answer]) => ({
    name,
    minArgs: 0,
    maxArgs: 255,
    call: () => toData(answer()),
  }))
  const tree = new Parser(new Lexer(expression).lex().tokens, Object.keys(context), functions).parse()
  const byName = new Map(functions.map(each => [each.name.toLowerCase(), each]))
  const value = new Evaluator(tree, toData(context) as data.Dictionary, byName).evaluate()
  return JSON.parse(JSON.stringify(value, data.replacer))
}

/** `if:` of a job or step: without a status function it also asks for success(). */
export function holds(condition: unknown, context: Context, status: Status): boolean {
  const text = String(condition ?? 'success()')
    .trim()
    .replace(/^\$\{\{(.*)\}\}$/s, '$1')
  const hasStatus = /\b(success|failure|always|cancelled)\s*\(/i.test(text)
  return Boolean(evaluate(hasStatus ? text : `success() && (${text})`, context, status))
}

/** Up to the first `}}` that is not inside a string. */
const EXPRESSION = /\$\{\{((?:'[^']*'|(?!\}\})[^'])*)\}\}/g

/** Every `${{ }}` in a YAML value, however deep; a string that is nothing but one expression keeps the expression's type. */
export function interpolate(value: unknown, context: Context, status: Status): unknown {
  if (Array.isArray(value)) return value.map(each => interpolate(each, context, status))
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value)
    return Object.fromEntries(entries.map(([key, each]) => [key, interpolate(each, context, status)]))
  }
  if (typeof value !== 'string') return value
  const [whole] = value.matchAll(EXPRESSION)
  if (whole?.[0] === value) return evaluate(whole[1]?.trim() ?? '', context, status)
  return value.replace(EXPRESSION, (_, inner: string) => asText(evaluate(inner.trim(), context, status)))
}

/** A mapping whose values the runner hands on as strings: `env`, `with`, `outputs`. */
export function interpolateTexts(mapping: unknown, context: Context, status: Status): Record<string, string> {
  const values = interpolate(mapping ?? {}, context, status) as Record<string, unknown>
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, asText(value)]))
}

function asText(value: unknown): string {
  if (value === null || value === undefined) return ''
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

function toData(value: unknown): data.Dictionary | ReturnType<typeof data.reviver> {
  return JSON.parse(JSON.stringify(value ?? null), data.reviver)
}
