/** The comments of a piece of a tasks file, for where the piece is written anew: they go with it whatever its form. */
import { createScanner } from 'jsonc-parser'
import { Lexer } from 'yaml'
import type { Syntax } from './tree.ts'

// Enums of the scanner: const ones, which a module that is compiled alone cannot name.
const LINE_COMMENT = 12
const BLOCK_COMMENT = 13
const END = 17

/** What each line of them says, without its mark, in reading order. */
export function commentsIn(text: string, syntax: Syntax): readonly string[] {
  return syntax === 'yaml' ? yamlComments(text) : jsonComments(text)
}

/** Lines of comments that say it. */
export function asComments(comments: readonly string[], syntax: Syntax): string {
  const mark = syntax === 'yaml' ? '#' : '//'
  return comments.map(line => `${mark}${line}\n`).join('')
}

function yamlComments(text: string): string[] {
  const found: string[] = []
  let before = ''
  for (const token of new Lexer().lex(text)) {
    // The lexer marks the start of a scalar, whose text may begin like a comment.
    if (token.startsWith('#') && before !== '\u001f') found.push(token.slice(1).trimEnd())
    before = token
  }
  return found
}

function jsonComments(text: string): string[] {
  const scanner = createScanner(text, false)
  const found: string[] = []
  for (let kind: number = scanner.scan(); kind !== END; kind = scanner.scan()) {
    const value = text.slice(scanner.getTokenOffset(), scanner.getTokenOffset() + scanner.getTokenLength())
    if (kind === LINE_COMMENT) found.push(value.slice(2).trimEnd())
    if (kind !== BLOCK_COMMENT) continue
    const lines = value
      .slice(2, -2)
      .split(/\r?\n/)
      .map(line => line.replace(/^\s*\*?(?=\s|$)/, '').trim())
    found.push(...lines.filter(line => line !== '').map(line => ` ${line}`))
  }
  return found
}
