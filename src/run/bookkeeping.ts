/** The tasks file and the done file as a tree holds them, and what landing a task changes in them. */
import { addFollowUps, type Parent } from '../decide/follow-ups.ts'
import { isoTime } from '../decide/identity.ts'
import { archiveTask, idOf, type Ledger, openDone, type Refused, type Written } from '../decide/queue.ts'
import type { Sha, TaskId } from '../decide/task.ts'
import { openTaskFile, type TaskFile, textOf } from '../decide/task-file.ts'
import type { Obstacle } from './preflight.ts'
import type { Bookkeeping, World } from './world.ts'

/**
 * So many opened files are remembered. What one candidate leaves is what the next one finds, and the tip's are needed
 * again where a stack is made anew: more would only take memory, some hundred kB a file of a thousand tasks.
 */
const REMEMBERED = 8

interface Desk {
  /** By kind and blob, the oldest first. */
  readonly opened: Map<string, TaskFile>
  /** What the log was told. */
  readonly told: Set<string>
}
const desks = new WeakMap<Bookkeeping, Desk>()

function deskOf(bookkeeping: Bookkeeping): Desk {
  const desk = desks.get(bookkeeping) ?? { opened: new Map(), told: new Set() }
  desks.set(bookkeeping, desk)
  return desk
}

type Kind = 'tasks' | 'done'

/** Reading and parsing a tasks file of a thousand tasks takes as long as a small worker: each is opened once. */
async function opened(
  kind: Kind,
  blob: Sha,
  bookkeeping: Bookkeeping,
  { store }: Pick<World, 'store'>,
  open: (text: string) => TaskFile | Refused,
): Promise<TaskFile | Refused> {
  const known = deskOf(bookkeeping).opened.get(`${kind} ${blob}`)
  if (known !== undefined) return known
  const [text = ''] = await store.readBlobs([blob])
  const file = open(text)
  if (!('problem' in file)) remember(kind, blob, file, bookkeeping)
  return file
}

function remember(kind: Kind, blob: Sha, file: TaskFile, bookkeeping: Bookkeeping): void {
  const { opened } = deskOf(bookkeeping)
  opened.set(`${kind} ${blob}`, file)
  for (const oldest of [...opened.keys()].slice(0, -REMEMBERED)) opened.delete(oldest)
}

/** The tasks file that is this blob. */
export function openTasks(
  blob: Sha,
  bookkeeping: Bookkeeping,
  world: Pick<World, 'store'>,
): Promise<TaskFile | Refused> {
  return opened('tasks', blob, bookkeeping, world, text => openTaskFile('the tasks file', text))
}

/** Both files as a tree or commit holds them; null: it has no tasks file. */
export async function ledgerAt(
  tree: Sha,
  bookkeeping: Bookkeeping,
  world: Pick<World, 'store'>,
): Promise<Ledger | Refused | null> {
  const { store } = world
  const tasksBlob = await store.blobAt(tree, bookkeeping.tasksFile)
  if (tasksBlob === null) return null
  const tasks = await openTasks(tasksBlob, bookkeeping, world)
  if ('problem' in tasks) return tasks
  const doneBlob = await store.blobAt(tree, bookkeeping.doneFile)
  const done =
    doneBlob === null
      ? openDone(null, tasks)
      : await opened('done', doneBlob, bookkeeping, world, text => openDone(text, tasks))
  return 'problem' in done ? done : { tasks, done }
}

/** Why landing could not edit the two files as the branch holds them; null: it can. Told before anything is started. */
export async function unkept(
  tip: Sha,
  bookkeeping: Bookkeeping,
  world: Pick<World, 'store' | 'branch'>,
): Promise<Obstacle | null> {
  const { branch } = world
  const ledger = await ledgerAt(tip, bookkeeping, world)
  if (ledger === null) {
    return {
      what: `${branch} on origin holds no ${bookkeeping.tasksFile}.`,
      why: 'With `bookkeeping: archive` the landing commit itself edits the tasks file there.',
      fix: `Commit it and push it to ${branch} first, or set \`bookkeeping: off\`.`,
    }
  }
  if (!('problem' in ledger)) return null
  return {
    what: `On ${branch} ${ledger.problem}.`,
    why: 'With `bookkeeping: archive` the landing commit itself edits the tasks file and the done file there.',
    fix: `Put the file right on ${branch} first, or set \`bookkeeping: off\`.`,
  }
}

/** Tasks that the tip of the branch has only in its done file: the checkout, whose tasks file was read, may be behind. */
export async function archivedOnBranch(
  world: Pick<World, 'store' | 'branch' | 'bookkeeping'>,
): Promise<ReadonlySet<string>> {
  const { bookkeeping, store, branch } = world
  if (bookkeeping === null) return new Set()
  const [tree] = await store.resolve([`refs/heads/${branch}^{tree}`])
  const ledger = await ledgerAt(tree!, bookkeeping, world)
  if (ledger === null || 'problem' in ledger) return new Set()
  const listed = new Set(ledger.tasks.tasks.map(idOf))
  // What was rejected is in the done file too, and has not landed.
  const done = ledger.done.tasks.filter(task => (task as Written).status !== 'rejected').map(idOf)
  return new Set(done.filter(id => id !== null && !listed.has(id))) as ReadonlySet<string>
}

/**
 * The tree in which the task has moved to the done file and its follow-ups are in the tasks file. It is made anew on
 * every stack from the files as they are there: so it never conflicts. Files that cannot be edited stay as they are,
 * and the log is told once.
 */
export async function archived(
  tree: Sha,
  task: TaskId,
  followUps: readonly Written[],
  world: World,
): Promise<Sha> {
  const { bookkeeping, store } = world
  if (bookkeeping === null) return tree
  const before = await ledgerAt(tree, bookkeeping, world)
  if (before === null) {
    const why = `${world.branch} holds no ${bookkeeping.tasksFile} any more: tasks land without bookkeeping`
    tellOnce('gone', why, bookkeeping, world)
    return tree
  }
  const after = 'problem' in before ? before : landed(before, task, followUps, bookkeeping, world)
  if ('problem' in after) {
    const more = followUps.length > 0 ? '; its follow-ups are only among its artifacts' : ''
    tellOnce(task, `${task} lands without bookkeeping: ${after.problem}${more}`, bookkeeping, world)
    return tree
  }
  const blobs = await Promise.all([after.tasks, after.done].map(file => store.writeBlob(textOf(file), tree)))
  remember('tasks', blobs[0]!, after.tasks, bookkeeping)
  remember('done', blobs[1]!, after.done, bookkeeping)
  return store.replaceBlobs(tree, {
    [bookkeeping.tasksFile]: blobs[0]!,
    [bookkeeping.doneFile]: blobs[1]!,
  })
}

function landed(
  before: Ledger,
  task: TaskId,
  followUps: readonly Written[],
  bookkeeping: Bookkeeping,
  world: World,
): Ledger | Refused {
  const now = isoTime(world.clock.now())
  // Before the task leaves: a list that is empty for a moment would change its style.
  const paths = world.plan.tasks[world.plan.index.get(task) ?? -1]?.paths ?? []
  const parent = { task, paths, format: bookkeeping.format, now }
  const more = withFollowUps(before, followUps, parent, bookkeeping, world)
  if ('problem' in more) return more
  return archiveTask({ ...before, tasks: more }, bookkeeping.format, task, {
    completedAt: now,
    runKey: world.key,
  })
}

export function withFollowUps(
  ledger: Ledger,
  followUps: readonly Written[],
  parent: Parent,
  bookkeeping: Bookkeeping,
  world: Pick<World, 'log'>,
): TaskFile | Refused {
  if (followUps.length === 0) return ledger.tasks
  const added = addFollowUps(ledger, followUps, parent)
  if ('problem' in added) return added
  if (added.gone.length > 0) {
    const why = `${parent.task}: its follow-ups no longer need ${added.gone.join(', ')}, which the tasks file has lost`
    tellOnce(`needs of ${parent.task}`, why, bookkeeping, world)
  }
  return added.tasks
}

function tellOnce(about: string, words: string, bookkeeping: Bookkeeping, world: Pick<World, 'log'>): void {
  const { told } = deskOf(bookkeeping)
  if (told.has(about)) return
  told.add(about)
  world.log.warning('bookkeeping', words)
}
