/** Finished work of an earlier run or attempt: by its ref on the remote, from the folder it left, from its artifact. */
import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type ArtifactServer, startArtifactServer } from '../rig/artifact-server.ts'
import { attempt, counting, landedOn, startsIn } from '../rig/counted.ts'
import { git } from '../rig/exec.ts'
import { flags, outcomes, type Site, startCli, startSite, tasks } from '../rig/fanout.ts'
import { startGithubApi } from '../rig/github-api.ts'
import { setRules } from '../rig/github-hooks.ts'
import { startWorkerHub } from '../rig/worker.ts'

const RUN = attempt(1)
/** Of the rig's sites. */
const TOKEN = 'ghs_good.token.of.this.job'

describe('the next night', () => {
  it('lands what a protected branch refused, through the gate and without starting the worker', async () => {
    await using site = await startSite({ via: 'file' })
    const starts = join(site.job.temp, 'starts')
    const inputs = { tasks: tasks(counting('a'), counting('b')), gate: 'test -f README.md' }
    await setRules(site.remote.path, [{ kind: 'protected-branch', ref: 'refs/heads/main' }])
    const today = await site.cli(inputs, { GITHUB_RUN_ID: '1', GITHUB_RUN_ATTEMPT: '1', STARTS: starts })
    const blocked = 'blocked-push (protected-branch)'
    expect(outcomes((await today.directory()).summary), today.stdout).toEqual({ a: blocked, b: blocked })
    expect(await savedRefs(site)).toHaveLength(2)
    await setRules(site.remote.path, [])
    await rm(site.root, { recursive: true })
    const next = await site.cli(inputs, { GITHUB_RUN_ID: '2', GITHUB_RUN_ATTEMPT: '1', STARTS: starts })
    expect(outcomes((await next.directory()).summary), next.stdout).toEqual({ a: 'landed', b: 'landed' })
    expect(await startsIn(starts)).toEqual(['a', 'b'])
    expect(await savedRefs(site)).toEqual([])
  })

  it.each([
    ['starts its worker all the same', { resume: 'false' }, 2],
    ['keeps no work on the remote', { 'save-refs': 'false' }, 1],
  ])('takes the kept work away when the task lands, also where it %s', async (_, more, runs) => {
    await using site = await startSite({ via: 'file' })
    const starts = join(site.job.temp, 'starts')
    const inputs = { tasks: tasks({ id: 'a', run: 'echo a >> "$STARTS"; date +%N > a.txt' }) }
    const night = (n: string, by: Readonly<Record<string, string>> = {}) =>
      site.cli({ ...inputs, ...by }, { GITHUB_RUN_ID: n, GITHUB_RUN_ATTEMPT: '1', STARTS: starts })
    await setRules(site.remote.path, [{ kind: 'protected-branch', ref: 'refs/heads/main' }])
    await night('1')
    expect(await savedRefs(site)).toHaveLength(1)
    await setRules(site.remote.path, [])
    const next = await night('2', more)
    expect(outcomes((await next.directory()).summary), next.stdout).toEqual({ a: 'landed' })
    expect(await startsIn(starts)).toHaveLength(runs)
    expect(await savedRefs(site)).toEqual([])
    // A task that is due each night is not taken for done.
    await night('3', more)
    expect(await startsIn(starts)).toHaveLength(runs + 1)
  })

  it('says on the branch that it landed it: with nothing else, a re-run does not start the worker', async () => {
    await using site = await startSite({ via: 'file' })
    const starts = join(site.job.temp, 'starts')
    const inputs = { tasks: tasks(counting('a'), counting('b', 'test -f "$GO"')) }
    const env = { STARTS: starts, GO: join(site.job.temp, 'go') }
    await setRules(site.remote.path, [{ kind: 'protected-branch', ref: 'refs/heads/main' }])
    await site.cli(inputs, { ...env, GITHUB_RUN_ID: '1', GITHUB_RUN_ATTEMPT: '1' })
    await setRules(site.remote.path, [])
    const next = await site.cli(inputs, { ...env, ...attempt(1) })
    expect(outcomes((await next.directory()).summary)).toMatchObject({ a: 'landed' })
    expect(await site.remote.trailers('Fanout-Run')).toEqual(['77-1'])
    const base = (await next.directory()).summary.run.base_sha
    await rm(site.root, { recursive: true })
    await writeFile(env.GO, '')
    const again = await site.cli(inputs, { ...env, ...attempt(2) })
    const { summary } = await again.directory()
    expect(outcomes(summary), again.stdout).toEqual({ a: 'landed', b: 'landed' })
    expect(summary.run).toMatchObject({ base_sha: base, resumed: true })
    expect((await startsIn(starts)).filter(id => id === 'a')).toHaveLength(1)
  })

  it('keeps the work of before where it cannot land any more and its worker fails', async () => {
    await using site = await startSite({ via: 'file' })
    const file = join(site.job.temp, 'second')
    const inputs = { tasks: tasks({ id: 'a', run: `test ! -f ${file}; echo a > a.txt` }) }
    await setRules(site.remote.path, [{ kind: 'protected-branch', ref: 'refs/heads/main' }])
    await site.cli(inputs, RUN)
    await setRules(site.remote.path, [])
    await site.remote.commit({ files: { 'a.txt': 'by somebody else\n' } })
    await writeFile(file, '')
    const again = await site.cli(inputs, RUN)
    const run = await again.directory()
    expect(outcomes(run.summary), again.stdout).toEqual({ a: 'failed (worker-exit)' })
    expect((await run.files()).filter(name => /blocked-push|work\./.test(name))).toEqual([
      'tasks/a/work.bundle',
      'tasks/a/work.patch',
    ])
    expect(await run.text('tasks/a/work.patch')).toContain('+a')
  })

  it('kept work waits for what its task needs', async () => {
    await using hub = await startWorkerHub()
    await using site = await startSite({ via: 'file' })
    const list = tasks({ id: 'b', needs: 'a', run: hub.command }, { id: 'a', run: hub.command })
    const first = site.startCli({ tasks: list, gate: 'test ! -f b.txt' }, attempt(1))
    await (await hub.next('a')).exit()
    const b = await hub.next('b')
    await setRules(site.remote.path, [{ kind: 'protected-branch', ref: 'refs/heads/main' }])
    await b.write('c.txt', 'b\n')
    await b.exit()
    expect(outcomes((await (await first.done).directory()).summary)).toMatchObject({ a: 'unchanged' })
    await setRules(site.remote.path, [])
    const next = site.startCli({ tasks: list }, { GITHUB_RUN_ID: '78', GITHUB_RUN_ATTEMPT: '1' })
    const a = await hub.next('a')
    expect(await site.remote.files()).not.toHaveProperty('c.txt')
    await a.write('a.txt', 'a\n')
    await a.exit()
    const result = await next.done
    expect(outcomes((await result.directory()).summary), result.stdout).toEqual({ a: 'landed', b: 'landed' })
    expect(await site.remote.trailers('Fanout-Task')).toEqual(['a', 'b'])
    expect(hub.starts.map(start => start.taskId)).toEqual(['a', 'b', 'a'])
  })

  async function savedRefs(site: Site): Promise<string[]> {
    return Object.keys(await site.remote.refs()).filter(ref => ref.startsWith('refs/fanout/'))
  }
})

describe('the next attempt on the same machine', () => {
  /** Attempt 1 is refused by the server; its run directory is left. */
  async function refused(site: Site) {
    const starts = join(site.job.temp, 'starts')
    const inputs = { tasks: tasks(counting('a')), 'save-refs': 'false' }
    await setRules(site.remote.path, [{ kind: 'protected-branch' }])
    const first = await site.cli(inputs, { ...attempt(1), STARTS: starts })
    expect(outcomes((await first.directory()).summary)).toEqual({ a: 'blocked-push (protected-branch)' })
    await setRules(site.remote.path, [])
    const second = () => site.cli(inputs, { ...attempt(2), STARTS: starts })
    return { dir: join(site.root, '77-1'), inputs, starts, second }
  }

  it.each(['store.git', 'tasks/a/work.bundle'])(
    'lands finished work without its worker, also without %s',
    async gone => {
      await using site = await startSite({ via: 'file' })
      const { dir, starts, second } = await refused(site)
      await rm(join(dir, gone), { recursive: true })
      const { stdout, directory } = await second()
      expect(outcomes((await directory()).summary), stdout).toEqual({ a: 'landed' })
      expect(await startsIn(starts)).toEqual(['a'])
    },
  )

  it('reads a bundle of an older version, whose work is on a branch', async () => {
    await using site = await startSite({ via: 'file' })
    const { dir, starts, second } = await refused(site)
    const [store, bundle] = [join(dir, 'store.git'), join(dir, 'tasks', 'a', 'work.bundle')]
    await rm(bundle)
    await git(store, 'update-ref', 'refs/heads/fanout/a', 'refs/fanout/work/a')
    await git(store, 'bundle', 'create', '--quiet', bundle, 'refs/heads/fanout/a', '^main')
    await rm(store, { recursive: true })
    const { stdout, directory } = await second()
    expect(outcomes((await directory()).summary), stdout).toEqual({ a: 'landed' })
    expect(await startsIn(starts)).toEqual(['a'])
  })

  it('starts the worker again where its work is gone, or is not what the journal says', async () => {
    await using site = await startSite({ via: 'file' })
    const { dir, starts, second } = await refused(site)
    const bundle = join(dir, 'tasks', 'a', 'work.bundle')
    await git(site.clone.path, 'checkout', '--quiet', '-b', 'fanout/a')
    await site.clone.commit({ 'a.txt': 'foisted\n' }, 'foisted\n\nFanout-Task: a')
    await git(site.clone.path, 'bundle', 'create', '--quiet', bundle, 'fanout/a', '^main')
    await git(site.clone.path, 'checkout', '--quiet', 'main')
    await rm(join(dir, 'store.git'), { recursive: true })
    const { stdout, directory } = await second()
    expect(outcomes((await directory()).summary), stdout).toEqual({ a: 'landed' })
    expect(stdout).toContain('its work is not there any more')
    expect(await startsIn(starts)).toEqual(['a', 'a'])
    expect((await site.remote.files())['a.txt']).toBe('a\n')
  })

  it('fetches the commit that the work was made upon where the new checkout does not reach back to it', async () => {
    await using site = await startSite({ via: 'file' })
    const { dir, starts, inputs } = await refused(site)
    await rm(join(dir, 'store.git'), { recursive: true })
    await site.remote.commit({ files: { 'other.txt': 'by somebody else\n' } })
    await using fresh = await site.remote.clone({ as: 'checkout' })
    const args = ['run', '--workspace-root', site.root, ...flags(inputs)]
    const { stdout, directory } = await startCli(fresh.path, args, { ...attempt(2), STARTS: starts }).done
    expect(outcomes((await directory()).summary), stdout).toEqual({ a: 'landed' })
    expect(await startsIn(starts)).toEqual(['a'])
    expect((await site.remote.files())['other.txt']).toBe('by somebody else\n')
  })
})

describe('the next attempt on another machine', () => {
  /** Attempt 1: `kept` is finished and refused, `same` changes nothing, `bad` fails. Its machine is gone then. */
  async function firstAttempt(site: Site, more: Readonly<Record<string, string>> = {}) {
    const starts = join(site.job.temp, 'starts')
    const go = join(site.job.temp, 'go')
    const inputs = {
      tasks: tasks(
        counting('kept'),
        { id: 'same', run: 'echo same >> "$STARTS"' },
        counting('bad', 'test -f "$GO"'),
      ),
      'save-refs': 'false',
      ...more,
    }
    const env = { STARTS: starts, GO: go, ...attempt(1) }
    await setRules(site.remote.path, [{ kind: 'protected-branch' }])
    const ran = await site.run({ ...inputs, 'workspace-root': join(site.job.temp, 'm1') }, env)
    expect(outcomes((await ran.directory()).summary)).toEqual({
      kept: 'blocked-push (protected-branch)',
      same: 'unchanged',
      bad: 'failed (worker-exit)',
    })
    await setRules(site.remote.path, [])
    await rm(join(site.job.temp, 'm1'), { recursive: true })
    await writeFile(go, '')
    const second = async (env2: Readonly<Record<string, string>> = {}) =>
      site.run({ ...inputs, 'workspace-root': join(site.job.temp, 'm2') }, { ...env, ...attempt(2), ...env2 })
    return { starts, second }
  }

  async function withArtifacts(): Promise<AsyncDisposable & { artifacts: ArtifactServer; site: Site }> {
    await using stack = new AsyncDisposableStack()
    const artifacts = stack.use(await startArtifactServer())
    // The client refuses a server that is neither GitHub's nor of this kind.
    const server = { host: 'git.localhost' }
    const site = stack.use(await startSite({ server, job: { actionEnv: artifacts.env } }))
    const owned = stack.move()
    return { artifacts, site, [Symbol.asyncDispose]: () => owned.disposeAsync() }
  }

  it.each([
    ['fanout-77-1', {}],
    ['mine', { 'artifact-name': 'mine' }],
  ])('lands finished work from the artifact %s and starts only what had failed', async (name, more) => {
    await using bed = await withArtifacts()
    const { site, artifacts } = bed
    const { starts, second } = await firstAttempt(site, more)
    expect([...artifacts.artifacts.keys()]).toEqual([name])
    const ran = await second()
    const { summary } = await ran.directory()
    expect(outcomes(summary), ran.text).toEqual({ kept: 'landed', same: 'unchanged', bad: 'landed' })
    expect(summary.run.resumed).toBe(true)
    expect(await startsIn(starts)).toEqual(['bad', 'bad', 'kept', 'same'])
    expect(await landedOn(site)).toEqual(['bad', 'kept'])
    // A name is taken once in a workflow run: the second attempt's has its number.
    expect([...artifacts.artifacts.keys()]).toEqual([name, name === 'mine' ? 'mine-2' : 'fanout-77-2'])
  })

  it('knows its own artifact among those of other jobs of the same workflow run', async () => {
    await using bed = await withArtifacts()
    const { site, artifacts } = bed
    const starts = join(site.job.temp, 'starts')
    const job = (id: string, n: number) =>
      site.run(
        {
          tasks: tasks(counting(id)),
          'save-refs': 'false',
          'workspace-root': join(site.job.temp, `${id}${n}`),
        },
        { ...attempt(n), STARTS: starts },
      )
    await setRules(site.remote.path, [{ kind: 'protected-branch' }])
    for (const id of ['a', 'b', 'c']) await job(id, 1)
    expect([...artifacts.artifacts.keys()]).toEqual(['fanout-77-1', 'fanout-77-1-2', 'fanout-77-1-3'])
    await setRules(site.remote.path, [])
    for (const id of ['a', 'b', 'c'])
      expect(outcomes((await (await job(id, 2)).directory()).summary)).toEqual({ [id]: 'landed' })
    expect(await startsIn(starts)).toEqual(['a', 'b', 'c'])
  })

  it.each(['unlisted', 'refused'] as const)(
    "asks the REST API where the runner's own service has it %s, and takes the newest by its name",
    async how => {
      await using bed = await withArtifacts()
      await using api = await startGithubApi(TOKEN)
      const { site, artifacts } = bed
      artifacts.nextIds.push(900, 100)
      const { starts, second } = await firstAttempt(site)
      const env = { GITHUB_API_URL: api.url }
      artifacts.forgetOlder(how)
      api.artifacts = artifacts.rest
      const ran = await second(env)
      expect(outcomes((await ran.directory()).summary), ran.text).toEqual({
        ...{ kept: 'landed', same: 'unchanged', bad: 'landed' },
      })
      expect(ran.text).toContain('is taken from the artifact fanout-77-1')
      expect(await startsIn(starts)).toEqual(['bad', 'bad', 'kept', 'same'])
      // The third attempt finds the second's, whose id is the smaller one.
      await rm(join(site.job.temp, 'm2'), { recursive: true })
      const third = await second({ ...env, ...attempt(3) })
      expect(third.text).toContain('is taken from the artifact fanout-77-2')
      expect(await startsIn(starts)).toEqual(['bad', 'bad', 'kept', 'same'])
    },
  )

  it('says in one line that neither has it, and what permission is missing', async () => {
    await using bed = await withArtifacts()
    await using api = await startGithubApi(TOKEN)
    const { site, artifacts } = bed
    const { second } = await firstAttempt(site)
    artifacts.forgetOlder('unlisted')
    const ran = await second({ GITHUB_API_URL: api.url })
    const notices = ran.annotations.filter(({ message }) => message.includes('could not be read'))
    expect(notices).toEqual([expect.objectContaining({ level: 'notice' })])
    expect(notices[0]?.message).toContain('actions: read')
    expect(notices[0]?.message).toContain('Resource not accessible by integration')
    await rm(join(site.job.temp, 'm2'), { recursive: true })
    api.artifacts = { list: () => [], location: () => null }
    artifacts.forgetOlder('unlisted')
    const none = await second({ GITHUB_API_URL: api.url, ...attempt(3) })
    expect(none.text.match(/No artifact of an earlier attempt is there/g)).toHaveLength(1)
  })

  it('goes on without it where the service is down or talks nonsense: that is a notice', async () => {
    await using bed = await withArtifacts()
    await using api = await startGithubApi(TOKEN)
    const { site, artifacts } = bed
    const { starts, second } = await firstAttempt(site)
    artifacts.fault({ on: 'ListArtifacts', status: 403 })
    const ran = await second({ GITHUB_API_URL: api.url })
    expect(outcomes((await ran.directory()).summary), ran.text).toEqual({
      kept: 'landed',
      same: 'unchanged',
      bad: 'landed',
    })
    expect(ran.annotations).toContainEqual(
      expect.objectContaining({ level: 'notice', message: expect.stringContaining('could not be read') }),
    )
    expect(await startsIn(starts)).toEqual(['bad', 'bad', 'kept', 'kept', 'same', 'same'])
    expect(artifacts.leftoverFaults()).toEqual([])
  })
})
