/**
 * Three-way merges of trees, without a checkout. The base is the one that is given, whatever history says: git finds a merge
 * base of its own, so it is shown three commits that were made for these trees.
 */
import { join } from 'node:path'
import type { Conflict, ConflictKind } from '../decide/conflict.ts'
import type { Sha } from '../decide/task.ts'
import { openAttributes } from './attributes.ts'
import { type GitOutput, git } from './git.ts'
import { algorithmOf, writeLoose } from './loose.ts'
import type { ReadObject } from './objects.ts'
import type { Trees } from './trees.ts'

export type Merge =
  | { readonly kind: 'clean'; readonly tree: Sha }
  | { readonly kind: 'conflict'; readonly conflicts: readonly Conflict[] }

/** Merges trees; rejects where git cannot answer. */
export type MergeTrees = (base: Sha, ours: Sha, theirs: Sha) => Promise<Merge>

export function openMerge(storeDir: string, trees: Trees, readObject: ReadObject): MergeTrees {
  const attributes = openAttributes(join(storeDir, 'attributes'), storeDir, trees, readObject)
  return async (base, ours, theirs) => {
    const tree = await trees.merge(base, ours, theirs)
    if (tree !== null) return { kind: 'clean', tree }
    const root = commitOf(base, null)
    const sides = [commitOf(ours, root), commitOf(theirs, root)] as const
    // With a work tree, where git finds `.gitattributes`: a bare repository reads none, and git 2.39 dies there of
    // `merge.renormalize`.
    const cwd = await attributes(ours)
    const how = ['merge-tree', '--write-tree', '-z', '--messages']
    const env = { GIT_DIR: storeDir, GIT_WORK_TREE: cwd }
    return mergeOf(await git(cwd, [...how, ...sides], { env, encoding: 'latin1' }), sides)
  }

  function commitOf(tree: Sha, parent: Sha | null): Sha {
    const who = 'fanout <fanout> 0 +0000'
    const parents = parent === null ? '' : `parent ${parent}\n`
    const text = `tree ${tree}\n${parents}author ${who}\ncommitter ${who}\n\n`
    return writeLoose(storeDir, 'commit', Buffer.from(text), algorithmOf(tree))
  }
}

/**
 * The tree; for each unmerged file `mode object stage TAB name`; an empty part; then for each message the number of its
 * paths, these, its type and its words: git-merge-tree(1) with `-z`. Types are constants of git, words are not read.
 */
function mergeOf({ exitCode, stdout, stderr }: GitOutput, sides: readonly Sha[]): Merge {
  if (exitCode > 1) throw new Error(`git merge-tree exited with ${exitCode}: ${stderr.trim()}`)
  const [tree = '', ...parts] = stdout.split('\0')
  if (exitCode === 0) return { kind: 'clean', tree: tree.trim() as Sha }
  const end = parts.indexOf('')
  const stages = new Map<string, Set<string>>()
  for (const part of parts.slice(0, end)) {
    const [, stage = '', name = ''] = /^\S+ \S+ (\d)\t(.*)$/s.exec(part) ?? []
    const path = nameOf(name, sides)
    stages.set(path, (stages.get(path) ?? new Set()).add(stage))
  }
  const types = new Map<string, string[]>()
  const messages = parts.slice(end + 1)
  for (let at = 0; at < messages.length - 1; ) {
    const count = Number(messages[at])
    const type = messages[at + 1 + count] ?? ''
    for (const name of messages.slice(at + 1, at + 1 + count)) {
      const path = nameOf(name, sides)
      types.set(path, [...(types.get(path) ?? []), type])
    }
    at += count + 3
  }
  const paths = [...stages.keys()].sort()
  const conflicts = paths.map(file => {
    return { file, kind: kindOf(types.get(file) ?? [], [...stages.get(file)!].sort().join('')) }
  })
  return { kind: 'conflict', conflicts }
}

/** A file in the way of a folder git calls `<file>~<its commit>`: nobody has a file of that name. */
function nameOf(name: string, sides: readonly Sha[]): string {
  const aside = new RegExp(`~(?:${sides.join('|')})(?:_\\d+)?$`)
  return Buffer.from(name.replace(aside, ''), 'latin1').toString()
}

/** Of git's types (merge-ort.c, `type_short_descriptions`) the one that says most; `stages`: of base, ours and theirs. */
function kindOf(types: readonly string[], stages: string): ConflictKind {
  const known = TYPES.find(([words]) => types.some(type => type.includes(words)))
  if (known !== undefined && known[1] !== 'lines') return known[1]
  if (stages === '23') return 'both-added'
  return known?.[1] ?? 'other'
}

const TYPES: readonly (readonly [string, ConflictKind])[] = [
  ['directory rename', 'folder-renamed'],
  ['rename/delete', 'renamed-and-removed'],
  ['rename', 'renamed'],
  ['file/directory', 'file-and-folder'],
  ['modify/delete', 'removed'],
  ['binary', 'binary'],
  ['distinct modes', 'modes'],
  ['submodule', 'submodule'],
  ['contents', 'lines'],
]
