/**
 * What somebody may have left in a folder that stops whoever reads it: pipes where git opens files (`.gitignore` in any
 * folder, a `HEAD` in a nested repository) hold it for ever, and folders without permissions hide what is in them.
 */
import type { SpawnOptions } from 'node:child_process'
import { realpath } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { mountsBelow } from './mount-table.ts'
import { startProcess } from './spawn.ts'

/**
 * Removes pipes, sockets and devices, which no commit can hold, and gives the owner the right to read all the rest.
 * Returns the paths of what was removed, relative to the folder. Mounts in it are left alone.
 */
export async function disarm(dir: string): Promise<readonly string[]> {
  const special = ['(', '-type', 'p', '-o', '-type', 's', '-o', '-type', 'b', '-o', '-type', 'c', ')']
  const own = await notMounted(dir)
  const search = () => find(dir, [...own, ...special, '-print0', '-delete'])
  const first = await search()
  if (first.complete) return first.paths
  await find(dir, [...own, '-type', 'd', '!', '-perm', '-u=rwx', '-exec', 'chmod', 'u+rwx', '{}', ';'])
  return [...first.paths, ...(await search()).paths]
}

/** The same right for files: git says which it could not read, so that nobody has to look at each. */
export async function makeReadable(dir: string): Promise<void> {
  await find(dir, [
    ...(await notMounted(dir)),
    '-type',
    'f',
    '!',
    '-perm',
    '-u=r',
    '-exec',
    'chmod',
    'u+r',
    '{}',
    '+',
  ])
}

/** `-xdev` does not tell a folder of the same disk that is mounted there from one that lies there. */
async function notMounted(dir: string): Promise<readonly string[]> {
  const mounts = await mountsBelow(dir)
  if (mounts.length === 0) return []
  const top = await realpath(dir)
  const inner = mounts.map(path => relative(top, path)).filter(path => path !== '')
  return inner.flatMap(path => ['!', '-path', `${join(dir, path).replace(/[*?[\\]/g, '\\$&')}/*`])
}

/** Names are bytes, and `find` has no trouble with any, nor with how deep they lie. */
async function find(
  dir: string,
  what: readonly string[],
): Promise<{ readonly complete: boolean; readonly paths: readonly string[] }> {
  const env = { PATH: process.env.PATH ?? '', LC_ALL: 'C' }
  // As git: what a Ctrl-C cut short would look like a folder without traps.
  const options: SpawnOptions = { env, stdio: ['ignore', 'pipe', 'ignore'], detached: true }
  const child = await startProcess('find', [dir, '-xdev', ...what], options).catch(() => null)
  if (child === null) return { complete: true, paths: [] }
  return new Promise(resolve => {
    const found: Buffer[] = []
    child.stdout.on('data', (chunk: Buffer) => found.push(chunk))
    child.on('close', code => {
      const paths = Buffer.concat(found).toString().split('\0').slice(0, -1)
      resolve({ complete: code === 0, paths: paths.map(path => path.slice(dir.length + 1)) })
    })
  })
}
