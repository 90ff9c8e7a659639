/** What people are told while a run goes on, with a clock that stands still until it is moved. */
import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Event } from '../src/decide/happened.ts'
import type { RunState } from '../src/decide/task.ts'
import { openWatch, type Watch } from '../src/watch.ts'
import type { JournalHead } from '../src/world/journal.ts'
import type { Log } from '../src/world/log.ts'
import { type FakeClock, fakeClock, settled } from './rig/clock.ts'
import type { TaskSketch } from './rig/model/plan.ts'
import { failed, type Play, play, TIP, worked } from './rig/model/play.ts'
import { tempDir, writeFiles } from './rig/temp.ts'

interface Desk extends AsyncDisposable {
  readonly run: Play
  readonly watch: Watch
  readonly clock: FakeClock
  readonly lines: string[]
  /** What was written to the job's page, each time. */
  readonly pages: string[]
  readonly folder: string
  /** Tells the watch of what the run has taken since the last call. */
  tell(): void
}

async function desk(
  sketches: readonly (TaskSketch | string)[],
  write?: () => Promise<void>,
  onState?: () => void,
): Promise<Desk> {
  await using stack = new AsyncDisposableStack()
  const folder = stack.use(await tempDir('watch')).path
  const clock = fakeClock()
  const run = play(sketches, { workers: 2, gate: false })
  const lines: string[] = []
  const pages: string[] = []
  const quiet = (): void => {}
  const log: Log = {
    line: text => lines.push(text),
    warning: quiet,
    notice: quiet,
    fold: quiet,
    debug: quiet,
  }
  const world = {
    plan: run.plan,
    key: '4711-1',
    branch: 'main',
    base: TIP,
    settings: { dryRun: false },
    places: { run: folder },
    clock,
    log,
    mask: (text: string) => text.replaceAll('s3cret!', '***'),
  }
  const startedAt = '2026-01-01T00:00:00.000Z'
  const head: JournalHead = {
    version: 1,
    run_key: '4711-1',
    origin: 'x',
    branch: 'main',
    dry_run: false,
    base_sha: TIP,
    started_at: startedAt,
    gate_hash: '',
    fingerprints: {},
  }
  const state = run.state()
  const opening = { workers: 2, repository: 'o/r', startedAt, resumed: false, state, events: [], head }
  const page = async (markdown: string): Promise<void> => {
    await write?.()
    pages.push(markdown)
  }
  const watch = stack.use(
    openWatch(
      { ...opening, world, repositoryUrl: null },
      { stepSummary: { write: page }, ...(onState ? { onState } : {}) },
    ),
  )
  let told = 0
  const owned = stack.move()
  return {
    ...{ run, watch, clock, lines, pages, folder },
    tell() {
      const news: readonly Event[] = run.events.slice(told)
      told = run.events.length
      const state: RunState = run.state()
      for (const event of news) watch.observe(event, state)
    },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  }
}

/** So many summaries were written, which takes time that the clock knows nothing of; the rest after it has begun. */
async function written({ pages, clock }: Desk, count: number): Promise<void> {
  // The heartbeat sleeps as well.
  while (pages.length < count || clock.sleeping < 2) await settled()
}

const first = (markdown: string | undefined): string | undefined => markdown?.split('\n')[0]

describe('the summary of a run that goes on', () => {
  it('is there from the beginning, and follows the run', async () => {
    await using at = await desk(['a', 'b', 'c'])
    await written(at, 1)
    expect(first(at.pages[0])).toBe('## ⏳ 0 of 3 tasks landed on main so far, 0 running, 3 waiting')
    at.run.begin()
    at.run.take(failed('a', { code: 'worker-exit', exitCode: 3 }))
    await writeFiles(at.folder, { 'tasks/a/worker.log': 'it was s3cret!\nerror: no such module\n' })
    at.run.take({ type: 'finished', task: at.run.task('a').id, files: ['tasks/a/worker.log'] })
    at.tell()
    await at.clock.pass(1000)
    await written(at, 2)
    const page = at.pages[1]
    expect(first(page)).toBe('## ⏳ 0 of 3 tasks landed on main so far, 1 running, 1 waiting, 1 failed')
    expect(page).toContain('The worker exited with code 3.')
    expect(page).toContain('it was ***\nerror: no such module\n')
    expect(page).toContain('  section Workers\n')
    expect(await readFile(join(at.folder, 'summary.md'), 'utf8')).toBe(page)
  })

  it('is written once in a rest, however much happens', async () => {
    await using at = await desk(['a', 'b'])
    await written(at, 1)
    at.run.begin()
    for (let i = 0; i < 200; i++) at.watch.observe(at.run.events[0]!, at.run.state())
    await at.clock.pass(999)
    expect(at.pages).toHaveLength(1)
    await at.clock.pass(1)
    await written(at, 2)
    await at.clock.pass(60_000)
    expect(at.pages).toHaveLength(2)
  })

  it('that is still due is written when the watch ends', async () => {
    const at = await desk(['a'])
    await written(at, 1)
    at.run.begin()
    at.run.take(worked('a'))
    at.tell()
    await at.watch[Symbol.asyncDispose]()
    expect(first(at.pages.at(-1))).toBe('## ⏳ 0 of 1 task landed on main so far, 0 running, 1 ready to land')
    expect(await stat(join(at.folder, 'state.json'))).toBeTruthy()
    await at[Symbol.asyncDispose]()
  })

  it('is not written again when the run has ended: its report follows', async () => {
    const at = await desk(['a'])
    await written(at, 1)
    at.run.begin()
    at.run.take(worked('a'))
    at.tell()
    at.watch.end(at.run.state())
    await at.watch[Symbol.asyncDispose]()
    expect(at.pages).toHaveLength(1)
    const saved = JSON.parse(await readFile(join(at.folder, 'state.json'), 'utf8'))
    expect(saved.tasks[0].stage).toBe('ready')
    await at[Symbol.asyncDispose]()
  })

  it('that cannot be written costs the run nothing', async () => {
    await using at = await desk(['a'], () => Promise.reject(new Error('no space left')))
    at.run.begin()
    at.tell()
    await at.clock.pass(5000)
    expect(at.lines).toHaveLength(1)
  })
})

describe('the log', () => {
  it('has a line for an event, with time and counts', async () => {
    await using at = await desk(['a', 'b'])
    await at.clock.pass(12_340)
    at.run.begin()
    at.tell()
    expect(at.lines).toEqual([
      '[  12.3s] 0/2 landed, 2 running | a: started',
      '[  12.3s] 0/2 landed, 2 running | b: started',
    ])
  })

  it('shows a sign of life each minute in which nothing happens: what runs, and for how long', async () => {
    await using at = await desk([{ id: 'a', title: 'Fix the readme' }, 'b', 'c'])
    at.run.begin()
    at.tell()
    await at.clock.pass(150_000)
    expect(at.lines.slice(2)).toEqual([
      '[ 1m 00s] 0/3 landed, 2 running | still at work: a (Fix the readme) for 1m 00s and b for 1m 00s',
      '[ 2m 00s] 0/3 landed, 2 running | still at work: a (Fix the readme) for 2m 00s and b for 2m 00s',
    ])
    at.run.take(failed('b', { code: 'worker-exit', exitCode: 1 }))
    at.tell()
    await at.clock.pass(59_000)
    expect(at.lines).toHaveLength(5)
    await at.clock.pass(1000)
    expect(at.lines.at(-1)).toMatch(/^\[ 3m 30s\] 0\/3 landed, 1 running, 1 failed \| still at work: a /)
  })

  it('names a fetch that the remote does not answer', async () => {
    await using at = await desk(['a'])
    at.run.begin()
    at.run.take(worked('a'))
    at.run.begin()
    at.tell()
    await at.clock.pass(60_000)
    expect(at.lines.at(-1)).toMatch(/ \| still at work: fetch of the branch for 1m 00s$/)
  })

  it('beats for nobody who sees the run in a view of the moment', async () => {
    let seen = 0
    await using at = await desk(['a'], undefined, () => seen++)
    at.run.begin()
    at.tell()
    await at.clock.pass(600_000)
    expect(at.lines).toHaveLength(1)
    // At the start, and for the event.
    expect(seen).toBe(2)
  })

  it('tells the failed from those that waited for them', async () => {
    await using at = await desk(['a', { id: 'b', needs: ['a'] }, { id: 'c', needs: ['b'] }])
    at.run.begin()
    at.run.take(failed('a', { code: 'worker-exit', exitCode: 1 }))
    at.tell()
    expect(at.lines.at(-1)).toContain('0/3 landed, 0 running, 1 failed, 2 blocked |')
  })
})

it('holds all events of the run', async () => {
  await using at = await desk(['a'])
  at.run.begin()
  at.run.take(worked('a'))
  at.tell()
  expect(at.watch.events).toEqual(at.run.events)
})
