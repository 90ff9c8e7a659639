/** Every workflow on the pages, and every part of one, is executed as it stands there. */
import { join } from 'node:path'
import { describe, expect, test, vi } from 'vitest'
import { APP_USER, runWorkflowText, type WorkflowRun, type WorkflowRunOptions } from '../rig/example.ts'
import { outcomes } from '../rig/fanout.ts'
import { fence, fencesOf, pages } from '../rig/fences.ts'
import type { Files } from '../rig/repo.ts'
import { snippetOf } from '../rig/snippet.ts'
import { pathWith } from '../rig/stand-ins.ts'
import { tempDir } from '../rig/temp.ts'
import { toolStandIns } from '../rig/tools.ts'

// Whole workflows, on a machine that may be busy.
vi.setConfig({ testTimeout: 240_000 })

const script = (...lines: readonly string[]) => ({
  content: ['#!/bin/sh', 'set -e', ...lines, ''].join('\n'),
  mode: '100755',
})
const RALPH = { id: 'RQ-0001', status: 'todo', title: 'One', request: 'do it', depends_on: [] }

/** A repository in which the commands on the pages find what they need. */
const FILES: Files = {
  'scripts/agent.sh': script(
    'mkdir -p "packages/$FANOUT_TASK_ID"',
    'cat > "packages/$FANOUT_TASK_ID/prompt.txt"',
    'test ! -f "packages/$FANOUT_TASK_ID/fails" || exit 3',
  ),
  'scripts/tell-someone.sh': script('echo "told of $FAILED at $RUN"'),
  Makefile: 'test ci:\n\t! grep -rn broken packages\nclient:\n\ttouch client.txt\n',
  'packages/one/Makefile': 'test:\n\ttest -s prompt.txt\n',
  'packages/two/Makefile': 'test:\n\ttest -s prompt.txt\n',
  'tasks.yml': '- { id: one, prompt: do one }\n- { id: two, needs: one, prompt: do two }\n',
  'tasks/api.yml': '- { id: one, prompt: do one }\n',
  'tasks/web.yml': '- { id: two, prompt: do two }\n',
  '.ralph/queue.jsonc': JSON.stringify({ version: 1, tasks: [RALPH] }),
  '.gitignore': 'node_modules/\n',
}

type Expectation = {
  readonly files?: Files
  /** Else `success`. */
  readonly conclusion?: 'failure'
  readonly check?: (run: WorkflowRun) => unknown
}

const bothLanded = async (run: WorkflowRun) => {
  expect(outcomes(run.summary()), logOf(run)).toEqual({ one: 'landed', two: 'landed' })
}

/** What is to be seen of a snippet beside that it succeeds; the name is `page#heading`. */
const EXPECTATIONS: Readonly<Record<string, Expectation>> = {
  'README.md#Quick start': {
    files: {
      'tasks.yml': fence('README.md#Quick start (2)', 'yaml').text,
      'scripts/agent.sh': script('mkdir -p packages/core', 'cat > packages/core/prompt.txt'),
    },
    check: async run => {
      const ids = { 'strict-core': 'landed', 'bump-zod': 'landed', 'regenerate-client': 'landed' }
      expect(outcomes(run.summary()), logOf(run)).toEqual(ids)
      const { 'packages/core/prompt.txt': told } = await run.remote.files()
      expect(told).toContain('Turn on strictNullChecks in packages/core')
    },
  },
  'README.md#Outputs': {
    files: { 'tasks.yml': '- { id: good, run: echo x > x.txt }\n- { id: bad, run: exit 3 }\n' },
    check: run => expect(logOf(run)).toMatch(/^told of \["bad"\] at http:\S+\/artifacts\/\d+$/m),
  },
  'docs/security.md#Two jobs': {
    check: async run => {
      expect(outcomes(run.summary('work'))).toEqual({ one: 'landed', two: 'landed' })
      expect(run.summary('work').run.dry_run).toBe(true)
      expect(outcomes(run.summary('fanout-77-1')), logOf(run)).toEqual({ one: 'landed', two: 'landed' })
      expect((await run.remote.files())['packages/two/prompt.txt']).toBe('do two')
    },
  },
  'docs/recipes.md#A matrix of runs': {
    check: async run => {
      expect([...run.artifacts.artifacts.keys()].sort()).toEqual(['fanout-api-1', 'fanout-web-1'])
      expect((await run.remote.log()).split('\n').slice(0, 2).sort()).toEqual([
        'one [Fanout-Task: one]',
        'two [Fanout-Task: two]',
      ])
    },
  },
  'docs/recipes.md#Several steps in one job': {
    files: { 'codemods.yml': '- { id: three, run: echo three > three.txt }\n' },
    check: async run => expect(await run.remote.log()).toMatch(/^two \[.*\]\none \[.*\]\nthree \[.*\]\n/),
  },
  'docs/recipes.md#Notifications': {
    files: { 'tasks.yml': '- { id: good, run: echo x > x.txt }\n- { id: bad, run: exit 3 }\n' },
    conclusion: 'failure',
    check: run =>
      expect(logOf(run)).toMatch(
        /^posted to \*\*\*: Fanout landed 1; failed: bad; not pushed: \. http:\S+\/artifacts\/\d+$/m,
      ),
  },
  'docs/recipes.md#A GitHub App token': {
    check: async run => {
      await bothLanded(run)
      const pushes = run.requests.filter(({ step }) => step === 'push')
      expect(new Set(pushes.map(({ user }) => user))).toEqual(new Set([APP_USER]))
    },
  },
  'docs/recipes.md#A review branch': {
    check: async run => {
      expect(await run.remote.log()).toBe('everything\ninitial')
      expect(await run.remote.log('fanout/review')).toMatch(/^two \[.*\]\none \[.*\]\neverything/)
      expect(logOf(run)).toMatch(/^opened "Work of the night": .*2 of 2 tasks landed/m)
    },
  },
  'docs/recipes.md#Moving over from Ralph': {
    check: async run => {
      expect(outcomes(run.summary()), logOf(run)).toEqual({ 'RQ-0001': 'landed' })
      expect((await run.remote.files())['.ralph/done.jsonc']).toContain('RQ-0001')
    },
  },
}

const snippets = pages()
  .flatMap(page => fencesOf(page))
  .filter(({ lang }) => lang === 'yaml')
  .flatMap(({ name, text }) => {
    const snippet = snippetOf(text)
    return snippet.kind === 'workflow' ? [{ name, workflow: snippet.workflow }] : []
  })

function logOf({ done }: WorkflowRun): string {
  return Object.values(done.jobs)
    .flatMap(job => job.log)
    .join('\n')
}

describe('what the pages show works', () => {
  test('every expectation is about a snippet that is there', () => {
    const names = snippets.map(({ name }) => name)
    expect(Object.keys(EXPECTATIONS).filter(name => !names.includes(name))).toEqual([])
  })

  test.each(snippets)('$name', async ({ name, workflow }) => {
    const { files = {}, conclusion = 'success', check = bothLanded } = EXPECTATIONS[name] ?? {}
    await using folder = await tempDir('tools')
    const options: WorkflowRunOptions = {
      files: { ...FILES, ...files },
      secrets: { AGENT_KEY: 'sk-1', WEBHOOK: 'https://hook.invalid/x', APP_KEY: 'the key' },
      vars: { APP_ID: '1234' },
      prepare: async remote => ({
        env: { PATH: pathWith(await toolStandIns(join(folder.path, 'bin'), remote.path)) },
      }),
    }
    await using run = await runWorkflowText(workflow, options)
    expect(run.done.conclusion, logOf(run)).toBe(conclusion)
    await check(run)
  })
})
