import { lstat, mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Settings } from '../../src/decide/settings.ts'
import type { Sha } from '../../src/decide/task.ts'
import { type Checkout, createStore } from '../../src/world/checkout.ts'
import type { Log } from '../../src/world/log.ts'
import { mountsBelow, type Power, removeFolder } from '../../src/world/mounts.ts'
import { openWorkspaces, type Workspaces, type WorkspacesOptions } from '../../src/world/workspaces.ts'
import { git, run } from './exec.ts'
import { type CloneOptions, createRepo, type Files, manyFiles, type Remote } from './repo.ts'
import { tempDir } from './temp.ts'

/** A store with one branch and workspaces of one kind upon it: a run without a loop. */
export type Site = AsyncDisposable & {
  readonly root: string
  readonly storeDir: string
  readonly remote: Remote
  readonly base: Sha
  readonly options: WorkspacesOptions
  readonly workspaces: Workspaces
  /** `level: text` of all that was logged. */
  readonly said: readonly string[]
  readonly cancel: AbortController
  at(name: string): Checkout
  /** A new tip on the branch, in the store as well. */
  moveOn(files: Files): Promise<Sha>
  mounts(): Promise<readonly string[]>
}

export type SiteOptions = {
  readonly kind?: Settings['workspaces']
  readonly files?: Files
  /** Commits upon that, before the checkout is made. */
  readonly history?: readonly Files[]
  readonly clone?: CloneOptions
  readonly power?: Power
}

export async function openSite(how: SiteOptions = {}): Promise<Site> {
  const { kind = 'clone', files, history = [], clone = {}, power } = how
  await using stack = new AsyncDisposableStack()
  const remote = stack.use(await createRepo(files ? { files } : {}))
  for (const changed of history) await remote.commit({ files: changed })
  const source = stack.use(await remote.clone(clone))
  const temp = stack.use(await tempDir('site'))
  const root = join(temp.path, 'run with a space')
  const storeDir = join(root, 'store.git')
  await mkdir(join(root, 'internal'), { recursive: true })
  const base = (await source.git('rev-parse', 'HEAD')) as Sha
  await createStore(storeDir, {
    gitDir: join(source.path, '.git'),
    head: base,
    shareObjects: true,
    objectFormat: 'sha1',
  })
  const fetch = () => git(storeDir, 'fetch', '--quiet', `file://${remote.path}`, '+main:main')
  await git(storeDir, 'update-ref', 'refs/heads/main', base)
  const said: string[] = []
  const cancel = new AbortController()
  const options: WorkspacesOptions = {
    checkout: { storeDir, branch: 'main', identity: { name: 'A "B" C', email: 'abc@example.test' } },
    runDir: root,
    layers: join(root, 'internal', 'layers'),
    log: logInto(said),
    cancel: cancel.signal,
    ...(power ? { power } : {}),
  }
  const workspaces = await openWorkspaces(kind, base, options)
  // A test that fails half-way must not leave mounts on the machine.
  stack.defer(() => removeFolder(root))
  stack.defer(() => workspaces.close())
  const owned = stack.move()
  return {
    root,
    storeDir,
    remote,
    base,
    options,
    workspaces,
    said,
    cancel,
    at: name => ({
      dir: join(root, 'tasks', name, 'workspace'),
      index: join(root, 'internal', `${name}.index`),
    }),
    async moveOn(changed) {
      const tip = await remote.commit({ files: changed })
      await fetch()
      return tip as Sha
    },
    mounts: () => mountsBelow(root),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  }
}

/** A commit upon the site's base that has so many files, all of the same content, in the folder `f`. */
export function commitOf(site: Site, count: number): Promise<Sha> {
  return manyFiles(site.storeDir, site.base, count) as Promise<Sha>
}

function logInto(said: string[]): Log {
  const say =
    (level: string) =>
    (...texts: readonly unknown[]): void => {
      said.push(`${level}: ${texts.join(': ')}`)
    }
  return {
    line: say('line'),
    warning: say('warning'),
    notice: say('notice'),
    fold: say('fold'),
    debug: say('debug'),
  }
}

/** The index entries whose recorded times, size or inode are not the file's: git would read these files. */
export async function staleEntries(at: Checkout, storeDir: string): Promise<readonly string[]> {
  const env = { GIT_DIR: storeDir, GIT_WORK_TREE: at.dir, GIT_INDEX_FILE: at.index }
  const { stdout } = await run('git', ['-c', 'core.quotePath=false', 'ls-files', '--debug'], {
    cwd: at.dir,
    env,
  })
  const entries = stdout.matchAll(
    /^(\S.*)\n {2}ctime: (\d+):.*\n {2}mtime: (\d+):.*\n.*ino: (\d+)\n.*\n {2}size: (\d+)/gm,
  )
  const stale: string[] = []
  let count = 0
  for (const [, path = '', ctime, mtime, ino, size] of entries) {
    count++
    const stats = await lstat(join(at.dir, path), { bigint: true })
    const seen = [stats.ctimeMs / 1000n, stats.mtimeMs / 1000n, BigInt.asUintN(32, stats.ino), stats.size]
    if (seen.join() !== [ctime, mtime, ino, size].join()) stale.push(path)
  }
  if (count === 0) throw new Error(`no entries in ${stdout}`)
  return stale
}
