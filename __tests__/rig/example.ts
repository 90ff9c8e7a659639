import { readdirSync, readFileSync, statSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import type { Summary } from '../../src/decide/summary.ts'
import { type ArtifactServer, startArtifactServer } from './artifact-server.ts'
import { startBed } from './bed.ts'
import { checkout } from './checkout.ts'
import { PRODUCT } from './fanout.ts'
import type { GitRequest } from './git-server.ts'
import type { Files, Remote } from './repo.ts'
import {
  type ActionFunction,
  runWorkflow,
  type WorkflowOptions,
  type WorkflowResult,
} from './run-workflow.ts'
import { tempDir, writeFiles } from './temp.ts'

const EXAMPLES = join(PRODUCT, 'examples')
/** The job's where its permissions let it write, where they do not, and that of a GitHub App. */
const TOKEN = 'ghs_token.of.the.job'
const READ_TOKEN = 'ghs_read.token.of.the.job'
const APP_TOKEN = 'ghs_token.of.the.app'
export const APP_USER = 'my-app[bot]'

export type ExampleFile = {
  /** In the examples folder. */
  readonly from: string
  /** Where its first lines say that it goes. */
  readonly to: string
  readonly content: string
  readonly executable: boolean
}

/** The files of an example's folder; throws where one does not say where it goes. */
export function exampleFiles(folder: string): readonly ExampleFile[] {
  return readdirSync(join(EXAMPLES, folder)).map(name => {
    const path = join(EXAMPLES, folder, name)
    const content = readFileSync(path, 'utf8')
    const to = /^(?:#|\/\/) Copy to (\S+)$/m.exec(content.split('\n').slice(0, 2).join('\n'))?.[1]
    if (to === undefined) throw new Error(`${folder}/${name} does not say where it is to be copied`)
    return { from: `${folder}/${name}`, to, content, executable: (statSync(path).mode & 0o100) !== 0 }
  })
}

export type WorkflowRun = AsyncDisposable & {
  readonly done: WorkflowResult
  readonly remote: Remote
  readonly artifacts: ArtifactServer
  /** What the git server was asked. */
  readonly requests: readonly GitRequest[]
  /** `summary.json` of the only artifact, or of the named one. */
  summary(artifact?: string): Summary
}

export type WorkflowRunOptions = WorkflowOptions & {
  /** What the repository holds beside the workflow. */
  readonly files: Files
  /** What is only known once the remote is there. */
  readonly prepare?: (remote: Remote) => Promise<WorkflowOptions>
}

/** Runs the text of a workflow in a repository on a real git server, the product for `OWNER/fanout`. */
export async function runWorkflowText(workflow: string, options: WorkflowRunOptions): Promise<WorkflowRun> {
  const { files, prepare, ...given } = options
  await using stack = new AsyncDisposableStack()
  const bed = stack.use(
    await startBed({
      tokens: { [TOKEN]: {}, [READ_TOKEN]: { write: false }, [APP_TOKEN]: { user: APP_USER } },
      host: 'git.localhost',
    }),
  )
  const artifacts = stack.use(await startArtifactServer())
  const folder = stack.use(await tempDir('workflow'))
  const sha = await bed.remote.commit({ files, message: 'everything' })
  await writeFiles(folder.path, { 'fanout.yml': workflow })
  const more = (await prepare?.(bed.remote)) ?? {}
  const done = stack.use(
    await runWorkflow(join(folder.path, 'fanout.yml'), {
      token: TOKEN,
      readToken: READ_TOKEN,
      actionEnv: artifacts.env,
      ...given,
      ...more,
      github: {
        ...{
          sha,
          event_name: 'workflow_dispatch',
          server_url: bed.server.url,
          repository: 'o/r',
          run_id: '77',
        },
        ...given.github,
      },
      actions: {
        'actions/checkout': checkout(bed.remote.url),
        'OWNER/fanout': PRODUCT,
        'actions/download-artifact': download(artifacts),
        'actions/create-github-app-token': async ({ inputs }) => {
          if (inputs['app-id'] !== '1234' || inputs['private-key'] !== 'the key')
            throw new Error('no such app')
          return { token: APP_TOKEN, 'app-slug': 'my-app', 'installation-id': '1' }
        },
        ...given.actions,
        ...more.actions,
      },
    }),
  )
  const owned = stack.move()
  return {
    ...{ done, remote: bed.remote, artifacts, requests: bed.server.log },
    summary(name = [...artifacts.artifacts.keys()][0] ?? '') {
      return JSON.parse(artifacts.unzip(name).get('summary.json')?.toString() ?? 'null')
    },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  }
}

/** Stand-in for actions/download-artifact with a name. */
function download(artifacts: ArtifactServer): ActionFunction {
  return async ({ job, inputs }) => {
    const { name = '', path = '.' } = inputs
    for (const [file, content] of artifacts.unzip(name)) {
      const to = resolve(job.workspace, path, file)
      await mkdir(dirname(to), { recursive: true })
      await writeFile(to, content)
    }
    return { 'download-path': resolve(job.workspace, path) }
  }
}

/** Runs the workflow `<folder>/<name>` of the examples, its folder's files at the places they name. */
export function runExample(folder: string, name: string, options: WorkflowRunOptions): Promise<WorkflowRun> {
  const own = exampleFiles(folder)
  const workflow = own.find(file => file.from === `${folder}/${name}`)
  if (!workflow) throw new Error(`there is no example ${folder}/${name}`)
  const copied = own
    .filter(file => !file.to.startsWith('.github/workflows/') || file === workflow)
    .map(({ to, content, executable }) => [to, executable ? { content, mode: '100755' } : content] as const)
  return runWorkflowText(workflow.content, {
    ...options,
    files: { ...options.files, ...Object.fromEntries(copied) },
  })
}
