/** From a folder that a worker has left to the one commit that stands for its work. */
import { posix } from 'node:path'
import { type Diffstat, diffstatOf } from '../decide/changes.ts'
import type { Failure } from '../decide/failure.ts'
import { isSignature, signature } from '../decide/identity.ts'
import { candidateMessage } from '../decide/message.ts'
import { shownPath } from '../decide/place.ts'
import { listed } from '../decide/plain.ts'
import type { Candidate, Sha, Task } from '../decide/task.ts'
import type { Checkout } from '../world/checkout.ts'
import type { TreeChange } from '../world/git-output.ts'
import type { Inner } from '../world/inner.ts'
import type { Snapshot } from '../world/snapshot.ts'
import { addFollowUps, withoutBooks } from './follow-ups.ts'
import { scopeProblem } from './scope.ts'
import { secretProblem } from './secret.ts'
import { isInPlace, withoutCopies } from './workspace.ts'
import type { World } from './world.ts'

export type Harvest =
  | { readonly kind: 'unchanged'; readonly problem: Failure | null }
  | {
      readonly kind: 'candidate'
      readonly candidate: Candidate
      readonly diffstat: Diffstat
      readonly problem: Failure | null
    }

const WORKSPACE_GONE: Failure = {
  code: 'out-of-scope',
  problems: ['the workspace itself: the worker removed or replaced the folder'],
}

/** A message is cut to half of this; a file may hold anything. */
const MESSAGE_BYTES = 128 * 1024

/** `at` was created at `start`. The rules are checked, but their verdict never loses the work. */
export async function harvest(
  task: Task,
  at: Checkout,
  start: Sha,
  source: Candidate['source'],
  world: World,
  /** For a remediation: the candidate whose message and author stay unless the worker says otherwise. */
  before: Candidate | null = null,
  /** Whether the worker ended well: only then the tasks that it leaves for later count. */
  well = true,
): Promise<Harvest> {
  const { store, checkouts, clock, settings } = world
  if (!(await isInPlace(at, world))) return { kind: 'unchanged', problem: WORKSPACE_GONE }
  const taken = await checkouts.snapshot(at, start, world.branch, store.dir)
  const { tree: shot, base, changes: seen, head } = taken
  const leftBehind = await keepLeftBehind(task, at, start, head, world)
  const told = [...taken.inner.map(innerProblem), ...taken.left]
  const [baseTree] = await store.resolve([`${base}^{tree}`])
  const clean = await withoutCopies(task.id, shot, seen.raw, world)
  const own = await withoutBooks(task.id, base, clean, seen.raw, world)
  const { stat, raw } = own === shot ? seen : await store.changes(baseTree!, own)
  const { tree, problem } = well
    ? await addFollowUps(task, base, own, before, world)
    : { tree: own, problem: null }
  const unclear = standingProblem(taken, source) ?? withProblems(told, null) ?? problem
  // By files: old tools write the same tree in other ways.
  if (raw.length === 0 && tree === own) {
    const elsewhere: Failure | null = leftBehind.length > 0 ? { code: 'left-behind', refs: leftBehind } : null
    return { kind: 'unchanged', problem: unclear ?? elsewhere }
  }
  const onBranch = base === start ? { raw, tree: own } : await onTip(base, own, raw, world)
  if (onBranch.raw.length === 0 && tree === own) return { kind: 'unchanged', problem: unclear }
  const scope =
    (await scopeProblem(task, onBranch.raw, onBranch.tree, world)) ?? replacedBy(taken.special, raw)
  const secret = await secretProblem(baseTree!, tree, raw, world)
  const history = head === null || head === base ? [] : await checkouts.historyOf(at, base, head, store.dir)
  const messageFile = await world.files.readStart(messageFileOf(task, world), MESSAGE_BYTES)
  const [earlier] = before ? await store.readCommits([before.commit]) : []
  const committer = signature({ name: settings.gitUserName, email: settings.gitUserEmail }, clock.now())
  // Only what the worker wrote: the user's words are the branch's, and a trailer that is not whole ties to nothing.
  const { mask } = world
  const message =
    earlier && history.length === 0 && messageFile === null
      ? earlier.message
      : candidateMessage({
          messageFile: messageFile === null ? null : mask(messageFile),
          commits: history.map(commit => mask(commit.message)),
          template: task.commitMessage ?? settings.commitMessage,
          task,
          trailers: { task: task.id, run: world.key, fingerprint: task.fingerprint },
        })
  const commit = await store.writeCommit(tree, base, {
    author: history.map(commit => mask(commit.author)).findLast(isSignature) ?? earlier?.author ?? committer,
    committer,
    message,
  })
  const candidate: Candidate = { commit, base, changes: stat, source, ...(secret ? { secret: true } : {}) }
  return {
    kind: 'candidate',
    candidate,
    diffstat: secret ? withoutNames(diffstatOf(raw), mask) : diffstatOf(raw),
    problem: standingProblem(taken, source) ?? secret ?? withProblems(told, scope) ?? problem,
  }
}

/** A name of a file may be what is to be masked. */
function withoutNames({ files, more }: Diffstat, mask: World['mask']): Diffstat {
  return { files: files.map(file => ({ ...file, path: mask(file.path) })), more }
}

/** A remediation begins in the middle of a merge; what of it is left is looked at elsewhere (`unresolved`). */
function standingProblem({ underWay, related }: Snapshot, source: Candidate['source']): Failure | null {
  const { operation, unmerged } = underWay
  const begun = source === 'remediation' && (operation === null || operation === 'merge')
  if (!begun && (operation !== null || unmerged.length > 0))
    return { code: 'unfinished', operation, files: unmerged }
  return related ? null : { code: 'history' }
}

/**
 * A worker that went back, or pulled, changes on the branch what it changes on its own base, less what the branch has as
 * well. Where that conflicts, the lane will say so.
 */
async function onTip(
  base: Sha,
  own: Sha,
  raw: readonly TreeChange[],
  { store, branch }: World,
): Promise<{ readonly raw: readonly TreeChange[]; readonly tree: Sha }> {
  const [tip] = await store.resolve([`refs/heads/${branch}^{tree}`])
  const merged = await store.merge(tip!, own, base)
  if (merged.kind === 'conflict') return { raw, tree: own }
  return { raw: await store.changedFiles(tip!, merged.tree), tree: merged.tree }
}

/** What could not be taken is out of scope as well, and told first. */
function withProblems(told: readonly string[], scope: Failure | null): Failure | null {
  if (told.length === 0) return scope
  const others = scope?.code === 'out-of-scope' ? scope.problems : []
  return { code: 'out-of-scope', problems: [...told, ...others] }
}

function innerProblem({ path, taken }: Inner): string {
  const shown = shownPath(path)
  const where = taken ? 'the kept work has its files' : 'its files are in the workspace alone'
  return `${shown}: it is a git repository of its own, which a commit cannot hold (${where})`
}

const LEFT_BEHIND = 'branches.bundle'
const SECRET_LEFT_BEHIND = 'branches-secret.bundle'

/**
 * Only where its folder ends counts as a worker's result; what it committed elsewhere is kept and told of. Returns the refs
 * of that.
 */
async function keepLeftBehind(
  task: Task,
  at: Checkout,
  base: Sha,
  head: Sha | null,
  world: World,
): Promise<readonly string[]> {
  const { checkouts, store, places, log, mask, seek } = world
  let name = LEFT_BEHIND
  const fileFor = (hasSecret: boolean): string => {
    name = hasSecret ? SECRET_LEFT_BEHIND : LEFT_BEHIND
    return posix.join(places.tasks, task.id, name)
  }
  try {
    const refs = await checkouts.bundleLeftBehind(at, base, head, store.dir, fileFor, seek)
    if (refs.length === 0) return []
    const names = listed(refs.map(ref => shownRef(ref, refs)))
    const text = `${task.id}: its worker also made commits on ${names}, which are no part of its result: what the workspace holds at the end is. They are kept in tasks/${task.id}/${name}; \`git fetch <that file> <branch>\` brings them back.`
    log.notice('work', mask(text))
    return refs
  } catch (error) {
    log.warning('work', mask(`${task.id}: commits on other branches could not be kept: ${String(error)}`))
    return []
  }
}

/** git takes a short name for the tag's where a tag and a branch have it. */
function shownRef(ref: string, refs: readonly string[]): string {
  const short = ref.replace(/^refs\/(heads\/)?/, '')
  return refs.includes(`refs/tags/${short}`) ? ref : short
}

export function messageFileOf(task: Task, world: World): string {
  return posix.join(world.places.tasks, task.id, 'message.txt')
}

/** A pipe or the like beside the work is nothing to git; in place of a file it would look as if that was removed. */
function replacedBy(special: readonly string[], raw: readonly TreeChange[]): Failure | null {
  const gone = raw.filter(change => change.status.startsWith('D')).map(change => change.path)
  const problems = special
    .filter(path => gone.some(file => file === path || file.startsWith(`${path}/`)))
    .map(path => `${shownPath(path)}: it is a pipe, a socket or a device, which git cannot keep`)
  return problems.length > 0 ? { code: 'out-of-scope', problems } : null
}
