import { execFile } from 'node:child_process'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'
import { openRegular, readEnd, readStart, removeAll } from '../../src/world/files.ts'
import { disarm } from '../../src/world/traps.ts'
import { tempDir, writeFiles } from '../rig/temp.ts'

const sh = (cwd: string, script: string) => promisify(execFile)('bash', ['-ec', script], { cwd })

it('pipes and the like go wherever they lie, and nothing else does', async () => {
  await using temp = await tempDir('traps')
  await writeFiles(temp.path, { 'a/file': 'x', '.git/HEAD': 'ref: x', "b/it's": 'x' })
  await sh(
    temp.path,
    `mkfifo pipe .gitignore a/.gitattributes .git/packed-refs $'b/new\\nline'; ln -s pipe link`,
  )
  const gone = await disarm(temp.path)
  expect([...gone].sort()).toEqual([
    '.git/packed-refs',
    '.gitignore',
    'a/.gitattributes',
    'b/new\nline',
    'pipe',
  ])
  expect((await readdir(temp.path)).sort()).toEqual(['.git', 'a', 'b', 'link'])
  expect(await disarm(temp.path)).toEqual([])
})

it('only a regular file is read, whatever is in its place', async () => {
  await using temp = await tempDir('traps')
  await writeFiles(temp.path, { file: 'hello world' })
  await sh(temp.path, 'mkfifo pipe; mkdir folder; ln -s file link; ln -s /dev/zero zero')
  const at = (name: string) => join(temp.path, name)
  expect(await readStart(at('file'), 5)).toBe('hello')
  expect(await readEnd(at('file'), 5)).toBe('world')
  for (const name of ['pipe', 'folder', 'link', 'zero', 'nothing']) {
    expect(await openRegular(at(name))).toBeNull()
    expect(await readStart(at(name), 5)).toBeNull()
    expect(await readEnd(at(name), 5)).toBe('')
  }
})

it('a folder goes away however deep it is and whatever its modes are', async () => {
  await using temp = await tempDir('traps')
  const long = 'd'.repeat(200)
  await sh(
    temp.path,
    `mkdir top; cd top; for i in $(seq 30); do mkdir ${long}; cd ${long}; done; echo x > file`,
  )
  await sh(temp.path, 'mkdir top/closed; echo x > top/closed/x; chmod 000 top/closed')
  await removeAll(join(temp.path, 'top'))
  expect(await readdir(temp.path)).toEqual([])
})
