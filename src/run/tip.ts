/** The branch as the remote has it now, brought into the store. */
import { classifyFetch, classifyPush } from '../decide/refusal.ts'
import type { Refusal, Sha } from '../decide/task.ts'
import { tail } from '../decide/text.ts'
import type { Said } from '../world/remote.ts'
import type { LaneWorld } from './world.ts'

export type Tip =
  | { readonly kind: 'tip'; readonly commit: Sha; readonly tree: Sha }
  | { readonly kind: 'unreachable'; readonly refusal: Refusal }

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
