import { existsSync } from 'node:fs'
import { mkdir, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { appendText, isFolder, makeWritableFolder, readText, writeAtomic } from '../../src/world/files.ts'
import { run } from '../rig/exec.ts'
import { tempDir } from '../rig/temp.ts'

it('a folder of the user is made with those above it, and one that is there is left alone', async () => {
  await using temp = await tempDir('files')
  const folder = join(temp.path, 'a', 'b', 'c')
  await makeWritableFolder(folder)
  await makeWritableFolder(folder)
  expect(await isFolder(folder)).toBe(true)
})

it.runIf(existsSync('/proc'))('a folder that the system will not make is an error at once', async () => {
  await expect(makeWritableFolder('/proc/fanout/runs')).rejects.toThrow(/ENOENT|EACCES|EPERM/)
})

it('a folder below a file is an error', async () => {
  await expect(makeWritableFolder(join(import.meta.filename, 'runs'))).rejects.toThrow(/ENOTDIR/)
})

it('what is no file in the place of one is not read, and nothing waits for a pipe', async () => {
  await using temp = await tempDir('files')
  const at = (name: string): string => join(temp.path, name)
  await writeFile(at('file'), 'text')
  await symlink('file', at('link'))
  await mkdir(at('folder'))
  await run('mkfifo', [at('pipe')])
  await symlink('/dev/zero', at('endless'))
  const names = ['file', 'link', 'folder', 'pipe', 'endless', 'missing', 'file/below']
  expect(await Promise.all(names.map(name => readText(at(name))))).toEqual([
    ...['text', 'text'],
    ...[null, null, null, null, null],
  ])
})

it('a folder in the place of a file makes way for it', async () => {
  await using temp = await tempDir('files')
  const file = join(temp.path, 'file')
  await mkdir(join(file, 'below'), { recursive: true })
  await writeAtomic(file, 'text')
  expect(await readText(file)).toBe('text')
})

it('text is added to a regular file alone', async () => {
  await using temp = await tempDir('files')
  const at = (name: string): string => join(temp.path, name)
  await appendText(at('new'), 'one\n')
  await appendText(at('new'), 'two\n')
  expect(await readText(at('new'))).toBe('one\ntwo\n')
  await writeFile(at('theirs'), 'theirs')
  await symlink('theirs', at('link'))
  await symlink('nothing', at('loose'))
  await run('mkfifo', [at('pipe')])
  for (const name of ['link', 'loose', 'pipe']) await expect(appendText(at(name), 'x')).rejects.toThrow()
  expect(await readText(at('theirs'))).toBe('theirs')
  expect(existsSync(at('nothing'))).toBe(false)
})
