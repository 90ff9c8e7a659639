import { describe, expect, test } from 'vitest'
import { scopeFix } from '../../src/decide/explain-scope.ts'
import { checkScope, type FileChange, type ScopeRules, type Twin } from '../../src/decide/scope.ts'

const FREE: ScopeRules = {
  paths: [],
  protectedPaths: ['.github/workflows/**'],
  maxChangedFiles: 0,
  maxFileBytes: null,
}
const OWN: ScopeRules = { ...FREE, paths: ['src/**'] }

function fixOf(change: Partial<FileChange>, rules = FREE, twin?: Twin): string {
  const whole: FileChange = { path: 'a', kind: 'added', mode: '100644', oldMode: '000000', ...change }
  const failure = checkScope([whole], rules, new Map(twin ? [[whole.path, twin]] : []))
  if (failure?.code !== 'out-of-scope') throw new Error(`no problem with ${JSON.stringify(whole)}`)
  return scopeFix(failure.problems)
}

const link = (target: string) => ({ mode: '120000', target })

// The problems are what the real rules say: new words there must bring their cure along.
test.each([
  ['outside its paths', fixOf({ path: 'docs/a' }, OWN), /^Add these files to the `paths`/],
  ['protected', fixOf({ path: '.github/workflows/ci.yml' }), /^Name the protected files in the `paths`/],
  ['an absolute link', fixOf(link('/etc/passwd')), /^Let the worker make links that are relative/],
  ['a link that leaves', fixOf(link('../../x')), /^Let the worker make links that are relative/],
  ["a link to git's folder", fixOf(link('.git/config')), /^Let the worker make links that are relative/],
  ['a link for .gitmodules', fixOf({ path: '.gitmodules', ...link('x') }), /^Let the worker make links/],
  ['a submodule', fixOf({ mode: '160000' }), /^Leave submodules to a person/],
  ['a twin by case', fixOf({ path: 'A' }, FREE, { kind: 'name', other: 'a' }), /^Give the file another name/],
  [
    'a twin that is a folder',
    fixOf({ path: 'A' }, FREE, { kind: 'name', other: 'a/' }),
    /^Give the file another name/,
  ],
  [
    'a folder for a file',
    fixOf({ path: 'A/b' }, FREE, { kind: 'folder', folder: 'A', file: 'a' }),
    /^Give the file another name/,
  ],
  ["git's own folder", fixOf({ path: 'x/.git/config' }), /^Give the file a plain name/],
  ['a bad name', fixOf({ path: 'C:/x' }), /^Give the file a plain name/],
  ['a long name', fixOf({ path: 'x'.repeat(5000) }), /^Give the file a plain name/],
])('%s: the way out is about that', (_, fix, cure) => {
  expect(fix).toMatch(cure)
  expect(fix).not.toContain('`git add`')
})

describe('several problems', () => {
  test('each kind has its cure once', () => {
    const problems = [
      "x: it is outside the task's paths",
      "y: it is outside the task's paths",
      'z: it is a symbolic link and its target is an absolute path',
      'and 3 more',
    ]
    expect(scopeFix(problems)).toMatch(/^Add these files .*; let the worker make links .* in their place$/)
  })

  test("git's own words, a pipe and a workspace that is gone are told apart", () => {
    expect(scopeFix(["invalid path 'sub/.GIT/config'"])).toContain('`git add` can take')
    expect(scopeFix(['sub: it is a git repository of its own, which a commit cannot hold'])).toMatch(
      /^Let the worker remove the `\.git`/,
    )
    expect(scopeFix(['p: it is a pipe, a socket or a device, which git cannot keep'])).toMatch(
      /^Let the worker leave a plain file/,
    )
    expect(scopeFix(['the workspace itself: the worker removed or replaced the folder'])).toMatch(
      /^Tell the worker to stay in its folder/,
    )
  })
})
