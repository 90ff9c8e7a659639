/** A candidate that cannot land as it is, handed to the `remediate` command in a workspace at the present tip. */
import { join } from 'node:path'
import { handoffPrompt } from '../decide/handoff.ts'
import type { WorkResult } from '../decide/happened.ts'
import { isoTime } from '../decide/identity.ts'
import type { Handoff, RemediateStep, Task } from '../decide/task.ts'
import { tail } from '../decide/text.ts'
import type { Conflicted } from '../world/merging.ts'
import { harvest } from './candidate.ts'
import { runUserCommand } from './command.ts'
import { writeTaskFiles } from './folder.ts'
import { part } from './follow-ups.ts'
import { failureOfWorker, takeWork } from './work.ts'
import { freshWorkspace, haltFailure, setUp, standsAt, workspaceOf } from './workspace.ts'
import type { World } from './world.ts'

export async function remediate(task: Task, step: RemediateStep, world: World): Promise<WorkResult> {
  const { settings, clock, files } = world
  const start = clock.now()
  const elapsed = (): number => (clock.now() - start) / 1000
  const handoffFile = join(world.places.tasks, task.id, `handoff-${step.attempt}.json`)
  const prompt = handoffPrompt(task, step.handoff, { branch: world.branch, paths: task.paths })
  const folder = await writeTaskFiles(
    task,
    { attempt: step.attempt, base: step.base, role: 'remediation', handoffFile, prompt },
    world,
  )
  const at = workspaceOf(task.id, world)
  const failed = (
    failure: Extract<WorkResult, { kind: 'failed' }>['failure'],
    exitCode: number | null,
    worker = 0,
  ): WorkResult => ({
    kind: 'failed',
    failure,
    kept: step.candidate,
    exitCode,
    seconds: { workspace: elapsed() - worker, worker },
  })
  let status: string
  let conflicted: readonly Conflicted[]
  try {
    await freshWorkspace(at, step.base, false, world)
    // Its follow-ups are no work of its own: they wait for the landing.
    const [own] = await part([step.candidate], world)
    const merged = await world.checkouts.startMerge(at, own!.commit)
    status = merged.status
    conflicted = merged.conflicted
  } catch (error) {
    const detail = world.mask(String(error))
    return failed(world.cancel.aborted ? haltFailure(world) : { code: 'workspace', detail }, null)
  }
  await files.writeJson(
    handoffFile,
    packet(task, step, step.handoff, status, folder.env.FANOUT_PROMPT_FILE!, world),
  )
  const timeoutMinutes = task.timeoutMinutes ?? settings.taskTimeoutMinutes
  const run = {
    name: `${task.id}-remediation`,
    scriptName: `remediation-${task.id}`,
    env: folder.env,
    logFile: folder.log,
    timeoutMinutes,
    signal: world.endWork,
  }
  const env = { ...folder.env, ...standsAt(step.base, [task.id]) }
  const failedSetup = await setUp(at, { ...run, env }, world)
  if (failedSetup) return failed(failedSetup.failure, null)
  const workspace = elapsed()
  const ended = await runUserCommand(
    {
      ...run,
      script: settings.remediate ?? '',
      cwd: at.dir,
      env: { ...task.env, ...folder.env },
      stdin: prompt,
      append: settings.setup !== null,
      idleMinutes: settings.idleTimeoutMinutes,
    },
    world,
  )
  const failure = failureOfWorker(ended, timeoutMinutes, settings.idleTimeoutMinutes, world)
  if (failure)
    return failed(ended.reason === 'abort' ? haltFailure(world) : failure, ended.exitCode, ended.seconds)
  const left = await world.checkouts.unresolved(at, conflicted, world.store.dir)
  if (left.length > 0) return failed({ code: 'conflict', files: left }, ended.exitCode, ended.seconds)
  const result = { exitCode: ended.exitCode, seconds: { workspace, worker: ended.seconds } }
  const harvested = await takeWork(
    task,
    at,
    () => harvest(task, at, step.base, 'remediation', world, step.candidate),
    world,
  )
  if (harvested.problem) return { ...failed(harvested.problem, ended.exitCode), seconds: result.seconds }
  if (harvested.kind === 'unchanged') return { ...result, kind: 'unchanged' }
  return { ...result, diffstat: harvested.diffstat, kind: 'candidate', candidate: harvested.candidate }
}

/** `handoff-<n>.json` (SPEC section 8). */
function packet(
  task: Task,
  step: RemediateStep,
  handoff: Handoff,
  status: string,
  promptFile: string,
  world: World,
): Record<string, unknown> {
  const { settings, clock, branch, mask } = world
  return {
    version: 1,
    kind: handoff.kind,
    task_id: task.id,
    title: task.title,
    branch,
    tip_sha: step.base,
    candidate_sha: step.candidate.commit,
    attempt: step.attempt,
    max_attempts: settings.maxRemediations,
    conflict_files: handoff.kind === 'conflict' ? handoff.files : [],
    git_status: tail(world.mask(status)),
    ci:
      handoff.kind === 'gate'
        ? {
            command: mask(settings.gate ?? ''),
            exit_code: handoff.gate.exitCode,
            output_tail: handoff.gate.outputTail,
          }
        : null,
    prompt_file: promptFile,
    generated_at: isoTime(clock.now()),
  }
}
