import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { PRODUCT } from './fanout.ts'
import { lint } from './lint.ts'

const workflow = (step: string, job = '') => `
on: workflow_dispatch
permissions: { contents: read }
jobs:
  one:
    runs-on: ubuntu-latest
${job}    steps:
      - uses: actions/checkout@v7
      - ${step}
`

test('a clean workflow has no findings, whatever secrets and variables it uses', async () => {
  const step = 'run: echo hello\n        env: { KEY: "${{ secrets.SOME_KEY }}", AREA: "${{ vars.AREA }}" }'
  expect(await lint('a.yml', workflow(step))).toEqual([])
})

test.each([
  [
    'an input that Fanout does not have',
    'uses: OWNER/fanout@v1\n        with: { task: x, tasks: y }',
    /task\b/,
  ],
  [
    'a required input that is missing',
    'uses: OWNER/fanout@v1\n        with: { workers: 2 }',
    /Missing required input `tasks`/,
  ],
  ['an action that nobody knows', 'uses: some/thing@v1', /Unable to resolve action/],
  ['a context that is not there', 'run: echo ${{ nope.x }}', /nope/],
  ['a step that is not there', 'run: echo ${{ steps.fanout.outputs.landed }}', /fanout/],
  [
    'an output that Fanout does not have',
    'uses: OWNER/fanout@v1\n        id: fanout\n        with: { tasks: x }\n      - run: echo ${{ steps.fanout.outputs.nope }}',
    /has no output nope/,
  ],
  ['untrusted text in a script', 'run: echo ${{ github.event.issue.title }}', /potentially untrusted/],
  ['an unknown key', 'run: true\n        wiht: { a: 1 }', /wiht/],
])('%s is found', async (_, step, message) => {
  expect((await lint('a.yml', workflow(step))).join('\n')).toMatch(message)
})

test('a runner and a permission that do not exist are found', async () => {
  const text = workflow('run: true')
    .replace('ubuntu-latest', 'ubuntu-1.0')
    .replace('contents: read', 'contents: all')
  const found = (await lint('a.yml', text)).join('\n')
  expect(found).toMatch(/ubuntu-1\.0/)
  expect(found).toMatch(/all/)
})

test('action.yml is clean, and a wrong one is not', async () => {
  const text = readFileSync(join(PRODUCT, 'action.yml'), 'utf8')
  expect(await lint('action.yml', text)).toEqual([])
  expect((await lint('action.yml', text.replace('node24', 'node99'))).join('\n')).toMatch(/node99|using/)
})
