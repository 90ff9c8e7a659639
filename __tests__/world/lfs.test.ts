import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { filesBelow } from '../../src/world/files.ts'
import { keepLfs, lfsContents, lfsUrl, takeLfs } from '../../src/world/lfs.ts'
import { lfsOid, lfsPlace, lfsPointer, storeLfs } from '../rig/git-lfs.ts'
import { createRepo } from '../rig/repo.ts'
import { tempDir } from '../rig/temp.ts'

const files = (content: string) => ({ 'a.bin': lfsPointer(content), 'b.txt': `about ${content}\n` })

it('the contents of a range are those that its commits point at and the store holds, each once', async () => {
  await using remote = await createRepo({ files: files('old') })
  const base = await remote.tip()
  await remote.commit({ files: files('between') })
  await remote.commit({
    files: { ...files('new'), 'copy.bin': lfsPointer('new'), 'gone.bin': lfsPointer('gone') },
  })
  const extended = `version https://git-lfs.github.com/spec/v1\next-0-x sha256:${'1'.repeat(64)}\noid sha256:${lfsOid('ext')}\nsize 3\n`
  const tip = await remote.commit({
    files: {
      'ext.bin': extended,
      'not.md': `> ${lfsPointer('quoted')}`,
      'long.md': `${lfsPointer('long')}${'x'.repeat(2000)}`,
    },
  })
  expect(await lfsContents(remote.path, [tip], [base])).toEqual([])
  for (const content of ['old', 'between', 'new', 'ext', 'quoted', 'long', 'of another candidate'])
    await storeLfs(remote.path, content)
  expect([...(await lfsContents(remote.path, [tip], [base]))].sort()).toEqual(
    ['between', 'new', 'ext'].map(lfsOid).sort(),
  )
  expect(await lfsContents(remote.path, [], [base])).toEqual([])
})

it('kept beside a bundle they come back from there, and from another store', async () => {
  await using remote = await createRepo({ files: files('old') })
  await using temp = await tempDir('lfs')
  const base = await remote.tip()
  const tip = await remote.commit({ files: files('new') })
  await storeLfs(remote.path, 'old')
  await storeLfs(remote.path, 'new')
  const kept = join(temp.path, 'tasks/a')
  await keepLfs(remote.path, base, tip, kept)
  expect(await filesBelow(kept)).toEqual([lfsPlace('', 'new')])
  await writeFile(join(kept, 'lfs/objects/odd'), 'x')
  const [first, second] = [join(temp.path, 'first.git'), join(temp.path, 'second.git')]
  for (const dir of [first, second]) await mkdir(dir)
  await takeLfs(join(kept, 'work.bundle'), first)
  await takeLfs(join(kept, 'work.bundle'), first)
  await takeLfs(first, second)
  await takeLfs(join(temp.path, 'nothing/work.bundle'), second)
  expect(await filesBelow(second)).toEqual([lfsPlace('', 'new')])
  expect(await readFile(lfsPlace(second, 'new'), 'utf8')).toBe('new')
})

it("they go where the branch's own .lfsconfig says, else to the remote", async () => {
  await using remote = await createRepo()
  expect(await lfsUrl(remote.path, 'main', 'https://github.com/o/r')).toBe('https://github.com/o/r')
  expect(await lfsUrl(remote.path, 'main', '/srv/r.git')).toBe('file:///srv/r.git')
  await remote.commit({ files: { '.lfsconfig': '[lfs]\n\turl = https://lfs.example.test/r\n' } })
  await remote.commit({
    files: { '.lfsconfig': '[lfs]\n\turl = https://evil.example.test/r\n' },
    branch: 'candidate',
  })
  expect(await lfsUrl(remote.path, 'main', '/srv/r.git')).toBe('https://lfs.example.test/r')
})
