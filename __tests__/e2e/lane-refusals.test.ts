/** Refusals that one candidate causes: it is told alone, and the others land. */
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { git } from '../rig/exec.ts'
import { outcomes, startSite, tasks } from '../rig/fanout.ts'
import { leftoverRules, setRules } from '../rig/github-hooks.ts'

it('a workflow file, a blob of 101 MB and a secret are blocked each for itself, and the others land', async () => {
  await using at = await startSite({ repo: { files: { 'a.txt': 'a\n' } } })
  await setRules(at.remote.path, [
    { kind: 'workflow-scope' },
    { kind: 'large-file' },
    { kind: 'secret', marker: 'ghp_thisIsNoRealTokenAtAll' },
  ])
  const ran = await at.cli({
    tasks: tasks(
      { id: 'good-1', run: 'echo 1 > 1.txt' },
      {
        id: 'workflow',
        paths: ['.github/workflows/**'],
        run: 'mkdir -p .github/workflows; echo "on: push" > .github/workflows/ci.yml',
      },
      { id: 'good-2', run: 'echo 2 > 2.txt' },
      { id: 'big', run: 'head -c 105906176 /dev/zero > big.bin' },
      { id: 'good-3', run: 'echo 3 > 3.txt' },
      { id: 'secret', run: 'echo token=ghp_thisIsNoRealTokenAtAll > config.ini' },
      { id: 'good-4', run: 'echo 4 > 4.txt' },
    ),
    workers: '7',
    gate: 'true',
    'verify-when': 'never',
    'push-backoff-ms': '20',
  })
  const directory = await ran.directory()
  expect(outcomes(directory.summary)).toEqual({
    'good-1': 'landed',
    'good-2': 'landed',
    'good-3': 'landed',
    'good-4': 'landed',
    workflow: 'blocked-push (workflow-scope)',
    big: 'blocked-push (large-file)',
    secret: 'blocked-push (secret)',
  })
  expect(await leftoverRules(at.remote.path)).toEqual([])
  const fixes = directory.summary.tasks.flatMap(task => (task.reason ? [task.reason.fix] : []))
  expect(new Set(fixes).size).toBe(3)
  for (const id of ['workflow', 'big', 'secret']) {
    const marker = await directory.json(`tasks/${id}/blocked-push.json`)
    expect(marker.candidate_sha).toMatch(/^[0-9a-f]{40}$/)
    expect(marker.remote_output).not.toBe('')
    const bundle = join(directory.path, `tasks/${id}/work.bundle`)
    const heads = await git(at.clone.path, 'bundle', 'list-heads', bundle)
    expect(heads).toContain(`${marker.candidate_sha} refs/fanout/work/${id}`)
  }
}, 120_000)

it('a file that the server is known to refuse is never sent to it, and its refs spoil no others', async () => {
  await using at = await startSite()
  const ran = await at.run({
    tasks: tasks(
      { id: 'big', run: 'truncate -s 105906176 big.bin; echo beside > big.txt' },
      { id: 'small', run: 'echo small > small.txt' },
    ),
    workers: '2',
    'verify-when': 'never',
  })
  const { summary, json, path } = await ran.directory()
  expect(outcomes(summary)).toEqual({ big: 'blocked-push (large-file)', small: 'landed' })
  const [big] = summary.tasks
  expect(big?.attempts.push).toBe(0)
  expect(big?.reason?.message).toMatch(/too large for the remote \(big\.bin\).* 100 MiB/)
  expect(big?.reason?.fix).toContain('Git LFS')
  expect(await json('tasks/big/blocked-push.json')).toMatchObject({ reason: 'large-file', attempt: 0 })
  expect(summary.landing.push_attempts).toBe(1)
  // Nowhere on the remote, not even as blocked work; here it is whole.
  expect(Object.keys(await at.remote.refs())).toEqual(['refs/heads/main'])
  const kept = join(path, 'tasks/big/work.bundle')
  await git(at.remote.path, 'fetch', '--quiet', kept, 'refs/fanout/work/big:refs/kept/big')
  expect(await git(at.remote.path, 'cat-file', '-s', 'refs/kept/big:big.bin')).toBe('105906176')
}, 120_000)
