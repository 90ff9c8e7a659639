/** What the command is asked, and what it says of everything that is wrong with it. */
import { readdir, readFile, realpath, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { INPUTS } from '../../src/action/inputs.ts'
import { COMMAND_NAMES } from '../../src/cli/command-table.ts'
import { run } from '../rig/exec.ts'
import { PRODUCT, startCli, startSite, tasks } from '../rig/fanout.ts'

const FILE = { via: 'file' } as const

/** What else than node 24 this machine has on its PATH. */
async function olderNodes(): Promise<string[]> {
  const paths = (process.env.PATH ?? '').split(':').map(folder => join(folder, 'node'))
  const real = await Promise.all(paths.map(path => realpath(path).catch(() => null)))
  const nodes = [...new Set(real.filter(path => path !== null))]
  const versions = await Promise.all(nodes.map(async node => (await run(node, ['--version'])).stdout))
  return nodes.filter((_, i) => Number(/^v(\d+)/.exec(versions[i] ?? '')?.[1]) < 24)
}

describe('what it is asked', () => {
  test('--help asks nothing of the folder it is in; that of a command tells every input', async () => {
    for (const args of [['--help'], [], ['help'], ['-h']]) {
      const { code, stdout, stderr } = await startCli('/', args).done
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
      for (const name of COMMAND_NAMES) expect(stdout).toContain(`fanout ${name}`)
    }
    for (const args of [
      ['run', '--help'],
      ['run', '--tasks', 'x', '-h'],
      ['help', 'run'],
    ]) {
      const { code, stdout, stderr } = await startCli('/', args).done
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
      for (const { name } of INPUTS) expect(stdout).toContain(`--${name}`)
    }
  })

  test('--version is the one of package.json', async () => {
    const { version } = JSON.parse(await readFile(join(PRODUCT, 'package.json'), 'utf8'))
    expect(await startCli('/', ['--version']).done).toMatchObject({ code: 0, stdout: `${version}\n` })
  })

  test('everything that is wrong is told at once: arguments, inputs, tasks', async () => {
    await using site = await startSite(FILE)
    await writeFile(join(site.clone.path, 'tasks.yml'), '- {id: a, run: x, rum: 1}\n- {id: a, run: x}\n')
    const args = ['--taks', 'tasks.yml', '--worker', '0', 'more', '--gate', '--dry-run', 'yes', '--max-batch']
    for (const command of ['run', 'plan']) {
      const { code, stdout, stderr } = await startCli(site.clone.path, [command, ...args]).done
      expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
      expect(stderr.trim().split('\n')).toEqual([
        'error: --gate needs a value: write --gate <value>',
        'error: --max-batch needs a value: write --max-batch <value>',
        `error: unknown option --taks: fanout ${command} takes none of that name; did you mean --tasks?`,
        `error: unknown option --worker: fanout ${command} takes none of that name; did you mean --workers?`,
        `error: unexpected argument "more": fanout ${command} takes options only; fanout ${command} --help lists them`,
        `error: input 'workers': expected auto or a whole number from 1 to 256, got "0"`,
        `error: input 'dry-run': expected true or false, got "yes"`,
        "error: tasks.yml:1:19: unknown key 'rum' (did you mean 'run'?)",
        "error: tasks.yml:2:3: duplicate id 'a'",
      ])
    }
    const other = await startCli('/', ['land']).done
    expect(other).toMatchObject({ code: 1, stderr: expect.stringMatching(/^error: unknown command "land"/) })
    const near = await startCli('/', ['staus', 'x']).done
    expect(near.stderr).toContain('did you mean status?')
  })

  test('plan --json holds all of it as well', async () => {
    const { code, stdout } = await startCli('/', ['plan', '--json', '--workres', '0', '--tasks', '[{}]']).done
    expect(code).toBe(1)
    const { problems } = JSON.parse(stdout) as { problems: { file: string | null; message: string }[] }
    expect(problems.map(({ file, message }) => `${file} ${message.slice(0, 24)}`)).toEqual([
      'null unknown option --workres',
      "null input 'workers': expecte",
      expect.stringMatching(/^tasks /),
    ])
  })

  test('a list without tasks is nothing to do, and no mistake', async () => {
    await using site = await startSite(FILE)
    const before = await site.remote.refs()
    for (const list of ['[]', '{version: 1, tasks: []}']) {
      const ran = await site.cli({ tasks: list, gate: 'false', verify: 'false' })
      expect({ code: ran.code, stderr: ran.stderr }).toEqual({ code: 0, stderr: '' })
      expect(ran.stdout).toContain('No task to run')
      const { summary } = await ran.directory()
      expect(summary).toMatchObject({ conclusion: 'success', all_succeeded: false, counts: { total: 0 } })
      const planned = await startCli(site.clone.path, ['plan', '--tasks', list]).done
      expect(planned).toMatchObject({ code: 0, stdout: expect.stringMatching(/^0 of 0 tasks/) })
    }
    expect(await site.remote.refs()).toEqual(before)
    // A file without even a list was not finished.
    expect((await site.cli({ tasks: 'version: 1\ntasks:\n' })).stderr).toMatch(/expected a list of tasks/)
  })

  test('an older node is told what is needed, and nothing crashes', async () => {
    const script = 'Object.defineProperty(process.versions, "node", { value: "20.11.1" })'
    const old = `--import=data:text/javascript,${encodeURIComponent(script)}`
    const said = await startCli('/', ['--version'], { NODE_OPTIONS: old }).done
    expect(said).toMatchObject({ code: 1, stdout: '' })
    expect(said.stderr).toMatch(
      /^error: fanout needs node 24 or newer, and \/.*node is node 20\.11\.1: [^\n]*\n$/,
    )
    for (const node of await olderNodes()) {
      const { code, stdout, stderr } = await run(node, [
        join(PRODUCT, 'dist/cli/index.js'),
        'run',
        '--tasks',
        'x',
      ])
      expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
      expect(stderr).toMatch(/^error: fanout needs node 24 or newer, and .* is node \d+\.[^\n]*\n$/)
    }
  })

  test('outside a repository it says so and leaves', async () => {
    await using site = await startSite(FILE)
    const args = ['run', '--tasks', '[]', '--workspace-root', site.root]
    const { code, stderr } = await startCli(site.job.temp, args).done
    expect(code).toBe(1)
    expect(stderr).toMatch(/is not a git repository with at least one commit/)
    expect(await readdir(site.root).catch(() => [])).toEqual([])
  })

  test('`--name value` and `--name=value` are the same, and a value may begin with dashes', async () => {
    await using site = await startSite(FILE)
    const list = tasks({ id: 'a' })
    const ran = await site.cli([
      '--tasks',
      list,
      '--run=echo a > a.txt',
      '--gate',
      '-- 2>&1 || true',
      '--workers=2',
    ])
    expect(ran.code).toBe(0)
    const { summary } = await ran.directory()
    expect(summary.run.workers).toBe(2)
    expect(ran.stdout).toMatch(/✔ a +landed/)
    expect(ran.stdout).toMatch(/^report: .*report\.html$/m)
    expect(ran.stdout).not.toMatch(/^retry:|\u001b/m)
  })
})
