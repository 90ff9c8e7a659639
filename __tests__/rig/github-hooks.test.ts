import { expect, test } from 'vitest'
import { startBed } from './bed.ts'
import { installPreReceive, leftoverRules, type Rule, setRules } from './github-hooks.ts'
import { push } from './push.ts'
import { createRepo } from './repo.ts'

const MB = 1024 * 1024
const REFUSED: [name: string, rule: Rule, files: Record<string, string>, told: string[], reason: string][] = [
  [
    'a protected branch',
    { kind: 'protected-branch' },
    { 'x.txt': 'x' },
    [
      'remote: error: GH006: Protected branch update failed for refs/heads/main.',
      'remote: error: Changes must be made through a pull request.',
    ],
    'protected branch hook declined',
  ],
  [
    'a ruleset',
    { kind: 'ruleset', lines: ['2 of 2 required status checks are expected.'] },
    { 'x.txt': 'x' },
    [
      'remote: error: GH013: Repository rule violations found for refs/heads/main.',
      'remote: Review all repository rules at https://github.com/o/r/rules?ref=refs%2Fheads%2Fmain',
      'remote: - 2 of 2 required status checks are expected.',
    ],
    'push declined due to repository rule violations',
  ],
  [
    'a secret',
    { kind: 'secret', marker: 'TOP-SECRET' },
    { 'conf/.env': 'A=1\nB=TOP-SECRET\n' },
    ['remote: - GITHUB PUSH PROTECTION', 'remote:            path: conf/.env:2'],
    'push declined due to repository rule violations',
  ],
  [
    'a workflow file',
    { kind: 'workflow-scope' },
    { '.github/workflows/ci.yml': 'on: push' },
    [],
    'refusing to allow a GitHub App to create or update workflow `.github/workflows/ci.yml` without `workflows` permission',
  ],
  [
    'a large file',
    { kind: 'large-file', limitBytes: MB },
    { 'big.bin': 'x'.repeat(1.5 * MB) },
    [
      "remote: error: File big.bin is 1.50 MB; this exceeds GitHub's file size limit of 1.00 MB",
      'remote: error: GH001: Large files detected. You may want to try Git Large File Storage - https://git-lfs.github.com.',
    ],
    'pre-receive hook declined',
  ],
]

test.each(REFUSED)(
  "%s is refused in GitHub's words, and only while the rule holds",
  async (_, rule, files, told, reason) => {
    await using bed = await startBed()
    const { path } = bed.remote
    await using clone = await bed.remote.clone({ token: 'good' })
    await setRules(path, [{ ...rule, times: 1 }])
    if (['secret', 'workflow-scope', 'large-file'].includes(rule.kind)) {
      await clone.commit({ 'innocent.txt': 'x' })
      expect((await push(clone)).code).toBe(0)
    }
    await clone.commit(files)
    const refused = await push(clone)
    expect(refused.code).toBe(1)
    expect(refused.stdout).toContain(`!\tHEAD:refs/heads/main\t[remote rejected] (${reason})`)
    const lines = refused.stderr.split('\n')
    for (const line of told) expect(lines).toContain(line)
    expect(await leftoverRules(path)).toEqual([])
    expect((await push(clone)).code).toBe(0)
  },
)

test('other refusals, a bypass and a plain hook say what GitHub says', async () => {
  await using remote = await createRepo()
  await using clone = await remote.clone()
  const before = await remote.tip()
  await clone.commit({ 'x.txt': 'x' })
  await setRules(remote.path, [
    { kind: 'stale', times: 1 },
    { kind: 'internal', times: 1 },
    { kind: 'custom', lines: ['error: GH007: private'], reason: 'email privacy', times: 1 },
    { kind: 'ruleset', ref: 'refs/heads/other' },
    { kind: 'bypass' },
  ])
  expect((await push(clone)).stdout).toContain(
    `(cannot lock ref 'refs/heads/main': is at ${'f'.repeat(40)} but expected ${before})`,
  )
  expect(await push(clone)).toMatchObject({
    stdout: expect.stringContaining('(failure)'),
    stderr: expect.stringContaining('remote: fatal error in commit_refs'),
  })
  expect((await push(clone)).stdout).toContain('(email privacy)')
  expect(await push(clone)).toMatchObject({
    code: 0,
    stderr: expect.stringContaining('remote: Bypassed rule violations for refs/heads/main:'),
  })
  await installPreReceive(remote.path, "that's not allowed")
  await clone.commit({ 'y.txt': 'y' })
  expect(await push(clone)).toMatchObject({
    stdout: expect.stringContaining('(pre-receive hook declined)'),
    stderr: expect.stringContaining("remote: that's not allowed"),
  })
})
