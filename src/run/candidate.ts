/** From a folder that a worker has left to the one commit that stands for its work. */
import { posix } from 'node:path'
import { type Diffstat, diffstatOf } from '../decide/changes.ts'
import type { Failure } from '../decide/failure.ts'
import { isSignature, signature } from '../decide/identity.ts'
import { candidateMessage } from '../decide/message.ts'
import { shownPath } from '../decide/place.ts'
import { listed } from '../decide/plain.ts'
import { checkScope, foldPaths } from '../decide/scope.ts'
import type { Candidate, Sha, Task } from '../decide/task.ts'
import type { Checkout } from '../world/checkout.ts'
import type { RawChange } from '../world/git-output.ts'
import type { Inner } from '../world/inner.ts'
import { addFollowUps, withoutBooks } from './follow-ups.ts'
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

/** `at` was created at `base`. The scope rules are checked, but their verdict never loses the work. */
export async function harvest(
  task: Task,
  at: Checkout,
  base: Sha,
  source: Candidate['source'],
  world: World,
  /** For a remediation: the candidate whose message and author stay unless the worker says otherwise. */
  before: Candidate | null = null,
  /** Whether the worker ended well: only then the tasks that it leaves for later count. */
  well = true,
): Promise<Harvest> {
  const { store, checkouts, clock, settings } = world
  if (!(await isInPlace(at, world))) return { kind: 'unchanged', problem: WORKSPACE_GONE }
  const taken = await checkouts.snapshot(at, base, store.dir)
  const { tree: shot, changes: seen, head } = taken
  await keepLeftBehind(task, at, base, head, world)
  const told = [...taken.inner.map(innerProblem), ...taken.left]
  const [baseTree] = await store.resolve([`${base}^{tree}`])
  const clean = await withoutCopies(task.id, shot, seen.raw, world)
  const own = await withoutBooks(task.id, base, clean, seen.raw, world)
  const { stat, raw } = own === shot ? seen : await store.changes(baseTree!, own)
  const { tree, problem } = well
    ? await addFollowUps(task, base, own, before, world)
    : { tree: own, problem: null }
  if (tree === baseTree) return { kind: 'unchanged', problem: withProblems(told, null) ?? problem }
  const history = head === null || head === base ? [] : await checkouts.historyOf(at, base, head, store.dir)
  const added = raw.some(change => change.status.startsWith('A'))
  const rules = {
    paths: task.paths,
    protectedPaths: settings.protectedPaths,
    maxChangedFiles: settings.maxChangedFiles,
    maxFileBytes: world.maxFileBytes,
  }
  const there = added ? foldPaths(await store.pathsIn(baseTree!)) : undefined
  const scope = checkScope(await described(raw, world), rules, there) ?? replacedBy(taken.special, raw)
  const messageFile = await world.files.readStart(messageFileOf(task, world), MESSAGE_BYTES)
  const [earlier] = before ? await store.readCommits([before.commit]) : []
  const committer = signature({ name: settings.gitUserName, email: settings.gitUserEmail }, clock.now())
  const message =
    earlier && history.length === 0 && messageFile === null
      ? earlier.message
      : candidateMessage({
          messageFile,
          commits: history.map(commit => commit.message),
          template: task.commitMessage ?? settings.commitMessage,
          task,
          trailers: { task: task.id, run: world.key, fingerprint: task.fingerprint },
        })
  const commit = await store.writeCommit(tree, base, {
    author:
      history.map(commit => world.mask(commit.author)).findLast(isSignature) ?? earlier?.author ?? committer,
    committer,
    message: world.mask(message),
  })
  const candidate: Candidate = { commit, base, changes: stat, source }
  return {
    kind: 'candidate',
    candidate,
    diffstat: diffstatOf(raw),
    problem: withProblems(told, scope) ?? problem,
  }
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

export const LEFT_BEHIND = 'branches.bundle'

/** Only where its folder ends counts as a worker's result; what it committed elsewhere is kept and told of. */
async function keepLeftBehind(
  task: Task,
  at: Checkout,
  base: Sha,
  head: Sha | null,
  world: World,
): Promise<void> {
  const { checkouts, store, places, log, mask } = world
  const file = posix.join(places.tasks, task.id, LEFT_BEHIND)
  try {
    const refs = await checkouts.bundleLeftBehind(at, base, head, store.dir, file)
    if (refs.length === 0) return
    const names = listed(refs.map(ref => shownRef(ref, refs)))
    const text = `${task.id}: its worker also made commits on ${names}, which are no part of its result: what the workspace holds at the end is. They are kept in tasks/${task.id}/${LEFT_BEHIND}; \`git fetch <that file> <branch>\` brings them back.`
    log.notice('work', mask(text))
  } catch (error) {
    log.warning('work', mask(`${task.id}: commits on other branches could not be kept: ${String(error)}`))
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
function replacedBy(special: readonly string[], raw: readonly RawChange[]): Failure | null {
  const gone = raw.filter(change => change.status.startsWith('D')).map(change => change.path)
  const problems = special
    .filter(path => gone.some(file => file === path || file.startsWith(`${path}/`)))
    .map(path => `${shownPath(path)}: it is a pipe, a socket or a device, which git cannot keep`)
  return problems.length > 0 ? { code: 'out-of-scope', problems } : null
}

/** What the scope rules look at: a link's target is part of the change. */
async function described(raw: readonly RawChange[], world: World): Promise<Parameters<typeof checkScope>[0]> {
  const links = raw.filter(change => change.mode === '120000')
  const targets = await world.store.readBlobs(links.map(link => link.blob))
  const target = new Map(links.map((link, i) => [link.path, targets[i] ?? '']))
  // Nobody asks where the remote has no limit.
  const files = world.maxFileBytes === null ? [] : raw.filter(change => change.mode.startsWith('100'))
  const sizes = await world.store.sizes(files.map(file => file.blob))
  const size = new Map(files.map((file, i) => [file.path, sizes[i] ?? 0]))
  return raw.map(({ path, mode, oldMode, status }) => ({
    path,
    mode,
    oldMode,
    kind: status.startsWith('A')
      ? 'added'
      : status.startsWith('D')
        ? 'deleted'
        : status.startsWith('T')
          ? 'type'
          : 'modified',
    ...(target.has(path) ? { target: target.get(path)! } : {}),
    ...(size.has(path) ? { size: size.get(path)! } : {}),
  }))
}
