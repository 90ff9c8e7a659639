/** Workspaces as hostile workers leave them: nothing of them runs, hangs or is followed, and the work is kept. */
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { git, gitWith } from '../rig/exec.ts'
import { outcomes, type Site, startSite, tasks } from '../rig/fanout.ts'
import { KINDS, overlayPossible } from '../rig/kinds.ts'
import { tempDir } from '../rig/temp.ts'

const FILES = {
  'README.md': 'hello\n',
  '.gitignore': 'ignored/\n',
  'src/a.txt': 'a\n',
  '.github/workflows/ci.yml': 'on: push\n',
}
const site = (): Promise<Site> => startSite({ via: 'file', repo: { files: FILES } })

/** Message of each task's reason, and the files of its kept work. */
async function reasons(at: Site, ran: Awaited<ReturnType<Site['cli']>>): Promise<Record<string, string>> {
  const directory = await ran.directory()
  const told = directory.summary.tasks.map(async ({ id, reason }) => {
    if (reason === null) return []
    const bundle = join(directory.path, 'tasks', id, 'work.bundle')
    if (!(await directory.files()).includes(`tasks/${id}/work.bundle`)) return [[id, reason.message] as const]
    await git(at.remote.path, 'fetch', '--quiet', bundle, `+refs/fanout/work/*:refs/kept/${id}/*`)
    const kept = await git(at.remote.path, 'for-each-ref', '--format=%(refname)', `refs/kept/${id}`)
    const names = await git(at.remote.path, 'diff', '--name-only', `${kept}~1`, kept)
    return [[id, `${reason.code}: ${reason.message} [${names.replaceAll('\n', ' ')}]`] as const]
  })
  return Object.fromEntries((await Promise.all(told)).flat())
}

/** By hand: 100000, which takes some minutes on a slow disk. */
const MANY = Number(process.env.FANOUT_TEST_MANY_FILES || 2000)

describe.each(KINDS)('workspaces: %s', (_, kind) => {
  const QUIET = { 'verify-when': 'never', workspaces: kind }
  test('nothing that a worker plants in its git directory runs in any command of ours', async () => {
    await using at = await site()
    await using temp = await tempDir('planted')
    const mark = (name: string) => `touch '${join(temp.path, name)}'`
    const hooks = [
      ...[
        'pre-commit',
        'post-commit',
        'pre-push',
        'post-checkout',
        'post-merge',
        'pre-auto-gc',
        'post-rewrite',
      ],
      ...[
        'reference-transaction',
        'post-index-change',
        'prepare-commit-msg',
        'commit-msg',
        'fsmonitor-watchman',
      ],
      ...['applypatch-msg', 'pre-merge-commit', 'update', 'pre-receive', 'post-receive', 'post-update'],
    ]
    const config: Record<string, string> = {
      'core.hooksPath': '.git/hooks',
      'core.fsmonitor': mark('fsmonitor'),
      'core.sshCommand': mark('ssh'),
      'core.gitProxy': mark('proxy'),
      'core.pager': mark('pager'),
      'core.editor': mark('editor'),
      'core.askPass': mark('askpass'),
      'core.alternateRefsCommand': mark('alternates'),
      'core.worktree': '/etc',
      'core.attributesFile': '.git/info/attributes',
      'filter.evil.clean': `${mark('clean')}; cat`,
      'filter.evil.smudge': `${mark('smudge')}; cat`,
      'filter.evil.process': mark('process'),
      'filter.evil.required': 'true',
      'diff.external': mark('diff'),
      'diff.evil.textconv': mark('textconv'),
      'diff.evil.command': mark('diff-command'),
      'merge.evil.driver': mark('merge'),
      'merge.default': 'evil',
      'gpg.program': mark('gpg'),
      'commit.gpgSign': 'true',
      'credential.helper': `!${mark('credential')}`,
      'uploadpack.packObjectsHook': mark('pack'),
      'protocol.ext.allow': 'always',
      [`url.ext::sh -c "${mark('url')}".insteadOf`]: '/',
      'remote.origin.uploadpack': mark('uploadpack'),
      'remote.origin.receivepack': mark('receivepack'),
      'include.path': join(temp.path, 'included'),
    }
    const set = (key: string, value: string) =>
      `git config --file .git/planted ${JSON.stringify(key)} ${JSON.stringify(value)}`
    const run = [
      'git config user.name Worker; git config user.email worker@example.test',
      'echo committed > "$FANOUT_TASK_ID.txt"; git add .; git commit -qm "By hand"',
      'echo changed >> src/a.txt',
      `mkdir -p .git/hooks; for hook in ${hooks.join(' ')}; do printf '#!/bin/sh\\n%s\\n' "${mark('hook')}-$hook" > .git/hooks/$hook; chmod +x .git/hooks/$hook; done`,
      ...Object.entries(config).map(([key, value]) => set(key, value)),
      'cat .git/planted >> .git/config; cp .git/planted .gitconfig; cp .git/planted .gitmodules.txt',
      'echo "* filter=evil diff=evil merge=evil text" > .gitattributes; cp .gitattributes .git/info/attributes',
      'echo /nowhere/objects >> .git/objects/info/alternates',
      'echo "gitdir: /etc" > .git/commondir',
    ].join('\n')
    const gate = 'git status --porcelain > /dev/null; git log -1 > /dev/null'
    const ran = await at.cli({
      ...QUIET,
      workers: '2',
      gate,
      'keep-workspaces': 'always',
      tasks: tasks({ id: 'one', run }, { id: 'two', run: run.replace('src/a.txt', 'README.md') }),
    })
    expect(outcomes((await ran.directory()).summary)).toMatchObject({ one: 'landed', two: 'landed' })
    expect(await readdir(temp.path)).toEqual([])
    expect(await at.remote.log()).toContain('By hand [Fanout-Task: one]')
  })

  test("what a worker does to the user's git configuration does not reach the lane", async () => {
    await using at = await startSite()
    await using temp = await tempDir('global')
    const own =
      '[user]\n\tname = "A \\"user\\" \\\\"\n[alias]\n\tx = "!echo a\\nb # c"\n[includeIf "gitdir:/**"]\n\tpath = more\n'
    await writeFile(join(at.job.env.HOME ?? '', '.gitconfig'), own)
    await mkdir(join(at.job.env.HOME ?? '', '.config/git'), { recursive: true })
    await writeFile(join(at.job.env.HOME ?? '', '.config/git/ignore'), '*.mine\n')
    await writeFile(join(at.job.env.HOME ?? '', 'more'), '[http "http://"]\n\tuserAgent = "from the user"\n')
    const mark = (name: string) => `touch '${join(temp.path, name)}'; cat`
    const run = [
      'echo "* filter=evil" > .gitattributes; echo x > "$FANOUT_TASK_ID.txt"',
      `git config --global filter.evil.clean "${mark('clean')}"`,
      `git config --global filter.evil.smudge "${mark('smudge')}"`,
      `git config --global credential.helper "!${mark('credential')}"`,
      'git config --global http.proxy http://127.0.0.1:1',
      'git config --global url.file:///nowhere/.insteadOf http://',
      'git config --global core.autocrlf true',
      'echo "*" > ~/.config/git/ignore; echo "* working-tree-encoding=UTF-16" > ~/.config/git/attributes',
      'git config --global core.excludesFile "$PWD/excludes"; echo "*.txt" > excludes',
      'echo mine > "$FANOUT_TASK_ID.mine"',
    ].join('\n')
    const ran = await at.run({ ...QUIET, workers: '1', tasks: tasks({ id: 'one', run }, { id: 'two', run }) })
    expect(outcomes((await ran.directory()).summary)).toEqual({ one: 'landed', two: 'landed' })
    expect(await readdir(temp.path)).toEqual([])
    const kept = join((await ran.directory()).path, 'internal/gitconfig')
    const listed = await git(temp.path, 'config', '--file', kept, '--list', '-z')
    expect(listed.split('\0').filter(Boolean)).toEqual([
      'user.name\nA "user" \\',
      'alias.x\n!echo a\nb # c',
      'http.http://.useragent\nfrom the user',
      `core.excludesfile\n${kept}.ignore`,
      `core.attributesfile\n${kept}.attributes`,
    ])
    expect(Object.keys(await at.remote.files())).toEqual([
      '.gitattributes',
      'README.md',
      'excludes',
      'one.txt',
      'two.txt',
    ])
  })

  test('a git directory that is gone, or something else now, costs nothing but its history', async () => {
    await using at = await site()
    const change = (id: string, then: string) => ({ id, run: `echo ${id} > ${id}.txt; ${then}` })
    const ran = await at.cli({
      ...QUIET,
      tasks: tasks(
        change('gone', 'rm -rf .git'),
        change('file', 'rm -rf .git; echo hello > .git'),
        change('gitfile', 'rm -rf .git; echo "gitdir: /etc" > .git'),
        change('link', 'mv .git ../elsewhere; ln -s ../elsewhere .git'),
        change('pipe', 'rm -rf .git; mkfifo .git'),
        change('head-pipe', 'rm .git/HEAD; mkfifo .git/HEAD'),
        change('ref-pipe', 'rm -rf .git/refs; mkdir -p .git/refs/heads; mkfifo .git/refs/heads/main'),
        change('packed-pipe', 'rm -rf .git/refs .git/packed-refs; mkfifo .git/packed-refs'),
        change('objects', 'git commit -q --allow-empty -m x; rm -rf .git/objects; mkfifo .git/objects'),
        change(
          'broken',
          'git commit -q --allow-empty -m x; find .git/objects -type f -exec sh -c ": > {}" \\;',
        ),
      ),
    })
    const { summary } = await ran.directory()
    expect(new Set(Object.values(outcomes(summary)))).toEqual(new Set(['landed']))
    for (const { id } of summary.tasks)
      expect(await at.remote.files()).toMatchObject({ [`${id}.txt`]: `${id}\n` })
  })

  test('what git cannot keep is refused with a reason or left where git leaves it, and hangs nothing', async () => {
    await using at = await site()
    const socket = `node -e "require('net').createServer().listen('s.sock', () => process.kill(process.pid, 'SIGKILL'))" || true`
    const also = (id: string, script: string) => ({ id, run: `echo ${id} > ${id}.txt; ${script}` })
    const ran = await at.cli({
      ...QUIET,
      'keep-workspaces': 'never',
      // The gate runs what workers wrote, in a checkout that is used again.
      gate: 'rm -f README.md; mkfifo README.md .gitattributes src/.gitignore src/.gitattributes',
      tasks: tasks(
        { id: 'first', run: 'echo first > first.txt' },
        { id: 'second', needs: 'first', run: 'echo second > second.txt' },
        also('beside', `mkfifo pipe; ${socket}; mknod device c 1 3 2> /dev/null || true`),
        also(
          'rules',
          'rm .gitignore; mkfifo .gitignore .gitattributes src/.gitignore src/.gitattributes .gitmodules',
        ),
        also('tracked', 'rm README.md; mkfifo README.md'),
        also('folder', 'rm -rf src; mkfifo src'),
        also('nested', 'git init -q inner; rm inner/.git/HEAD; mkfifo inner/.git/HEAD'),
        also('empty', 'git init -q inner; echo x > inner/x.txt'),
        also(
          'inner',
          'git init -q inner; git -C inner -c user.name=x -c user.email=x@x commit -q --allow-empty -m x',
        ),
        also('reserved', 'mkdir sub; mkdir sub/.GIT; echo x > sub/.GIT/config'),
        also('backslash', "echo x > 'a\\\\b'"),
        also('encoded', 'echo "* working-tree-encoding=UTF-16" > .gitattributes; printf odd > src/a.txt'),
        { id: 'removed', run: 'cd /; rm -rf "$OLDPWD"' },
        { id: 'replaced', run: 'mv "$PWD" "$PWD.away"; ln -s /etc "$PWD"' },
      ),
    })
    const { summary } = await ran.directory()
    const refused = ['tracked', 'folder', 'rules', 'empty', 'inner', 'reserved', 'backslash', 'encoded']
    // A mount point can neither be removed nor moved: the worker's own command fails.
    const mounted = kind === 'overlay' && overlayPossible
    expect(outcomes(summary)).toEqual({
      ...{ first: 'landed', second: 'landed', beside: 'landed', nested: 'landed' },
      ...Object.fromEntries(refused.map(id => [id, 'failed (out-of-scope)'])),
      removed: mounted ? 'failed (worker-exit)' : 'failed (out-of-scope)',
      replaced: mounted ? 'failed (worker-exit)' : 'failed (out-of-scope)',
    })
    const files = Object.keys(await at.remote.files())
    expect(files).toEqual(
      [...Object.keys(FILES), 'beside.txt', 'first.txt', 'nested.txt', 'second.txt'].sort(),
    )
    const said = await reasons(at, ran)
    expect(said.tracked).toMatch(/README\.md: it is a pipe, a socket or a device/)
    expect(said.inner).toMatch(/inner: it is a git repository of its own.*\[inner\.txt\]/)
    expect(said.empty).toMatch(/inner: it is a git repository of its own.*\[empty\.txt inner\/x\.txt\]/)
    expect(said.encoded).toMatch(/UTF-16.* could not be taken out of its workspace/)
    if (!mounted) expect(said.replaced).toMatch(/the worker removed or replaced the folder/)
    for (const id of ['tracked', 'folder', 'rules', 'empty', 'inner', 'reserved', 'backslash'])
      expect(said[id]).toContain(`${id}.txt`)
  })

  test('links that leave the tree, protected files and names that collide are refused, and the work is kept', async () => {
    await using at = await site()
    const also = (id: string, script: string) => ({ id, run: `echo ${id} > ${id}.txt; ${script}` })
    const ran = await at.cli({
      ...QUIET,
      tasks: tasks(
        also('passwd', 'ln -s /etc/passwd link'),
        also('neighbour', 'ln -s ../../passwd/workspace/passwd.txt link'),
        also('folder', 'rm -rf src; ln -s / src'),
        also('bytes', "ln -s $'/\\xff' link"),
        also('workflow', 'echo "on: schedule" > .github/workflows/ci.yml'),
        also('workflow-case', 'mkdir -p .GitHub/Workflows; echo x > .GitHub/Workflows/new.yml'),
        also('case', 'echo x > readme.MD'),
        also('fine', 'ln -s src/a.txt link; ln -s ../README.md src/up'),
      ),
    })
    const { summary } = await ran.directory()
    expect(outcomes(summary)).toEqual({
      passwd: 'failed (out-of-scope)',
      neighbour: 'failed (out-of-scope)',
      folder: 'failed (out-of-scope)',
      bytes: 'failed (out-of-scope)',
      workflow: 'failed (out-of-scope)',
      'workflow-case': 'failed (out-of-scope)',
      case: 'failed (out-of-scope)',
      fine: 'landed',
    })
    const said = await reasons(at, ran)
    expect(said.passwd).toMatch(/link: it is a symbolic link and its target is an absolute path/)
    expect(said.neighbour).toMatch(/link: .* its target lies outside the repository/)
    expect(said.workflow).toMatch(/\.github\/workflows\/ci\.yml: it is protected/)
    expect(said.case).toMatch(/readme\.MD: its name differs from README\.md only in case/)
    for (const [id, text] of Object.entries(said)) expect(text).toContain(`${id}.txt`)
  })

  test('names that no shell and no line can hold land as they are', async () => {
    await using at = await site()
    const run = [
      "touch -- -rf --force ./- $'new\\nline' '\"quotes\"' \"it's\" '$(touch evil)' '`id`' 'tab\t' ' lead' 'trail ' '*' ':(top)x' $'\\xff\\xfe' ü",
      "mkdir -p -- --folder/-x; echo x > --folder/-x/$'\\n'",
      'deep=.; for i in $(seq 260); do deep=$deep/d; done; mkdir -p "$deep"; echo deep > "$deep/file"',
      'mkdir locked; echo x > locked/x; chmod 555 locked; chmod 444 locked/x',
      'mkdir closed; echo x > closed/x; chmod 000 closed/x; chmod 111 closed',
    ].join('\n')
    const ran = await at.cli({ ...QUIET, tasks: tasks({ id: 'names', run }), 'keep-workspaces': 'never' })
    const directory = await ran.directory()
    expect(outcomes(directory.summary)).toEqual({ names: 'landed' })
    const { bytes } = await gitWith({ cwd: at.remote.path }, 'ls-tree', '-r', '-z', '--name-only', 'main')
    const names = bytes.toString('latin1').split('\0').filter(Boolean)
    for (const name of [
      '-rf',
      '--force',
      '-',
      'new\nline',
      '"quotes"',
      ' lead',
      'trail ',
      '*',
      ':(top)x',
      '\xff\xfe',
    ])
      expect(names).toContain(name)
    expect(names).toContain('--folder/-x/\n')
    expect(names.filter(name => name.endsWith('/d/d/file'))).toHaveLength(1)
    expect(names).toContain('locked/x')
    expect(names).toContain('closed/x')
    expect(names).not.toContain('evil')
    expect(await readdir(join(directory.path, 'tasks/names'))).not.toContain('workspace')
    expect(await readFile(join(directory.path, 'tasks/names/worker.log'), 'utf8')).toBe('')
  })

  test(`${MANY} files land, and a limit stops them with a reason`, async () => {
    await using at = await site()
    const run = `mkdir many; cd many; seq ${MANY} | split -l 1 -a 5 --numeric-suffixes`
    const ran = await at.cli({ ...QUIET, tasks: tasks({ id: 'many', run }) })
    expect(outcomes((await ran.directory()).summary)).toEqual({ many: 'landed' })
    expect((await git(at.remote.path, 'ls-tree', '-r', '--name-only', 'main')).split('\n')).toHaveLength(
      MANY + 4,
    )
    const limited = await at.cli({
      ...QUIET,
      'max-changed-files': '1000',
      tasks: tasks({ id: 'limited', run: `rm -rf many; ${run.replaceAll('many', 'more')}` }),
    })
    expect((await limited.directory()).summary.tasks[0]?.reason).toMatchObject({
      code: 'too-large',
      message: expect.stringContaining('1000'),
    })
  }, 600_000)
})
