/**
 * Writing one object into a store without a process for it: `git hash-object` takes longer to start than a lane may
 * take between a fetch and a push. The format is git's loose object (gitformat-loose: zlib of `<type> <size>\0<data>`).
 */
import { createHash, randomBytes } from 'node:crypto'
import { access, mkdir, rename, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { deflateSync } from 'node:zlib'
import type { Sha } from '../decide/task.ts'

/** `algorithm` is the repository's object format. An object that is there is left alone. */
export async function writeLoose(
  storeDir: string,
  type: 'commit',
  text: string,
  algorithm: 'sha1' | 'sha256',
): Promise<Sha> {
  const data = Buffer.from(text)
  const object = Buffer.concat([Buffer.from(`${type} ${data.length}\0`), data])
  const sha = createHash(algorithm).update(object).digest('hex') as Sha
  const file = join(storeDir, 'objects', sha.slice(0, 2), sha.slice(2))
  const there = await access(file).then(
    () => true,
    () => false,
  )
  if (there) return sha
  await mkdir(dirname(file), { recursive: true })
  const aside = join(dirname(file), `tmp_obj_${randomBytes(6).toString('hex')}`)
  await writeFile(aside, deflateSync(object, { level: 1 }), { mode: 0o444 })
  await rename(aside, file)
  return sha
}
