/** Every process of ours starts here: where the machine has none to spare, that is waited for. */
import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process'
import type { Readable, Writable } from 'node:stream'
import { patiently } from './shortage.ts'

/** It has started. */
export type Running = ChildProcess & { readonly pid: number }
/** With pipes, as node starts one unless told otherwise. */
export type Piped = Running & {
  readonly stdin: Writable
  readonly stdout: Readable
  readonly stderr: Readable
}

/** Resolves in time to hear all that it says. Rejects with node's own error where it cannot be started. */
export async function startProcess<P extends Running = Piped>(
  file: string,
  args: readonly string[],
  options: SpawnOptions = {},
  signal?: AbortSignal,
  /** Done around the very start. */
  around: <T>(start: () => T) => T = start => start(),
): Promise<P> {
  return (await patiently(() => startOnce(file, args, options, around), { signal })) as P
}

async function startOnce(
  file: string,
  args: readonly string[],
  options: SpawnOptions,
  around: <T>(start: () => T) => T,
): Promise<ChildProcess> {
  const child = around(() => spawn(file, args, options))
  // Where there are no descriptors left, it has no streams either.
  if (child.pid === undefined) throw await new Promise<Error>(resolve => child.once('error', resolve))
  // A signal that cannot be sent and the like: its end is told all the same.
  child.on('error', () => {})
  return child
}

/** Runs a tool to its end; what it says. Rejects where it cannot be started. */
export async function runToEnd(
  file: string,
  args: readonly string[],
): Promise<{ readonly exitCode: number; readonly stdout: string; readonly stderr: string }> {
  return patiently(
    async () => {
      const child = await startProcess(file, args, { stdio: ['ignore', 'pipe', 'pipe'] })
      const stdout: Buffer[] = []
      const stderr: Buffer[] = []
      child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk))
      child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk))
      const exitCode = await new Promise<number>(resolve => child.on('close', code => resolve(code ?? 128)))
      return { exitCode, stdout: Buffer.concat(stdout).toString(), stderr: Buffer.concat(stderr).toString() }
    },
    { words: ({ stderr }) => stderr },
  )
}
