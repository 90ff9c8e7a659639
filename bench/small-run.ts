/** A whole run of four trivial tasks on a small repository, from the start of the process to its end. */
import { execFileSync } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { median, type Row, timeCommand } from './measure.ts'

const CLI = join(import.meta.dirname, '..', 'dist', 'cli', 'index.js')
const ROUNDS = 7

export async function smallRun(): Promise<readonly Row[]> {
  const folder = await mkdtemp(join(tmpdir(), 'fanout-bench-'))
  const git = (cwd: string, ...args: string[]): void => {
    execFileSync('git', ['-c', 'user.name=b', '-c', 'user.email=b@example.invalid', ...args], {
      cwd,
      stdio: 'ignore',
    })
  }
  try {
    const checkout = join(folder, 'checkout')
    git(folder, 'init', '--bare', '--initial-branch=main', 'remote.git')
    git(folder, 'clone', 'remote.git', 'checkout')
    git(checkout, 'checkout', '-B', 'main')
    for (let i = 0; i < 20; i++) await writeFile(join(checkout, `file-${i}.txt`), `${i}\n`)
    git(checkout, 'add', '--all')
    git(checkout, 'commit', '--message', 'start')
    git(checkout, 'push', 'origin', 'main')
    const tasks = join(folder, 'tasks.yml')
    const times: number[] = []
    for (let round = 0; round < ROUNDS; round++) {
      await writeFile(
        tasks,
        [0, 1, 2, 3].map(i => `- id: t${i}\n  run: echo ${round} > t${i}.txt\n`).join(''),
      )
      const { GITHUB_RUN_ID: _, ...env } = process.env
      const args = [CLI, 'run', '--tasks', tasks, '--gate', 'true', '--workspace-root', join(folder, 'runs')]
      times.push(await timeCommand(process.execPath, args, { cwd: checkout, env }))
    }
    return [
      { name: 'a run of 4 trivial tasks with a gate', value: median(times) / 1000, unit: 's', goal: 2.5 },
    ]
  } finally {
    await rm(folder, { recursive: true })
  }
}
