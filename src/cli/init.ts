/** `fanout init`: a tasks file and a workflow for a repository that has none. Never overwrites. */
import { mkdir, open } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import { initLines, STARTER_FILES, TASKS_FILE, WORKFLOW_FILE } from '../action/starter.ts'
import { inspectRepository } from '../world/repository.ts'
import type { Arguments } from './arguments.ts'
import { ownName } from './own-name.ts'
import { out, refuse, sentence } from './say.ts'

export async function initCommand(args: Arguments): Promise<number> {
  const cwd = process.cwd()
  const repository = await inspectRepository(cwd).catch(() => null)
  if (repository === null || args.problems.length > 0) {
    return refuse([...args.problems, ...(repository === null ? [sentence(noRepository(cwd))] : [])])
  }
  const { root, head, branch, origin } = repository
  const seen = (path: string): string => relative(cwd, join(root, path))
  const written: string[] = []
  const kept: string[] = []
  for (const [path, text] of Object.entries(STARTER_FILES)) {
    try {
      const isNew = await writeNew(join(root, path), text)
      ;(isNew ? written : kept).push(seen(path))
    } catch (error) {
      const what = `${seen(path)} cannot be written: ${(error as Error).message}.`
      const why = `Its folder must be one that this user may write; of the two files ${written.length} were written.`
      return refuse([sentence({ what, why, fix: 'Make room for it, then run init again.' })])
    }
  }
  const lines = initLines({
    written,
    kept,
    tasksFile: seen(TASKS_FILE),
    workflowFile: seen(WORKFLOW_FILE),
    branch,
    hasCommit: head !== null,
    hasOrigin: origin !== null,
    self: ownName(),
  })
  for (const line of lines) out(line)
  return 0
}

/** false: there is something of that name already, and it stays as it is. */
async function writeNew(file: string, text: string): Promise<boolean> {
  try {
    await mkdir(dirname(file), { recursive: true })
    await using handle = await open(file, 'wx', 0o644)
    await handle.writeFile(text)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

function noRepository(cwd: string) {
  return {
    what: `${cwd} is in no git repository.`,
    why: 'The tasks file and the workflow belong into the one whose files the tasks are to change.',
    fix: 'Change to it, or make one: git init',
  }
}
