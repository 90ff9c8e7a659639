/** Candidates merged one on another upon the fresh tip, without a checkout. */
import { jitter } from '../decide/backoff.ts'
import { isoTime, signature } from '../decide/identity.ts'
import { archiveTask } from '../decide/queue.ts'
import type { Candidate, Layer, Sha, StackResult, StackStep, TaskId } from '../decide/task.ts'
import type { CommitText } from '../world/store.ts'
import { landedSince } from './landed.ts'
import { fetchTip } from './tip.ts'
import type { LaneWorld } from './world.ts'

type Conflict = Extract<StackResult, { kind: 'stacked' }>['conflicts'][number]

export async function stack(step: StackStep, world: LaneWorld): Promise<StackResult> {
  const { clock, store } = world
  await clock.sleep(jitter(step.waitMs, clock.random()), world.cancel)
  const tip = await fetchTip(world)
  if (tip.kind === 'unreachable') return tip
  const landed = tip.commit === step.tip ? [] : await landedSince(step.tip, tip.commit, world)
  const there = new Set(landed.map(layer => layer.task))
  const tasks = step.tasks.filter(({ task }) => !there.has(task))
  const candidates = tasks.map(task => task.candidate.commit)
  const [texts, trees] = await Promise.all([
    store.readCommits(candidates),
    store.resolve(candidates.map(commit => `${commit}^{tree}`)),
  ])
  const layers: Layer[] = []
  const conflicts: Conflict[] = []
  const noops: TaskId[] = []
  let top = { commit: tip.commit, tree: tip.tree }
  for (const [i, { task, candidate }] of tasks.entries()) {
    const onTip = layers.length === 0
    const put = await putOn(top, candidate, { text: texts[i]!, tree: trees[i]!, task }, world)
    if (put.kind === 'conflict') {
      const withTip =
        onTip || (await store.merge(tip.commit, candidate.commit, candidate.base)).kind === 'conflict'
      conflicts.push({ task, with: withTip ? 'tip' : 'mate', files: put.files })
    } else if (put.kind === 'noop') {
      // What a mate already brings may yet not land: only against the tip is it settled.
      if (onTip) noops.push(task)
      else conflicts.push({ task, with: 'mate', files: [] })
    } else {
      layers.push({ task, ...put.top })
      top = put.top
    }
  }
  return { kind: 'stacked', stack: { tip: tip.commit, tipTree: tip.tree, layers }, conflicts, noops, landed }
}

type Put =
  | { readonly kind: 'put'; readonly top: { readonly commit: Sha; readonly tree: Sha } }
  | { readonly kind: 'noop' }
  | { readonly kind: 'conflict'; readonly files: readonly string[] }

async function putOn(
  top: { readonly commit: Sha; readonly tree: Sha },
  candidate: Candidate,
  own: { readonly text: CommitText; readonly tree: Sha; readonly task: TaskId },
  world: LaneWorld,
): Promise<Put> {
  const { store, settings, clock } = world
  const upon = candidate.base === top.commit
  // Made upon this very commit, it is already what a merge would give.
  const merged = upon
    ? ({ kind: 'clean', tree: own.tree } as const)
    : await store.merge(top.commit, candidate.commit, candidate.base)
  if (merged.kind === 'conflict') return merged
  if (merged.tree === top.tree) return { kind: 'noop' }
  if (upon && world.bookkeeping === null)
    return { kind: 'put', top: { commit: candidate.commit, tree: own.tree } }
  const tree = await archived(merged.tree, own.task, world)
  const committer = signature({ name: settings.gitUserName, email: settings.gitUserEmail }, clock.now())
  return {
    kind: 'put',
    top: { commit: await store.writeCommit(tree, top.commit, { ...own.text, committer }), tree },
  }
}

/** Bookkeeping is made anew on every stack, from the files as they are there: so it never conflicts. */
async function archived(tree: Sha, task: TaskId, world: LaneWorld): Promise<Sha> {
  const { bookkeeping, store, clock, key } = world
  if (bookkeeping === null) return tree
  const [tasksText, doneText] = await Promise.all([
    store.readBlob(tree, bookkeeping.tasksFile),
    store.readBlob(tree, bookkeeping.doneFile),
  ])
  if (tasksText === null) return tree
  const result = archiveTask(tasksText, doneText, bookkeeping.format, task, {
    completedAt: isoTime(clock.now()),
    runKey: key,
  })
  if ('problem' in result) {
    world.log.warning('bookkeeping', `${task}: ${result.problem}`)
    return tree
  }
  return store.replaceFiles(tree, {
    [bookkeeping.tasksFile]: result.tasksText,
    [bookkeeping.doneFile]: result.doneText,
  })
}
