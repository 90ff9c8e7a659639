import { chmod, mkdir, readFile, rename, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Sha } from '../../src/decide/task.ts'
import { namesIn } from '../../src/world/files.ts'
import { historyOf, snapshot } from '../../src/world/snapshot.ts'
import { git, gitWith, run } from '../rig/exec.ts'
import { openSite, type Site } from '../rig/site.ts'
import { writeFiles } from '../rig/temp.ts'

const FILES = { 'README.md': 'hello\n', 'src/a.txt': 'a\n', 'src/b.txt': 'b\n', '.gitignore': '*.log\n' }

/** `mode path` of what differs from the base, deleted files with mode 000000. */
async function changes(site: Site, tree: Sha): Promise<readonly string[]> {
  const raw = await git(site.storeDir, 'diff-tree', '-r', '--no-renames', site.base, tree)
  return raw === '' ? [] : raw.split('\n').map(line => line.replace(/^:\d+ (\d+) .*\t/, '$1 '))
}

describe.each(['clone', 'overlay'] as const)('the snapshot of a workspace (%s)', kind => {
  async function withWorkspace(
    act: (dir: string, site: Site) => Promise<unknown>,
    files: Parameters<typeof openSite>[0] = {},
  ) {
    const site = await openSite({ kind, files: FILES, ...files })
    try {
      const at = site.at('task')
      await site.workspaces.create(at, site.base)
      await act(at.dir, site)
      const taken = await snapshot(at, site.base, 'main', site.storeDir)
      const changed = await changes(site, taken.tree)
      const history = taken.head === null ? [] : await historyOf(at, site.base, taken.head, site.storeDir)
      return { ...taken, changed, history, subjects: history.map(commit => commit.message.split('\n')[0]) }
    } finally {
      await site[Symbol.asyncDispose]()
    }
  }

  it('of an untouched one is the tree of its base', async () => {
    const taken = await withWorkspace(async () => {})
    expect(taken).toMatchObject({ changed: [], left: [], subjects: [] })
  })

  it('has what a worker took out of its folder by sparse-checkout, and not what it removed', async () => {
    const deep = { files: { ...FILES, 'lib/c.txt': 'c\n', 'lib/d.txt': 'd\n', 'lib/ü/e.txt': 'e\n' } }
    for (const how of [[], ['--sparse-index'], ['--no-cone']]) {
      const taken = await withWorkspace(async dir => {
        await git(dir, 'sparse-checkout', 'set', ...how, 'src')
        await rm(join(dir, 'src/b.txt'))
        await writeFiles(dir, { 'src/new.txt': 'new\n' })
        await git(dir, 'add', 'src')
        await git(dir, 'commit', '--quiet', '-m', 'own')
        expect(await namesIn(dir)).not.toContain('lib')
      }, deep)
      expect(taken.changed).toEqual(['000000 src/b.txt', '100644 src/new.txt'])
    }
    const away = await withWorkspace(dir => rm(join(dir, 'lib'), { recursive: true }), deep)
    expect(away.changed.length).toBe(3)
  })

  it('has the words of its commits, in whatever encoding they were made', async () => {
    const latin1 = (text: string) => Buffer.from(text, 'latin1')
    const taken = await withWorkspace(async (dir, { base }) => {
      await git(dir, 'config', 'i18n.commitEncoding', 'ISO-8859-1')
      await writeFiles(dir, { 'a.txt': 'a\n' })
      await git(dir, 'add', 'a.txt')
      await gitWith({ cwd: dir, input: latin1('Größe ändern\n') }, 'commit', '--quiet', '-F', '-')
      const tree = await git(dir, 'rev-parse', 'HEAD^{tree}')
      // As a tool writes it that knows nothing of encodings, and as one that names an unknown one.
      for (const header of ['', 'encoding no-such\n']) {
        const parent = await git(dir, 'rev-parse', 'HEAD')
        const who = `author Zoë <z@b.test> 1 +0000\ncommitter Zoë <z@b.test> 1 +0000\n${header}`
        const input = latin1(`tree ${tree}\nparent ${parent}\n${who}\nÜber alles\n`)
        const said = await gitWith({ cwd: dir, input }, 'hash-object', '-t', 'commit', '-w', '--stdin')
        await git(dir, 'update-ref', 'HEAD', said.stdout.trim())
      }
      expect(await git(dir, 'rev-list', '--count', `${base}..HEAD`)).toBe('3')
    })
    expect(taken.subjects).toEqual(['Größe ändern', 'Über alles', 'Über alles'])
    expect(taken.history[1]!.author).toBe('Zoë <z@b.test> 1 +0000')
  })

  it('has no commit of others in its history: what they landed meanwhile may have been pulled', async () => {
    const by = ['-c', 'user.name=Worker']
    const history = async (then: (dir: string) => Promise<unknown>) => {
      const taken = await withWorkspace(async (dir, site) => {
        await site.moveOn({ 'theirs.txt': 'theirs\n' })
        await then(dir)
      })
      return taken.history.map(({ author, message }) => `${author.split(' ')[0]}: ${message.trim()}`)
    }
    const own = (dir: string) =>
      git(dir, ...by, 'commit', '--quiet', '--allow-empty', '--author=Worker <w@x>', '-m', 'own')
    const pull = (dir: string, how: string) => git(dir, ...by, 'pull', '--quiet', how, '--no-edit')
    expect(await history(dir => pull(dir, '--ff-only'))).toEqual([])
    expect(await history(dir => own(dir).then(() => pull(dir, '--rebase')))).toEqual(['Worker: own'])
    expect(await history(dir => own(dir).then(() => pull(dir, '--no-rebase')))).toEqual(['Worker: own'])
  })

  it('has what was changed, added, renamed and deleted, but nothing that git ignores', async () => {
    const taken = await withWorkspace(async dir => {
      await writeFiles(dir, { 'README.md': 'HELLO\n', 'new/ü b.txt': 'x', 'a.log': 'ignored' })
      await rename(join(dir, 'src'), join(dir, 'lib'))
      await rm(join(dir, 'lib/b.txt'))
    })
    expect(taken.changed).toEqual([
      '100644 README.md',
      '100644 lib/a.txt',
      '100644 "new/\\303\\274 b.txt"',
      '000000 src/a.txt',
      '000000 src/b.txt',
    ])
  })

  it('sees an edit of the same length whose time was put back', async () => {
    const taken = await withWorkspace(async dir => {
      const before = await stat(join(dir, 'src/a.txt'))
      await writeFile(join(dir, 'src/a.txt'), 'A\n')
      await utimes(join(dir, 'src/a.txt'), before.atime, before.mtime)
    })
    expect(taken.changed).toEqual(['100644 src/a.txt'])
  })

  it('keeps the executable bit, and stores links as links wherever they lead', async () => {
    const taken = await withWorkspace(async (dir, site) => {
      await chmod(join(dir, 'src/a.txt'), 0o755)
      await symlink('/etc/passwd', join(dir, 'passwd'))
      await symlink(site.root, join(dir, 'all'))
      await rm(join(dir, 'src/b.txt'))
      await symlink('../README.md', join(dir, 'src/b.txt'))
    })
    expect(taken.changed).toEqual(['120000 all', '120000 passwd', '100755 src/a.txt', '120000 src/b.txt'])
  })

  it('is the same with everything committed, and then tells author and message', async () => {
    const taken = await withWorkspace(async dir => {
      await writeFiles(dir, { 'src/a.txt': 'A\n' })
      await git(dir, 'commit', '--quiet', '--all', '--message', 'first\n\nbody')
      await git(dir, 'rm', '--quiet', 'src/b.txt')
      await git(dir, 'commit', '--quiet', '--message', 'second')
      await writeFiles(dir, { 'README.md': 'not committed' })
    })
    expect(taken.changed).toEqual(['100644 README.md', '100644 src/a.txt', '000000 src/b.txt'])
    expect(taken.subjects).toEqual(['first', 'second'])
    expect(taken.history[0]).toMatchObject({
      author: expect.stringMatching(/^Rig Author <author@example.test> \d+ [+-]\d{4}$/),
      message: 'first\n\nbody\n',
    })
  })

  it('takes an ignored file that was committed by force', async () => {
    const taken = await withWorkspace(async dir => {
      await writeFiles(dir, { 'forced.log': 'x', 'other.log': 'y' })
      await git(dir, 'add', '--force', 'forced.log')
      await git(dir, 'commit', '--quiet', '--message', 'forced')
    })
    expect(taken.changed).toEqual(['100644 forced.log'])
  })

  it.each([
    ['another branch', ['switch', '--quiet', '--create', 'deep/other']],
    ['a detached HEAD', ['switch', '--quiet', '--detach']],
  ])('finds the commits on %s', async (_, args) => {
    const taken = await withWorkspace(async dir => {
      await git(dir, ...args)
      await writeFiles(dir, { 'src/a.txt': 'A\n' })
      await git(dir, 'commit', '--quiet', '--all', '--message', 'there')
      await git(dir, 'pack-refs', '--all')
    })
    expect(taken).toMatchObject({ changed: ['100644 src/a.txt'], subjects: ['there'] })
  })

  it('leaves merge commits out of the history, and takes what they brought', async () => {
    const taken = await withWorkspace(async dir => {
      await git(dir, 'switch', '--quiet', '--create', 'side')
      await writeFiles(dir, { 'side.txt': 's' })
      await git(dir, 'add', '.')
      await git(dir, 'commit', '--quiet', '--message', 'on the side')
      await git(dir, 'switch', '--quiet', 'main')
      await git(dir, 'merge', '--quiet', '--no-ff', '--message', 'a merge', 'side')
    })
    expect(taken).toMatchObject({ changed: ['100644 side.txt'], subjects: ['on the side'] })
  })

  it('needs no git directory in the workspace', async () => {
    const taken = await withWorkspace(async dir => {
      await writeFiles(dir, { 'src/a.txt': 'A\n' })
      await rm(join(dir, '.git'), { recursive: true })
    })
    expect(taken).toMatchObject({ changed: ['100644 src/a.txt'], head: null })
  })

  it.each([
    ['a file', async (dir: string) => writeFile(join(dir, '.git'), 'gitdir: /nowhere\n')],
    [
      'a link to another repository',
      async (dir: string, site: Site) => symlink(site.storeDir, join(dir, '.git')),
    ],
    [
      'a HEAD that is a pipe',
      async (dir: string) => {
        await mkdir(join(dir, '.git'))
        await run('mkfifo', [join(dir, '.git/HEAD')])
      },
    ],
    [
      'a HEAD that leads out of it',
      async (dir: string) => writeFiles(dir, { '.git/HEAD': 'ref: refs/../../../../../etc/hostname\n' }),
    ],
  ])('does not mind %s in place of the git directory', async (_, plant) => {
    const taken = await withWorkspace(async (dir, site) => {
      await rm(join(dir, '.git'), { recursive: true })
      await plant(dir, site)
      await writeFiles(dir, { 'src/a.txt': 'A\n' })
    })
    expect(taken.changed).toEqual(['100644 src/a.txt'])
  })
})

describe('nothing of a workspace is run', () => {
  /** A program that leaves a mark; as a filter it also spoils what it is given. */
  async function trap(site: Site): Promise<{ readonly program: string; sprung(): Promise<boolean> }> {
    const program = join(site.root, 'trap')
    const mark = join(site.root, 'sprung')
    await writeFile(program, `#!/bin/sh\necho "$0" >> '${mark}'\necho spoilt\n`, { mode: 0o755 })
    return { program, sprung: async () => (await stat(mark).catch(() => null)) !== null }
  }

  async function arm(gitDir: string, program: string): Promise<void> {
    const quoted = `"'${program}'"`
    const config = [
      `[core]\nfsmonitor = ${quoted}\nsshCommand = ${quoted}\neditor = ${quoted}\npager = ${quoted}`,
      `hooksPath = ${JSON.stringify(join(gitDir, 'hooks'))}`,
      `[filter "trap"]\nclean = ${quoted}\nsmudge = ${quoted}\nprocess = ${quoted}\nrequired = true`,
      `[diff "trap"]\ntextconv = ${quoted}\ncommand = ${quoted}`,
      `[gpg]\nprogram = ${quoted}\n[commit]\ngpgSign = true\n[log]\nshowSignature = true`,
    ]
    const hooks = [
      'pre-commit',
      'post-index-change',
      'post-checkout',
      'reference-transaction',
      'fsmonitor-watchman',
    ]
    await mkdir(join(gitDir, 'hooks'), { recursive: true })
    for (const hook of hooks) await symlink(program, join(gitDir, 'hooks', hook))
    await writeFile(join(gitDir, 'info/attributes'), '* filter=trap diff=trap\n')
    await writeFile(join(gitDir, 'config'), `${config.join('\n')}\n`, { flag: 'a' })
  }

  it('no hook, fsmonitor, filter, diff driver or signer of its configuration', async () => {
    await using site = await openSite({ files: FILES })
    const at = site.at('task')
    await site.workspaces.create(at, site.base)
    const { program, sprung } = await trap(site)
    await git(at.dir, 'commit', '--quiet', '--allow-empty', '--message', 'signed')
    await arm(join(at.dir, '.git'), program)
    await writeFiles(at.dir, { 'src/a.txt': 'A\n', '.gitattributes': '* filter=trap diff=trap\n' })
    const { tree, head } = await snapshot(at, site.base, 'main', site.storeDir)
    expect((await historyOf(at, site.base, head!, site.storeDir)).length).toBe(1)
    expect(await git(site.storeDir, 'show', `${tree}:src/a.txt`)).toBe('A')
    expect(await sprung()).toBe(false)
    // The trap is a good one: git in the workspace does spring it.
    await run('git', ['status'], { cwd: at.dir })
    expect(await sprung()).toBe(true)
  })

  it('no alternates: they are read as objects, or not at all', async () => {
    await using site = await openSite({ files: FILES })
    const at = site.at('task')
    await site.workspaces.create(at, site.base)
    await git(at.dir, 'commit', '--quiet', '--allow-empty', '--message', 'x')
    await writeFiles(at.dir, {
      '.git/objects/info/alternates': '/dev/zero\n/etc\n../../../../..\n',
      'new.txt': 'n',
    })
    const { tree } = await snapshot(at, site.base, 'main', site.storeDir)
    expect(await changes(site, tree)).toEqual(['100644 new.txt'])
  })

  it('no filter of a submodule that was checked out: its pointer is read as data', async () => {
    await using site = await openSite({ files: FILES })
    const inner = join(site.root, 'inner')
    await git(site.root, 'init', '--quiet', '--initial-branch=main', inner)
    await writeFiles(inner, { 'x.txt': 'x\n', '.gitattributes': '* filter=trap\n' })
    await git(inner, 'add', '.')
    await git(inner, 'commit', '--quiet', '--message', 'one')
    const pointer = await git(inner, 'rev-parse', 'HEAD')
    const entries = `160000 ${pointer}\tsub module\n`
    const env = { GIT_INDEX_FILE: join(site.root, 'made.index'), GIT_DIR: site.storeDir }
    await run('git', ['read-tree', site.base], { env })
    await run('git', ['update-index', '--index-info'], { env, input: entries })
    const { stdout: made } = await run('git', ['write-tree'], { env })
    const { stdout } = await run('git', ['commit-tree', made.trim(), '-p', site.base, '-m', 'sub'], { env })
    const base = stdout.trim() as Sha
    const at = site.at('task')
    await site.workspaces.create(at, base)
    const untouched = await snapshot(at, base, 'main', site.storeDir)
    expect(untouched.tree).toBe(made.trim())

    const other = '2'.repeat(40)
    const bumped = site.at('bumped')
    await site.workspaces.create(bumped, base)
    await git(bumped.dir, 'update-index', '--cacheinfo', `160000,${other},sub module`)
    await git(bumped.dir, 'commit', '--quiet', '--message', 'moved without a checkout')
    const committed = await snapshot(bumped, base, 'main', site.storeDir)
    expect(await git(site.storeDir, 'ls-tree', committed.tree, 'sub module')).toContain(
      `160000 commit ${other}`,
    )

    const { program, sprung } = await trap(site)
    await git(at.dir, 'clone', '--quiet', inner, 'sub module')
    await arm(join(at.dir, 'sub module/.git'), program)
    await writeFiles(at.dir, { 'sub module/x.txt': 'longer\n', 'src/a.txt': 'A\n' })
    const dirty = await snapshot(at, base, 'main', site.storeDir)
    expect(await sprung()).toBe(false)
    expect(dirty.left).toEqual([])
    expect(await git(site.storeDir, 'diff-tree', '-r', '--name-only', base, dirty.tree)).toBe('src/a.txt')

    await run('git', ['-C', join(at.dir, 'sub module'), 'update-ref', 'HEAD', pointer])
    const second = await git(inner, 'commit-tree', 'HEAD^{tree}', '-p', 'HEAD', '-m', 'two')
    await writeFiles(at.dir, { 'sub module/.git/refs/heads/main': `${second}\n` })
    const moved = await snapshot(at, base, 'main', site.storeDir)
    expect(await git(site.storeDir, 'ls-tree', moved.tree, 'sub module')).toContain(`160000 commit ${second}`)
  })
})

describe.each(['clone', 'overlay'] as const)('a repository inside the workspace (%s)', kind => {
  /** The snapshot of a folder in which `make` has been at work, and what differs in it from the base. */
  async function taken(make: (dir: string) => Promise<unknown>) {
    await using site = await openSite({ kind, files: FILES })
    const at = site.at('task')
    await site.workspaces.create(at, site.base)
    await make(at.dir)
    const { tree, left, inner } = await snapshot(at, site.base, 'main', site.storeDir)
    const gits = await run('find', ['.', '-name', '.git*', '-path', './*/*', '-prune', '-print'], {
      cwd: at.dir,
    })
    return { left, inner, changed: await changes(site, tree), gits: gits.stdout.trim().split('\n').sort() }
  }
  const commit = async (dir: string) => {
    await git(dir, 'add', '--all')
    await git(dir, 'commit', '--quiet', '--allow-empty', '--message', 'x')
  }

  it('is told of, with or without a commit, and its files are taken as ordinary ones', async () => {
    const found = await taken(async dir => {
      await writeFiles(dir, {
        'with/x.txt': 'x',
        'with/a.log': 'ignored',
        'without/y/z.txt': 'z',
        'src/a.txt': 'A\n',
      })
      await git(dir, 'init', '--quiet', 'with')
      await commit(join(dir, 'with'))
      await writeFiles(dir, { 'with/later.txt': 'not committed' })
      await git(dir, 'init', '--quiet', 'without')
    })
    expect(found).toEqual({
      left: [],
      inner: [
        { path: 'with', taken: true },
        { path: 'without', taken: true },
      ],
      changed: ['100644 src/a.txt', '100644 with/later.txt', '100644 with/x.txt', '100644 without/y/z.txt'],
      // They are left as they were, for whoever looks at the workspace.
      gits: ['./with/.git', './without/.git'],
    })
  })

  it('in one another, and as a linked worktree, are taken as well', async () => {
    const found = await taken(async dir => {
      await writeFiles(dir, { 'a/b/c/deep.txt': 'x', 'a/a.txt': 'x' })
      for (const inner of ['a', 'a/b', 'a/b/c']) await git(dir, 'init', '--quiet', inner)
      await commit(join(dir, 'a/b/c'))
      await git(dir, 'worktree', 'add', '--quiet', '--no-checkout', '-b', 'side', 'trees/side')
      await writeFiles(dir, { 'trees/side/new.txt': 'x' })
    })
    expect(found.changed).toEqual(['100644 a/a.txt', '100644 a/b/c/deep.txt', '100644 trees/side/new.txt'])
    expect(found.inner.map(({ path }) => path).sort()).toEqual(['a', 'a/b', 'a/b/c', 'trees/side'])
    expect(found.left).toEqual([])
  })

  it('around committed files is none to git, and does not cost these', async () => {
    const found = await taken(async dir => {
      await writeFiles(dir, { 'inner/x.txt': 'x', 'forced.log': 'y' })
      await git(dir, 'add', '--force', '.')
      await git(dir, 'commit', '--quiet', '--message', 'both')
      await git(dir, 'init', '--quiet', 'inner')
      await commit(join(dir, 'inner'))
    })
    expect(found).toMatchObject({ left: [], changed: ['100644 forced.log', '100644 inner/x.txt'] })
    expect(found.inner).toEqual([])
  })
})

describe.each(['clone', 'overlay'] as const)('files that every checkout changes (%s)', kind => {
  const UTF16 = Buffer.from('one\r\ntwo\r\n', 'utf16le')
  const history = [
    {
      'crlf.txt': 'a\r\nb\r\n',
      'mixed.bat': 'a\r\nb\n',
      'id.c': '$Id: of another system $\n',
      'line\nend.txt': 'x\r\n',
      'auto.md': 'x\r\ny\n',
    },
    {
      '.gitattributes':
        '*.txt text\n*.bat text eol=crlf\n*.c ident\n*.md text=auto\n*.u16 text working-tree-encoding=UTF-16LE eol=crlf\n',
      'fine.bat': 'a\nb\n',
      'fine.c': '$Id$\n',
      'wide.u16': 'one\ntwo\n',
    },
  ]

  it('are unchanged until somebody changes them', async () => {
    await using site = await openSite({ kind, files: FILES, history })
    const [untouched, touched] = [site.at('a'), site.at('b')]
    await site.workspaces.create(untouched, site.base)
    await site.workspaces.create(touched, site.base)
    expect(await readFile(join(untouched.dir, 'fine.bat'), 'utf8')).toBe('a\r\nb\r\n')
    expect(await readFile(join(untouched.dir, 'fine.c'), 'utf8')).toMatch(/^\$Id: [0-9a-f]{40} \$\n$/)
    expect(await readFile(join(untouched.dir, 'wide.u16'))).toEqual(UTF16)
    const same = await snapshot(untouched, site.base, 'main', site.storeDir)
    expect(await changes(site, same.tree)).toEqual([])
    await chmod(join(touched.dir, 'id.c'), 0o755)
    await writeFile(join(touched.dir, 'crlf.txt'), 'a\r\nB\r\n')
    await writeFile(join(touched.dir, 'wide.u16'), Buffer.from('three\r\n', 'utf16le'))
    const { tree } = await snapshot(touched, site.base, 'main', site.storeDir)
    expect(await changes(site, tree)).toEqual(['100644 crlf.txt', '100755 id.c', '100644 wide.u16'])
    expect(await git(site.storeDir, 'cat-file', '-p', `${tree}:id.c`)).toBe('$Id: of another system $')
    expect(await git(site.storeDir, 'cat-file', '-p', `${tree}:wide.u16`)).toBe('three')
  })
})

describe('a file that git cannot take', () => {
  /** What of `files` is in the tree, and git's words on the rest. */
  async function taken(
    act: (dir: string, site: Site) => Promise<unknown>,
    more: Readonly<Record<string, string>> = {},
  ) {
    await using site = await openSite({ files: { ...FILES, ...more } })
    const at = site.at('task')
    await site.workspaces.create(at, site.base)
    await act(at.dir, site)
    const { tree, left } = await snapshot(at, site.base, 'main', site.storeDir)
    return { changed: await changes(site, tree), left: left.join('\n') }
  }
  const good = { 'a-good.txt': 'x\n', 'z-good.txt': 'x\n', 'deep/z.txt': 'x\n' }
  const ALL = ['100644 a-good.txt', '100644 deep/z.txt', '100644 z-good.txt']

  it('is named, and all the others are taken: an encoding without its mark', async () => {
    const attributes = { '.gitattributes': '*.u16 text working-tree-encoding=UTF-16\n' }
    const { changed, left } = await taken(
      dir => writeFiles(dir, { ...good, 'b.u16': 'plain\n', "deep/it's: in.u16": 'plain\n' }),
      attributes,
    )
    expect(changed).toEqual(ALL)
    expect(left).toContain("'b.u16'")
    expect(left).toContain("it's: in.u16")
  })

  it('is named: a filter that fails, whether it is required or not, has written nothing raw', async () => {
    for (const required of ['true', 'false']) {
      const { changed, left } = await taken(async (dir, site) => {
        await git(
          site.storeDir,
          'config',
          'filter.f.clean',
          'sed s/x/y/; if grep -q secret; then exit 1; fi; exit 3',
        )
        await git(site.storeDir, 'config', 'filter.f.required', required)
        await writeFiles(dir, {
          ...good,
          '.gitattributes': '*.f filter=f\n',
          'm.f': 'secret\n',
          'deep/n.f': 'secret\n',
        })
      })
      expect(changed, left).toEqual(['100644 .gitattributes', ...ALL])
      expect(left).toContain('m.f')
      expect(left).toContain('deep/n.f')
      expect(left).not.toContain('external filter')
    }
  })

  it('is named: line ends that would not come back (core.safecrlf)', async () => {
    const { changed, left } = await taken(async (dir, site) => {
      await git(site.storeDir, 'config', 'core.autocrlf', 'input')
      await git(site.storeDir, 'config', 'core.safecrlf', 'true')
      await writeFiles(dir, { ...good, 'crlf.txt': 'x\r\n' })
    })
    expect(changed).toEqual(ALL)
    expect(left).toContain('crlf.txt')
  })

  it.each([
    ['a folder', 25, 'f'],
    ['a file', 20, 'f'.repeat(250)],
  ])('is named: its path is too long for the system (%s)', async (_, depth, name) => {
    const { changed, left } = await taken(async dir => {
      await writeFiles(dir, good)
      const deep = `p=$(printf 'e%.0s' $(seq 200)); for i in $(seq ${depth}); do mkdir $p; cd $p; done; echo deep > ${name}`
      expect((await run('bash', ['-c', deep], { cwd: dir })).code).toBe(0)
    })
    expect(changed).toEqual(ALL)
    expect(left).toMatch(/^(could not open directory|unable to stat) 'e{200}\//)
  })
})
