/** Several steps of one job: one workflow run, one key, one run directory. What each was told to do is done once. */
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { killWithFamily } from '../rig/chaos.ts'
import { counting, startsIn } from '../rig/counted.ts'
import { outcomes, readRun, type Site, startSite, tasks } from '../rig/fanout.ts'
import { setRules } from '../rig/github-hooks.ts'
import { startWorkerHub } from '../rig/worker.ts'

/** The action as one step after another of the same job; `attempt`: of the workflow run. */
function stepsOf(site: Site) {
  const starts = join(site.job.temp, 'starts')
  return {
    starts: () => startsIn(starts),
    async step(list: string, more: Readonly<Record<string, string>> = {}, attempt = '1') {
      const env = { STARTS: starts, GITHUB_RUN_ID: '77', GITHUB_RUN_ATTEMPT: attempt }
      const ran = await site.run({ tasks: list, 'verify-when': 'never', ...more }, env)
      const run = await ran.directory()
      return { ...ran, run, outcomes: outcomes(run.summary) }
    },
  }
}

const one = tasks({ id: 'a', title: 'first', run: 'echo one >> "$STARTS"; echo 1 > one.txt' })
const two = tasks({ id: 'a', title: 'second', run: 'echo two >> "$STARTS"; echo 2 > two.txt' })

describe('two steps of one job', () => {
  it('with the same task: the second finds that it landed', async () => {
    await using site = await startSite()
    const { step, starts } = stepsOf(site)
    expect((await step(one)).outcomes).toEqual({ a: 'landed' })
    const again = await step(one)
    expect(again.outcomes, again.text).toEqual({ a: 'landed' })
    expect(await starts()).toEqual(['one'])
    expect(await site.remote.log()).toBe('first [Fanout-Task: a]\ninitial')
  })

  it.each(['one folder', 'a folder each', 'a shallow checkout'])(
    'with two tasks of one id: both run and land (%s)',
    async how => {
      await using site = await startSite({ clone: { depth: how === 'a shallow checkout' ? 1 : 0 } })
      const { step, starts } = stepsOf(site)
      const place = (n: number): Readonly<Record<string, string>> =>
        how === 'a folder each' ? { 'workspace-root': join(site.job.temp, `root${n}`) } : {}
      expect((await step(one, place(1))).outcomes).toEqual({ a: 'landed' })
      const base = await site.remote.tip()
      const second = await step(two, place(2))
      expect(second.outcomes, second.text).toEqual({ a: 'landed' })
      expect(second.run.summary.run).toMatchObject({ base_sha: base, resumed: false })
      expect(await site.remote.log()).toBe('second [Fanout-Task: a]\nfirst [Fanout-Task: a]\ninitial')
      // And each of them once: in another step, and in a re-run of the job.
      expect((await step(one, place(3))).outcomes).toEqual({ a: 'landed' })
      for (const list of [one, two]) expect((await step(list, {}, '2')).outcomes).toEqual({ a: 'landed' })
      expect(await starts()).toEqual(['one', 'two'])
    },
  )

  it('leave all that tells of the first: journal, summary, logs, artifacts, work that did not land', async () => {
    await using site = await startSite()
    const { step } = stepsOf(site)
    const fails = (word: string) =>
      tasks({
        id: 'a',
        run: `echo ${word}; echo ${word} > ${word}.txt; cp ${word}.txt "$FANOUT_ARTIFACTS"; exit 1`,
      })
    for (const word of ['uno', 'due', 'tre']) {
      expect((await step(fails(word))).outcomes).toEqual({ a: 'failed (worker-exit)' })
    }
    const last = await step(tasks(counting('other')))
    expect(last.outcomes, last.text).toEqual({ other: 'landed' })
    const { path } = last.run
    const folders = { uno: 'before/a', due: 'before/a~2', tre: 'tasks/a' }
    for (const [word, folder] of Object.entries(folders)) {
      expect(await last.run.text(`${folder}/worker.log`)).toBe(`${word}\n`)
      expect(await last.run.text(`${folder}/work.patch`)).toContain(`+${word}`)
      expect(await last.run.text(`${folder}/artifacts/${word}.txt`)).toBe(`${word}\n`)
      expect(await last.run.files()).toContain(`${folder}/work.bundle`)
    }
    for (const n of [1, 2, 3]) {
      const then = await readRun(join(path, 'before', `run~${n}`))
      expect(outcomes(then.summary)).toEqual({ a: 'failed (worker-exit)' })
      expect(await then.files()).toEqual([
        'inputs.json',
        'journal.ndjson',
        'report.html',
        'state.json',
        'summary.json',
        'summary.md',
      ])
    }
  })

  it('are told apart by a revert as well: what the second took back does not have the first run again', async () => {
    await using site = await startSite()
    const { step, starts } = stepsOf(site)
    expect((await step(one)).outcomes).toEqual({ a: 'landed' })
    const bad = { verify: '! test -f two.txt', 'verify-when': 'landed', 'on-verify-failure': 'revert' }
    expect((await step(two, bad)).outcomes).toEqual({ a: 'reverted (verification)' })
    expect(await site.remote.files()).toHaveProperty('one.txt')
    await rm(join(site.job.temp, 'fanout'), { recursive: true })
    expect((await step(one)).outcomes).toEqual({ a: 'landed' })
    expect((await step(two)).outcomes).toEqual({ a: 'landed' })
    expect(await starts()).toEqual(['one', 'two', 'two'])
    expect(Object.keys(await site.remote.files()).sort()).toEqual(['README.md', 'one.txt', 'two.txt'])
  })
})

it('a re-run on the same machine lands what each of two steps had finished, without their workers', async () => {
  await using site = await startSite()
  const { step, starts } = stepsOf(site)
  await setRules(site.remote.path, [{ kind: 'protected-branch', ref: 'refs/heads/main' }])
  for (const list of [one, two]) await step(list, { 'save-refs': 'false' })
  await setRules(site.remote.path, [])
  for (const list of [one, two]) {
    const again = await step(list, {}, '2')
    expect(again.outcomes, again.text).toEqual({ a: 'landed' })
  }
  expect(await starts()).toEqual(['one', 'two'])
  expect(await site.remote.log()).toBe('second [Fanout-Task: a]\nfirst [Fanout-Task: a]\ninitial')
})

it('a step that was killed leaves its finished work to the next, which has other tasks and begins anew', async () => {
  await using hub = await startWorkerHub()
  await using site = await startSite({ via: 'file' })
  const env = { GITHUB_RUN_ID: '77', GITHUB_RUN_ATTEMPT: '1', STARTS: join(site.job.temp, 'starts') }
  const first = site.startCli({ tasks: one, gate: hub.line('gate') }, env)
  await hub.next(start => start.label === 'gate')
  await killWithFamily(first.child.pid!, site.root)
  await first.done
  const second = await site.cli({ tasks: two }, env)
  const run = await second.directory()
  expect(outcomes(run.summary), second.stdout).toEqual({ a: 'landed' })
  expect(run.summary.run.resumed).toBe(false)
  expect(second.stdout).not.toContain('was cut off and goes on')
  expect(await run.text('before/a/work.patch')).toContain('one.txt')
  expect(await run.files()).toContain('before/run~1/journal.ndjson')
  const third = await site.cli({ tasks: one }, env)
  expect(outcomes((await third.directory()).summary), third.stdout).toEqual({ a: 'landed' })
  expect(await startsIn(env.STARTS)).toEqual(['one', 'two'])
})
