/** Work that only the journal of a process that was killed knows becomes bundles and patches. */
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { BUNDLE, holdsWork, SECRET_BUNDLE } from './decide/kept-name.ts'
import { workRef } from './decide/ref-name.ts'
import type { TaskId } from './decide/task.ts'
import { unlandedWork } from './decide/unlanded.ts'
import { namesIn } from './world/files.ts'
import { readJournal } from './world/journal.ts'
import { openStore } from './world/store.ts'

export interface Rescued {
  readonly saved: readonly TaskId[]
  /** A sentence for each task whose work could not be saved. */
  readonly problems: readonly string[]
}

/** Saves what has no bundle yet, each in a folder of its own. Rejects only when the journal cannot be read. */
export async function rescueWork(
  runDir: string,
  folderOf: (task: TaskId) => string = task => join('tasks', task),
  which: (task: TaskId) => boolean = () => true,
): Promise<Rescued> {
  const read = await readJournal(join(runDir, 'journal.ndjson'))
  if (read.kind !== 'read') return { saved: [], problems: [] }
  const store = openStore(join(runDir, 'store.git'), read.text.head.branch)
  const beside = new Set(await namesIn(runDir))
  const saved: TaskId[] = []
  const problems: string[] = []
  for (const [task, { base, commit, secret }] of unlandedWork(read.text.events)) {
    const dir = join(runDir, folderOf(task))
    try {
      const isBeside = [BUNDLE, SECRET_BUNDLE].some(name => beside.has(`${task}.${name}`))
      if (!which(task) || isBeside) continue
      const there = await Promise.all([dir, join(runDir, 'tasks', task)].map(namesIn))
      if (there.some(holdsWork) || !(await store.exists(commit))) continue
      await mkdir(dir, { recursive: true })
      await store.bundle(join(dir, secret ? SECRET_BUNDLE : BUNDLE), base, commit, workRef(task))
      // What is masked is not known here.
      if (!secret) await store.patch(join(dir, 'work.patch'), base, commit)
      saved.push(task)
    } catch (error) {
      problems.push(`The work of ${task} could not be saved: ${String(error)}`)
    }
  }
  return { saved, problems }
}
