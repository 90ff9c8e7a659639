/**
 * Workspaces as overlay mounts over one pristine checkout per base commit: made in constant time, and the disk holds
 * only what a worker changes. Needs Linux, and root or sudo without a password.
 */
import { copyFile, mkdir, readFile, realpath, rename, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { Sha } from '../decide/task.ts'
import { mountOverlay, openBases } from './bases.ts'
import { type Checkout, createCheckout } from './checkout.ts'
import { freeSpace, treeSize } from './disk.ts'
import { readText } from './files.ts'
import { mountsBelow, ownPower, type Power, removeFolder, runTool, unmountBelow } from './mounts.ts'
import { writeGitDirectory } from './new-git-directory.ts'
import { removeIndex } from './staging.ts'
import type { Workspaces, WorkspacesOptions } from './workspaces.ts'

/**
 * `redirect_dir`: without it renaming a folder fails (EXDEV). `volatile` (Linux 5.10) spares the sync of the whole file
 * system at every unmount: what a power cut would take is a workspace, never work that is in the store.
 */
const MOUNT_OPTIONS = ['redirect_dir=on,volatile', 'redirect_dir=on']

export type Probed =
  | { readonly ok: true; readonly mountOptions: string }
  | { readonly ok: false; readonly why: string }

/** Tries all that a workspace needs, in a folder below `layers`: mount, rename a lower folder, write, unmount. */
export async function probeOverlay(layers: string, power: Power = ownPower()): Promise<Probed> {
  if (process.platform !== 'linux') return { ok: false, why: 'overlay mounts are a feature of Linux.' }
  let why = ''
  for (const mountOptions of MOUNT_OPTIONS) {
    const problem = await tryOverlay(join(layers, 'probe'), mountOptions, power)
    if (problem === null) return { ok: true, mountOptions }
    why = problem
  }
  return { ok: false, why }
}

async function tryOverlay(folder: string, mountOptions: string, power: Power): Promise<string | null> {
  const merged = join(folder, 'merged')
  try {
    for (const name of ['lower/old', 'upper', 'work', 'merged'])
      await mkdir(join(folder, name), { recursive: true })
    await writeFile(join(folder, 'lower/old/file'), 'lower')
    const folders = { lower: 'lower', upper: 'upper', work: 'work' }
    await mountOverlay({ layers: folder, mountOptions, power }, folders, merged)
    await rename(join(merged, 'old'), join(merged, 'new'))
    await writeFile(join(merged, 'new/file'), 'upper')
    await writeFile(join(merged, 'added'), '')
    const [above, below] = await Promise.all([
      readText(join(folder, 'upper/added')),
      readFile(join(folder, 'lower/old/file'), 'utf8'),
    ])
    if (above === null || below !== 'lower') return 'the mount cannot be seen from this process.'
    await unmountBelow(merged, power)
    return null
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  } finally {
    await removeFolder(folder, power).catch(() => {})
  }
}

export function overlayWorkspaces(
  { checkout, runDir, layers, log, cancel, power = ownPower() }: WorkspacesOptions,
  mountOptions: string,
): Workspaces {
  const bases = openBases({ layers, storeDir: checkout.storeDir, mountOptions, power, cancel })
  const mounted = new Map<string, Sha>()
  const privateFolder = (at: Checkout): string => join('private', basename(at.index, '.index'))

  async function mount(at: Checkout, commit: Sha): Promise<void> {
    const base = await bases.use(commit)
    mounted.set(at.dir, commit)
    const own = privateFolder(at)
    const folders = { lower: base.lower, upper: join(own, 'upper'), work: join(own, 'work') }
    for (const folder of [folders.upper, folders.work]) await mkdir(join(layers, folder), { recursive: true })
    await mkdir(at.dir, { recursive: true })
    await mountOverlay({ layers, mountOptions, power }, folders, at.dir)
    // A copy, not a link: git reads a file again that was written in the second its index is of, and a copy is younger.
    await copyFile(base.index, at.index)
    await writeGitDirectory(at, commit, checkout)
  }

  async function forget(at: Checkout): Promise<void> {
    await removeIndex(at)
    await removeFolder(join(layers, privateFolder(at)), power)
    const commit = mounted.get(at.dir)
    mounted.delete(at.dir)
    if (commit !== undefined) await bases.done(commit)
  }

  async function remove(at: Checkout): Promise<void> {
    await removeFolder(at.dir, power)
    await forget(at)
  }

  return {
    kind: 'overlay',
    async create(at, commit) {
      await remove(at)
      try {
        await mount(at, commit)
      } catch (error) {
        if (cancel.aborted) throw error
        log.warning('workspaces', `${at.dir} became a clone, for it could not be mounted: ${String(error)}`)
        await remove(at)
        await createCheckout(at, commit, checkout)
      }
    },
    remove,
    async keep(at) {
      const commit = mounted.get(at.dir)
      if (commit === undefined) return removeIndex(at)
      const problem = cancel.aborted
        ? 'the run was cancelled, and there is no time to copy it'
        : await keepFiles(at.dir, await roomNeeded(commit), power)
      if (problem === null) return forget(at)
      log.notice('workspaces', `${at.dir} was not kept: ${problem}. The work itself is in the run directory.`)
      await remove(at)
    },
    async close() {
      try {
        await unmountBelow(runDir, power)
        // Many files: where time is short the post step or a later run removes them.
        if (!cancel.aborted) await removeFolder(layers, power)
      } catch (error) {
        log.warning('workspaces', error instanceof Error ? error.message : String(error))
      }
    },
  }

  /** Twice the files, for the workers that go on need room as well. */
  async function roomNeeded(commit: Sha): Promise<number> {
    return 2 * (await treeSize(checkout.storeDir, commit, 4096)).bytes
  }
}

/**
 * Makes a plain folder of a mounted one, for people: the files as the worker left them. Does nothing to one that is not
 * mounted. null: done, else why not; the mount is then as it was.
 */
export async function keepFiles(dir: string, room = 0, power: Power = ownPower()): Promise<string | null> {
  const [mounts, top] = await Promise.all([mountsBelow(dir), realpath(dir).catch(() => dir)])
  if (!mounts.includes(top)) return null
  const free = await freeSpace(join(dir, '..'))
  if (free !== null && free.bytes < room) return 'there is too little room on the disk for its files'
  const aside = `${dir}.kept`
  try {
    // What a worker mounted inside is not part of it.
    for (const inner of mounts) if (inner !== top) await unmountBelow(inner, power)
    await removeFolder(aside, power)
    const problem = await runTool(['cp', '-a', '--', dir, aside])
    if (problem !== null) throw new Error(problem.split('\n')[0])
    await removeFolder(dir, power)
    await rename(aside, dir)
    return null
  } catch (error) {
    await removeFolder(aside, power).catch(() => {})
    return error instanceof Error ? error.message : String(error)
  }
}
