import { describe, expect, test } from 'vitest'
import { explain, message } from '../../src/decide/explain.ts'
import { type Failure, REFUSAL_CODES } from '../../src/decide/failure.ts'
import type { TaskId } from '../../src/decide/task.ts'

const TOKEN = `ghp_${'A'.repeat(36)}`
const hostile = `a\u001b[31m\u202e\n::error::x https://user:${TOKEN}@example.test/ ${TOKEN}`

const failures: readonly Failure[] = [
  { code: 'setup', exitCode: 2, signal: null },
  { code: 'setup', exitCode: null, signal: 'SIGTERM' },
  { code: 'setup', exitCode: null, signal: null },
  { code: 'setup', exitCode: null, signal: 'SIGTERM', timedOut: true },
  ...[1, 126, 127, 137].map(exitCode => ({ code: 'worker-exit', exitCode }) as const),
  { code: 'worker-signal', signal: 'SIGKILL' },
  { code: 'worker-signal', signal: 'SIGSEGV' },
  { code: 'timeout', minutes: 1 },
  { code: 'idle', minutes: 0.5 },
  { code: 'out-of-scope', problems: [hostile, 'b', 'c', 'd', 'e'] },
  { code: 'too-large', files: 120, limit: 100 },
  { code: 'follow-ups', problems: ["followups.yml:1:11: unknown key 'promt' (did you mean 'prompt'?)"] },
  { code: 'gate', exitCode: 1, signal: null, timedOut: false },
  { code: 'gate', exitCode: null, signal: 'SIGTERM', timedOut: true },
  { code: 'workspace', detail: hostile },
  { code: 'internal', detail: hostile },
  { code: 'conflict', files: [] },
  { code: 'conflict', files: ['a.ts', hostile] },
  { code: 'attempts', attempts: 50, last: 'race' },
  { code: 'attempts', attempts: 1, last: 'network' },
  { code: 'attempts', attempts: 3, last: 'unknown' },
  { code: 'base-red' },
  ...REFUSAL_CODES.flatMap(refusal => [
    { code: 'refused', refusal, output: '' } as const,
    { code: 'refused', refusal, output: `remote: ${hostile}\nremote: - A rule.\n` } as const,
  ]),
  { code: 'dependency', blockedBy: ['a' as TaskId, 'b' as TaskId] },
  { code: 'signal' },
  { code: 'stop' },
  { code: 'deadline' },
  { code: 'status', status: 'draft' },
  { code: 'not-before', time: '2030-01-01T00:00:00Z' },
  { code: 'max-tasks' },
  { code: 'max-failures' },
  { code: 'only' },
  { code: 'already-landed' },
  { code: 'verification' },
]

test.each(failures)(
  '$code: three sentences of one line, nothing secret, nothing that steers a terminal',
  failure => {
    const { what, why, fix } = explain(failure, { branch: 'main', baseSha: 'a'.repeat(40) })
    for (const text of [what, why, fix]) {
      expect(text).toMatch(/^[A-Z`].*[^.]\.$/)
      expect(text).not.toMatch(/[\n\r\u001b\u202e]|undefined|null|\[object/)
      expect(text).not.toContain(TOKEN)
      expect(text.length).toBeLessThan(1300)
    }
    expect(message(failure, { branch: 'main', baseSha: 'a'.repeat(40) })).toBe(`${what} ${why}`)
  },
)

test.each([
  [0.03, '1.8 seconds'],
  [0.5, '30 seconds'],
  [1 / 60, '1 second'],
  [1, '1 minute'],
  [1.5, '1.5 minutes'],
  [100 / 3, '33.33 minutes'],
])('a limit of %d minutes is called %s', (minutes, shown) => {
  expect(explain({ code: 'timeout', minutes }, { branch: 'main' }).what).toBe(
    `The worker ran longer than ${shown}.`,
  )
  expect(explain({ code: 'idle', minutes }, { branch: 'main' }).what).toContain(shown)
})

test('what never started had not "changed nothing"', () => {
  const why = (kept: boolean, started: boolean): string =>
    explain({ code: 'deadline' }, { branch: 'main', kept, started }).why
  expect(why(false, false)).toMatch(/; it had not started\.$/)
  expect(why(false, true)).toMatch(/; it had changed nothing\.$/)
  expect(why(true, true)).toMatch(/; what it changed is kept as /)
})

describe('a refusal is explained by what the remote said', () => {
  const refused = (refusal: (typeof REFUSAL_CODES)[number], output: string) =>
    explain({ code: 'refused', refusal, output }, { branch: 'main' })

  test('a read-only token: the line of YAML', () => {
    const told = refused('auth', 'Permission to o/r.git denied to github-actions[bot].')
    expect(told.what).toContain('Permission to o/r.git denied to github-actions[bot]')
    expect(told.fix).toContain('`permissions: contents: write`')
  })

  test('two Authorization headers: the other line of YAML', () => {
    expect(refused('auth', 'Duplicate header: "Authorization"').fix).toContain('persist-credentials: false')
  })

  test('an expired token', () => {
    const said = "could not read Username for 'https://github.com': terminal prompts disabled"
    expect(refused('auth', said).why).toContain('expired')
  })

  test('a ruleset: its own rules, not its headings', () => {
    const said = [
      'error: GH013: Repository rule violations found for refs/heads/main.',
      'Review all repository rules at https://github.com/o/r/rules',
      '- Changes must be made through a pull request.',
      '- Required status check "test" is expected.',
      'push declined due to repository rule violations',
    ].join('\n')
    expect(refused('ruleset', said)).toEqual({
      what: 'A repository rule refused the push to main: "Changes must be made through a pull request; Required status check "test" is expected".',
      why: 'The branch takes changes only through pull requests or its merge queue.',
      fix: expect.stringContaining('bypass list'),
    })
  })

  test('classic protection: the lines below GH006', () => {
    const said =
      'error: GH006: Protected branch update failed for refs/heads/main.\nerror: 2 of 2 required status checks are expected.'
    const told = refused('protected-branch', said)
    expect(told.what).toBe(
      'The remote refused the push to main: "2 of 2 required status checks are expected".',
    )
    expect(told.why).toContain('checks')
  })

  test('a secret: its kind, its place and the link that allows it', () => {
    const link = 'https://github.com/o/r/security/secret-scanning/unblock-secret/2zR1Jb0aWmS8XkqXxFv7cQ0YtLd'
    const said = `—— DeepSeek API Key ——————\nlocations:\n- commit: ${'1'.repeat(40)}\npath: .env:6\n${link}`
    const told = refused('secret', said)
    expect(told.what).toBe('GitHub push protection found a secret in the work (DeepSeek API Key) in .env.')
    expect(told.fix).toContain(link)
  })

  test('a large file and a workflow file are named', () => {
    const large = "error: File big.bin is 120.00 MB; this exceeds GitHub's file size limit of 100.00 MB"
    expect(refused('large-file', large).what).toContain('big.bin')
    const workflow =
      'refusing to allow a GitHub App to create or update workflow `.github/workflows/ci.yml` without `workflows` permission'
    expect(refused('workflow-scope', workflow).what).toContain('.github/workflows/ci.yml')
  })

  test('a name clash is not called protection', () => {
    const said =
      "error: cannot lock ref 'refs/heads/a': 'refs/heads/a/b' exists; cannot create 'refs/heads/a'"
    expect(refused('protected-branch', said).why).toContain('name')
  })

  test('a shallow checkout: the line of YAML', () => {
    expect(refused('unknown', 'shallow update not allowed').fix).toContain('`fetch-depth: 0`')
  })
})

describe('what failed after it was tried is told as tried', () => {
  const red: Failure = { code: 'gate', exitCode: 1, signal: null, timedOut: false }

  test.each([
    ['a red gate', red],
    ['a gate out of time', { ...red, exitCode: null, timedOut: true }],
    ['a conflict', { code: 'conflict', files: ['a.ts'] }],
  ] as const)('%s: not to set `remediate`, but where to read what it did', (_, failure) => {
    const { fix } = explain(failure, { branch: 'main', remediations: 2 })
    expect(fix).toMatch(/^`remediate` tried 2 times .*handoff files and remediation\.log/)
    expect(fix).not.toContain('set `remediate`')
    expect(explain(failure, { branch: 'main', remediations: 1 }).fix).toMatch(/^`remediate` tried once /)
    expect(explain(failure, { branch: 'main', remediations: 0 }).fix).not.toContain('tried')
  })
})

describe('a remote that fails before there is a push to refuse', () => {
  const unknown = (output: string) =>
    explain({ code: 'refused', refusal: 'unknown', output }, { branch: 'main' })

  test('a branch that was deleted meanwhile is called that', () => {
    expect(unknown("fatal: couldn't find remote ref refs/heads/main")).toEqual({
      what: 'The branch main is no longer on the remote.',
      why: 'It was there when the run began: somebody deleted or renamed it meanwhile.',
      fix: expect.stringMatching(/^Push the branch again/),
    })
  })

  test('other words are quoted without calling them a refused push', () => {
    expect(unknown('fatal: the moon is full').what).toBe(
      'Git could not work with the remote: "the moon is full".',
    )
    const rejected = '!\tHEAD:refs/heads/main\t[remote rejected] (the moon is full)'
    expect(unknown(rejected).what).toBe('The remote refused the push: "the moon is full".')
  })
})

test('of follow-ups that are not valid, twenty mistakes are named', () => {
  const mistakes = (count: number) => Array.from({ length: count }, (_, i) => `mistake ${i + 1}.`)
  const told = (count: number) => message({ code: 'follow-ups', problems: mistakes(count) })
  for (const mistake of mistakes(20)) expect(told(20)).toContain(mistake)
  expect(told(25)).toContain('mistake 20. and 5 more')
})

describe.each([
  { code: 'worker-exit', exitCode: 137 },
  { code: 'worker-signal', signal: 'SIGKILL' },
  { code: 'setup', exitCode: 137, signal: null },
  { code: 'setup', exitCode: null, signal: 'SIGKILL' },
  { code: 'gate', exitCode: 137, signal: null, timedOut: false },
  { code: 'gate', exitCode: null, signal: 'SIGKILL', timedOut: false },
] as const)('%j was killed', failure => {
  test('most likely for want of memory, and more of it or fewer workers help', () => {
    const { why, fix } = explain(failure, { branch: 'main' })
    expect(why).toContain('was killed, most likely by the kernel for want of memory')
    expect(fix).toMatch(/Lower `workers`.*more memory/)
  })
})

test.each([
  { code: 'gate', exitCode: null, signal: 'SIGKILL', timedOut: true },
  { code: 'setup', exitCode: null, signal: 'SIGKILL', timedOut: true },
  { code: 'setup', exitCode: 1, signal: null },
] as const)('%j says nothing of memory', failure => {
  expect(explain(failure, { branch: 'main' }).why).not.toContain('memory')
})
