/** Every snippet of YAML on every page is what it claims to be: the plan's own code and GitHub's linters read it. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { formatProblem, parsePlan } from '../../src/decide/plan.ts'
import { PRODUCT } from '../rig/fanout.ts'
import { fencesOf, pages } from '../rig/fences.ts'
import { lint } from '../rig/lint.ts'
import { snippetOf } from '../rig/snippet.ts'

const snippets = pages()
  .flatMap(page => fencesOf(page))
  .filter(({ lang }) => lang === 'yaml')
const known = snippets.map(({ name, text }) => ({ name, text, snippet: snippetOf(text) }))

/** The tasks that a snippet's needs name and that stand elsewhere on its page. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  'docs/queue.md#Follow-ups': '\n- { id: strict-core }\n',
}

test('there are snippets of each kind', () => {
  const kinds = new Set(known.map(({ snippet }) => snippet.kind))
  expect([...kinds].sort()).toEqual(['comment', 'tasks', 'workflow'])
})

test.each(known.filter(({ snippet }) => snippet.kind === 'tasks'))(
  '$name is a list of tasks',
  ({ name, text }) => {
    const whole = text + (ELSEWHERE[name] ?? '')
    const plan = parsePlan(
      { text: whole, file: 'tasks.yml' },
      { defaultRun: 'true', only: [], hash: each => each },
    )
    expect(plan.ok ? [] : plan.problems.map(formatProblem)).toEqual([])
  },
)

test.each(
  known.flatMap(({ name, snippet }) =>
    snippet.kind === 'workflow' ? [[name, snippet.workflow] as const] : [],
  ),
)('%s is a workflow, or part of one, that no linter has a word about', async (_, workflow) => {
  expect(await lint('fanout.yml', workflow)).toEqual([])
})

test.each(known.filter(({ snippet }) => snippet.kind === 'comment'))(
  '$name names a schema that is in the repository',
  ({ text }) => {
    const path = /^# yaml-language-server: \$schema=https:\/\/\S+\/OWNER\/fanout\/v1\/(\S+)\n$/.exec(
      text,
    )?.[1]
    expect(existsSync(join(PRODUCT, path ?? 'nothing'))).toBe(true)
  },
)
