/**
 * Workspaces whose files are written out. Two are made at a time for each processor, the first asked for first; and where
 * a tree is large, one is made ahead while workers run.
 */
import { copyFile, mkdir, rename } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { dirname, join } from 'node:path'
import type { Sha } from '../decide/task.ts'
import { changesAttributes } from './bases.ts'
import { type Checkout, createCheckout, writeFiles } from './checkout.ts'
import { freeSpace, treeSize } from './disk.ts'
import { removeAll } from './files.ts'
import { ownPower, removeFolder } from './mounts.ts'
import { writeGitDirectory } from './new-git-directory.ts'
import { removeIndex } from './staging.ts'
import { turns } from './turns.ts'
import type { Workspaces, WorkspacesOptions } from './workspaces.ts'

/** With fewer files a checkout takes a second or less: worth neither a mount nor one that is made ahead. */
export const WORTH_AN_EFFORT = 5000

/** Files without a git directory, waiting for a task. */
interface Spare {
  readonly at: Checkout
  readonly commit: Sha
}

export function cloneWorkspaces({
  checkout,
  layers,
  cancel,
  power = ownPower(),
  processors = availableParallelism(),
}: WorkspacesOptions): Workspaces {
  const { storeDir } = checkout
  // Fewer leave a disk idle (with two a processor eight trees of 5,000 files took 0.8 of the time with one); more make
  // the first worker wait until all have their files.
  const making = turns(2 * processors)
  let spare: Promise<Spare | null> | null = null
  let made = 0
  let worthIt = true

  async function remove(at: Checkout): Promise<void> {
    await removeFolder(at.dir, power)
    await removeIndex(at)
  }

  /** One alone is written by all processors. */
  function effort() {
    return { workers: Math.max(1, Math.floor(processors / making.busy)), signal: cancel }
  }

  async function makeSpare(commit: Sha): Promise<Spare | null> {
    const dir = join(layers, 'ahead', String(++made))
    const at = { dir, index: `${dir}.index` }
    try {
      const [{ files, bytes }, free] = await Promise.all([
        treeSize(storeDir, commit, 4096),
        freeSpace(dirname(layers)),
      ])
      worthIt = files >= WORTH_AN_EFFORT
      // The workers go on meanwhile, and need room as well.
      if (!worthIt || (free !== null && free.bytes < 2 * bytes)) return null
      await making.take(async () => {
        await mkdir(dir, { recursive: true })
        await writeFiles(at, commit, storeDir, effort())
      })
      return { at, commit }
    } catch {
      // Whoever needs a workspace makes one, and says what is wrong.
      if (!cancel.aborted) await remove(at).catch(() => {})
      return null
    }
  }

  /** false: there is none that could become it. */
  async function adoptSpare(at: Checkout, commit: Sha): Promise<boolean> {
    const taken = spare
    spare = null
    const found = await taken
    if (!found) return false
    try {
      if (found.commit !== commit && (await changesAttributes(found.commit, commit, storeDir)))
        throw new Error('files that did not change are written otherwise there')
      await mkdir(dirname(at.dir), { recursive: true })
      await rename(found.at.dir, at.dir)
      await copyFile(found.at.index, at.index) // As for an overlay: a copy is younger than the files, and spares reading them.
      await removeAll(found.at.index)
      // Only what differs is written.
      if (found.commit !== commit) await writeFiles(at, commit, storeDir, { signal: cancel })
      await writeGitDirectory(at, commit, checkout)
      return true
    } catch {
      await Promise.all([remove(found.at), remove(at)])
      return false
    }
  }

  return {
    kind: 'clone',
    async create(at, commit, more = false) {
      await remove(at)
      if (!(await adoptSpare(at, commit)))
        await making.take(() => createCheckout(at, commit, checkout, effort()))
      const idle = spare === null && making.busy === 0 && !cancel.aborted
      if (more && worthIt && idle) spare = makeSpare(commit)
    },
    remove,
    keep: removeIndex,
    async close() {
      await spare
      if (!cancel.aborted) await removeFolder(layers, power).catch(() => {})
    },
  }
}
