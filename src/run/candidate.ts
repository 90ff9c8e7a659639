/** From a folder that a worker has left to the one commit that stands for its work. */
import { posix } from 'node:path'
import type { Failure } from '../decide/failure.ts'
import { signature } from '../decide/identity.ts'
import { candidateMessage } from '../decide/message.ts'
import { checkScope } from '../decide/scope.ts'
import type { Candidate, Sha, Task } from '../decide/task.ts'
import type { Checkout } from '../world/checkout.ts'
import type { RawChange } from '../world/store.ts'
import type { World } from './world.ts'

export type Harvest =
  | { readonly kind: 'unchanged'; readonly problem: Failure | null }
  | { readonly kind: 'candidate'; readonly candidate: Candidate; readonly problem: Failure | null }

/** `at` was created at `base`. The scope rules are checked, but their verdict never loses the work. */
export async function harvest(
  task: Task,
  at: Checkout,
  base: Sha,
  source: Candidate['source'],
  world: World,
  /** For a remediation: the candidate whose message and author stay unless the worker says otherwise. */
  before: Candidate | null = null,
): Promise<Harvest> {
  const { store, checkouts, clock, settings } = world
  const { tree, head, left } = await checkouts.snapshot(at, base, store.dir)
  const untaken: Failure | null = left.length > 0 ? { code: 'out-of-scope', problems: left } : null
  const [baseTree] = await store.resolve([`${base}^{tree}`])
  if (tree === baseTree) return { kind: 'unchanged', problem: untaken }
  const [{ stat, raw }, history] = await Promise.all([
    store.changes(baseTree!, tree),
    head === null || head === base ? [] : checkouts.historyOf(at, base, head, store.dir),
  ])
  const refused = checkScope(await described(raw, world), {
    paths: task.paths,
    protectedPaths: settings.protectedPaths,
    maxChangedFiles: settings.maxChangedFiles,
  })
  const messageFile = await world.files.readText(messageFileOf(task, world))
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
    author: history.at(-1)?.author ?? earlier?.author ?? committer,
    committer,
    message: world.mask(message),
  })
  const candidate: Candidate = { commit, base, changes: stat, source }
  return { kind: 'candidate', candidate, problem: refused ?? untaken }
}

export function messageFileOf(task: Task, world: World): string {
  return posix.join(world.places.tasks, task.id, 'message.txt')
}

/** What the scope rules look at: a link's target is part of the change. */
async function described(raw: readonly RawChange[], world: World): Promise<Parameters<typeof checkScope>[0]> {
  const links = raw.filter(change => change.mode === '120000')
  const targets = await world.store.readBlobs(links.map(link => link.blob))
  const target = new Map(links.map((link, i) => [link.path, targets[i] ?? '']))
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
  }))
}
