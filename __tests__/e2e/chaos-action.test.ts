/**
 * The action's main step killed with SIGKILL, its post step run, and the job run again as the next attempt: on the machine
 * of before, or on a new one that has nothing but the branch and the artifacts of the attempts before it.
 */
import { mkdir, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Event } from '../../src/decide/happened.ts'
import { type ArtifactServer, startArtifactServer } from '../rig/artifact-server.ts'
import { eventsIn, headIn, nameOf, remains, watchJournal } from '../rig/chaos.ts'
import { git } from '../rig/exec.ts'
import { outcomes, type Site, startSite, tasks } from '../rig/fanout.ts'
import { chanceOf } from '../rig/model/chance.ts'
import { linesIn } from '../rig/temp.ts'

/** How likely a process dies at an event that none before it died at; more for a long watch. */
const LIKELY = process.env.FANOUT_CHAOS_KILLS === undefined ? 0.1 : 0.5
const SEED = Number(process.env.FANOUT_CHAOS_SEED ?? 20_261_121)
const IDS = ['a', 'b', 'c', 'x', 'y']
const script = (id: string, file: string) => `echo ${id} >> "$STARTS"; echo ${id} > ${file}`
const INPUTS = {
  tasks: tasks(
    { id: 'a', run: script('a', 'a.txt') },
    { id: 'b', needs: 'a', run: script('b', 'b.txt') },
    { id: 'c', run: script('c', 'c.txt') },
    { id: 'x', run: script('x', 'shared.txt') },
    { id: 'y', needs: 'c', run: script('y', 'shared.txt') },
  ),
  workers: '3',
  gate: 'test -f README.md',
  remediate: 'echo both > shared.txt',
  verify: 'test -f a.txt',
  'push-backoff-ms': '1',
}

test.each(['the same machine', 'new machines'])(
  'killed at some of its events, on %s',
  async where => {
    await using artifacts = await startArtifactServer()
    // The client refuses a server that is neither GitHub's nor of this kind.
    const server = { host: 'git.localhost' }
    await using site = await startSite({ server, job: { actionEnv: artifacts.env } })
    const starts = join(site.job.temp, 'starts')
    let base: string | undefined
    const chance = chanceOf(SEED + where.length)
    const met = new Set<string>()
    let finished: readonly string[] = []
    for (let attempt = 1; ; attempt++) {
      const root = where === 'new machines' ? join(site.job.temp, `m${attempt}`) : site.root
      const runDir = join(root, `77-${attempt}`)
      const journal = join(runDir, 'journal.ndjson')
      await mkdir(runDir, { recursive: true })
      const before = await linesIn(starts)
      const env = { GITHUB_RUN_ID: '77', GITHUB_RUN_ATTEMPT: String(attempt), STARTS: starts }
      // Not each event, or there would be too many attempts: of those that nobody died at, every third or so.
      const isDue = (event: Event): boolean => {
        const known = met.size
        return chance.happens(LIKELY) && met.add(nameOf(event)).size > known
      }
      const running = await site.start({ ...INPUTS, 'workspace-root': root }, env)
      using _watcher = watchJournal(journal, isDue, () => process.kill(running.pid, 'SIGKILL'))
      const ran = await running.finish()
      base ??= headIn(journal)?.base_sha
      const post = await ran.post()
      expect([post?.code, post?.annotations], post?.log.join('\n')).toEqual([0, []])
      expect(await remains(root)).toEqual([])
      const after = await linesIn(starts)
      const again = finished.filter(id => count(after, id) > count(before, id))
      expect(again, `workers that had finished; ${ran.text}`).toEqual([])
      expect(await uploadedFrom(artifacts, attempt)).toEqual(true)
      if (ran.signal === null) {
        expect(ran.code, ran.text).toBe(0)
        console.log(`${attempt - 1} kills on ${where}`)
        expect(attempt).toBeGreaterThan(2)
        const { summary } = await ran.directory()
        expect(outcomes(summary)).toEqual(Object.fromEntries(IDS.map(id => [id, 'landed'])))
        expect(summary.run.resumed).toBe(true)
        // Where all had landed there was no need to ask for an earlier attempt's journal.
        const firstLanded = await git(
          site.remote.path,
          'rev-list',
          '--grep=^Fanout-Task:',
          '--reverse',
          'main',
        )
        const below = await git(site.remote.path, 'rev-parse', `${firstLanded.split('\n')[0]}^`)
        expect([base, below]).toContain(summary.run.base_sha)
        return checkBranch(site)
      }
      finished = [...new Set([...finished, ...workedIn(eventsIn(journal))])]
      if (chance.happens(0.3)) await site.remote.commit({ files: { 'beside.txt': `${attempt}\n` } })
    }
  },
  1_800_000,
)

function count(list: readonly string[], id: string): number {
  return list.filter(each => each === id).length
}

function workedIn(events: readonly Event[]): string[] {
  return events.flatMap(event =>
    event.type === 'worked' && event.result.kind === 'candidate' ? [event.task] : [],
  )
}

/** Whether the attempt's artifact holds a journal, and no workspace. */
async function uploadedFrom(artifacts: ArtifactServer, attempt: number): Promise<boolean> {
  const names = [...artifacts.unzip(`fanout-77-${attempt}`).keys()]
  return names.includes('journal.ndjson') && !names.some(name => name.includes('/workspace/'))
}

async function checkBranch({ remote, root }: Site): Promise<void> {
  expect((await remote.trailers('Fanout-Task')).sort()).toEqual(IDS)
  expect(await git(remote.path, 'rev-list', '--merges', 'main')).toBe('')
  const files = await remote.files()
  expect(['a', 'b', 'c'].map(id => files[`${id}.txt`])).toEqual(['a\n', 'b\n', 'c\n'])
  expect(Object.keys(await remote.refs())).toEqual(['refs/heads/main'])
  expect((await readdir(root).catch(() => [])).filter(name => name.endsWith('.tmp'))).toEqual([])
}
