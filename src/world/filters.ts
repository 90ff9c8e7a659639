/** Filters (`filter=<name>` in attributes): what they make of a file is stored, and never the file itself. */
import { mkdir, writeFile } from 'node:fs/promises'
import { join, posix } from 'node:path'
import { filtersIn, readSettings } from '../decide/git-settings.ts'
import { pathProblem } from '../decide/place.ts'
import type { Sha } from '../decide/task.ts'
import { removeAll } from './files.ts'
import { git, gitOk, withSettings } from './git.ts'
import type { RawChange, TreeChange } from './git-output.ts'
import { pointersAmong } from './lfs.ts'
import { addAll, type Checkout, outside, putBack } from './staging.ts'

/** A changed file whose attribute `filter` has this name. */
export interface FilteredChange extends RawChange {
  readonly filter: string
}

/**
 * Has our index hold what the filters make of files that came from the worker's index: its own git may have had no filter, or
 * another one. With `staged` null of all of them: one has failed, and git has taken the file as it is. Returns git's words on
 * those that it could not take; null: there was none.
 */
export async function filterAgain(
  at: Checkout,
  filtered: readonly FilteredChange[],
  staged: readonly TreeChange[] | null,
  storeDir: string,
): Promise<readonly string[] | null> {
  const theirs = new Map(staged?.map(({ name, blob }) => [name, blob]))
  const known = filtered.length === 0 ? new Set() : await definedIn(at, storeDir)
  const suspect = filtered.filter(
    ({ name, blob, filter }) => known.has(filter) && (staged === null || theirs.get(name) === blob),
  )
  // As it was, and not as it is: what the filter refuses is not taken.
  if (!(await putBefore(at, suspect, storeDir))) return null
  const required = [...new Set(suspect.map(({ filter }) => [`filter.${filter}.required`, 'true'] as const))]
  return addAll(
    suspect.map(({ path }) => `:(literal)${path}`),
    { ...outside(at, storeDir), ...withSettings(required) },
    at,
  )
}

/** Puts back as they were those whose filter nobody defines; returns words on them. */
export async function refuseRaw(
  at: Checkout,
  base: Sha,
  filtered: readonly FilteredChange[],
  changes: readonly RawChange[],
  storeDir: string,
): Promise<readonly string[]> {
  if (filtered.length === 0) return []
  const known = await definedIn(at, storeDir)
  const still = new Map(changes.map(({ name, blob }) => [name, blob]))
  const foreign = filtered.filter(({ filter, name, blob }) => !known.has(filter) && still.get(name) === blob)
  const raw = await rawOf(at, base, foreign, changes, storeDir)
  await putBefore(at, raw, storeDir)
  return raw.map(
    ({ path, filter }) => `'${path}' is stored through the filter '${filter}', and nobody has defined that`,
  )
}

/** The filters that the checkout, the user or `setup` has defined. */
async function definedIn(at: Checkout, storeDir: string): Promise<ReadonlySet<string>> {
  const env = outside(at, storeDir)
  const listed = await git(at.dir, ['config', '-z', '--get-regexp', '^filter\\.'], { env })
  return filtersIn(readSettings(listed.stdout))
}

/** Has our index hold what the base has there. Returns whether there was any. */
function putBefore(at: Checkout, changes: readonly RawChange[], storeDir: string): Promise<boolean> {
  const before = changes.map(({ name, oldMode, oldBlob }) => ({ name, mode: oldMode, blob: oldBlob }))
  return putBack(at, before, storeDir)
}

/** The changed files with such an attribute, as it holds in the folder. One that was moved is stored as it was before. */
export async function filteredOf(
  at: Checkout,
  changes: readonly RawChange[],
  storeDir: string,
): Promise<readonly FilteredChange[]> {
  const before = new Set(changes.map(({ oldBlob }) => oldBlob))
  const files = changes.filter(
    // A path that leads out of the folder, which an index may hold, has no attributes.
    ({ path, mode, blob }) => /^100/.test(mode) && !before.has(blob) && pathProblem(path) === null,
  )
  const filters = await filtersAt(at.dir, files, outside(at, storeDir))
  return files.flatMap((file, i) => {
    const filter = filters[i] ?? ''
    return NO_FILTER.includes(filter) ? [] : [{ ...file, filter }]
  })
}

const NO_FILTER = ['unspecified', 'unset', 'set', '']

async function filtersAt(
  dir: string,
  files: readonly TreeChange[],
  env: Record<string, string>,
): Promise<readonly string[]> {
  if (files.length === 0) return []
  const input = files.map(({ name }) => `${name}\0`).join('')
  const asked = ['check-attr', '-z', '--stdin', 'filter']
  // Of each file: its name, the attribute, the value.
  const values = (await gitOk(dir, asked, { env, input, encoding: 'latin1' })).split('\0')
  return files.map((_, i) => values[3 * i + 2] ?? '')
}

/**
 * Those that would be stored as they are although the branch says otherwise. A worker may bring attributes of its own, of a
 * filter that is its own; but Git LFS is no worker's, and a pointer is by itself what that would store.
 */
async function rawOf(
  at: Checkout,
  base: Sha,
  files: readonly FilteredChange[],
  changes: readonly RawChange[],
  storeDir: string,
): Promise<readonly FilteredChange[]> {
  const [lfs, others] = [files.filter(isLfs), files.filter(each => !isLfs(each))]
  const pointers =
    lfs.length === 0
      ? new Set()
      : await pointersAmong(
          lfs.map(({ blob }) => blob),
          storeDir,
        )
  const raw = lfs.filter(({ blob }) => !pointers.has(blob))
  const isOwn = others.length > 0 && changes.some(({ path }) => path.split('/').at(-1) === ATTRIBUTES)
  return [...raw, ...(isOwn ? await alsoAtBase(at, base, others, storeDir) : others)]
}

const ATTRIBUTES = '.gitattributes'

function isLfs({ filter }: FilteredChange): boolean {
  return filter === 'lfs'
}

/** Those whose filter the base's attributes name as well. */
async function alsoAtBase(
  at: Checkout,
  base: Sha,
  files: readonly FilteredChange[],
  storeDir: string,
): Promise<readonly FilteredChange[]> {
  const folders = new Set(
    files.flatMap(({ path }) => path.split('/').map((_, i, parts) => parts.slice(0, i).join('/'))),
  )
  const scratch = `${at.index}.attributes`
  try {
    await removeAll(scratch)
    for (const folder of folders) {
      const { exitCode, stdout } = await git(storeDir, [
        'cat-file',
        'blob',
        `${base}:${posix.join(folder, ATTRIBUTES)}`,
      ])
      if (exitCode !== 0) continue
      await mkdir(join(scratch, folder), { recursive: true })
      await writeFile(join(scratch, folder, ATTRIBUTES), stdout)
    }
    await mkdir(scratch, { recursive: true })
    const filters = await filtersAt(
      scratch,
      files,
      outside({ dir: scratch, index: `${scratch}/none` }, storeDir),
    )
    return files.filter(({ filter }, i) => filters[i] === filter)
  } finally {
    await removeAll(scratch)
  }
}
