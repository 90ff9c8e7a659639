/** Mounts below a folder: found, ended, and never deleted through. What needs root is run as root or by sudo. */
import { getExecOutput } from '@actions/exec'
import { removeAll } from './files.ts'
import { depth, mountsBelow } from './mount-table.ts'
import { patiently } from './shortage.ts'

export { mountsBelow } from './mount-table.ts'

/** How this process comes to mount: it is root, or asks sudo, which must not want a password. */
export type Power = 'root' | 'sudo'

export function ownPower(): Power {
  return process.getuid?.() === 0 ? 'root' : 'sudo'
}

/** Runs a command with the rights of root; null: done, else why not. */
export async function asRoot(power: Power, command: readonly string[], cwd = '/'): Promise<string | null> {
  return runTool(power === 'root' ? command : ['sudo', '-n', ...command], cwd)
}

/** null: it exited with 0, else what it said. */
export async function runTool(command: readonly string[], cwd = '/'): Promise<string | null> {
  // By env: @actions/exec's own search prints a line for every folder of PATH that may not be read.
  const run = () =>
    getExecOutput('/usr/bin/env', [...command], {
      cwd,
      env: { PATH: process.env.PATH ?? '', LC_ALL: 'C' },
      silent: true,
      ignoreReturnCode: true,
    })
  const { exitCode, stdout, stderr } = await patiently(run, { words: said => said.stderr })
  if (exitCode === 0) return null
  return (stderr || stdout).trim() || `${command[0]} exited with ${exitCode}`
}

/** Unmounts the folder and all below it; what is still in use is detached. Rejects when something stays. */
export async function unmountBelow(folder: string, power: Power = ownPower()): Promise<void> {
  const mounts = await mountsBelow(folder)
  const problems: string[] = []
  for (const level of [...new Set(mounts.map(depth))]) {
    // Those of one depth do not hold one another, unless they lie on the same folder: one after the other there.
    const paths = new Set(mounts.filter(path => depth(path) === level))
    await Promise.all(
      [...paths].map(async path => {
        for (const _ of mounts.filter(mount => mount === path)) {
          const busy = await asRoot(power, ['umount', path])
          if (busy === null) continue
          const problem = await asRoot(power, ['umount', '-l', path])
          if (problem !== null) problems.push(problem)
        }
      }),
    )
  }
  if (problems.length > 0)
    throw new Error(`not all below ${folder} could be unmounted: ${problems.join('; ')}`)
}

/**
 * Removes a folder of ours: what is mounted in it is unmounted first, so that nothing behind a mount is deleted, and
 * what belongs to root there (a container's files, the kernel's own folder of an overlay) goes as well.
 */
export async function removeFolder(folder: string, power: Power = ownPower()): Promise<void> {
  await unmountBelow(folder, power)
  try {
    await removeAll(folder)
  } catch (error) {
    if (await asRoot(power, ['rm', '-rf', '--', folder])) throw error
  }
}
