/** Copies of files on their way out of the machine: texts masked, names as an artifact may hold them, in little memory. */
import { isUtf8 } from 'node:buffer'
import { copyFile, type FileHandle, link, mkdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { openRegular } from './files.ts'
import { openFile } from './shortage.ts'

/** Read at a time. */
const BLOCK = 256 * 1024
/** A secret is shorter than half of this. */
const AROUND_A_CUT = 64 * 1024

/**
 * Puts each file below `from` to the same place below `to`; `isText` says which are masked. Returns the places. A file that
 * cannot be copied (its name is no text, it went away) is left out: one file is no reason to lose the others.
 */
export async function stage(
  names: readonly string[],
  from: string,
  to: string,
  isText: (name: string) => boolean,
  mask: (text: string) => string,
): Promise<readonly string[]> {
  const staged: string[] = []
  for (const name of names) {
    const target = join(to, portable(name))
    try {
      await mkdir(dirname(target), { recursive: true })
      if (isText(name)) await copyMasked(join(from, name), target, mask)
      else await link(join(from, name), target).catch(() => copyFile(join(from, name), target))
      staged.push(target)
    } catch {
      // Told by its absence.
    }
  }
  return staged
}

/** The characters that the artifact service refuses, and with them the whole upload. */
function portable(name: string): string {
  return name.replace(/[":<>|*?\r\n]/g, char => `%${char.charCodeAt(0).toString(16).padStart(2, '0')}`)
}

/** Whole lines at a time; a line that is longer than a block is cut where no secret is. */
export async function copyMasked(from: string, to: string, mask: (text: string) => string): Promise<void> {
  await using source = await openRegular(from)
  if (source === null) throw new Error(`${from} is not a regular file`)
  await using target = await openFile(to, 'wx', 0o644)
  const block = Buffer.allocUnsafe(BLOCK)
  let rest: Buffer = Buffer.alloc(0)
  for (;;) {
    const { bytesRead } = await source.read(block, 0, BLOCK, null)
    const bytes = Buffer.concat([rest, block.subarray(0, bytesRead)])
    const end = bytesRead === 0 ? bytes.length : bytes.lastIndexOf(10) + 1 || cutOf(bytes, mask)
    await writeMasked(target, bytes.subarray(0, end), mask)
    if (bytesRead === 0) return
    rest = bytes.subarray(end)
  }
}

async function writeMasked(target: FileHandle, bytes: Buffer, mask: (text: string) => string): Promise<void> {
  const encoding = encodingOf(bytes)
  await target.writeFile(mask(bytes.toString(encoding)), encoding)
}

/** latin1 keeps every byte of what is no valid UTF-8. */
function encodingOf(bytes: Buffer): 'utf8' | 'latin1' {
  return isUtf8(bytes) ? 'utf8' : 'latin1'
}

/** 0: not yet. */
function cutOf(bytes: Buffer, mask: (text: string) => string): number {
  const half = AROUND_A_CUT / 2
  for (let cut = bytes.length - half; cut >= half; cut -= half) {
    const before = bytes.subarray(cut - half, cut)
    const around = bytes.subarray(cut - half, cut + half)
    const encoding = encodingOf(around)
    // A secret across the cut would be seen in the whole only.
    if (mask(around.toString(encoding)).startsWith(mask(before.toString(encoding)))) return cut
  }
  return 0
}
