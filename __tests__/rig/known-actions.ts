import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'

/** What a linter asks about an action: its inputs and outputs. */
export type ActionMetadata = {
  readonly name: string
  readonly description: string
  readonly inputs?: Readonly<Record<string, { readonly description: string; readonly required?: boolean }>>
  readonly outputs?: Readonly<Record<string, { readonly description: string }>>
}

/** The product, under the name that README and examples use for it. */
const PRODUCT = 'OWNER/fanout'

/** Actions that examples and documentation may use: those of their inputs and outputs that are used. */
const KNOWN: Readonly<
  Record<string, { readonly inputs: string; readonly required?: string; readonly outputs?: string }>
> = {
  'actions/checkout': { inputs: 'fetch-depth filter lfs path persist-credentials ref repository token' },
  'actions/setup-node': { inputs: 'cache node-version node-version-file' },
  'actions/upload-artifact': {
    inputs: 'if-no-files-found include-hidden-files name path retention-days',
    required: 'path',
    outputs: 'artifact-id artifact-url',
  },
  'actions/download-artifact': { inputs: 'name path merge-multiple pattern', outputs: 'download-path' },
  'actions/create-github-app-token': {
    inputs: 'app-id owner private-key repositories permission-contents permission-workflows',
    required: 'app-id private-key',
    outputs: 'app-slug installation-id token',
  },
}

/** undefined: nobody knows it here. */
export function metadataOf(action: string): ActionMetadata | undefined {
  if (action === PRODUCT || action === './')
    return parse(readFileSync(join(import.meta.dirname, '..', '..', 'action.yml'), 'utf8'))
  const known = KNOWN[action]
  if (!known) return undefined
  const required = new Set(known.required?.split(' '))
  const table = (names = ''): readonly string[] => names.split(' ').filter(name => name !== '')
  return {
    name: action,
    description: action,
    inputs: Object.fromEntries(
      table(known.inputs).map(name => [name, { description: name, required: required.has(name) }]),
    ),
    outputs: Object.fromEntries(table(known.outputs).map(name => [name, { description: name }])),
  }
}
