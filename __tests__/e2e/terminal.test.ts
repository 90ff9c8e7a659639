/** What a person sees of a run: through a real pseudo-terminal, read off an emulated screen. */
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Env } from '../rig/exec.ts'
import { CLI, flags, type Inputs, type Site, startSite, tasks } from '../rig/fanout.ts'
import { processesWith } from '../rig/leftovers.ts'
import { startTerminal, type TerminalOptions, type TerminalSession } from '../rig/terminal.ts'
import { startWorkerHub } from '../rig/worker.ts'

type Size = Pick<TerminalOptions, 'columns' | 'rows'>

function open(site: Site, inputs: Inputs, env: Env = {}, size: Size = {}): Promise<TerminalSession> {
  const words = ['run', '--workspace-root', site.root, ...flags(inputs)]
  return startTerminal([process.execPath, CLI, ...words], {
    cwd: site.clone.path,
    columns: 100,
    ...size,
    env,
  })
}

/** No view is left: the last line is the program's own, and the cursor stands below it, to be seen. */
function expectCleanEnd(session: TerminalSession): void {
  const shown = session.screen()
  const last = shown.findLastIndex(line => line !== '')
  expect(session.cursor()).toEqual({ visible: true, row: last + 1, column: 0 })
  expect(session.text()).not.toMatch(/[⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏]/)
}

describe('the live view', () => {
  test('shows counts, what runs and for how long, and what a worker says; then the table alone', async () => {
    await using hub = await startWorkerHub()
    await using site = await startSite({ via: 'file' })
    const list = tasks(
      { id: 'one', title: 'The first of them', run: hub.command },
      { id: 'two', run: hub.command },
      { id: 'after', needs: 'one', run: hub.command },
    )
    await using session = await open(site, { tasks: list, workers: '2', gate: hub.line('gate') })
    const [one, two] = [await hub.next('one'), await hub.next('two')]
    await session.until(/^. \S+ +0\/3 landed on main {2}2 running {2}1 waiting$/m)
    await one.print('reading the files\nhalf a line')
    await session.until(/^ {2}one +\d\S+ {2}The first of them {2}reading the files$/m)
    await session.until(/^ {2}two +(?:[1-9]\.\d|\d\d)s$/m)
    await one.write('one.txt', '1\n')
    await one.exit()
    const gate = await hub.next(start => start.label === 'gate')
    await session.until(/1 running {2}1 to land {2}1 waiting[\s\S]*^ {2}lane +\d\S+ {2}gate on 1 task$/m)
    await gate.exit()
    const after = await hub.next('after')
    await session.until(/1\/3 landed on main {2}2 running$/m)
    await two.exit(3)
    await session.until(/1\/3 landed on main {2}1 running {2}1 failed$/m)
    await after.exit()
    expect(await session.done).toBe(1)
    expectCleanEnd(session)
    const text = session.text()
    // The lines of the log scrolled by above the view, whole and in order; then came the table.
    expect(text).toMatch(
      /^run directory: [\s\S]*one \(The first of them\): started[\s\S]*landed one as[\s\S]*two: worker exited with code 3[\s\S]*^✔ one {2}The first of them +landed[\s\S]*^1 of 3 tasks landed on main/m,
    )
    expect(text.match(/: started$/gm)).toHaveLength(3)
    expect(text.split('run directory:')).toHaveLength(2)
  })

  test('Ctrl-C leaves a clean screen, the report, and nobody at work', async () => {
    await using hub = await startWorkerHub()
    await using site = await startSite({ via: 'file' })
    const list = tasks({ id: 'one', run: hub.command }, { id: 'two', run: hub.command })
    await using session = await open(site, { tasks: list, workers: '2' })
    for (const id of ['one', 'two']) await (await hub.next(id)).write(`${id}.txt`, 'x\n')
    await session.until(/2 running$/m)
    session.type('\x03')
    expect(await session.done).toBe(130)
    expectCleanEnd(session)
    expect(session.text()).toMatch(/^Stopping: what runs is ended and saved\. Once more ends at once\.$/m)
    expect(session.text()).toMatch(/^■ one +cancelled \(signal\)/m)
    expect(session.text()).toMatch(/^0 of 2 tasks landed on main, 2 need a person/m)
    expect(await processesWith(site.root, 5000)).toEqual([])
  })

  test('Ctrl-C once more ends at once, and leaves a clean screen all the same', async () => {
    await using hub = await startWorkerHub()
    await using site = await startSite({ via: 'file' })
    await using session = await open(site, { tasks: tasks({ id: 'deaf', run: hub.command }) })
    await (await hub.next('deaf')).ignore('SIGTERM')
    await session.until(/1 running$/m)
    session.type('\x03')
    await session.until(/stopping/)
    session.type('\x03')
    expect(await session.done).toBe(130)
    expectCleanEnd(session)
    expect(session.text()).toContain('Once more ends at once.')
    expect(await processesWith(site.root, 5000)).toEqual([])
  })

  test('nothing that a worker prints steers the terminal', async () => {
    await using hub = await startWorkerHub()
    await using site = await startSite({ via: 'file' })
    const evil = '\u202e\x1b]0;owned\x07\x1b[2J\x1b[1;1Hgone\x1b[?1049h\x9b31m'
    const list = tasks({ id: 'evil', run: hub.command })
    await using session = await open(site, { tasks: list, log: 'all' })
    const worker = await hub.next('evil')
    await worker.print(`${evil} and a word\n${evil}\ta tab\rback\n`)
    await session.until(/^ {2}evil .*back$/m)
    const shown = session.screen().join('\n')
    expect(shown).toMatch(/^run directory:/m)
    expect(shown).toMatch(/and a word$/m)
    await worker.exit()
    expect(await session.done).toBe(0)
    expectCleanEnd(session)
    expect(session.raw()).not.toMatch(/\x1b\]|\x1b\[2J|\x1b\[1;1H|\?1049h|\x9b|\u202e/)
    expect(session.raw()).toContain('\x1b[1m')
  })

  test('what is secret is not shown, also of a line that goes on', async () => {
    await using hub = await startWorkerHub()
    await using site = await startSite({ via: 'file' })
    const env = { AGENT_API_KEY: 'sk-0123456789abcdef' }
    await using session = await open(site, { tasks: tasks({ id: 'a', run: hub.command }) }, env)
    const worker = await hub.next('a')
    await worker.print('the key is sk-0123456789abcdef\nsk-01234')
    await session.until(/^ {2}a .*the key is \*\*\*$/m)
    await worker.exit()
    expect(await session.done).toBe(0)
    expect(session.raw()).not.toContain('sk-01234')
  })

  test('more workers than lines do not push the log off the screen', async () => {
    await using hub = await startWorkerHub()
    await using site = await startSite({ via: 'file' })
    const ids = Array.from({ length: 12 }, (_, i) => `task-${i + 1}`)
    const inputs = { tasks: tasks(...ids.map(id => ({ id, run: hub.command }))), workers: '12' }
    await using session = await open(site, inputs, {}, { columns: 60, rows: 12 })
    const workers = []
    for (const id of ids) workers.push(await hub.next(id))
    await session.until(/12 running$[\s\S]*and 10 more$/m)
    expect(session.screen().filter(line => line.includes(': started')).length).toBeGreaterThan(3)
    for (const worker of workers) await worker.exit()
    expect(await session.done).toBe(0)
    expectCleanEnd(session)
    for (const id of ids) expect(session.text()).toMatch(new RegExp(`^= ${id} `, 'm'))
  })
})

describe('colours and views are left out', () => {
  const list = tasks(
    { id: 'a', run: 'echo a > a.txt' },
    { id: 'b', run: "printf '\\033[31mred\\033[0m\\n'; exit 3" },
  )

  test('with NO_COLOR the view is there, without colour', async () => {
    await using site = await startSite({ via: 'file' })
    await using session = await open(site, { tasks: list, log: 'all' }, { NO_COLOR: '1' })
    expect(await session.done).toBe(1)
    expectCleanEnd(session)
    expect(session.raw()).toMatch(/[⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏]/)
    expect(session.raw()).not.toMatch(/\x1b\[[\d;]*m/)
    expect(session.text()).toMatch(/red$/m)
  })

  test('a terminal that can do nothing gets lines', async () => {
    await using site = await startSite({ via: 'file' })
    await using session = await open(site, { tasks: list }, { TERM: 'dumb' })
    expect(await session.done).toBe(1)
    expect(session.raw()).not.toContain('\x1b')
    expect(session.text()).toMatch(/a: started[\s\S]*^✔ a/m)
  })

  test('where there is no terminal there are lines, each at once and without a control character', async () => {
    await using hub = await startWorkerHub()
    await using site = await startSite({ via: 'file' })
    const running = site.startCli({ tasks: tasks({ id: 'a', run: hub.command }), log: 'all' })
    const worker = await hub.next('a')
    await worker.print('\x1b[31mred\x1b[0m\n')
    await running.shows(/a: started/)
    await running.shows(/red$/m)
    await worker.exit()
    const { code, stdout } = await running.done
    expect(code).toBe(0)
    expect(stdout.replaceAll('\n', '')).not.toMatch(/[\u0000-\u001f]/)
  })
})

test('status is read off a terminal in colour, and off a pipe without', async () => {
  await using site = await startSite({ via: 'file' })
  const ran = await site.cli({ tasks: tasks({ id: 'a', run: 'exit 1' }) })
  const { path } = await ran.directory()
  const options = { cwd: site.clone.path, columns: 100 }
  await using session = await startTerminal([process.execPath, CLI, 'status', path], options)
  expect(await session.done).toBe(0)
  expect(session.raw()).toContain('\x1b[31m')
  expect(session.text()).toMatch(/^0 of 1 task landed on main, 1 needs a person/)
  expect(session.text()).toContain(join(path, 'report.html'))
})
