import { expect, it } from 'vitest'
import type { Sha, TaskId } from '../../src/decide/task.ts'
import { blockedRef, blockedWork } from '../../src/run/refs.ts'
import { run } from '../rig/exec.ts'

it('every task id has a ref that git takes, and is read back from it', async () => {
  for (const id of [
    'a',
    'fix-readme',
    'v1.2.3',
    'a..b',
    'a...b',
    'a....b',
    `x${'.'.repeat(60)}y`,
  ] as TaskId[]) {
    const ref = blockedRef(id)
    expect((await run('git', ['check-ref-format', ref])).code, ref).toBe(0)
    expect([...blockedWork(new Map([[ref, 'c0ffee' as Sha]])).keys()]).toEqual([id])
  }
})

it('an ordinary id stands in the ref as it is', () => {
  expect(blockedRef('fix-readme' as TaskId)).toBe('refs/fanout/blocked/fix-readme')
})
