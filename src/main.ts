/** The action's step: inputs from the runner, outputs, summary and annotations to it. */
import { join } from 'node:path'
import * as core from '@actions/core'
import { annotationsOf } from './action/annotations.ts'
import { foldsOf } from './action/folds.ts'
import { inputsFrom } from './action/inputs.ts'
import { outputsOf } from './action/outputs.ts'
import { refusalMarkdown } from './action/summary.ts'
import { headline } from './action/wording.ts'
import { artifactNames } from './decide/artifact-name.ts'
import { exitCodeOf } from './decide/conclusion.ts'
import { runnerMasks } from './decide/secrets.ts'
import { harmless } from './decide/text.ts'
import { publish } from './publish.ts'
import type { Started } from './run-request.ts'
import { start } from './start.ts'
import { namesService, type Uploaded, uploadRun } from './world/artifacts.ts'
import { leftAlone, rememberCommandFiles } from './world/command-files.ts'
import { type ArtifactSources, downloadEarlier } from './world/earlier-artifacts.ts'
import { createHalts } from './world/halt.ts'
import type { Log } from './world/log.ts'
import { followBranch } from './world/repository.ts'
import { openStepSummary, type StepSummary } from './world/step-summary.ts'

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

/** The toolkit opens whatever the runner names: a pipe would keep it for ever. */
function setOutput(name: string, value: string): void {
  if (!leftAlone(process.env).includes('GITHUB_OUTPUT')) core.setOutput(name, value)
}

function saveState(name: string, value: string): void {
  if (!leftAlone(process.env).includes('GITHUB_STATE')) core.saveState(name, value)
}

async function main(): Promise<number> {
  const inputs = inputsFrom(process.env)
  for (const text of runnerMasks(inputs.token ?? '')) core.setSecret(text)
  using halts = createHalts()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      // The first asks for an orderly end, the second gets an immediate one.
      if (halts.cancel.aborted) process.exit(130)
      halts.interrupt()
    })
  }
  const stepSummary = openStepSummary(process.env)
  const unusual = leftAlone(process.env)
  if (unusual.length > 0) log.debug(`No regular file, so nothing is written there: ${unusual.join(', ')}`)
  let restore = async (): Promise<void> => {}
  const running = start({
    inputs,
    env: process.env,
    cwd: process.env.GITHUB_WORKSPACE || process.cwd(),
    log,
    halts,
    download: (wanted, signal) => downloadEarlier(wanted, artifactSources(inputs.token ?? ''), signal),
    stepSummary,
    onRunDirectory: (dir, _key, settings) => {
      saveState('run-directory', dir)
      saveState('keep-workspaces', settings.keepWorkspaces)
      setOutput('run-directory', dir)
      restore = rememberCommandFiles(process.env)
    },
  })
  // The workers have ended, however that came: what any of them wrote there goes.
  const started = await running.finally(() => restore())
  if (started.kind === 'refused') {
    for (const line of started.lines) core.error(line)
    if (!started.begun) core.info('Nothing was started.')
    setOutput('conclusion', 'failure')
    // What was begun has told where it stands already.
    if (!started.begun) await writeSummary(refusalMarkdown(started.lines), stepSummary)
    return 1
  }
  return conclude(started, stepSummary, halts.cancel)
}

/** Where an earlier attempt of this workflow run may have left its artifact. */
function artifactSources(token: string): ArtifactSources {
  const { env } = process
  const [owner = '', repo = ''] = (env.GITHUB_REPOSITORY ?? '').split('/')
  const run = Number(env.GITHUB_RUN_ID)
  const isKnown = token !== '' && owner !== '' && repo !== '' && Number.isSafeInteger(run)
  const api = { workflowRunId: run, repositoryOwner: owner, repositoryName: repo, token }
  return { own: namesService(env), api: isKnown ? api : null }
}

async function conclude(
  ran: Extract<Started, { kind: 'ran' }>,
  stepSummary: StepSummary | null,
  cancel: AbortSignal,
): Promise<number> {
  const { report, events, settings, runDirectory, mask, repositoryUrl } = ran
  const { summary } = report
  await follow(ran)
  const where = { runDirectory, repositoryUrl, mask, events }
  const first = await publish(summary, where)
  if (first.unwritten !== null)
    log.warning('report', `summary.md and report.html could not be written: ${first.unwritten}`)
  // Before the upload: that may take long, and the job may be killed meanwhile.
  await writeSummary(first.markdown, stepSummary)
  const uploaded = await upload(ran, cancel)
  const published = uploaded.url ? await publish(summary, { ...where, artifactUrl: uploaded.url }) : first
  if (published !== first) await writeSummary(published.markdown, stepSummary)
  log.line(mask(headline(summary)))
  // The other outputs were asked not to be here, or are here already.
  const shown = settings.log === 'failures' ? published : { tails: new Map<string, string>(), verifyTail: '' }
  for (const { title, lines } of foldsOf(summary, shown.tails, shown.verifyTail)) {
    log.fold(mask(title), lines.map(mask))
  }
  const outputs = outputsOf(summary, {
    runDirectory,
    summaryFile: join(runDirectory, 'summary.json'),
    reportFile: published.reportFile,
    artifactId: uploaded.id,
    artifactUrl: uploaded.url,
  })
  // Ids, numbers and places: nothing in them comes from a worker.
  for (const [name, value] of Object.entries(outputs)) setOutput(name, value)
  const annotate = { error: core.error, warning: core.warning, notice: core.notice }
  for (const { level, title, message } of annotationsOf(summary)) {
    annotate[level](mask(message), { title: mask(title) })
  }
  return exitCodeOf(summary, settings.failOn)
}

/** What cannot be shown is in the run directory all the same. */
async function writeSummary(markdown: string, stepSummary: StepSummary | null): Promise<void> {
  try {
    await stepSummary?.write(markdown)
  } catch (error) {
    log.notice('summary', `The job summary could not be written: ${String(error)}`)
  }
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
  if (!settings.upload || !namesService(env) || cancel.aborted) return nothing
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
    saveState('uploaded', 'true')
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
