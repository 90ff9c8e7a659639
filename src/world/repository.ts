/** Facts of the user's checkout, read only. */
import { realpath } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { areTwoRepositories, isLocal, localPath } from '../decide/address.ts'
import { damageIn } from '../decide/damage.ts'
import type { Sha } from '../decide/task.ts'
import { isFile } from './files.ts'
import { git, gitOk } from './git.ts'
import { stepConfiguration } from './git-config.ts'
import { runToEnd } from './spawn.ts'

export interface Repository {
  readonly root: string
  /** The git directory that holds the objects (shared by linked worktrees). */
  readonly gitDir: string
  readonly head: Sha | null
  /** null: HEAD is detached. */
  readonly branch: string | null
  /** null: there is no `origin`. */
  readonly origin: Origin | null
  readonly shallow: boolean
  /** Some objects were left on the remote (`filter:`): they cannot be shared. */
  readonly partial: boolean
  readonly objectFormat: string
  /** What git says of a file of it that cannot be read; null: nothing, as far as HEAD and its trees are read here. */
  readonly damage: string | null
  /** Tracked files that differ from HEAD, at most a few. */
  readonly modified: readonly string[]
}

/** Its addresses as git has resolved them (`insteadOf`, `pushInsteadOf`). */
export interface Origin {
  readonly fetchUrl: string
  readonly pushUrl: string
  /** Where a push of git's own would go besides. */
  readonly morePushUrls: readonly string[]
  /** What is fetched is surely not what is pushed to. */
  readonly isTwo: boolean
}

/** `git --version` as numbers; null: git cannot be run. */
export async function gitVersion(cwd: string): Promise<readonly [number, number] | null> {
  try {
    const match = /(\d+)\.(\d+)/.exec(await gitOk(cwd, ['--version']))
    return match ? [Number(match[1]), Number(match[2])] : null
  } catch {
    return null
  }
}

/** Whether there is a bash for the commands of tasks, gates and the like. */
export function hasBash(): Promise<boolean> {
  return runToEnd('bash', ['--version']).then(
    ({ exitCode }) => exitCode === 0,
    () => false,
  )
}

/** null: the folder is in no repository with a work tree. */
export async function inspectRepository(dir: string): Promise<Repository | null> {
  const shown = await git(dir, [
    'rev-parse',
    '--show-toplevel',
    '--git-common-dir',
    '--is-shallow-repository',
    '--show-object-format',
  ])
  const [root, common, shallow, objectFormat] = shown.stdout.trim().split('\n')
  if (shown.exitCode !== 0 || !root || !common) return null
  const [head, branch, config, status, origin] = await Promise.all([
    git(root, ['rev-parse', '--verify', '--quiet', 'HEAD^{commit}']),
    // In full: the short name is another one where a tag is named alike.
    git(root, ['symbolic-ref', '--quiet', 'HEAD']),
    git(root, [
      'config',
      '--includes',
      '--get-regexp',
      '^(extensions\\.partialclone|remote\\..*\\.promisor)$',
    ]),
    // Untracked files are not looked for: that would walk the whole tree.
    git(root, ['status', '--porcelain', '-z', '--untracked-files=no', '--ignore-submodules']),
    originOf(root),
  ])
  return {
    root,
    gitDir: resolve(dir, common),
    head: head.exitCode === 0 ? (head.stdout.trim() as Sha) : null,
    branch: /^refs\/heads\/(.+)$/.exec(branch.stdout.trim())?.[1] ?? null,
    origin,
    shallow: shallow === 'true',
    partial: config.stdout.trim() !== '',
    objectFormat: objectFormat ?? 'sha1',
    damage: damageIn(`${head.stderr}\n${status.stderr}`)?.words ?? null,
    modified: status.stdout
      .split('\0')
      .filter(line => line !== '')
      .map(line => line.slice(3)),
  }
}

/** With the step's own `GIT_CONFIG_*`, which may define the remote or lead its addresses elsewhere. */
async function originOf(root: string): Promise<Origin | null> {
  // `git remote get-url` knows no remote that the user's or the step's configuration defines; a push does.
  const { stdout } = await git(root, ['remote', '--verbose'], { env: stepConfiguration(process.env) })
  const named = (pattern: RegExp): string[] =>
    stdout.split('\n').flatMap(line => {
      const url = pattern.exec(line)?.[1]
      return url === undefined ? [] : [placedAt(root, url)]
    })
  const [fetchUrl] = named(/^origin\t(.*) \(fetch\)/)
  if (fetchUrl === undefined) return null
  const [pushUrl = fetchUrl, ...more] = named(/^origin\t(.*) \(push\)$/)
  const morePushUrls = more.filter(url => url !== pushUrl)
  return { fetchUrl, pushUrl, morePushUrls, isTwo: await areTwo(fetchUrl, pushUrl) }
}

/** A path as it is meant in the checkout, for git runs elsewhere too: from there, or from somebody's home. */
function placedAt(root: string, url: string): string {
  if (!isLocal(url) || /^file:/i.test(url)) return url
  if (/^~(\/|$)/.test(url)) return join(process.env.HOME || homedir(), url.slice(1))
  // `~somebody/...`: git finds that home itself.
  return url.startsWith('~') ? url : resolve(root, url)
}

async function areTwo(one: string, other: string): Promise<boolean> {
  if (one === other) return false
  if (isLocal(one) && isLocal(other)) return (await placeOf(one)) !== (await placeOf(other))
  return areTwoRepositories(one, other)
}

/** The folder that git finds at a local address, whatever links lead there. */
async function placeOf(url: string): Promise<string> {
  const path = localPath(url)
  for (const suffix of ['/.git', '', '.git/.git', '.git']) {
    const found = await realpath(`${path}${suffix}`).catch(() => null)
    if (found !== null && (suffix.endsWith('/.git') || (await isFile(join(found, 'HEAD'))))) return found
  }
  return path
}

/** What git says of a folder that is no repository to it; null: that it is none. */
export async function damageAt(dir: string): Promise<string | null> {
  return damageIn((await git(dir, ['status', '--porcelain', '--untracked-files=no'])).stderr)?.words ?? null
}

export async function isIgnored(root: string, path: string): Promise<boolean> {
  return (await git(root, ['check-ignore', '--quiet', '--no-index', path])).exitCode === 0
}

/** Whether the file is tracked at HEAD or in the index. */
export async function isTracked(root: string, path: string): Promise<boolean> {
  return (await git(root, ['ls-files', '--error-unmatch', '--', path])).exitCode === 0
}

/**
 * Moves the checkout to a commit of the store that its branch is an ancestor of, so that later steps see what
 * landed. Only where it is on that branch and no tracked file is modified. null: moved; else why not.
 */
export async function followBranch(root: string, branch: string, storeDir: string): Promise<string | null> {
  const repository = await inspectRepository(root)
  if (repository === null) return 'it is no repository any more'
  if (repository.branch !== branch)
    return repository.branch === null ? 'its HEAD is detached' : `it is on ${repository.branch}`
  if (repository.modified.length > 0)
    return `tracked files are modified (${repository.modified.slice(0, 3).join(', ')})`
  const ref = `refs/heads/${branch}`
  const tracking = `refs/remotes/origin/${branch}`
  const fetched = await git(root, [
    'fetch',
    '--quiet',
    '--no-tags',
    // A checkout with all of history must not become a shallow one.
    ...(repository.shallow ? ['--update-shallow'] : []),
    storeDir,
    `+${ref}:${tracking}`,
  ])
  if (fetched.exitCode !== 0) return fetched.stderr.trim()
  // A ref that would make it shallow is left out without a word.
  const [theirs, ours] = await Promise.all([
    git(storeDir, ['rev-parse', ref]),
    git(root, ['rev-parse', tracking]),
  ])
  if (theirs.stdout !== ours.stdout) return 'the run has fetched too little history to lead there'
  // An ignored file of the user's (`.env`) is no less the user's than an untracked one.
  const merged = await git(root, ['merge', '--ff-only', '--no-overwrite-ignore', '--quiet', tracking])
  return merged.exitCode === 0 ? null : merged.stderr.trim()
}
