/** Cold start of the bundles against a node process that does nothing but load @actions/core. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Row, sideBySide, timeCommand } from './measure.ts'

const ROOT = join(import.meta.dirname, '..')

export async function coldStart(): Promise<readonly Row[]> {
  const folder = await mkdtemp(join(tmpdir(), 'fanout-bench-'))
  try {
    // From node_modules, as an action without a bundle would load it.
    const bare = join(ROOT, 'build', 'bench-core.js')
    await writeFile(bare, "import * as core from '@actions/core'\ncore.debug('hello')\n")
    const env = { PATH: process.env.PATH, HOME: process.env.HOME }
    const times = await sideBySide(15, {
      node: () => timeCommand(process.execPath, ['-e', '0'], { env, cwd: folder }),
      core: () => timeCommand(process.execPath, [bare], { env, cwd: folder }),
      help: () =>
        timeCommand(process.execPath, [join(ROOT, 'dist', 'cli', 'index.js'), '--help'], {
          env,
          cwd: folder,
        }),
      wrong: () =>
        timeCommand(process.execPath, [join(ROOT, 'dist', 'main', 'index.js')], {
          env: { ...env, INPUT_TASKS: 'x', INPUT_WORKERS: 'many' },
          cwd: folder,
          expect: 1,
        }),
    })
    await rm(bare)
    const ms = (name: string, value: number): Row => ({ name, value, unit: 'ms' })
    const against = 'node that loads @actions/core'
    return [
      ms('node that does nothing', times.node),
      ms(against, times.core),
      { ...ms('fanout --help', times.help), ratio: times.help / times.core, against, goal: 2 },
      {
        ...ms('the action with a wrong input', times.wrong),
        ratio: times.wrong / times.core,
        against,
        goal: 2,
      },
    ]
  } finally {
    await rm(folder, { recursive: true })
  }
}
