/** What a person does who is in a hurry: interrupts and starts again, copies secrets, clears a folder away. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { git } from '../rig/exec.ts'
import { outcomes, startSite, tasks } from '../rig/fanout.ts'
import { startWorkerHub } from '../rig/worker.ts'

it('the same command after a Ctrl-C goes on: nothing lands twice, and only what was cancelled starts again', async () => {
  await using hub = await startWorkerHub()
  await using at = await startSite({ via: 'file' })
  const list = tasks({ id: 'done', run: 'date +%N >> done.txt' }, { id: 'slow', run: hub.command })
  const first = at.startCli({ tasks: list, workers: '2' })
  await hub.next('slow')
  await first.shows(/landed done/)
  first.kill('SIGINT')
  const interrupted = await first.done
  expect(interrupted.code).toBe(130)

  const second = at.startCli({ tasks: list, workers: '2' })
  const worker = await hub.next('slow')
  await worker.write('slow.txt', 'slow\n')
  await worker.exit(0)
  const ran = await second.done
  const { path, summary } = await ran.directory()
  expect(outcomes(summary)).toEqual({ done: 'landed', slow: 'landed' })
  expect(path).toBe((await interrupted.directory()).path)
  expect(await at.remote.log()).toBe('slow [Fanout-Task: slow]\ndone [Fanout-Task: done]\ninitial')
})

describe('what the input `copy` brings stays out of commits', () => {
  const secret = { tasks: tasks({ id: 'ours', run: 'test -f .env; echo 1 > ours.txt' }), copy: '.env,kept' }

  it('where only the machine ignores it, and a worker commits all there is', async () => {
    await using at = await startSite({ via: 'file' })
    const { path } = at.clone
    await writeFile(join(path, '.git/info/exclude'), '')
    await writeFile(join(at.job.temp, 'ignored'), '.env\n')
    await git(path, 'config', 'core.excludesFile', join(at.job.temp, 'ignored'))
    await writeFile(join(path, '.env'), 'SECRET=1\n')
    const all = { id: 'ours', run: 'echo 1 > ours.txt; git add -A; git commit -qm all' }
    const ran = await at.cli({ ...secret, tasks: tasks(all) })
    expect(outcomes((await ran.directory()).summary)).toEqual({ ours: 'landed' })
    expect(Object.keys(await at.remote.files())).not.toContain('.env')
    expect(ran.stdout).toMatch(/ours: \.env came from the input `copy` and stays out of its commit/)
  })
})

it('a workspace that was replaced by another folder is no change of the repository', async () => {
  await using at = await startSite({ via: 'file' })
  const before = await at.remote.files()
  const run = 'cd ..; rm -rf workspace; mkdir workspace; echo 1 > workspace/n.txt'
  const ran = await at.cli({ tasks: tasks({ id: 'gone', run }), workspaces: 'clone' })
  expect(outcomes((await ran.directory()).summary)).toEqual({ gone: 'failed (out-of-scope)' })
  expect(await at.remote.files()).toEqual(before)
})
