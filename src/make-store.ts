/** The run's own store: made once a run; what a machine that lost its power left of it is mended. */
import { join } from 'node:path'
import { listed } from './decide/plain.ts'
import type { Ground } from './run/preflight.ts'
import type { Places } from './run/world.ts'
import { createStore, RULES } from './world/checkout.ts'
import { filesBelow, moveIfThere, namesIn, readText, removeAll, writeAtomic } from './world/files.ts'
import { git } from './world/git.ts'
import type { Log } from './world/log.ts'
import { isTornText, tornObjects, tornRefs } from './world/torn.ts'

const ALTERNATES = 'objects/info/alternates'
/** Without one of these it is no store. */
const NEEDED = ['HEAD', 'config', ALTERNATES]
const TEXTS = [...NEEDED, ...RULES, 'checkout-refs']

/** A run that goes on has its store already, though its checkout may have moved: that keeps what is whole in it. */
export async function makeStore(
  { store: dir, internal }: Pick<Places, 'store' | 'internal'>,
  { repository, head }: Ground,
  log: Log,
): Promise<void> {
  const source = {
    gitDir: repository.gitDir,
    head,
    shareObjects: !repository.partial,
    objectFormat: repository.objectFormat,
  }
  const isThere = (await namesIn(dir)).length > 0
  // What a checkout had that shared its objects, the store lacks.
  const lacks = repository.partial && (await readText(join(dir, ALTERNATES))) !== null
  if (!isThere || lacks) {
    await removeAll(dir)
    return createStore(dir, source)
  }
  const fresh = join(internal, 'store.new')
  await removeAll(fresh)
  await createStore(fresh, source)
  const torn = await mendStore(dir, fresh, repository.objectFormat === 'sha256' ? 'sha256' : 'sha1')
  await removeAll(fresh)
  if (torn.length === 0) return
  log.warning(
    'store',
    `Of the run's own store ${torn.length} file(s) were torn, as they are when a machine loses its power (${listed(torn, 3)}). The store is mended: finished work that is whole is taken up, and what is not starts again.`,
  )
}

/** What a git that was killed leaves in a store or beside our indexes; nobody else is at work there. */
export async function removeLocks(dir: string): Promise<void> {
  const top = await namesIn(dir)
  const refs = top.includes('refs') ? await filesBelow(join(dir, 'refs')) : []
  for (const name of [...top, ...refs.map(ref => `refs/${ref}`)]) {
    if (name.endsWith('.lock')) await removeAll(join(dir, name))
  }
}

/** Takes what is not whole from where it is, or as it is in a `fresh` store of the same checkout. Returns what that was. */
async function mendStore(
  dir: string,
  fresh: string,
  algorithm: 'sha1' | 'sha256',
): Promise<readonly string[]> {
  const texts = await mendTexts(dir, fresh)
  const objects = await tornObjects(dir, algorithm)
  const refs = await tornRefs(dir)
  if (objects.length === 0 && refs.length === 0) return texts
  for (const name of objects) await removeTorn(join(dir, 'objects'), name)
  // They may lead to what is not whole, and a fetch would believe them: it has to ask for everything beyond the checkout.
  for (const name of ['refs', 'packed-refs', ...refs.filter(name => name === 'shallow')]) {
    await removeAll(join(dir, name))
    await moveIfThere(join(fresh, name), join(dir, name))
  }
  await indexPacks(dir)
  return [...texts, ...refs, ...objects.map(name => `objects/${name}`)]
}

async function mendTexts(dir: string, fresh: string): Promise<readonly string[]> {
  const torn: string[] = []
  for (const name of TEXTS) {
    const [text, whole] = await Promise.all([dir, fresh].map(folder => readText(join(folder, name))))
    const isTorn = isTornText(text!, whole!) || (text === null && whole !== null && NEEDED.includes(name))
    if (isTorn) torn.push(name)
    // Its checkout may lie elsewhere by now.
    if (!isTorn && name !== ALTERNATES) continue
    await removeAll(join(dir, name))
    if (typeof whole === 'string') await writeAtomic(join(dir, name), whole)
  }
  return torn
}

/** A pack goes with all that is about it; what is about a pack can be made anew. */
async function removeTorn(objects: string, name: string): Promise<void> {
  const [, pack, kind] = /^pack\/(pack-[0-9a-f]+)\.(\w+)$/.exec(name) ?? []
  const all = kind === 'pack' ? await namesIn(join(objects, 'pack')) : []
  const about = all.filter(each => each.startsWith(`${pack}.`)).map(each => `pack/${each}`)
  for (const each of [name, ...about]) await removeAll(join(objects, each))
}

/** git takes no object from a pack without an index. */
async function indexPacks(dir: string): Promise<void> {
  const folder = join(dir, 'objects', 'pack')
  const names = await namesIn(folder)
  for (const name of names.filter(each => each.endsWith('.pack'))) {
    if (!names.includes(name.replace(/pack$/, 'idx'))) await git(dir, ['index-pack', join(folder, name)])
  }
}
