/**
 * What a worker leaves in the two files of bookkeeping. Its own edits of them do not count: they would conflict with
 * every other task's. Tasks that it wants done later come in a file of their own, and travel in its candidate as tasks
 * added to the tasks file of the base, so that they are wherever its commit is.
 */
import { join } from 'node:path'
import type { Failure } from '../decide/failure.ts'
import {
  FOLLOW_UPS_FILE,
  followUpsBetween,
  liftingMore,
  MAX_FOLLOW_UPS_BYTES,
  reachingOut,
  readFollowUps,
} from '../decide/follow-ups.ts'
import { isoTime } from '../decide/identity.ts'
import type { Written } from '../decide/queue.ts'
import { liftedBy } from '../decide/scope.ts'
import type { Candidate, Sha, Task, TaskId } from '../decide/task.ts'
import { textOf } from '../decide/task-file.ts'
import type { RawChange } from '../world/git-output.ts'
import { ledgerAt, openTasks, withFollowUps } from './bookkeeping.ts'
import type { World } from './world.ts'

/**
 * The tree without the worker's edits of the two files, or of what it put in their place; they are kept as
 * `bookkeeping.patch` in the task's folder.
 */
export async function withoutBooks(
  task: TaskId,
  base: Sha,
  tree: Sha,
  changes: readonly RawChange[],
  world: World,
): Promise<Sha> {
  const { bookkeeping, store, places, log } = world
  if (bookkeeping === null) return tree
  const books = [bookkeeping.tasksFile, bookkeeping.doneFile]
  const above = (path: string, book: string): boolean => book.startsWith(`${path}/`)
  const at = (path: string, book: string): boolean => path === book || above(book, path) || above(path, book)
  const edited = changes.map(({ path }) => path).filter(path => books.some(book => at(path, book)))
  if (edited.length === 0) return tree
  // A folder in place of a file goes whole when the file is put back.
  const restored = [
    ...books.filter(book => edited.some(path => at(path, book))),
    ...edited.filter(path => books.some(book => above(path, book))),
  ]
  const before = await Promise.all(restored.map(path => store.blobAt(base, path)))
  const rest = await store.replaceBlobs(
    tree,
    Object.fromEntries(restored.map((path, i) => [path, before[i]!])),
  )
  const file = join(places.tasks, task, 'bookkeeping.patch')
  // Neither through a link nor into a pipe that is there already.
  await world.files.removeAll(file)
  await store.patch(file, rest, tree)
  log.notice(
    'bookkeeping',
    `${task}: its changes to ${edited.join(' and ')} are left out (see bookkeeping.patch in its folder): landing a task edits these files. Tasks for later belong in ${FOLLOW_UPS_FILE}.`,
  )
  return rest
}

/**
 * The tree with the follow-ups that the worker wrote, or else those that its candidate `before` had; and what is
 * wrong with them.
 */
export async function addFollowUps(
  { id: task, paths }: Pick<Task, 'id' | 'paths'>,
  base: Sha,
  tree: Sha,
  before: Candidate | null,
  world: World,
): Promise<{ readonly tree: Sha; readonly problem: Failure | null }> {
  const { bookkeeping, store, log, places } = world
  const refused = (problems: readonly string[]) => ({
    tree,
    problem: { code: 'follow-ups', problems } as const,
  })
  const artifact = `tasks/${task}/artifacts/${FOLLOW_UPS_FILE}`
  const text = await world.files.readStart(join(places.run, artifact), MAX_FOLLOW_UPS_BYTES + 1)
  if (bookkeeping === null) {
    if (text === null) return { tree, problem: null }
    log.notice(
      'follow-ups',
      `${task} left tasks for later in ${artifact}. With \`bookkeeping: archive\` they would go into the tasks file.`,
    )
    return { tree, problem: null }
  }
  if (text === null && before === null) return { tree, problem: null }
  const ledger = await ledgerAt(base, bookkeeping, world)
  if (ledger === null || 'problem' in ledger) {
    if (text === null) return { tree, problem: null }
    return refused([ledger === null ? `the branch holds no ${bookkeeping.tasksFile}` : ledger.problem])
  }
  const parent = { task, paths, format: bookkeeping.format, now: isoTime(world.clock.now()) }
  let tasks: readonly Written[] = []
  if (text !== null) {
    if (Buffer.byteLength(text) > MAX_FOLLOW_UPS_BYTES)
      return refused([`${FOLLOW_UPS_FILE} is larger than 1 MiB`])
    const read = readFollowUps(world.mask(text), ledger, parent, world.settings.run)
    if ('problems' in read) return refused(read.problems)
    tasks = read.tasks
    const { protectedPaths } = world.settings
    const lifting = liftingMore(tasks, liftedBy(paths, protectedPaths), protectedPaths)
    const more = [...reachingOut(tasks, paths), ...lifting]
    if (more.length > 0) return refused(more)
  } else if (before !== null) {
    tasks = (await part([before], world))[0]?.followUps ?? []
  }
  if (tasks.length === 0) return { tree, problem: null }
  const added = withFollowUps(ledger, tasks, parent, bookkeeping, world)
  if ('problem' in added) return refused([added.problem])
  return {
    tree: await store.replaceFiles(tree, { [bookkeeping.tasksFile]: textOf(added) }),
    problem: null,
  }
}

/** A candidate's own work, as a commit upon its base, and the follow-ups that came with it. */
export interface Parted {
  readonly commit: Sha
  readonly tree: Sha
  readonly followUps: readonly Written[]
}

export async function part(candidates: readonly Candidate[], world: World): Promise<readonly Parted[]> {
  const { bookkeeping, store } = world
  if (candidates.length === 0) return []
  const trees = await store.resolve(candidates.map(({ commit }) => `${commit}^{tree}`))
  const whole = candidates.map(({ commit }, i) => ({ commit, tree: trees[i]!, followUps: [] }))
  if (bookkeeping === null) return whole
  const { tasksFile } = bookkeeping
  const bases = await store.resolve(candidates.map(({ base }) => `${base}^{tree}`))
  return Promise.all(
    candidates.map(async ({ commit, base }, i): Promise<Parted> => {
      const { tree } = whole[i]!
      const [old, own] = await Promise.all([bases[i]!, tree].map(each => store.blobAt(each, tasksFile)))
      if (!old || !own || old === own) return whole[i]!
      const [before, both] = await Promise.all([old, own].map(each => openTasks(each, bookkeeping, world)))
      const followUps = 'problem' in before! || 'problem' in both! ? null : followUpsBetween(before!, both!)
      if (followUps === null) return whole[i]!
      const rest = await store.replaceBlobs(tree, { [tasksFile]: old })
      const [words] = await store.readCommits([commit])
      return { commit: await store.writeCommit(rest, base, words!), tree: rest, followUps }
    }),
  )
}
