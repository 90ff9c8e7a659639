/**
 * Who turned the verification red. The search is a dialogue: it asks for the verdict on one tree after another and
 * ends with its findings. It performs nothing: run/culprits.ts answers.
 *
 * Every landed commit of the run is a point, oldest first. In the first prefix that is red, the last point is the
 * suspect. The branch without it is verified next: green proves the blame at once. If that is red as well, the suspect
 * has to be red a second time, and green right below it; then the search goes on without it. So a culprit among n
 * points costs at most ceil(log2 n) + 2 verifications, the first of them that of the base.
 */
import { search } from './search.ts'
import type { Sha, TaskId } from './task.ts'

export interface Point {
  readonly commit: Sha
  /** null: somebody else's, on top of all that landed. Commits of others in between are no points. */
  readonly task: TaskId | null
}

/** A tree to be verified: the branch up to a point, without what others of them changed. */
export interface Look {
  /** 1-based; 0 is the base: the branch below the first point. */
  readonly upTo: number
  /** The branch right below that point: what somebody else may have pushed in between is in it, the point is not. */
  readonly below: boolean
  /** Points to be reverted, ascending. */
  readonly without: readonly number[]
  /** How often it must have been red to be called red: 2 where a blame depends on it. */
  readonly reds: 1 | 2
}

/** `conflict`: there is no such tree, because what it is to be without does not come out cleanly. */
export type LookVerdict = 'green' | 'red' | 'conflict'

export interface Findings {
  /** Points, ascending. */
  readonly culprits: readonly number[]
  /** Why the search ended; only after `green` is the branch without the culprits known to pass. */
  readonly end: 'green' | 'flaky' | 'base-red' | 'others' | 'conflict'
  /** The culprit that cannot be reverted, at `conflict`. */
  readonly stuck: number | null
}

/** The points of a branch, from its commits since the run began, oldest first; `own`: landed commit -> task. */
export function pointsOf(commits: readonly Sha[], own: ReadonlyMap<Sha, TaskId>): readonly Point[] {
  const points: Point[] = commits.flatMap(commit => {
    const task = own.get(commit)
    return task === undefined ? [] : [{ commit, task }]
  })
  const tip = commits.at(-1)
  return tip === undefined || own.has(tip) || points.length === 0
    ? points
    : [...points, { commit: tip, task: null }]
}

/** At least one point; the last one, the tip, has been red once. */
export function* blame(points: readonly Point[]): Generator<Look, Findings, LookVerdict> {
  const last = points.length
  const culprits: number[] = []
  const found = (end: Findings['end'], stuck: number | null = null): Findings => ({ culprits, end, stuck })
  const look = (upTo: number, without: readonly number[], reds: 1 | 2 = 1, below = false): Look => ({
    upTo,
    below,
    without,
    reds,
  })

  if ((yield look(last, [], 2)) !== 'red') return found('flaky')
  if ((yield look(0, [])) !== 'green') return found('base-red')
  // Up to here it is green without the culprits.
  let green = 0
  const verdicts = new Map<number, boolean>()
  while (green < last) {
    const asked = search(
      prefix => (prefix <= green ? true : prefix === last ? false : verdicts.get(prefix)),
      last,
      1,
    )
    if (asked.kind === 'gate') {
      for (const prefix of asked.prefixes) verdicts.set(prefix, (yield look(prefix, culprits)) === 'green')
      continue
    }
    if (asked.kind !== 'culprit') throw new Error(`a red branch whose search ends ${asked.kind}`)
    const suspect = asked.prefix
    if (suspect === last && (yield look(last, culprits, 2)) === 'green') return found('green')
    if (points[suspect - 1]?.task === null) return found('others')
    const after = yield look(last, [...culprits, suspect])
    if (after === 'green') {
      culprits.push(suspect)
      return found('green')
    }
    if ((yield look(suspect, culprits, 2)) !== 'red') {
      // Red by chance: the one that is to blame came later.
      green = suspect
      continue
    }
    if ((yield look(suspect, culprits, 1, true)) !== 'green') return found('others')
    culprits.push(suspect)
    if (after === 'conflict') return found('conflict', suspect)
    green = suspect
    verdicts.clear()
  }
  return found('others')
}
