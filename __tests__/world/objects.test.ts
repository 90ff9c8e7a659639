import { join } from 'node:path'
import { expect, it } from 'vitest'
import { openObjects } from '../../src/world/objects.ts'
import { git, gitWith } from '../rig/exec.ts'
import { tempDir } from '../rig/temp.ts'

it('answers many questions at once in their order, large and binary ones too, and says what is missing', async () => {
  await using home = await tempDir('objects')
  await git(home.path, 'init', '--quiet', '--bare', '.')
  const contents = [
    Buffer.from(''),
    Buffer.from('a\n\nb'),
    Buffer.alloc(3_000_000, '\n0 blob 1\0\xff', 'latin1'),
  ]
  const ids: string[] = []
  for (const input of contents)
    ids.push((await gitWith({ cwd: home.path, input }, 'hash-object', '-w', '--stdin')).stdout.trim())
  const read = openObjects(home.path)
  const none = '1'.repeat(40)
  const [first, gone, ...rest] = await Promise.allSettled([ids[0]!, none, ...ids, ...ids].map(read))
  expect(first).toMatchObject({ status: 'fulfilled', value: contents[0] })
  expect(gone).toMatchObject({ reason: new Error(`git has no object ${none}`) })
  for (const [i, answer] of rest.entries())
    expect(answer.status === 'fulfilled' && answer.value.equals(contents[i % 3]!)).toBe(true)
})

it('reads what came after it was first asked, whether or not its process is still there', async () => {
  await using home = await tempDir('objects')
  await git(home.path, 'init', '--quiet', '--bare', '.')
  const read = openObjects(home.path)
  for (const [i, packed] of [false, true, false].entries()) {
    const input = `content ${i}\n`
    const id = (await gitWith({ cwd: home.path, input }, 'hash-object', '-w', '--stdin')).stdout.trim()
    if (packed) {
      await gitWith({ cwd: home.path, input: `${id}\n` }, 'pack-objects', '-q', 'objects/pack/pack')
      await git(home.path, 'prune-packed')
    }
    expect((await read(id)).toString()).toBe(input)
  }
})

it('a process that cannot be asked fails every question', async () => {
  await using home = await tempDir('objects')
  const read = openObjects(join(home.path))
  const answers = await Promise.allSettled(['a', 'b'].map(read))
  for (const { status, reason } of answers as PromiseRejectedResult[])
    expect([status, String(reason)]).toEqual(['rejected', expect.stringMatching(/not a git repository/)])
})
