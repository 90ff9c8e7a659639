/** `fanout run`: starts a run, shows it, and tells how it ended. */
import { shellLine } from '../action/shell-words.ts'
import { summaryTable } from '../action/table.ts'
import { needPerson } from '../action/wording.ts'
import { exitCodeOf } from '../decide/conclusion.ts'
import { runCookie } from '../decide/cookie.ts'
import { splitLines } from '../decide/text.ts'
import { publish } from '../publish.ts'
import type { Start, Started } from '../run-request.ts'
import { start } from '../start.ts'
import { createHalts, type Halts } from '../world/halt.ts'
import { killSurvivors } from '../world/process.ts'
import type { Arguments } from './arguments.ts'
import { watchRun } from './live.ts'
import { allMistakes } from './mistakes.ts'
import { ownName } from './own-name.ts'
import { columns, out, refuse } from './say.ts'
import { openTerminal, type Terminal } from './terminal.ts'

export async function runCommand(args: Arguments): Promise<number> {
  if (args.problems.length > 0) return refuse(await allMistakes(args, args.inputs, process.cwd()))
  return runInTerminal({ inputs: args.inputs, cwd: process.cwd() })
}

export interface TerminalRun extends Pick<Start, 'cwd' | 'retried'> {
  readonly inputs: Readonly<Record<string, string>>
  /** Told where the run directory is. */
  readonly began?: (runDirectory: string) => Promise<void>
}

/** From the first line to the exit code. */
export async function runInTerminal({ inputs, cwd, retried, began }: TerminalRun): Promise<number> {
  using terminal = await openTerminal(process.stdout, process.env)
  using halts = createHalts()
  const view = terminal.live ? watchRun(terminal) : null
  let runDir: string | null = null
  let noted = Promise.resolve()
  const unhook = onSignals(halts, terminal, () => runDir)
  try {
    const started = await start({
      inputs: { ...inputs, token: inputs.token ?? process.env.GITHUB_TOKEN ?? '' },
      env: process.env,
      cwd,
      log: terminal.log,
      halts,
      download: null,
      stepSummary: null,
      onRunDirectory: dir => {
        runDir = dir
        terminal.log.line(`run directory: ${dir}`)
        view?.directory(dir)
        noted = began?.(dir) ?? noted
      },
      ...(view ? { onState: view.state } : {}),
      ...(retried ? { retried } : {}),
    })
    await noted
    await view?.end()
    terminal.close()
    if (started.kind === 'ran') return await conclude(started, terminal)
    refuse(started.lines)
    return halts.cancel.aborted && !started.begun ? 130 : 1
  } finally {
    unhook()
  }
}

/** The first signal asks for an orderly end, the second gets an immediate one. Returns what takes the handlers away. */
function onSignals(halts: Halts, terminal: Terminal, runDir: () => string | null): () => void {
  const interrupt = (): void => {
    if (halts.cancel.aborted) {
      terminal.close()
      // No post step comes after this one: what still runs would run on.
      const dir = runDir()
      if (dir !== null) killSurvivors(runCookie(process.env, dir))
      process.exit(130)
    }
    terminal.log.line('Stopping: what runs is ended and saved. Once more ends at once.')
    halts.interrupt()
  }
  // SIGHUP: the terminal was closed.
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
  for (const signal of signals) process.on(signal, interrupt)
  return () => {
    for (const signal of signals) process.off(signal, interrupt)
  }
}

async function conclude(ran: Extract<Started, { kind: 'ran' }>, terminal: Terminal): Promise<number> {
  const { report, events, settings, runDirectory, repositoryUrl, mask } = ran
  const where = { runDirectory, repositoryUrl, mask, events }
  const { reportFile, tails, verifyTail, unwritten } = await publish(report.summary, where)
  if (settings.log === 'failures') {
    const ends = [...tails, ...(verifyTail ? [['verification', verifyTail] as const] : [])]
    for (const [id, text] of ends) terminal.log.fold(`${id}: the end of its log`, splitLines(text).slice(-20))
  }
  const table = summaryTable(report.summary, { color: terminal.color, width: columns() })
  out(`\n${mask(table)}\n`)
  if (unwritten === null) out(`report: ${reportFile}`)
  else terminal.log.warning('report', `summary.md and report.html could not be written: ${unwritten}`)
  const again = settings.dryRun ? [] : needPerson(report.summary).map(({ id }) => id)
  if (again.length > 0) {
    out(`retry:  ${ownName()} ${shellLine(['retry', runDirectory, '--task', again.join(',')])}`)
  }
  return report.state.halt === 'signal' ? 130 : exitCodeOf(report.summary, settings.failOn)
}
