/** Files that a worker has taken out of its folder by `git sparse-checkout`: they are not there, and nobody removed them. */
import { lstat } from 'node:fs/promises'
import { join } from 'node:path'
import { git, gitOk } from './git.ts'
import type { RawChange } from './git-output.ts'
import { type Checkout, LONGEST_MS, outside, withObjectsOf } from './staging.ts'

/** Puts back into our index what is missing and skipped by the worker's own. Returns whether there was any. */
export async function restoreSkipped(
  at: Checkout,
  changes: readonly RawChange[],
  storeDir: string,
): Promise<boolean> {
  const gone = changes.filter(({ status }) => status.startsWith('D'))
  const [patterns, index] = ['info/sparse-checkout', 'index'].map(name => join(at.dir, '.git', name))
  if (gone.length === 0 || !(await isFile(patterns!)) || !(await isFile(index!))) return false
  const env = outside(at, storeDir)
  // As data: what an index may order (a monitor, a split) our configuration switches off.
  const { exitCode, stdout } = await git(at.dir, ['ls-files', '-t', '-z'], {
    env: { ...env, ...withObjectsOf(at.dir), GIT_INDEX_FILE: index! },
    encoding: 'latin1',
    timeoutMs: LONGEST_MS,
  })
  if (exitCode !== 0) return false
  const listed = stdout.split('\0').filter(line => line.startsWith('S '))
  const skipped = new Set(listed.map(line => line.slice(2)))
  const entries = gone
    .filter(({ name }) => skipped.has(name))
    .map(({ name, oldMode, oldBlob }) => `${oldMode} ${oldBlob}\t${name}\0`)
  if (entries.length === 0) return false
  const args = ['update-index', '-z', '--index-info']
  await gitOk(at.dir, args, { env, input: entries.join(''), encoding: 'latin1' })
  return true
}

async function isFile(path: string): Promise<boolean> {
  return (await lstat(path).catch(() => null))?.isFile() ?? false
}
