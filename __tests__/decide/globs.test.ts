import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { escapeGlob, globExpectation, isWithin, literalPart, matcher } from '../../src/decide/globs.ts'

const matches = (globs: readonly string[], path: string) => matcher(globs, { ignoreCase: false })(path)

describe('a list of globs', () => {
  it.each([
    [['src/**'], 'src/a', true],
    [['src/**'], 'src/a/b.ts', true],
    [['src/**'], 'src/.hidden/.x', true],
    [['src/**'], 'src/a\nb', true],
    [['src/**'], 'src', false],
    [['src/**'], 'src2/a', false],
    [['src/**'], 'SRC/a', false],
    [['src/*'], 'src/a/b', false],
    [['*.md'], 'docs/a.md', false],
    [['**/*.md'], 'a.md', true],
    [['**/*.md'], 'docs/deep/a.md', true],
    [['**'], 'any/thing', true],
    [['{a,b}/*.ts'], 'b/c.ts', true],
    [['src/a?.ts'], 'src/ab.ts', true],
    [['src'], 'src/a/b', true],
    [['src'], 'src', true],
    [['src/'], 'src/a/b', true],
    [['src/'], 'src', false],
    [['./src//a'], 'src/a/b', true],
    [['.'], 'any/thing', true],
    [['package.json'], 'package.json', true],
    [['package.json'], 'sub/package.json', false],
    [['app/[slug]/page.tsx'], 'app/[slug]/page.tsx', true],
    [['src/**', '!src/gen/**'], 'src/gen/a', false],
    [['src/**', '!src/gen/**'], 'src/a', true],
    [['src/**', '!src/gen/**', 'src/gen/keep'], 'src/gen/keep', true],
    [['!(a)'], 'b', true],
    [['!(a)'], 'a', false],
    [[], 'a', false],
  ])('%j, path %j: %s', (globs, path, expected) => {
    expect(matches(globs, path)).toBe(expected)
  })

  it('may pass over case', () => {
    expect(matcher(['.github/workflows/**'], { ignoreCase: true })('.GitHub/Workflows/x.yml')).toBe(true)
  })
})

describe('an escaped path', () => {
  it.each(['src/[id]/(x)', 'a+b@c!{d,e}', 'what?', 'star*', 'a|b', 'plain'])(
    '%s matches itself alone',
    path => {
      expect(matches([`${escapeGlob(path)}/**`], `${path}/file`)).toBe(true)
      expect(matches([`${escapeGlob(path)}/**`], 'src/i/x/file')).toBe(false)
    },
  )
})

describe('the literal part', () => {
  it.each([
    ['.github/workflows/**', '.github/workflows/'],
    ['./.github/**', '.github/'],
    ['Makefile', 'Makefile'],
    ['src/a*', 'src/a'],
    ['**/*.lock', ''],
    ['!src/**', ''],
  ])('of %s is %j', (glob, expected) => {
    expect(literalPart(glob)).toBe(expected)
  })
})

describe('a glob to be used', () => {
  it.each([
    'src/**',
    '.env*',
    '!src/gen/**',
    '!(a|b)/x',
    '{a,b}/**/*.ts',
    '**/a/**/b/**/c/**',
    'a b/c',
    'ünï/**',
  ])('%s is good', glob => {
    expect(globExpectation(glob)).toBeNull()
  })

  it.each([
    '',
    ' ',
    '!',
    '/etc/**',
    '~/x',
    'C:/x',
    '../x',
    'a/../b',
    '!../x',
    'a\\b',
    'a\nb',
    '[z-a]',
    '**/**/**/**/**/x',
    '*a*a*a*a*a',
    'x'.repeat(1001),
  ])('%j is not', glob => {
    expect(globExpectation(glob)).toMatch(/^expected /)
  })
})

describe('a glob is within others', () => {
  it.each([
    ['docs/**', ['docs/**'], true],
    ['./docs//**', ['docs/**'], true],
    ['docs/api/**', ['src/**', 'docs/**'], true],
    ['docs/a*.md', ['docs/**'], true],
    ['docs/', ['docs/**'], true],
    ['docs/{a,b}/c', ['docs'], true],
    ['docs/a.md', ['docs/*.md'], true],
    ['src/x.ts', ['src/**/*.ts'], true],
    ['src/x.ts', ['src/@(x|y).ts'], true],
    ['anything/**', ['**'], true],
    ['anything/**', ['**/*'], true],
    ['anything', ['.'], true],
    // The name may be a file's.
    ['docs', ['docs/**'], false],
    ['docs/**', ['docs/*'], false],
    ['docs2/**', ['docs/**'], false],
    ['doc*/**', ['docs/**'], false],
    ['**/docs/x', ['docs/**'], false],
    ['{docs,src}/x', ['docs/**'], false],
    ['docs/a|src/b', ['docs/**'], false],
    ['docs/**/!(x)', ['docs/'], false],
    ['docs/a.md/', ['docs/*.md'], false],
    ['src/a/**/*.ts', ['src/**/*.ts'], false],
    ['**', ['docs/**'], false],
    ['docs/**', [], false],
  ])('%s in %j: %s', (glob, others, expected) => {
    expect(isWithin(glob, others)).toBe(expected)
  })

  it('only where these match all that it matches', () => {
    const part = fc.constantFrom(
      'a',
      'b',
      'a*',
      '*',
      '**',
      '?',
      '{a,b}',
      '[ab]',
      'a|b',
      '+(a)',
      '!(a)',
      '(a|b)',
      'a/',
    )
    const globs = fc.array(part, { minLength: 1, maxLength: 3 }).map(parts => parts.join('/'))
    const path = fc.array(fc.constantFrom('a', 'b', 'ab', 'aa', '.a'), { minLength: 1, maxLength: 4 })
    const plain = (glob: string): boolean => !/[*?[{(|]/.test(glob)
    let within = 0
    fc.assert(
      fc.property(globs, globs, fc.array(path, { minLength: 20, maxLength: 20 }), (inner, outer, paths) => {
        if (globExpectation(inner) !== null || !isWithin(inner, [outer])) return
        within++
        for (const each of paths.map(parts => parts.join('/'))) {
          // A plain path that a glob matches is taken for a file's.
          const below = plain(inner) && each.startsWith(`${inner.replace(/\/+/g, '/').replace(/\/$/, '')}/`)
          if (matches([inner], each) && !below)
            expect([inner, outer, each, matches([outer], each)]).toEqual([inner, outer, each, true])
        }
      }),
      { numRuns: 5000 },
    )
    expect(within).toBeGreaterThan(100)
  })
})
