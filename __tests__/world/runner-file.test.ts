import { execFileSync } from 'node:child_process'
import {
  chmod,
  link,
  lstat,
  readdir,
  readFile,
  readlink,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { leftAlone, rememberCommandFiles } from '../../src/world/command-files.ts'
import { openRunnerFile } from '../../src/world/runner-file.ts'
import { tempDir } from '../rig/temp.ts'

const sh = (script: string, path: string) => execFileSync('sh', ['-ec', script, 'sh', path])

async function withFile(act: (file: string, folder: string) => Promise<void>): Promise<void> {
  await using temp = await tempDir('runner')
  const file = join(temp.path, 'named')
  await writeFile(file, 'before\n', { mode: 0o640 })
  await act(file, temp.path)
}

describe('a file of the runner', () => {
  it('is written in place: the same file, its mode and its other names', () =>
    withFile(async (file, folder) => {
      await link(file, join(folder, 'other'))
      await chmod(file, 0o640)
      const was = await stat(file)
      const named = openRunnerFile(file)!
      expect(named.read()?.toString()).toBe('before\n')
      for (const text of ['a long text\n', 'short\n', '']) {
        await named.write(Buffer.from(text))
        expect(await readFile(join(folder, 'other'), 'utf8')).toBe(text)
      }
      const { ino, mode, nlink } = await stat(file)
      expect({ ino, mode, nlink }).toEqual({ ino: was.ino, mode: was.mode, nlink: 2 })
      expect(await readdir(folder)).toEqual(['named', 'other'])
      named.close()
    }))

  it('is written through a link to it, which stays', () =>
    withFile(async (file, folder) => {
      const path = join(folder, 'link')
      await symlink('named', path)
      const named = openRunnerFile(path)!
      await named.write(Buffer.from('after\n'))
      expect(await readlink(path)).toBe('named')
      expect(await readFile(file, 'utf8')).toBe('after\n')
      named.close()
    }))

  it.each([
    ['a pipe', 'mkfifo -m 640 "$1"'],
    ['a link to a pipe', 'mkfifo "$1.pipe"; ln -s named.pipe "$1"'],
    ['a folder', 'mkdir -p "$1/deep"'],
    ['a link to nothing', 'ln -s none "$1"'],
    // One that it is safe to write to; to make it takes root.
    ['a device', 'mknod -m 640 "$1" c 1 3 2>/dev/null || mkfifo "$1"'],
  ])('is left as it is where it is %s', async (_, script) => {
    await using temp = await tempDir('runner')
    const path = join(temp.path, 'named')
    sh(script, path)
    const all = () => Promise.all([path, `${path}.pipe`].map(each => lstat(each).catch(() => null)))
    const seen = (stats: Awaited<ReturnType<typeof all>>) =>
      stats.map(each => each && [each.ino, each.mode, each.ctimeMs, each.rdev])
    const before = seen(await all())
    const names = await readdir(temp.path)
    expect(openRunnerFile(path)).toBeNull()
    const env = { GITHUB_OUTPUT: path, GITHUB_STATE: path, GITHUB_ENV: path, GITHUB_STEP_SUMMARY: path }
    await rememberCommandFiles(env)()
    expect(leftAlone(env)).toEqual(['GITHUB_ENV', 'GITHUB_OUTPUT', 'GITHUB_STATE', 'GITHUB_STEP_SUMMARY'])
    expect(seen(await all())).toEqual(before)
    expect(await readdir(temp.path)).toEqual(names)
  })

  it.each([
    ['another file', 'rm "$1"; echo evil > "$1"'],
    ['nothing', 'rm "$1"'],
    ['a pipe', 'rm "$1"; mkfifo "$1"'],
    ['a folder', 'rm "$1"; mkdir -p "$1/x"'],
    ['a link', 'mv "$1" "$1.evil"; ln -s "$1.theirs" "$1"'],
    ['a name of another file', 'rm "$1"; ln "$1.theirs" "$1"'],
    ['a file that nobody may read', 'chmod 0 "$1"'],
    ['a longer one', 'echo evil >> "$1"'],
  ])('holds what it held where somebody put %s in its place', (_, script) =>
    withFile(async (file, folder) => {
      await writeFile(join(folder, 'named.theirs'), 'theirs')
      await chmod(file, 0o640)
      await symlink(file, join(folder, 'link'))
      const restore = rememberCommandFiles({ GITHUB_ENV: file, GITHUB_OUTPUT: join(folder, 'link') })
      const summary = openRunnerFile(join(folder, 'link'))!
      sh(script, file)
      await restore()
      expect(await readFile(file, 'utf8')).toBe('before\n')
      expect((await lstat(file)).isFile()).toBe(true)
      expect((await lstat(file)).mode & 0o777).toBe(0o640)
      await rm(join(folder, 'link'))
      await writeFile(join(folder, 'link'), 'evil')
      await summary.write(Buffer.from('ours\n'))
      expect(await readFile(join(folder, 'link'), 'utf8')).toBe('ours\n')
      expect(await readFile(join(folder, 'named.theirs'), 'utf8')).toBe('theirs')
      summary.close()
    }),
  )
})
