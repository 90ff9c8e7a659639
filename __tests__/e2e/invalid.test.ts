import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Site, startSite } from '../rig/fanout.ts'
import { INPUTS_REFUSED, TASKS_REFUSED } from './invalid-table.ts'

let site: Site
beforeAll(async () => {
  site = await startSite({ via: 'file', repo: { files: { 'README.md': 'hello\n', 'docs/a.md': 'a\n' } } })
})
afterAll(() => site?.[Symbol.asyncDispose]())

/** A workspace root of its own, and whether anything was made in it. */
function root(name: string) {
  const path = join(site.job.temp, 'roots', name.replace(/\W+/g, '-'))
  return { path, made: () => readdir(path, { recursive: true }).catch(() => []) }
}

describe('an input that is refused, by the action', () => {
  test.concurrent.each(INPUTS_REFUSED)('%s', async (name, inputs, expected) => {
    const { path, made } = root(`input ${name}`)
    const ran = await site.run({ tasks: '- {id: a, run: "true"}\n', ...inputs }, { RUNNER_TEMP: path })
    expect(ran.code).toBe(1)
    const errors = ran.annotations.map(({ level, message }) => `${level}: ${message}`)
    expect(errors).toEqual(expected.map(text => expect.stringContaining(`error: ${text}`)))
    expect(ran.outputs).toEqual({ conclusion: 'failure' })
    expect(await made()).toEqual([])
  })
})

describe('a tasks file that is refused, by the command', () => {
  test.concurrent.each(TASKS_REFUSED)('%s', async (name, content, expected) => {
    const { path, made } = root(`tasks ${name}`)
    const file = join(dirname(path), `${name.replace(/\W+/g, '-')}.yml`)
    await mkdir(dirname(file), { recursive: true })
    await writeFile(file, typeof content === 'function' ? content() : content)
    const ran = await site.cli({ tasks: file, 'workspace-root': path })
    expect({ code: ran.code, stdout: ran.stdout }).toEqual({ code: 1, stdout: '' })
    const lines = ran.stderr.trim().split('\n')
    expect(lines).toEqual(expected.map(text => expect.stringContaining(`error: ${file}${text}`)))
    expect(await made()).toEqual([])
  })
})

test('the table has at least sixty rows', () => {
  expect(INPUTS_REFUSED.length + TASKS_REFUSED.length).toBeGreaterThanOrEqual(60)
})

test('everything that is wrong is told at once: inputs, the tasks, and where', async () => {
  const { path, made } = root('all at once')
  const ran = await site.run(
    { tasks: '- {id: a, needs: b, rum: 1}\n- {id: a}\n', workers: '0', 'dry-run': 'yes', branch: 'x..y' },
    { RUNNER_TEMP: path },
  )
  expect(ran.code).toBe(1)
  expect(ran.annotations.map(each => each.message)).toEqual([
    expect.stringMatching(/^input 'workers': expected .*, got "0"$/),
    expect.stringMatching(/^input 'branch': expected .*, got "x\.\.y"/),
    expect.stringMatching(/^input 'dry-run': expected true or false, got "yes"$/),
    expect.stringMatching(/^tasks:1:3: task 'a' has no command/),
    expect.stringMatching(/^tasks:1:18: unknown task "b" in the needs of task 'a'/),
    expect.stringMatching(/^tasks:1:21: unknown key 'rum' \(did you mean 'run'\?\)/),
    expect.stringMatching(/^tasks:2:3: duplicate id 'a'/),
    expect.stringMatching(/^tasks:2:3: task 'a' has no command/),
  ])
  expect(await made()).toEqual([])
})

test('a token is never shown, not even a wrong one', async () => {
  const ran = await site.run({ tasks: '[]', token: 'not a-token-at-all' })
  expect(ran.code).toBe(1)
  expect(ran.text).toContain(`input 'token': expected a token without white space, got "***"`)
  expect(ran.text).not.toContain('token-at-all')
})
