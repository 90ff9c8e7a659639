/** The floors of the house: what a reviewer would otherwise have to watch for. */
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import { describe, expect, it } from 'vitest'
import { difference, generated } from '../scripts/generate.ts'

const ROOT = join(import.meta.dirname, '..')
/** A little more than the 300 a file should stay near. */
const MOST_LINES = 320
const DECIDE_MAY_USE = ['yaml', 'jsonc-parser', 'zod', 'picomatch']

interface SourceFile {
  readonly path: string
  /** Without comments. */
  readonly code: string
}

interface Import {
  readonly from: string
  readonly to: string
  readonly typesOnly: boolean
}

/** Everything git holds or would add. */
const files = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '-z'], {
  cwd: ROOT,
  encoding: 'utf8',
})
  .split('\0')
  .filter(path => path !== '' && textOf(path) !== '')
  .sort()
const typescript: readonly SourceFile[] = files
  .filter(path => path.endsWith('.ts'))
  .map(path => ({ path, code: withoutComments(textOf(path)) }))
const sources = typescript.filter(({ path }) => path.startsWith('src/'))
const imports = sources.flatMap(importsOf)

/** '' for a file that is gone. */
function textOf(path: string): string {
  try {
    return readFileSync(join(ROOT, path), 'utf8')
  } catch {
    return ''
  }
}

function withoutComments(code: string): string {
  return code.replace(/^\s*\/\*[\s\S]*?\*\//gm, '').replace(/(^|\s)\/\/ .*$/gm, '')
}

/** Static and lazy ones, and those that only pass on. */
function importsOf({ path, code }: SourceFile): Import[] {
  const fixed = code.matchAll(/^(?:import|export)\s+(type\s+)?(?:[^'"`;()=:]*?\sfrom\s+)?['"]([^'"]+)['"]/gm)
  const lazy = code.matchAll(/\bimport\(\s*['"]([^'"]+)['"]/g)
  const found = [
    ...[...fixed].map(([, type, to = '']) => ({ to, typesOnly: type !== undefined })),
    ...[...lazy].map(([, to = '']) => ({ to, typesOnly: false })),
  ]
  return found.map(({ to, typesOnly }) => ({
    from: path,
    to: to.startsWith('.') ? posix.join(posix.dirname(path), to) : to,
    typesOnly,
  }))
}

/** `decide`, `run`, `world`, `action`, `cli`; `entry` for src/*.ts; null for a package or node's own. */
function layerOf(path: string): string | null {
  if (!path.startsWith('src/')) return null
  if (path === 'src/cli.ts') return 'cli'
  return path.split('/').length === 2 ? 'entry' : (path.split('/')[1] ?? null)
}

const shown = (found: readonly Import[]) => found.map(each => `${each.from} imports ${each.to}`)
const pathsWith = (found: readonly SourceFile[], pattern: RegExp) =>
  found.filter(({ code }) => pattern.test(code)).map(({ path }) => path)

describe('imports point down', () => {
  const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
    cli: ['cli', 'entry', 'action', 'run', 'world', 'decide'],
    entry: ['entry', 'action', 'run', 'world', 'decide'],
    action: ['action', 'decide'],
    run: ['run', 'decide'],
    world: ['world', 'decide'],
    decide: ['decide'],
  }
  /** What a layer may know the shape of, without being able to call it. */
  const MAY_IMPORT_TYPES: Readonly<Record<string, readonly string[]>> = {
    action: ['world', 'run'],
    run: ['world'],
  }

  it('is checked on imports that are there', () => {
    expect(imports.length).toBeGreaterThan(20)
  })

  it('cli -> main, post, start -> action, run, world -> decide', () => {
    const wrong = imports.filter(({ from, to, typesOnly }) => {
      const [above, below] = [layerOf(from) ?? '', layerOf(to)]
      if (below === null || MAY_IMPORT[above]?.includes(below)) return false
      return !(typesOnly && MAY_IMPORT_TYPES[above]?.includes(below))
    })
    expect(shown(wrong)).toEqual([])
  })

  it('decide/ is pure: no node, four packages, no clock, no waiting, no environment', () => {
    const wrong = imports.filter(
      ({ from, to }) => layerOf(from) === 'decide' && layerOf(to) === null && !DECIDE_MAY_USE.includes(to),
    )
    expect(shown(wrong)).toEqual([])
    const decide = sources.filter(({ path }) => layerOf(path) === 'decide')
    const impure =
      /\bDate\.now\b|new Date\(\)|\bMath\.random\b|\bprocess\.|\bsetTimeout\b|\basync\b|\bawait\b|\bconsole\./
    expect(pathsWith(decide, impure)).toEqual([])
  })

  it('run/ touches the outside only through the world it is given', () => {
    const wrong = imports.filter(
      ({ from, to }) => layerOf(from) === 'run' && layerOf(to) === null && to !== 'node:path',
    )
    expect(shown(wrong)).toEqual([])
  })
})

describe('the power to push', () => {
  it('is in world/remote.ts alone', () => {
    const world = sources.filter(({ path }) => layerOf(path) === 'world')
    expect(pathsWith(world, /['"`]push['"`]/).filter(path => path !== 'src/world/remote.ts')).toEqual([])
  })

  it('never reaches what makes workspaces and runs workers', () => {
    const workers = sources.filter(({ path }) => /^src\/run\/(work|remediat|candidate|command)/.test(path))
    expect(pathsWith(workers, /\bRemote\b|\bLaneWorld\b|\bopenRemote\b/)).toEqual([])
  })
})

describe('the start of a process', () => {
  it('is in world/spawn.ts alone, which waits where the machine has none to spare', () => {
    const starting = imports.filter(({ to, typesOnly }) => to === 'node:child_process' && !typesOnly)
    expect(shown(starting)).toEqual(['src/world/spawn.ts imports node:child_process'])
  })
})

describe('a file is one idea', () => {
  it('near 300 lines it is split', () => {
    const long = sources
      .map(({ path }) => ({ path, lines: textOf(path).split('\n').length - 1 }))
      .filter(({ lines }) => lines > MOST_LINES)
    expect(long.map(({ path, lines }) => `${path}: ${lines} lines`)).toEqual([])
  })

  it('has a name that says which', () => {
    expect(files.filter(path => /(^|[/.-])(util|helper|misc|manager)s?[/.-]/i.test(path))).toEqual([])
  })

  it('names what it gives: no default exports', () => {
    expect(pathsWith(sources, /^export default\b|\bas default\b/m)).toEqual([])
  })
})

describe('nothing is left undone', () => {
  it('no check is switched off, no test skipped, no work put off', () => {
    const marks = [
      ['TO', 'DO\\b'],
      ['FIX', 'ME\\b'],
      ['biome', '-ignore'],
      ['@ts', '-(ignore|expect-error|nocheck)'],
      ['\\bas', ' any\\b'],
      ['\\b(it|test|describe)', '\\.(only|skip|todo)\\b'],
    ]
    const pattern = new RegExp(marks.map(parts => parts.join('')).join('|'))
    expect(typescript.filter(({ path }) => pattern.test(textOf(path))).map(({ path }) => path)).toEqual([])
  })
})

describe('what is made from the tables', () => {
  it.each(generated().map(each => [each.file, each] as const))('%s is up to date', (_, file) => {
    expect(difference(file)).toBeNull()
  })
})

describe('the repository belongs to nobody', () => {
  it('no file names a registry', () => {
    const hosts = [
      ['registry', 'npmjs'],
      ['registry', 'yarnpkg'],
      ['files', 'pythonhosted'],
      ['proxy', 'golang'],
    ]
    const pattern = new RegExp(hosts.map(parts => parts.join('\\.')).join('|'))
    expect(files.filter(path => pattern.test(textOf(path)))).toEqual([])
  })

  it("no file names a folder of someone's machine", () => {
    const folders = ['work', 'root', 'Users'].join('|')
    // Absolute only: `./work/action.yml` is a folder of this repository.
    const pattern = new RegExp(`(^|[\\s'"\`=:(])/(${folders})/`, 'm')
    expect(files.filter(path => pattern.test(textOf(path)))).toEqual([])
  })
})
