import { join } from 'node:path'
import { expect, test } from 'vitest'
import { startBed } from './bed.ts'
import { startCompetitor } from './competitor.ts'
import { git, run } from './exec.ts'
import { push } from './push.ts'
import { createRepo } from './repo.ts'

test('a remote is read and changed past the server, and its history is a text', async () => {
  await using remote = await createRepo({ files: { 'a.txt': 'ä\n', 'dir/b.txt': 'b' } })
  const tip = await remote.tip()
  await remote.commit({
    files: { 'a.txt': null, 'c.sh': { content: 'c', mode: '100755' } },
    message: 'more\n\nFanout-Task: t1',
  })
  expect(await remote.log()).toBe('more [Fanout-Task: t1]\ninitial')
  expect(await remote.files()).toEqual({ 'dir/b.txt': 'b', 'c.sh': 'c' })
  expect(await remote.files(tip)).toEqual({ 'a.txt': 'ä\n', 'dir/b.txt': 'b' })
  await expect(remote.commit({ files: { x: 'x' }, onto: tip })).rejects.toThrow(/is at .* but expected/)
})

test('a push over HTTP lands, with a token that may write and with no other', async () => {
  await using bed = await startBed({ host: 'git.localhost' })
  await using clone = await bed.remote.clone({ token: 'good' })
  const sha = await clone.commit({ 'x.txt': 'x' }, 'over http')
  expect((await push(clone)).stdout).toMatch(/^ \tHEAD:refs\/heads\/main\t/m)
  expect(await bed.remote.tip()).toBe(sha)
  expect(bed.server.log.at(-1)).toMatchObject({ step: 'push', status: 200, user: 'github-actions[bot]' })

  await clone.commit({ 'y.txt': 'y' })
  bed.server.tokens.good = { write: false }
  const forbidden = 'remote: Permission to o/r.git denied to github-actions[bot].'
  expect(await push(clone)).toMatchObject({ code: 128, stderr: expect.stringContaining(forbidden) })
  bed.server.tokens.good = { expiresAt: Date.now() - 1 }
  const expired = 'remote: Invalid username or token.'
  expect(await push(clone)).toMatchObject({ code: 128, stderr: expect.stringContaining(expired) })
})

test('a push whose answer is lost has landed', async () => {
  await using bed = await startBed()
  await using clone = await bed.remote.clone({ token: 'good' })
  const sha = await clone.commit({ 'x.txt': 'x' })
  bed.server.fault({ on: 'push', resetResponse: true })
  expect((await push(clone)).code).not.toBe(0)
  expect(await bed.remote.tip()).toBe(sha)
  expect(bed.server.leftoverFaults()).toEqual([])
})

test('faults come when they were asked for, and unused ones are told', async () => {
  await using bed = await startBed()
  await using clone = await bed.remote.clone({ token: 'good' })
  await clone.commit({ 'x.txt': 'x' })
  bed.server.fault({ on: 'advertise-push', status: 429, retryAfter: 1, body: 'slow down\n' })
  expect((await push(clone)).stderr).toContain('The requested URL returned error: 429')
  // Twice: curl by itself sends a small body again when the connection it reused was reset.
  bed.server.fault({ on: 'push', resetAfterBytes: 1, times: 2 })
  expect((await push(clone)).stderr).toContain('RPC failed')
  const theirs: string[] = []
  bed.server.fault({
    on: 'push',
    before: async () => theirs.push(await bed.remote.commit({ files: { 'theirs.txt': '1' } })),
  })
  expect((await push(clone)).stdout).toContain('[remote rejected] (failed to update ref)')
  expect(await bed.remote.tip()).toBe(theirs[0])
  bed.server.fault({ on: 'probe', delayMs: 60_000 })
  expect(bed.server.leftoverFaults()).toHaveLength(1)
})

test('a second Authorization header is refused as GitHub does, and a checkout keeps its own where it is', async () => {
  await using bed = await startBed()
  await using clone = await bed.remote.clone({ as: 'checkout', token: 'good' })
  await clone.commit({ 'x.txt': 'x' })
  const key = `http.${bed.server.url}/.extraheader`
  const header = `AUTHORIZATION: basic ${Buffer.from('x-access-token:good').toString('base64')}`
  const twice = await push(clone, {
    GIT_CONFIG_COUNT: '1',
    GIT_CONFIG_KEY_0: key,
    GIT_CONFIG_VALUE_0: header,
  })
  expect(twice.stderr).toContain('remote: Duplicate header: "Authorization"')
  const elsewhere = join(clone.temp, 'elsewhere')
  await git(clone.temp, 'clone', '--quiet', clone.path, elsewhere)
  await git(elsewhere, 'remote', 'set-url', 'origin', bed.remote.url)
  expect((await run('git', ['ls-remote', 'origin'], { cwd: elsewhere })).stderr).toContain(
    'could not read Username',
  )
  expect((await push(clone)).code).toBe(0)
})

test('clones are left as git and actions/checkout leave them', async () => {
  await using bed = await startBed()
  await bed.remote.commit({ files: { 'dir/x.txt': 'x', 'other/y.txt': 'y' }, message: 'second' })
  await using shallow = await bed.remote.clone({ as: 'checkout', token: 'good' })
  expect(await shallow.git('rev-list', '--count', 'HEAD')).toBe('1')
  expect(await shallow.git('symbolic-ref', 'HEAD')).toBe('refs/heads/main')
  await using detached = await bed.remote.clone({ as: 'checkout', token: 'good', depth: 0, detached: true })
  expect(await detached.git('rev-list', '--count', 'HEAD')).toBe('2')
  await expect(detached.git('symbolic-ref', '--quiet', 'HEAD')).rejects.toThrow()
  await using sparse = await bed.remote.clone({ as: 'checkout', token: 'good', sparse: ['dir'] })
  expect(await sparse.git('ls-files', '-t')).toContain('S other/y.txt')
  await using partial = await bed.remote.clone({ via: 'file', filter: 'blob:none', depth: 1 })
  expect(await partial.git('config', 'remote.origin.promisor')).toBe('true')
})

test('a competitor lands on the branch until he is disposed', async () => {
  await using remote = await createRepo()
  const competitor = startCompetitor(remote, { everyMs: 5 })
  await expect.poll(() => competitor.count, { interval: 10 }).toBeGreaterThan(2)
  await competitor[Symbol.asyncDispose]()
  expect((await remote.log()).split('\n')[0]).toBe(`competitor ${competitor.count}`)
})
