/** Reverts reach the branch by the lane's rules, and a run that goes on later knows of them. */
import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { git } from '../rig/exec.ts'
import { outcomes, type RunDirectory, type Site, startSite, tasks } from '../rig/fanout.ts'

const change = (id: string): { id: string; run: string } => ({ id, run: `echo ${id} > ${id}.txt` })
const THREE = tasks(change('t1'), change('bad'), change('t3'))
const LANDED = { t1: 'landed', bad: 'landed', t3: 'landed' }
const REVERTED = { ...LANDED, bad: 'reverted (verification)' }
const INPUTS = {
  tasks: THREE,
  workers: '1',
  'max-batch': '1',
  verify: '[ ! -e bad.txt ]',
  'on-verify-failure': 'revert',
  'push-backoff-ms': '20',
  upload: 'false',
}
/** Requests of three landings, before the first of the reverts. */
const PUSHES = 3

const green = (at: Site): string => join(at.job.temp, 'green')
const reverts = async (at: Site): Promise<string[]> =>
  (await at.remote.log('main', { trailers: [] })).split('\n').filter(line => line.startsWith('Revert'))
const pushes = ({ events }: RunDirectory): string[] =>
  events.flatMap(event =>
    event.type === 'pushed' && event.layers.length === 0
      ? [event.result.kind === 'refused' ? event.result.refusal.code : event.result.kind]
      : [],
  )

describe('the gate', () => {
  it('is asked about the reverts, each by itself where every commit is to pass it', async () => {
    await using at = await startSite({ via: 'file' })
    const ran = await at.cli({
      ...INPUTS,
      tasks: tasks(change('bad'), change('t2'), change('worse'), change('t4')),
      verify: '[ ! -e bad.txt ] && [ ! -e worse.txt ]',
      gate: `git rev-parse 'HEAD^{tree}' >> '${green(at)}'`,
    })
    const directory = await ran.directory()
    expect(outcomes(directory.summary)).toEqual({
      ...{ bad: 'reverted (verification)', worse: 'reverted (verification)', t2: 'landed', t4: 'landed' },
    })
    expect(await reverts(at)).toEqual(['Revert "bad"', 'Revert "worse"'])
    expect(pushes(directory)).toEqual(['landed', 'landed'])
    const seen = (await readFile(green(at), 'utf8')).trim().split('\n')
    const trees = (await git(at.remote.path, 'log', '-6', '--format=%T', 'main')).split('\n')
    expect(trees.filter(tree => !seen.includes(tree))).toEqual([])
    expect(directory.summary.landing.gates_run).toBe(seen.length)
    // No tree is gated twice.
    expect(new Set(seen).size).toBe(seen.length)
  })

  it('that is red without the culprit keeps it on the branch, and the run says so', async () => {
    await using at = await startSite({ via: 'file' })
    const ran = await at.cli({ ...INPUTS, gate: '[ ! -e t3.txt ] || [ -e bad.txt ]', 'gate-retries': '0' })
    const directory = await ran.directory()
    expect(outcomes(directory.summary)).toEqual(LANDED)
    expect(directory.summary.verification).toMatchObject({ passed: false, culprits: ['bad'] })
    expect(ran.stdout).toMatch(/Not reverted: bad\. The branch without it does not pass the gate/)
    expect(pushes(directory)).toEqual([])
    expect(await reverts(at)).toEqual([])
    expect(ran.code).toBe(1)
  })
})

describe('the default verification, `make verify`', () => {
  it('cannot fail where there is no such target: the task that brought a red one is taken back', async () => {
    await using at = await startSite({ via: 'file' })
    const red = { id: 'bad', run: `printf 'verify:\\n\\tfalse\\n' > Makefile` }
    const { verify: _, ...inputs } = INPUTS
    const ran = await at.cli({ ...inputs, tasks: tasks(change('t1'), red, change('t3')) })
    const { summary } = await ran.directory()
    expect(outcomes(summary)).toEqual(REVERTED)
    expect(summary.verification.culprits).toEqual(['bad'])
    expect(Object.keys(await at.remote.files())).not.toContain('Makefile')
  })
})

describe('the push', () => {
  it('that loses races is made again upon the new tip, and what came in between stays', async () => {
    await using at = await startSite()
    let theirs = 0
    at.server.fault({
      ...{ on: 'push', skip: PUSHES, times: 2 },
      before: () => at.remote.commit({ files: { [`theirs-${++theirs}.txt`]: 'x\n' }, message: 'theirs' }),
    })
    const ran = await at.run({ ...INPUTS, gate: `git rev-parse 'HEAD^{tree}' >> '${green(at)}'` })
    const directory = await ran.directory()
    expect(outcomes(directory.summary)).toEqual(REVERTED)
    expect(pushes(directory)).toEqual(['race', 'race', 'landed'])
    expect(directory.summary.landing).toMatchObject({ pushes: 4, push_attempts: 6, races_lost: 2 })
    expect(await reverts(at)).toEqual(['Revert "bad"'])
    const files = Object.keys(await at.remote.files())
    expect(files).toEqual(expect.arrayContaining(['theirs-1.txt', 'theirs-2.txt', 't1.txt', 't3.txt']))
    expect(files).not.toContain('bad.txt')
    const seen = (await readFile(green(at), 'utf8')).trim().split('\n')
    expect(seen).toContain(await git(at.remote.path, 'rev-parse', 'main^{tree}'))
  })

  it('that loses every race ends after the attempts, and the run says so', async () => {
    await using at = await startSite()
    let theirs = 0
    at.server.fault({
      ...{ on: 'push', skip: PUSHES, times: 3 },
      before: () => at.remote.commit({ files: { 'theirs.txt': `${++theirs}\n` }, message: 'theirs' }),
    })
    const ran = await at.run({ ...INPUTS, 'max-push-attempts': '3' })
    const directory = await ran.directory()
    expect(outcomes(directory.summary)).toEqual(LANDED)
    expect(pushes(directory)).toEqual(['race', 'race', 'race'])
    expect(at.server.leftoverFaults()).toEqual([])
    expect(directory.summary.verification.culprits).toEqual(['bad'])
    expect(ran.text).toMatch(/Not reverted: bad\./)
    expect(ran.outcome).toBe('failure')
  })

  it('whose answer is lost has landed all the same, once', async () => {
    await using at = await startSite()
    at.server.fault({ on: 'push', skip: PUSHES, resetResponse: true })
    const ran = await at.run(INPUTS)
    const directory = await ran.directory()
    expect(outcomes(directory.summary)).toEqual(REVERTED)
    expect(await reverts(at)).toEqual(['Revert "bad"'])
    expect(at.server.leftoverFaults()).toEqual([])
  })

  it('that is refused for good is tried once, and the reason is told', async () => {
    await using at = await startSite()
    at.server.fault({ on: 'push', skip: PUSHES, times: 100, status: 403 })
    const ran = await at.run(INPUTS)
    const directory = await ran.directory()
    expect(outcomes(directory.summary)).toEqual(LANDED)
    expect(pushes(directory)).toEqual(['auth'])
    expect(ran.text).toMatch(/Not reverted: bad\. .+/)
    expect(directory.summary.verification.culprits).toEqual(['bad'])
  })
})

it('a conflict that only came up upon the new tip is reported, and not forced', async () => {
  await using at = await startSite()
  at.server.fault({
    ...{ on: 'push', skip: PUSHES },
    before: () => at.remote.commit({ files: { 'bad.txt': 'theirs\n' }, message: 'theirs' }),
  })
  const ran = await at.run(INPUTS)
  const directory = await ran.directory()
  expect(outcomes(directory.summary)).toEqual(LANDED)
  expect(ran.text).toMatch(/Not reverted: bad\. The revert of bad conflicts .*\(bad\.txt\)/)
  expect((await at.remote.files())['bad.txt']).toBe('theirs\n')
})

it('with bookkeeping the task is back in the tasks file, and out of the done file', async () => {
  const list = ['t1', 'bad', 't3', 't4'].map(id => `# on ${id}\n- id: ${id}\n  run: echo ${id} > ${id}.txt\n`)
  const later = '- id: later\n  run: make later\n  status: draft\n'
  await using at = await startSite({ via: 'file', repo: { files: { 'tasks.yml': later + list.join('') } } })
  const ran = await at.cli({ ...INPUTS, tasks: 'tasks.yml', bookkeeping: 'archive' })
  const { summary } = await ran.directory()
  expect(outcomes(summary)).toEqual({ later: 'skipped (status)', ...REVERTED, t4: 'landed' })
  const files = await at.remote.files()
  expect(files['tasks.yml']).toBe(`${later}# on bad\n- id: bad\n  run: echo bad > bad.txt\n`)
  const done = files['tasks.done.yml']?.match(/^- id: .*$/gm)
  expect(done).toEqual(['- id: t1', '- id: t3', '- id: t4'])
  expect(files['tasks.done.yml']).not.toContain('# on bad')
  expect(Object.keys(files)).not.toContain('bad.txt')
})

it('in a dry run the report says what would be reverted, and the remote stays as it was', async () => {
  await using at = await startSite({ via: 'file' })
  const before = await at.remote.refs()
  const ran = await at.cli({ ...INPUTS, 'dry-run': 'true' })
  const { summary } = await ran.directory()
  expect(outcomes(summary)).toEqual(REVERTED)
  expect(summary.run.dry_run).toBe(true)
  expect(await at.remote.refs()).toEqual(before)
})

describe('a run that goes on', () => {
  /** As if the process had died before it wrote its report, and after the push of the reverts. */
  async function cutOff({ path }: RunDirectory, without: RegExp): Promise<void> {
    const file = join(path, 'journal.ndjson')
    const lines = (await readFile(file, 'utf8')).split('\n')
    const first = lines.findIndex(line => without.test(line))
    expect(first).toBeGreaterThan(0)
    await writeFile(file, `${lines.slice(0, first).join('\n')}\n`)
    for (const name of ['summary.json', 'summary.md', 'report.html', 'state.json']) await rm(join(path, name))
  }

  it('finds on the branch what it had reverted, although its journal does not say so', async () => {
    await using at = await startSite({ via: 'file' })
    const first = await (await at.cli(INPUTS)).directory()
    await cutOff(first, /"type":"reverted"/)
    const second = await at.cli(INPUTS)
    const directory = await second.directory()
    expect(directory.summary.run).toMatchObject({ key: first.summary.run.key, resumed: true })
    expect(outcomes(directory.summary)).toEqual(REVERTED)
    expect(await reverts(at)).toEqual(['Revert "bad"'])
    expect(await directory.files()).toContain('tasks/bad/work.bundle')
    // It verifies the branch as it is now.
    expect(directory.summary.verification).toMatchObject({ ran: true, passed: true })
  })

  it('starts the search again where it was cut off in it', async () => {
    await using at = await startSite({ via: 'file' })
    const first = await (await at.cli({ ...INPUTS, 'dry-run': 'true' })).directory()
    expect(outcomes(first.summary)).toEqual(REVERTED)
    const report = await (await at.cli({ ...INPUTS, 'on-verify-failure': 'report' })).directory()
    await cutOff(report, /"type":"verified"/)
    const second = await (await at.cli(INPUTS)).directory()
    expect(second.summary.run.key).toBe(report.summary.run.key)
    expect(outcomes(second.summary)).toEqual(REVERTED)
    expect(await reverts(at)).toEqual(['Revert "bad"'])
  })

  it('as another attempt runs a reverted task again, and nothing that is still there', async () => {
    await using at = await startSite()
    const ids = `'${join(at.job.temp, 'started')}'`
    const list = tasks(
      ...['t1', 'bad', 't3'].map(id => ({
        id,
        run: `echo ${id} >> ${ids}; [ "$GITHUB_RUN_ATTEMPT" = 1 ] || echo repaired > repaired.txt; echo ${id} > ${id}.txt`,
      })),
    )
    const inputs = { ...INPUTS, tasks: list, verify: '[ ! -e bad.txt ] || [ -e repaired.txt ]' }
    const first = await (await at.run(inputs)).directory()
    expect(outcomes(first.summary)).toEqual(REVERTED)
    const second = await at.run(inputs, { GITHUB_RUN_ATTEMPT: '2' })
    const directory = await second.directory()
    expect(outcomes(directory.summary)).toEqual(LANDED)
    expect(directory.summary.verification).toMatchObject({ passed: true })
    const started = (await readFile(join(at.job.temp, 'started'), 'utf8')).trim().split('\n')
    expect(started).toEqual(['t1', 'bad', 't3', 'bad'])
    expect(second.outcome).toBe('success')
  })

  it('as another attempt reverts what the first one landed, and keeps the work of that', async () => {
    await using at = await startSite()
    const list = [
      change('t1'),
      change('bad'),
      { id: 'late', run: '[ "$GITHUB_RUN_ATTEMPT" = 2 ] && echo 3 > late.txt' },
    ]
    const inputs = { ...INPUTS, tasks: tasks(...list) }
    const first = await (await at.run({ ...inputs, 'on-verify-failure': 'report' })).directory()
    expect(outcomes(first.summary)).toEqual({ t1: 'landed', bad: 'landed', late: 'failed (worker-exit)' })
    // Another machine: nothing of the first attempt is there.
    await rm(join(first.path, '..'), { recursive: true })
    const directory = await (await at.run(inputs, { GITHUB_RUN_ATTEMPT: '2' })).directory()
    expect(outcomes(directory.summary)).toEqual({
      ...{ t1: 'landed', bad: 'reverted (verification)', late: 'landed' },
    })
    expect(await directory.files()).toContain('tasks/bad/work.bundle')
    expect(directory.summary.tasks[1]?.changes).toMatchObject({ files: 1, insertions: 1 })
    expect(Object.keys(await at.remote.files()).sort()).toEqual(['README.md', 'late.txt', 't1.txt'])
  })
})
