/** Whether work adds a value that is masked: it would be on the branch for everybody who may read it. */
import type { Failure } from '../decide/failure.ts'
import { shownPath } from '../decide/place.ts'
import type { Sha } from '../decide/task.ts'
import type { TreeChange } from '../world/git-output.ts'
import type { World } from './world.ts'

/** More places than this are counted only. */
const SHOWN_PLACES = 20

/** `changes` are those of `tree` on `base`. null: it adds none, or nothing is masked. */
export async function secretProblem(
  base: Sha,
  tree: Sha,
  changes: readonly TreeChange[],
  { seek, store, mask }: Pick<World, 'seek' | 'store' | 'mask'>,
): Promise<Failure | null> {
  if (seek === null || base === tree) return null
  const lines = await store.seekAdded(base, tree, seek)
  // The name of a file that was there under another one with the same value is nothing new.
  const before = new Set(changes.flatMap(({ status, path }) => (status === 'D' ? seek(path) : [])))
  const names = changes.filter(
    ({ status, path }) => status === 'A' && seek(path).some(found => !before.has(found)),
  )
  const shown = (path: string): string => mask(shownPath(path))
  const places = [
    ...names.map(({ path }) => `${shown(path)} (its name)`),
    ...lines.map(({ name, line }) => `${shown(Buffer.from(name, 'latin1').toString())}:${line}`),
  ]
  if (places.length === 0) return null
  const rest = places.length - SHOWN_PLACES
  const more = rest > 0 ? [`and ${rest} more`] : []
  return { code: 'secret', places: [...places.slice(0, SHOWN_PLACES), ...more] }
}
