/** Before the first worker: the remote's word that it would take a push. */
import { branchRulesWarning } from './decide/branch-rules.ts'
import { damageIn } from './decide/damage.ts'
import type { Settings } from './decide/settings.ts'
import type { Sha } from './decide/task.ts'
import {
  damaged,
  type Ground,
  noBranch,
  type Obstacle,
  remoteObstacle,
  unreachable,
} from './run/preflight.ts'
import { BLOCKED_REFS } from './run/refs.ts'
import { refusalOf } from './run/tip.ts'
import { branchRules, placeOf } from './world/github.ts'
import type { Halts } from './world/halt.ts'
import type { Log } from './world/log.ts'
import type { Remote, Said } from './world/remote.ts'
import type { Store } from './world/store.ts'

export interface Reached {
  readonly tip: Sha
  readonly refs: ReadonlyMap<string, Sha>
}

/** The remote is there, has the branch, and would take a push; the branch's tip comes into the store. */
export async function reach(
  remote: Remote,
  store: Store,
  { branch, onBranch, repository, head }: Ground,
  settings: Settings,
  mask: (text: string) => string,
  halts: Halts,
): Promise<Reached | Obstacle> {
  const ref = `refs/heads/${branch}`
  const pushable = !repository.partial && !settings.dryRun
  const [listed, rehearsed] = await Promise.all([
    remote.list([ref, BLOCKED_REFS], halts.cancel),
    pushable ? remote.rehearse(head, branch, halts.cancel) : null,
  ])
  if (listed.said.exitCode !== 0) return unread(listed.said)
  const there = listed.refs.get(ref)
  if (there === undefined) return noBranch(branch, remote.url)
  const obstacle = obstacleIn(rehearsed)
  if (obstacle) return obstacle
  if (there === head && !repository.partial) {
    // A fresh checkout: there is nothing to fetch.
    await store.setRef(ref, head)
    return { tip: head, refs: listed.refs }
  }
  // Where history does not lead from the checkout to the branch, one commit is enough to start from.
  const depth = repository.partial || (repository.shallow && !onBranch) ? { depth: 1 } : {}
  const fetched = await remote.fetch([`+${ref}:${ref}`], depth, halts.cancel)
  if (fetched.exitCode !== 0) return unread(fetched)
  // What was fetched, not what was listed: the branch may have moved between the two.
  const [tip] = await store.resolve([ref])
  // A partial checkout has not all the objects of a push: what was just fetched stands in for it.
  const late = repository.partial && !settings.dryRun
  const refused = obstacleIn(late ? await remote.rehearse(tip!, branch, halts.cancel) : null)
  return refused ?? { tip: tip!, refs: listed.refs }

  function unread(said: Said): Obstacle {
    return ownDamage(said) ?? unreachable(refusalOf(said, 'fetch', mask), remote.url)
  }

  /** Objects of the checkout that the store shares with it: the store's own have been looked at. */
  function ownDamage({ stderr }: Said): Obstacle | null {
    const damage = damageIn(stderr)
    return damage?.file.startsWith(`${repository.gitDir}/`)
      ? damaged(repository.root, mask(damage.words))
      : null
  }

  function obstacleIn(said: Said | null): Obstacle | null {
    if (said === null || said.exitCode === 0) return null
    return ownDamage(said) ?? remoteObstacle(refusalOf(said, 'push', mask), branch, remote.url)
  }
}

/** The API's answer may take so long; nothing waits for it. */
const RULES_TIMEOUT_MS = 5000

/**
 * Warns of rules that usually refuse a push, beside whatever else goes on: only where the API is the remote's own.
 * Never fails; disposing gives the answer up.
 */
export function watchRules(
  remoteUrl: string,
  branch: string,
  settings: Settings,
  env: Readonly<Record<string, string | undefined>>,
  log: Log,
): Disposable {
  const over = new AbortController()
  const { token, dryRun } = settings
  const { GITHUB_API_URL: apiUrl, GITHUB_SERVER_URL: serverUrl } = env
  const place = serverUrl ? placeOf(remoteUrl, serverUrl) : null
  if (place && token && apiUrl && !dryRun) {
    const signal = AbortSignal.any([over.signal, AbortSignal.timeout(RULES_TIMEOUT_MS)])
    branchRules(place, branch, token, apiUrl, signal).then(
      types => {
        const warning = branchRulesWarning(types, branch)
        if (warning && !over.signal.aborted) log.warning('branch rules', warning)
      },
      (error: unknown) => log.debug(`the rules of ${branch} are not known: ${String(error)}`),
    )
  }
  return { [Symbol.dispose]: () => over.abort() }
}

/** `owner/name` as far as an URL or a path tells. */
export function repositoryOf(url: string): string {
  return /([^/:]+\/[^/]+?)(?:\.git)?\/?$/.exec(url)?.[1] ?? url
}
