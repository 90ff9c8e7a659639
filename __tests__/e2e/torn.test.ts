/** A machine lost its power: objects of the user's checkout are torn. It is told as that, and nothing in it is changed. */
import { existsSync } from 'node:fs'
import { chmod, readdir, readFile, truncate } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { startSite, tasks } from '../rig/fanout.ts'

/** The object's own, or a pack's. */
async function fileOf(dir: string, sha: string): Promise<string> {
  const objects = join(dir, '.git/objects')
  const loose = join(objects, sha.slice(0, 2), sha.slice(2))
  if (existsSync(loose)) return loose
  const pack = (await readdir(join(objects, 'pack'))).find(name => name.endsWith('.pack'))
  return join(objects, 'pack', pack ?? 'none')
}

describe('a checkout in which a file is torn', () => {
  it.each([
    ['the commit', 'HEAD'],
    ['its tree', 'HEAD^{tree}'],
    ['a commit before it', 'HEAD^'],
  ])('%s: told with the way out, and not as a remote that cannot be read', async (_, revision) => {
    await using site = await startSite({ via: 'file', clone: { depth: 0 } })
    const dir = site.clone.path
    await site.clone.git('commit', '--quiet', '--allow-empty', '-m', 'one')
    await site.clone.git('commit', '--quiet', '--allow-empty', '-m', 'two')
    await site.clone.git('push', '--quiet', 'origin', 'HEAD:main')
    await site.remote.commit({ files: { 'other.txt': 'by somebody else\n' } })
    const sha = await site.clone.git('rev-parse', revision)
    const name = await fileOf(dir, sha)
    await chmod(name, 0o644)
    await truncate(name, 10)
    const before = await readFile(name)
    const ran = await site.cli({ tasks: tasks({ id: 'a', run: 'echo a > a.txt' }) })
    const said = ran.stdout + ran.stderr
    expect(ran.code, said).toBe(1)
    expect(said).toContain(`The repository ${dir} is damaged: `)
    expect(said).toContain('git fsck')
    expect(said).not.toMatch(/cannot be read\.|is not a git repository/)
    expect(await readFile(name)).toEqual(before)
  })
})
