/** The most memory that a command took, with all that it started in its process group. Linux only. */
import { readdir, readFile } from 'node:fs/promises'

export interface Peak {
  /** In bytes, as far as a look fell into its time; null: none did. The look stops with it. */
  end(): number | null
}

/** A process keeps its own mark, so that a look a little later than the peak still sees it. */
const EVERY_MS = 2000

const groups = new Map<number, number>()
let isDue = false

/** One look at a time for all commands that run. */
export function watchPeak(group: number): Peak {
  groups.set(group, 0)
  comeBack()
  return {
    end: () => {
      const bytes = groups.get(group) ?? 0
      groups.delete(group)
      return bytes === 0 ? null : bytes
    },
  }
}

function comeBack(): void {
  if (isDue || groups.size === 0) return
  isDue = true
  setTimeout(async () => {
    await lookAt()
    isDue = false
    comeBack()
  }, EVERY_MS).unref()
}

/** Adds up what the processes of each watched group have taken at most. Never rejects. */
export async function lookAt(): Promise<void> {
  const pids = (await readdir('/proc').catch(() => [])).filter(name => /^\d+$/.test(name))
  const sums = new Map<number, number>()
  for (const pid of pids) {
    const stat = await readFile(`/proc/${pid}/stat`, 'latin1').catch(() => '')
    // The name in parentheses may hold anything, also `)`.
    const group = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[2])
    if (!groups.has(group)) continue
    const status = await readFile(`/proc/${pid}/status`, 'latin1').catch(() => '')
    const kilobytes = Number(/^VmHWM:\s*(\d+) kB$/m.exec(status)?.[1] ?? 0)
    sums.set(group, (sums.get(group) ?? 0) + kilobytes * 1024)
  }
  for (const [group, bytes] of sums) {
    const before = groups.get(group)
    if (before !== undefined) groups.set(group, Math.max(before, bytes))
  }
}
