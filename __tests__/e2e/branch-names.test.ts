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

describe('tags that are named as the branch', () => {
  const TAGS = ['main', 'origin/main', 'heads/main', 'HEAD', 'remotes/origin/main', 'fanout/work/bad']

  it.each(['checkout', 'user'] as const)('change nothing (%s)', async as => {
    await using at = await startSite({ via: 'file', clone: { as } })
    // Each of another commit, which is no part of the branch.
    const other = await at.remote.commit({ files: { 'other.txt': 'not of main\n' }, branch: 'other' })
    await at.clone.git('fetch', '--quiet', 'origin', 'refs/heads/other')
    for (const tag of TAGS) {
      await git(at.remote.path, 'update-ref', `refs/tags/${tag}`, other)
      await at.clone.git('update-ref', `refs/tags/${tag}`, other)
    }
    const list = tasks(
      { id: 'good', run: 'test "$FANOUT_BRANCH" = main; echo y > y.txt' },
      { id: 'bad', needs: 'good', run: 'test -f y.txt; echo x > x.txt; exit 3' },
    )
    const looks = 'test -f y.txt; ! test -e other.txt'
    const ran = await at.run({ tasks: list, gate: looks, verify: looks, 'verify-when': 'always' })
    const { summary, path } = await ran.directory()
    expect(outcomes(summary), ran.text).toEqual({ good: 'landed', bad: 'failed (worker-exit)' })
    expect(summary.run.branch).toBe('main')
    expect(summary.verification.passed).toBe(true)
    expect(await at.remote.log('refs/heads/main')).toBe('good [Fanout-Task: good]\ninitial')
    // The checkout has followed, and is on its branch.
    expect(await at.clone.git('symbolic-ref', 'HEAD')).toBe('refs/heads/main')
    expect(await at.clone.git('rev-parse', 'HEAD')).toBe(await at.remote.tip('refs/heads/main'))
    const command = takeUpCommand(summary.tasks[1]!, path)
    await shell('bash', ['-ec', command!], { cwd: at.clone.path, env: hermeticEnv() })
    expect(await readdir(at.clone.path)).toContain('x.txt')
    expect(Object.keys(await at.remote.refs()).sort()).toEqual(
      ['refs/heads/main', 'refs/heads/other', ...TAGS.map(tag => `refs/tags/${tag}`)].sort(),
    )
  })

  it('a job of a tag, at a detached HEAD, does not take the tag for a branch', async () => {
    await using at = await startSite({ via: 'file', clone: { detached: true } })
    await at.clone.git('tag', 'main')
    const event = { GITHUB_REF: 'refs/tags/main', GITHUB_REF_NAME: 'main', GITHUB_REF_TYPE: 'tag' }
    const ran = await at.run({ tasks: tasks({ id: 'a', run: 'echo > a.txt' }) }, event)
    expect(ran.code).toBe(1)
    expect(ran.text).toContain('the branch to land on is not known')
  })
})
