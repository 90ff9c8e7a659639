/** A task's folder in the run directory: what its worker is told, and where what it leaves is found. */
import { join } from 'node:path'
import { FOLLOW_UPS_FILE } from '../decide/follow-ups.ts'
import { isoTime } from '../decide/identity.ts'
import type { Sha, Task } from '../decide/task.ts'
import { messageFileOf } from './candidate.ts'
import { workspaceOf } from './workspace.ts'
import type { World } from './world.ts'

export interface TaskFiles {
  readonly dir: string
  readonly log: string
  /** The `FANOUT_*` variables of this worker. */
  readonly env: Readonly<Record<string, string>>
}

export interface Attempt {
  readonly attempt: number
  readonly base: Sha
  /** `worker`, or `remediation`: names the log and the script. */
  readonly role?: 'worker' | 'remediation'
  readonly handoffFile?: string
  /** Replaces the task's prompt in the prompt file. */
  readonly prompt?: string
}

/** Writes prompt and manifest; the log of an earlier attempt is kept beside the new one. */
export async function writeTaskFiles(task: Task, attempt: Attempt, world: World): Promise<TaskFiles> {
  const { files, places, key, branch, clock } = world
  const dir = join(places.tasks, task.id)
  const role = attempt.role ?? 'worker'
  const artifacts = join(dir, 'artifacts')
  const promptFile = join(dir, 'prompt.md')
  const manifestFile = join(dir, 'manifest.json')
  const log = join(dir, `${role}.log`)
  const messageFile = messageFileOf(task, world)
  // An earlier attempt may have left anything there.
  if (!(await files.isFolder(artifacts))) await files.removeAll(artifacts)
  await files.makeFolder(artifacts)
  await files.removeAll(messageFile)
  const followUps = FOLLOW_UPS_FILE.replace('.', `-before-${role}-${attempt.attempt}.`)
  await files.moveIfThere(join(artifacts, FOLLOW_UPS_FILE), join(artifacts, followUps))
  if (attempt.attempt > 1) await files.moveIfThere(log, join(dir, `${role}-${attempt.attempt - 1}.log`))
  await files.writeAtomic(promptFile, attempt.prompt ?? task.prompt ?? '')
  await files.writeJson(manifestFile, {
    version: 1,
    task_id: task.id,
    title: task.title,
    attempt: attempt.attempt,
    branch,
    base_sha: attempt.base,
    paths: task.paths,
    workspace: workspaceOf(task.id, world).dir,
    prompt_file: promptFile,
    artifacts_dir: artifacts,
    log_file: log,
    run_key: key,
    created_at: isoTime(clock.now()),
  })
  return {
    dir,
    log,
    env: {
      FANOUT_TASK_ID: task.id,
      FANOUT_TASK_TITLE: task.title,
      FANOUT_BASE_SHA: attempt.base,
      FANOUT_ATTEMPT: String(attempt.attempt),
      FANOUT_PROMPT_FILE: promptFile,
      FANOUT_MANIFEST: manifestFile,
      FANOUT_MESSAGE_FILE: messageFile,
      FANOUT_ARTIFACTS: artifacts,
      ...(attempt.handoffFile === undefined ? {} : { FANOUT_HANDOFF: attempt.handoffFile }),
    },
  }
}
