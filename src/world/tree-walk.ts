/** Two questions about trees that are answered without a process, from the folders that matter alone. */
import { foldPath } from '../decide/place.ts'
import type { Twin } from '../decide/scope.ts'
import type { Sha } from '../decide/task.ts'
import type { TreeChange } from './git-output.ts'
import { type Entries, type Entry, FOLDER, isOrdered, LARGEST_FOLDER, type Trees } from './trees.ts'

type ReadTree = Trees['read']

const NOTHING: Entries = new Map()

/**
 * What `to` has otherwise than `from`, file by file, as `git diff-tree -r --no-renames` lists it. null: a folder is so
 * large that git is faster. Rejects where a folder that differs is in disorder: two readers may see two things in it.
 */
export async function walkChanges(from: Sha, to: Sha, read: ReadTree): Promise<readonly TreeChange[] | null> {
  const found: TreeChange[] = []
  const none = '0'.repeat(from.length) as Sha
  const leaf = (entry: Entry | undefined): Entry =>
    entry === undefined || entry.mode === FOLDER ? { mode: '000000', sha: none } : entry
  const folder = (entry: Entry | undefined): Sha | null => (entry?.mode === FOLDER ? entry.sha : null)

  /** false: too large. */
  async function walk(before: Sha | null, after: Sha | null, prefix: string): Promise<boolean> {
    const [old, now] = await Promise.all([before ? read(before) : NOTHING, after ? read(after) : NOTHING])
    if (!isOrdered(now)) throw new Error(`the folder '${prefix}' is in disorder`)
    if (old.size > LARGEST_FOLDER || now.size > LARGEST_FOLDER) return false
    for (const key of new Set([...old.keys(), ...now.keys()])) {
      const [was, is] = [old.get(key), now.get(key)]
      if (was?.sha === is?.sha && was?.mode === is?.mode) continue
      const name = `${prefix}${key}`
      const [left, right] = [leaf(was), leaf(is)]
      if (left.mode !== right.mode || left.sha !== right.sha) {
        const path = Buffer.from(name, 'latin1').toString()
        const both = { oldMode: left.mode, mode: right.mode, oldBlob: left.sha, blob: right.sha }
        found.push({ path, name, ...both, status: statusOf(left.mode, right.mode) })
      }
      const below = [folder(was), folder(is)] as const
      if (below[0] === below[1]) continue
      if (!(await walk(...below, `${name}/`))) return false
    }
    return true
  }

  if (from === to) return []
  return (await walk(from, to, '')) ? found.sort((a, b) => (a.name < b.name ? -1 : 1)) : null
}

function statusOf(before: string, after: string): string {
  if (before === '000000') return 'A'
  if (after === '000000') return 'D'
  return before.slice(0, 3) === after.slice(0, 3) ? 'M' : 'T'
}

/** The folded names of a tree's entries; one that is read anew is folded anew. */
const folded = new WeakMap<Entries, ReadonlyMap<string, readonly string[]>>()

function byFold(entries: Entries): ReadonlyMap<string, readonly string[]> {
  const known = folded.get(entries)
  if (known !== undefined) return known
  const names = new Map<string, string[]>()
  for (const name of entries.keys()) {
    const fold = foldPath(Buffer.from(name, 'latin1').toString())
    names.set(fold, [...(names.get(fold) ?? []), name])
  }
  folded.set(entries, names)
  return names
}

/**
 * What else of the tree a file system that ignores case would put at this path of it, or at one of the folders on the way;
 * null: nothing.
 */
export async function twinOf(tree: Sha, path: string, read: ReadTree): Promise<Twin | null> {
  const parts = path.split('/')
  let folders: readonly { readonly tree: Sha; readonly prefix: string }[] = [{ tree, prefix: '' }]
  for (const [i, part] of parts.entries()) {
    const here = parts.slice(0, i + 1).join('/')
    const below: { readonly tree: Sha; readonly prefix: string }[] = []
    for (const { tree, prefix } of folders) {
      const entries = await read(tree)
      for (const name of byFold(entries).get(foldPath(part)) ?? []) {
        const { mode, sha } = entries.get(name)!
        const full = `${prefix}${Buffer.from(name, 'latin1').toString()}`
        const isFolder = mode === FOLDER
        if (i < parts.length - 1) {
          if (isFolder) below.push({ tree: sha, prefix: `${full}/` })
          else return { kind: 'folder', folder: here, file: full }
        } else if (full !== path) return { kind: 'name', other: isFolder ? `${full}/` : full }
      }
    }
    folders = below
  }
  return null
}
