import { mkdir, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { openStepSummary } from '../../src/world/step-summary.ts'
import { tempDir } from '../rig/temp.ts'

it('holds what was written last, behind what was there before, and leaves nothing else', async () => {
  await using temp = await tempDir('summary')
  const file = join(temp.path, 'summary')
  await writeFile(file, '# before\n')
  const summary = openStepSummary({ GITHUB_STEP_SUMMARY: file })
  await summary?.write('one\n')
  await summary?.write('two\n')
  expect(await readFile(file, 'utf8')).toBe('# before\ntwo\n')
  expect(await readdir(temp.path)).toEqual(['summary'])
})

it('is nothing where nobody reads it', async () => {
  expect(openStepSummary({})).toBeNull()
  expect(openStepSummary({ GITHUB_STEP_SUMMARY: '' })).toBeNull()
})

it('begins with a file that is not there', async () => {
  await using temp = await tempDir('summary')
  const file = join(temp.path, 'summary')
  await openStepSummary({ GITHUB_STEP_SUMMARY: file })?.write('one\n')
  expect(await readFile(file, 'utf8')).toBe('one\n')
})

it('takes the place of whatever a worker put there, and follows no link', async () => {
  await using temp = await tempDir('summary')
  const file = join(temp.path, 'summary')
  await writeFile(file, '')
  const summary = openStepSummary({ GITHUB_STEP_SUMMARY: file })
  const theirs = join(temp.path, 'theirs')
  await writeFile(theirs, 'theirs')
  await rm(file)
  await symlink(theirs, file)
  await summary?.write('ours\n')
  expect(await readFile(file, 'utf8')).toBe('ours\n')
  expect(await readFile(theirs, 'utf8')).toBe('theirs')
  await rm(file)
  await mkdir(join(file, 'deep'), { recursive: true })
  await summary?.write('ours\n')
  expect(await readFile(file, 'utf8')).toBe('ours\n')
})
