/** The file descriptors of a child: real files and pipes, as a terminal or the runner would give it. */
import { execFile } from 'node:child_process'
import { closeSync, constants, openSync } from 'node:fs'
import { type FileHandle, mkdtemp, open, rm } from 'node:fs/promises'
import { Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

export interface Stdio {
  /** For `spawn`: standard input, output and error. */
  readonly stdio: ['ignore' | number, 'pipe' | number, 'pipe' | number]
  /** The other end of output and error, in the order things were written; null: the child's own two streams. */
  readonly output: Socket | null
  /** Lets go of the child's ends, which it has its own copies of by then. */
  release(): Promise<void>
}

/**
 * Standard input from a file and one real pipe for output and error. What node calls a pipe is a socket: `tee /dev/stderr`
 * and `cat /dev/stdin` fail on it, and two of them lose the order of lines. Nothing of it has a name once this returns.
 */
export async function openStdio(stdin: string | null): Promise<Stdio> {
  const folder = await mkdtemp(join(tmpdir(), 'fanout-io-'))
  const ends: FileHandle[] = []
  try {
    if (stdin !== null) ends.push(await openInput(join(folder, 'in'), stdin))
    const pipe = await openPipe(join(folder, 'out'))
    if (pipe !== null) ends.push(pipe.write)
    const end = pipe?.write.fd ?? 'pipe'
    return {
      stdio: [stdin === null ? 'ignore' : ends[0]!.fd, end, end],
      output: pipe?.read ?? null,
      release: async () => void (await Promise.all(ends.map(handle => handle.close()))),
    }
  } catch (error) {
    await Promise.all(ends.map(handle => handle.close()))
    throw error
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function openInput(path: string, text: string): Promise<FileHandle> {
  const writer = await open(path, 'wx', 0o600)
  try {
    await writer.writeFile(text)
  } finally {
    await writer.close()
  }
  return open(path, 'r')
}

/** Null where there are no named pipes. */
async function openPipe(path: string): Promise<{ readonly read: Socket; readonly write: FileHandle } | null> {
  const made = await promisify(execFile)('mkfifo', ['-m', '600', path]).catch(() => null)
  if (made === null) return null
  // The reader first and without waiting: each end of a named pipe waits for the other.
  const reading = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK)
  try {
    const write = await open(path, 'w')
    return { read: new Socket({ fd: reading, readable: true, writable: false }), write }
  } catch (error) {
    closeSync(reading)
    throw error
  }
}
