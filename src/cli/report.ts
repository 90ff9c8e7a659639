/** `fanout report`: the reports of a run that has ended, written anew from its summary.json and logs. */
import { summaryTable } from '../action/table.ts'
import { maskingOf, maskOf, ownNamesIn } from '../decide/secrets.ts'
import { publish } from '../publish.ts'
import { openRunDirectory, type RunDirectory } from '../run-directory.ts'
import type { Arguments } from './arguments.ts'
import { ownName } from './own-name.ts'
import { columns, hasColor, out, refuse, sentence } from './say.ts'

export async function reportCommand(args: Arguments): Promise<number> {
  const run = await openRunDirectory(args.directory, process.cwd())
  if ('what' in run || args.problems.length > 0)
    return refuse([...args.problems, ...('what' in run ? [sentence(run)] : [])])
  const { path, summary } = run
  if (summary === null) return refuse([sentence(noSummary(run))])
  const { GITHUB_TOKEN: token = null } = process.env
  const mask = maskOf(maskingOf(process.env, token, [], ownNamesIn(run.journal.head)))
  const repositoryUrl = repositoryUrlOf(run)
  const { reportFile } = await publish(summary, { runDirectory: path, repositoryUrl, mask })
  out(`${mask(summaryTable(summary, { color: hasColor(process.stdout), width: columns() }))}\n`)
  out(`report: ${reportFile}`)
  return 0
}

function noSummary({ path, alive }: RunDirectory) {
  return {
    what: `There is no summary.json in ${path}.`,
    why: alive ? 'The run goes on: it is written at the end.' : 'The run was cut off before its end.',
    fix: `Ask ${ownName()} status, which tells what is known and what to do next.`,
  }
}

/** Commits are linked where the remote has pages for them. */
function repositoryUrlOf({ journal }: RunDirectory): string | null {
  const { origin } = journal.head
  return /^https?:\/\//.test(origin) ? origin.replace(/(\.git)?\/*$/, '') : null
}
