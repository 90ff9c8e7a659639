import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Halt } from '../../src/decide/task.ts'
import { createHalts, type Halts } from '../../src/world/halt.ts'
import { tempDir } from '../rig/temp.ts'

function next(halts: Halts): Promise<Halt> {
  return new Promise(resolve => {
    const deaf = halts.listen(halt => {
      queueMicrotask(() => deaf())
      resolve(halt)
    })
  })
}

test('a signal ends the work at once and gives what the lane has under way a while', async () => {
  using halts = createHalts()
  const told = next(halts)
  halts.interrupt()
  expect(await told).toBe('signal')
  expect([halts.cancel.aborted, halts.endWork.aborted]).toEqual([true, true])
  expect([halts.endLane.aborted, halts.endRead.aborted]).toEqual([false, false])
  await once(halts.endLane, 'abort')
  expect(halts.endRead.aborted).toBe(false)
  await once(halts.endRead, 'abort')
})

test('the deadline ends workers and leaves the lane alone', async () => {
  await using dir = await tempDir()
  using halts = createHalts()
  halts.watch(dir.path, 1)
  expect(await next(halts)).toBe('deadline')
  expect([halts.endWork.aborted, halts.cancel.aborted, halts.endLane.aborted]).toEqual([true, false, false])
})

test('a file named stop is a reason to halt, once, and ends nothing', async () => {
  await using dir = await tempDir()
  using halts = createHalts()
  halts.watch(dir.path, null)
  await writeFile(join(dir.path, 'stop'), '')
  expect(await next(halts)).toBe('stop')
  expect([halts.endWork.aborted, halts.cancel.aborted]).toEqual([false, false])
  halts.interrupt()
  expect(await next(halts)).toBe('signal')
})

test('reasons that nobody waited for are not lost', async () => {
  using halts = createHalts()
  halts.interrupt()
  halts.interrupt()
  expect(await next(halts)).toBe('signal')
})
