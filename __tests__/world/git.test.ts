import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { git } from '../../src/world/git.ts'

test('a Ctrl-C in the terminal does not reach it: it is in a process group of its own', async () => {
  const group = (stat: string): string => stat.slice(stat.lastIndexOf(')') + 2).split(' ')[2] ?? ''
  const { stdout } = await git('/', ['-c', 'alias.stat=!cat /proc/self/stat', 'stat'])
  expect(group(stdout)).toMatch(/^\d+$/)
  expect(group(stdout)).not.toBe(group(await readFile('/proc/self/stat', 'utf8')))
})
