import { expect, test } from 'vitest'
import { watchMemory } from '../src/memory-watch.ts'
import type { Log } from '../src/world/log.ts'
import { outcomes, startSite, tasks } from './rig/fanout.ts'
import { tempDir, writeFiles } from './rig/temp.ts'

const MUCH = 10 ** 15
const isLinux = process.platform === 'linux'

function heard(): { readonly log: Log; readonly words: string[] } {
  const words: string[] = []
  const add = (_: string, text: string): void => void words.push(text)
  return { words, log: { warning: add, notice: add, line: () => {} } as unknown as Log }
}

test.runIf(isLinux)(
  'is said once in a run, as soon as a worker has ended that tells, and at the start of the next',
  async () => {
    await using root = await tempDir('watch')
    const first = heard()
    const watch = await watchMemory(root.path, 4, 10, first.log)
    await watch.ended(null)
    await watch.ended(1000)
    expect(first.words).toEqual([])
    await watch.ended(MUCH)
    await watch.ended(2 * MUCH)
    await watch.ended(MUCH)
    expect(first.words).toEqual([expect.stringContaining('may take 4000.0 TB')])
    const next = heard()
    await watchMemory(root.path, 2, 10, next.log)
    expect(next.words).toEqual([expect.stringContaining('The largest worker took 2000.0 TB, 2 at a time')])
  },
)

test.runIf(isLinux).each(['{"version":1,"largest_worker_bytes":"x"}', '{', 'null'])(
  'what is no memory is none: %s',
  async text => {
    await using root = await tempDir('watch')
    await writeFiles(root.path, { 'memory.json': text })
    const { log, words } = heard()
    await watchMemory(root.path, 4, 10, log)
    expect(words).toEqual([])
  },
)

test.runIf(isLinux)('a run warns of what the last one took, and goes on', async () => {
  await using site = await startSite({ via: 'file' })
  const inputs = {
    tasks: tasks({ id: 'a', run: 'cat /proc/self/oom_score_adj > a' }),
    'verify-when': 'never',
  }
  const first = await site.cli(inputs)
  expect(outcomes((await first.directory()).summary)).toEqual({ a: 'landed' })
  expect((await site.remote.files()).a).toBe('500\n')
  expect(first.stdout).not.toContain('exit code 137')
  await writeFiles(site.root, { 'memory.json': `{"version":1,"largest_worker_bytes":${MUCH}}` })
  const next = await site.cli({ ...inputs, tasks: tasks({ id: 'b', run: 'echo b > b' }) })
  expect(outcomes((await next.directory()).summary)).toEqual({ b: 'landed' })
  expect(next.stdout).toContain('exit code 137')
})
