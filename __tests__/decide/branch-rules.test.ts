import { expect, test } from 'vitest'
import { branchRulesWarning } from '../../src/decide/branch-rules.ts'

test('rules that let a fast-forward pass are no reason for a warning', () => {
  const harmless = ['deletion', 'non_fast_forward', 'required_linear_history', 'creation', 'new_rule_of_2027']
  expect(branchRulesWarning(harmless, 'main')).toBeNull()
})

test('a warning says which rules, why the run goes on, and the way out', () => {
  const text = branchRulesWarning(['required_status_checks', 'pull_request', 'pull_request'], 'main')
  expect(text).toMatchInlineSnapshot(
    `"main takes changes only through pull requests (pull_request); only commits whose status checks have passed (required_status_checks). Fanout pushes to it directly, and GitHub does not tell in advance whether this token may bypass these rules, so the run goes on. If the push is refused, the work is kept and a later run tries it first: put the GitHub App whose token you pass as \`token:\` on the bypass list of the rule, or let \`branch:\` name a branch without it."`,
  )
})
