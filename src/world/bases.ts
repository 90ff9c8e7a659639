/**
 * Pristine files of the commits that overlay workspaces stand on. The first commit is checked out in full; any other is
 * a thin layer upon that: what an overlay keeps when git moves it from the one commit to the other.
 */
import { copyFile, link, mkdir } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import type { Sha } from '../decide/task.ts'
import { writeFiles } from './checkout.ts'
import { removeAll } from './files.ts'
import { gitOk } from './git.ts'
import { asRoot, type Power, removeFolder } from './mounts.ts'

export interface Base {
  /** The `lowerdir` of a mount: paths relative to the folder of the layers. */
  readonly lower: string
  /**
   * An index that knows the files as they are seen through a mount: no file is read to compare them. It is in the layer as
   * `.git/index` too.
   */
  readonly index: string
}

export interface Bases {
  /** Made at the first call for a commit; nobody may change its files. Rejects when it cannot be made. */
  use(commit: Sha): Promise<Base>
  /** One user fewer. A thin layer without users goes, unless it is the newest. */
  done(commit: Sha): Promise<void>
}

export interface LayersPlace {
  /** Mounts are made from here, by relative paths: nothing in a path can be taken for an option. */
  readonly layers: string
  readonly storeDir: string
  /** Without the folders. */
  readonly mountOptions: string
  readonly power: Power
  /** Once aborted, no base is made any more. */
  readonly cancel: AbortSignal
}

/** Mounts at `target` what is written to `upper` over `lower`; all but `target` relative to `layers`. */
export async function mountOverlay(
  { layers, mountOptions, power }: Pick<LayersPlace, 'layers' | 'mountOptions' | 'power'>,
  folders: { readonly lower: string; readonly upper: string; readonly work: string },
  target: string,
): Promise<void> {
  const options = `${mountOptions},lowerdir=${folders.lower},upperdir=${folders.upper},workdir=${folders.work}`
  const problem = await asRoot(power, ['mount', '-t', 'overlay', '-o', options, 'fanout', target], layers)
  if (problem !== null) throw new Error(problem)
}

/** A folder of its own for each that is made: an old one of the same commit may still be going away. */
interface Parts {
  readonly name: string
  readonly dir: string
  readonly index: string
}

interface Layer {
  readonly commit: Sha
  readonly parts: Parts
  readonly ready: Promise<Base>
  users: number
}

export function openBases(place: LayersPlace): Bases {
  const made = new Map<Sha, Layer>()
  let first: Layer | null = null
  let newest: Layer | null = null
  let count = 0

  function layerOf(commit: Sha): Layer {
    const known = made.get(commit)
    if (known) return known
    const name = join('bases', `${++count}-${commit.slice(0, 12)}`)
    const dir = join(place.layers, name)
    const parts = { name, dir, index: `${dir}.index` }
    const ready = first ? upon(first, commit, parts, place) : wholeTree(commit, parts, place)
    const layer = { parts, commit, ready, users: 0 }
    first ??= layer
    made.set(commit, layer)
    return layer
  }

  async function forget(commit: Sha, layer: Layer): Promise<void> {
    if (made.get(commit) !== layer) return
    made.delete(commit)
    if (first === layer) first = null
    await Promise.all([removeAll(layer.parts.dir), removeAll(layer.parts.index)])
  }

  return {
    async use(commit) {
      const layer = layerOf(commit)
      newest = layer
      layer.users++
      try {
        return await layer.ready
      } catch (error) {
        await forget(commit, layer)
        throw error
      }
    },
    async done(commit) {
      const layer = made.get(commit)
      if (layer) layer.users--
      const idle = [...made].filter(([, one]) => one.users <= 0 && one !== newest && one !== first)
      await Promise.all(idle.map(([sha, one]) => forget(sha, one)))
    },
  }
}

async function upon(first: Layer, commit: Sha, parts: Parts, place: LayersPlace): Promise<Base> {
  const bottom = await first.ready
  if (await changesAttributes(first.commit, commit, place.storeDir)) return wholeTree(commit, parts, place)
  return thinLayer(commit, parts, bottom, place)
}

async function wholeTree(commit: Sha, { name, dir, index }: Parts, place: LayersPlace): Promise<Base> {
  await mkdir(dir, { recursive: true })
  // All that wait for it wait for this.
  const effort = { workers: availableParallelism(), signal: place.cancel }
  await writeFiles({ dir, index }, commit, place.storeDir, effort)
  await seedIndex(dir, index)
  return { lower: name, index }
}

/** Files that did not change are written otherwise under other attributes (line ends): only a full checkout is right. */
export async function changesAttributes(from: Sha, to: Sha, storeDir: string): Promise<boolean> {
  const args = ['diff-tree', '-r', '--name-only', '--no-renames', from, to, '--', ':(glob)**/.gitattributes']
  return (await gitOk(storeDir, args)) !== ''
}

async function thinLayer(
  commit: Sha,
  { name, dir, index }: Parts,
  bottom: Base,
  place: LayersPlace,
): Promise<Base> {
  const work = `${name}.work`
  const merged = `${dir}.merged`
  for (const folder of [dir, join(place.layers, work), merged]) await mkdir(folder, { recursive: true })
  await copyFile(bottom.index, index)
  try {
    await mountOverlay(place, { lower: bottom.lower, upper: name, work }, merged)
    await writeFiles({ dir: merged, index }, commit, place.storeDir, { signal: place.cancel })
  } finally {
    // From here on the layer is only read.
    await removeFolder(merged, place.power)
    await removeFolder(join(place.layers, work), place.power)
  }
  await seedIndex(dir, index)
  return { lower: `${name}:${bottom.lower}`, index }
}

/** Seen through a mount it is the index of the workspace's own git directory: megabytes that nobody has to copy. */
async function seedIndex(dir: string, index: string): Promise<void> {
  await mkdir(join(dir, '.git'), { recursive: true })
  const seed = join(dir, '.git', 'index')
  // git never writes into an index, it puts another in its place.
  await link(index, seed).catch(() => copyFile(index, seed))
}
