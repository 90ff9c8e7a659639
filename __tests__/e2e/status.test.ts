/** `fanout status`, `stop` and `report` on a run that goes on, one that has ended, and one that was cut off. */
import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { StatusView } from '../../src/action/status-view.ts'
import { CLI, type CliResult, outcomes, type Site, startCli, startSite, tasks } from '../rig/fanout.ts'
import { startWorkerHub } from '../rig/worker.ts'

const fanout = (...words: string[]): Promise<CliResult> => startCli('/', words).done
const SELF = `node ${CLI.slice(1)}`

async function statusOf(dir: string): Promise<StatusView> {
  const { code, stdout, stderr } = await fanout('status', dir, '--json')
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  return JSON.parse(stdout)
}

async function newestRun(site: Site): Promise<string> {
  const keys = (await readdir(site.root)).filter(name => name.startsWith('local-'))
  return join(site.root, keys.sort().at(-1) ?? '')
}

const LIST = [
  { id: 'good', run: 'echo g > g.txt' },
  { id: 'bad', title: 'The bad one', run: 'echo the reason; exit 9' },
  { id: 'after', needs: 'bad', run: 'true' },
]

describe('a run that has ended', () => {
  test('is told with what needs a person and what to do next, for people and for tools', async () => {
    await using site = await startSite({ via: 'file' })
    const dir = (await (await site.cli({ tasks: tasks(...LIST) })).directory()).path
    const { code, stdout, stderr } = await fanout('status', dir)
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    const lines = stdout.split('\n')
    expect(lines[0]).toMatch(/^1 of 3 tasks landed on main, 2 need a person \(/)
    expect(lines[1]).toBe('3 in all, 1 landed, 1 failed, 1 blocked')
    expect(stdout).toMatch(/^ {2}✖ bad {2}The bad one {2}failed \(worker-exit\)\n {4}│ [\s\S]*\n {4}→ /m)
    expect(stdout).toContain('    tasks/bad/worker.log')
    expect(stdout).toContain(`      ${SELF} retry ${dir} --task bad,after`)
    const view = await statusOf(dir)
    expect(view).toMatchObject({
      version: 1,
      state: 'ended',
      conclusion: 'failure',
      run_directory: dir,
      counts: { total: 3, landed: 1, failed: 1, blocked: 1, running: 0 },
    })
    expect(view.needs_person.map(({ id, reason }) => `${id} ${reason?.code}`)).toEqual([
      'bad worker-exit',
      'after dependency',
    ])
  })

  test('cannot be stopped any more', async () => {
    await using site = await startSite({ via: 'file' })
    const dir = (await (await site.cli({ tasks: '[]' })).directory()).path
    const { code, stderr } = await fanout('stop', dir)
    expect(code).toBe(1)
    expect(stderr).toMatch(/^error: There is nothing to stop: the run has ended/)
    expect(await readdir(dir)).not.toContain('stop')
  })

  test('has its reports written anew from its summary.json', async () => {
    await using site = await startSite({ via: 'file' })
    const ran = await site.cli({ tasks: tasks(...LIST) })
    const dir = (await ran.directory()).path
    const texts = () =>
      Promise.all(['summary.md', 'report.html'].map(name => readFile(join(dir, name), 'utf8')))
    const before = await texts()
    for (const name of ['summary.md', 'report.html']) await rm(join(dir, name))
    const { code, stdout } = await fanout('report', dir)
    expect(code).toBe(0)
    expect(await texts()).toEqual(before)
    expect(stdout).toMatch(/^✔ good +landed/m)
    expect(stdout).toContain(`report: ${dir}/report.html`)
    // The very table that the run ended with.
    expect(ran.stdout).toContain(stdout.slice(0, stdout.indexOf('report:')).trim())
  })
})

describe('a run that goes on', () => {
  test('tells what runs and what has failed by now; stop lets what runs finish, and starts nothing new', async () => {
    await using hub = await startWorkerHub()
    await using site = await startSite({ via: 'file' })
    const list = tasks(
      { id: 'bad', title: 'The bad one', run: 'exit 9' },
      { id: 'long', title: 'A long one', run: hub.command },
      { id: 'next', needs: 'long', run: hub.command },
    )
    const running = site.startCli({ tasks: list, workers: '1' })
    const worker = await hub.next('long')
    const dir = await newestRun(site)
    let view = await statusOf(dir)
    // state.json is written within a second.
    while (view.counts.running !== 1) view = await statusOf(dir)
    expect(view).toMatchObject({
      state: 'running',
      conclusion: null,
      headline: 'Running: 0 of 3 tasks landed on main so far',
      counts: { total: 3, running: 1, failed: 1, waiting: 1 },
      running: [{ id: 'long', title: 'A long one' }],
      next_steps: [{ command: `${SELF} stop ${dir}` }],
    })
    expect(view.needs_person).toMatchObject([
      { id: 'bad', title: 'The bad one', reason: { code: 'worker-exit' } },
    ])
    expect((await fanout('status', dir)).stdout).toMatch(/^Running:\n {2}long {2}A long one {2}\d/m)
    expect(await fanout('report', dir)).toMatchObject({ code: 1, stderr: expect.stringContaining('goes on') })
    expect(await fanout('retry', dir, '--task', 'bad')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('error: The run goes on.'),
    })

    expect(await fanout('stop', dir)).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^Nothing new starts/),
    })
    await running.shows(/stop: nothing new starts/)
    await worker.write('long.txt', 'long\n')
    await worker.exit()
    const { summary } = await (await running.done).directory()
    expect(outcomes(summary)).toMatchObject({ long: 'landed', next: 'cancelled (signal)' })
    expect(hub.starts.map(start => start.taskId)).toEqual(['long'])
    expect((await statusOf(dir)).state).toBe('ended')
  })
})

describe('a run that was cut off', () => {
  test('says so, with the command that goes on where it ended; a stop of then is forgotten', async () => {
    await using hub = await startWorkerHub()
    await using site = await startSite({ via: 'file' })
    const file = join(site.clone.path, 'my tasks.yml')
    await writeFile(file, tasks({ id: 'done', run: 'echo d > d.txt' }, { id: 'cut', run: hub.command }))
    const running = site.startCli({
      ...{ tasks: 'my tasks.yml', workers: '1', gate: 'test -f README.md' },
      // Of the next process that would make one that begins anew.
      resume: 'false',
    })
    await hub.next('cut')
    const dir = await newestRun(site)
    await fanout('stop', dir)
    running.kill('SIGKILL')
    await running.done
    const view = await statusOf(dir)
    expect(view).toMatchObject({ state: 'cut-off', conclusion: null, running: [] })
    const command = `run --workspace-root ${site.root} --tasks 'my tasks.yml' --workers 1 --gate 'test -f README.md'`
    expect(view.next_steps).toEqual([{ what: 'Go on where it ended', command: `${SELF} ${command}` }])
    expect(await fanout('report', dir)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('was cut off'),
    })
    expect((await fanout('stop', dir)).stderr).toContain('the run was cut off')
    const retry = await startCli(site.clone.path, ['retry', dir, '--task', 'done']).done
    expect(retry).toMatchObject({ code: 1, stderr: expect.stringMatching(/^error: The run was cut off/) })

    hub.each(async worker => {
      await worker.write('cut.txt', 'c\n')
      await worker.exit()
    })
    const again = await site.cli(['--tasks', 'my tasks.yml', '--workers', '1', '--gate', 'test -f README.md'])
    expect(again.stdout).toContain('was cut off and goes on')
    expect(outcomes((await again.directory()).summary)).toEqual({ done: 'landed', cut: 'landed' })
    expect((await again.directory()).path).toBe(dir)
  })
})

describe('what is no run directory', () => {
  test('is told what, why, and the way out', async () => {
    await using site = await startSite({ via: 'file' })
    const empty = join(site.job.temp, 'empty')
    await mkdir(empty)
    for (const command of ['status', 'stop', 'report', 'retry']) {
      const missing = await fanout(command)
      expect(missing).toMatchObject({
        code: 1,
        stderr: expect.stringMatching(/^error: The run directory is missing\./),
      })
      const nowhere = await fanout(command, join(empty, 'nowhere'))
      expect(nowhere.stderr).toMatch(/^error: There is no folder \/.*nowhere\. .* Give the folder/)
      const none = await fanout(command, empty)
      expect(none.stderr).toMatch(/ is no run directory\. It holds no journal\.ndjson\. Give the folder/)
      const both = await fanout(command, empty, '--jsno')
      expect(both.stderr.trim().split('\n')).toHaveLength(2)
    }
  })

  test('a summary of another version, or one that is broken, is refused and not guessed at', async () => {
    await using site = await startSite({ via: 'file' })
    const { path, summary } = await (await site.cli({ tasks: tasks({ id: 'a', run: 'exit 1' }) })).directory()
    const copy = join(site.job.temp, 'copy')
    await cp(path, copy, { recursive: true })
    for (const text of ['{', JSON.stringify({ ...summary, version: 2 }), 'null']) {
      await writeFile(join(copy, 'summary.json'), text)
      const { code, stderr } = await fanout('status', copy)
      expect(code).toBe(1)
      expect(stderr).toMatch(/^error: .*summary\.json cannot be read: .* Another version of Fanout wrote it/)
    }
    await writeFile(join(copy, 'journal.ndjson'), '{"version":2}\n')
    expect((await fanout('status', copy)).stderr).toMatch(/has version 2, and this Fanout reads version 1/)
  })
})
