/** What workers take of the machine's memory: said at the start by the last run, and once as soon as this one knows better. */
import { join } from 'node:path'
import { memoryWarning } from './decide/memory.ts'
import { readText, writeJson } from './world/files.ts'
import { freeMemory } from './world/free-memory.ts'
import type { Log } from './world/log.ts'

export interface MemoryWatch {
  /** A worker has ended that took so many bytes; null: nobody knows. */
  ended(bytes: number | null): Promise<void>
}

/** In the workspace root, for the next run there. */
const FILE = 'memory.json'

export async function watchMemory(
  root: string,
  workers: number,
  tasks: number,
  log: Log,
): Promise<MemoryWatch> {
  const file = join(root, FILE)
  const [free, before] = await Promise.all([freeMemory(), remembered(file)])
  let largest = 0
  let warned = false
  let writing = Promise.resolve()
  const judge = (bytes: number): void => {
    const words = free === null || warned ? null : memoryWarning({ largest: bytes, workers, tasks, free })
    if (words === null) return
    warned = true
    log.warning('memory', words)
  }
  if (before !== null) judge(before)
  return {
    ended: async bytes => {
      if (bytes === null || bytes <= largest) return
      largest = bytes
      judge(bytes)
      // The next run is told less if it cannot be written.
      const write = () => writeJson(file, { version: 1, largest_worker_bytes: bytes }).catch(() => {})
      writing = writing.then(write)
      await writing
    },
  }
}

async function remembered(file: string): Promise<number | null> {
  try {
    const { largest_worker_bytes: bytes } = JSON.parse((await readText(file)) ?? '') as Record<
      string,
      unknown
    >
    return typeof bytes === 'number' && bytes > 0 ? bytes : null
  } catch {
    return null
  }
}
