/** What earlier runs left in a run directory that another one is about to use: two steps of one job have the same key. */
import { join } from 'node:path'
import { holdsWork } from './decide/kept-name.ts'
import { listed } from './decide/plain.ts'
import type { Plan, TaskId } from './decide/task.ts'
import { rescueWork } from './rescue.ts'
import { makeFolder, moveIfThere, namesIn } from './world/files.ts'
import { type JournalText, readJournal } from './world/journal.ts'
import type { Log } from './world/log.ts'

/** In a run directory. No task's id holds a `~`: what is named `run~2` there is a run, `<id>~2` a second folder of a task. */
const BEFORE = 'before'
const RUN = /^run~(\d+)$/

/** What tells of one run, and would be written over by the next. */
const REPORTS =
  /^(journal\.ndjson|state\.json|inputs\.json|summary\.(json|md)|report\.html|(verify|gate-tip)\b.*\.log)$/

/** The runs that a run directory tells of, the last one first; of those before it, what was set aside. */
export async function runsIn(runDir: string): Promise<readonly JournalText[]> {
  const numbers = (await namesIn(join(runDir, BEFORE))).flatMap(name => Number(RUN.exec(name)?.[1] ?? []))
  const older = numbers.sort((a, b) => b - a).map(n => join(runDir, BEFORE, `run~${n}`))
  const read = await Promise.all(
    [runDir, ...older].map(dir => readJournal(join(dir, 'journal.ndjson')).catch(() => null)),
  )
  return read.flatMap(one => (one?.kind === 'read' ? [one.text] : []))
}

/**
 * What a process of before had made and this run does not go on with (the task is no more, or is another one by now) is kept
 * in `before/`: new files are about to take the places of the old ones, and a new journal that of the one that knows of it.
 */
export async function setAside(runDir: string, continues: boolean, plan: Plan, log: Log): Promise<void> {
  const runs = await runsIn(runDir)
  const [last] = runs
  // Of a task that several of them had, the last one has left the files.
  const known: Readonly<Record<string, string>> = Object.assign(
    {},
    ...runs.toReversed().map(({ head }) => head.fingerprints),
  )
  const fingerprintOf = (id: string) => plan.tasks[plan.index.get(id as TaskId) ?? -1]?.fingerprint
  const isLeft = (id: TaskId): boolean => known[id] !== fingerprintOf(id)
  const taken = await namesIn(join(runDir, BEFORE))
  const folderOf = (id: TaskId): string => join(BEFORE, freeName(id, taken))
  const { saved, problems } = await rescueWork(runDir, folderOf, isLeft)
  for (const problem of problems) log.warning('resume', problem)
  const moved: TaskId[] = []
  for (const id of plan.tasks.map(task => task.id).filter(isLeft)) {
    const names = (await namesIn(join(runDir, 'tasks', id))).filter(name => name !== 'workspace')
    await moveAll(names, join(runDir, 'tasks', id), join(runDir, folderOf(id)))
    if (holdsWork(names)) moved.push(id)
  }
  if (last !== undefined && !continues && !isSame(last, plan)) {
    const names = (await namesIn(runDir)).filter(name => REPORTS.test(name))
    const folder = `run~${Math.max(0, ...taken.flatMap(name => Number(RUN.exec(name)?.[1] ?? []))) + 1}`
    await moveAll(names, runDir, join(runDir, BEFORE, folder))
  }
  if (saved.length + moved.length === 0) return
  const told = listed([...saved, ...moved], 10)
  log.notice(
    'resume',
    `${told}: not the tasks of before. Their work of then is kept in ${join(runDir, BEFORE)}.`,
  )
}

/** Whether that run had these very tasks: then all that it tells is told again. */
function isSame({ head: { fingerprints } }: JournalText, plan: Plan): boolean {
  const ids = Object.keys(fingerprints)
  return (
    ids.length === plan.tasks.length && plan.tasks.every(task => fingerprints[task.id] === task.fingerprint)
  )
}

function freeName(id: TaskId, taken: readonly string[]): string {
  for (let n = 1; ; n++) {
    const name = n === 1 ? id : `${id}~${n}`
    if (!taken.includes(name)) return name
  }
}

async function moveAll(names: readonly string[], from: string, to: string): Promise<void> {
  if (names.length === 0) return
  await makeFolder(to)
  for (const name of names) await moveIfThere(join(from, name), join(to, name))
}
