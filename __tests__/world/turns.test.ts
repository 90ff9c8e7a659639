import { expect, it } from 'vitest'
import { turns } from '../../src/world/turns.ts'
import { type Deferred, deferred } from '../rig/deferred.ts'

it('so many are at work at a time, the others in the order they came, and a failure frees its place', async () => {
  const making = turns(2)
  const begun: string[] = []
  const ends = new Map<string, Deferred<void>>()
  const start = (name: string) =>
    making.take(async () => {
      begun.push(name)
      const end = deferred<void>()
      ends.set(name, end)
      await end.promise
      return name
    })
  const all = ['a', 'b', 'c', 'd', 'e'].map(start)
  await Promise.resolve()
  expect([begun.join(), making.busy]).toEqual(['a,b', 5])
  ends.get('b')!.reject(new Error('b failed'))
  await expect(all[1]).rejects.toThrow('b failed')
  expect([begun.join(), making.busy]).toEqual(['a,b,c', 4])
  ends.get('a')!.resolve()
  await all[0]
  const late = start('f')
  for (const name of ['c', 'd', 'e', 'f']) {
    await expect.poll(() => begun).toContain(name)
    ends.get(name)!.resolve()
  }
  expect(await Promise.all([all[2], all[3], all[4], late])).toEqual(['c', 'd', 'e', 'f'])
  expect([begun.join(), making.busy]).toEqual(['a,b,c,d,e,f', 0])
})
