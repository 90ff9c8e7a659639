import { join } from 'node:path'
import { expect, it } from 'vitest'
import type { Sha } from '../../src/decide/task.ts'
import { createStore } from '../../src/world/checkout.ts'
import { openRemote, type Remote } from '../../src/world/remote.ts'
import { authHeader } from '../../src/world/transport.ts'
import { startBed } from '../rig/bed.ts'
import { git } from '../rig/exec.ts'
import type { Clone } from '../rig/repo.ts'
import { tempDir } from '../rig/temp.ts'

const never = new AbortController().signal

interface Opened extends AsyncDisposable {
  readonly remote: Remote
  readonly head: Sha
  readonly store: string
}

async function remoteOf(clone: Clone, url: string, token: string | null, serverUrl: string): Promise<Opened> {
  const home = await tempDir('remote')
  const store = join(home.path, 'store.git')
  const head = (await git(clone.path, 'rev-parse', 'HEAD')) as Sha
  await createStore(store, {
    gitDir: join(clone.path, '.git'),
    head,
    shareObjects: true,
    objectFormat: 'sha1',
  })
  const places = { storeDir: store, checkout: clone.path, pushUrl: url }
  const remote = await openRemote({ ...places, token, serverUrl, timeoutMs: 60_000 })
  return { remote, head, store, [Symbol.asyncDispose]: () => home[Symbol.asyncDispose]() }
}

it('beside the header that a checkout left, exactly one is sent: the token given to us', async () => {
  await using bed = await startBed({ tokens: { checkout: { user: 'checkout' }, good: { user: 'fanout' } } })
  await using clone = await bed.remote.clone({ as: 'checkout', token: 'checkout', depth: 1 })
  const before = bed.server.log.length
  await using opened = await remoteOf(clone, bed.remote.url, 'good', bed.server.url)
  const listed = await opened.remote.list(['refs/heads/main'], never)
  expect(listed.refs.get('refs/heads/main')).toBe(await bed.remote.tip())
  const asked = bed.server.log.slice(before)
  expect(asked.length).toBeGreaterThan(0)
  expect(asked.every(request => request.authorization.length === 1 && request.user === 'fanout')).toBe(true)
})

it('without a token the credentials that the checkout left are used', async () => {
  await using bed = await startBed({ tokens: { checkout: { user: 'checkout' } } })
  await using clone = await bed.remote.clone({ as: 'checkout', token: 'checkout', depth: 1 })
  await using opened = await remoteOf(clone, bed.remote.url, null, bed.server.url)
  expect((await opened.remote.list(['refs/heads/main'], never)).said.exitCode).toBe(0)
})

it('a token is never shown to a host that it is not for', async () => {
  await using bed = await startBed({ anonymousRead: true })
  await using clone = await bed.remote.clone({ token: 'good' })
  const before = bed.server.log.length
  await using opened = await remoteOf(clone, bed.remote.url, 'secret-token', 'https://github.com')
  await opened.remote.list(['refs/heads/main'], never)
  expect(
    bed.server.log
      .slice(before)
      .some(request =>
        request.authorization.some(value =>
          value.includes(Buffer.from('x-access-token:secret-token').toString('base64')),
        ),
      ),
  ).toBe(false)
})

it('pushes exactly the commit, and never over somebody else’s', async () => {
  await using bed = await startBed()
  await using clone = await bed.remote.clone({ token: 'good' })
  await using opened = await remoteOf(clone, bed.remote.url, 'good', bed.server.url)
  const { remote, head, store } = opened
  const tree = await git(store, 'rev-parse', `${head}^{tree}`)
  const ours = (await git(store, 'commit-tree', tree, '-p', head, '-m', 'ours')) as Sha
  const theirs = await bed.remote.commit({ files: { 'theirs.txt': 'x\n' } })
  const refused = await remote.push(ours, 'main', never)
  expect(refused.exitCode).toBe(1)
  expect(await bed.remote.tip()).toBe(theirs)
  await remote.fetch(['+refs/heads/main:refs/heads/main'], {}, never)
  const merged = (await git(
    store,
    'commit-tree',
    `${theirs}^{tree}`,
    '-p',
    theirs,
    '-m',
    'upon theirs',
  )) as Sha
  expect((await remote.push(merged, 'main', never)).exitCode).toBe(0)
  expect(await bed.remote.tip()).toBe(merged)
})

it('a password in the address of the remote travels as a header, not in an argument or a text', async () => {
  await using bed = await startBed({ tokens: { good: {}, 'pa+ss': {} } })
  await using clone = await bed.remote.clone({ token: 'good' })
  const url = bed.remote.url.replace('://', '://user:pa%2Bss@')
  await using opened = await remoteOf(clone, url, null, 'https://github.com')
  expect(opened.remote.url).toBe(bed.remote.url)
  const { said } = await opened.remote.list(['refs/heads/main'], never)
  expect(said.exitCode).toBe(0)
  expect(said.stderr + said.stdout).not.toContain('pa%2Bss')
})

it('an abort ends a command that waits for the server', async () => {
  await using bed = await startBed({ anonymousRead: true })
  await using clone = await bed.remote.clone({ token: 'good' })
  await using opened = await remoteOf(clone, bed.remote.url, 'good', bed.server.url)
  const abort = new AbortController()
  bed.server.fault({ on: 'advertise-fetch', before: () => abort.abort(), delayMs: 60_000 })
  const { said } = await opened.remote.list(['refs/heads/main'], abort.signal)
  expect(said).toMatchObject({ exitCode: null, timedOut: false })
})

it('the token is for one scheme and host', () => {
  const options = { pushUrl: 'https://github.com/o/r', serverUrl: 'https://github.com', token: 'T' }
  const basic = (user: string) => `AUTHORIZATION: basic ${Buffer.from(user).toString('base64')}`
  expect(authHeader(options)).toBe(basic('x-access-token:T'))
  expect(authHeader({ ...options, pushUrl: 'https://GitHub.com:443/o/r' })).toBe(basic('x-access-token:T'))
  expect(authHeader({ ...options, pushUrl: 'http://github.com/o/r' })).toBe(null)
  expect(authHeader({ ...options, pushUrl: 'https://github.com.example/o/r' })).toBe(null)
  expect(authHeader({ ...options, pushUrl: 'git@github.com:o/r' })).toBe(null)
  expect(authHeader({ ...options, pushUrl: 'https://me:a%40b@x.example/o/r' })).toBe(basic('me:a@b'))
  expect(authHeader({ ...options, pushUrl: 'https://a-token:@x.example/o/r' })).toBe(basic('a-token:'))
  expect(authHeader({ ...options, pushUrl: 'https://only-a-name@x.example/o/r' })).toBe(null)
})
