/** Files that a worker has taken out of its folder by `git sparse-checkout`: they are not there, and nobody removed them. */
import { join } from 'node:path'
import { isFile } from './files.ts'
import type { RawChange } from './git-output.ts'
import { type Checkout, listOwnIndex, putBack } from './staging.ts'

/** Puts back into our index what is missing and skipped by the worker's own. Returns whether there was any. */
export async function restoreSkipped(
  at: Checkout,
  changes: readonly RawChange[],
  storeDir: string,
): Promise<boolean> {
  const gone = changes.filter(({ status }) => status.startsWith('D'))
  if (gone.length === 0 || !(await isFile(join(at.dir, '.git', 'info', 'sparse-checkout')))) return false
  const listed = await listOwnIndex(at, ['-t'], storeDir)
  const skipped = new Set(listed.filter(line => line.startsWith('S ')).map(line => line.slice(2)))
  const entries = gone
    .filter(({ name }) => skipped.has(name))
    .map(({ name, oldMode, oldBlob }) => ({ name, mode: oldMode, blob: oldBlob }))
  return putBack(at, entries, storeDir)
}
