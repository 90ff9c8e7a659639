/** What asks a run to halt from outside: a signal, the deadline, a file named `stop` in the run directory. */
import { access } from 'node:fs/promises'
import { join } from 'node:path'
import type { Halt } from '../decide/task.ts'

export interface Halts {
  /** Tells each reason to halt, also those that nobody was there for. One listener at a time; returns what ends it. */
  listen(heard: (halt: Halt) => void): () => void
  readonly cancel: AbortSignal
  readonly endWork: AbortSignal
  readonly endLane: AbortSignal
  readonly endRead: AbortSignal
  /** Call on SIGINT or SIGTERM. */
  interrupt(): void
  /** From here on the `stop` file in this folder counts, and the deadline runs. */
  watch(runDir: string, deadlineMs: number | null): void
  [Symbol.dispose](): void
}

const STOP_POLL_MS = 500
/** After a cancel everything is to be written within 5 s (SPEC section 9): what is under way gets part of it. */
const LANE_GRACE_MS = 2500
/** And a push that was cut off then has this long to be looked up on the remote. */
const READ_GRACE_MS = 3700

export function createHalts(): Halts {
  const cancel = new AbortController()
  const deadline = new AbortController()
  const lane = new AbortController()
  const read = new AbortController()
  const arrived: Halt[] = []
  let listener: ((halt: Halt) => void) | null = null
  const timers = new Set<NodeJS.Timeout>()
  const raise = (halt: Halt): void => {
    if (listener) listener(halt)
    else arrived.push(halt)
  }
  return {
    listen: heard => {
      listener = heard
      for (const halt of arrived.splice(0)) heard(halt)
      return () => {
        if (listener === heard) listener = null
      }
    },
    cancel: cancel.signal,
    endWork: AbortSignal.any([cancel.signal, deadline.signal]),
    endLane: lane.signal,
    endRead: read.signal,
    interrupt: () => {
      if (cancel.signal.aborted) return
      raise('signal')
      cancel.abort()
      timers.add(setTimeout(() => lane.abort(), LANE_GRACE_MS).unref())
      timers.add(setTimeout(() => read.abort(), READ_GRACE_MS).unref())
    },
    watch: (runDir, deadlineMs) => {
      if (deadlineMs !== null) {
        const end = (): void => {
          raise('deadline')
          deadline.abort()
        }
        timers.add(setTimeout(end, deadlineMs).unref())
      }
      const poll = setInterval(async () => {
        const there = await access(join(runDir, 'stop')).then(
          () => true,
          () => false,
        )
        if (!there || !timers.delete(poll)) return
        clearInterval(poll)
        raise('stop')
      }, STOP_POLL_MS).unref()
      timers.add(poll)
    },
    [Symbol.dispose]: () => {
      for (const timer of timers) clearTimeout(timer)
      timers.clear()
    },
  }
}
