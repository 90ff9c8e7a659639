import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { hermeticEnv } from './exec.ts'

/** A process that goes on until it is told to stop; it and what it has started end with the test. */
export function startUntilStopped(
  command: string,
  args: readonly string[],
): AsyncDisposable & { stop(): Promise<void> } {
  const child = spawn(command, args, { env: hermeticEnv(), stdio: 'ignore', detached: true })
  const ended = once(child, 'close')
  const stop = async (): Promise<void> => {
    try {
      process.kill(-child.pid!, 'SIGKILL')
    } catch {
      // It has ended by itself.
    }
    await ended
  }
  return { stop, [Symbol.asyncDispose]: stop }
}
