/** A git directory that somebody else had in hand, read as plain files: no git runs in it, none of its settings hold. */
import { readdir, readFile, stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { Sha } from '../decide/task.ts'

/** A repository's packed refs may be some megabytes. */
const LARGEST = 64 * 1024 * 1024
const MOST_REFS = 1000
/** Where a worker's own commits may be; what was fetched is not its own. */
const OWN = ['refs/heads', 'refs/tags', 'refs/stash']

/** The commit its HEAD names; null when that leads nowhere. */
export async function headOf(gitDir: string): Promise<Sha | null> {
  const head = ((await readData(join(gitDir, 'HEAD'))) ?? '').trim()
  const ref = /^ref: (refs\/[^\0\n]+)$/.exec(head)?.[1]
  if (ref === undefined) return asSha(head)
  if (ref.split('/').includes('..')) return null
  const loose = await readData(join(gitDir, ref))
  if (loose !== null) return asSha(loose.trim())
  return (await packedRefs(gitDir)).find(([name]) => name === ref)?.[1] ?? null
}

/** A `.git` that is a file names the folder. */
export async function gitDirOf(path: string): Promise<string> {
  const named = /^gitdir: (.+)$/m.exec((await readData(path)) ?? '')?.[1]
  return named === undefined ? path : resolve(path, '..', named)
}

/**
 * Branches, tags, the stash and the heads of linked worktrees, by name; at most a thousand, with names that git allows.
 * Left out is what stands where a ref of `given` stood.
 */
export async function ownRefs(
  gitDir: string,
  given: ReadonlyMap<string, Sha> = new Map(),
): Promise<ReadonlyMap<string, Sha>> {
  const refs = new Map((await packedRefs(gitDir)).filter(([name]) => isOwn(name)))
  for (const name of await looseNames(gitDir, OWN)) {
    const commit = asSha(((await readData(join(gitDir, name))) ?? '').trim())
    if (commit !== null) refs.set(name, commit)
  }
  for (const name of await namesIn(join(gitDir, 'worktrees'))) {
    const commit = asSha(((await readData(join(gitDir, 'worktrees', name, 'HEAD'))) ?? '').trim())
    if (commit !== null) refs.set(`refs/worktrees/${name}`, commit)
  }
  const there = new Set(given.values())
  return new Map([...refs].filter(([name, at]) => isPlain(name) && !there.has(at)).slice(0, MOST_REFS))
}

async function packedRefs(gitDir: string): Promise<readonly (readonly [string, Sha])[]> {
  const text = (await readData(join(gitDir, 'packed-refs'))) ?? ''
  return text.split('\n').flatMap(line => {
    const commit = asSha(line.slice(0, line.indexOf(' ')))
    return commit === null ? [] : [[line.slice(line.indexOf(' ') + 1), commit] as const]
  })
}

async function looseNames(gitDir: string, wanted: readonly string[]): Promise<readonly string[]> {
  const found: string[] = []
  for (const queue = [...wanted]; queue.length > 0 && found.length < MOST_REFS; ) {
    const name = queue.shift()!
    const below = await namesIn(join(gitDir, name))
    if (below.length === 0) found.push(name)
    else queue.push(...below.map(each => `${name}/${each}`))
  }
  return found
}

function isOwn(name: string): boolean {
  return OWN.some(prefix => name === prefix || name.startsWith(`${prefix}/`))
}

/** git check-ref-format(1), and nothing that a line of its files could not hold. */
function isPlain(name: string): boolean {
  const parts = name.split('/')
  if (/[\0-\x20\x7f~^:?*[\\]|\.\.|@\{/.test(name)) return false
  return parts.length > 1 && parts.every(part => /^[^.].*$/.test(part) && !/\.(lock)?$/.test(part))
}

/** Names of what is in a folder; none where it cannot be read. */
async function namesIn(path: string): Promise<readonly string[]> {
  return (await readdir(path).catch(() => [])).slice(0, MOST_REFS)
}

/** null: no plain file. Opening anything else, a pipe or a device, might never return. */
async function readData(path: string): Promise<string | null> {
  try {
    const stats = await stat(path)
    return stats.isFile() && stats.size <= LARGEST ? await readFile(path, 'utf8') : null
  } catch {
    return null
  }
}

function asSha(text: string): Sha | null {
  return /^([0-9a-f]{40}|[0-9a-f]{64})$/.test(text) ? (text as Sha) : null
}
