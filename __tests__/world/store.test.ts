import { chmod, mkdir, rm, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { ConflictKind } from '../../src/decide/conflict.ts'
import type { Sha } from '../../src/decide/task.ts'
import { createStore } from '../../src/world/checkout.ts'
import { openStore, type Store } from '../../src/world/store.ts'
import { git, run } from '../rig/exec.ts'
import { type TempDir, tempDir } from '../rig/temp.ts'

let home: TempDir
let source: string
let store: Store
let base: Sha

const TEXT = {
  author: 'Ann <ann@example.invalid> 1700000000 +0100',
  committer: 'Lane <lane@example.invalid> 1700000001 +0000',
}

beforeEach(async () => {
  home = await tempDir('store')
  source = join(home.path, 'source')
  await mkdir(source)
  await git(source, 'init', '--quiet', '--initial-branch=main')
  base = await commit({ 'a.txt': 'one\ntwo\nthree\n', 'dir/b.txt': 'b\n' })
  const dir = join(home.path, 'store.git')
  await createStore(dir, {
    gitDir: join(source, '.git'),
    head: base,
    shareObjects: true,
    objectFormat: 'sha1',
  })
  store = openStore(dir, 'main')
})
afterEach(() => home[Symbol.asyncDispose]())

/** A commit upon `from` (or a first one) in the source; its objects are the store's through its alternates. */
async function commit(files: Record<string, string | null>, from?: string): Promise<Sha> {
  if (from) await git(source, 'checkout', '--quiet', '--detach', from)
  for (const [name, content] of Object.entries(files)) {
    if (content === null) {
      await git(source, 'rm', '--quiet', name)
    } else {
      await mkdir(join(source, name, '..'), { recursive: true })
      await writeFile(join(source, name), content)
    }
  }
  await git(source, 'add', '--all')
  await git(source, 'commit', '--quiet', '--message', Object.keys(files).join(' ') || 'more')
  return (await git(source, 'rev-parse', 'HEAD')) as Sha
}

const conflictIn = (file: string, kind: ConflictKind) => ({ kind: 'conflict', conflicts: [{ file, kind }] })

const show = (tree: Sha, path: string): Promise<string> =>
  git(store.dir, 'cat-file', 'blob', `${tree}:${path}`)

it('holds no objects of its own that the checkout has', async () => {
  expect(await git(store.dir, 'count-objects')).toBe('0 objects, 0 kilobytes')
  expect(await store.exists(base)).toBe(true)
})

it('two changes of different files merge without a checkout', async () => {
  const [ours, theirs] = [
    await commit({ 'a.txt': 'ours\n' }, base),
    await commit({ 'dir/b.txt': 'theirs\n' }, base),
  ]
  const merged = await store.merge(ours, theirs, base)
  if (merged.kind !== 'clean') throw new Error('expected a clean merge')
  expect(await show(merged.tree, 'a.txt')).toBe('ours')
  expect(await show(merged.tree, 'dir/b.txt')).toBe('theirs')
})

it('two changes of one line are a conflict that names the file', async () => {
  const [ours, theirs] = [
    await commit({ 'a.txt': 'ours\n' }, base),
    await commit({ 'a.txt': 'theirs\n' }, base),
  ]
  expect(await store.merge(ours, theirs, base)).toEqual(conflictIn('a.txt', 'lines'))
})

it('a file in the way of a folder is a conflict under the name it has', async () => {
  const [ours, theirs] = [
    await commit({ 'dir/new': 'a file\n' }, base),
    await commit({ 'dir/new/in.txt': 'in a folder\n' }, base),
  ]
  for (const [left, right] of [
    [ours, theirs],
    [theirs, ours],
  ] as const) {
    expect(await store.merge(left, right, base)).toEqual(conflictIn('dir/new', 'file-and-folder'))
  }
})

it('files are merged as the attributes of the branch say: lines of both, or none of them', async () => {
  const root = await commit(
    { '.gitattributes': 'CHANGES merge=union\n*.lock -merge\n', CHANGES: '', 'a.lock': '1\n2\n3\n' },
    base,
  )
  const ours = await commit({ CHANGES: 'ours\n', 'own.lock': '' }, root)
  const theirs = await commit({ CHANGES: 'theirs\n' }, root)
  const merged = await store.merge(ours, theirs, root)
  if (merged.kind === 'conflict') throw new Error('expected a clean merge')
  expect(await show(merged.tree, 'CHANGES')).toBe('ours\ntheirs')
  const [top, bottom] = [
    await commit({ 'a.lock': '0\n2\n3\n' }, root),
    await commit({ 'a.lock': '1\n2\n4\n' }, root),
  ]
  expect(await store.merge(top, bottom, root)).toEqual(conflictIn('a.lock', 'binary'))
})

it('a rename on one side and an edit on the other both survive', async () => {
  await git(source, 'checkout', '--quiet', '--detach', base)
  await git(source, 'mv', 'a.txt', 'renamed.txt')
  await git(source, 'commit', '--quiet', '--message', 'rename')
  const renamed = (await git(source, 'rev-parse', 'HEAD')) as Sha
  const edited = await commit({ 'a.txt': 'one\ntwo\nthree\nfour\n' }, base)
  const merged = await store.merge(renamed, edited, base)
  if (merged.kind !== 'clean') throw new Error('expected a clean merge')
  expect(await show(merged.tree, 'renamed.txt')).toBe('one\ntwo\nthree\nfour')
})

it('modes, links and binary files survive a merge', async () => {
  await git(source, 'checkout', '--quiet', '--detach', base)
  await writeFile(join(source, 'tool'), '#!/bin/sh\n')
  await chmod(join(source, 'tool'), 0o755)
  await symlink('a.txt', join(source, 'link'))
  await writeFile(join(source, 'image'), Buffer.from([0, 255, 1, 254]))
  const theirs = await commit({}, undefined)
  const ours = await commit({ 'dir/b.txt': 'ours\n' }, base)
  const merged = await store.merge(ours, theirs, base)
  if (merged.kind !== 'clean') throw new Error('expected a clean merge')
  const listing = await git(store.dir, 'ls-tree', merged.tree)
  expect(listing).toMatch(/^100755 .*\ttool$/m)
  expect(listing).toMatch(/^120000 .*\tlink$/m)
  const { bytes } = await run('git', ['cat-file', 'blob', `${merged.tree}:image`], { cwd: store.dir })
  expect([...bytes]).toEqual([0, 255, 1, 254])
})

it('a merge works where a shallow history hides the common ancestor', async () => {
  const [ours, theirs] = [
    await commit({ 'a.txt': 'ours\n' }, base),
    await commit({ 'dir/b.txt': 'theirs\n' }, base),
  ]
  await writeFile(join(store.dir, 'shallow'), `${ours}\n`)
  const merged = await store.merge(ours, theirs, base)
  if (merged.kind !== 'clean') throw new Error('expected a clean merge')
  expect(await show(merged.tree, 'a.txt')).toBe('ours')
  expect(await show(merged.tree, 'dir/b.txt')).toBe('theirs')
})

it('what changed is listed with modes, and counted in lines', async () => {
  const changed = await commit({ 'a.txt': 'one\nzwei\nthree\n', 'dir/b.txt': null, 'größe.txt': 'x\n' }, base)
  const { stat, raw } = await store.changes(base, changed)
  expect(stat).toEqual({ files: 3, insertions: 2, deletions: 2 })
  expect(raw.map(({ path, status, oldMode, mode }) => [path, status, oldMode, mode])).toEqual([
    ['a.txt', 'M', '100644', '100644'],
    ['dir/b.txt', 'D', '100644', '000000'],
    ['größe.txt', 'A', '000000', '100644'],
  ])
  expect(raw.map(({ insertions, deletions }) => [insertions, deletions])).toEqual([
    [1, 1],
    [0, 1],
    [1, 0],
  ])
})

it('a file without lines to count adds none', async () => {
  const changed = await commit({ 'logo.png': 'a\0b\n', 'a\tb': 'x\n' }, base)
  const { stat, raw } = await store.changes(base, changed)
  expect(stat).toEqual({ files: 2, insertions: 1, deletions: 0 })
  expect(raw.map(({ path, insertions, deletions }) => [path, insertions, deletions])).toEqual([
    ['a\tb', 1, 0],
    ['logo.png', null, null],
  ])
})

it('tells the changes of many pairs of trees apart, whatever the files are called', async () => {
  const [tree] = await store.resolve([`${base}^{tree}`])
  const trap = `${tree} ${tree}\n:100644`
  const changed = await Promise.all(
    [{ [trap]: 'x\n' }, {}, { 'a.txt': null, 'dir/b.txt': 'b\nmore\n' }].map(files =>
      store.replaceFiles(tree!, files),
    ),
  )
  const pairs = changed.map(after => [tree!, after] as const)
  const together = await store.changesOf(pairs)
  expect(together).toEqual(await Promise.all(pairs.map(pair => store.changes(...pair))))
  expect(together.map(({ stat }) => stat)).toEqual([
    { files: 1, insertions: 1, deletions: 0 },
    { files: 0, insertions: 0, deletions: 0 },
    { files: 2, insertions: 1, deletions: 3 },
  ])
  expect(await store.changesOf([])).toEqual([])
})

it('a commit is written and read back to the byte, whatever its message holds', async () => {
  const [tree] = await store.resolve([`${base}^{tree}`])
  const message = 'Subject mit Größe\n\nbody with\n\nempty lines and 🙂\n'
  const written = await store.writeCommit(tree!, base, { ...TEXT, message })
  expect(await store.readCommits([written, base])).toMatchObject([
    { ...TEXT, message },
    { message: 'a.txt dir/b.txt\n' },
  ])
})

it('replaces files in a tree by rebuilding only the folders on the way', async () => {
  const [tree] = await store.resolve([`${base}^{tree}`])
  const replaced = await store.replaceFiles(tree!, {
    'dir/b.txt': 'new\n',
    'deep/er/c.txt': 'c\n',
    'a.txt': null,
  })
  expect(await git(store.dir, 'ls-tree', '-r', '--name-only', replaced)).toBe('deep/er/c.txt\ndir/b.txt')
  expect(await git(store.dir, 'cat-file', 'blob', `${replaced}:dir/b.txt`)).toBe('new')
  await git(store.dir, 'fsck', '--strict', replaced)
})

it('a patch can be applied however the user likes to read a diff', async () => {
  await git(store.dir, 'config', 'diff.noprefix', 'true')
  await git(store.dir, 'config', 'diff.orderFile', '/none')
  const work = await commit({ 'a.txt': 'work\n' }, base)
  const patch = join(home.path, 'work.patch')
  await store.patch(patch, base, work)
  await git(source, 'checkout', '--quiet', '--detach', base)
  await git(source, 'apply', '--index', patch)
  expect(await git(source, 'write-tree')).toBe(await git(source, 'rev-parse', `${work}^{tree}`))
})

it('a bundle and a patch each bring the work back', async () => {
  const work = await commit({ 'a.txt': 'work\n', 'bin.dat': '\u0000\u0001' }, base)
  const bundle = join(home.path, 'work.bundle')
  const patch = join(home.path, 'work.patch')
  await store.bundle(bundle, base, work, 'refs/fanout/work/t')
  await store.patch(patch, base, work)
  await git(source, 'checkout', '--quiet', '--detach', base)
  await git(source, 'bundle', 'verify', bundle)
  await git(source, 'fetch', '--quiet', bundle, 'refs/fanout/work/t')
  expect(await git(source, 'rev-parse', 'FETCH_HEAD')).toBe(work)
  await git(source, 'apply', '--index', patch)
  expect(await git(source, 'write-tree')).toBe(await git(source, 'rev-parse', `${work}^{tree}`))
})

it('says which commits are not there whole: gone, or a file of theirs lost with the power', async () => {
  const whole = await commit({ 'a.txt': 'whole\n' }, base)
  const torn = await commit({ 'new/torn.txt': 'torn\n' }, base)
  const gone = '1234567890'.repeat(4) as Sha
  expect(await store.missing([whole, torn])).toEqual(new Set())
  const blob = await git(source, 'rev-parse', `${torn}:new/torn.txt`)
  const file = join(source, '.git', 'objects', blob.slice(0, 2), blob.slice(2))
  await chmod(file, 0o644)
  await writeFile(file, '')
  expect(await store.missing([whole, torn, gone])).toEqual(new Set([torn, gone]))
  await rm(file)
  expect(await store.missing([torn, whole])).toEqual(new Set([torn]))
  expect(await store.missing([])).toEqual(new Set())
})
