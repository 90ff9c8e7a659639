import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { run } from '../rig/exec.ts'
import { outcomes, type RunDirectory, type Site, type SiteOptions, startSite, tasks } from '../rig/fanout.ts'
import { installPreReceive, type Rule, setRules } from '../rig/github-hooks.ts'
import { SummarySchema } from './summary-schema.ts'

const MAIN = 'refs/heads/main'
const GH006 = [
  'error: GH006: Protected branch update failed for refs/heads/main.',
  'error: Changes must be made through a pull request.',
].join('\n')

/** How many workers have started, over all runs of a site. */
const STARTED = 'echo "$FANOUT_TASK_ID" >> "$STARTED"'
const LIST = tasks(
  { id: 'one', run: `${STARTED}; echo one > one.txt` },
  { id: 'two', run: `${STARTED}; echo two > two.txt`, needs: 'one' },
)

async function startedIn(site: Site): Promise<string> {
  return readFile(join(site.job.temp, 'started'), 'utf8').catch(() => '')
}

async function runIn(site: Site, id: string, more: Readonly<Record<string, string>> = {}) {
  site.job.env.GITHUB_RUN_ID = id
  const ran = await site.run(
    { tasks: LIST, verify: 'true', ...more },
    { STARTED: join(site.job.temp, 'started') },
  )
  const dir = await ran.directory()
  expect(SummarySchema.safeParse(dir.summary).error?.issues ?? []).toEqual([])
  return { ran, dir }
}

/** The bundle and the patch of a task hold exactly its candidate. */
async function expectKept(site: Site, dir: RunDirectory, id: string): Promise<void> {
  const { candidate_sha: candidate, base_sha: base } = await dir.json(`tasks/${id}/blocked-push.json`)
  const bundle = join(dir.path, 'tasks', id, 'work.bundle')
  const git = async (...args: string[]) => {
    const result = await run('git', args, { cwd: site.remote.path })
    expect(result).toMatchObject({ code: 0 })
    return result.stdout.trim()
  }
  await git('bundle', 'verify', bundle)
  expect(await git('bundle', 'list-heads', bundle)).toBe(`${candidate} refs/fanout/work/${id}`)
  // As the README says: fetched from the bundle, it is the candidate upon its base.
  await git('fetch', '--quiet', bundle, `refs/fanout/work/${id}:refs/kept/${id}`)
  expect(await git('rev-parse', `refs/kept/${id}`, `refs/kept/${id}^`)).toBe(`${candidate}\n${base}`)
  const patch = await readFile(join(dir.path, 'tasks', id, 'work.patch'), 'utf8')
  expect(patch).toContain(`+++ b/${id}.txt`)
}

const PLACES: readonly (readonly [string, SiteOptions, (path: string) => Promise<void>])[] = [
  ['over HTTP, in GitHub’s words', {}, path => setRules(path, [{ kind: 'protected-branch', ref: MAIN }])],
  ['by path, from a plain pre-receive hook', { via: 'file' }, path => installPreReceive(path, GH006)],
]

describe.each(PLACES)('a protected branch, %s', (_, options, protect) => {
  test('one attempt, a marker with code and fix, and the work kept', async () => {
    await using site = await startSite(options)
    const base = await site.remote.tip()
    await protect(site.remote.path)
    const { ran, dir } = await runIn(site, '1')
    expect(ran.code).toBe(1)
    expect(outcomes(dir.summary)).toEqual({
      one: 'blocked-push (protected-branch)',
      two: 'blocked (dependency)',
    })
    expect(dir.summary.landing).toMatchObject({ pushes: 0, push_attempts: 1, races_lost: 0 })
    expect(dir.summary.tasks[0]).toMatchObject({ commit: null, attempts: { worker: 1, push: 1 } })
    expect(dir.summary.verification).toMatchObject({ ran: false, skipped_because: 'nothing landed' })
    const marker = await dir.json('tasks/one/blocked-push.json')
    expect(marker).toEqual({
      version: 1,
      task_id: 'one',
      reason: 'protected-branch',
      message: expect.stringContaining('pull request'),
      fix: expect.stringContaining('bypass list'),
      attempt: 1,
      max_attempts: 50,
      generated_at: expect.stringMatching(/^\d{4}-.*Z$/),
      branch: 'main',
      base_sha: base,
      candidate_sha: expect.stringMatching(/^[0-9a-f]{40}$/),
      conflict_files: [],
      remote_output: expect.stringContaining('GH006'),
    })
    expect(dir.summary.tasks[0]?.reason).toEqual({
      code: marker.reason,
      message: marker.message,
      fix: marker.fix,
    })
    await expectKept(site, dir, 'one')
    expect(await site.remote.tip()).toBe(base)
    expect(ran.annotations.map(each => each.level)).toEqual(expect.arrayContaining(['error', 'warning']))
    // keep-workspaces: blocked
    expect(await readdir(join(dir.path, 'tasks/one/workspace'))).toContain('one.txt')
  })
})

test('a ruleset’s own lines are told, and nothing is tried again', async () => {
  await using site = await startSite()
  const rule: Rule = {
    kind: 'ruleset',
    ref: MAIN,
    lines: ['Commits must have verified signatures.', 'Required status check "build" is expected.'],
  }
  await setRules(site.remote.path, [rule])
  const { dir } = await runIn(site, '1')
  expect(outcomes(dir.summary).one).toBe('blocked-push (ruleset)')
  expect(dir.summary.landing.push_attempts).toBe(1)
  const marker = await dir.json('tasks/one/blocked-push.json')
  expect(marker.message).toContain('Commits must have verified signatures')
  expect(marker.remote_output).toContain('Required status check "build" is expected.')
})

test('blocked work waits on the remote, and lands without its worker when the rule is lifted', async () => {
  await using site = await startSite()
  const { remote } = site
  await setRules(remote.path, [{ kind: 'protected-branch', ref: MAIN }])
  const first = await runIn(site, '1')
  const { candidate_sha } = await first.dir.json('tasks/one/blocked-push.json')
  expect(await remote.refs()).toMatchObject({ 'refs/fanout/blocked/main/one': candidate_sha })
  expect(await startedIn(site)).toBe('one\n')

  await setRules(remote.path, [])
  const moved = await remote.commit({ files: { 'theirs.txt': 'theirs\n' }, message: 'theirs' })
  const second = await runIn(site, '2')
  expect(second.ran.code).toBe(0)
  expect(outcomes(second.dir.summary)).toEqual({ one: 'landed', two: 'landed' })
  expect(await startedIn(site)).toBe('one\ntwo\n')
  expect(second.dir.summary.tasks[0]).toMatchObject({
    attempts: { worker: 0, push: 1, remediation: 0 },
    changes: { files: 1, insertions: 1, deletions: 0 },
  })
  expect(await remote.log()).toBe('two [Fanout-Task: two]\none [Fanout-Task: one]\ntheirs\ninitial')
  expect(second.dir.head.base_sha).toBe(moved)
  expect(Object.keys(await remote.refs())).toEqual([MAIN])
})

test('a task that was redefined starts anew, whatever waits on the remote', async () => {
  await using site = await startSite({ via: 'file' })
  await setRules(site.remote.path, [{ kind: 'protected-branch', ref: MAIN }])
  await runIn(site, '1')
  await setRules(site.remote.path, [])
  const changed = tasks({ id: 'one', run: `${STARTED}; echo uno > one.txt` })
  const { dir } = await runIn(site, '2', { tasks: changed })
  expect(outcomes(dir.summary)).toEqual({ one: 'landed' })
  expect(await startedIn(site)).toBe('one\none\n')
  expect(await site.remote.files()).toMatchObject({ 'one.txt': 'uno\n' })
  expect(Object.keys(await site.remote.refs())).toEqual([MAIN])
})

test('where the remote takes no refs of ours the run ends the same, and says so', async () => {
  await using site = await startSite({ via: 'file' })
  await installPreReceive(site.remote.path, GH006)
  const { ran, dir } = await runIn(site, '1')
  expect(outcomes(dir.summary).one).toBe('blocked-push (protected-branch)')
  expect(Object.keys(await site.remote.refs())).toEqual([MAIN])
  expect(ran.annotations.filter(each => each.level === 'notice').map(each => each.title)).toContain(
    'blocked work',
  )
})

describe('known before the first worker starts', () => {
  const readOnly = { tokens: { 'ghs_good.token.of.this.job': { write: false } } }
  const NOBODY: readonly (readonly [string, SiteOptions, Readonly<Record<string, string>>, RegExp])[] = [
    ['a token that may only read', { server: readOnly }, {}, /contents: write/],
    [
      'a token that may only read, in a partial checkout',
      { server: readOnly, clone: { sparse: ['docs'] } },
      {},
      /contents: write/,
    ],
    ['a token that is not known', {}, { token: 'ghs_no.such.token' }, /token/],
    ['a branch that is not there', {}, { branch: 'release/9' }, /release\/9 does not exist.*git push origin/],
  ]
  test.each(NOBODY)('%s', async (_, options, more, words) => {
    await using site = await startSite(options)
    const ran = await site.run(
      { tasks: LIST, verify: 'true', ...more },
      { STARTED: join(site.job.temp, 'started') },
    )
    expect(ran.code).toBe(1)
    expect(ran.annotations).toHaveLength(1)
    expect(ran.annotations[0]?.message).toMatch(words)
    expect(await startedIn(site)).toBe('')
    expect(ran.outputs).toEqual({ conclusion: 'failure' })
    // No clone, no run directory: only the folder of locks, and no lock in it.
    expect(await readdir(join(site.job.temp, 'fanout'), { recursive: true })).toEqual(['locks'])
    expect(site.server.log.filter(request => request.step === 'push')).toEqual([])
  })
})
