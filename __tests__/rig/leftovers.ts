import { readdir, readFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'

export type Leftover = { readonly pid: number; readonly command: string }

/**
 * Processes of this machine whose environment holds `cookie` (Linux only): what a test started and nobody ended.
 * With `withinMs` it looks again until there is none or the time is over: a killed process takes a moment to go.
 */
export async function processesWith(cookie: string, withinMs = 0): Promise<Leftover[]> {
  const until = Date.now() + withinMs
  for (;;) {
    const found = await look(cookie)
    if (found.length === 0 || Date.now() >= until) return found
    await sleep(20)
  }
}

async function look(cookie: string): Promise<Leftover[]> {
  const pids = (await readdir('/proc')).filter(name => /^\d+$/.test(name))
  const found = await Promise.all(
    pids.map(async pid => {
      // Gone meanwhile, another user's, or a zombie (its environment is empty): none of them counts.
      const environ = await readFile(`/proc/${pid}/environ`, 'utf8').catch(() => '')
      if (!environ.includes(cookie)) return []
      const line = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')
      return [{ pid: Number(pid), command: line.replaceAll('\0', ' ').trim() }]
    }),
  )
  return found.flat()
}
