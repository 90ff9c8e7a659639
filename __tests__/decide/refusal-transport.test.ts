/** What a transport that died tells: access was refused only where its words say so, all else may pass. */
import { describe, expect, it } from 'vitest'
import { explain } from '../../src/decide/explain.ts'
import type { RefusalCode } from '../../src/decide/failure.ts'
import { classifyFetch, classifyPush, retryOf } from '../../src/decide/refusal.ts'

const DIED =
  'fatal: Could not read from remote repository.\n\nPlease make sure you have the correct access rights\nand the repository exists.\n'
const https = (words: string) => `fatal: unable to access 'https://git.example/o/r/': ${words}\n`

const classified = (stderr: string, exitCode: number | null = 128) => {
  const output = { exitCode, stdout: '', stderr, timedOut: false }
  const [push, fetch] = [classifyPush(output), classifyFetch(output)]
  return [push, fetch].map(verdict => (verdict.kind === 'refused' ? verdict.code : verdict.kind))
}
const whatOf = (refusal: RefusalCode, output: string) =>
  explain({ code: 'refused', refusal, output }, { branch: 'main' })

describe('a transport that died of something else is no refused key', () => {
  it.each([
    ['without a word', DIED],
    [
      'no process left for ssh',
      `error: cannot fork to run ssh: Resource temporarily unavailable\nfatal: unable to fork\n`,
    ],
    ['no process left below a helper', `fork: retry: Resource temporarily unavailable\n${DIED}`],
    ['no ssh at all', `error: cannot run ssh: No such file or directory\nfatal: unable to fork\n`],
    ['no memory', `ssh: fatal: Cannot allocate memory\n${DIED}`],
    ['no file left', `error: cannot create pipe: Too many open files\n${DIED}`],
    [
      'no process left for a helper that has the password',
      "error: cannot fork() for git credential-vault get: Resource temporarily unavailable\nfatal: could not read Username for 'https://git.example': terminal prompts disabled\n",
    ],
    ['a process of ours that did not start', 'Error: spawn git EAGAIN'],
    ['a peer that hangs up', `kex_exchange_identification: Connection closed by remote host\n${DIED}`],
    ['a jump host that is gone', `Connection to jump.example closed by remote host.\n${DIED}`],
    [
      'a name without an address',
      `ssh: Could not resolve hostname git.example: Name or service not known\n${DIED}`,
    ],
    ['a peer that never spoke', 'fatal: the remote end hung up upon initial contact\n'],
    ['a helper that was killed', 'error: git-remote-https died of signal 9\n'],
    ['a helper that gave up', "fatal: remote helper 'https' aborted session\n"],
    ['a pipe that broke', `client_loop: send disconnect: Broken pipe\n${DIED}`],
    ['a proxy that refuses the host', https('CONNECT tunnel failed, response 403')],
    ['a proxy that is down', https('Received HTTP code 503 from proxy after CONNECT')],
    ['a certificate', https('SSL certificate problem: self-signed certificate in certificate chain')],
  ])('%s', (_, stderr) => {
    expect(classified(stderr)).toEqual(['network', 'network'])
  })

  it('a git that was killed', () => {
    expect(classified('', null)).toEqual(['network', 'network'])
  })
})

describe('positive words are', () => {
  it.each([
    ['a key that is not known', `git@git.example: Permission denied (publickey).\n${DIED}`],
    [
      'a deploy key that reads only',
      `ERROR: The key you are authenticating with has been marked as read only.\n${DIED}`,
    ],
    ['a key without the right', `ERROR: Permission to o/r.git denied to deploy key\n${DIED}`],
    [
      'an agent with too many keys',
      `Received disconnect from 192.0.2.1 port 22:2: Too many authentication failures\n${DIED}`,
    ],
    ['a host that is not the known one', `Host key verification failed.\n${DIED}`],
    [
      'a project that nobody may see',
      `remote: ERROR: The project you were looking for could not be found or you don't have permission to view it.\n${DIED}`,
    ],
    ['a repository that is not there', `ERROR: Repository not found.\n${DIED}`],
    ['a folder that is none', `fatal: '/srv/none.git' does not appear to be a git repository\n${DIED}`],
    ['Gitea', `Gitea: Unauthorized\n${DIED}`],
    ['401', https('The requested URL returned error: 401')],
    ['403', https('The requested URL returned error: 403')],
    ['a proxy that asks for a password', https('CONNECT tunnel failed, response 407')],
  ])('%s', (_, stderr) => {
    expect(classified(stderr)).toEqual(['auth', 'auth'])
  })
})

describe('the words that are shown', () => {
  it('are what the transport said, not what git adds to it', () => {
    const told = whatOf('network', `error: cannot fork to run ssh: Resource temporarily unavailable\n${DIED}`)
    expect(told.what).toBe(
      'The remote could not be reached or broke off: "cannot fork to run ssh: Resource temporarily unavailable".',
    )
    expect(told.fix).toContain('fewer `workers`')
    expect(told.fix).not.toContain('key')
  })

  it('are what git said where that is all', () => {
    expect(whatOf('network', DIED).what).toBe(
      'The remote could not be reached or broke off: "Could not read from remote repository".',
    )
  })

  it('hold the line that tells, however long the greeting before it', () => {
    const greeting = Array.from({ length: 9 }, (_, i) => `* welcome, line ${i} *`).join('\n')
    const told = whatOf('auth', `${greeting}\ngit@git.example: Permission denied (publickey).\n${DIED}`)
    expect(told.what).toContain('Permission denied (publickey)')
    expect(told.fix).toContain('deploy key')
  })

  it('tell a host that is not known from a key that is not', () => {
    const host = whatOf('auth', `Host key verification failed.\n${DIED}`)
    expect(host.what).toBe('The remote did not let us in: "Host key verification failed".')
    expect(host.fix).toContain('known_hosts')
    expect(whatOf('auth', `git@x.example: Permission denied (publickey).\n${DIED}`).fix).toContain(
      'key with write',
    )
  })

  it('stay where all attempts were used up', () => {
    const output = `ssh: connect to host git.example port 22: Connection refused\n${DIED}`
    const { what } = explain({ code: 'attempts', attempts: 7, last: 'network', output }, { branch: 'main' })
    expect(what).toBe(
      'It could not be pushed in 7 attempts: "ssh: connect to host git.example port 22: Connection refused".',
    )
  })

  it('hold no token', () => {
    const output = https('Could not resolve host').replace('//git', '//me:geheimnis@git')
    for (const code of ['network', 'auth', 'unknown'] as const)
      expect(JSON.stringify(whatOf(code, output))).not.toContain('geheimnis')
    const spent = { code: 'attempts', attempts: 2, last: 'network', output } as const
    expect(JSON.stringify(explain(spent, { branch: 'main' }))).not.toContain('geheimnis')
  })
})

it('what a server can never do is not tried again', () => {
  const output = 'fatal: the receiving end does not support push options\n'
  expect(classified(output)).toEqual(['unknown', 'unknown'])
  expect(retryOf({ code: 'unknown', output })).toBe('no')
  expect(retryOf({ code: 'unknown', output: 'fatal: something else\n' })).toBe('limited')
  expect(whatOf('unknown', output).fix).toContain('push.pushOption')
})
