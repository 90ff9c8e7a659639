/** The action's post step, always run: ends leftovers, saves and uploads what main could not, removes workspaces. */
import { basename, dirname, join } from 'node:path'
import * as core from '@actions/core'
import { inputsFrom, parseSettings } from './action/inputs.ts'
import { artifactNames } from './decide/artifact-name.ts'
import { runCookie } from './decide/cookie.ts'
import { holdsWork } from './decide/kept-name.ts'
import { maskingOf, maskOf, ownNamesIn } from './decide/secrets.ts'
import type { Settings } from './decide/settings.ts'
import { rescueWork } from './rescue.ts'
import { LAYERS } from './room.ts'
import { namesService, uploadRun } from './world/artifacts.ts'
import { namesIn } from './world/files.ts'
import { readJournal } from './world/journal.ts'
import { removeDeadLocks } from './world/lock.ts'
import { removeFolder, unmountBelow } from './world/mounts.ts'
import { keepFiles } from './world/overlay.ts'
import { endSurvivors } from './world/process.ts'
import { inspectRepository } from './world/repository.ts'

const { env } = process

/** A cancelled job is given five minutes in all. */
const UPLOAD_LIMIT_MS = 240_000

/** Nothing to do where main refused its inputs, or found nothing to start from. */
async function post(): Promise<void> {
  const runDir = core.getState('run-directory')
  const parsed = parseSettings(inputsFrom(env))
  if (runDir === '' || !parsed.ok) return
  const { settings } = parsed
  await tried('What main had started could not all be ended', () => endSurvivors(runCookie(env, runDir)))
  if ((await namesIn(runDir)).length === 0) return
  await tried('Work could not all be saved', async () => {
    const { saved, problems } = await rescueWork(runDir)
    if (saved.length > 0) core.info(`Saved the work of ${saved.join(', ')}, which the main step could not.`)
    for (const problem of problems) core.warning(problem)
  })
  await tried('The run directory could not be uploaded', () => upload(runDir, settings))
  await tried('Workspaces could not be removed', () => removeWorkspaces(runDir, settings.keepWorkspaces))
  await tried('The lock could not be removed', () =>
    removeDeadLocks(join(dirname(runDir), 'locks'), basename(runDir)),
  )
}

/** One thing that fails does not keep the others from being done, and never paints a finished run red. */
async function tried(what: string, work: () => Promise<unknown>): Promise<void> {
  try {
    await work()
  } catch (error) {
    core.warning(`${what}: ${String(error)}`)
  }
}

async function upload(runDir: string, settings: Settings): Promise<void> {
  if (!settings.upload || !namesService(env) || core.getState('uploaded') === 'true') return
  const repository = await inspectRepository(env.GITHUB_WORKSPACE || process.cwd()).catch(() => null)
  const urls = [repository?.origin?.pushUrl, repository?.origin?.fetchUrl].filter(url => url !== undefined)
  const journal = await readJournal(join(runDir, 'journal.ndjson')).catch(() => null)
  const nothing = { run_key: basename(runDir), branch: settings.branch ?? '', origin: '', fingerprints: {} }
  const own = ownNamesIn(journal?.kind === 'read' ? journal.text.head : nothing)
  const mask = maskOf(maskingOf(env, settings.token, urls, own))
  try {
    await uploadRun(runDir, {
      names: artifactNames(settings.artifactName, basename(runDir)),
      retentionDays: settings.retentionDays,
      mask,
      serverUrl: env.GITHUB_SERVER_URL || 'https://github.com',
      repository: env.GITHUB_REPOSITORY ?? '',
      runId: env.GITHUB_RUN_ID ?? '',
      signal: null,
      limitMs: UPLOAD_LIMIT_MS,
    })
  } catch (error) {
    throw new Error(mask(String(error)))
  }
}

/** Of a run that was cut off: what finish could not remove any more. No mount outlives the job. */
async function removeWorkspaces(runDir: string, keep: Settings['keepWorkspaces']): Promise<void> {
  const tasks = join(runDir, 'tasks')
  const finished = (await namesIn(runDir)).includes('summary.json')
  for (const id of finished ? [] : await namesIn(tasks)) {
    const workspace = join(tasks, id, 'workspace')
    const blocked = holdsWork(await namesIn(join(tasks, id)))
    if (keep === 'always' || (keep === 'blocked' && blocked)) {
      const problem = await keepFiles(workspace)
      if (problem !== null) core.notice(`${workspace} was not kept: ${problem}`)
    } else await removeFolder(workspace)
  }
  await unmountBelow(runDir)
  const passing = ['gates', 'verify', LAYERS]
  await Promise.all(passing.map(name => removeFolder(join(runDir, name))))
}

post()
  .catch((error: unknown) => core.warning(`Fanout's post step: ${String(error)}`))
  // A request to the artifact service that was given up may go on trying for minutes: nobody waits for it.
  .then(() => process.stdout.write('', () => process.exit()))
