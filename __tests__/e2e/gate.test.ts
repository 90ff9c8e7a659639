/** The gate: what it runs on, what it keeps, whom it blames. */
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { outcomes, type Site, startSite, tasks } from '../rig/fanout.ts'
import { setRules } from '../rig/github-hooks.ts'
import { startWorkerHub } from '../rig/worker.ts'

const QUIET = { 'verify-when': 'never', 'push-backoff-ms': '20' }
const lines = async (at: Site, name: string): Promise<string[]> =>
  (await readFile(join(at.job.temp, name), 'utf8')).trim().split('\n')
const out = (at: Site, name: string): string => `'${join(at.job.temp, name)}'`
const change = (id: string): { id: string; run: string } => ({ id, run: `echo ${id} > ${id}.txt` })

it('a gate checkout is used from round to round: caches stay, everything else is exactly the commit', async () => {
  await using at = await startSite({
    via: 'file',
    repo: { files: { 'a.txt': 'a\n', '.gitignore': 'cache/\n' } },
  })
  const gate = [
    `pwd >> ${out(at, 'places')}`,
    `git status --porcelain >> ${out(at, 'dirt')}`,
    `cat a.txt >> ${out(at, 'contents')}`,
    'mkdir -p cache && echo x >> cache/log',
    `wc -l < cache/log >> ${out(at, 'caches')}`,
    'echo changed > a.txt; echo junk > junk.txt; mkdir -p junk; git init -q junk/nested',
    `[ "$(git rev-parse HEAD)" = "$FANOUT_COMMIT" ] && echo "$FANOUT_TASK_IDS" >> ${out(at, 'ids')}`,
  ].join('\n')
  const setup = `echo once >> ${out(at, 'setups')}`
  const list = tasks(change('t1'), { ...change('t2'), needs: 't1' }, { ...change('t3'), needs: 't2' })
  const ran = await at.cli({ ...QUIET, tasks: list, gate, setup, workers: '1' })
  expect(outcomes((await ran.directory()).summary)).toEqual({ t1: 'landed', t2: 'landed', t3: 'landed' })
  expect(new Set(await lines(at, 'places')).size).toBe(1)
  expect(await lines(at, 'dirt')).toEqual([''])
  expect(await lines(at, 'contents')).toEqual(['a', 'a', 'a'])
  expect((await lines(at, 'caches')).map(Number)).toEqual([1, 2, 3])
  expect(await lines(at, 'ids')).toEqual(['t1', 't2', 't3'])
  // Three workspaces and one gate checkout.
  expect(await lines(at, 'setups')).toHaveLength(4)
})

it.each([
  ['a tracked file changed', 'sed -i s/dev/ci/ app.conf', 'grep -q ci app.conf'],
  ['a file that is not ignored', 'echo ci > made.conf', 'grep -q ci made.conf'],
])('what setup leaves is there at every gate: %s', async (_, leave, gate) => {
  await using at = await startSite({
    via: 'file',
    repo: { files: { 'app.conf': 'mode=dev\n', '.gitignore': 'cache/\n' } },
  })
  // It may count on a fresh checkout.
  const setup = `mkdir cache; ${leave}`
  const only = (id: string) => `rm -f made.conf; git checkout -q app.conf; echo > ${id}.txt`
  const list = tasks({ id: 't1', run: only('t1') }, { id: 't2', needs: 't1', run: only('t2') })
  const ran = await at.cli({
    ...QUIET,
    tasks: list,
    gate: `test -d cache; ${gate}`,
    setup,
    'gate-retries': '0',
  })
  expect(outcomes((await ran.directory()).summary)).toEqual({ t1: 'landed', t2: 'landed' })
})

it('what the input copy brings is there at every gate, also where only the checkout ignores it', async () => {
  await using at = await startSite({ via: 'file' })
  await writeFile(join(at.clone.path, '.gitignore'), 'data\n.gitignore\n')
  await writeFile(join(at.clone.path, 'data'), 'copied\n')
  const list = tasks(change('t1'), { ...change('t2'), needs: 't1' })
  const ran = await at.cli({ ...QUIET, tasks: list, copy: 'data', gate: 'cat data', 'gate-retries': '0' })
  expect(outcomes((await ran.directory()).summary)).toEqual({ t1: 'landed', t2: 'landed' })
  expect(Object.keys(await at.remote.files())).not.toContain('data')
})

it('red and then green on a retry is green, and counted as a flake', async () => {
  await using at = await startSite({ via: 'file' })
  const gate = `echo run >> ${out(at, 'gates')}; [ "$(wc -l < ${out(at, 'gates')})" -gt 1 ]`
  const ran = await at.cli({ ...QUIET, tasks: tasks(change('t1')), gate })
  const { summary } = await ran.directory()
  expect(outcomes(summary)).toEqual({ t1: 'landed' })
  expect(summary.landing).toMatchObject({ gates_run: 2, gate_flakes: 1 })
})

it('the culprit of a red stack is found and told, and the others land', async () => {
  await using at = await startSite({ via: 'file' })
  const ids = ['t1', 't2', 't3', 't4', 't5', 't6', 't7', 't8']
  // All are ready before the first gate answers: it waits for the last of them.
  const list = tasks(
    { id: 'first', run: 'echo first > first.txt' },
    ...ids.map(id => ({ id, run: `echo ${id} > ${id}.txt; echo ${id} >> ${out(at, 'done')}` })),
  )
  const gate = [
    `until [ "$(cat ${out(at, 'done')} | wc -l)" -eq 8 ]; do sleep 0.02; done`,
    'if [ -f t5.txt ]; then echo "t5 breaks it" >&2; exit 7; fi',
  ].join('\n')
  const ran = await at.cli({ ...QUIET, tasks: list, gate, workers: '4', 'gate-slots': '2' })
  const directory = await ran.directory()
  expect(outcomes(directory.summary)).toEqual({
    first: 'landed',
    ...Object.fromEntries(ids.map(id => [id, id === 't5' ? 'failed (gate)' : 'landed'])),
  })
  const marker = await directory.json('tasks/t5/ci-failure.json')
  expect(Object.keys(marker)).toEqual(
    'version task_id timestamp command exit_code signal timed_out tree base_sha attempt log_file error output_tail'.split(
      ' ',
    ),
  )
  expect(marker).toMatchObject({
    version: 1,
    task_id: 't5',
    command: gate,
    exit_code: 7,
    signal: null,
    timed_out: false,
  })
  expect(marker.output_tail).toContain('t5 breaks it')
  expect(await readFile(String(marker.log_file), 'utf8')).toContain('t5 breaks it')
  expect(Object.keys(await at.remote.files())).not.toContain('t5.txt')
})

it('if the tip itself is red nobody is blamed, and all end at once', async () => {
  await using at = await startSite({ via: 'file' })
  const ran = await at.cli({
    ...QUIET,
    tasks: tasks(change('t1'), change('t2')),
    gate: 'exit 1',
    workers: '2',
  })
  const directory = await ran.directory()
  expect(outcomes(directory.summary)).toEqual({
    t1: 'blocked-push (base-red)',
    t2: 'blocked-push (base-red)',
  })
  expect(directory.summary.landing.push_attempts).toBe(0)
  expect(await directory.json('tasks/t1/blocked-push.json')).toMatchObject({ reason: 'base-red', attempt: 0 })
})

it('a gate that does not end in time is red, and its whole family ends with it', async () => {
  await using at = await startSite({ via: 'file' })
  const gate = 'if [ -f t1.txt ]; then sleep 600 & wait; fi'
  const ran = await at.cli({
    ...QUIET,
    tasks: tasks(change('t1')),
    gate,
    'gate-timeout-minutes': '0.005',
    'gate-retries': '0',
  })
  const directory = await ran.directory()
  expect(outcomes(directory.summary)).toEqual({ t1: 'failed (gate)' })
  expect(await directory.json('tasks/t1/ci-failure.json')).toMatchObject({ timed_out: true })
})

it('rules that the remote lets us bypass are said aloud', async () => {
  await using at = await startSite()
  await setRules(at.remote.path, [
    { kind: 'bypass', lines: ['Changes must be made through a pull request.'] },
  ])
  const ran = await at.cli({ ...QUIET, tasks: tasks(change('t1')) })
  expect(outcomes((await ran.directory()).summary)).toEqual({ t1: 'landed' })
  expect(ran.stdout).toMatch(/warning: bypassed rules: .*Changes must be made through a pull request/)
})

it('a task that is called like a gate checkout leaves that checkout alone', async () => {
  await using at = await startSite({ via: 'file', repo: { files: { 'a.txt': 'a\n' } } })
  await using hub = await startWorkerHub()
  const running = await at.start({
    ...QUIET,
    tasks: tasks(
      change('first'),
      { ...change('bad'), needs: 'first' },
      { id: 'gate-1', run: hub.command },
      { id: 'last', run: hub.command },
    ),
    gate: 'test ! -e bad.txt',
    'gate-retries': '0',
    workers: '3',
  })
  const [twin, last] = [await hub.next('gate-1'), await hub.next('last')]
  // The gate checkout holds the file of `bad` when its namesake ends, and the next tree is gated there.
  await running.line(/gate red/)
  await twin.exit(1)
  await expect.poll(() => readdir(join(twin.cwd, '..')), { timeout: 20_000 }).not.toContain('workspace')
  await last.write('last.txt', 'last\n')
  await last.exit()
  expect(outcomes((await (await running.finish()).directory()).summary)).toEqual({
    first: 'landed',
    bad: 'failed (gate)',
    'gate-1': 'failed (worker-exit)',
    last: 'landed',
  })
})

it('a gate that removes its own checkout gets another one', async () => {
  await using at = await startSite({ via: 'file', repo: { files: { 'a.txt': 'a\n' } } })
  const list = tasks(change('t1'), { ...change('t2'), needs: 't1' })
  const gate = 'test -e a.txt; cd /; rm -rf "$OLDPWD"'
  const ran = await at.cli({ ...QUIET, tasks: list, gate })
  expect(outcomes((await ran.directory()).summary)).toEqual({ t1: 'landed', t2: 'landed' })
})

it.each([
  ['a signal', 'kill -SEGV $$', { exit_code: null, signal: 'SIGSEGV', timed_out: false }],
  ['its time limit', 'sleep 600', { exit_code: null, signal: 'SIGTERM', timed_out: true }],
  ['an exit code', 'exit 5', { exit_code: 5, signal: null, timed_out: false }],
])(
  'a setup that fails in the gate checkout makes it red, and is told as it ended: %s',
  async (_, end, told) => {
    await using at = await startSite({ via: 'file' })
    const ran = await at.cli({
      ...QUIET,
      tasks: tasks(change('t1')),
      setup: `if [ -e t1.txt ]; then echo "the last words"; ${end}; fi`,
      gate: `echo ran >> ${out(at, 'gates')}`,
      'gate-timeout-minutes': '0.05',
      'gate-retries': '0',
    })
    const directory = await ran.directory()
    expect(outcomes(directory.summary)).toEqual({ t1: 'failed (gate)' })
    expect(await directory.json('tasks/t1/ci-failure.json')).toMatchObject({
      ...told,
      output_tail: 'setup failed in the gate checkout\nthe last words\n',
    })
  },
)

it('a command that holds a secret is masked in the marker and in the handoff', async () => {
  await using at = await startSite()
  const ran = await at.run({
    ...QUIET,
    tasks: tasks(change('t1')),
    gate: `: ${at.token}; ! test -e t1.txt`,
    'gate-retries': '0',
    remediate: 'exit 1',
    'max-remediations': '1',
  })
  const directory = await ran.directory()
  const [marker, handoff] = [
    await directory.text('tasks/t1/ci-failure.json'),
    await directory.text('tasks/t1/handoff-1.json'),
  ]
  for (const text of [marker, handoff]) {
    expect(text).toContain('"command": ": ***; ! test -e t1.txt"')
    expect(text).not.toContain(at.token)
  }
})
