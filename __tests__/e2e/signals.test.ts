/** Cancelled, killed, out of time, stopped: what is on the branch is whole, and nothing that was done is lost. */
import { readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { startArtifactServer } from '../rig/artifact-server.ts'
import { remains } from '../rig/chaos.ts'
import { git } from '../rig/exec.ts'
import { outcomes, type Site, startSite, tasks } from '../rig/fanout.ts'
import { processesWith } from '../rig/leftovers.ts'
import { startWorkerHub, type WorkerHub } from '../rig/worker.ts'

const IDS = ['t1', 't2', 't3', 't4', 't5', 't6', 't7', 't8']

/** All of them running, each with a change in its workspace, deaf to SIGTERM. */
async function stubborn(hub: WorkerHub): Promise<void> {
  for (const id of IDS) {
    const worker = await hub.next(id)
    await worker.write(`${id}.txt`, `${id}\n`)
    await worker.ignore('SIGTERM')
  }
}

/** And one whose work has just turned out to be red. */
const all = (hub: WorkerHub) => ({
  tasks: tasks(...IDS.map(id => ({ id, run: hub.command })), { id: 'red', run: 'echo red > red.txt' }),
  workers: '9',
  gate: 'test ! -f red.txt',
  verify: 'echo verified > "$RUNNER_TEMP/verified"',
})

describe('a cancelled step', () => {
  it('with eight workers that ignore SIGTERM is over within 6 s and loses nothing; the post step uploads all of it', async () => {
    // A machine that is busy with other things may be late; that nothing is lost holds each time.
    const seconds: number[] = []
    while (seconds.length < 3 && !seconds.some(each => each <= 6)) seconds.push(await cancelEight())
    console.log(`ended ${seconds.map(each => each.toFixed(1)).join(', ')} s after the signal`)
    expect(Math.min(...seconds)).toBeLessThanOrEqual(6)
  })

  /** From the signal to the end of the process, in seconds. */
  async function cancelEight(): Promise<number> {
    await using artifacts = await startArtifactServer()
    await using hub = await startWorkerHub()
    await using site = await startSite({
      server: { host: 'git.localhost' },
      // The runner would send a second signal after 7.5 s, and that ends it at once.
      job: { actionEnv: artifacts.env, grace: [60_000, 60_000] },
    })
    const before = await site.remote.refs()
    const running = await site.start(all(hub))
    await stubborn(hub)
    await running.line(/ 8 running, 1 failed /)
    const began = performance.now()
    running.cancel()
    const ran = await running.finish()
    const seconds = (performance.now() - began) / 1000
    expect([ran.code, ran.signal, ran.outcome]).toEqual([1, null, 'cancelled'])

    const run = await ran.directory()
    const cancelled = Object.fromEntries(IDS.map(id => [id, 'cancelled (signal)']))
    expect(outcomes(run.summary)).toEqual({ ...cancelled, red: 'failed (gate)' })
    expect(await run.json('tasks/red/ci-failure.json')).toMatchObject({ task_id: 'red', exit_code: 1 })
    const files = await run.files()
    for (const name of ['summary.md', 'report.html', 'state.json']) expect(files).toContain(name)
    for (const id of [...IDS, 'red']) {
      const bundle = join(run.path, 'tasks', id, 'work.bundle')
      await git(site.remote.path, 'bundle', 'verify', '--quiet', bundle)
      expect(await run.text(`tasks/${id}/work.patch`)).toContain(`+${id}`)
    }
    expect(ran.summary).toMatch(/cancelled/)
    expect(ran.outputs).toMatchObject({ conclusion: 'failure', cancelled: JSON.stringify(IDS) })
    // No ref was saved, nothing was verified, nothing was pushed.
    expect(await site.remote.refs()).toEqual(before)
    expect(site.server.log.filter(({ step }) => step === 'push')).toEqual([])
    expect(await readdir(site.job.temp)).not.toContain('verified')
    expect(await remains(site.root)).toEqual([])
    expect([...artifacts.artifacts.keys()]).toEqual([])

    const post = await ran.post()
    expect([post?.code, post?.annotations]).toEqual([0, []])
    expect([...artifacts.artifacts.keys()]).toEqual(['fanout-1-1'])
    const uploaded = [...artifacts.unzip('fanout-1-1').keys()]
    for (const name of ['summary.json', 'summary.md', 'tasks/red/ci-failure.json'])
      expect(uploaded).toContain(name)
    for (const id of [...IDS, 'red']) expect(uploaded).toContain(`tasks/${id}/work.bundle`)
    expect(uploaded.filter(name => name.includes('/workspace/'))).toEqual([])
    return seconds
  }

  it('is over at once upon a second signal; the post step ends what is left and saves what was done', async () => {
    await using artifacts = await startArtifactServer()
    await using hub = await startWorkerHub()
    await using site = await startSite({
      server: { host: 'git.localhost' },
      job: { actionEnv: artifacts.env, grace: [0, 60_000] },
    })
    const running = await site.start({
      tasks: tasks({ id: 'done', run: hub.command }, { id: 'deaf', run: hub.command }),
      workers: '2',
      gate: hub.line('gate'),
    })
    const deaf = await hub.next('deaf')
    await deaf.ignore('SIGTERM')
    const done = await hub.next('done')
    await done.write('done.txt', 'done\n')
    await done.exit()
    const gate = await hub.next(start => start.label === 'gate')
    await gate.ignore('SIGTERM')
    running.cancel()
    const ran = await running.finish()
    expect(ran.code).toBe(130)
    const post = await ran.post()
    expect(post?.code).toBe(0)
    await Promise.all([deaf.ended, gate.ended])
    const path = ran.outputs['run-directory'] ?? ''
    expect(await processesWith(path, 5000)).toEqual([])
    expect([...artifacts.unzip('fanout-1-1').keys()]).toContain('tasks/done/work.bundle')
    expect(post?.log.join('\n')).toContain('Saved the work of done')
  })

  it('lets a push that is under way end, and reports what the remote has', async () => {
    await using site = await startSite()
    const release = Promise.withResolvers<void>()
    const arrived = Promise.withResolvers<void>()
    site.server.fault({
      on: 'push',
      before: () => {
        arrived.resolve()
        return release.promise
      },
    })
    const running = await site.start({ tasks: tasks({ id: 'a', run: 'echo a > a.txt' }) })
    await arrived.promise
    running.cancel()
    await running.line(/cancelled: nothing new starts/)
    release.resolve()
    const ran = await running.finish()
    expect(outcomes((await ran.directory()).summary), ran.text).toEqual({ a: 'landed' })
    expect(await site.remote.log()).toContain('[Fanout-Task: a]')
  })

  it('looks on the branch what became of a push that it had to cut off', async () => {
    await using site = await startSite()
    const arrived = Promise.withResolvers<void>()
    // The server takes the push, and its answer never comes.
    site.server.fault({ on: 'push', before: () => arrived.resolve(), resetResponse: true })
    const running = await site.start({ tasks: tasks({ id: 'a', run: 'echo a > a.txt' }) })
    await arrived.promise
    running.cancel()
    const ran = await running.finish()
    expect(outcomes((await ran.directory()).summary), ran.text).toEqual({ a: 'landed' })
  })

  it('before it has begun says so and leaves nothing behind', async () => {
    await using site = await startSite()
    const arrived = Promise.withResolvers<void>()
    const never = Promise.withResolvers<void>()
    site.server.fault({
      on: 'advertise-fetch',
      before: () => {
        arrived.resolve()
        return never.promise
      },
    })
    const running = await site.start({ tasks: tasks({ id: 'a', run: 'true' }) })
    await arrived.promise
    running.cancel()
    const ran = await running.finish()
    never.resolve()
    expect(ran.text).toContain('interrupted before anything was started')
    expect(ran.outputs).toEqual({ conclusion: 'failure' })
    expect((await readdir(site.root)).filter(name => name !== 'locks')).toEqual([])
    const post = await ran.post()
    expect([post?.code, post?.annotations]).toEqual([0, []])
  })
})

describe('an interrupted command', () => {
  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('ends with 130 and its report after %s', async signal => {
    await using hub = await startWorkerHub()
    await using site = await startSite({ via: 'file' })
    const cli = site.startCli({
      tasks: tasks({ id: 'a', run: hub.command }, { id: 'b', run: hub.command }),
      workers: '1',
    })
    const worker = await hub.next('a')
    await worker.write('a.txt', 'a\n')
    cli.kill(signal)
    const result = await cli.done
    expect(result.code, result.stdout).toBe(130)
    const run = await result.directory()
    expect(outcomes(run.summary)).toEqual({ a: 'cancelled (signal)', b: 'cancelled (signal)' })
    expect(await run.files()).toContain('tasks/a/work.bundle')
    expect(hub.starts).toHaveLength(1)
    expect(await processesWith(run.path, 5000)).toEqual([])
  })

  it.each([
    ['overlay', 0, {}, 'cancelled (signal)', null],
    ['clone', 1, { gate: 'true' }, 'cancelled (signal)', null],
    ['clone', 1, { verify: 'true' }, 'landed', 'the run was cancelled'],
  ])('does not wait for files that are checked out: %s, %i before, %j', async (...given) => {
    const [workspaces, before, more, outcome, because] = given
    await using hub = await startWorkerHub()
    // A checkout takes as long as the filter of one of its files.
    const files = { '.gitattributes': '*.bin filter=lfs\n', 'large.bin': 'x\n' }
    await using site = await startSite({ via: 'file', repo: { files } })
    await git(site.clone.path, 'config', 'filter.lfs.smudge', hub.line('smudge'))
    const cli = site.startCli({ tasks: tasks({ id: 'a', run: 'echo a > a.txt' }), workspaces, ...more })
    for (let i = 0; i < before; i++) {
      const smudge = await hub.next()
      await smudge.print('x\n')
      await smudge.exit()
    }
    const smudge = await hub.next()
    cli.kill('SIGINT')
    const result = await cli.done
    expect(result.code, result.stdout).toBe(130)
    const { summary } = await result.directory()
    expect(outcomes(summary), result.stdout).toEqual({ a: outcome })
    if (because) expect(summary.verification).toMatchObject({ ran: false, skipped_because: because })
    expect(result.stdout).not.toMatch(/warning|could not/)
    await smudge.kill('SIGKILL').catch(() => {})
  })

  it('ends at once upon the second signal, and its workers with it', async () => {
    await using hub = await startWorkerHub()
    await using site = await startSite({ via: 'file' })
    const cli = site.startCli({ tasks: tasks({ id: 'a', run: hub.command }) })
    const worker = await hub.next('a')
    await worker.ignore('SIGTERM')
    cli.kill('SIGINT')
    cli.child.stdout?.on('data', text => String(text).includes('nothing new starts') && cli.kill('SIGINT'))
    const result = await cli.done
    expect(result.code).toBe(130)
    await worker.ended
    await expect(result.directory()).rejects.toThrow('summary.json')
  })

  it('goes on when nobody reads its output any more', async () => {
    await using hub = await startWorkerHub()
    await using site = await startSite({ via: 'file' })
    const cli = site.startCli({ tasks: tasks({ id: 'a', run: hub.command }) })
    const worker = await hub.next('a')
    cli.child.stdout?.destroy()
    cli.child.stderr?.destroy()
    await worker.write('a.txt', 'a\n')
    await worker.exit()
    expect((await cli.done).code).toBe(0)
    expect(await site.remote.log()).toContain('[Fanout-Task: a]')
  })
})

describe('a run that is told to stop', () => {
  it('by a file named stop starts nothing new, and what runs finishes and lands', async () => {
    await using hub = await startWorkerHub()
    await using site = await startSite({ via: 'file' })
    const cli = site.startCli({
      tasks: tasks({ id: 'a', run: hub.command }, { id: 'b', run: hub.command }),
      workers: '1',
    })
    const worker = await hub.next('a')
    const told = new Promise<void>(resolve => {
      cli.child.stdout?.on('data', text => /stop: nothing new starts/.test(String(text)) && resolve())
    })
    await writeFile(join(await runDirOf(site), 'stop'), '')
    await told
    await worker.write('a.txt', 'a\n')
    await worker.exit()
    const result = await cli.done
    expect(result.code).toBe(1)
    expect(outcomes((await result.directory()).summary)).toEqual({ a: 'landed', b: 'cancelled (signal)' })
  })

  it('by its deadline saves what its workers had done, and still lands what was finished', async () => {
    await using hub = await startWorkerHub()
    await using site = await startSite({ via: 'file' })
    const cli = site.startCli({
      tasks: tasks({ id: 'done', run: hub.command }, { id: 'slow', run: hub.command }),
      workers: '2',
      gate: hub.line('gate'),
      'deadline-minutes': '0.02',
    })
    const [done, slow] = [await hub.next('done'), await hub.next('slow')]
    await done.write('done.txt', 'done\n')
    await done.exit()
    await slow.write('slow.txt', 'slow\n')
    const gate = await hub.next(start => start.label === 'gate')
    await slow.ended
    await gate.exit()
    const result = await cli.done
    const run = await result.directory()
    expect(outcomes(run.summary), result.stdout).toEqual({ done: 'landed', slow: 'cancelled (deadline)' })
    expect(await run.text('tasks/slow/work.patch')).toContain('+slow')
  })
})

describe('two runs of one root and branch', () => {
  it('the second is refused while the first lives, and takes over when it is dead', async () => {
    await using hub = await startWorkerHub()
    await using site = await startSite({ via: 'file' })
    const inputs = { tasks: tasks({ id: 'a', run: hub.command }) }
    const first = site.startCli(inputs)
    const worker = await hub.next('a')
    const refused = await site.cli(inputs)
    expect(refused.code).toBe(1)
    expect(refused.stderr).toContain(`process ${first.child.pid}`)
    expect(refused.stderr).toContain('workspace-root')
    expect(worker.running).toBe(true)
    first.kill('SIGKILL')
    await first.done
    const second = site.startCli(inputs)
    const again = await hub.next('a')
    expect(worker.running).toBe(false)
    await again.exit()
    expect((await second.done).code).toBe(0)
    expect((await readdir(join(site.root, 'locks'))).filter(name => name.endsWith('.lock'))).toEqual([])
  })
})

describe('two jobs of one workflow run', () => {
  it('on one machine, each for its own branch, never share a run directory', async () => {
    await using hub = await startWorkerHub()
    await using site = await startSite({ via: 'file' })
    await git(site.remote.path, 'branch', 'other', 'main')
    const job = (branch: string) =>
      site.startCli(
        { tasks: tasks({ id: 'a', run: hub.command }), branch },
        { GITHUB_RUN_ID: '77', GITHUB_RUN_ATTEMPT: '1' },
      )
    const first = job('main')
    const worker = await hub.next('a')
    await worker.write('a.txt', 'a\n')
    const refused = await job('other').done
    expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining('run directory 77-1')])
    expect(refused.stderr).toContain('give each job its own `workspace-root`')
    await worker.exit()
    const result = await first.done
    expect(outcomes((await result.directory()).summary), result.stdout).toEqual({ a: 'landed' })
    expect(hub.starts).toHaveLength(1)
    expect(await remains(site.root)).toEqual([])
  })
})

describe('the post step', () => {
  it('after a main step that was killed ends its workers, saves and uploads finished work, removes workspaces', async () => {
    await using artifacts = await startArtifactServer()
    await using hub = await startWorkerHub()
    await using site = await startSite({
      server: { host: 'git.localhost' },
      job: { actionEnv: artifacts.env },
    })
    const running = await site.start({
      tasks: tasks({ id: 'done', run: hub.command }, { id: 'cut', run: hub.command }),
      workers: '2',
      gate: hub.line('gate'),
    })
    const [done, cut] = [await hub.next('done'), await hub.next('cut')]
    await cut.write('cut.txt', 'cut\n')
    await done.write('done.txt', 'done\n')
    await done.exit()
    const gate = await hub.next(start => start.label === 'gate')
    process.kill(running.pid, 'SIGKILL')
    const ran = await running.finish()
    expect(ran.signal).toBe('SIGKILL')
    const post = await ran.post()
    expect([post?.code, post?.annotations]).toEqual([0, []])
    await Promise.all([cut.ended, gate.ended])
    const path = ran.outputs['run-directory'] ?? ''
    expect(await processesWith(path, 5000)).toEqual([])
    const uploaded = [...artifacts.unzip('fanout-1-1').keys()]
    expect(uploaded).toContain('journal.ndjson')
    expect(uploaded).toContain('tasks/done/work.bundle')
    expect(await readdir(join(path, 'tasks', 'done'))).toContain('workspace')
    expect(await readdir(join(path, 'tasks', 'cut'))).not.toContain('workspace')
    expect(await readdir(path)).not.toContain('gates')
  })

  it('has nothing to do where main refused its inputs, and none to say where the run directory is gone', async () => {
    await using site = await startSite({ via: 'file' })
    const refused = await site.run({ tasks: 'tasks: 1\n', workers: 'many' })
    expect(refused.code).toBe(1)
    expect(refused.state).toEqual({})
    const idle = await refused.post()
    expect([idle?.code, idle?.log]).toEqual([0, []])

    const ran = await site.run({ tasks: tasks({ id: 'a', run: 'echo a > a.txt' }) })
    await rm((await ran.directory()).path, { recursive: true })
    const post = await ran.post()
    expect([post?.code, post?.annotations]).toEqual([0, []])
  })
})

async function runDirOf(site: Site): Promise<string> {
  const [key] = (await readdir(site.root)).filter(name => name !== 'locks')
  return join(site.root, key ?? '')
}
