/**
 * Everything that can be known before a clone is made or a worker is paid for. What is found is said in three
 * parts: what, why, and the way out.
 */
import { isAbsolute, relative, resolve } from 'node:path'
import { shownAddress } from '../decide/address.ts'
import { DAMAGED } from '../decide/damage.ts'
import { explain } from '../decide/explain.ts'
import { retryOf } from '../decide/refusal.ts'
import type { Settings } from '../decide/settings.ts'
import type { Refusal, Sha } from '../decide/task.ts'
import type * as Repositories from '../world/repository.ts'
import type { Origin, Repository } from '../world/repository.ts'

export interface Obstacle {
  readonly what: string
  readonly why: string
  readonly fix: string
}

export interface Surroundings {
  readonly settings: Settings
  readonly env: Readonly<Record<string, string | undefined>>
  /** Where the user stands: the workspace of the job, or the terminal's folder. */
  readonly cwd: string
  readonly platform: string
  /** Where the runs of a repository lie unless told otherwise, by the address of its origin. */
  readonly rootOf: (origin: string) => string
  readonly repositories: typeof Repositories
}

export interface Ground {
  readonly repository: Repository
  readonly head: Sha
  readonly origin: NonNullable<Repository['origin']>
  readonly branch: string
  /** The checkout is of this branch: what it lacks is what came after. */
  readonly onBranch: boolean
  readonly workspaceRoot: string
  readonly warnings: readonly string[]
}

const OLDEST_GIT = [2, 38] as const

export async function surveyGround(
  around: Surroundings,
): Promise<{ readonly ground: Ground } | { readonly obstacles: readonly Obstacle[] }> {
  const { settings, env, cwd, platform, repositories } = around
  if (platform === 'win32') return { obstacles: [WINDOWS] }
  const [version, bash] = await Promise.all([repositories.gitVersion(cwd), repositories.hasBash()])
  const old = oldGit(version)
  if (old || !bash) return { obstacles: [...(old ? [old] : []), ...(bash ? [] : [NO_BASH])] }
  const repository = await repositories.inspectRepository(cwd)
  const damage = repository === null ? await repositories.damageAt(cwd) : repository.damage
  if (damage !== null) return { obstacles: [damaged(repository?.root ?? cwd, damage)] }
  if (repository === null || repository.head === null) return { obstacles: [noRepository(cwd)] }
  const branch = settings.branch ?? repository.branch ?? branchOfEvent(env)
  const workspaceRoot = rootFor(settings, cwd, around.rootOf, repository)
  const outside = await rootProblem(workspaceRoot, repository, repositories)
  const obstacles = [
    ...(repository.origin === null ? [NO_ORIGIN] : addressProblems(repository.origin)),
    ...(branch === null ? [DETACHED] : []),
    ...(outside ? [outside] : []),
  ]
  if (obstacles.length > 0 || repository.origin === null || branch === null) return { obstacles }
  const { head, origin, modified } = repository
  const warnings = modified.length > 0 ? [modifiedFiles(modified, branch)] : []
  const onBranch = branch === (repository.branch ?? branchOfEvent(env))
  return { ground: { repository, head, origin, branch, onBranch, workspaceRoot, warnings } }
}

/** A detached checkout of a job knows its branch from the event. */
function branchOfEvent(env: Surroundings['env']): string | null {
  return /^refs\/heads\/(.+)$/.exec(env.GITHUB_REF ?? '')?.[1] ?? null
}

function rootFor(
  { workspaceRoot }: Settings,
  cwd: string,
  rootOf: Surroundings['rootOf'],
  { origin }: Repository,
): string {
  return workspaceRoot !== null ? resolve(cwd, workspaceRoot) : rootOf(origin?.pushUrl ?? '')
}

async function rootProblem(
  root: string,
  repository: Repository,
  repositories: typeof Repositories,
): Promise<Obstacle | null> {
  const inside = relative(repository.root, root)
  if (inside === '') {
    return {
      what: `The workspace root ${root} is the repository itself.`,
      why: 'Workspaces are removed after the run, and the repository would go with them.',
      fix: 'Give `workspace-root` a folder outside the repository, or leave it unset.',
    }
  }
  if (inside.startsWith('..') || isAbsolute(inside)) return null
  if (await repositories.isIgnored(repository.root, `${inside}/x`)) return null
  return {
    what: `The workspace root ${inside} lies inside the repository and is not git-ignored.`,
    why: 'Its workspaces would show up as untracked files of the repository.',
    fix: `Add \`/${inside}/\` to .gitignore, or give \`workspace-root\` a folder outside the repository.`,
  }
}

const WINDOWS: Obstacle = {
  what: 'Fanout does not run on Windows.',
  why: 'It relies on POSIX process groups and signals to end what a worker started.',
  fix: 'Use `runs-on: ubuntu-latest` (or macOS) for this job.',
}

const NO_BASH: Obstacle = {
  what: 'bash cannot be run.',
  why: 'Workers, gates, `setup` and the verification are run by it.',
  fix: 'Install bash on the runner and see that it is on PATH.',
}

const NO_ORIGIN: Obstacle = {
  what: 'The repository has no remote named `origin`.',
  why: 'The results are pushed to a branch of `origin`.',
  fix: 'Run `git remote add origin <url>` first.',
}

function addressProblems({ fetchUrl, pushUrl, morePushUrls, isTwo }: Origin): readonly Obstacle[] {
  const shown = shownAddress(pushUrl)
  if (morePushUrls.length > 0) {
    return [
      {
        what: `\`origin\` is pushed to several addresses (${[shown, ...morePushUrls.map(shownAddress)].join(', ')}).`,
        why: 'Results are stacked on the branch as it is in one place: what another one holds would be lost there, or stop the push.',
        fix: `Keep one of them (\`git remote set-url --push origin <address>\` after \`git config --unset-all remote.origin.pushurl\`), and mirror the others from there.`,
      },
    ]
  }
  if (!isTwo) return []
  return [
    {
      what: `\`origin\` is fetched from ${shownAddress(fetchUrl)} and pushed to ${shown}, which are two repositories.`,
      why: 'Results are stacked on the branch where they are pushed, and the checkout is one of another repository.',
      fix: `Run in a clone of ${shown}; or let both be one: \`git remote set-url origin <address>\`, without a \`remote.origin.pushurl\` and without \`url.<base>.insteadOf\` or \`pushInsteadOf\` that lead elsewhere (\`git remote -v\` shows both).`,
    },
  ]
}

const DETACHED: Obstacle = {
  what: 'The checkout is at a detached HEAD, so the branch to land on is not known.',
  why: 'The results are pushed to one named branch.',
  fix: 'Set the input `branch`, or check out a branch.',
}

function oldGit(version: readonly [number, number] | null): Obstacle | null {
  const [major, minor] = OLDEST_GIT
  if (version && (version[0] > major || (version[0] === major && version[1] >= minor))) return null
  return {
    what: version ? `git ${version.join('.')} is too old.` : 'git cannot be run.',
    why: `Stacking without a checkout needs \`git merge-tree --write-tree\`, which came with git ${major}.${minor}.`,
    fix: `Install git ${major}.${minor} or newer on the runner and see that it is first on PATH.`,
  }
}

/** The user's own repository: it is told, and left alone. */
export function damaged(root: string, words: string): Obstacle {
  return {
    what: `The repository ${root} is damaged: ${words}.`,
    why: `${DAMAGED.why}.`,
    fix: `${DAMAGED.fix}.`,
  }
}

function noRepository(cwd: string): Obstacle {
  return {
    what: `${cwd} is not a git repository with at least one commit.`,
    why: 'Tasks change the files of a repository and land on its branch.',
    fix: 'Run actions/checkout before this step, or change to the folder of the repository.',
  }
}

function modifiedFiles(modified: readonly string[], branch: string): string {
  const some = modified.slice(0, 5).join(', ')
  return (
    `${modified.length} tracked file(s) of the checkout are modified (${some}${modified.length > 5 ? ', ...' : ''}). ` +
    `Workspaces start from ${branch} as it is on the remote: these changes are not in them.`
  )
}

/** A branch that is not there, or a remote that says no, before anything was paid for. */
export function remoteObstacle(refusal: Refusal, branch: string, url: string): Obstacle | null {
  // A branch that has moved on, or a passing fault, is the lane's business.
  if (retryOf(refusal) !== 'no') return null
  const { what, why, fix } = explain(
    { code: 'refused', refusal: refusal.code, output: refusal.output },
    { branch },
  )
  return { what: `${url} would refuse the push. ${what}`, why, fix }
}

export function unreachable(refusal: Refusal, url: string): Obstacle {
  const { what, why, fix } = explain(
    { code: 'refused', refusal: refusal.code, output: refusal.output },
    { branch: '' },
  )
  return { what: `The remote ${url} cannot be read. ${what}`, why, fix }
}

export function noBranch(branch: string, url: string): Obstacle {
  return {
    what: `The branch ${branch} does not exist on ${url}.`,
    why: 'Results land on a branch that is there: nothing is created by mistake.',
    fix: `Push the branch first (\`git push origin HEAD:refs/heads/${branch}\`), or correct the input \`branch\`.`,
  }
}

export function journalVersion(file: string, runDir: string, version: unknown): Obstacle {
  return {
    what: `The journal ${file} has version ${JSON.stringify(version)}, and this Fanout reads version 1.`,
    why: 'Another version of Fanout began this run, and going on without its journal could do work twice.',
    fix: `Go on with the version that began it, or give up what it had not landed and remove ${runDir}.`,
  }
}

export function locked(
  owner: { readonly pid: number; readonly host: string; readonly run_key: string; readonly since: string },
  file: string,
): Obstacle {
  return {
    what: `Another run (${owner.run_key}, process ${owner.pid} on ${owner.host}, since ${owner.since}) is at work on this branch.`,
    why: 'Two runs with one workspace root and branch would land over one another.',
    fix: `Wait for it, or give this one its own \`workspace-root\`. If that run is surely gone, remove ${file}.`,
  }
}

export function sameKey(key: string, root: string): Obstacle {
  return {
    what: `Another job of this workflow run is at work below ${root}, on another branch.`,
    why: `Both have the run directory ${key} there, and would write over one another.`,
    fix: 'Wait for it, or give each job its own `workspace-root`.',
  }
}

export function foreign(dir: string): Obstacle {
  return {
    what: `${dir} holds files that no run of Fanout has made.`,
    why: "It would be this run's directory, and its files would take the place of those.",
    fix: 'Move them away, or name a folder as `workspace-root` that nothing else uses.',
  }
}
