import { describe, expect, it } from 'vitest'
import { inBytes, judgeRoom } from '../../src/decide/room.ts'

const room = { tree: 100, free: 1000, workers: 4, tasks: 8, gates: 1 }

describe('room for workspaces', () => {
  it('is there when every task may wait for its landing', () => {
    expect(judgeRoom(room)).toEqual({ fits: 'yes', least: 400, most: 900 })
  })

  it('is refused only when the workers alone do not fit', () => {
    expect(judgeRoom({ ...room, free: 399 }).fits).toBe('never')
    expect(judgeRoom({ ...room, free: 400 }).fits).toBe('maybe')
    expect(judgeRoom({ ...room, free: 899 }).fits).toBe('maybe')
  })

  it('counts no more workers than there are tasks', () => {
    expect(judgeRoom({ ...room, workers: 256, tasks: 2, free: 200 }).fits).toBe('maybe')
    expect(judgeRoom({ ...room, tasks: 0, free: 0 }).fits).toBe('yes')
  })
})

describe('sizes for people', () => {
  it.each([
    [0, '0 B'],
    [999, '999 B'],
    [1000, '1.0 kB'],
    [1_234_567, '1.2 MB'],
    [1_200_000_000, '1.2 GB'],
    [5e16, '50000.0 TB'],
  ])('%d is %s', (bytes, text) => {
    expect(inBytes(bytes)).toBe(text)
  })
})
