/** The orchestrator: a pure function and a few lines of shell. No pool, no mutex, no queue. */
import { apply, settle } from '../decide/apply.ts'
import type { Event } from '../decide/happened.ts'
import { isoTime } from '../decide/identity.ts'
import { next } from '../decide/next.ts'
import type { Halt, Limits, Plan, RunState, Step } from '../decide/task.ts'
import type { Clock } from '../world/clock.ts'
import type { Journal } from '../world/journal.ts'

type Untimed<E> = E extends Event ? Omit<E, 'at'> : never
/** An event that the journal has not dated yet. */
export type Happened = Untimed<Event>

export interface LoopWorld {
  readonly clock: Clock
  readonly journal: Journal
  /** Never rejects: what goes wrong inside is an event too. */
  readonly perform: (step: Step, state: RunState) => Promise<Happened>
  /** Told what outside asks the run to halt, until what it returns is called. */
  readonly listen: (heard: (halt: Halt) => void) => () => void
  /** Called when the journal cannot be written: all that runs is to end. */
  readonly giveUp: () => void
  /** Told of every event after it took effect. */
  readonly observe: (event: Event, state: RunState) => void
}

/** What is under way, by key. */
type Running = Map<string, Promise<void>>

/** What happened to the step of that key; null: from outside. */
interface Answer {
  readonly key: string | null
  readonly happened: Happened
}

/** Answers that have come and are not taken yet. */
interface Inbox {
  readonly put: (answer: Answer) => void
  /** All there are; waits while there is none. */
  readonly take: () => Promise<readonly Answer[]>
}

function openInbox(): Inbox {
  const answers: Answer[] = []
  let wake = (): void => {}
  return {
    put: answer => {
      answers.push(answer)
      wake()
    },
    take: async () => {
      if (answers.length === 0) {
        await new Promise<void>(resolve => {
          wake = resolve
        })
      }
      return answers.splice(0)
    },
  }
}

/**
 * Runs until nothing is left to do. Every event is on disk before it takes effect; rejects when the disk does not
 * take one, once everything that ran has ended.
 */
export async function loop(plan: Plan, start: RunState, limits: Limits, world: LoopWorld): Promise<RunState> {
  const running: Running = new Map()
  const inbox = openInbox()
  const deaf = world.listen(halt => inbox.put({ key: null, happened: { type: 'halted', halt } }))
  try {
    return await turn(plan, start, limits, world, running, inbox)
  } catch (error) {
    world.giveUp()
    await Promise.all(running.values())
    throw error
  } finally {
    deaf()
  }
}

async function turn(
  plan: Plan,
  start: RunState,
  limits: Limits,
  world: LoopWorld,
  running: Running,
  inbox: Inbox,
): Promise<RunState> {
  const now = (): string => isoTime(world.clock.now())
  let state = settle(plan, start, limits, now())
  const take = (happened: Happened): void => {
    const event = { ...happened, at: now() } as Event
    world.journal.append(event)
    state = apply(plan, state, limits, event)
    world.observe(event, state)
  }
  for (;;) {
    const steps = next(plan, state, limits)
    for (const step of steps) take({ type: 'began', step })
    await world.journal.flush()
    for (const step of steps) {
      const key = keyOf(step)
      running.set(
        key,
        world.perform(step, state).then(happened => inbox.put({ key, happened })),
      )
    }
    if (running.size === 0) return state
    // All that came meanwhile: one flush is enough for them.
    for (const { key, happened } of await inbox.take()) {
      if (key !== null) running.delete(key)
      take(happened)
    }
    // What follows starts only after the flush above: one write holds the events and their consequences.
  }
}

function keyOf(step: Step): string {
  return 'task' in step ? `${step.kind} ${step.task}` : 'lane'
}
