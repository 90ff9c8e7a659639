import { chmod, mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { git } from '../rig/exec.ts'
import { outcomes, startSite, tasks } from '../rig/fanout.ts'
import { SummarySchema } from './summary-schema.ts'

const FILE = { via: 'file' } as const

describe('how it ends', () => {
  const failing = tasks({ id: 'good', run: 'echo g > g.txt' }, { id: 'bad', run: 'echo the reason; exit 9' })

  test('1 when a task failed, its log shown; 0 with fail-on: never or verify; 1 when the verification failed', async () => {
    await using site = await startSite(FILE)
    const any = await site.cli({ tasks: failing, verify: 'true' })
    expect(any.code).toBe(1)
    expect(any.stdout).toMatch(/✖ bad +failed \(worker-exit\)/)
    expect(any.stdout).toMatch(/^ {2}\| the reason$/m)
    expect(any.stdout).toMatch(/^retry: {2}node .* retry .* --task bad$/m)
    expect(
      (await site.cli({ tasks: failing, 'fail-on': 'never', verify: 'exit 5', 'verify-when': 'always' }))
        .code,
    ).toBe(0)
    const green = { tasks: failing, 'fail-on': 'verify', 'verify-when': 'always' }
    expect((await site.cli({ ...green, verify: 'true', log: 'none' })).code).toBe(0)
    const red = await site.cli({ ...green, verify: 'echo broken; exit 5' })
    expect(red.code).toBe(1)
    const { summary } = await red.directory()
    expect(summary.verification).toMatchObject({ ran: true, passed: false, exit_code: 5 })
  })
})

describe('a dry run', () => {
  test('does everything but the push, and the remote never hears of it', async () => {
    await using site = await startSite()
    const before = await site.remote.refs()
    const list = tasks(
      { id: 'one', run: 'echo one > one.txt' },
      { id: 'two', needs: 'one', run: 'cat one.txt > two.txt' },
      { id: 'red', run: 'touch broken' },
    )
    const ran = await site.cli(
      { tasks: list, gate: 'test ! -e broken', 'dry-run': 'true', verify: 'cat two.txt', token: site.token },
      { GITHUB_SERVER_URL: site.server.url },
    )
    expect(ran.code).toBe(1)
    const { summary } = await ran.directory()
    expect(SummarySchema.safeParse(summary).error?.issues ?? []).toEqual([])
    expect(outcomes(summary)).toEqual({ one: 'landed', two: 'landed', red: 'failed (gate)' })
    expect(summary.run.dry_run).toBe(true)
    expect(summary.verification).toMatchObject({ ran: true, passed: true })
    expect(await site.remote.refs()).toEqual(before)
    expect(site.server.log.filter(request => request.step.includes('push'))).toEqual([])
  })
})

describe('workspaces', () => {
  test('setup runs once in each, and ignored files are copied on request', async () => {
    const files = { '.gitignore': '.env*\ncache/\nmade\n', 'README.md': 'hello\n' }
    await using site = await startSite({ ...FILE, repo: { files } })
    await writeFile(join(site.clone.path, '.env.local'), 'A=1\n')
    await mkdir(join(site.clone.path, 'cache/deep'), { recursive: true })
    await writeFile(join(site.clone.path, 'cache/deep/tool'), '#!/bin/sh\necho tool\n')
    await chmod(join(site.clone.path, 'cache/deep/tool'), 0o755)
    await writeFile(join(site.clone.path, 'cache/other'), 'other\n')
    const ran = await site.cli({
      tasks: tasks(
        { id: 'a', run: 'cat .env.local made > a.txt; ./cache/deep/tool >> a.txt' },
        { id: 'b', run: 'cat made > b.txt' },
      ),
      setup: 'test ! -e made && echo setup > made',
      copy: '.env*, cache/deep/**',
      gate: 'test -e .env.local && test -x cache/deep/tool && test "$(cat made)" = setup && test ! -e cache/other',
    })
    expect({ code: ran.code, stderr: ran.stderr }).toEqual({ code: 0, stderr: '' })
    const landed = await site.remote.files()
    expect(landed).toEqual({ ...files, 'a.txt': 'A=1\nsetup\ntool\n', 'b.txt': 'setup\n' })
  })

  test('a setup that fails ends the task before its worker', async () => {
    await using site = await startSite(FILE)
    const ran = await site.cli({
      tasks: tasks({ id: 'a', run: 'echo never > a.txt' }),
      setup: 'echo no network; exit 6',
    })
    const dir = await ran.directory()
    expect(outcomes(dir.summary)).toEqual({ a: 'failed (setup)' })
    expect(await dir.text('tasks/a/worker.log')).toBe('no network\n')
  })

  test.each([
    ['never', []],
    ['blocked', ['failed']],
    ['always', ['failed', 'landed', 'same']],
  ])('keep-workspaces: %s', async (keep, kept) => {
    await using site = await startSite(FILE)
    const list = tasks(
      { id: 'landed', run: 'echo x > x.txt' },
      { id: 'same', run: 'true' },
      { id: 'failed', run: 'echo y > y.txt; exit 1' },
    )
    const ran = await site.cli({ tasks: list, 'keep-workspaces': keep })
    const { path } = await ran.directory()
    const there = await Promise.all(
      ['failed', 'landed', 'same'].map(async id =>
        (await readdir(join(path, 'tasks', id))).includes('workspace') ? [id] : [],
      ),
    )
    expect(there.flat()).toEqual(kept)
  })

  test('the work of every attempt is kept, and said', async () => {
    await using site = await startSite({ via: 'file' })
    const first = 'if [ $FANOUT_ATTEMPT = 1 ]; then echo hours > of-work.txt; exit 1; fi'
    const ran = await site.cli({
      retries: '1',
      tasks: tasks(
        { id: 'nothing', run: `${first}; exit 1` },
        { id: 'something', run: 'echo $FANOUT_ATTEMPT > n.txt; exit 1' },
        { id: 'lands', run: `${first}; echo 2 > second.txt` },
      ),
    })
    const { summary, text, path } = await ran.directory()
    expect(outcomes(summary), ran.stdout).toMatchObject({ nothing: 'failed (worker-exit)', lands: 'landed' })
    const [nothing, something, lands] = summary.tasks
    expect(nothing?.reason?.message).toContain(
      'its last attempt had changed nothing; what attempt 1 had changed is kept as `work-1.bundle`.',
    )
    expect(something?.reason?.message).toContain('`work.patch`; what attempt 1 had changed is kept')
    for (const task of [nothing, something, lands]) {
      const file = `tasks/${task?.id}/work-1.bundle`
      expect(task?.files).toContain(file)
      await git(site.clone.path, 'fetch', '--quiet', join(path, file), `refs/fanout/attempts/${task?.id}/1`)
    }
    expect(await text('tasks/nothing/work-1.patch')).toContain('+hours')
    expect(await text('tasks/something/work.patch')).toContain('+2')
  })

  test('retries run in a fresh workspace, and the log of each attempt is kept', async () => {
    await using site = await startSite(FILE)
    const script =
      'echo "attempt $FANOUT_ATTEMPT"; test ! -e left.txt; echo x > left.txt; test "$FANOUT_ATTEMPT" = 3'
    const ran = await site.cli({ tasks: tasks({ id: 'third', run: script }), retries: '2' })
    expect(ran.code).toBe(0)
    const dir = await ran.directory()
    expect(dir.summary.tasks[0]?.attempts.worker).toBe(3)
    const logs = (await dir.files()).filter(file => /worker(-\d)?\.log$/.test(file))
    expect(logs).toHaveLength(3)
    const texts = await Promise.all(logs.map(dir.text))
    expect(texts.sort()).toEqual(['attempt 1\n', 'attempt 2\n', 'attempt 3\n'])
    for (const log of logs) expect(dir.summary.tasks[0]?.files).toContain(log)
  })
})

describe('which tasks', () => {
  test('only, max-tasks, status and time', async () => {
    await using site = await startSite(FILE)
    const list = tasks(
      { id: 'a', run: 'echo a > a.txt' },
      { id: 'draft', run: 'false', status: 'draft' },
      { id: 'later', run: 'false', 'not-before': '2999-01-01T00:00:00Z' },
      { id: 'b', run: 'echo b > b.txt' },
      { id: 'c', run: 'echo c > c.txt', needs: 'a' },
    )
    const first = await site.cli({ tasks: list, 'max-tasks': '1', workers: '1' })
    expect(first.code).toBe(0)
    expect(outcomes((await first.directory()).summary)).toEqual({
      a: 'landed',
      draft: 'skipped (status)',
      later: 'skipped (not-before)',
      b: 'skipped (max-tasks)',
      c: 'skipped (max-tasks)',
    })
    const second = await site.cli({ tasks: list, only: 'c' })
    expect(outcomes((await second.directory()).summary)).toMatchObject({ a: 'skipped (only)', c: 'landed' })
    expect(second.code).toBe(0)
  })

  test('bookkeeping: archive moves each landed task to the done file, in the commit that lands it', async () => {
    const file = [
      '# what is left to do',
      'version: 1',
      'tasks:',
      '  # the first',
      '  - id: one',
      '    run: echo one > one.txt',
      '  - id: stays # for later',
      '    status: draft',
      "    run: 'true'",
      '  - { id: two, run: echo two > two.txt }',
      '',
    ].join('\n')
    await using site = await startSite({ ...FILE, repo: { files: { 'todo/tasks.yml': file } } })
    const ran = await site.cli({ tasks: 'todo/tasks.yml', bookkeeping: 'archive', workers: '2' })
    expect({ code: ran.code, stderr: ran.stderr }).toEqual({ code: 0, stderr: '' })
    const files = await site.remote.files()
    expect(files['todo/tasks.yml']).toContain('# what is left to do')
    expect(files['todo/tasks.yml']).toContain('- id: stays # for later')
    expect(files['todo/tasks.yml']).not.toMatch(/id: (one|two)/)
    expect(files['todo/tasks.done.yml']).toMatch(/id: one[\s\S]*id: two|id: two[\s\S]*id: one/)
    const both = ['todo/tasks.done.yml', 'todo/tasks.yml']
    for (const task of (await ran.directory()).summary.tasks.filter(each => each.commit !== null)) {
      const changed = await git(site.remote.path, 'show', '--format=', '--name-only', task.commit ?? '')
      expect(changed.split('\n').sort()).toEqual([...both, `${task.id}.txt`].sort())
    }
    expect(await readFile(join(site.clone.path, 'todo/tasks.yml'), 'utf8')).toBe(file)
  })
})
