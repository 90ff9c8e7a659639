import { describe, expect, it } from 'vitest'
import { foldPath, isGitName, linkProblem, pathProblem, shownPath } from '../../src/decide/place.ts'

describe("a name that is git's own directory somewhere", () => {
  it.each([
    '.git',
    '.GIT',
    '.Git ',
    '.git.',
    '.git . .',
    'git~1',
    'GIT~1',
    '.git::$INDEX_ALLOCATION',
    '.git:stream',
    '.g\u200cit',
    '\u202e.git',
    '.git\ufeff',
  ])('%j', name => {
    expect(isGitName(name)).toBe(true)
  })

  it.each(['.github', '.gitignore', 'git', '.git2', 'x.git', 'git~', '.git-blame-ignore-revs'])(
    'but not %j',
    name => {
      expect(isGitName(name)).toBe(false)
    },
  )
})

describe('a path', () => {
  it.each([
    '.git/config',
    'sub/.GIT/hooks/x',
    'a\\.git\\config',
    'git~1/config',
    '../x',
    'a/../../b',
    'a//b',
    '/etc/passwd',
    'C:\\x',
    './a',
    'x'.repeat(5000),
  ])('%j is refused', path => {
    expect(pathProblem(path)).not.toBeNull()
  })

  it.each(['a', '.github/workflows/x.yml', 'a b/ü', '..a', 'a..', 'x:y', 'a\nb', 'dir/.gitignore'])(
    '%j is fine',
    path => {
      expect(pathProblem(path)).toBeNull()
    },
  )
})

describe('a symbolic link', () => {
  it.each([
    ['link', 'file'],
    ['a/link', '../b/file'],
    ['a/b/link', '../../c'],
    ['link', './x/../y'],
    ['a/link', 'b/../../c'],
  ])('from %s to %s stays inside', (path, target) => {
    expect(linkProblem(path, target)).toBeNull()
  })

  it.each([
    ['link', '/etc/passwd', 'absolute'],
    ['link', '\\\\server\\share', 'absolute'],
    ['link', 'C:\\x', 'absolute'],
    ['link', 'c:x', 'absolute'],
    ['link', '..', 'outside'],
    ['link', '../x', 'outside'],
    ['a/link', '../../x', 'outside'],
    ['a/link', '..\\..\\x', 'outside'],
    ['a/link', 'b/../../../a', 'outside'],
    ['link', '.git/config', "git's own"],
    ['a/link', '../.GIT', "git's own"],
    ['link', '', 'could not be read'],
    ['link', undefined, 'could not be read'],
  ])('from %s to %s is refused', (path, target, why) => {
    expect(linkProblem(path, target)).toContain(why)
  })
})

it('names fold over case and composition', () => {
  expect(foldPath('Straße/CAFÉ')).toBe(foldPath('straße/cafe\u0301'))
})

it('a path that no line of text can hold is quoted', () => {
  expect(shownPath('a b')).toBe('a b')
  expect(shownPath('a\nb')).toBe('"a\\nb"')
})
