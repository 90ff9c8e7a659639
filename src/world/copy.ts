/** Input `copy`: git-ignored files of the user's checkout (`.env`, `node_modules`) into a workspace or gate checkout. */
import { constants, type Dirent, type Stats } from 'node:fs'
import { copyFile, lstat, mkdir, readdir, readlink, realpath, symlink } from 'node:fs/promises'
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path'
import { literalPart, type Matcher, matcher } from '../decide/globs.ts'
import { isMissing } from './files.ts'
import { gitOk } from './git.ts'

/** Copies under way at a time. */
const WIDTH = 16

export interface Copied {
  /** Files and links. */
  readonly copied: number
  /** A sentence for each one that was asked for and not copied. */
  readonly refused: readonly string[]
}

type Kind = 'file' | 'folder' | 'link' | 'other'
type Item = { readonly path: string; readonly kind: Kind }
type Plan = { readonly items: Item[]; readonly refused: string[] }

/** What git ignores in a checkout, as `copyIgnored` takes it: a folder that is ignored whole is one entry, ending in `/`. */
export async function listIgnored(checkout: string): Promise<readonly string[]> {
  const args = ['ls-files', '-z', '--others', '--ignored', '--exclude-standard', '--directory']
  return (await gitOk(checkout, args)).split('\0').filter(path => path !== '')
}

/**
 * Copies what the globs match of `listed` (paths relative to `from`, see `listIgnored`), folders with all below them, with
 * modes, sharing blocks where the file system can. Nothing in `to` is overwritten, no link is followed on either side, and
 * a link that leaves the repository is refused. Throws when the disk does not take it.
 */
export async function copyIgnored(
  listed: readonly string[],
  from: string,
  to: string,
  globs: readonly string[],
): Promise<Copied> {
  if (globs.length === 0) return { copied: 0, refused: [] }
  const root = await realpath(from)
  const plan: Plan = { items: [], refused: [] }
  const search = { root, wanted: wantedBy(globs), mayHold: folderFilter(globs), plan }
  const target = await realpath(to)
  for (const entry of listed) {
    const path = entry.replace(/\/$/, '')
    if (!isInside(path)) plan.refused.push(`${entry}: not a path inside the repository`)
    else if (!`${target}${sep}`.startsWith(`${join(root, path)}${sep}`)) await find(path, search)
    else if (search.wanted(path)) plan.refused.push(`${entry}: it holds the workspaces themselves`)
  }
  const copied = await copyAll(root, target, plan)
  return { copied, refused: plan.refused }
}

/**
 * Which of `paths` (relative to the repository, none of them in its base) are copies, or lie in a folder that is one, as
 * files or folders to take out: `copyIgnored` with the same list and globs brought them.
 */
export function copiedAmong(
  paths: readonly string[],
  listed: readonly string[],
  globs: readonly string[],
): readonly string[] {
  if (globs.length === 0) return []
  const wanted = wantedBy(globs)
  const entries = new Set(listed.map(entry => entry.replace(/\/$/, '')))
  const copies = paths.flatMap(path => {
    const above = path.split('/').map((_, i, names) => names.slice(0, i + 1).join('/'))
    const ignored = above.findIndex(place => entries.has(place))
    const copied = above.findIndex(place => wanted(place))
    return ignored < 0 || copied < 0 ? [] : [above[Math.max(ignored, copied)]!]
  })
  return [...new Set(copies)]
}

/** A folder that a glob matches is meant with all below it, whether by its name or by a pattern. */
function wantedBy(globs: readonly string[]): Matcher {
  return matcher(
    globs.flatMap(glob => (glob.endsWith('/') ? [glob] : [glob, `${glob}/**`])),
    { ignoreCase: false },
  )
}

type Search = {
  readonly root: string
  readonly wanted: Matcher
  readonly mayHold: (folder: string) => boolean
  readonly plan: Plan
}

async function find(path: string, search: Search): Promise<void> {
  const stats = await lstat(join(search.root, path)).catch(absent)
  if (stats !== null) await visit(path, kindOf(stats), search)
}

async function visit(path: string, kind: Kind, search: Search): Promise<void> {
  const wanted = search.wanted(path)
  if (wanted) search.plan.items.push({ path, kind })
  if (kind !== 'folder' || !(wanted || search.mayHold(path))) return
  const entries = await readdir(join(search.root, path), { withFileTypes: true }).catch(error => {
    search.plan.refused.push(`${path}: ${(error as Error).message}`)
    return []
  })
  for (const entry of entries) await visit(`${path}/${entry.name}`, kindOf(entry), search)
}

function kindOf(entry: Stats | Dirent): Kind {
  if (entry.isSymbolicLink()) return 'link'
  return entry.isDirectory() ? 'folder' : entry.isFile() ? 'file' : 'other'
}

/** Whether a folder that no glob matches may hold something that one does; keeps `.env*` from walking node_modules. */
function folderFilter(globs: readonly string[]): (folder: string) => boolean {
  const known = globs
    .filter(glob => !glob.startsWith('!') || glob.startsWith('!('))
    .map(glob => ({
      literal: literalPart(glob),
      depth: glob.includes('**') || glob.endsWith('/') ? Number.POSITIVE_INFINITY : glob.split('/').length,
    }))
  return folder => {
    const start = `${folder}/`
    return known.some(({ literal, depth }) => {
      return depth > folder.split('/').length && (start.startsWith(literal) || literal.startsWith(start))
    })
  }
}

async function copyAll(root: string, target: string, { items, refused }: Plan): Promise<number> {
  const folders = folderMaker(root, target)
  let copied = 0
  // One iterator for all: each takes the next item when it is done with its own.
  const queue = items.values()
  const work = async () => {
    for (const item of queue) {
      const problem = await copyOne(item, root, target, folders).catch(explain)
      if (problem !== null) refused.push(`${item.path}: ${problem}`)
      else if (item.kind !== 'folder') copied++
    }
  }
  await Promise.all(Array.from({ length: WIDTH }, work))
  return copied
}

/** Null, or why it was not copied. */
async function copyOne(
  item: Item,
  root: string,
  target: string,
  makeFolder: FolderMaker,
): Promise<string | null> {
  const { path, kind } = item
  if (kind === 'folder') return makeFolder(path)
  if (kind === 'other') return 'neither a file nor a folder nor a link'
  const problem = await makeFolder(dirname(path))
  if (problem !== null) return problem
  if (kind === 'file') {
    await copyFile(join(root, path), join(target, path), constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE)
    return null
  }
  const link = await linkText(root, path)
  if (link === null) return 'a link that leaves the repository; copy what it points at, or make it in `setup`'
  await symlink(link, join(target, path))
  return null
}

/** What the copy of a link says: relative, so that it stays within the copy. Null: it leaves the repository. */
async function linkText(root: string, path: string): Promise<string | null> {
  const text = await readlink(join(root, path))
  const folder = join(root, dirname(path))
  const pointed = resolve(folder, text)
  if (!contains(root, pointed)) return null
  // By another link it may leave all the same. One that points nowhere yet is judged by its words.
  const real = await realpath(join(root, path)).catch(absent)
  if (real !== null && !contains(root, real)) return null
  return isAbsolute(text) ? relative(folder, pointed) || '.' : text
}

type FolderMaker = (path: string) => Promise<string | null>

/** Makes folders as the checkout has them; null, or what is in the way. Each is looked at once. */
function folderMaker(root: string, target: string): FolderMaker {
  const known = new Map<string, Promise<string | null>>([['.', Promise.resolve(null)]])
  const make = async (path: string): Promise<string | null> => {
    const problem = await once(dirname(path))
    if (problem !== null) return problem
    const source = await lstat(join(root, path))
    if (!source.isDirectory()) return `${path} is not a folder of the checkout`
    const there = await lstat(join(target, path)).catch(absent)
    // Its own files must go into it, whatever its mode.
    if (there === null) await mkdir(join(target, path), { mode: (source.mode & 0o777) | 0o700 })
    // A commit may hold a link of that name; through it the copy would land elsewhere.
    else if (!there.isDirectory()) return `${path} is not a folder in the workspace`
    return null
  }
  const once = (path: string): Promise<string | null> => {
    const result = known.get(path) ?? make(path)
    known.set(path, result)
    return result
  }
  return once
}

function isInside(path: string): boolean {
  const parts = path.split('/')
  return (
    !isAbsolute(path) &&
    parts[0] !== '.git' &&
    !parts.some(part => part === '' || part === '.' || part === '..')
  )
}

function contains(root: string, path: string): boolean {
  return path === root || path.startsWith(`${root}${sep}`)
}

function absent(error: unknown): null {
  if (isMissing(error)) return null
  throw error
}

/** One file's trouble is its own; a full disk is everyone's. */
function explain(error: NodeJS.ErrnoException): string {
  switch (error.code) {
    case 'EEXIST':
      return 'the workspace already has it, and keeps its own'
    case 'EACCES':
    case 'EPERM':
    case 'ENOENT':
    case 'ENOTDIR':
    case 'ELOOP':
      return error.message
    default:
      throw error
  }
}
