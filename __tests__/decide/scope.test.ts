import { describe, expect, it } from 'vitest'
import { checkScope, type FileChange, type ScopeRules, type Twin } from '../../src/decide/scope.ts'

const FREE: ScopeRules = {
  paths: [],
  protectedPaths: ['.github/workflows/**'],
  maxChangedFiles: 0,
  maxFileBytes: null,
}

function added(path: string, more: Partial<FileChange> = {}): FileChange {
  return { path, kind: 'added', mode: '100644', oldMode: '000000', ...more }
}

function deleted(path: string): FileChange {
  return { path, kind: 'deleted', mode: '000000', oldMode: '100644' }
}

function problems(
  changes: readonly FileChange[],
  rules: Partial<ScopeRules> = {},
  twins: Readonly<Record<string, Twin>> = {},
) {
  const failure = checkScope(changes, { ...FREE, ...rules }, new Map(Object.entries(twins)))
  return failure?.code === 'out-of-scope' ? failure.problems : failure
}

describe("a task's own paths", () => {
  it('let it change what they match, and nothing else, in any way of changing', () => {
    const paths = ['src/**', '!src/gen/**']
    const changes = [
      added('src/a'),
      deleted('b'),
      added('src/gen/c'),
      added('src/d', { kind: 'modified', oldMode: '100644' }),
    ]
    expect(problems(changes, { paths })).toEqual([
      "b: it is outside the task's paths",
      "src/gen/c: it is outside the task's paths",
    ])
  })

  it('where there are none, let it change anything', () => {
    expect(problems([added('any/thing'), deleted('x')])).toBeNull()
  })

  it('do not let it put a file in place of their directory', () => {
    expect(problems([added('src')], { paths: ['src/**'] })).toEqual(["src: it is outside the task's paths"])
  })
})

describe('protected paths', () => {
  const REFUSED = ['.github/workflows/ci.yml: it is protected (protected-paths)']

  it('may be changed by no task', () => {
    expect(problems([added('.github/workflows/ci.yml')])).toEqual(REFUSED)
    expect(problems([added('.github/workflows/ci.yml')], { paths: ['**'] })).toEqual(REFUSED)
    expect(problems([added('.github/workflows/ci.yml')], { paths: ['.github/**'] })).toEqual(REFUSED)
  })

  it.each([
    '.github/workflows/ci.yml',
    '.github/workflows/**',
    './.github/workflows/*',
    '.github/workflows',
    '.github/workflows/',
  ])('may be changed by a task that names %s', own => {
    expect(problems([added('.github/workflows/ci.yml')], { paths: [own] })).toBeNull()
  })

  it('are not lifted by taking them out', () => {
    const paths = ['**', '!.github/workflows/x.yml']
    expect(problems([added('.github/workflows/ci.yml')], { paths })).toEqual(REFUSED)
  })

  it('hold in any case, and against a file in place of their directory', () => {
    expect(problems([added('.GitHub/workflows/ci.yml')])).toHaveLength(1)
    expect(problems([added('.github', { mode: '120000', target: 'elsewhere' })])).toHaveLength(1)
    expect(problems([added('.github/workflows')])).toHaveLength(1)
    expect(problems([added('.github/dependabot.yml')])).toBeNull()
  })

  it('without a literal part are lifted only by the very same glob', () => {
    const protectedPaths = ['**/*.lock']
    expect(problems([added('a.lock')], { protectedPaths, paths: ['a.lock'] })).toHaveLength(1)
    expect(problems([added('a.lock')], { protectedPaths, paths: ['**/*.lock'] })).toBeNull()
  })

  it('are each lifted alone', () => {
    const rules = { protectedPaths: ['Makefile', 'ci/**'], paths: ['Makefile', '**'] }
    expect(problems([added('Makefile'), added('ci/x')], rules)).toEqual([
      'ci/x: it is protected (protected-paths)',
    ])
  })
})

describe('whatever its paths, a task cannot', () => {
  it.each([
    ['add a submodule', added('lib', { mode: '160000' })],
    ['move a submodule', added('lib', { kind: 'modified', mode: '160000', oldMode: '160000' })],
    ['remove a submodule', { ...deleted('lib'), oldMode: '160000' }],
    ['turn a submodule into a file', added('lib', { kind: 'type', oldMode: '160000' })],
    ['link out of the repository', added('a/link', { mode: '120000', target: '../../x' })],
    ['link to an absolute path', added('link', { mode: '120000', target: '/etc/passwd' })],
    [
      'turn a link outwards',
      added('link', { kind: 'modified', mode: '120000', oldMode: '120000', target: '../x' }),
    ],
    ['link with a target nobody read', added('link', { mode: '120000' })],
    ['link .gitmodules', added('.gitmodules', { mode: '120000', target: 'x' })],
    ["write into git's directory", added('sub/.Git/config')],
    ["write into git's directory as HFS+ reads it", added('.g\u200dit/config')],
    ["write into git's directory as NTFS reads it", added('git~1/config')],
  ])('%s', (_, change) => {
    expect(problems([change])).toHaveLength(1)
  })

  it('but it can link inside the repository, and remove a bad link', () => {
    expect(problems([added('a/link', { mode: '120000', target: '../b' })])).toBeNull()
    expect(problems([{ ...deleted('link'), oldMode: '120000' }])).toBeNull()
  })
})

describe('names that differ only in case', () => {
  const name: Twin = { kind: 'name', other: 'README.md' }
  const folder: Twin = { kind: 'folder', folder: 'SRC/a', file: 'src/A' }

  it('are refused for files that are added, and named', () => {
    const twins = { 'readme.md': name, 'SRC/a/b': folder }
    expect(problems([added('readme.md'), added('SRC/a/b'), added('fine')], {}, twins)).toEqual([
      'readme.md: its name differs from README.md only in case',
      'SRC/a/b: its folder SRC/a/ differs from the file src/A only in case',
    ])
  })

  it('are nothing new where the file was there before', () => {
    const change = { kind: 'modified', mode: '100644', oldMode: '100644' } as const
    expect(problems([added('readme.md', change)], {}, { 'readme.md': name })).toBeNull()
  })
})

describe('many files', () => {
  const files = (count: number) => Array.from({ length: count }, (_, i) => added(`f${i}`))

  it('more than allowed are too large, as many are not', () => {
    expect(problems(files(3), { maxChangedFiles: 2 })).toEqual({ code: 'too-large', files: 3, limit: 2 })
    expect(problems(files(2), { maxChangedFiles: 2 })).toBeNull()
    expect(problems(files(1000), { maxChangedFiles: 0 })).toBeNull()
  })

  it('that the remote would refuse are told in its own words, and only where it has a limit', () => {
    const large = [added('big\nfile', { size: 105_906_176 }), added('small', { size: 104_857_600 })]
    const maxFileBytes = 100 * 2 ** 20
    expect(problems(large, { maxFileBytes })).toEqual({
      code: 'refused',
      refusal: 'large-file',
      output: 'File "big\\nfile" is 101.00 MB; this exceeds GitHub\'s file size limit of 100.00 MB',
    })
    expect(problems(large)).toBeNull()
  })

  it('out of scope are the first 20 and a count', () => {
    const found = problems(files(25), { paths: ['src/**'], maxChangedFiles: 1 })
    expect(found).toHaveLength(21)
    expect(found).toContain("f19: it is outside the task's paths")
    expect(found).toContain('and 5 more')
  })
})
