/** What one tree has otherwise than another. */
import type { Sha } from '../decide/task.ts'
import { gitOk } from './git.ts'
import { parseDiff, parseDiffs, type TreeChanges } from './git-output.ts'

const DIFF = 'diff-tree -r -z --no-renames --raw --numstat --abbrev=64'.split(' ')

/** `from` and `to` are trees or commits in the repository at `dir`. */
export async function changesBetween(dir: string, from: Sha, to: Sha): Promise<TreeChanges> {
  return parseDiff(await gitOk(dir, [...DIFF, from, to], { encoding: 'latin1' }))
}

/** The same of many pairs of trees, with one git process. */
export async function changesOfPairs(
  dir: string,
  pairs: readonly (readonly [from: Sha, to: Sha])[],
): Promise<readonly TreeChanges[]> {
  if (pairs.length === 0) return []
  const input = pairs.map(([from, to]) => `${from} ${to}\n`).join('')
  return parseDiffs(await gitOk(dir, [...DIFF, '--stdin'], { input, encoding: 'latin1' }))
}
