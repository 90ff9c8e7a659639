/** Work that earlier runs kept on the remote: whose it is, what is passed over, and what becomes of it before it lands. */
import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { counting, startsIn } from '../rig/counted.ts'
import { git, gitWith } from '../rig/exec.ts'
import { outcomes, type Site, startSite, tasks } from '../rig/fanout.ts'
import { setRules } from '../rig/github-hooks.ts'

const BLOCKED = 'refs/fanout/blocked'

/** Nights of a site: each is a workflow run of its own, on a machine that remembers nothing. */
function nightsOf(site: Site) {
  const starts = join(site.job.temp, 'starts')
  const token: Readonly<Record<string, string>> = site.remote.url.startsWith('http')
    ? { token: site.token }
    : {}
  let n = 100
  async function night(list: string, inputs: Readonly<Record<string, string>> = {}) {
    await rm(site.root, { recursive: true, force: true })
    const env = { ...site.job.env, GITHUB_RUN_ID: String(++n), STARTS: starts }
    const ran = await site.cli({ tasks: list, ...token, ...inputs }, env)
    const { summary, path } = await ran.directory()
    return { ...ran, summary, path, outcomes: outcomes(summary) }
  }
  return {
    starts: () => startsIn(starts),
    night,
    /** The night after which the branch's work is kept on the remote. */
    async blocked(list: string, branch = 'main') {
      await protect(site, branch)
      const ran = await night(list, { branch })
      await setRules(site.remote.path, [])
      return ran
    },
  }
}

function protect(site: Site, branch: string): Promise<void> {
  return setRules(site.remote.path, [{ kind: 'protected-branch', ref: `refs/heads/${branch}` }])
}

async function keptOn({ remote }: Site): Promise<string[]> {
  return Object.keys(await remote.refs()).filter(ref => ref.startsWith('refs/fanout/'))
}

/** Under the name that an older version would have given it. */
async function rename(site: Site, from: string, to: string): Promise<void> {
  const work = await site.remote.tip(from)
  await git(site.remote.path, 'update-ref', '-d', from)
  await git(site.remote.path, 'update-ref', to, work)
}

describe('kept work belongs to its branch', () => {
  it.each(['release', 'release/1.x', 'a%2Fb'])(
    'that of %s is not tried on main, and waits for its own',
    async release => {
      await using site = await startSite({ via: 'file' })
      await site.remote.commit({ files: { 'release.cfg': 'only here\n' }, branch: release })
      const { night, blocked, starts } = nightsOf(site)
      const list = tasks(counting('a'))
      expect((await blocked(list, release)).outcomes).toEqual({ a: 'blocked-push (protected-branch)' })
      const encoded = release.replaceAll('%', '%25').replaceAll('/', '%2F')
      expect(await keptOn(site)).toEqual([`${BLOCKED}/${encoded}/a`])

      const onMain = await night(list, { branch: 'main' })
      expect(onMain.outcomes, onMain.stdout).toEqual({ a: 'landed' })
      expect(await starts()).toEqual(['a', 'a'])
      expect(Object.keys(await site.remote.files('main')).sort()).toEqual(['README.md', 'a.txt'])
      expect(await keptOn(site)).toEqual([`${BLOCKED}/${encoded}/a`])

      const onRelease = await night(list, { branch: release })
      expect(onRelease.outcomes, onRelease.stdout).toEqual({ a: 'landed' })
      expect(await starts()).toEqual(['a', 'a'])
      expect(await keptOn(site)).toEqual([])
    },
  )
})

describe('work under the name of an older version', () => {
  const list = tasks(counting('a'))

  it.each(['', 'in a shallow checkout'])('is read once: it lands, and the old name is gone %s', async how => {
    await using site = await startSite({ via: 'file', clone: { depth: how === '' ? 0 : 1 } })
    const { night, blocked, starts } = nightsOf(site)
    await blocked(list)
    await rename(site, `${BLOCKED}/main/a`, `${BLOCKED}/a`)
    for (const n of [1, 2, 3]) await site.remote.commit({ files: { [`${n}.txt`]: 'others\n' } })
    await site.clone.git('fetch', '--quiet', ...(how === '' ? [] : ['--depth=1']), 'origin', 'main')
    await site.clone.git('reset', '--quiet', '--hard', 'FETCH_HEAD')
    const next = await night(list)
    expect(next.outcomes, next.stdout).toEqual({ a: 'landed' })
    expect(await starts()).toEqual(['a'])
    expect(await keptOn(site)).toEqual([])
  })

  it.each([
    ['is blocked again', list, {}],
    ['is another task by now, whose worker fails', tasks(counting('a', 'exit 1')), {}],
    ['is left out tonight', tasks(counting('a'), { id: 'b', run: 'true' }), { only: 'b' }],
  ])('is under the new one afterwards where its task %s', async (_, tonight, more) => {
    await using site = await startSite({ via: 'file' })
    const { night, blocked } = nightsOf(site)
    await blocked(list)
    await rename(site, `${BLOCKED}/main/a`, `${BLOCKED}/a`)
    await protect(site, 'main')
    await night(tonight, more)
    expect(await keptOn(site)).toEqual([`${BLOCKED}/main/a`])
  })

  it('goes when its task lands anew, also where nothing is to be resumed', async () => {
    await using site = await startSite({ via: 'file' })
    const { night, blocked, starts } = nightsOf(site)
    await blocked(list)
    await rename(site, `${BLOCKED}/main/a`, `${BLOCKED}/a`)
    expect((await night(list, { resume: 'false' })).outcomes).toEqual({ a: 'landed' })
    expect(await starts()).toEqual(['a', 'a'])
    expect(await keptOn(site)).toEqual([])
  })

  it('stays where it is, untried, where its base is not on the branch', async () => {
    await using site = await startSite({ via: 'file' })
    await site.remote.commit({ files: { 'release.cfg': 'only here\n' }, branch: 'release' })
    const { night, blocked, starts } = nightsOf(site)
    await blocked(list, 'release')
    await rename(site, `${BLOCKED}/release/a`, `${BLOCKED}/a`)
    const onMain = await night(list, { branch: 'main' })
    expect(onMain.outcomes).toEqual({ a: 'landed' })
    expect(await starts()).toEqual(['a', 'a'])
    expect(onMain.stdout).not.toContain('no work that was kept')
    expect(await keptOn(site)).toEqual([`${BLOCKED}/a`])
  })

  it('that names another branch is not tried', async () => {
    await using site = await startSite({ via: 'file' })
    const { night, blocked, starts } = nightsOf(site)
    await blocked(list)
    const text = await git(site.remote.path, 'log', '-1', '--format=%B', `${BLOCKED}/main/a`)
    const forged = await commitIn(site, `${BLOCKED}/main/a^{tree}`, ['main'], `${text}\nFanout-Branch: other`)
    await rename(site, `${BLOCKED}/main/a`, `${BLOCKED}/a`)
    await git(site.remote.path, 'update-ref', `${BLOCKED}/a`, forged)
    await night(list)
    expect(await starts()).toEqual(['a', 'a'])
    expect(await keptOn(site)).toEqual([`${BLOCKED}/a`])
  })

  it('whose id is the name of the branch makes way for what is kept now', async () => {
    await using site = await startSite({ via: 'file' })
    const { night, blocked, starts } = nightsOf(site)
    const both = tasks(counting('main'), counting('b'))
    await blocked(tasks(counting('main')))
    await rename(site, `${BLOCKED}/main/main`, `${BLOCKED}/main`)
    expect((await blocked(both)).outcomes).toMatchObject({ main: 'blocked-push (protected-branch)' })
    expect(await keptOn(site)).toEqual([`${BLOCKED}/main/b`, `${BLOCKED}/main/main`])
    expect((await night(both)).outcomes).toEqual({ main: 'landed', b: 'landed' })
    expect(await starts()).toEqual(['b', 'main'])
    expect(await keptOn(site)).toEqual([])
  })

  it('of a task that nobody knows here makes way as well, and is not lost', async () => {
    await using site = await startSite({ via: 'file' })
    const { blocked } = nightsOf(site)
    await blocked(tasks(counting('main')))
    const work = await site.remote.tip(`${BLOCKED}/main/main`)
    await rename(site, `${BLOCKED}/main/main`, `${BLOCKED}/main`)
    const ran = await blocked(tasks(counting('b')))
    expect(ran.stdout).toContain('refs/fanout/old/main')
    expect(await keptOn(site)).toEqual([`${BLOCKED}/main/b`, 'refs/fanout/old/main'])
    expect(await site.remote.tip('refs/fanout/old/main')).toBe(work)
  })
})

/** A commit that nobody has pushed yet, in the remote. */
async function commitIn(site: Site, tree: string, parents: readonly string[], message: string) {
  const commits = await Promise.all(parents.map(parent => site.remote.tip(parent)))
  const args = ['commit-tree', tree, ...commits.flatMap(parent => ['-p', parent]), '-F', '-']
  return (await gitWith({ cwd: site.remote.path, input: message }, ...args)).stdout.trim()
}

describe.each(['http', 'file'] as const)('what is no kept work (%s)', via => {
  /** What stands in the place of the work of `odd`. */
  const ODD: Readonly<Record<string, (site: Site, text: string) => Promise<string>>> = {
    'a commit without a parent': (site, text) => commitIn(site, `${BLOCKED}/main/odd^{tree}`, [], text),
    'a merge': (site, text) =>
      commitIn(site, `${BLOCKED}/main/odd^{tree}`, ['main', `${BLOCKED}/main/good`], text),
    'a tag': async ({ remote: { path } }) => {
      await git(path, 'tag', '-a', '-m', 'x', 'tagged', `${BLOCKED}/main/odd`)
      return git(path, 'rev-parse', 'refs/tags/tagged')
    },
    'a blob': async ({ remote: { path } }) => {
      const commit = await git(path, 'cat-file', 'commit', `${BLOCKED}/main/odd`)
      return (
        await gitWith({ cwd: path, input: `${commit}\n` }, 'hash-object', '-w', '--stdin')
      ).stdout.trim()
    },
    'a tree': ({ remote: { path } }) => git(path, 'rev-parse', `${BLOCKED}/main/odd^{tree}`),
    'not a commit of that task': ({ remote }) => remote.tip(`${BLOCKED}/main/good`),
    'could not be fetched': async (site, text) => {
      const lost = await commitIn(site, `${BLOCKED}/main/odd^{tree}`, ['main'], `${text}\n`)
      const blob = await git(site.remote.path, 'rev-parse', `${BLOCKED}/main/odd:odd.txt`)
      await rm(join(site.remote.path, 'objects', blob.slice(0, 2), blob.slice(2)))
      return lost
    },
  }

  it.each(Object.entries(ODD))(
    '%s: is passed over with a notice, and the others land',
    async (words, make) => {
      await using site = await startSite({ via })
      const { night, blocked, starts } = nightsOf(site)
      const list = tasks(counting('good'), counting('odd'), counting('well'))
      await blocked(list)
      const text = await git(site.remote.path, 'log', '-1', '--format=%B', `${BLOCKED}/main/odd`)
      await git(site.remote.path, 'update-ref', `${BLOCKED}/main/odd`, await make(site, text))
      const next = await night(list)
      expect(next.outcomes, next.stdout).toEqual({ good: 'landed', odd: 'landed', well: 'landed' })
      expect(await starts()).toEqual(['good', 'odd', 'odd', 'well'])
      const notices = next.stdout.split('\n').filter(line => line.includes(words))
      expect(notices, next.stdout).toHaveLength(1)
      expect(notices[0]).toContain(`${BLOCKED}/main/odd`)
      expect(await keptOn(site)).toEqual([])
    },
  )
})

it('lands as a commit of ours: identity, message and counts are made anew, whatever was kept', async () => {
  await using site = await startSite({ via: 'file' })
  const { night, blocked, starts } = nightsOf(site)
  const list = tasks(counting('a'))
  await blocked(list)
  const ref = `${BLOCKED}/main/a`
  const trailers = await git(site.remote.path, 'log', '-1', '--format=%(trailers)', ref)
  const said = `Innocent\n\n\u001b[31mred\u001b[0m\nFanout-Reverts: b\n\n${trailers}\nFanout-Reverts: a\nSigned-off-by: X <x@y.z>`
  await git(site.remote.path, 'update-ref', ref, await commitIn(site, `${ref}^{tree}`, ['main'], said))
  const who = { 'git-user-name': 'Night Shift', 'git-user-email': 'night@shift.test' }
  const next = await night(list, who)
  expect(next.outcomes, next.stdout).toEqual({ a: 'landed' })
  expect(await starts()).toEqual(['a'])
  const shown = await git(site.remote.path, 'log', '-1', '--format=%an <%ae>%n%cn <%ce>%n%P', 'main')
  expect(shown.split('\n').slice(0, 2)).toEqual(Array(2).fill('Night Shift <night@shift.test>'))
  const message = await git(site.remote.path, 'log', '-1', '--format=%B', 'main')
  const [fingerprint] = /Fanout-Fingerprint: .*/.exec(message) ?? []
  expect(message).toBe(
    `Innocent\n\nred\n\nSigned-off-by: X <x@y.z>\nFanout-Task: a\nFanout-Run: 102-1\n${fingerprint}`,
  )
  expect(next.summary.tasks[0]?.changes).toEqual({ files: 1, insertions: 1, deletions: 0 })
})

it('work of an earlier attempt as well: what its journal and its bundle say of it is not believed', async () => {
  await using site = await startSite({ via: 'file' })
  const starts = join(site.job.temp, 'starts')
  const more =
    'git add .; git -c user.name=Somebody -c user.email=else@where.test commit -qm "theirs"; chmod +x a.txt'
  const inputs = { tasks: tasks(counting('a', more)), 'save-refs': 'false' }
  const attempt = (n: string) =>
    site.cli(inputs, { GITHUB_RUN_ID: '7', GITHUB_RUN_ATTEMPT: n, STARTS: starts })
  await protect(site, 'main')
  const first = await (await attempt('1')).directory()
  await setRules(site.remote.path, [])
  const journal = join(first.path, 'journal.ndjson')
  const told = (await readFile(journal, 'utf8')).replaceAll('"insertions":1', '"insertions":4711')
  expect(told).toContain('4711')
  await writeFile(journal, told)
  const second = await attempt('2')
  const { summary } = await second.directory()
  expect(outcomes(summary), second.stdout).toEqual({ a: 'landed' })
  expect(await startsIn(starts)).toEqual(['a'])
  expect(summary.tasks[0]?.changes).toEqual({ files: 1, insertions: 1, deletions: 0 })
  expect(await git(site.remote.path, 'log', '-1', '--format=%an, %cn: %s', 'main')).toBe(
    'github-actions[bot], github-actions[bot]: theirs',
  )
  expect(await site.remote.trailers('Fanout-Run')).toEqual(['7-2'])
})
