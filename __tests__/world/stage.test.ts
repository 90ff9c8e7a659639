import { chmod, mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { masker } from '../../src/decide/text.ts'
import { copyMasked, stage } from '../../src/world/stage.ts'
import { run } from '../rig/exec.ts'
import { tempDir } from '../rig/temp.ts'

const SECRET = 'sk-42-a-secret-of-some-length'
const mask = masker([SECRET])

it('a secret is masked wherever in a long file it lies, with and without line ends', async () => {
  await using temp = await tempDir('stage')
  const [from, to] = [join(temp.path, 'from'), join(temp.path, 'to')]
  for (const filler of ['x', 'line of text\n']) {
    const block = 256 * 1024
    const text = filler.repeat(Math.ceil((4 * block) / filler.length))
    // Across the end of a block, across the place where a long line is cut, and at both ends.
    const places = [0, block - 10, block - 32 * 1024 - 10, 2 * block - 5, 3 * block + 1]
    let whole = ''
    let last = 0
    for (const at of places) {
      whole += text.slice(last, at) + SECRET
      last = at
    }
    whole += text.slice(last) + SECRET
    await writeFile(from, whole)
    await run('rm', ['-f', to])
    await copyMasked(from, to, mask)
    expect((await readFile(to, 'utf8')) === mask(whole)).toBe(true)
    expect(mask(whole).split('***')).toHaveLength(places.length + 2)
  }
})

it('what is no text keeps every byte, and a secret beyond ASCII is masked too', async () => {
  await using temp = await tempDir('stage')
  const [from, to] = [join(temp.path, 'from'), join(temp.path, 'to')]
  const bytes = Buffer.from([...Array(256).keys()])
  await writeFile(from, Buffer.concat([bytes, Buffer.from(`\n${SECRET}\n`), bytes]))
  await copyMasked(from, to, mask)
  expect((await readFile(to)).equals(Buffer.concat([bytes, Buffer.from('\n***\n'), bytes]))).toBe(true)
  await writeFile(from, 'pässwörter sind geheim\n')
  await copyMasked(from, join(temp.path, 'text'), masker(['pässwörter']))
  expect(await readFile(join(temp.path, 'text'), 'utf8')).toBe('*** sind geheim\n')
})

it('files get names that an artifact takes, and one that cannot be copied does not cost the others', async () => {
  await using temp = await tempDir('stage')
  const [from, to] = [join(temp.path, 'from'), join(temp.path, 'to')]
  await mkdir(join(from, 'deep'), { recursive: true })
  await writeFile(join(from, 'log'), SECRET)
  await writeFile(join(from, 'deep', 'a:b\n'), SECRET)
  await symlink('/etc/passwd', join(from, 'link'))
  await chmod(join(from, 'log'), 0o600)
  const staged = await stage(
    ['log', 'deep/a:b\n', 'gone', 'link'],
    from,
    to,
    name => name !== 'deep/a:b\n',
    mask,
  )
  expect(staged).toEqual([join(to, 'log'), join(to, 'deep', 'a%3ab%0a')])
  expect(await readFile(join(to, 'log'), 'utf8')).toBe('***')
  expect(await readdir(to)).toEqual(['deep', 'log'])
})
