/** The branch as the remote has it now, brought into the store. */
import { classifyFetch, classifyPush } from '../decide/refusal.ts'
import type { Refusal, Sha, Stack } from '../decide/task.ts'
import { tail } from '../decide/text.ts'
import type { Said } from '../world/remote.ts'
import type { LaneWorld } from './world.ts'

export type Tip =
  | { readonly kind: 'tip'; readonly commit: Sha; readonly tree: Sha }
  | { readonly kind: 'unreachable'; readonly refusal: Refusal }

/** What the lane remembers from step to step; without it everything is done anew, to the same end. */
export interface Recall {
  /** The tip that a refused push has just read, and when. */
  tip: { readonly value: Extract<Tip, { kind: 'tip' }>; readonly at: number } | null
  /** The last stack that was made. */
  stack: Stack | null
}

/** A tip that was read so many milliseconds ago need not be read again. */
const FRESH_MS = 250

/** The tip; where there is no wait after a lost race, the one that the push has just read. */
export async function freshTip(recall: Recall, world: LaneWorld): Promise<Tip> {
  const known = recall.tip
  recall.tip = null
  return known !== null && world.clock.now() - known.at < FRESH_MS ? known.value : fetchTip(world)
}

export async function fetchTip(world: LaneWorld, signal = world.endLane): Promise<Tip> {
  const ref = `refs/heads/${world.branch}`
  const said = await world.remote.fetch([`+${ref}:${ref}`], {}, signal)
  if (said.exitCode !== 0) return { kind: 'unreachable', refusal: refusalOf(said, 'fetch', world.mask) }
  const [commit, tree] = await world.store.resolve([`${ref}^{commit}`, `${ref}^{tree}`])
  return { kind: 'tip', commit: commit!, tree: tree! }
}

/** A failed command's words as a refusal. */
export function refusalOf(said: Said, what: 'fetch' | 'push', mask: (text: string) => string): Refusal {
  const answer = what === 'fetch' ? classifyFetch(said) : classifyPush(said)
  return { code: answer.kind === 'refused' ? answer.code : 'unknown', output: remoteWords(said, { mask }) }
}

/** What the remote said, for markers and reports: secrets masked, the last 16 KiB. */
export function remoteWords(said: Said, world: Pick<LaneWorld, 'mask'>): string {
  const text = [said.stderr, said.stdout].map(part => part.trim()).filter(part => part !== '')
  return tail(world.mask(text.join('\n')))
}
