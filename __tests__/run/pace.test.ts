import { describe, expect, it } from 'vitest'
import { paced, restAfter } from '../../src/run/pace.ts'
import { fakeClock, settled } from '../rig/clock.ts'
import { deferred } from '../rig/deferred.ts'

describe('paced work', () => {
  it('is done at once when it is first asked for, and then once in a rest however often it is asked for', async () => {
    const clock = fakeClock()
    const times: number[] = []
    const start = clock.now()
    const work = async (): Promise<void> => void times.push(clock.now() - start)
    const pace = paced(work, () => 1000, clock)
    for (let i = 0; i < 95; i++) {
      pace.due()
      await clock.pass(100)
    }
    expect(times).toEqual([0, 1000, 2000, 3000, 4000, 5000, 6000, 7000, 8000, 9000])
    await pace.stop()
  })

  it('is not done again while nobody asks', async () => {
    const clock = fakeClock()
    let done = 0
    const pace = paced(
      async () => void done++,
      () => 1000,
      clock,
    )
    pace.due()
    await clock.pass(60_000)
    expect([done, clock.sleeping]).toEqual([1, 0])
    pace.due()
    await settled()
    expect(done).toBe(2)
    await pace.stop()
  })

  it('is never done twice at a time', async () => {
    const clock = fakeClock()
    const first = deferred<void>()
    const began: number[] = []
    const pace = paced(
      async () => {
        began.push(began.length)
        if (began.length === 1) await first.promise
      },
      () => 1000,
      clock,
    )
    pace.due()
    await clock.pass(60_000)
    pace.due()
    await clock.pass(60_000)
    expect(began).toEqual([0])
    first.resolve()
    await settled()
    await clock.pass(1000)
    expect(began).toEqual([0, 1])
    await pace.stop()
  })

  it('rests by how long it took', async () => {
    const clock = fakeClock()
    const rests: number[] = []
    const pace = paced(
      () => clock.sleep(50, new AbortController().signal),
      took => {
        rests.push(took)
        return 1
      },
      clock,
    )
    pace.due()
    await clock.pass(100)
    expect(rests).toEqual([50])
    await pace.stop()
  })

  it('that was forgotten is not done', async () => {
    const clock = fakeClock()
    let done = 0
    const pace = paced(
      async () => void done++,
      () => 1000,
      clock,
    )
    pace.due()
    await settled()
    pace.due()
    pace.forget()
    await clock.pass(5000)
    await pace.stop()
    expect(done).toBe(1)
  })

  it('that is still due is done before it stops, and nothing after that', async () => {
    const clock = fakeClock()
    let asked = 0
    const seen: number[] = []
    const pace = paced(
      async () => void seen.push(asked),
      () => 30_000,
      clock,
    )
    asked = 1
    pace.due()
    await settled()
    asked = 2
    pace.due()
    await pace.stop()
    expect(seen).toEqual([1, 2])
    expect(clock.sleeping).toBe(0)
  })
})

it('a report rests a second at least, longer in a long run, and twenty times what it took', () => {
  expect(restAfter(0, 5)).toBe(1000)
  expect(restAfter(10 * 60_000, 5)).toBe(10_000)
  expect(restAfter(5 * 3_600_000, 5)).toBe(30_000)
  expect(restAfter(0, 400)).toBe(8000)
  expect(restAfter(5 * 3_600_000, 4000)).toBe(80_000)
})
