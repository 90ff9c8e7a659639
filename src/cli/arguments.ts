/** The words behind `fanout <command>`, and everything that is wrong with them. */
import { parseArgs } from 'node:util'
import { INPUTS } from '../action/inputs.ts'
import { nearest } from '../decide/problem.ts'
import { COMMANDS, type Command, type CommandName, takesInput } from './command-table.ts'

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

/** `value` takes one; `flag` is true or false, alone it means true; `switch` takes none. */
type Kind = 'value' | 'flag' | 'switch'
type Options = ReadonlyMap<string, Kind>

export function readArguments(name: CommandName, words: readonly string[]): Arguments {
  const command: Command = COMMANDS[name]
  const options = optionsOf(command)
  const lacking = words.map((word, index) => lacksValue(word, words[index + 1], options))
  const missing = new Set(words.filter((_, index) => lacking[index]).map(word => word.slice(2)))
  const whole = words.filter((_, index) => !lacking[index])
  const { values, others, unknown, problems } = sortOut(whole, command, options)
  const twice = [...values].filter(
    ([option, given]) => given.length > 1 && option !== 'task' && options.get(option) !== 'switch',
  )
  const [directory = '', ...rest] = command.directory ? others : ['', ...others]
  const inputs = [...values].filter(([option]) => isInput(command, option))
  return {
    help: values.has('help'),
    inputs: Object.fromEntries(inputs.map(([option, given]) => [option, given.at(-1) ?? ''])),
    switches: new Set([...values.keys()].filter(option => options.get(option) === 'switch')),
    tasks: idsIn(values.get('task') ?? []),
    directory,
    missing,
    problems: [
      ...[...missing].map(option => `--${option} needs a value: write --${option} <value>`),
      ...unknown.map(({ word, meant }) => {
        const hint = meant === null ? `fanout ${name} --help lists all` : `did you mean --${meant}?`
        return `unknown option ${word}: fanout ${name} takes none of that name; ${hint}`
      }),
      ...problems,
      ...twice.map(
        ([option, given]) => `--${option} is given ${given.length} times: only one can count, write it once`,
      ),
      ...rest.map(
        word => `unexpected argument ${JSON.stringify(word)}: fanout ${name} takes ${takes(name, command)}`,
      ),
    ],
  }
}

/** An option is not the value of the one before it: whoever means that writes `--name=--value`. */
function lacksValue(word: string, next: string | undefined, options: Options): boolean {
  const named = (text: string): Kind | undefined =>
    text.startsWith('--') ? options.get(text.slice(2).split('=')[0] ?? '') : undefined
  if (word.includes('=') || named(word) !== 'value') return false
  return next === undefined || named(next) !== undefined
}

interface Sorted {
  readonly values: ReadonlyMap<string, readonly string[]>
  /** What belongs to no option. */
  readonly others: readonly string[]
  readonly unknown: readonly { readonly word: string; readonly meant: string | null }[]
  readonly problems: readonly string[]
}

function sortOut(words: readonly string[], command: Command, options: Options): Sorted {
  const { tokens } = parseArgs({
    args: [...words],
    options: Object.fromEntries(
      [...options].map(([option, kind]) => [option, { type: kind === 'value' ? 'string' : 'boolean' }]),
    ),
    // It would stop at the first mistake.
    strict: false,
    allowPositionals: true,
    tokens: true,
  })
  const values = new Map<string, string[]>()
  const others: string[] = []
  const unknown: { word: string; meant: string | null }[] = []
  const problems: string[] = []
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i]!
    if (token.kind === 'positional') others.push(token.value)
    if (token.kind !== 'option') continue
    const word = token.rawName
    const option = word === '-h' ? 'help' : token.name
    const kind = word.startsWith('--') || word === '-h' ? options.get(option) : undefined
    const meant = kind === undefined ? nearest(option, options.keys()) : option
    const next = tokens[i + 1]
    let value = token.value
    if (value === undefined && next?.kind === 'positional' && takesNext(option, meant, next.value)) {
      value = next.value
      i++
    }
    if (kind === undefined) {
      unknown.push({ word, meant })
      // `-abc` is three options to the parser, and one word to people.
      while (tokens[i + 1]?.index === token.index) i++
    }
    if (kind === 'switch' && value !== undefined)
      problems.push(`${word} takes no value, got ${JSON.stringify(value)}: write it alone`)
    else if (meant !== null && (kind !== undefined || (value !== undefined && !values.has(meant))))
      values.set(meant, [...(values.get(meant) ?? []), value ?? 'true'])
  }
  return { values, others, unknown, problems }

  function takesNext(option: string, meant: string | null, next: string): boolean {
    switch (meant === null ? undefined : options.get(meant)) {
      case 'value':
        return true
      case 'flag':
        return TRUTH.test(next)
      case 'switch':
        return false
      default:
        // The word behind a name that nobody knows is its value, and not one more mistake.
        return !command.directory || others.length > 0 || INPUTS.some(({ name }) => name === option)
    }
  }
}

/** What people write for true and false; the input says which of it counts. */
const TRUTH = /^(true|false|yes|no|on|off|[01])$/i

function optionsOf(command: Command): Options {
  const inputs = INPUTS.filter(({ name }) => isInput(command, name))
  return new Map<string, Kind>([
    ['help', 'switch'],
    ...command.switches.map(name => [name, 'switch'] as const),
    ...(command.tasks ? [['task', 'value'] as const] : []),
    ...inputs.map(({ name, isFlag }) => [name, isFlag ? 'flag' : 'value'] as const),
  ])
}

function isInput({ inputs }: Command, option: string): boolean {
  return inputs !== null && takesInput(inputs, option) && INPUTS.some(({ name }) => name === option)
}

function idsIn(lists: readonly string[]): readonly string[] {
  return lists.flatMap(list => list.split(/[,\n]/).map(id => id.trim())).filter(id => id !== '')
}

function takes(name: CommandName, command: Command): string {
  const options = `options only; fanout ${name} --help lists them`
  if (command.directory) return `one run directory and ${options}`
  return command.inputs === null && command.switches.length === 0 ? 'none' : options
}
