/** The words behind `fanout <command>`, and everything that is wrong with them. */
import { parseArgs } from 'node:util'
import { INPUTS } from '../action/inputs.ts'
import { nearest } from '../decide/problem.ts'
import { COMMANDS, type Command, type CommandName } from './command-table.ts'

export interface Arguments {
  readonly help: boolean
  /** Inputs by name, as text. A misspelt one counts as what was meant: what else is wrong shows all the same. */
  readonly inputs: Readonly<Record<string, string>>
  readonly switches: ReadonlySet<string>
  readonly tasks: readonly string[]
  /** '' where the command asks for none, or it is missing. */
  readonly directory: string
  /** Options that lack their value: there is nothing more to say of them. */
  readonly missing: ReadonlySet<string>
  readonly problems: readonly string[]
}

/** `--name value` and `--name=value`; of an input that is true or false the name alone means true. */
export function readArguments(name: CommandName, words: readonly string[]): Arguments {
  const command: Command = COMMANDS[name]
  const options = optionsOf(command)
  const { whole, missing } = withValues(words, options)
  const problems = [...missing].map(option => `--${option} needs a value: write --${option} <value>`)
  const { tokens } = parseArgs({
    args: whole,
    options: Object.fromEntries(
      [...options].map(([option, kind]) => [option, { type: kind === 'switch' ? 'boolean' : 'string' }]),
    ),
    strict: false,
    allowPositionals: true,
    tokens: true,
  })
  const values = new Map<string, string[]>()
  const others: string[] = []
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i]!
    if (token.kind === 'option-terminator') continue
    if (token.kind === 'positional') {
      others.push(token.value)
      continue
    }
    const kind = token.rawName.startsWith('--') ? options.get(token.name) : SHORT.get(token.rawName)
    if (kind === undefined) {
      const meant = nearest(token.name, options.keys())
      const hint = meant === null ? `fanout ${name} --help lists all` : `did you mean --${meant}?`
      problems.push(`unknown option ${token.rawName}: fanout ${name} takes none of that name; ${hint}`)
      // The word behind it is its value, and not one more mistake.
      const next = tokens[i + 1]
      const takes = meant === null ? !command.directory : options.get(meant) !== 'switch'
      const follows =
        token.value === undefined && takes && next?.kind === 'positional' ? next.value : undefined
      if (follows !== undefined) i++
      const value = token.value ?? follows
      if (meant !== null && value !== undefined && !values.has(meant)) values.set(meant, [value])
      // `-abc` is three options to the parser, and one word to people.
      while (tokens[i + 1]?.index === token.index) i++
    } else if (kind === 'switch' && token.value !== undefined) {
      problems.push(`${token.rawName} takes no value, got ${JSON.stringify(token.value)}: write it alone`)
    } else {
      const key = SHORT.has(token.rawName) ? 'help' : token.name
      values.set(key, [...(values.get(key) ?? []), token.value ?? ''])
    }
  }
  for (const [option, given] of values) {
    if (options.get(option) !== 'switch' && option !== 'task' && given.length > 1)
      problems.push(`--${option} is given ${given.length} times: only one can count, write it once`)
  }
  const [directory = '', ...rest] = command.directory ? others : ['', ...others]
  for (const word of rest) {
    problems.push(
      `unexpected argument ${JSON.stringify(word)}: fanout ${name} takes ${takesWhat(name, command)}`,
    )
  }
  const inputs = [...values].filter(([option]) => isInput(command, option))
  return {
    help: values.has('help'),
    inputs: Object.fromEntries(inputs.map(([option, given]) => [option, given.at(-1) ?? ''])),
    switches: new Set([...values.keys()].filter(option => options.get(option) === 'switch')),
    tasks: (values.get('task') ?? [])
      .flatMap(list => list.split(/[,\n]/).map(id => id.trim()))
      .filter(Boolean),
    directory,
    missing,
    problems,
  }
}

type Kind = 'value' | 'flag' | 'switch'

const SHORT: ReadonlyMap<string, Kind> = new Map([['-h', 'switch']])

function isInput(command: Command, option: string): boolean {
  return (
    command.inputs !== null &&
    !command.inputs.except.includes(option) &&
    INPUTS.some(input => input.name === option)
  )
}

function optionsOf(command: Command): ReadonlyMap<string, Kind> {
  const inputs = INPUTS.filter(({ name }) => isInput(command, name))
  return new Map<string, Kind>([
    ['help', 'switch'],
    ...command.switches.map(name => [name, 'switch'] as const),
    ...(command.tasks ? [['task', 'value'] as const] : []),
    ...inputs.map(({ name, isFlag }) => [name, isFlag ? 'flag' : 'value'] as const),
  ])
}

/**
 * The words with a value for every option that takes one. An option is not the value of the one before it: whoever
 * means that writes `--name=--value`.
 */
function withValues(
  words: readonly string[],
  options: ReadonlyMap<string, Kind>,
): { readonly whole: string[]; readonly missing: ReadonlySet<string> } {
  const known = (word: string | undefined): Kind | undefined =>
    word?.startsWith('--') ? options.get(word.slice(2).split('=')[0] ?? '') : undefined
  const whole: string[] = []
  const missing = new Set<string>()
  for (let i = 0; i < words.length; i++) {
    const word = words[i]!
    if (word === '--') return { whole: [...whole, ...words.slice(i)], missing }
    const kind = word.includes('=') ? undefined : known(word)
    const next = words[i + 1]
    if (kind === 'flag' && (next === undefined || next.startsWith('-'))) whole.push(`${word}=true`)
    else if (kind === 'value' && (next === undefined || known(next) !== undefined)) missing.add(word.slice(2))
    else if (kind === 'value' || kind === 'flag') {
      whole.push(`${word}=${next}`)
      i++
    } else whole.push(word)
  }
  return { whole, missing }
}

function takesWhat(name: CommandName, command: Command): string {
  const options = `options only; fanout ${name} --help lists them`
  if (command.directory) return `one run directory and ${options}`
  return command.inputs === null && command.switches.length === 0 ? 'none' : options
}
