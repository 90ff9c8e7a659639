import { expect, it } from 'vitest'
import { diffstatOf, type FileLines } from '../../src/decide/changes.ts'

const file = (path: string): FileLines => ({ path, insertions: 1, deletions: null })

it('holds so many files at most, and says how many more there are', () => {
  const files = Array.from({ length: 120 }, (_, index) => file(`f${index}`))
  expect(diffstatOf(files.slice(0, 2))).toEqual({ files: [file('f0'), file('f1')], more: 0 })
  const long = diffstatOf(files)
  expect(long.files).toEqual(files.slice(0, 50))
  expect(long.more).toBe(70)
})

it('cuts a path that is absurdly long', () => {
  expect(diffstatOf([file('a'.repeat(5000))]).files[0]?.path).toBe(`${'a'.repeat(300)}…`)
})

it('takes over nothing but path and lines', () => {
  const change = { ...file('a'), mode: '100644', blob: '0'.repeat(40) }
  expect(diffstatOf([change]).files).toEqual([file('a')])
})
