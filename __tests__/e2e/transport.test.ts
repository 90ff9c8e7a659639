/** The remote is reached as `git push origin` in the checkout would reach it: same settings, variables, proxy, credentials, options. */
import { chmod, mkdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type Env, git, run } from '../rig/exec.ts'
import { CLI, type Inputs, outcomes, type Site, startSite, tasks } from '../rig/fanout.ts'
import { installLfs, lfsPlace } from '../rig/git-lfs.ts'
import { wantPushOptions } from '../rig/github-hooks.ts'
import { type ForwardProxy, type ProxyOptions, startProxy } from '../rig/proxy.ts'
import { KEY, type Ssh, writeSsh } from '../rig/ssh.ts'
import { linesIn } from '../rig/temp.ts'

const ONE = tasks({ id: 'a', run: 'echo a > a.txt' })

async function lands(site: Site, env: Env = {}, inputs: Inputs = {}): Promise<void> {
  const ran = await site.cli({ tasks: ONE, 'verify-when': 'never', ...inputs }, env)
  expect(ran.stderr).toBe('')
  expect(outcomes((await ran.directory()).summary), ran.stdout).toEqual({ a: 'landed' })
  expect(await site.remote.files()).toMatchObject({ 'a.txt': 'a\n' })
}

async function refused(site: Site, env: Env = {}): Promise<string> {
  const ran = await site.cli({ tasks: ONE, 'verify-when': 'never' }, env)
  expect(ran.code).toBe(1)
  expect(ran.stdout + ran.stderr).not.toContain('run directory')
  return ran.stderr
}

/** Settings as a step gives them. */
function stepSettings(...pairs: readonly (readonly [string, string])[]): Env {
  const each = pairs.flatMap(([key, value], i) => [
    [`GIT_CONFIG_KEY_${i}`, key],
    [`GIT_CONFIG_VALUE_${i}`, value],
  ])
  return { GIT_CONFIG_COUNT: String(pairs.length), ...Object.fromEntries(each) }
}

/** A program beside nothing that git looks at. */
async function program(site: Site, name: string, body: string): Promise<string> {
  const path = join(site.job.temp, name)
  await writeFile(path, `#!/bin/sh\n${body}\n`)
  await chmod(path, 0o755)
  return path
}

describe('over ssh, the program and its key are those', () => {
  async function withSsh(): Promise<Site & { readonly ssh: Ssh; readonly command: string }> {
    const site = await startSite({ via: 'file' })
    const ssh = await writeSsh(join(site.clone.path, '.git', 'tools'))
    await site.clone.git('remote', 'set-url', 'origin', `git@server.example:${site.remote.path}`)
    return Object.assign(site, { ssh, command: `${ssh.program} -i ${KEY}` })
  }

  it.each<[string, (site: Site & { readonly command: string }) => Promise<Env> | Env]>([
    ['of the step’s GIT_SSH_COMMAND', ({ command }) => ({ GIT_SSH_COMMAND: command })],
    ['of its GIT_CONFIG_COUNT', ({ command }) => stepSettings(['core.sshCommand', command])],
    [
      'of a file that its GIT_CONFIG_GLOBAL names, for this checkout only',
      async ({ command, job, clone }) => {
        const [one, two] = [join(job.temp, 'one.config'), join(job.temp, 'two.config')]
        await writeFile(one, `[includeIf "gitdir:${clone.path}/"]\n\tpath = two.config\n`)
        await git(job.temp, 'config', '--file', two, 'core.sshCommand', command)
        return { GIT_CONFIG_GLOBAL: one }
      },
    ],
    [
      'of the checkout, by a path that is relative to it',
      async ({ clone }) => {
        await clone.git('config', 'core.sshCommand', `.git/tools/ssh -i ${KEY}`)
        return {}
      },
    ],
    [
      'of a file that the checkout includes',
      async ({ command, clone }) => {
        await clone.git('config', '--file', '.git/more', 'core.sshCommand', command)
        await clone.git('config', 'include.path', 'more')
        return {}
      },
    ],
    [
      'of its GIT_SSH, a program alone',
      async site => ({
        GIT_SSH: await program(site, 'ssh', `exec ${site.command} "$@"`),
        GIT_SSH_VARIANT: 'ssh',
      }),
    ],
  ])('%s', async (_, configure) => {
    await using site = await withSsh()
    await lands(site, await configure(site))
    expect((await site.ssh.calls()).length).toBeGreaterThan(2)
  })

  it('as they were when the run began: what a worker writes into the checkout’s settings is not in force', async () => {
    await using site = await withSsh()
    await site.clone.git('config', 'core.sshCommand', site.command)
    const spoil = `git --git-dir='${site.clone.path}/.git' config core.sshCommand false`
    await lands(site, {}, { tasks: tasks({ id: 'a', run: `${spoil}; echo a > a.txt` }) })
    expect(await site.clone.git('config', 'core.sshCommand')).toBe('false')
  })

  it('and a key that is refused is told at the start, in its own words', async () => {
    await using site = await withSsh()
    const said = await refused(site, { GIT_SSH_COMMAND: `${site.ssh.program} -i another` })
    expect(said).toContain('git@server.example: Permission denied (publickey)')
    expect(said).toContain('deploy key')
  })

  it.each([
    'fork: retry: Resource temporarily unavailable\n',
    'kex_exchange_identification: Connection closed by remote host\n',
    '',
  ])('and one that dies with %j is tried again', async words => {
    await using site = await withSsh()
    await site.ssh.fail('git-receive-pack', words, 3)
    await lands(site, { GIT_SSH_COMMAND: site.command }, { 'push-backoff-ms': '1' })
    expect(await site.remote.log()).toMatch(/^a .*\ninitial$/)
  })

  it('and where it dies each time, the report and the marker quote it', async () => {
    await using site = await withSsh()
    const words = 'ssh: connect to host server.example port 22: No route to host\n'
    await site.ssh.fail('git-receive-pack', words, 100)
    const ran = await site.cli(
      { tasks: ONE, 'verify-when': 'never', 'push-backoff-ms': '1', 'max-push-attempts': '2' },
      { GIT_SSH_COMMAND: site.command },
    )
    const run = await ran.directory()
    expect(outcomes(run.summary)).toEqual({ a: 'blocked-push (attempts)' })
    for (const text of [ran.stdout.replace(/\s+│?\s*/g, ' '), await run.text('report.html')])
      expect(text).toContain(words.trim())
    expect((await run.json('tasks/a/blocked-push.json')).remote_output).toContain(words.trim())
  })
})

describe('the address is what the step makes of it', () => {
  it.each<[string, (path: string, site: Site) => Promise<Env> | Env]>([
    ['by a rule of GIT_CONFIG_COUNT', path => stepSettings([`url.${path}.insteadOf`, 'hub:o/r'])],
    [
      'by a rule of the file in GIT_CONFIG_SYSTEM',
      async (path, { job }) => {
        const file = join(job.temp, 'system.config')
        await git(job.temp, 'config', '--file', file, `url.${path}.insteadOf`, 'hub:o/r')
        return { GIT_CONFIG_SYSTEM: file, GIT_CONFIG_NOSYSTEM: '0' }
      },
    ],
    [
      'by rules of which one would lead on what the other led to',
      path =>
        stepSettings(
          [`url.${path}.insteadOf`, 'hub:o/r'],
          [`url.${path}/nowhere.insteadOf`, path],
          [`url.${path}/nowhere.pushInsteadOf`, path],
        ),
    ],
    [
      'where it alone defines the remote',
      async (path, { clone }) => {
        await clone.git('remote', 'remove', 'origin')
        return stepSettings(['remote.origin.url', path])
      },
    ],
  ])('%s', async (_, configure) => {
    await using site = await startSite({ via: 'file' })
    await site.clone.git('remote', 'set-url', 'origin', 'hub:o/r')
    await lands(site, await configure(site.remote.path, site))
  })

  it('and the user’s rule is not in force where the step sets it aside', async () => {
    await using site = await startSite({ via: 'file' })
    const home = join(site.job.temp, 'home')
    await mkdir(home)
    const rule = `url.${site.remote.path}/nowhere.insteadOf`
    await git(home, 'config', '--file', join(home, '.gitconfig'), rule, site.remote.url)
    await lands(site, { HOME: home, GIT_CONFIG_GLOBAL: '/dev/null' })
  })

  it('and what the user’s file includes for this checkout alone, where it leads elsewhere', async () => {
    await using site = await startSite({ via: 'file' })
    const home = join(site.job.temp, 'home')
    await mkdir(home)
    await git(home, 'config', '--file', join(home, 'rule'), `url.${site.remote.path}.insteadOf`, 'hub:o/r')
    await git(
      home,
      'config',
      '--file',
      join(home, '.gitconfig'),
      'includeIf.hasconfig:remote.*.url:hub:*/*.path',
      'rule',
    )
    await site.clone.git('remote', 'set-url', 'origin', 'hub:o/r')
    await lands(site, { HOME: home, GIT_CONFIG_GLOBAL: join(home, '.gitconfig') })
  })

  it('and a path in somebody’s home', async () => {
    await using site = await startSite({ via: 'file' })
    const home = join(site.job.temp, 'home')
    await mkdir(home)
    await symlink(site.remote.path, join(home, 'there.git'))
    await site.clone.git('remote', 'set-url', 'origin', '~/there.git')
    await lands(site, { HOME: home })
  })

  it('and a run that has another password for it is another run on the same branch', async () => {
    await using site = await startSite({ clone: { as: 'user' } })
    await site.clone.git('remote', 'set-url', 'origin', site.remote.url)
    const rule = (user: string) =>
      stepSettings([`url.${site.server.url.replace('//', `//${user}@`)}.insteadOf`, site.server.url])
    const other = Object.entries(rule('you:of-another-day')).map(([name, value]) => `${name}='${value}'`)
    const second = [process.execPath, CLI, 'run', '--workspace-root', site.root, '--tasks', 'tasks.json']
    await writeFile(join(site.clone.path, 'tasks.json'), tasks({ id: 'b', run: 'true' }))
    const run = `(cd '${site.clone.path}' && ${other.join(' ')} ${second.map(word => `'${word}'`).join(' ')} 2>&1) > a.txt || true`
    const ran = await site.cli(
      { tasks: tasks({ id: 'a', run }), 'verify-when': 'never' },
      rule(`me:${site.token}`),
    )
    expect(outcomes((await ran.directory()).summary), ran.stdout).toEqual({ a: 'landed' })
    expect((await site.remote.files())['a.txt']).toContain('is at work on this branch')
  })

  it('and two repositories, or several, are refused at the start, with all their names', async () => {
    await using site = await startSite({ via: 'file' })
    const { path, url } = site.remote
    const rule = stepSettings([`url.${path}-fork/.pushInsteadOf`, `${url}`])
    expect(await refused(site, rule)).toContain(
      `\`origin\` is fetched from ${url} and pushed to ${path}-fork, which are two repositories.`,
    )
    const more = stepSettings(
      ['remote.origin.pushurl', url],
      ['remote.origin.pushurl', 'mirror:o/r'],
      ['url.https://me:geheim@mirror.example/.insteadOf', 'mirror:'],
    )
    const said = await refused(site, more)
    expect(said).toContain(`pushed to several addresses (${url}, https://mirror.example/o/r)`)
    expect(said).not.toContain('geheim')
  })
})

describe('over HTTP, the password is the one', () => {
  const PASSWORD = 'of-the-user'
  it.each<[string, (site: Site) => Promise<Env>]>([
    [
      'that an askpass program of the step has from a variable of its own',
      async site => ({
        GIT_ASKPASS: await program(site, 'askpass', 'echo "$GIT_PASSWORD_OF_MINE"'),
        GIT_PASSWORD_OF_MINE: PASSWORD,
      }),
    ],
    [
      'that the checkout’s core.askPass says',
      async site => {
        await site.clone.git('config', 'core.askPass', await program(site, 'askpass', `echo ${PASSWORD}`))
        return {}
      },
    ],
    [
      'that a helper of the checkout has from settings of its own',
      async site => {
        await site.clone.git('config', 'corp.key', PASSWORD)
        const helper = '!f() { echo username=me; echo "password=$(git config corp.key)"; }; f'
        await site.clone.git('config', 'credential.helper', helper)
        return {}
      },
    ],
    [
      'in a file that a helper names by a path relative to the checkout',
      async site => {
        const { protocol, host } = new URL(site.remote.url)
        await writeFile(join(site.clone.path, '.git', 'passwords'), `${protocol}//me:${PASSWORD}@${host}\n`)
        await site.clone.git('config', 'credential.helper', 'store --file .git/passwords')
        return {}
      },
    ],
    [
      'in a header that the step sets',
      async site => {
        const header = `Authorization: Basic ${Buffer.from(`me:${PASSWORD}`).toString('base64')}`
        return stepSettings([`http.${site.remote.url}.extraheader`, header])
      },
    ],
    [
      'in an address that the step’s rule leads to',
      async site => {
        const { protocol, host } = new URL(site.remote.url)
        return stepSettings([`url.${protocol}//me:${PASSWORD}@${host}/.insteadOf`, `${protocol}//${host}/`])
      },
    ],
  ])('%s', async (_, configure) => {
    await using site = await startSite({
      clone: { as: 'user', token: 'rig' },
      server: { tokens: { rig: {} } },
    })
    site.server.tokens[PASSWORD] = {}
    await site.clone.git('remote', 'set-url', 'origin', site.remote.url)
    await lands(site, await configure(site))
  })
})

describe('beside the token', () => {
  /** A user who has other ways to be let in. */
  async function withOthers(site: Site): Promise<{ readonly env: Env; readonly asked: string }> {
    const home = join(site.job.temp, 'home')
    const asked = join(site.job.temp, 'asked')
    await mkdir(home)
    const file = join(home, '.gitconfig')
    const stale = `Authorization: Basic ${Buffer.from('me:stale').toString('base64')}`
    for (const [key, value] of [
      ['http.extraheader', 'X-Department: tests'],
      [`http.${site.server.url}.extraheader`, stale],
      [`http.${site.server.url}/o.extraheader`, stale],
      ['credential.helper', `!f() { echo "$1" >> '${asked}'; echo username=me; echo password=stale; }; f`],
    ] as const)
      await git(home, 'config', '--file', file, '--add', key, value)
    const env = { HOME: home, GIT_CONFIG_GLOBAL: file, GITHUB_SERVER_URL: site.server.url }
    return { env, asked }
  }

  it('no other password is sent, wherever it is set, and no helper is asked', async () => {
    await using site = await startSite()
    const { env, asked } = await withOthers(site)
    const before = site.server.log.length
    await lands(site, env, { token: site.token })
    const basic = Buffer.from(`x-access-token:${site.token}`).toString('base64')
    const sent = site.server.log.slice(before).map(request => request.authorization)
    expect(new Set(sent.map(all => all.join()))).toEqual(new Set([`basic ${basic}`]))
    expect(await linesIn(asked)).toEqual([])
  })

  it('nor where the token is refused', async () => {
    await using site = await startSite()
    const { env, asked } = await withOthers(site)
    site.server.tokens[site.token] = { revoked: true }
    const ran = await site.cli({ tasks: ONE, token: site.token }, env)
    expect(ran.stderr).toContain('did not let us in')
    expect(ran.stderr + ran.stdout).not.toContain(site.token)
    expect(await linesIn(asked)).toEqual([])
  })

  it('and what actions/checkout@v4 leaves in the checkout’s own settings will do without one', async () => {
    await using site = await startSite({ clone: { as: 'user' } })
    await site.clone.git('remote', 'set-url', 'origin', site.remote.url)
    const basic = Buffer.from(`x-access-token:${site.token}`).toString('base64')
    await site.clone.git('config', `http.${site.server.url}/.extraheader`, `AUTHORIZATION: basic ${basic}`)
    await lands(site)
  })
})

it('no file of the run holds a password, wherever git was told of it', async () => {
  await using site = await startSite({ clone: { as: 'user' } })
  await site.clone.git('remote', 'set-url', 'origin', site.remote.url)
  const file = join(site.job.temp, 'user.gitconfig')
  const basic = (word: string) => `Authorization: Basic ${Buffer.from(`me:${word}`).toString('base64')}`
  for (const [key, value] of [
    [`url.${site.server.url.replace('//', `//me:${site.token}@`)}/.insteadOf`, `${site.server.url}/`],
    ['http.https://other.example/.extraheader', basic('of-another-server')],
    ['http.https://third.example/.proxy', 'http://me:of-a-proxy@127.0.0.1:1'],
    ['credential.https://other.example/.helper', '!f() { echo password=of-a-helper; }; f'],
  ] as const)
    await git(site.job.temp, 'config', '--file', file, key, value)
  await site.clone.git('config', 'http.https://fourth.example/.extraheader', basic('of-the-checkout'))
  const step = stepSettings(['http.https://fifth.example/.extraheader', basic('of-the-step')])
  await lands(site, { ...step, GIT_CONFIG_GLOBAL: file }, { 'keep-workspaces': 'always' })
  const words = ['another-server', 'the-checkout', 'the-step'].map(word => basic(`of-${word}`).slice(-20))
  for (const word of [...words, site.token, 'of-a-proxy', 'of-a-helper']) {
    const found = await run('grep', [
      '--recursive',
      '--files-with-matches',
      '--fixed-strings',
      word,
      site.root,
    ])
    expect(found.stdout, word).toBe('')
  }
})

describe('the proxy is the one', () => {
  async function behind(options: ProxyOptions = {}): Promise<Site & { readonly proxy: ForwardProxy }> {
    await using stack = new AsyncDisposableStack()
    const proxy = stack.use(await startProxy(options))
    const site = stack.use(await startSite())
    const owned = stack.move()
    return Object.assign(site, { proxy, [Symbol.asyncDispose]: () => owned.disposeAsync() })
  }

  it.each<[string, (site: Site & { proxy: ForwardProxy }) => Promise<Env>]>([
    [
      'of remote.origin.proxy',
      async ({ clone, proxy }) => {
        await clone.git('config', 'http.proxy', 'http://127.0.0.1:1')
        await clone.git('config', 'remote.origin.proxy', proxy.url)
        return {}
      },
    ],
    [
      'of http.<url>.proxy',
      async ({ clone, proxy, server }) => {
        await clone.git('config', `http.${server.url}.proxy`, proxy.url)
        return {}
      },
    ],
    ['of http_proxy', async ({ proxy }) => ({ http_proxy: proxy.url })],
    ['of the step’s GIT_CONFIG_COUNT', async ({ proxy }) => stepSettings(['http.proxy', proxy.url])],
  ])('%s', async (_, configure) => {
    await using site = await behind()
    const before = site.server.log.length
    await lands(site, await configure(site))
    expect(site.proxy.passed.length).toBe(site.server.log.length - before)
  })

  it('none, where no_proxy says so', async () => {
    await using site = await behind()
    await lands(site, { http_proxy: site.proxy.url, no_proxy: '127.0.0.1' })
    expect(site.proxy.passed).toEqual([])
  })

  it('with a password from a helper, and beside it the token for the server alone', async () => {
    await using site = await behind({ login: 'me:of-the-proxy' })
    const { port } = new URL(site.proxy.url)
    await site.clone.git('config', 'http.proxy', `http://me@127.0.0.1:${port}`)
    await site.clone.git('config', 'http.extraheader', 'X-Department: tests')
    await site.clone.git(
      'config',
      `credential.http://127.0.0.1:${port}.helper`,
      '!f() { echo password=of-the-proxy; }; f',
    )
    const env = { GITHUB_SERVER_URL: site.server.url }
    await lands(site, env, { token: site.token })
    const basic = Buffer.from(`x-access-token:${site.token}`).toString('base64')
    for (const { headers } of site.proxy.passed) {
      const named = (name: string) => headers.filter((_, i) => headers[i - 1]?.toLowerCase() === name)
      expect(named('authorization')).toEqual([`basic ${basic}`])
      expect(named('x-department')).toEqual(['tests'])
    }
    expect(site.proxy.passed.length).toBeGreaterThan(4)
  })

  it.each([
    [403, 'did not let the connection through'],
    [407, 'asks for a name and a password'],
  ])('and one that answers %d is told as such, at the start', async (connectStatus, words) => {
    await using site = await behind({ connectStatus })
    await site.clone.git('remote', 'set-url', 'origin', 'https://server.example/o/r')
    const said = await refused(site, { https_proxy: site.proxy.url })
    expect(said).toContain(`${connectStatus}`)
    expect(said).toContain(words)
  })
})

describe('contents of Git LFS go', () => {
  const CONTENT = 'many bytes\n'
  async function withLfs() {
    const files = { '.gitattributes': '*.bin filter=lfs diff=lfs merge=lfs -text\n' }
    const site = await startSite({ via: 'file', repo: { files } })
    const { env } = await installLfs(site.job.env.HOME!)
    const land = (step: Env) =>
      lands(
        site,
        { ...env, GIT_CONFIG_GLOBAL: join(site.job.env.HOME!, '.gitconfig'), ...step },
        { tasks: LFS },
      )
    return { site, land, [Symbol.asyncDispose]: () => site[Symbol.asyncDispose]() }
  }
  const LFS = tasks({ id: 'a', run: `echo a > a.txt; echo many bytes > b.bin` })
  const kept = (gitDir: string) => readFile(lfsPlace(gitDir, CONTENT), 'utf8')

  it('where the address was led, and are not led on from there', async () => {
    await using at = await withLfs()
    const { path, url } = at.site.remote
    await at.site.clone.git('remote', 'set-url', 'origin', 'hub:o/r')
    await at.land(
      stepSettings(
        [`url.${url}.insteadOf`, 'hub:o/r'],
        [`url.${url}-elsewhere.insteadOf`, url],
        [`url.${url}-elsewhere.pushInsteadOf`, url],
      ),
    )
    expect(await kept(path)).toBe(CONTENT)
  })

  it.each(['lfspushurl', 'lfsurl'])('where the checkout’s remote.origin.%s says', async key => {
    await using at = await withLfs()
    const other = join(at.site.job.temp, 'other.git')
    await git(at.site.job.temp, 'init', '--quiet', '--bare', other)
    await at.site.clone.git('config', `remote.origin.${key}`, `file://${other}`)
    await at.land({})
    expect(await kept(other)).toBe(CONTENT)
    await expect(kept(at.site.remote.path)).rejects.toThrow()
  })
})

describe('push options are those', () => {
  it.each(['file', 'http'] as const)(
    'of checkout and step, without those of the user that are reset (%s)',
    async via => {
      await using site = await startSite({ via })
      const log = await wantPushOptions(site.remote.path, ['ticket=1', 'ci.skip'])
      const home = join(site.job.temp, 'home')
      await mkdir(home)
      await git(home, 'config', '--file', join(home, '.gitconfig'), 'push.pushOption', 'of-the-user')
      for (const option of ['', 'ticket=1'])
        await site.clone.git('config', '--add', 'push.pushOption', option)
      const user = { HOME: home, GIT_CONFIG_GLOBAL: join(home, '.gitconfig') }
      await lands(site, { ...user, ...stepSettings(['push.pushOption', 'ci.skip']) })
      expect(await linesIn(log)).toEqual(['ticket=1 ci.skip'])
    },
  )

  it('also for work that is kept on the remote', async () => {
    await using site = await startSite({ via: 'file' })
    const log = await wantPushOptions(site.remote.path, ['ticket=2'])
    await site.clone.git('config', 'push.pushOption', 'ticket=2')
    const red = { gate: 'false', 'gate-retries': '0' }
    const ran = await site.cli({ tasks: ONE, 'verify-when': 'never', ...red })
    expect(outcomes((await ran.directory()).summary)).toEqual({ a: 'blocked-push (base-red)' })
    expect(Object.keys(await site.remote.refs())).toContain('refs/fanout/blocked/main/a')
    expect(await linesIn(log)).toEqual(['ticket=2'])
  })

  it('and a hook that misses one is quoted', async () => {
    await using site = await startSite({ via: 'file' })
    await wantPushOptions(site.remote.path, ['ticket=3'])
    const ran = await site.cli({ tasks: ONE, 'verify-when': 'never' })
    const run = await ran.directory()
    expect(outcomes(run.summary)).toEqual({ a: 'blocked-push (hook)' })
    expect(run.summary.tasks[0]?.reason?.message).toContain('a push needs the option ticket=3')
  })

  it('and a server that takes none is told before work is paid for', async () => {
    await using site = await startSite({ via: 'file' })
    await site.clone.git('config', 'push.pushOption', 'ticket=4')
    expect(await refused(site)).toContain('`push.pushOption`')
  })
})
