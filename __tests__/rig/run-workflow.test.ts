import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { startBed } from './bed.ts'
import { checkout } from './checkout.ts'
import { git } from './exec.ts'
import { GREETING_ACTION } from './greeting-action.ts'
import { runWorkflow } from './run-workflow.ts'
import { tempDir, writeFiles } from './temp.ts'

const WORKFLOW = `
name: trial
on: push
env: { LEVEL: workflow }
jobs:
  plan:
    runs-on: ubuntu-latest
    outputs: { list: "\${{ steps.list.outputs.list }}", leak: "\${{ steps.list.outputs.leak }}" }
    steps:
      - uses: actions/checkout@v6
      - id: list
        run: |
          echo 'list=["a","b"]' >> "$GITHUB_OUTPUT"
          echo "leak=$SECRET" >> "$GITHUB_OUTPUT"
          test -z "$ACTIONS_RESULTS_URL"
        env: { SECRET: "\${{ secrets.KEY }}" }
      - uses: ./act
        id: act
        with: { who: "\${{ github.ref_name }}" }
      - run: test "$GREETING $LATER $LEVEL" = "hello main yes workflow"
        env: { GREETING: "\${{ steps.act.outputs.greeting }}" }
      - uses: ./both
        id: both
        with: { word: "\${{ env.LEVEL }}" }
      - run: test "\${{ steps.both.outputs.said }}" = "said workflow"
      - run: test "\${{ format('{{{0}}}', 'it''s') }} \${{ 'a}}b' }}" = "{it's} a}}b"
      - id: may-fail
        continue-on-error: true
        run: exit 3
      - if: steps.may-fail.outcome == 'failure' && github.event.number == 7
        run: git log --oneline | wc -l
      - if: failure()
        run: echo never
  work:
    needs: plan
    runs-on: ubuntu-latest
    strategy: { matrix: { shard: "\${{ fromJSON(needs.plan.outputs.list) }}", include: [{ shard: b, extra: 1 }] } }
    steps:
      - run: echo "shard \${{ matrix.shard }}\${{ matrix.extra }} of \${{ strategy.job-total }}"
  broken:
    needs: work
    runs-on: ubuntu-latest
    steps:
      - run: false
      - run: echo never
      - if: always()
        run: echo "job \${{ job.status }}"
  after:
    needs: broken
    runs-on: ubuntu-latest
    steps: [run: echo never]
`

const COMPOSITE = `
name: both
description: says a word
inputs: { word: { description: the word, default: none } }
outputs: { said: { value: "\${{ steps.say.outputs.said }}" } }
runs:
  using: composite
  steps:
    - id: say
      shell: bash
      run: echo "said=said \${{ inputs.word }}" >> "$GITHUB_OUTPUT"
`

test('a workflow runs with a checkout from the git server, local actions, a matrix and conditions', async () => {
  await using bed = await startBed()
  const action = Object.fromEntries(
    Object.entries(GREETING_ACTION).map(([name, text]) => [`act/${name}`, text]),
  )
  const sha = await bed.remote.commit({
    files: { ...action, 'both/action.yml': COMPOSITE },
    message: 'actions',
  })
  await using folder = await tempDir('workflow')
  await writeFiles(folder.path, {
    'trial.yml': WORKFLOW,
    'bad.yml': WORKFLOW.replace('steps.list.outputs', 'nope.outputs'),
  })
  await using done = await runWorkflow(join(folder.path, 'trial.yml'), {
    github: { sha },
    event: { number: 7 },
    token: 'good',
    secrets: { KEY: 'k3y' },
    actionEnv: { ACTIONS_RESULTS_URL: 'http://127.0.0.1:1/' },
    actions: { 'actions/checkout': checkout(bed.remote.url) },
  })
  const { plan, work, broken, after } = done.jobs
  expect(plan?.steps.map(step => `${step.name}: ${step.conclusion}`)).toEqual([
    'actions/checkout@v6: success',
    'list: success',
    'act: success',
    'run 4: success',
    'both: success',
    'run 6: success',
    'run 7: success',
    'may-fail: success',
    'run 9: success',
    'run 10: skipped',
    'Post act: success',
    'Post actions/checkout@v6: success',
  ])
  expect(plan?.outputs).toEqual({ list: '["a","b"]' })
  expect(plan?.log).toContain("##[warning]Skip output 'leak' since it may contain secret.")
  expect(await git(plan?.workspace ?? '', 'rev-list', '--count', 'HEAD')).toBe('1')
  expect(await readFile(join(plan?.workspace ?? '', '.git/config'), 'utf8')).not.toContain('includeIf')
  expect(work?.log).toEqual(['shard a of 2', 'shard b1 of 2'])
  expect(broken?.log).toEqual(['job failure'])
  expect(after?.result).toBe('skipped')
  expect(done.conclusion).toBe('failure')
  await expect(runWorkflow(join(folder.path, 'bad.yml'))).rejects.toThrow("Unrecognized named-value: 'nope'")
})
