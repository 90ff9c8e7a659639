/** What is said of the work that a task leaves. */
import { listed } from './plain.ts'

/** Of what a task changed. `unwritten`: there was no room for a bundle; `bundle`: none for the patch beside it. */
export type Kept = boolean | 'unwritten' | 'bundle'

/** Said with every failure that leaves work behind. */
export const KEPT = 'what it changed is kept as `work.bundle` and `work.patch`'
/** The same where it must not leave the machine. */
const KEPT_HERE =
  'what it changed is kept as `work-secret.bundle`, in the run directory alone (it adds a value that is masked, so it is neither uploaded nor pushed), and as `work.patch` without that value'
const BUNDLE_ALONE = 'what it changed is kept as `work.bundle`'
const UNWRITTEN =
  'no bundle of what it changed could be written, so it is in `store.git` of the run directory and in its workspace alone'
const NOTHING_KEPT = 'it had changed nothing'
const NOTHING_IN_LAST = 'its last attempt had changed nothing'
const NOT_STARTED = 'it had not started'
export const ONLY_THERE = 'what it changed could not be taken out of its workspace'

/** Behind a semicolon: what became of what it changed. */
export function keptWords({
  kept = true,
  earlier = [],
  started = true,
  secret = false,
}: {
  readonly kept?: Kept
  /** Attempts before the last whose work is kept as well. */
  readonly earlier?: readonly number[]
  readonly started?: boolean
  readonly secret?: boolean
}): string {
  const ended = earlier.length > 0 ? NOTHING_IN_LAST : NOTHING_KEPT
  return `${lastWords(kept, secret, started ? ended : NOT_STARTED)}${earlierWords(earlier)}`
}

function lastWords(kept: Kept, secret: boolean, nothing: string): string {
  if (kept === 'unwritten') return UNWRITTEN
  if (kept !== false && secret) return KEPT_HERE
  if (kept === 'bundle') return BUNDLE_ALONE
  return kept ? KEPT : nothing
}

function earlierWords(attempts: readonly number[]): string {
  if (attempts.length === 0) return ''
  const names = attempts.map(n => `\`work-${n}.bundle\``)
  return `; what ${attempts.length === 1 ? `attempt ${attempts[0]}` : 'earlier attempts'} had changed is kept as ${listed(names)}`
}
