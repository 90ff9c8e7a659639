/** Cold start of the bundles against the smallest action there can be, bundled by the same tool. */
import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { CLI } from './bed.ts'
import { type Row, sideBySide, timeCommand } from './measure.ts'

const ROOT = join(import.meta.dirname, '..')
const ACTION = join(ROOT, 'dist', 'main', 'index.js')
const NCC = join(ROOT, 'node_modules', '@vercel', 'ncc', 'dist', 'ncc', 'cli.js')
const ROUNDS = 15
const HELLO = "import * as core from '@actions/core'\ncore.info(`Hello, ${core.getInput('who')}`)\n"

export async function coldStart(): Promise<readonly Row[]> {
  const folder = await mkdtemp(join(tmpdir(), 'fanout-bench-'))
  // Where node_modules is found from.
  const source = join(ROOT, 'build', 'bench-hello.js')
  try {
    await mkdir(join(ROOT, 'build'), { recursive: true })
    await writeFile(source, HELLO)
    await promisify(execFile)(process.execPath, [
      NCC,
      'build',
      source,
      '--out',
      folder,
      '--no-cache',
      '--quiet',
    ])
    const start = (args: readonly string[], inputs: NodeJS.ProcessEnv = {}, expect = 0): Promise<number> => {
      const env = { PATH: process.env.PATH, HOME: process.env.HOME, ...inputs }
      return timeCommand(process.execPath, args, { cwd: folder, env, expect })
    }
    const times = await sideBySide(ROUNDS, {
      node: () => start(['-e', '0']),
      hello: () => start([join(folder, 'index.js')], { INPUT_WHO: 'world' }),
      help: () => start([CLI, '--help']),
      wrong: () => start([ACTION], { INPUT_TASKS: 'x', INPUT_WORKERS: 'many' }, 1),
    })
    const against = 'a hello-world action'
    const ours = (name: string, value: number): Row => ({
      ...{ name, value, unit: 'ms', ratio: value / times.hello, against },
    })
    return [
      { name: 'node that does nothing', value: times.node, unit: 'ms' },
      { name: against, value: times.hello, unit: 'ms' },
      ours('fanout --help', times.help),
      ours('the action with a wrong input', times.wrong),
      { name: `more than ${against}`, value: times.wrong - times.hello, unit: 'ms', goal: 60 },
    ]
  } finally {
    await rm(folder, { recursive: true })
    await rm(source, { force: true })
  }
}
