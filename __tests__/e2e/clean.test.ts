/** What runs leave on a machine that stays: where it lies, what retention takes, and what `fanout clean` takes. */
import { readdir, utimes } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { run } from '../rig/exec.ts'
import { flags, startCli, startSite, tasks } from '../rig/fanout.ts'
import { startWorkerHub } from '../rig/worker.ts'

const NEVER = { 'verify-when': 'never' }
const OUT = tasks({ id: 'a', run: 'echo dear > elsewhere.txt', paths: ['docs/**'] })

async function age(dir: string): Promise<void> {
  await run('find', [dir, '-exec', 'touch', '-h', '-d', '3 days ago', '{}', '+'])
  await utimes(dir, 0, 0)
}

describe('a run directory', () => {
  test('keeps its bundle whatever runs later, and another run can still take it up', async () => {
    await using site = await startSite({ via: 'file' })
    const first = await (await site.cli({ ...NEVER, tasks: OUT })).directory()
    await age(first.path)
    await site.cli({ ...NEVER, tasks: tasks({ id: 'other', run: 'true' }) })
    const names = (await readdir(first.path)).sort()
    expect(names).toContain('summary.json')
    expect(names).not.toContain('store.git')
    const { code } = await run('git', ['bundle', 'verify', join(first.path, 'tasks/a/work.bundle')], {
      cwd: site.clone.path,
    })
    expect(code).toBe(0)
    const status = await startCli(site.clone.path, ['status', first.path]).done
    expect(status.stdout).toContain('out-of-scope')
  })

  test('of a run that was killed has its work saved before its store goes', async () => {
    await using hub = await startWorkerHub()
    await using site = await startSite({ via: 'file' })
    const inputs = { ...NEVER, tasks: tasks({ id: 'a', run: hub.command }), gate: hub.line('gate') }
    const killed = site.startCli(inputs)
    const worker = await hub.next('a')
    await worker.write('a.txt', 'dear\n')
    await worker.exit()
    const gate = await hub.next(start => start.label === 'gate')
    killed.child.kill('SIGKILL')
    await killed.done
    const [key = ''] = (await readdir(site.root)).filter(name => name.startsWith('local-'))
    await age(join(site.root, key))
    await site.cli({ ...NEVER, tasks: tasks({ id: 'other', run: 'true' }) })
    await gate.ended
    expect(await readdir(join(site.root, key, 'tasks/a'))).toContain('work.bundle')
    expect(await readdir(join(site.root, key))).not.toContain('store.git')
  })
})

describe('in a terminal', () => {
  const state = (temp: string) => ({ XDG_STATE_HOME: join(temp, 'state'), TMPDIR: temp })

  test("runs lie in the user's state folder; those of earlier versions are told of once; clean lists and removes", async () => {
    await using site = await startSite({ via: 'file' })
    const env = state(site.job.temp)
    // As an earlier version had it.
    const old = { ...NEVER, tasks: OUT, 'workspace-root': join(site.job.temp, 'fanout') }
    await startCli(site.clone.path, ['run', ...flags(old)], env).done
    const start = () => startCli(site.clone.path, ['run', ...flags({ ...NEVER, tasks: OUT })], env).done
    const [first, second] = [await start(), await start()]
    const told = /1 run\(s\) of this repository are in \S+\/fanout, where earlier versions/
    expect(first.stdout + first.stderr).toMatch(told)
    expect(second.stdout + second.stderr).not.toMatch(told)
    const [folder = ''] = await readdir(join(env.XDG_STATE_HOME, 'fanout'))
    expect(folder).toMatch(/^remote-[0-9a-f]{8}$/)
    const root = join(env.XDG_STATE_HOME, 'fanout', folder)
    expect((await first.directory()).path.startsWith(root)).toBe(true)

    const clean = (...words: string[]) => startCli(site.clone.path, ['clean', ...words], env).done
    const listed = await clean()
    expect(listed.code).toBe(0)
    expect(listed.stdout).toMatch(/local-\S+\n {2}\d+ min old, [\d.]+ kB, main of \S+\n {2}did not land: a\n/)
    expect(listed.stdout).toMatch(
      /2 run\(s\), .* 2 of them hold work that did not land: it goes for good\. Nothing was removed/,
    )
    expect((await readdir(root)).filter(name => name.startsWith('local-'))).toHaveLength(2)
    const removed = await clean('--yes')
    expect(removed.stdout).toMatch(/2 run\(s\) removed, /)
    expect((await readdir(root)).filter(name => name.startsWith('local-'))).toEqual([])
    expect((await clean()).stdout).toMatch(/^Nothing to remove in /)
    // The others are where they were.
    expect((await clean('--workspace-root', join(site.job.temp, 'fanout'))).stdout).toContain(
      'did not land: a',
    )
  })

  test('clean leaves a run at work alone, and what is no run', async () => {
    await using hub = await startWorkerHub()
    await using site = await startSite({ via: 'file' })
    const running = site.startCli({ ...NEVER, tasks: tasks({ id: 'a', run: hub.command }) })
    const worker = await hub.next('a')
    await run('mkdir', ['-p', join(site.root, 'photos')])
    const words = ['clean', '--workspace-root', site.root, '--yes']
    const cleaned = await startCli(site.clone.path, words).done
    expect(cleaned.stdout).toMatch(/^1 run\(s\) at work: these are left alone\.\nNothing to remove/)
    await worker.write('a.txt', 'a\n')
    await worker.exit()
    expect((await running.done).code).toBe(0)
    expect(await readdir(site.root)).toContain('photos')
  })

  test('clean outside of any repository says what it needs', async () => {
    await using site = await startSite({ via: 'file' })
    const { code, stderr } = await startCli(site.job.temp, ['clean']).done
    expect([code, stderr]).toEqual([1, expect.stringContaining('give --workspace-root <folder>')])
  })
})
