/** Work that only the journal of a process that was killed knows becomes bundles and patches. */
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { refName } from './decide/ref-name.ts'
import type { TaskId } from './decide/task.ts'
import { unlandedWork } from './decide/unlanded.ts'
import { namesIn } from './world/files.ts'
import { readJournal } from './world/journal.ts'
import { openStore } from './world/store.ts'

/** Ids of the tasks whose work was saved now, in a folder each. A run that came to its report has saved its own. */
export async function rescueWork(
  runDir: string,
  folderOf: (task: TaskId) => string = task => join('tasks', task),
  which: (task: TaskId) => boolean = () => true,
): Promise<readonly string[]> {
  if ((await namesIn(runDir)).includes('summary.json')) return []
  const read = await readJournal(join(runDir, 'journal.ndjson'))
  if (read.kind !== 'read') return []
  const store = openStore(join(runDir, 'store.git'), read.text.head.branch)
  const saved: string[] = []
  for (const [task, { base, commit }] of unlandedWork(read.text.events)) {
    const dir = join(runDir, folderOf(task))
    if (!which(task) || (await namesIn(dir)).includes('work.bundle')) continue
    if (!(await store.exists(commit))) continue
    await mkdir(dir, { recursive: true })
    await store.bundle(join(dir, 'work.bundle'), base, commit, `refs/heads/fanout/${refName(task)}`)
    await store.patch(join(dir, 'work.patch'), base, commit)
    saved.push(task)
  }
  return saved
}
