/** A full disk is waited for: another task that ends, or a person, may make room; and finished work is dear. */
import { isFullDisk } from '../decide/disk.ts'
import type { Clock } from './clock.ts'
import type { Log } from './log.ts'

/**
 * Tries until there was room. Rejects with what `act` rejected with: at once where that is something else, where `signal`
 * aborts, or when nothing of the run has found room for so long that waiting is no use.
 */
export type Patience = <T>(what: string, act: () => Promise<T>, signal: AbortSignal) => Promise<T>

/** Long enough for what else runs to end and be cleared away, and short enough for a run that nobody looks after. */
export const PATIENCE_MS = 10_000
const FIRST_PAUSE_MS = 100
const LONGEST_PAUSE_MS = 2000

/** `where`: a folder on the disk in question, for the words. */
export function openPatience(where: string, clock: Clock, log: Log): Patience {
  /** When the disk was first seen full; null: there was room at the last look. */
  let since: number | null = null
  return async (what, act, signal) => {
    for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(2 * pause, LONGEST_PAUSE_MS)) {
      try {
        const result = await act()
        since = null
        return result
      } catch (error) {
        if (!isFullDisk(error)) throw error
        if (since === null) {
          since = clock.now()
          log.warning(
            'disk',
            `The disk of ${where} is full. ${what} waits for room, for at most ${PATIENCE_MS / 1000} s; nothing is lost.`,
          )
        }
        if (clock.now() - since >= PATIENCE_MS || signal.aborted) throw error
        await clock.sleep(pause, signal)
      }
    }
  }
}
