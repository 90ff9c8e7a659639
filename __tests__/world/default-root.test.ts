import { expect, it } from 'vitest'
import { defaultRoot, formerRoot, stateFolder } from '../../src/world/default-root.ts'

const ORIGIN = 'https://github.com/o/my-repo.git'

it("is the runner's temporary folder in a workflow", () => {
  expect(defaultRoot({ RUNNER_TEMP: '/t', XDG_STATE_HOME: '/s' }, '/home/u', ORIGIN)).toBe('/t/fanout')
})

it("is a folder for each repository in the user's state folder in a terminal", () => {
  expect(defaultRoot({}, '/home/u', ORIGIN)).toMatch(
    /^\/home\/u\/\.local\/state\/fanout\/my-repo-[0-9a-f]{8}$/,
  )
  expect(defaultRoot({ XDG_STATE_HOME: '/s' }, '/home/u', ORIGIN)).toMatch(/^\/s\/fanout\/my-repo-/)
  // Which is to be ignored.
  expect(stateFolder({ XDG_STATE_HOME: 'state' }, '/home/u')).toBe('/home/u/.local/state/fanout')
  expect(formerRoot('/tmp')).toBe('/tmp/fanout')
})

it('is the same for all who reach the repository by that address, and another for another one', () => {
  const at = (origin: string) => defaultRoot({}, '/h', origin)
  expect(at('https://x-access-token:secret@github.com/o/my-repo.git')).toBe(at(ORIGIN))
  expect(at('https://github.com/other/my-repo.git')).not.toBe(at(ORIGIN))
})

it('has a name that any file system takes, whatever the address', () => {
  const table = [
    '/srv/git/repo.git',
    'git@host:o/r.git',
    'file:///a/ü b',
    '..',
    'https://h/x/..',
    `/${'a'.repeat(300)}`,
    '',
  ]
  for (const origin of table) {
    const name = defaultRoot({}, '/h', origin).split('/').at(-1)
    expect(name).toMatch(/^[A-Za-z0-9_][A-Za-z0-9._-]{0,59}-[0-9a-f]{8}$/)
  }
})
