/** Candidates merged one on another upon the fresh tip, without a checkout. */
import type { Changes } from '../decide/changes.ts'
import { type Conflict, groupConflicts } from '../decide/conflict.ts'
import { explain } from '../decide/explain.ts'
import type { Failure } from '../decide/failure.ts'
import type { StackResult } from '../decide/happened.ts'
import { signature } from '../decide/identity.ts'
import type { Candidate, Layer, Sha, StackStep, TaskId } from '../decide/task.ts'
import type { TreeChange } from '../world/git-output.ts'
import { archived } from './bookkeeping.ts'
import { part } from './follow-ups.ts'
import { landedSince } from './landed.ts'
import { scopeProblem } from './scope.ts'
import { secretProblem } from './secret.ts'
import { type CandidateRead, type Recall, tipAfter } from './tip.ts'
import type { LaneWorld } from './world.ts'

type Stacked = Extract<StackResult, { kind: 'stacked' }>
type Refused = NonNullable<Stacked['refused']>[number]

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
  if (!onward) {
    const [from, to] = [step.tip, tip.commit].map(commit => commit.slice(0, 7))
    world.log.warning(
      'branch moved back',
      `Somebody has moved ${world.branch} from ${from} to ${to}, which does not hold it: what had landed up to there may not be on it any more, though it is reported as landed.`,
    )
  }
  const there = new Set(landed.map(layer => layer.task))
  const layers: Layer[] = []
  const conflicts: Stacked['conflicts'][number][] = []
  const refused: Refused[] = []
  const noops: TaskId[] = []
  let top: Top = tip
  for (const [i, { task, candidate }] of step.tasks.entries()) {
    if (there.has(task)) continue
    const onTip = layers.length === 0
    const own = { ...reads[i]!, task, candidate }
    const put = await putOn(top, own, world)
    // What a mate brings along may yet not land: only against the tip is it settled.
    const alone = onTip || put.kind === 'put' ? put : await mergeOn(tip, own, world)
    if (put.kind === 'conflict') {
      const files = put.conflicts.map(({ file }) => file)
      const how = groupConflicts(put.conflicts)
      conflicts.push({ task, with: alone.kind === 'conflict' ? 'tip' : 'mate', files, how })
    } else if (put.kind === 'refused') {
      refused.push({ task, with: alone.kind === 'refused' ? 'tip' : 'mate', failure: put.failure })
      if (alone.kind === 'refused' && candidate.source === 'blocked') tellKept(task, put.failure, world)
    } else if (put.kind === 'noop') {
      if (onTip) noops.push(task)
      else conflicts.push({ task, with: 'mate', files: [] })
    } else {
      const { commit, tree, changes } = put
      layers.push({ task, commit, tree, ...(changes ? { changes } : {}) })
      top = put
    }
  }
  const result = { stack: { tip: tip.commit, tipTree: tip.tree, layers }, conflicts, noops, landed }
  return { kind: 'stacked', ...result, ...(refused.length > 0 ? { refused } : {}) }
}

/** Its worker will run: whoever kept that work, or put it there, is to know why it is not used. */
function tellKept(task: TaskId, failure: Failure, world: LaneWorld): void {
  const { what } = explain(failure, { branch: world.branch })
  world.log.notice('blocked work', world.mask(`${task}: work kept by an earlier run is not used. ${what}`))
}

/** What the lane needs to know of each candidate; those that were in a stack before are known. */
async function readAll(
  tasks: StackStep['tasks'],
  { read }: Recall,
  world: LaneWorld,
): Promise<readonly CandidateRead[]> {
  const { store } = world
  const fresh = tasks.map(task => task.candidate).filter(candidate => !read.has(candidate.commit))
  const [texts, parts, bases] = await Promise.all([
    store.readCommits(fresh.map(candidate => candidate.commit)),
    part(fresh, world),
    store.resolve(fresh.map(candidate => `${candidate.base}^{tree}`)),
  ])
  for (const [i, { commit, source }] of fresh.entries()) {
    const changes = await store.changedFiles(bases[i]!, parts[i]!.tree).catch(() => null)
    // A worker's own was looked through when it ended.
    const wrong =
      changes === null
        ? DISORDER
        : source === 'blocked'
          ? await secretProblem(bases[i]!, await treeOf(commit, world), changes, world)
          : null
    read.set(commit, { ...parts[i]!, text: texts[i]!, changes, wrong })
  }
  return tasks.map(({ candidate }) => read.get(candidate.commit)!)
}

async function treeOf(commit: Sha, { store }: LaneWorld): Promise<Sha> {
  const [tree] = await store.resolve([`${commit}^{tree}`])
  return tree!
}

interface Top {
  readonly commit: Sha
  readonly tree: Sha
}

interface Own extends CandidateRead {
  readonly task: TaskId
  readonly candidate: Candidate
}

type Merged =
  | { readonly kind: 'clean'; readonly tree: Sha; readonly changes?: Changes }
  | { readonly kind: 'noop' }
  | { readonly kind: 'conflict'; readonly conflicts: readonly Conflict[] }
  | { readonly kind: 'refused'; readonly failure: Failure }

/** The candidate's work as a change of `top`, and whether its task may change that. */
async function mergeOn(top: Top, own: Own, world: LaneWorld): Promise<Merged> {
  const { store, plan } = world
  const { base } = own.candidate
  if (own.wrong !== null || own.changes === null) return { kind: 'refused', failure: own.wrong ?? DISORDER }
  // Made upon this very commit, it is already what a merge would give.
  const merged =
    base === top.commit
      ? ({ kind: 'clean', tree: own.tree } as const)
      : await store.merge(top.commit, own.commit, base)
  if (merged.kind === 'conflict') return merged
  // By files: old tools write the same tree in other ways.
  const changes = await store.changedFiles(top.tree, merged.tree)
  if (changes.length === 0 && own.followUps.length === 0) return { kind: 'noop' }
  const task = plan.tasks[plan.index.get(own.task) ?? -1]
  const failure = task ? await scopeProblem(task, changes, merged.tree, world) : null
  if (failure !== null) return { kind: 'refused', failure }
  if (isSameChange(changes, own.changes)) return { kind: 'clean', tree: merged.tree }
  const { stat } = await store.changes(top.tree, merged.tree)
  return { kind: 'clean', tree: merged.tree, changes: stat }
}

const DISORDER: Failure = {
  code: 'out-of-scope',
  problems: ['its tree: a folder holds a name twice or out of order, as no git writes it'],
}

function isSameChange(some: readonly TreeChange[], others: readonly TreeChange[]): boolean {
  return (
    some.length === others.length &&
    some.every(({ name, oldBlob, blob, oldMode, mode }, i) => {
      const other = others[i]!
      return (
        name === other.name &&
        oldBlob === other.oldBlob &&
        blob === other.blob &&
        oldMode === other.oldMode &&
        mode === other.mode
      )
    })
  )
}

type Put = { readonly kind: 'put'; readonly changes?: Changes } & Top

async function putOn(
  top: Top,
  own: Own,
  world: LaneWorld,
): Promise<Put | Exclude<Merged, { kind: 'clean' }>> {
  const { store, settings, clock } = world
  const merged = await mergeOn(top, own, world)
  if (merged.kind !== 'clean') return merged
  const { tree: work, ...told } = merged
  if (own.candidate.base === top.commit && world.bookkeeping === null)
    return { kind: 'put', commit: own.commit, tree: own.tree }
  const tree = await archived(work, own.task, own.followUps, world)
  if (tree === top.tree) return { kind: 'noop' }
  const committer = signature({ name: settings.gitUserName, email: settings.gitUserEmail }, clock.now())
  const commit = await store.writeCommit(tree, top.commit, { ...own.text, committer })
  const { changes } = told
  return { kind: 'put', commit, tree, ...(changes ? { changes } : {}) }
}
