/** Events outside the loop, under the loop's own rule: on disk before they take effect. */
import { apply } from '../decide/apply.ts'
import type { Event } from '../decide/happened.ts'
import { isoTime } from '../decide/identity.ts'
import type { Limits, RunState } from '../decide/task.ts'
import type { Happened } from './loop.ts'
import type { Opened } from './run.ts'

export interface Book {
  readonly state: RunState
  /** Rejects when the disk does not take it. */
  take(happened: Happened): Promise<void>
}

export function openBook(start: RunState, limits: Limits, { world, journal, observe }: Opened): Book {
  let state = start
  return {
    get state() {
      return state
    },
    async take(happened) {
      const event = { ...happened, at: isoTime(world.clock.now()) } as Event
      journal.append(event)
      await journal.flush()
      state = apply(world.plan, state, limits, event)
      observe(event, state)
    },
  }
}
