import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Sha } from '../../src/decide/task.ts'
import { openStore, type Store } from '../../src/world/store.ts'
import { git, run } from '../rig/exec.ts'
import { chanceOf } from '../rig/model/chance.ts'
import { type TempDir, tempDir } from '../rig/temp.ts'

let home: TempDir
let store: Store
let empty: Sha

beforeEach(async () => {
  home = await tempDir('walk')
  const dir = join(home.path, 'store.git')
  await git('/', 'init', '--quiet', '--bare', dir)
  empty = (await git(dir, 'hash-object', '-t', 'tree', '-w', '/dev/null')) as Sha
  store = openStore(dir, 'main')
})
afterEach(() => home[Symbol.asyncDispose]())

const treeOf = (...paths: readonly string[]): Promise<Sha> =>
  store.replaceFiles(empty, Object.fromEntries(paths.map(path => [path, 'x'])))

it('files changed between two trees are those that git lists', async () => {
  const chance = chanceOf(11)
  const names = ['a', 'a/b', 'a/b/c', 'a.b', 'ä/x', 'z/y/x', 'z/y/w', 'q']
  for (let i = 0; i < 60; i++) {
    const side = async (): Promise<Sha> => {
      let tree = empty
      for (let n = chance.below(6); n > 0; n--) {
        const path = names[chance.below(names.length)]!
        tree = await store.replaceFiles(tree, { [path]: `${chance.below(3)}` })
      }
      return tree
    }
    const [from, to] = [await side(), await side()]
    const listed = (await store.changes(from, to)).raw.map(({ insertions, deletions, ...change }) => change)
    expect(await store.changedFiles(from, to)).toEqual(listed)
  }
})

it('modes, links and submodules that change are told as git tells them', async () => {
  const blob = await store.writeBlob('x', empty)
  const tree = async (lines: string): Promise<Sha> =>
    (await run('git', ['mktree', '--missing'], { cwd: store.dir, input: lines })).stdout.trim() as Sha
  const from = await tree(
    `100644 blob ${blob}\tfile\n100644 blob ${blob}\tlink\n160000 commit ${'1'.repeat(40)}\tsub\n`,
  )
  const to = await tree(`100755 blob ${blob}\tfile\n120000 blob ${blob}\tlink\n`)
  expect(
    (await store.changedFiles(from, to)).map(({ path, status, mode }) => `${status} ${mode} ${path}`),
  ).toEqual(['M 100755 file', 'T 120000 link', 'D 000000 sub'])
})

it('a tree that an old tool wrote holds the same files: nothing is changed', async () => {
  const plain = await store.replaceFiles(empty, { 'd/e': 'x', f: 'y' })
  const listed = (await git(store.dir, 'ls-tree', plain)).split('\n').map(line => line.split(/\s/))
  const entry = (mode: string, name: string): Buffer =>
    Buffer.concat([
      Buffer.from(`${mode} ${name}\0`),
      Buffer.from(listed.find(one => one[3] === name)![2]!, 'hex'),
    ])
  const input = Buffer.concat([entry('040000', 'd'), entry('100664', 'f')])
  const args = ['hash-object', '-t', 'tree', '-w', '--literally', '--stdin']
  const old = (await run('git', args, { cwd: store.dir, input })).stdout.trim() as Sha
  expect(old).not.toBe(plain)
  expect(await store.changedFiles(old, plain)).toEqual([])
  // What somebody changes beside it is all that changes.
  const changed = await store.replaceFiles(plain, { 'd/e': 'z' })
  const merged = await store.merge(old, changed, plain)
  if (merged.kind !== 'clean') throw new Error('expected a clean merge')
  expect((await store.changes(old, merged.tree)).raw.map(({ path }) => path)).toEqual(['d/e'])
})

it.each([
  [['README.md', 'readme.md'], 'readme.md', { kind: 'name', other: 'README.md' }],
  [['Docs/a/b', 'docs'], 'docs', { kind: 'name', other: 'Docs/' }],
  [['src/A', 'SRC/a/b'], 'SRC/a/b', { kind: 'folder', folder: 'SRC/a', file: 'src/A' }],
  [['one/x', 'One'], 'one/x', { kind: 'folder', folder: 'one', file: 'One' }],
  [['src/deep/X', 'Src/Deep/x'], 'src/deep/X', { kind: 'name', other: 'Src/Deep/x' }],
  [['e\u0301', '\u00e9'], '\u00e9', { kind: 'name', other: 'e\u0301' }],
  [['Src/other', 'src/new'], 'src/new', null],
  [['a', 'b/a'], 'a', null],
])('in %j the twin of %s is %j', async (paths, path, twin) => {
  expect(await store.twinOf(await treeOf(...paths), path)).toEqual(twin)
})

it('a folder that holds a name twice is not compared: one reader would see the one, the next the other', async () => {
  const [good, evil] = [await store.writeBlob('good', empty), await store.writeBlob('evil', empty)]
  const entry = (blob: Sha): Buffer => Buffer.concat([Buffer.from('100644 f\0'), Buffer.from(blob, 'hex')])
  const args = ['hash-object', '-t', 'tree', '-w', '--literally', '--stdin']
  const write = async (input: Buffer): Promise<Sha> =>
    (await run('git', args, { cwd: store.dir, input })).stdout.trim() as Sha
  const twice = await write(Buffer.concat([entry(evil), entry(good)]))
  await expect(store.changedFiles(empty, twice)).rejects.toThrow(/disorder/)
  const below = Buffer.concat([Buffer.from('40000 d\0'), Buffer.from(twice, 'hex')])
  await expect(store.changedFiles(empty, await write(below))).rejects.toThrow(/disorder/)
  // Where it does not differ it is the branch's own.
  expect(await store.changedFiles(twice, twice)).toEqual([])
})
