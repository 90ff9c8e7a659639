/** Commits in a worker's folder that its end does not stand on: on other branches, in the stash, in a linked worktree. */
import { join } from 'node:path'
import type { Sha } from '../decide/task.ts'
import { type Seek, seekCommits } from './added-lines.ts'
import { readText, removeAll, writeAtomic } from './files.ts'
import { git, gitOk } from './git.ts'
import { ownRefs } from './git-directory.ts'
import { givenRefs } from './new-git-directory.ts'
import { type Checkout, LONGEST_MS } from './staging.ts'

/**
 * Bundles what the folder's own refs hold beyond `base`, `head` and the store's branches. Returns the refs in the bundle;
 * none: there is nothing, and no bundle. `fileFor` names it, by whether `seek` finds anything in it. Rejects when it cannot be read or written.
 */
export async function bundleLeftBehind(
  at: Checkout,
  base: Sha,
  head: Sha | null,
  storeDir: string,
  fileFor: (hasSecret: boolean) => string,
  seek: Seek | null,
): Promise<readonly string[]> {
  const known = new Set([base, head])
  const given = await givenRefs(storeDir)
  const refs = [...(await ownRefs(join(at.dir, '.git'), given))].filter(([, commit]) => !known.has(commit))
  if (refs.length === 0) return []
  // In a repository that has nothing but these refs: git reads the folder's objects, and nothing else of it.
  const scratch = `${at.index}.left`
  try {
    await removeAll(scratch)
    await gitOk('/', ['init', '--quiet', '--bare', '--template=', ...formatOf(base), scratch])
    const objects = [storeDir, join(at.dir, '.git')].map(dir => `${join(dir, 'objects')}\n`)
    await writeAtomic(join(scratch, 'objects/info/alternates'), objects.join(''))
    const shallow = await readText(join(storeDir, 'shallow'))
    if (shallow !== null) await writeAtomic(join(scratch, 'shallow'), shallow)
    const branches = await gitOk(storeDir, ['for-each-ref', '--format=%(objectname)', 'refs/heads'])
    const seen = [base, ...(head === null ? [] : [head]), ...branches.split('\n').filter(Boolean)]
    const there = await existing(refs, scratch)
    await writeAtomic(join(scratch, 'packed-refs'), there.map(([name, sha]) => `${sha} ${name}\n`).join(''))
    const unseen = seen.map(commit => `--no-merged=${commit}`)
    const listed = await gitOk(scratch, ['for-each-ref', '--format=%(refname)', ...unseen])
    const names = listed.split('\n').filter(Boolean)
    if (names.length === 0) return []
    const range = [...names, '--not', ...seen]
    const file = fileFor(seek !== null && (await holdsSecret(scratch, range, seek)))
    const stale = [true, false].map(fileFor)
    await Promise.all([...stale, `${file}.lock`].map(removeAll))
    const args = ['bundle', 'create', '--quiet', file, ...range]
    await gitOk(scratch, args, { timeoutMs: LONGEST_MS })
    return names
  } finally {
    await removeAll(scratch)
  }
}

/** In the lines that the commits add, or in their own words. */
async function holdsSecret(dir: string, range: readonly string[], seek: Seek): Promise<boolean> {
  const words = await gitOk(dir, ['log', '--format=%an%n%ae%n%B', ...range], { timeoutMs: LONGEST_MS })
  return seek(words).length > 0 || (await seekCommits(dir, range, seek)).length > 0
}

/** A ref that leads nowhere would spoil the others. */
async function existing(
  refs: readonly (readonly [string, Sha])[],
  scratch: string,
): Promise<readonly (readonly [string, Sha])[]> {
  const input = refs.map(([, sha]) => `${sha}^{commit}\n`).join('')
  const { stdout } = await git(scratch, ['cat-file', '--batch-check'], { input })
  const lines = stdout.split('\n')
  return refs.filter((_, i) => / commit \d+$/.test(lines[i] ?? ''))
}

function formatOf(commit: Sha): readonly string[] {
  return [`--object-format=${commit.length === 64 ? 'sha256' : 'sha1'}`]
}
