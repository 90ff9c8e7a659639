/**
 * Trees read, edited and merged without a process for each. Names are bytes, as latin1: what stands beside a change
 * stays what it is. The format is git's tree object: `<mode> <name>\0<hash as bytes>` for each entry, folders sorted as
 * if their names ended in a slash.
 */
import type { Sha } from '../decide/task.ts'
import { algorithmOf, readLoose, writeObjectIn } from './loose.ts'
import type { ReadObject } from './objects.ts'

export interface Entry {
  readonly mode: string
  readonly sha: Sha
}
/** What a tree holds, by name. */
export type Entries = ReadonlyMap<string, Entry>

export interface Trees {
  /** The entries of one tree; the answer is remembered. */
  read(tree: Sha): Promise<Entries>
  /** The blob at a path of a tree or commit; null: there is no file or link. */
  blobAt(tree: Sha, path: string): Promise<Sha | null>
  /** The tree with some files' contents replaced (null: removed), as blobs by path; a folder that is left empty goes. */
  replace(tree: Sha, files: ReadonlyMap<string, Sha | null>): Promise<Sha>
  /**
   * The three-way merge where nothing is to be decided: each name changed on one side at most, at every depth. Then it
   * is what git's own merge gives, renames or not: a rename matters only where the other side changed what it took
   * away; and what it changes on `ours` is what `theirs` changes on `base`, path for path. null: git has to look.
   */
  merge(base: Sha, ours: Sha, theirs: Sha): Promise<Sha | null>
}

export const FOLDER = '40000'
const FILE = '100644'
/** Of all trees that are remembered: the same ones are met from candidate to candidate. */
const MOST_ENTRIES = 20_000
/** A folder of more entries than this is compared and merged by git as fast as here, or faster. */
export const LARGEST_FOLDER = 2000

/** `readObject`: for what git has packed, or keeps elsewhere. */
export function openTrees(storeDir: string, readObject: ReadObject): Trees {
  const known = new Map<Sha, Entries>()
  const tooLarge = new Set<Sha>()
  let entriesKnown = 0

  function remember(tree: Sha, entries: Entries): void {
    if (known.has(tree)) return
    known.set(tree, entries)
    entriesKnown += entries.size
    for (const [oldest, { size }] of known) {
      if (entriesKnown <= MOST_ENTRIES) break
      known.delete(oldest)
      entriesKnown -= size
    }
  }

  async function read(tree: Sha): Promise<Entries> {
    const before = known.get(tree)
    if (before !== undefined) return before
    const loose = readLoose(storeDir, 'tree', tree)
    const entries = parse(loose ?? (await readObject(`${tree}^{tree}`)), tree.length / 2)
    remember(tree, entries)
    return entries
  }

  async function write(entries: Entries, like: Sha): Promise<Sha> {
    const tree = await writeObjectIn(storeDir, 'tree', format(entries), algorithmOf(like))
    remember(tree, entries)
    return tree
  }

  async function blobAt(tree: Sha, path: string): Promise<Sha | null> {
    let found: Entry = { mode: FOLDER, sha: tree }
    for (const name of Buffer.from(path).toString('latin1').split('/')) {
      const below = found.mode === FOLDER ? (await read(found.sha)).get(name) : undefined
      if (below === undefined) return null
      found = below
    }
    return isFile(found) ? found.sha : null
  }

  /** null: nothing is left. */
  async function edit(tree: Sha | null, edits: readonly Edit[], like: Sha): Promise<Sha | null> {
    const entries = new Map(tree === null ? [] : await read(tree))
    for (const [name, some] of Map.groupBy(edits, ({ path }) => path[0] ?? '')) {
      const before = entries.get(name)
      const own = some.find(({ path }) => path.length === 1)
      const below = some.filter(({ path }) => path.length > 1)
      if (own) put(entries, name, own.blob, before && isFile(before) ? before.mode : FILE)
      if (below.length === 0) continue
      const folder = before?.mode === FOLDER ? before.sha : null
      // Nothing to take away below what is no folder.
      if (folder === null && below.every(({ blob }) => blob === null)) continue
      const rest = below.map(({ path, blob }) => ({ path: path.slice(1), blob }))
      put(entries, name, await edit(folder, rest, like), FOLDER)
    }
    return entries.size === 0 ? null : write(entries, like)
  }

  /** `undefined`: git has to look; null: nothing is left. */
  async function merged(base: Sha, ours: Sha, theirs: Sha): Promise<Sha | null | undefined> {
    if (theirs === base) return ours
    if (ours === base) return theirs
    if (tooLarge.has(base)) return undefined
    const before = await read(base)
    if (before.size > LARGEST_FOLDER) {
      tooLarge.add(base)
      return undefined
    }
    const [mine, his] = await Promise.all([read(ours), read(theirs)])
    const result = new Map(mine)
    for (const name of new Set([...before.keys(), ...his.keys()])) {
      const [was, left, right] = [before.get(name), mine.get(name), his.get(name)]
      if (isSame(right, was)) continue
      if (isSame(left, was)) {
        put(result, name, right?.sha ?? null, right?.mode ?? '')
        continue
      }
      // Both have changed it. Even where they agree: what both took away may live on elsewhere as a rename.
      if (was?.mode !== FOLDER || left?.mode !== FOLDER || right?.mode !== FOLDER) return undefined
      if (left.sha === right.sha) return undefined
      const below = await merged(was.sha, left.sha, right.sha)
      if (below === undefined) return undefined
      put(result, name, below, FOLDER)
    }
    return result.size === 0 ? null : write(result, ours)
  }

  const empty = (like: Sha): Promise<Sha> => write(new Map(), like)

  return {
    read,
    blobAt,
    replace: async (tree, files) => {
      const edits = [...files].map(([path, blob]) => {
        return { path: Buffer.from(path).toString('latin1').split('/'), blob }
      })
      return (await edit(tree, edits, tree)) ?? empty(tree)
    },
    merge: async (base, ours, theirs) => {
      const tree = await merged(base, ours, theirs)
      return tree === undefined ? null : (tree ?? empty(ours))
    },
  }
}

interface Edit {
  readonly path: readonly string[]
  readonly blob: Sha | null
}

function put(entries: Map<string, Entry>, name: string, sha: Sha | null, mode: string): void {
  if (sha === null) entries.delete(name)
  else entries.set(name, { mode, sha })
}

function isSame(a: Entry | undefined, b: Entry | undefined): boolean {
  return a?.sha === b?.sha && a?.mode === b?.mode
}

/** Or a link: neither a folder nor a submodule. */
function isFile({ mode }: Entry): boolean {
  return mode.startsWith('10') || mode.startsWith('12')
}

/** Trees as no git writes them: names out of order, or twice. Who reads such a one may see another file than the next. */
const disordered = new WeakSet<Entries>()

/** Whether the entries of a tree stood in git's order, each name once. */
export function isOrdered(entries: Entries): boolean {
  return !disordered.has(entries)
}

function parse(data: Buffer, hashBytes: number): Entries {
  const entries = new Map<string, Entry>()
  let last = ''
  for (let at = 0; at < data.length; ) {
    const space = data.indexOf(0x20, at)
    const end = data.indexOf(0, space)
    const next = end + 1 + hashBytes
    const name = data.toString('latin1', space + 1, end)
    const mode = canonical(data.toString('latin1', at, space))
    const key = mode === FOLDER ? `${name}/` : name
    if (key <= last || entries.has(name)) disordered.add(entries)
    last = key
    entries.set(name, { mode, sha: data.toString('hex', end + 1, next) as Sha })
    at = next
  }
  return entries
}

/** Old tools wrote `040000` for a folder and `100664` for a file; git reads them as it would write them today. */
function canonical(mode: string): string {
  if (mode === FOLDER || mode === FILE) return mode
  const bits = Number.parseInt(mode, 8)
  switch (bits & 0o170000) {
    case 0o100000:
      return bits & 0o100 ? '100755' : FILE
    case 0o120000:
      return '120000'
    case 0o040000:
      return FOLDER
    default:
      return '160000'
  }
}

function format(entries: Entries): Buffer {
  const sorted = [...entries].map(([name, entry]) => {
    return { key: entry.mode === FOLDER ? `${name}/` : name, name, entry }
  })
  sorted.sort((a, b) => (a.key < b.key ? -1 : 1))
  const length = ({ name, entry }: (typeof sorted)[number]): number =>
    entry.mode.length + name.length + 2 + entry.sha.length / 2
  const data = Buffer.allocUnsafe(sorted.reduce((sum, each) => sum + length(each), 0))
  let at = 0
  for (const { name, entry } of sorted) {
    at += data.write(`${entry.mode} ${name}\0`, at, 'latin1')
    at += data.write(entry.sha, at, 'hex')
  }
  return data
}
