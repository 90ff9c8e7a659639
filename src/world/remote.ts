/**
 * The remote: reading its tip, fetching, pushing. The only holder of the token, which exists only in the
 * environment of the one git command that needs it. Only the lane is given a `Remote` (the power to push).
 */
import type { SpawnOptions } from 'node:child_process'
import { withoutUser } from '../decide/address.ts'
import type { Sha } from '../decide/task.ts'
import { lfsContents, lfsUrl } from './lfs.ts'
import { patiently } from './shortage.ts'
import { startProcess } from './spawn.ts'
import { ORIGIN, openTransport, type TransportOptions } from './transport.ts'

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

export interface RemoteOptions extends TransportOptions {
  readonly timeoutMs: number
}

export async function openRemote(options: RemoteOptions): Promise<Remote> {
  const { url: pushUrl, cwd, env, lfsEnv, ...lfs } = await openTransport(options)
  const talk = (args: readonly string[], signal: AbortSignal): Promise<Said> =>
    talkTo(cwd, args, env, options.timeoutMs, signal)

  /** Before the commits that point at them, or the remote would hold pointers to nothing. null: all is there. */
  async function uploadLfs(
    commits: readonly Sha[],
    branch: string,
    signal: AbortSignal,
  ): Promise<Said | null> {
    const contents = await lfsContents(options.storeDir, commits, [`refs/heads/${branch}`])
    if (contents.length === 0) return null
    const url = await lfsUrl(options.storeDir, branch, lfs.lfsUrl)
    for (let at = 0; at < contents.length; at += MOST_CONTENTS) {
      const some = contents.slice(at, at + MOST_CONTENTS)
      const args = ['lfs', 'push', '--object-id', url, ...some]
      const said = await talkTo(options.storeDir, args, lfsEnv, options.timeoutMs, signal)
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
      talk([...PUSH, ORIGIN, `${commit}:refs/heads/${branch}`], signal),
    rehearse: (commit, branch, signal) =>
      talk([...PUSH, '--dry-run', ORIGIN, `${commit}:refs/heads/${branch}`], signal),
    pushOwn: async (refs, branch, signal) =>
      (await uploadLfs(
        [...refs.values()].flatMap(commit => commit ?? []),
        branch,
        signal,
      )) ??
      talk(
        [
          ...PUSH,
          ORIGIN,
          ...[...refs].map(([ref, commit]) => (commit === null ? `:${ref}` : `+${commit}:${ref}`)),
        ],
        signal,
      ),
  }
}

/** Nothing but the refs that are named, whatever the user has set for pushes of their own. */
const PUSH = [
  'push',
  '--porcelain',
  '--no-progress',
  '--no-verify',
  '--no-follow-tags',
  '--no-recurse-submodules',
] as const

/** Named in one command line. */
const MOST_CONTENTS = 1000

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
