import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import {
  type InitFacts,
  initLines,
  STARTER_FILES,
  TASKS_FILE,
  WORKFLOW_FILE,
} from '../../src/action/starter.ts'
import { parsePlan } from '../../src/decide/plan.ts'
import { lint } from '../rig/lint.ts'

const hash = (text: string) => createHash('sha256').update(text).digest('hex')

test('the tasks file is one, with something to run and an example that waits', () => {
  const source = { text: STARTER_FILES[TASKS_FILE] ?? '', file: TASKS_FILE }
  const read = parsePlan(source, { defaultRun: null, only: [], hash })
  expect(read.ok && read.plan.tasks.map(({ id, status }) => `${id} ${status}`)).toEqual([
    'editorconfig todo',
    'first-prompt draft',
  ])
})

test("GitHub's own linter and actionlint have nothing to say of the workflow", async () => {
  expect(await lint('fanout.yml', STARTER_FILES[WORKFLOW_FILE] ?? '')).toEqual([])
})

describe('the steps after it', () => {
  const facts: InitFacts = {
    ...{ written: [TASKS_FILE, WORKFLOW_FILE], kept: [], tasksFile: TASKS_FILE, workflowFile: WORKFLOW_FILE },
    ...{ branch: 'trunk', hasCommit: true, hasOrigin: true, self: 'fanout' },
  }
  const said = (change: Partial<InitFacts>) => initLines({ ...facts, ...change }).join('\n')

  test('name the branch that is checked out, and the command as it was called', () => {
    expect(said({})).toContain('lands on trunk of origin.')
    expect(said({ self: 'node ../fanout/dist/cli/index.js' })).toContain(
      '      node ../fanout/dist/cli/index.js run --tasks tasks.yml',
    )
    expect(said({ branch: null })).toContain('lands on the branch of origin.')
  })

  test('begin with what the repository lacks', () => {
    expect(said({ hasOrigin: false })).toMatch(
      /1\. Results land[\s\S]*git remote add origin[\s\S]*git push --set/,
    )
    expect(said({ hasCommit: false })).toMatch(/1\. Tasks start from a commit[\s\S]*2\. Results land/)
    expect(said({ hasCommit: false })).not.toContain('git remote add')
    expect(said({})).not.toMatch(/First commit|remote add/)
  })

  test.each([true, false])('say that the workflow needs an owner (with a commit: %s)', hasCommit => {
    expect(said({ hasCommit })).toMatch(/name in \S+fanout\.yml the owner of your copy of Fanout for OWNER/)
  })

  test('quote what a shell would take apart', () => {
    expect(said({ tasksFile: '../my repo/tasks.yml' })).toContain("--tasks '../my repo/tasks.yml'")
  })
})
