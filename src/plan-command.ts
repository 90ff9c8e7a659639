/** `fanout plan`: what a run would do, from the tasks and inputs alone; no remote, no repository, nothing is started. */
import { availableParallelism } from 'node:os'
import { parseSettings } from './action/inputs.ts'
import { planLines, planView } from './action/plan-view.ts'
import { formatProblem, parseTasksSource } from './decide/plan.ts'
import { limitsOf } from './run/run.ts'
import { readPlan } from './tasks-input.ts'
import { inspectRepository } from './world/repository.ts'

export interface PlanCommand {
  readonly inputs: Readonly<Record<string, string>>
  readonly json: boolean
  readonly cwd: string
  /** Milliseconds since the epoch. */
  readonly now: number
}

/** Stands for the input `run`, which need not be known here. */
const ANY_RUN = 'the input run'

export interface PlanAnswer {
  /** For standard output; with `json` one JSON value, also of what is wrong. */
  readonly lines: readonly string[]
  /** For standard error; the exit code is 1 where there is any. */
  readonly problems: readonly string[]
}

export async function planCommand({ inputs, json, cwd, now }: PlanCommand): Promise<PlanAnswer> {
  const wrong = (found: readonly object[], problems: readonly string[]): PlanAnswer => ({
    lines: json ? [JSON.stringify({ version: 1, problems: found }, null, 2)] : [],
    problems,
  })
  const parsed = parseSettings(inputs)
  if (!parsed.ok) {
    const problems = parsed.problems.map(message => ({ file: null, line: null, column: null, message }))
    return wrong(problems, parsed.problems)
  }
  const { settings } = parsed
  const root = (await inspectRepository(cwd).catch(() => null))?.root ?? cwd
  const tasks = await readPlan({ ...settings, run: settings.run ?? ANY_RUN }, cwd, root)
  if (!tasks.ok) return wrong(tasks.problems, tasks.problems.map(formatProblem))
  const { plan, format } = tasks
  const source = parseTasksSource(settings.tasks)
  const limits = limitsOf(settings, settings.workers ?? availableParallelism())
  const file = source.kind === 'file' ? source.path : 'tasks'
  const facts = { file, format, limits, only: settings.only, now, notices: tasks.notices }
  const view = planView(plan, facts)
  const bare = view.would_run.filter(({ id }) => plan.tasks[plan.index.get(id) ?? -1]?.run === null).length
  const needRun =
    settings.run === null && bare > 0
      ? [`${bare} of them ${bare === 1 ? 'has' : 'have'} no command: a run needs the input \`run\``]
      : []
  const whole = { ...view, notices: [...view.notices, ...needRun] }
  return { problems: [], lines: json ? [JSON.stringify(whole, null, 2)] : planLines(whole) }
}
