import { join } from 'node:path'
import { expect, it } from 'vitest'
import type { Sha } from '../../src/decide/task.ts'
import { openObjects } from '../../src/world/objects.ts'
import { openStore, type Store } from '../../src/world/store.ts'
import { openTrees } from '../../src/world/trees.ts'
import { git, gitWith, type RunOptions } from '../rig/exec.ts'
import { type Chance, chanceOf } from '../rig/model/chance.ts'
import { tempDir } from '../rig/temp.ts'

const WHO = 'Ann <ann@example.invalid> 1700000000 +0000'
const TEXT = { author: WHO, committer: WHO, message: 'x\n' }

const said = async (options: RunOptions, ...args: string[]): Promise<string> =>
  (await gitWith(options, ...args)).stdout.trim()

async function makeStore(dir: string, format = 'sha1'): Promise<{ store: Store; empty: Sha }> {
  await git('/', 'init', '--quiet', '--bare', `--object-format=${format}`, dir)
  const empty = (await git(dir, 'hash-object', '-t', 'tree', '-w', '/dev/null')) as Sha
  return { store: openStore(dir, 'main'), empty }
}

for (const format of ['sha1', 'sha256']) {
  it(`a tree made without git is the one that git would make (${format})`, async () => {
    await using home = await tempDir('trees')
    const { store, empty } = await makeStore(join(home.path, 'store.git'), format)
    const files = { 'a.txt': 'a\n', 'a/b/c.txt': 'c\n', 'a-b': 'x', 'größe/ß 🙂': 'y', 'a.b/c': 'z' }
    const tree = await store.replaceFiles(empty, files)
    const index = { cwd: store.dir, env: { GIT_INDEX_FILE: join(home.path, 'index') } }
    const lines = await Promise.all(
      Object.entries(files).map(async ([path, text]) => {
        const blob = await said({ cwd: store.dir, input: text }, 'hash-object', '-w', '--stdin')
        return `100644 ${blob}\t${path}\0`
      }),
    )
    await gitWith({ ...index, input: lines.join('') }, 'update-index', '-z', '--index-info')
    expect(tree).toBe(await said(index, 'write-tree'))
    await git(store.dir, 'fsck', '--strict', tree)
    expect(await store.blobAt(tree, 'größe/ß 🙂')).toBe(
      await git(store.dir, 'rev-parse', `${tree}:größe/ß 🙂`),
    )
    for (const path of ['a', 'a/b', 'a/b/d', 'a.txt/b', 'none'])
      expect(await store.blobAt(tree, path)).toBe(null)
  })
}

it('what was there keeps its mode, and an empty folder goes', async () => {
  await using home = await tempDir('trees')
  const { store, empty } = await makeStore(join(home.path, 'store.git'))
  const tool = await store.writeBlob('#!/bin/sh\n', empty)
  const entries = `100755 blob ${tool}\ttool\n120000 blob ${tool}\tlink\n160000 commit ${'1'.repeat(40)}\tinner\n`
  const flat = (await said({ cwd: store.dir, input: entries }, 'mktree', '--missing')) as Sha
  const tree = await store.replaceFiles(flat, { 'd/e/f': 'f', tool: 'new' })
  expect(await git(store.dir, 'ls-tree', tree)).toMatch(
    /^040000 tree \w+\td\n160000 commit 1+\tinner\n120000 blob \w+\tlink\n100755 blob \w+\ttool$/,
  )
  const without = await store.replaceFiles(tree, {
    'd/e/f': null,
    'd/none': null,
    'tool/none': null,
    gone: null,
  })
  expect(without).toBe(await store.replaceFiles(flat, { tool: 'new' }))
  expect(await store.replaceFiles(await store.replaceFiles(empty, { 'd/e': 'x' }), { 'd/e': null })).toBe(
    empty,
  )
})

it('a file takes the place of a folder, and the other way round', async () => {
  await using home = await tempDir('trees')
  const { store, empty } = await makeStore(join(home.path, 'store.git'))
  const folder = await store.replaceFiles(empty, { 'd/e': 'x', f: 'y' })
  const file = await store.replaceFiles(empty, { d: 'x', f: 'y' })
  expect(await store.replaceFiles(folder, { d: 'x' })).toBe(file)
  expect(await store.replaceFiles(file, { 'd/e': 'x' })).toBe(folder)
})

it('a folder whose mode an old tool wrote with a zero is a folder', async () => {
  await using home = await tempDir('trees')
  const { store, empty } = await makeStore(join(home.path, 'store.git'))
  const plain = await store.replaceFiles(empty, { 'd/e': 'x', 'd/f': 'y' })
  const below = await git(store.dir, 'rev-parse', `${plain}:d`)
  const input = Buffer.concat([Buffer.from('040000 d\0'), Buffer.from(below, 'hex')])
  const old = await said(
    { cwd: store.dir, input },
    ...'hash-object -t tree -w --literally --stdin'.split(' '),
  )
  expect(old).not.toBe(plain)
  const without = await store.replaceFiles(old as Sha, { 'd/f': null })
  expect(without).toBe(await store.replaceFiles(empty, { 'd/e': 'x' }))
})

interface Case {
  readonly base: Record<string, string>
  readonly ours: Record<string, string>
  readonly theirs: Record<string, string>
}

it('a merge without git is the one that git makes, wherever it has an answer', async () => {
  await using home = await tempDir('trees')
  const { store, empty } = await makeStore(join(home.path, 'store.git'))
  const trees = openTrees(store.dir, openObjects(store.dir))
  const chance = chanceOf(7)
  let answered = 0
  const commitOf = async (files: Record<string, string>, parent: Sha): Promise<Sha> =>
    store.writeCommit(await store.replaceFiles(empty, files), parent, TEXT)
  const first = (await git(store.dir, 'commit-tree', empty, '-m', 'x')) as Sha
  for (let i = 0; i < CASES; i++) {
    const { base, ours, theirs } = caseOf(chance)
    const below = await commitOf(base, first)
    const [left, right] = await Promise.all([commitOf(ours, below), commitOf(theirs, below)])
    const [was, mine, his] = await store.resolve([below, left, right].map(commit => `${commit}^{tree}`))
    const tree = await trees.merge(was!, mine!, his!)
    if (tree === null) continue
    answered++
    const told = JSON.stringify({ base, ours, theirs })
    expect(await store.merge(left, right, below), told).toEqual({ kind: 'clean', tree })
  }
  // Otherwise it shows nothing.
  expect(answered).toBeGreaterThan(CASES / 5)
})

const CASES = Number(process.env.TREES_CASES || 150)
const LINES = Array.from({ length: 12 }, (_, i) => `line ${i}\n`)

/** A few files in a few folders, with contents that look like renames of one another. */
function caseOf({ below }: Chance): Case {
  const pick = <T>(from: readonly T[]): T => from[below(from.length)]!
  const folder = (): string => pick(['', '', 'a/', 'b/', 'a/c/', 'a/d/', 'b/c/', 'e/'])
  const text = (seed: string): string => LINES.map(line => `${seed} ${line}`).join('')
  const base: Record<string, string> = {}
  for (let i = 4 + below(8); i > 0; i--) put(base, `${folder()}f${i}`, text(`${i}`))
  const side = (name: string): Record<string, string> => {
    const files = { ...base }
    for (let i = 1 + below(3); i > 0; i--) change(files, `${name}${i}`)
    return files
  }
  const change = (files: Record<string, string>, name: string): void => {
    const at = pick(Object.keys(files))
    if (at === undefined) return
    const ways = [
      () => put(files, at, `${files[at]}${name}\n`),
      () => put(files, `${folder()}${name}`, text(name)),
      () => void delete files[at],
      () => move(files, at, `${folder()}${pick([name, at.split('/').at(-1)!])}`),
      () => moveFolder(files, folder(), folder()),
      () => put(files, `${folder()}new`, text('same')),
    ]
    pick(ways)()
  }
  return { base, ours: side('o'), theirs: side('t') }
}

/** A file where a folder is, or a folder where a file is, takes its place. */
function put(files: Record<string, string>, path: string, text: string): void {
  for (const other of Object.keys(files))
    if (other.startsWith(`${path}/`) || path.startsWith(`${other}/`)) delete files[other]
  files[path] = text
}

function move(files: Record<string, string>, from: string, to: string): void {
  const text = files[from]!
  delete files[from]
  put(files, to, text)
}

function moveFolder(files: Record<string, string>, from: string, to: string): void {
  for (const path of Object.keys(files).filter(each => each.startsWith(from)))
    if (path in files) move(files, path, `${to}${path.slice(from.length)}`)
}
