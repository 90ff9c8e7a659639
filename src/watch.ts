/**
 * What people are told while a run goes on: lines of the log, a heartbeat, state.json, and a summary that is there
 * even if nobody lives to write the last one.
 */
import { join } from 'node:path'
import { progressLine, quietLine } from './action/progress.ts'
import { stageWord, standingOf } from './action/standing.ts'
import { summaryMarkdown } from './action/summary.ts'
import type { Event } from './decide/happened.ts'
import { historyOf } from './decide/history.ts'
import type { RunState } from './decide/task.ts'
import { NOT_VERIFIED, verdict } from './decide/verdict.ts'
import { readTails } from './publish.ts'
import { heartbeat } from './run/heartbeat.ts'
import { paced, restAfter } from './run/pace.ts'
import { factsOf, type Opened } from './run/run.ts'
import type { Places, World } from './run/world.ts'
import type { Start } from './run-request.ts'
import { writeSoon } from './world/files.ts'
import type { JournalHead } from './world/journal.ts'
import { openStateFile } from './world/state-file.ts'

export interface Watched extends Pick<Opened, 'workers' | 'repository' | 'startedAt' | 'resumed' | 'state'> {
  readonly world: Parameters<typeof factsOf>[0]['world'] &
    Pick<World, 'plan' | 'log' | 'mask'> & { readonly places: Pick<Places, 'run'> }
  /** What happened before this process, as the journal has it. */
  readonly events: readonly Event[]
  readonly head: JournalHead
  readonly repositoryUrl: string | null
}

export interface Watch extends AsyncDisposable {
  /** Of every event after it took effect. What costs more than counting the tasks is done beside the run. */
  observe(event: Event, state: RunState): void
  /** A line for an event of before. */
  tell(event: Event, state: RunState): void
  /** The run has come to its end, in this state: the report of that takes the place of those on the way. */
  end(state: RunState): void
  /** All of the run so far. */
  readonly events: readonly Event[]
}

/** Disposing it writes what is still due. */
export function openWatch(watched: Watched, io: Pick<Start, 'stepSummary' | 'onState'>): Watch {
  const { world, repositoryUrl, head } = watched
  const { plan, clock, log, mask, branch } = world
  const runDirectory = world.places.run
  const startedAt = clock.now()
  const events = [...watched.events]
  const titles = Object.fromEntries(plan.tasks.map(task => [task.id, task.title]))
  const about = { branch, dryRun: world.settings.dryRun, titles, mask }
  const stateFile = openStateFile(join(runDirectory, 'state.json'), head, titles, mask)
  const tails = new Map<string, string>()
  let state = watched.state
  let toldAt = startedAt

  function say(line: string): void {
    toldAt = clock.now()
    log.line(mask(line))
  }

  function tell(event: Event, now: RunState): void {
    const line = progressLine(event, now, startedAt, clock.now(), titles)
    if (line !== null) say(line)
  }

  async function writeSummary(): Promise<void> {
    const now = state
    const summary = verdict(plan, now, factsOf(watched, now.lane.tip), NOT_VERIFIED)
    const doing = new Map<string, string>(
      now.tasks.flatMap(({ id, stage }) => {
        const word = stageWord(stage)
        return word === null ? [] : [[id, word] as const]
      }),
    )
    // Each log is read once, when its task has ended.
    const ended = summary.tasks.filter(({ id }) => !doing.has(id) && !tails.has(id))
    for (const [id, text] of await readTails(ended, runDirectory, mask)) tails.set(id, text)
    const history = historyOf(events)
    const soFar = { standing: standingOf(now), doing }
    const markdown = mask(summaryMarkdown(summary, { tails, repositoryUrl, runDirectory, history, soFar }))
    await io.stepSummary?.write(markdown)
    await writeSoon(join(runDirectory, 'summary.md'), markdown)
  }

  // The run is worth more than its report: what cannot be written now is written later, or by the last one.
  const summaries = paced(
    () => writeSummary().catch(error => log.debug(`summary: ${mask(String(error))}`)),
    took => restAfter(clock.now() - startedAt, took),
    clock,
  )
  const ended = new AbortController()
  // A view of the moment shows that the run lives.
  if (io.onState) ended.abort()
  const beating = heartbeat(
    () => toldAt,
    () => say(quietLine(historyOf(events), state, startedAt, clock.now(), titles)),
    clock,
    ended.signal,
  )
  function update(now: RunState): void {
    state = now
    stateFile.update(now)
    summaries.due()
  }

  update(state)
  io.onState?.(state, null, about)
  return {
    events,
    tell,
    end: now => {
      update(now)
      summaries.forget()
    },
    observe: (event, now) => {
      events.push(event)
      update(now)
      io.onState?.(now, event, about)
      tell(event, now)
    },
    [Symbol.asyncDispose]: async () => {
      ended.abort()
      await Promise.all([beating, summaries.stop(), stateFile.close()])
    },
  }
}
