/** The file descriptors of a child: real files and pipes, as a terminal or the runner would give it. */
import { closeSync, constants, openSync } from 'node:fs'
import { type FileHandle, mkdtemp, open, rm } from 'node:fs/promises'
import { Socket } from 'node:net'
import { join } from 'node:path'
import { openFile, patiently } from './shortage.ts'
import { runToEnd } from './spawn.ts'

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
 * and `cat /dev/stdin` fail on it, and two of them lose the order of lines. Nothing of it has a name once this returns;
 * where the process is killed before that, a folder stays in `scratch`.
 */
export async function openStdio(stdin: string | null, scratch: string): Promise<Stdio> {
  const folder = await mkdtemp(join(scratch, 'io-'))
  const ends: FileHandle[] = []
  try {
    if (stdin !== null) ends.push(await openInput(join(folder, 'in'), stdin))
    const pipe = await openPipe(folder)
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
  const writer = await openFile(path, 'wx', 0o600)
  try {
    await writer.writeFile(text)
  } finally {
    await writer.close()
  }
  return openFile(path, 'r')
}

/** A real pipe's two ends; nothing else knows of it. */
interface Pipe {
  readonly reading: number
  readonly write: FileHandle
}

/** Made at a time: `mkfifo` is a process, and each command needs one pipe. */
const AT_ONCE = 8
const spares: Pipe[] = []

/** Null where there are no named pipes. */
async function openPipe(
  folder: string,
): Promise<{ readonly read: Socket; readonly write: FileHandle } | null> {
  if (spares.length === 0) spares.push(...(await makePipes(folder)))
  const pipe = spares.pop()
  if (pipe === undefined) return null
  return { read: new Socket({ fd: pipe.reading, readable: true, writable: false }), write: pipe.write }
}

async function makePipes(folder: string): Promise<readonly Pipe[]> {
  const paths = Array.from({ length: AT_ONCE }, (_, i) => join(folder, `out${i}`))
  const made = await runToEnd('mkfifo', ['-m', '600', ...paths]).catch(() => null)
  if (made?.exitCode !== 0) return []
  const pipes: Pipe[] = []
  try {
    for (const path of paths)
      pipes.push(await (pipes.length === 0 ? patiently(() => openEnds(path)) : openEnds(path)))
    return pipes
  } catch (error) {
    // Out of descriptors: one is enough to go on with.
    if (pipes.length > 0) return pipes
    throw error
  }
}

async function openEnds(path: string): Promise<Pipe> {
  // The reader first and without waiting: each end of a named pipe waits for the other.
  const reading = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK)
  try {
    return { reading, write: await open(path, 'w') }
  } catch (error) {
    closeSync(reading)
    throw error
  }
}
