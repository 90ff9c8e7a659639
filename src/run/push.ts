/** The commit that was gated goes to the branch, or the reason why not comes back. */

import type { PushResult } from '../decide/happened.ts'
import { classifyPush, suspectPaths } from '../decide/refusal.ts'
import type { Layer, PushStep, TaskId } from '../decide/task.ts'
import { fetchTip, type Recall, remoteWords } from './tip.ts'
import type { LaneWorld } from './world.ts'

export async function push(step: PushStep, recall: Recall, world: LaneWorld): Promise<PushResult> {
  const top = step.layers.at(-1)
  if (!top) throw new Error('a push without a candidate')
  const { remote, store, branch } = world
  // Nothing new is pushed once the run is cancelled; what is under way may end.
  if (world.cancel.aborted) return { kind: 'stopped' }
  const said = await remote.push(top.commit, branch, world.endLane)
  const answer = classifyPush(said)
  if (answer.kind === 'accepted') {
    await store.setRef(`refs/heads/${branch}`, top.commit)
    const { commit, tree } = top
    recall.tip = { value: { kind: 'tip', commit, tree }, at: world.clock.now() }
    return { kind: 'landed', bypassed: answer.bypassed }
  }
  // Words can lie in both directions (a lost answer, a retry inside the transport): the remote is what counts.
  const tip = await fetchTip(world, world.endRead)
  // What was seen before the push is old now, however short ago that was.
  recall.tip = tip.kind === 'tip' ? { value: tip, at: world.clock.now() } : null
  if (tip.kind === 'tip' && (await store.isAncestor(top.commit, tip.commit)))
    return { kind: 'landed', bypassed: [] }
  return {
    kind: 'refused',
    refusal: { code: answer.code, output: remoteWords(said, world) },
    suspects: await suspectsOf(step, [answer.reason, ...answer.lines], world),
  }
}

/** The tasks whose commit, or whose changed file, the remote's words name. */
async function suspectsOf(
  step: PushStep,
  lines: readonly string[],
  world: LaneWorld,
): Promise<readonly TaskId[]> {
  const { paths, commits } = suspectPaths(lines)
  if (step.layers.length === 1 || (paths.length === 0 && commits.length === 0)) return []
  const named = (layer: Layer): boolean => commits.some(commit => layer.commit.startsWith(commit))
  const byCommit = step.layers.filter(named).map(layer => layer.task)
  if (byCommit.length > 0) return byCommit
  const suspects: TaskId[] = []
  let below = step.tip
  for (const layer of step.layers) {
    const { raw } = await world.store.changes(below, layer.commit)
    if (raw.some(change => paths.includes(change.path))) suspects.push(layer.task)
    below = layer.commit
  }
  return suspects
}
