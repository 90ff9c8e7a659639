/** The tip is read where it is pushed, whatever other addresses a checkout or its user knows for the repository. */
import { mkdir, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { startBed } from '../rig/bed.ts'
import { git } from '../rig/exec.ts'
import { outcomes, type Site, startSite, tasks } from '../rig/fanout.ts'

const LIST = tasks({ id: 'a', run: 'echo a > a.txt' }, { id: 'b', needs: 'a', run: 'cat a.txt > b.txt' })

async function landsOn(site: Site, env: Readonly<Record<string, string>> = {}): Promise<void> {
  const token: Readonly<Record<string, string>> = site.remote.url.startsWith('http')
    ? { token: site.token }
    : {}
  const ran = await site.cli({ tasks: LIST, ...token }, { ...site.job.env, ...env })
  expect(outcomes((await ran.directory()).summary), ran.stdout).toEqual({ a: 'landed', b: 'landed' })
  expect(await site.remote.files()).toMatchObject({ 'a.txt': 'a\n', 'b.txt': 'a\n' })
}

/** The user's own configuration, as lines of `git config`. */
async function configured(site: Site, ...pairs: readonly (readonly [string, string])[]) {
  const home = join(site.job.temp, 'home of the user')
  await mkdir(home, { recursive: true })
  await writeFile(join(home, '.gitconfig'), '')
  for (const [key, value] of pairs)
    await git(home, 'config', '--file', join(home, '.gitconfig'), '--add', key, value)
  return { HOME: home }
}

describe('a checkout that fetches from one repository and pushes to another', () => {
  async function refused(site: Site, env: Readonly<Record<string, string>> = {}) {
    const ran = await site.cli({ tasks: LIST }, { ...site.job.env, ...env })
    expect(ran.code).toBe(1)
    expect(ran.stdout + ran.stderr).not.toContain('run directory')
    return ran.stdout + ran.stderr
  }

  it('is refused at the start, with both of them', async () => {
    await using site = await startSite({ via: 'file' })
    const fork = join(site.job.temp, 'fork.git')
    await git(site.job.temp, 'clone', '--quiet', '--bare', site.remote.path, fork)
    await site.clone.git('remote', 'set-url', '--push', 'origin', fork)
    const said = await refused(site)
    expect(said).toContain(
      `\`origin\` is fetched from ${site.remote.url} and pushed to ${fork}, which are two repositories.`,
    )
    expect(said).toContain('git remote set-url origin')
    expect(await git(fork, 'for-each-ref', '--format=%(refname)')).toBe('refs/heads/main')
  })

  it('also where the user’s rules for addresses lead there, and without a password in the words', async () => {
    await using site = await startSite({ via: 'file' })
    await site.clone.git('remote', 'set-url', 'origin', 'hub:o/r')
    const env = await configured(
      site,
      ['url.https://me:geheim@one.example/cache/.insteadOf', 'hub:'],
      ['url.git@two.example:.pushInsteadOf', 'hub:'],
    )
    const said = await refused(site, env)
    expect(said).toContain('fetched from https://one.example/cache/o/r and pushed to two.example:o/r')
    expect(said).not.toContain('geheim')
  })

  it('and one that pushes to several places', async () => {
    await using site = await startSite({ via: 'file' })
    for (const url of [site.remote.url, 'https://me:geheim@mirror.example/o/r'])
      await site.clone.git('remote', 'set-url', '--add', '--push', 'origin', url)
    const said = await refused(site)
    expect(said).toContain(`pushed to several addresses (${site.remote.url}, https://mirror.example/o/r)`)
    expect(said).not.toContain('geheim')
  })
})

describe('two addresses of one repository', () => {
  const WAYS: Readonly<Record<string, (path: string) => string>> = {
    'a path and a file: address': path => path,
    'a trailing slash': path => `${path}/`,
    'no .git': path => path.replace(/\.git$/, ''),
    'a file: address without .git': path => `file://${path.replace(/\.git$/, '')}`,
  }
  it.each(Object.entries(WAYS))('%s', async (_, other) => {
    await using site = await startSite({ via: 'file' })
    await site.clone.git('remote', 'set-url', '--push', 'origin', other(site.remote.path))
    await landsOn(site)
  })

  it('a link that leads there, and the same push address twice', async () => {
    await using site = await startSite({ via: 'file' })
    const link = join(site.job.temp, 'a link')
    await symlink(site.remote.path, link)
    for (const url of [link, link]) await site.clone.git('config', '--add', 'remote.origin.pushurl', url)
    await landsOn(site)
  })

  it('a path that is relative to the checkout', async () => {
    await using site = await startSite({ via: 'file' })
    await symlink(site.remote.path, join(site.clone.path, 'there.git'))
    await site.clone.git('remote', 'set-url', 'origin', 'there.git')
    await landsOn(site)
  })
})

describe('of two servers that have the repository', () => {
  /** One that lags behind, under the same path. */
  async function withCache() {
    await using stack = new AsyncDisposableStack()
    const site = stack.use(await startSite())
    const cache = stack.use(await startBed({ anonymousRead: true }))
    await site.remote.commit({ files: { 'news.txt': 'not in the cache\n' } })
    const before = cache.server.log.length
    const owned = stack.move()
    return {
      site,
      cacheUrl: cache.remote.url,
      asked: () => cache.server.log.slice(before),
      [Symbol.asyncDispose]: () => owned.disposeAsync(),
    }
  }

  it('only the one is asked that is pushed to', async () => {
    await using bed = await withCache()
    const { site, cacheUrl } = bed
    await site.clone.git('remote', 'set-url', '--push', 'origin', site.remote.url)
    await site.clone.git('remote', 'set-url', 'origin', cacheUrl)
    await landsOn(site)
    expect(await site.remote.log()).toMatch(/^b .*\na .*\ncompeting change\ninitial$/)
    expect(bed.asked()).toEqual([])
  })

  it.each(['--global', '--local'])(
    'a rule for addresses (%s) is applied once: what it led to is not led elsewhere by it',
    async where => {
      await using bed = await withCache()
      const { site, cacheUrl } = bed
      const url = site.remote.url
      const rules = [
        [`url.${cacheUrl}.insteadOf`, url],
        [`url.${url}.pushInsteadOf`, url],
        [`url.${url}.insteadOf`, 'hub:r'],
      ] as const
      const env = await configured(site, ...(where === '--global' ? rules : []))
      if (where === '--local')
        for (const [key, value] of rules) await site.clone.git('config', '--add', key, value)
      await site.clone.git('remote', 'set-url', 'origin', 'hub:r')
      await landsOn(site, env)
      expect(bed.asked()).toEqual([])
      await site.clone.git('remote', 'set-url', 'origin', url)
      const again = await site.cli(
        { tasks: tasks({ id: 'c', run: 'cat b.txt > c.txt' }), token: site.token },
        { ...site.job.env, ...env },
      )
      expect(outcomes((await again.directory()).summary), again.stdout).toEqual({ c: 'landed' })
      expect(bed.asked()).toEqual([])
    },
  )
})
