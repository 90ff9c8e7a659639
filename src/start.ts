/** Wiring: from inputs as text to a finished run and its files. The action and the terminal both start here. */
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseSettings } from './action/inputs.ts'
import { earlierAttempt, firstBase, gateHash, takeUp, UNTOLD } from './before.ts'
import { type Claim, claim } from './claim.ts'
import { withoutUser } from './decide/address.ts'
import { diskFault } from './decide/disk.ts'
import type { Event } from './decide/happened.ts'
import { isoTime } from './decide/identity.ts'
import { formatProblem } from './decide/plan.ts'
import type { Settings } from './decide/settings.ts'
import { saysShortage } from './decide/shortage.ts'
import type { Plan } from './decide/task.ts'
import { countRuns } from './old-runs.ts'
import { type FoundBefore, foundBefore } from './run/found.ts'
import { type Ground, type Obstacle, surveyGround } from './run/preflight.ts'
import { blockedWork, type KeptRefs } from './run/refs.ts'
import { limitsOf, run } from './run/run.ts'
import type { Bookkeeping } from './run/world.ts'
import type { Start, Started } from './run-request.ts'
import { openScene, type Scene } from './scene.ts'
import { bookkeepingOf, mistakesIn, readPlan } from './tasks-input.ts'
import { openWatch } from './watch.ts'
import { defaultRoot, formerRoot } from './world/default-root.ts'
import * as files from './world/files.ts'
import { type JournalHead, openJournal } from './world/journal.ts'
import { staySmall } from './world/memory.ts'
import { removeFolder } from './world/mounts.ts'
import * as repositories from './world/repository.ts'
import { waitPatiently } from './world/shortage.ts'

/** Runs it all. Rejects only for a fault of ours. */
export async function start(io: Start): Promise<Started> {
  staySmall()
  waitPatiently(words => io.log.warning('machine', saysShortage(words)))
  const parsed = parseSettings(io.inputs)
  if (!parsed.ok) return { kind: 'refused', lines: await mistakesIn(io.inputs, io.cwd) }
  const { settings } = parsed
  const surveyed = await surveyGround({
    settings,
    env: io.env,
    cwd: io.cwd,
    platform: process.platform,
    rootOf: origin => defaultRoot(io.env, homedir(), origin),
    repositories,
  })
  const root = 'ground' in surveyed ? surveyed.ground.repository.root : io.cwd
  const tasks = await readPlan(settings, io.cwd, root)
  const lines = [
    ...('obstacles' in surveyed ? surveyed.obstacles.map(sayObstacle) : []),
    ...(tasks.ok ? [] : tasks.problems.map(formatProblem)),
  ]
  if ('obstacles' in surveyed || !tasks.ok || lines.length > 0) return { kind: 'refused', lines }
  const { ground } = surveyed
  await tellOfFormerRoot(io, settings, ground)
  for (const notice of tasks.notices) io.log.notice('tasks', notice)
  for (const warning of ground.warnings) io.log.warning('checkout', warning)
  const bookkeeping = await bookkeepingOf(settings, ground, tasks, io.cwd)
  if ('what' in bookkeeping) return { kind: 'refused', lines: [sayObstacle(bookkeeping)] }
  let begun = false
  const watched: Start = {
    ...io,
    onRunDirectory: (...told) => {
      begun = true
      io.onRunDirectory(...told)
    },
  }
  try {
    return await conduct(watched, settings, ground, tasks.plan, bookkeeping.bookkeeping)
  } catch (error) {
    const fault = diskFault(error, ground.workspaceRoot, begun)
    if (fault === null) throw error
    return { kind: 'refused', lines: [sayObstacle(fault)], begun }
  }
}

/** Once: from then on there is a folder where runs lie now. */
async function tellOfFormerRoot(
  { env, log }: Start,
  { workspaceRoot }: Settings,
  { workspaceRoot: root, origin }: Ground,
): Promise<void> {
  if (workspaceRoot !== null || env.RUNNER_TEMP || (await files.isFolder(root))) return
  const former = formerRoot(tmpdir())
  const count = await countRuns(former, withoutUser(origin.pushUrl))
  if (count === 0) return
  log.notice(
    'workspace-root',
    `${count} run(s) of this repository are in ${former}, where earlier versions had them; new ones are in ${root}. \`fanout status <run directory>\` and \`fanout retry\` take those as ever; \`fanout clean --workspace-root ${former}\` lists them.`,
  )
}

function sayObstacle({ what, why, fix }: Obstacle): string {
  return [what, why, fix].filter(part => part !== '').join(' ')
}

const REPORTS = ['summary.json', 'summary.md', 'report.html']

/** Opens the run, goes on where an earlier process left it, and leaves its summary. */
async function conduct(
  io: Start,
  settings: Settings,
  ground: Ground,
  plan: Plan,
  bookkeeping: Bookkeeping | null,
): Promise<Started> {
  const { log, halts, retried } = io
  await using stack = new AsyncDisposableStack()
  const claimed = await claim(io, settings, ground, plan, stack)
  if ('what' in claimed) return { kind: 'refused', lines: [sayObstacle(claimed)] }
  const scene = await openScene(io, settings, ground, plan, bookkeeping, claimed, stack)
  if ('what' in scene) return { kind: 'refused', lines: [sayObstacle(scene)] }
  const { places, startedAt } = claimed
  const { continued } = claimed.left
  const { workers, repository, repositoryUrl } = scene
  const { mask } = scene.world
  const facts = {
    version: 1 as const,
    run_key: claimed.key,
    ...claimed.target,
    started_at: continued?.head.started_at ?? isoTime(startedAt),
    gate_hash: gateHash(settings),
    fingerprints: Object.fromEntries(plan.tasks.map(task => [task.id, task.fingerprint])),
  }
  const keptRefs = blockedWork(scene.refs, scene.world.branch)
  const found = await takeStock(io, settings, ground, claimed, scene, facts, keptRefs)
  const world = { ...scene.world, base: found.base }
  const head = { ...facts, base_sha: found.base }
  const patiently = (act: () => Promise<void>) => world.patience('The journal', act, halts.cancel)
  const journal = await openJournal(join(places.run, 'journal.ndjson'), head, found.events, patiently)
  stack.defer(() => journal.close())
  // Until the end there is no report: that is how a run that was cut off is known.
  await Promise.all([...REPORTS, UNTOLD].map(name => files.removeAll(join(places.run, name))))
  const { state } = found
  const resumed = continued !== null || found.earlier
  const opening = { workers, repository, startedAt: head.started_at, resumed, state }
  const watch = stack.use(openWatch({ ...opening, events: found.events, world, head, repositoryUrl }, io))
  // Whoever retries a task wants to know whether its work was found.
  if (retried) for (const event of found.news) watch.tell(event, state)
  const report = await run({
    ...opening,
    world,
    journal,
    halts,
    keptRefs: found.keptRefs,
    observe: watch.observe,
  })
  watch.end(report.state)
  for (const rule of report.state.lane.bypassed) log.warning('bypassed rules', mask(rule))
  await removeFolder(places.gates)
  await files.leaveUntilExit(join(places.run, UNTOLD))
  const masked = JSON.parse(JSON.stringify(report.summary), (_, value) =>
    typeof value === 'string' ? mask(value) : value,
  )
  await files.writeJson(join(places.run, 'summary.json'), masked)
  return {
    ...{ kind: 'ran', report, events: watch.events, settings },
    ...{ runDirectory: places.run, repositoryUrl, mask },
  }
}

/** Where the run stands before its first step: what its own journal, the branch and earlier attempts know. */
async function takeStock(
  { env, log, halts, retried, download }: Start,
  settings: Settings,
  { repository, workspaceRoot }: Ground,
  { target, places, left, resumes }: Claim,
  { world, fresh, workers }: Scene,
  head: Omit<JournalHead, 'base_sha'>,
  keptRefs: KeptRefs,
): Promise<FoundBefore & { readonly news: readonly Event[] }> {
  const limits = limitsOf(settings, workers)
  const { continued, ended } = left
  const known = continued ? await takeUp(continued, head, fresh, limits, world) : { state: fresh, events: [] }
  const attempt = { root: workspaceRoot, into: join(places.internal, 'earlier') }
  const found = await foundBefore(
    known.state,
    limits,
    {
      env,
      since: continued ? world.base : ((ended ?? retried)?.base ?? null),
      base: firstBase(left),
      anyRun: retried !== undefined,
      goesOn: continued !== null,
      earlier: async () => {
        if (ended ?? retried) return ended ?? retried ?? null
        if (!resumes) return null
        return earlierAttempt(
          env,
          settings,
          target,
          world.plan,
          attempt,
          download,
          halts.cancel,
          log,
          world.mask,
        )
      },
      keptRefs,
      shallow: repository.shallow || repository.partial,
    },
    world,
  )
  await files.removeAll(attempt.into)
  return { ...found, events: [...known.events, ...found.events], news: found.events }
}
