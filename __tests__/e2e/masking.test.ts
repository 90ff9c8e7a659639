/** What is masked, and what a run is known by: that stays whole wherever it is written. */
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { attempt, counting, landedOn, startsIn } from '../rig/counted.ts'
import { git } from '../rig/exec.ts'
import { outcomes, type Site, startSite, tasks } from '../rig/fanout.ts'

const KEY = 'sk-4f9a-77bd-01c2'

/** Whole messages on the branch, newest first. */
async function messages({ remote }: Site): Promise<readonly string[]> {
  return (await git(remote.path, 'log', '-z', '--format=%B', 'main')).split('\0')
}

describe('a value that a secret shares with names of the run', () => {
  it.each([
    ['an everyday word', { POSTGRES_PASSWORD: 'postgres' }, 'POSTGRES_PASSWORD (an everyday word)'],
    ['part of an id', { DB_SECRET: 'postgres-16' }, "DB_SECRET (part of a task's id)"],
    ['the run key', { BUILD_TOKEN: '2026071577-' }, "BUILD_TOKEN (part of the run's key)"],
    ['a trailer', { X_API_KEY: 'Fanout-Task' }, 'X_API_KEY (part of a trailer)'],
  ])('leaves ids, trailers and keys whole: %s', async (_, secret, said) => {
    await using site = await startSite({ via: 'file' })
    const starts = join(site.job.temp, 'starts')
    const inputs = {
      tasks: tasks(counting('bump-postgres-16'), { ...counting('later'), needs: 'bump-postgres-16' }),
      'verify-when': 'never',
    }
    const env = { ...secret, GITHUB_RUN_ID: '2026071577', STARTS: starts }
    for (const n of ['1', '2']) {
      const ran = await site.cli(inputs, { ...env, GITHUB_RUN_ATTEMPT: n })
      const run = await ran.directory()
      expect(outcomes(run.summary), ran.stdout).toEqual({ 'bump-postgres-16': 'landed', later: 'landed' })
      expect(run.state.tasks.map(task => task.id)).toEqual(['bump-postgres-16', 'later'])
      expect(run.summary.run.key).toBe(`2026071577-${n}`)
      expect(await run.json('inputs.json')).toMatchObject({ left_out: [] })
      expect(ran.stdout).not.toContain('***')
      expect(ran.stdout.split('\n').filter(line => line.includes(said))).toHaveLength(1)
      // The next attempt is on another machine, and has the branch alone to ask.
      await rm(site.root, { recursive: true })
    }
    expect(await landedOn(site)).toEqual(['bump-postgres-16', 'later'])
    expect(await site.remote.trailers('Fanout-Run')).toEqual(['2026071577-1', '2026071577-1'])
    expect(await startsIn(starts)).toEqual(['bump-postgres-16', 'later'])
  })
})

it("a secret in what a worker wrote is masked; the user's own words and the trailers are not", async () => {
  await using site = await startSite({ via: 'file' })
  const author = `-c user.name="By ${KEY}" -c user.email=a@example.com`
  const ran = await site.cli(
    {
      tasks: tasks(
        { id: 'own', run: `echo 1 > a; git add a; git ${author} commit -qm "Use ${KEY}" -m "As: ${KEY}"` },
        { id: 'file', run: `echo 2 > b; printf 'Took %s\\n' "$WORKER_API_KEY" > "$FANOUT_MESSAGE_FILE"` },
        { id: 'user', title: `Rotate ${KEY}`, run: 'echo 3 > c' },
        { id: KEY.slice(0, 7), 'commit-message': `{title} ${KEY}`, run: 'echo 4 > d' },
      ),
      workers: '1',
      'verify-when': 'never',
    },
    { ...attempt(1), WORKER_API_KEY: KEY },
  )
  expect((await ran.directory()).summary.counts.landed, ran.stdout).toBe(4)
  const said = (await messages(site)).map(text => text.replace(/^Fanout-Fingerprint: .*\n/m, ''))
  expect(said.slice(0, 4).map(text => text.trim())).toEqual([
    `sk-4f9a ${KEY}\n\nFanout-Task: sk-4f9a\nFanout-Run: 77-1`,
    `Rotate ${KEY}\n\nFanout-Task: user\nFanout-Run: 77-1`,
    'Took ***\n\nFanout-Task: file\nFanout-Run: 77-1',
    'Use ***\n\nAs: ***\nFanout-Task: own\nFanout-Run: 77-1',
  ])
  expect(await git(site.remote.path, 'log', '--format=%an', 'main')).toContain('By ***')
  // Reports go further than the branch.
  expect(ran.stdout).not.toContain(KEY)
})

it('a run directory that holds such a value is named as it is', async () => {
  await using site = await startSite()
  const root = join(site.job.temp, 'runs-of-acme-1')
  const inputs = { tasks: tasks({ id: 'a', run: 'echo a > a' }), 'verify-when': 'never' }
  const ran = await site.run({ ...inputs, 'workspace-root': root }, { ACME_TOKEN: 'runs-of-acme-1' })
  const { path } = await ran.directory()
  expect(path.startsWith(root)).toBe(true)
  expect(ran.outputs['summary-file']).toBe(join(path, 'summary.json'))
  expect(ran.outputs['report-file']).toBe(join(path, 'report.html'))
})
