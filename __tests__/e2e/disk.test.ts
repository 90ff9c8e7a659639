/** A disk that is full or not ours to write: it is said what, why and what to do, and the branch is left alone. */
import { chmod, mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { killWithFamily } from '../rig/chaos.ts'
import { run } from '../rig/exec.ts'
import { outcomes, type Site, startSite, tasks } from '../rig/fanout.ts'
import { processesWith } from '../rig/leftovers.ts'
import { startWorkerHub, type WorkerHub } from '../rig/worker.ts'

const isRoot = process.getuid?.() === 0
const RUN = { GITHUB_RUN_ID: '77', GITHUB_RUN_ATTEMPT: '1' }
const TASK = tasks({ id: 'a', run: 'echo a > a.txt' })

/** A file system of its own; only root may mount one. */
async function mounted(path: string, options: string): Promise<AsyncDisposable> {
  await mkdir(path)
  const { code, stderr } = await run('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', path])
  if (code !== 0) throw new Error(stderr)
  return {
    async [Symbol.asyncDispose]() {
      await run('umount', ['--lazy', path])
    },
  }
}

async function remount(path: string, how: 'ro' | 'rw'): Promise<void> {
  const { code, stderr } = await run('mount', ['-o', `remount,${how}`, path])
  if (code !== 0) throw new Error(stderr)
}

describe('a workspace root that cannot be written', () => {
  it('because a file is in its way is a refusal with a way out', async () => {
    await using site = await startSite({ via: 'file' })
    const file = join(site.job.temp, 'file')
    await writeFile(file, '')
    const { code, stderr } = await site.cli({ tasks: TASK, 'workspace-root': join(file, 'below') })
    expect(code).toBe(1)
    expect(stderr).toMatch(
      /cannot be written \(ENOTDIR\)\. A file is where a folder should be\. Let `workspace-root`/,
    )
    expect(stderr).not.toContain('fault of its own')
  })

  it('without a bash on PATH is a refusal as well', async () => {
    await using site = await startSite({ via: 'file' })
    const tools = join(site.job.temp, 'tools')
    await mkdir(tools)
    const { stdout: git } = await run('bash', ['-c', 'command -v git'])
    await symlink(git.trim(), join(tools, 'git'))
    const { code, stderr } = await site.cli({ tasks: TASK }, { PATH: tools })
    expect(code).toBe(1)
    expect(stderr).toMatch(/bash cannot be run\. .* Install bash/)
  })

  it('because it is read-only is a refusal with a way out', async () => {
    await using site = await startSite({ via: 'file' })
    const root = join(site.job.temp, 'read-only')
    await using _mount = isRoot ? await mounted(root, 'ro') : await locked(root)
    const before = await site.remote.tip()
    const { code, stderr } = await site.cli({ tasks: TASK, 'workspace-root': root })
    expect(code).toBe(1)
    expect(stderr).toMatch(/cannot be written \((EROFS|EACCES)\)\. .*`workspace-root`/)
    expect(stderr).not.toContain('fault of its own')
    expect(await site.remote.tip()).toBe(before)
  })

  it('because a file is where the run directory is to be is one too', async () => {
    await using site = await startSite({ via: 'file' })
    await mkdir(site.root, { recursive: true })
    await writeFile(join(site.root, '77-1'), '')
    const { code, stderr } = await site.cli({ tasks: TASK }, RUN)
    expect(code).toBe(1)
    expect(stderr).toMatch(
      /77-1\S* cannot be written \((ENOTDIR|EEXIST)\)\. A file is where a folder should be/,
    )
    expect(stderr).not.toContain('fault of its own')
  })

  async function locked(path: string): Promise<AsyncDisposable> {
    await mkdir(path)
    await chmod(path, 0o555)
    return { [Symbol.asyncDispose]: () => chmod(path, 0o755) }
  }
})

describe.runIf(isRoot)('a run directory that is read-only by the time the run goes on', () => {
  it('is a refusal that changes nothing; when it can be written again, all lands', async () => {
    await using hub = await startWorkerHub()
    await using site = await startSite({ via: 'file' })
    const root = join(site.job.temp, 'disk')
    await using _mount = await mounted(root, 'size=64m')
    const inputs = {
      tasks: tasks({ id: 'a', run: hub.command }),
      gate: hub.line('gate'),
      'workspace-root': root,
    }
    const first = site.startCli(inputs, RUN)
    const worker = await hub.next('a')
    await worker.write('a.txt', 'a\n')
    await worker.exit()
    const gate = await hub.next(start => start.label === 'gate')
    await killWithFamily(first.child.pid!, root)
    await first.done
    await gate.ended
    const before = await site.remote.refs()
    await remount(root, 'ro')
    const refused = await site.cli(inputs, RUN)
    expect(refused.code).toBe(1)
    expect(refused.stderr).toMatch(/cannot be written \(EROFS\)\. .*read-only\. Let `workspace-root`/)
    expect(await site.remote.refs()).toEqual(before)
    await remount(root, 'rw')
    const again = site.startCli(inputs, RUN)
    await (await hub.next(start => start.label === 'gate' && start.running)).exit()
    const result = await again.done
    expect(outcomes((await result.directory()).summary), result.stdout).toEqual({ a: 'landed' })
    expect(hub.starts.filter(start => start.label !== 'gate')).toHaveLength(1)
  })
})

describe.runIf(isRoot)('a disk that fills up while workers run', () => {
  it('ends the run before anything takes effect that the journal cannot hold', async () => {
    await using hub = await startWorkerHub()
    await using site = await startSite({ via: 'file' })
    const root = join(site.job.temp, 'small')
    await using _mount = await mounted(root, 'size=4m')
    const before = await site.remote.tip()
    const cli = site.startCli({
      tasks: tasks(
        { id: 'full', run: hub.command },
        { id: 'deaf', run: hub.command },
        // Each adds a few lines to the journal: soon the page it ends in is full.
        ...Array.from({ length: 25 }, (_, i) => ({ id: `more-${i}`, run: 'true' })),
      ),
      workers: '2',
      'workspace-root': root,
    })
    const [full, deaf] = [await hub.next('full'), await hub.next('deaf')]
    await deaf.ignore('SIGTERM')
    await full.write('full.txt', 'full\n')
    await full.sh('dd if=/dev/zero of="$FANOUT_ARTIFACTS/fill" bs=1k 2> /dev/null || true')
    await full.exit()
    // What runs is ended, though it has all the time in the world.
    await deaf.ended
    const { code, stderr } = await cli.done
    expect(code).toBe(1)
    expect(stderr).toMatch(/cannot be written \(ENOSPC\)\. The disk is full\..* then run again/)
    expect(stderr).not.toContain('fault of its own')
    expect(await site.remote.tip()).toBe(before)
    expect(await processesWith(root, 5000)).toEqual([])
  }, 180_000)

  it('loses nothing: with room again the run lands what was finished, without its worker', async () => {
    await using hub = await startWorkerHub()
    await using site = await startSite({ via: 'file' })
    const root = join(site.job.temp, 'small')
    await using _mount = await mounted(root, 'size=4m')
    const inputs = {
      tasks: tasks(
        { id: 'done', run: hub.command },
        { id: 'full', run: hub.command },
        ...Array.from({ length: 25 }, (_, i) => ({ id: `more-${i}`, run: 'true' })),
      ),
      workers: '2',
      gate: hub.line('gate'),
      'workspace-root': root,
    }
    const first = site.startCli(inputs, RUN)
    const [done, full] = [await hub.next('done'), await hub.next('full')]
    await done.write('done.txt', 'done\n')
    await done.exit()
    await hub.next(start => start.label === 'gate')
    const fill = join(root, 'fill')
    await full.sh(`dd if=/dev/zero of='${fill}' bs=1k 2> /dev/null || true`)
    await full.exit()
    const { code, stderr } = await first.done
    expect([code, stderr]).toEqual([1, expect.stringContaining('cannot be written (ENOSPC)')])
    expect(await site.remote.log()).not.toContain('Fanout-Task')
    await rm(fill)
    hub.each(async worker => {
      if (worker.taskId === 'full' && worker.label !== 'gate') await worker.write('full.txt', 'full\n')
      await worker.exit()
    })
    const again = await site.cli(inputs, RUN)
    const { summary } = await again.directory()
    expect(outcomes(summary), again.stdout).toMatchObject({ done: 'landed' })
    expect(await site.remote.trailers('Fanout-Task')).toContain('done')
    expect(hub.starts.filter(start => start.taskId === 'done' && start.label !== 'gate')).toHaveLength(1)
  }, 180_000)
})

describe.runIf(isRoot)('finished work and a full disk', () => {
  /** One worker that has done its work, on a disk that is full then. */
  async function finishedOnFull(site: Site, hub: WorkerHub, more: Readonly<Record<string, string>> = {}) {
    const root = join(site.job.temp, 'small')
    const disk = await mounted(root, 'size=8m')
    const inputs = { tasks: tasks({ id: 'dear', run: hub.command }), 'workspace-root': root, ...more }
    const cli = site.startCli(inputs, RUN)
    const worker = await hub.next('dear')
    await worker.write('dear.txt', 'hours of work\n')
    await worker.sh(`dd if=/dev/urandom of='${join(root, 'fill')}' bs=1k 2> /dev/null || true`)
    await worker.exit()
    return { cli, root, fill: join(root, 'fill'), [Symbol.asyncDispose]: () => disk[Symbol.asyncDispose]() }
  }

  it('is waited for, told as such, and lands when there is room', async () => {
    await using hub = await startWorkerHub()
    await using site = await startSite({ via: 'file' })
    await using full = await finishedOnFull(site, hub)
    await full.cli.shows(/The disk of \S+ is full\. (The finished work of dear|The journal) waits for room/)
    await rm(full.fill)
    const done = await full.cli.done
    expect(outcomes((await done.directory()).summary), done.stdout).toEqual({ dear: 'landed' })
    expect((await site.remote.files())['dear.txt']).toBe('hours of work\n')
    expect(hub.starts).toHaveLength(1)
  })

  it('is in its workspace where there is none, and the next run leaves that alone', async () => {
    await using hub = await startWorkerHub()
    await using site = await startSite({ via: 'file' })
    await using full = await finishedOnFull(site, hub, { 'keep-workspaces': 'never' })
    await full.cli.done
    await rm(full.fill)
    const kept = join(full.root, '77-1/tasks/dear/workspace-1/dear.txt')
    expect(await readFile(kept, 'utf8')).toBe('hours of work\n')
    hub.each(worker => worker.exit())
    await site.cli({ tasks: tasks({ id: 'dear', run: hub.command }), 'workspace-root': full.root }, RUN)
    expect(await readFile(kept, 'utf8')).toBe('hours of work\n')
  }, 180_000)

  it('and a bundle that could not be written is not said to be there', async () => {
    await using site = await startSite({ via: 'file' })
    const root = join(site.job.temp, 'small')
    await using _mount = await mounted(root, 'size=20m')
    const fill = `dd if=/dev/zero of='${join(root, 'fill')}' bs=64k 2> /dev/null || true`
    const ran = await site.cli({
      tasks: tasks({ id: 'big', run: 'head -c 6000000 /dev/urandom > big.bin' }),
      'workspace-root': root,
      gate: `test ! -e big.bin || { ${fill}; rm -rf .git/index; exit 1; }`,
      'gate-retries': '0',
    })
    const { summary } = JSON.parse(JSON.stringify(await ran.directory()))
    const [task] = summary.tasks
    expect(task.outcome).toBe('failed')
    const there = task.files
      .filter((name: string) => /work\./.test(name))
      .map((name: string) => name.slice(10))
    for (const name of ['work.bundle', 'work.patch']) {
      const said = task.reason.message.includes(`\`${name}\``)
      expect({ name, said }, task.reason.message).toEqual({ name, said: there.includes(name) })
    }
    expect(ran.stderr + ran.stdout).toContain('could not')
  }, 180_000)
})

describe('a journal that cannot be trusted', () => {
  it('because another version wrote it is a refusal, and is left as it is', async () => {
    await using site = await startSite({ via: 'file' })
    const journal = join(site.root, '77-1', 'journal.ndjson')
    await mkdir(join(site.root, '77-1'), { recursive: true })
    await writeFile(journal, '{"version":2}\n')
    const { code, stderr } = await site.cli({ tasks: TASK }, RUN)
    expect(code).toBe(1)
    expect(stderr).toContain('has version 2, and this Fanout reads version 1')
    expect(stderr).toContain(`remove ${join(site.root, '77-1')}`)
    expect(await readFile(journal, 'utf8')).toBe('{"version":2}\n')
  })

  it('because it is empty is a warning, and the run starts anew', async () => {
    await using site = await startSite({ via: 'file' })
    await mkdir(join(site.root, '77-1'), { recursive: true })
    await writeFile(join(site.root, '77-1', 'journal.ndjson'), '')
    const { code, stdout } = await site.cli({ tasks: TASK }, RUN)
    expect([code, stdout]).toEqual([0, expect.stringContaining('empty or broken from its first line on')])
    expect((await site.remote.files())['a.txt']).toBe('a\n')
  })

  it('because it is broken in the middle counts up to there, and what the branch says wins', async () => {
    await using site = await startSite({ via: 'file' })
    const starts = join(site.job.temp, 'starts')
    const ids = ['a', 'b', 'c']
    const list = tasks(...ids.map(id => ({ id, run: `echo ${id} >> ${starts}; echo ${id} > ${id}.txt` })))
    const inputs = { tasks: list, workers: '1' }
    expect((await site.cli(inputs, RUN)).code).toBe(0)
    const journal = join(site.root, '77-1', 'journal.ndjson')
    const lines = (await readFile(journal, 'utf8')).split('\n')
    // As if the machine had died: no report, and zeros where the second worker's end was.
    await run('rm', [join(site.root, '77-1', 'summary.json')])
    await writeFile(journal, lines.map((line, i) => (i === 4 ? '\0\0\0\0' : line)).join('\n'))
    const { code, stdout } = await site.cli(inputs, RUN)
    expect([code, stdout]).toEqual([0, expect.stringContaining('is broken behind line 4')])
    expect((await readFile(starts, 'utf8')).trim().split('\n')).toEqual(ids)
  })
})
