/** A run that was cut off, or came to its end, is run again: in the same directory, with nothing but the branch, from an artifact. */
import { readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type ArtifactServer, startArtifactServer } from '../rig/artifact-server.ts'
import { eventsIn, headIn, killWithFamily } from '../rig/chaos.ts'
import { git } from '../rig/exec.ts'
import { flags, outcomes, type Site, startCli, startSite, tasks } from '../rig/fanout.ts'
import { setRules } from '../rig/github-hooks.ts'
import { processesWith } from '../rig/leftovers.ts'
import { linesIn } from '../rig/temp.ts'
import { startWorkerHub, type WorkerHub } from '../rig/worker.ts'

const RUN = { GITHUB_RUN_ID: '77', GITHUB_RUN_ATTEMPT: '1' }
const attempt = (n: number) => ({ ...RUN, GITHUB_RUN_ATTEMPT: String(n) })

/** Each start of a worker writes a line outside. */
const counting = (id: string, more = '') => ({
  id,
  run: `echo ${id} >> "$STARTS"; echo ${id} > ${id}.txt; ${more}`,
})

async function startsIn(file: string): Promise<string[]> {
  return (await linesIn(file)).sort()
}

async function landedOn({ remote }: Site): Promise<string[]> {
  return (await remote.trailers('Fanout-Task')).sort()
}

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
    await site.clone.git('fetch', '--quiet', join(first.path, 'tasks/a/work.bundle'), 'fanout/a')
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
  it.each([
    ['store.git', ['a', 'a', 'b']],
    ['journal.ndjson', ['a', 'a', 'b']],
    ['internal', ['a', 'b']],
    ['tasks', ['a', 'b']],
    ['state.json', ['a', 'b']],
  ])('%s: every task lands once', async (gone, starts) => {
    await using hub = await startWorkerHub()
    await using site = await startSite({ via: 'file' })
    const env = { ...RUN, STARTS: join(site.job.temp, 'starts') }
    const inputs = { tasks: tasks(counting('a'), { ...counting('b'), needs: 'a' }), gate: hub.line('gate') }
    const first = site.startCli(inputs, env)
    await hub.next(start => start.label === 'gate')
    await killWithFamily(first.child.pid!, site.root)
    await first.done
    await rm(join(site.root, '77-1', gone), { recursive: true, force: true })
    hub.each(gate => gate.exit())
    const again = await site.cli(inputs, env)
    expect(outcomes((await again.directory()).summary), again.stdout).toEqual({ a: 'landed', b: 'landed' })
    expect(await startsIn(env.STARTS)).toEqual(starts)
    expect(await landedOn(site)).toEqual(['a', 'b'])
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
    expect(result.stdout).toContain('a changed since')
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

describe('the next night', () => {
  it('lands what a protected branch refused, through the gate and without starting the worker', async () => {
    await using site = await startSite({ via: 'file' })
    const starts = join(site.job.temp, 'starts')
    const inputs = { tasks: tasks(counting('a'), counting('b')), gate: 'test -f README.md' }
    await setRules(site.remote.path, [{ kind: 'protected-branch', ref: 'refs/heads/main' }])
    const today = await site.cli(inputs, { GITHUB_RUN_ID: '1', GITHUB_RUN_ATTEMPT: '1', STARTS: starts })
    const blocked = 'blocked-push (protected-branch)'
    expect(outcomes((await today.directory()).summary), today.stdout).toEqual({ a: blocked, b: blocked })
    expect(await savedRefs(site)).toHaveLength(2)
    await setRules(site.remote.path, [])
    await rm(site.root, { recursive: true })
    const next = await site.cli(inputs, { GITHUB_RUN_ID: '2', GITHUB_RUN_ATTEMPT: '1', STARTS: starts })
    expect(outcomes((await next.directory()).summary), next.stdout).toEqual({ a: 'landed', b: 'landed' })
    expect(await startsIn(starts)).toEqual(['a', 'b'])
    expect(await savedRefs(site)).toEqual([])
  })

  it('says on the branch that it landed it: with nothing else, a re-run does not start the worker', async () => {
    await using site = await startSite({ via: 'file' })
    const starts = join(site.job.temp, 'starts')
    const inputs = { tasks: tasks(counting('a'), counting('b', 'test -f "$GO"')) }
    const env = { STARTS: starts, GO: join(site.job.temp, 'go') }
    await setRules(site.remote.path, [{ kind: 'protected-branch', ref: 'refs/heads/main' }])
    await site.cli(inputs, { ...env, GITHUB_RUN_ID: '1', GITHUB_RUN_ATTEMPT: '1' })
    await setRules(site.remote.path, [])
    const next = await site.cli(inputs, { ...env, ...attempt(1) })
    expect(outcomes((await next.directory()).summary)).toMatchObject({ a: 'landed' })
    expect(await site.remote.trailers('Fanout-Run')).toEqual(['77-1'])
    const base = (await next.directory()).summary.run.base_sha
    await rm(site.root, { recursive: true })
    await writeFile(env.GO, '')
    const again = await site.cli(inputs, { ...env, ...attempt(2) })
    const { summary } = await again.directory()
    expect(outcomes(summary), again.stdout).toEqual({ a: 'landed', b: 'landed' })
    expect(summary.run).toMatchObject({ base_sha: base, resumed: true })
    expect((await startsIn(starts)).filter(id => id === 'a')).toHaveLength(1)
  })

  it('keeps the work of before where it cannot land any more and its worker fails', async () => {
    await using site = await startSite({ via: 'file' })
    const file = join(site.job.temp, 'second')
    const inputs = { tasks: tasks({ id: 'a', run: `test ! -f ${file}; echo a > a.txt` }) }
    await setRules(site.remote.path, [{ kind: 'protected-branch', ref: 'refs/heads/main' }])
    await site.cli(inputs, RUN)
    await setRules(site.remote.path, [])
    await site.remote.commit({ files: { 'a.txt': 'by somebody else\n' } })
    await writeFile(file, '')
    const again = await site.cli(inputs, RUN)
    const run = await again.directory()
    expect(outcomes(run.summary), again.stdout).toEqual({ a: 'failed (worker-exit)' })
    expect((await run.files()).filter(name => /blocked-push|work\./.test(name))).toEqual([
      'tasks/a/work.bundle',
      'tasks/a/work.patch',
    ])
    expect(await run.text('tasks/a/work.patch')).toContain('+a')
  })

  it('kept work waits for what its task needs', async () => {
    await using hub = await startWorkerHub()
    await using site = await startSite({ via: 'file' })
    const list = tasks({ id: 'b', needs: 'a', run: hub.command }, { id: 'a', run: hub.command })
    const first = site.startCli({ tasks: list, gate: 'test ! -f b.txt' }, attempt(1))
    await (await hub.next('a')).exit()
    const b = await hub.next('b')
    await setRules(site.remote.path, [{ kind: 'protected-branch', ref: 'refs/heads/main' }])
    await b.write('c.txt', 'b\n')
    await b.exit()
    expect(outcomes((await (await first.done).directory()).summary)).toMatchObject({ a: 'unchanged' })
    await setRules(site.remote.path, [])
    const next = site.startCli({ tasks: list }, { GITHUB_RUN_ID: '78', GITHUB_RUN_ATTEMPT: '1' })
    const a = await hub.next('a')
    expect(await site.remote.files()).not.toHaveProperty('c.txt')
    await a.write('a.txt', 'a\n')
    await a.exit()
    const result = await next.done
    expect(outcomes((await result.directory()).summary), result.stdout).toEqual({ a: 'landed', b: 'landed' })
    expect(await site.remote.trailers('Fanout-Task')).toEqual(['a', 'b'])
    expect(hub.starts.map(start => start.taskId)).toEqual(['a', 'b', 'a'])
  })

  async function savedRefs(site: Site): Promise<string[]> {
    return Object.keys(await site.remote.refs()).filter(ref => ref.startsWith('refs/fanout/'))
  }
})

describe('the next attempt on the same machine', () => {
  /** Attempt 1 is refused by the server; its run directory is left. */
  async function refused(site: Site) {
    const starts = join(site.job.temp, 'starts')
    const inputs = { tasks: tasks(counting('a')), 'save-refs': 'false' }
    await setRules(site.remote.path, [{ kind: 'protected-branch' }])
    const first = await site.cli(inputs, { ...attempt(1), STARTS: starts })
    expect(outcomes((await first.directory()).summary)).toEqual({ a: 'blocked-push (protected-branch)' })
    await setRules(site.remote.path, [])
    const second = () => site.cli(inputs, { ...attempt(2), STARTS: starts })
    return { dir: join(site.root, '77-1'), inputs, starts, second }
  }

  it.each(['store.git', 'tasks/a/work.bundle'])(
    'lands finished work without its worker, also without %s',
    async gone => {
      await using site = await startSite({ via: 'file' })
      const { dir, starts, second } = await refused(site)
      await rm(join(dir, gone), { recursive: true })
      const { stdout, directory } = await second()
      expect(outcomes((await directory()).summary), stdout).toEqual({ a: 'landed' })
      expect(await startsIn(starts)).toEqual(['a'])
    },
  )

  it('starts the worker again where its work is gone, or is not what the journal says', async () => {
    await using site = await startSite({ via: 'file' })
    const { dir, starts, second } = await refused(site)
    const bundle = join(dir, 'tasks', 'a', 'work.bundle')
    await git(site.clone.path, 'checkout', '--quiet', '-b', 'fanout/a')
    await site.clone.commit({ 'a.txt': 'foisted\n' }, 'foisted\n\nFanout-Task: a')
    await git(site.clone.path, 'bundle', 'create', '--quiet', bundle, 'fanout/a', '^main')
    await git(site.clone.path, 'checkout', '--quiet', 'main')
    await rm(join(dir, 'store.git'), { recursive: true })
    const { stdout, directory } = await second()
    expect(outcomes((await directory()).summary), stdout).toEqual({ a: 'landed' })
    expect(stdout).toContain('its work is not there any more')
    expect(await startsIn(starts)).toEqual(['a', 'a'])
    expect((await site.remote.files())['a.txt']).toBe('a\n')
  })

  it('fetches the commit that the work was made upon where the new checkout does not reach back to it', async () => {
    await using site = await startSite({ via: 'file' })
    const { dir, starts, inputs } = await refused(site)
    await rm(join(dir, 'store.git'), { recursive: true })
    await site.remote.commit({ files: { 'other.txt': 'by somebody else\n' } })
    await using fresh = await site.remote.clone({ as: 'checkout' })
    const args = ['run', '--workspace-root', site.root, ...flags(inputs)]
    const { stdout, directory } = await startCli(fresh.path, args, { ...attempt(2), STARTS: starts }).done
    expect(outcomes((await directory()).summary), stdout).toEqual({ a: 'landed' })
    expect(await startsIn(starts)).toEqual(['a'])
    expect((await site.remote.files())['other.txt']).toBe('by somebody else\n')
  })
})

describe('the next attempt on another machine', () => {
  /** Attempt 1: `kept` is finished and refused, `same` changes nothing, `bad` fails. Its machine is gone then. */
  async function firstAttempt(site: Site, more: Readonly<Record<string, string>> = {}) {
    const starts = join(site.job.temp, 'starts')
    const go = join(site.job.temp, 'go')
    const inputs = {
      tasks: tasks(
        counting('kept'),
        { id: 'same', run: 'echo same >> "$STARTS"' },
        counting('bad', 'test -f "$GO"'),
      ),
      'save-refs': 'false',
      ...more,
    }
    const env = { STARTS: starts, GO: go, ...attempt(1) }
    await setRules(site.remote.path, [{ kind: 'protected-branch' }])
    const ran = await site.run({ ...inputs, 'workspace-root': join(site.job.temp, 'm1') }, env)
    expect(outcomes((await ran.directory()).summary)).toEqual({
      kept: 'blocked-push (protected-branch)',
      same: 'unchanged',
      bad: 'failed (worker-exit)',
    })
    await setRules(site.remote.path, [])
    await rm(join(site.job.temp, 'm1'), { recursive: true })
    await writeFile(go, '')
    const second = async (env2: Readonly<Record<string, string>> = {}) =>
      site.run({ ...inputs, 'workspace-root': join(site.job.temp, 'm2') }, { ...env, ...attempt(2), ...env2 })
    return { starts, second }
  }

  async function withArtifacts(): Promise<AsyncDisposable & { artifacts: ArtifactServer; site: Site }> {
    await using stack = new AsyncDisposableStack()
    const artifacts = stack.use(await startArtifactServer())
    // The client refuses a server that is neither GitHub's nor of this kind.
    const server = { host: 'git.localhost' }
    const site = stack.use(await startSite({ server, job: { actionEnv: artifacts.env } }))
    const owned = stack.move()
    return { artifacts, site, [Symbol.asyncDispose]: () => owned.disposeAsync() }
  }

  it.each([
    ['fanout-77-1', {}],
    ['mine', { 'artifact-name': 'mine' }],
  ])('lands finished work from the artifact %s and starts only what had failed', async (name, more) => {
    await using bed = await withArtifacts()
    const { site, artifacts } = bed
    const { starts, second } = await firstAttempt(site, more)
    expect([...artifacts.artifacts.keys()]).toEqual([name])
    const ran = await second()
    const { summary } = await ran.directory()
    expect(outcomes(summary), ran.text).toEqual({ kept: 'landed', same: 'unchanged', bad: 'landed' })
    expect(summary.run.resumed).toBe(true)
    expect(await startsIn(starts)).toEqual(['bad', 'bad', 'kept', 'same'])
    expect(await landedOn(site)).toEqual(['bad', 'kept'])
    // A name is taken once in a workflow run: the second attempt's has its number.
    expect([...artifacts.artifacts.keys()]).toEqual([name, name === 'mine' ? 'mine-2' : 'fanout-77-2'])
  })

  it('knows its own artifact among those of other jobs of the same workflow run', async () => {
    await using bed = await withArtifacts()
    const { site, artifacts } = bed
    const starts = join(site.job.temp, 'starts')
    const job = (id: string, n: number) =>
      site.run(
        {
          tasks: tasks(counting(id)),
          'save-refs': 'false',
          'workspace-root': join(site.job.temp, `${id}${n}`),
        },
        { ...attempt(n), STARTS: starts },
      )
    await setRules(site.remote.path, [{ kind: 'protected-branch' }])
    for (const id of ['a', 'b', 'c']) await job(id, 1)
    expect([...artifacts.artifacts.keys()]).toEqual(['fanout-77-1', 'fanout-77-1-2', 'fanout-77-1-3'])
    await setRules(site.remote.path, [])
    for (const id of ['a', 'b', 'c'])
      expect(outcomes((await (await job(id, 2)).directory()).summary)).toEqual({ [id]: 'landed' })
    expect(await startsIn(starts)).toEqual(['a', 'b', 'c'])
  })

  it('goes on without it where the service is down or talks nonsense: that is a notice', async () => {
    await using bed = await withArtifacts()
    const { site, artifacts } = bed
    const { starts, second } = await firstAttempt(site)
    artifacts.fault({ on: 'ListArtifacts', status: 403 })
    const ran = await second()
    expect(outcomes((await ran.directory()).summary), ran.text).toEqual({
      kept: 'landed',
      same: 'unchanged',
      bad: 'landed',
    })
    expect(ran.annotations).toContainEqual(
      expect.objectContaining({ level: 'notice', message: expect.stringContaining('could not be read') }),
    )
    expect(await startsIn(starts)).toEqual(['bad', 'bad', 'kept', 'kept', 'same', 'same'])
    expect(artifacts.leftoverFaults()).toEqual([])
  })
})
