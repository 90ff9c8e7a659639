import { setTimeout as sleep } from 'node:timers/promises'
import { deferred } from './deferred.ts'
import type { Remote } from './repo.ts'

export type Competitor = AsyncDisposable & {
  /** Commits landed so far. */
  readonly count: number
  /** Resolves when the first has landed. */
  readonly started: Promise<void>
}

/**
 * Somebody who lands a commit of his own on the branch every `everyMs`, until disposed or `most` have landed. Touches
 * only `competitor.txt`.
 */
export function startCompetitor(
  remote: Remote,
  options: { everyMs?: number; branch?: string; most?: number } = {},
): Competitor {
  const { everyMs = 50, branch = remote.branch, most = Number.POSITIVE_INFINITY } = options
  const stopping = new AbortController()
  const first = deferred<void>()
  let count = 0
  let lost = 0

  async function work(): Promise<void> {
    while (!stopping.signal.aborted && count < most) {
      const number = count + 1
      const files = { 'competitor.txt': `${number}\n` }
      try {
        await remote.commit({ branch, files, message: `competitor ${number}` })
        count = number
        first.resolve()
        lost = 0
      } catch (error) {
        // The race for the ref was lost: again, on the new tip. So often in a row it is something else.
        if (++lost > 50) throw error
        continue
      }
      await sleep(everyMs, undefined, { signal: stopping.signal }).catch(() => {})
    }
  }
  const done = work()
  done.catch(() => {}) // told on dispose
  return {
    get count() {
      return count
    },
    get started() {
      return Promise.race([first.promise, done])
    },
    async [Symbol.asyncDispose]() {
      stopping.abort()
      await done
    },
  }
}
