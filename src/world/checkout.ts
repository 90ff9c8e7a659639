/**
 * Working folders with files of one commit: workspaces and gate checkouts. Each has a git directory of its own
 * that shares the store's objects and cannot push; but we read and write its files through the store and an
 * index of ours beside it, so that nothing its user did to its `.git` is ever trusted or run.
 */
import { constants } from 'node:fs'
import { copyFile, lstat, mkdir, rename, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Sha } from '../decide/task.ts'
import { readText, removeAll, writeAtomic } from './files.ts'
import { gitOk } from './git.ts'
import { removeFolder, unmountBelow } from './mounts.ts'
import { type Checkout, LONGEST_MS, outside } from './staging.ts'
import { disarm } from './traps.ts'
import { isUntouched } from './untouched.ts'

export { bundleLeftBehind } from './left-behind.ts'
export { startMerge, unresolved } from './merging.ts'
export { historyOf, snapshot } from './snapshot.ts'
export type { Checkout } from './staging.ts'

/** Rules for ignored files that are in no tree. */
const EXCLUDE = 'info/exclude'

export interface CheckoutOptions {
  readonly storeDir: string
  readonly branch: string
  readonly identity: { readonly name: string; readonly email: string }
}

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
  await removeAll(at.index)
}

/** Takes out what a command left behind, but for ignored files. */
export async function tidyCheckout(at: Checkout, options: CheckoutOptions): Promise<void> {
  const env = outside(at, options.storeDir)
  // git would remove what lies behind a mount as well.
  await unmountBelow(at.dir)
  await disarm(at.dir)
  // Tracked files first: a changed `.gitignore` hides what is to go, and a folder in a file's place is left alone.
  await gitOk(at.dir, ['checkout-index', '--all', '--force', '--quiet', '--index'], { env })
  await gitOk(at.dir, ['clean', '-ffdq'], { env })
}

/** Moves a tidy folder to another commit: only what differs is written; ignored files stay. */
export async function moveCheckout(
  at: Checkout,
  commit: Sha,
  options: CheckoutOptions,
  effort: Effort = {},
): Promise<void> {
  await writeFiles(at, commit, options.storeDir, effort)
  const gitDir = join(at.dir, '.git')
  const there = await lstat(gitDir).catch(() => null)
  if (there?.isDirectory()) return pointAt(gitDir, `${commit}\n`, at.index, options.storeDir)
  await removeAll(gitDir)
  await writeGitDirectory(at, commit, options)
}

/** Whether a folder at `commit` would come out of a tidy and a move with all that a command has done to it. */
export async function survivesMove(
  at: Checkout,
  commit: Sha,
  { storeDir }: CheckoutOptions,
): Promise<boolean> {
  // As the tidy runs it, for show: whether it names anything, not what.
  const strays = await gitOk(at.dir, ['clean', '-ffdn'], {
    env: outside(at, storeDir),
    timeoutMs: LONGEST_MS,
  })
  return strays === '' && isUntouched(at, commit, storeDir)
}

/** Renames each file into place: a link that a command left there is replaced, never written through. */
async function pointAt(gitDir: string, head: string, index: string, storeDir: string): Promise<void> {
  const put = async (name: string, write: (aside: string) => Promise<void>): Promise<void> => {
    const aside = join(gitDir, `${name}.fanout`)
    await removeAll(aside)
    await write(aside)
    await rename(aside, join(gitDir, name))
  }
  const shallow = await readText(join(storeDir, 'shallow'))
  await Promise.all([
    put('HEAD', aside => writeFile(aside, head, { flag: 'wx' })),
    put('index', aside => copyFile(index, aside, constants.COPYFILE_EXCL)),
    ...(shallow === null ? [] : [put('shallow', aside => writeFile(aside, shallow, { flag: 'wx' }))]),
  ])
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

/** The folder's own `.git`: objects by reference, a branch, an origin that cannot push; nothing of it runs. */
export async function writeGitDirectory(at: Checkout, commit: Sha, options: CheckoutOptions): Promise<void> {
  const gitDir = join(at.dir, '.git')
  const { storeDir, branch } = options
  for (const folder of ['objects/info', 'objects/pack', 'refs/tags', 'info']) {
    await mkdir(join(gitDir, folder), { recursive: true })
  }
  const [shallow, exclude, alternates] = await Promise.all(
    ['shallow', EXCLUDE, 'objects/info/alternates'].map(name => readText(join(storeDir, name))),
  )
  const files: Record<string, string> = {
    HEAD: `ref: refs/heads/${branch}\n`,
    [`refs/heads/${branch}`]: `${commit}\n`,
    [`refs/remotes/origin/${branch}`]: `${commit}\n`,
    // The store's own alternates too: git follows them by itself, git-lfs does not.
    'objects/info/alternates': `${join(storeDir, 'objects')}\n${alternates ?? ''}`,
    config: configText(options, (await readText(join(storeDir, 'config'))) ?? ''),
    ...(shallow ? { shallow } : {}),
    ...(exclude ? { [EXCLUDE]: exclude } : {}),
  }
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(gitDir, name)), { recursive: true })
    await writeFile(join(gitDir, name), content)
  }
  // Our index knows the files' times: with a copy of it the first `git status` reads no file.
  await copyFile(at.index, join(gitDir, 'index'), constants.COPYFILE_EXCL).catch(error => {
    // Through a mount it is there already.
    if (error.code !== 'EEXIST') throw error
  })
}

/** Fetches come from the store; the address for pushes names no repository, so that a push says why it fails. */
function configText({ storeDir, branch, identity }: CheckoutOptions, storeConfig: string): string {
  const format = /objectformat\s*=\s*(\w+)/i.exec(storeConfig)?.[1]
  return [
    '[core]',
    `\trepositoryformatversion = ${format ? 1 : 0}`,
    '\tfilemode = true',
    '\tbare = false',
    '\tlogallrefupdates = true',
    ...(format ? ['[extensions]', `\tobjectformat = ${format}`] : []),
    '[gc]',
    '\tauto = 0',
    '[maintenance]',
    '\tauto = false',
    '[user]',
    `\tname = ${quoted(identity.name)}`,
    `\temail = ${quoted(identity.email)}`,
    '[remote "origin"]',
    `\turl = ${quoted(storeDir)}`,
    '\tpushurl = /dev/null/fanout-lands-the-work--workspaces-cannot-push',
    '\tfetch = +refs/heads/*:refs/remotes/origin/*',
    `[branch ${quoted(branch)}]`,
    '\tremote = origin',
    `\tmerge = ${quoted(`refs/heads/${branch}`)}`,
    '',
  ].join('\n')
}

function quoted(text: string): string {
  return `"${text.replace(/["\\]/g, '\\$&').replace(/\n/g, '\\n')}"`
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
  const exclude = await readText(join(source.gitDir, EXCLUDE))
  if (exclude) await writeAtomic(join(dir, EXCLUDE), exclude)
  if (!source.shareObjects) return
  await writeAtomic(join(dir, 'objects', 'info', 'alternates'), `${join(source.gitDir, 'objects')}\n`)
  const shallow = await readText(join(source.gitDir, 'shallow'))
  if (shallow !== null) await writeAtomic(join(dir, 'shallow'), shallow)
  // A ref of our own on what the checkout has: the first fetch then asks for nothing that is there.
  await gitOk(dir, ['update-ref', 'refs/fanout/checkout', source.head])
}
