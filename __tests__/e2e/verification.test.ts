/** The verification: when it runs, on what, how often, and what is told of it. */
import { mkdir, readFile, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { run } from '../rig/exec.ts'
import { outcomes, type Site, startSite, tasks } from '../rig/fanout.ts'
import { startWorkerHub } from '../rig/worker.ts'
import { SummarySchema } from './summary-schema.ts'

const out = (at: Site, name: string): string => `'${join(at.job.temp, name)}'`
const lines = async (at: Site, name: string): Promise<string[]> =>
  (await readFile(join(at.job.temp, name), 'utf8')).trim().split('\n')
const change = (id: string): { id: string; run: string } => ({ id, run: `echo ${id} > ${id}.txt` })
const ONE = tasks(change('t1'))

describe('it runs once', () => {
  it('on a fresh clone of the final tip, when no worker and no gate runs any more', async () => {
    await using at = await startSite({
      via: 'file',
      repo: { files: { 'a.txt': 'a\n', '.gitignore': 'cache\n' } },
    })
    // What runs has a file of its own in `busy`.
    const busy = (what: string, body: string): string =>
      `touch ${out(at, 'busy')}/${what}; touch cache; ${body}; rm ${out(at, 'busy')}/${what}`
    await mkdir(join(at.job.temp, 'busy'))
    const ids = ['t1', 't2', 't3', 't4', 't5']
    const verify = [
      `ls ${out(at, 'busy')} >> ${out(at, 'beside')}`,
      `git status --porcelain --ignored >> ${out(at, 'left over')}`,
      `git rev-parse HEAD >> ${out(at, 'heads')}`,
      `echo "$FANOUT_COMMIT $FANOUT_TASK_IDS" >> ${out(at, 'told')}`,
      'git log -1 --format=%s',
    ].join('\n')
    const ran = await at.cli({
      tasks: tasks(...ids.map(id => ({ id, run: busy(id, `echo ${id} > ${id}.txt`) }))),
      workers: '3',
      gate: busy('gate', 'test -e a.txt'),
      verify,
    })
    const directory = await ran.directory()
    const { verification, run: facts } = directory.summary
    expect(ran.code).toBe(0)
    expect(await lines(at, 'heads')).toEqual([await at.remote.tip()])
    expect(await lines(at, 'beside')).toEqual([''])
    expect(await lines(at, 'left over')).toEqual([''])
    expect(await lines(at, 'told')).toEqual([`${facts.head_sha} ${ids.join(',')}`])
    expect(verification).toMatchObject({ ran: true, passed: true, exit_code: 0, sha: facts.head_sha })
    expect(await directory.text('verify.log')).toMatch(/^t\d\n$/)
    // Nothing of it stays on the disk.
    expect(await directory.files()).not.toContainEqual(expect.stringMatching(/^verify\//))
  })

  it('also where it is red and only reported: the run is red, and everybody is told', async () => {
    await using at = await startSite()
    const ran = await at.run({
      tasks: ONE,
      verify: `echo run >> ${out(at, 'runs')}; echo "the last words"; exit 9`,
      upload: 'false',
    })
    const directory = await ran.directory()
    const { summary } = directory
    expect(SummarySchema.safeParse(summary).error?.issues ?? []).toEqual([])
    expect(ran).toMatchObject({ outcome: 'failure', code: 1 })
    expect(ran.outputs).toMatchObject({ conclusion: 'failure', verification: 'failed', landed: '["t1"]' })
    expect(outcomes(summary)).toEqual({ t1: 'landed' })
    expect(summary.verification).toMatchObject({ ran: true, passed: false, exit_code: 9, culprits: [] })
    expect(await lines(at, 'runs')).toEqual(['run'])
    expect(await directory.text('verify.log')).toBe('the last words\n')
    expect(await directory.text('summary.md')).toMatch(/End of <code>verify.log<\/code>[\s\S]*the last words/)
    expect(await directory.text('report.html')).toContain('the last words')
    expect(at.job.annotations).toContainEqual(
      expect.objectContaining({ level: 'error', title: 'Verification of main failed' }),
    )
    expect(await at.remote.log()).not.toContain('Revert')
  })

  it('a setup that its time limit ended is told so, with its last words', async () => {
    await using at = await startSite({ via: 'file' })
    const ran = await at.cli({
      tasks: ONE,
      setup: 'if [ -e t1.txt ]; then echo "no end"; sleep 600; fi',
      verify: `echo run >> ${out(at, 'runs')}`,
      'verify-timeout-minutes': '0.03',
    })
    const { events } = await ran.directory()
    expect(events).toContainEqual(
      expect.objectContaining({
        type: 'verified',
        result: expect.objectContaining({
          passed: false,
          timedOut: true,
          outputTail: 'The `setup` command failed.\nno end\n',
        }),
      }),
    )
    expect(ran.stdout).toMatch(/verification of [0-9a-f]{7} failed in .*: it ran out of time/)
  })

  it('and setup belongs to it: where that fails the verification has', async () => {
    await using at = await startSite({ via: 'file' })
    const ran = await at.cli({
      tasks: ONE,
      setup: 'if [ -e t1.txt ]; then echo "no setup" >&2; exit 6; fi',
      verify: `echo run >> ${out(at, 'runs')}`,
    })
    const directory = await ran.directory()
    expect(directory.summary.verification).toMatchObject({ passed: false, exit_code: 6 })
    expect(await directory.text('verify.log')).toBe('no setup\n')
    await expect(lines(at, 'runs')).rejects.toThrow(/ENOENT/)
  })
})

describe('how it ended is told as it was', () => {
  it('its time limit ends it with all it started', async () => {
    await using at = await startSite({ via: 'file' })
    const ran = await at.cli({
      tasks: ONE,
      verify: 'trap "exit 0" TERM; echo begun; sleep 600 & wait',
      'verify-timeout-minutes': '0.005',
    })
    const { summary, events } = await ran.directory()
    expect(summary.verification).toMatchObject({ ran: true, passed: false, exit_code: null })
    expect(events).toContainEqual(
      expect.objectContaining({
        type: 'verified',
        result: expect.objectContaining({ passed: false, timedOut: true, exitCode: 0 }),
      }),
    )
    expect(ran.stdout).toMatch(/verification of [0-9a-f]{7} failed in .*: it ran out of time \(verify\.log\)/)
    expect(ran.code).toBe(1)
  })

  it('a signal is named', async () => {
    await using at = await startSite({ via: 'file' })
    const ran = await at.cli({ tasks: ONE, verify: 'kill -SEGV $$' })
    const { summary, events } = await ran.directory()
    expect(summary.verification).toMatchObject({ ran: true, passed: false, exit_code: null })
    expect(events).toContainEqual(
      expect.objectContaining({
        type: 'verified',
        result: expect.objectContaining({ exitCode: null, signal: 'SIGSEGV', timedOut: false }),
      }),
    )
    expect(ran.stdout).toMatch(/it was ended by SIGSEGV/)
  })

  it('a run that is cancelled meanwhile says that nothing was verified', async () => {
    await using at = await startSite({ via: 'file' })
    await using hub = await startWorkerHub()
    const running = at.startCli({ tasks: ONE, verify: hub.line('verify') })
    const verification = await hub.next(({ label }) => label === 'verify')
    running.kill('SIGINT')
    const ran = await running.done
    await verification.ended
    const { summary } = await ran.directory()
    expect(ran.code).toBe(130)
    expect(outcomes(summary)).toEqual({ t1: 'landed' })
    expect(summary.verification).toMatchObject({ ran: false, skipped_because: 'the run was cancelled' })
  })
})

describe('the default, `make verify`', () => {
  const makefile = (text: string) =>
    startSite({ via: 'file', repo: { files: { 'a.txt': 'a\n', Makefile: text } } })
  const verification = async (at: Site, env: Record<string, string> = {}) => {
    const ran = await at.cli({ tasks: ONE }, env)
    const directory = await ran.directory()
    return { step: ran, ...directory.summary.verification }
  }

  it('is run where the Makefile has the target', async () => {
    await using at = await makefile('verify:\n\t@test -e t1.txt\n')
    expect(await verification(at)).toMatchObject({ ran: true, passed: true, command: 'make verify' })
  })

  it('counts with a target that a task has landed', async () => {
    await using at = await startSite({ via: 'file' })
    const list = tasks({ id: 't1', run: "printf 'verify:\\n\\t@exit 4\\n' > Makefile" })
    const ran = await at.cli({ tasks: list })
    expect((await ran.directory()).summary.verification).toMatchObject({ ran: true, passed: false })
  })

  it.each([
    ['no Makefile', null],
    ['no such target', 'test:\n\t@true\nverify-all:\n\t@true\n'],
  ])('is skipped with a notice where there is %s', async (_, text) => {
    await using at = await (text === null ? startSite({ via: 'file' }) : makefile(text))
    const { step, ...facts } = await verification(at)
    expect(facts).toMatchObject({
      ...{ ran: false, passed: null, skipped_because: 'the tree has no make target `verify`' },
    })
    expect(step.stdout).toMatch(/note: verify: The tree has no make target/)
    expect(step.code).toBe(0)
  })

  it('is skipped where `verify` is a folder and no target', async () => {
    await using at = await startSite({ via: 'file', repo: { files: { 'verify/a.txt': 'a\n' } } })
    expect(await verification(at)).toMatchObject({ ran: false })
  })

  it('is skipped where there is no make', async () => {
    await using at = await makefile('verify:\n\t@exit 1\n')
    const bin = join(at.job.temp, 'bin')
    await mkdir(bin)
    for (const tool of ['bash', 'git', 'sh', 'env', 'cat']) {
      const { stdout } = await run('bash', ['-c', `command -v ${tool}`], { cwd: bin })
      await symlink(stdout.trim(), join(bin, tool))
    }
    expect(await verification(at, { PATH: bin })).toMatchObject({ ran: false })
  })

  it('fails, and is not skipped, where the target is there and cannot be made', async () => {
    await using at = await makefile('verify: nothing-makes-this\n')
    expect(await verification(at)).toMatchObject({ ran: true, passed: false, exit_code: 2 })
  })

  it('fails, and is not skipped, where it calls make for what is not there', async () => {
    const files = { Makefile: 'verify:\n\t@$(MAKE) -C sub verify\n', 'sub/Makefile': 'test:\n\t@true\n' }
    await using at = await startSite({ via: 'file', repo: { files } })
    // A make that runs us counts its levels.
    expect(await verification(at, { MAKELEVEL: '1' })).toMatchObject({
      ran: true,
      passed: false,
      exit_code: 2,
    })
  })

  it('is skipped below another make as well where there is no such target', async () => {
    await using at = await makefile('test:\n\t@true\n')
    expect(await verification(at, { MAKELEVEL: '1' })).toMatchObject({ ran: false })
  })

  it('reads the Makefile with no more in its environment than a worker has', async () => {
    await using at = await startSite()
    const list = tasks({
      id: 't1',
      run: `printf 'X := $(shell env >> %s)\\nverify:\\n\\t@true\\n' ${out(at, 'seen')} > Makefile`,
    })
    const ran = await at.run({ tasks: list, upload: 'false' })
    expect((await ran.directory()).summary.verification).toMatchObject({ ran: true, passed: true })
    const seen = await readFile(join(at.job.temp, 'seen'), 'utf8')
    expect(seen).toContain('FANOUT_COMMIT=')
    expect(seen).not.toMatch(/^(INPUT_|ACTIONS_|GITHUB_OUTPUT)/m)
    expect(seen).not.toContain(at.token)
  })
})

describe('verify-when', () => {
  const unchanged = { id: 'same', run: 'true' }
  const failing = { id: 'bad', run: 'exit 1' }
  it.each([
    ['landed', [change('t1'), failing], null],
    ['landed', [unchanged], 'nothing landed'],
    ['success', [change('t1'), unchanged], null],
    ['success', [unchanged], null],
    ['success', [change('t1'), failing], 'a task failed'],
    ['always', [failing], null],
    ['always', [unchanged], null],
    ['never', [change('t1')], '`verify-when` is `never`'],
  ])('%s, with the tasks %j', async (when, list, because) => {
    await using at = await startSite({ via: 'file' })
    const ran = await at.cli({
      tasks: tasks(...list),
      'verify-when': when,
      verify: `echo run >> ${out(at, 'runs')}`,
    })
    const { verification } = (await ran.directory()).summary
    expect(verification).toMatchObject({ ran: because === null, skipped_because: because })
    if (because === null) expect(await lines(at, 'runs')).toEqual(['run'])
    else await expect(lines(at, 'runs')).rejects.toThrow(/ENOENT/)
  })
})
