/**
 * Working folders with files of one commit: workspaces and gate checkouts. Each has a git directory of its own
 * that shares the store's objects and cannot push; but we read and write its files through the store and an
 * index of ours beside it, so that nothing its user did to its `.git` is ever trusted or run.
 */
import { mkdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Sha } from '../decide/task.ts'
import { readText, removeAll, writeAtomic } from './files.ts'
import { gitOk } from './git.ts'
import { removeFolder, unmountBelow } from './mounts.ts'
import { type CheckoutOptions, isAsWritten, keepRefs, RULES, writeGitDirectory } from './new-git-directory.ts'
import { type Checkout, LONGEST_MS, outside, removeIndex } from './staging.ts'
import { disarm } from './traps.ts'
import { isUntouched } from './untouched.ts'

export { bundleLeftBehind } from './left-behind.ts'
export { startMerge, unresolved } from './merging.ts'
export { type CheckoutOptions, RULES } from './new-git-directory.ts'
export { keepSetupSettings } from './setup-settings.ts'
export { historyOf, snapshot } from './snapshot.ts'
export type { Checkout } from './staging.ts'

/** Files of `commit` in a new folder, with a local branch at it. The folder must not exist yet. */
export async function createCheckout(
  at: Checkout,
  commit: Sha,
  options: CheckoutOptions,
  effort: Effort = {},
): Promise<void> {
  await mkdir(at.dir, { recursive: true })
  await writeFiles(at, commit, options.storeDir, effort)
  await writeGitDirectory(at, commit, options)
}

/** With what a command mounted there taken off first. */
export async function removeCheckout(at: Checkout): Promise<void> {
  await removeFolder(at.dir)
  await removeIndex(at)
}

/** Takes out what a command left behind, but for ignored files; of the folder's `.git` nothing stays. */
export async function tidyCheckout(at: Checkout, options: CheckoutOptions): Promise<void> {
  const env = outside(at, options.storeDir)
  // git would remove what lies behind a mount as well.
  await unmountBelow(at.dir)
  await disarm(at.dir)
  // Tracked files first: a changed `.gitignore` hides what is to go, and a folder in a file's place is left alone.
  await gitOk(at.dir, ['checkout-index', '--all', '--force', '--quiet', '--index'], { env })
  await gitOk(at.dir, ['clean', '-ffdq'], { env })
  await removeAll(join(at.dir, '.git'))
}

/**
 * Moves a tidy folder to another commit: only what differs is written. What that commit ignores stays; `sameRules`: it
 * ignores what the one before ignored.
 */
export async function moveCheckout(
  at: Checkout,
  commit: Sha,
  options: CheckoutOptions,
  { sameRules, ...effort }: Effort & { readonly sameRules: boolean },
): Promise<void> {
  await writeFiles(at, commit, options.storeDir, effort)
  // A rule of the tree before may have shielded what this one does not ignore.
  if (!sameRules) await gitOk(at.dir, ['clean', '-ffdq'], { env: outside(at, options.storeDir) })
  await removeAll(join(at.dir, '.git'))
  await writeGitDirectory(at, commit, options)
}

/** Whether a folder at `commit` would come out of a tidy and a move with all that a command has done to it. */
export async function survivesMove(at: Checkout, commit: Sha, options: CheckoutOptions): Promise<boolean> {
  const { storeDir } = options
  if (!(await isAsWritten(at, options))) return false
  // As the tidy runs it, for show: whether it names anything, not what.
  const strays = await gitOk(at.dir, ['clean', '-ffdn'], {
    env: outside(at, storeDir),
    timeoutMs: LONGEST_MS,
  })
  return strays === '' && isUntouched(at, commit, storeDir)
}

export interface Effort {
  /** Processes that write files at a time; 1 unless told otherwise. */
  readonly workers?: number
  readonly signal?: AbortSignal
}

/** With fewer files than this git's own checkout workers cost more than they save. */
const WORTH_WORKERS = 1000

/** The files of `commit` alone, as our index for them says; a folder that is there becomes them. */
export async function writeFiles(
  at: Checkout,
  commit: Sha,
  storeDir: string,
  { workers = 1, signal }: Effort = {},
): Promise<void> {
  const parallel = [`checkout.workers=${workers}`, `checkout.thresholdForParallelism=${WORTH_WORKERS}`]
  const args = [...parallel.flatMap(pair => ['-c', pair]), 'read-tree', '--reset', '-u', commit]
  await gitOk(at.dir, args, { env: outside(at, storeDir), ...(signal ? { signal } : {}) })
}

/** The run's bare repository: the checkout's objects by reference, its shallow boundary, nothing else of it. */
export async function createStore(
  dir: string,
  source: {
    readonly gitDir: string
    readonly head: Sha
    readonly shareObjects: boolean
    readonly objectFormat: string
  },
): Promise<void> {
  await gitOk(dirname(dir), [
    'init',
    '--quiet',
    '--bare',
    '--template=',
    `--object-format=${source.objectFormat}`,
    dir,
  ])
  await gitOk(dir, ['config', 'gc.auto', '0'])
  // What the checkout ignores by this file (and may copy into workspaces) no workspace may land.
  for (const name of RULES) {
    const rules = await readText(join(source.gitDir, name))
    if (rules) await writeAtomic(join(dir, name), rules)
  }
  if (!source.shareObjects) return
  await writeAtomic(join(dir, 'objects', 'info', 'alternates'), `${join(source.gitDir, 'objects')}\n`)
  const shallow = await readText(join(source.gitDir, 'shallow'))
  if (shallow !== null) await writeAtomic(join(dir, 'shallow'), shallow)
  // A ref of our own on what the checkout has: the first fetch then asks for nothing that is there.
  await Promise.all([
    gitOk(dir, ['update-ref', 'refs/fanout/checkout', source.head]),
    keepRefs(source.gitDir, dir),
  ])
}
