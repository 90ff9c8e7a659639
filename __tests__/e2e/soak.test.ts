/** Many tasks on a disk that fills and empties again, and a process that is killed while it keeps work: none is lost. */
import { mkdir, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { killWithFamily } from '../rig/chaos.ts'
import { run } from '../rig/exec.ts'
import { type Site, startSite, tasks } from '../rig/fanout.ts'
import { chanceOf } from '../rig/model/chance.ts'
import { startUntilStopped } from '../rig/soak.ts'

const isRoot = process.getuid?.() === 0
/** More for a long watch. */
const TASKS = Number(process.env.FANOUT_SOAK_TASKS ?? 30)
const KILLS = Number(process.env.FANOUT_SOAK_KILLS ?? 6)
const SEED = Number(process.env.FANOUT_SOAK_SEED ?? 20_261_201)
const RUN = { GITHUB_RUN_ID: '77', GITHUB_RUN_ATTEMPT: '1' }

/** The tasks whose work is neither on the branch nor kept whole. */
async function lost(site: Site, root: string, ids: readonly string[], file: string): Promise<string[]> {
  const landed = new Set(Object.keys(await site.remote.files()))
  const missing: string[] = []
  for (const id of ids) {
    if (landed.has(`${id}.bin`)) continue
    const dir = join(root, '77-1/tasks', id)
    const names = await readdir(dir).catch(() => [])
    const bundle = await run('git', ['bundle', 'verify', join(dir, file)], { cwd: site.clone.path })
    const isThere = names.some(name => name.startsWith('workspace')) || bundle.code === 0
    if (!isThere) missing.push(id)
  }
  return missing
}

test.runIf(isRoot)(
  `${TASKS} tasks on a disk that fills and empties again: none is lost`,
  async () => {
    await using site = await startSite({ via: 'file' })
    const root = join(site.job.temp, 'small')
    await mkdir(root)
    const mounted = await run('mount', ['-t', 'tmpfs', '-o', 'size=160m', 'tmpfs', root])
    expect(mounted.stderr).toBe('')
    const ids = Array.from({ length: TASKS }, (_, i) => `t${i}`)
    // A worker writes until there is room, as one that retries its model's answer does.
    const script = 'until head -c 300 /dev/urandom > $FANOUT_TASK_ID.bin 2> /dev/null; do sleep 0.05; done'
    const inputs = {
      tasks: tasks(...ids.map(id => ({ id, run: script }))),
      workers: '4',
      gate: 'true',
      'verify-when': 'never',
      'workspace-root': root,
    }
    try {
      await using filler = startUntilStopped('bash', [
        '-c',
        `while :; do dd if=/dev/zero of='${root}/fill' bs=64k 2> /dev/null; sleep 0.7; rm -f '${root}/fill'; sleep 0.9; done`,
      ])
      let full = 0
      for (let attempt = 1; attempt <= 20; attempt++) {
        const ran = await site.cli(inputs, RUN)
        full += ran.stdout.split('is full').length + ran.stderr.split('is full').length - 2
        // A disk that was full for too long ends the run; with room again it goes on.
        if (
          await ran.directory().then(
            () => true,
            () => false,
          )
        )
          break
      }
      await filler.stop()
      console.log(`${TASKS} tasks, the disk seen full ${full} times`)
      expect(full).toBeGreaterThan(0)
      await rm(join(root, 'fill'), { force: true })
      expect(await lost(site, root, ids, 'work.bundle')).toEqual([])
    } finally {
      await run('umount', ['--lazy', root])
    }
  },
  3_600_000,
)

test(`killed ${KILLS} times while it writes bundles: each that is called kept is whole, and nothing is lost`, async () => {
  const chance = chanceOf(SEED)
  await using site = await startSite({ via: 'file' })
  const ids = Array.from({ length: 4 }, (_, i) => `t${i}`)
  const inputs = {
    // The gate refuses all of them: what each has changed becomes a bundle of some megabytes.
    tasks: tasks(...ids.map(id => ({ id, run: `head -c 3000000 /dev/urandom > ${id}.bin` }))),
    workers: '4',
    gate: 'test -z "$(ls | grep bin)"',
    'gate-retries': '0',
    'verify-when': 'never',
  }
  for (let kill = 0; kill < KILLS; kill++) {
    await rm(site.root, { recursive: true, force: true })
    const cli = site.startCli(inputs, RUN)
    await bundleBegun(join(site.root, '77-1/tasks'), chance.below(40), cli.done)
    await killWithFamily(cli.child.pid!, site.root)
    await cli.done
    const last = await site.cli(inputs, RUN)
    const { summary } = await last.directory()
    for (const task of summary.tasks) {
      expect(task.outcome, last.stdout).toBe('failed')
      expect(task.files).toContain(`tasks/${task.id}/work.bundle`)
    }
    expect(await lost(site, site.root, ids, 'work.bundle')).toEqual([])
    expect(Object.keys(await site.remote.files())).toEqual(['README.md'])
  }
}, 3_600_000)

/** Until a bundle or its lock is there, and then a little longer. */
async function bundleBegun(tasksDir: string, looks: number, done: Promise<unknown>): Promise<void> {
  let over = false
  void done.then(() => {
    over = true
  })
  for (let after = 0; after <= looks && !over; ) {
    const names = await readdir(tasksDir, { recursive: true }).catch(() => [])
    if (names.some(name => /work\.(bundle|patch)/.test(name) && !name.includes('workspace'))) after++
    await new Promise(resolve => setImmediate(resolve))
  }
}
