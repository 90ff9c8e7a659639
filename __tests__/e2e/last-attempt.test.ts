import { expect, it } from 'vitest'
import { git } from '../rig/exec.ts'
import { outcomes, startSite, tasks } from '../rig/fanout.ts'

it('a last push attempt whose answer was lost, and that nobody could look up at first, has landed', async () => {
  await using at = await startSite({ repo: { files: { 'a.txt': 'a\n' } } })
  at.server.fault({
    on: 'push',
    resetResponse: true,
    // The look at the branch right after the push fails too.
    before: () => at.server.fault({ on: 'advertise-fetch', times: 1, status: 503 }),
  })
  const ran = await at.cli({
    tasks: tasks({ id: 'a', run: 'echo b > b.txt' }),
    'max-push-attempts': '1',
    'push-backoff-ms': '10',
    'verify-when': 'never',
  })
  const { summary } = await ran.directory()
  expect(outcomes(summary)).toEqual({ a: 'landed' })
  expect(summary.landing).toMatchObject({ push_attempts: 1 })
  expect(ran.code).toBe(0)
  expect(at.server.leftoverFaults()).toEqual([])
  expect((await git(at.remote.path, 'rev-list', '--count', 'main')).trim()).toBe('2')
})
