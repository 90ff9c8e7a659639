/** `fanout clean`: what earlier runs have left, and its removal. */
import { homedir } from 'node:os'
import { resolve } from 'node:path'
import { shellLine } from '../action/shell-words.ts'
import { plainLine } from '../decide/plain.ts'
import { inBytes } from '../decide/room.ts'
import { type OldRun, oldRuns, removeOldRun } from '../old-runs.ts'
import { defaultRoot } from '../world/default-root.ts'
import { inspectRepository } from '../world/repository.ts'
import type { Arguments } from './arguments.ts'
import { ownName } from './own-name.ts'
import { out, refuse } from './say.ts'

export async function cleanCommand(args: Arguments): Promise<number> {
  const root = await rootOf(args.inputs['workspace-root'])
  if (root === null || args.problems.length > 0)
    return refuse([...args.problems, ...(root === null ? [NO_ROOT] : [])])
  const { runs, live } = await oldRuns(root)
  if (live > 0) out(`${live} run(s) at work: these are left alone.`)
  if (runs.length === 0) {
    out(`Nothing to remove in ${root}.`)
    return 0
  }
  for (const run of runs) for (const line of linesOf(run)) out(line)
  const bytes = runs.reduce((sum, run) => sum + (run.bytes ?? 0), 0)
  const dear = runs.filter(({ unlanded }) => unlanded === null || unlanded.length > 0).length
  const warning = dear === 0 ? '' : ` ${dear} of them hold work that did not land: it goes for good.`
  if (!args.switches.has('yes')) {
    const words = args.inputs['workspace-root'] ? ['--workspace-root', args.inputs['workspace-root']] : []
    out(`\n${runs.length} run(s), ${inBytes(bytes)} in all.${warning} Nothing was removed. To remove them:`)
    out(`  ${ownName()} ${shellLine(['clean', ...words, '--yes'])}`)
    return 0
  }
  return remove(runs)
}

const NO_ROOT =
  'Which runs are meant is not known: this folder is in no repository with an `origin`. Go into one, or give --workspace-root <folder>.'

async function rootOf(given: string | undefined): Promise<string | null> {
  if (given) return resolve(given)
  const repository = await inspectRepository(process.cwd())
  const origin = repository?.origin?.pushUrl
  return origin === undefined ? null : defaultRoot(process.env, homedir(), origin)
}

async function remove(runs: readonly OldRun[]): Promise<number> {
  let freed = 0
  const problems: string[] = []
  for (const run of runs) {
    try {
      await removeOldRun(run)
      freed += run.bytes ?? 0
    } catch (error) {
      problems.push(`${run.path} could not be removed: ${(error as Error).message}`)
    }
  }
  out(`\n${runs.length - problems.length} run(s) removed, ${inBytes(freed)} freed.`)
  return problems.length > 0 ? refuse(problems) : 0
}

const SHOWN_TASKS = 10

function linesOf({ path, changedAt, bytes, about, unlanded }: OldRun): readonly string[] {
  const age = ageOf(Date.now() - changedAt)
  const size = bytes === null ? 'of unknown size' : inBytes(bytes)
  const where = about === null ? '' : `, ${plainLine(about.branch, 100)} of ${plainLine(about.origin, 200)}`
  const head = `${path}\n  ${age} old, ${size}${where}`
  if (unlanded === null) return [`${head}\n  holds work that did not land`]
  if (unlanded.length === 0) return [`${head}\n  nothing of it is left to land`]
  const more = unlanded.length > SHOWN_TASKS ? ` and ${unlanded.length - SHOWN_TASKS} more` : ''
  return [`${head}\n  did not land: ${unlanded.slice(0, SHOWN_TASKS).join(', ')}${more}`]
}

function ageOf(milliseconds: number): string {
  const hours = Math.max(0, milliseconds) / 3600_000
  if (hours < 1) return `${Math.round(hours * 60)} min`
  return hours < 48 ? `${Math.round(hours)} h` : `${Math.round(hours / 24)} days`
}
