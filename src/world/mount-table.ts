/** What is mounted where, as the kernel tells: what lies behind a mount is not the folder's that it is in. */
import { readFile, realpath } from 'node:fs/promises'
import { patiently } from './shortage.ts'

/** Mount points at the folder and below, as the kernel names them, the innermost first. Linux; elsewhere none. */
export async function mountsBelow(folder: string): Promise<readonly string[]> {
  const table = await patiently(() => readFile('/proc/self/mountinfo', 'utf8')).catch(() => '')
  const top = await realpath(folder).catch(() => folder)
  return table
    .split('\n')
    .map(line => decoded(line.split(' ')[4] ?? ''))
    .filter(path => path === top || path.startsWith(`${top}/`))
    .reverse()
    .sort((a, b) => depth(b) - depth(a))
}

/** proc(5): space, tab, line feed and backslash are written as octal numbers of their bytes. */
function decoded(field: string): string {
  return field.replace(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)))
}

export function depth(path: string): number {
  return path.split('/').length
}
