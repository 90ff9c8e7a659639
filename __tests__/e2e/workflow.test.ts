import { cp, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { startArtifactServer } from '../rig/artifact-server.ts'
import { startBed } from '../rig/bed.ts'
import { checkout } from '../rig/checkout.ts'
import { git } from '../rig/exec.ts'
import { outcomes, PRODUCT } from '../rig/fanout.ts'
import { runWorkflow } from '../rig/run-workflow.ts'
import { tempDir, writeFiles } from '../rig/temp.ts'
import { SummarySchema } from './summary-schema.ts'

const TOKEN = 'ghs_token.of.the.job'
const API_KEY = 'sk-agent-0123456789abcdef'

/** The README's workflow, with what this test looks at. */
const WORKFLOW = `
name: fanout
on:
  schedule: [{ cron: '17 3 * * *' }]
  workflow_dispatch:
    inputs:
      workers: { type: number, default: 4, description: how many at once }
permissions:
  contents: write
concurrency:
  group: fanout-\${{ github.ref }}
jobs:
  fanout:
    runs-on: ubuntu-latest
    timeout-minutes: 30
    outputs:
      landed: \${{ steps.fanout.outputs.landed }}
      failed: \${{ steps.fanout.outputs.failed }}
    steps:
      - uses: actions/checkout@v6
      - uses: ./
        id: fanout
        continue-on-error: true
        with:
          tasks: .github/tasks.yml
          workers: \${{ inputs.workers || 3 }}
          gate: test ! -e broken.txt
          retention-days: 7
        env:
          API_KEY: \${{ secrets.API_KEY }}
      - name: report
        if: always()
        run: |
          echo "landed $LANDED of which first \${{ fromJSON(steps.fanout.outputs.landed)[0] }}"
          echo "conclusion \${{ steps.fanout.outputs.conclusion }}, verification \${{ steps.fanout.outputs.verification }}"
          test -s "\${{ steps.fanout.outputs.summary-file }}"
          test -s "\${{ steps.fanout.outputs.report-file }}"
          test "$(git rev-parse HEAD)" = "\${{ steps.fanout.outputs.head-sha }}"
          test "$(cat one.txt)" = one
        env: { LANDED: "\${{ steps.fanout.outputs.landed-count }}" }
      - name: only on failure
        if: steps.fanout.outputs.conclusion == 'failure'
        run: echo "artifact \${{ steps.fanout.outputs.artifact-id }} at \${{ steps.fanout.outputs.artifact-url }}"
  after:
    needs: fanout
    if: needs.fanout.outputs.landed != '[]'
    runs-on: ubuntu-latest
    steps:
      - run: echo "next job sees \${{ join(fromJSON(needs.fanout.outputs.landed), '+') }} and not \${{ join(fromJSON(needs.fanout.outputs.failed), '+') }}"
`

const TASKS = `
version: 1
tasks:
  - id: one
    title: First task
    prompt: Write one.
    run: |
      echo "key is $API_KEY" | tee "$FANOUT_ARTIFACTS/notes.txt"
      echo "\${#GITHUB_TOKEN} \${#ACTIONS_RUNTIME_TOKEN} \${#INPUT_TOKEN} \${#GITHUB_OUTPUT}"
      echo one > one.txt
  - { id: two, needs: one, run: cat one.txt > two.txt }
  - { id: same, run: 'true' }
  - id: bad
    run: |
      echo "::set-output name=landed::hacked"
      echo "leaking $API_KEY"
      echo half > bad.txt
      exit 4
  - { id: red, run: touch broken.txt }
`

const MAKEFILE = 'verify:\n\t@cat one.txt two.txt\n'

test('a scheduled workflow lands, reports, uploads, and the next step and job see the outputs', async () => {
  // The artifact client takes only github.com or a name under localhost for a server.
  await using bed = await startBed({ tokens: { [TOKEN]: {} }, host: 'git.localhost' })
  await using artifacts = await startArtifactServer()
  await using folder = await tempDir('product')
  for (const name of ['action.yml', 'dist/main', 'dist/post']) {
    await cp(join(PRODUCT, name), join(folder.path, name), { recursive: true })
  }
  await writeFiles(folder.path, {
    '.github/workflows/fanout.yml': WORKFLOW,
    '.github/tasks.yml': TASKS,
    Makefile: MAKEFILE,
  })
  await git(folder.path, 'init', '--quiet', '--initial-branch=main')
  await git(folder.path, 'add', '--all', '--force')
  await git(folder.path, 'commit', '--quiet', '-m', 'product')
  await git(folder.path, 'push', '--quiet', '--force', bed.remote.path, 'main')
  const sha = await bed.remote.tip()

  await using done = await runWorkflow(join(folder.path, '.github/workflows/fanout.yml'), {
    github: { sha, event_name: 'schedule', server_url: bed.server.url, run_id: '77', repository: 'o/r' },
    event: { schedule: '17 3 * * *' },
    token: TOKEN,
    secrets: { API_KEY },
    actionEnv: artifacts.env,
    actions: { 'actions/checkout': checkout(bed.remote.url) },
  })
  const { fanout, after } = done.jobs
  expect(fanout?.steps.map(step => `${step.name}: ${step.outcome} -> ${step.conclusion}`)).toEqual([
    'actions/checkout@v6: success -> success',
    'fanout: failure -> success',
    'report: success -> success',
    'only on failure: success -> success',
    'Post fanout: success -> success',
    'Post actions/checkout@v6: success -> success',
  ])
  expect(fanout?.outputs).toEqual({ landed: '["one","two"]', failed: '["bad","red"]' })
  expect(after?.log).toEqual(['next job sees one+two and not bad+red'])
  expect(done.conclusion).toBe('success')
  const log = fanout?.log.join('\n') ?? ''
  expect(log).toContain('landed 2 of which first one')
  expect(log).toContain('conclusion failure, verification passed')
  expect(log).toMatch(/artifact \d+ at http:\/\/git\.localhost:\d+\/o\/r\/actions\/runs\/77\/artifacts\/\d+/)
  expect(await bed.remote.log()).toBe('two [Fanout-Task: two]\nFirst task [Fanout-Task: one]\nproduct')

  // The artifact: all that section 8 lists, and nothing that is large, private or of this machine only.
  const name = 'fanout-77-1'
  expect([...artifacts.artifacts.keys()]).toEqual([name])
  const entry = artifacts.artifacts.get(name)
  expect(entry?.finalized).toBe(true)
  const days = (Date.parse(entry?.expiresAt ?? '') - Date.parse(entry?.createdAt ?? '')) / 86_400_000
  expect(Math.round(days)).toBe(7)
  const files = artifacts.unzip(name)
  const own = (id: string, ...more: string[]) =>
    ['manifest.json', 'prompt.md', 'worker.log', ...more].map(file => `tasks/${id}/${file}`)
  expect([...files.keys()].filter(path => !/\/gate-\d+\.log$/.test(path)).sort()).toEqual(
    [
      ...['inputs.json', 'journal.ndjson', 'report.html', 'state.json', 'summary.json', 'summary.md'],
      'verify.log',
      ...own('one', 'artifacts/notes.txt'),
      ...own('two'),
      ...own('same'),
      ...own('bad', 'work.bundle', 'work.patch'),
      ...own('red', 'ci-failure.json', 'work.bundle', 'work.patch'),
    ].sort(),
  )
  const summary = JSON.parse(files.get('summary.json')?.toString() ?? '')
  expect(SummarySchema.safeParse(summary).error?.issues ?? []).toEqual([])
  expect(outcomes(summary)).toEqual({
    one: 'landed',
    two: 'landed',
    same: 'unchanged',
    bad: 'failed (worker-exit)',
    red: 'failed (gate)',
  })
  expect(summary.run).toMatchObject({ key: '77-1', repository: 'o/r', workers: 3 })

  // Nothing of the runner's power reached the worker; nothing secret left the machine.
  expect(files.get('tasks/one/worker.log')?.toString()).toBe('key is ***\n0 0 0 0\n')
  expect(files.get('tasks/bad/worker.log')?.toString()).toContain('leaking ***')
  const texts = [...files].filter(([path]) => !path.includes('/artifacts/'))
  const basic = Buffer.from(`x-access-token:${TOKEN}`).toString('base64')
  for (const secret of [TOKEN, basic, API_KEY, String(artifacts.env.ACTIONS_RUNTIME_TOKEN)]) {
    expect(texts.filter(([, bytes]) => bytes.includes(secret)).map(([path]) => path)).toEqual([])
    expect(log).not.toContain(secret)
    expect(fanout?.summary).not.toContain(secret)
  }
  expect(fanout?.summary).toContain('First task')
  expect(fanout?.summary).toContain(`/o/r/actions/runs/77/artifacts/`)
  expect(bed.server.log.filter(request => request.authorization.length > 1)).toEqual([])
  expect(await readFile(join(fanout?.workspace ?? '', '.git/config'), 'utf8')).not.toContain('extraheader')
})

test('by hand, with an input, and a service that fails: the run says so and counts all the same', async () => {
  await using bed = await startBed({ tokens: { [TOKEN]: {} }, host: 'git.localhost' })
  await using artifacts = await startArtifactServer()
  const sha = await bed.remote.commit({
    files: { '.github/tasks.yml': '[{id: a, run: "echo a > a.txt"}]\n' },
    message: 'tasks',
  })
  await using folder = await tempDir('workflow')
  const file = join(folder.path, 'fanout.yml')
  await writeFiles(folder.path, {
    'fanout.yml': `
on: { workflow_dispatch: { inputs: { workers: { type: number } } } }
jobs:
  fanout:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v6
      - { uses: fanout/fanout@v1, id: fanout, with: { tasks: .github/tasks.yml, workers: "\${{ inputs.workers }}" } }
      - run: echo "'\${{ steps.fanout.outputs.artifact-id }}' \${{ steps.fanout.outputs.conclusion }}"
`,
  })
  artifacts.fault({
    on: 'CreateArtifact',
    status: 400,
    body: '{"code":"invalid_argument","msg":"no room"}',
    times: 9,
  })
  await using done = await runWorkflow(file, {
    github: { sha, event_name: 'workflow_dispatch', server_url: bed.server.url },
    inputs: { workers: 2 },
    token: TOKEN,
    actionEnv: artifacts.env,
    actions: { 'actions/checkout': checkout(bed.remote.url), 'fanout/fanout': PRODUCT },
  })
  const { fanout } = done.jobs
  expect(done.conclusion).toBe('success')
  expect(fanout?.log).toContain("'' success")
  expect(fanout?.annotations.map(({ level, message }) => `${level} ${message}`)).toContainEqual(
    expect.stringMatching(/^warning .*could not be uploaded/),
  )
  expect(await bed.remote.log()).toBe('a [Fanout-Task: a]\ntasks\ninitial')
})
