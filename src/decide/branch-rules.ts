/** Rules of a branch that usually refuse a direct push, and what to say of them before anything is paid for. */

/** Rule types as GitHub's `GET /repos/{owner}/{repo}/rules/branches/{branch}` names them, and what each asks. */
const REFUSING: ReadonlyMap<string, string> = new Map([
  ['pull_request', 'changes only through pull requests'],
  ['merge_queue', 'changes only through the merge queue'],
  ['required_status_checks', 'only commits whose status checks have passed'],
  ['required_signatures', 'only signed commits, and these are not signed'],
  ['update', 'updates only by those who may bypass the rule'],
  ['required_deployments', 'only commits that were deployed before'],
  ['workflows', 'only commits for which its required workflows have passed'],
  ['code_scanning', 'only commits that code scanning has passed'],
])

/** One paragraph for a warning (what, why, the way out); null: none of these rules refuses a push like ours. */
export function branchRulesWarning(types: readonly string[], branch: string): string | null {
  const found = [...REFUSING].filter(([type]) => types.includes(type))
  if (found.length === 0) return null
  const asked = found.map(([type, asks]) => `${asks} (${type})`).join('; ')
  return (
    `${branch} takes ${asked}. ` +
    'Fanout pushes to it directly, and GitHub does not tell in advance whether this token may bypass these rules, so the run goes on. ' +
    'If the push is refused, the work is kept and a later run tries it first: put the GitHub App whose token you pass as `token:` ' +
    'on the bypass list of the rule, or let `branch:` name a branch without it.'
  )
}
