/** Commands of the user (worker, setup, gate, verification) under the worker's contract (SPEC section 5). */
import { dirname, join } from 'node:path'
import { isFullDisk } from '../decide/disk.ts'
import { childEnvironment } from '../decide/environment.ts'
import { harmless } from '../decide/text.ts'
import type { Ended } from '../world/process.ts'
import type { World } from './world.ts'

export interface UserCommand {
  /** Names its lines in the log: a task's id, `gate-1`, `verify`. */
  readonly name: string
  /** Names the script file. No two of a run are the same, whatever its tasks are called. */
  readonly scriptName: string
  readonly script: string
  readonly cwd: string
  readonly env: Readonly<Record<string, string>>
  readonly stdin?: string
  /** null: what it prints is neither kept nor shown. */
  readonly logFile: string | null
  readonly append?: boolean
  readonly timeoutMinutes: number
  readonly idleMinutes?: number
  readonly signal: AbortSignal
}

const GRACE_MS = 5000

export async function runUserCommand(command: UserCommand, world: World): Promise<Ended> {
  // Of a task whose worker did not run in this run there is no folder yet.
  const { logFile } = command
  const start = async (): Promise<Ended> => {
    if (logFile !== null) await world.files.makeFolder(dirname(logFile))
    const ended = await runOnce(command, world)
    // It never ran, for want of room for its script or its log.
    if (ended.reason === 'spawn' && isFullDisk(new Error(ended.detail))) throw new NoRoom(ended)
    return ended
  }
  try {
    return await world.patience(`The command of ${command.name}`, start, command.signal)
  } catch (error) {
    if (error instanceof NoRoom) return error.ended
    throw error
  }
}

class NoRoom extends Error {
  readonly ended: Ended

  constructor(ended: Ended) {
    super(ended.detail)
    this.ended = ended
  }
}

function runOnce(command: UserCommand, world: World): Promise<Ended> {
  const { settings, log, mask } = world
  return world.processes.runCommand({
    script: command.script,
    scriptFile: join(world.places.internal, `${command.scriptName}.sh`),
    cwd: command.cwd,
    env: childEnvironment(
      world.env,
      { FANOUT: '1', FANOUT_BRANCH: world.branch, FANOUT_RUN_KEY: world.key, ...command.env },
      world.secrets,
    ),
    stdin: command.stdin ?? '',
    logFile: command.logFile,
    append: command.append ?? false,
    timeoutMs: command.timeoutMinutes * 60_000,
    idleMs: command.idleMinutes ? command.idleMinutes * 60_000 : null,
    signal: command.signal,
    graceMs: GRACE_MS,
    ...(settings.log === 'all' && command.logFile !== null
      ? { onLine: (line: string) => log.line(harmless(mask(line), `[${command.name}] `)) }
      : {}),
  })
}
