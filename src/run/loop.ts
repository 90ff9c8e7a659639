/** The orchestrator: a pure function and a few lines of shell. No pool, no mutex, no queue. */
import { apply, settle } from '../decide/apply.ts'
import { isoTime } from '../decide/identity.ts'
import { next } from '../decide/next.ts'
import type { Event, Halt, Limits, Plan, RunState, Step } from '../decide/task.ts'
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
  /** Resolves when something outside asks the run to halt; then again for the next reason. */
  readonly halts: () => Promise<Halt>
  /** Called when the journal cannot be written: all that runs is to end. */
  readonly giveUp: () => void
  /** Told of every event after it took effect. */
  readonly observe: (event: Event, state: RunState) => void
}

type Running = Map<string, Promise<{ key: string; happened: Happened }>>

/**
 * Runs until nothing is left to do. Every event is on disk before it takes effect; rejects when the disk does not
 * take one, once everything that ran has ended.
 */
export async function loop(plan: Plan, start: RunState, limits: Limits, world: LoopWorld): Promise<RunState> {
  const running: Running = new Map()
  try {
    return await turn(plan, start, limits, world, running)
  } catch (error) {
    world.giveUp()
    await Promise.all(running.values())
    throw error
  }
}

async function turn(
  plan: Plan,
  start: RunState,
  limits: Limits,
  world: LoopWorld,
  running: Running,
): Promise<RunState> {
  const now = (): string => isoTime(world.clock.now())
  let state = settle(plan, start, limits, now())
  let halt = world.halts()
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
        world.perform(step, state).then(happened => ({ key, happened })),
      )
    }
    if (running.size === 0) return state
    const first = await Promise.race([...running.values(), halt.then(value => ({ key: null, value }))])
    if (first.key === null) {
      halt = world.halts()
      take({ type: 'halted', halt: first.value })
    } else {
      running.delete(first.key)
      take(first.happened)
    }
    // What follows from it starts only after the flush above: one write holds the event and its consequences.
  }
}

function keyOf(step: Step): string {
  return 'task' in step ? `${step.kind} ${step.task}` : 'lane'
}
