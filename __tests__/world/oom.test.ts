import { readFileSync, writeFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { runCommand } from '../../src/world/process.ts'
import { type TempDir, tempDir } from '../rig/temp.ts'

const FILE = '/proc/self/oom_score_adj'
const isLinux = process.platform === 'linux'

let temp: TempDir
let own: string

beforeEach(async () => {
  temp = await tempDir('oom')
  if (isLinux) own = readFileSync(FILE, 'utf8')
})
afterEach(async () => {
  if (isLinux) writeFileSync(FILE, own)
  await temp[Symbol.asyncDispose]()
})

async function printed(script: string): Promise<string> {
  const logFile = join(temp.path, 'log')
  const ended = await runCommand({
    ...{ script, scriptFile: join(temp.path, 'script.sh'), cwd: temp.path, logFile },
    ...{ env: { PATH: process.env.PATH ?? '' }, stdin: null, timeoutMs: null, idleMs: null, graceMs: 5000 },
    signal: new AbortController().signal,
  })
  expect(ended.exitCode).toBe(0)
  return readFile(logFile, 'utf8')
}

describe.runIf(isLinux)('what the kernel ends first where memory runs out', () => {
  it.each([
    ['the command', `read score < ${FILE}; echo $score`],
    ['what it starts', `cat ${FILE}`],
    ['what leaves its group', `setsid --wait cat ${FILE}`],
  ])('%s', async (_, script) => {
    writeFileSync(FILE, '0')
    expect(await printed(script)).toBe('500\n')
    expect(readFileSync(FILE, 'utf8')).toBe('0\n')
  })

  it.each(['500', '700', '1000'])(
    'a command of one that is as likely itself, with %s, has the same',
    async score => {
      writeFileSync(FILE, score)
      expect(await printed(`cat ${FILE}`)).toBe(`${score}\n`)
      expect(readFileSync(FILE, 'utf8')).toBe(`${score}\n`)
    },
  )

  it('many at a time', async () => {
    writeFileSync(FILE, '100')
    const all = await Promise.all(
      Array.from({ length: 8 }, async (_, i) => {
        await using own = await tempDir(`oom-${i}`)
        const logFile = join(own.path, 'log')
        await runCommand({
          ...{ script: `cat ${FILE}`, scriptFile: join(own.path, 'script.sh'), cwd: own.path, logFile },
          ...{ env: { PATH: process.env.PATH ?? '' }, stdin: null, timeoutMs: null, idleMs: null },
          ...{ graceMs: 5000, signal: new AbortController().signal },
        })
        return readFile(logFile, 'utf8')
      }),
    )
    expect(new Set(all)).toEqual(new Set(['500\n']))
    expect(readFileSync(FILE, 'utf8')).toBe('100\n')
  })
})
