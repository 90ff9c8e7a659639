/**
 * The worker's own index, read as data: what it staged or committed and the folder's files do not show (`git rm --cached`,
 * an executable bit, ignored files added by force) is in there alone.
 */
import { createHash } from 'node:crypto'
import { copyFile, lstat, readFile, rename, utimes, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { Sha } from '../decide/task.ts'
import { isFile, makeFolder, namesIn, openRegular, removeAll, writeAtomic } from './files.ts'
import { git, gitOk } from './git.ts'
import { parseDiff, type TreeChange } from './git-output.ts'
import { algorithmOf } from './loose.ts'
import { type Checkout, LONGEST_MS, outside, withObjectsOf } from './staging.ts'

/** Has our index of the folder be what the worker's own holds. null: it is ours as it was made, nothing was staged. */
export async function adoptIndex(
  at: Checkout,
  head: Sha | null,
  base: Sha,
  storeDir: string,
): Promise<readonly TreeChange[] | null> {
  const own = join(at.dir, '.git', 'index')
  const there = await isFile(own)
  if (there ? await isSame(own, at.index) : head === null || head === base) return null
  if (there) {
    const staged = (await copyOf(own, at, base, storeDir)) ? await stagedIn(at, base, storeDir) : null
    if (staged !== null) return staged
  }
  // It is gone, or cannot be read: what was committed is left.
  const env = { ...outside(at, storeDir), ...withObjectsOf(at.dir) }
  await gitOk(at.dir, ['read-tree', head ?? base], { env, timeoutMs: LONGEST_MS })
  return (await stagedIn(at, base, storeDir)) ?? []
}

/** An index ends in the hash of what it holds; zeros where its writer saved the time. */
async function isSame(one: string, other: string): Promise<boolean> {
  const [a, b] = await Promise.all([endOf(one), endOf(other)])
  return a !== null && a === b && !/ 0+$/.test(a)
}

async function endOf(path: string): Promise<string | null> {
  await using file = await openRegular(path)
  if (file === null) return null
  const { size } = await file.stat()
  const { buffer, bytesRead } = await file.read(Buffer.alloc(20), 0, 20, Math.max(0, size - 20))
  return `${size} ${buffer.toString('hex', 0, bytesRead)}`
}

/** Returns whether it is whole. git does not look: it reads what lies behind the end of a torn one. */
async function copyOf(own: string, at: Checkout, base: Sha, storeDir: string): Promise<boolean> {
  const aside = `${at.index}.theirs`
  const { atime, mtimeMs } = await lstat(own)
  const bytes = await readFile(own)
  const end = bytes.length - base.length / 2
  const [body, hash] = [bytes.subarray(0, end), bytes.subarray(end).toString('hex')]
  if (end <= 0 || (!/^0+$/.test(hash) && createHash(algorithmOf(base)).update(body).digest('hex') !== hash))
    return false
  await writeFile(aside, bytes)
  // git reads a file again that was written in the second of its index: a younger copy would hide a change.
  await utimes(aside, atime, Math.floor(mtimeMs / 1000))
  await rename(aside, at.index)
  const shared = (await namesIn(join(own, '..'))).filter(name => /^sharedindex\.[0-9a-f]+$/.test(name))
  return shared.length === 0 || joinSplit(shared, at, storeDir)
}

/** An index that was split lies in two files of one git directory: here one of these alone, and nothing else of it. */
async function joinSplit(shared: readonly string[], at: Checkout, storeDir: string): Promise<boolean> {
  const scratch = `${at.index}.split`
  try {
    await removeAll(scratch)
    await makeFolder(join(scratch, 'refs'))
    await writeAtomic(join(scratch, 'HEAD'), 'ref: refs/heads/none\n')
    await copyFile(join(storeDir, 'config'), join(scratch, 'config'))
    for (const name of shared) {
      const from = join(at.dir, '.git', name)
      if (await isFile(from)) await copyFile(from, join(scratch, basename(name)))
    }
    const env = {
      ...outside(at, scratch),
      ...withObjectsOf(at.dir),
      GIT_OBJECT_DIRECTORY: join(storeDir, 'objects'),
    }
    const joined = await git(at.dir, ['update-index', '--no-split-index', '--force-write-index'], { env })
    return joined.exitCode === 0
  } finally {
    await removeAll(scratch)
  }
}

/** What the index holds otherwise than the commit; null: git cannot read it. */
async function stagedIn(at: Checkout, base: Sha, storeDir: string): Promise<readonly TreeChange[] | null> {
  const args = ['diff-index', '--cached', '--raw', '-z', '--no-renames', '--abbrev=64', base]
  const env = { ...outside(at, storeDir), ...withObjectsOf(at.dir) }
  const { exitCode, stdout } = await git(at.dir, args, { env, encoding: 'latin1', timeoutMs: LONGEST_MS })
  return exitCode === 0 ? parseDiff(stdout).raw : null
}

/**
 * Those of the staged files whose executable bit was staged and not set: git has not seen the file since, and its mode is
 * another one. `git add` would take the bit back.
 */
export async function stagedModes(
  at: Checkout,
  staged: readonly TreeChange[],
  storeDir: string,
): Promise<readonly TreeChange[]> {
  const found: TreeChange[] = []
  for (const change of staged) {
    // A new file that is made executable right after `git add` may look the same: file systems count time in ticks.
    const isStaged = change.mode === '100755' || (change.mode === '100644' && change.oldMode === '100755')
    if (!isStaged || change.mode === change.oldMode) continue
    const stats = await lstat(join(at.dir, change.path), { bigint: true }).catch(() => null)
    if (!stats?.isFile() || ((stats.mode & 0o100n) !== 0n) === (change.mode === '100755')) continue
    const seen = [stats.ctimeNs, stats.mtimeNs, BigInt.asUintN(32, stats.ino), BigInt.asUintN(32, stats.size)]
    if ((await seenByIndex(at, change.path, storeDir)) === seen.join(' ')) found.push(change)
  }
  return found
}

/** Change, write time, inode and size of the file when git last looked at it. */
async function seenByIndex(at: Checkout, path: string, storeDir: string): Promise<string | null> {
  const env = { ...outside(at, storeDir), GIT_LITERAL_PATHSPECS: '1' }
  const { stdout } = await git(at.dir, ['ls-files', '--debug', '-z', '--', path], { env })
  const time = '(\\d+):(\\d+)'
  const lines = new RegExp(`ctime: ${time}\\n  mtime: ${time}\\n.*\\tino: (\\d+)\\n.*\\n  size: (\\d+)\\t`)
  const [, cs, cn, ms, mn, ino, size] = lines.exec(stdout) ?? []
  if (cs === undefined) return null
  const ns = (seconds = '', rest = ''): bigint => BigInt(seconds) * 1_000_000_000n + BigInt(rest)
  return [ns(cs, cn), ns(ms, mn), ino, size].join(' ')
}
