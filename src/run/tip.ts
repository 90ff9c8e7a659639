/** The branch as the remote has it now, brought into the store. */
import { jitter, watchOf } from '../decide/backoff.ts'
import type { Failure } from '../decide/failure.ts'
import { classifyFetch, classifyPush } from '../decide/refusal.ts'
import type { Refusal, Sha } from '../decide/task.ts'
import { tail } from '../decide/text.ts'
import type { CommitText, TreeChange } from '../world/git-output.ts'
import type { Said } from '../world/remote.ts'
import type { Parted } from './follow-ups.ts'
import type { LaneWorld } from './world.ts'

export type Tip =
  | { readonly kind: 'tip'; readonly commit: Sha; readonly tree: Sha }
  | { readonly kind: 'unreachable'; readonly refusal: Refusal }

interface Seen {
  readonly value: Extract<Tip, { kind: 'tip' }>
  /** Milliseconds since the epoch. */
  readonly at: number
}

/** What the lane remembers from step to step; without it everything is done anew, to the same end. */
export interface Recall {
  /** The tip as it was last seen, and when. */
  tip: Seen | null
  /** Candidates that were in a stack, by their commit. */
  readonly read: Map<Sha, CandidateRead>
}

export function nothingRecalled(): Recall {
  return { tip: null, read: new Map() }
}

export interface CandidateRead extends Parted {
  readonly text: CommitText
  /** What it changes on its base; null: its tree is none that git would write. */
  readonly changes: readonly TreeChange[] | null
  /** Why none of it may land, wherever it is put; null: nothing is known to be wrong. */
  readonly wrong: Failure | null
}

/** A tip that was read so many milliseconds ago need not be read again. */
const FRESH_MS = 250

/** Less time than this is not worth a question to the remote. */
const MIN_WATCH_MS = 50

/** The tip to stack upon, after the wait that a failed push costs. */
export async function tipAfter(waitMs: number, recall: Recall, world: LaneWorld): Promise<Tip> {
  const { clock } = world
  const before = recall.tip
  if (waitMs === 0 && before !== null && clock.now() - before.at < FRESH_MS) return before.value
  const until = clock.now() + waitMs
  await clock.sleep(jitter(waitMs, clock.random()), world.cancel)
  const found = await fetchTip(world)
  if (found.kind === 'unreachable') return found
  const tip = waitMs === 0 || before === null ? found : await rightAfterMove(found, before, until, world)
  recall.tip = { value: tip, at: clock.now() }
  return tip
}

/** Others move the branch: what is left of the wait goes into beginning right after a move of theirs. */
async function rightAfterMove(
  found: Seen['value'],
  before: Seen,
  until: number,
  world: LaneWorld,
): Promise<Seen['value']> {
  const { clock, store, cancel } = world
  if (found.commit === before.value.commit) return found
  if (until - clock.now() < MIN_WATCH_MS) return found
  const moves = (await store.messages(before.value.commit, found.commit)).length
  const watch = watchOf(moves, clock.now() - before.at)
  if (watch === null) return found
  const end = Math.min(until, clock.now() + watch.forMs)
  while (clock.now() + watch.everyMs < end && !cancel.aborted) {
    await clock.sleep(watch.everyMs, cancel)
    const later = await fetchTip(world)
    if (later.kind === 'unreachable') return found
    if (later.commit !== found.commit) return later
  }
  return found
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
