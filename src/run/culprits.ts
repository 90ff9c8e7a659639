/** The search for the commits that turned the verification red: decide/blame.ts asks, this verifies and answers. */
import { blame, type Findings, type Look, type LookVerdict, type Point, pointsOf } from '../decide/blame.ts'
import type { GateResult, Sha, TaskId } from '../decide/task.ts'
import type { Book } from './book.ts'
import { inFreshCheckout, verifyIn } from './judge.ts'
import { type Landed, withReverts } from './revert.ts'
import type { LaneWorld } from './world.ts'

export interface Found {
  readonly findings: Findings
  readonly culprits: readonly Landed[]
  readonly stuck: Landed | null
  /** The branch below the first landed commit. */
  readonly base: Sha
  /** The last run on the tip itself. */
  readonly tip: GateResult
}

/** What was judged: a tree is verified once, and once more where a red must be sure. */
type Memory = Map<Sha, GateResult[]>

/** `red`: the failed verification of the tip. null: no task of this run is on the branch, or the run was cancelled. */
export async function findCulprits(red: GateResult, book: Book, world: LaneWorld): Promise<Found | null> {
  const points = await pointsAt(red.commit, book, world)
  const [first] = points
  if (!first) return null
  const [base] = await world.store.resolve([`${first.commit}^`])
  const memory: Memory = new Map([[red.tree, [red]]])
  const search = blame(points)
  let step = search.next()
  while (!step.done) {
    const verdict = await judge(step.value, points, base!, memory, book, world)
    if (verdict === null) return null
    step = search.next(verdict)
  }
  const findings = step.value
  const landed = (point: number): Landed => points[point - 1] as Landed
  return {
    findings,
    culprits: findings.culprits.map(landed),
    stuck: findings.stuck === null ? null : landed(findings.stuck),
    base: base!,
    tip: memory.get(red.tree)?.at(-1) ?? red,
  }
}

/** What this run (any attempt of it) has landed, as far as the branch still holds it. */
async function pointsAt(tip: Sha, { state }: Book, { store, base }: LaneWorld): Promise<readonly Point[]> {
  const landed = state.tasks.filter(task => task.stage.kind === 'ended' && task.stage.outcome === 'landed')
  const own = new Map<Sha, TaskId>()
  for (const { id, commit } of landed) {
    // Of a commit at the end of a shallow history nobody knows what it changed.
    if (commit && (await store.exists(`${commit}^` as Sha))) own.set(commit, id)
  }
  if (own.size === 0) return []
  const recent = (await store.exists(base)) ? await store.messages(base, tip) : []
  const all = recent.filter(({ commit }) => own.has(commit)).length === own.size
  const commits = all ? recent : await store.messages(null, tip)
  return pointsOf(commits.map(({ commit }) => commit).reverse(), own)
}

/** null: the run was cancelled. */
async function judge(
  look: Look,
  points: readonly Point[],
  base: Sha,
  memory: Memory,
  book: Book,
  world: LaneWorld,
): Promise<LookVerdict | null> {
  const point = points[look.upTo - 1]
  const without = look.without.map(number => points[number - 1] as Landed)
  const [at] = await world.store.resolve([point ? `${point.commit}${look.below ? '^' : ''}` : base])
  // The latest first: what came later may stand on what came before.
  const cleaned = await withReverts(at!, without.toReversed(), world)
  if (cleaned.kind === 'conflict') return 'conflict'
  const [tree] = await world.store.resolve([`${cleaned.top}^{tree}`])
  const known = memory.get(tree!) ?? []
  memory.set(tree!, known)
  const count = [...memory.values()].flat().length
  while (known.length < look.reds && known.at(-1)?.passed !== true) {
    const [before] = known
    const target = {
      commit: cleaned.top,
      tree: tree!,
      tasks: points
        .slice(0, look.below ? look.upTo - 1 : look.upTo)
        .flatMap(({ task }, i) => (task === null || look.without.includes(i + 1) ? [] : [task])),
      logFile: before?.logFile ?? `verify-${count}.log`,
      again: before !== undefined,
    }
    const result = await inFreshCheckout(cleaned.top, world, dir => verifyIn(dir, target, world))
    // Without the target there is nothing that could fail: whoever brought it is to blame for what it says.
    if (result === null) return 'green'
    if (result.passed === null) return null
    known.push(result)
    await book.take({ type: 'verified', result })
  }
  return known.at(-1)?.passed ? 'green' : 'red'
}
