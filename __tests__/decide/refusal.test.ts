import { describe, expect, test } from 'vitest'
import { REFUSAL_CODES, type RefusalCode } from '../../src/decide/failure.ts'
import {
  classifyFetch,
  classifyPush,
  type GitOutput,
  RULES,
  scopeOf,
  suspectPaths,
} from '../../src/decide/refusal.ts'

const A = '1'.repeat(40)
const B = '2'.repeat(40)
const URL = 'https://github.com/o/r.git'
const REF = `${A}:refs/heads/main`

function remote(...lines: string[]): string {
  // Git pads the lines of the side band so that they overwrite its progress.
  return lines.map(line => `remote: ${line}        \n`).join('')
}
function rejected(summary: string, stderr = ''): GitOutput {
  const stdout = `To ${URL}\n!\t${REF}\t${summary}\nDone\n`
  return {
    exitCode: 1,
    stdout,
    stderr: `${stderr}error: failed to push some refs to '${URL}'\n`,
    timedOut: false,
  }
}
function failed(exitCode: number | null, stderr: string, stdout = ''): GitOutput {
  return { exitCode, stdout, stderr, timedOut: false }
}
function accepted(flag: string, summary = '1111111..2222222', stderr = ''): GitOutput {
  return { exitCode: 0, stdout: `To ${URL}\n${flag}\t${REF}\t${summary}\nDone\n`, stderr, timedOut: false }
}
const LOCKED = `cannot lock ref 'refs/heads/main': is at ${A} but expected ${B}`
const RULE_VIOLATIONS = '[remote rejected] (push declined due to repository rule violations)'
const PROTECTED = '[remote rejected] (protected branch hook declined)'
const PRE_RECEIVE = '[remote rejected] (pre-receive hook declined)'
const gh006 = (...lines: string[]): GitOutput =>
  rejected(
    PROTECTED,
    remote(
      'error: GH006: Protected branch update failed for refs/heads/main.',
      ...lines.map(line => `error: ${line}`),
    ),
  )
const gh013 = (...bullets: string[]): GitOutput =>
  rejected(
    RULE_VIOLATIONS,
    remote(
      'error: GH013: Repository rule violations found for refs/heads/main.',
      'Review all repository rules at https://github.com/o/r/rules?ref=refs%2Fheads%2Fmain',
      '',
      ...bullets.flatMap(bullet => [`- ${bullet}`, '']),
    ),
  )
const SECRET = gh013(
  'GITHUB PUSH PROTECTION',
  '—————————————————————————————————————————',
  'Push cannot contain secrets',
)
const http = (status: number): string =>
  `fatal: unable to access '${URL}/': The requested URL returned error: ${status}\n`
const cut =
  'send-pack: unexpected disconnect while reading sideband packet\nfatal: the remote end hung up unexpectedly\nEverything up-to-date\n'

const refusals: readonly (readonly [name: string, output: GitOutput, code: RefusalCode])[] = [
  ['moved before the fetch', rejected('[rejected] (fetch first)'), 'race'],
  ['moved, objects known', rejected('[rejected] (non-fast-forward)'), 'race'],
  ['a lease that is stale', rejected('[rejected] (stale info)'), 'race'],
  ['GitHub: lost after negotiation', rejected(`[remote rejected] (${LOCKED})`), 'race'],
  [
    'git 2.39: lost after negotiation',
    rejected('[remote rejected] (failed to update ref)', remote(`error: ${LOCKED}`)),
    'race',
  ],
  ['newer git', rejected('[remote rejected] (incorrect old value provided)'), 'race'],
  ['created by somebody else', rejected('[remote rejected] (reference already exists)'), 'race'],
  [
    'created, with the ref named',
    rejected("[remote rejected] (cannot lock ref 'refs/heads/main': reference already exists)"),
    'race',
  ],
  [
    'a lock file in the way',
    rejected(
      '[remote rejected] (failed to update ref)',
      remote(
        "error: cannot lock ref 'refs/heads/main': Unable to create '/srv/r.git/refs/heads/main.lock': File exists.",
      ),
    ),
    'race',
  ],
  ['a rejection git may add later', rejected('[rejected] (something new)'), 'race'],
  [
    'a branch name inside another',
    rejected(
      '[remote rejected] (failed to update ref)',
      remote("error: cannot lock ref 'refs/heads/a': 'refs/heads/a/b' exists; cannot create 'refs/heads/a'"),
    ),
    'protected-branch',
  ],
  [
    'the same in parentheses',
    rejected("[remote rejected] (cannot lock ref 'refs/heads/a': 'refs/heads/a/b' exists)"),
    'protected-branch',
  ],
  ['a ref name conflict', rejected('[remote rejected] (refname conflict)'), 'protected-branch'],
  ['only the atomic rest', rejected('[rejected] (atomic push failed)'), 'unknown'],
  [
    'no such source',
    failed(1, `error: src refspec x does not match any\nerror: failed to push some refs to '${URL}'\n`),
    'unknown',
  ],
  ['classic protection', gh006('Changes must be made through a pull request.'), 'protected-branch'],
  ['classic protection, checks', gh006('2 of 2 required status checks are expected.'), 'protected-branch'],
  ['classic protection, signatures', gh006('Commits must have valid signatures.'), 'protected-branch'],
  ['classic protection without a block', rejected(PROTECTED), 'protected-branch'],
  ['ruleset: pull request', gh013('Changes must be made through a pull request.'), 'ruleset'],
  ['ruleset: merge queue', gh013('Changes must be made through the merge queue'), 'ruleset'],
  ['ruleset: checks', gh013('Required status check "test" is expected.'), 'ruleset'],
  [
    'ruleset: code scanning',
    gh013(`Code scanning is waiting for results from CodeQL for the commit ${A}.`),
    'ruleset',
  ],
  [
    'ruleset: signatures',
    gh013('Commits must have verified signatures.', `Found 1 violation:`, A),
    'ruleset',
  ],
  ['ruleset: linear history', gh013('This branch must not contain merge commits.'), 'ruleset'],
  ['ruleset: restricted updates', gh013('Cannot update this protected ref.'), 'ruleset'],
  ['ruleset: no force', gh013('Cannot force-push to this branch'), 'ruleset'],
  [
    'ruleset: reviews',
    gh013('At least 1 approving review is required by reviewers with write access.'),
    'ruleset',
  ],
  ['ruleset: a file path', gh013('File path is restricted'), 'ruleset'],
  ['ruleset without a block', rejected(RULE_VIOLATIONS), 'ruleset'],
  [
    'no forced pushes',
    rejected(PRE_RECEIVE, remote('error: GH003: Sorry, force-pushing to main is not allowed.')),
    'protected-branch',
  ],
  ['push protection', SECRET, 'secret'],
  [
    'push protection, older',
    rejected(PRE_RECEIVE, remote('error: GH009: Secrets detected! This push failed.')),
    'secret',
  ],
  [
    'a large file',
    rejected(
      PRE_RECEIVE,
      remote(
        'error: Trace: 5b1e8a4d0c9f2736',
        'error: See https://gh.io/lfs for more information.',
        "error: File big.bin is 120.00 MB; this exceeds GitHub's file size limit of 100.00 MB",
        'error: GH001: Large files detected. You may want to try Git Large File Storage - https://git-lfs.github.com.',
      ),
    ),
    'large-file',
  ],
  [
    'LFS content that is not there',
    rejected(
      PRE_RECEIVE,
      remote(
        'error: GH008: Your push referenced at least 1 unknown Git LFS object:',
        `    ${'a'.repeat(64)}`,
      ),
    ),
    'large-file',
  ],
  [
    'a pack over the limit',
    rejected(
      '[remote rejected] (failed)',
      `${remote('fatal: pack exceeds maximum allowed size (2.00 GiB)')}error: remote unpack failed: index-pack abnormal exit\n`,
    ),
    'large-file',
  ],
  [
    'a pack over the limit, cut off',
    failed(
      1,
      `error: RPC failed; curl 92 HTTP/2 stream 0 was not closed cleanly: CANCEL (err 8)\n${remote('fatal: pack exceeds maximum allowed size')}${cut}`,
    ),
    'large-file',
  ],
  [
    'a private e-mail address',
    rejected(
      '[remote rejected] (push declined due to email privacy restrictions)',
      remote('error: GH007: Your push would publish a private email address.'),
    ),
    'ruleset',
  ],
  [
    'a reserved branch name',
    rejected(
      PRE_RECEIVE,
      remote('error: GH002: Sorry, branch or tag names consisting of 40 hex characters are not allowed.'),
    ),
    'protected-branch',
  ],
  [
    'a long branch name',
    rejected(PRE_RECEIVE, remote('error: GH005: Sorry, refs longer than 255 bytes are not allowed.')),
    'protected-branch',
  ],
  [
    'a workflow file, App',
    rejected(
      '[remote rejected] (refusing to allow a GitHub App to create or update workflow `.github/workflows/ci.yml` without `workflows` permission)',
    ),
    'workflow-scope',
  ],
  [
    'a workflow file, OAuth',
    rejected(
      '[remote rejected] (refusing to allow an OAuth App to create or update workflow `.github/workflows/ci.yml` without `workflow` scope)',
    ),
    'workflow-scope',
  ],
  [
    'a workflow file, PAT',
    rejected(
      '[remote rejected] (refusing to allow a Personal Access Token to create or update workflow `.github/workflows/ci.yml` without `workflow` scope)',
    ),
    'workflow-scope',
  ],
  [
    'a read-only token',
    failed(128, `${remote('Permission to o/r.git denied to github-actions[bot].')}${http(403)}`),
    'auth',
  ],
  [
    'write access not granted',
    failed(128, `${remote('Write access to repository not granted.')}${http(403)}`),
    'auth',
  ],
  [
    'an archived repository',
    failed(128, `${remote('This repository was archived so it is read-only.')}${http(403)}`),
    'auth',
  ],
  [
    'a revoked token',
    failed(
      128,
      `${remote('Invalid username or token. Password authentication is not supported for Git operations.')}fatal: Authentication failed for '${URL}/'\n`,
    ),
    'auth',
  ],
  [
    'a revoked token, in JSON',
    failed(
      128,
      `${remote('{"auth_status":"auth_error","body":"Invalid username or token."}')}fatal: Authentication failed for '${URL}/'\n`,
    ),
    'auth',
  ],
  [
    'no token',
    failed(128, "fatal: could not read Username for 'https://github.com': terminal prompts disabled\n"),
    'auth',
  ],
  [
    'a token that expired before the pack',
    failed(
      1,
      `error: RPC failed; HTTP 401 curl 22 The requested URL returned error: 401\nfatal: could not read Username for 'https://github.com': terminal prompts disabled\n${cut}`,
    ),
    'auth',
  ],
  [
    'write access lost before the pack',
    failed(1, `error: RPC failed; HTTP 403 curl 22 The requested URL returned error: 403\n${cut}`),
    'auth',
  ],
  [
    'two Authorization headers',
    failed(128, `${remote('Duplicate header: "Authorization"')}${http(400)}`),
    'auth',
  ],
  [
    'no such repository',
    failed(128, `${remote('Repository not found.')}fatal: repository '${URL}/' not found\n`),
    'auth',
  ],
  [
    'not a repository',
    failed(
      128,
      "fatal: '/srv/nothing' does not appear to be a git repository\nfatal: Could not read from remote repository.\n",
    ),
    'auth',
  ],
  [
    'an ssh key that is not known',
    failed(
      128,
      'git@github.com: Permission denied (publickey).\nfatal: Could not read from remote repository.\n',
    ),
    'auth',
  ],
  [
    'ssh that does not connect',
    failed(
      128,
      'ssh: connect to host github.com port 22: Connection timed out\nfatal: Could not read from remote repository.\n',
    ),
    'network',
  ],
  ['a rate limit', failed(128, `${remote('Too many requests')}${http(429)}`), 'network'],
  [
    'a rate limit on the pack',
    failed(1, `error: RPC failed; HTTP 429 curl 22 The requested URL returned error: 429\n${cut}`),
    'network',
  ],
  [
    'a rate limit told as 403',
    failed(128, `${remote('You have exceeded a secondary rate limit.')}${http(403)}`),
    'network',
  ],
  ...[500, 502, 503, 504].map(status => [`HTTP ${status}`, failed(128, http(status)), 'network'] as const),
  [
    '503 on the pack',
    failed(1, `error: RPC failed; HTTP 503 curl 22 The requested URL returned error: 503\n${cut}`),
    'network',
  ],
  [
    '408 on the pack',
    failed(1, `error: RPC failed; HTTP 408 curl 22 The requested URL returned error: 408\n${cut}`),
    'network',
  ],
  [
    "GitHub's own fault",
    rejected('[remote rejected] (failure)', remote('fatal error in commit_refs')),
    'network',
  ],
  [
    'an internal server error',
    failed(128, `${remote('Internal Server Error.')}fatal: protocol error\n`),
    'network',
  ],
  [
    'a remote that reported nothing',
    rejected('[remote failure] (remote failed to report status)'),
    'network',
  ],
  [
    'a reset in the middle',
    failed(1, `error: RPC failed; curl 55 Send failure: Connection reset by peer\n${cut}`),
    'network',
  ],
  [
    'a lost answer to a large push',
    failed(
      1,
      `error: unable to rewind rpc post data - try increasing http.postBuffer\nerror: RPC failed; curl 65 necessary data rewind was not possible\n${cut}`,
    ),
    'network',
  ],
  [
    'an early end',
    failed(128, 'fatal: early EOF\nfatal: fetch-pack: invalid index-pack output\n'),
    'network',
  ],
  [
    'a name that does not resolve',
    failed(128, `fatal: unable to access '${URL}/': Could not resolve host: github.com\n`),
    'network',
  ],
  [
    'nobody listens',
    failed(
      128,
      `fatal: unable to access '${URL}/': Failed to connect to github.com port 443 after 2 ms: Couldn't connect to server\n`,
    ),
    'network',
  ],
  [
    'TLS broke off',
    failed(
      128,
      `fatal: unable to access '${URL}/': OpenSSL SSL_connect: SSL_ERROR_SYSCALL in connection to github.com:443\n`,
    ),
    'network',
  ],
  [
    'a stalled server',
    failed(
      1,
      `error: RPC failed; curl 28 Operation too slow. Less than 1000 bytes/sec transferred the last 60 seconds\n${cut}`,
    ),
    'network',
  ],
  ['our own time limit', { exitCode: null, stdout: '', stderr: '', timedOut: true }, 'network'],
  [
    'a body that a proxy refuses',
    failed(1, `error: RPC failed; HTTP 413 curl 22 The requested URL returned error: 413\n${cut}`),
    'large-file',
  ],
  ['a hook of the server', rejected(PRE_RECEIVE, remote('declined by policy')), 'hook'],
  ['an update hook', rejected('[remote rejected] (hook declined)'), 'hook'],
  [
    'a branch that is checked out there',
    rejected(
      '[remote rejected] (branch is currently checked out)',
      remote('error: refusing to update checked out branch: refs/heads/main'),
    ),
    'protected-branch',
  ],
  ['a shallow history', rejected('[remote rejected] (shallow update not allowed)'), 'unknown'],
  [
    'a full disk',
    rejected(
      '[remote rejected] (unpacker error)',
      `${remote('fatal: write error: No space left on device')}error: remote unpack failed: index-pack abnormal exit\n`,
    ),
    'unknown',
  ],
  ['a reason nobody knows', rejected('[remote rejected] (the moon is full)'), 'unknown'],
  ['nothing said at all', failed(1, ''), 'unknown'],
  ['success without a word about the ref', failed(0, 'Everything up-to-date\n', 'Done\n'), 'unknown'],
]

describe('classifyPush', () => {
  test.each(refusals)('%s', (_name, output, code) => {
    const verdict = classifyPush(output)
    expect(verdict).toMatchObject({ kind: 'refused', code })
    expect(verdict.kind === 'refused' && verdict.reason).toBeTruthy()
  })

  test.each([' ', '*', '=', '+', '-'])('a ref line with the flag "%s" and exit code 0 is accepted', flag => {
    expect(classifyPush(accepted(flag))).toEqual({ kind: 'accepted', bypassed: [] })
  })

  test('a rejected ref is never accepted, whatever the exit code', () => {
    expect(classifyPush({ ...rejected('[rejected] (fetch first)'), exitCode: 0 }).kind).toBe('refused')
  })

  test('an accepted ref counts for nothing when git failed', () => {
    expect(classifyPush({ ...accepted(' '), exitCode: 1, stderr: cut })).toMatchObject({ code: 'network' })
  })

  test('rules that were bypassed are told', () => {
    const stderr = remote(
      'Resolving deltas: 100% (1/1), completed with 1 local object.',
      'Bypassed rule violations for refs/heads/main:',
      '',
      '- Changes must be made through a pull request.',
      '',
      '- Commits must have verified signatures.',
      '  Found 1 violation:',
      '',
      `  ${A}`,
    )
    expect(classifyPush(accepted(' ', '1111111..2222222', stderr))).toEqual({
      kind: 'accepted',
      bypassed: ['Changes must be made through a pull request.', 'Commits must have verified signatures.'],
    })
  })

  test('in an atomic push the guilty ref decides', () => {
    const output = rejected('[rejected] (atomic push failed)')
    const stdout = `${output.stdout}!\t${A}:refs/heads/x\t${PROTECTED}\n`
    expect(classifyPush({ ...output, stdout })).toMatchObject({
      code: 'protected-branch',
      reason: 'protected branch hook declined',
    })
  })

  test("the remote's lines come trimmed, without progress and without their prefix", () => {
    const output = rejected(
      PROTECTED,
      `${'remote: Resolving deltas:   0% (0/3)        \rremote: Resolving deltas: 100% (3/3), done.        \n'}${remote(
        'error: GH006: Protected branch update failed for refs/heads/main.',
        '',
        'error: Changes must be made through a pull request.',
      )}`,
    )
    expect(classifyPush(output)).toEqual({
      kind: 'refused',
      code: 'protected-branch',
      reason: 'protected branch hook declined',
      lines: [
        'error: GH006: Protected branch update failed for refs/heads/main.',
        'error: Changes must be made through a pull request.',
      ],
    })
  })

  test('colours hide nothing, whoever puts them there', () => {
    const told = remote(
      '\x1b[1;31merror\x1b[m: GH001: Large files detected.',
      '\x1b[31merror: see above\x1b[0m',
    )
    expect(classifyPush(rejected('[remote rejected] (pre-receive hook declined)', told))).toMatchObject({
      code: 'large-file',
      lines: ['error: GH001: Large files detected.', 'error: see above'],
    })
  })

  test('a token never leaves in reason or lines', () => {
    const token = `ghs_${'x'.repeat(36)}`
    const output = failed(
      128,
      `${remote(`bad token ${token}`)}fatal: repository 'https://x-access-token:${token}@github.com/o/r.git/' not found\n`,
    )
    const text = JSON.stringify(classifyPush(output))
    expect(text).not.toContain(token)
    expect(text).toContain('https://***@github.com/o/r.git')
  })

  test('a file name cannot pose as a refusal of another kind', () => {
    const output = rejected(
      PRE_RECEIVE,
      remote(
        "error: File GH006: fetch first.bin is 120.00 MB; this exceeds GitHub's file size limit of 100.00 MB",
        'error: GH001: Large files detected.',
      ),
    )
    expect(classifyPush(output)).toMatchObject({ code: 'large-file' })
  })
})

describe('classifyFetch', () => {
  test('exit code 0 is enough', () => {
    expect(classifyFetch(failed(0, 'From https://github.com/o/r\n'))).toEqual({ kind: 'fetched' })
  })

  test.each([
    [http(503), 'network'],
    ["fatal: could not read Username for 'https://github.com': terminal prompts disabled\n", 'auth'],
    ["fatal: couldn't find remote ref refs/heads/nope\n", 'unknown'],
  ] as const)('%s -> %s', (stderr, code) => {
    expect(classifyFetch(failed(128, stderr))).toMatchObject({ kind: 'refused', code })
  })
})

describe('RULES', () => {
  test('are those of the contract', () => {
    const table = REFUSAL_CODES.map(code => `${code}: ${RULES[code].retry}, ${RULES[code].scope}`)
    expect(table).toEqual([
      'race: yes, branch',
      'network: yes, branch',
      'auth: no, branch',
      'protected-branch: no, branch',
      'ruleset: no, branch',
      'workflow-scope: no, candidate',
      'secret: no, candidate',
      'large-file: no, candidate',
      'hook: no, candidate',
      'unknown: limited, branch',
    ])
  })

  test('a rule about files or addresses is one candidate, a rule about the branch is not', () => {
    const scope = (output: string) => scopeOf({ code: 'ruleset', output })
    expect(scope('GH013: Repository rule violations found\n- File path is restricted')).toBe('candidate')
    expect(scope('remote: - Restricted file extension .exe')).toBe('candidate')
    expect(scope('error: GH007: Your push would publish a private email address.')).toBe('candidate')
    expect(scope('- Changes must be made through a pull request.')).toBe('branch')
    expect(scope('- Required status check "file path filter" is expected.')).toBe('branch')
    expect(scopeOf({ code: 'secret', output: '' })).toBe('candidate')
  })
})

describe('suspectPaths', () => {
  test('finds the file of GH001, not the one that is only warned about', () => {
    expect(
      suspectPaths([
        "warning: File warm.bin is 60.00 MB; this is larger than GitHub's recommended maximum file size of 50.00 MB",
        "error: File dir/my big.bin is 120.50 MB; this exceeds GitHub's file size limit of 100.00 MB",
      ]),
    ).toEqual({ paths: ['dir/my big.bin'], commits: [] })
  })

  test('finds commit and path of push protection', () => {
    expect(
      suspectPaths([
        '—— DeepSeek API Key ———',
        'locations:',
        `- commit: ${A}`,
        'path: .env:6',
        `- commit: ${B}`,
        'path: a b/c.ts:12',
      ]),
    ).toEqual({ paths: ['.env', 'a b/c.ts'], commits: [A, B] })
  })

  test('finds the workflow file in the reason', () => {
    const reason =
      'refusing to allow a GitHub App to create or update workflow `.github/workflows/ci.yml` without `workflows` permission'
    expect(suspectPaths([reason])).toEqual({ paths: ['.github/workflows/ci.yml'], commits: [] })
  })

  test('finds what a ruleset lists below a rule', () => {
    const lines = [
      '- Commits must have verified signatures.',
      'Found 1 violation:',
      A,
      '- File path is restricted',
      'Found 1 violation:',
      'secret/key.pem',
      '- Other',
    ]
    expect(suspectPaths(lines)).toEqual({ paths: ['secret/key.pem'], commits: [A] })
  })

  test('finds nothing where nothing is named', () => {
    expect(suspectPaths(['- Changes must be made through a pull request.', ''])).toEqual({
      paths: [],
      commits: [],
    })
  })
})
