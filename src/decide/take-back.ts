/** Reverts: their messages, when a refused one is pushed again, and what people are told of the search for culprits. */
import type { Findings } from './blame.ts'
import { subjectOf, withTrailers } from './message.ts'
import { listed } from './plain.ts'
import { retryOf } from './refusal.ts'
import type { Lane, Limits, Refusal, Sha, TaskId } from './task.ts'
import { parseTrailers } from './trailer.ts'

export function revertMessage(task: TaskId, commit: Sha, message: string, runKey: string): string {
  const text = `Revert "${subjectOf(message)}"\n\nThis reverts commit ${commit}: the verification fails with it.`
  // Of two tasks of one id it is the one that is defined so.
  return withTrailers(text, { reverts: task, run: runKey, fingerprint: parseTrailers(message).fingerprint })
}

/** Whether reverts go on after their `tries`th refusal; `lane`: as that left it. */
export function triesAgain(refusal: Refusal, tries: number, lane: Lane, limits: Limits): boolean {
  if (lane.closed !== null || tries >= limits.maxPushAttempts) return false
  const retry = retryOf(refusal)
  // The lane starts to count anew where unknown refusals were too many.
  return retry === 'yes' || (retry === 'limited' && lane.unknowns > 0)
}

/** What the search came to, in a sentence or two. */
export function toldFindings(
  { end }: Findings,
  facts: { readonly culprits: readonly TaskId[]; readonly stuck: TaskId | null; readonly base: Sha },
): string {
  const others = facts.culprits.filter(task => task !== facts.stuck)
  const blamed = others.length > 0 ? `The verification fails because of ${listed(others, 10)}. ` : ''
  switch (end) {
    case 'green':
      return `${blamed}Without ${others.length === 1 ? 'it' : 'them'}, it passes.`
    case 'flaky':
      return 'The verification failed once and passed when it ran again: it is flaky. Nobody is blamed.'
    case 'base-red':
      return `The verification already fails on ${facts.base.slice(0, 7)}, where this run began: no task is to blame, and nothing is reverted.`
    case 'others':
      return `${blamed}${blamed === '' ? 'What turned the verification red' : 'What else turns it red'} is no commit of this run's tasks: it is left to whoever pushed it.`
    case 'conflict':
      return `${blamed}${facts.stuck} turned ${blamed === '' ? 'the verification' : 'it'} red, but its revert conflicts with what landed after it. That is left for a person.`
  }
}
