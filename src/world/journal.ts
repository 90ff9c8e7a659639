/**
 * The run's memory: one JSON object a line, on disk before it takes effect. A torn last line (the process died
 * while writing) is ignored; a torn line elsewhere ends what can be trusted.
 */
import { open } from 'node:fs/promises'
import type { Event } from '../decide/task.ts'
import { readText, writeAtomic } from './files.ts'

/** The first line: what the events refer to. */
export interface JournalHead {
  readonly version: 1
  readonly run_key: string
  readonly branch: string
  readonly base_sha: string
  readonly started_at: string
  /** Task id -> fingerprint: an event of a task that was since redefined does not count. */
  readonly fingerprints: Readonly<Record<string, string>>
}

export interface Journal {
  /** Queues an event; it counts once `flush` has resolved. */
  append(event: Event): void
  /** Writes and syncs what was appended. Rejects when the disk does. */
  flush(): Promise<void>
  close(): Promise<void>
}

export interface JournalText {
  readonly head: JournalHead
  readonly events: readonly Event[]
}

/** null: there is none, or not even its first line is whole. */
export async function readJournal(file: string): Promise<JournalText | null> {
  const text = await readText(file)
  if (text === null) return null
  const whole: unknown[] = []
  const lines = text.split('\n')
  // What follows the last line break was never finished.
  for (const line of lines.slice(0, -1)) {
    try {
      whole.push(JSON.parse(line))
    } catch {
      break
    }
  }
  const [head, ...events] = whole as [JournalHead?, ...Event[]]
  if (head === undefined || head.version !== 1) return null
  return { head, events }
}

/** Starts a journal, or continues the one that `readJournal` read (`known`), dropping a torn end. */
export async function openJournal(
  file: string,
  head: JournalHead,
  known: readonly Event[],
): Promise<Journal> {
  await writeAtomic(file, [head, ...known].map(line => `${JSON.stringify(line)}\n`).join(''))
  const handle = await open(file, 'a')
  let pending = ''
  async function flush(): Promise<void> {
    if (pending === '') return
    const text = pending
    pending = ''
    await handle.appendFile(text)
    await handle.datasync()
  }
  return {
    append: event => {
      pending += `${JSON.stringify(event)}\n`
    },
    flush,
    close: async () => {
      await flush()
      await handle.close()
    },
  }
}
