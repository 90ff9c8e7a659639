/** How much memory is left: the machine's, or less where a container or a service has a limit. Linux only. */
import { readFile } from 'node:fs/promises'
import { join, posix } from 'node:path'

/** In bytes; null: nobody says. `root`: where `/proc` and `/sys` are. */
export async function freeMemory(root = '/'): Promise<number | null> {
  const [machine, groups] = await Promise.all([
    readFile(join(root, 'proc/meminfo'), 'utf8').catch(() => ''),
    readFile(join(root, 'proc/self/cgroup'), 'utf8').catch(() => ''),
  ])
  const available = /^MemAvailable:\s*(\d+) kB$/m.exec(machine)?.[1]
  const limits = await Promise.all(
    groups
      .split('\n')
      .flatMap(line => foldersOf(line))
      .map(free => free(root)),
  )
  const known = [available === undefined ? null : Number(available) * 1024, ...limits]
  const least = Math.min(...known.filter(bytes => bytes !== null))
  return Number.isFinite(least) ? Math.max(0, least) : null
}

type Free = (root: string) => Promise<number | null>

/** A limit of each group above holds as well. In a container those above are not to be seen, and the top is its own. */
function foldersOf(line: string): readonly Free[] {
  const [, controllers = '', path = ''] = /^\d+:([^:]*):(\/.*)$/.exec(line) ?? []
  if (path === '' || (controllers !== '' && !controllers.split(',').includes('memory'))) return []
  const [top, names] = controllers === '' ? [['sys/fs/cgroup'], UNIFIED] : [['sys/fs/cgroup/memory'], LEGACY]
  const folders: string[] = []
  for (let at = posix.normalize(path); ; at = posix.dirname(at)) {
    folders.push(at)
    if (at === '/') break
  }
  return folders.map(folder => root => freeIn(join(root, ...top, folder), names))
}

interface Names {
  readonly limit: string
  readonly used: string
  /** In `memory.stat`: pages of files that the kernel takes back as soon as they are wanted. */
  readonly files: RegExp
}

const UNIFIED: Names = { limit: 'memory.max', used: 'memory.current', files: /^inactive_file (\d+)$/m }
const LEGACY: Names = {
  limit: 'memory.limit_in_bytes',
  used: 'memory.usage_in_bytes',
  files: /^total_inactive_file (\d+)$/m,
}

/** null: no limit. One that is none is written as `max`, or as more than any machine has, which the machine's own undercuts. */
async function freeIn(folder: string, { limit, used, files }: Names): Promise<number | null> {
  const read = (name: string) => readFile(join(folder, name), 'utf8').catch(() => '')
  const [most, now, stat] = await Promise.all([read(limit), read(used), read('memory.stat')])
  if (!/^\d+$/.test(most.trim()) || !/^\d+$/.test(now.trim())) return null
  return Number(most) - Number(now) + Number(files.exec(stat)?.[1] ?? 0)
}
