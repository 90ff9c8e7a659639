/** Candidates merged one on another upon the fresh tip, without a checkout. */
import { signature } from '../decide/identity.ts'
import type { Candidate, Layer, Sha, StackResult, StackStep, TaskId } from '../decide/task.ts'
import { archived } from './bookkeeping.ts'
import { part } from './follow-ups.ts'
import { landedSince } from './landed.ts'
import { type CandidateRead, type Recall, tipAfter } from './tip.ts'
import type { LaneWorld } from './world.ts'

type Conflict = Extract<StackResult, { kind: 'stacked' }>['conflicts'][number]

export async function stack(step: StackStep, recall: Recall, world: LaneWorld): Promise<StackResult> {
  const { store } = world
  const tip = await tipAfter(step.waitMs, recall, world)
  if (tip.kind === 'unreachable') return tip
  // Side by side: between this look at the tip and the push the branch should not have had time to move.
  const [onward, landed, reads] = await Promise.all([
    tip.commit === step.tip || store.isAncestor(step.tip, tip.commit),
    tip.commit === step.tip ? [] : landedSince(step.tip, tip.commit, world),
    readAll(step.tasks, recall, world),
  ])
  if (onward) recall.below.add(step.tip)
  else {
    recall.below.clear()
    const [from, to] = [step.tip, tip.commit].map(commit => commit.slice(0, 7))
    world.log.warning(
      'branch moved back',
      `Somebody has moved ${world.branch} from ${from} to ${to}, which does not hold it: what had landed up to there may not be on it any more, though it is reported as landed.`,
    )
  }
  recall.below.add(tip.commit)
  const there = new Set(landed.map(layer => layer.task))
  const layers: Layer[] = []
  const conflicts: Conflict[] = []
  const noops: TaskId[] = []
  let top = { commit: tip.commit, tree: tip.tree }
  for (const [i, { task, candidate }] of step.tasks.entries()) {
    if (there.has(task)) continue
    const onTip = layers.length === 0
    const own = reads[i]!
    const isBelow = await isBelowTip(candidate.base, tip.commit, recall, world)
    const put = await putOn(top, candidate, { ...own, task, isBelow }, world)
    if (put.kind === 'conflict') {
      const alone = onTip ? put : await store.merge(tip.commit, own.commit, candidate.base, isBelow)
      const withTip = alone.kind === 'conflict'
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

/** What the lane needs to know of each candidate; those that were in a stack before are known. */
async function readAll(
  tasks: StackStep['tasks'],
  { read }: Recall,
  world: LaneWorld,
): Promise<readonly CandidateRead[]> {
  const fresh = tasks.map(task => task.candidate).filter(candidate => !read.has(candidate.commit))
  const [texts, parts] = await Promise.all([
    world.store.readCommits(fresh.map(candidate => candidate.commit)),
    part(fresh, world),
  ])
  for (const [i, { commit }] of fresh.entries()) read.set(commit, { ...parts[i]!, text: texts[i]! })
  return tasks.map(({ candidate }) => read.get(candidate.commit)!)
}

/** Whether the tip holds that commit: then it is what a candidate made upon it has in common with the stack. */
async function isBelowTip(base: Sha, tip: Sha, { below }: Recall, { store }: LaneWorld): Promise<boolean> {
  if (below.has(base)) return true
  const isBelow = await store.isAncestor(base, tip)
  if (isBelow) below.add(base)
  return isBelow
}

type Put =
  | { readonly kind: 'put'; readonly top: { readonly commit: Sha; readonly tree: Sha } }
  | { readonly kind: 'noop' }
  | { readonly kind: 'conflict'; readonly files: readonly string[] }

async function putOn(
  top: { readonly commit: Sha; readonly tree: Sha },
  { base }: Candidate,
  own: CandidateRead & { readonly task: TaskId; readonly isBelow: boolean },
  world: LaneWorld,
): Promise<Put> {
  const { store, settings, clock } = world
  const upon = base === top.commit
  // Made upon this very commit, it is already what a merge would give.
  const merged = upon
    ? ({ kind: 'clean', tree: own.tree } as const)
    : await store.merge(top.commit, own.commit, base, own.isBelow)
  if (merged.kind === 'conflict') return merged
  if (merged.tree === top.tree && own.followUps.length === 0) return { kind: 'noop' }
  if (upon && world.bookkeeping === null) return { kind: 'put', top: { commit: own.commit, tree: own.tree } }
  const tree = await archived(merged.tree, own.task, own.followUps, world)
  if (tree === top.tree) return { kind: 'noop' }
  const committer = signature({ name: settings.gitUserName, email: settings.gitUserEmail }, clock.now())
  return {
    kind: 'put',
    top: { commit: await store.writeCommit(tree, top.commit, { ...own.text, committer }), tree },
  }
}
