/** Text of a file -> tree, or all that is wrong with it. */
import { readJson } from './json.ts'
import { type Problem, type Report, reporter, utf8Length } from './problem.ts'
import type { Syntax, Tree } from './tree.ts'
import { readYaml } from './yaml.ts'

const MAX_BYTES = 8 * 1024 * 1024

export type Reading =
  | { readonly ok: true; readonly tree: Tree; readonly syntax: Syntax; readonly report: Report }
  | { readonly ok: false }

/**
 * Reads YAML, JSON or JSON with comments; a byte order mark is skipped. What is wrong goes to `problems`, also
 * what is reported later through `report`. A text that begins as JSON but is none may still be YAML flow style.
 */
export function readTree(file: string, source: string, problems: Problem[]): Reading {
  const text = source.startsWith('\uFEFF') ? source.slice(1) : source
  const report = reporter(file, text, problems)
  if (text.length > MAX_BYTES || utf8Length(text) > MAX_BYTES) {
    report(null, 'expected at most 8 MiB of text: split the file')
    return { ok: false }
  }
  const binary = text.search(/[\0\uFFFD]/)
  if (binary >= 0) {
    const what = text[binary] === '\0' ? 'a NUL character' : 'a byte that is not UTF-8'
    report(binary, `expected text in UTF-8, got ${what}`)
    return { ok: false }
  }
  if (text.trim() === '') {
    report(null, 'expected a list of tasks, got an empty text')
    return { ok: false }
  }
  if (!beginsAsJson(text)) return outcome(readYaml(text, report), 'yaml', report)

  const asJson: Problem[] = []
  const json = readJson(text, reporter(file, text, asJson))
  if (json !== null) return outcome(json, 'jsonc', report)
  const asYaml: Problem[] = []
  const yaml = readYaml(text, reporter(file, text, asYaml))
  if (yaml !== null) return outcome(yaml, 'yaml', report)
  problems.push(...(/\.ya?ml$/i.test(file) ? asYaml : asJson))
  return { ok: false }
}

function outcome(tree: Tree | null, syntax: Syntax, report: Report): Reading {
  return tree === null ? { ok: false } : { ok: true, tree, syntax, report }
}

/** Whether the first thing after blanks and JSON comments opens a list or a map. */
function beginsAsJson(text: string): boolean {
  let at = 0
  for (;;) {
    at += /^\s*/.exec(text.slice(at))?.[0].length ?? 0
    if (text.startsWith('//', at)) at = after(text, '\n', at)
    else if (text.startsWith('/*', at)) at = after(text, '*/', at + 2)
    else return text[at] === '[' || text[at] === '{'
  }
}

function after(text: string, mark: string, from: number): number {
  const at = text.indexOf(mark, from)
  return at < 0 ? text.length : at + mark.length
}
