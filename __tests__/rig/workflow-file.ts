import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { withJsonImports } from './json-imports.ts'

export type StepFile = {
  readonly id?: string
  readonly name?: string
  readonly if?: string | boolean
  readonly run?: string
  readonly uses?: string
  readonly with?: Readonly<Record<string, unknown>>
  readonly env?: Readonly<Record<string, unknown>>
  readonly shell?: string
  readonly 'working-directory'?: string
  readonly 'continue-on-error'?: boolean | string
  readonly 'timeout-minutes'?: number
}

type Defaults = { readonly run?: Pick<StepFile, 'shell' | 'working-directory'> }

export type Permissions = string | Readonly<Record<string, string>>

export type JobFile = {
  readonly permissions?: Permissions
  readonly needs?: string | readonly string[]
  readonly if?: string | boolean
  readonly strategy?: unknown
  readonly env?: Readonly<Record<string, unknown>>
  readonly outputs?: Readonly<Record<string, unknown>>
  readonly defaults?: Defaults
  readonly steps: readonly StepFile[]
  readonly 'timeout-minutes'?: number
}

export type WorkflowFile = {
  readonly name?: string
  readonly permissions?: Permissions
  readonly env?: Readonly<Record<string, unknown>>
  readonly defaults?: Defaults
  readonly jobs: Readonly<Record<string, JobFile>>
}

export type ActionFile = {
  readonly inputs?: Readonly<Record<string, { readonly default?: unknown } | null>>
  readonly outputs?: Readonly<Record<string, { readonly value?: string } | null>>
  readonly runs: {
    readonly using: string
    readonly pre?: string
    readonly main?: string
    readonly post?: string
    readonly 'post-if'?: string
    readonly steps?: readonly StepFile[]
  }
}

/** Reads a workflow; throws with GitHub's own messages when GitHub would refuse it. */
export async function readWorkflow(file: string): Promise<WorkflowFile> {
  const content = readFileSync(file, 'utf8')
  const problems = await judge(file, content)
  if (problems.length > 0) throw new Error(`${file} is not valid: ${problems.join('; ')}`)
  return parse(content)
}

/** GitHub's parser is the judge; the plain YAML is then easier to walk than its tokens. */
async function judge(name: string, content: string): Promise<string[]> {
  const parser = await withJsonImports(() => import('@actions/workflow-parser'))
  const { context, value } = parser.parseWorkflow({ name, content }, new parser.NoOperationTraceWriter())
  const messages = () => context.errors.getErrors().map(error => error.message)
  if (messages().length === 0 && value) await parser.convertWorkflowTemplate(context, value)
  return messages()
}

/** The action in a folder. */
export function readAction(folder: string): ActionFile {
  const file = ['action.yml', 'action.yaml'].map(name => join(folder, name)).find(path => existsSync(path))
  if (!file) throw new Error(`Can't find 'action.yml' or 'action.yaml' under '${folder}'`)
  return parse(readFileSync(file, 'utf8'))
}
