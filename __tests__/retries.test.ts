import { appendFile, mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { noteRetry, retriesOf } from '../src/retries.ts'
import { at, summaryOf, task } from './action/sample.ts'
import { tempDir } from './rig/temp.ts'

test('retries that came to their end are found, in their order; what is gone or broken is passed over', async () => {
  await using dir = await tempDir()
  expect(await retriesOf(dir.path)).toEqual([])
  for (const name of ['one', 'gone', 'running', 'broken', 'two']) {
    const path = join(dir.path, name)
    await mkdir(path)
    const text = name === 'broken' ? '{"version":1}' : JSON.stringify(summaryOf([task(name)]))
    if (name !== 'running') await writeFile(join(path, 'summary.json'), text)
    await noteRetry(dir.path, path, at(0))
    await appendFile(join(dir.path, 'retries.ndjson'), 'no JSON\n{"run_directory":3}\nnull\n')
  }
  await rm(join(dir.path, 'gone'), { recursive: true })
  const found = await retriesOf(dir.path)
  expect(found.map(({ summary }) => summary.tasks[0]?.id)).toEqual(['one', 'two'])
})

test('a retry that was a rehearsal has landed nothing', async () => {
  await using dir = await tempDir()
  const summary = summaryOf([task('one')])
  const text = JSON.stringify({ ...summary, run: { ...summary.run, dry_run: true } })
  await writeFile(join(dir.path, 'summary.json'), text)
  await noteRetry(dir.path, dir.path, at(0))
  expect(await retriesOf(dir.path)).toEqual([])
})
