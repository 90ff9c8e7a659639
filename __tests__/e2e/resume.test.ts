/** A run that was cut off, or came to its end, is run again: in the same directory, or with nothing but the branch. */
import { watch } from 'node:fs'
import { chmod, mkdir, readdir, rename, rm, stat, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { eventsIn, headIn, killWithFamily } from '../rig/chaos.ts'
import { attempt, counting, landedOn, startsIn } from '../rig/counted.ts'
import { git } from '../rig/exec.ts'
import { flags, outcomes, type Site, startCli, startSite, tasks } from '../rig/fanout.ts'
import { setRules } from '../rig/github-hooks.ts'
import { processesWith } from '../rig/leftovers.ts'
import { startWorkerHub, type WorkerHub } from '../rig/worker.ts'

const RUN = attempt(1)

describe('the same run again', () => {
  it('after its end starts no worker and lands nothing twice, though its checkout is shallow', async () => {
    await using site = await startSite({ via: 'file', clone: { detached: true } })
    const starts = join(site.job.temp, 'starts')
    const list = tasks(counting('a'), counting('b'), counting('c'))
    const inputs = { tasks: list, 'max-batch': '1', branch: 'main' }
    const env = { ...RUN, STARTS: starts }
    expect((await site.cli(inputs, env)).code).toBe(0)
    await site.remote.commit({ files: { 'other.txt': 'by somebody else\n' } })
    const again = await site.cli(inputs, env)
    expect(again.code, again.stdout).toBe(0)
    expect(outcomes((await again.directory()).summary)).toEqual({ a: 'landed', b: 'landed', c: 'landed' })
    expect(await startsIn(starts)).toEqual(['a', 'b', 'c'])
    expect(await landedOn(site)).toEqual(['a', 'b', 'c'])
  })

  it('lands what was refused, and leaves no word of the refusal', async () => {
    await using site = await startSite({ via: 'file' })
    const starts = join(site.job.temp, 'starts')
    const inputs = { tasks: tasks(counting('a'), counting('bad', 'exit 1')), gate: 'true' }
    const env = { ...RUN, STARTS: starts }
    await setRules(site.remote.path, [{ kind: 'protected-branch' }])
    const first = await (await site.cli(inputs, env)).directory()
    expect(outcomes(first.summary)).toMatchObject({ a: 'blocked-push (protected-branch)' })
    expect(await first.files()).toContain('tasks/a/blocked-push.json')
    await setRules(site.remote.path, [])
    const again = await site.cli(inputs, env)
    const run = await again.directory()
    expect(outcomes(run.summary), again.stdout).toEqual({ a: 'landed', bad: 'failed (worker-exit)' })
    expect(run.summary.run.resumed).toBe(true)
    expect(await startsIn(starts)).toEqual(['a', 'bad', 'bad'])
    expect(run.summary.tasks[0]?.files.filter(name => /blocked-push|work\./.test(name))).toEqual([])
    expect((await run.files()).filter(name => /tasks\/a\/(blocked-push|work\.)/.test(name))).toEqual([])
  })

  it('with nothing but the branch lands only what had not landed', async () => {
    await using site = await startSite({ via: 'file' })
    const starts = join(site.job.temp, 'starts')
    const list = tasks(counting('a'), counting('b', 'test -f "$GO"'))
    const event = { GITHUB_REF: 'refs/heads/main', GITHUB_SHA: await site.remote.tip() }
    const env = { ...RUN, ...event, STARTS: starts, GO: join(site.job.temp, 'go') }
    expect((await site.cli({ tasks: list }, env)).code).toBe(1)
    await rm(site.root, { recursive: true })
    await writeFile(env.GO, '')
    const again = await site.cli({ tasks: list }, env)
    expect(again.code, again.stdout).toBe(0)
    expect(await startsIn(starts)).toEqual(['a', 'b', 'b'])
    expect(await landedOn(site)).toEqual(['a', 'b'])
  })

  it('starts a task over that was reverted meanwhile by its own verification', async () => {
    await using site = await startSite({ via: 'file' })
    const starts = join(site.job.temp, 'starts')
    const go = join(site.job.temp, 'go')
    const inputs = {
      tasks: tasks(counting('a'), counting('b')),
      'max-batch': '1',
      verify: `test -f ${go} || ! test -f b.txt`,
      'on-verify-failure': 'revert',
    }
    const first = await site.cli(inputs, { ...RUN, STARTS: starts })
    expect(outcomes((await first.directory()).summary)).toEqual({ a: 'landed', b: 'reverted (verification)' })
    await writeFile(go, '')
    await rm(site.root, { recursive: true })
    const again = await site.cli(inputs, { ...attempt(2), STARTS: starts })
    expect(outcomes((await again.directory()).summary), again.stdout).toEqual({ a: 'landed', b: 'landed' })
    expect(await startsIn(starts)).toEqual(['a', 'b', 'b'])
    expect((await site.remote.files())['b.txt']).toBe('b\n')
  })
})

it('killed between its report and its end, a run goes on and starts no worker again, not even a failed one', async () => {
  await using site = await startSite({ via: 'file' })
  const starts = join(site.job.temp, 'starts')
  const env = { ...RUN, STARTS: starts }
  const inputs = { tasks: tasks(counting('a'), counting('bad', 'exit 1')) }
  const runDir = join(site.root, '77-1')
  // Killed at once when the report is there: the process still has the table to print and its locks to let go.
  await mkdir(runDir, { recursive: true })
  const cli = site.startCli(inputs, env)
  const watcher = watch(runDir, (_, name) => {
    if (name === 'summary.json') cli.kill('SIGKILL')
  })
  const { code } = await cli.done
  watcher.close()
  const ended = { a: 'landed', bad: 'failed (worker-exit)' }
  // As it would have been, where the signal came too late.
  if (code !== null) await writeFile(join(runDir, 'internal', 'untold'), '')
  const again = await site.cli(inputs, env)
  const { summary } = await again.directory()
  expect(outcomes(summary), again.stdout).toEqual(ended)
  expect(again.code).toBe(1)
  expect(await startsIn(starts)).toEqual(['a', 'bad'])
  // That one has come to its end: what failed starts over.
  const third = await site.cli(inputs, env)
  expect(outcomes((await third.directory()).summary), third.stdout).toEqual(ended)
  expect(await startsIn(starts)).toEqual(['a', 'bad', 'bad'])
})

describe('the branch has the last word', () => {
  const inputs = { tasks: tasks(counting('a'), counting('b')), 'max-batch': '1', workers: '1' }

  it('on what landed: what was moved off it lands again, from the work that is there', async () => {
    await using site = await startSite({ via: 'file' })
    const env = { ...RUN, STARTS: join(site.job.temp, 'starts') }
    const base = await site.remote.tip()
    expect((await site.cli(inputs, env)).code).toBe(0)
    const journal = join(site.root, '77-1', 'journal.ndjson')
    for (const [back, report] of [
      ['main^', 'summary.json'],
      [base, 'nothing'],
    ] as const) {
      await git(site.remote.path, 'update-ref', 'refs/heads/main', await site.remote.tip(back))
      // Without its report it is a run that was cut off, with it one that came to its end.
      await rm(join(site.root, '77-1', report), { force: true })
      const again = await site.cli(inputs, env)
      const { summary } = await again.directory()
      expect(outcomes(summary), again.stdout).toEqual({ a: 'landed', b: 'landed' })
      expect(summary.run).toMatchObject({ base_sha: base, resumed: true })
      expect((await landedOn(site)).sort()).toEqual(['a', 'b'])
      expect(again.stdout.includes('does not hold b any more')).toBe(report === 'summary.json')
      expect(headIn(journal)?.base_sha).toBe(base)
    }
    expect(await startsIn(env.STARTS)).toEqual(['a', 'b'])
  })

  it('on what a person landed from the bundle: nothing says any more that it is blocked', async () => {
    await using site = await startSite({ via: 'file' })
    const env = { ...RUN, STARTS: join(site.job.temp, 'starts') }
    await setRules(site.remote.path, [{ kind: 'protected-branch', ref: 'refs/heads/main' }])
    const first = await (await site.cli(inputs, env)).directory()
    expect(outcomes(first.summary)).toMatchObject({ a: 'blocked-push (protected-branch)' })
    await setRules(site.remote.path, [])
    // As the README says.
    await site.clone.git('fetch', '--quiet', join(first.path, 'tasks/a/work.bundle'), 'refs/fanout/work/a')
    await site.clone.git('cherry-pick', 'FETCH_HEAD')
    await site.clone.git('push', '--quiet', 'origin', 'HEAD:main')
    const again = await site.cli(inputs, env)
    const run = await again.directory()
    expect(outcomes(run.summary), again.stdout).toEqual({ a: 'landed', b: 'landed' })
    expect((await run.files()).filter(name => /blocked-push|work\./.test(name))).toEqual([])
    expect(run.summary.tasks[0]?.files).toContain('tasks/a/worker.log')
    expect(await landedOn(site)).toEqual(['a', 'b'])
    expect(await startsIn(env.STARTS)).toEqual(['a', 'b'])
    expect(Object.keys(await site.remote.refs())).toEqual(['refs/heads/main'])
  })
})

describe('a run directory of which something is missing', () => {
  /** The loose objects that came last, as they are found after a power cut: without content. */
  async function empty(dir: string): Promise<void> {
    const objects = await readdir(join(dir, 'objects'), { recursive: true, withFileTypes: true })
    const loose = objects.filter(entry => entry.isFile() && /^[0-9a-f]{38}$/.test(entry.name))
    for (const { parentPath, name } of loose) {
      await chmod(join(parentPath, name), 0o644)
      await truncate(join(parentPath, name), 0)
    }
  }
  const half = async (file: string): Promise<void> => truncate(file, Math.floor((await stat(file)).size / 2))
  const tearHead = (dir: string): Promise<void> => half(join(dir, 'HEAD'))
  const tearConfig = (dir: string): Promise<void> => half(join(dir, 'config'))
  const tearRefs = (dir: string): Promise<void> => half(join(dir, 'refs/heads/main'))
  const remove = (path: string) => rm(path, { recursive: true, force: true })

  it.each([
    ['store.git', remove, ['a', 'a', 'b']],
    ['store.git', empty, ['a', 'a', 'b']],
    ['store.git', tearHead, ['a', 'b']],
    ['store.git', tearConfig, ['a', 'b']],
    ['store.git', tearRefs, ['a', 'b']],
    ['journal.ndjson', remove, ['a', 'a', 'b']],
    ['internal', remove, ['a', 'b']],
    ['tasks', remove, ['a', 'b']],
    ['state.json', remove, ['a', 'b']],
  ])('%s (%o): every task lands once', async (gone, lose, starts) => {
    await using hub = await startWorkerHub()
    await using site = await startSite({ via: 'file' })
    const env = { ...RUN, STARTS: join(site.job.temp, 'starts') }
    const inputs = { tasks: tasks(counting('a'), { ...counting('b'), needs: 'a' }), gate: hub.line('gate') }
    const first = site.startCli(inputs, env)
    await hub.next(start => start.label === 'gate')
    await killWithFamily(first.child.pid!, site.root)
    await first.done
    await lose(join(site.root, '77-1', gone))
    hub.each(gate => gate.exit())
    const again = await site.cli(inputs, env)
    expect(outcomes((await again.directory()).summary), again.stdout).toEqual({ a: 'landed', b: 'landed' })
    expect(await startsIn(env.STARTS)).toEqual(starts)
    expect(await landedOn(site)).toEqual(['a', 'b'])
    expect(again.stdout.includes('The store is mended')).toBe(gone === 'store.git' && lose !== remove)
  })
})

describe('a process that dies while it pushes', () => {
  const inputs = { tasks: tasks(counting('a'), counting('b')), 'push-backoff-ms': '1' }

  it('after the server took it: landed once, and no worker starts again', async () => {
    await using site = await startSite()
    const env = { ...RUN, STARTS: join(site.job.temp, 'starts') }
    const killed = Promise.withResolvers<void>()
    site.server.fault({ on: 'push', resetResponse: true, after: () => killed.resolve() })
    const first = site.startCli({ ...inputs, 'max-batch': '1' }, env)
    await killed.promise
    first.kill('SIGKILL')
    expect((await first.done).code).toBeNull()
    const landed = await landedOn(site)
    expect(landed).toHaveLength(1)
    const again = await site.cli({ ...inputs, 'max-batch': '1' }, env)
    expect(outcomes((await again.directory()).summary), again.stdout).toEqual({ a: 'landed', b: 'landed' })
    expect(await landedOn(site)).toEqual(['a', 'b'])
    const starts = await startsIn(env.STARTS)
    expect(starts.filter(id => id === landed[0])).toHaveLength(1)
  })

  it('and whose push comes through when the next one is about to land the same: landed once', async () => {
    const list = `- ${JSON.stringify(counting('a'))}\n`
    await using site = await startSite({ repo: { files: { 'tasks.yml': list } } })
    const env = { ...RUN, STARTS: join(site.job.temp, 'starts') }
    // With bookkeeping the commit is made anew each time.
    const books = { tasks: 'tasks.yml', bookkeeping: 'archive' }
    const arrived = Promise.withResolvers<void>()
    const never = Promise.withResolvers<void>()
    const hold = () => {
      arrived.resolve()
      return never.promise
    }
    site.server.fault({ on: 'push', before: hold })
    const dir = join(site.root, '77-1')
    const first = site.startCli(books, env)
    await arrived.promise
    await killWithFamily(first.child.pid!, dir)
    await first.done
    const began = eventsIn(join(dir, 'journal.ndjson')).at(-1)
    if (began?.type !== 'began' || began.step.kind !== 'push') throw new Error('it was not at a push')
    const late = began.step.layers[0]!.commit
    await git(site.remote.path, 'fetch', '--quiet', join(dir, 'store.git'), `${late}:refs/late/push`)
    const landLate = () => git(site.remote.path, 'update-ref', 'refs/heads/main', late)
    site.server.fault({ on: 'push', before: landLate })
    const again = await site.cli(books, env)
    never.resolve()
    const { summary } = await again.directory()
    expect(outcomes(summary), again.stdout).toEqual({ a: 'landed' })
    expect(summary.tasks[0]?.commit).toBe(late)
    expect(await landedOn(site)).toEqual(['a'])
    expect(await site.remote.tip()).toBe(late)
    expect(await startsIn(env.STARTS)).toEqual(['a'])
  })
})

describe('two steps of one job', () => {
  it('with other tasks have reports of their own, and nothing of the first is lost', async () => {
    await using site = await startSite({ via: 'file' })
    const env = { ...RUN, STARTS: join(site.job.temp, 'starts') }
    const one = await site.cli({ tasks: tasks(counting('a'), counting('bad', 'exit 1')) }, env)
    expect(outcomes((await one.directory()).summary)).toEqual({ a: 'landed', bad: 'failed (worker-exit)' })
    const tip = await site.remote.tip()
    const two = await site.cli({ tasks: tasks(counting('b')) }, env)
    const run = await two.directory()
    expect(outcomes(run.summary), two.stdout).toEqual({ b: 'landed' })
    expect(run.summary.run).toMatchObject({ base_sha: tip, resumed: false })
    expect(await run.files()).toContain('tasks/bad/work.bundle')
    // The same task, defined anew: its new work takes the place of the old one.
    const three = await site.cli({ tasks: tasks(counting('bad', 'echo other > bad.txt; exit 1')) }, env)
    const last = await three.directory()
    expect(await last.text('tasks/bad/work.patch')).toContain('+other')
    expect(await last.text('before/bad/work.patch')).toContain('+bad')
  })
})

describe('a run in a terminal', () => {
  it('that was killed goes on under its own key: what was finished lands, what was running starts over', async () => {
    await using hub = await startWorkerHub()
    await using site = await startSite({ via: 'file' })
    const inputs = {
      tasks: tasks({ id: 'done', run: hub.command }, { id: 'cut', run: hub.command }),
      workers: '2',
      gate: hub.line('gate'),
    }
    const first = site.startCli(inputs)
    const [done, cut] = [await hub.next('done'), await hub.next('cut')]
    await done.write('done.txt', 'done\n')
    await done.exit()
    // Its candidate is at the gate, so its end is in the journal.
    await hub.next(start => start.label === 'gate')
    first.kill('SIGKILL')
    await first.done
    const second = site.startCli(inputs)
    await cut.ended
    await (await hub.next(start => start.label === 'gate')).exit()
    const again = await hub.next('cut')
    await again.write('cut.txt', 'cut\n')
    await again.exit()
    await (await hub.next(start => start.label === 'gate')).exit()
    const result = await second.done
    expect(result.code, result.stdout + result.stderr).toBe(0)
    expect(result.stdout).toContain('was cut off and goes on')
    const { summary, path } = await result.directory()
    expect(outcomes(summary)).toEqual({ done: 'landed', cut: 'landed' })
    expect(summary.run).toMatchObject({ resumed: true, key: (await keysIn(site))[0] })
    expect(await keysIn(site)).toHaveLength(1)
    expect(hub.starts.filter(start => start.taskId === 'done')).toHaveLength(1)
    expect(await processesWith(path, 5000)).toEqual([])
  })

  it('that was killed goes on from a checkout that was moved meanwhile', async () => {
    await using hub = await startWorkerHub()
    await using site = await startSite({ via: 'file' })
    const inputs = { tasks: tasks({ id: 'a', run: hub.command }), gate: hub.line('gate') }
    const first = site.startCli(inputs)
    const worker = await hub.next('a')
    await worker.write('a.txt', 'a\n')
    await worker.exit()
    await hub.next(start => start.label === 'gate')
    first.kill('SIGKILL')
    await first.done
    await rename(site.clone.path, `${site.clone.path}-moved`)
    const args = ['run', '--workspace-root', site.root, ...flags(inputs)]
    const second = startCli(`${site.clone.path}-moved`, args)
    await (await hub.next(start => start.label === 'gate' && start.running)).exit()
    const result = await second.done
    expect(outcomes((await result.directory()).summary), result.stdout).toEqual({ a: 'landed' })
    expect(hub.starts.filter(start => start.label !== 'gate')).toHaveLength(1)
  })

  it.each(['report', 'revert'])(
    'that was interrupted while it verified (%s) lands nothing twice: it verifies again',
    async answer => {
      await using hub = await startWorkerHub()
      await using site = await startSite({ via: 'file' })
      const starts = join(site.job.temp, 'starts')
      const inputs = {
        tasks: tasks({ id: 'a', run: 'echo a >> "$STARTS"; date +%N > a.txt' }),
        verify: hub.line('verify'),
        'on-verify-failure': answer,
      }
      const first = site.startCli(inputs, { STARTS: starts })
      await hub.next()
      first.kill('SIGINT')
      expect((await first.done).code).toBe(130)
      const second = site.startCli(inputs, { STARTS: starts })
      await (await hub.next()).exit()
      const result = await second.done
      expect(result.code, result.stdout).toBe(0)
      expect((await result.directory()).summary.verification.passed).toBe(true)
      expect([await landedOn(site), await startsIn(starts)]).toEqual([['a'], ['a']])
      expect(await keysIn(site)).toHaveLength(1)
      // That one came to its end.
      const third = site.startCli({ ...inputs, verify: 'true' }, { STARTS: starts })
      expect((await third.done).code).toBe(0)
      expect(await keysIn(site)).toHaveLength(2)
    },
  )

  it('that was told to stop and then killed goes on: the stop was for the process that is gone', async () => {
    await using hub = await startWorkerHub()
    await using site = await startSite({ via: 'file' })
    const inputs = {
      tasks: tasks({ id: 'a', run: hub.command }, { id: 'b', run: hub.command }),
      workers: '1',
    }
    const first = site.startCli(inputs)
    await hub.next('a')
    const [key = ''] = await keysIn(site)
    await writeFile(join(site.root, key, 'stop'), '')
    first.kill('SIGKILL')
    await first.done
    hub.each(async worker => {
      await worker.write(`${worker.taskId}.txt`, 'x\n')
      await worker.exit()
    })
    const again = await site.cli(inputs)
    expect(outcomes((await again.directory()).summary), again.stdout).toEqual({ a: 'landed', b: 'landed' })
    expect(await readdir(join(site.root, key))).not.toContain('stop')
    expect(await keysIn(site)).toEqual([key])
  })

  it('that came to its end, or is to start anew, or is about other tasks, has a key of its own', async () => {
    await using hub = await startWorkerHub()
    await using site = await startSite({ via: 'file' })
    hub.each(async worker => {
      await worker.write(`${worker.taskId}.txt`, 'x\n')
      await worker.exit()
    })
    const inputs = (id: string) => ({ tasks: tasks({ id, run: hub.command }) })
    await site.cli(inputs('a'))
    await site.cli(inputs('a'))
    expect(await keysIn(site)).toHaveLength(2)
    const running = await cutOff(site, hub)
    expect(await keysIn(site)).toHaveLength(3)
    await site.cli(inputs('other'))
    expect(await keysIn(site)).toHaveLength(4)
    const anew = await site.cli({ ...running, run: 'true', resume: 'false' })
    expect(anew.code, anew.stdout).toBe(0)
    expect(await keysIn(site)).toHaveLength(5)
  })

  it('keeps finished work of a task that is another one by the time it goes on', async () => {
    await using hub = await startWorkerHub()
    await using site = await startSite({ via: 'file' })
    const inputs = (run: string) => ({
      tasks: tasks({ id: 'a', run }, { id: 'b', run: 'true' }),
      gate: hub.line('gate'),
    })
    const first = site.startCli(inputs('echo one > a.txt'))
    await hub.next(start => start.label === 'gate')
    first.kill('SIGKILL')
    await first.done
    const second = site.startCli(inputs('echo two > a.txt'))
    await (await hub.next(start => start.label === 'gate' && start.running)).exit()
    const result = await second.done
    const run = await result.directory()
    expect(outcomes(run.summary), result.stdout).toEqual({ a: 'landed', b: 'unchanged' })
    expect(result.stdout).toContain('a: not the tasks of before')
    expect((await site.remote.files())['a.txt']).toBe('two\n')
    expect(await run.text('before/a/work.patch')).toContain('+one')
  })

  async function cutOff(site: Site, hub: WorkerHub): Promise<{ tasks: string }> {
    const held = { tasks: tasks({ id: 'held', run: hub.line('held') }) }
    const started = hub.next(start => start.label === 'held')
    const cli = site.startCli(held)
    await started
    cli.kill('SIGKILL')
    await cli.done
    return held
  }

  async function keysIn(site: Site): Promise<string[]> {
    return (await readdir(site.root)).filter(name => name.startsWith('local-'))
  }
})
