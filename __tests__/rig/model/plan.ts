/** Plans and limits made by hand, for tests of the pure decisions. */
import { dependantsOf } from '../../../src/decide/graph.ts'
import type { Limits, Plan, Sha, Task, TaskId } from '../../../src/decide/task.ts'

export type TaskSketch = { readonly id: string; readonly needs?: readonly string[] } & Partial<
  Omit<Task, 'id' | 'needs'>
>

export const idOf = (text: string): TaskId => text as TaskId
export const shaOf = (text: string): Sha => text as Sha

/** The tasks in file order; needs name tasks of the same list. */
export function planOf(sketches: readonly TaskSketch[]): Plan {
  const tasks = sketches.map(
    ({ id, needs = [], ...rest }): Task => ({
      id: idOf(id),
      title: id,
      prompt: null,
      run: null,
      needs: needs.map(idOf),
      paths: [],
      env: {},
      timeoutMinutes: null,
      retries: null,
      commitMessage: null,
      status: 'todo',
      notBefore: null,
      fingerprint: '0'.repeat(12),
      ...rest,
    }),
  )
  const index = new Map(tasks.map((task, i) => [task.id, i]))
  const needs = tasks.map(task => task.needs.map(need => index.get(need)!))
  return { tasks, index, needs, dependants: dependantsOf(needs) }
}

/** The action's defaults, with four workers. */
export const LIMITS: Limits = {
  workers: 4,
  maxTasks: 0,
  maxFailures: 0,
  retries: 0,
  gate: true,
  gateSlots: 1,
  maxBatch: 0,
  remediate: false,
  maxRemediations: 2,
  maxPushAttempts: 50,
  pushBackoffMs: [500, 2000, 5000, 10000],
}
