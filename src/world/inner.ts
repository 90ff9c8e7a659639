/**
 * Repositories that a worker made inside its folder (`git init`, `git clone`, `git worktree add`). A commit can only hold
 * a pointer to their commit; what is kept of the work is to hold their files.
 */
import { randomBytes } from 'node:crypto'
import { rename } from 'node:fs/promises'
import { join } from 'node:path'
import { gitOk } from './git.ts'
import { addAll, type Checkout, gitlinks, without } from './staging.ts'

/** With more than this something else is going on. */
const MOST = 100

export interface Inner {
  readonly path: string
  /** Whether all its files are in the index now, as ordinary ones. */
  readonly taken: boolean
}

/**
 * `submodules` are those of the base, and none of these. While it looks their `.git` lies aside: without one each is a
 * folder like any other, and the ignore rules above it hold in it.
 */
export async function takeInner(
  submodules: readonly string[],
  env: Record<string, string>,
  at: Checkout,
): Promise<readonly Inner[]> {
  const known = new Set(submodules)
  const found = new Map<string, readonly string[]>()
  const aside: string[] = []
  try {
    for (const queue = [...(await innerIn(['.'], env, at))]; queue.length > 0 && found.size < MOST; ) {
      const path = queue.shift()!
      if (known.has(path)) continue
      known.add(path)
      const place = join(path, `.git-${randomBytes(6).toString('hex')}`)
      const moved = await rename(join(at.dir, path, '.git'), join(at.dir, place)).then(
        () => true,
        () => false,
      )
      if (!moved) continue
      aside.push(place)
      await gitOk(at.dir, ['update-index', '--force-remove', '-z', '--stdin'], { env, input: `${path}\0` })
      const pathspecs = [`:(literal)${path}`, ...aside.map(without)]
      found.set(path, await addAll(pathspecs, env, at))
      // One inside the other shows only now.
      queue.push(...(await innerIn(pathspecs, env, at)))
    }
  } finally {
    for (const place of aside.reverse()) await rename(join(at.dir, place), join(at.dir, place, '../.git'))
  }
  // Words on one that lies deeper are its own.
  const ownWords = (path: string, words: readonly string[]): readonly string[] =>
    words.filter(word => ![...found.keys()].some(other => other !== path && word.startsWith(`'${other}/'`)))
  return [...found].map(([path, words]) => ({ path, taken: ownWords(path, words).length === 0 }))
}

/** Those that git took for submodules, and those without a commit, which it leaves out. */
async function innerIn(
  pathspecs: readonly string[],
  env: Record<string, string>,
  at: Checkout,
): Promise<readonly string[]> {
  const args = ['ls-files', '--others', '--exclude-standard', '-z', '--', ...pathspecs]
  const others = (await gitOk(at.dir, args, { env })).split('\0').filter(path => path.endsWith('/'))
  return [...(await gitlinks(pathspecs, env, at)), ...others.map(path => path.slice(0, -1))]
}
