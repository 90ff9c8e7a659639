/** The `.gitattributes` of a tree, at every level, as files in a folder: where git looks for them. */
import { createHash } from 'node:crypto'
import { mkdir, rename, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { pathProblem } from '../decide/place.ts'
import type { Sha } from '../decide/task.ts'
import { isFolder, removeAll } from './files.ts'
import { gitOk } from './git.ts'
import { parseDiff, type TreeChange } from './git-output.ts'
import { algorithmOf } from './loose.ts'
import type { ReadObject } from './objects.ts'
import { walkChanges } from './tree-walk.ts'
import type { Trees } from './trees.ts'

/** Path of a file -> its blob. */
type Rules = ReadonlyMap<string, Sha>

const NAME = '.gitattributes'
const EMPTY_TREE = {
  sha1: '4b825dc642cb6eb9a060e54bf8d69288fbee4904',
  sha256: '6ef19b41225c5369f1c104d45d8d85efa9b057b53b14b4b9b939dd74decc5321',
} as const

/**
 * Gives the folder with the files of a tree, made below `dir` at the first time. All of a tree is looked through once;
 * another tree is compared with the last one.
 */
export function openAttributes(
  dir: string,
  storeDir: string,
  trees: Trees,
  readObject: ReadObject,
): (tree: Sha) => Promise<string> {
  let last: { readonly tree: Sha; readonly rules: Rules } | null = null

  async function rulesOf(tree: Sha): Promise<Rules> {
    if (last?.tree === tree) return last.rules
    const rules = new Map(last?.rules)
    const empty = EMPTY_TREE[algorithmOf(tree)] as Sha
    const changes = last === null ? null : await walkChanges(last.tree, tree, trees.read)
    for (const { path, mode, blob } of changes ?? (await search(last?.tree ?? empty, tree))) {
      if (path !== NAME && !path.endsWith(`/${NAME}`)) continue
      // A link there is no rule to git.
      if (mode.startsWith('100') && pathProblem(path) === null) rules.set(path, blob)
      else rules.delete(path)
    }
    last = { tree, rules }
    return rules
  }

  async function search(from: Sha, to: Sha): Promise<readonly TreeChange[]> {
    const diff = ['diff-tree', '-r', '-z', '--no-renames', '--raw', '--abbrev=64', from, to]
    return parseDiff(await gitOk(storeDir, [...diff, '--', `:(glob)**/${NAME}`], { encoding: 'latin1' })).raw
  }

  return async tree => {
    const rules = [...(await rulesOf(tree))].sort(([a], [b]) => (a < b ? -1 : 1))
    const folder = join(dir, createHash('sha256').update(JSON.stringify(rules)).digest('hex').slice(0, 16))
    if (await isFolder(folder)) return folder
    const aside = `${folder}.new`
    await removeAll(aside)
    await mkdir(aside, { recursive: true })
    for (const [path, blob] of rules) {
      const file = join(aside, path)
      await mkdir(dirname(file), { recursive: true })
      await writeFile(file, await readObject(blob))
    }
    await rename(aside, folder)
    return folder
  }
}
