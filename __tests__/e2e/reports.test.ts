/** What people find in the morning: after a run with every outcome, a killed one, a cancelled one, a refused one. */
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { startArtifactServer } from '../rig/artifact-server.ts'
import { startBrowser } from '../rig/browser.ts'
import { outcomes, type Ran, type Site, startSite, tasks } from '../rig/fanout.ts'
import { leave } from '../rig/output.ts'
import { openFile } from '../rig/report.ts'
import { tempDir } from '../rig/temp.ts'
import { startWorkerHub } from '../rig/worker.ts'

const headline = ({ summary }: Ran): string | undefined => summary.split('\n')[0]

/** A file that is written beside the run, once it holds this. */
async function holding(file: string, pattern: RegExp): Promise<string> {
  for (;;) {
    const text = await readFile(file, 'utf8').catch(() => '')
    if (pattern.test(text)) return text
    await sleep(20)
  }
}

const HOSTILE = '<img src=x onerror=alert(1)> | @octocat \u202etxt.exe'
/** What is shown of it: the same, and nothing that turns the line. */
const SHOWN = HOSTILE.replace('\u202e', '\ufffd')

/** One task of every outcome; `stop` keeps the last one from starting. */
const EVERY = [
  { id: 'lands', title: 'Say hello', run: 'echo hello > hello.txt' },
  { id: 'nothing', run: 'true' },
  {
    id: 'fails',
    title: HOSTILE,
    run: `head -c 1M /dev/zero | tr '\\0' x; printf '\\n<script>alert(1)</script> \\033[31mred\\033[0m %s\\n' "$FANOUT_TASK_TITLE"; echo half > half.txt; exit 3`,
  },
  { id: 'waits', title: 'Comes after', needs: 'fails', run: 'true' },
  { id: 'left', run: 'echo left > shared.txt' },
  { id: 'red', run: 'echo red > red.txt' },
  { id: 'undone', title: 'Breaks the verification', run: 'echo bad > bad.txt' },
  { id: 'draft', status: 'draft', run: 'true' },
]
const INPUTS = {
  gate: '[ ! -e red.txt ] || { echo "red.txt must not be there"; exit 2; }',
  'gate-retries': '0',
  remediate: 'echo "no idea"; exit 1',
  'max-remediations': '1',
  verify: '[ ! -e bad.txt ] || { echo "bad.txt breaks it"; exit 1; }',
  'on-verify-failure': 'revert',
  'push-backoff-ms': '20',
}

async function everyOutcome(at: Site): Promise<Ran> {
  await using hub = await startWorkerHub()
  const told = [
    { id: 'right', title: 'Wants the same file', run: hub.command },
    { id: 'holds', run: hub.command },
    { id: 'late', title: 'Was to come last', needs: 'holds', run: 'true' },
  ]
  const running = await at.start({ ...INPUTS, workers: '12', tasks: tasks(...EVERY, ...told) })
  const [right, holds] = [await hub.next('right'), await hub.next('holds')]
  await right.write('shared.txt', 'right\n')
  await running.line(/landed .*left/)
  await right.exit()
  // All others have ended.
  await running.line(/3\/10 landed, 1 running, 1 unchanged, 2 failed, 1 not pushed, 1 blocked/)
  await writeFile(join(at.root, '1-1', 'stop'), '')
  await running.line(/stop: nothing new starts/)
  await holds.exit()
  return running.finish()
}

describe('a run with every outcome', () => {
  it('tells of each in summary, annotations, log and report', async () => {
    await using artifacts = await startArtifactServer()
    await using at = await startSite({ server: { host: 'git.localhost' }, job: { actionEnv: artifacts.env } })
    const ran = await everyOutcome(at)
    const directory = await ran.directory()
    expect(outcomes(directory.summary)).toEqual({
      lands: 'landed',
      nothing: 'unchanged',
      fails: 'failed (worker-exit)',
      waits: 'blocked (dependency)',
      left: 'landed',
      red: 'failed (gate)',
      undone: 'reverted (verification)',
      draft: 'skipped (status)',
      right: 'blocked-push (conflict)',
      holds: 'unchanged',
      late: 'cancelled (signal)',
    })
    await leave('summary-run.md', ran.summary)
    // The job's page.
    expect(headline(ran)).toBe(
      '## ❌ 2 of 10 tasks landed on main, 2 changed nothing, 1 skipped, 6 need a person, the verification failed',
    )
    const names = [...ran.summary.matchAll(/^\*\*(?!To do)\S+ (.+?)\*\*/gm)].map(found => found[1])
    expect(names).toEqual([
      'Breaks the verification',
      '&lt;img src=x onerror=alert(1)&gt; &#124; @&#8203;octocat \ufffdtxt.exe',
      'red',
      'Wants the same file',
      'Was to come last',
      'Comes after',
    ])
    expect(ran.summary).toMatch(
      /```mermaid\ngantt\n[\s\S]* {2}section Gates\n[\s\S]* {2}section Pushes\n[\s\S]* {2}section Verification\n/,
    )
    expect(ran.summary).toContain(
      `git fetch '<unpacked artifact>/tasks/red/work.bundle' refs/fanout/work/red && git cherry-pick FETCH_HEAD`,
    )
    expect(await directory.text('summary.md')).toBe(ran.summary)
    // The annotations, and that the log ends in what is worst.
    expect(ran.annotations.filter(({ level }) => level !== 'notice').map(({ title }) => title)).toEqual([
      expect.stringContaining('verify'),
      'Verification of main failed',
      'Breaks the verification: reverted (verification)',
      `${SHOWN}: failed (worker-exit)`,
      'red: failed (gate)',
      'Wants the same file: not pushed (conflict)',
      'Was to come last: cancelled (signal)',
      'Comes after: blocked (dependency)',
    ])
    const folds = ran.log
      .filter(line => line.startsWith('##[group]'))
      .map(line => line.slice('##[group]'.length))
    expect(folds).toEqual([
      '▲ 1 task blocked, not started',
      '■ 1 task cancelled, not started',
      '▲ right (Wants the same file): not pushed (conflict)',
      '✖ red: failed (gate)',
      `✖ fails (${SHOWN}): failed (worker-exit)`,
      '↩ undone (Breaks the verification): reverted (verification)',
      'verification: the end of its log',
    ])
    expect(ran.log).toContainEqual(
      expect.stringMatching(/^\| To do: `remediate` tried once and did not repair it/),
    )

    // The report, out of the artifact, in a browser that nobody connects to anything.
    await using folder = await tempDir('artifact')
    for (const [name, bytes] of artifacts.unzip('fanout-1-1')) {
      await mkdir(dirname(join(folder.path, name)), { recursive: true })
      await writeFile(join(folder.path, name), bytes)
    }
    await using browser = await startBrowser()
    await using report = await openFile(browser, join(folder.path, 'report.html'))
    await report.shot('report-run', true)
    expect(await report.axe()).toEqual([])
    expect([...report.requests, ...report.complaints]).toEqual([])
    const links = await report.page.locator('a[href^="./"]').all()
    const files = await Promise.all(
      links.map(async link => decodeURIComponent((await link.getAttribute('href')) ?? '')),
    )
    expect(files).toContain('./tasks/red/handoff-1.json')
    for (const file of files) expect(await readFile(join(folder.path, file)), file).toBeDefined()
    const red = report.page.locator('#parts > details', { hasText: 'red.txt must not be there' })
    expect(await red.locator('h3').allInnerTexts()).toEqual([
      'What happened',
      'Handoffs',
      'What it changes',
      'End of the log',
    ])
    expect(await red.locator('li', { hasText: 'red.txt' }).last().innerText()).toContain('+1 −0')
    for (const name of ['gates', 'pushes', 'verify'])
      await report.page.locator('svg text', { hasText: name }).waitFor()
  })
})

describe('a run that is killed', () => {
  it('has a summary all the same: what landed, what failed and why, and what was under way', async () => {
    await using artifacts = await startArtifactServer()
    await using hub = await startWorkerHub()
    await using at = await startSite({ server: { host: 'git.localhost' }, job: { actionEnv: artifacts.env } })
    const running = await at.start({
      workers: '3',
      tasks: tasks(
        { id: 'lands', run: 'echo a > a.txt' },
        { id: 'fails', run: 'echo "no such module"; exit 3' },
        { id: 'slow', run: hub.command },
        { id: 'waits', needs: 'slow', run: 'true' },
      ),
    })
    const slow = await hub.next('slow')
    const file = join(at.root, '1-1', 'summary.md')
    await holding(file, /1 of 4 tasks landed[\s\S]*no such module/)
    process.kill(running.pid, 'SIGKILL')
    const ran = await running.finish()
    expect(ran.signal).toBe('SIGKILL')
    expect(headline(ran)).toBe('## ⏳ 1 of 4 tasks landed on main so far, 1 running, 1 waiting, 1 failed')
    expect(ran.summary).toContain('If the job has ended since, it was cut off')
    expect(ran.summary).toContain('The worker exited with code 3.')
    expect(ran.summary).toContain('no such module\n')
    expect(ran.summary).toContain('| <code>slow</code> | ⏳ running |')
    // The post step ends what is left, and what it uploads tells the same.
    expect((await ran.post())?.code).toBe(0)
    await slow.ended
    expect(artifacts.unzip('fanout-1-1').get('summary.md')?.toString()).toContain(
      '1 of 4 tasks landed on main so far',
    )
  })
})

describe('a run that is cancelled', () => {
  it('has its summary, and nobody is said to have changed nothing who never started', async () => {
    await using hub = await startWorkerHub()
    await using at = await startSite()
    const running = await at.start({
      workers: '1',
      tasks: tasks({ id: 'slow', run: hub.command }, { id: 'next', run: 'true' }),
    })
    await hub.next('slow')
    running.cancel()
    const ran = await running.finish()
    expect(headline(ran)).toBe('## ❌ 0 of 2 tasks landed on main, 2 need a person')
    const { tasks: ended } = (await ran.directory()).summary
    expect(ended.map(({ reason }) => reason?.message)).toEqual([
      expect.stringMatching(/; it had changed nothing\.$/),
      expect.stringMatching(/; it had not started\.$/),
    ])
  })
})

describe('a run that is refused', () => {
  it('says why on the page of the job', async () => {
    await using at = await startSite()
    const ran = await at.run({ tasks: tasks({ id: 'a', run: 'true', promt: 'x' }), workers: 'many' })
    expect(ran.code).toBe(1)
    expect(headline(ran)).toBe('## ❌ Fanout did not start: 2 problems')
    expect(ran.summary).toContain('workers')
    expect(ran.summary).toContain('promt')
  })
})
