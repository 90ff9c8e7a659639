/** Where a worker's own repository stands at the end, read as data: its HEAD, what it is in the middle of. */
import { join } from 'node:path'
import type { Operation } from '../decide/failure.ts'
import type { Sha } from '../decide/task.ts'
import { isFile, isFolder, readStart, readText } from './files.ts'
import { git } from './git.ts'
import { headOf } from './git-directory.ts'
import { givenRefs } from './new-git-directory.ts'
import { LONGEST_MS, withObjectsOf } from './staging.ts'

export interface Standing {
  /** The commit that HEAD names; null: it leads nowhere. */
  readonly head: Sha | null
  /**
   * What the worker's change is measured against: the newest commit of the branch that HEAD holds. What the worker pulled
   * counts as the branch, and so does the commit that it began with.
   */
  readonly base: Sha
  /** false: HEAD has nothing in common with the branch, and `base` is what the worker began with. */
  readonly related: boolean
}

/** More would be too long for one command. */
const MOST_GIVEN = 2000

/** `start`: the commit the folder was made at; `branch`: in the store, where it may have moved on since. */
export async function standingOf(
  dir: string,
  start: Sha,
  branch: string,
  storeDir: string,
): Promise<Standing> {
  const gitDir = join(dir, '.git')
  // A link, or a file, leads to somebody else's.
  if (!(await isFolder(gitDir))) return { head: null, base: start, related: true }
  const head = await headOf(gitDir)
  if (head === start) return { head, base: start, related: true }
  if (head === null) return { head, base: start, related: !(await isUnborn(gitDir, branch)) }
  const options = { env: withObjectsOf(dir), timeoutMs: LONGEST_MS }
  // With several commits behind the first: what any of them holds. The worker's own graph file is not believed.
  const commonWith = async (others: readonly string[]): Promise<readonly Sha[] | null> => {
    const args = ['-c', 'core.commitGraph=false', 'merge-base', '--all', head, start, `refs/heads/${branch}`]
    const { exitCode, stdout } = await git(storeDir, [...args, ...others], options)
    return exitCode > 1 ? null : (stdout.split('\n').filter(Boolean) as Sha[])
  }
  const first = await commonWith([])
  // It names a commit that is not there.
  if (first === null) return { head: null, base: start, related: true }
  // Where it went elsewhere, that may be a tag or another branch of the remote: what these hold is not its own either.
  const given = first.includes(start) ? [] : [...new Set((await givenRefs(storeDir)).values())]
  const bases = given.length === 0 ? first : ((await commonWith(given.slice(0, MOST_GIVEN))) ?? first)
  if (bases.length === 0) return { head, base: start, related: await isCutOff(head, storeDir, options) }
  // Several where the worker merged commits that the branch has merged as well.
  return { head, base: bases.includes(start) ? start : bases[0]!, related: true }
}

/** A branch of the worker's own that has no commit yet; where its first branch is gone, the repository is broken. */
async function isUnborn(gitDir: string, branch: string): Promise<boolean> {
  const text = await readStart(join(gitDir, 'HEAD'), 1024)
  const name = /^ref: refs\/heads\/(\S+)\s*$/.exec(text ?? '')?.[1]
  return name !== undefined && name !== branch
}

/** Whether a shallow history ends before it could show what HEAD has in common with the branch. */
async function isCutOff(head: Sha, storeDir: string, options: Parameters<typeof git>[2]): Promise<boolean> {
  const shallow = await readText(join(storeDir, 'shallow'))
  if (shallow === null) return false
  const { stdout } = await git(storeDir, ['rev-list', '--max-parents=0', head], options)
  const ends = new Set(shallow.split('\n').filter(Boolean))
  return stdout.split('\n').some(root => ends.has(root))
}

const UNDER_WAY: readonly (readonly [string, Operation])[] = [
  ['rebase-apply/applying', 'am'],
  ['rebase-apply', 'rebase'],
  ['rebase-merge', 'rebase'],
  ['MERGE_HEAD', 'merge'],
  ['CHERRY_PICK_HEAD', 'cherry-pick'],
  ['REVERT_HEAD', 'revert'],
]

/** What git is in the middle of in the folder; null: nothing. */
export async function operationIn(dir: string): Promise<Operation | null> {
  for (const [name, operation] of UNDER_WAY) {
    const path = join(dir, '.git', name)
    if ((await isFile(path)) || (await isFolder(path))) return operation
  }
  return sequencerIn(dir)
}

/** Between two commits of a row of cherry-picks or reverts only its list of things to do is there. */
async function sequencerIn(dir: string): Promise<Operation | null> {
  const todo = await readStart(join(dir, '.git', 'sequencer', 'todo'), 16)
  if (todo === null) return null
  return todo.startsWith('revert') ? 'revert' : 'cherry-pick'
}
