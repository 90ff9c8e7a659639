/** `fanout plan`: what a run would do, from the tasks and inputs alone; no remote, no repository, nothing is started. */
import { availableParallelism } from 'node:os'
import { parseSettings } from '../action/inputs.ts'
import { type PlanView, planLines, planView } from '../action/plan-view.ts'
import { formatProblem, type PlanResult, parseTasksSource } from '../decide/plan.ts'
import type { Settings } from '../decide/settings.ts'
import { harmless } from '../decide/text.ts'
import { limitsOf } from '../run/run.ts'
import { readPlan } from '../tasks-input.ts'
import { systemClock } from '../world/clock.ts'
import { inspectRepository } from '../world/repository.ts'
import type { Arguments } from './arguments.ts'
import { stillToSay } from './mistakes.ts'
import { out, refuse } from './say.ts'

/** Stands for the input `run`, which need not be known here. */
const ANY_RUN = 'the input run'

/** With `--json` one JSON value on standard output, also of what is wrong. */
export async function planCommand(args: Arguments): Promise<number> {
  const json = args.switches.has('json')
  const cwd = process.cwd()
  const root = (await inspectRepository(cwd).catch(() => null))?.root ?? cwd
  const parsed = parseSettings(args.inputs)
  const source = parsed.ok ? parsed.settings : parsed.tasks
  const tasks = source && (await readPlan({ ...source, run: source.run ?? ANY_RUN }, cwd, root))
  if (args.problems.length === 0 && parsed.ok && tasks?.ok) {
    const view = viewOf(parsed.settings, tasks)
    for (const line of json ? [JSON.stringify(view, null, 2)] : planLines(view).map(line => harmless(line))) {
      out(line)
    }
    return 0
  }
  const words = [...args.problems, ...stillToSay(parsed.ok ? [] : parsed.problems, args)]
  const problems = tasks === null || tasks.ok ? [] : tasks.problems
  if (json) {
    const bare = words.map(message => ({ file: null, line: null, column: null, message }))
    out(JSON.stringify({ version: 1, problems: [...bare, ...problems] }, null, 2))
  }
  return refuse([...words, ...problems.map(formatProblem)])
}

function viewOf(settings: Settings, tasks: Extract<PlanResult, { ok: true }>): PlanView {
  const { plan, format, notices } = tasks
  const source = parseTasksSource(settings.tasks)
  const limits = limitsOf(settings, settings.workers ?? availableParallelism())
  const file = source.kind === 'file' ? source.path : 'tasks'
  const facts = { file, format, limits, only: settings.only, now: systemClock.now(), notices }
  const view = planView(plan, facts)
  const bare = view.would_run.filter(({ id }) => plan.tasks[plan.index.get(id) ?? -1]?.run === null).length
  const needRun =
    settings.run === null && bare > 0
      ? [`${bare} of them ${bare === 1 ? 'has' : 'have'} no command: a run needs the input \`run\``]
      : []
  return { ...view, notices: [...view.notices, ...needRun] }
}
