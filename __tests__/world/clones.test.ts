/** What is made ahead of its task, and for how many at a time; what a workspace holds is checkout.test.ts. */
import { readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Sha } from '../../src/decide/task.ts'
import { snapshot } from '../../src/world/snapshot.ts'
import { openWorkspaces, type Workspaces } from '../../src/world/workspaces.ts'
import { git } from '../rig/exec.ts'
import { commitOf, openSite, type Site, staleEntries } from '../rig/site.ts'

/** A large tree upon the site's, so that a workspace ahead is worth it. */
async function large(site: Site): Promise<Sha> {
  return commitOf(site, 5000)
}

/** Names of indexes, which git writes when all files are there. */
const spares = async (site: Site): Promise<readonly string[]> =>
  (await readdir(join(site.options.layers, 'ahead')).catch(() => [])).filter(name => name.endsWith('.index'))

async function openClones(site: Site): Promise<Workspaces> {
  return openWorkspaces('clone', site.base, { ...site.options, processors: 2 })
}

describe('a workspace that is made ahead', () => {
  it('becomes the next one: at its commit, clean, and with all files known', async () => {
    await using site = await openSite()
    const commit = await large(site)
    const clones = await openClones(site)
    await clones.create(site.at('a'), commit, true)
    await expect.poll(() => spares(site), { timeout: 30_000 }).toEqual(['1.index'])
    await clones.create(site.at('b'), commit, false)
    expect(await spares(site)).toEqual([])
    const at = site.at('b')
    expect(await git(at.dir, 'status', '--porcelain', '--ignored')).toBe('')
    expect(await git(at.dir, 'rev-parse', 'HEAD')).toBe(commit)
    expect(await staleEntries(at, site.storeDir)).toEqual([])
    expect((await snapshot(at, commit, 'main', site.storeDir)).tree).toBe(
      await git(site.storeDir, 'rev-parse', `${commit}^{tree}`),
    )
    await clones.close()
    expect(await readdir(join(site.root, 'internal'))).not.toContain('layers')
  })

  it('moves with the branch: only what differs is written anew', async () => {
    await using site = await openSite()
    const commit = await large(site)
    const clones = await openClones(site)
    await clones.create(site.at('a'), commit, true)
    await expect.poll(() => spares(site), { timeout: 30_000 }).toEqual(['1.index'])
    const spare = join(site.options.layers, 'ahead/1')
    const tip = await changed(site, commit, 'f/7', 'changed\n')
    const at = site.at('b')
    const before = (await stat(join(spare, 'f/4999'))).ino
    await clones.create(at, tip)
    expect(await readFile(join(at.dir, 'f/7'), 'utf8')).toBe('changed\n')
    expect(await git(at.dir, 'status', '--porcelain')).toBe('')
    expect(await git(at.dir, 'rev-parse', 'HEAD')).toBe(tip)
    expect((await stat(join(at.dir, 'f/4999'))).ino).toBe(before)
    await clones.close()
  })

  it('is not used where other attributes would have its files written otherwise', async () => {
    await using site = await openSite()
    const commit = await large(site)
    const clones = await openClones(site)
    await clones.create(site.at('a'), commit, true)
    await expect.poll(() => spares(site), { timeout: 30_000 }).toEqual(['1.index'])
    const tip = await changed(site, commit, '.gitattributes', 'f/* eol=crlf\n')
    await clones.create(site.at('b'), tip)
    expect(await readFile(join(site.at('b').dir, 'f/7'), 'utf8')).toBe('x\r\n')
    expect(await spares(site)).toEqual([])
    await clones.close()
  })

  it('is not made of a small tree, nor when no other task waits', async () => {
    await using site = await openSite()
    const clones = await openClones(site)
    await clones.create(site.at('a'), site.base, true)
    const commit = await large(site)
    const others = await openClones(site)
    await others.create(site.at('b'), commit, false)
    await Promise.all([clones.close(), others.close()])
    expect(await readdir(join(site.root, 'internal'))).not.toContain('layers')
    expect(site.said).toEqual([])
  })

  it('goes with the run, also one that is still being made when it is cancelled', async () => {
    await using site = await openSite()
    const clones = await openClones(site)
    await clones.create(site.at('a'), await large(site), true)
    site.cancel.abort()
    await clones.close()
    await expect(clones.create(site.at('b'), site.base)).rejects.toThrow()
  })
})

it('many at once are all made, and one that cannot be made fails alone', async () => {
  await using site = await openSite()
  const clones = await openClones(site)
  const names = ['a', 'b', 'c', 'd', 'e']
  const inTheWay = { ...site.at('x'), dir: join(site.storeDir, 'HEAD/workspace') }
  const made = await Promise.allSettled([
    clones.create(inTheWay, site.base),
    ...names.map(name => clones.create(site.at(name), site.base)),
  ])
  expect(made.map(each => each.status)).toEqual(['rejected', ...names.map(() => 'fulfilled')])
  for (const name of names) expect(await git(site.at(name).dir, 'status', '--porcelain')).toBe('')
})

async function changed(site: Site, commit: Sha, path: string, content: string): Promise<Sha> {
  const scratch = join(site.root, 'scratch')
  await git(site.root, 'clone', '--quiet', '--no-checkout', '--shared', site.storeDir, scratch)
  await git(scratch, 'fetch', '--quiet', 'origin', commit)
  await git(scratch, 'read-tree', commit)
  await writeFile(join(scratch, 'content'), content)
  const blob = await git(scratch, 'hash-object', '-w', 'content')
  await git(scratch, 'update-index', '--add', '--cacheinfo', `100644,${blob},${path}`)
  const tree = await git(scratch, 'write-tree')
  const made = await git(scratch, 'commit-tree', tree, '-p', commit, '-m', 'changed')
  await git(site.storeDir, 'fetch', '--quiet', scratch, made)
  return made as Sha
}
