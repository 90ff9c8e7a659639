import fc from 'fast-check'
import { expect, test } from 'vitest'
import { shellLine } from '../../src/action/shell-words.ts'
import { run } from '../rig/exec.ts'

test('a shell reads the very words again', async () => {
  const word = fc.string({ unit: 'grapheme', maxLength: 12 }).filter(text => !text.includes('\0'))
  const one = fc.asyncProperty(fc.array(word, { minLength: 1, maxLength: 4 }), async words => {
    const { stdout } = await run('bash', ['-c', `printf '%s\\0' ${shellLine(words)}`])
    expect(stdout.split('\0').slice(0, -1)).toEqual(words)
  })
  await fc.assert(one, { numRuns: 100 })
})

test('plain words stay plain', () => {
  expect(shellLine(['retry', '/tmp/fanout/77-1', '--task', 'a,b'])).toBe('retry /tmp/fanout/77-1 --task a,b')
})
