import { expect, it } from 'vitest'
import { heartbeat } from '../../src/run/heartbeat.ts'
import { fakeClock } from '../rig/clock.ts'

const MINUTE = 60_000

it('beats each minute in which nothing was told, and at no other time', async () => {
  const clock = fakeClock()
  const start = clock.now()
  const end = new AbortController()
  const beats: number[] = []
  let toldAt = start
  const beating = heartbeat(
    () => toldAt,
    () => {
      toldAt = clock.now()
      beats.push((toldAt - start) / 1000)
    },
    clock,
    end.signal,
  )
  await clock.pass(59_000)
  toldAt = clock.now()
  await clock.pass(59_000)
  expect(beats).toEqual([])
  await clock.pass(1000)
  expect(beats).toEqual([119])
  await clock.pass(3 * MINUTE)
  expect(beats).toEqual([119, 179, 239, 299])
  // A run in which something happens all the time has no need of it.
  for (let i = 0; i < 300; i++) {
    await clock.pass(1000)
    toldAt = clock.now()
  }
  expect(beats).toHaveLength(4)
  end.abort()
  await beating
  expect(clock.sleeping).toBe(0)
})

it('does not run hot where a beat tells nobody', async () => {
  const clock = fakeClock()
  const end = new AbortController()
  let beats = 0
  const beating = heartbeat(
    () => 0,
    () => beats++,
    clock,
    end.signal,
  )
  await clock.pass(2 * MINUTE)
  expect(beats).toBe(3)
  end.abort()
  await beating
})
