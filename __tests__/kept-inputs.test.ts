import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { keepInputs, readInputs } from '../src/kept-inputs.ts'
import { type TempDir, tempDir } from './rig/temp.ts'

const mask = (text: string) => text.replaceAll('s3cret', '***')

async function kept(dir: TempDir, inputs: Record<string, string | undefined>, cwd = dir.path) {
  await keepInputs(dir.path, inputs, { cwd, root: dir.path }, mask)
  return readInputs(dir.path)
}

test('what was given is read again; what was left to its default is not kept', async () => {
  await using dir = await tempDir()
  const inputs = { tasks: 'a.yml', gate: 'make test', run: '', setup: undefined }
  expect(await kept(dir, inputs)).toEqual({
    ...{ version: 1, folder: '', left_out: [] },
    inputs: { tasks: 'a.yml', gate: 'make test' },
  })
})

test('neither the token nor an input that holds a secret is written, but their names are', async () => {
  await using dir = await tempDir()
  const found = await kept(dir, { token: 'plain', run: 'curl -H s3cret', gate: 'true' })
  expect(found).toMatchObject({ inputs: { gate: 'true' }, left_out: ['token', 'run'] })
  expect(await readFile(join(dir.path, 'inputs.json'), 'utf8')).not.toMatch(/plain|s3cret|curl/)
})

test('the folder is told from the root of the repository, also by way of a link', async () => {
  await using dir = await tempDir()
  await mkdir(join(dir.path, 'packages', 'one'), { recursive: true })
  await symlink(join(dir.path, 'packages'), join(dir.path, 'link'))
  expect((await kept(dir, {}, join(dir.path, 'link', 'one')))?.folder).toBe('packages/one')
  await using elsewhere = await tempDir()
  expect((await kept(dir, {}, elsewhere.path))?.folder).toBe('')
})

test.each([
  ['nothing', null],
  ['no JSON', '{'],
  ['another version', '{"version":2,"folder":"","inputs":{},"left_out":[]}'],
  ['values that are no text', '{"version":1,"folder":"","inputs":{"workers":3},"left_out":[]}'],
])('%s is none', async (_, text) => {
  await using dir = await tempDir()
  if (text !== null) await writeFile(join(dir.path, 'inputs.json'), text)
  expect(await readInputs(dir.path)).toBeNull()
})
