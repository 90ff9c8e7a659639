/** The action's post step, always run: ends leftovers, uploads what main could not, removes workspaces. */
import { join } from 'node:path'
import * as core from '@actions/core'
import { inputsFrom, parseSettings } from './action/inputs.ts'
import { runCookie } from './decide/cookie.ts'
import { secretsOf } from './decide/secrets.ts'
import { masker } from './decide/text.ts'
import { canUpload, uploadRun } from './world/artifacts.ts'
import { namesIn, removeAll } from './world/files.ts'
import { endSurvivors } from './world/process.ts'

async function post(): Promise<void> {
  const runDir = core.getState('run-directory')
  if (runDir === '') return
  const parsed = parseSettings(inputsFrom(process.env))
  if (!parsed.ok) return
  const { settings } = parsed
  const { env } = process
  const key = runDir.slice(runDir.lastIndexOf('/') + 1)
  await endSurvivors(runCookie(env, runDir))
  if (settings.upload && canUpload(env) && core.getState('uploaded') !== 'true') {
    await uploadRun(runDir, {
      name: settings.artifactName ?? `fanout-${key}`,
      retentionDays: settings.retentionDays,
      mask: masker(secretsOf(env, settings.token, [])),
      serverUrl: env.GITHUB_SERVER_URL || 'https://github.com',
      repository: env.GITHUB_REPOSITORY ?? '',
      runId: env.GITHUB_RUN_ID ?? '',
    }).catch((error: unknown) => core.warning(`The run directory could not be uploaded: ${String(error)}`))
  }
  if (settings.keepWorkspaces !== 'always')
    await removeWorkspaces(runDir, settings.keepWorkspaces === 'never')
}

/** Of a run that was cut off: what finish could not remove any more. Blocked work keeps its workspace. */
async function removeWorkspaces(runDir: string, all: boolean): Promise<void> {
  await Promise.all(['gates', 'verify', 'verify-search'].map(name => removeAll(join(runDir, name))))
  const tasks = join(runDir, 'tasks')
  for (const id of await namesIn(tasks)) {
    const kept = (await namesIn(join(tasks, id))).includes('work.bundle')
    if (all || !kept) await removeAll(join(tasks, id, 'workspace'))
  }
}

// A post step that fails would paint a finished run red.
post().catch((error: unknown) => core.warning(`Fanout's post step: ${String(error)}`))
