/** Text cut to so many bytes, where people see that it was. Pure. */

/** The first of the blocks that fit into `limit` bytes, and how many are left out. */
export function fitting(
  blocks: readonly string[],
  limit: number,
): { readonly kept: readonly string[]; readonly left: number } {
  const kept: string[] = []
  let bytes = 0
  for (const block of blocks) {
    bytes += Buffer.byteLength(block) + 2
    if (bytes > limit) break
    kept.push(block)
  }
  return { kept, left: blocks.length - kept.length }
}

/** The end of a text, from the start of a line where there is one. */
export function lastBytes(text: string, limit: number): string {
  const bytes = Buffer.from(text)
  if (bytes.length <= limit) return text
  const end = bytes.subarray(bytes.length - limit).toString()
  const line = end.indexOf('\n')
  return `…\n${line >= 0 && line < end.length - 1 ? end.slice(line + 1) : end}`
}

/** The beginning of a text, whole lines, with `note` as its last; at most `limit` bytes with the note. */
export function firstBytes(text: string, limit: number, note: string): string {
  const bytes = Buffer.from(text)
  if (bytes.length <= limit) return text
  const end = `\n\n${note}\n`
  const start = bytes.subarray(0, limit - Buffer.byteLength(end)).toString()
  const line = start.lastIndexOf('\n')
  return `${line > 0 ? start.slice(0, line) : start.replace(/\ufffd+$/, '')}${end}`
}
