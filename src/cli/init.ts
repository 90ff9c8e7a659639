/** `fanout init`: a tasks file and a workflow for a repository that has none. Never overwrites. */
import { lstat, mkdir, open, realpath } from 'node:fs/promises'
import { dirname, join, relative, sep } from 'node:path'
import { initLines, STARTER_FILES, TASKS_FILE, WORKFLOW_FILE } from '../action/starter.ts'
import { inspectRepository } from '../world/repository.ts'
import type { Arguments } from './arguments.ts'
import { ownName } from './own-name.ts'
import { out, refuse, sentence, type Wrong } from './say.ts'

export async function initCommand(args: Arguments): Promise<number> {
  const cwd = process.cwd()
  const repository = await inspectRepository(cwd).catch(() => null)
  if (repository === null || args.problems.length > 0) {
    return refuse([...args.problems, ...(repository === null ? [sentence(noRepository(cwd))] : [])])
  }
  const { root, head, branch, origin } = repository
  const seen = (path: string): string => relative(cwd, join(root, path))
  const ways = await Promise.all(Object.keys(STARTER_FILES).map(path => wayOut(root, dirname(path))))
  const leaving = [...new Set(ways.filter(link => link !== null))]
  if (leaving.length > 0) return refuse(leaving.map(link => sentence(leadsOut(seen(link)))))
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

/** The folder on the way to `folder` that is a link out of the repository, or to nowhere; null: none is. */
async function wayOut(root: string, folder: string): Promise<string | null> {
  const top = await realpath(root)
  const names = folder.split('/')
  for (const path of names.map((_, i) => names.slice(0, i + 1).join('/'))) {
    const stats = await lstat(join(root, path)).catch(() => null)
    if (stats === null) return null
    const real = await realpath(join(root, path)).catch(() => null)
    if (real !== top && !real?.startsWith(`${top}${sep}`)) return path
  }
  return null
}

function leadsOut(link: string): Wrong {
  return {
    what: `${link} is a link that leads out of the repository.`,
    why: 'What is written there could not be committed, and GitHub would see no workflow. Nothing was written.',
    fix: 'Replace the link by a folder, then run init again.',
  }
}

/** false: there is something of that name already, and it stays as it is. */
async function writeNew(file: string, text: string): Promise<boolean> {
  // What is in the way of its folder is not the file itself: that throws.
  await mkdir(dirname(file), { recursive: true })
  try {
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
