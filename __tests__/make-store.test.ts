import { chmod, mkdir, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Sha } from '../src/decide/task.ts'
import { makeStore } from '../src/make-store.ts'
import type { Ground } from '../src/run/preflight.ts'
import { openStore } from '../src/world/store.ts'
import { git, gitWith } from './rig/exec.ts'
import { type TempDir, tempDir } from './rig/temp.ts'

let home: TempDir
let told: string[]

beforeEach(async () => {
  home = await tempDir('store')
  told = []
})
afterEach(() => home[Symbol.asyncDispose]())

/** Half of it, as a disk that lost its power may hold it; nothing and zeros are the other ways. */
async function tear(file: string, how: 'half' | 'empty' | 'zeros' = 'half'): Promise<void> {
  const content = await readFile(file)
  await chmod(file, 0o644)
  if (how === 'zeros') await writeFile(file, Buffer.alloc(content.length))
  else await truncate(file, how === 'half' ? Math.floor(content.length / 2) : 0)
}

/** A checkout, its store with work of one task in it, and the way to make that store again. */
async function site(objectFormat = 'sha1') {
  const checkout = join(home.path, 'checkout')
  const [store, internal] = [join(home.path, 'store.git'), join(home.path, 'internal')]
  await mkdir(internal)
  await git(home.path, 'init', '--quiet', `--object-format=${objectFormat}`, '-b', 'main', checkout)
  await writeFile(join(checkout, 'a.txt'), 'a\n')
  await git(checkout, 'add', '.')
  await git(checkout, 'commit', '--quiet', '-m', 'base')
  await git(checkout, 'tag', 'v1')
  const head = (await git(checkout, 'rev-parse', 'HEAD')) as Sha
  const gitDir = join(checkout, '.git')
  const ground = { repository: { gitDir, partial: false, objectFormat }, head } as Ground
  const log = { warning: (_: string, text: string) => void told.push(text) }
  const make = () => makeStore({ store, internal }, ground, log as never)
  await make()
  const blob = async (text: string) =>
    (await gitWith({ cwd: store, input: text }, 'hash-object', '-w', '--stdin')).stdout.trim()
  const commit = async (name: string): Promise<Sha> => {
    const input = `100644 blob ${await blob(`${name}\n`)}\t${name}.txt\n`
    const tree = (await gitWith({ cwd: store, input }, 'mktree')).stdout.trim()
    return (await git(store, 'commit-tree', tree, '-p', head, '-m', name)) as Sha
  }
  const fileOf = (sha: string) => join(store, 'objects', sha.slice(0, 2), sha.slice(2))
  const missing = (...commits: Sha[]) => openStore(store, 'main').missing(commits)
  return { checkout, store, head, make, commit, fileOf, missing }
}

it('a store that is whole stays as it is, and nothing is told', async () => {
  const { store, make, commit, missing } = await site()
  const work = await commit('work')
  await git(store, 'update-ref', 'refs/heads/main', work)
  await make()
  expect(told).toEqual([])
  expect(await git(store, 'rev-parse', 'refs/heads/main')).toBe(work)
  expect(await missing(work)).toEqual(new Set())
})

describe('of a store that a machine without power left', () => {
  it.each([
    ['sha1', 'half'],
    ['sha1', 'empty'],
    ['sha256', 'zeros'],
  ] as const)(
    '(%s) a loose object that is torn (%s) goes, with all that counts on it',
    async (format, how) => {
      const { store, head, make, commit, fileOf, missing } = await site(format)
      const [whole, torn] = [await commit('whole'), await commit('torn')]
      await git(store, 'update-ref', 'refs/heads/main', torn)
      await tear(fileOf(await git(store, 'rev-parse', `${torn}:torn.txt`)), how)
      await make()
      expect(told).toEqual([expect.stringMatching(/1 file\(s\) were torn.*power.*objects\/../)])
      expect(await missing(whole, torn)).toEqual(new Set([torn]))
      expect(await git(store, 'for-each-ref', '--format=%(refname) %(objectname)')).toBe(
        `refs/fanout/checkout ${head}`,
      )
      expect((await gitWith({ cwd: store }, 'fsck', '--no-dangling')).stderr).not.toMatch(/corrupt|empty/)
      await make()
      expect(told).toHaveLength(1)
    },
  )

  it('a pack that is torn goes; one whose index is torn gets a new one', async () => {
    const { store, make, commit, missing } = await site()
    const [whole, torn] = [await commit('whole'), await commit('torn')]
    const folder = join(store, 'objects', 'pack')
    for (const work of [torn, whole]) {
      await gitWith(
        { cwd: store, input: `${work}\n^${work}^\n` },
        'pack-objects',
        '-q',
        '--revs',
        `${folder}/pack`,
      )
      if (work === torn)
        for (const name of await readdir(folder)) if (name.endsWith('.pack')) await tear(join(folder, name))
    }
    await git(store, 'prune-packed')
    for (const name of await readdir(folder)) {
      const size = (await readFile(join(folder, name))).length
      if (name.endsWith('.idx') && size > 0) await tear(join(folder, name))
    }
    for (const work of [whole, torn])
      await rm(join(store, 'objects', work.slice(0, 2)), { recursive: true, force: true })
    await make()
    expect(told).toHaveLength(1)
    expect(await missing(whole, torn)).toEqual(new Set([torn]))
  })

  it.each([
    ['HEAD', 'half'],
    ['HEAD', 'empty'],
    ['config', 'half'],
    ['config', 'zeros'],
    ['objects/info/alternates', 'empty'],
    ['objects/info/alternates', 'half'],
    ['checkout-refs', 'half'],
    ['checkout-refs', 'zeros'],
    ['refs/heads/main', 'half'],
    ['packed-refs', 'half'],
    ['shallow', 'half'],
  ] as const)('%s (%s) is as it was or gone, and the work is there', async (name, how) => {
    const { store, head, make, commit, missing } = await site()
    const work = await commit('work')
    const before = await readFile(join(store, name), 'utf8').catch(() => null)
    await git(store, 'update-ref', 'refs/heads/main', work)
    if (name === 'packed-refs') await git(store, 'pack-refs', '--all')
    if (name === 'shallow') await writeFile(join(store, name), `${head}\n`)
    await tear(join(store, name), how)
    await make()
    expect(told).toEqual([
      expect.stringContaining(`1 file(s) were torn, as they are when a machine loses its power (${name})`),
    ])
    expect(await readFile(join(store, name), 'utf8').catch(() => null)).toBe(before)
    expect(await missing(work)).toEqual(new Set())
    expect(await git(store, 'cat-file', '-t', head)).toBe('commit')
    expect(await git(store, 'config', 'gc.auto')).toBe('0')
  })

  it.each(['HEAD', 'config', 'objects/info/alternates'])('%s is there again where it is gone', async name => {
    const { store, make, commit, missing } = await site()
    const work = await commit('work')
    await rm(join(store, name))
    await make()
    expect(told).toHaveLength(1)
    expect(await missing(work)).toEqual(new Set())
  })
})
