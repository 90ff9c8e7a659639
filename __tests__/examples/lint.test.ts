/** Examples are copied as they are: workflows without a finding, tasks that the plan takes. */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { formatProblem, parsePlan } from '../../src/decide/plan.ts'
import { exampleFiles } from '../rig/example.ts'
import { PRODUCT } from '../rig/fanout.ts'
import { textOf } from '../rig/fences.ts'
import { lint } from '../rig/lint.ts'

const folders = readdirSync(join(PRODUCT, 'examples'), { withFileTypes: true })
  .filter(entry => entry.isDirectory())
  .map(entry => entry.name)
const files = folders.flatMap(exampleFiles)
const workflows = files.filter(({ to }) => to.startsWith('.github/workflows/'))
const lists = files.filter(({ to }) => /(^|\/)tasks\.yml$/.test(to))

test('each folder has a workflow and a line in the README of the examples', () => {
  const page = textOf('examples/README.md')
  for (const folder of folders) {
    expect(workflows.some(({ from }) => from.startsWith(`${folder}/`))).toBe(true)
    expect(page).toContain(`| [${folder}/](${folder}) |`)
  }
})

test.each(workflows)('$from: no linter has a word about it', async ({ to, content }) => {
  expect(await lint(to, content)).toEqual([])
})

test.each(workflows)(
  '$from: the least permissions, no credentials left behind, one run at a time',
  ({ content }) => {
    expect(content).toContain('\npermissions: { contents: write }\n')
    expect(content).toContain('persist-credentials: false')
    expect(content).toMatch(/\nconcurrency: /)
  },
)

test.each(lists)('$from is a list of tasks', ({ content }) => {
  const plan = parsePlan(
    { text: content, file: 'tasks.yml' },
    { defaultRun: 'true', only: [], hash: each => each },
  )
  expect(plan.ok ? [] : plan.problems.map(formatProblem)).toEqual([])
})
