/** Branches, tags and tasks may be named alike: what a run keeps, and what it asks git for, has names of its own. */
import { execFile } from 'node:child_process'
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { takeUpCommand } from '../../src/action/saved.ts'
import { git, hermeticEnv } from '../rig/exec.ts'
import { outcomes, startSite, tasks } from '../rig/fanout.ts'

const shell = promisify(execFile)

describe('a branch that is named as kept work once was', () => {
  const list = tasks(
    { id: 'good', run: 'echo y > y.txt' },
    { id: 'nightly', needs: 'good', run: 'echo broken > x.txt; exit 3' },
  )

  it.each(['fanout/nightly', 'fanout', 'fanout/work/nightly'])(
    '%s: what is verified and checked out afterwards is what landed, and the bundle is there',
    async branch => {
      await using at = await startSite({ via: 'file', repo: { branch } })
      const looks = 'ls; test -f y.txt; ! test -e x.txt'
      const ran = await at.run({ tasks: list, verify: looks, 'verify-when': 'always', branch })
      const { summary, path } = await ran.directory()
      expect(outcomes(summary), ran.text).toEqual({ good: 'landed', nightly: 'failed (worker-exit)' })
      expect(summary.verification.passed).toBe(true)
      expect(summary.run.head_sha).toBe(await at.remote.tip())
      expect(Object.keys(await at.remote.files()).sort()).toEqual(['README.md', 'y.txt'])
      expect(await at.clone.git('rev-parse', 'HEAD')).toBe(await at.remote.tip())
      expect(await readdir(at.clone.path)).not.toContain('x.txt')
      // As the page of the job says.
      const command = takeUpCommand(summary.tasks[1]!, path)
      await shell('bash', ['-ec', command!], { cwd: at.clone.path, env: hermeticEnv() })
      expect(await readdir(at.clone.path)).toContain('x.txt')
    },
  )

  it('the command that takes kept work up works for every id', async () => {
    await using at = await startSite({ via: 'file' })
    const ids = ['v1..2', 'a.b', 'work', 'main']
    const ran = await at.cli({ tasks: tasks(...ids.map(id => ({ id, run: `echo > ${id}.txt; exit 1` }))) })
    const { summary, path } = await ran.directory()
    for (const task of summary.tasks) {
      expect((await stat(join(path, 'tasks', task.id, 'work.bundle'))).size).toBeGreaterThan(0)
      await shell('bash', ['-ec', takeUpCommand(task, path)!], { cwd: at.clone.path, env: hermeticEnv() })
    }
    const names = await git(at.clone.path, 'ls-files')
    expect(names.split('\n').sort()).toEqual(['README.md', ...ids.map(id => `${id}.txt`)].sort())
  })
})
