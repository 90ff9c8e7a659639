/** What lands is the candidate's own change, within its task's scope where it lands, whatever lies around it. */
import { expect, test } from 'vitest'
import { git } from '../rig/exec.ts'
import { outcomes, type Site, startSite, tasks } from '../rig/fanout.ts'
import { startWorkerHub } from '../rig/worker.ts'

const NEVER = { 'verify-when': 'never', 'push-backoff-ms': '1' }
const changed = async (site: Site): Promise<string[]> =>
  (await git(site.remote.path, 'diff-tree', '-r', '--name-status', '--no-commit-id', 'main')).split('\n')

test('a commit that somebody takes off the branch does not come back with a candidate that was made upon it', async () => {
  await using hub = await startWorkerHub()
  await using site = await startSite({ via: 'file', repo: { files: { 'n.txt': '1\n' } } })
  const good = await site.remote.tip()
  await site.remote.commit({ files: { 'leaked.env': 'password\n', 'n.txt': '1\n2\n' } })
  await git(site.clone.path, 'pull', '--quiet')
  const running = site.startCli({
    ...NEVER,
    tasks: tasks({ id: 'docs', paths: ['docs/**'], run: hub.command }),
    gate: 'true',
    'protected-paths': 'leaked.env',
  })
  const worker = await hub.next('docs')
  await git(site.remote.path, 'update-ref', 'refs/heads/main', good)
  await worker.write('docs/x.md', 'x\n')
  await worker.exit()
  const { summary } = await (await running.done).directory()
  expect(outcomes(summary)).toEqual({ docs: 'landed' })
  expect(await changed(site)).toEqual(['A\tdocs/x.md'])
  expect(await site.remote.files()).toEqual({ 'docs/x.md': 'x\n', 'n.txt': '1\n' })
  expect(summary.tasks[0]?.changes).toEqual({ files: 1, insertions: 1, deletions: 0 })
})

test("an edit that a rename would carry out of the task's paths is refused, and its work kept", async () => {
  await using hub = await startWorkerHub()
  const text = Array.from({ length: 20 }, (_, i) => `line ${i}\n`).join('')
  await using site = await startSite({ via: 'file', repo: { files: { 'src/a.txt': text, other: 'x\n' } } })
  const running = site.startCli({
    ...NEVER,
    tasks: tasks({ id: 'edit', paths: ['src/**'], run: hub.command }, { id: 'mate', run: hub.command }),
    gate: 'true',
  })
  const [edit, mate] = [await hub.next('edit'), await hub.next('mate')]
  await site.remote.commit({ files: { 'src/a.txt': null, 'lib/a.txt': text } })
  await edit.write('src/a.txt', `${text}more\n`)
  await mate.write('mate.txt', 'mate\n')
  await edit.exit()
  await mate.exit()
  const { summary, files } = await (await running.done).directory()
  expect(outcomes(summary)).toEqual({ edit: 'failed (out-of-scope)', mate: 'landed' })
  expect(summary.tasks[0]?.reason?.message).toContain('lib/a.txt')
  expect(await files()).toContain('tasks/edit/work.bundle')
  expect((await site.remote.files())['lib/a.txt']).toBe(text)
})

test('a name that others landed meanwhile in another case is refused on the tip it would land on', async () => {
  await using hub = await startWorkerHub()
  await using site = await startSite({ via: 'file', repo: { files: { a: 'a\n' } } })
  const running = site.startCli({ ...NEVER, tasks: tasks({ id: 'late', run: hub.command }) })
  const worker = await hub.next('late')
  await site.remote.commit({ files: { 'docs/Guide.md': 'x\n' } })
  await worker.write('docs/guide.md', 'y\n')
  await worker.exit()
  const { summary } = await (await running.done).directory()
  expect(outcomes(summary)).toEqual({ late: 'failed (out-of-scope)' })
  expect(summary.tasks[0]?.reason?.message).toContain('docs/Guide.md only in case')
})

test('the same of two mates: the first one lands, and the other is judged upon it', async () => {
  await using hub = await startWorkerHub()
  await using site = await startSite({ via: 'file', repo: { files: { a: 'a\n' } } })
  const running = site.startCli({
    ...NEVER,
    tasks: tasks({ id: 'one', run: hub.command }, { id: 'two', run: hub.command }),
    workers: '2',
    gate: 'true',
  })
  const [one, two] = [await hub.next('one'), await hub.next('two')]
  await one.write('Name', '1\n')
  await two.write('name', '2\n')
  await Promise.all([one.exit(), two.exit()])
  const { summary } = await (await running.done).directory()
  expect(Object.values(outcomes(summary)).sort()).toEqual(['failed (out-of-scope)', 'landed'])
})

test('work that somebody put among the kept work is judged like any other, and its worker runs', async () => {
  await using site = await startSite({ via: 'file', repo: { files: { 'src/a.txt': 'a\n' } } })
  const list = tasks({ id: 'docs', paths: ['docs/**'], run: 'mkdir -p docs; echo doc > docs/x.md' })
  const dry = await site.cli({ ...NEVER, tasks: list, 'dry-run': 'true' })
  const { head } = await dry.directory()
  const forged = { 'src/a.txt': 'backdoor\n', '.github/workflows/evil.yml': 'on: push\n' }
  await site.clone.commit(
    forged,
    `docs\n\nFanout-Task: docs\nFanout-Run: 1-1\nFanout-Fingerprint: ${head.fingerprints.docs}\n`,
  )
  await git(site.clone.path, 'push', '--quiet', 'origin', 'HEAD:refs/fanout/blocked/docs')
  await git(site.clone.path, 'reset', '--quiet', '--hard', 'origin/main')
  const ran = await site.cli({ ...NEVER, tasks: list, gate: 'true' })
  const { summary } = await ran.directory()
  expect(outcomes(summary)).toEqual({ docs: 'landed' })
  expect(await changed(site)).toEqual(['A\tdocs/x.md'])
  expect(ran.stdout).toContain('src/a.txt')
})

test('a task that another attempt lands while its worker is at work lands once', async () => {
  await using hub = await startWorkerHub()
  await using site = await startSite({ via: 'file', repo: { files: { a: 'a\n' } } })
  const env = { GITHUB_RUN_ID: '4242', GITHUB_RUN_ATTEMPT: '2' }
  const list = tasks({ id: 'quick', run: hub.command }, { id: 'slow', run: hub.command })
  const running = site.startCli({ ...NEVER, tasks: list, workers: '2' }, env)
  const [quick, slow] = [await hub.next('quick'), await hub.next('slow')]
  const key = slow.env.FANOUT_MANIFEST ?? ''
  expect(key).toContain('4242-2')
  const { fingerprints } = JSON.parse(
    (
      await slow.sh(`head -n 1 "$(dirname "$(dirname "$(dirname "$FANOUT_MANIFEST")")")/journal.ndjson"`)
    ).trim(),
  )
  const trailers = `Fanout-Task: slow\nFanout-Run: 4242-1\nFanout-Fingerprint: ${fingerprints.slow}\n`
  await site.remote.commit({ files: { 'slow-1': 'x\n' }, message: `slow\n\n${trailers}` })
  await quick.write('quick', 'q\n')
  await quick.exit()
  await running.shows(/slow.*had landed/)
  // The folder is still its worker's.
  await slow.write('slow-2', 'x\n')
  await slow.exit()
  const ran = await running.done
  const { summary } = await ran.directory()
  expect(outcomes(summary)).toEqual({ quick: 'landed', slow: 'landed' })
  expect([...(await site.remote.trailers('Fanout-Task'))].sort()).toEqual(['quick', 'slow'])
  expect(Object.keys(await site.remote.files())).toEqual(['a', 'quick', 'slow-1'])
  expect(ran.code).toBe(0)
})
