/** The action's step: inputs from the runner, outputs, summary and annotations to it. */
import { join } from 'node:path'
import * as core from '@actions/core'
import { annotationsOf } from './action/annotations.ts'
import { inputsFrom } from './action/inputs.ts'
import { outputsOf } from './action/outputs.ts'
import { artifactNames } from './decide/artifact-name.ts'
import { exitCodeOf } from './decide/conclusion.ts'
import { harmless, splitLines } from './decide/text.ts'
import { publish } from './publish.ts'
import type { Started } from './run-request.ts'
import { start } from './start.ts'
import { canUpload, downloadRun, type Uploaded, uploadRun } from './world/artifacts.ts'
import { rememberCommandFiles } from './world/command-files.ts'
import { createHalts } from './world/halt.ts'
import type { Log } from './world/log.ts'
import { followBranch } from './world/repository.ts'

const log: Log = {
  line: text => process.stdout.write(`${harmless(text)}\n`),
  warning: (title, text) => core.warning(text, { title }),
  notice: (title, text) => core.notice(text, { title }),
  fold: (title, lines) => {
    core.startGroup(harmless(title))
    for (const line of lines) process.stdout.write(`${harmless(line, '| ')}\n`)
    core.endGroup()
  },
  debug: text => core.debug(text),
}

async function main(): Promise<number> {
  const inputs = inputsFrom(process.env)
  if (inputs.token) {
    core.setSecret(inputs.token)
    core.setSecret(Buffer.from(`x-access-token:${inputs.token}`).toString('base64'))
  }
  using halts = createHalts()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      // The first asks for an orderly end, the second gets an immediate one.
      if (halts.cancel.aborted) process.exit(130)
      halts.interrupt()
    })
  }
  let remembered = Promise.resolve(async (): Promise<void> => {})
  const started = await start({
    inputs,
    env: process.env,
    cwd: process.env.GITHUB_WORKSPACE || process.cwd(),
    log,
    halts,
    download: canUpload(process.env) ? downloadRun : null,
    onRunDirectory: (dir, _key, settings) => {
      core.saveState('run-directory', dir)
      core.saveState('keep-workspaces', settings.keepWorkspaces)
      core.setOutput('run-directory', dir)
      remembered = rememberCommandFiles(process.env)
    },
  })
  // The workers have ended: what any of them wrote there goes.
  await (await remembered)()
  if (started.kind === 'refused') {
    for (const line of started.lines) core.error(line)
    if (!started.begun) core.info('Nothing was started.')
    core.setOutput('conclusion', 'failure')
    return 1
  }
  return conclude(started, halts.cancel)
}

async function conclude(ran: Extract<Started, { kind: 'ran' }>, cancel: AbortSignal): Promise<number> {
  const { report, settings, runDirectory, mask, repositoryUrl } = ran
  const { summary } = report
  await follow(ran)
  const first = await publish(summary, { runDirectory, repositoryUrl, mask })
  const uploaded = await upload(ran, cancel)
  const published = uploaded.url
    ? await publish(summary, { runDirectory, repositoryUrl, mask, artifactUrl: uploaded.url })
    : first
  for (const task of summary.tasks) {
    const text = published.tails[task.id]
    if (settings.log === 'failures' && text) log.fold(`${task.id}: the end of its log`, splitLines(text))
  }
  if (settings.log === 'failures' && published.verifyTail)
    log.fold('verification: the end of its log', splitLines(published.verifyTail))
  const outputs = outputsOf(summary, {
    runDirectory,
    summaryFile: join(runDirectory, 'summary.json'),
    reportFile: published.reportFile,
    artifactId: uploaded.id,
    artifactUrl: uploaded.url,
  })
  for (const [name, value] of Object.entries(outputs)) core.setOutput(name, mask(value))
  if (process.env.GITHUB_STEP_SUMMARY) await core.summary.addRaw(published.markdown, true).write()
  const annotate = { error: core.error, warning: core.warning, notice: core.notice }
  for (const { level, title, message } of annotationsOf(summary)) {
    annotate[level](mask(message), { title: mask(title) })
  }
  return exitCodeOf(summary, settings.failOn)
}

/** Later steps of the job find what landed in their checkout, where that is safe. */
async function follow({
  report,
  settings,
  runDirectory,
  mask,
}: Extract<Started, { kind: 'ran' }>): Promise<void> {
  const { counts, run } = report.summary
  if (counts.landed + counts.reverted === 0 || settings.dryRun || report.state.halt === 'signal') return
  const checkout = process.env.GITHUB_WORKSPACE || process.cwd()
  const why = await followBranch(checkout, run.branch, join(runDirectory, 'store.git'))
  if (why !== null) {
    log.notice(
      'checkout',
      `The checkout was not moved to what landed on ${run.branch}: ${mask(why)}. Later steps see it as it was.`,
    )
  }
}

/** Left to the post step where the run is cancelled: the runner waits seconds for this one, and minutes for that. */
async function upload(
  { settings, runDirectory, mask, report }: Extract<Started, { kind: 'ran' }>,
  cancel: AbortSignal,
): Promise<Uploaded> {
  const { env } = process
  const nothing: Uploaded = { id: null, url: null }
  if (!settings.upload || !canUpload(env) || cancel.aborted) return nothing
  try {
    const uploaded = await uploadRun(runDirectory, {
      names: artifactNames(settings.artifactName, report.summary.run.key),
      retentionDays: settings.retentionDays,
      mask,
      serverUrl: env.GITHUB_SERVER_URL || 'https://github.com',
      repository: env.GITHUB_REPOSITORY ?? '',
      runId: env.GITHUB_RUN_ID ?? '',
      signal: cancel,
    })
    core.saveState('uploaded', 'true')
    return uploaded
  } catch (error) {
    log.warning('artifact', `The run directory could not be uploaded: ${mask(String(error))}`)
    return nothing
  }
}

main().then(
  code => {
    process.exitCode = code
    // A request to the artifact service that was given up may go on trying for minutes: nobody waits for it.
    process.stdout.write('', () => process.exit())
  },
  (error: unknown) => {
    const stack = error instanceof Error ? error.stack : String(error)
    core.error(`Fanout failed through a fault of its own. Please report it with this text:\n${stack}`)
    process.exitCode = 1
  },
)
