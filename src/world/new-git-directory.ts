/** The `.git` that a folder of ours gets: objects by reference, the refs of the checkout, an origin that cannot push. */
import { constants } from 'node:fs'
import { copyFile, mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { quotedForGit as quoted } from '../decide/git-settings.ts'
import type { Sha } from '../decide/task.ts'
import { namesIn, openRegular, readText, writeAtomic } from './files.ts'
import { gitOk } from './git.ts'
import type { Checkout } from './staging.ts'

export interface CheckoutOptions {
  readonly storeDir: string
  readonly branch: string
  readonly identity: { readonly name: string; readonly email: string }
  /** Where `origin/<branch>` is in the folder; at the folder's own commit unless told. */
  readonly tip?: Sha
  /** Text of a configuration: the checkout's own filters and conversions. */
  readonly settings?: string
}

/** Rules for ignored files, and attributes of files, that are in no tree. */
export const RULES = ['info/exclude', 'info/attributes']

/** In the store's folder and no refs of the store, which would slow each fetch down: those of the user's checkout. */
const GIVEN_REFS = 'checkout-refs'

/** Remembers the checkout's tags and remote branches for the folders that are made, in git's format for packed refs. */
export async function keepRefs(gitDir: string, storeDir: string): Promise<void> {
  const format = '--format=%(objectname) %(refname)%(if)%(symref)%(then) symbolic%(end)'
  const listed = await gitOk(gitDir, ['for-each-ref', format, 'refs/tags', 'refs/remotes/origin'])
  const refs = listed.split('\n').filter(line => line !== '' && !line.endsWith(' symbolic'))
  if (refs.length === 0) return
  await writeAtomic(join(storeDir, GIVEN_REFS), `# pack-refs with: sorted \n${refs.join('\n')}\n`)
}

/** Names and objects of these refs: no worker made them. */
export async function givenRefs(storeDir: string): Promise<ReadonlyMap<string, Sha>> {
  const lines = ((await readText(join(storeDir, GIVEN_REFS))) ?? '').split('\n')
  const refs = lines.filter(line => line !== '' && !line.startsWith('#'))
  return new Map(
    refs.map(line => [line.slice(line.indexOf(' ') + 1), line.slice(0, line.indexOf(' ')) as Sha]),
  )
}

/** What a command may keep in a `.git` that another one then counts on. */
const COUNTED_ON = ['modules', 'hooks', 'lfs', 'worktrees', 'annex']

/** Whether nothing was put into it that a folder with a new one would miss. */
export async function isAsWritten(at: Checkout, options: CheckoutOptions): Promise<boolean> {
  const gitDir = join(at.dir, '.git')
  const names = await namesIn(gitDir)
  if (names.some(name => COUNTED_ON.includes(name))) return false
  return hasConfigAsWritten(at, options)
}

/** Whether its configuration is the one that we wrote. */
export async function hasConfigAsWritten(at: Checkout, options: CheckoutOptions): Promise<boolean> {
  await using config = await openRegular(join(at.dir, '.git', 'config'))
  return config !== null && (await config.readFile('utf8')) === (await configText(options))
}

/** The folder's own `.git`: objects by reference, a branch, an origin that cannot push; nothing of it runs. */
export async function writeGitDirectory(at: Checkout, commit: Sha, options: CheckoutOptions): Promise<void> {
  const gitDir = join(at.dir, '.git')
  const { storeDir, branch } = options
  for (const folder of ['objects/info', 'objects/pack', 'refs/tags', 'info']) {
    await mkdir(join(gitDir, folder), { recursive: true })
  }
  const [alternates, ...given] = await Promise.all(
    ['objects/info/alternates', 'shallow', ...RULES].map(async name => {
      return [name, (await readText(join(storeDir, name))) ?? ''] as const
    }),
  )
  const files: Record<string, string> = {
    HEAD: `ref: refs/heads/${branch}\n`,
    [`refs/heads/${branch}`]: `${commit}\n`,
    [`refs/remotes/origin/${branch}`]: `${options.tip ?? commit}\n`,
    // The store's own alternates too: git follows them by itself, git-lfs does not.
    'objects/info/alternates': `${join(storeDir, 'objects')}\n${alternates?.[1]}`,
    config: await configText(options),
    ...Object.fromEntries(given.filter(([, text]) => text !== '')),
  }
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(gitDir, name)), { recursive: true })
    await writeFile(join(gitDir, name), content)
  }
  await copyFile(join(storeDir, GIVEN_REFS), join(gitDir, 'packed-refs')).catch(error => {
    // The checkout has none, or cannot share them.
    if (error.code !== 'ENOENT') throw error
  })
  // Our index knows the files' times: with a copy of it the first `git status` reads no file.
  await copyFile(at.index, join(gitDir, 'index'), constants.COPYFILE_EXCL).catch(error => {
    // Through a mount it is there already.
    if (error.code !== 'EEXIST') throw error
  })
}

/** Fetches come from the store; the address for pushes names no repository, so that a push says why it fails. */
async function configText({ storeDir, branch, identity, settings = '' }: CheckoutOptions): Promise<string> {
  const storeConfig = (await readText(join(storeDir, 'config'))) ?? ''
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
    // The store has the branch alone: a fetch that prunes would take the others away.
    '\tprune = false',
    '\tpruneTags = false',
    `[branch ${quoted(branch)}]`,
    '\tremote = origin',
    `\tmerge = ${quoted(`refs/heads/${branch}`)}`,
    settings,
  ].join('\n')
}
