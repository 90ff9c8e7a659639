/** Input `workspaces` end to end: both kinds land the same, and no mount outlives what it was made for. */
import { mkdir, readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { asRoot, mountsBelow, ownPower, unmountBelow } from '../../src/world/mounts.ts'
import { git } from '../rig/exec.ts'
import { outcomes, startSite, tasks } from '../rig/fanout.ts'
import { KINDS, overlayPossible as possible } from '../rig/kinds.ts'
import { manyFiles } from '../rig/repo.ts'
import { startWorkerHub } from '../rig/worker.ts'

const CLONES = /each workspace is a clone/

describe.each(KINDS)('workspaces: %s', (_, kind) => {
  it('land, are gated, are remediated and are kept alike', async () => {
    await using site = await startSite({
      via: 'file',
      repo: { files: { 'a.txt': 'one\n', 'dir/b.txt': 'two\n', '.gitignore': 'cache/\n' } },
    })
    const ran = await site.cli({
      workspaces: kind,
      workers: '3',
      gate: 'test -e cache/x && test ! -e red.txt',
      setup: 'mkdir cache && echo set up > cache/x',
      remediate: 'git checkout --theirs a.txt',
      tasks: tasks(
        { id: 'edit', run: 'cat cache/x; echo edit >> a.txt' },
        { id: 'rename', run: 'git mv dir renamed && git commit -qm "moved by hand"' },
        { id: 'clash', needs: 'edit', run: 'echo clash >> a.txt' },
        { id: 'later', needs: ['edit', 'rename'], run: 'test -d renamed; cp a.txt copy.txt' },
        { id: 'broken', run: 'echo x > red.txt; echo y > cache/y; exit 3' },
      ),
    })
    const directory = await ran.directory()
    expect(outcomes(directory.summary), ran.stdout).toEqual({
      edit: 'landed',
      rename: 'landed',
      clash: 'landed',
      later: 'landed',
      broken: 'failed (worker-exit)',
    })
    expect(await site.remote.files()).toMatchObject({
      'renamed/b.txt': 'two\n',
      'copy.txt': expect.stringMatching(/^one\nedit\n/),
    })
    expect(CLONES.test(ran.stdout + ran.stderr)).toBe(kind === 'overlay' && !possible)
    expect(await mountsBelow(site.root)).toEqual([])
    const kept = join(directory.path, 'tasks/broken/workspace')
    expect(await readFile(join(kept, 'cache/y'), 'utf8')).toBe('y\n')
    expect(await git(kept, 'status', '--porcelain')).toBe('?? red.txt')
    expect(await readdir(join(directory.path, 'tasks/edit'))).not.toContain('workspace')
  })

  it('of a job that was killed are gone after its post step', async () => {
    await using site = await startSite()
    await using hub = await startWorkerHub()
    const inputs = { workspaces: kind, tasks: tasks({ id: 'a', run: hub.command }) }
    const running = await site.start(inputs)
    const worker = await hub.next()
    const runDir = join(worker.cwd, '../../..')
    expect((await mountsBelow(runDir)).length).toBe(kind === 'overlay' && possible ? 1 : 0)
    process.kill(running.pid, 'SIGKILL')
    const ended = await running.finish()
    await ended.post()
    expect(await mountsBelow(site.job.temp)).toEqual([])
    expect(await readdir(join(runDir, 'tasks/a'))).not.toContain('workspace')
    expect(await readdir(join(runDir, 'internal'))).not.toContain('layers')
  })

  it('are gone as soon as their work is safe, while others are at work', async () => {
    await using site = await startSite({ via: 'file' })
    await using hub = await startWorkerHub()
    const running = await site.start({
      workspaces: kind,
      workers: '2',
      'verify-when': 'never',
      tasks: tasks({ id: 'a', run: 'echo a > a.txt' }, { id: 'b', run: hub.command }),
    })
    const worker = await hub.next('b')
    await running.line(/landed a as/)
    const folder = join(worker.cwd, '../../a')
    await expect.poll(() => readdir(folder), { timeout: 20_000 }).not.toContain('workspace')
    expect(worker.running).toBe(true)
    await worker.exit()
    expect(outcomes((await (await running.finish()).directory()).summary)).toEqual({
      a: 'landed',
      b: 'unchanged',
    })
  })

  it('of a run that is cancelled leave no mount behind', async () => {
    await using site = await startSite({ via: 'file' })
    await using hub = await startWorkerHub()
    const running = await site.start({
      workspaces: kind,
      workers: '2',
      tasks: tasks({ id: 'a', run: hub.command }, { id: 'b', run: hub.command }),
    })
    const first = await hub.next()
    await hub.next()
    await first.write('half.txt', 'half\n')
    running.cancel()
    const ran = await running.finish()
    expect(await mountsBelow(site.job.temp)).toEqual([])
    const { summary } = await ran.directory()
    expect(new Set(Object.values(outcomes(summary)))).toEqual(new Set(['cancelled (signal)']))
    const kept = summary.tasks.find(task => task.id === first.taskId)
    expect(kept?.files).toContain(`tasks/${first.taskId}/work.bundle`)
  })
})

it('the next workspace of a large tree is made while a worker is at work', async () => {
  await using site = await startSite({ via: 'file' })
  await using hub = await startWorkerHub()
  const many = await manyFiles(site.remote.path, 'main', 5000)
  await git(site.remote.path, 'update-ref', 'refs/heads/main', many)
  const running = await site.start({
    workspaces: 'clone',
    workers: '1',
    'verify-when': 'never',
    tasks: tasks({ id: 'a', run: hub.command }, { id: 'b', run: 'rm f/7; git status --porcelain' }),
  })
  const worker = await hub.next('a')
  const layers = join(worker.cwd, '../../../internal/layers')
  await expect
    .poll(() => readdir(join(layers, 'ahead')).catch(() => []), { timeout: 30_000 })
    .toContain('1.index')
  await worker.exit()
  const directory = await (await running.finish()).directory()
  expect(outcomes(directory.summary)).toEqual({ a: 'unchanged', b: 'landed' })
  expect(await directory.text('tasks/b/worker.log')).toBe(' D f/7\n')
  expect(await readdir(join(directory.path, 'internal'))).not.toContain('layers')
})

describe('a disk that is too small', () => {
  it('is refused before anything is cloned, with numbers and a way out', async () => {
    await using site = await startSite({ via: 'file', repo: { files: { big: 'x'.repeat(3_000_000) } } })
    const small = join(site.job.temp, 'small')
    await mkdir(small)
    const options = ['-t', 'tmpfs', '-o', `size=4m,mode=0777`, 'fanout-test', small]
    const problem = await asRoot(ownPower(), ['mount', ...options])
    try {
      const list = tasks({ id: 'a', run: 'echo a > a' }, { id: 'b', run: 'echo b > b' })
      const ran = await site.cli({ tasks: list, workers: '2', 'workspace-root': small, workspaces: 'clone' })
      if (problem !== null) {
        // No small disk can be had here: then there is room, and the run is like all others.
        expect(ran.code, ran.stderr).toBe(0)
        return
      }
      expect(ran.code).toBe(1)
      expect(ran.stderr).toMatch(
        /The disk cannot hold the workspaces: 6\.0 MB is needed, [34]\.\d MB is free at .*A checkout of the 1 file\(s\) takes 3\.0 MB, and 2 workers.*Lower `workers`/,
      )
      expect((await readdir(small)).filter(name => name !== 'locks')).toEqual([])
      const alone = await site.cli({
        tasks: list,
        workers: '1',
        'workspace-root': small,
        workspaces: 'clone',
      })
      expect(alone.stdout + alone.stderr).toMatch(/all 2 tasks together 6\.0 MB/)
    } finally {
      await unmountBelow(small)
    }
  })
})
