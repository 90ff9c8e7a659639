import { describe, expect, it } from 'vitest'
import { areTwoRepositories, isLocal, shownAddress, withoutUser } from '../../src/decide/address.ts'

describe('two addresses of one repository', () => {
  const HUB = [
    'https://github.com/o/r',
    'https://github.com/o/r.git',
    'https://github.com/o/r.git/',
    'https://GitHub.com/o/r//',
    'https://github.com:443/o/r',
    'https://x-access-token:secret@github.com/o/r',
    'git@github.com:o/r.git',
    'github.com:o/r',
    'git@github.com:/o/r',
    'ssh://git@github.com/o/r.git',
    'ssh://git@ssh.github.com:443/o/r.git',
    'ssh://git@[::1]:22/o/r',
    'git@work-alias:o/r.git',
    'https://github.com/O/R',
  ]
  it.each(HUB)('%s', url => {
    for (const other of HUB) expect(areTwoRepositories(url, other), other).toBe(false)
  })

  it.each([
    ['https://bitbucket.example/scm/prj/r.git', 'ssh://git@bitbucket.example:7999/prj/r.git'],
    ['https://gerrit.example/a/tools/r', 'ssh://me@gerrit.example:29418/tools/r'],
    ['https://me@dev.azure.com/org/my%20project/_git/r', 'git@ssh.dev.azure.com:v3/org/my%20project/r'],
    ['https://dev.azure.com/org/p/_git/r', 'git@ssh.dev.azure.com:v3/org/p/r'],
    ['codecommit::eu-west-1://r', 'https://git-codecommit.eu-west-1.amazonaws.com/v1/repos/r'],
  ])('%s and %s', (one, other) => {
    expect(areTwoRepositories(one, other)).toBe(false)
  })
})

it.each([
  ['https://github.com/o/r', 'https://github.com/me/r'],
  ['git@github.com:upstream/r.git', 'git@github.com:fork/r.git'],
  ['https://github.com/o/r', 'git@github.com:o/r2.git'],
  ['/srv/cache/r.git', 'https://github.com/o/r'],
  ['https://github.com/o/r', 'https://gitlab.com/g/sub/r'],
])('%s and %s are two', (one, other) => {
  expect(areTwoRepositories(one, other)).toBe(true)
})

it('a colon before the first slash names a host', () => {
  expect(
    ['/a/b:c', './a:b', '../x', 'file:///x', 'FILE:///x', 'a/b:c', 'r.git'].filter(url => !isLocal(url)),
  ).toEqual([])
  expect(['host:r', 'me@host:a/b', 'https://h/r', 'ext::sh'].filter(isLocal)).toEqual([])
})

it('no user and no password is shown', () => {
  expect(withoutUser('https://me:p@ss@host/o/r')).toBe('https://host/o/r')
  expect(withoutUser('https://host/o/r@v1')).toBe('https://host/o/r@v1')
  expect(shownAddress('git@github.com:o/r')).toBe('github.com:o/r')
  expect(shownAddress('ssh://git@host:22/o/r')).toBe('ssh://host:22/o/r')
  expect(shownAddress('/home/me@work/r')).toBe('/home/me@work/r')
})
