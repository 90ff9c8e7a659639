/** The inputs as `fanout run --help` shows them. */
import { INPUTS } from './inputs.ts'

const INDENT = '      '

/** One paragraph an input, wrapped at `columns` characters, ending in a line break. */
export function inputsHelp(columns = 80): string {
  return INPUTS.map(input => {
    const value = input.isFlag ? 'true|false' : '<value>'
    const fallback = input.default === '' ? input.otherwise : input.default
    const text = `${input.description}${fallback === undefined ? '' : ` [${fallback}]`}`
    return `  --${input.name} ${value}\n${wrap(text.replaceAll('`', ''), columns - INDENT.length)}\n`
  }).join('')
}

function wrap(text: string, width: number): string {
  const lines: string[] = []
  for (const word of text.split(' ')) {
    const last = lines.at(-1)
    if (last === undefined || last.length + 1 + word.length > width) lines.push(word)
    else lines[lines.length - 1] = `${last} ${word}`
  }
  return lines.map(line => INDENT + line).join('\n')
}
