/** The command killed with SIGKILL over and over, and run again until it ends: every promise of a run has to hold. */
import { watch } from 'node:fs'
import { mkdir, readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { git } from '../rig/exec.ts'
import { type CliResult, outcomes, type RunningCli, type Site, startSite, tasks } from '../rig/fanout.ts'
import { processesWith } from '../rig/leftovers.ts'

const KEY = '77-1'
/** More for a long watch; the ordinary suite is to stay short. */
const RANDOM_KILLS = Number(process.env.FANOUT_CHAOS_KILLS ?? 10)
const SEED = Number(process.env.FANOUT_CHAOS_SEED ?? 20_261_121)

/** The last two change the same line, so that one of them is remediated. */
const IDS = ['a', 'b', 'c', 'd', 'x', 'y']
const LIST = tasks(
  ...['a', 'b', 'c', 'd'].map(id => ({ id, run: `echo ${id} >> "$STARTS"; echo ${id} > ${id}.txt` })),
  ...['x', 'y'].map(id => ({ id, run: `echo ${id} >> "$STARTS"; echo ${id} > shared.txt` })),
)
const INPUTS = {
  tasks: LIST,
  workers: '3',
  gate: 'test -f README.md',
  remediate: `echo both > shared.txt`,
  verify: 'test -f a.txt',
  'push-backoff-ms': '1',
}

test('killed at each journal event in turn, every task lands exactly once', async () => {
  await using chaos = await startChaos()
  // The first process dies at its first event, the second at its second: each gets further than the one before.
  let kills = 0
  while (!(await chaos.run(lines => lines > kills))) kills++
  expect(kills).toBeGreaterThan(10)
  await chaos.check()
}, 300_000)

test(`killed ${RANDOM_KILLS} times at random moments, every task lands exactly once`, async () => {
  const random = mulberry32(SEED)
  console.log(`seed ${SEED}`)
  let kills = 0
  while (kills < RANDOM_KILLS) {
    await using chaos = await startChaos()
    for (const most = kills + 8; ; ) {
      const last = kills >= Math.min(most, RANDOM_KILLS)
      const ended = await (last ? chaos.run(() => false) : chaos.run(() => false, random() * 1500))
      if (ended) break
      kills++
      if (random() < 0.3) await commitBeside(chaos.site, `${kills}\n`)
    }
    await chaos.check()
  }
}, 3_600_000)

/** Again while it loses the race: a push of a killed process may still be on its way. */
async function commitBeside({ remote }: Site, text: string): Promise<void> {
  const commit = () => remote.commit({ files: { 'other.txt': text } })
  await commit().catch(commit).catch(commit)
}

type Chaos = AsyncDisposable & {
  readonly site: Site
  /** One process: killed when `when(lines it has added to the journal)`, or after so many ms. True: it came to its end. */
  run(when: (added: number) => boolean, afterMs?: number): Promise<boolean>
  check(): Promise<void>
}

async function startChaos(): Promise<Chaos> {
  await using stack = new AsyncDisposableStack()
  const site = stack.use(await startSite({ via: 'file' }))
  const starts = join(site.job.temp, 'starts')
  const runDir = join(site.root, KEY)
  const journal = join(runDir, 'journal.ndjson')
  await mkdir(runDir, { recursive: true })
  const env = { GITHUB_RUN_ID: '77', GITHUB_RUN_ATTEMPT: '1', STARTS: starts, CHAOS: runDir }
  const outputs: string[] = []

  async function run(when: (added: number) => boolean, afterMs?: number): Promise<boolean> {
    outputs.push(await readFile(journal, 'utf8').catch(() => ''))
    const finished = await finishedTasks(journal)
    const before = await startsOf(starts)
    const process = site.startCli(INPUTS, env)
    const timer = afterMs === undefined ? undefined : setTimeout(() => process.kill('SIGKILL'), afterMs)
    const { code, stdout, stderr } = await killWhen(process, journal, when)
    clearTimeout(timer)
    outputs.push(`--- ${code}\n${stdout}${stderr}`)
    const after = await startsOf(starts)
    // The last process, and the journal it went on with.
    const story = () => outputs.slice(-2).join('\n')
    for (const id of finished) expect(after.get(id), `starts of ${id}; ${story()}`).toBe(before.get(id))
    if (code === null) return false
    expect(code, story()).toBe(0)
    return true
  }

  async function check(): Promise<void> {
    const summary = JSON.parse(await readFile(join(runDir, 'summary.json'), 'utf8'))
    expect(outcomes(summary), outputs.at(-1)).toEqual(Object.fromEntries(IDS.map(id => [id, 'landed'])))
    const landed = await git(
      site.remote.path,
      'log',
      '--format=%(trailers:key=Fanout-Task,valueonly)',
      'main',
    )
    expect(landed.split('\n').filter(Boolean).sort()).toEqual(IDS)
    expect(await git(site.remote.path, 'rev-list', '--merges', 'main')).toBe('')
    const files = await site.remote.files()
    expect(['a', 'b', 'c', 'd'].map(id => files[`${id}.txt`])).toEqual(['a\n', 'b\n', 'c\n', 'd\n'])
    expect(files['shared.txt']).toBe('both\n')
    expect(await readdir(join(site.root, 'locks'))).toEqual([])
    expect(await processesWith(runDir, 5000)).toEqual([])
  }
  const owned = stack.move()
  return { site, run, check, [Symbol.asyncDispose]: () => owned.disposeAsync() }
}

/** Kills the process as soon as its journal says so. Its code is null then. */
async function killWhen(
  process: RunningCli,
  journal: string,
  when: (added: number) => boolean,
): Promise<CliResult> {
  let first: number | null = null
  const look = async (): Promise<void> => {
    const lines = (await readFile(journal, 'utf8').catch(() => '')).split('\n').length - 1
    // What is there when it opens the journal is known from before.
    first ??= lines
    if (when(lines - first)) process.kill('SIGKILL')
  }
  const watcher = watch(join(journal, '..'), (_, name) => {
    if (name === 'journal.ndjson') void look()
  })
  try {
    return await process.done
  } finally {
    watcher.close()
  }
}

async function finishedTasks(journal: string): Promise<readonly string[]> {
  const text = await readFile(journal, 'utf8').catch(() => '')
  return text
    .split('\n')
    .slice(0, -1)
    .map(line => JSON.parse(line))
    .filter(event => event.type === 'worked' && event.result.kind === 'candidate')
    .map(event => event.task)
}

async function startsOf(file: string): Promise<ReadonlyMap<string, number>> {
  const ids = (await readFile(file, 'utf8').catch(() => '')).split('\n').filter(Boolean)
  return new Map(IDS.map(id => [id, ids.filter(each => each === id).length]))
}

/** A small random source that gives the same for the same seed. */
function mulberry32(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}
