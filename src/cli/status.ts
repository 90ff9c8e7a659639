/** `fanout status`: how a run stands. Reads the run directory and nothing else. */
import { statusLines } from '../action/status-lines.ts'
import { statusView } from '../action/status-view.ts'
import { readInputs } from '../kept-inputs.ts'
import { retriesOf } from '../retries.ts'
import { openRunDirectory } from '../run-directory.ts'
import type { Arguments } from './arguments.ts'
import { ownName } from './own-name.ts'
import { columns, hasColor, out, refuse, sentence } from './say.ts'

export async function statusCommand(args: Arguments): Promise<number> {
  const run = await openRunDirectory(args.directory, process.cwd())
  if ('what' in run || args.problems.length > 0)
    return refuse([...args.problems, ...('what' in run ? [sentence(run)] : [])])
  const { path, journal, summary, state, alive, inPlace } = run
  const { run_key: key, branch, dry_run: dryRun, started_at: startedAt } = journal.head
  const view = statusView({
    ...{ directory: path, key, branch, dryRun, startedAt, alive, inPlace, summary, state },
    retries: await retriesOf(path),
    began: await wordsOf(path),
    self: ownName(),
  })
  if (args.switches.has('json')) out(JSON.stringify(view, null, 2))
  else {
    const options = { color: hasColor(process.stdout), width: columns(), now: Date.now() }
    for (const line of statusLines(view, options)) out(line)
  }
  return 0
}

/** The words that began it, but for `resume`: with that false nothing would go on. null where they are not all known, or make no line. */
async function wordsOf(runDirectory: string): Promise<readonly string[] | null> {
  const kept = await readInputs(runDirectory)
  if (kept === null || kept.left_out.some(name => name !== 'token')) return null
  const given = Object.entries(kept.inputs).filter(([name]) => name !== 'resume')
  if (given.some(([, value]) => /[\r\n]/.test(value))) return null
  return [
    'run',
    ...given.flatMap(([name, value]) =>
      value.startsWith('--') ? [`--${name}=${value}`] : [`--${name}`, value],
    ),
  ]
}
