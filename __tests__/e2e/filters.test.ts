/** The repository's filters, merge drivers and settings, wherever a person keeps them: what lands is what they make of it. */
import { chmod, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { run } from '../rig/exec.ts'
import { outcomes, type Site, startSite, tasks } from '../rig/fanout.ts'
import { ENCRYPTED, installGitCrypt, realGitCrypt } from '../rig/git-crypt.ts'
import { installLfs, lfsPlace, lfsPointer, realGitLfs } from '../rig/git-lfs.ts'
import { KINDS } from '../rig/kinds.ts'
import { tempDir, writeFiles } from '../rig/temp.ts'

const NEVER = { 'verify-when': 'never' }
const enc = (text: string) => `ENC:${Buffer.from(text).toString('base64')}`
const CLEAN = '#!/bin/sh\nprintf ENC:\nbase64 -w0\n'
const SMUDGE = '#!/bin/sh\nsed s/^ENC:// | base64 -d\n'

/** A repository whose secrets are stored encrypted, by a filter that nobody has defined yet. */
async function secretSite(more: Readonly<Record<string, string>> = {}): Promise<Site> {
  const files = {
    '.gitattributes': 'secrets/** filter=crypt\n',
    'secrets/a.txt': enc('old password\n'),
    'app.txt': 'app\n',
    ...more,
  }
  return startSite({ via: 'file', repo: { files } })
}

/** Scripts of a filter in a folder; as settings of git. */
async function scripts(folder: string): Promise<Readonly<Record<string, string>>> {
  await writeFiles(folder, { clean: CLEAN, smudge: SMUDGE })
  for (const name of ['clean', 'smudge']) await chmod(join(folder, name), 0o755)
  return {
    'filter.crypt.clean': join(folder, 'clean'),
    'filter.crypt.smudge': join(folder, 'smudge'),
    'filter.crypt.required': 'true',
  }
}

/** Looks at the secret as a person would, changes it and adds another. */
const ROTATE = {
  id: 'rotate',
  run: 'test "$(cat secrets/a.txt)" = "old password"; test -z "$(git status --porcelain)"; echo new > secrets/a.txt; echo more > secrets/b.txt; echo b >> app.txt',
}
const ROTATED = { 'secrets/a.txt': enc('new\n'), 'secrets/b.txt': enc('more\n'), 'app.txt': 'app\nb\n' }

describe('a filter lands what it makes of a file, and a worker sees what it makes of that, where it is defined', () => {
  const places: readonly (readonly [
    string,
    (at: Site, settings: Readonly<Record<string, string>>) => Promise<Record<string, string>>,
  ])[] = [
    [
      "in the checkout's own configuration",
      async (at, settings) => {
        for (const [key, value] of Object.entries(settings)) await at.clone.git('config', key, value)
        return {}
      },
    ],
    [
      'in a file that it includes',
      async (at, settings) => {
        const file = join(at.clone.path, '.git/more')
        for (const [key, value] of Object.entries(settings))
          await at.clone.git('config', '-f', file, key, value)
        await at.clone.git('config', 'include.path', 'more')
        return {}
      },
    ],
    [
      'in the configuration of its work tree',
      async (at, settings) => {
        await at.clone.git('config', 'extensions.worktreeConfig', 'true')
        for (const [key, value] of Object.entries(settings))
          await at.clone.git('config', '--worktree', key, value)
        return {}
      },
    ],
    [
      "in the step's environment",
      async (_, settings) => {
        const pairs = Object.entries(settings).flatMap(([key, value], i) => [
          [`GIT_CONFIG_KEY_${i}`, key],
          [`GIT_CONFIG_VALUE_${i}`, value],
        ])
        return { GIT_CONFIG_COUNT: String(pairs.length / 2), ...Object.fromEntries(pairs) }
      },
    ],
    [
      'in a file of the user that the step names',
      async (at, settings) => {
        const file = join(at.job.temp, 'their-gitconfig')
        for (const [key, value] of Object.entries(settings))
          await at.clone.git('config', '-f', file, key, value)
        return { GIT_CONFIG_GLOBAL: file }
      },
    ],
  ]
  test.each(places)('%s', async (_, define) => {
    await using at = await secretSite()
    const env = await define(at, await scripts(join(at.job.temp, 'tools')))
    const ran = await at.cli(
      { ...NEVER, gate: 'test "$(cat secrets/a.txt)" = new', tasks: tasks(ROTATE) },
      env,
    )
    expect(outcomes((await ran.directory()).summary), ran.stdout).toEqual({ rotate: 'landed' })
    expect(await at.remote.files()).toMatchObject(ROTATED)
  })

  test('by a path within the checkout, which no worker can replace', async () => {
    await using at = await secretSite({ 'tools/clean': CLEAN, 'tools/smudge': SMUDGE })
    await at.clone.git('config', 'filter.crypt.clean', 'sh tools/clean %f')
    await at.clone.git('config', 'filter.crypt.smudge', 'sh ./tools/smudge')
    const evil = `${ROTATE.run}; echo 'touch "${at.job.temp}/ran"; cat' > tools/clean`
    const ran = await at.cli({ ...NEVER, tasks: tasks({ ...ROTATE, run: evil }) })
    expect(outcomes((await ran.directory()).summary), ran.stdout).toEqual({ rotate: 'landed' })
    expect(await at.remote.files()).toMatchObject(ROTATED)
    await expect(readFile(join(at.job.temp, 'ran'))).rejects.toThrow()
  })
})

test('what a worker stages past the filter, with a git of its own making, goes through it all the same', async () => {
  await using at = await secretSite()
  for (const [key, value] of Object.entries(await scripts(join(at.job.temp, 'tools'))))
    await at.clone.git('config', key, value)
  const off =
    'git config --remove-section filter.crypt; echo plain > secrets/a.txt; echo plain > secrets/b.txt'
  const ran = await at.cli({
    ...NEVER,
    workers: '1',
    tasks: tasks(
      { id: 'staged', run: `${off}; git add -A` },
      {
        id: 'committed',
        needs: 'staged',
        run: `${off}; echo 2 > secrets/b.txt; git add -A; git commit -qm own`,
      },
    ),
  })
  expect(outcomes((await ran.directory()).summary), ran.stdout).toEqual({
    staged: 'landed',
    committed: 'landed',
  })
  expect(await at.remote.files()).toMatchObject({
    'secrets/a.txt': enc('plain\n'),
    'secrets/b.txt': enc('2\n'),
  })
})

test('a changed file whose filter nobody defines is refused and named, and everything else is kept', async () => {
  await using at = await secretSite({ 'moved/x.bin': 'x\n', 'moved/.gitattributes': '*.bin filter=lfs\n' })
  const ran = await at.cli({
    ...NEVER,
    tasks: tasks(
      { id: 'secret', run: 'echo plain > secrets/a.txt; echo also > secrets/b.txt; echo x > x.txt' },
      {
        id: 'staged',
        run: 'git rm -q --cached app.txt; echo plain > secrets/c.txt; git add secrets/c.txt; git commit -qm own',
      },
      { id: 'asset', run: 'echo new > moved/x.bin' },
      { id: 'tracks', run: 'echo "*.psd filter=lfs" >> .gitattributes; echo psd > a.psd' },
      { id: 'others', run: 'echo b >> app.txt; git mv secrets/a.txt secrets/z.txt; rm moved/x.bin' },
      {
        id: 'own',
        run: 'echo "*.own filter=mine" > own/.gitattributes || { mkdir own; echo "*.own filter=mine" > own/.gitattributes; }; echo own > own/a.own',
      },
    ),
  })
  const directory = await ran.directory()
  expect(outcomes(directory.summary), ran.stdout).toEqual({
    ...{ secret: 'failed (out-of-scope)', staged: 'failed (out-of-scope)', asset: 'failed (out-of-scope)' },
    ...{ tracks: 'failed (out-of-scope)', others: 'landed', own: 'landed' },
  })
  const [secret] = directory.summary.tasks
  expect(secret?.reason?.message).toContain(
    "'secrets/a.txt' is stored through the filter 'crypt', and nobody has defined that and 'secrets/b.txt' is",
  )
  expect(secret?.reason?.fix).toContain('`git-crypt unlock`')
  const patch = await directory.text('tasks/secret/work.patch')
  expect(patch).toContain('x.txt')
  expect(patch).not.toContain('plain')
  expect(await at.remote.files()).toMatchObject({
    'secrets/z.txt': enc('old password\n'),
    'own/a.own': 'own\n',
  })
})

test('a filter that makes something else of the same file each time: only what was changed lands', async () => {
  await using at = await secretSite()
  const salted = '#!/bin/sh\nprintf "ENC:"; (head -c 6 /dev/urandom | base64 | head -c 8; cat) | base64 -w0\n'
  const tools = join(at.job.temp, 'tools')
  await writeFiles(tools, { clean: salted, smudge: '#!/bin/sh\nsed s/^ENC:// | base64 -d | tail -c +9\n' })
  await at.clone.git('config', 'filter.crypt.clean', `sh ${tools}/clean`)
  await at.clone.git('config', 'filter.crypt.smudge', `sh ${tools}/smudge`)
  const first = { id: 'first', run: 'echo secret > secrets/a.txt; echo other > secrets/b.txt' }
  const again = (id: string, more = ':') => ({
    id,
    needs: 'first',
    run: `cp secrets/a.txt x; cat x > secrets/a.txt; rm x; ${more}`,
  })
  const ran = await at.cli({
    ...NEVER,
    tasks: tasks(
      first,
      again('touches'),
      again('stages', 'git add -A'),
      again('one', 'echo 2 > secrets/b.txt'),
    ),
  })
  const { summary } = await ran.directory()
  expect(outcomes(summary), ran.stdout).toEqual({
    first: 'landed',
    touches: 'unchanged',
    stages: 'unchanged',
    one: 'landed',
  })
  expect(summary.tasks[3]?.changes?.files).toBe(1)
})

test('line ends and executable bits are judged by the settings of the checkout', async () => {
  await using at = await startSite({
    via: 'file',
    repo: {
      files: { 'gen.txt': 'a\nb\n', 's.sh': { content: '#!/bin/sh\n', mode: '100755' }, 'w.win': 'x\n' },
    },
  })
  await at.clone.git('config', 'core.autocrlf', 'input')
  await at.clone.git('config', 'core.fileMode', 'false')
  await writeFile(join(at.clone.path, '.git/info/attributes'), '*.win text eol=crlf\n')
  const ran = await at.cli({
    ...NEVER,
    workers: '1',
    tasks: tasks(
      { id: 'same', run: "printf 'a\\r\\nb\\r\\n' > gen.txt; chmod -x s.sh" },
      { id: 'mode', run: 'echo exit >> s.sh; chmod -x s.sh; test "$(git config core.fileMode)" = false' },
      { id: 'own', run: "printf 'c\\r\\n' >> gen.txt; git add -A; git commit -qm own" },
      { id: 'win', run: "test \"$(od -An -c w.win | tr -d ' ')\" = 'x\\r\\n'; printf 'y\\r\\n' >> w.win" },
    ),
  })
  expect(outcomes((await ran.directory()).summary), ran.stdout).toEqual({
    same: 'unchanged',
    mode: 'landed',
    own: 'landed',
    win: 'landed',
  })
  expect(await at.remote.files()).toMatchObject({ 'gen.txt': 'a\nb\nc\n', 'w.win': 'x\ny\n' })
  const modes = await run('git', ['ls-tree', 'main', 's.sh'], { cwd: at.remote.path })
  expect(modes.stdout).toMatch(/^100755 /)
})

test("a merge driver of the checkout's decides, by a path within it too", async () => {
  const union = 'sort -u "$2" "$3" > "$2.all"; cat "$2.all" > "$2"; rm "$2.all"\n'
  await using at = await startSite({
    via: 'file',
    repo: {
      files: { '.gitattributes': 'list.txt merge=sorted\n', 'list.txt': 'a\n', 'tools/merge.sh': union },
    },
  })
  await at.clone.git('config', 'merge.sorted.driver', 'sh tools/merge.sh %O "%A" %B')
  const add = (id: string) => ({ id, run: `echo ${id} >> list.txt` })
  const ran = await at.cli({ ...NEVER, tasks: tasks(add('b'), add('c'), add('d')) })
  expect(outcomes((await ran.directory()).summary), ran.stdout).toEqual({
    b: 'landed',
    c: 'landed',
    d: 'landed',
  })
  expect((await at.remote.files())['list.txt']).toBe('a\nb\nc\nd\n')
})

test('`setup` may define a filter in each workspace, as a person does in a clone', async () => {
  await using at = await secretSite()
  const settings = await scripts(join(at.job.temp, 'tools'))
  const lines = Object.entries(settings).map(([key, value]) => `git config ${key} ${value}`)
  const setup = [...lines, 'rm -f secrets/*', 'git checkout -q -- secrets'].join('\n')
  const ran = await at.cli({
    ...NEVER,
    setup,
    gate: 'test "$(cat secrets/a.txt)" = new',
    workers: '1',
    tasks: tasks(ROTATE, {
      id: 'off',
      needs: 'rotate',
      run: 'git config --remove-section filter.crypt; echo off > secrets/b.txt; git add -A',
    }),
  })
  expect(outcomes((await ran.directory()).summary), ran.stdout).toEqual({ rotate: 'landed', off: 'landed' })
  expect(await at.remote.files()).toMatchObject({ ...ROTATED, 'secrets/b.txt': enc('off\n') })
})

describe.each(KINDS)(`git-crypt${realGitCrypt ? '' : ' (a stand-in)'}, workspaces: %s`, (_, kind) => {
  test.each(['in the checkout', 'in setup'])('unlocked %s', async where => {
    await using at = await startSite({ via: 'file', repo: { files: { 'app.txt': 'app\n' } } })
    await using temp = await tempDir('crypt')
    const env = await installGitCrypt(at.job.env.HOME!)
    const key = join(temp.path, 'key')
    await using theirs = await at.remote.clone({ via: 'file' })
    const inTheirs = async (...words: string[]) => {
      const { code, stderr } = await run(words[0]!, words.slice(1), { cwd: theirs.path, env })
      expect({ code, stderr }).toMatchObject({ code: 0 })
    }
    await inTheirs('git-crypt', 'init')
    await inTheirs('git-crypt', 'export-key', key)
    await writeFiles(theirs.path, {
      '.gitattributes': 'secrets/** filter=git-crypt diff=git-crypt\n.gitattributes !filter\n',
      'secrets/a.txt': 'old password\n',
    })
    for (const words of [
      ['add', '-A'],
      ['commit', '-qm', 'secrets'],
      ['push', '-q', 'origin', 'HEAD:main'],
    ])
      await inTheirs('git', ...words)
    await at.clone.git('pull', '--quiet', 'origin', 'main')
    if (where === 'in the checkout') {
      const unlocked = await run('git-crypt', ['unlock', key], { cwd: at.clone.path, env })
      expect(unlocked.stderr).toBe('')
    }
    const ran = await at.cli(
      {
        ...NEVER,
        workspaces: kind,
        ...(where === 'in setup' ? { setup: `git-crypt unlock '${key}'` } : {}),
        gate: 'if [ -e secrets/b.txt ]; then test "$(cat secrets/a.txt)" = new; fi',
        tasks: tasks(ROTATE, {
          id: 'app',
          run: 'cat secrets/a.txt > /dev/null; git commit -qam none || echo x > x.txt',
        }),
      },
      env,
    )
    expect(outcomes((await ran.directory()).summary), ran.stdout).toEqual({ rotate: 'landed', app: 'landed' })
    const files = await at.remote.files()
    expect(files['x.txt']).toBe('x\n')
    for (const name of ['secrets/a.txt', 'secrets/b.txt'])
      expect(files[name]?.startsWith(ENCRYPTED)).toBe(true)
    await inTheirs('git', 'pull', '-q', 'origin', 'main')
    expect(await readFile(join(theirs.path, 'secrets/a.txt'), 'utf8')).toBe('new\n')
    expect(await readFile(join(theirs.path, 'secrets/b.txt'), 'utf8')).toBe('more\n')
  })
})

test(`git-lfs${realGitLfs ? '' : ' (a stand-in)'} that setup alone installs`, async () => {
  const files = {
    '.gitattributes': '*.bin filter=lfs diff=lfs merge=lfs -text\n',
    'a.bin': lfsPointer('old'),
  }
  await using at = await startSite({ via: 'file', repo: { files } })
  const lfs = await installLfs(at.job.env.HOME!)
  await writeFile(join(at.job.env.HOME!, '.gitconfig'), '')
  const install =
    'git config filter.lfs.clean "git-lfs clean -- %f"; git config filter.lfs.smudge "git-lfs smudge -- %f"'
  const ran = await at.cli(
    { ...NEVER, setup: install, tasks: tasks({ id: 'asset', run: 'printf new > b.bin' }) },
    lfs.env,
  )
  expect(outcomes((await ran.directory()).summary), ran.stdout).toEqual({ asset: 'landed' })
  expect(await at.remote.files()).toEqual({ ...files, 'b.bin': lfsPointer('new') })
  expect(await readFile(lfsPlace(at.remote.path, 'new'), 'utf8')).toBe('new')
})
