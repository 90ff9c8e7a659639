import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdir, readdir, readFile, stat, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { filesBelow } from '../../src/world/files.ts'
import { asRoot, mountsBelow, ownPower, unmountBelow } from '../../src/world/mounts.ts'
import { keepFiles, probeOverlay } from '../../src/world/overlay.ts'
import { snapshot } from '../../src/world/snapshot.ts'
import { openWorkspaces } from '../../src/world/workspaces.ts'
import { git } from '../rig/exec.ts'
import { commitOf, openSite, type Site, type SiteOptions, staleEntries } from '../rig/site.ts'
import { tempDir } from '../rig/temp.ts'

const FILES = {
  'README.md': 'hello\n',
  'src/a.txt': 'a\n',
  'src/b.txt': 'b\n',
  'deep/er/c.txt': 'c\n',
  'deep/er/d.txt': 'd\n',
}

/** Whether this machine lets this process mount overlays: each promise below has a side for those that do not. */
let possible = false
beforeAll(async () => {
  await using temp = await tempDir('probe')
  possible = (await probeOverlay(temp.path)).ok
})
afterEach(() => {
  vi.unstubAllEnvs()
})

/** Runs the test on mounts; where there are none the workspaces must be clones, said so in a notice. */
async function onOverlay(test: (site: Site) => Promise<void>, options: SiteOptions = {}): Promise<void> {
  await using site = await openSite({ kind: 'overlay', files: FILES, ...options })
  expect(site.workspaces.kind).toBe(possible ? 'overlay' : 'clone')
  if (possible) return await test(site)
  expect(site.said).toEqual([
    expect.stringMatching(/^notice: workspaces: Overlay workspaces are not possible here, .*: ./),
  ])
  expect(await site.mounts()).toEqual([])
}

/** A `sudo` that is first on PATH. */
async function fakeSudo(folder: string, script: string): Promise<void> {
  await writeFile(join(folder, 'sudo'), `#!/bin/sh\n${script}\n`)
  await chmod(join(folder, 'sudo'), 0o755)
  vi.stubEnv('PATH', `${folder}:${process.env.PATH}`)
}

const basesOf = async (site: Site) => (await readdir(join(site.options.layers, 'bases'))).sort()

describe('which kind', () => {
  it('an overlay that was asked for is one, or a notice says why not', () => onOverlay(async () => {}))

  it('a sudo that wants a password makes clones, and the notice repeats its words', async () => {
    await using temp = await tempDir('sudo')
    await fakeSudo(temp.path, 'echo "sudo: a password is required" >&2; exit 1')
    await using site = await openSite({ kind: 'overlay', power: 'sudo' })
    expect(site.workspaces.kind).toBe('clone')
    expect(site.said.join('\n')).toMatch(/^notice: .*sudo: a password is required$/)
    await site.workspaces.create(site.at('a'), site.base)
    expect(await readFile(join(site.at('a').dir, 'README.md'), 'utf8')).toBe('hello\n')
  })

  it('a sudo that works is asked for mounts and unmounts, never with a password prompt', async () => {
    await using temp = await tempDir('sudo')
    const calls = join(temp.path, 'calls')
    await fakeSudo(temp.path, `printf '%s\\n' "$*" >> '${calls}'\nshift\nexec "$@"`)
    await using site = await openSite({ kind: 'overlay', power: 'sudo' })
    const works = possible && ownPower() === 'root'
    expect(site.workspaces.kind).toBe(works ? 'overlay' : 'clone')
    await site.workspaces.create(site.at('a'), site.base)
    await site.workspaces.remove(site.at('a'))
    const lines = (await readFile(calls, 'utf8')).trim().split('\n')
    expect(lines.filter(line => !line.startsWith('-n '))).toEqual([])
    expect(lines.some(line => line.startsWith('-n mount -t overlay'))).toBe(true)
    if (works) expect(lines.filter(line => line.startsWith('-n umount')).length).toBe(2)
  })

  it('auto mounts only a tree that is large enough to matter, and says nothing', async () => {
    await using site = await openSite({ kind: 'auto' })
    expect(site.workspaces.kind).toBe('clone')
    const large = await openWorkspaces('auto', await commitOf(site, 5000), site.options)
    expect(large.kind).toBe(possible ? 'overlay' : 'clone')
    expect(site.said.filter(line => !line.startsWith('debug'))).toEqual([])
  })

  it('the probe leaves nothing behind', async () => {
    await using temp = await tempDir('probe')
    await probeOverlay(temp.path)
    expect(await readdir(temp.path)).toEqual([])
    expect(await mountsBelow(temp.path)).toEqual([])
  })
})

describe('overlay workspaces', () => {
  it('share one checkout and see nothing of one another', () =>
    onOverlay(async site => {
      const all = ['a', 'b', 'c', 'd'].map(name => site.at(name))
      await Promise.all(all.map(at => site.workspaces.create(at, site.base)))
      expect((await site.mounts()).length).toBe(4)
      expect(await basesOf(site)).toEqual([
        expect.stringMatching(/^1-/),
        expect.stringMatching(/^1-.*\.index$/),
      ])
      const [first, second] = all
      /** What the disk holds of a workspace, beside the few small files of its git directory. */
      const own = async (name: string) =>
        (await filesBelow(join(site.options.layers, 'private', name, 'upper'))).filter(
          file => !file.startsWith('.git/') || file === '.git/index',
        )
      expect(await own('a')).toEqual([])
      await writeFile(join(first!.dir, 'src/a.txt'), 'changed\n')
      expect(await own('a')).toEqual(['src/a.txt'])
      await git(first!.dir, 'mv', 'deep', 'deeper')
      await git(first!.dir, 'commit', '--quiet', '--all', '--message', 'x')
      expect(await git(second!.dir, 'status', '--porcelain')).toBe('')
      expect(await git(second!.dir, 'log', '--format=%s')).toBe('initial')
      for (const at of all.slice(1)) {
        expect((await snapshot(at, site.base, 'main', site.storeDir)).tree).toBe(
          await git(site.storeDir, 'rev-parse', `${site.base}^{tree}`),
        )
      }
      const { tree } = await snapshot(first!, site.base, 'main', site.storeDir)
      expect(await git(site.storeDir, 'diff', '--name-status', '-M', site.base, tree)).toBe(
        'R100\tdeep/er/c.txt\tdeeper/er/c.txt\nR100\tdeep/er/d.txt\tdeeper/er/d.txt\nM\tsrc/a.txt',
      )
    }))

  it('have an index as young as they are: what git would read again was written in the second of an older one', () =>
    onOverlay(async site => {
      await site.workspaces.create(site.at('first'), site.base)
      const [name] = (await basesOf(site)).filter(file => file.endsWith('.index'))
      const index = join(site.options.layers, 'bases', name!)
      await utimes(index, 1e9, 1e9)
      const made = Math.floor(Date.now() / 1000)
      await site.workspaces.create(site.at('second'), site.base)
      expect((await stat(site.at('second').index)).mtimeMs / 1000).toBeGreaterThanOrEqual(made - 1)
      expect((await stat(index)).mtimeMs / 1000).toBe(1e9)
    }))

  it('of a base that moved on hold its files, and the layer for it only the difference', () =>
    onOverlay(async site => {
      await site.workspaces.create(site.at('first'), site.base)
      const tip = await site.moveOn({
        'src/a.txt': 'a\na\n',
        'src/b.txt': null,
        'src/b.txt/now/a/folder': 'x',
        'deep/er/c.txt': null,
        'deep/er/d.txt': null,
        deep: { content: 'src', mode: '120000' },
        'README.md': { content: 'hello\n', mode: '100755' },
        new: 'new\n',
      })
      const at = site.at('second')
      await site.workspaces.create(at, tip)
      expect(await git(at.dir, 'status', '--porcelain')).toBe('')
      expect(await git(at.dir, 'rev-parse', 'HEAD')).toBe(tip)
      expect(await staleEntries(at, site.storeDir)).toEqual([])
      expect(await readFile(join(at.dir, 'deep/a.txt'), 'utf8')).toBe('a\na\n')
      expect((await stat(join(at.dir, 'README.md'))).mode & 0o100).toBe(0o100)
      const layer = (await basesOf(site)).find(name => /^2-[^.]*$/.test(name))!
      expect(await filesBelow(join(site.options.layers, 'bases', layer))).toEqual([
        '.git/index',
        'README.md',
        'new',
        'src/a.txt',
        'src/b.txt/now/a/folder',
      ])
      expect(await git(site.at('first').dir, 'status', '--porcelain')).toBe('')
    }))

  it('of a base with other attributes have their files written anew', () =>
    onOverlay(
      async site => {
        await site.workspaces.create(site.at('first'), site.base)
        const tip = await site.moveOn({ '.gitattributes': '*.txt eol=crlf\n' })
        await site.workspaces.create(site.at('second'), tip)
        expect(await readFile(join(site.at('first').dir, 'src/a.txt'), 'utf8')).toBe('a\n')
        expect(await readFile(join(site.at('second').dir, 'src/a.txt'), 'utf8')).toBe('a\r\n')
      },
      { files: { ...FILES, '.gitattributes': '* text\n' } },
    ))

  it('a layer goes when nobody stands on it, unless it is the first or the newest', () =>
    onOverlay(async site => {
      for (const n of [1, 2, 3]) {
        const tip = await site.moveOn({ n: String(n) })
        await site.workspaces.create(site.at(`t${n}`), tip)
      }
      const present = async () =>
        (await basesOf(site)).filter(name => /^\d-[^.]*$/.test(name)).map(name => name[0])
      expect(await present()).toEqual(['1', '2', '3'])
      await site.workspaces.remove(site.at('t2'))
      expect(await present()).toEqual(['1', '3'])
      await site.workspaces.remove(site.at('t1'))
      await site.workspaces.remove(site.at('t3'))
      expect(await present()).toEqual(['1', '3'])
    }))

  it('that cannot be mounted are clones, with a warning, and the task goes on', () =>
    onOverlay(async site => {
      await mkdir(site.options.layers, { recursive: true })
      await writeFile(join(site.options.layers, 'private'), 'in the way')
      const at = site.at('a')
      await site.workspaces.create(at, site.base)
      expect(site.said).toEqual([expect.stringMatching(/^warning: workspaces: .* became a clone/)])
      expect(await site.mounts()).toEqual([])
      expect(await git(at.dir, 'status', '--porcelain')).toBe('')
      await site.workspaces.remove(at)
      expect(await readdir(join(site.root, 'tasks/a'))).toEqual([])
    }))
})

describe('the end of an overlay workspace', () => {
  it('removed, it leaves no mount, no layer of its own, no index', () =>
    onOverlay(async site => {
      const at = site.at('a')
      await site.workspaces.create(at, site.base)
      await writeFile(join(at.dir, 'x'), 'x')
      await site.workspaces.remove(at)
      await site.workspaces.remove(at)
      expect(await site.mounts()).toEqual([])
      expect(await readdir(join(site.root, 'tasks/a'))).toEqual([])
      expect(await readdir(join(site.root, 'internal'))).toEqual(['layers'])
      expect(await readdir(join(site.options.layers, 'private'))).toEqual([])
    }))

  it('comes even while a process stands in it', () =>
    onOverlay(async site => {
      const at = site.at('a')
      await site.workspaces.create(at, site.base)
      const child = spawn('cat', { cwd: at.dir, stdio: ['pipe', 'pipe', 'inherit'] })
      try {
        child.stdin.write('here\n')
        await once(child.stdout, 'data')
        await site.workspaces.remove(at)
        expect(await site.mounts()).toEqual([])
        expect(await readdir(join(site.root, 'tasks/a'))).toEqual([])
      } finally {
        child.stdin.end()
        await once(child, 'exit')
      }
    }))

  it('deletes nothing that a worker has mounted inside', () =>
    onOverlay(async site => {
      const treasure = join(site.root, 'treasure')
      await mkdir(treasure)
      await writeFile(join(treasure, 'gold'), 'mine')
      const at = site.at('a')
      await site.workspaces.create(at, site.base)
      expect(await asRoot(ownPower(), ['mount', '--bind', treasure, join(at.dir, 'src')])).toBeNull()
      expect((await site.mounts()).length).toBe(2)
      await site.workspaces.remove(at)
      expect(await readFile(join(treasure, 'gold'), 'utf8')).toBe('mine')
      expect(await site.mounts()).toEqual([])
    }))

  it('kept, it is a plain folder with all that the worker left', () =>
    onOverlay(async site => {
      const at = site.at('a')
      await site.workspaces.create(at, site.base)
      await writeFile(join(at.dir, 'src/a.txt'), 'changed\n')
      await git(at.dir, 'commit', '--quiet', '--all', '--message', 'work')
      await writeFile(join(at.dir, 'more.txt'), 'x')
      await site.workspaces.keep(at)
      await site.workspaces.close()
      expect(await site.mounts()).toEqual([])
      expect(await git(at.dir, 'log', '--format=%s')).toBe('work\ninitial')
      expect(await git(at.dir, 'status', '--porcelain')).toBe('?? more.txt')
      expect(await readdir(join(site.root, 'tasks/a'))).toEqual(['workspace'])
    }))

  it('is not kept where there is no time, and a notice says so', () =>
    onOverlay(async site => {
      const at = site.at('a')
      await site.workspaces.create(at, site.base)
      site.cancel.abort()
      await site.workspaces.keep(at)
      expect(site.said).toEqual([
        expect.stringMatching(/^notice: workspaces: .* was not kept: the run was cancelled/),
      ])
      expect(await site.mounts()).toEqual([])
    }))

  it('is not kept where there is no room: the mount is then as it was', () =>
    onOverlay(async site => {
      const at = site.at('a')
      await site.workspaces.create(at, site.base)
      expect(await keepFiles(at.dir, Number.MAX_SAFE_INTEGER)).toContain('too little room')
      expect(await site.mounts()).toEqual([at.dir])
    }))

  it('comes for all of them at the close, and with them go the layers unless time is short', () =>
    onOverlay(async site => {
      await site.workspaces.create(site.at('a'), site.base)
      await site.workspaces.create(site.at('b'), site.base)
      await site.workspaces.close()
      expect(await site.mounts()).toEqual([])
      expect(await readdir(join(site.root, 'internal'))).toEqual(['a.index', 'b.index'])
      const again = await openWorkspaces('overlay', site.base, site.options)
      await again.create(site.at('a'), site.base)
      site.cancel.abort()
      await again.close()
      expect(await site.mounts()).toEqual([])
      expect(await readdir(join(site.root, 'internal'))).toContain('layers')
    }))

  it('after a crash: the next process of the run starts from nothing', () =>
    onOverlay(async site => {
      await site.workspaces.create(site.at('a'), site.base)
      await writeFile(join(site.at('a').dir, 'left'), 'by the crash')
      await unmountBelow(site.root)
      const next = await openWorkspaces('overlay', site.base, site.options)
      await next.create(site.at('a'), site.base)
      expect(await git(site.at('a').dir, 'status', '--porcelain')).toBe('')
      await next.close()
    }))
})
