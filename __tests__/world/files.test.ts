import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { isFolder, makeWritableFolder } from '../../src/world/files.ts'
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
