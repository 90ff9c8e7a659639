/** The one table of commands: help and the reading of arguments come from it. */

export interface Command {
  /** What comes after its name. */
  readonly usage: string
  /** What it does: a sentence or two, without a subject. */
  readonly does: string
  /** Whether it asks for a run directory. */
  readonly directory: boolean
  /** Whether every input of the action is an option of it, but for `except`; `kept`: what is not given is as a run had it. */
  readonly inputs: {
    readonly except: readonly string[]
    /** No others are. */
    readonly only?: readonly string[]
    readonly kept: boolean
  } | null
  /** Options without a value. */
  readonly switches: readonly string[]
  /** Whether it takes `--task <ids>`. */
  readonly tasks: boolean
  readonly examples: readonly string[]
}

const PLAIN = { directory: false, inputs: null, switches: [], tasks: false } as const
const ALL_INPUTS = { except: [], kept: false } as const

export const COMMANDS = {
  init: {
    ...PLAIN,
    usage: '',
    does: 'writes a tasks file and a workflow into this repository, and says what to do next. What is there already is left as it is.',
    examples: ['fanout init'],
  },
  plan: {
    ...PLAIN,
    usage: '--tasks <file or list> [--json]',
    does: 'prints what a run would start, in which order, and what is held back and why. Starts nothing.',
    inputs: ALL_INPUTS,
    switches: ['json'],
    examples: ['fanout plan --tasks tasks.yml', 'fanout plan --tasks tasks.yml --only strict-core --json'],
  },
  run: {
    ...PLAIN,
    usage: '--tasks <file or list>',
    does: 'runs many tasks at once and lands the results on one branch of origin.',
    inputs: ALL_INPUTS,
    examples: [
      "fanout run --tasks tasks.yml --run ./scripts/agent.sh --gate 'make test'",
      'fanout run --tasks tasks.yml --dry-run true',
    ],
  },
  status: {
    ...PLAIN,
    usage: '<run directory> [--json]',
    does: 'tells how a run stands, also while it runs or when it was cut off: counts, what needs a person, what to do next.',
    directory: true,
    switches: ['json'],
    examples: ['fanout status ~/.local/state/fanout/app-1a2b3c4d/local-20260102T030405Z-1a2b'],
  },
  retry: {
    ...PLAIN,
    usage: '<run directory> --task <ids>',
    does: 'tries tasks of a run that has ended again, in a run of its own with the same inputs: finished work lands without its worker, anything else starts anew.',
    directory: true,
    tasks: true,
    inputs: { except: ['only'], kept: true },
    examples: [
      'fanout retry ./fanout-77-1 --task strict-core',
      "fanout retry ./fanout-77-1 --task strict-core,strict-web --gate 'make test'",
    ],
  },
  stop: {
    ...PLAIN,
    usage: '<run directory>',
    does: 'asks a run to start nothing new. What runs may finish and land.',
    directory: true,
    examples: ['fanout stop ~/.local/state/fanout/app-1a2b3c4d/local-20260102T030405Z-1a2b'],
  },
  clean: {
    ...PLAIN,
    usage: '[--workspace-root <folder>] [--yes]',
    does: 'lists the runs of this repository that are not at work, with their age and size and what of them did not land; with --yes it removes them.',
    inputs: { only: ['workspace-root'], except: [], kept: false },
    switches: ['yes'],
    examples: ['fanout clean', 'fanout clean --yes'],
  },
  report: {
    ...PLAIN,
    usage: '<run directory>',
    does: 'writes summary.md and report.html anew from summary.json, and prints the table.',
    directory: true,
    examples: ['fanout report ./fanout-77-1'],
  },
} as const satisfies Readonly<Record<string, Command>>

export type CommandName = keyof typeof COMMANDS

export const COMMAND_NAMES = Object.keys(COMMANDS) as readonly CommandName[]

export function isCommand(name: string): name is CommandName {
  return Object.hasOwn(COMMANDS, name)
}

/** Whether an input of the action is an option of a command. */
export function takesInput({ except, only }: NonNullable<Command['inputs']>, name: string): boolean {
  return !except.includes(name) && (only === undefined || only.includes(name))
}
