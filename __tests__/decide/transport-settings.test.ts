import { describe, expect, it } from 'vitest'
import { isOfRemotes, type ScopedSetting } from '../../src/decide/git-settings.ts'
import {
  authorizes,
  transportPairs,
  transportVariables,
  withHeader,
  withoutHelpers,
} from '../../src/decide/transport-settings.ts'

const at = (scope: string, key: string, value: string | null = 'x'): ScopedSetting => ({ scope, key, value })
const keysOf = (...settings: readonly ScopedSetting[]) => transportPairs(settings, 'r').map(([key]) => key)

describe('settings of the way to a remote', () => {
  it('are all of those of checkout and step but git’s own for other things; a helper’s are among them', () => {
    const told = [
      'http.proxy',
      'http.https://x.example/.sslverify',
      'credential.helper',
      'core.sshcommand',
      'core.askpass',
      'core.gitproxy',
      'ssh.variant',
      'protocol.file.allow',
      'push.pushoption',
      'push.gpgsign',
      'url.y.insteadof',
      'lfs.url',
      'corp.key',
      'user.signingkey',
    ]
    const others = [
      'core.bare',
      'core.worktree',
      'core.hookspath',
      'core.fsmonitor',
      'push.followtags',
      'push.recursesubmodules',
      'fetch.prune',
      'branch.main.remote',
      'branch.main.pushremote',
      'remote.pushdefault',
      'remote.upstream.url',
      'include.path',
      'includeif.gitdir:/x/.path',
      'extensions.worktreeconfig',
      'alias.push',
      'safe.directory',
      'gc.auto',
      'color.ui',
    ]
    for (const scope of ['local', 'worktree', 'command'])
      expect(keysOf(...[...told, ...others].map(key => at(scope, key)))).toEqual(told)
  })

  it('of machine and user hold for every git anyway, and said twice some would count twice; passwords are kept apart', () => {
    expect(keysOf(at('system', 'http.extraheader'), at('global', 'push.pushoption'))).toEqual([])
    const apart = ['http.extraheader', 'credential.helper', 'url.https://me:pw@x.example/.insteadof']
    expect(keysOf(...apart.map(key => at('global', key)))).toEqual(apart)
    expect(apart.every(key => isOfRemotes({ key, value: 'x' }))).toBe(true)
  })

  it('of the remote are given to it under its other name, whoever set them, but for what is fetched and pushed', () => {
    const ways = ['proxy', 'proxyauthmethod', 'uploadpack', 'receivepack', 'vcs', 'serveroption', 'lfsurl']
    const refs = ['url', 'pushurl', 'fetch', 'push', 'mirror', 'tagopt', 'prune', 'promisor']
    const all = [...ways, ...refs].map(key => at('global', `remote.origin.${key}`))
    expect(keysOf(...all)).toEqual(ways.map(key => `remote.r.${key}`))
  })

  it('keep their order and their resets; one without a value is true', () => {
    const settings = [
      at('local', 'push.pushoption', 'a'),
      at('local', 'push.pushoption', ''),
      at('command', 'push.pushoption', 'b'),
      at('local', 'http.sslverify', null),
    ]
    expect(transportPairs(settings, 'r')).toEqual([
      ['push.pushoption', 'a'],
      ['push.pushoption', ''],
      ['push.pushoption', 'b'],
      ['http.sslverify', 'true'],
    ])
  })
})

describe('with one Authorization header', () => {
  const URL = 'https://me@git.example/team/app'
  const header = (pattern: string, value: string | null) =>
    at('local', pattern === '' ? 'http.extraheader' : `http.${pattern}.extraheader`, value)

  it.each([
    ['', true],
    ['https://git.example/', true],
    ['https://git.example:443/team', true],
    ['https://*.example/team/app', true],
    ['https://me@git.example', true],
    ['https://you@git.example', false],
    ['http://git.example/', false],
    ['https://git.example:8443/', false],
    ['https://git.example/te', false],
    ['https://git.example/team/app/more', false],
    ['https://example/', false],
    ['https://*/', false],
    ['no address', false],
  ])('what is set for %j is left out: %s', (pattern, isFor) => {
    expect(authorizes(URL, header(pattern, 'Authorization: basic abc'))).toBe(isFor)
    expect(authorizes(URL, header(pattern, 'X-Other: abc'))).toBe(false)
  })

  it('other headers for the address are sent beside it', () => {
    const settings = [
      header('', 'X-Gone: 1'),
      header('', ''),
      header('', 'X-Everywhere: 2'),
      header('https://git.example/', 'authorization: bearer old'),
      header('https://git.example/team', 'X-Team: 3'),
      header('https://other.example/', 'X-Other: 4'),
    ]
    const place = 'https://git.example/team/app'
    expect(withHeader(URL, place, 'AUTHORIZATION: basic new', settings)).toEqual(
      ['', 'X-Everywhere: 2', 'X-Team: 3', 'AUTHORIZATION: basic new'].map(value => [
        'http.https://git.example/team/app.extraheader',
        value,
      ]),
    )
    expect(withoutHelpers(place)).toEqual(['credential.https://git.example/team/app.helper', ''])
  })
})

describe('variables of the way to a remote', () => {
  it('are git’s own for it, and those that a helper reads', () => {
    const told = {
      GIT_SSH_COMMAND: 'ssh -i key',
      GIT_ASKPASS: '/bin/ask',
      GIT_SSL_CAINFO: '/etc/ca.pem',
      GIT_HTTP_LOW_SPEED_LIMIT: '1',
      GIT_PROXY_COMMAND: 'connect',
      GIT_ALLOW_PROTOCOL: 'https',
      GIT_PASSWORD_OF_MINE: 'x',
      ACTIONS_ID_TOKEN_REQUEST_URL: 'https://x.example',
      GIT_TRACE: '/tmp/trace',
    }
    const others = {
      GIT_DIR: '/elsewhere',
      GIT_WORK_TREE: '/elsewhere',
      GIT_INDEX_FILE: '/elsewhere',
      GIT_OBJECT_DIRECTORY: '/elsewhere',
      GIT_ALTERNATE_OBJECT_DIRECTORIES: '/elsewhere',
      GIT_QUARANTINE_PATH: '/elsewhere',
      GIT_CONFIG: '/elsewhere',
      GIT_CONFIG_COUNT: '1',
      GIT_CONFIG_KEY_0: 'a.b',
      GIT_CONFIG_PARAMETERS: "'a.b=c'",
      GIT_CURL_VERBOSE: '1',
      GIT_TRACE_CURL: '1',
      GIT_TRACE_PACKET: 'true',
      ACTIONS_RUNTIME_TOKEN: 'x',
      INPUT_TOKEN: 'x',
      PATH: '/bin',
    }
    expect(transportVariables({ ...others, ...told })).toEqual(told)
  })
})
