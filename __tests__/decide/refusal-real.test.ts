/** The same classifier on what the installed git prints, against a real server with GitHub's refusals. */
import { describe, expect, test } from 'vitest'
import { explain } from '../../src/decide/explain.ts'
import type { RefusalCode } from '../../src/decide/failure.ts'
import { classifyFetch, classifyPush, type GitOutput, suspectPaths } from '../../src/decide/refusal.ts'
import { type Bed, startBed } from '../rig/bed.ts'
import { type RunResult, run } from '../rig/exec.ts'
import type { GitFault } from '../rig/git-server.ts'
import { type Rule, setRules } from '../rig/github-hooks.ts'
import { push } from '../rig/push.ts'

const output = (result: RunResult): GitOutput => ({
  exitCode: result.code,
  stdout: result.stdout,
  stderr: result.stderr,
  timedOut: false,
})

async function pushOver(bed: Bed, files: Readonly<Record<string, string>>) {
  await using clone = await bed.remote.clone({ as: 'user', via: 'http', token: 'good' })
  const commit = await clone.commit(files)
  const said = output(await push(clone))
  return { verdict: classifyPush(said), commit, said: `${said.stderr}\n${said.stdout}` }
}
const WORK = { 'a.txt': 'a MARKER\n', '.github/workflows/ci.yml': 'on: push\n' }

const rules: readonly (readonly [Rule, RefusalCode, what: string])[] = [
  [
    { kind: 'protected-branch' },
    'protected-branch',
    'The remote refused the push to main: "Changes must be made through a pull request".',
  ],
  [
    {
      kind: 'ruleset',
      lines: ['Changes must be made through the merge queue', 'Cannot update this protected ref.'],
    },
    'ruleset',
    'A repository rule refused the push to main: "Changes must be made through the merge queue; Cannot update this protected ref".',
  ],
  [
    { kind: 'secret', marker: 'MARKER' },
    'secret',
    'GitHub push protection found a secret in the work (GitHub Personal Access Token) in a.txt.',
  ],
  [
    { kind: 'workflow-scope' },
    'workflow-scope',
    'The remote refused a change to .github/workflows/ci.yml: "refusing to allow a GitHub App to create or update workflow `.github/workflows/ci.yml` without `workflows` permission".',
  ],
  [
    { kind: 'large-file', limitBytes: 1 },
    'large-file',
    'The work is too large for the remote (.github/workflows/ci.yml and a.txt): "File .github/workflows/ci.yml is 0.00 MB; this exceeds GitHub\'s file size limit of 0.00 MB; File a.txt is 0.00 MB; this exceeds GitHub\'s file size limit of 0.00 MB; GH001: Large files detected. You may want to try Git Large File Storage - https://git-lfs.github.com".',
  ],
  [{ kind: 'stale' }, 'race', 'The push to main lost a race.'],
  [
    { kind: 'internal' },
    'network',
    'The remote could not be reached or broke off: "fatal error in commit_refs".',
  ],
  [{ kind: 'hook' }, 'hook', 'A hook on the server declined the push: "declined by policy".'],
  [
    { kind: 'custom', reason: 'the moon is full' },
    'unknown',
    'The remote refused the push: "the moon is full".',
  ],
]

test.each(rules)('%o is %s, in words', async (rule, code, what) => {
  await using bed = await startBed()
  await setRules(bed.remote.path, [rule])
  const { verdict, said } = await pushOver(bed, WORK)
  expect(verdict).toMatchObject({ kind: 'refused', code })
  expect(explain({ code: 'refused', refusal: code, output: said }, { branch: 'main' }).what).toBe(what)
})

test('a push that is taken although rules forbid it says which', async () => {
  await using bed = await startBed()
  await setRules(bed.remote.path, [{ kind: 'bypass' }])
  const { verdict } = await pushOver(bed, WORK)
  expect(verdict).toEqual({ kind: 'accepted', bypassed: ['Changes must be made through a pull request.'] })
})

test('a secret is traced to its commit and file', async () => {
  await using bed = await startBed()
  await setRules(bed.remote.path, [{ kind: 'secret', marker: 'MARKER' }])
  const { verdict, commit } = await pushOver(bed, WORK)
  expect(verdict.kind === 'refused' && suspectPaths(verdict.lines)).toEqual({
    paths: ['a.txt'],
    commits: [commit],
  })
})

test('a workflow file is traced through the reason', async () => {
  await using bed = await startBed()
  await setRules(bed.remote.path, [{ kind: 'workflow-scope' }])
  const { verdict } = await pushOver(bed, WORK)
  expect(verdict.kind === 'refused' && suspectPaths([verdict.reason, ...verdict.lines]).paths).toEqual([
    '.github/workflows/ci.yml',
  ])
})

describe('faults of server and connection', () => {
  const faults: readonly (readonly [string, GitFault, RefusalCode])[] = [
    ['503 before the refs', { on: 'advertise-push', status: 503, body: 'down' }, 'network'],
    ['429 before the refs', { on: 'advertise-push', status: 429, retryAfter: 1 }, 'network'],
    ['403 before the refs', { on: 'advertise-push', status: 403 }, 'auth'],
    ['404 before the refs', { on: 'advertise-push', status: 404 }, 'auth'],
    ['401 before the pack', { on: 'push', status: 401 }, 'auth'],
    ['503 on the pack', { on: 'push', status: 503 }, 'network'],
    ['413 on the pack', { on: 'push', status: 413 }, 'large-file'],
    // curl sends a small pack again by itself once.
    ['a connection cut twice', { on: 'push', resetAfterBytes: 10, times: 2 }, 'network'],
  ]
  test.each(faults)('%s', async (_name, fault, code) => {
    await using bed = await startBed()
    bed.server.fault(fault)
    const { verdict } = await pushOver(bed, { 'a.txt': `${code}\n` })
    expect(verdict).toMatchObject({ kind: 'refused', code })
    expect(bed.server.leftoverFaults()).toEqual([])
  })
})

test('a branch that somebody else moved first', async () => {
  await using bed = await startBed()
  await using clone = await bed.remote.clone({ as: 'user', via: 'http', token: 'good' })
  await clone.commit({ 'a.txt': 'a' })
  await bed.remote.commit({ files: { 'b.txt': 'b' } })
  expect(classifyPush(output(await push(clone)))).toMatchObject({ code: 'race', reason: 'fetch first' })
})

test('a repository that is not there, and a token that is none, on the way in', async () => {
  await using bed = await startBed()
  const lsRemote = async (url: string) => classifyFetch(output(await run('git', ['ls-remote', url])))
  expect(await lsRemote(bed.remote.url.replace('o/r', 'o/none').replace('//', '//x:good@'))).toMatchObject({
    code: 'auth',
  })
  expect(await lsRemote(bed.remote.url)).toMatchObject({ code: 'auth' })
  expect(await lsRemote('http://127.0.0.1:1/o/r.git')).toMatchObject({ code: 'network' })
  expect(await lsRemote(bed.remote.url.replace('//', '//x:good@'))).toEqual({ kind: 'fetched' })
})
