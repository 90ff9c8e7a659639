/** A machine that is short of processes: the run waits for one, and nobody is blamed. */
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { attempt, counting, landedOn, startsIn } from '../rig/counted.ts'
import { run } from '../rig/exec.ts'
import { outcomes, type Site, startSite, tasks } from '../rig/fanout.ts'

/** A `git` that fails with these words at each command's first call; the folder then holds the commands' names. */
async function shortGit(site: Site, words: string): Promise<{ readonly PATH: string }> {
  const real = (await run('bash', ['-c', 'command -v git'])).stdout.trim()
  const [bin, seen] = [join(site.job.temp, 'bin'), join(site.job.temp, 'seen')]
  for (const folder of [bin, seen]) await mkdir(folder)
  const script = [
    '#!/bin/bash',
    'for each; do case "$each" in -c | *=* | --version) ;; *) break ;; esac; done',
    `if mkdir "${seen}/$each" 2> /dev/null; then echo "${words}" >&2; exit 128; fi`,
    `exec ${real} "$@"`,
  ]
  await writeFile(join(bin, 'git'), `${script.join('\n')}\n`, { mode: 0o755 })
  return { PATH: `${bin}:${process.env.PATH}` }
}

it.each([
  'error: cannot fork() for git-remote-https: Resource temporarily unavailable',
  'fatal: unable to create thread: Resource temporarily unavailable',
  'error: cannot create standard input pipe for pack-objects: Too many open files',
])('what git could not do for that runs again: %s', async words => {
  await using site = await startSite({ via: 'file' })
  const starts = join(site.job.temp, 'starts')
  const env = { ...attempt(1), ...(await shortGit(site, words)), STARTS: starts }
  const ran = await site.cli({ tasks: tasks(counting('a'), counting('b', 'exit 3')), gate: 'true' }, env)
  const { summary } = await ran.directory()
  expect(outcomes(summary), ran.stdout).toEqual({ a: 'landed', b: 'failed (worker-exit)' })
  expect(await landedOn(site)).toEqual(['a'])
  expect((await startsIn(starts)).sort()).toEqual(['a', 'b'])
  const told = ran.stdout.split('\n').filter(line => line.includes('has no process or open file to spare'))
  expect(told, ran.stdout).toHaveLength(1)
  expect(told[0]).toContain(words)
})
