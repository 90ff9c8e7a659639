/** Kept work becomes a commit of ours before it may land: who wrote what was kept, and under which name, nobody can vouch for. */
import { signature } from '../decide/identity.ts'
import { withTrailers } from '../decide/message.ts'
import type { Candidate, Sha, TaskId } from '../decide/task.ts'
import type { LaneWorld } from './world.ts'

export interface KeptWork {
  readonly task: TaskId
  readonly commit: Sha
  readonly base: Sha
}

/**
 * Candidates with the trees of the commits, each upon its base alone, by the inputs' identity, with this run's trailers and
 * counts of what they really change. In the order given.
 */
export async function madeAnew(
  works: readonly KeptWork[],
  world: Pick<LaneWorld, 'store' | 'plan' | 'key' | 'settings' | 'clock' | 'mask'>,
): Promise<readonly Candidate[]> {
  if (works.length === 0) return []
  const { store, plan, key, settings, clock, mask } = world
  const treesOf = (of: (work: KeptWork) => Sha) => store.resolve(works.map(work => `${of(work)}^{tree}`))
  const [texts, trees, baseTrees] = await Promise.all([
    store.readCommits(works.map(({ commit }) => commit)),
    treesOf(({ commit }) => commit),
    treesOf(({ base }) => base),
  ])
  const changes = await store.changesOf(trees.map((tree, i) => [baseTrees[i]!, tree]))
  const who = signature({ name: settings.gitUserName, email: settings.gitUserEmail }, clock.now())
  return Promise.all(
    works.map(async ({ task, base }, i): Promise<Candidate> => {
      const fingerprint = plan.tasks[plan.index.get(task) ?? -1]?.fingerprint ?? null
      // It is this run that lands it: the branch has to say so, whatever becomes of this process.
      const message = withTrailers(mask(texts[i]!.message), { task, run: key, fingerprint })
      const commit = await store.writeCommit(trees[i]!, base, { author: who, committer: who, message })
      return { commit, base, changes: changes[i]!.stat, source: 'blocked' }
    }),
  )
}
