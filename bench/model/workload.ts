/** What all models are given: tasks, when their work is done, which of them are bad, and what things cost. */
import { type Chance, chanceOf } from '../../__tests__/rig/model/chance.ts'

export interface Workload {
  readonly tasks: number
  /** Chance that a task's change turns every tree red that holds it. */
  readonly failure: number
  readonly gateMs: number
  readonly seed: number
}

/** Of each runner. */
export const WORKERS = 32
/** On average; how long each takes is exponential. */
export const WORK_MS = 60_000

/** What a far remote takes for a fetch and for a push, and what a merge takes. */
export const FETCH_MS = 500
export const PUSH_MS = 1000
export const MERGE_MS = 5

export interface Outcome {
  readonly landed: number
  /** Ended as red, and given up after too many lost races. */
  readonly red: number
  readonly givenUp: number
  /** From the start to the last landing. */
  readonly hours: number
  readonly gates: number
  readonly lostRaces: number
  /** Of each landed task, from the end of its work to the branch. */
  readonly waitMinutes: readonly number[]
}

/** Bad tasks are the same ones for every model of one seed. */
export function badTasks({ tasks, failure, seed }: Workload): readonly boolean[] {
  const chance = chanceOf(seed)
  return Array.from({ length: tasks }, () => chance.happens(failure))
}

export function workMs(chance: Chance): number {
  return -Math.log((chance.below(1_000_000) + 1) / 1_000_000) * WORK_MS
}
