/**
 * Finished candidates on a remote over HTTP, and the ways to land them. Every landing starts from the same state: the
 * branch at its base, and each candidate under a ref, as a run keeps work that could not land.
 */
import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { startCompetitor } from '../__tests__/rig/competitor.ts'
import { git, gitWith } from '../__tests__/rig/exec.ts'
import { startGitServer } from '../__tests__/rig/git-server.ts'
import { createRepo } from '../__tests__/rig/repo.ts'
import { parsePlan } from '../src/decide/plan.ts'
import { trailerLines } from '../src/decide/trailer.ts'
import { readJournal } from '../src/world/journal.ts'
import { byHand, ENVIRONMENT, runOurs, smallFiles } from './bed.ts'
import { BENCH_DIR, timeCommand } from './measure.ts'

/** `waiting` and `at once`: every worker for itself, with waits between its tries or without. */
export type Way = 'waiting' | 'at once' | 'one by one' | 'stack by hand' | 'ours'
export type Gate = 'none' | 'waits' | 'works'

export interface Weather {
  readonly gate: Gate
  /** So many candidates are red. */
  readonly red: number
  /** Somebody else pushes every two seconds. */
  readonly competitor: boolean
}

export interface Landed {
  readonly ms: number
  readonly gates: number
  /** Tries to push to the branch, and those of them that somebody else was faster than. */
  readonly pushes: number
  readonly lost: number
  /** Of ours: from the lane's first step to its last push, without what a run does around that. */
  readonly laneMs?: number
}

export interface Field extends AsyncDisposable {
  /** Rejects where something green has not landed, or something red has. */
  land(way: Way, weather: Weather): Promise<Landed>
}

const FILES = 200
const COMPETITOR_MS = 2000
const WAITS = '0.5 2 5 10'

/** What a gate costs: nothing, a second in which the machine is free, a second of one CPU. */
const COST: Readonly<Record<Gate, string>> = {
  none: '',
  waits: 'sleep 1',
  works: "perl -e '1 while (times)[0] < 1'",
}

export async function makeField(count: number): Promise<Field> {
  await using stack = new AsyncDisposableStack()
  const root = await mkdtemp(join(BENCH_DIR, 'fanout-bench-'))
  stack.defer(() => rm(root, { recursive: true, force: true }))
  const server = stack.use(await startGitServer(join(root, 'served'), { tokens: { password: {} } }))
  const remote = stack.use(await createRepo({ server, files: smallFiles(FILES) }))
  const base = await remote.tip()
  const url = remote.url.replace('://', '://bench:password@')
  const ids = Array.from({ length: count }, (_, i) => `t${i}`)
  // A worker that is started after all, where kept work was red, ends in vain.
  const list = JSON.stringify(ids.map(id => ({ id, run: 'false' })))

  async function reset(red: number): Promise<void> {
    const commits = fingerprintsOf(list).map((fingerprint, i) => {
      const id = ids[i]!
      const message = `${id}\n\n${trailerLines({ task: id, run: 'bench-1', fingerprint }).join('\n')}\n`
      // In the middle of the queue: neither first nor last.
      const text = i >= count >> 1 && i < (count >> 1) + red ? 'red\n' : 'green\n'
      return [
        `commit refs/fanout/blocked/main/${id}`,
        'committer bench <bench@example.invalid> 1700000000 +0000',
        `data ${message.length}\n${message}from ${base}`,
        `M 100644 inline ${id}.txt\ndata ${text.length}\n${text}`,
      ].join('\n')
    })
    const input = `reset refs/heads/main\nfrom ${base}\n\n${commits.join('\n')}\n`
    await gitWith({ cwd: remote.path, input }, 'fast-import', '--quiet', '--force')
  }

  /** Clones as their workers left them: each at its candidate. */
  async function clonesOf(clone: string, place: string): Promise<void> {
    for (const id of ids) {
      await git(place, 'clone', '--shared', clone, id)
      await git(join(place, id), 'remote', 'set-url', 'origin', url)
      await git(join(place, id), 'fetch', 'origin', `refs/fanout/blocked/main/${id}`)
      await git(join(place, id), 'reset', '--hard', 'FETCH_HEAD')
    }
  }

  async function ours(clone: string, place: string, gate: string): Promise<Omit<Landed, 'gates'>> {
    const tasks = join(place, 'tasks.json')
    await writeFile(tasks, list)
    const { ms, runDirectory } = await runOurs(clone, {
      tasks,
      ...(gate === 'true' ? {} : { gate }),
      ...{ 'fail-on': 'never', 'verify-when': 'never', 'workspace-root': join(place, 'runs') },
    })
    const { landing } = JSON.parse(await readFile(join(runDirectory, 'summary.json'), 'utf8'))
    const laneMs = await laneOf(runDirectory)
    return { ms, laneMs, pushes: landing.push_attempts, lost: landing.races_lost }
  }

  async function others(
    way: Way,
    clone: string,
    place: string,
    gate: string,
  ): Promise<Omit<Landed, 'gates'>> {
    const alone = way === 'stack by hand'
    const env = {
      ...ENVIRONMENT,
      GATE: gate,
      WAITS: way === 'waiting' ? WAITS : '',
      TOGETHER: way === 'one by one' ? '' : '1',
    }
    const script = byHand(alone ? 'stack.sh' : 'each.sh')
    const ms = await timeCommand('bash', [script, ...ids], { cwd: alone ? clone : place, env })
    return { ms, pushes: await linesIn(join(place, 'pushes')), lost: await linesIn(join(place, 'lost')) }
  }

  async function land(way: Way, { gate, red, competitor }: Weather): Promise<Landed> {
    await reset(red)
    const place = await mkdtemp(join(root, 'landing-'))
    const clone = join(place, 'clone')
    await git(place, 'clone', url, clone)
    if (way !== 'ours' && way !== 'stack by hand') await clonesOf(clone, place)
    const gates = join(place, 'gates')
    const script = join(place, 'gate.sh')
    await writeFile(script, `echo >> ${gates}\n${COST[gate]}\n! cat t*.txt | grep -qx red\n`)
    const command = gate === 'none' ? 'true' : `bash ${script}`
    let landed: Omit<Landed, 'gates'>
    {
      await using _ = competitor ? startCompetitor(remote, { everyMs: COMPETITOR_MS }) : null
      landed = await (way === 'ours' ? ours(clone, place, command) : others(way, clone, place, command))
    }
    const there = (await git(remote.path, 'grep', '-l', '^green$', 'main', '--', 't*.txt')).split('\n').length
    if (there !== count - red) throw new Error(`${way}: ${there} of ${count - red} have landed`)
    const result = { ...landed, gates: await linesIn(gates) }
    await rm(place, { recursive: true })
    return result
  }

  await mkdir(root, { recursive: true })
  const owned = stack.move()
  return { land, [Symbol.asyncDispose]: () => owned.disposeAsync() }
}

function fingerprintsOf(list: string): readonly string[] {
  const hash = (text: string): string => createHash('sha256').update(text).digest('hex')
  const read = parsePlan({ text: list, file: 'tasks' }, { defaultRun: null, only: [], hash })
  if (!read.ok) throw new Error('the list is not valid')
  return read.plan.tasks.map(task => task.fingerprint)
}

async function laneOf(runDirectory: string): Promise<number> {
  const read = await readJournal(join(runDirectory, 'journal.ndjson'))
  if (read.kind !== 'read') throw new Error(`the journal is ${read.kind}`)
  const { events } = read.text
  const first = events.find(event => event.type === 'began' && event.step.kind === 'stack')
  const last = events.findLast(event => event.type === 'pushed')
  return Date.parse(last!.at) - Date.parse(first!.at)
}

async function linesIn(file: string): Promise<number> {
  const text = await readFile(file, 'utf8').catch(() => '')
  return text.split('\n').length - 1
}
