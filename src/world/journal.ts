/**
 * The run's memory: one JSON object a line, on disk before it takes effect. A torn last line (the process died
 * while writing) is ignored; a broken line elsewhere ends what can be trusted.
 */
import { constants } from 'node:fs'
import { copyFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { isEvent } from '../decide/event.ts'
import type { Event } from '../decide/happened.ts'
import { readText, removeAll, writeAtomic } from './files.ts'
import { openFile } from './shortage.ts'

/** The first line: what the events refer to. */
export interface JournalHead {
  readonly version: 1
  readonly run_key: string
  /** Where it lands: the remote's address without credentials, and the branch there. */
  readonly origin: string
  readonly branch: string
  /** In a dry run nothing has landed, whatever the events say. */
  readonly dry_run: boolean
  readonly base_sha: string
  readonly started_at: string
  /** Of the commands that the verdicts belong to. */
  readonly gate_hash: string
  /** Task id -> fingerprint: an event of a task that was since redefined does not count. */
  readonly fingerprints: Readonly<Record<string, string>>
}

export interface Journal {
  /** Queues an event; it counts once `flush` has resolved. */
  append(event: Event): void
  /** Writes and syncs what was appended. Rejects when the disk does, and ever after. */
  flush(): Promise<void>
  /** Never rejects. */
  close(): Promise<void>
}

export interface JournalText {
  readonly head: JournalHead
  readonly events: readonly Event[]
}

export type JournalRead =
  | { readonly kind: 'none' }
  /** Not even its first line is whole: it says nothing. */
  | { readonly kind: 'broken' }
  | { readonly kind: 'other-version'; readonly version: unknown }
  /** `lost`: whole lines behind a broken one. */
  | { readonly kind: 'read'; readonly text: JournalText; readonly lost: number }

/** Rejects only when the file is there and cannot be read; something else in its place is none. */
export async function readJournal(file: string): Promise<JournalRead> {
  const text = await readText(file)
  if (text === null) return { kind: 'none' }
  // What follows the last line break was never finished.
  const lines = text.split('\n').slice(0, -1).map(parseLine)
  const [first, ...rest] = lines
  if (!first || typeof first.version !== 'number') return { kind: 'broken' }
  if (first.version !== 1) return { kind: 'other-version', version: first.version }
  if (!isHead(first)) return { kind: 'broken' }
  const broken = rest.findIndex(line => !isEvent(line))
  const events = rest.slice(0, broken < 0 ? rest.length : broken) as unknown as readonly Event[]
  return { kind: 'read', text: { head: first, events }, lost: rest.length - events.length }
}

function isHead(line: Readonly<Record<string, unknown>>): line is Record<string, unknown> & JournalHead {
  const texts = ['run_key', 'origin', 'branch', 'base_sha', 'started_at', 'gate_hash']
  const { fingerprints } = line
  return (
    texts.every(key => typeof line[key] === 'string') &&
    typeof line.dry_run === 'boolean' &&
    typeof fingerprints === 'object' &&
    fingerprints !== null
  )
}

function parseLine(line: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(line)
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null
  } catch {
    return null
  }
}

/** A copy for people, before the file is written anew; returns where. */
export async function keepAside(file: string): Promise<string> {
  const aside = `${file}.broken`
  await removeAll(aside)
  await copyFile(file, aside, constants.COPYFILE_EXCL)
  return aside
}

/** Tries once more what a full disk has refused; rejects with the error where that is no use. */
export type Again = (act: () => Promise<void>) => Promise<void>

/**
 * Starts a journal that already holds the `known` events, in one step: before it there was the old file, if any. What a
 * write has left in part is taken back before the next.
 */
export async function openJournal(
  file: string,
  head: JournalHead,
  known: readonly Event[],
  again: Again = act => act(),
): Promise<Journal> {
  await writeAtomic(file, [head, ...known].map(line => `${JSON.stringify(line)}\n`).join(''))
  await syncFolder(dirname(file))
  const handle = await openFile(file, 'a')
  let { size } = await handle.stat()
  let pending = ''
  let failed: unknown = null
  async function flush(): Promise<void> {
    // Behind a line that was written in part nothing could be read again.
    if (failed !== null) throw failed
    if (pending === '') return
    const text = pending
    pending = ''
    try {
      await again(async () => {
        await handle.truncate(size)
        await handle.appendFile(text)
        await handle.datasync()
      })
      size += Buffer.byteLength(text)
    } catch (error) {
      failed = error
      throw error
    }
  }
  return {
    append: event => {
      pending += `${JSON.stringify(event)}\n`
    },
    flush,
    close: async () => {
      await flush().catch(() => {})
      await handle.close().catch(() => {})
    },
  }
}

/** A rename is on disk when its folder is. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await openFile(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
