/** Killing a process at a moment of its run, and what a run that was killed over and over must not have left. */
import { readFileSync, watch } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Event } from '../../src/decide/happened.ts'
import type { JournalHead } from '../../src/world/journal.ts'
import { processesWith } from './leftovers.ts'

/** The whole lines of a journal, its head left out; none where there is no journal. */
export function eventsIn(journal: string): Event[] {
  return linesOf(journal).slice(1) as Event[]
}

/** The first line of a journal; null where there is no journal. */
export function headIn(journal: string): JournalHead | null {
  return (linesOf(journal)[0] ?? null) as JournalHead | null
}

function linesOf(journal: string): unknown[] {
  let text = ''
  try {
    text = readFileSync(journal, 'utf8')
  } catch {
    return []
  }
  return text
    .split('\n')
    .slice(0, -1)
    .map(line => JSON.parse(line))
}

/** What happened, and to whom: the same event in another process has the same name. */
export function nameOf(event: Event): string {
  const tasks = (list: readonly { readonly task: string }[]) => list.map(({ task }) => task).join('+')
  switch (event.type) {
    case 'began': {
      const { step } = event
      if ('task' in step) return `began ${step.kind} ${step.task}`
      if (step.kind === 'gate')
        return `began gate ${step.targets.map(each => each.tasks.join('+')).join(' ')}`
      return `began ${step.kind} ${tasks(step.kind === 'stack' ? step.tasks : step.layers)}`
    }
    case 'stacked':
      return `stacked ${event.result.kind === 'stacked' ? tasks(event.result.stack.layers) : 'nothing'}`
    case 'pushed':
      return `pushed ${tasks(event.layers)} ${event.result.kind}`
    case 'gated':
      return `gated ${event.results.map(result => result.tree).join(' ')}`
    case 'verified':
      return `verified ${event.result.tree}`
    case 'found':
      return `found ${event.task} ${event.found.kind}`
    default:
      return 'task' in event ? `${event.type} ${event.task}` : event.type
  }
}

/** Calls `kill` once, as soon as `isDue` says so of the events that the journal has gained since now. */
export function watchJournal(
  journal: string,
  isDue: (event: Event, number: number) => boolean,
  kill: () => void,
): Disposable {
  let seen: number | null = null
  let done = false
  const look = (): void => {
    const events = eventsIn(journal)
    // What is there when it is opened is known from before.
    const from = Math.min(seen ?? events.length, events.length)
    seen = events.length
    for (const [i, event] of events.entries()) {
      if (done || i < from || !isDue(event, i)) continue
      done = true
      kill()
    }
  }
  const watcher = watch(dirname(journal), (_, name) => {
    if (name === 'journal.ndjson') look()
  })
  return { [Symbol.dispose]: () => watcher.close() }
}

/** As when the machine goes: the process and at the same moment all that carries its run's mark. */
export async function killWithFamily(pid: number, runDir: string): Promise<void> {
  const kill = (victim: number): void => {
    try {
      process.kill(victim, 'SIGKILL')
    } catch {
      // gone this moment
    }
  }
  kill(pid)
  for (const left of await processesWith(runDir)) kill(left.pid)
}

/** What must not be left of a run on its machine: `process ...`, `mount ...`, `lock ...`. */
export async function remains(root: string): Promise<string[]> {
  const processes = await processesWith(root, 5000)
  const mounts = (await readFile('/proc/self/mountinfo', 'utf8').catch(() => '')).split('\n')
  const locks = await readdir(join(root, 'locks')).catch(() => [])
  return [
    ...processes.map(({ pid, command }) => `process ${pid} ${command}`),
    ...mounts
      .flatMap(line => line.split(' ')[4] ?? [])
      .filter(path => path.startsWith(`${root}/`))
      .map(path => `mount ${path}`),
    ...locks.map(name => `lock ${name}`),
  ]
}
