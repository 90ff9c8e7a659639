/** After the run the job's checkout shows what landed, where that is safe. */
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { startSite, tasks } from '../rig/fanout.ts'

const ONE = { tasks: tasks({ id: 't1', run: 'echo 1 > 1.txt' }), 'verify-when': 'never', upload: 'false' }

it('a later step sees what landed, and what a competitor landed before it', async () => {
  await using at = await startSite({ clone: { as: 'checkout', depth: 1 } })
  await at.remote.commit({ files: { 'theirs.txt': 'x\n' }, message: 'theirs' })
  const ran = await at.run(ONE)
  expect(ran.outcome).toBe('success')
  expect(await at.clone.git('rev-parse', 'HEAD')).toBe(await at.remote.tip())
  expect(await at.clone.git('rev-parse', '--abbrev-ref', 'HEAD')).toBe('main')
  expect(await readFile(join(at.clone.path, '1.txt'), 'utf8')).toBe('1\n')
  expect(await at.clone.git('status', '--porcelain')).toBe('')
})

it('a checkout with modified files, or at a detached HEAD, stays as it is, and the log says so', async () => {
  await using modified = await startSite({ repo: { files: { 'a.txt': 'a\n' } } })
  await writeFile(join(modified.clone.path, 'a.txt'), 'mine\n')
  const before = await modified.clone.git('rev-parse', 'HEAD')
  const ran = await modified.run(ONE)
  expect(ran.text).toMatch(/checkout was not moved .* tracked files are modified \(a\.txt\)/)
  expect(await modified.clone.git('rev-parse', 'HEAD')).toBe(before)
  expect(await readFile(join(modified.clone.path, 'a.txt'), 'utf8')).toBe('mine\n')

  await using detached = await startSite({ clone: { as: 'checkout', detached: true } })
  const other = await detached.run(ONE, { GITHUB_REF: 'refs/heads/main' })
  expect(other.outcome).toBe('success')
  expect(other.text).toMatch(/checkout was not moved .* its HEAD is detached/)
})

it("an ignored file of the user's stays as it is, though what landed has one of that name", async () => {
  await using at = await startSite({ repo: { files: { '.gitignore': '.env\n' } } })
  await writeFile(join(at.clone.path, '.env'), 'KEY=mine\n')
  const before = await at.clone.git('rev-parse', 'HEAD')
  const list = tasks({ id: 't1', run: 'echo KEY=theirs > .env; git add --force .env; git commit -qm x' })
  const ran = await at.run({ ...ONE, tasks: list })
  expect(ran.outputs['landed-count']).toBe('1')
  expect(await readFile(join(at.clone.path, '.env'), 'utf8')).toBe('KEY=mine\n')
  expect(ran.text).toMatch(/checkout was not moved .*\.env/s)
  expect(await at.clone.git('rev-parse', 'HEAD')).toBe(before)
})
