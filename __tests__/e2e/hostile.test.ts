/** Workers that are hostile to the run and the runner: what they do, and the effect that it must not have. */
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { startArtifactServer } from '../rig/artifact-server.ts'
import { outcomes, startSite, tasks } from '../rig/fanout.ts'
import { KINDS } from '../rig/kinds.ts'
import { processesWith } from '../rig/leftovers.ts'
import { tempDir } from '../rig/temp.ts'

const QUIET = { 'verify-when': 'never' }
const HONEST = { id: 'honest', run: 'echo honest > honest.txt' }

describe.each(KINDS)('workspaces: %s', (_, kind) => {
  test('processes that ignore SIGTERM, leave the group or fork without end are ended with their worker', async () => {
    await using at = await startSite()
    /** Each link starts the next one and goes. */
    const chain = (how: string) =>
      `cat > chain.sh <<'END'\ntrap '' TERM HUP\nsleep 0.05\n${how} bash "$0" &\nEND\nbash chain.sh; rm chain.sh; echo x > x.txt`
    const stubborn = "trap '' TERM"
    const ran = await at.run({
      ...QUIET,
      workspaces: kind,
      workers: '3',
      tasks: tasks(
        { id: 'stubborn', 'timeout-minutes': 0.02, run: `${stubborn}; while :; do sleep 0.2; done` },
        { id: 'daemon', run: 'setsid bash -c "trap \'\' TERM; sleep 300" > /dev/null 2>&1 & echo d > d.txt' },
        { id: 'held', run: `(${stubborn}; sleep 300) & disown; echo held > held.txt` },
        { id: 'chain', run: chain('') },
        { id: 'leaving', run: chain('setsid') },
        HONEST,
      ),
    })
    expect(await processesWith(at.job.env.RUNNER_TRACKING_ID ?? '-', 2000)).toEqual([])
    expect(outcomes((await ran.directory()).summary)).toMatchObject({
      stubborn: 'failed (timeout)',
      daemon: 'landed',
      held: 'landed',
      honest: 'landed',
    })
  })

  test('a worker holds no token, and can push neither to origin nor to the remote itself', async () => {
    await using at = await startSite()
    const before = await at.remote.tip()
    const basic = Buffer.from(`x-access-token:${at.token}`).toString('base64')
    const run = [
      'token=$(rev <<< "$REVERSED"); basic=$(rev <<< "$REVERSED_BASIC")',
      'if env | grep -F -e "$token" -e "$basic"; then exit 90; fi',
      'if git config --list --show-scope | grep -i -F -e extraheader -e "$token" -e "$basic"; then exit 91; fi',
      'if cat "$FANOUT_MANIFEST" .git/config | grep -F "$token"; then exit 92; fi',
      'export GIT_TERMINAL_PROMPT=0',
      'if git push origin HEAD:refs/heads/main 2>&1; then exit 93; fi',
      `if git push ${at.remote.url} HEAD:refs/heads/evil 2>&1; then exit 94; fi`,
      'git config --unset-all remote.origin.pushurl',
      'git push origin HEAD:refs/heads/evil 2>&1 || true',
      'echo tried > tried.txt',
    ].join('\n')
    const reversed = (text: string) => [...text].reverse().join('')
    const ran = await at.run(
      { ...QUIET, workspaces: kind, tasks: tasks({ id: 'pushes', run }) },
      {
        REVERSED: reversed(at.token),
        REVERSED_BASIC: reversed(basic),
        GITHUB_TOKEN: at.token,
        GH_TOKEN: at.token,
        MY_HEADER: `Authorization: bearer ${at.token}`,
      },
    )
    expect(outcomes((await ran.directory()).summary)).toEqual({ pushes: 'landed' })
    expect(Object.keys(await at.remote.refs())).toEqual(['refs/heads/main'])
    expect(await at.remote.log()).toBe('pushes [Fanout-Task: pushes]\ninitial')
    expect(before).not.toBe(await at.remote.tip())
    expect(await (await ran.directory()).text('tasks/pushes/worker.log')).toContain('workspaces-cannot-push')
  })
})

/** A line as the runner would obey it, in all the ways to get it to the start of one. */
const COMMANDS = [
  '::add-mask::honest',
  '  ::add-mask::honest',
  '##[group]x',
  'x ##[add-mask]honest',
  'x\\r::set-env name=EVIL::1',
  'x\\r\\n::add-path::/evil',
  '::stop-commands::evil-token-of-mine',
  '::set-output name=conclusion::evil',
  '::save-state name=run-directory::/evil',
  '::error::said by a worker',
  '\\x1b[31m::error::said by a worker',
  '\\x1b]0;title\\x07::error::said by a worker',
  '\\x1b]8;;http://x\\x1b\\\\::error::said by a worker',
  '\\xe2\\x80\\x8b::error::said by a worker',
  '\\x00::error::said by a worker',
  '#\\x1b[0m#[error]said by a worker',
  '::add-matcher::/evil.json',
]

test.each([
  ['all', 'overlay'],
  ['failures', 'clone'],
  ['none', 'auto'],
])('with log: %s no line of a worker is obeyed by the runner (workspaces: %s)', async (log, kind) => {
  await using at = await startSite()
  const say = `printf '${COMMANDS.join('\\n')}\\n'; printf '${COMMANDS.join('\\n')}' >&2`
  const half = "printf 'x\\r'; sleep 0.1; printf '::error::said by a'; sleep 0.1; printf ' worker'"
  const masks = new Set(at.job.masks)
  const ran = await at.run({
    ...QUIET,
    workspaces: kind,
    log,
    gate: `${say}; test ! -e red.txt`,
    tasks: tasks(
      HONEST,
      { id: 'fails', title: '::error::titled so', run: `${say}; ${half}; exit 1` },
      { id: 'red', run: `${say}; ${half}; touch red.txt` },
    ),
  })
  const own = ['add-mask', 'group', 'endgroup', 'error', 'warning', 'notice', 'debug']
  expect(ran.commands.filter(command => !own.includes(command.name))).toEqual([])
  const obeyed = ran.commands.filter(({ name, value }) => name !== 'add-mask' && /^said by a|^x$/.test(value))
  expect(obeyed).toEqual([])
  expect([...at.job.masks].filter(mask => !masks.has(mask) && mask.includes('honest'))).toEqual([])
  expect(ran.annotations.map(each => `${each.level} ${each.title}`)).toEqual([
    expect.stringMatching(/^error .*failed/),
    expect.stringMatching(/^error .*failed/),
  ])
  expect(ran.outputs.conclusion).toBe('failure')
  expect(at.job.dynamicEnv).toEqual({})
  expect(at.job.path).toEqual([])
  // Nothing moves the cursor, sets a title or hides a line.
  const sequences = ran.log.flatMap(line => line.match(/[\x00-\x08\x0b-\x1f\x7f-\x9f](\[[\d;]*m)?/g) ?? [])
  expect(sequences.filter(sequence => !/^\x1b\[[\d;]*m$/.test(sequence))).toEqual([])
  const shown = ran.log.filter(line => line.includes('said by a worker')).length
  expect(shown > 0).toBe(log !== 'none')
  expect(await (await ran.directory()).text('tasks/fails/worker.log')).toContain('\r::set-env name=EVIL::1')
})

test("a worker is given none of the runner's files, and what it writes to those it finds is gone", async () => {
  await using at = await startSite()
  const run = [
    'for name in ENV PATH OUTPUT STATE STEP_SUMMARY; do',
    '  variable="GITHUB_$name"; [ -z "${!variable+x}" ] || exit 90',
    'done',
    "if env | grep -E '^(INPUT_|ACTIONS_|STATE_|GIT_)'; then exit 91; fi",
    // Where it looks: in the environment of its parent, and in the folder that every step knows.
    'found=$(tr "\\0" "\\n" < /proc/$PPID/environ | grep -E "^GITHUB_(ENV|PATH|OUTPUT|STATE|STEP_SUMMARY)=" | cut -d= -f2-)',
    'for file in $found "$RUNNER_TEMP"/_runner_file_commands/*; do',
    '  echo "EVIL=evil" >> "$file"; echo "conclusion=evil" >> "$file"; echo "run-directory=/evil" >> "$file"',
    'done',
    'cd "$RUNNER_TEMP/_runner_file_commands"',
    'case $FANOUT_TASK_ID in',
    '  gone) rm -f *; ;;',
    '  pipes) rm -rf *; for file in $found; do mkfifo "$file"; done ;;',
    '  folders) rm -rf *; for file in $found; do mkdir "$file"; touch "$file/x"; done ;;',
    '  links) rm -rf *; echo EVIL=evil > ../evil; for file in $found; do ln -s "$PWD/../evil" "$file"; done ;;',
    'esac',
    'echo done > "$OLDPWD/$FANOUT_TASK_ID.txt"',
  ].join('\n')
  for (const [i, id] of ['appends', 'gone', 'pipes', 'folders', 'links'].entries()) {
    const workspaces = i % 2 === 0 ? 'clone' : 'overlay'
    at.job.env.GITHUB_RUN_ID = `${Number(at.job.env.GITHUB_RUN_ID) + 1}`
    const ran = await at.run({ ...QUIET, workspaces, tasks: tasks({ id, run }) })
    expect({ id, ...ran.outputs }).toMatchObject({ id, conclusion: 'success', landed: `["${id}"]` })
    const key = `${at.job.env.GITHUB_RUN_ID}-1`
    expect(ran.outputs['run-directory']).toBe(join(at.root, key))
    expect(ran.state['run-directory']).toBe(join(at.root, key))
    expect(JSON.stringify([ran.outputs, ran.state, ran.summary])).not.toContain('evil')
    expect(ran.summary).toContain('1 of 1 task landed')
    expect(at.job.dynamicEnv).toEqual({})
    expect(at.job.path).toEqual([])
    expect((await ran.post())?.code).toBe(0)
  }
}, 120_000)

test('what a worker writes there is gone, too, where the run ends through a fault of ours', async () => {
  await using at = await startSite()
  const run = [
    'for file in "$RUNNER_TEMP"/_runner_file_commands/*; do echo "EVIL=evil" >> "$file"; done',
    // Its run directory is no more what it has to be.
    'internal="${FANOUT_MANIFEST%/*}/../../internal"; rm -rf "$internal"; touch "$internal"',
  ].join('\n')
  const ran = await at.run({ ...QUIET, tasks: tasks({ id: 'a', run }) })
  expect(ran.code).toBe(1)
  expect(ran.log.join('\n')).toContain('Fanout failed through a fault of its own')
  expect(JSON.stringify([ran.outputs, ran.state])).not.toContain('evil')
  expect(at.job.dynamicEnv).toEqual({})
})

/** By hand: 2048. */
const FLOOD_MB = Number(process.env.FANOUT_TEST_FLOOD_MB || 300)

test(`${FLOOD_MB} MB in one line cost this process no memory, and 64 MiB of disk`, async () => {
  // The log is masked on its way out as well, and that takes no more.
  await using server = await startArtifactServer()
  await using at = await startSite({ via: 'file', job: { actionEnv: server.env } })
  await using temp = await tempDir('peak')
  // Every node process leaves its peak as it ends; the action's own is the one that ran main.
  const peak = join(temp.path, 'peak.mjs')
  const script = `import { appendFileSync, readFileSync } from 'node:fs'
process.on('exit', () => {
  const peak = /VmHWM:\\s+(\\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))[1]
  appendFileSync(${JSON.stringify(join(temp.path, 'peaks'))}, process.argv[1] + ' ' + peak + '\\n')
})`
  await writeFile(peak, script)
  const flood = `head -c ${FLOOD_MB}M /dev/zero | tr '\\0' x; echo; echo the end`
  const list = (log: string) => ({
    ...QUIET,
    workspaces: log === 'all' ? 'overlay' : 'clone',
    log,
    tasks: tasks({ id: 'flood', run: `${flood}; exit 1` }, HONEST),
  })
  for (const log of ['failures', 'all']) {
    at.job.env.GITHUB_RUN_ID = log === 'all' ? '2' : '1'
    const ran = await at.run(list(log), { NODE_OPTIONS: `--import=${peak}` })
    const directory = await ran.directory()
    expect(outcomes(directory.summary)).toMatchObject({ flood: 'failed (worker-exit)' })
    const bytes = await readFile(join(directory.path, 'tasks/flood/worker.log'))
    expect(bytes.length).toBeLessThanOrEqual(64 * 1024 * 1024)
    expect(bytes.subarray(-100).toString()).toMatch(/x\nthe end\n$/)
    expect(bytes.includes('bytes cut by fanout')).toBe(true)
    expect(
      server.unzip(`fanout-${directory.summary.run.key}`).get('tasks/flood/worker.log')?.equals(bytes),
    ).toBe(true)
    expect(Math.max(...ran.log.map(line => line.length))).toBeLessThan(70_000)
  }
  const mainly = (await readFile(join(temp.path, 'peaks'), 'utf8'))
    .split('\n')
    .filter(line => line.includes('main/index.js'))
  const peaks = mainly.map(line => Number(line.split(' ').at(-1)) / 1024)
  if (process.env.FANOUT_TEST_FLOOD_MB) console.log(`peaks in MiB: ${peaks.map(Math.round).join(', ')}`)
  expect(peaks.length).toBe(2)
  expect(Math.max(...peaks)).toBeLessThan(200)
}, 300_000)
