/** What a worker's own index holds, however it is written, damaged or forged. */
import { chmod, copyFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { deflateSync } from 'node:zlib'
import { expect, it } from 'vitest'
import { snapshot } from '../../src/world/snapshot.ts'
import { git, run } from '../rig/exec.ts'
import { openSite, type Site } from '../rig/site.ts'
import { writeFiles } from '../rig/temp.ts'

const FILES = { 'a.txt': 'a\n', 'src/b.txt': 'b\n', tool: '#!/bin/sh\n', '.gitignore': '*.log\n' }

async function taken(work: (dir: string, site: Site) => Promise<unknown>) {
  await using site = await openSite({ files: FILES })
  const at = site.at('task')
  await site.workspaces.create(at, site.base)
  await work(at.dir, site)
  const { changes, left, tree, ...rest } = await snapshot(at, site.base, 'main', site.storeDir)
  const changed = changes.raw.map(({ path, mode, status }) => `${status} ${mode} ${path}`)
  const texts: Record<string, string> = {}
  for (const { path, mode } of changes.raw)
    if (mode.startsWith('100') && !path.includes('..'))
      texts[path] = await git(site.storeDir, 'cat-file', 'blob', `${tree}:${path}`)
  return { changed, left, texts, ...rest }
}

const stageForced = async (dir: string): Promise<void> => {
  await writeFiles(dir, { 'forced.log': 'f\n' })
  await git(dir, 'add', '--force', 'forced.log')
}

it.each([
  ['split in two', ['update-index', '--split-index']],
  ['of version 4', ['update-index', '--index-version', '4']],
  ['with a cache of untracked files', ['update-index', '--untracked-cache']],
  ['with a monitor', ['update-index', '--fsmonitor']],
])('one that is %s is read', async (_, args) => {
  const { changed } = await taken(async dir => {
    await run('git', args, { cwd: dir })
    await stageForced(dir)
    await git(dir, 'rm', '--quiet', '--cached', 'src/b.txt')
    await writeFiles(dir, { '.git/info/exclude': 'src/\n' })
  })
  // Our own list of what is ignored holds for new files, not the worker's.
  expect(changed).toEqual(['A 100644 forced.log'])
})

it('one that is gone, torn or no index costs what only it held, and nothing else', async () => {
  const spoil: ((index: string) => Promise<unknown>)[] = [
    index => rm(index),
    index => writeFile(index, ''),
    async index => writeFile(index, (await readFile(index)).subarray(0, 60)),
    index => rm(index).then(() => mkdir(index)),
  ]
  for (const [i, act] of spoil.entries()) {
    const { changed } = await taken(async dir => {
      await stageForced(dir)
      await git(dir, 'commit', '--quiet', '--message', 'forced')
      await writeFiles(dir, { 'a.txt': 'A\n' })
      await act(join(dir, '.git/index'))
    })
    expect(changed, `way ${i}`).toEqual(['M 100644 a.txt', 'A 100644 forced.log'])
  }
})

it('an edit of the same length right after `git add` is seen', async () => {
  for (let i = 0; i < 5; i++) {
    const { texts } = await taken(async dir => {
      await writeFiles(dir, { 'a.txt': 'A\n' })
      await git(dir, 'add', 'a.txt')
      await writeFile(join(dir, 'a.txt'), 'B\n')
    })
    expect(texts['a.txt']).toBe('B')
  }
})

it('an executable bit that was staged stays, one that the folder lost goes', async () => {
  const staged = await taken(async dir => {
    await git(dir, 'update-index', '--chmod=+x', 'tool')
    await writeFiles(dir, { new: 'n\n' })
    await git(dir, 'add', '--chmod=+x', 'new')
  })
  expect(staged.changed).toEqual(['A 100755 new', 'M 100755 tool'])
  const lost = await taken(async dir => {
    await chmod(join(dir, 'tool'), 0o755)
    await git(dir, 'commit', '--quiet', '--all', '--message', 'x')
    await writeFiles(dir, { tool: 'edited since\n' })
    await chmod(join(dir, 'tool'), 0o644)
  })
  expect(lost.changed).toEqual(['M 100644 tool'])
})

it('files hidden by skip-worktree or assume-unchanged are as the index has them', async () => {
  const { changed } = await taken(async dir => {
    await git(dir, 'update-index', '--skip-worktree', 'a.txt')
    await git(dir, 'update-index', '--assume-unchanged', 'src/b.txt')
    await writeFiles(dir, { 'a.txt': 'local\n', 'src/b.txt': 'local\n', new: 'x' })
  })
  expect(changed).toEqual(['A 100644 new'])
})

it('an object under the name of another one does not come along', async () => {
  const { texts, left, changed } = await taken(async dir => {
    await writeFiles(dir, { 'a.txt': 'honest\n', 'gone.txt': 'honest too\n' })
    await git(dir, 'add', '.')
    for (const path of ['a.txt', 'gone.txt']) {
      const blob = await git(dir, 'rev-parse', `:${path}`)
      const file = join(dir, '.git/objects', blob.slice(0, 2), blob.slice(2))
      await rm(file)
      await writeFile(file, deflateSync(Buffer.from('blob 5\0evil\n')))
    }
    await rm(join(dir, 'gone.txt'))
  })
  // What the folder has is read anew.
  expect(texts).toEqual({ 'a.txt': 'honest' })
  expect(changed).toEqual(['M 100644 a.txt'])
  expect(left).toEqual(["'gone.txt' was staged, and its content is not there"])
})

it('large, packed and borrowed objects come along', async () => {
  const { texts } = await taken(async (dir, site) => {
    const noise = Array.from({ length: 400_000 }, (_, i) => (i * 2654435761).toString(36)).join('')
    await writeFiles(dir, { 'large.log': noise, 'packed.log': 'packed\n' })
    await git(dir, 'add', '--force', 'packed.log')
    await git(dir, 'commit', '--quiet', '--message', 'x')
    await git(dir, 'repack', '-a', '-d', '-q')
    await git(dir, 'add', '--force', 'large.log')
    // From another repository of the machine, by its alternates.
    const other = join(site.root, 'other.git')
    await git('/', 'init', '--quiet', '--bare', other)
    const borrowed = (await run('git', ['hash-object', '-w', '--stdin'], { cwd: other, input: 'borrowed\n' }))
      .stdout
    const file = join(dir, '.git/objects/info/alternates')
    await writeFile(file, `${await readFile(file, 'utf8')}${join(other, 'objects')}\n`)
    await git(dir, 'update-index', '--add', '--cacheinfo', `100644,${borrowed.trim()},borrowed.log`)
    await writeFiles(dir, { 'borrowed.log': 'borrowed\n' })
  })
  expect(Object.keys(texts)).toEqual(['borrowed.log', 'large.log', 'packed.log'])
  expect(texts['packed.log']).toBe('packed')
})

it('a repository that was staged as a submodule is told of, and nothing in it is run', async () => {
  const { inner, changed } = await taken(async (dir, site) => {
    const sprung = join(site.root, 'sprung')
    await writeFiles(dir, { 'sub/x': 'x\n', 'sub/.gitattributes': '* filter=trap\n' })
    await git(dir, 'init', '--quiet', 'sub')
    await git(join(dir, 'sub'), 'add', '.')
    await git(join(dir, 'sub'), 'commit', '--quiet', '--message', 'x')
    await git(dir, 'add', 'sub')
    await git(join(dir, 'sub'), 'config', 'filter.trap.clean', `touch '${sprung}'; cat`)
    await git(join(dir, 'sub'), 'config', 'core.fsmonitor', `touch '${sprung}'`)
    await writeFiles(dir, { 'sub/x': 'longer than before\n' })
  })
  expect(inner).toEqual([{ path: 'sub', taken: true }])
  expect(changed).toEqual(['A 100644 sub/.gitattributes', 'A 100644 sub/x'])
})

it('a path that no commit may hold is not followed out of the folder', async () => {
  const { changed, left } = await taken(async (dir, site) => {
    await writeFile(join(site.root, 'outside'), 'secret of the machine\n')
    const blob = (
      await run('git', ['hash-object', '-w', '--stdin'], { cwd: dir, input: 'x\n' })
    ).stdout.trim()
    const index = join(dir, '.git/index')
    const own = join(site.root, 'own.index')
    await copyFile(index, own)
    // git refuses to make such an entry: one of the same length is renamed in the file.
    await git(dir, 'update-index', '--add', '--cacheinfo', `100644,${blob},aa/aa/aa/outside`)
    const bytes = await readFile(index)
    const forged = Buffer.from(
      bytes.toString('latin1').replace('aa/aa/aa/outside', '../../../outside'),
      'latin1',
    )
    const body = forged.subarray(0, -20)
    const { createHash } = await import('node:crypto')
    await writeFile(index, Buffer.concat([body, createHash('sha1').update(body).digest()]))
  })
  // Scope refuses it; its content is what the worker staged.
  expect(changed).toContain('A 100644 ../../../outside')
  expect(left).toContain("invalid path '../../../outside'")
})
