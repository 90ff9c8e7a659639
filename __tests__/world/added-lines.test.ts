import { mkdir, symlink, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Sha } from '../../src/decide/task.ts'
import { seekAdded, seekCommits } from '../../src/world/added-lines.ts'
import { git } from '../rig/exec.ts'
import { type TempDir, tempDir } from '../rig/temp.ts'

const KEY = 'k-2718281828'
const seek = (text: string): string[] => text.match(/k-2718281828|k-other/g) ?? []

let home: TempDir
let dir: string
let base: Sha

beforeEach(async () => {
  home = await tempDir('added')
  dir = home.path
  await git(dir, 'init', '--quiet')
  base = await commit({ 'a.txt': 'one\ntwo\nthree\n', 'has.txt': `first\nkey=${KEY}\nlast\n` })
})
afterEach(() => home[Symbol.asyncDispose]())

async function commit(files: Readonly<Record<string, string | Buffer | null>>): Promise<Sha> {
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(dir, name)), { recursive: true })
    if (content === null) await git(dir, 'rm', '--quiet', name)
    else await writeFile(join(dir, name), content)
  }
  await git(dir, 'add', '--all')
  await git(dir, 'commit', '--quiet', '--allow-empty', '--message', 'more')
  return (await git(dir, 'rev-parse', 'HEAD')) as Sha
}

async function places(files: Readonly<Record<string, string | Buffer | null>>): Promise<string[]> {
  const found = await seekAdded(dir, base, await commit(files), seek)
  return found.map(({ name, line }) => `${Buffer.from(name, 'latin1').toString()}:${line}`)
}

describe('told with its line', () => {
  it.each<[string, Readonly<Record<string, string | Buffer | null>>, string[]]>([
    ['a new file', { '.env': `A=1\nKEY=${KEY}\n` }, ['.env:2']],
    ['a line in the middle', { 'a.txt': `one\ntwo\nx${KEY}\nthree\n` }, ['a.txt:3']],
    ['several hunks', { 'a.txt': `${KEY}\none\ntwo\nthree\n${KEY}` }, ['a.txt:1', 'a.txt:5']],
    ['CRLF', { 'w.txt': `a\r\n${KEY}\r\n` }, ['w.txt:2']],
    ['no end of line', { n: KEY }, ['n:1']],
    [
      'lines that look like those of a diff',
      { d: `+++ b/x\n@@ -1 +9 @@\n++ ${KEY}\n-- x\n${KEY}\n` },
      ['d:3', 'd:5'],
    ],
    ['a binary file', { 'b.bin': Buffer.from(`\0\x01\n\0${KEY}\0`) }, ['b.bin:2']],
    ['a file that says it is binary', { '.gitattributes': '* -diff\n', t: `${KEY}\n` }, ['t:1']],
    ['UTF-16', { 'u.txt': Buffer.from(`x ${KEY}\r\n`, 'utf16le') }, ['u.txt:1']],
    ['a name with signs', { 'ä "q"\t\\n.txt': KEY }, ['ä "q"\t\\n.txt:1']],
    ['a name with a blank', { 'of two.txt': KEY }, ['of two.txt:1']],
    [
      'a very long line',
      { l: `${'x'.repeat(300_000)}${KEY}${'y'.repeat(900_000)}\n${KEY}\n` },
      ['l:1', 'l:2'],
    ],
    ['another value than the one that went', { 'has.txt': 'first\nkey=k-other\nlast\n' }, ['has.txt:2']],
    ['one more of what is there', { 'has.txt': `first\nkey=${KEY}\n${KEY}\nlast\n` }, ['has.txt:3']],
  ])('%s', async (_, files, expected) => {
    expect(await places(files)).toEqual(expected)
  })

  it('a value across the edge at which a long line is cut, once', async () => {
    for (const edge of [255, 256, 257].map(n => n * 1024 - 6))
      expect(await places({ l: `${'x'.repeat(edge)}${KEY}${'y'.repeat(700_000)}\n` })).toEqual(['l:1'])
  })

  it("a link's target", async () => {
    await symlink(`to/${KEY}`, join(dir, 'link'))
    expect(await places({})).toEqual(['link:1'])
  })
})

describe('nothing new', () => {
  it.each<[string, Readonly<Record<string, string | null>>]>([
    ['a line that went', { 'has.txt': 'first\nlast\n' }],
    ['a line beside it that changed', { 'has.txt': `1st\nkey=${KEY}\nlast\n` }],
    ['a line that moved', { 'has.txt': `first\nlast\nkey=${KEY}\n` }],
    ['a line that moved to another file', { 'has.txt': 'first\nlast\n', z: `key=${KEY}\n` }],
    ['a line that is written otherwise', { 'has.txt': `first\n  key: "${KEY}"\nlast\n` }],
    ['another name', { 'has.txt': null, 'moved.txt': `first\nkey=${KEY}\nlast\n` }],
  ])('%s', async (_, files) => {
    expect(await places(files)).toEqual([])
  })

  it('the same tree', async () => {
    expect(await seekAdded(dir, base, base, seek)).toEqual([])
  })
})

it('what one commit adds and a later one takes out is in the commits', async () => {
  await commit({ x: KEY })
  const end = await commit({ x: null })
  expect(await seekAdded(dir, base, end, seek)).toEqual([])
  expect(await seekCommits(dir, [end, '--not', base], seek)).toHaveLength(1)
})

it('a tree that is not there is an error with the words of git', async () => {
  await expect(seekAdded(dir, base, '1'.repeat(40) as Sha, seek)).rejects.toThrow(
    /git diff-tree exited .*bad object/,
  )
})
