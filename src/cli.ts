/** The same engine from a terminal: `fanout run --tasks tasks.yml --gate 'make test'`. */
import { inputsHelp } from './action/help.ts'
import { INPUTS } from './action/inputs.ts'
import { summaryTable } from './action/table.ts'
import { exitCodeOf } from './decide/conclusion.ts'
import { runCookie } from './decide/cookie.ts'
import { hint } from './decide/problem.ts'
import { harmless, splitLines } from './decide/text.ts'
import { planCommand } from './plan-command.ts'
import { publish } from './publish.ts'
import { start } from './start.ts'
import { systemClock } from './world/clock.ts'
import { createHalts } from './world/halt.ts'
import type { Log } from './world/log.ts'
import { killSurvivors } from './world/process.ts'

const out = (text: string): void => {
  process.stdout.write(`${text}\n`)
}
const log: Log = {
  line: text => out(harmless(text)),
  warning: (title, text) => out(harmless(`warning: ${title}: ${text}`)),
  notice: (title, text) => out(harmless(`note: ${title}: ${text}`)),
  fold: (title, lines) => {
    out(harmless(`--- ${title}`))
    for (const line of lines) out(harmless(line, '  | '))
  },
  debug: text => {
    if (process.env.FANOUT_DEBUG) out(harmless(text))
  },
}

const USAGE = `Usage: fanout run --tasks <file or list> [--<input> <value> ...]
       fanout plan --tasks <file or list> [--only <ids>] [--json]

run: runs many tasks at once and lands the results on one branch of origin.
plan: prints what a run would start, in which order, and what is held back and why.
Every input of the action is a flag of both:

`

type Arguments =
  | { readonly kind: 'help' }
  | { readonly kind: 'run'; readonly inputs: Record<string, string> }
  | { readonly kind: 'plan'; readonly inputs: Record<string, string>; readonly json: boolean }
  | { readonly kind: 'wrong'; readonly problems: readonly string[] }

/** `--name value` and `--name=value`; every flag but `plan --json` takes a value. */
function readArguments(argv: readonly string[]): Arguments {
  const [command, ...rest] = argv
  if (command === undefined || command === 'help' || argv.includes('--help') || argv.includes('-h'))
    return { kind: 'help' }
  if (command !== 'run' && command !== 'plan') {
    return { kind: 'wrong', problems: [`unknown command ${JSON.stringify(command)}: expected run or plan`] }
  }
  const known = new Set<string>(INPUTS.map(input => input.name))
  const inputs: Record<string, string> = {}
  const problems: string[] = []
  let json = false
  for (let i = 0; i < rest.length; i++) {
    if (command === 'plan' && rest[i] === '--json') {
      json = true
      continue
    }
    const [, name = '', , value] = /^--([^=]+)(=([\s\S]*))?$/.exec(rest[i] ?? '') ?? []
    if (!known.has(name)) {
      problems.push(`unknown argument ${JSON.stringify(rest[i])}${hint(name, known)}`)
    } else if (value !== undefined) {
      inputs[name] = value
    } else {
      const next = rest[++i]
      if (next === undefined) problems.push(`--${name} needs a value`)
      else inputs[name] = next
    }
  }
  if (problems.length > 0) return { kind: 'wrong', problems }
  return command === 'plan' ? { kind: 'plan', inputs, json } : { kind: 'run', inputs }
}

async function main(): Promise<number> {
  const args = readArguments(process.argv.slice(2))
  if (args.kind === 'help') {
    out(USAGE + inputsHelp(process.stdout.columns ?? 100))
    return 0
  }
  if (args.kind === 'wrong') return refuse([...args.problems, 'See fanout --help.'])
  if (args.kind === 'plan') {
    const { lines, problems } = await planCommand({ ...args, cwd: process.cwd(), now: systemClock.now() })
    for (const line of lines) out(args.json ? line : harmless(line))
    return problems.length > 0 ? refuse(problems) : 0
  }
  using halts = createHalts()
  let runDir: string | null = null
  // SIGHUP: the terminal was closed.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (halts.cancel.aborted) {
        // No post step comes after this one: what still runs would run on.
        if (runDir !== null) killSurvivors(runCookie(process.env, runDir))
        process.exit(130)
      }
      out('Stopping: what runs is ended and saved. Once more ends at once.')
      halts.interrupt()
    })
  }
  // Whoever read the output is gone (`| head`, a closed terminal): the run goes on without being watched.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {})
  const token = args.inputs.token ?? process.env.GITHUB_TOKEN ?? ''
  const started = await start({
    inputs: { ...args.inputs, token },
    env: process.env,
    cwd: process.cwd(),
    log,
    halts,
    download: null,
    onRunDirectory: dir => {
      runDir = dir
      out(`run directory: ${dir}`)
    },
  })
  if (started.kind === 'refused') {
    refuse(started.lines)
    return halts.cancel.aborted && !started.begun ? 130 : 1
  }
  const { report, settings, runDirectory, repositoryUrl, mask } = started
  const { reportFile, tails, verifyTail } = await publish(report.summary, {
    runDirectory,
    repositoryUrl,
    mask,
  })
  if (settings.log === 'failures') {
    const ends = Object.entries({ ...tails, ...(verifyTail ? { verification: verifyTail } : {}) })
    for (const [id, text] of ends) log.fold(`${id}: the end of its log`, splitLines(text).slice(-20))
  }
  const color = process.stdout.isTTY && !process.env.NO_COLOR
  out(`\n${mask(summaryTable(report.summary, { color, width: process.stdout.columns ?? 100 }))}\n`)
  out(`report: ${reportFile}`)
  return report.state.halt === 'signal' ? 130 : exitCodeOf(report.summary, settings.failOn)
}

function refuse(lines: readonly string[]): number {
  for (const line of lines) process.stderr.write(`error: ${harmless(line)}\n`)
  return 1
}

main().then(
  code => {
    process.exitCode = code
  },
  (error: unknown) => {
    const stack = error instanceof Error ? error.stack : String(error)
    process.stderr.write(
      `Fanout failed through a fault of its own. Please report it with this text:\n${stack}\n`,
    )
    process.exitCode = 1
  },
)
