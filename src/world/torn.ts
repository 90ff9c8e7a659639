/**
 * What a machine that lost its power leaves of a git directory of ours: files in part, empty or full of zeros. git's own
 * checks would read the objects of the checkout as well; here only the folder itself is read, each file once.
 */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createInflate } from 'node:zlib'
import { filesBelow, readText } from './files.ts'
import { type Algorithm, algorithmOf } from './loose.ts'

/** Read at a time. */
const AT_ONCE = 16

const LOOSE = /^([0-9a-f]{2})\/([0-9a-f]{38}|[0-9a-f]{62})$/
/** Files that end in a hash of all that stands before it. */
const HASHED = /^(?:pack\/(?:.+\.(?:pack|idx|rev|bitmap|mtimes)|multi-pack-index)|info\/commit-graph)$/

/** Paths below `objects` that do not hold what they should. */
export async function tornObjects(storeDir: string, algorithm: Algorithm): Promise<readonly string[]> {
  const folder = join(storeDir, 'objects')
  const names = (await filesBelow(folder)).filter(name => LOOSE.test(name) || HASHED.test(name))
  const torn: string[] = []
  for (let at = 0; at < names.length; at += AT_ONCE) {
    const some = names.slice(at, at + AT_ONCE)
    const whole = await Promise.all(some.map(name => isWhole(join(folder, name), name, algorithm)))
    torn.push(...some.filter((_, i) => !whole[i]))
  }
  return torn
}

async function isWhole(file: string, name: string, algorithm: Algorithm): Promise<boolean> {
  const loose = LOOSE.exec(name)
  if (loose === null) return endsInItsHash(file, algorithm)
  const sha = `${loose[1]}${loose[2]}`
  const hash = createHash(algorithmOf(sha))
  return pipeline(createReadStream(file), createInflate(), hash).then(
    () => hash.digest('hex') === sha,
    () => false,
  )
}

async function endsInItsHash(file: string, algorithm: Algorithm): Promise<boolean> {
  const hash = createHash(algorithm)
  const length = algorithm === 'sha1' ? 20 : 32
  let last = Buffer.alloc(0)
  for await (const chunk of createReadStream(file) as AsyncIterable<Buffer>) {
    const bytes = Buffer.concat([last, chunk])
    const end = Math.max(0, bytes.length - length)
    hash.update(bytes.subarray(0, end))
    last = bytes.subarray(end)
  }
  return hash.digest().equals(last)
}

const REF = /^(?:[0-9a-f]{40}|[0-9a-f]{64}|ref: refs\/[^\0\n]+)\n$/
const PACKED_REFS = /^(?:#[^\0\n]*\n|\^?(?:[0-9a-f]{40}|[0-9a-f]{64})(?: refs\/[^\0\n]+)?\n)+$/
const SHALLOW = /^(?:(?:[0-9a-f]{40}|[0-9a-f]{64})\n)+$/

/** Paths in the git directory: refs, and the file that says where history ends. */
export async function tornRefs(storeDir: string): Promise<readonly string[]> {
  const loose = (await filesBelow(join(storeDir, 'refs'))).map(name => [`refs/${name}`, REF] as const)
  const torn: string[] = []
  for (const [name, form] of [...loose, ['packed-refs', PACKED_REFS], ['shallow', SHALLOW]] as const) {
    const text = await readText(join(storeDir, name))
    if (text !== null && !form.test(text)) torn.push(name)
  }
  return torn
}

/** Whether a file holds nothing, zeros, or no more than the beginning of what it should; null: there is none. */
export function isTornText(text: string | null, whole: string | null): boolean {
  if (text === null) return false
  return text === '' || text.includes('\0') || (text !== whole && whole?.startsWith(text) === true)
}
