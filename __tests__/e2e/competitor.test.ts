import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { startCompetitor } from '../rig/competitor.ts'
import { git } from '../rig/exec.ts'
import { outcomes, startSite, tasks } from '../rig/fanout.ts'

const IDS = ['t1', 't2', 't3', 't4', 't5', 't6', 't7', 't8']

test('eight tasks land beside a competitor that pushes every 200 ms, and every tip was gated', async () => {
  await using site = await startSite()
  const ledger = join(site.job.temp, 'green-trees')
  const list = tasks(...IDS.map(id => ({ id, run: `echo ${id} > ${id}.txt` })))
  let competing = 0
  const ran = await (async () => {
    await using competitor = startCompetitor(site.remote, { everyMs: 200 })
    const result = await site.run(
      { tasks: list, workers: '4', gate: `git rev-parse 'HEAD^{tree}' >> "$LEDGER"`, verify: 'true' },
      { LEDGER: ledger },
    )
    competing = competitor.count
    return result
  })()
  const { summary, events } = await ran.directory()
  console.log(ran.text, summary.landing, competing)
  expect(outcomes(summary)).toEqual(Object.fromEntries(IDS.map(id => [id, 'landed'])))
})
