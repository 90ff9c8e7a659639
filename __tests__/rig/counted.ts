/** Workers that can be counted, and what came of them. */
import type { Site } from './fanout.ts'
import { linesIn } from './temp.ts'

/** The environment of attempt `n` of a workflow run. */
export const attempt = (n: number) => ({ GITHUB_RUN_ID: '77', GITHUB_RUN_ATTEMPT: String(n) })

/** A task whose worker writes a file of its own, and at each start a line to `$STARTS`. */
export const counting = (id: string, more = '') => ({
  id,
  run: `echo ${id} >> "$STARTS"; echo ${id} > ${id}.txt; ${more}`,
})

/** Ids of the workers that were started, sorted. */
export async function startsIn(file: string): Promise<string[]> {
  return (await linesIn(file)).sort()
}

/** Ids of the tasks that the branch holds, sorted. */
export async function landedOn({ remote }: Site): Promise<string[]> {
  return (await remote.trailers('Fanout-Task')).sort()
}
