/** How much a tree takes, and how much is free. */
import { statfs } from 'node:fs/promises'
import type { Sha } from '../decide/task.ts'
import { gitOk } from './git.ts'

export interface TreeSize {
  readonly files: number
  /** On disk, in whole blocks. */
  readonly bytes: number
}

/** Files of a commit's tree; reads no file. */
export async function countFiles(storeDir: string, commit: Sha): Promise<number> {
  return (
    (await gitOk(storeDir, ['ls-tree', '-r', '-z', '--format=%(objecttype)', commit])).split('\0').length - 1
  )
}

/** What a checkout of the commit takes in blocks of `block` bytes. */
export async function treeSize(storeDir: string, commit: Sha, block: number): Promise<TreeSize> {
  const listed = await gitOk(storeDir, ['ls-tree', '-r', '-z', '--format=%(objectsize)', commit])
  const sizes = listed.split('\0').slice(0, -1)
  // A submodule's pointer has no size: `-`.
  const bytes = sizes.reduce((sum, size) => sum + Math.ceil((Number(size) || 0) / block) * block, 0)
  return { files: sizes.length, bytes }
}

/** Of the file system the folder lies on; null: it does not say. */
export async function freeSpace(
  folder: string,
): Promise<{ readonly bytes: number; readonly block: number } | null> {
  try {
    const { bavail, bsize } = await statfs(folder)
    return { bytes: bavail * bsize, block: bsize }
  } catch {
    return null
  }
}
