/** Merges of any three trees, whatever history they have: held against git's own. */
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
  home = await tempDir('three-way')
  const dir = join(home.path, 'store.git')
  await git('/', 'init', '--quiet', '--bare', dir)
  empty = (await git(dir, 'hash-object', '-t', 'tree', '-w', '/dev/null')) as Sha
  store = openStore(dir, 'main')
})
afterEach(() => home[Symbol.asyncDispose]())

type Files = Readonly<Record<string, string | null>>

async function commit(files: Files, ...parents: readonly Sha[]): Promise<Sha> {
  const [below] = parents.length > 0 ? await store.resolve([`${parents[0]}^{tree}`]) : [empty]
  const tree = await store.replaceFiles(below!, files)
  const known = parents.flatMap(parent => ['-p', parent])
  return (await git(store.dir, 'commit-tree', tree, ...known, '-m', 'x')) as Sha
}

async function clean(ours: Sha, theirs: Sha, base: Sha): Promise<Sha> {
  const merged = await store.merge(ours, theirs, base)
  if (merged.kind !== 'clean') throw new Error(`conflicts: ${JSON.stringify(merged.conflicts)}`)
  return merged.tree
}

const show = (tree: Sha, path: string): Promise<string> =>
  git(store.dir, 'cat-file', 'blob', `${tree}:${path}`)
const names = (tree: Sha): Promise<string> => git(store.dir, 'ls-tree', '-r', '--name-only', tree)

it('a base that somebody took off the branch brings none of itself along', async () => {
  const good = await commit({ 'n.txt': '1\n2\n3\n' })
  const bad = await commit({ 'leaked.env': 'secret', 'n.txt': '1\n2\n3\nx\n' }, good)
  const work = await commit({ 'new.txt': 'new' }, bad)
  expect(await names(await clean(good, work, bad))).toBe('n.txt\nnew.txt')
  // Also where git has to look into a file.
  const near = await commit({ 'n.txt': 'one\n2\n3\nx\n' }, bad)
  const merged = await clean(await commit({ 'n.txt': '1\n2\n3\n', more: 'x' }, good), near, bad)
  expect(await show(merged, 'n.txt')).toBe('one\n2\n3')
})

it('a base above the tip, beside it, or without any history in common is the base all the same', async () => {
  const root = await commit({ a: 'a\n', b: 'b\n' })
  const left = await commit({ a: 'left\n' }, root)
  const right = await commit({ b: 'right\n' }, root)
  const alien = await commit({ a: 'a\n', b: 'b\n', c: 'c\n' })
  const work = await commit({ a: 'work\n' }, right)
  expect(await show(await clean(root, work, right), 'b')).toBe('b')
  expect(await show(await clean(root, work, right), 'a')).toBe('work')
  expect(await store.merge(left, work, right)).toMatchObject({ kind: 'conflict' })
  expect(await names(await clean(alien, work, right))).toBe('a\nb\nc')
})

it('criss-cross: the candidate changes what it changes on its base, and not what git would make of two bases', async () => {
  const root = await commit({ f: '1\n2\n3\n4\n5\n' })
  const x = await commit({ f: 'X\n2\n3\n4\n5\n' }, root)
  const y = await commit({ f: '1\n2\n3\n4\nY\n' }, root)
  const tip = await commit({ f: 'X\n2\n3\n4\nY\n' }, x, y)
  const other = await commit({ f: 'X\n2\n3\n4\nY\n' }, y, x)
  const work = await commit({ f: 'X\n2\nwork\n4\nY\n' }, other)
  expect(await show(await clean(await commit({ g: 'g' }, tip), work, other), 'f')).toBe('X\n2\nwork\n4\nY')
})

it('attributes hold at every level, the deeper one first, and those of the tip alone', async () => {
  const rules = {
    '.gitattributes': '*.lock -merge\nlist.txt -merge\n',
    'd/.gitattributes': 'list.txt merge=union\n/top.lock merge=union\n',
    'd/we ird[x]/.gitattributes': 'list.txt -merge\n',
  }
  const paths = [
    'list.txt',
    'd/list.txt',
    'd/e/list.txt',
    'd/we ird[x]/list.txt',
    'd/top.lock',
    'd/e/top.lock',
  ]
  const all = (text: string): Files => Object.fromEntries(paths.map(path => [path, text]))
  const base = await commit({ ...rules, ...all('a\n') })
  const ours = await commit(all('a\nours\n'), base)
  const theirs = await commit({ ...all('a\ntheirs\n'), '.gitattributes': '* merge=union\n' }, base)
  const merged = await store.merge(ours, theirs, base)
  if (merged.kind !== 'conflict') throw new Error('expected conflicts')
  expect(merged.conflicts.map(({ file }) => file)).toEqual([
    'd/e/top.lock',
    'd/we ird[x]/list.txt',
    'list.txt',
  ])
  // Rules that change from tip to tip are those of the tip.
  const later = await commit({ 'd/.gitattributes': null, '.gitattributes': '* merge=union\n' }, ours)
  expect(await store.merge(later, await commit(all('a\ntheirs\n'), base), base)).toMatchObject({
    kind: 'conflict',
    conflicts: [{ file: 'd/we ird[x]/list.txt' }],
  })
})

it("the user's merge settings hold, and none of them ends git", async () => {
  const base = await commit({
    '.gitattributes': '*.txt text\n',
    'a.txt': '1\r\n2\r\n3\r\n',
    'old/x': 'x\n'.repeat(20),
  })
  const ours = await commit({ 'a.txt': '1\n2\n3\n' }, base)
  const theirs = await commit({ 'a.txt': '1\r\n2\r\nthree\r\n' }, base)
  expect(await store.merge(ours, theirs, base)).toMatchObject({ kind: 'conflict' })
  await git(store.dir, 'config', 'merge.renormalize', 'true')
  expect(await show(await clean(ours, theirs, base), 'a.txt')).toBe('1\n2\nthree')
  await git(store.dir, 'config', 'merge.ours.driver', 'true')
  const driven = await commit({ '.gitattributes': 'a.txt merge=ours\n' }, base)
  const [mine, his] = [
    await commit({ 'a.txt': 'mine\n' }, driven),
    await commit({ 'a.txt': 'his\n' }, driven),
  ]
  expect(await show(await clean(mine, his, driven), 'a.txt')).toBe('mine')
})

it('conflicts are told as what they are', async () => {
  const lines = Array.from({ length: 20 }, (_, i) => `line ${i}\n`).join('')
  const base = await commit({
    'a.txt': 'a\n',
    'logo.png': 'a\0b',
    'dir/one': lines,
    'dir/two': `2${lines}`,
    r: lines,
  })
  const told = async (left: Files, right: Files) => {
    const merged = await store.merge(await commit(left, base), await commit(right, base), base)
    if (merged.kind !== 'conflict') throw new Error('expected a conflict')
    return [...new Set(merged.conflicts.map(({ kind }) => kind))]
  }
  expect(await told({ 'a.txt': 'b\n' }, { 'a.txt': 'c\n' })).toEqual(['lines'])
  expect(await told({ new: 'b\n' }, { new: 'c\n' })).toEqual(['both-added'])
  expect(await told({ 'a.txt': null }, { 'a.txt': 'c\n' })).toEqual(['removed'])
  expect(await told({ 'logo.png': 'x\0y' }, { 'logo.png': 'z\0' })).toEqual(['binary'])
  expect(await told({ n: 'file' }, { 'n/in': 'x' })).toEqual(['file-and-folder'])
  const away: Files = { 'dir/one': null, 'dir/two': null, 'to/one': lines, 'to/two': `2${lines}` }
  expect(await told(away, { 'dir/new': 'x' })).toEqual(['folder-renamed'])
  expect(await told({ r: null, left: lines }, { r: null, right: lines })).toContain('renamed')
  expect(await told({ r: null, left: lines }, { r: null })).toContain('renamed-and-removed')
})

function textsOf(files: Readonly<Record<string, readonly string[]>>): Files {
  return Object.fromEntries(Object.entries(files).map(([path, lines]) => [path, lines.join('')]))
}

/** As `git merge-tree` of a git that takes a base, on commits whose only common one is that base. */
async function oracle(base: Sha, ours: Sha, theirs: Sha): Promise<string> {
  const [was, left, right] = await store.resolve([base, ours, theirs].map(one => `${one}^{tree}`))
  const root = await git(store.dir, 'commit-tree', was!, '-m', 'base')
  const sides = []
  for (const tree of [left!, right!])
    sides.push(await git(store.dir, 'commit-tree', tree, '-p', root, '-m', 's'))
  const merged = await run('git', ['merge-tree', '--write-tree', ...sides], { cwd: store.dir })
  return merged.stdout.split('\n', 1)[0]!
}

const CASES = Number(process.env.FANOUT_RANDOM_CASES || 60)

it('random histories, with bases below, above and beside the tip: the trees are what git makes', async () => {
  const seed = Number(process.env.FANOUT_RANDOM_SEED || 3)
  const chance = chanceOf(seed)
  const paths = ['a', 'b', 'd/a', 'd/b', 'd/e/a', 'f']
  const first = Object.fromEntries(paths.map(path => [path, Array.from({ length: 9 }, (_, i) => `${i}\n`)]))
  type Known = { readonly commit: Sha; readonly files: Readonly<Record<string, readonly string[]>> }
  let known: Known[] = [{ commit: await commit(textsOf(first)), files: first }]
  const pick = (): Known => known[chance.below(known.length)]!
  let cleanOnes = 0
  for (let i = 0; i < CASES; i++) {
    const below = pick()
    const path = paths[chance.below(paths.length)]!
    const { [path]: lines = ['new\n'], ...others } = below.files
    const edited = lines.with(chance.below(lines.length), `${chance.below(4)} edited\n`)
    const files = chance.below(8) === 0 ? others : { ...others, [path]: edited }
    // A second parent now and then: histories that cross.
    const parents = [below.commit, ...(chance.below(3) === 0 ? [pick().commit] : [])]
    const change = { [path]: files[path]?.join('') ?? null }
    known = [...known.slice(-9), { commit: await commit(change, ...parents), files }]
    const [base, ours, theirs] = [pick().commit, pick().commit, pick().commit]
    const merged = await store.merge(ours, theirs, base)
    if (merged.kind !== 'clean') continue
    cleanOnes++
    expect(merged.tree, `seed ${seed}, case ${i}`).toBe(await oracle(base, ours, theirs))
  }
  expect(cleanOnes).toBeGreaterThan(CASES / 4)
})
