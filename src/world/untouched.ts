/**
 * Files that look changed and are not. Where a repository holds a file otherwise than its own attributes would store it
 * (CRLF under `text`, an old `$Id$` under `ident`), every checkout of it differs from the commit; nobody changed it.
 */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { lstat, mkdir } from 'node:fs/promises'
import type { Sha } from '../decide/task.ts'
import { removeAll } from './files.ts'
import { git, gitOk } from './git.ts'
import { parseDiff, type RawChange, type TreeChange } from './git-output.ts'
import { type Checkout, LONGEST_MS, outside, putBack } from './staging.ts'

/**
 * Puts back into the index what is byte for byte as a checkout of `base` writes it, or of what the worker had staged in its
 * place. `filtered`: names of files that a filter stores. Returns whether there was any.
 */
export async function restoreUntouched(
  at: Checkout,
  base: Sha,
  all: readonly RawChange[],
  staged: readonly TreeChange[],
  filtered: ReadonlySet<string>,
  storeDir: string,
): Promise<boolean> {
  const own = new Map(staged.map(change => [change.name, change]))
  const changes = all
    .map(change => {
      const before = own.get(change.name)
      return before === undefined ? change : { ...change, oldMode: before.mode, oldBlob: before.blob }
    })
    .filter(
      ({ oldMode, mode, oldBlob, blob }) => /^100/.test(oldMode) && /^100/.test(mode) && oldBlob !== blob,
    )
  const converted = await storedOtherwise(changes, filtered, at, storeDir)
  if (converted.length === 0) return false
  const untouched = await asWritten(converted, at, base, storeDir)
  // What became of its mode stays.
  const entries = untouched.map(({ name, mode, oldBlob }) => ({ name, mode, blob: oldBlob }))
  return putBack(at, entries, storeDir)
}

/** Whether all tracked files are byte for byte as a checkout of `base` writes them; submodules are not looked into. */
export async function isUntouched(at: Checkout, base: Sha, storeDir: string): Promise<boolean> {
  // By their times and sizes. Compared as git stores them, what a filter converts (Git LFS) would look the same.
  const listed = await gitOk(at.dir, ['diff-files', '--raw', '-z', '--ignore-submodules=all'], {
    env: outside(at, storeDir),
    encoding: 'latin1',
    timeoutMs: LONGEST_MS,
  })
  const { raw } = parseDiff(listed)
  if (raw.length === 0) return true
  if (raw.some(({ oldMode, mode }) => mode !== oldMode || !/^100/.test(mode))) return false
  return (await asWritten(raw, at, base, storeDir)).length === raw.length
}

/**
 * Those that git did not take as they are. All its own conversions (line ends, `$Id$`, encodings) change the length; a filter
 * may make something else of the same file each time.
 */
async function storedOtherwise(
  changes: readonly RawChange[],
  filtered: ReadonlySet<string>,
  at: Checkout,
  storeDir: string,
): Promise<readonly RawChange[]> {
  if (changes.length === 0) return []
  const input = changes.map(({ blob }) => `${blob}\n`).join('')
  const sizes = (await gitOk(storeDir, ['cat-file', '--batch-check=%(objectsize)'], { input })).split('\n')
  const lengths = await Promise.all(
    changes.map(async ({ name }) => (await lstat(pathIn(at.dir, name)).catch(() => null))?.size),
  )
  return changes.filter(
    ({ name }, i) => lengths[i] !== undefined && (lengths[i] !== Number(sizes[i]) || filtered.has(name)),
  )
}

/** Checks them out once more, elsewhere, and compares. */
async function asWritten(
  changes: readonly RawChange[],
  at: Checkout,
  base: Sha,
  storeDir: string,
): Promise<readonly RawChange[]> {
  const fresh = { dir: `${at.index}.fresh`, index: `${at.index}.fresh.index` }
  const env = { ...outside(at, storeDir), GIT_WORK_TREE: fresh.dir, GIT_INDEX_FILE: fresh.index }
  const clear = () => Promise.all([removeAll(fresh.dir), removeAll(fresh.index)])
  try {
    // A process that died may have left one.
    await clear()
    await mkdir(fresh.dir)
    await gitOk(fresh.dir, ['read-tree', base], { env })
    await putBack(
      fresh,
      changes.map(({ name, oldMode, oldBlob }) => ({ name, mode: oldMode, blob: oldBlob })),
      storeDir,
    )
    const input = changes.map(({ name }) => `${name}\0`).join('')
    const args = ['checkout-index', '--quiet', '-z', '--stdin']
    const { exitCode, stderr } = await git(fresh.dir, args, { env, input, encoding: 'latin1' })
    // A filter that fails of what the repository holds cannot have written it either.
    if (exitCode !== 0 && !/ filter /.test(stderr)) throw new Error(`git checkout-index: ${stderr.trim()}`)
    const same: RawChange[] = []
    for (const change of changes) {
      const [here, there] = await Promise.all(
        [at.dir, fresh.dir].map(dir => digest(pathIn(dir, change.name))),
      )
      if (here !== null && here === there) same.push(change)
    }
    return same
  } finally {
    await clear()
  }
}

function pathIn(dir: string, name: string): Buffer {
  return Buffer.concat([Buffer.from(`${dir}/`), Buffer.from(name, 'latin1')])
}

/** Of a regular file's bytes; null: there is none that can be read. */
async function digest(path: Buffer): Promise<string | null> {
  if (!(await lstat(path).catch(() => null))?.isFile()) return null
  const hash = createHash('sha256')
  try {
    for await (const chunk of createReadStream(path)) hash.update(chunk)
  } catch {
    return null
  }
  return hash.digest('hex')
}
