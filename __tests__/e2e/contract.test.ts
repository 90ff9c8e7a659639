/** The worker's contract (SPEC section 5), each sentence of it, in both kinds of workspace: one run of many tasks each. */
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ArtifactServer, startArtifactServer } from '../rig/artifact-server.ts'
import { git } from '../rig/exec.ts'
import { outcomes, type Ran, type RunDirectory, type Site, startSite, tasks } from '../rig/fanout.ts'
import { expectKind, KINDS } from '../rig/kinds.ts'
import { processesWith } from '../rig/leftovers.ts'

const SECRET = 'sk-live-4242424242424242'
const PROMPT = 'First line\n$HOME `id` "quoted" ü\nno line end'
const FILES = {
  'README.md': 'hello\n',
  '.gitignore': 'ignored/\n*.tmp\n.env\n',
  'src/a.txt': 'a\n',
  'run.sh': { content: '#!/bin/sh\n', mode: '100755' },
  '.github/workflows/ci.yml': 'on: push\n',
}
const commit = (message: string) => `git add -A && git commit -qm "${message}"`
const also = (id: string, script: string, more: Readonly<Record<string, unknown>> = {}) => ({
  id,
  run: `echo ${id} > ${id}.txt\n${script}`,
  ...more,
})

/** What a worker finds, written where it is kept. */
const LOOK = [
  'cd "$PWD"; out=$FANOUT_ARTIFACTS; env -0 > $out/env; cat > $out/stdin; pwd -P > $out/pwd',
  'tr "\\0" "\\n" < /proc/$$/cmdline > $out/shell; set -o | grep -E "^(errexit|pipefail)" > $out/options',
  'stat -f -c %T . > $out/fs; git status --porcelain --ignored > $out/status',
  'git symbolic-ref HEAD > $out/head; git rev-parse HEAD HEAD@{upstream} > $out/commits; git log --format=%s > $out/log',
  'git remote -v > $out/remotes; git fetch -q origin && echo fetched > $out/fetch',
  'git push -q origin HEAD:refs/heads/main 2> $out/push || echo "exit $?" >> $out/push',
  'cat "$FANOUT_PROMPT_FILE" > $out/prompt; cp "$FANOUT_MANIFEST" $out/manifest',
  'cat ignored/setup .env > $out/setup',
].join('\n')

const LIST = tasks(
  {
    id: 'look',
    title: 'Look around',
    prompt: PROMPT,
    env: { MINE: 'x "y" $z' },
    run: LOOK,
  },
  { id: 'promptless', run: 'test -z "$(cat)"; test ! -s "$FANOUT_PROMPT_FILE"; echo read > promptless.txt' },
  // What changed, committed or not, becomes one commit.
  { id: 'left', run: 'echo left > left.txt; echo more >> src/a.txt; mv run.sh walk.sh' },
  also('staged', 'git add staged.txt; echo later >> staged.txt'),
  also('single', `${commit('Single by hand')} --author "Somebody <some@body.test>" -m "With a body."`),
  also('several', `${commit('First of two')}; echo 2 >> several.txt; ${commit('Second of two')}`),
  also('both', `${commit('The committed part')}; echo not committed > both-2.txt`),
  also('elsewhere', `git switch -qc side; ${commit('On a branch of its own')}`),
  also('message', `echo 'From the file ${SECRET}' > "$FANOUT_MESSAGE_FILE"; ${commit('Not this')}`),
  also('template', 'true', { title: 'The title', 'commit-message': '{id}: {title} ({prompt})', prompt: 'P' }),
  also('ignored', 'mkdir -p ignored; echo x > ignored/x; echo x > x.tmp'),
  also('forced', `echo x > forced.tmp; git add -f forced.tmp; ${commit('Forced')}`),
  also('artifacts', `mkdir "$FANOUT_ARTIFACTS/deep"; echo note > "$FANOUT_ARTIFACTS/deep/note.txt"`),
  // Nothing changed.
  { id: 'same', run: 'true' },
  { id: 'empty', run: 'git commit -q --allow-empty -m nothing' },
  { id: 'undone', run: `echo x > x.txt; ${commit('do')}; git rm -q x.txt; ${commit('undo')}` },
  {
    id: 'away',
    run: `git switch -qc away; echo away > away.txt; ${commit('Left on a branch')}; git switch -q main`,
  },
  // Not done, and kept.
  also('exits', `echo 'out ${SECRET}'; echo err >&2; exit 3`),
  also('pipeline', 'false | true'),
  also('signal', 'kill -SEGV $$'),
  also('timeout', "trap 'exit 0' TERM; while :; do sleep 0.1; done", { 'timeout-minutes': 0.02 }),
  also('unchanged-failure', 'rm unchanged-failure.txt; exit 1'),
  // Everything it started ends with it.
  also('background', 'sleep 300 & (trap "" TERM; sleep 300) & setsid sleep 300 > /dev/null 2>&1 &'),
  // Scope.
  { id: 'within', paths: ['src/**'], run: 'echo within > src/within.txt' },
  { id: 'outside', paths: ['src/**'], run: 'echo in > src/in.txt; echo out > out.txt' },
  { id: 'protected', run: 'echo "on: schedule" > .github/workflows/ci.yml' },
  { id: 'lifted', paths: ['.github/workflows/new.yml'], run: 'echo "on: push" > .github/workflows/new.yml' },
  { id: 'many', run: 'for i in 1 2 3 4 5 6 7; do echo $i > many-$i.txt; done' },
  also('nested', 'git init -q inner; echo inside > inner/file.txt'),
  // Again, in a fresh workspace.
  {
    id: 'again',
    retries: 1,
    run: 'test ! -e again.txt; echo "$FANOUT_ATTEMPT" > again.txt; test "$FANOUT_ATTEMPT" = 2',
  },
)

describe.each(KINDS)('the contract, with workspaces: %s', (_, kind) => {
  let server: ArtifactServer
  let site: Site
  let ran: Ran
  let dir: RunDirectory
  let base: string
  let seen: string
  const artifact = (name: string) => dir.text(`tasks/look/artifacts/${name}`)
  const task = (id: string) => dir.summary.tasks.find(each => each.id === id)!
  const variables = (text: string) =>
    Object.fromEntries(
      text.split('\0').map(entry => [entry.split('=', 1)[0], entry.slice(entry.indexOf('=') + 1)]),
    )

  beforeAll(async () => {
    server = await startArtifactServer()
    // By path: the artifact service is github.com's alone.
    site = await startSite({ via: 'file', repo: { files: FILES }, job: { actionEnv: server.env } })
    base = await site.remote.tip()
    await writeFile(join(site.clone.path, '.env'), 'COPIED=1\n')
    seen = join(site.job.temp, 'seen')
    await mkdir(seen)
    const dump = (name: string) =>
      `env -0 > "$SEEN/${name}-$FANOUT_TASK_IDS"; git rev-parse HEAD > "$SEEN/${name}.head"`
    ran = await site.run(
      {
        workspaces: kind,
        tasks: LIST,
        workers: '6',
        log: 'all',
        copy: '.env',
        setup:
          'test ! -e ignored; mkdir ignored; echo "set up $FANOUT_COMMIT $FANOUT_TASK_IDS" > ignored/setup',
        gate: `${dump('gate')}; test -e ignored/setup && test -e .env`,
        verify: `${dump('verify')}`,
        'max-changed-files': '6',
        upload: 'true',
      },
      {
        API_KEY: SECRET,
        SEEN: seen,
        GIT_DIR: '/nowhere',
        GIT_AUTHOR_NAME: 'Of the step',
        OF_THE_STEP: 'kept',
      },
    )
    dir = await ran.directory()
  }, 120_000)
  afterAll(async () => {
    await site?.[Symbol.asyncDispose]()
    await server?.[Symbol.asyncDispose]()
  })

  test('each task ends as its worker did', async () => {
    const failed = (reason: string) => `failed (${reason})`
    expect(outcomes(dir.summary), ran.text).toEqual({
      ...Object.fromEntries(
        ['promptless', 'left', 'staged', 'single', 'several', 'both', 'elsewhere', 'message', 'template'].map(
          id => [id, 'landed'],
        ),
      ),
      ...Object.fromEntries(
        ['ignored', 'forced', 'artifacts', 'background', 'within', 'lifted', 'again'].map(id => [
          id,
          'landed',
        ]),
      ),
      ...Object.fromEntries(['look', 'same', 'empty', 'undone'].map(id => [id, 'unchanged'])),
      away: failed('left-behind'),
      exits: failed('worker-exit'),
      pipeline: failed('worker-exit'),
      signal: failed('worker-signal'),
      timeout: failed('timeout'),
      'unchanged-failure': failed('worker-exit'),
      outside: failed('out-of-scope'),
      protected: failed('out-of-scope'),
      nested: failed('out-of-scope'),
      many: failed('too-large'),
    })
    expect(task('exits').exit_code).toBe(3)
    expect(task('timeout').exit_code).toBe(0)
    expect(task('signal').exit_code).toBeNull()
    expect(task('again').attempts.worker).toBe(2)
    await expectKind(kind, await artifact('fs'))
  })

  test('a worker stands in its own clone, clean, on a local branch at the tip, and can fetch but not push', async () => {
    expect(await artifact('pwd')).toBe(`${dir.path}/tasks/look/workspace\n`)
    expect(await artifact('status')).toBe('!! .env\n!! ignored/\n')
    expect(await artifact('head')).toBe('refs/heads/main\n')
    expect(await artifact('commits')).toBe(`${base}\n${base}\n`)
    expect(await artifact('log')).toBe('initial\n')
    expect(await artifact('remotes')).toMatch(
      /^origin\t.*store\.git \(fetch\)\norigin\t\/dev\/null\/.* \(push\)\n$/,
    )
    expect(await artifact('fetch')).toBe('fetched\n')
    expect(await artifact('push')).toMatch(/workspaces-cannot-push[\s\S]*exit 128\n$/)
    expect(await artifact('setup')).toBe(`set up ${base} look\nCOPIED=1\n`)
  })

  test('its shell is bash with neither profile, its input the prompt', async () => {
    expect(await artifact('shell')).toMatch(
      /^bash\n--noprofile\n--norc\n-eo\npipefail\n\/.*\/task-look\.sh\n$/,
    )
    expect(await artifact('options')).toMatch(/^errexit\s+on\npipefail\s+on\n$/)
    expect(await artifact('stdin')).toBe(PROMPT)
    expect(await artifact('prompt')).toBe(PROMPT)
  })

  test("its environment is the step's without the runner's own, and what the table lists", async () => {
    const env = variables(await artifact('env'))
    const folder = `${dir.path}/tasks/look`
    expect(env).toMatchObject({
      FANOUT: '1',
      FANOUT_TASK_ID: 'look',
      FANOUT_TASK_TITLE: 'Look around',
      FANOUT_BRANCH: 'main',
      FANOUT_BASE_SHA: base,
      FANOUT_RUN_KEY: '1-1',
      FANOUT_ATTEMPT: '1',
      FANOUT_PROMPT_FILE: `${folder}/prompt.md`,
      FANOUT_MANIFEST: `${folder}/manifest.json`,
      FANOUT_ARTIFACTS: `${folder}/artifacts`,
      FANOUT_MESSAGE_FILE: expect.stringContaining(folder),
      RUNNER_TRACKING_ID: site.job.env.RUNNER_TRACKING_ID,
      GITHUB_RUN_ID: '1',
      OF_THE_STEP: 'kept',
      API_KEY: SECRET,
      MINE: 'x "y" $z',
    })
    const names = Object.keys(env)
    expect(names.filter(name => /^(INPUT_|ACTIONS_|GIT_|STATE_)|^FANOUT_HANDOFF$/.test(name))).toEqual([])
    expect(names.filter(name => /^GITHUB_(ENV|PATH|OUTPUT|STATE|STEP_SUMMARY)$/.test(name))).toEqual([])
    expect(JSON.parse(await artifact('manifest'))).toMatchObject({
      task_id: 'look',
      base_sha: base,
      workspace: `${folder}/workspace`,
    })
  })

  test('what it changed is one commit, without what git ignores', async () => {
    const files = await site.remote.files()
    expect(files).toMatchObject({
      'left.txt': 'left\n',
      'src/a.txt': 'a\nmore\n',
      'walk.sh': '#!/bin/sh\n',
      'staged.txt': 'staged\nlater\n',
      'several.txt': 'several\n2\n',
      'both.txt': 'both\n',
      'both-2.txt': 'not committed\n',
      'elsewhere.txt': 'elsewhere\n',
      'forced.tmp': 'x\n',
      'src/within.txt': 'within\n',
      '.github/workflows/new.yml': 'on: push\n',
      'again.txt': '2\n',
    })
    const others = [
      'run.sh',
      'x.tmp',
      'ignored/x',
      'ignored/setup',
      'x.txt',
      'away.txt',
      'out.txt',
      'many-1.txt',
    ]
    for (const name of others) expect(Object.keys(files)).not.toContain(name)
    expect(await git(site.remote.path, 'ls-tree', 'main', 'walk.sh')).toMatch(/^100755 /)
    const landed = dir.summary.tasks.filter(({ outcome }) => outcome === 'landed')
    expect(await git(site.remote.path, 'rev-list', '--count', `${base}..main`)).toBe(String(landed.length))
  })

  test('its message, its author, and the trailers', async () => {
    const shown = async (id: string, format: string) =>
      git(site.remote.path, 'show', '--no-patch', `--format=${format}`, task(id).commit!)
    const trailers = (id: string) => `Fanout-Task: ${id}\nFanout-Run: 1-1\nFanout-Fingerprint: `
    const said = async (id: string) => (await shown(id, '%B')).replace(/(Fingerprint: )[0-9a-f]{12}$/, '$1')
    expect(await said('left')).toBe(`left\n\n${trailers('left')}`)
    expect(await said('single')).toBe(`Single by hand\n\nWith a body.\n\n${trailers('single')}`)
    expect(await said('several')).toBe(`several\n\n- First of two\n- Second of two\n\n${trailers('several')}`)
    expect(await said('both')).toBe(`The committed part\n\n${trailers('both')}`)
    expect(await said('elsewhere')).toBe(`On a branch of its own\n\n${trailers('elsewhere')}`)
    expect(await said('message')).toBe(`From the file ***\n\n${trailers('message')}`)
    expect(await said('template')).toBe(`template: The title (P)\n\n${trailers('template')}`)
    expect(await shown('single', '%an <%ae>|%cn')).toBe('Somebody <some@body.test>|github-actions[bot]')
    expect(await shown('left', '%an|%cn')).toBe('github-actions[bot]|github-actions[bot]')
  })

  test('what a worker that failed had changed is kept as a bundle and a patch', async () => {
    for (const id of ['exits', 'pipeline', 'signal', 'timeout', 'outside', 'protected', 'many', 'nested']) {
      const bundle = join(dir.path, `tasks/${id}/work.bundle`)
      await git(site.remote.path, 'fetch', '--quiet', bundle, `+refs/fanout/work/*:refs/kept/${id}/*`)
      expect(task(id).files).toEqual(
        expect.arrayContaining([`tasks/${id}/work.bundle`, `tasks/${id}/work.patch`]),
      )
    }
    const kept = (id: string, file: string) => git(site.remote.path, 'show', `refs/kept/${id}/${id}:${file}`)
    expect(await kept('exits', 'exits.txt')).toBe('exits')
    expect(await kept('timeout', 'timeout.txt')).toBe('timeout')
    expect(await kept('outside', 'src/in.txt')).toBe('in')
    expect(await kept('nested', 'inner/file.txt')).toBe('inside')
    expect(task('unchanged-failure').files).not.toContain('tasks/unchanged-failure/work.bundle')
  })

  test('each failure has its reason and a way out', () => {
    const message = (id: string) => task(id).reason?.message
    expect(message('timeout')).toMatch(/ran longer than 1\.2 seconds/)
    expect(message('signal')).toMatch(/SIGSEGV/)
    expect(message('outside')).toMatch(/out\.txt: it is outside the task's paths/)
    expect(message('protected')).toMatch(/ci\.yml: it is protected/)
    expect(message('many')).toMatch(/7 files, more than the 6 allowed/)
    expect(message('nested')).toMatch(/inner: it is a git repository of its own.*the kept work has its files/)
  })

  test('commits that it left on another branch are told of, and come back out of a bundle', async () => {
    expect(ran.annotations.map(({ level, message }) => `${level} ${message}`)).toContainEqual(
      expect.stringMatching(
        /^notice away: its worker also made commits on away,.* tasks\/away\/branches\.bundle/,
      ),
    )
    expect(task('away').files).toContain('tasks/away/branches.bundle')
    const bundle = join(dir.path, 'tasks/away/branches.bundle')
    await git(site.remote.path, 'fetch', '--quiet', bundle, 'refs/heads/away:refs/kept/away')
    expect(await git(site.remote.path, 'show', 'refs/kept/away:away.txt')).toBe('away')
    expect((await dir.files()).filter(file => file.endsWith('branches.bundle'))).toEqual([
      'tasks/away/branches.bundle',
    ])
  })

  test('what it says is in its log as it came, in the step log prefixed, and no secret leaves the machine', async () => {
    expect(await dir.text('tasks/exits/worker.log')).toBe(`out ${SECRET}\nerr\n`)
    expect(ran.log.map(line => line.trim())).toEqual(
      expect.arrayContaining(['[exits] out ***', '[exits] err']),
    )
    expect(ran.outputs['artifact-id']).toMatch(/^\d+$/)
    const sent = server.unzip('fanout-1-1')
    expect(sent.get('tasks/exits/worker.log')?.toString()).toBe('out ***\nerr\n')
    // What a worker made for others goes as it is, and so do commits.
    expect(sent.get('tasks/artifacts/artifacts/deep/note.txt')?.toString()).toBe('note\n')
    const texts = [...sent].filter(([name]) => !/\/artifacts\/|\.bundle$/.test(name))
    expect(texts.filter(([, bytes]) => bytes.includes(SECRET)).map(([name]) => name)).toEqual([])
    const written = (await dir.files()).filter(
      name => !/worker(-1)?\.log$|\/artifacts\/|message\.txt$|\.bundle$/.test(name),
    )
    for (const name of written) expect([name, (await dir.text(name)).includes(SECRET)]).toEqual([name, false])
    expect(ran.text).not.toContain(SECRET)
  })

  test('gate and verification stand on the commit in question, and are told which', async () => {
    const log = (await git(site.remote.path, 'log', '--format=%H', `${base}..main`)).split('\n')
    const head = (await readFile(join(seen, 'verify.head'), 'utf8')).trim()
    expect(head).toBe(log[0])
    const entries = await readdir(seen)
    const gates = entries.filter(name => name.startsWith('gate-'))
    expect(gates.length).toBeGreaterThan(0)
    for (const name of [...gates, entries.find(each => each.startsWith('verify-'))!]) {
      const env = variables(await readFile(join(seen, name), 'utf8'))
      expect(log).toContain(env.FANOUT_COMMIT)
      expect(env.FANOUT_TASK_IDS).toBe(name.replace(/^\w+-/, ''))
      expect(Object.keys(env).filter(key => /^(INPUT_|ACTIONS_|GIT_)/.test(key))).toEqual([])
    }
  })

  test('silence for too long ends it, work that is slow and says so does not', async () => {
    const talks = 'for i in $(seq 50); do echo $i; sleep 0.1; done; echo talks > talks.txt'
    const list = tasks(
      { id: 'silent', run: 'echo silent > silent.txt; sleep 300' },
      { id: 'talks', run: talks },
    )
    site.job.env.GITHUB_RUN_ID = '2'
    const slow = await site.run({
      workspaces: kind,
      tasks: list,
      'idle-timeout-minutes': '0.05',
      workers: '2',
      'verify-when': 'never',
    })
    const { summary, files } = await slow.directory()
    expect(outcomes(summary)).toEqual({ silent: 'failed (idle)', talks: 'landed' })
    expect(summary.tasks[0]?.reason?.message).toMatch(/printed nothing for 3 seconds/)
    expect(await files()).toContain('tasks/silent/work.bundle')
  })

  test('everything it started has ended, and workspaces whose work is safe are gone', async () => {
    expect(await processesWith(site.job.env.RUNNER_TRACKING_ID ?? '-', 2000)).toEqual([])
    const names = async (id: string) => readdir(join(dir.path, 'tasks', id))
    for (const id of ['left', 'same', 'away', 'unchanged-failure'])
      expect(await names(id)).not.toContain('workspace')
    for (const id of ['exits', 'outside', 'nested']) expect(await names(id)).toContain('workspace')
  })
})
