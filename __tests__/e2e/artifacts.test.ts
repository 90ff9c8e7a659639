/** The run directory on its way out of the machine: whatever the artifact service does, the run's result is the run's own. */
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { type ArtifactServer, startArtifactServer } from '../rig/artifact-server.ts'
import { outcomes, type Site, startSite, tasks } from '../rig/fanout.ts'

const LIST = tasks({ id: 'a', run: 'echo a > a.txt' })

async function bed(): Promise<AsyncDisposable & { artifacts: ArtifactServer; site: Site }> {
  await using stack = new AsyncDisposableStack()
  const artifacts = stack.use(await startArtifactServer())
  // The client refuses a server that is neither GitHub's nor of this kind.
  const server = { host: 'git.localhost' }
  const site = stack.use(await startSite({ server, job: { actionEnv: artifacts.env } }))
  const owned = stack.move()
  return { artifacts, site, [Symbol.asyncDispose]: () => owned.disposeAsync() }
}

const names = ({ artifacts }: ArtifactServer) =>
  [...artifacts.values()].filter(each => each.finalized).map(each => each.name)

test.each([
  ['says no', { status: 403, body: '{"code":"permission_denied","msg":"no room left"}' }],
  ['hangs up', { reset: 'before' as const }],
  ['talks nonsense', { status: 404, body: '{"what":"ever"}' }],
])('a service that %s costs a warning and not the run; the post step tries again', async (_, fault) => {
  await using at = await bed()
  at.artifacts.fault({ on: 'CreateArtifact', ...fault })
  const ran = await at.site.run({ tasks: LIST })
  expect([ran.code, ran.outputs.conclusion, ran.outputs['artifact-id']]).toEqual([0, 'success', ''])
  expect(ran.annotations).toContainEqual(
    expect.objectContaining({ level: 'warning', message: expect.stringContaining('could not be uploaded') }),
  )
  expect(names(at.artifacts)).toEqual([])
  expect((await ran.post())?.code).toBe(0)
  expect(names(at.artifacts)).toEqual(['fanout-1-1'])
})

test('a service that stays down costs warnings, and neither step fails', async () => {
  await using at = await bed()
  at.artifacts.fault({ on: 'CreateArtifact', status: 403, times: 2 })
  const ran = await at.site.run({ tasks: LIST })
  const post = await ran.post()
  expect([ran.code, post?.code]).toEqual([0, 0])
  expect(post?.annotations).toEqual([
    expect.objectContaining({ level: 'warning', message: expect.stringContaining('could not be uploaded') }),
  ])
})

test('a service that is silent keeps a cancelled step no longer: outputs and summary are there, the post step uploads', async () => {
  await using at = await bed()
  const asked = Promise.withResolvers<void>()
  at.artifacts.fault({ on: 'CreateArtifact', silent: true, before: () => asked.resolve() })
  const running = await at.site.start({ tasks: LIST })
  await asked.promise
  running.cancel()
  const ran = await running.finish()
  expect([ran.code, ran.signal, ran.outputs.landed]).toEqual([0, null, '["a"]'])
  expect(ran.summary).not.toBe('')
  expect((await ran.post())?.code).toBe(0)
  expect(names(at.artifacts)).toEqual(['fanout-1-1'])
})

test('what main has uploaded the post step does not upload again', async () => {
  await using at = await bed()
  const ran = await at.site.run({ tasks: LIST })
  expect(ran.outputs['artifact-url']).toMatch(/\/actions\/runs\/1\/artifacts\/\d+$/)
  const asked = at.artifacts.log.length
  expect((await ran.post())?.code).toBe(0)
  expect(at.artifacts.log).toHaveLength(asked)
})

test('secrets are in nothing that is uploaded as text', async () => {
  await using at = await bed()
  const secret = 'correct horse battery staple'
  const leaks =
    'echo "$MY_API_KEY"; echo "$MY_API_KEY" > a.txt; echo "about $MY_API_KEY" > "$FANOUT_MESSAGE_FILE"; exit 1'
  const ran = await at.site.run({ tasks: tasks({ id: 'a', run: leaks }) }, { MY_API_KEY: secret })
  expect(outcomes((await ran.directory()).summary)).toEqual({ a: 'failed (worker-exit)' })
  const sent = at.artifacts.unzip('fanout-1-1')
  const holding = [...sent].filter(([, bytes]) => bytes.includes(secret) || bytes.includes(at.site.token))
  expect(holding.map(([name]) => name)).toEqual([])
  expect(sent.get(join('tasks', 'a', 'worker.log'))?.toString()).toBe('***\n')
  expect(sent.get(join('tasks', 'a', 'work.patch'))?.toString()).toContain('+***')
})
