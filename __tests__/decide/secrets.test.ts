import { describe, expect, it, test } from 'vitest'
import {
  maskingOf,
  maskOf,
  type OwnNames,
  openNotice,
  runnerMasks,
  seekOf,
} from '../../src/decide/secrets.ts'
import { trailerLines } from '../../src/decide/trailer.ts'

const OWN: OwnNames = {
  ids: ['bump-postgres-16', 'site'],
  runKey: '1234567890-1',
  branch: 'release/2026-q1',
  origin: 'https://github.com/acme-4711/site.git',
}
const decided = (env: Readonly<Record<string, string>>, token: string | null = null, urls: string[] = []) =>
  maskingOf(env, token, urls, OWN)

describe('of a variable that is named like a secret', () => {
  it.each([
    ['hunter2-hunter2'],
    ['0123456789abcdef'],
    ['AKIAIOSFODNN7EXAMPLE'],
    ['correct horse battery'],
    // Long or mixed as no word is.
    ['abcdefghijklm'],
    ['PostgresPass'],
    ['postgres1'],
  ])('%s is masked', value => {
    const masking = decided({ DB_PASSWORD: value })
    expect(masking).toEqual({ values: [value], whole: [], open: [] })
    expect(maskOf(masking)(`it is ${value}.`)).toBe('it is ***.')
    expect(openNotice(masking)).toBeNull()
  })

  it.each([
    ['secret1', 'under 8 characters'],
    ['x', 'under 8 characters'],
    ['  padded  ', 'under 8 characters'],
    ['postgres', 'an everyday word'],
    ['changeme', 'an everyday word'],
    ['Postgres', 'an everyday word'],
    ['DATABASE', 'an everyday word'],
    ['schlüssel', 'an everyday word'],
    ['postgres-16', "part of a task's id"],
    ['bump-postgres-16', "part of a task's id"],
    ['1234567890', "part of the run's key"],
    ['release/2026', "part of the branch's name"],
    ['acme-4711', "part of the remote's address"],
    ['Fanout-Task', 'part of a trailer'],
  ])('%j is not: %s', (value, why) => {
    const masking = decided({ DB_PASSWORD: value })
    expect(masking).toEqual({ values: [], whole: [], open: [{ name: 'DB_PASSWORD', why }] })
    expect(maskOf(masking)(`it is ${value}.`)).toBe(`it is ${value}.`)
  })

  it('an empty value is nothing, and other names are not looked at', () => {
    expect(decided({ DB_PASSWORD: ' ', HOME: '/home/somebody-1' })).toEqual({
      values: [],
      whole: [],
      open: [],
    })
  })

  it('each line is masked but what occurs by chance, and the whole', () => {
    const key = '-----BEGIN KEY-----\nabcdEFGH12\n}\nbump-postgres-16\n-----END KEY-----\n'
    const masking = decided({ DEPLOY_PRIVATE_KEY: key })
    const mask = maskOf(masking)
    expect(masking.open).toEqual([])
    expect(mask('log: abcdEFGH12 } bump-postgres-16')).toBe('log: *** } bump-postgres-16')
    expect(mask(`${key}rest`)).toBe('***\nrest')
  })
})

test('the token and the passwords of remotes are masked whatever they look like, and names of ours stay whole', () => {
  const masking = decided({ GITHUB_TOKEN: 'sesame', DB_PASSWORD: 'postgres' }, 'sesame', [
    'http://user:postgres@host.test/x.git',
    'http://user:p%C3%A9%C3%A9%C3%A9%C3%A9%C3%A9@host.test/x.git',
    'http://user@host.test/x.git',
    'http://user:abc@host.test/x.git',
  ])
  expect(masking).toEqual({
    values: ['sesame', 'postgres', 'p%C3%A9%C3%A9%C3%A9%C3%A9%C3%A9', 'péééé\u00e9'],
    whole: ['bump-postgres-16'],
    open: [],
  })
  const mask = maskOf(masking)
  expect(mask('sesame, postgres, bump-postgres-16')).toBe('***, ***, bump-postgres-16')
  expect(mask(trailerLines({ task: 'bump-postgres-16', run: OWN.runKey }).join('\n'))).not.toContain('***')
  expect(runnerMasks('sesame')).toEqual(['sesame', Buffer.from('x-access-token:sesame').toString('base64')])
  expect(runnerMasks('abc')).toEqual([])
})

test('one sentence says which variables are not masked and why, and never their values', () => {
  const said = openNotice(
    decided({
      POSTGRES_PASSWORD: 'postgres',
      PIN_SECRET: '1234',
      X_TOKEN: 'postgres-16',
      API_KEY: 'f00-ba7-b4z',
    }),
  )
  expect(said).toContain(
    "POSTGRES_PASSWORD (an everyday word), PIN_SECRET (under 8 characters), X_TOKEN (part of a task's id)",
  )
  expect(said).not.toMatch(/API_KEY|postgres|1234|f00/)
})

describe('in what a worker wrote', () => {
  const account = `{
  "type": "service_account",
  "private_key_id": "0f1e2d3c4b5a",
  "token_uri": "https://oauth2.example.com/token",
  "repo": "https://bot:pa55w0rd@git.example.com/x"
}`
  const seek = seekOf(decided({ MODEL_API_KEY: 'mk-31415926', ACCOUNT_CREDENTIALS: account }, null))!

  it.each([
    ['as it is', 'key = "mk-31415926"', ['mk-31415926']],
    ['twice', 'mk-31415926 mk-31415926', ['mk-31415926', 'mk-31415926']],
    ['in base64', btoa('mk-31415926'), [btoa('mk-31415926')]],
    ['a line of a longer one', '  "private_key_id": "0f1e2d3c4b5a",', ['"private_key_id": "0f1e2d3c4b5a",']],
    ['an address with a password', ' "repo": "https://bot:pa55w0rd@git.example.com/x"', [expect.any(String)]],
    ['what all such values have', '"type": "service_account",', []],
    ['an address that all of them have', '"token_uri": "https://oauth2.example.com/token",', []],
    ['a name of ours', 'bump-postgres-16', []],
  ])('%s', (_, text, found) => {
    expect(seek(text)).toEqual(found)
  })

  it('nothing is looked for where nothing is masked', () => {
    expect(seekOf(decided({ DB_PASSWORD: 'postgres' }))).toBeNull()
  })
})
