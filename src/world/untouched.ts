/**
 * Files that look changed and are not. Where a repository holds a file otherwise than its own attributes would store it
 * (CRLF under `text`, an old `$Id$` under `ident`), every checkout of it differs from the commit; nobody changed it.
 */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { lstat, mkdir } from 'node:fs/promises'
import type { Sha } from '../decide/task.ts'
import { removeAll } from './files.ts'
import { gitOk } from './git.ts'
import { type Checkout, outside, type RawChange } from './staging.ts'

/** Puts back into the index what is byte for byte as a checkout of `base` writes it. Returns whether there was any. */
export async function restoreUntouched(
  at: Checkout,
  base: Sha,
  all: readonly RawChange[],
  storeDir: string,
): Promise<boolean> {
  const changes = all.filter(({ oldMode, mode }) => /^100/.test(oldMode) && /^100/.test(mode))
  const converted: RawChange[] = []
  for (const change of changes) {
    const raw = await blobOf(pathIn(at.dir, change.path), base.length)
    if (raw !== null && raw !== change.blob) converted.push(change)
  }
  if (converted.length === 0) return false
  const untouched = await asWritten(converted, at, base, storeDir)
  const entries = untouched.map(({ path, mode, oldBlob }) => `${mode} ${oldBlob}\t${path}\0`)
  if (entries.length === 0) return false
  const args = ['update-index', '-z', '--index-info']
  await gitOk(at.dir, args, { env: outside(at, storeDir), input: entries.join(''), encoding: 'latin1' })
  return true
}

/** Checks them out once more, elsewhere, and compares. */
async function asWritten(
  changes: readonly RawChange[],
  at: Checkout,
  base: Sha,
  storeDir: string,
): Promise<readonly RawChange[]> {
  const fresh = { dir: `${at.index}.fresh`, index: `${at.index}.fresh.index` }
  const env = outside(fresh, storeDir)
  try {
    await mkdir(fresh.dir)
    await gitOk(fresh.dir, ['read-tree', base], { env })
    const input = changes.map(({ path }) => `${path}\0`).join('')
    await gitOk(fresh.dir, ['checkout-index', '--quiet', '-z', '--stdin'], { env, input, encoding: 'latin1' })
    const same: RawChange[] = []
    for (const change of changes) {
      const [here, there] = await Promise.all(
        [at.dir, fresh.dir].map(dir => blobOf(pathIn(dir, change.path), base.length)),
      )
      if (here !== null && here === there) same.push(change)
    }
    return same
  } finally {
    await Promise.all([removeAll(fresh.dir), removeAll(fresh.index)])
  }
}

function pathIn(dir: string, path: string): Buffer {
  return Buffer.concat([Buffer.from(`${dir}/`), Buffer.from(path, 'latin1')])
}

/** The name git would give its bytes as they are; null: no regular file that can be read. */
async function blobOf(path: Buffer, shaLength: number): Promise<string | null> {
  const stats = await lstat(path).catch(() => null)
  if (!stats?.isFile()) return null
  const hash = createHash(shaLength === 64 ? 'sha256' : 'sha1').update(`blob ${stats.size}\0`)
  try {
    for await (const chunk of createReadStream(path)) hash.update(chunk)
  } catch {
    return null
  }
  return hash.digest('hex')
}
