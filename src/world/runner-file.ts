/**
 * A file that the runner names for a step and reads when that has ended. It is not ours: it is written in place, and only
 * where it is a regular file or a link to one. A device, a pipe or a folder is left as it is.
 */
import {
  closeSync,
  constants,
  fchmodSync,
  fstatSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readSync,
  realpathSync,
  statSync,
  symlinkSync,
  writeSync,
} from 'node:fs'
import { dirname } from 'node:path'
import { isMissing, removeAll } from './files.ts'

export interface RunnerFile {
  /** Of what the runner would read; null: it would find something else than this file. */
  read(): Buffer | null
  /**
   * Makes it hold exactly that. Whatever took its place since it was opened goes: a worker may have found it. Rejects
   * where it cannot be written.
   */
  write(content: Buffer): Promise<void>
  close(): void
}

/** More is never read. */
const LARGEST = 16 * 1024 * 1024

/** null: it is none that may be written. One that is not there yet is made. */
export function openRunnerFile(path: string): RunnerFile | null {
  let fd = openPlain(path)
  if (fd === null) return null
  const real = realpathSync(path)
  const mode = fstatSync(fd).mode & 0o777

  /** The file is kept open: as long as it is, no other one has its number. */
  function isAt(place: string): boolean {
    try {
      const [there, ours] = [statSync(place, { bigint: true }), fstatSync(fd!, { bigint: true })]
      return there.dev === ours.dev && there.ino === ours.ino
    } catch {
      return false
    }
  }
  async function putBack(): Promise<void> {
    if (!isAt(real)) {
      mkdirSync(dirname(real), { recursive: true })
      await removeAll(real)
      const fresh = openSync(real, 'wx+', mode)
      closeSync(fd!)
      fd = fresh
    }
    if (isAt(path)) return
    await removeAll(path)
    symlinkSync(real, path)
  }
  return {
    read() {
      if (!isAt(path)) return null
      const bytes = Buffer.alloc(Math.min(fstatSync(fd!).size, LARGEST))
      return bytes.subarray(0, readSync(fd!, bytes, 0, bytes.length, 0))
    },
    async write(content) {
      if (!isAt(path)) await putBack()
      const now = fstatSync(fd!)
      if ((now.mode & 0o777) !== mode) fchmodSync(fd!, mode)
      // Cut at the end: whoever dies in between leaves what is there, and no empty file.
      for (let at = 0; at < content.length; ) at += writeSync(fd!, content, at, content.length - at, at)
      ftruncateSync(fd!, content.length)
    },
    close: () => closeSync(fd!),
  }
}

/** Whether the runner would read a regular file there: what else it names is not ours to write to. */
export function isPlain(path: string): boolean {
  try {
    return statSync(path).isFile()
  } catch {
    return false
  }
}

/** Looked at before it is opened: to open some devices does something. A link to nothing is no file that may be made. */
function openPlain(path: string): number | null {
  const flags = constants.O_RDWR | constants.O_NONBLOCK
  try {
    if (!statSync(path).isFile()) return null
    const fd = openSync(path, flags)
    if (fstatSync(fd).isFile()) return fd
    closeSync(fd)
    return null
  } catch (error) {
    if (!isMissing(error)) return null
  }
  try {
    return openSync(path, flags | constants.O_CREAT | constants.O_EXCL, 0o644)
  } catch {
    return null
  }
}
