import { parse, stringify } from 'yaml'
import { INPUTS } from '../../src/action/inputs.ts'

type Yaml = Readonly<Record<string, unknown>>

/** What a snippet of YAML is a part of. */
export type Snippet =
  | { readonly kind: 'tasks' }
  | { readonly kind: 'workflow'; readonly workflow: string }
  /** Only a comment. */
  | { readonly kind: 'comment' }
  | { readonly kind: 'unknown' }

const WORKFLOW_KEYS = ['name', 'run-name', 'on', 'permissions', 'env', 'defaults', 'concurrency', 'jobs']
const BASE = {
  on: { workflow_dispatch: null },
  permissions: { contents: 'write' },
} as const
const CHECKOUT = { uses: 'actions/checkout@v7', with: { 'persist-credentials': false } }
const FANOUT = { uses: 'OWNER/fanout@v1' }
const INPUT_VALUES = { tasks: 'tasks.yml', run: './scripts/agent.sh' }

/** Tells what a snippet is by its shape, and puts a part of a workflow into the least workflow that can hold it. */
export function snippetOf(text: string): Snippet {
  const value: unknown = parse(text)
  if (value === null) return { kind: 'comment' }
  if (Array.isArray(value)) {
    const isSteps = value.some(each => each.uses !== undefined)
    return isSteps ? workflow({ steps: value }) : { kind: 'tasks' }
  }
  if (typeof value !== 'object') return { kind: 'unknown' }
  const keys = Object.keys(value)
  const given = value as Yaml
  if (keys.includes('tasks') && keys.includes('version')) return { kind: 'tasks' }
  if (keys.length === 1 && keys[0] === 'with') return workflow({ steps: [{ ...FANOUT, ...given }] })
  if (keys.every(key => WORKFLOW_KEYS.includes(key))) {
    const jobs = given.jobs ?? job({ steps: [{ ...FANOUT, with: INPUT_VALUES }] })
    return { kind: 'workflow', workflow: stringify({ ...BASE, ...given, jobs }) }
  }
  if (keys.every(key => INPUTS.some(input => input.name === key))) {
    return workflow({ steps: [{ ...FANOUT, with: { ...INPUT_VALUES, ...given } }] })
  }
  return { kind: 'unknown' }
}

function workflow(part: { readonly steps: readonly unknown[] }): Snippet {
  return { kind: 'workflow', workflow: stringify({ ...BASE, jobs: job(part) }) }
}

/** Steps without a checkout get one. */
function job({ steps }: { readonly steps: readonly unknown[] }): Yaml {
  const checked = steps.some(step => /^actions\/checkout@/.test(String((step as Yaml).uses ?? '')))
  return { fanout: { 'runs-on': 'ubuntu-latest', steps: checked ? steps : [CHECKOUT, ...steps] } }
}
