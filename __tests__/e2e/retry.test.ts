/** `fanout retry`: finished work lands without its worker, anything else starts anew, nothing lands twice, and the run of then stays as it was. */
import { cp, mkdir, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { StatusView } from '../../src/action/status-view.ts'
import { startArtifactServer } from '../rig/artifact-server.ts'
import { git } from '../rig/exec.ts'
import { type CliResult, outcomes, type Site, startCli, startSite, tasks } from '../rig/fanout.ts'
import { setRules } from '../rig/github-hooks.ts'
import { tempDir } from '../rig/temp.ts'
import { startWorkerHub } from '../rig/worker.ts'

/** Each start of a worker writes a line outside. */
const counting = (id: string, more = 'true') => ({
  id,
  run: `echo ${id} >> "$STARTS"; echo ${id} > ${id}.txt; ${more}`,
})

interface Night {
  readonly dir: string
  readonly env: Readonly<Record<string, string>>
  retry(words: readonly string[], cwd?: string): Promise<CliResult>
  starts(): Promise<string[]>
}

/** A run that has ended, to be retried. */
async function night(site: Site, inputs: Readonly<Record<string, string>>): Promise<Night> {
  const starts = join(site.job.temp, 'starts')
  const env = { STARTS: starts, GO: join(site.job.temp, 'go') }
  const ran = await site.cli(inputs, env)
  const dir = (await ran.directory()).path
  return {
    dir,
    env,
    retry: (words, cwd = site.clone.path) => startCli(cwd, ['retry', dir, ...words], env).done,
    starts: async () => (await readFile(starts, 'utf8')).split('\n').filter(Boolean).sort(),
  }
}

const landedOn = async (site: Site): Promise<string[]> => {
  const ids = await git(site.remote.path, 'log', '--format=%(trailers:key=Fanout-Task,valueonly)', 'main')
  return ids.split('\n').filter(Boolean)
}
const refuse = (site: Site) => setRules(site.remote.path, [{ kind: 'protected-branch' }])
const allow = (site: Site) => setRules(site.remote.path, [])
const errorsOf = ({ stderr }: CliResult) => stderr.trim().split('\n')
const statusOf = async (dir: string): Promise<StatusView> =>
  JSON.parse((await startCli('/', ['status', dir, '--json']).done).stdout)

describe('what is tried again', () => {
  test('finished work lands from the run directory, through the gate and without its worker', async () => {
    await using site = await startSite({ via: 'file' })
    await refuse(site)
    const gate = 'test -f README.md && echo "$FANOUT_TASK_IDS" >> "$STARTS.gates"'
    const list = tasks(counting('a'), counting('b'))
    const { dir, retry, starts, env } = await night(site, { tasks: list, gate, 'save-refs': 'false' })
    const before = await readFile(join(dir, 'summary.json'), 'utf8')
    await allow(site)
    await rm(`${env.STARTS}.gates`)
    const again = await retry(['--task', 'b'])
    expect(again.code, again.stdout + again.stderr).toBe(0)
    const run = await again.directory()
    expect(outcomes(run.summary)).toEqual({ a: 'skipped (only)', b: 'landed' })
    expect(await starts()).toEqual(['a', 'b'])
    expect(await readFile(`${env.STARTS}.gates`, 'utf8')).toBe('b\n')
    expect((await site.remote.files())['b.txt']).toBe('b\n')
    expect(again.stdout).toMatch(/b: kept work of an earlier run found, 1 file/)
    // A run of its own, beside the one of then, which keeps its words.
    expect(dirname(run.path)).toBe(dirname(dir))
    expect(run.path).not.toBe(dir)
    expect(await readFile(join(dir, 'summary.json'), 'utf8')).toBe(before)
    const status = await statusOf(dir)
    expect(status.retried).toEqual([{ id: 'b', outcome: 'landed', run_directory: run.path }])
    expect(status.needs_person.map(({ id }) => id)).toEqual(['a'])
    expect(status.headline).toContain('1 task finished by a retry since')
  })

  test('what has nothing saved starts anew, and so does what waited for it', async () => {
    await using site = await startSite({ via: 'file' })
    const list = tasks(
      counting('bad', 'test -f "$GO"'),
      { ...counting('after'), needs: 'bad' },
      counting('fine'),
    )
    const { dir, retry, starts, env } = await night(site, { tasks: list })
    await writeFile(env.GO ?? '', '')
    const again = await retry(['--task', 'after,bad'])
    expect(again.code, again.stdout + again.stderr).toBe(0)
    expect(outcomes((await again.directory()).summary)).toEqual({
      bad: 'landed',
      after: 'landed',
      fine: 'skipped (only)',
    })
    expect(await starts()).toEqual(['after', 'bad', 'bad', 'fine'])
    expect(await landedOn(site)).toEqual(['after', 'bad', 'fine'])
    expect(again.stdout).toMatch(/bad: started[\s\S]*landed bad[\s\S]*landed after/)
    expect((await statusOf(dir)).needs_person).toEqual([])
  })

  test('finished work that cannot land even so makes way for a new run of its worker', async () => {
    await using site = await startSite({ via: 'file' })
    const list = tasks({ id: 'a', run: 'echo a >> "$STARTS"; wc -l < "$STARTS" > count.txt' })
    const { retry, starts } = await night(site, {
      tasks: list,
      gate: 'test ! -f count.txt || grep -q 2 count.txt',
    })
    const again = await retry(['--task', 'a'])
    expect(outcomes((await again.directory()).summary), again.stdout).toEqual({ a: 'landed' })
    expect(await starts()).toEqual(['a', 'a'])
  })

  test('a task that is another one by now starts anew; so does one that is asked to', async () => {
    await using site = await startSite({ via: 'file' })
    await refuse(site)
    const file = join(site.clone.path, 'tasks.yml')
    await writeFile(file, tasks(counting('a'), counting('b')))
    const { retry, starts } = await night(site, { tasks: 'tasks.yml', 'save-refs': 'false' })
    await allow(site)
    await writeFile(file, tasks(counting('a', 'echo more >> a.txt'), counting('b')))
    expect((await retry(['--task', 'a'])).code).toBe(0)
    expect((await retry(['--task', 'b', '--resume', 'false'])).code).toBe(0)
    expect((await site.remote.files())['a.txt']).toBe('a\nmore\n')
    expect(await starts()).toEqual(['a', 'a', 'b', 'b'])
  })

  test('the inputs are those of the run, but for what is given now; it lands on the branch of then', async () => {
    await using site = await startSite({ via: 'file' })
    await site.remote.commit({ branch: 'next', files: { 'README.md': 'next\n' } })
    await mkdir(join(site.clone.path, 'sub'))
    await writeFile(join(site.clone.path, 'sub', 'list.yml'), tasks({ id: 'a' }, { id: 'b' }))
    const inputs = { branch: 'next', run: 'exit 3', 'commit-message': 'chore: {id}' }
    const from = ['run', '--tasks', 'list.yml', '--workspace-root', site.root]
    const words = Object.entries(inputs).flatMap(([name, value]) => [`--${name}`, value])
    const ran = await startCli(join(site.clone.path, 'sub'), [...from, ...words]).done
    const { path } = await ran.directory()
    const again = await startCli(site.clone.path, ['retry', path, '--task', 'a', '--run', 'echo a > a.txt'])
      .done
    expect(again.code, again.stdout + again.stderr).toBe(0)
    expect(await site.remote.log('next')).toMatch(/^chore: a \[Fanout-Task: a\]/)
    expect((await again.directory()).path).toContain(site.root)
  })
})

describe('exactly once', () => {
  test('what has landed meanwhile, by a retry or by another run, is found and does not land again', async () => {
    await using site = await startSite({ via: 'file' })
    await refuse(site)
    const list = tasks(counting('a'), counting('b'))
    const { retry, starts } = await night(site, { tasks: list, 'save-refs': 'false' })
    await allow(site)
    expect((await retry(['--task', 'a'])).code).toBe(0)
    // Whatever became of it on the branch since.
    await site.remote.commit({ files: { 'a.txt': null } })
    const tip = await site.remote.tip()
    const twice = await retry(['--task', 'a'])
    expect(outcomes((await twice.directory()).summary)).toMatchObject({ a: 'landed' })
    expect(twice.stdout).toContain('a: has landed before as')
    expect(await site.remote.tip()).toBe(tip)
    // Another run with the very task.
    await site.cli({ tasks: list, only: 'b' }, { STARTS: join(site.job.temp, 'starts') })
    const late = await retry(['--task', 'b'])
    expect(late.stdout).toContain('b: has landed before as')
    expect(await landedOn(site)).toEqual(['b', 'a'])
    expect(await starts()).toEqual(['a', 'b', 'b'])
  })

  test('a retry does not run beside another run on its branch', async () => {
    await using hub = await startWorkerHub()
    await using site = await startSite({ via: 'file' })
    const { retry } = await night(site, { tasks: tasks({ id: 'bad', run: 'exit 1' }) })
    const other = site.startCli({ tasks: tasks({ id: 'other', run: hub.command }) })
    const worker = await hub.next('other')
    const refused = await retry(['--task', 'bad'])
    expect(refused).toMatchObject({ code: 1, stderr: expect.stringMatching(/^error: Another run \(local-/) })
    await worker.exit()
    expect((await other.done).code).toBe(0)
  })

  test('a retry that was killed goes on: its finished worker does not run again, and nothing lands twice', async () => {
    await using site = await startSite({ via: 'file' })
    await using hub = await startWorkerHub()
    const { dir, retry, starts, env } = await night(site, { tasks: tasks(counting('a', 'test -f "$GO"')) })
    await writeFile(env.GO!, '')
    const words = ['--task', 'a', '--gate', hub.line('gate')]
    const killed = startCli(site.clone.path, ['retry', dir, ...words], env)
    const gate = await hub.next(start => start.label === 'gate')
    killed.kill('SIGKILL')
    await Promise.all([killed.done, gate.exit(1)])
    const again = startCli(site.clone.path, ['retry', dir, ...words], env)
    await (await hub.next(start => start.label === 'gate')).exit(0)
    const { code, stdout, stderr } = await again.done
    expect(code, stdout + stderr).toBe(0)
    expect(await starts()).toEqual(['a', 'a'])
    expect(await landedOn(site)).toEqual(['a'])
    // That one came to its end: another is a retry of its own, which finds that it has landed.
    const third = await retry(words)
    expect(third.code, third.stdout + third.stderr).toBe(0)
    expect(await landedOn(site)).toEqual(['a'])
    expect(await starts()).toEqual(['a', 'a'])
  })

  test('a run that goes on knows what another run has landed of it meanwhile', async () => {
    await using site = await startSite({ via: 'file' })
    await using hub = await startWorkerHub()
    const starts = join(site.job.temp, 'starts')
    const inputs = { tasks: tasks(counting('a'), counting('b')), 'verify-when': 'never' }
    const killed = site.startCli({ ...inputs, gate: hub.line('gate') }, { STARTS: starts })
    const gate = await hub.next(start => start.label === 'gate')
    killed.kill('SIGKILL')
    await Promise.all([killed.done, gate.exit(1)])
    const other = await site.cli({ ...inputs, resume: 'false' }, { STARTS: starts })
    expect(other.code, other.stdout).toBe(0)
    const again = await site.cli(inputs, { STARTS: starts })
    expect(again.code, again.stdout).toBe(0)
    expect((await landedOn(site)).sort()).toEqual(['a', 'b'])
  })

  test('the run that is retried is not cleared away as too old', async () => {
    await using site = await startSite({ via: 'file' })
    await refuse(site)
    const inputs = { tasks: tasks(counting('a')), 'save-refs': 'false', 'workspace-retention-hours': '1' }
    const { dir, retry, starts } = await night(site, inputs)
    await allow(site)
    const yesterday = new Date(Date.now() - 24 * 3600_000)
    for (const name of ['.', ...(await readdir(dir))]) await utimes(join(dir, name), yesterday, yesterday)
    expect((await retry(['--task', 'a'])).code).toBe(0)
    expect(await starts()).toEqual(['a'])
    expect(await readdir(dir)).toContain('summary.json')
  })
})

test('an artifact of last night is retried in a checkout of the morning', async () => {
  await using artifacts = await startArtifactServer()
  await using site = await startSite({ server: { host: 'git.localhost' }, job: { actionEnv: artifacts.env } })
  await refuse(site)
  const marks = join(site.job.temp, 'starts')
  const list = { '.github/tasks.yml': tasks(counting('a'), counting('b', 'exit 4')) }
  await site.remote.commit({ files: list })
  await site.clone.git('pull', '--quiet')
  const ran = await site.run({ tasks: '.github/tasks.yml', 'save-refs': 'false' }, { STARTS: marks })
  expect(outcomes((await ran.directory()).summary)).toMatchObject({ a: 'blocked-push (protected-branch)' })
  await allow(site)

  await using morning = await site.remote.clone({ as: 'user', token: site.token })
  await using download = await tempDir('artifact')
  for (const [name, content] of artifacts.unzip('fanout-1-1')) {
    await mkdir(dirname(join(download.path, name)), { recursive: true })
    await writeFile(join(download.path, name), content)
  }
  const env = { STARTS: marks, GITHUB_TOKEN: site.token, GITHUB_SERVER_URL: site.server.url }
  const status = await statusOf(download.path)
  expect(status.next_steps[0]?.what).toContain('in a checkout of the repository')
  const words = ['retry', download.path, '--task', 'a', '--workspace-root', site.root]
  const again = await startCli(morning.path, words, env).done
  expect(again.code, again.stdout + again.stderr).toBe(0)
  expect((await readFile(marks, 'utf8')).split('\n').sort()).toEqual(['', 'a', 'b'])
  expect((await site.remote.files())['a.txt']).toBe('a\n')
  expect(await readdir(download.path)).not.toContain('store.git')
})

test('what is left of a run that was cut off is retried from its artifact, the named tasks alone', async () => {
  await using site = await startSite({ via: 'file' })
  await refuse(site)
  const { dir, env, starts } = await night(site, {
    tasks: tasks(counting('a'), counting('b')),
    'save-refs': 'false',
  })
  await allow(site)
  await using download = await tempDir('artifact')
  await cp(dir, download.path, { recursive: true, filter: path => !/store\.git|summary\.json/.test(path) })
  const none = await startCli(site.clone.path, ['retry', download.path], env).done
  expect(none).toMatchObject({ code: 1, stderr: expect.stringMatching(/^error: No task is named\./) })
  const again = await startCli(site.clone.path, ['retry', download.path, '--task', 'b'], env).done
  expect(again.code, again.stdout + again.stderr).toBe(0)
  expect(outcomes((await again.directory()).summary)).toEqual({ a: 'skipped (only)', b: 'landed' })
  expect(await starts()).toEqual(['a', 'b'])
})

describe('what cannot be retried', () => {
  test('is told all at once: tasks, arguments, inputs', async () => {
    await using site = await startSite({ via: 'file' })
    const list = tasks(counting('fine'), counting('bad', 'exit 1'), { id: 'same', run: 'true' })
    const { dir, retry } = await night(site, { tasks: list })
    const before = await readdir(site.root)
    expect(
      errorsOf(await retry(['--task', 'fine,bda', '--task', 'same', '--workers', '0', '--onyl', 'x'])),
    ).toEqual([
      'error: unknown option --onyl: fanout retry takes none of that name; fanout retry --help lists all',
      `error: input 'workers': expected auto or a whole number from 1 to 256, got "0"`,
      expect.stringMatching(/^error: Task fine has landed as [0-9a-f]{40} in this run\. .* run --only fine/),
      'error: There is no task "bda" in this run. Ids are exact. Did you mean bad?',
      expect.stringMatching(/^error: Task same has changed nothing in this run\./),
    ])
    expect(errorsOf(await retry([]))).toEqual([
      'error: No task is named. A retry takes the tasks that are to be tried again. Add --task bad',
    ])
    expect(await readdir(site.root)).toEqual(before)
    expect(await readdir(dir)).not.toContain('retries.ndjson')
  })

  test('a task that is in the tasks file no more', async () => {
    await using site = await startSite({ via: 'file' })
    const file = join(site.clone.path, 'tasks.yml')
    await writeFile(file, tasks(counting('bad', 'exit 1')))
    const { retry } = await night(site, { tasks: 'tasks.yml' })
    await writeFile(file, tasks(counting('other')))
    expect(errorsOf(await retry(['--task', 'bad']))).toEqual([
      `error: input 'only': expected ids of tasks in tasks.yml, got "bad"`,
    ])
    await rm(file)
    expect(errorsOf(await retry(['--task', 'bad']))[0]).toContain('there is no such file')
  })

  test('a dry run, and a run of another repository', async () => {
    await using site = await startSite({ via: 'file' })
    await using other = await startSite({ via: 'file' })
    const list = tasks({ id: 'bad', run: 'exit 1' })
    const dry = await night(site, { tasks: list, 'dry-run': 'true' })
    expect((await dry.retry(['--task', 'bad'])).stderr).toMatch(/^error: That was a dry run\./)
    const { retry } = await night(site, { tasks: list })
    const elsewhere = await retry(['--task', 'bad'], other.clone.path)
    expect(elsewhere.stderr).toMatch(/^error: This is a checkout of .*, and the run was one of /)
  })

  test('a run with an input that held a secret, until that is given again', async () => {
    await using site = await startSite({ via: 'file' })
    const secret = 'sk-0123456789abcdef'
    const inputs = { tasks: tasks({ id: 'a' }), run: `echo ${secret}; exit 1`, token: 'ghs_0123456789' }
    const ran = await site.cli(inputs, { AGENT_API_KEY: secret })
    const { path, json } = await ran.directory()
    expect(await json('inputs.json')).toMatchObject({ left_out: ['run', 'token'] })
    expect(await readFile(join(path, 'inputs.json'), 'utf8')).not.toMatch(/sk-0123|ghs_0123/)
    const without = await startCli(site.clone.path, ['retry', path, '--task', 'a']).done
    expect(without.stderr).toContain('error: The input run of that run is not known. It held a secret')
    const given = await startCli(site.clone.path, ['retry', path, '--task', 'a', '--run', 'echo a > a.txt'])
      .done
    expect(given.code, given.stdout + given.stderr).toBe(0)
  })

  test('a run whose inputs are gone, until they are given again', async () => {
    await using site = await startSite({ via: 'file' })
    const list = tasks(counting('bad', 'test -f "$GO"'))
    const { dir, retry, env } = await night(site, { tasks: list })
    await rm(join(dir, 'inputs.json'))
    expect(errorsOf(await retry(['--task', 'bad']))).toEqual([
      expect.stringMatching(/^error: The inputs of that run are not known\..* Give them again: --tasks/),
    ])
    await writeFile(env.GO ?? '', '')
    const given = await retry(['--task', 'bad', '--tasks', list, '--workspace-root', site.root])
    expect(given.code, given.stdout + given.stderr).toBe(0)
  })
})
