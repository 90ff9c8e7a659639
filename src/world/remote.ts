/**
 * The remote: reading its tip, fetching, pushing. The only holder of the token, which exists only in the
 * environment of the one git command that needs it. Only the lane is given a `Remote` (the power to push).
 */
import type { SpawnOptions } from 'node:child_process'
import { withoutUser } from '../decide/address.ts'
import type { Sha } from '../decide/task.ts'
import { git, gitEnvironment } from './git.ts'
import { lfsContents, lfsUrl } from './lfs.ts'
import { patiently } from './shortage.ts'
import { startProcess } from './spawn.ts'

/** What a git command that talks to the remote said; `exitCode` null: a signal or our time limit ended it. */
export interface Said {
  readonly exitCode: number | null
  readonly stdout: string
  readonly stderr: string
  readonly timedOut: boolean
}

export interface Remote {
  /** For people: without user information. */
  readonly url: string
  /** Refs that match the patterns, by name. */
  list(
    patterns: readonly string[],
    signal: AbortSignal,
  ): Promise<{ readonly said: Said; readonly refs: ReadonlyMap<string, Sha> }>
  /** Fetches refs or commits into the store. */
  fetch(
    refspecs: readonly string[],
    options: { readonly depth?: number; readonly deepen?: number },
    signal: AbortSignal,
  ): Promise<Said>
  /** Fast-forward only: exactly this commit to the branch, never forced. */
  push(commit: Sha, branch: string, signal: AbortSignal): Promise<Said>
  /** Whether the branch would take a push, as far as can be known without one. */
  rehearse(commit: Sha, branch: string, signal: AbortSignal): Promise<Said>
  /** Refs of our own (refs/fanout/...): forced, or deleted where the commit is null. */
  pushOwn(refs: ReadonlyMap<string, Sha | null>, branch: string, signal: AbortSignal): Promise<Said>
}

export interface RemoteOptions {
  readonly storeDir: string
  /** The checkout whose `origin` this is: its own transport settings (proxy, ssh command, credentials) hold. */
  readonly checkout: string
  /** Read as well as written: what lands is stacked on what is there. As git has resolved it. */
  readonly pushUrl: string
  readonly token: string | null
  /** Scheme and host the token belongs to, such as `https://github.com`. */
  readonly serverUrl: string
  readonly timeoutMs: number
}

export async function openRemote(options: RemoteOptions): Promise<Remote> {
  const config = await transportConfig(options)
  const pushUrl = withoutPassword(options.pushUrl)
  const resolved = config.filter(([key]) => !/^url\./i.test(key))
  const env = gitEnvironment(process.env, [...resolved, [`url.${pushUrl}.insteadOf`, ORIGIN]])
  const lfsEnv = gitEnvironment(process.env, config)
  const talk = (args: readonly string[], signal: AbortSignal): Promise<Said> =>
    talkTo(options.storeDir, args, args[0] === 'lfs' ? lfsEnv : env, options.timeoutMs, signal)

  /** Before the commits that point at them, or the remote would hold pointers to nothing. null: all is there. */
  async function uploadLfs(
    commits: readonly Sha[],
    branch: string,
    signal: AbortSignal,
  ): Promise<Said | null> {
    const contents = await lfsContents(options.storeDir, commits, [`refs/heads/${branch}`])
    if (contents.length === 0) return null
    const url = await lfsUrl(options.storeDir, branch, pushUrl)
    for (let at = 0; at < contents.length; at += MOST_CONTENTS) {
      const some = contents.slice(at, at + MOST_CONTENTS)
      const said = await talk(['lfs', 'push', '--object-id', url, ...some], signal)
      if (said.exitCode !== 0) return said
    }
    return null
  }

  return {
    url: withoutUser(pushUrl),
    list: async (patterns, signal) => {
      const said = await talk(['ls-remote', ORIGIN, ...patterns], signal)
      const lines = said.exitCode === 0 ? said.stdout.split('\n').filter(line => line !== '') : []
      return {
        said,
        refs: new Map(lines.map(line => [line.split('\t')[1] ?? '', line.split('\t')[0] as Sha])),
      }
    },
    fetch: (refspecs, { depth, deepen }, signal) =>
      talk(
        [
          'fetch',
          '--quiet',
          '--no-tags',
          '--no-write-fetch-head',
          '--no-recurse-submodules',
          ...(depth === undefined ? [] : [`--depth=${depth}`]),
          ...(deepen === undefined ? [] : [`--deepen=${deepen}`]),
          ORIGIN,
          ...refspecs,
        ],
        signal,
      ),
    push: async (commit, branch, signal) =>
      (await uploadLfs([commit], branch, signal)) ??
      talk(
        ['push', '--porcelain', '--no-progress', '--no-verify', ORIGIN, `${commit}:refs/heads/${branch}`],
        signal,
      ),
    rehearse: (commit, branch, signal) =>
      talk(
        [
          'push',
          '--dry-run',
          '--porcelain',
          '--no-progress',
          '--no-verify',
          ORIGIN,
          `${commit}:refs/heads/${branch}`,
        ],
        signal,
      ),
    pushOwn: async (refs, branch, signal) =>
      (await uploadLfs(
        [...refs.values()].flatMap(commit => commit ?? []),
        branch,
        signal,
      )) ??
      talk(
        [
          'push',
          '--porcelain',
          '--no-progress',
          '--no-verify',
          ORIGIN,
          ...[...refs].map(([ref, commit]) => (commit === null ? `:${ref}` : `+${commit}:${ref}`)),
        ],
        signal,
      ),
  }
}

/**
 * What git is told in the place of the address. Its rules for addresses (`url.*.insteadOf`) have been applied to that one
 * already, and it applies one rule to each: this is it.
 */
const ORIGIN = 'fanout-origin://'

/** Named in one command line. */
const MOST_CONTENTS = 1000

/** A server that sends less than this many bytes a second for a minute is given up by git itself. */
const LOW_SPEED: readonly (readonly [string, string])[] = [
  ['http.lowSpeedLimit', '1000'],
  ['http.lowSpeedTime', '60'],
]

/**
 * The checkout's settings for reaching its remote. With a token, its Authorization headers are left out and the
 * URL-scoped header is reset before it is set: git adds headers up, and two of them are an HTTP 400.
 */
async function transportConfig(options: RemoteOptions): Promise<readonly (readonly [string, string])[]> {
  const keys =
    '^(http|https|credential|url|ssh|lfs|core\\.(sshcommand|gitproxy)|remote\\.origin\\.(proxy|proxyauthmethod))(\\.|$)'
  const { stdout } = await git(options.checkout, [
    'config',
    '--local',
    '--includes',
    '-z',
    '--get-regexp',
    keys,
  ])
  const own = stdout
    .split('\0')
    .filter(entry => entry !== '')
    .map((entry): readonly [string, string] => {
      const at = entry.indexOf('\n')
      return at < 0 ? [entry, 'true'] : [entry.slice(0, at), entry.slice(at + 1)]
    })
  const auth = authHeader(options)
  if (auth === null) return [...own, ...LOW_SPEED]
  const kept = own.filter(
    ([key, value]) =>
      !/^credential\./i.test(key) && !(/\.extraheader$/i.test(key) && /^\s*authorization:/i.test(value)),
  )
  return [...kept, ...LOW_SPEED, ['credential.helper', ''], [auth.key, ''], [auth.key, auth.header]]
}

/**
 * The one Authorization header for the remote: the token's where the remote's host is the server's, else what
 * the URL itself carries. null: neither; git's own ways (ssh, credential helpers) are left to it.
 */
export function authHeader(
  options: Pick<RemoteOptions, 'token' | 'pushUrl' | 'serverUrl'>,
): { readonly key: string; readonly header: string } | null {
  if (!/^https?:/i.test(options.pushUrl)) return null
  const remote = new URL(options.pushUrl)
  const user = credentials(options, remote)
  if (user === null) return null
  const basic = Buffer.from(user).toString('base64')
  return {
    key: `http.${remote.protocol}//${remote.host}/.extraheader`,
    header: `AUTHORIZATION: basic ${basic}`,
  }
}

function credentials(options: Pick<RemoteOptions, 'token' | 'serverUrl'>, remote: URL): string | null {
  const server = new URL(options.serverUrl)
  if (options.token !== null && remote.host === server.host && remote.protocol === server.protocol) {
    return `x-access-token:${options.token}`
  }
  if (remote.password === '') return null
  return `${decodeURIComponent(remote.username)}:${decodeURIComponent(remote.password)}`
}

/** A password in a URL would show in argv and in texts: it travels as a header instead. */
function withoutPassword(url: string): string {
  return url.replace(/^(https?:\/\/)[^/@]*:[^/@]*@/i, '$1')
}

/** A command that this machine could not run to its end says nothing of the remote: it runs again. */
function talkTo(
  cwd: string,
  args: readonly string[],
  env: Record<string, string>,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<Said> {
  const talk = (): Promise<Said> => talkOnce(cwd, args, env, timeoutMs, signal)
  return patiently(talk, { signal, words: ({ exitCode, stderr }) => (exitCode === 0 ? '' : stderr) })
}

async function talkOnce(
  cwd: string,
  args: readonly string[],
  env: Record<string, string>,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<Said> {
  // A group of its own: a Ctrl-C in a terminal must not cut a push that the lane waits for.
  const options: SpawnOptions = { cwd, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] }
  const child = await startProcess('git', args, options, signal).catch(error => String(error))
  if (typeof child === 'string') return { exitCode: 128, stdout: '', stderr: child, timedOut: false }
  return new Promise(resolve => {
    const stdout: Buffer[] = []
    const stderr: Buffer[] = []
    let timedOut = false
    const end = (): void => {
      try {
        process.kill(-child.pid, 'SIGKILL')
      } catch {
        // It has ended by itself.
      }
    }
    const timer = setTimeout(() => {
      timedOut = true
      end()
    }, timeoutMs)
    if (signal.aborted) end()
    signal.addEventListener('abort', end, { once: true })
    child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk))
    child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk))
    child.on('close', exitCode => {
      clearTimeout(timer)
      signal.removeEventListener('abort', end)
      resolve({
        exitCode,
        stdout: Buffer.concat(stdout).toString(),
        stderr: Buffer.concat(stderr).toString(),
        timedOut,
      })
    })
  })
}

/** For a dry run: the branch as it was found, moved only here. Everything read still comes from the remote. */
export function rehearsalRemote(real: Remote, branch: string, start: Sha): Remote {
  const accepted: Said = { exitCode: 0, stdout: '', stderr: '', timedOut: false }
  let tip = start
  return {
    ...real,
    list: async (patterns, signal) => {
      const answer = await real.list(patterns, signal)
      return { ...answer, refs: new Map([...answer.refs, [`refs/heads/${branch}`, tip]]) }
    },
    fetch: async () => accepted,
    push: async commit => {
      tip = commit
      return { ...accepted, stdout: `To (dry run)\n \t${commit}:refs/heads/${branch}\tdry run\nDone\n` }
    },
    rehearse: async () => accepted,
    pushOwn: async () => accepted,
  }
}
