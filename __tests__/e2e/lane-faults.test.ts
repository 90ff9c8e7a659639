/** The lane's promises with real git over HTTP, and a server that fails in every way a test can program. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { git } from '../rig/exec.ts'
import { type CliResult, outcomes, type Site, startSite, tasks } from '../rig/fanout.ts'
import type { GitFault } from '../rig/git-server.ts'
import { startWorkerHub } from '../rig/worker.ts'

const IDS = ['t1', 't2', 't3', 't4', 't5', 't6', 't7', 't8']
const EIGHT = tasks(...IDS.map(id => ({ id, run: `echo ${id} > ${id}.txt` })))
const LANDED = Object.fromEntries(IDS.map(id => [id, 'landed']))

/** A site whose remote remembers every tip it was moved to. */
async function site(): Promise<Site> {
  const made = await startSite({ repo: { files: { 'a.txt': 'a\n' } } })
  await git(made.remote.path, 'config', 'core.logAllRefUpdates', 'always')
  return made
}

function run(at: Site, inputs: Record<string, string> = {}): Promise<CliResult> {
  const gate = `git rev-parse 'HEAD^{tree}' >> '${green(at)}'`
  return at.cli({
    tasks: EIGHT,
    workers: '4',
    gate,
    'push-backoff-ms': '20,50',
    'verify-when': 'never',
    ...inputs,
  })
}

const green = (at: Site): string => join(at.job.temp, 'green')

/** Every tip of ours that the branch ever had is a tree that the gate saw; and each task is on it once. */
async function expectPromisesKept(at: Site): Promise<void> {
  const seen = new Set((await readFile(green(at), 'utf8')).trim().split('\n'))
  const tips = await git(
    at.remote.path,
    'log',
    '-g',
    '--format=%T %(trailers:key=Fanout-Task,valueonly,separator=)',
    'main',
  )
  const ours = tips.split('\n').filter(line => line.includes(' t'))
  expect(ours.length).toBeGreaterThan(0)
  expect(ours.filter(line => !seen.has(line.split(' ')[0] ?? ''))).toEqual([])
  const log = await git(
    at.remote.path,
    'log',
    '--format=%(trailers:key=Fanout-Task,valueonly,separator=)',
    'main',
  )
  const landed = log.split('\n').filter(line => line !== '')
  expect([...landed].sort()).toEqual([...new Set(landed)].sort())
  expect(await git(at.remote.path, 'log', '--merges', '--format=%h', 'main')).toBe('')
}

describe('a passing fault costs time and never work', () => {
  const faults: readonly (readonly [string, GitFault])[] = [
    ['500 when a push asks for the refs', { on: 'advertise-push', skip: 1, times: 2, status: 500 }],
    ['503 when a push asks for the refs', { on: 'advertise-push', skip: 1, times: 2, status: 503 }],
    [
      '429 when a push asks for the refs',
      { on: 'advertise-push', skip: 1, times: 2, status: 429, retryAfter: 1 },
    ],
    ['503 upon the pack', { on: 'push', times: 2, status: 503 }],
    ['a connection cut while the pack is sent', { on: 'push', times: 2, resetAfterBytes: 1 }],
    ['503 when the tip is fetched', { on: 'advertise-fetch', skip: 1, times: 2, status: 503 }],
  ]
  for (const [name, fault] of faults) {
    it(name, async () => {
      await using at = await site()
      at.server.fault(fault)
      const ran = await run(at)
      expect(outcomes((await ran.directory()).summary)).toEqual(LANDED)
      expect(ran.code).toBe(0)
      expect(at.server.leftoverFaults()).toEqual([])
      await expectPromisesKept(at)
    })
  }
})

it('a push whose answer was lost is landed once and not reported as failed', async () => {
  await using at = await site()
  at.server.fault({ on: 'push', resetResponse: true })
  const ran = await run(at)
  const { summary } = await ran.directory()
  expect(outcomes(summary)).toEqual(LANDED)
  expect(ran.code).toBe(0)
  await expectPromisesKept(at)
  expect((await git(at.remote.path, 'rev-list', '--count', 'main')).trim()).toBe('9')
})

it('a push whose answer was lost moves nothing back: the next one goes upon it at once', async () => {
  await using at = await site()
  at.server.fault({ on: 'push', resetResponse: true })
  const ran = await at.cli({ tasks: EIGHT, workers: '4', 'max-batch': '1', 'verify-when': 'never' })
  const { summary } = await ran.directory()
  expect(outcomes(summary)).toEqual(LANDED)
  expect(summary.landing).toMatchObject({ pushes: 8, push_attempts: 8, races_lost: 0 })
  expect(ran.stdout + ran.stderr).not.toContain('moved back')
})

it('a push whose answer was lost, and a remote that cannot be read for a while after: landed once', async () => {
  await using at = await site()
  at.server.fault({
    on: 'push',
    resetResponse: true,
    before: () => at.server.fault({ on: 'advertise-fetch', times: 2, status: 503 }),
  })
  const ran = await run(at)
  expect(outcomes((await ran.directory()).summary)).toEqual(LANDED)
  expect((await git(at.remote.path, 'rev-list', '--count', 'main')).trim()).toBe('9')
  await expectPromisesKept(at)
})

describe('a refusal that no retry can cure ends at once', () => {
  for (const [status, code] of [
    [401, 'auth'],
    [403, 'auth'],
  ] as const) {
    it(`${status} when a push asks for the refs`, async () => {
      await using at = await site()
      at.server.fault({ on: 'advertise-push', skip: 1, times: 100, status })
      const ran = await run(at)
      const { summary } = await ran.directory()
      expect(outcomes(summary)).toEqual(Object.fromEntries(IDS.map(id => [id, `blocked-push (${code})`])))
      expect(summary.landing).toMatchObject({ pushes: 0, push_attempts: 1 })
      expect(ran.code).toBe(1)
      expect(await at.remote.log()).not.toContain('Fanout-Task')
    })
  }
})

it('a competitor that wins every second race costs attempts and loses nothing', async () => {
  await using at = await site()
  let pushes = 0
  let theirs = 0
  at.server.fault({
    on: 'push',
    times: 1000,
    before: async () => {
      if (pushes++ % 2 === 1) return
      theirs++
      await at.remote.commit({
        files: { [`theirs-${theirs}.txt`]: `${theirs}\n` },
        message: `theirs ${theirs}`,
      })
    },
  })
  const ran = await run(at, { 'max-batch': '2' })
  const { summary } = await ran.directory()
  expect(outcomes(summary)).toEqual(LANDED)
  expect(summary.landing.races_lost).toBe(theirs)
  expect(summary.landing.push_attempts).toBe(summary.landing.pushes + theirs)
  const files = Object.keys(await at.remote.files())
  for (let i = 1; i <= theirs; i++) expect(files).toContain(`theirs-${i}.txt`)
  await expectPromisesKept(at)
})

it('a competitor that wins every race blocks the work after the attempts, and keeps it', async () => {
  await using at = await site()
  let theirs = 0
  at.server.fault({
    on: 'push',
    times: 1000,
    before: () => at.remote.commit({ files: { 'theirs.txt': `${++theirs}\n` }, message: `theirs ${theirs}` }),
  })
  const ran = await at.cli({
    tasks: tasks({ id: 't1', run: 'echo t1 > t1.txt' }),
    'max-push-attempts': '3',
    'push-backoff-ms': '10',
    'save-refs': 'false',
  })
  const directory = await ran.directory()
  expect(outcomes(directory.summary)).toEqual({ t1: 'blocked-push (attempts)' })
  expect(directory.summary.tasks[0]?.attempts.push).toBe(3)
  const marker = await directory.json('tasks/t1/blocked-push.json')
  expect(marker).toMatchObject({ task_id: 't1', reason: 'attempts', attempt: 3, max_attempts: 3 })
  await git(at.remote.path, 'bundle', 'verify', join(directory.path, 'tasks/t1/work.bundle'))
})

it('a server that takes its time is waited for', async () => {
  await using at = await site()
  at.server.latency = { 'advertise-push': 150, push: 300, 'advertise-fetch': 150 }
  const ran = await run(at)
  expect(outcomes((await ran.directory()).summary)).toEqual(LANDED)
  await expectPromisesKept(at)
})

it('with max-batch 1 every commit on the branch has passed the gate by itself', async () => {
  await using at = await site()
  const ran = await run(at, { 'max-batch': '1' })
  expect(outcomes((await ran.directory()).summary)).toEqual(LANDED)
  const seen = new Set((await readFile(green(at), 'utf8')).trim().split('\n'))
  const trees = (await git(at.remote.path, 'log', '-8', '--format=%T', 'main')).split('\n')
  expect(trees.filter(tree => !seen.has(tree))).toEqual([])
})

describe('a branch that goes away under a run', () => {
  it('is called that, in the log and in the reason, and the work is kept', async () => {
    await using at = await site()
    const ran = await run(at, {
      tasks: tasks({
        id: 't1',
        run: `git -C '${at.remote.path}' update-ref -d refs/heads/main; echo 1 > 1.txt`,
      }),
    })
    const { summary, files } = await ran.directory()
    expect(outcomes(summary)).toEqual({ t1: 'blocked-push (unknown)' })
    expect(summary.tasks[0]?.reason?.message).toMatch(/^The branch main is no longer on the remote\. /)
    expect(summary.tasks[0]?.reason?.fix).toMatch(/^Push the branch again/)
    expect(ran.stdout).toContain('| the branch is no longer on the remote')
    expect(ran.stdout).not.toContain('refused the push')
    expect(await files()).toContain('tasks/t1/work.bundle')
  })
})

it('a branch that somebody moves back during the run is told of', async () => {
  await using at = await startSite({ repo: { files: { 'a.txt': 'a\n' } } })
  await using hub = await startWorkerHub()
  const base = await at.remote.tip()
  const running = await at.start({
    tasks: tasks(
      { id: 'first', run: 'echo x > first.txt' },
      { id: 'second', needs: 'first', run: hub.command },
    ),
    workers: '2',
    'verify-when': 'never',
  })
  // It starts when the first one has landed.
  const second = await hub.next('second')
  await git(at.remote.path, 'update-ref', 'refs/heads/main', base)
  await at.remote.commit({ files: { 'instead.txt': 'y\n' } })
  await second.write('second.txt', 'x')
  await second.exit(0)
  const { code, text } = await running.finish()
  expect(code).toBe(0)
  expect(text).toMatch(/Somebody has moved main from \w{7} to \w{7}, which does not hold it/)
})
