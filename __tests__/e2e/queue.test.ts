import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parsePlan } from '../../src/decide/plan.ts'
import { git } from '../rig/exec.ts'
import {
  type Inputs,
  outcomes,
  type RunDirectory,
  type Site,
  startCli,
  startSite,
  tasks,
} from '../rig/fanout.ts'
import { tempDir } from '../rig/temp.ts'
import { startWorkerHub } from '../rig/worker.ts'

const BOOKS = { bookkeeping: 'archive', 'verify-when': 'never' }
const lines = (...all: readonly string[]) => `${all.join('\n')}\n`

function siteOf(files: Readonly<Record<string, string>>): Promise<Site> {
  return startSite({ via: 'file', repo: { files } })
}

/** The run's own stamps as words, so that the rest can be compared to the byte. */
function unstamped(text = ''): string {
  return text
    .replace(/(\w+ed_at"?: )"?\d{4}-\d\d-\d\dT[\d:]+\.\d+Z"?/g, '$1WHEN')
    .replace(/(run_key"?: )"?(local|\d)[-\w]+"?/g, '$1KEY')
}

/** Ids in the order in which their workers started, with the attempt. */
function starts({ events }: RunDirectory): readonly string[] {
  return events.flatMap(event =>
    event.type === 'began' && event.step.kind === 'work' ? `${event.step.task} ${event.step.attempt}` : [],
  )
}

async function ran(site: Site, inputs: Inputs): Promise<RunDirectory> {
  const { directory } = await site.cli({ ...BOOKS, ...inputs })
  return directory()
}

test('ten tasks land in one stack while somebody edits the tasks file, and every byte of it is right', async () => {
  const ids = Array.from({ length: 10 }, (_, i) => `t${i}`)
  const block = (id: string): string[] => [
    `  # about ${id}`,
    `  - id: ${id}`,
    `    title: "Do ${id}" # ${id}`,
    '',
  ]
  const head = ['# yaml-language-server: $schema=x', 'version: 1', 'tasks:']
  const draft = ['  - {id: idea, status: draft, run: x} # not yet', '']
  const file = lines(
    ...head,
    ...ids.slice(0, 5).flatMap(block),
    ...draft,
    ...ids.slice(5).flatMap(block),
    '# end',
  )
  await using site = await siteOf({ 'tasks.yml': file, 'README.md': 'hello\n' })
  await using hub = await startWorkerHub()
  const running = await site.start({
    ...BOOKS,
    tasks: 'tasks.yml',
    run: hub.command,
    workers: '10',
    gate: hub.line('gate'),
  })
  const isGate = (start: { label: string }) => start.label === 'gate'
  const finish = async (id: string) => {
    const worker = await hub.next(id)
    await worker.write(`${id}.txt`, id)
    await worker.exit(0)
  }
  await finish('t3')
  const first = await hub.next(isGate)
  for (const id of ids.filter(id => id !== 't3')) await finish(id)
  await Promise.all(ids.map(id => running.line(new RegExp(`\\b${id}\\b.*: ready to land`))))
  // Between the others' lines: a new task, another comment, a title.
  const edited = file
    .replace('# not yet', '# soon')
    .replace('  # about t7\n', '  - id: urgent # by hand\n    run: make urgent\n\n  # about t7\n')
    .replace('"Do t4"', '"Do t4 well"')
    .replace('# end', '# the end')
  await site.remote.commit({ files: { 'tasks.yml': edited, 'other.txt': 'x\n' }, message: 'by hand' })
  await first.exit(0)
  const second = await hub.next(isGate)
  expect(second.env.FANOUT_TASK_IDS).toBe(ids.join(','))
  await second.exit(0)
  const { outputs, code } = await running.finish()
  expect(code).toBe(0)

  const files = await site.remote.files()
  expect(files['tasks.yml']).toBe(
    lines(
      ...head,
      '  - {id: idea, status: draft, run: x} # soon',
      '',
      '  - id: urgent # by hand',
      '    run: make urgent',
      '',
      '# the end',
    ),
  )
  const stamp = ['    completed_at: WHEN', '    run_key: KEY']
  const moved = (id: string) => [
    ...block(id).slice(0, -2),
    `    title: "Do ${id}${id === 't4' ? ' well' : ''}" # ${id}`,
    ...stamp,
  ]
  expect(unstamped(files['tasks.done.yml'])).toBe(lines('version: 1', 'tasks:', ...ids.flatMap(moved)))
  // Each commit moves its own task and no other, and one push brought all of them.
  expect(await site.remote.log()).toBe(
    [...ids.toReversed().map(id => `Do ${id} [Fanout-Task: ${id}]`), 'by hand', 'initial'].join('\n'),
  )
  expect(JSON.parse(await readFile(outputs['summary-file'] ?? '', 'utf8')).landing.pushes).toBe(1)
  const commits = (await git(site.remote.path, 'rev-list', '--reverse', 'main~10..main')).split('\n')
  for (const [i, commit] of commits.entries()) {
    const at = (path: string) => git(site.remote.path, 'show', `${commit}:${path}`)
    const [todo, done] = await Promise.all([at('tasks.yml'), at('tasks.done.yml')])
    const listed = (text: string) => ids.filter(id => text.includes(`- id: ${id}\n`))
    expect([listed(done), listed(todo)]).toEqual([ids.slice(0, i + 1), ids.slice(i + 1)])
  }
})

test('a checkout that is older than the archive starts nothing twice; what needs it goes on', async () => {
  const file = lines(
    '- id: a',
    '  run: date +%s%N >> a.txt',
    '- id: b',
    '  needs: a',
    '  run: echo b > b.txt',
  )
  await using site = await siteOf({ 'tasks.yml': file })
  const first = await ran(site, { tasks: 'tasks.yml', only: 'a' })
  expect(outcomes(first.summary)).toMatchObject({ a: 'landed' })
  const once = (await site.remote.files())['a.txt']
  // Nobody has pulled: the checkout still lists both.
  for (const resume of ['true', 'false']) {
    const again = await ran(site, { tasks: 'tasks.yml', resume })
    expect(outcomes(again.summary)).toMatchObject({ a: 'skipped (already-landed)' })
    expect(starts(again)).not.toContain('a 1')
  }
  const files = await site.remote.files()
  expect([files['a.txt'], files['b.txt'], files['tasks.yml']]).toEqual([once, 'b\n', '[]\n'])
})

test('follow-ups stand behind a task whose text keeps its blank lines', async () => {
  const kept = lines('- id: k', '  status: draft', '  prompt: |+', '    kept', '', '')
  await using site = await siteOf({ 'tasks.yml': `- id: a\n${kept}` })
  const run = `echo '- {id: more, status: draft}' > $FANOUT_ARTIFACTS/followups.yml`
  expect(outcomes((await ran(site, { tasks: 'tasks.yml', run })).summary)).toMatchObject({ a: 'landed' })
  const files = await site.remote.files()
  expect(files['tasks.yml']).toBe(`${kept}${lines('- id: more', '  status: draft', '  source: a')}`)
})

test('a task in braces goes with its comments, and what must be quoted is', async () => {
  const rest = '  - {id: k, status: draft}'
  await using site = await siteOf({
    'tasks.yml': lines('version: 1', 'tasks:', '  # above a', '  - {id: a, title: A} # beside a', rest),
  })
  const followUp = '- {id: more, status: draft, env: {B: "yes"}}'
  const run = `echo '${followUp}' > $FANOUT_ARTIFACTS/followups.yml; echo a > a.txt`
  expect(outcomes((await ran(site, { tasks: 'tasks.yml', run })).summary)).toMatchObject({ a: 'landed' })
  const files = await site.remote.files()
  const added = ['  - id: more', '    status: draft', '    env:', '      B: "yes"', '    source: a']
  expect(files['tasks.yml']).toBe(lines('version: 1', 'tasks:', rest, ...added))
  expect(files['tasks.done.yml']).toMatch(/completed_at: "/)
  expect(unstamped(files['tasks.done.yml'])).toBe(
    lines(
      ...['version: 1', 'tasks:', '  # above a'],
      '  - {id: a, title: A, completed_at: WHEN, run_key: KEY} # beside a',
    ),
  )
})

test('what the branch has archived as rejected has not landed', async () => {
  await using site = await siteOf({ 'tasks.yml': lines('- id: a', '  run: echo a > a.txt') })
  const done = lines('- id: a', '  status: rejected')
  await site.remote.commit({ files: { 'tasks.yml': '[]\n', 'tasks.done.yml': done } })
  expect(outcomes((await ran(site, { tasks: 'tasks.yml' })).summary)).toEqual({ a: 'landed' })
})

describe('selection', () => {
  test('doing first, then file order; needs, times and drafts hold back; retries keep each log', async () => {
    const list = tasks(
      { id: 'z', run: 'echo z > z.txt' },
      { id: 'draft', status: 'draft', run: 'false' },
      { id: 'after-draft', needs: 'draft', run: 'false' },
      { id: 'later', 'not-before': '2999-01-01T00:00:00Z', run: 'false' },
      { id: 'next', needs: ['z', 'finished'], run: 'cat z.txt > next.txt' },
      {
        id: 'flaky',
        retries: 1,
        run: 'echo "try $FANOUT_ATTEMPT"; test ! -e left; touch left; test $FANOUT_ATTEMPT = 2 && echo f > f.txt',
      },
      { id: 'begun', status: 'doing', run: 'echo b > b.txt' },
      { id: 'finished', status: 'done', run: 'false' },
    )
    await using site = await siteOf({ 'README.md': 'hello\n' })
    const dir = await ran(site, { tasks: list, workers: '1', bookkeeping: 'off' })
    // `next` waits for the landing of `z`, and meanwhile others start.
    const order = starts(dir)
    expect(order.filter(start => !start.startsWith('next'))).toEqual(['begun 1', 'z 1', 'flaky 1', 'flaky 2'])
    expect(outcomes(dir.summary)).toEqual({
      z: 'landed',
      draft: 'skipped (status)',
      'after-draft': 'blocked (dependency)',
      later: 'skipped (not-before)',
      next: 'landed',
      flaky: 'landed',
      begun: 'landed',
      finished: 'skipped (status)',
    })
    expect((await site.remote.files())['next.txt']).toBe('z\n')
    const logs = dir.summary.tasks
      .find(task => task.id === 'flaky')
      ?.files.filter(name => /worker/.test(name))
    expect(await Promise.all((logs ?? []).map(dir.text))).toEqual(['try 1\n', 'try 2\n'])
  })

  test('max-tasks counts starts, max-failures stops new ones, only names the few', async () => {
    const list = tasks(
      { id: 'a', run: 'exit 1' },
      { id: 'b', run: 'echo b > b.txt' },
      { id: 'c', run: 'exit 1' },
      { id: 'd', run: 'echo d > d.txt' },
    )
    await using site = await siteOf({ 'README.md': 'hello\n' })
    const run = async (inputs: Inputs) =>
      outcomes((await ran(site, { tasks: list, workers: '1', bookkeeping: 'off', ...inputs })).summary)
    expect(await run({ 'max-tasks': '1' })).toMatchObject({
      a: 'failed (worker-exit)',
      b: 'skipped (max-tasks)',
    })
    expect(await run({ 'max-failures': '2' })).toEqual({
      a: 'failed (worker-exit)',
      b: 'landed',
      c: 'failed (worker-exit)',
      d: 'skipped (max-failures)',
    })
    expect(await run({ only: 'd' })).toEqual({
      a: 'skipped (only)',
      b: 'skipped (only)',
      c: 'skipped (only)',
      d: 'landed',
    })
  })
})

const PLANNER = `cat > $FANOUT_ARTIFACTS/followups.yml <<'EOF'
- id: more
  prompt: |
    Do this
    and that
  needs: [rest, planner]
- {id: rest, title: The rest, needs: other}
EOF`
const FOLLOWED = lines(
  ...['- id: more', '  prompt: |', '    Do this', '    and that', '  needs:', '    - rest', '    - planner'],
  ...['  source: planner', '- id: rest', '  title: The rest', '  needs: other', '  source: planner'],
)

describe('follow-ups', () => {
  test('go into the tasks file with the commit that lands their parent, and the next run takes them', async () => {
    const file = lines(
      ...['# ours', ''],
      ...['- id: planner', `  run: ${JSON.stringify(PLANNER)}`, '- id: other', '  run: echo o > o.txt'],
      ...['- id: last # stays', '  status: draft'],
    )
    await using site = await siteOf({ 'tasks.yml': file })
    const run = 'echo "$FANOUT_TASK_ID" > "$FANOUT_TASK_ID.txt"'
    const dir = await ran(site, { tasks: 'tasks.yml', run })
    expect(outcomes(dir.summary)).toEqual({ planner: 'landed', other: 'landed', last: 'skipped (status)' })
    const stays = lines('# ours', '', '- id: last # stays', '  status: draft')
    expect((await site.remote.files())['tasks.yml']).toBe(stays + FOLLOWED)
    const [commit] = dir.summary.tasks.flatMap(task => (task.id === 'planner' ? (task.commit ?? []) : []))
    const changed = await git(site.remote.path, 'show', '--format=', '--name-only', commit ?? '')
    expect(changed.split('\n')).toEqual(['tasks.done.yml', 'tasks.yml'])

    await git(site.clone.path, 'pull', '--quiet', 'origin', 'main')
    const next = await ran(site, { tasks: 'tasks.yml', run })
    expect(outcomes(next.summary)).toMatchObject({ more: 'landed', rest: 'landed' })
    const files = await site.remote.files()
    expect(files['tasks.yml']).toBe(stays)
    expect(files['more.txt']).toBe('more\n')
    expect(unstamped(files['tasks.done.yml'])).toContain(
      lines(
        '  title: The rest',
        '  needs: other',
        '  source: planner',
        '  completed_at: WHEN',
        '  run_key: KEY',
      ),
    )
  })

  test('of tasks that land together get ids of their own, and an edit by hand meanwhile is no conflict', async () => {
    const write = (list: string) =>
      `echo '${list}' > $FANOUT_ARTIFACTS/followups.yml; echo x > $FANOUT_TASK_ID.txt`
    const file = lines(
      ...['- id: a', `  run: ${JSON.stringify(write('[{id: docs, needs: a}, {id: check, needs: docs}]'))}`],
      ...['- id: b', `  run: ${JSON.stringify(write('[{id: docs, needs: [b, gone]}]'))}`],
      ...['- id: gone', '  status: draft'],
    )
    await using site = await siteOf({ 'tasks.yml': file })
    await using hub = await startWorkerHub()
    const running = await site.start({ ...BOOKS, tasks: 'tasks.yml', run: 'x', gate: hub.line('gate') })
    await Promise.all(['a', 'b'].map(id => running.line(new RegExp(`\\b${id}: ready to land`))))
    const gate = await hub.next(start => start.label === 'gate')
    // The task that a follow-up needs is taken out, and its id comes into use.
    const edited = file.replace('- id: gone\n  status: draft\n', '- id: docs\n  status: draft\n')
    await site.remote.commit({ files: { 'tasks.yml': edited }, message: 'by hand' })
    hub.each(start => start.exit(0))
    await gate.exit(0)
    const { code, text } = await running.finish()
    expect(code).toBe(0)
    const { 'tasks.yml': todo = '', 'tasks.done.yml': done = '' } = await site.remote.files()
    const plan = parsePlan(
      { text: todo, file: 't', doneText: { file: 'd', text: done } },
      { defaultRun: 'x', only: [], hash: whole => whole },
    )
    expect(plan).toMatchObject({ ok: true })
    expect(todo).toBe(
      lines(
        ...['- id: docs', '  status: draft'],
        ...['- id: docs-2', '  needs: a', '  source: a', '- id: check', '  needs: docs-2', '  source: a'],
        ...['- id: docs-3', '  needs:', '    - b', '  source: b'],
      ),
    )
    expect(text).toMatch(/b: its follow-ups no longer need gone/)
  })

  test('that are not valid fail their task, and its work is kept', async () => {
    const write = (list: string) =>
      `echo '${list}' > $FANOUT_ARTIFACTS/followups.yml; echo x > $FANOUT_TASK_ID.txt`
    const file = lines(
      ...['- id: slip', `  run: ${JSON.stringify(write('- {id: a, promt: x, rum: y, needz: z, titel: t}'))}`],
      ...['- id: lost', `  run: ${JSON.stringify(write('[{id: a, needs: nobody}]'))}`],
      ...['- id: lift', `  run: ${JSON.stringify(write('[{id: a, paths: [.github/workflows/x.yml]}]'))}`],
      // More bytes than are read, in fewer characters.
      ...['- id: long', `  run: printf '# €€€€\\n%.0s' {1..100000} > $FANOUT_ARTIFACTS/followups.yml`],
      // What a failed attempt leaves is not the next one's.
      ...['- id: again', '  retries: 1'],
      `  run: ${JSON.stringify(`test $FANOUT_ATTEMPT = 2 || { ${write('[{id: stale}]')}; exit 1; }; echo x > again.txt`)}`,
    )
    await using site = await siteOf({ 'tasks.yml': file })
    const dir = await ran(site, { tasks: 'tasks.yml', run: 'true' })
    expect(outcomes(dir.summary)).toEqual({
      slip: 'failed (out-of-scope)',
      lost: 'failed (out-of-scope)',
      lift: 'failed (out-of-scope)',
      long: 'failed (out-of-scope)',
      again: 'landed',
    })
    const message = (id: string) => dir.summary.tasks.find(task => task.id === id)?.reason?.message
    expect(message('slip')).toContain("followups.yml:1:11: unknown key 'promt' (did you mean 'prompt'?)")
    for (const slip of ['rum', 'needz', 'titel']) expect(message('slip')).toContain(`unknown key '${slip}'`)
    expect(message('lost')).toContain('unknown task "nobody"')
    expect(message('lift')).toContain("the paths of task 'a' lift the protected .github/workflows/**")
    expect(message('long')).toContain('followups.yml is larger than 1 MiB')
    const slip = dir.summary.tasks.find(task => task.id === 'slip')?.files ?? []
    expect(slip.map(name => name.slice('tasks/slip/'.length))).toEqual(
      expect.arrayContaining(['work.bundle', 'work.patch', 'artifacts/followups.yml']),
    )
    expect((await site.remote.files())['tasks.yml']).not.toMatch(/stale|again/)
  })

  test('have the limits of their parent, in the tasks file and in the next run', async () => {
    const write = (list: string) =>
      JSON.stringify(
        `echo '${list}' > $FANOUT_ARTIFACTS/followups.yml; mkdir -p docs; echo x > docs/$FANOUT_TASK_ID`,
      )
    const own = (id: string, list: string) => [`- id: ${id}`, '  paths: [docs/**]', `  run: ${write(list)}`]
    const file = lines(
      ...own('plan', '[{id: later, run: echo evil > src.txt}, {id: api, paths: [docs/api/**], run: "true"}]'),
      ...own('wide', '[{id: all, paths: [docs/a, src/**], run: "true"}]'),
    )
    await using site = await siteOf({ 'tasks.yml': file })
    const dir = await ran(site, { tasks: 'tasks.yml', run: 'false' })
    expect(outcomes(dir.summary)).toEqual({ plan: 'landed', wide: 'failed (out-of-scope)' })
    const { reason } = dir.summary.tasks[1]!
    expect(reason?.message).toContain(
      "src/** in the paths of task 'all' is not surely within its parent's (docs/**)",
    )
    expect((await site.remote.files())['tasks.yml']).toContain(
      lines(
        ...['- id: later', '  run: echo evil > src.txt', '  paths:', '    - docs/**', '  source: plan'],
        ...['- id: api', '  paths:', '    - docs/api/**', '  run: "true"', '  source: plan'],
      ),
    )
    await git(site.clone.path, 'pull', '--quiet', 'origin', 'main')
    const next = await ran(site, { tasks: 'tasks.yml', only: 'later', run: 'false' })
    expect(outcomes(next.summary)).toMatchObject({ later: 'failed (out-of-scope)' })
    expect(await site.remote.files()).not.toHaveProperty('src.txt')
  })

  test('without bookkeeping are kept as an artifact, and that is said', async () => {
    await using site = await siteOf({ 'tasks.yml': `- id: planner\n  run: ${JSON.stringify(PLANNER)}\n` })
    const { code, stdout, directory } = await site.cli({ tasks: 'tasks.yml', 'verify-when': 'never' })
    expect(code).toBe(0)
    expect(stdout).toMatch(/planner left tasks for later in tasks\/planner\/artifacts\/followups\.yml/)
    const dir = await directory()
    expect(outcomes(dir.summary)).toEqual({ planner: 'unchanged' })
    expect(dir.summary.tasks[0]?.files).toContain('tasks/planner/artifacts/followups.yml')
  })

  test('come through a remediation and through a run that could not land them', async () => {
    const write = (list: string) =>
      `echo '${list}' > $FANOUT_ARTIFACTS/followups.yml; echo $FANOUT_TASK_ID > f.txt`
    const file = lines(
      ...['- id: a', '  run: echo a > f.txt'],
      ...['- id: b', `  run: ${JSON.stringify(write('[{id: from-b, needs: b}]'))}`],
    )
    await using site = await siteOf({ 'tasks.yml': file, 'f.txt': 'old\n' })
    // The branch itself is red: both are kept on the remote.
    const blocked = await ran(site, { tasks: 'tasks.yml', run: 'false', gate: 'false', 'gate-retries': '0' })
    expect(outcomes(blocked.summary)).toEqual({ a: 'blocked-push (base-red)', b: 'blocked-push (base-red)' })
    const inputs = {
      tasks: 'tasks.yml',
      remediate: 'cat f.txt > both; mv both f.txt; sed -i "/^[<=>]/d" f.txt',
    }
    const dir = await ran(site, { ...inputs, run: 'false' })
    expect(outcomes(dir.summary)).toEqual({ a: 'landed', b: 'landed' })
    expect(starts(dir)).toEqual([])
    expect(dir.summary.tasks[1]?.attempts.remediation).toBe(1)
    const files = await site.remote.files()
    expect(files['tasks.yml']).toBe('- id: from-b\n  needs: b\n  source: b\n')
    expect(unstamped(files['tasks.done.yml'])).toMatch(/^- id: a[\s\S]*- id: b/)
  })
})

test("a worker's own edits of the tasks file are left out and kept: they would meet every other landing", async () => {
  const edit =
    'sed -i "s/todo/done/" tasks.yml; echo "- id: mine" >> tasks.done.yml; echo x > $FANOUT_TASK_ID.txt'
  const item = (id: string) => [`- id: ${id}`, '  status: todo', `  run: ${JSON.stringify(edit)}`]
  await using site = await siteOf({
    'tasks.yml': lines(...item('a'), ...item('b'), '- {id: c, status: draft}'),
  })
  const { code, stdout, directory } = await site.cli({ ...BOOKS, tasks: 'tasks.yml', workers: '2' })
  expect(code).toBe(0)
  expect(stdout).toMatch(/a: its changes to tasks\.done\.yml and tasks\.yml are left out/)
  const files = await site.remote.files()
  expect(files['tasks.yml']).toBe('- {id: c, status: draft}\n')
  expect(files['tasks.done.yml']).not.toMatch(/^- id: mine/m)
  const dir = await directory()
  expect(dir.summary.tasks[0]?.changes?.files).toBe(1)
  expect(await dir.text('tasks/a/bookkeeping.patch')).toContain('+- id: mine')
})

test('what a worker puts in place of the two files, or of a folder on their way, is left out and kept too', async () => {
  const works = {
    a: 'echo mine > kept; echo x > a.txt',
    b: 'rm kept/done.yml; mkdir kept/done.yml; echo mine > kept/done.yml/file; echo x > b.txt',
    c: 'rm tasks.yml; mkdir tasks.yml; echo mine > tasks.yml/file; echo x > c.txt',
  }
  const list = Object.entries(works).map(([id, run], i) => ({ id, run, needs: i === 0 ? [] : ['a'] }))
  await using site = await siteOf({ 'tasks.yml': JSON.stringify(list) })
  const dir = await ran(site, { tasks: 'tasks.yml', 'done-file': 'kept/done.yml', workers: '2' })
  expect(outcomes(dir.summary)).toEqual({ a: 'landed', b: 'landed', c: 'landed' })
  const { 'kept/done.yml': done, ...files } = await site.remote.files()
  expect(files).toEqual({ 'tasks.yml': '[]', 'a.txt': 'x\n', 'b.txt': 'x\n', 'c.txt': 'x\n' })
  expect(
    JSON.parse(done ?? '')
      .map((task: { id: string }) => task.id)
      .toSorted(),
  ).toEqual(['a', 'b', 'c'])
  for (const id of Object.keys(works)) {
    expect(await dir.text(`tasks/${id}/bookkeeping.patch`)).toContain('+mine')
  }
})

describe('files of other tools', () => {
  test("a Ralph queue is archived Ralph's way, into the done file beside it, follow-ups included", async () => {
    const task = (id: string, more: readonly string[] = []): string[] => [
      '    {',
      `      "id": "${id}",`,
      '      "status": "todo",',
      `      "title": "Do ${id}", // why`,
      ...more,
      '      "created_at": "2026-01-01T00:00:00Z",',
      '      "updated_at": "2026-01-01T00:00:00Z"',
    ]
    const needs = ['      "depends_on": ["RQ-0001"],']
    const queue = lines(
      ...['// The queue.', '{', '  "version": 1,', '  "tasks": ['],
      ...task('RQ-0002', needs),
      ...['    },', ...task('RQ-0003'), '    }', '  ]', '}'],
    )
    const old =
      '    { "id": "RQ-0001", "status": "done", "title": "Begin", "completed_at": "2026-01-01T00:00:00Z" }'
    const done = lines('{', '  "version": 1,', '  "tasks": [', old, '  ]', '}')
    await using site = await siteOf({ '.ralph/queue.jsonc': queue, '.ralph/done.jsonc': done })
    const script = [
      'if [ $FANOUT_TASK_ID = RQ-0002 ]; then',
      '  { echo "- {id: docs, title: Write docs, depends_on: [RQ-0002]}"',
      '    echo "- {id: more, prompt: In Fanout words, needs: docs}"; } > $FANOUT_ARTIFACTS/followups.yml',
      '  cat > prompt.md; else exit 1; fi',
    ].join('\n')
    const dir = await ran(site, { tasks: '.ralph/queue.jsonc', run: script })
    expect(outcomes(dir.summary)).toEqual({ 'RQ-0002': 'landed', 'RQ-0003': 'failed (worker-exit)' })
    const files = await site.remote.files()
    expect(files['prompt.md']).toBe('# Do RQ-0002\n')
    expect(unstamped(files['.ralph/done.jsonc'])).toBe(
      lines(
        ...['{', '  "version": 1,', '  "tasks": [', `${old},`],
        ...task('RQ-0002', needs)
          .slice(0, -1)
          .map(line => line.replace('"todo"', '"done"')),
        ...['      "updated_at": WHEN,', '      "completed_at": WHEN', '    }', '  ]', '}'],
      ),
    )
    const left = JSON.parse((files['.ralph/queue.jsonc'] ?? '').replace(/\/\/.*/g, ''))
    expect(left.tasks).toEqual([
      expect.objectContaining({ id: 'RQ-0003', status: 'todo' }),
      expect.objectContaining({
        id: 'RQ-0004',
        title: 'Write docs',
        depends_on: ['RQ-0002'],
        custom_fields: { source: 'RQ-0002' },
      }),
      expect.objectContaining({ id: 'RQ-0005', description: 'In Fanout words', depends_on: ['RQ-0004'] }),
    ])
    await git(site.clone.path, 'pull', '--quiet', 'origin', 'main')
    const next = await ran(site, { tasks: '.ralph/queue.jsonc', run: 'cat > $FANOUT_TASK_ID.md' })
    expect(outcomes(next.summary)).toMatchObject({ 'RQ-0004': 'landed', 'RQ-0005': 'landed' })
    expect((await site.remote.files())['RQ-0005.md']).toContain('In Fanout words')
    expect(Object.keys(files).filter(name => name.startsWith('.ralph/'))).toEqual([
      '.ralph/done.jsonc',
      '.ralph/queue.jsonc',
    ])
  })

  test('a Ralph Workflow plan runs in the order of its dependencies, each unit in its directories', async () => {
    const unit = (unit_id: string, directory: string, dependencies: readonly string[] = []) => ({
      unit_id,
      description: `Write ${unit_id}.`,
      allowed_directories: [directory],
      dependencies,
    })
    const plan = {
      work_units: [unit('web', 'src/web', ['api']), unit('api', 'src/api'), unit('docs', 'docs')],
    }
    await using site = await siteOf({ 'plan.json': JSON.stringify(plan), 'README.md': 'hello\n' })
    const run = 'mkdir -p src/$FANOUT_TASK_ID; cat > src/$FANOUT_TASK_ID/prompt.txt'
    const dir = await ran(site, { tasks: 'plan.json', run, bookkeeping: 'off' })
    expect(outcomes(dir.summary)).toEqual({ web: 'landed', api: 'landed', docs: 'failed (out-of-scope)' })
    expect(await site.remote.log()).toBe(
      'Write web. [Fanout-Task: web]\nWrite api. [Fanout-Task: api]\ninitial',
    )
    expect((await site.remote.files())['src/web/prompt.txt']).toBe('Write web.')
    const { code, stderr } = await site.cli({ ...BOOKS, tasks: 'plan.json', run })
    expect(code).toBe(1)
    expect(stderr).toMatch(/Bookkeeping needs a tasks file of tasks/)
  })
})

describe('bookkeeping is refused, with the way out,', () => {
  test.each([
    [
      'for a file that git does not track',
      'todo.yml',
      {},
      /todo\.yml is not tracked by git.*git add todo\.yml/,
    ],
    ['for a file outside the repository', '../todo.yml', {}, /\.\.\/todo\.yml is not tracked by git/],
    ['for a link', 'link.yml', {}, /link\.yml is a symbolic link.*file that the link leads to/],
    [
      'for a done file that is the tasks file',
      'tasks.yml',
      { 'done-file': 'tasks.yml' },
      /tasks file itself/,
    ],
    [
      'for a done file that is a folder',
      'tasks.yml',
      { 'done-file': 'docs' },
      /^error: docs: the done file cannot be read: it is a folder.*Give `done-file`/,
    ],
    [
      'for a done file below a file, which it would replace',
      'tasks.yml',
      { 'done-file': 'docs/guide/done.yml' },
      /docs\/guide is a file/,
    ],
    [
      'for a done file that is a link',
      'tasks.yml',
      { 'done-file': 'link.yml' },
      /link\.yml is a symbolic link/,
    ],
  ])('%s', async (_, file, more, expected) => {
    await using site = await startSite({
      via: 'file',
      repo: {
        files: {
          'tasks.yml': '- id: a\n',
          'docs/guide': 'Read this.\n',
          'link.yml': { content: 'tasks.yml', mode: '120000' },
        },
      },
    })
    const script = `[ -e ${file} ] || echo '- id: a' > ${file}`
    await git(site.clone.path, '-c', `alias.x=!${script}`, 'x')
    const { code, stderr } = await site.cli({ ...BOOKS, tasks: file, run: 'true', ...more })
    expect(code).toBe(1)
    expect(stderr.replaceAll('\n', ' ')).toMatch(expected)
    expect(await site.remote.log()).toBe('initial')
  })
})

test('files that the branch lacks, or has in a form that cannot be edited, are refused before anything runs', async () => {
  await using site = await siteOf({ 'tasks.yml': '- id: a\n', 'tasks.done.yml': 'tasks: null\nversion: 1\n' })
  const refusal = async (inputs: Inputs) => {
    const { code, stderr } = await site.cli({ ...BOOKS, run: 'touch "$FANOUT_TASK_ID"', ...inputs })
    return { code, said: stderr.replaceAll('\n', ' ') }
  }
  await writeFile(join(site.clone.path, 'new.yml'), '- id: a\n')
  await git(site.clone.path, 'add', 'new.yml')
  expect(await refusal({ tasks: 'new.yml' })).toEqual({
    code: 1,
    said: expect.stringMatching(/main on origin holds no new\.yml\..*push it to main first/),
  })
  expect(await refusal({ tasks: 'tasks.yml' })).toEqual({
    code: 1,
    said: expect.stringMatching(/On main the done file holds its tasks in a form that cannot be edited/),
  })
  expect(await site.remote.log()).toBe('initial')
})

test('a tasks file whose tasks could not leave it is refused before anything runs, and by plan', async () => {
  const file = lines('- &x', '  id: a', '  run: touch ran', '- <<: *x', '  id: b')
  await using site = await siteOf({ 'tasks.yml': file })
  const refused =
    /^error: tasks\.yml:1:3: task 'a' defines the anchor '&x', which line 4 uses.*`bookkeeping: off`/
  const { code, stderr } = await site.cli({ ...BOOKS, tasks: 'tasks.yml' })
  expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringMatching(refused) })
  const plan = (books: string) =>
    startCli(site.clone.path, ['plan', '--tasks', 'tasks.yml', '--bookkeeping', books]).done
  expect(await plan('archive')).toMatchObject({ code: 1, stderr: expect.stringMatching(refused) })
  expect(await plan('off')).toMatchObject({ code: 0, stderr: '' })
  expect(await site.remote.log()).toBe('initial')
})

test('a done file of another name, and a tasks file named from a folder of its own', async () => {
  await using site = await siteOf({
    'todo/tasks.yml': '- {id: b, needs: a}\n- id: c\n',
    'kept/done.yml': '# done\n- id: a\n',
  })
  const dir = await ran(site, {
    tasks: join(site.clone.path, 'todo', 'tasks.yml'),
    'done-file': 'kept/done.yml',
    run: 'echo x > $FANOUT_TASK_ID.txt',
    workers: '1',
  })
  expect(outcomes(dir.summary)).toEqual({ b: 'landed', c: 'landed' })
  const files = await site.remote.files()
  expect(files['todo/tasks.yml']).toBe('[]\n')
  expect(unstamped(files['kept/done.yml'])).toBe(
    lines(
      ...['# done', '- id: a'],
      '- {id: b, needs: a, completed_at: WHEN, run_key: KEY}',
      ...['- id: c', '  completed_at: WHEN', '  run_key: KEY'],
    ),
  )
})

describe('fanout plan', () => {
  const QUEUE = lines(
    '- id: a',
    '- {id: b, status: doing}',
    '- {id: c, needs: draft}',
    '- {id: draft, status: draft}',
  )

  test('tells what would run, without a repository, a remote or a command', async () => {
    await using temp = await tempDir('plan')
    await writeFile(join(temp.path, 'tasks.yml'), QUEUE)
    const { code, stdout, stderr } = await startCli(temp.path, [
      'plan',
      '--tasks',
      'tasks.yml',
      '--workers=2',
    ]).done
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toBe(
      lines(
        '2 of 4 tasks in tasks.yml would run, up to 2 at a time:',
        '  1  b      (doing)',
        '  2  a',
        'Held back:',
        '  -  c      (needs draft, held back)',
        '  -  draft  (its status is draft)',
        'note: 2 of them have no command: a run needs the input `run`',
      ),
    )
    expect(await readdir(temp.path)).toEqual(['tasks.yml'])
  })

  test('as JSON, of a few tasks, with the done file', async () => {
    await using temp = await tempDir('plan')
    await writeFile(join(temp.path, 'tasks.yml'), '- {id: a, needs: old}\n- id: b\n')
    await writeFile(join(temp.path, 'tasks.done.yml'), '- id: old\n')
    const args = ['plan', '--json', '--tasks', 'tasks.yml', '--only', 'a', '--run', 'x', '--workers', '3']
    const { code, stdout } = await startCli(temp.path, args).done
    expect(code).toBe(0)
    expect(JSON.parse(stdout)).toEqual({
      version: 1,
      tasks_file: 'tasks.yml',
      format: 'fanout',
      workers: 3,
      would_run: [{ id: 'a', title: 'a', status: 'todo', needs: ['old'] }],
      held_back: [
        { id: 'b', title: 'b', reason: { code: 'only', message: '`only` names others' }, blocked_by: [] },
      ],
      notices: [],
    })
  })

  test('exits 1 with every problem of the file, and of the inputs', async () => {
    const list = '- id: a\n  promt: x\n- id: a\n'
    const { code, stdout, stderr } = await startCli('/', ['plan', '--tasks', list]).done
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toBe(
      "error: tasks:2:3: unknown key 'promt' (did you mean 'prompt'?)\nerror: tasks:3:3: duplicate id 'a'\n",
    )
    const json = await startCli('/', ['plan', '--tasks', list, '--json']).done
    expect(json.code).toBe(1)
    expect(JSON.parse(json.stdout).problems).toMatchObject([
      { file: 'tasks', line: 2, column: 3 },
      { file: 'tasks', line: 3, column: 3 },
    ])
    const inputs = await startCli('/', ['plan', '--tasks', '[]', '--workers', 'many', '--json']).done
    expect(JSON.parse(inputs.stdout).problems).toMatchObject([
      { message: expect.stringMatching(/^input 'workers': expected/) },
    ])
  })
})
