import { execFileSync } from 'node:child_process'
import { chmod, lstat, mkdir, readFile, readlink, realpath, symlink, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { copyIgnored, listIgnored } from '../../src/world/copy.ts'
import { git } from '../rig/exec.ts'
import { type TempDir, tempDir } from '../rig/temp.ts'

let temp: TempDir
let from: string
let to: string

beforeEach(async () => {
  temp = await tempDir('copy')
  from = join(temp.path, 'checkout')
  to = join(temp.path, 'workspace')
  await mkdir(to)
  await git(temp.path, 'init', '--quiet', from)
  await put('.gitignore', 'node_modules\n.env*\n/build/\n*.log\ncache\nlink\n')
})
afterEach(() => temp[Symbol.asyncDispose]())

async function put(path: string, content = path, root = from): Promise<void> {
  await mkdir(dirname(join(root, path)), { recursive: true })
  await writeFile(join(root, path), content)
}
async function link(target: string, path: string, root = from): Promise<void> {
  await mkdir(dirname(join(root, path)), { recursive: true })
  await symlink(target, join(root, path))
}
const copy = async (...globs: string[]) => copyIgnored(await listIgnored(from), from, to, globs)
/** Every file and link below the workspace, sorted. */
function found(): string[] {
  const all = execFileSync('find', ['.', '(', '-type', 'f', '-o', '-type', 'l', ')'], {
    cwd: to,
    encoding: 'utf8',
  })
  return all
    .split('\n')
    .filter(Boolean)
    .map(path => path.slice(2))
    .sort()
}

describe('which files', () => {
  it('lists what git ignores, a whole folder as one entry', async () => {
    await put('.env')
    await put('a b\n.log')
    await put('node_modules/x/y')
    await put('seen.txt')
    expect([...(await listIgnored(from))].sort()).toEqual(['.env', 'a b\n.log', 'node_modules/'])
  })

  it('copies ignored files and folders that a glob matches, and only those', async () => {
    for (const path of [
      '.env',
      '.env.local',
      'out.log',
      'seen.txt',
      'node_modules/a/i.js',
      'node_modules/.bin/x',
    ]) {
      await put(path)
    }
    expect(await copy('.env*', 'node_modules')).toEqual({ copied: 4, refused: [] })
    expect(found()).toEqual(['.env', '.env.local', 'node_modules/.bin/x', 'node_modules/a/i.js'])
    expect(await readFile(join(to, 'node_modules/a/i.js'), 'utf8')).toBe('node_modules/a/i.js')
  })

  it('finds what a glob means within a folder that is ignored whole', async () => {
    for (const path of ['build/cache/a/1', 'build/cache/b', 'build/out/c', 'packages/p/node_modules/q/r'])
      await put(path)
    expect((await copy('build/cache/**', '**/node_modules/')).copied).toBe(3)
    expect(found()).toEqual(['build/cache/a/1', 'build/cache/b', 'packages/p/node_modules/q/r'])
  })

  it.each([
    ['**/node_modules', ['node_modules/a/i.js', 'packages/p/node_modules/b/i.js']],
    ['*/*/node_modules', ['packages/p/node_modules/b/i.js']],
    ['packages/*', ['packages/p/node_modules/b/i.js']],
    ['**/node_modules/b', ['packages/p/node_modules/b/i.js']],
    ['build/c*', ['build/cache/deep/x', 'build/c.txt']],
    ['{build,node_modules}', ['build/cache/deep/x', 'build/c.txt', 'build/out/y', 'node_modules/a/i.js']],
  ])('copies a folder that a glob matches with all that is in it: %s', async (glob, expected) => {
    for (const path of [
      'node_modules/a/i.js',
      'packages/p/node_modules/b/i.js',
      'packages/p/seen.txt',
      'build/cache/deep/x',
      'build/c.txt',
      'build/out/y',
    ]) {
      await put(path)
    }
    expect(await copy(glob)).toEqual({ copied: expected.length, refused: [] })
    expect(found()).toEqual([...expected].sort())
  })

  it('leaves out a folder that a glob with ! takes out, with all that is in it', async () => {
    for (const path of ['node_modules/a/i.js', 'p/node_modules/.cache/b', 'node_modules/.cache/c'])
      await put(path)
    await copy('**/node_modules', '!**/.cache')
    expect(found()).toEqual(['node_modules/a/i.js'])
    await copy('!**/.cache', '**/.cache/c')
    expect(found()).toEqual(['node_modules/.cache/c', 'node_modules/a/i.js'])
  })

  it('leaves out what a glob with ! takes out', async () => {
    for (const path of ['node_modules/a', 'node_modules/.cache/b', 'node_modules/c.log']) await put(path)
    await copy('node_modules', '!node_modules/.cache', '!**/*.log')
    expect(found()).toEqual(['node_modules/a'])
  })

  it('copies nothing when nothing is asked for or matches', async () => {
    await put('.env')
    expect(await copy()).toEqual({ copied: 0, refused: [] })
    expect(await copy('env', 'build/**')).toEqual({ copied: 0, refused: [] })
    expect(found()).toEqual([])
  })

  it('keeps modes and empty folders', async () => {
    await put('node_modules/.bin/tool')
    await chmod(join(from, 'node_modules/.bin/tool'), 0o755)
    await put('node_modules/secret')
    await chmod(join(from, 'node_modules/secret'), 0o600)
    await mkdir(join(from, 'node_modules/empty'))
    await put('node_modules/closed/x')
    await chmod(join(from, 'node_modules/closed'), 0o500)
    expect((await copy('node_modules')).refused).toEqual([])
    await chmod(join(from, 'node_modules/closed'), 0o700)
    const mode = async (path: string) => ((await lstat(join(to, path))).mode & 0o777).toString(8)
    expect(await mode('node_modules/.bin/tool')).toBe('755')
    expect(await mode('node_modules/secret')).toBe('600')
    expect(await mode('node_modules/closed')).toBe('700')
    expect((await lstat(join(to, 'node_modules/empty'))).isDirectory()).toBe(true)
  })
})

describe('links', () => {
  it('that stay in the repository are copied as links', async () => {
    await put('packages/p/i.js')
    await put('node_modules/.store/q/i.js')
    await link('../packages/p', 'node_modules/p')
    await link('.store/q', 'node_modules/q')
    await link('nowhere/yet', 'node_modules/dangling')
    await link('node_modules', 'link')
    expect(await copy('node_modules', 'link')).toEqual({ copied: 5, refused: [] })
    expect(await readlink(join(to, 'node_modules/p'))).toBe('../packages/p')
    expect(await readlink(join(to, 'node_modules/q'))).toBe('.store/q')
    expect(await readlink(join(to, 'node_modules/dangling'))).toBe('nowhere/yet')
    expect(await realpath(join(to, 'link'))).toBe(join(to, 'node_modules'))
  })

  it('by absolute path into the repository point into the workspace afterwards', async () => {
    await put('node_modules/a/x')
    await link(join(from, 'node_modules/a'), 'node_modules/b')
    await copy('node_modules')
    expect(await readlink(join(to, 'node_modules/b'))).toBe('a')
  })

  it('that leave the repository are refused, however they do it', async () => {
    await put('secret', 'x', temp.path)
    await link('../../secret', 'node_modules/up')
    await link(join(temp.path, 'secret'), 'node_modules/absolute')
    await link(temp.path, 'node_modules/door')
    await link('door/secret', 'node_modules/through')
    await link(temp.path, 'link')
    const { copied, refused } = await copy('node_modules', 'link')
    expect(copied).toBe(0)
    expect(refused.map(text => text.split(': ')[0]).sort()).toEqual([
      'link',
      'node_modules/absolute',
      'node_modules/door',
      'node_modules/through',
      'node_modules/up',
    ])
    expect(refused[0]).toContain('a link that leaves the repository')
    expect(found()).toEqual([])
  })
})

describe('the workspace', () => {
  it('keeps a file it already has', async () => {
    await put('.env', 'mine')
    await put('.env', 'tracked', to)
    await put('node_modules/a', 'mine')
    await put('node_modules/a', 'tracked', to)
    await put('node_modules/b')
    const { copied, refused } = await copy('.env', 'node_modules')
    expect(copied).toBe(1)
    expect([...refused].sort()).toEqual([
      '.env: the workspace already has it, and keeps its own',
      'node_modules/a: the workspace already has it, and keeps its own',
    ])
    expect(await readFile(join(to, '.env'), 'utf8')).toBe('tracked')
    expect(await readFile(join(to, 'node_modules/a'), 'utf8')).toBe('tracked')
  })

  it('is never left by way of a link that a commit holds', async () => {
    const outside = join(temp.path, 'outside')
    await mkdir(outside)
    await link(outside, 'node_modules', to)
    await link(join(outside, 'env'), '.env', to)
    await put('node_modules/a')
    await put('.env')
    const { copied, refused } = await copy('.env', 'node_modules')
    expect(copied).toBe(0)
    expect(refused).toContain('node_modules/a: node_modules is not a folder in the workspace')
    expect(execFileSync('ls', ['-A', outside], { encoding: 'utf8' })).toBe('')
  })

  it('is not copied into itself when it lies in an ignored folder', async () => {
    to = join(from, 'build/fanout/run/workspace')
    await mkdir(to, { recursive: true })
    await put('.env')
    const { copied, refused } = await copy('**')
    expect(copied).toBe(1)
    expect(refused).toEqual(['build/: it holds the workspaces themselves'])
  })

  it('is written only where a path within the repository says', async () => {
    await put('outside', 'x', temp.path)
    await put('dir/x')
    await link('dir', 'cache')
    const listed = [
      '../outside',
      '/etc/hostname',
      'a/../../outside',
      '.git/config',
      '.git/',
      '',
      'gone',
      'cache/x',
    ]
    const { copied, refused } = await copyIgnored(listed, from, to, ['**'])
    expect(copied).toBe(0)
    expect(refused).toHaveLength(7)
    expect(found()).toEqual([])
  })

  it('gets no socket, pipe or device; each is named', async () => {
    await put('node_modules/a')
    execFileSync('mkfifo', [join(from, 'node_modules/pipe')])
    expect(await copy('node_modules')).toEqual({
      copied: 1,
      refused: ['node_modules/pipe: neither a file nor a folder nor a link'],
    })
  })
})
