/** What `fanout --help` and `fanout <command> --help` print. */
import { INPUTS } from '../action/inputs.ts'
import { COMMAND_NAMES, COMMANDS, type Command, type CommandName, takesInput } from './command-table.ts'

const INDENT = '      '

/** All commands, a sentence each; ends in a line break. */
export function overview(columns = 80): string {
  const parts = COMMAND_NAMES.map(name => {
    const { usage, does } = COMMANDS[name]
    return `  fanout ${name} ${usage}`.trimEnd().concat('\n', wrap(does, columns - INDENT.length), '\n')
  })
  return `Usage: fanout <command>\n\n${parts.join('')}\nfanout <command> --help tells more of one, fanout --version which this is.\n`
}

/** One command with its options and examples; ends in a line break. */
export function helpOf(name: CommandName, columns = 80): string {
  const command: Command = COMMANDS[name]
  const { usage, does, examples, inputs } = command
  const line = `Usage: fanout ${name} ${usage}`.trimEnd()
  const more = inputs === null || inputs.only ? '' : ' [--<input> <value> ...]'
  return [
    `${line}${more}\n\n${wrap(`${name} ${does}`, columns - INDENT.length)}\n\n`,
    `Examples:\n${examples.map(example => `${INDENT}${example}\n`).join('')}`,
    inputs === null || inputs.only
      ? ''
      : `\n${inputs.kept ? KEPT_WORDS : INPUTS_WORDS}\n${inputsHelp(columns, inputs)}`,
    inputs === null ? '' : `\n${ENDS}\n`,
  ].join('')
}

const INPUTS_WORDS = 'The inputs of the action are its options:\n'
const KEPT_WORDS = 'The inputs of the action are its options; one that is not given is as the run had it:\n'
const ENDS =
  'Exit code: 0 for success, 1 for a failure or a mistake in what was asked, 130 after an interrupt.'

/** One paragraph an input, wrapped at `columns` characters, ending in a line break. */
export function inputsHelp(
  columns = 80,
  inputs: NonNullable<Command['inputs']> = { except: [], kept: false },
): string {
  return INPUTS.filter(input => takesInput(inputs, input.name))
    .map(input => {
      const value = input.isFlag ? '[true|false]' : '<value>'
      const fallback = input.default === '' ? input.otherwise : input.default
      const text = `${input.description}${fallback === undefined || inputs.kept ? '' : ` [${fallback}]`}`
      return `  --${input.name} ${value}\n${wrap(text.replaceAll('`', ''), columns - INDENT.length)}\n`
    })
    .join('')
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
