/** A candidate that cannot land as it is goes to the `remediate` command, and back to the lane. */
import { describe, expect, it } from 'vitest'
import { outcomes, type Site, startSite, tasks } from '../rig/fanout.ts'
import { KINDS } from '../rig/kinds.ts'

/** `mine` changes the line that `theirs` changed, in a clone from before that landed. */
const conflict = (at: Site): string =>
  tasks(
    { id: 'theirs', run: 'echo theirs > a.txt' },
    {
      id: 'mine',
      prompt: 'Say mine in a.txt.',
      run: `until git --git-dir='${at.remote.path}' show main:a.txt | grep -q theirs; do sleep 0.02; done; echo mine > a.txt`,
    },
  )

describe.each(KINDS)('workspaces: %s', (_, kind) => {
  const QUIET = { 'verify-when': 'never', 'push-backoff-ms': '20', workspaces: kind }

  it('a conflict is handed over with the markers in place, and what comes back lands', async () => {
    await using at = await startSite({ via: 'file', repo: { files: { 'a.txt': 'a\n' } } })
    const remediate = [
      `cp "$FANOUT_HANDOFF" ${at.job.temp}/handoff.json`,
      `cat > ${at.job.temp}/stdin.txt`,
      `cp a.txt ${at.job.temp}/marked.txt`,
      `git status --porcelain > ${at.job.temp}/status.txt`,
      'printf "theirs\\nmine\\n" > a.txt',
    ].join('\n')
    const ran = await at.cli({ ...QUIET, tasks: conflict(at), workers: '2', remediate })
    const directory = await ran.directory()
    expect(outcomes(directory.summary)).toEqual({ theirs: 'landed', mine: 'landed' })
    expect((await at.remote.files())['a.txt']).toBe('theirs\nmine\n')
    const handoff = await directory.json(`../../handoff.json`)
    expect(handoff).toMatchObject({
      version: 1,
      kind: 'conflict',
      task_id: 'mine',
      title: 'mine',
      branch: 'main',
      attempt: 1,
      max_attempts: 2,
      conflict_files: ['a.txt'],
      git_status: 'UU a.txt\n',
      ci: null,
    })
    expect(await directory.text('../../marked.txt')).toMatch(/^<{7} .*\ntheirs\n={7}\nmine\n>{7} /)
    const prompt = await directory.text('../../stdin.txt')
    expect(prompt).toContain('a.txt')
    expect(prompt).toContain('Say mine in a.txt.')
    expect(directory.summary.tasks[1]?.attempts).toMatchObject({ worker: 1, remediation: 1 })
    expect(directory.summary.tasks[1]?.files).toContain('tasks/mine/handoff-1.json')
    expect(await at.remote.log()).toContain('mine [Fanout-Task: mine]')
  })

  it('a conflict marker that is left refuses the remediation, and after the last one the work is kept', async () => {
    await using at = await startSite({ via: 'file', repo: { files: { 'a.txt': 'a\n' } } })
    const remediate = 'echo more >> other.txt'
    const list = conflict(at)
    const ran = await at.cli({ ...QUIET, tasks: list, workers: '2', remediate, 'max-remediations': '2' })
    const directory = await ran.directory()
    expect(outcomes(directory.summary)).toEqual({ theirs: 'landed', mine: 'blocked-push (conflict)' })
    expect(directory.summary.tasks[1]?.attempts.remediation).toBe(2)
    expect(directory.summary.tasks[1]?.files).toEqual(
      expect.arrayContaining([
        'tasks/mine/handoff-1.json',
        'tasks/mine/handoff-2.json',
        'tasks/mine/work.bundle',
      ]),
    )
    expect(await directory.json('tasks/mine/blocked-push.json')).toMatchObject({
      conflict_files: ['a.txt'],
      fix: expect.stringMatching(/^`remediate` tried 2 times .*handoff files and remediation\.log/),
    })
  })

  it('a file without markers that nobody has decided refuses the remediation; git add decides', async () => {
    const theirs = 'rm gone.txt; printf "\\0theirs" > a.bin; printf "\\0theirs" > b.bin; echo > done.txt'
    const mine = 'echo mine > gone.txt; printf "\\0mine" > a.bin; printf "\\0mine" > b.bin'
    const files = { 'gone.txt': 'x\n', 'a.bin': '\0', 'b.bin': '\0' }
    for (const [remediate, outcome] of [
      ['git add a.bin', 'blocked-push (conflict)'],
      ['git add a.bin; printf "\\0both" > b.bin; rm gone.txt', 'landed'],
    ] as const) {
      await using at = await startSite({ via: 'file', repo: { files } })
      const until = `until git --git-dir='${at.remote.path}' show main:done.txt; do sleep 0.02; done`
      const list = tasks({ id: 'theirs', run: theirs }, { id: 'mine', run: `${until}; ${mine}` })
      const inputs = { ...QUIET, tasks: list, workers: '2', remediate, 'max-remediations': '1' }
      const { summary } = await (await at.cli(inputs)).directory()
      expect(outcomes(summary)).toEqual({ theirs: 'landed', mine: outcome })
      const bin = outcome === 'landed' ? '\0both' : '\0theirs'
      expect(await at.remote.files()).toEqual({ 'a.bin': '\0theirs', 'b.bin': bin, 'done.txt': '\n' })
    }
  })

  it('a conflict marker is one of the size that the file has by its attributes', async () => {
    const rule = (size: number) => `*.txt conflict-marker-size=${size}\n`
    for (const [size, text, end] of [
      [32, null, 'blocked-push (conflict)'],
      // With longer markers these are lines like any other.
      [32, '<<<<<<< theirs\n>>>>>>> mine\n', 'landed'],
      [3, '>>> mine\n', 'blocked-push (conflict)'],
    ] as const) {
      await using at = await startSite({
        via: 'file',
        repo: { files: { 'a.txt': 'a\n', '.gitattributes': rule(size) } },
      })
      const remediate = text === null ? 'cat a.txt' : `printf '${text.replaceAll('\n', '\\n')}' > a.txt`
      const ran = await at.cli({ ...QUIET, tasks: conflict(at), workers: '2', remediate })
      expect(outcomes((await ran.directory()).summary)).toEqual({ theirs: 'landed', mine: end })
    }
  })

  it('a red gate is handed over merged cleanly, with the end of its log', async () => {
    await using at = await startSite({ via: 'file', repo: { files: { 'a.txt': 'a\n' } } })
    const remediate = `cat > ${at.job.temp}/stdin.txt; cp "$FANOUT_HANDOFF" ${at.job.temp}/handoff.json; test -f bad.txt; rm bad.txt; echo good > good.txt`
    const ran = await at.cli({
      ...QUIET,
      tasks: tasks(
        { id: 't1', prompt: 'Add good.txt.', run: 'echo bad > bad.txt' },
        { id: 't2', run: 'echo 2 > 2.txt' },
      ),
      gate: 'if [ -e bad.txt ]; then echo "bad.txt must not be" >&2; exit 4; fi',
      remediate,
    })
    const directory = await ran.directory()
    expect(outcomes(directory.summary)).toEqual({ t1: 'landed', t2: 'landed' })
    expect(Object.keys(await at.remote.files()).sort()).toEqual(['2.txt', 'a.txt', 'good.txt'])
    expect(await directory.json('../../handoff.json')).toMatchObject({
      kind: 'gate',
      conflict_files: [],
      ci: { exit_code: 4, output_tail: expect.stringContaining('bad.txt must not be') },
    })
    expect(await directory.text('../../stdin.txt')).toContain('bad.txt must not be')
  })

  it('of what git says about thousands of files the packet holds the last 16 KiB', async () => {
    await using at = await startSite({ via: 'file' })
    const ran = await at.cli({
      ...QUIET,
      tasks: tasks({ id: 't1', run: 'for i in {1000..2999}; do echo > some-file-$i.txt; done' }),
      gate: 'test ! -e some-file-1000.txt',
      'gate-retries': '0',
      remediate: 'exit 3',
      'max-remediations': '1',
    })
    const { git_status: status } = await (await ran.directory()).json('tasks/t1/handoff-1.json')
    expect(String(status)).toMatch(/\nA {2}some-file-2998.txt\nA {2}some-file-2999.txt\n$/)
    expect(Buffer.byteLength(String(status))).toBeLessThanOrEqual(16 * 1024)
  })

  it('a remediation that fails leaves the failure that it was asked to cure', async () => {
    await using at = await startSite({ via: 'file' })
    const ran = await at.cli({
      ...QUIET,
      tasks: tasks({ id: 't1', run: 'echo bad > bad.txt' }),
      gate: '! [ -e bad.txt ]',
      remediate: 'exit 3',
      'max-remediations': '1',
    })
    const directory = await ran.directory()
    expect(outcomes(directory.summary)).toEqual({ t1: 'failed (gate)' })
    expect(directory.summary.tasks[0]?.attempts.remediation).toBe(1)
    expect(directory.summary.tasks[0]?.reason?.fix).toMatch(/^`remediate` tried once /)
    expect(await directory.files()).toContain('tasks/t1/ci-failure.json')
  })
})
