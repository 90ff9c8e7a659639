/**
 * Blobs of a worker's own repository, taken over into the store. They are believed by their content alone: what lies there
 * under the name of another object does not come along.
 */
import { lstat, readFile, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { inflateSync } from 'node:zlib'
import type { Sha } from '../decide/task.ts'
import { filesIn, isFile, makeFolder, removeAll } from './files.ts'
import { git, gitOk } from './git.ts'
import { algorithmOf, writeLoose } from './loose.ts'
import { type Checkout, LONGEST_MS, withObjectsOf } from './staging.ts'

/** Larger ones, as they lie on the disk, are left to git: reading one holds everything else up. */
const LARGEST_READ = 4 * 1024 * 1024

/** Returns those that are in neither of the two, or are not what they are called. */
export async function takeBlobs(
  at: Checkout,
  blobs: readonly Sha[],
  storeDir: string,
): Promise<ReadonlySet<Sha>> {
  const rest: Sha[] = []
  for (const blob of new Set(blobs)) if (!(await takeLoose(at.dir, blob, storeDir))) rest.push(blob)
  const missing = await missingIn(storeDir, rest)
  if (missing.length === 0) return new Set()
  await takePacked(at, missing, storeDir)
  return new Set(await missingIn(storeDir, missing))
}

/** What a worker's `git add` writes: most often that is all, and no process is needed. */
async function takeLoose(dir: string, blob: Sha, storeDir: string): Promise<boolean> {
  const file = join(dir, '.git', 'objects', blob.slice(0, 2), blob.slice(2))
  const stats = await lstat(file).catch(() => null)
  if (!stats?.isFile() || stats.size > LARGEST_READ) return false
  try {
    const object = inflateSync(await readFile(file), { maxOutputLength: 16 * LARGEST_READ })
    const start = object.indexOf(0) + 1
    if (!object.toString('latin1', 0, start).startsWith('blob ')) return false
    return writeLoose(storeDir, 'blob', object.subarray(start), algorithmOf(blob)) === blob
  } catch {
    return false
  }
}

async function missingIn(storeDir: string, blobs: readonly Sha[]): Promise<readonly Sha[]> {
  if (blobs.length === 0) return []
  const input = blobs.map(blob => `${blob}\n`).join('')
  const lines = (await gitOk(storeDir, ['cat-file', '--batch-check'], { input })).split('\n')
  return blobs.filter((_, i) => !/ blob \d+$/.test(lines[i] ?? ''))
}

/** `index-pack` names each object anew, by its content. */
async function takePacked(at: Checkout, blobs: readonly Sha[], storeDir: string): Promise<void> {
  const aside = `${at.index}.objects`
  const packs = join(storeDir, 'objects', 'pack')
  try {
    await removeAll(aside)
    await makeFolder(aside)
    const input = blobs.map(blob => `${blob}\n`).join('')
    const env = withObjectsOf(at.dir)
    await git(storeDir, ['pack-objects', '--quiet', '--missing=allow-any', join(aside, 'pack')], {
      env,
      input,
      timeoutMs: LONGEST_MS,
    })
    for (const name of (await filesIn(aside)).filter(each => each.endsWith('.pack'))) {
      const pack = join(aside, name)
      const index = pack.replace(/pack$/, 'idx')
      await removeAll(index)
      await git(storeDir, ['index-pack', pack], { timeoutMs: LONGEST_MS })
      if (!(await isFile(index))) continue
      await makeFolder(packs)
      await rename(pack, join(packs, name))
      await rename(index, join(packs, name.replace(/pack$/, 'idx')))
    }
  } finally {
    await removeAll(aside)
  }
}
