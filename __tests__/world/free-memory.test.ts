import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, test } from 'vitest'
import { freeMemory } from '../../src/world/free-memory.ts'
import { type TempDir, tempDir } from '../rig/temp.ts'

let root: TempDir
beforeEach(async () => {
  root = await tempDir('memory')
})
afterEach(() => root[Symbol.asyncDispose]())

const MACHINE = { 'proc/meminfo': 'MemTotal: 8000000 kB\nMemFree: 1 kB\nMemAvailable:    4000000 kB\n' }

/** As the kernel shows a machine with these groups. */
async function free(files: Readonly<Record<string, string>>): Promise<number | null> {
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(root.path, name)), { recursive: true })
    await writeFile(join(root.path, name), text)
  }
  return freeMemory(root.path)
}

const v2 = (folder: string, max: string, current: string, files = '0') => ({
  [`sys/fs/cgroup${folder}/memory.max`]: `${max}\n`,
  [`sys/fs/cgroup${folder}/memory.current`]: `${current}\n`,
  [`sys/fs/cgroup${folder}/memory.stat`]: `anon 1\ninactive_file ${files}\nactive_file 7\n`,
})
const v1 = (folder: string, limit: string, used: string, files = '0') => ({
  [`sys/fs/cgroup/memory${folder}/memory.limit_in_bytes`]: `${limit}\n`,
  [`sys/fs/cgroup/memory${folder}/memory.usage_in_bytes`]: `${used}\n`,
  [`sys/fs/cgroup/memory${folder}/memory.stat`]: `cache 1\ninactive_file 1\ntotal_inactive_file ${files}\n`,
})
const own = (line: string) => ({ 'proc/self/cgroup': `${line}\n` })

describe('what is left', () => {
  it.each<[string, Readonly<Record<string, string>>, number | null]>([
    ['of the machine', MACHINE, 4_096_000_000],
    ['nobody says', {}, null],
    ['in a group of version 2', { ...MACHINE, ...own('0::/job'), ...v2('/job', '1000', '300', '50') }, 750],
    ['in one without a limit', { ...MACHINE, ...own('0::/job'), ...v2('/job', 'max', '300') }, 4_096_000_000],
    [
      'where the one above has less',
      { ...own('0::/a/b'), ...v2('/a/b', '900', '100'), ...v2('/a', '500', '200') },
      300,
    ],
    ['in a container that sees its own group alone', { ...own('0::/'), ...v2('', '2000', '500') }, 1500],
    ['in one with a path of the host', { ...own('0::/docker/4f'), ...v2('', '2000', '600') }, 1400],
    [
      'in a group of version 1',
      { ...own('4:memory:/job\n2:cpu:/other'), ...v1('/job', '700', '200', '10') },
      510,
    ],
    ['with several controllers', { ...own('4:cpu,memory:/job'), ...v1('/job', '700', '250') }, 450],
    [
      'with the number that means none',
      { ...MACHINE, ...own('4:memory:/'), ...v1('', '9223372036854771712', '5') },
      4_096_000_000,
    ],
    ['nothing', { ...own('0::/'), ...v2('', '100', '300') }, 0],
  ])('%s', async (_, files, expected) => {
    expect(await free(files)).toBe(expected)
  })
})

test.runIf(process.platform === 'linux')('of this machine', async () => {
  expect(await freeMemory()).toBeGreaterThan(1_000_000)
})
