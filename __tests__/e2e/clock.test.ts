/** A machine whose clock is set back: nothing waits for ever, nothing is lost, and the report makes sense. */
import { expect, test } from 'vitest'
import { outcomes, type RunDirectory, startSite, tasks } from '../rig/fanout.ts'
import { startWorkerHub } from '../rig/worker.ts'
import { SummarySchema } from './summary-schema.ts'

/** For NODE_OPTIONS: after so many milliseconds it is the same time of the day before. */
function setBack(afterMs: number): string {
  const code = `const now = Date.now, began = now(); Date.now = () => now() - (now() - began >= ${afterMs} ? 864e5 : 0)`
  return `--import=data:text/javascript,${encodeURIComponent(code)}`
}

/** All times of the journal and of the report in the order they should have. */
function expectOrder({ summary, head, events }: RunDirectory): void {
  SummarySchema.parse(summary)
  const times = [head.started_at, ...events.map(event => event.at), summary.run.finished_at]
  expect(times).toEqual(times.toSorted())
  for (const { started_at: started, finished_at: finished } of summary.tasks)
    if (started && finished) expect(started <= finished).toBe(true)
}

const INPUTS = {
  tasks: tasks(...['a', 'b', 'c'].map(id => ({ id, run: `echo ${id} > ${id}.txt` }))),
  workers: '1',
  gate: 'true',
  verify: 'true',
}

test.each([0, 300, 500, 700])(
  'by a day after %i ms: all lands, and no time runs backwards',
  async afterMs => {
    await using site = await startSite({ via: 'file' })
    const ran = await site.cli(INPUTS, { NODE_OPTIONS: setBack(afterMs) })
    expect([ran.code, ran.stderr]).toEqual([0, ''])
    const run = await ran.directory()
    expect(outcomes(run.summary)).toEqual({ a: 'landed', b: 'landed', c: 'landed' })
    expectOrder(run)
    expect((await site.remote.trailers('Fanout-Task')).sort()).toEqual(['a', 'b', 'c'])
  },
)

test('by a day between a process that died and the next: it goes on, and the times stay in order', async () => {
  await using hub = await startWorkerHub()
  await using site = await startSite({ via: 'file' })
  const inputs = { ...INPUTS, gate: hub.line('gate') }
  const env = { GITHUB_RUN_ID: '77', GITHUB_RUN_ATTEMPT: '1' }
  const first = site.startCli(inputs, env)
  await hub.next(start => start.label === 'gate')
  first.kill('SIGKILL')
  await first.done
  hub.each(worker => worker.exit())
  const again = await site.cli(inputs, { ...env, NODE_OPTIONS: setBack(0) })
  expect([again.code, again.stderr]).toEqual([0, ''])
  const run = await again.directory()
  expect(outcomes(run.summary)).toEqual({ a: 'landed', b: 'landed', c: 'landed' })
  expectOrder(run)
})
