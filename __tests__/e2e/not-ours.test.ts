/** What Fanout did not make stays as it is. */
import { execFileSync } from 'node:child_process'
import { lstat, mkdir, readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { outcomes, startSite, tasks } from '../rig/fanout.ts'
import { writeFiles } from '../rig/temp.ts'

const ONE = { tasks: tasks({ id: 'a', run: 'echo a > a.txt' }), 'verify-when': 'never', upload: 'false' }
const NAMES = ['ENV', 'OUTPUT', 'PATH', 'STATE', 'STEP_SUMMARY'].map(name => `GITHUB_${name}`)

it.each([
  ['pipes', 'mkfifo "$1"'],
  ['devices', 'mknod "$1" c 1 3 2>/dev/null || mkfifo "$1"'],
  ['folders', 'mkdir "$1"'],
  ['links to pipes', 'mkfifo "$1.pipe"; ln -s "$1.pipe" "$1"'],
])("a run whose runner's files are %s lands, and leaves them as they are", async (_, make) => {
  await using site = await startSite({ via: 'file' })
  const path = (name: string): string => join(site.job.temp, name)
  const look = async () => {
    const stats = await Promise.all(NAMES.map(name => lstat(path(name))))
    return stats.map(({ ino, mode, rdev, ctimeMs }) => [ino, mode, rdev, ctimeMs])
  }
  for (const name of NAMES) execFileSync('sh', ['-ec', make, 'sh', path(name)])
  const before = await look()
  const env = { GITHUB_RUN_ID: '78', ...Object.fromEntries(NAMES.map(name => [name, path(name)])) }
  const ran = await site.run(ONE, env)
  expect(ran.code, ran.text).toBe(0)
  expect(await site.remote.files()).toHaveProperty('a.txt')
  expect(await look()).toEqual(before)
})

it("a folder of the user's in the place of the run directory is not written to", async () => {
  await using site = await startSite({ via: 'file' })
  const theirs = join(site.root, '77-1')
  await writeFiles(theirs, { 'summary.json': '{}', stop: '', 'tasks/a/worker.log': 'theirs' })
  const refused = await site.cli(ONE, { GITHUB_RUN_ID: '77', GITHUB_RUN_ATTEMPT: '1' })
  expect(refused.code).toBe(1)
  expect(refused.stderr).toContain(`${theirs} holds files that no run of Fanout has made.`)
  expect((await readdir(theirs, { recursive: true })).sort()).toEqual([
    'stop',
    'summary.json',
    'tasks',
    'tasks/a',
    'tasks/a/worker.log',
  ])
  expect(await readFile(join(theirs, 'summary.json'), 'utf8')).toBe('{}')
})

it('what a process left that was killed at its very start is its own', async () => {
  await using site = await startSite({ via: 'file' })
  await mkdir(join(site.root, '77-1', 'internal'), { recursive: true })
  const ran = await site.cli(ONE, { GITHUB_RUN_ID: '77', GITHUB_RUN_ATTEMPT: '1' })
  expect(outcomes((await ran.directory()).summary), ran.stderr).toEqual({ a: 'landed' })
})
