/**
 * Writing one object into a store, and reading it again, without a process for it: `git hash-object` takes longer to
 * start than a lane may take between a fetch and a push. Synchronous: all of it takes less than one step by way of the
 * thread pool. The format is git's loose object (gitformat-loose: zlib of `<type> <size>\0<data>`).
 */
import { createHash, randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { deflateSync, inflateSync } from 'node:zlib'
import type { Sha } from '../decide/task.ts'
import { patiently } from './shortage.ts'

type ObjectType = 'commit' | 'tree' | 'blob'
export type Algorithm = 'sha1' | 'sha256'

/** `algorithm` is the repository's object format. An object that is there is left alone. */
export function writeLoose(storeDir: string, type: ObjectType, data: Buffer, algorithm: Algorithm): Sha {
  const object = Buffer.concat([Buffer.from(`${type} ${data.length}\0`), data])
  const sha = createHash(algorithm).update(object).digest('hex') as Sha
  const file = fileOf(storeDir, sha)
  if (existsSync(file)) return sha
  mkdirSync(dirname(file), { recursive: true })
  const aside = join(dirname(file), `tmp_obj_${randomBytes(6).toString('hex')}`)
  writeFileSync(aside, deflateSync(object, { level: 1 }), { mode: 0o444 })
  renameSync(aside, file)
  return sha
}

/** The same; waits where no file can be opened for now. */
export function writeObjectIn(...object: Parameters<typeof writeLoose>): Promise<Sha> {
  return patiently(async () => writeLoose(...object))
}

/**
 * An object that lies in the store by itself; null: it is not there in this way (git may have it packed), or is no
 * object of this type.
 */
export function readLoose(storeDir: string, type: ObjectType, sha: Sha): Buffer | null {
  try {
    const object = inflateSync(readFileSync(fileOf(storeDir, sha)))
    const start = object.indexOf(0) + 1
    return object.toString('latin1', 0, start).startsWith(`${type} `) ? object.subarray(start) : null
  } catch {
    // Also a file that a crash left in part: what to say to that is git's.
    return null
  }
}

/** The hash that names of this length are made with. */
export function algorithmOf(sha: string): Algorithm {
  return sha.length === 64 ? 'sha256' : 'sha1'
}

function fileOf(storeDir: string, sha: Sha): string {
  return join(storeDir, 'objects', sha.slice(0, 2), sha.slice(2))
}
