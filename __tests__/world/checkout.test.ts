import { readFile, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import {
  createCheckout,
  moveCheckout,
  startMerge,
  survivesMove,
  tidyCheckout,
} from '../../src/world/checkout.ts'
import { filesBelow } from '../../src/world/files.ts'
import { git, run } from '../rig/exec.ts'
import { openSite, staleEntries } from '../rig/site.ts'
import { writeFiles } from '../rig/temp.ts'

const FILES = {
  'README.md': 'hello\n',
  'src/größe.txt': 'eins\n',
  'run.sh': { content: '#!/bin/sh\n', mode: '100755' },
  link: { content: 'README.md', mode: '120000' },
  '.gitignore': 'ignored/\n*.log\n',
}

describe.each(['clone', 'overlay'] as const)('a workspace (%s)', kind => {
  it('holds the files of its commit, on a local branch of the same name', async () => {
    await using site = await openSite({ kind, files: FILES })
    const at = site.at('a')
    await site.workspaces.create(at, site.base)
    expect(await filesBelow(at.dir).then(all => all.filter(path => !path.startsWith('.git/')))).toEqual([
      '.gitignore',
      'README.md',
      'run.sh',
      'src/größe.txt',
    ])
    expect((await stat(join(at.dir, 'run.sh'))).mode & 0o111).toBe(0o111)
    expect(await readFile(join(at.dir, 'link'), 'utf8')).toBe('hello\n')
    expect(await git(at.dir, 'symbolic-ref', 'HEAD')).toBe('refs/heads/main')
    expect(await git(at.dir, 'rev-parse', 'HEAD', 'origin/main')).toBe(`${site.base}\n${site.base}`)
    expect(await git(at.dir, 'rev-parse', '--abbrev-ref', 'main@{upstream}')).toBe('origin/main')
  })

  it('is clean, and both its indexes know the files: git reads none of them', async () => {
    await using site = await openSite({ kind, files: FILES })
    const at = site.at('a')
    await site.workspaces.create(at, site.base)
    expect(await git(at.dir, 'status', '--porcelain', '--ignored')).toBe('')
    expect(await staleEntries(at, site.storeDir)).toEqual([])
    expect(await staleEntries({ ...at, index: join(at.dir, '.git/index') }, site.storeDir)).toEqual([])
  })

  it('has no objects of its own, and can commit as the configured committer', async () => {
    await using site = await openSite({ kind, files: FILES })
    const at = site.at('a')
    await site.workspaces.create(at, site.base)
    expect(await filesBelow(join(at.dir, '.git/objects'))).toEqual(['info/alternates'])
    await writeFile(join(at.dir, 'README.md'), 'changed\n')
    const env = Object.fromEntries(
      ['GIT_AUTHOR_NAME', 'GIT_AUTHOR_EMAIL', 'GIT_COMMITTER_NAME', 'GIT_COMMITTER_EMAIL'].map(name => [
        name,
        '',
      ]),
    )
    const bare = Object.keys(env).flatMap(name => ['-u', name])
    const done = await run('env', [...bare, 'git', 'commit', '--all', '--message', 'mine'], { cwd: at.dir })
    expect(done).toMatchObject({ code: 0 })
    expect(await git(at.dir, 'log', '-1', '--format=%an <%ae>')).toBe('A "B" C <abc@example.test>')
    expect(await git(at.dir, 'fsck', '--strict')).toBe('')
  })

  it('fetches from the store and can push nowhere', async () => {
    await using site = await openSite({ kind, files: FILES })
    const at = site.at('a')
    await site.workspaces.create(at, site.base)
    const tip = await site.moveOn({ 'new.txt': 'new\n' })
    await git(at.dir, 'fetch', '--quiet')
    expect(await git(at.dir, 'rev-parse', 'origin/main')).toBe(tip)
    for (const args of [['push'], ['push', 'origin', 'HEAD:refs/heads/x'], ['push', '--force']]) {
      const pushed = await run('git', args, { cwd: at.dir })
      expect(pushed.code).not.toBe(0)
      expect(pushed.stderr).toContain('workspaces-cannot-push')
    }
    expect(await git(site.storeDir, 'for-each-ref', '--format=%(refname)', 'refs/heads')).toBe(
      'refs/heads/main',
    )
  })

  it('of a shallow checkout knows that its history is cut', async () => {
    await using site = await openSite({
      kind,
      files: FILES,
      history: [{ 'b.txt': 'b' }],
      clone: { as: 'checkout', depth: 1 },
    })
    const at = site.at('a')
    await site.workspaces.create(at, site.base)
    expect(await git(at.dir, 'status', '--porcelain')).toBe('')
    expect(await git(at.dir, 'rev-parse', '--is-shallow-repository')).toBe('true')
    expect(await git(at.dir, 'log', '--format=%s')).toBe('competing change')
  })

  it('takes a merge with its conflict markers in place, and one without conflict', async () => {
    await using site = await openSite({ kind, files: FILES })
    const theirs = await site.moveOn({ 'README.md': 'theirs\n', 'theirs.txt': 'x\n' })
    await git(site.storeDir, 'update-ref', 'refs/heads/main', site.base)
    await git(site.remote.path, 'update-ref', 'refs/heads/main', site.base)
    const ours = await site.moveOn({ 'README.md': 'ours\n' })
    const [red, clean] = [site.at('red'), site.at('clean')]
    await site.workspaces.create(red, ours)
    await site.workspaces.create(clean, site.base)
    expect(await startMerge(red, theirs)).toEqual({
      conflicted: [{ file: 'README.md', left: expect.stringMatching(/^\w{64}$/), markerSize: 7 }],
      status: 'UU README.md\nA  theirs.txt\n',
    })
    expect(await readFile(join(red.dir, 'README.md'), 'utf8')).toMatch(
      /^<{7} HEAD\nours\n={7}\ntheirs\n>{7} /,
    )
    expect(await startMerge(clean, theirs)).toEqual({
      conflicted: [],
      status: 'M  README.md\nA  theirs.txt\n',
    })
  })

  it('replaces what an earlier attempt left in its place', async () => {
    await using site = await openSite({ kind, files: FILES })
    const at = site.at('a')
    await site.workspaces.create(at, site.base)
    await writeFiles(at.dir, { 'README.md': 'spoilt\n', 'left.txt': 'x', '.git/HEAD': 'nonsense' })
    await site.workspaces.create(at, site.base)
    expect(await git(at.dir, 'status', '--porcelain')).toBe('')
    expect(await staleEntries(at, site.storeDir)).toEqual([])
  })
})

describe('a gate checkout', () => {
  it('moves to another commit: changed and stray files go, ignored ones stay', async () => {
    await using site = await openSite({ files: FILES })
    const at = site.at('gate')
    await createCheckout(at, site.base, site.options.checkout)
    const tip = await site.moveOn({ 'src/größe.txt': 'zwei\n', 'run.sh': null })
    await writeFiles(at.dir, { 'README.md': 'spoilt\n', 'stray/x': 'x', 'ignored/kept': 'k', 'a.log': 'l' })
    const untouched = await stat(join(at.dir, '.gitignore'))
    await tidyCheckout(at, site.options.checkout)
    await moveCheckout(at, tip, site.options.checkout, { sameRules: true })
    expect(await git(at.dir, 'status', '--porcelain', '--ignored')).toBe('!! a.log\n!! ignored/')
    expect(await git(at.dir, 'rev-parse', 'HEAD')).toBe(tip)
    expect(await readFile(join(at.dir, 'src/größe.txt'), 'utf8')).toBe('zwei\n')
    expect((await stat(join(at.dir, '.gitignore'))).ino).toBe(untouched.ino)
  })

  it('keeps nothing that a command hid behind a tracked file, in its place or by a changed .gitignore', async () => {
    await using site = await openSite({ files: FILES })
    const at = site.at('gate')
    await createCheckout(at, site.base, site.options.checkout)
    const tip = await site.moveOn({ 'README.md': null })
    await rm(join(at.dir, 'README.md'))
    await writeFiles(at.dir, { 'README.md/deep/x': 'x', '.gitignore': '*\n', stray: 'x' })
    await tidyCheckout(at, site.options.checkout)
    await moveCheckout(at, tip, site.options.checkout, { sameRules: true })
    expect(await git(at.dir, 'status', '--porcelain', '--ignored')).toBe('')
  })

  it.each([
    ['ignored files', 'mkdir -p ignored out && touch ignored/x out/x.log', true],
    ['a tracked file written anew with the same content', 'cp README.md x && mv x README.md', true],
    ['a changed file', 'echo changed > README.md', false],
    ['a changed file of the same length', "printf 'HELLO\\n' > README.md", false],
    ['another mode', 'chmod +x README.md', false],
    ['another link', 'ln -sfn run.sh link', false],
    ['a file less', 'rm README.md', false],
    ['a new file', 'touch new', false],
    ['an empty folder', 'mkdir empty', false],
    ['a repository of its own', 'git init -q nested', false],
  ])('knows whether a move keeps what a command did: %s', async (_, command, kept) => {
    await using site = await openSite({ files: FILES })
    const at = site.at('gate')
    const options = site.options.checkout
    await createCheckout(at, site.base, options)
    expect(await survivesMove(at, site.base, options)).toBe(true)
    expect(await run('sh', ['-c', command], { cwd: at.dir })).toMatchObject({ code: 0 })
    // git says nothing of empty folders.
    const state = async () => [
      await git(at.dir, 'status', '--porcelain', '--ignored', '--untracked-files=all'),
      await run('find', ['.', '-type', 'd', '-not', '-path', '*/.git/*'], { cwd: at.dir }),
    ]
    const before = await state()
    expect(await survivesMove(at, site.base, options)).toBe(kept)
    expect(await state()).toEqual(before)
    await tidyCheckout(at, options)
    await moveCheckout(at, site.base, options, { sameRules: true })
    if (kept) expect(await state()).toEqual(before)
    else expect(await state()).not.toEqual(before)
  })

  it.each([
    ['a submodule that it initialised', 'mkdir -p .git/modules/x'],
    ['a hook', 'mkdir .git/hooks; echo true > .git/hooks/pre-commit'],
    ['a setting', 'git config core.hooksPath hooks'],
    ['git-lfs contents', 'mkdir -p .git/lfs/objects'],
  ])('knows that a move does not keep what a command left in .git: %s', async (_, command) => {
    await using site = await openSite({ files: FILES })
    const at = site.at('gate')
    const options = site.options.checkout
    await createCheckout(at, site.base, options)
    await git(at.dir, 'status')
    expect(await survivesMove(at, site.base, options)).toBe(true)
    expect(await run('sh', ['-c', command], { cwd: at.dir })).toMatchObject({ code: 0 })
    expect(await survivesMove(at, site.base, options)).toBe(false)
  })

  it('keeps what was ignored before only where the new tree ignores it too', async () => {
    await using site = await openSite({ files: FILES })
    const at = site.at('gate')
    const options = site.options.checkout
    const more = await site.moveOn({ '.gitignore': 'ignored/\n*.log\nhelper*\n', 'deep/.gitignore': 'x\n' })
    await createCheckout(at, more, options)
    await writeFiles(at.dir, { 'helper.txt': 'x', 'helpers/in': 'x', 'deep/x': 'x', 'a.log': 'l' })
    await git(at.dir, 'init', '--quiet', 'helper-repo')
    await tidyCheckout(at, options)
    await moveCheckout(at, site.base, options, { sameRules: false })
    expect(await git(at.dir, 'status', '--porcelain', '--ignored')).toBe('!! a.log')
  })

  it('has a new .git after each move, whatever a command made of the last one', async () => {
    await using site = await openSite({ files: FILES })
    const at = site.at('gate')
    const tip = await site.moveOn({ new: 'n\n' })
    const options = { ...site.options.checkout, tip: site.base }
    await createCheckout(at, tip, options)
    const listing = () => run('find', ['.git', '-type', 'f', '-not', '-name', 'index'], { cwd: at.dir })
    const before = await listing()
    const spoil = [
      'git config user.name Evil; git config core.hooksPath /evil; echo "*" >> .git/info/exclude',
      'git update-ref refs/remotes/origin/main HEAD; git tag evil; git checkout -q --detach; git update-index --skip-worktree README.md',
      'rm -rf .git; git init -q',
      'rm -rf .git; ln -s / .git',
      'rm -rf .git; echo "gitdir: /" > .git',
    ]
    for (const command of spoil) {
      expect(await run('sh', ['-c', command], { cwd: at.dir })).toMatchObject({ code: 0 })
      await tidyCheckout(at, options)
      await moveCheckout(at, tip, options, { sameRules: true })
      expect(await listing(), command).toEqual(before)
      expect(await git(at.dir, 'rev-parse', 'HEAD', 'main', 'origin/main'), command).toBe(
        `${tip}\n${tip}\n${site.base}`,
      )
      expect(await git(at.dir, 'diff', '--name-only', 'origin/main...HEAD')).toBe('new')
      expect(await git(at.dir, 'status', '--porcelain')).toBe('')
    }
  })

  it('counts the contents of Git LFS files as changed: a move writes pointers', async () => {
    const filter = '*.bin filter=lfs\n'
    await using site = await openSite({ files: { '.gitattributes': filter, 'a.bin': 'pointer\n' } })
    const at = site.at('gate')
    await createCheckout(at, site.base, site.options.checkout)
    await git(site.storeDir, 'config', 'filter.lfs.clean', 'echo pointer')
    await writeFile(join(at.dir, 'a.bin'), 'its content\n')
    expect(await survivesMove(at, site.base, site.options.checkout)).toBe(false)
  })

  it('never writes through a link that a command planted in its git directory', async () => {
    await using site = await openSite({ files: FILES })
    const at = site.at('gate')
    const victim = join(site.root, 'victim')
    await writeFile(victim, 'mine')
    await createCheckout(at, site.base, site.options.checkout)
    for (const name of ['HEAD', 'index']) {
      await run('rm', ['-f', join(at.dir, '.git', name)])
      await symlink(victim, join(at.dir, '.git', name))
    }
    await moveCheckout(at, site.base, site.options.checkout, { sameRules: true })
    expect(await readFile(victim, 'utf8')).toBe('mine')
    expect(await git(at.dir, 'status', '--porcelain')).toBe('')
  })
})
