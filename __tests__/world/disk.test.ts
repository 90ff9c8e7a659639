import { join } from 'node:path'
import { expect, it } from 'vitest'
import type { Sha } from '../../src/decide/task.ts'
import { countFiles, freeSpace, treeSize } from '../../src/world/disk.ts'
import { createRepo } from '../rig/repo.ts'
import { tempDir } from '../rig/temp.ts'

it('a tree takes whole blocks, and a submodule none', async () => {
  await using remote = await createRepo({
    files: {
      empty: '',
      'a/small': 'x',
      'a/exact': 'x'.repeat(512),
      'a/ü': 'x'.repeat(513),
      '.gitignore': 'y',
    },
  })
  const tip = (await remote.tip()) as Sha
  expect(await countFiles(remote.path, tip)).toBe(5)
  expect(await treeSize(remote.path, tip, 512)).toEqual({ files: 5, bytes: 512 * (0 + 1 + 1 + 2 + 1) })
})

it('free space is told where the folder is, and unknown where it is not', async () => {
  await using temp = await tempDir('disk')
  expect(await freeSpace(temp.path)).toMatchObject({ bytes: expect.any(Number), block: expect.any(Number) })
  expect(await freeSpace(join(temp.path, 'nowhere'))).toBeNull()
})
