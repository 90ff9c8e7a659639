/** The command killed with SIGKILL over and over, and run again until it ends: every promise of a run has to hold. */
import { mkdir, readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Event } from '../../src/decide/happened.ts'
import { eventsIn, headIn, killWithFamily, nameOf, remains, watchJournal } from '../rig/chaos.ts'
import { git } from '../rig/exec.ts'
import { type Inputs, outcomes, type Site, type SiteOptions, startSite, tasks } from '../rig/fanout.ts'
import { setRules } from '../rig/github-hooks.ts'
import { type Chance, chanceOf } from '../rig/model/chance.ts'
import { linesIn } from '../rig/temp.ts'

/** Together with those at each event about two hundred; more for a long watch. */
const RANDOM_KILLS = Number(process.env.FANOUT_CHAOS_KILLS ?? 100)
const SEED = Number(process.env.FANOUT_CHAOS_SEED ?? 20_261_121)

/** What becomes of a task, and of the file it writes. */
const ENDS: Readonly<Record<string, string>> = {
  kept: 'landed',
  a: 'landed',
  b: 'landed',
  again: 'landed',
  x: 'landed',
  y: 'landed',
  same: 'unchanged',
  red: 'failed (gate)',
  undone: 'reverted (verification)',
}

const run = (script: string) => `echo "$FANOUT_TASK_ID" >> "$STARTS"; ${script}`
const writes = (id: string) => run(`echo ${id} > ${id}.txt`)
const KEPT = { id: 'kept', run: writes('kept') }
const LIST = tasks(
  KEPT,
  { id: 'a', run: writes('a') },
  { id: 'b', needs: 'a', run: writes('b') },
  { id: 'again', retries: 1, run: run('echo "$FANOUT_ATTEMPT" > again.txt; test "$FANOUT_ATTEMPT" -gt 1') },
  // In conflict with one another where neither began upon the other: the second to come is remediated.
  { id: 'x', run: run('echo x >> shared.txt') },
  { id: 'y', run: run('echo y >> shared.txt') },
  { id: 'same', run: run('true') },
  { id: 'red', run: writes('red') },
  { id: 'undone', run: writes('undone') },
)
const INPUTS: Inputs = {
  tasks: LIST,
  workers: '3',
  gate: 'test ! -f red.txt',
  'gate-retries': '0',
  remediate: 'if test "$FANOUT_TASK_ID" = red; then echo more >> red.txt; else echo both > shared.txt; fi',
  'max-remediations': '1',
  verify: 'test ! -f undone.txt',
  'on-verify-failure': 'revert',
  'push-backoff-ms': '1',
}

test('killed at each of its events in turn, a run ends as if nothing had been', async () => {
  await using chaos = await startChaos({}, {})
  const met = new Set<string>()
  // Each process dies at its first event that none before it died at.
  const isNew = (event: Event): boolean => {
    const known = met.size
    return met.add(nameOf(event)).size > known
  }
  let kills = 0
  while (!(await chaos.process({ isDue: isNew, family: kills % 2 === 0 }))) kills++
  console.log(`${kills} kills at events`)
  expect(kills).toBeGreaterThan(50)
  await chaos.check()
}, 1_800_000)

const SITES: readonly (readonly [string, SiteOptions, Inputs])[] = [
  ['over HTTP', { via: 'http' }, {}],
  ['in overlays', { via: 'file' }, { workspaces: 'overlay' }],
  ['one commit a push', { via: 'file' }, { 'max-batch': '1', 'gate-slots': '2' }],
  ['without a gate', { via: 'http' }, { gate: '' }],
]

test.each(SITES)(
  `killed at random moments %s, a run ends as if nothing had been`,
  async (name, site, inputs) => {
    const seed = SEED + name.length
    const chance = chanceOf(seed)
    await using chaos = await startChaos(site, inputs)
    let kills = 0
    const most = Math.ceil(RANDOM_KILLS / SITES.length)
    while (!(await chaos.process(kills < most ? randomMoment(chance) : null))) {
      kills++
      if (chance.happens(0.3)) await chaos.commitBeside(`${kills}\n`)
    }
    console.log(`${kills} kills ${name}, seed ${seed}`)
    await chaos.check()
  },
  3_600_000,
)

interface Moment {
  readonly isDue?: (event: Event) => boolean
  readonly afterMs?: number
  /** All that it had started dies with it. */
  readonly family: boolean
}

function randomMoment(chance: Chance): Moment {
  const family = chance.happens(0.5)
  if (chance.happens(0.5)) return { afterMs: chance.below(1000), family }
  let left = chance.below(12)
  return { isDue: () => left-- === 0, family }
}

type Chaos = AsyncDisposable & {
  /** One process; true: it came to its end. */
  process(moment: Moment | null): Promise<boolean>
  commitBeside(text: string): Promise<void>
  check(): Promise<void>
}

async function startChaos(options: SiteOptions, inputs: Inputs): Promise<Chaos> {
  await using stack = new AsyncDisposableStack()
  const site = stack.use(await startSite({ via: 'file', ...options }))
  const starts = join(site.job.temp, 'starts')
  await keepWork(site, starts)
  let base: string | undefined
  const runDir = join(site.root, '77-1')
  const journal = join(runDir, 'journal.ndjson')
  await mkdir(runDir)
  const env = { GITHUB_RUN_ID: '77', GITHUB_RUN_ATTEMPT: '1', STARTS: starts }
  let beside = ''
  let story = ''

  async function oneProcess(moment: Moment | null): Promise<boolean> {
    const finished = finishedTasks(eventsIn(journal))
    const before = await startsOf(starts)
    story = `${await readFile(journal, 'utf8').catch(() => '')}---\n`
    const cli = site.startCli({ ...INPUTS, ...inputs }, env)
    let family = Promise.resolve()
    const kill = (): void => {
      if (moment?.family) family = killWithFamily(cli.child.pid!, runDir)
      else cli.kill('SIGKILL')
    }
    using _watcher = watchJournal(journal, event => moment?.isDue?.(event) ?? false, kill)
    const timer = moment?.afterMs === undefined ? undefined : setTimeout(kill, moment.afterMs)
    const { code, stdout, stderr } = await cli.done
    clearTimeout(timer)
    await family
    base ??= headIn(journal)?.base_sha
    story += `${code}\n${stdout}${stderr}`
    const after = await startsOf(starts)
    for (const id of finished) expect(after.get(id), `starts of ${id}; ${story}`).toBe(before.get(id))
    // The signal may come when all is done, and only the exit is left.
    if (code === null) return cameToItsEnd(runDir)
    expect(code, story).toBe(1)
    return true
  }

  async function check(): Promise<void> {
    const summary = JSON.parse(await readFile(join(runDir, 'summary.json'), 'utf8'))
    const wanted = inputs.gate === '' ? { ...ENDS, red: 'landed' } : ENDS
    expect(outcomes(summary), story).toEqual(wanted)
    expect(summary.run.base_sha).toBe(base)
    const ids = Object.keys(wanted)
    const landed = ids.filter(id => wanted[id] === 'landed')
    expect((await site.remote.trailers('Fanout-Task')).sort(), story).toEqual([...landed, 'undone'].sort())
    expect(await site.remote.trailers('Fanout-Reverts'), story).toEqual(['undone'])
    expect(await git(site.remote.path, 'rev-list', '--merges', 'main')).toBe('')
    const files = await site.remote.files()
    const texts = Object.fromEntries(landed.map(id => [`${id}.txt`, `${id}\n`]))
    const { 'x.txt': _x, 'y.txt': _y, ...own } = texts
    expect(files).toEqual({
      ...{ 'README.md': 'hello\n', ...own, 'again.txt': '2\n' },
      'shared.txt': expect.stringMatching(/^(both|x\ny|y\nx)\n$/),
      ...(beside === '' ? {} : { 'beside.txt': beside }),
    })
    expect(Object.keys(await site.remote.refs())).toEqual(['refs/heads/main'])
    // The worker of the run before, and never again.
    expect((await startsOf(starts)).get('kept')).toBe(1)
    for (const id of ids.filter(each => !/^(landed|unchanged)$/.test(wanted[each]!))) {
      await git(site.remote.path, 'bundle', 'verify', '--quiet', join(runDir, 'tasks', id, 'work.bundle'))
    }
    const leftInStore = (await readdir(join(runDir, 'store.git'))).filter(name => name.endsWith('.lock'))
    expect(leftInStore).toEqual([])
    expect(await remains(site.root)).toEqual([])
  }
  const owned = stack.move()
  return {
    process: oneProcess,
    check,
    async commitBeside(text) {
      beside = text
      const commit = () => site.remote.commit({ files: { 'beside.txt': text } })
      // Again while it loses the race: a push of a killed process may still be on its way.
      await commit().catch(commit).catch(commit)
    },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  }
}

async function cameToItsEnd(runDir: string): Promise<boolean> {
  const inside = await readdir(join(runDir, 'internal')).catch((): string[] => [])
  return (await readdir(runDir)).includes('summary.json') && !inside.includes('untold')
}

/** An earlier run whose work a rule of the remote kept from landing. */
async function keepWork(site: Site, starts: string): Promise<void> {
  await setRules(site.remote.path, [{ kind: 'protected-branch', ref: 'refs/heads/main' }])
  const env = { GITHUB_RUN_ID: '76', GITHUB_RUN_ATTEMPT: '1', STARTS: starts }
  const before = await site.cli({ tasks: tasks(KEPT) }, env)
  expect(outcomes((await before.directory()).summary)).toEqual({ kept: 'blocked-push (protected-branch)' })
  await git(site.remote.path, 'config', '--unset-all', 'receive.procReceiveRefs')
}

/** Their workers have ended, well or not for the last time. */
function finishedTasks(events: readonly Event[]): readonly string[] {
  return events.flatMap(event => {
    if (event.type !== 'worked') return []
    return event.result.kind === 'failed' ? [] : [event.task]
  })
}

async function startsOf(file: string): Promise<ReadonlyMap<string, number>> {
  const ids = await linesIn(file)
  return new Map(Object.keys(ENDS).map(id => [id, ids.filter(each => each === id).length]))
}
