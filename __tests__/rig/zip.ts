import { inflateRawSync } from 'node:zlib'

/** Path -> content of a zip file, read by its central directory (no zip64, no encryption). */
export function unzip(zip: Buffer): Map<string, Buffer> {
  const end = zip.lastIndexOf('PK\x05\x06')
  if (end < 0) throw new Error('not a zip file: no end of central directory')
  const entries = new Map<string, Buffer>()
  let at = zip.readUInt32LE(end + 16)
  for (let left = zip.readUInt16LE(end + 10); left > 0; left--) {
    const nameLength = zip.readUInt16LE(at + 28)
    const name = zip.toString('utf8', at + 46, at + 46 + nameLength)
    // The sizes are read here: a streamed zip has them only in the central directory.
    const packed = {
      method: zip.readUInt16LE(at + 10),
      size: zip.readUInt32LE(at + 20),
      header: zip.readUInt32LE(at + 42),
    }
    if (!name.endsWith('/')) entries.set(name, content(zip, packed))
    at += 46 + nameLength + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32)
  }
  return entries
}

function content(
  zip: Buffer,
  { method, size, header }: { method: number; size: number; header: number },
): Buffer {
  const start = header + 30 + zip.readUInt16LE(header + 26) + zip.readUInt16LE(header + 28)
  const data = zip.subarray(start, start + size)
  return method === 0 ? data : inflateRawSync(data)
}
