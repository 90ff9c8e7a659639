/** What a child says: read no faster than the log takes it, and kept as a file of head and tail. */
import { constants } from 'node:fs'
import { type FileHandle, lstat, rename, rm } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { lineSplitter, TAIL_BYTES, tail } from '../decide/text.ts'
import { openFile } from './shortage.ts'

/** SPEC section 5. */
export const LOG_LIMIT = 64 * 1024 * 1024
/** Room for the line that marks the cut. */
const MARK_ROOM = 64
const CHUNK = 1024 * 1024

export interface Log {
  write(chunk: Buffer): Promise<void>
  /** What went wrong with the file on the way, if anything did: the log is incomplete then. */
  close(): Promise<string | null>
}

/**
 * A file of at most `limit` bytes: its first half as it came, then the last bytes, the cut between them marked. Throws when
 * it cannot be opened or is not a regular file (a link is not followed); a later fault only ends the writing.
 */
export async function openLog(path: string, append = false, limit = LOG_LIMIT): Promise<Log> {
  const flags = constants.O_RDWR | constants.O_CREAT | constants.O_NOFOLLOW | constants.O_NONBLOCK
  const file = await openFile(path, flags, 0o644)
  let seen = 0
  try {
    const stat = await file.stat()
    if (!stat.isFile()) throw new Error(`${path} is not a regular file`)
    if (append) seen = stat.size
    else await file.truncate()
  } catch (error) {
    await file.close()
    throw error
  }
  // Past the head the file is a ring until it is closed. A file that was cut before is a full ring, mark and all.
  const head = Math.floor(limit / 2)
  const ring = limit - head
  let fault: string | null = null
  let queue = Promise.resolve()

  async function put(chunk: Buffer): Promise<void> {
    for (let rest = chunk; rest.length > 0; ) {
      const at = seen < head ? seen : head + ((seen - head) % ring)
      const size = Math.min(rest.length, (seen < head ? head : limit) - at)
      await writeAll(file, rest.subarray(0, size), at)
      seen += size
      rest = rest.subarray(size)
    }
  }
  /** Makes a head and a ring into a head, a mark and a tail: in a second file, so that a crash costs neither. */
  async function unroll(): Promise<void> {
    const kept = ring - MARK_ROOM
    const mark = Buffer.from(`\n[... ${seen - head - kept} bytes cut by fanout ...]\n`)
    const from = (seen - head - kept) % ring
    const upToTheEnd = Math.min(kept, ring - from)
    await rewrite(async target => {
      await copyRange(file, 0, target, 0, head)
      await writeAll(target, mark, head)
      await copyRange(file, head + from, target, head + mark.length, upToTheEnd)
      await copyRange(file, head, target, head + mark.length + upToTheEnd, kept - upToTheEnd)
    })
  }
  async function rewrite(fill: (target: FileHandle) => Promise<void>): Promise<void> {
    const fresh = `${path}.cut`
    await rm(fresh, { force: true })
    const target = await openFile(fresh, 'wx', 0o644)
    try {
      await fill(target)
    } finally {
      await target.close()
    }
    await rename(fresh, path)
  }
  /** A worker knows where its log is: one that it removed or replaced is put back. */
  async function isGone(): Promise<boolean> {
    const [ours, there] = await Promise.all([file.stat(), lstat(path).catch(() => null)])
    return there === null || there.ino !== ours.ino || there.dev !== ours.dev
  }
  async function attempt(step: () => Promise<void>): Promise<void> {
    if (fault !== null) return
    await step().catch(error => {
      fault = `the log ${path} is incomplete: ${(error as Error).message}`
    })
  }
  return {
    write(chunk) {
      // Two streams may write at once; the file takes one after the other.
      queue = queue.then(() => attempt(() => put(chunk)))
      return queue
    },
    async close() {
      await queue
      if (seen > limit) await attempt(unroll)
      else if (await isGone()) await attempt(() => rewrite(target => copyRange(file, 0, target, 0, seen)))
      await file.close()
      return fault
    },
  }
}

async function writeAll(file: FileHandle, bytes: Buffer, at: number): Promise<void> {
  for (let done = 0; done < bytes.length; ) {
    done += (await file.write(bytes, done, bytes.length - done, at + done)).bytesWritten
  }
}

async function copyRange(
  from: FileHandle,
  at: number,
  to: FileHandle,
  toAt: number,
  size: number,
): Promise<void> {
  const buffer = Buffer.allocUnsafe(Math.min(CHUNK, size))
  for (let done = 0; done < size; ) {
    const { bytesRead } = await from.read(buffer, 0, Math.min(CHUNK, size - done), at + done)
    if (bytesRead === 0) return
    await writeAll(to, buffer.subarray(0, bytesRead), toAt + done)
    done += bytesRead
  }
}

/** How long after the end an open pipe may stay quiet, and how long it may go on talking. */
const DRAIN_QUIET_MS = 200
const DRAIN_MS = 2000
/** A tail begins with a whole line unless that would cost more than this. */
const BROKEN_LINE = 4096

export interface Output {
  /** Called for each piece of output, when it comes and when it is written. */
  onOutput(listener: () => void): void
  /** Takes what is left in the pipes, and leaves those that something else keeps open. */
  drain(): Promise<void>
  /** At most the last 16 KiB; without the first line if that is cut, so that no half of a secret escapes a mask. */
  tail(): string
}

/** Reads the streams into the log and into lines; rejects (in `drain`) only for what `onLine` throws. */
export function collect(
  streams: readonly Readable[],
  log: Log | null,
  onLine: ((line: string) => void) | undefined,
): Output {
  /** As few of the latest chunks as hold a tail. */
  const latest: Buffer[] = []
  let held = 0
  let total = 0
  let heard = () => {}
  let heardAt = 0
  let writing = 0

  async function take(chunk: Buffer): Promise<void> {
    total += chunk.length
    held += chunk.length
    latest.push(chunk)
    for (let first = latest[0]; first && held - first.length >= TAIL_BYTES; first = latest[0]) {
      held -= first.length
      latest.shift()
    }
    heard()
    writing++
    await log?.write(chunk)
    writing--
    heard()
    heardAt = performance.now()
  }
  async function pump(stream: Readable): Promise<void> {
    const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
    const splitter = lineSplitter()
    const say = (lines: readonly string[]) => {
      for (const line of lines) onLine?.(line)
    }
    try {
      for await (const chunk of stream as AsyncIterable<Buffer>) {
        await take(chunk)
        if (onLine) say(splitter.feed(decoder.decode(chunk, { stream: true })))
      }
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error
    }
    say([...splitter.feed(decoder.decode()), ...splitter.end()])
  }

  let done = false
  const pumped = Promise.all(streams.map(pump)).finally(() => {
    done = true
  })
  pumped.catch(() => {}) // told by drain
  return {
    onOutput(listener) {
      heard = listener
    },
    async drain() {
      const began = performance.now()
      heardAt = began
      for (let now = began; !done && now - began < DRAIN_MS; now = performance.now()) {
        if (writing === 0 && now - heardAt >= DRAIN_QUIET_MS) break
        await Promise.race([pumped, sleep(20)])
      }
      for (const stream of streams) stream.destroy()
      await pumped
    },
    tail() {
      const last = Buffer.concat(latest).subarray(-TAIL_BYTES)
      const cut = total > last.length
      const broken = cut ? last.findIndex(byte => (byte & 0xc0) !== 0x80) : 0
      const text = tail(last.toString('utf8', Math.max(0, broken)))
      const line = cut ? text.indexOf('\n') + 1 : 0
      return line <= BROKEN_LINE ? text.slice(line) : text
    },
  }
}
