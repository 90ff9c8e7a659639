/** What one tree has otherwise than another. */
import type { Sha } from '../decide/task.ts'
import { gitOk } from './git.ts'
import { parseDiff, type TreeChanges } from './git-output.ts'

const DIFF = 'diff-tree -r -z --no-renames --raw --numstat --abbrev=64'.split(' ')

/** `from` and `to` are trees or commits in the repository at `dir`. */
export async function changesBetween(dir: string, from: Sha, to: Sha): Promise<TreeChanges> {
  return parseDiff(await gitOk(dir, [...DIFF, from, to], { encoding: 'latin1' }))
}
