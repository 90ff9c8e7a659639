/** Folders of runs that have ended: what of them is passing, and what holds work that did not land. */
import { lstat, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { filesBelow, namesIn, ONLY_COPY } from './files.ts'
import { type Power, removeFolder } from './mounts.ts'

/** Go last, the journal at the very end: by them a folder half removed is known as ours the next time. */
export const MARKS = ['store.git', 'journal.ndjson']

/** What only a run at work needs. */
const PASSING = ['gates', 'verify', 'upload', 'internal', 'store.git']

/** Bundles, patches and markers, and workspaces that stay because nothing else has what they hold. */
const WORK =
  /^(?:.+\.)?(?:work(?:-secret)?(?:-\d+)?\.(?:bundle|patch)|blocked-push\.json|ci-failure\.json)$|^branches\.bundle$|^workspace-\d+$/

/** Folders themselves, not links to some; none where `dir` is a link. */
export async function foldersIn(dir: string): Promise<readonly string[]> {
  if (!(await lstat(dir).catch(() => null))?.isDirectory()) return []
  const entries = await readdir(dir, { withFileTypes: true }).catch(() => [])
  return entries
    .filter(entry => entry.isDirectory())
    .map(entry => entry.name)
    .sort()
}

/** Whether it holds anything that did not land. */
export async function holdsUnlanded(runDir: string): Promise<boolean> {
  if ((await namesIn(runDir)).some(isWork)) return true
  if ((await filesBelow(join(runDir, 'before'))).some(path => isWork(path.split('/').at(-1) ?? '')))
    return true
  for (const id of await foldersIn(join(runDir, 'tasks'))) {
    if ((await namesIn(join(runDir, 'tasks', id))).some(isWork)) return true
  }
  return false
}

function isWork(name: string): boolean {
  return WORK.test(name) || name === ONLY_COPY
}

/** Whether there is something in it that only a run at work needs. */
export async function hasPassing(runDir: string): Promise<boolean> {
  return (await namesIn(runDir)).some(name => PASSING.includes(name))
}

/**
 * Removes workspaces, layers and the store, and leaves what did not land and what tells of it. false: the time was over
 * before all was gone.
 */
export async function removePassing(runDir: string, until: number, power: Power): Promise<boolean> {
  const tasks = join(runDir, 'tasks')
  for (const id of await foldersIn(tasks)) {
    if (Date.now() >= until) return false
    const names = await namesIn(join(tasks, id))
    if (names.includes('workspace') && !names.includes(ONLY_COPY))
      await removeFolder(join(tasks, id, 'workspace'), power)
  }
  return removeAllOf(
    PASSING.map(name => join(runDir, name)),
    until,
    power,
  )
}

/** The same of all that is there. */
export async function removeRun(runDir: string, until: number, power: Power): Promise<boolean> {
  const tasks = (await foldersIn(join(runDir, 'tasks'))).map(id => join('tasks', id))
  const rest = (await namesIn(runDir)).filter(name => !MARKS.includes(name))
  return removeAllOf(
    [...tasks, ...rest, ...MARKS, '.'].map(name => join(runDir, name)),
    until,
    power,
  )
}

async function removeAllOf(paths: readonly string[], until: number, power: Power): Promise<boolean> {
  for (const path of paths) {
    if (Date.now() >= until) return false
    await removeFolder(path, power)
  }
  return true
}
