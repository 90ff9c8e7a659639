import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { startCompetitor } from '../rig/competitor.ts'
import { git } from '../rig/exec.ts'
import { outcomes, startSite, tasks } from '../rig/fanout.ts'

const IDS = ['t1', 't2', 't3', 't4', 't5', 't6', 't7', 't8']
/** Where the machine is so slow that each round takes longer than the competitor rests, he must tire at some time. */
const MOST = 40

test('eight tasks land beside a competitor that pushes every 200 ms: only gated trees, nothing of his lost', async () => {
  await using site = await startSite({ via: 'file' })
  const { remote } = site
  const base = await remote.tip()
  const ledger = join(site.job.temp, 'green-trees')
  const inputs = {
    tasks: tasks(...IDS.map(id => ({ id, run: `echo ${id} > ${id}.txt` }))),
    workers: '4',
    gate: `git rev-parse 'HEAD^{tree}' >> "$LEDGER"`,
    'push-backoff-ms': '100,400',
    'max-push-attempts': '50',
  }
  const { ran, competed } = await (async () => {
    await using competitor = startCompetitor(remote, { everyMs: 200, most: MOST })
    await competitor.started
    const result = await site.run(inputs, { LEDGER: ledger })
    return { ran: result, competed: competitor.count }
  })()
  const { summary, events } = await ran.directory()
  expect(outcomes(summary)).toEqual(Object.fromEntries(IDS.map(id => [id, 'landed'])))
  expect(ran.code).toBe(0)
  for (const task of summary.tasks) expect(task.attempts.push).toBeLessThanOrEqual(50)
  expect(summary.landing.races_lost).toBe(summary.landing.push_attempts - summary.landing.pushes)

  // A tip that we pushed is a commit of ours that something of his, or nothing, came after.
  const green = new Set((await readFile(ledger, 'utf8')).split('\n'))
  const history = (await git(remote.path, 'log', '--reverse', '--format=%H %T %s', `${base}..main`))
    .split('\n')
    .map(line => line.split(' '))
  const ours = new Set<unknown>(summary.tasks.map(task => task.commit))
  const tips = history.filter(([sha], i) => ours.has(sha) && !ours.has(history[i + 1]?.[0]))
  expect(tips.length).toBeGreaterThan(0)
  expect(tips.filter(([, tree]) => !green.has(tree ?? ''))).toEqual([])
  const pushed = events.flatMap(event =>
    event.type === 'pushed' && event.result.kind === 'landed' ? [event.layers.at(-1)?.commit] : [],
  )
  expect(tips.map(([sha]) => sha)).toEqual(expect.arrayContaining([pushed.at(-1)]))
  expect(pushed.every(sha => history.some(([known]) => known === sha))).toBe(true)

  const his = history.filter(([, , , number]) => number !== undefined).map(([, , , number]) => Number(number))
  expect(competed).toBeGreaterThan(0)
  expect(his).toEqual(his.map((_, i) => i + 1))
  expect(his.length).toBeGreaterThanOrEqual(competed)
  expect(history).toHaveLength(his.length + IDS.length)
  const files = await remote.files()
  expect(files['competitor.txt']).toBe(`${his.length}\n`)
  for (const id of IDS) expect(files[`${id}.txt`]).toBe(`${id}\n`)
}, 180_000)

test('a race that is lost for certain is refetched, restacked, gated again and won', async () => {
  await using site = await startSite()
  const { remote, server } = site
  const ledger = join(site.job.temp, 'gated')
  // He is always quicker than the first three pushes: his commit comes between our advertisement and our pack.
  let times = 0
  const before = () => remote.commit({ files: { [`his-${++times}.txt`]: 'his\n' }, message: `his ${times}` })
  server.fault({ on: 'push', times: 3, before })
  const ran = await site.run(
    {
      tasks: tasks({ id: 'ours', run: 'echo ours > ours.txt' }),
      gate: `git rev-parse 'HEAD^{tree}' >> "$LEDGER"`,
      'push-backoff-ms': '1',
    },
    { LEDGER: ledger },
  )
  expect(server.leftoverFaults()).toEqual([])
  const { summary } = await ran.directory()
  expect(outcomes(summary)).toEqual({ ours: 'landed' })
  expect(summary.landing).toMatchObject({
    pushes: 1,
    push_attempts: 4,
    races_lost: 3,
    rounds: 4,
    gates_run: 4,
  })
  expect(summary.tasks[0]?.attempts).toEqual({ worker: 1, push: 4, remediation: 0 })
  const trees = (await readFile(ledger, 'utf8')).trim().split('\n')
  expect(new Set(trees).size).toBe(4)
  expect(trees.at(-1)).toBe(await git(remote.path, 'rev-parse', 'main^{tree}'))
  expect(await remote.log()).toBe('ours [Fanout-Task: ours]\nhis 3\nhis 2\nhis 1\ninitial')
})

test('a branch that moves between two looks at the start is worked upon as it was fetched', async () => {
  await using site = await startSite()
  // Behind the branch from the start: else there is nothing to fetch.
  await site.remote.commit({ files: { 'older.txt': 'older\n' }, message: 'older' })
  const before = () => site.remote.commit({ files: { 'his.txt': 'his\n' }, message: 'his' })
  site.server.fault({ on: 'advertise-fetch', skip: 1, before })
  const ran = await site.run({ tasks: tasks({ id: 'ours', run: 'cat his.txt > ours.txt' }) })
  expect(site.server.leftoverFaults()).toEqual([])
  expect(outcomes((await ran.directory()).summary)).toEqual({ ours: 'landed' })
  expect(await site.remote.log()).toBe('ours [Fanout-Task: ours]\nhis\nolder\ninitial')
})

test('a checkout that is at the tip is asked of the remote once before its workers start', async () => {
  await using site = await startSite()
  const before = () => site.remote.commit({ files: { 'his.txt': 'his\n' }, message: 'his' })
  site.server.fault({ on: 'advertise-fetch', skip: 1, before })
  const ran = await site.run({ tasks: tasks({ id: 'ours', run: 'git log --format=%s > ours.txt' }) })
  expect(outcomes((await ran.directory()).summary)).toEqual({ ours: 'landed' })
  expect(await git(site.remote.path, 'show', 'main:ours.txt')).toBe('initial')
  expect(await site.remote.log()).toBe('ours [Fanout-Task: ours]\nhis\ninitial')
})
