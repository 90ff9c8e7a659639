/**
 * What is mounted in a folder of ours is not ours. Where this user may not mount, the same folders are plain ones, and the
 * promises hold all the same.
 */
import { execFile } from 'node:child_process'
import { mkdir, readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'
import { createCheckout, removeCheckout, tidyCheckout } from '../../src/world/checkout.ts'
import { removeAll } from '../../src/world/files.ts'
import { asRoot, ownPower, removeFolder, unmountBelow } from '../../src/world/mounts.ts'
import { disarm, makeReadable } from '../../src/world/traps.ts'
import { openSite } from '../rig/site.ts'
import { tempDir, writeFiles } from '../rig/temp.ts'

/** A folder of somebody else's, mounted in `dir`; without a mount it is only beside it. */
async function mountIn(dir: string, name: string, precious: string): Promise<boolean> {
  await mkdir(join(dir, name), { recursive: true })
  return (await asRoot(ownPower(), ['mount', '--bind', precious, join(dir, name)])) === null
}

it('what is mounted in a folder that goes is not removed through the mount', async () => {
  await using temp = await tempDir('mounts')
  const [precious, ours] = [join(temp.path, 'precious'), join(temp.path, 'ours')]
  await writeFiles(precious, { 'a/file': 'x' })
  const mounted = await mountIn(ours, 'in [1]/deep', precious)
  try {
    const removed = await removeAll(ours).then(
      () => 'removed',
      (error: Error) => error.message,
    )
    expect(removed).toBe(
      mounted ? `${ours} is not removed: ${join(ours, 'in [1]/deep')} is a mount` : 'removed',
    )
    await removeFolder(ours)
    expect(await readdir(temp.path)).toEqual(['precious'])
    expect(await readFile(join(precious, 'a/file'), 'utf8')).toBe('x')
  } finally {
    await unmountBelow(temp.path)
  }
})

it('nothing behind a mount is removed or made readable with what a worker left', async () => {
  await using temp = await tempDir('mounts')
  const [precious, ours] = [join(temp.path, 'precious'), join(temp.path, 'ours')]
  await writeFiles(precious, { 'locked/file': 'x' })
  await promisify(execFile)('mkfifo', [join(precious, 'pipe'), join(precious, 'locked/pipe')])
  await promisify(execFile)('chmod', ['0500', join(precious, 'locked')])
  const before = (await stat(join(precious, 'locked'))).mode
  await mountIn(ours, 'in [1]*', precious)
  try {
    await promisify(execFile)('mkfifo', [join(ours, 'pipe')])
    expect(await disarm(ours)).toEqual(['pipe'])
    await makeReadable(ours)
    expect((await readdir(precious)).sort()).toEqual(['locked', 'pipe'])
    expect((await stat(join(precious, 'locked'))).mode).toBe(before)
  } finally {
    await unmountBelow(temp.path)
    await promisify(execFile)('chmod', ['0700', join(precious, 'locked')])
  }
})

it('what a gate mounted in its checkout is taken off before that is tidied, or goes', async () => {
  await using temp = await tempDir('mounts')
  await using site = await openSite({ files: { 'README.md': 'hello\n' } })
  const at = site.at('gate')
  const precious = join(temp.path, 'precious')
  await writeFiles(precious, { 'a/file': 'x' })
  const files = () => readFile(join(precious, 'a/file'), 'utf8')
  await createCheckout(at, site.base, site.options.checkout)
  await mountIn(at.dir, 'in', precious)
  await tidyCheckout(at, site.options.checkout)
  expect((await readdir(at.dir)).sort()).toEqual(['README.md'])
  expect(await files()).toBe('x')
  await mountIn(at.dir, 'in', precious)
  await removeCheckout(at)
  expect(await readdir(join(at.dir, '..')).catch(() => [])).not.toContain('gate')
  expect(await files()).toBe('x')
})
