/** Which command it is, and what is wrong with the words behind it. Each command is loaded only when it runs. */
import { nearest } from '../decide/problem.ts'
import { VERSION } from '../version.ts'
import { type Arguments, readArguments } from './arguments.ts'
import { COMMAND_NAMES, type CommandName, isCommand } from './command-table.ts'
import { helpOf, overview } from './help.ts'
import { out, refuse } from './say.ts'

/** The exit code. Whatever goes wrong is said on standard error. */
export async function fanout(words: readonly string[]): Promise<number> {
  // Whoever read the output is gone (`| head`, a closed terminal): the work goes on without being watched.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {})
  try {
    return await dispatch(words)
  } catch (error) {
    const stack = error instanceof Error ? error.stack : String(error)
    process.stderr.write(
      `Fanout failed through a fault of its own. Please report it with this text:\n${stack}\n`,
    )
    return 1
  }
}

function dispatch([first = '--help', ...rest]: readonly string[]): Promise<number> | number {
  const columns = process.stdout.columns ?? 100
  if (first === '--version' || first === '-v') {
    out(VERSION)
    return 0
  }
  const asked = first === 'help' && rest[0] !== undefined ? rest[0] : first
  if (['help', '--help', '-h'].includes(asked)) {
    out(overview(columns).trimEnd())
    return 0
  }
  if (!isCommand(asked)) {
    const meant = nearest(asked, COMMAND_NAMES)
    const hint = meant === null ? '' : ` (did you mean ${meant}?)`
    return refuse([`unknown command ${JSON.stringify(asked)}${hint}: expected ${COMMAND_NAMES.join(', ')}`])
  }
  const args = readArguments(asked, asked === first ? rest : ['--help'])
  if (args.help) {
    out(helpOf(asked, columns).trimEnd())
    return 0
  }
  return LOAD[asked](args)
}

type Run = (args: Arguments) => Promise<number>

const LOAD: Readonly<Record<CommandName, Run>> = {
  init: async args => (await import('./init.ts')).initCommand(args),
  plan: async args => (await import('./plan.ts')).planCommand(args),
  run: async args => (await import('./run.ts')).runCommand(args),
  status: async args => (await import('./status.ts')).statusCommand(args),
  retry: async args => (await import('./retry.ts')).retryCommand(args),
  stop: async args => (await import('./stop.ts')).stopCommand(args),
  clean: async args => (await import('./clean.ts')).cleanCommand(args),
  report: async args => (await import('./report.ts')).reportCommand(args),
}
