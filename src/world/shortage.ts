/** Waiting for a machine that has no process or open file to spare. Whoever starts a process or opens a file does it here. */
import { constants } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { shortageIn, shortageOf } from '../decide/shortage.ts'
import { type Clock, systemClock } from './clock.ts'

/** Each wait is twice as long as the one before. */
const FIRST_MS = 50
const LONGEST_MS = 5000
/** In all, for one thing. Then whoever wanted it is told. */
const MOST_MS = 10 * 60_000

interface Patience {
  readonly clock: Pick<Clock, 'sleep'>
  /** Told once, in the machine's own words. */
  readonly tell: (words: string) => void
}

const QUIET: Patience = { clock: systemClock, tell: () => {} }
let patience = QUIET

/** From here on waits are told to `tell`, the first one only, and last by this clock. */
export function waitPatiently(
  tell: (words: string) => void,
  clock: Pick<Clock, 'sleep'> = systemClock,
): void {
  let told = false
  patience = {
    clock,
    tell: words => {
      if (!told) tell(words)
      told = true
    },
  }
}

export interface Attempts<T> {
  /** Ends the waiting: what the last attempt came to counts. */
  readonly signal?: AbortSignal | undefined
  /** Words of what came of an attempt, where a shortage would show. */
  readonly words?: (value: T) => string
}

/** Tries again while the machine is short of processes or open files; of everything else the first word is the last. */
export async function patiently<T>(attempt: () => Promise<T>, attempts: Attempts<T> = {}): Promise<T> {
  const { signal = NEVER, words = () => '' } = attempts
  for (let waited = 0, wait = FIRST_MS; ; waited += wait, wait = Math.min(2 * wait, LONGEST_MS)) {
    let said: string | null
    let end: () => T
    try {
      const value = await attempt()
      said = shortageIn(words(value))
      end = () => value
    } catch (error) {
      said = wasWaitedFor(error) ? null : shortageOf(error)
      end = () => {
        throw waited >= MOST_MS && said !== null ? new StillShort(said, { cause: error }) : error
      }
    }
    if (said === null || waited >= MOST_MS || signal.aborted) return end()
    patience.tell(said)
    await patience.clock.sleep(wait, signal)
  }
}

const NEVER = new AbortController().signal

class StillShort extends Error {}

function wasWaitedFor(error: unknown): boolean {
  return error instanceof StillShort || (error instanceof Error && error.cause instanceof StillShort)
}

/** As node's own. */
export function openFile(
  path: string,
  flags: string | number = constants.O_RDONLY,
  mode?: number,
): Promise<FileHandle> {
  return patiently(() => open(path, flags, mode))
}
