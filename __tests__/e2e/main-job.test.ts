import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parseTrailers } from '../../src/decide/trailer.ts'
import { git } from '../rig/exec.ts'
import { outcomes, type Ran, type RunDirectory, readRun, type Site, startSite, tasks } from '../rig/fanout.ts'
import { processesWith } from '../rig/leftovers.ts'
import { startWorkerHub } from '../rig/worker.ts'
import { SummarySchema } from './summary-schema.ts'

const SECRET = 'sk-live-4242424242424242'
const LIST = tasks(
  { id: 'alpha', title: 'Add alpha', run: 'echo alpha > alpha.txt' },
  {
    id: 'beta',
    needs: 'alpha',
    run: 'cat alpha.txt > beta.txt; echo "Beta: from the message file" > "$FANOUT_MESSAGE_FILE"',
  },
  {
    id: 'gamma',
    run: 'echo gamma > gamma.txt; git add .; git diff --cached --quiet || git -c user.name=Gamma -c user.email=g@example.test commit -qm "Gamma by hand" -m "With a body."',
  },
  { id: 'delta', run: 'true' },
  {
    id: 'epsilon',
    run: 'echo half > epsilon.txt; echo "::error::from the worker"; echo "::set-output name=conclusion::hacked"; echo "key $API_KEY"; exit 3',
  },
  { id: 'zeta', run: 'echo zeta > zeta.txt; touch broken' },
  { id: 'eta', needs: ['epsilon'], run: 'echo eta > eta.txt' },
  {
    id: 'theta',
    title: 'Theta',
    prompt: 'write theta\n',
    run: 'cat > theta.txt; cp theta.txt "$FANOUT_ARTIFACTS/notes.txt"',
  },
)
const INPUTS = {
  tasks: LIST,
  workers: '4',
  gate: 'test ! -e broken || { echo "broken is there"; exit 7; }',
}

describe('eight tasks over four workers', () => {
  let site: Site
  let base: string
  let ran: Ran
  let dir: RunDirectory

  beforeAll(async () => {
    site = await startSite({
      repo: {
        files: { 'README.md': 'hello\n', Makefile: 'verify:\n\t@test -e theta.txt && echo verified\n' },
      },
    })
    base = await site.remote.tip()
    ran = await site.run(INPUTS, { API_KEY: SECRET })
    dir = await ran.directory()
  })
  afterAll(() => site?.[Symbol.asyncDispose]())

  test('each ends as it should, and one that failed fails the step', () => {
    expect(outcomes(dir.summary)).toEqual({
      alpha: 'landed',
      beta: 'landed',
      gamma: 'landed',
      delta: 'unchanged',
      epsilon: 'failed (worker-exit)',
      zeta: 'failed (gate)',
      eta: 'blocked (dependency)',
      theta: 'landed',
    })
    expect(ran).toMatchObject({ outcome: 'failure', code: 1 })
  })

  test('the branch has one commit for each landed task, with its trailers, upon the base', async () => {
    const log = await git(
      site.remote.path,
      'log',
      '--reverse',
      '--format=%H%x00%an%x00%cn%x00%B%x01',
      `${base}..main`,
    )
    const commits = log
      .split('\x01')
      .map(entry => entry.trim())
      .filter(entry => entry !== '')
      .map(entry => {
        const [sha = '', author = '', committer = '', message = ''] = entry.split('\0')
        return { sha, author, committer, message, ...parseTrailers(message) }
      })
    const bot = 'github-actions[bot]'
    expect(commits.map(commit => commit.task).sort()).toEqual(['alpha', 'beta', 'gamma', 'theta'])
    expect(new Set(commits.map(commit => commit.run))).toEqual(new Set(['1-1']))
    const of = (task: string) => commits.find(commit => commit.task === task)
    expect(of('alpha')).toMatchObject({
      author: bot,
      committer: bot,
      fingerprint: dir.head.fingerprints.alpha,
    })
    expect(of('alpha')?.message).toMatch(
      /^Add alpha\n\nFanout-Task: alpha\nFanout-Run: 1-1\nFanout-Fingerprint: [0-9a-f]{12}$/,
    )
    expect(of('beta')?.message).toMatch(/^Beta: from the message file\n\nFanout-Task: beta\n/)
    expect(of('gamma')).toMatchObject({ author: 'Gamma', committer: bot })
    expect(of('gamma')?.message).toMatch(/^Gamma by hand\n\nWith a body\.\n\nFanout-Task: gamma\n/)
    expect(commits.findIndex(each => each.task === 'alpha')).toBeLessThan(
      commits.findIndex(each => each.task === 'beta'),
    )
    for (const task of dir.summary.tasks) expect(task.commit).toBe(of(task.id)?.sha ?? null)
    expect(await site.remote.files()).toMatchObject({ 'beta.txt': 'alpha\n', 'theta.txt': 'write theta\n' })
    expect(Object.keys(await site.remote.files())).not.toContain('broken')
    // Nothing else was left on the remote.
    expect(Object.keys(await site.remote.refs())).toEqual(['refs/heads/main'])
  })

  test('summary.json is exactly as specified', async () => {
    const { summary } = dir
    expect(SummarySchema.safeParse(summary).error?.issues ?? []).toEqual([])
    expect(summary).toMatchObject({
      version: 1,
      conclusion: 'failure',
      run: {
        key: '1-1',
        repository: 'o/r',
        branch: 'main',
        base_sha: base,
        workers: 4,
        dry_run: false,
        resumed: false,
      },
      counts: {
        total: 8,
        landed: 4,
        unchanged: 1,
        failed: 2,
        blocked_push: 0,
        blocked: 1,
        cancelled: 0,
        skipped: 0,
        reverted: 0,
      },
      any_failed: true,
      all_succeeded: false,
      verification: {
        ran: true,
        passed: true,
        exit_code: 0,
        command: 'make verify',
        skipped_because: null,
        culprits: [],
      },
      landing: { races_lost: 0, gate_flakes: 0 },
    })
    expect(summary.run.head_sha).toBe(await site.remote.tip())
    expect(summary.verification.sha).toBe(summary.run.head_sha)
    expect(summary.landing.pushes).toBe(summary.landing.push_attempts)
    expect(summary.tasks.map(task => task.id).join(' ')).toBe('alpha beta gamma delta epsilon zeta eta theta')
    const of = (id: string) => summary.tasks.find(task => task.id === id)
    expect(of('epsilon')).toMatchObject({
      exit_code: 3,
      changes: { files: 1, insertions: 1, deletions: 0 },
      attempts: { worker: 1, push: 0, remediation: 0 },
      files: expect.arrayContaining([
        'tasks/epsilon/work.bundle',
        'tasks/epsilon/work.patch',
        'tasks/epsilon/worker.log',
      ]),
    })
    expect(of('eta')).toMatchObject({
      needs: ['epsilon'],
      blocked_by: ['epsilon'],
      started_at: null,
      exit_code: null,
      files: [],
    })
    expect(of('theta')?.files).toContain('tasks/theta/artifacts/notes.txt')
    for (const task of summary.tasks) for (const file of task.files) await dir.text(file)
  })

  test('every output is set, and the files they name are there', async () => {
    const { outputs } = ran
    const { summary } = dir
    expect(outputs).toEqual({
      conclusion: 'failure',
      landed: '["alpha","beta","gamma","theta"]',
      unchanged: '["delta"]',
      failed: '["epsilon","zeta"]',
      'blocked-push': '[]',
      blocked: '["eta"]',
      cancelled: '[]',
      skipped: '[]',
      reverted: '[]',
      'landed-count': '4',
      'base-sha': base,
      'head-sha': summary.run.head_sha,
      verification: 'passed',
      'run-directory': `${site.job.temp}/fanout/1-1`,
      'summary-file': `${site.job.temp}/fanout/1-1/summary.json`,
      'report-file': `${site.job.temp}/fanout/1-1/report.html`,
      'artifact-id': '',
      'artifact-url': '',
    })
    expect(JSON.parse(await readFile(outputs['summary-file'] ?? '', 'utf8'))).toEqual(summary)
  })

  test('the run directory holds what was promised, and nothing of the workers that landed', async () => {
    const own = (id: string, ...more: string[]) =>
      ['manifest.json', 'prompt.md', 'worker.log', ...more].map(name => `tasks/${id}/${name}`)
    const gateLog = /^tasks\/\w+\/gate-\d+\.log$/
    const files = await dir.files()
    expect(files.filter(file => !gateLog.test(file) && !file.endsWith('/message.txt'))).toEqual(
      [
        ...['inputs.json', 'journal.ndjson', 'report.html', 'state.json', 'summary.json', 'summary.md'],
        'verify.log',
        ...own('alpha'),
        ...own('beta'),
        ...own('gamma'),
        ...own('delta'),
        ...own('epsilon', 'work.bundle', 'work.patch'),
        ...own('zeta', 'ci-failure.json', 'work.bundle', 'work.patch'),
        ...own('theta', 'artifacts/notes.txt'),
      ].sort(),
    )
    expect(files.some(file => gateLog.test(file))).toBe(true)
    expect(await dir.text('verify.log')).toContain('verified')
    expect(await dir.text('tasks/theta/prompt.md')).toBe('write theta\n')
    expect(await dir.json('tasks/theta/manifest.json')).toMatchObject({
      version: 1,
      task_id: 'theta',
      title: 'Theta',
      attempt: 1,
      branch: 'main',
      paths: [],
      run_key: '1-1',
      prompt_file: `${dir.path}/tasks/theta/prompt.md`,
      artifacts_dir: `${dir.path}/tasks/theta/artifacts`,
      log_file: `${dir.path}/tasks/theta/worker.log`,
      workspace: `${dir.path}/tasks/theta/workspace`,
      base_sha: expect.stringMatching(/^[0-9a-f]{40}$/),
      created_at: expect.stringMatching(/^\d{4}-.*Z$/),
    })
    const marker = await dir.json('tasks/zeta/ci-failure.json')
    expect(marker).toEqual({
      version: 1,
      task_id: 'zeta',
      timestamp: expect.stringMatching(/Z$/),
      command: INPUTS.gate,
      exit_code: 7,
      signal: null,
      timed_out: false,
      tree: expect.stringMatching(/^[0-9a-f]{40}$/),
      base_sha: expect.stringMatching(/^[0-9a-f]{40}$/),
      attempt: 1,
      log_file: expect.stringMatching(/\/tasks\/zeta\/gate-\d+\.log$/),
      error: expect.stringContaining('exited with code 7'),
      output_tail: expect.stringContaining('broken is there'),
    })
    expect(await readFile(String(marker.log_file), 'utf8')).toContain('broken is there')
  })

  test('journal and state tell the same story', () => {
    const { head, events, state, summary } = dir
    expect(head).toMatchObject({ version: 1, run_key: '1-1', branch: 'main', base_sha: base })
    const times = events.map(event => event.at)
    expect([...times].sort()).toEqual(times)
    const began = (kind: string) => events.filter(event => event.type === 'began' && event.step.kind === kind)
    const ended = (type: string) => events.filter(event => event.type === type)
    expect(began('work')).toHaveLength(7)
    expect(ended('worked')).toHaveLength(7)
    expect(began('push')).toHaveLength(summary.landing.push_attempts)
    expect(ended('pushed')).toHaveLength(summary.landing.pushes)
    expect(began('finish')).toHaveLength(7)
    expect(state.schema_version).toBe(1)
    expect(state.run).toMatchObject({
      key: '1-1',
      branch: 'main',
      base_sha: base,
      tip_sha: summary.run.head_sha,
      halt: null,
    })
    expect(
      state.tasks.map(({ id, outcome, reason, commit, stage }) => ({ id, outcome, reason, commit, stage })),
    ).toEqual(
      summary.tasks.map(({ id, outcome, reason, commit }) => ({
        id,
        outcome,
        reason: reason?.code ?? null,
        commit,
        stage: 'ended',
      })),
    )
  })

  test('annotations and the job summary name each task that needs a person', async () => {
    const shown = ran.annotations.map(({ level, title = '' }) => `${level} ${title}`)
    expect(shown).toEqual([
      expect.stringMatching(/^error epsilon: failed/),
      expect.stringMatching(/^error zeta: failed/),
      expect.stringMatching(/^warning eta: /),
    ])
    expect(ran.summary.trimEnd()).toBe((await dir.text('summary.md')).trimEnd())
    for (const id of ['epsilon', 'zeta', 'eta', 'Add alpha']) expect(ran.summary).toContain(id)
  })

  test('nothing a worker printed was a command to the runner, and no secret is shown or kept', async () => {
    const own = ['add-mask', 'group', 'endgroup', 'error', 'warning', 'notice', 'debug']
    expect(ran.commands.filter(command => !own.includes(command.name))).toEqual([])
    expect(ran.annotations.some(each => each.message.includes('from the worker'))).toBe(false)
    expect(await dir.text('tasks/epsilon/worker.log')).toContain('::error::from the worker')
    const shown = [
      ...(await Promise.all(
        ['summary.json', 'summary.md', 'report.html', 'journal.ndjson', 'state.json'].map(dir.text),
      )),
    ]
    for (const text of [...shown, ran.text]) {
      expect(text).not.toContain(SECRET)
      expect(text).not.toContain(site.token)
    }
  })

  test('every process of the run has ended, and the post step has nothing to say', async () => {
    expect(await processesWith(site.job.env.RUNNER_TRACKING_ID ?? '-', 2000)).toEqual([])
    expect(await ran.post()).toMatchObject({ code: 0, annotations: [] })
  })

  test('a later run finds the same work on the branch, and fail-on: never makes it green', async () => {
    const before = await site.remote.tip()
    site.job.env.GITHUB_RUN_ID = '2'
    const again = await site.run(
      { ...INPUTS, 'fail-on': 'never', 'verify-when': 'always' },
      { API_KEY: SECRET },
    )
    expect(again).toMatchObject({ outcome: 'success', code: 0 })
    const { summary } = await readRun(`${site.job.temp}/fanout/2-1`)
    expect(summary).toMatchObject({
      conclusion: 'failure',
      any_failed: true,
      counts: { unchanged: 5, failed: 2, blocked: 1 },
    })
    expect(SummarySchema.safeParse(summary).error?.issues ?? []).toEqual([])
    expect(await site.remote.tip()).toBe(before)
  })
})

test('what is ready together lands in queue order, whatever order it was finished in', async () => {
  await using site = await startSite()
  await using hub = await startWorkerHub()
  const ids = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']
  const running = await site.start({
    tasks: tasks(...ids.map(id => ({ id }))),
    run: hub.command,
    workers: '4',
    gate: hub.line('gate'),
  })
  const isGate = (start: { label: string }) => start.label === 'gate'
  const finish = async (id: string) => {
    const worker = await hub.next(id)
    await worker.write(`${id}.txt`, id)
    await worker.exit(0)
  }
  // The last of the first four is done first; while its gate is held the others finish backwards.
  await finish('d')
  const first = await hub.next(isGate)
  for (const id of ['e', 'f', 'g', 'h', 'c', 'b', 'a']) await finish(id)
  await Promise.all(ids.map(id => running.line(new RegExp(`\\b${id}: ready to land`))))
  await first.exit(0)
  const second = await hub.next(isGate)
  expect(second.env.FANOUT_TASK_IDS).toBe('a,b,c,e,f,g,h')
  expect(await git(second.cwd, 'rev-parse', 'HEAD')).toBe(second.env.FANOUT_COMMIT)
  await second.exit(0)
  const ran = await running.finish()
  expect(ran.code).toBe(0)
  expect(hub.peak).toBeLessThanOrEqual(5)
  expect(await site.remote.log()).toBe(
    [...['h', 'g', 'f', 'e', 'c', 'b', 'a', 'd'].map(id => `${id} [Fanout-Task: ${id}]`), 'initial'].join(
      '\n',
    ),
  )
})
