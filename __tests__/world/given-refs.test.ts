/** Tags and remote branches of the user's checkout in the folders that are made, and whose work they are. */
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Sha } from '../../src/decide/task.ts'
import { type Checkout, createCheckout, createStore } from '../../src/world/checkout.ts'
import { bundleLeftBehind } from '../../src/world/left-behind.ts'
import { snapshot } from '../../src/world/snapshot.ts'
import { git } from '../rig/exec.ts'
import { type TempDir, tempDir } from '../rig/temp.ts'

let home: TempDir
let source: string
let storeDir: string
let at: Checkout
let base: Sha

const commit = async (dir: string, name: string): Promise<Sha> => {
  await writeFile(join(dir, name), `${name}\n`)
  await git(dir, 'add', '.')
  await git(dir, 'commit', '--quiet', '--message', name)
  return (await git(dir, 'rev-parse', 'HEAD')) as Sha
}

/** A checkout with a tag below the branch, an annotated one on another branch, and one that is called as the branch. */
beforeEach(async () => {
  home = await tempDir('given')
  source = join(home.path, 'source')
  await mkdir(source)
  await git(source, 'init', '--quiet', '--initial-branch=main')
  await commit(source, 'first')
  await git(source, 'tag', 'v1')
  await git(source, 'checkout', '--quiet', '-b', 'side')
  const side = await commit(source, 'side')
  await git(source, 'tag', '--annotate', 'v2', '--message', 'two')
  await git(source, 'checkout', '--quiet', 'main')
  base = await commit(source, 'second')
  await git(source, 'tag', 'main', 'v1')
  await git(source, 'update-ref', 'refs/remotes/origin/release', side)
  await git(source, 'symbolic-ref', 'refs/remotes/origin/HEAD', 'refs/remotes/origin/release')
  storeDir = join(home.path, 'store.git')
  const gitDir = join(source, '.git')
  await createStore(storeDir, { gitDir, head: base, shareObjects: true, objectFormat: 'sha1' })
  await git(storeDir, 'update-ref', 'refs/heads/main', base)
  at = { dir: join(home.path, 'folder'), index: join(home.path, 'folder.index') }
  await createCheckout(at, base, {
    storeDir,
    branch: 'main',
    identity: { name: 'A', email: 'a@example.test' },
  })
})
afterEach(() => home[Symbol.asyncDispose]())

const left = async (): Promise<readonly string[]> =>
  bundleLeftBehind(
    at,
    base,
    (await git(at.dir, 'rev-parse', 'HEAD')) as Sha,
    storeDir,
    () => join(home.path, 'b'),
    null,
  )

it('are there as in the checkout, and the store has none of them', async () => {
  expect(await git(at.dir, 'describe', '--tags', '--match', 'v*')).toMatch(/^v1-1-g/)
  expect(await git(at.dir, 'tag', '--list')).toBe('main\nv1\nv2')
  expect(await git(at.dir, 'log', '-1', '--format=%s', 'origin/release')).toBe('side')
  expect(await git(at.dir, 'rev-parse', 'HEAD', 'refs/heads/main', 'origin/main')).toBe(
    `${base}\n${base}\n${base}`,
  )
  expect(await git(storeDir, 'for-each-ref', '--format=%(refname)')).toBe(
    'refs/fanout/checkout\nrefs/heads/main',
  )
  await git(at.dir, 'fsck', '--strict')
})

it('stay where the user likes a fetch to prune', async () => {
  await git(at.dir, '-c', 'fetch.prune=true', '-c', 'fetch.pruneTags=true', 'fetch', '--quiet')
  expect(await git(at.dir, 'for-each-ref', '--format=%(refname)', 'refs/remotes', 'refs/tags')).toBe(
    'refs/remotes/origin/main\nrefs/remotes/origin/release\nrefs/tags/main\nrefs/tags/v1\nrefs/tags/v2',
  )
})

it('are no work of the worker, packed anew or checked out; its own tags and branches are', async () => {
  await git(at.dir, 'pack-refs', '--all')
  expect(await left()).toEqual([])
  await git(at.dir, 'branch', '--quiet', 'release', 'origin/release')
  expect(await left()).toEqual([])
  await git(at.dir, 'checkout', '--quiet', '--detach')
  await commit(at.dir, 'own')
  await git(at.dir, 'tag', '--annotate', 'mine', '--message', 'mine')
  await git(at.dir, 'tag', '--force', 'v1')
  await git(at.dir, 'checkout', '--quiet', '--detach', base)
  expect(await left()).toEqual(['refs/tags/mine', 'refs/tags/v1'])
})

it('hold what others did: a worker that only looks at another branch or tag has changed nothing', async () => {
  for (const where of ['origin/release', 'v2', 'v1']) {
    await git(at.dir, 'checkout', '--quiet', '--detach', where)
    const looked = await snapshot(at, base, 'main', storeDir)
    expect(looked.changes.raw, where).toEqual([])
  }
  await git(at.dir, 'checkout', '--quiet', '--detach', 'v2')
  await commit(at.dir, 'upon')
  const { changes } = await snapshot(at, base, 'main', storeDir)
  expect(changes.raw.map(({ path }) => path)).toEqual(['upon'])
})

it('are the work of a worker that merges them', async () => {
  await git(at.dir, '-c', 'user.name=a', 'merge', '--quiet', '--no-edit', 'origin/release')
  const merged = await snapshot(at, base, 'main', storeDir)
  expect(merged.base).toBe(base)
  expect(merged.changes.raw.map(({ path }) => path)).toEqual(['side'])
})
