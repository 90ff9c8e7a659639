/** Repositories of every kind that a checkout may be of; how a checkout may be made is checkouts.test.ts. */
import { chown, mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { git } from '../rig/exec.ts'
import { outcomes, type Site, startCli, startSite, tasks } from '../rig/fanout.ts'
import { installLfs, lfsPlace, lfsPointer, realGitLfs, storeLfs } from '../rig/git-lfs.ts'
import { KINDS } from '../rig/kinds.ts'
import { type TempDir, tempDir } from '../rig/temp.ts'

const QUIET = { 'verify-when': 'never' }
const CHANGE = { id: 'change', run: 'echo changed >> README.md; echo new > new.txt; git status --porcelain' }

/** A commit that only lives in `folder`. */
async function repositoryIn(folder: string): Promise<string> {
  await mkdir(folder, { recursive: true })
  await git(folder, 'init', '--quiet', '--initial-branch=main')
  await writeFile(join(folder, 'lib.txt'), 'lib\n')
  await git(folder, 'add', '.')
  await git(folder, 'commit', '--quiet', '-m', 'library')
  return git(folder, 'rev-parse', 'HEAD')
}

async function withSubmodule(temp: TempDir): Promise<{ at: Site; lib: string; pointer: string }> {
  const lib = join(temp.path, 'lib')
  const pointer = await repositoryIn(lib)
  const at = await startSite({ via: 'file', clone: { depth: 0 } })
  await using theirs = await at.remote.clone()
  const modules = `[submodule "lib"]\n\tpath = vendor/lib\n\turl = ${lib}\n`
  await writeFile(join(theirs.path, '.gitmodules'), modules)
  await theirs.git('add', '.gitmodules')
  await theirs.git('update-index', '--add', '--cacheinfo', `160000,${pointer},vendor/lib`)
  await theirs.git('commit', '--quiet', '-m', 'with a submodule')
  await theirs.git('push', '--quiet', 'origin', 'main')
  await at.clone.git('pull', '--quiet', 'origin', 'main')
  return { at, lib, pointer }
}

test('a repository with LFS on a machine without git-lfs: pointers are files like any other', async () => {
  const pointer = (digit: string) =>
    `version https://git-lfs.github.com/spec/v1\noid sha256:${digit.repeat(64)}\nsize 12345\n`
  const attributes = '*.bin filter=lfs diff=lfs merge=lfs -text\n'
  const files = {
    'README.md': 'hello\n',
    '.gitattributes': attributes,
    'a.bin': pointer('a'),
    'b.bin': pointer('b'),
  }
  await using at = await startSite({ via: 'file', repo: { files } })
  const run = `grep -q oid a.bin; sed -i s/sha256:b/sha256:c/ b.bin; cp a.bin c.bin; ${CHANGE.run}`
  const ran = await at.cli({
    ...QUIET,
    gate: 'grep -q oid a.bin b.bin c.bin',
    tasks: tasks({ id: 'change', run }),
  })
  expect(outcomes((await ran.directory()).summary)).toEqual({ change: 'landed' })
  expect(await at.remote.files()).toEqual({
    ...files,
    'README.md': 'hello\nchanged\n',
    'b.bin': pointer('b').replace('sha256:b', 'sha256:c'),
    'c.bin': pointer('a'),
    'new.txt': 'new\n',
  })
})

describe.each(KINDS)(
  `a repository with LFS (${realGitLfs ? 'git-lfs' : 'a stand-in for git-lfs'}), with workspaces: %s`,
  (_, kind) => {
    test('workspaces hold pointers, share what the checkout has, and what lands is uploaded with its contents', async () => {
      const [old, edited, added, bad] = ['old\0content\n', 'edited\0content\n', 'added\0content\n', 'bad\0\n']
      const files = {
        'README.md': 'hello\n',
        '.gitattributes': '*.bin filter=lfs diff=lfs merge=lfs -text\n',
        'a.bin': lfsPointer(old),
      }
      await using at = await startSite({ via: 'file', repo: { files } })
      const lfs = await installLfs(at.job.env.HOME!)
      await storeLfs(at.remote.path, old)
      // As actions/checkout leaves it with `lfs: true`.
      await storeLfs(join(at.clone.path, '.git'), old)
      await lfs.git(at.clone.path, 'lfs', 'checkout')
      expect(await readFile(join(at.clone.path, 'a.bin'), 'utf8')).toBe(old)
      const has = (file: string, content: string) =>
        `printf '${content.replace('\0', '\\0')}' | cmp - ${file}`
      const write = (file: string, content: string) => `printf '${content.replace('\0', '\\0')}' > ${file}`
      const real = ['grep -q "^oid sha256:" a.bin; git lfs checkout', has('a.bin', old)].join('\n')
      const ran = await at.cli(
        {
          ...QUIET,
          workspaces: kind,
          gate: `git lfs checkout; test ! -e bad.bin; if [ -e b.bin ]; then ${has('b.bin', added)}; ${has('a.bin', edited)}; fi`,
          tasks: tasks(
            { id: 'reads', run: `${real}; echo x > x.txt` },
            { id: 'edits', run: [real, write('a.bin', edited), write('b.bin', added)].join('\n') },
            { id: 'red', run: write('bad.bin', bad) },
          ),
        },
        lfs.env,
      )
      const directory = await ran.directory()
      expect(outcomes(directory.summary), ran.stdout + ran.stderr).toEqual({
        reads: 'landed',
        edits: 'landed',
        red: 'failed (gate)',
      })
      expect(await at.remote.files()).toEqual({
        ...files,
        'x.txt': 'x\n',
        'a.bin': lfsPointer(edited),
        'b.bin': lfsPointer(added),
      })
      for (const content of [old, edited, added])
        expect(await readFile(lfsPlace(at.remote.path, content), 'utf8')).toBe(content)
      // What did not land is kept, and nowhere else.
      await expect(readFile(lfsPlace(at.remote.path, bad))).rejects.toThrow()
      const kept = lfsPlace('tasks/red', bad)
      expect(await directory.text(kept)).toBe(bad)
      expect(directory.summary.tasks[2]?.files).toContain(kept)
    })
  },
)

/** Only root can give files away; for anyone else this is one more run. */
async function giveAway(folder: string): Promise<void> {
  if (process.getuid?.() !== 0) return
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  for (const entry of entries) await chown(join(entry.parentPath, entry.name), 65_534, 65_534)
  await chown(folder, 65_534, 65_534)
}

describe.each(KINDS)('workspaces: %s', (_, kind) => {
  test('a repository with submodules: their folders are empty, their pointers stay, and tasks cannot move them', async () => {
    await using temp = await tempDir('submodule')
    const { at, lib, pointer } = await withSubmodule(temp)
    await using _ = at
    const also = (id: string, script: string) => ({ id, run: `echo ${id} > ${id}.txt; ${script}` })
    const fill = `git clone --quiet '${lib}' vendor/lib`
    const evil = `touch '${join(temp.path, 'ran')}'; cat`
    const ran = await at.cli({
      ...QUIET,
      workspaces: kind,
      gate: 'test -z "$(git status --porcelain)"; test -d vendor/lib',
      tasks: tasks(
        { ...CHANGE, run: `test -z "$(ls -A vendor/lib)"; ${CHANGE.run}` },
        also(
          'filled',
          `${fill}; git -C vendor/lib config filter.evil.clean "${evil}"; echo '* filter=evil' > vendor/lib/.git/info/attributes; printf 'bil\\n' > vendor/lib/lib.txt; touch -d 2001-01-01 vendor/lib/lib.txt`,
        ),
        also(
          'moved',
          `${fill}; git -C vendor/lib -c user.name=x -c user.email=x@x commit -q --allow-empty -m moved`,
        ),
        also('gone', 'rm -rf vendor/lib'),
        also('files', 'echo x > vendor/lib/file.txt'),
        also('linked', 'rmdir vendor/lib; ln -s ../README.md vendor/lib'),
        also(
          'committed',
          `${fill}; git -C vendor/lib -c user.name=x -c user.email=x@x commit -q --allow-empty -m moved; git add -A; git commit -qm "Moves it"`,
        ),
      ),
    })
    const directory = await ran.directory()
    expect(outcomes(directory.summary)).toEqual({
      change: 'landed',
      filled: 'landed',
      moved: 'failed (out-of-scope)',
      gone: 'failed (out-of-scope)',
      files: 'failed (out-of-scope)',
      linked: 'failed (out-of-scope)',
      committed: 'failed (out-of-scope)',
    })
    expect(await readdir(temp.path)).toEqual(['lib'])
    expect(await git(at.remote.path, 'ls-tree', 'main', 'vendor/lib')).toBe(
      `160000 commit ${pointer}\tvendor/lib`,
    )
    for (const id of ['moved', 'gone', 'files', 'linked', 'committed']) {
      expect(directory.summary.tasks.find(task => task.id === id)?.reason?.message).toMatch(
        /vendor\/lib.*submodule/,
      )
      expect(await directory.text(`tasks/${id}/work.patch`)).toContain(`${id}.txt`)
    }
    expect(await directory.text('tasks/files/work.patch')).toContain('vendor/lib/file.txt')
  })

  test('a checkout that belongs to someone else, as in a container job', async () => {
    await using at = await startSite({ clone: { depth: 1 } })
    await giveAway(at.clone.path)
    const copy = { copy: '.env', setup: 'git log -1 > /dev/null; cat .env' }
    await writeFile(join(at.clone.path, '.git/info/exclude'), '.env\n')
    await writeFile(join(at.clone.path, '.env'), 'KEY=1\n')
    const ran = await at.run({
      ...QUIET,
      workspaces: kind,
      ...copy,
      gate: 'git log -1; cat .env',
      tasks: tasks(CHANGE),
    })
    expect(outcomes((await ran.directory()).summary)).toEqual({ change: 'landed' })
    expect(await at.remote.files()).toMatchObject({ 'new.txt': 'new\n' })
    // Ignored by a rule that is in no file of the tree: it is not landed all the same.
    expect(Object.keys(await at.remote.files())).not.toContain('.env')
    expect(ran.annotations).toEqual([])
  })

  test("the user's own git configuration may refuse bare repositories, split indexes and unsigned merges", async () => {
    await using at = await startSite({ via: 'file', repo: { files: { 'a.txt': 'a\n' } } })
    const own =
      '[safe]\n\tbareRepository = explicit\n[core]\n\tsplitIndex = true\n[merge]\n\tverifySignatures = true\n'
    await writeFile(join(at.job.env.HOME ?? '', '.gitconfig'), own)
    const ran = await at.run({
      ...QUIET,
      workspaces: kind,
      workers: '2',
      gate: 'git status --porcelain; git log -1',
      remediate: 'git diff --name-only; printf "both\\n" > a.txt',
      tasks: tasks(
        { id: 'one', run: 'git status; git fetch -q; echo one > a.txt; git commit -qam one' },
        { id: 'two', run: 'git status; git fetch -q; echo two > a.txt; git commit -qam two' },
      ),
    })
    expect(outcomes((await ran.directory()).summary), ran.text).toEqual({ one: 'landed', two: 'landed' })
    expect((await at.remote.files())['a.txt']).toBe('both\n')
  })

  test('a SHA-256 repository works like all others', async () => {
    await using temp = await tempDir('sha256')
    const remote = join(temp.path, 'remote.git')
    const clone = join(temp.path, 'clone')
    await git(
      temp.path,
      'init',
      '--quiet',
      '--bare',
      '--object-format=sha256',
      '--initial-branch=main',
      remote,
    )
    await git(temp.path, 'init', '--quiet', '--object-format=sha256', '--initial-branch=main', clone)
    await git(clone, 'remote', 'add', 'origin', remote)
    await writeFile(join(clone, 'README.md'), 'hello\n')
    await git(clone, 'add', '.')
    await git(clone, 'commit', '--quiet', '-m', 'initial')
    await git(clone, 'push', '--quiet', 'origin', 'main')
    const committed = `${CHANGE.run}; git add .; git commit -qm "By hand"`
    const list = tasks(
      { ...CHANGE, run: committed },
      { id: 'next', needs: 'change', run: 'cat new.txt > next.txt' },
      { id: 'red', run: 'echo red > red.txt' },
    )
    const flags = {
      ...QUIET,
      workspaces: kind,
      tasks: list,
      gate: 'test ! -e red.txt',
      'workspace-root': join(temp.path, 'root'),
    }
    const args = Object.entries(flags).flatMap(([name, value]) => [`--${name}`, value])
    const ran = await startCli(clone, ['run', ...args]).done
    const directory = await ran.directory()
    expect(outcomes(directory.summary)).toEqual({ change: 'landed', next: 'landed', red: 'failed (gate)' })
    expect(directory.summary.run.head_sha).toMatch(/^[0-9a-f]{64}$/)
    expect(await git(remote, 'log', '--format=%s', 'main')).toBe('next\nBy hand\ninitial')
    await git(remote, 'bundle', 'verify', '--quiet', join(directory.path, 'tasks/red/work.bundle'))
  })

  test('a repository whose files and branch have names beyond ASCII, and one whose names are no text at all', async () => {
    const files = { 'README.md': 'hello\n', 'wörk/日本語 ü.txt': 'x\n', 'it\'s "quoted".txt': 'x\n' }
    await using at = await startSite({ via: 'file', repo: { files, branch: 'fünf/ast-日本' } })
    const bytes = String.raw`printf 'x\n' > $'b\xff.txt'; ln -s $'\xfe' $'l\xff'`
    const list = tasks(
      { id: 'change', paths: ['wörk/**', 'tasks.done.yml'], run: 'echo y >> wörk/*.txt' },
      { id: 'bytes', run: bytes },
      { id: 'after', needs: ['bytes', 'change'], run: String.raw`echo z >> $'b\xff.txt'` },
    )
    await writeFile(join(at.clone.path, 'tasks.json'), list)
    await at.clone.git('add', 'tasks.json')
    await at.clone.git('commit', '--quiet', '-m', 'tasks')
    await at.clone.git('push', '--quiet', 'origin', 'HEAD')
    const ran = await at.cli({
      ...QUIET,
      workspaces: kind,
      tasks: 'tasks.json',
      bookkeeping: 'archive',
      gate: 'git status --porcelain',
    })
    expect(outcomes((await ran.directory()).summary)).toEqual({
      change: 'landed',
      bytes: 'landed',
      after: 'landed',
    })
    const names = await git(at.remote.path, 'ls-tree', '-r', '--name-only', at.remote.branch)
    expect(names).toContain('"b\\377.txt"')
    expect(names).toContain('"l\\377"')
    expect(await git(at.remote.path, 'fsck', '--strict', '--no-dangling')).toBe('')
    expect(await readFile(join(at.clone.path, 'README.md'), 'utf8')).toBe('hello\n')
  })
})
