import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { type CheckoutOptions, checkoutLikeAction, cloneLikeUser } from '../rig/checkout.ts'
import { git } from '../rig/exec.ts'
import { outcomes, type Site, type SiteOptions, startCli, startSite, tasks } from '../rig/fanout.ts'
import { setRules } from '../rig/github-hooks.ts'
import { SummarySchema } from './summary-schema.ts'

/** Two tasks of which the second sees the first; both look at files that a sparse or partial checkout lacks. */
const LIST = tasks(
  { id: 'one', run: 'test -e src/deep/code.txt; cat docs/guide.md > one.txt' },
  {
    id: 'two',
    needs: 'one',
    run: 'cat one.txt > two.txt; git log --oneline > /dev/null; git status --porcelain',
  },
)
const FILES = {
  'README.md': 'hello\n',
  'docs/guide.md': 'guide\n',
  'src/deep/code.txt': 'code\n',
}
const INPUTS = {
  tasks: LIST,
  gate: 'test "$(git rev-parse HEAD)" = "$FANOUT_COMMIT"; test -e docs/guide.md',
  verify: 'test -e two.txt',
}

/** Settings of a user's own that say nothing about how work is to land. */
const CAUTIOUS = `[safe]
\tbareRepository = explicit
[color]
\tui = always
[log]
\tshowSignature = true
[i18n]
\tlogOutputEncoding = ISO-8859-1
[merge]
\tverifySignatures = true
[diff]
\tnoprefix = true
`

function site(options: SiteOptions = {}): Promise<Site> {
  return startSite({ ...options, repo: { files: FILES } })
}

async function expectLanded(at: Site, path: string): Promise<void> {
  const summary = JSON.parse(await readFile(join(path, 'summary.json'), 'utf8'))
  expect(SummarySchema.safeParse(summary).error?.issues ?? []).toEqual([])
  expect(outcomes(summary)).toEqual({ one: 'landed', two: 'landed' })
  expect(summary.verification).toMatchObject({ ran: true, passed: true })
  const log = await at.remote.log()
  expect(log.split('\n').slice(0, 2)).toEqual(['two [Fanout-Task: two]', 'one [Fanout-Task: one]'])
  expect(await at.remote.files()).toMatchObject({ ...FILES, 'one.txt': 'guide\n', 'two.txt': 'guide\n' })
  expect(await git(at.remote.path, 'fsck', '--strict', '--no-dangling')).toBe('')
}

/** GitHub answers two Authorization headers with 400. */
function expectOneHeader(at: Site): void {
  expect(at.server.log.filter(request => request.authorization.length > 1)).toEqual([])
  expect(
    at.server.log.filter(request => request.step === 'push' && request.authorization.length !== 1),
  ).toEqual([])
}

describe('what actions/checkout leaves', () => {
  const table: readonly (readonly [string, NonNullable<SiteOptions['clone']>])[] = [
    ['its default: depth 1, the branch, credentials in an included file', {}],
    ['depth 1 at a detached HEAD', { detached: true }],
    ['all of history', { depth: 0 }],
    ['all of history at a detached HEAD', { depth: 0, detached: true }],
    ['filter: blob:none', { depth: 0, filter: 'blob:none' }],
    ['filter: tree:0 and depth 1', { filter: 'tree:0' }],
    ['sparse-checkout', { sparse: ['docs'] }],
  ]
  test.each(table)('%s', async (_, clone) => {
    await using at = await site({ clone })
    const shallow = await at.clone.git('rev-parse', '--is-shallow-repository')
    const branch = await at.clone.git('rev-parse', '--abbrev-ref', 'HEAD')
    await at.remote.commit({ files: { 'later.txt': 'later\n' }, message: 'later' })
    const ran = await at.run(INPUTS)
    expect(ran.text).not.toContain('fault of its own')
    await expectLanded(at, (await ran.directory()).path)
    expect(ran.code).toBe(0)
    expectOneHeader(at)
    // It shows what landed, or the log says why not; and it is whole, and of the same kind, in any case.
    const moved = (await at.clone.git('rev-parse', 'HEAD')) === (await at.remote.tip())
    expect(ran.text.includes('The checkout was not moved')).toBe(!moved)
    expect(await at.clone.git('rev-parse', '--abbrev-ref', 'HEAD')).toBe(branch)
    expect(await at.clone.git('rev-parse', '--is-shallow-repository')).toBe(shallow)
    expect(await at.clone.git('status', '--porcelain')).toBe('')
    // And once more upon mounts.
    at.job.env.GITHUB_RUN_ID = '2'
    const three = tasks({ id: 'three', run: 'cat one.txt src/deep/code.txt > three.txt; git mv docs guides' })
    const again = await at.run({ ...INPUTS, tasks: three, gate: 'test -e three.txt', workspaces: 'overlay' })
    expect(outcomes((await again.directory()).summary), again.text).toEqual({ three: 'landed' })
    expect(await at.remote.files()).toMatchObject({
      'three.txt': 'guide\ncode\n',
      'guides/guide.md': 'guide\n',
    })
  })

  test('a partial checkout that nobody was quicker than shows what landed', async () => {
    await using at = await site({ clone: { sparse: ['docs'] } })
    expect((await at.run(INPUTS)).code).toBe(0)
    expect(await at.clone.git('rev-parse', 'HEAD')).toBe(await at.remote.tip())
    expect(await at.clone.git('log', '--format=%s')).toBe('two\none\ninitial')
  })

  test('its own credentials serve where no token is given, or the token is not for that host', async () => {
    await using at = await site({ job: { env: { GITHUB_SERVER_URL: 'https://github.com' } } })
    const ran = await at.run({ ...INPUTS, token: 'ghs_token.for.github.only' })
    expect(ran.code).toBe(0)
    await expectLanded(at, (await ran.directory()).path)
    expectOneHeader(at)
    const foreign = Buffer.from('x-access-token:ghs_token.for.github.only').toString('base64')
    expect(at.server.log.some(request => request.authorization[0]?.includes(foreign))).toBe(false)
  })

  test('persist-credentials: false, with the token alone', async () => {
    await using at = await site()
    const config = await at.clone.git('config', '--local', '--name-only', '--get-regexp', '^includeif')
    for (const key of config.split('\n')) await at.clone.git('config', '--local', '--unset-all', key)
    const ran = await at.run(INPUTS)
    expect(ran.code).toBe(0)
    await expectLanded(at, (await ran.directory()).path)
    expectOneHeader(at)
  })

  test('workers and gates get none of it: no token, no header, no way to push', async () => {
    await using at = await site()
    const probe = [
      'env | grep -i -e "$LOOK" && exit 1',
      'git config --list --show-origin | grep -i -e extraheader -e "$LOOK" && exit 1',
      'git push origin HEAD:refs/heads/main && exit 1',
      'git push origin HEAD:refs/heads/stolen && exit 1',
      'git fetch origin && git rev-parse origin/main && echo ok > probe.txt',
    ].join('\n')
    const ran = await at.run(
      { tasks: tasks({ id: 'probe', run: probe }), gate: 'test "$(git remote)" = origin' },
      { LOOK: 'good[.]token' },
    )
    expect(outcomes((await ran.directory()).summary)).toEqual({ probe: 'landed' })
    expect(Object.keys(await at.remote.refs())).toEqual(['refs/heads/main'])
  })
})

describe('what a person has', () => {
  /** The command in a folder of the test's own making; its workspaces beside it. */
  async function cliIn(at: Site, path: string, more: Readonly<Record<string, string>> = {}, root = at.root) {
    const all = { ...INPUTS, token: at.token, 'workspace-root': root, ...more }
    const flags = Object.entries(all).flatMap(([name, value]) => [`--${name}`, value])
    const env = { GITHUB_SERVER_URL: at.server.url, GIT_AUTHOR_NAME: 'ignored' }
    const { code, stdout, stderr, directory } = await startCli(path, ['run', ...flags], env).done
    expect({ code, stderr: code === 0 ? '' : stdout + stderr }).toEqual({ code: 0, stderr: '' })
    return directory()
  }
  async function place(at: Site, name: string, options: Partial<CheckoutOptions> = {}) {
    const path = join(at.job.temp, name)
    await mkdir(path, { recursive: true })
    const url = at.remote.url.replace('://', `://x-access-token:${at.token}@`)
    return { path, url, temp: join(at.job.temp, 'credentials'), branch: 'main', ...options }
  }

  test('a clone with a password in its URL, behind the remote', async () => {
    await using at = await site()
    const options = await place(at, 'clone')
    await cloneLikeUser(options)
    const theirs = await at.remote.commit({ files: { 'theirs.txt': 'theirs\n' }, message: 'theirs' })
    const dir = await cliIn(at, options.path, { token: '' })
    await expectLanded(at, dir.path)
    expect(dir.summary.run.base_sha).toBe(theirs)
    expectOneHeader(at)
    const written = await Promise.all((await dir.files()).map(dir.text))
    expect(written.filter(text => text.includes(at.token))).toEqual([])
  })

  test('a user who has git colour, check and guard whatever it can', async () => {
    await using at = await startSite({ repo: { files: { 'notes.txt': 'x\n' } }, clone: { as: 'user' } })
    await setRules(at.remote.path, [{ kind: 'large-file', limitBytes: 100 }])
    await writeFile(join(at.job.temp, '.gitconfig'), CAUTIOUS)
    const ran = await at.cli(
      {
        tasks: tasks(
          { id: 'large', run: 'printf %0200d 1 > large.txt' },
          { id: 'first', run: 'echo first >> notes.txt' },
          { id: 'second', run: 'echo second >> notes.txt; git commit --all --message Grün' },
        ),
        remediate: "sed -i '/^[<=>]\\{7\\}/d' notes.txt",
        'push-backoff-ms': '20',
        'verify-when': 'never',
      },
      { HOME: at.job.temp },
    )
    expect(outcomes((await ran.directory()).summary)).toEqual({
      large: 'blocked-push (large-file)',
      first: 'landed',
      second: 'landed',
    })
    expect(await at.remote.log()).toContain('Grün')
  })

  test('a path and a workspace root with spaces and letters beyond ASCII', async () => {
    await using at = await site()
    const options = await place(at, "wörk dir/it's a répo")
    await checkoutLikeAction({ ...options, url: at.remote.url, token: at.token })
    const root = join(at.job.temp, 'räume für "fanout"')
    const dir = await cliIn(at, options.path, { token: '' }, root)
    await expectLanded(at, dir.path)
    expect(dir.path.startsWith(root)).toBe(true)
  })

  test('a linked worktree, on a branch of its own', async () => {
    await using at = await site()
    const options = await place(at, 'main clone')
    await cloneLikeUser(options)
    const tree = join(at.job.temp, 'linked')
    await git(options.path, 'worktree', 'add', '--quiet', '-b', 'side', tree)
    const dir = await cliIn(at, tree, { branch: 'main', token: '' })
    await expectLanded(at, dir.path)
  })

  test('a subfolder of the repository, with the tasks file named from there', async () => {
    await using at = await site()
    const options = await place(at, 'clone')
    await cloneLikeUser(options)
    await writeFile(join(options.path, 'docs', 'tasks.yml'), LIST)
    const dir = await cliIn(at, join(options.path, 'docs'), { tasks: 'tasks.yml', token: '' })
    await expectLanded(at, dir.path)
  })

  test('tracked files that were modified are left alone and warned of: workspaces start from the remote', async () => {
    await using at = await site()
    await writeFile(join(at.clone.path, 'docs', 'guide.md'), 'changed here\n')
    const ran = await at.run(INPUTS)
    await expectLanded(at, (await ran.directory()).path)
    const warnings = ran.annotations.filter(each => each.level === 'warning').map(each => each.message)
    expect(warnings).toEqual([expect.stringContaining('docs/guide.md')])
    expect(await readFile(join(at.clone.path, 'docs', 'guide.md'), 'utf8')).toBe('changed here\n')
  })
})
