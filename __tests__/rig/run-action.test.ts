import { spawn } from 'node:child_process'
import { expect, test } from 'vitest'
import { startArtifactServer } from './artifact-server.ts'
import { parsePairs } from './command-files.ts'
import { hermeticEnv } from './exec.ts'
import { GREETING_ACTION } from './greeting-action.ts'
import { startJob } from './job.ts'
import { processesWith } from './leftovers.ts'
import { runAction, startAction } from './run-action.ts'
import { tempDir, writeFiles } from './temp.ts'
import { lineSplitter, parseCommand } from './workflow-commands.ts'

test('commands are read as the runner reads them', () => {
  const lines: string[] = []
  const splitter = lineSplitter(line => lines.push(line))
  for (const chunk of ['a\rb\r', '\nc\n\nd', 'e']) splitter.push(chunk)
  splitter.end()
  expect(lines).toEqual(['a', 'b', 'c', '', 'de'])
  expect(parseCommand('  ::error file=a%2Cb,line=1::x%0Ay')).toEqual({
    name: 'error',
    properties: { file: 'a,b', line: '1' },
    value: 'x\ny',
  })
  expect(parseCommand('[task] ##[add-mask]secret')).toMatchObject({ name: 'add-mask', value: 'secret' })
  expect(parseCommand('[task] ::error::x')).toBeNull()
  expect(parseCommand('::unknown::x')).toBeNull()
  expect(parsePairs('a=1\nb<<E\nx=y\n\nE\n')).toEqual({ a: '1', b: 'x=y\n' })
  expect(() => parsePairs('b<<E\nx')).toThrow("Matching delimiter not found 'E'")
})

test('an action runs as on a runner: inputs, outputs, masks, annotations, state, post', async () => {
  await using folder = await tempDir('action')
  await writeFiles(folder.path, GREETING_ACTION)
  await using job = await startJob({ token: 'ghs_t.o.k', masks: ['hidden'] })
  const result = await runAction(job, folder.path, { inputs: { who: 'you', 'max-parallel': '2' } })
  expect(result).toMatchObject({
    outcome: 'success',
    code: 0,
    outputs: { greeting: 'hello you', inputs: 'INPUT_MAX-PARALLEL,INPUT_TOKEN,INPUT_WHO' },
    state: { seen: 'one\ntwo' },
    summary: '# Summary\n',
    annotations: [{ level: 'warning', title: 'T', message: 'careful' }],
  })
  expect(result.log).toContain('the *** of ***')
  expect(result.log).toContain('::error::not me')
  expect(result.commands.map(command => `${command.stream} ${command.name}`).sort()).toEqual([
    'stderr warning',
    'stdout add-mask',
    'stdout stop-commands',
  ])
  expect(job.dynamicEnv).toEqual({ LATER: 'yes' })
  expect((await result.post())?.log).toEqual(['state: 2 lines'])
})

test('a cancelled action gets SIGINT, SIGTERM and SIGKILL, and its orphans end with the job', async () => {
  await using folder = await tempDir('action')
  await writeFiles(folder.path, GREETING_ACTION)
  let cookie = ''
  {
    await using job = await startJob({ grace: [50, 50] })
    const running = await startAction(job, folder.path, { inputs: { who: 'forever' } })
    await running.line(/^ready$/)
    running.cancel()
    expect(await running.done).toMatchObject({
      outcome: 'cancelled',
      signal: 'SIGKILL',
      outputs: { greeting: 'hello forever' },
    })
    expect(job.log.slice(-2)).toEqual(['got SIGINT', 'got SIGTERM'])
    cookie = job.env.RUNNER_TRACKING_ID ?? ''
    spawn('sleep', ['600'], { env: hermeticEnv({ RUNNER_TRACKING_ID: cookie }), stdio: 'ignore' }).unref()
    expect(await processesWith(cookie)).toMatchObject([{ command: 'sleep 600' }])
  }
  expect(await processesWith(cookie, 5000)).toEqual([])
})

test('the real artifact client uploads, lists, downloads and is refused a second time', async () => {
  await using server = await startArtifactServer()
  await using folder = await tempDir('artifact')
  await writeFiles(folder.path, {
    'action.yml': 'runs: { using: node24, main: main.mjs }',
    'main.mjs': `
      import { appendFileSync, readFileSync, writeFileSync } from 'node:fs'
      import { DefaultArtifactClient } from '${import.meta.resolve('@actions/artifact')}'
      writeFileSync('a.txt', 'hello'); writeFileSync('b.txt', 'b'.repeat(100000))
      const client = new DefaultArtifactClient()
      const up = () => client.uploadArtifact('results', ['a.txt', 'b.txt'], '.', { retentionDays: 1 })
      const { id } = await up()
      const again = await up().catch(error => error.message)
      const { artifacts } = await client.listArtifacts()
      await client.downloadArtifact(id, { path: 'down' })
      const out = { id, again, names: artifacts.map(each => each.name), down: readFileSync('down/a.txt', 'utf8') }
      appendFileSync(process.env.GITHUB_OUTPUT, 'result=' + JSON.stringify(out) + '\\n')`,
  })
  server.fault({ on: 'PUT block', status: 503 })
  await using job = await startJob({ actionEnv: server.env })
  const { outputs, code, log } = await runAction(job, folder.path)
  expect({ code, log: code ? log : [] }).toEqual({ code: 0, log: [] })
  expect(JSON.parse(outputs.result ?? '')).toMatchObject({
    names: ['results'],
    down: 'hello',
    again: expect.stringContaining('already exists'),
  })
  expect([...server.unzip('results').keys()].sort()).toEqual(['a.txt', 'b.txt'])
  expect(server.unzip('results').get('b.txt')?.length).toBe(100_000)
  expect(server.artifacts.get('results')).toMatchObject({ finalized: true, mimeType: 'application/zip' })
  expect(server.leftoverFaults()).toEqual([])
})
