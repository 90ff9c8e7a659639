/** Whether what a task changes on a tree is what it may change: asked of a worker's result, and of each layer that lands. */
import type { Failure } from '../decide/failure.ts'
import { checkScope, type FileChange, type Twin } from '../decide/scope.ts'
import type { Sha, Task } from '../decide/task.ts'
import type { TreeChange } from '../world/git-output.ts'
import type { World } from './world.ts'

/** `changes` are those of `tree` on whatever it was made upon. null: all of them are allowed. */
export async function scopeProblem(
  task: Pick<Task, 'paths'>,
  changes: readonly TreeChange[],
  tree: Sha,
  world: Pick<World, 'settings' | 'store' | 'maxFileBytes'>,
): Promise<Failure | null> {
  const { settings, store, maxFileBytes } = world
  const rules = {
    paths: task.paths,
    protectedPaths: settings.protectedPaths,
    maxChangedFiles: settings.maxChangedFiles,
    maxFileBytes,
  }
  const added = changes.filter(change => change.status === 'A')
  const [described, twins] = await Promise.all([
    describe(changes, world),
    Promise.all(added.map(async ({ path }) => [path, await store.twinOf(tree, path)] as const)),
  ])
  const found = twins.flatMap(([path, twin]) => (twin === null ? [] : [[path, twin] as const]))
  return checkScope(described, rules, new Map<string, Twin>(found))
}

const KINDS: Readonly<Record<string, FileChange['kind']>> = { A: 'added', D: 'deleted', T: 'type' }

/** A link's target is part of the change; so is a file's size where the remote has a limit. */
async function describe(
  changes: readonly TreeChange[],
  { store, maxFileBytes }: Pick<World, 'store' | 'maxFileBytes'>,
): Promise<readonly FileChange[]> {
  const links = changes.filter(change => change.mode === '120000')
  const targets = await store.readBlobs(links.map(link => link.blob))
  const target = new Map(links.map((link, i) => [link.path, targets[i] ?? '']))
  // Nobody asks where the remote has no limit.
  const files = maxFileBytes === null ? [] : changes.filter(change => change.mode.startsWith('100'))
  const sizes = await store.sizes(files.map(file => file.blob))
  const size = new Map(files.map((file, i) => [file.path, sizes[i] ?? 0]))
  return changes.map(({ path, mode, oldMode, status }) => ({
    path,
    mode,
    oldMode,
    kind: KINDS[status.slice(0, 1)] ?? 'modified',
    ...(target.has(path) ? { target: target.get(path)! } : {}),
    ...(size.has(path) ? { size: size.get(path)! } : {}),
  }))
}
