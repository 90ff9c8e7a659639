/** Files that survive a crash: written aside, synced, renamed; folders that go away for good; files of others, read with care. */
import { randomBytes } from 'node:crypto'
import { constants, type Dirent, rmSync } from 'node:fs'
import { access, chmod, type FileHandle, lstat, mkdir, readdir, readFile, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { mountsBelow } from './mount-table.ts'
import { openFile, patiently } from './shortage.ts'
import { runToEnd } from './spawn.ts'

/** In a task's folder: its workspace holds what is nowhere else, so that no retention takes it. */
export const ONLY_COPY = 'workspace-is-the-only-copy.txt'

/** Writes all or nothing, also if the machine dies: a reader sees the old content or the new. Creates the folder. */
export function writeAtomic(file: string, content: string): Promise<void> {
  return writeAside(file, content, true)
}

/** The same without waiting for the disk: whole whoever dies but the machine. For what is written again and again. */
export function writeSoon(file: string, content: string): Promise<void> {
  return writeAside(file, content, false)
}

async function writeAside(file: string, content: string, sync: boolean): Promise<void> {
  await mkdir(dirname(file), { recursive: true })
  const aside = `${file}.${randomBytes(4).toString('hex')}.tmp`
  try {
    const handle = await openFile(aside, 'wx', 0o644)
    try {
      await handle.writeFile(content)
      if (sync) await handle.sync()
    } finally {
      await handle.close()
    }
    await putInPlace(aside, file)
  } catch (error) {
    await rm(aside, { force: true }).catch(() => {})
    throw error
  }
}

/** Also of a folder: a worker may have found the place, and no file takes that of a folder by itself. */
async function putInPlace(aside: string, file: string): Promise<void> {
  try {
    await rename(aside, file)
  } catch (error) {
    if (!(await isFolder(file))) throw error
    await removeAll(file)
    await rename(aside, file)
  }
}

export function writeJson(file: string, value: unknown): Promise<void> {
  return writeAtomic(file, `${JSON.stringify(value, null, 2)}\n`)
}

/** An empty file that is there until this process exits by itself: it stays where the process is killed. */
export async function leaveUntilExit(file: string): Promise<void> {
  await writeSoon(file, '')
  process.once('exit', () => rmSync(file, { force: true }))
}

/** Adds to a regular file, which is made where there is none. Rejects where there is a link, a pipe or the like. */
export async function appendText(file: string, text: string): Promise<void> {
  const { O_WRONLY, O_APPEND, O_CREAT, O_NOFOLLOW, O_NONBLOCK } = constants
  await using handle = await openFile(file, O_WRONLY | O_APPEND | O_CREAT | O_NOFOLLOW | O_NONBLOCK, 0o644)
  if (!(await handle.stat()).isFile()) throw new Error(`${file} is not a regular file`)
  await handle.appendFile(text)
}

/** null: no regular file. A pipe or a device that somebody put in its place is not waited for. */
export async function readText(file: string): Promise<string | null> {
  try {
    await using handle = await openFile(file, constants.O_RDONLY | constants.O_NONBLOCK)
    return (await handle.stat()).isFile() ? await handle.readFile('utf8') : null
  } catch (error) {
    // What ENXIO says no to is a socket.
    if (isMissing(error) || (error as NodeJS.ErrnoException).code === 'ENXIO') return null
    throw error
  }
}

/** What a user names, which may be a pipe; null: there is nothing of that name. */
export async function readGiven(file: string): Promise<string | null> {
  try {
    return await patiently(() => readFile(file, 'utf8'))
  } catch (error) {
    if (isMissing(error)) return null
    throw error
  }
}

export function isMissing(error: unknown): boolean {
  const code = (error as NodeJS.ErrnoException | null)?.code
  return code === 'ENOENT' || code === 'ENOTDIR'
}

/**
 * Removes a folder whatever its modes and its depth: a worker may have taken write permission from its own folders. By
 * `rm`, which gets to what is too deep for any path; node would walk the tree on the main thread. Rejects where something
 * is mounted there, for that would lose what lies behind it.
 */
export async function removeAll(path: string): Promise<void> {
  if (!(await isFolder(path))) {
    await rm(path, { recursive: true, force: true, maxRetries: 2 })
    return
  }
  const [mount] = await mountsBelow(path)
  if (mount !== undefined) throw new Error(`${path} is not removed: ${mount} is a mount`)
  try {
    await removeTree(path)
  } catch {
    await makeWritable(path)
    // A process that is just dying may have put a file there meanwhile.
    await removeTree(path).catch(() => removeTree(path))
  }
}

async function removeTree(path: string): Promise<void> {
  // null: a machine whose PATH has no such tool.
  const ended = await runToEnd('rm', ['-rf', '--', path]).catch(() => null)
  if (ended === null) await rm(path, { recursive: true, force: true })
  else if (ended.exitCode !== 0) throw new Error(`${path} could not be removed: ${ended.stderr.trim()}`)
}

async function makeWritable(path: string): Promise<void> {
  await chmod(path, 0o700).catch(() => {})
  const entries = await patiently(() => readdir(path, { withFileTypes: true })).catch(() => [])
  for (const entry of entries) if (entry.isDirectory()) await makeWritable(join(path, entry.name))
}

export async function makeFolder(path: string): Promise<void> {
  await mkdir(path, { recursive: true })
}

/**
 * Makes a folder of the user's choice, and those above it. Rejects with the file system's own reason where it cannot be
 * written (mkdir alone may call that ENOENT). One step at a time: below `/proc` node's recursive mkdir never ends.
 */
export async function makeWritableFolder(path: string): Promise<void> {
  const there = await isThere(path)
  if (!there && dirname(path) !== path) {
    await makeWritableFolder(dirname(path))
    await mkdir(path).catch(error => {
      if (error.code !== 'EEXIST') throw error
    })
  }
  await access(path, constants.W_OK)
}

function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}

/** Tells a folder from another one that was put in its place; null: there is no folder. */
export async function folderMark(path: string): Promise<string | null> {
  const stats = await lstat(path, { bigint: true }).catch(() => null)
  // The number alone is used again at once by the file system.
  return stats?.isDirectory() ? `${stats.dev}:${stats.ino}:${stats.birthtimeNs}` : null
}

export async function moveIfThere(from: string, to: string): Promise<void> {
  try {
    await rename(from, to)
  } catch (error) {
    if (!isMissing(error)) throw error
  }
}

/** Names of what is in a folder, sorted; empty where there is none. */
/** Has `write` fill a new file, which has its name only once it is whole and on disk. */
export async function writeWhole(
  file: string,
  write: (handle: FileHandle) => Promise<unknown>,
): Promise<void> {
  const part = `${file}.part`
  await rm(part, { force: true })
  try {
    await using handle = await openFile(part, 'wx', 0o644)
    await write(handle)
    await handle.sync()
    await rename(part, file)
  } catch (error) {
    await rm(part, { force: true })
    throw error
  }
}

/** Gives the folder another name beside it, which takes no room: `<name>-1`, or the next that is free. Returns its path. */
export async function moveAside(path: string): Promise<string> {
  for (let n = 1; ; n++) {
    const aside = `${path}-${n}`
    if ((await lstat(aside).catch(() => null)) !== null) continue
    await rename(path, aside)
    return aside
  }
}

export async function namesIn(path: string): Promise<readonly string[]> {
  try {
    return (await patiently(() => readdir(path))).sort()
  } catch (error) {
    if (isMissing(error)) return []
    throw error
  }
}

/** Whether there is a folder, not a link to one. */
/** Itself, and not what a link leads to. */
export async function isFile(path: string): Promise<boolean> {
  return (await lstat(path).catch(() => null))?.isFile() ?? false
}

export async function isFolder(path: string): Promise<boolean> {
  return (await lstat(path).catch(() => null))?.isDirectory() ?? false
}

/** Names of the regular files in a folder, sorted; empty where there is none. */
export async function filesIn(folder: string): Promise<readonly string[]> {
  const names = (await entriesOf(folder)).filter(entry => entry.isFile()).map(entry => entry.name)
  return names.sort()
}

/**
 * Paths of all regular files below a folder, relative to it, with `/`; links are neither followed nor listed, also not
 * in place of the folder itself. What cannot be read is left out, and so is what `except` says (a folder ends in `/`).
 */
export async function filesBelow(
  folder: string,
  except: (path: string) => boolean = () => false,
  below = '',
): Promise<readonly string[]> {
  const entries = await entriesOf(join(folder, below))
  const parts = await Promise.all(
    entries.map(entry => {
      const path = below === '' ? entry.name : `${below}/${entry.name}`
      if (entry.isDirectory()) return except(`${path}/`) ? [] : filesBelow(folder, except, path)
      return entry.isFile() && !except(path) ? [path] : []
    }),
  )
  return parts.flat().sort()
}

async function entriesOf(folder: string): Promise<readonly Dirent[]> {
  if (!(await isFolder(folder))) return []
  return patiently(() => readdir(folder, { withFileTypes: true })).catch(() => [])
}

/** A file that a worker may have put there, for reading; null: no regular file. Follows no link, waits for no pipe. */
export async function openRegular(path: string): Promise<FileHandle | null> {
  const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK
  const file = await openFile(path, flags).catch(() => null)
  if (file === null) return null
  if ((await file.stat()).isFile()) return file
  await file.close()
  return null
}

/** The first bytes of such a file as text; null: no regular file. */
export async function readStart(path: string, bytes: number): Promise<string | null> {
  await using file = await openRegular(path)
  if (file === null) return null
  const { buffer, bytesRead } = await file.read(Buffer.alloc(bytes), 0, bytes, 0)
  return buffer.toString('utf8', 0, bytesRead)
}

/** The last bytes of such a file as text; empty where there is none. */
export async function readEnd(path: string, bytes: number): Promise<string> {
  await using file = await openRegular(path)
  if (file === null) return ''
  const { size } = await file.stat()
  const length = Math.min(size, bytes)
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, size - length)
  return buffer.toString('utf8', 0, bytesRead)
}
