import { expect, it } from 'vitest'
import type { Sha, TaskId } from '../../src/decide/task.ts'
import { blockedRef, blockedWork, oldBlockedRef } from '../../src/run/refs.ts'
import { run } from '../rig/exec.ts'

const IDS = ['a', 'fix-readme', 'v1.2.3', 'a..b', 'a...b', 'a....b', `x${'.'.repeat(60)}y`] as TaskId[]
const BRANCHES = ['main', 'release/1.x', 'a/b/c', 'a%2Fb', '100%', '@', 'Ünï/x', 'a.b']
const c0ffee = 'c0ffee' as Sha

it('every branch and task id have a ref that git takes, and are read back from it', async () => {
  for (const branch of BRANCHES) {
    for (const id of IDS) {
      const ref = blockedRef(branch, id)
      expect((await run('git', ['check-ref-format', ref])).code, ref).toBe(0)
      expect([...blockedWork(new Map([[ref, c0ffee]]), branch).own.keys()]).toEqual([id])
    }
  }
})

it('no two branches share one', () => {
  const refs = BRANCHES.concat('a/b', 'a/b/c').map(branch => blockedRef(branch, 'x' as TaskId))
  expect(new Set(refs).size).toBe(new Set([...BRANCHES, 'a/b']).size)
  const all = new Map(refs.map(ref => [ref, c0ffee]))
  for (const branch of BRANCHES) expect([...blockedWork(all, branch).own.keys()]).toEqual(['x'])
})

it('ordinary names stand in the ref as they are, a slash as %2F', () => {
  expect(blockedRef('main', 'fix-readme' as TaskId)).toBe('refs/fanout/blocked/main/fix-readme')
  expect(blockedRef('release/1.x', 'a' as TaskId)).toBe('refs/fanout/blocked/release%2F1.x/a')
})

it('names of older versions are told apart, and the one that is named as the branch', () => {
  const refs = new Map(IDS.map(id => [oldBlockedRef(id), c0ffee] as const))
  expect([...blockedWork(refs, 'main').old.keys()]).toEqual(IDS)
  expect(blockedWork(refs, 'main')).toMatchObject({ own: new Map(), inTheWay: null })
  expect(blockedWork(refs, 'a').inTheWay).toBe('a')
  // Listed beside a tag is what it points at.
  expect(blockedWork(new Map([[`${oldBlockedRef('t' as TaskId)}^{}`, c0ffee]]), 'main').old.size).toBe(0)
})
