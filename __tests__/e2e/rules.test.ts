/** Rules of the branch are asked for beside the preflight: a warning, never an obstacle, never a delay. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { PRODUCT, startSite, tasks } from '../rig/fanout.ts'
import { type ApiFault, startGithubApi } from '../rig/github-api.ts'
import { startWorkerHub } from '../rig/worker.ts'

const TOKEN = 'ghs_good.token.of.this.job'
const TASK = tasks({ id: 'a', run: 'echo a > a.txt' })

describe('the rules of the branch', () => {
  it('that usually refuse a push are a warning, and the run goes on', async () => {
    await using api = await startGithubApi(TOKEN)
    await using hub = await startWorkerHub()
    await using site = await startSite({ job: { env: { GITHUB_API_URL: api.url } } })
    api.rules.set('o/r main', [{ type: 'pull_request' }, { type: 'deletion' }])
    const running = await site.start({ tasks: tasks({ id: 'a', run: hub.command }) })
    const worker = await hub.next('a')
    await running.line(/main takes changes only through pull requests \(pull_request\)\. .*bypass list/)
    await worker.exit()
    const ran = await running.finish()
    expect(ran.code).toBe(0)
    expect(ran.annotations).toContainEqual(
      expect.objectContaining({ level: 'warning', title: 'branch rules' }),
    )
    expect(api.log).toEqual([
      { method: 'GET', path: '/repos/o/r/rules/branches/main', authorization: `token ${TOKEN}`, status: 200 },
    ])
  })

  const faults: readonly ApiFault[] = [
    { status: 500 },
    { status: 403 },
    { body: 'no JSON' },
    { instead: 'reset' },
    { instead: 'silence' },
  ]
  it.each(faults)('that cannot be known are none: %j', async fault => {
    await using api = await startGithubApi(TOKEN)
    await using hub = await startWorkerHub()
    await using site = await startSite({ job: { env: { GITHUB_API_URL: api.url } } })
    api.fault(fault)
    const asked = api.request()
    const running = await site.start({ tasks: tasks({ id: 'a', run: hub.command }) })
    const worker = await hub.next('a')
    await asked
    await worker.write('a.txt', 'a\n')
    await worker.exit()
    const ran = await running.finish()
    expect([ran.code, ran.annotations.filter(({ title }) => title === 'branch rules')]).toEqual([0, []])
    expect(api.leftoverFaults()).toEqual([])
  })

  it.each([
    ['of another host', { GITHUB_SERVER_URL: 'https://github.com' }, {}],
    ['in a dry run', {}, { 'dry-run': 'true' }],
  ])('are not asked for where they say nothing: %s', async (_, env, inputs) => {
    await using api = await startGithubApi(TOKEN)
    await using site = await startSite({ job: { env: { GITHUB_API_URL: api.url, ...env } } })
    const ran = await site.run({ tasks: TASK, ...inputs })
    expect(ran.code, ran.text).toBe(0)
    expect(api.log).toEqual([])
  })

  it('cost a start nothing: the client of the API is in a file of its own', async () => {
    const main = await readFile(join(PRODUCT, 'dist', 'main', 'index.js'), 'utf8')
    expect(main).not.toContain('octokit-rest.js/')
  })
})
