/**
 * What a run writes today has the shape of the samples of its version, so that a journal of one release can be read by the
 * next. Where it does not: raise the version, make a folder of samples for it (FANOUT_SAMPLE=<folder> with this test writes
 * them), and teach the reader both. Only what was never released may be written anew under its number.
 */
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { git } from '../rig/exec.ts'
import { outcomes, type Site, startSite, tasks } from '../rig/fanout.ts'
import { setRules } from '../rig/github-hooks.ts'
import { startWorkerHub } from '../rig/worker.ts'

const FIXTURES = join(import.meta.dirname, '..', 'fixtures')
/** Its keys are ids. */
const MAPS = new Set(['.fingerprints'])

/** Path and kind of each object in these lines -> the keys it has; several, where some come and go. */
function shapesOf(lines: readonly unknown[]): ReadonlyMap<string, ReadonlySet<string>> {
  const shapes = new Map<string, Set<string>>()
  const walk = (value: unknown, path: string): void => {
    if (Array.isArray(value)) for (const item of value) walk(item, `${path}[]`)
    if (typeof value !== 'object' || value === null || Array.isArray(value) || MAPS.has(path)) return
    const object = value as Readonly<Record<string, unknown>>
    const kind = object.type ?? object.kind ?? object.code
    const here = kind === undefined ? path : `${path}<${kind}>`
    shapes.set(here, (shapes.get(here) ?? new Set()).add(Object.keys(object).sort().join(' ')))
    for (const [key, inner] of Object.entries(object)) walk(inner, `${here}.${key}`)
  }
  for (const line of lines) walk(line, '')
  return shapes
}

const parsed = (text: string): unknown[] =>
  text
    .split('\n')
    .filter(line => line !== '')
    .map(line => JSON.parse(line))

async function samples(version: number): Promise<unknown[]> {
  const folder = join(FIXTURES, `v${version}`)
  const names = (await readdir(folder)).filter(name => name.endsWith('.ndjson'))
  return (await Promise.all(names.map(name => readFile(join(folder, name), 'utf8')))).flatMap(parsed)
}

async function keepSample({ remote }: Site, text: string, name: string): Promise<void> {
  const folder = process.env.FANOUT_SAMPLE
  if (folder) await writeFile(join(folder, name), text.replaceAll(remote.url, 'https://github.com/o/r'))
}

/** Fails with what is new or different. */
async function expectKnown(journal: string): Promise<void> {
  const lines = parsed(journal)
  const { version } = lines[0] as { version: number }
  const versions = (await readdir(FIXTURES)).map(folder => Number(folder.slice(1)))
  expect(version).toBe(Math.max(...versions))
  const known = shapesOf(await samples(version))
  const unknown = [...shapesOf(lines)].flatMap(([path, variants]) =>
    [...variants].filter(keys => !known.get(path)?.has(keys)).map(keys => `${path}: ${keys}`),
  )
  expect(unknown).toEqual([])
}

const writes = (id: string, more = '') => ({ id, run: `echo ${id} > ${id}.txt; ${more}` })

test('of a run in which nearly everything happens', async () => {
  await using site = await startSite({ via: 'file' })
  const kept = tasks(writes('kept'))
  await setRules(site.remote.path, [{ kind: 'protected-branch', ref: 'refs/heads/main' }])
  await site.cli({ tasks: kept }, { GITHUB_RUN_ID: '76', GITHUB_RUN_ATTEMPT: '1' })
  await setRules(site.remote.path, [
    { kind: 'stale', ref: 'refs/heads/main', times: 1 },
    { kind: 'secret', marker: 'SESAME' },
  ])
  const list = tasks(
    writes('kept'),
    writes('a'),
    { id: 'x', run: 'echo x > shared.txt' },
    { id: 'y', run: 'echo y > shared.txt' },
    writes('bad', 'exit 3'),
    { id: 'killed', run: 'kill -KILL $$' },
    { ...writes('slow', 'sleep 1000'), 'timeout-minutes': 0.01 },
    writes('out', 'mkdir -p .github/workflows; echo > .github/workflows/x.yml'),
    { id: 'same', run: 'true' },
    writes('red'),
    { id: 'secret', run: 'echo SESAME > secret.txt' },
    { ...writes('late'), needs: ['a'] },
    { ...writes('never'), needs: ['bad'] },
    writes('undone'),
  )
  const inputs = {
    tasks: list,
    workers: '3',
    gate: 'test ! -f red.txt',
    'gate-retries': '0',
    remediate: 'if test -f red.txt; then exit 1; else echo both > shared.txt; fi',
    'max-remediations': '1',
    verify: 'test ! -f undone.txt',
    'on-verify-failure': 'revert',
    'push-backoff-ms': '1',
  }
  const ran = await site.cli(inputs, { GITHUB_RUN_ID: '77', GITHUB_RUN_ATTEMPT: '1' })
  const run = await ran.directory()
  expect(outcomes(run.summary), ran.stdout).toEqual({
    ...{ kept: 'landed', a: 'landed', x: 'landed', y: 'landed', late: 'landed', same: 'unchanged' },
    ...{ bad: 'failed (worker-exit)', killed: 'failed (worker-signal)', slow: 'failed (timeout)' },
    ...{ out: 'failed (out-of-scope)', red: 'failed (gate)', secret: 'blocked-push (secret)' },
    ...{ never: 'blocked (dependency)', undone: 'reverted (verification)' },
  })
  const journal = await run.text('journal.ndjson')
  await keepSample(site, journal, 'journal.ndjson')
  await keepSample(site, await run.text('state.json'), 'state.json')
  await expectKnown(journal)
})

test('of one that was killed, then cancelled, and goes on', async () => {
  await using hub = await startWorkerHub()
  await using site = await startSite({ via: 'file' })
  const inputs = {
    tasks: tasks(
      { id: 'done', run: hub.command },
      { id: 'cut', run: hub.command },
      { ...writes('never'), needs: 'cut' },
    ),
    workers: '2',
    gate: hub.line('gate'),
  }
  const env = { GITHUB_RUN_ID: '78', GITHUB_RUN_ATTEMPT: '1' }
  const first = site.startCli(inputs, env)
  const [done, cut] = [await hub.next('done'), await hub.next('cut')]
  await done.write('done.txt', 'done\n')
  await done.exit()
  await hub.next(start => start.label === 'gate')
  first.kill('SIGKILL')
  await first.done
  const second = site.startCli(inputs, env)
  await cut.ended
  const again = await hub.next('cut')
  await again.write('cut.txt', 'cut\n')
  second.kill('SIGINT')
  const run = await (await second.done).directory()
  expect(outcomes(run.summary)).toMatchObject({ done: 'cancelled (signal)', cut: 'cancelled (signal)' })
  expect(await git(site.remote.path, 'rev-list', '--count', 'main')).toBe('1')
  const journal = await run.text('journal.ndjson')
  await keepSample(site, journal, 'cancelled.ndjson')
  await expectKnown(journal)
})
