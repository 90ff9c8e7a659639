/** `on-verify-failure: revert`: whom it finds, at what cost, and what becomes of the branch. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { git } from '../rig/exec.ts'
import { type CliResult, outcomes, type RunDirectory, type Site, startSite, tasks } from '../rig/fanout.ts'
import { SummarySchema } from './summary-schema.ts'

type List = readonly Readonly<Record<string, unknown>>[]
const numbered = (n: number): List =>
  Array.from({ length: n }, (_, i) => ({ id: `t${i + 1}`, run: `echo ${i + 1} > ${i + 1}.txt` }))
const landedAll = (list: List): Record<string, string> =>
  Object.fromEntries(list.map(task => [task.id, 'landed']))
const budget = (n: number): number => Math.ceil(Math.log2(n)) + 2

interface Verified {
  readonly ran: CliResult
  readonly directory: RunDirectory
  /** The trees that were verified, in order. */
  readonly trees: readonly string[]
  /** Different ones, besides the tip's. */
  readonly searched: number
}

/** Tasks land one by one in their order; `red` is a shell condition for a red tree. */
async function verified(
  at: Site,
  list: List,
  red: string,
  inputs: Readonly<Record<string, string>> = {},
): Promise<Verified> {
  const runs = join(at.job.temp, 'verified')
  const ran = await at.cli({
    tasks: tasks(...list),
    workers: '1',
    verify: `git rev-parse 'HEAD^{tree}' >> '${runs}'\nif ${red}; then echo "it is red" >&2; exit 3; fi`,
    'on-verify-failure': 'revert',
    'push-backoff-ms': '20',
    'keep-workspaces': 'never',
    ...inputs,
  })
  const directory = await ran.directory()
  expect(SummarySchema.safeParse(directory.summary).error?.issues ?? []).toEqual([])
  const trees = (await readFile(runs, 'utf8')).trim().split('\n')
  return { ran, directory, trees, searched: new Set(trees).size - 1 }
}

/** What it costs without flakes: the tip twice, every other tree at most once. */
function expectWithin({ trees, searched }: Verified, most: number): void {
  expect(searched).toBeLessThanOrEqual(most)
  expect(trees.slice(0, 2)).toEqual([trees[0], trees[0]])
}

function pushesOfReverts({ events, summary }: RunDirectory): number {
  const pushes = events.filter(event => event.type === 'pushed')
  expect(summary.landing).toMatchObject({ pushes: pushes.length, push_attempts: pushes.length })
  return pushes.filter(event => event.layers.length === 0).length
}

describe('one culprit', () => {
  it.each([
    [1, 1],
    [2, 1],
    [2, 2],
    [7, 3],
    [16, 11],
  ])('of %i landed tasks, number %i, is reverted and the others stay', async (n, bad) => {
    await using at = await startSite({ via: 'file' })
    const list = numbered(n)
    const all = await verified(at, list, `[ -e ${bad}.txt ]`)
    const { directory, ran, trees, searched } = all
    const { summary } = directory
    expect(outcomes(summary)).toEqual({ ...landedAll(list), [`t${bad}`]: 'reverted (verification)' })
    expect(summary.verification).toMatchObject({ passed: false, exit_code: 3, culprits: [`t${bad}`] })
    expect(ran.code).toBe(1)
    expectWithin(all, budget(n))
    // No tree but the tip's was verified twice.
    expect(trees).toHaveLength(searched + 2)
    expect(Object.keys(await at.remote.files())).toEqual(
      expect.arrayContaining(list.map((_, i) => `${i + 1}.txt`).filter(name => name !== `${bad}.txt`)),
    )
    expect(Object.keys(await at.remote.files())).not.toContain(`${bad}.txt`)
    const [top] = (await at.remote.log('main', { trailers: ['Fanout-Reverts', 'Fanout-Run'] })).split('\n')
    expect(top).toBe(`Revert "t${bad}" [Fanout-Run: ${summary.run.key}, Fanout-Reverts: t${bad}]`)
    expect(summary.run.head_sha).toBe(await at.remote.tip())
    expect(pushesOfReverts(directory)).toBe(1)
    await git(at.clone.path, 'fetch', '-q')
    const bundle = join(directory.path, `tasks/t${bad}/work.bundle`)
    await git(at.clone.path, 'fetch', '-q', bundle, `refs/fanout/work/t${bad}`)
    expect(await git(at.clone.path, 'show', `FETCH_HEAD:${bad}.txt`)).toBe(String(bad))
  })
})

it('two culprits are both reverted, the later one first', async () => {
  await using at = await startSite({ via: 'file' })
  const list = numbered(7)
  const all = await verified(at, list, '[ -e 2.txt ] || [ -e 5.txt ]')
  expect(outcomes(all.directory.summary)).toEqual({
    ...landedAll(list),
    t2: 'reverted (verification)',
    t5: 'reverted (verification)',
  })
  expect(all.directory.summary.verification.culprits).toEqual(['t2', 't5'])
  expectWithin(all, 2 * budget(7))
  expect((await at.remote.log('main', { trailers: [] })).split('\n').slice(0, 2)).toEqual([
    'Revert "t2"',
    'Revert "t5"',
  ])
  expect(pushesOfReverts(all.directory)).toBe(1)
})

it('of two tasks that are red only together the later one is reverted', async () => {
  await using at = await startSite({ via: 'file' })
  const list = numbered(7)
  const all = await verified(at, list, '[ -e 3.txt ] && [ -e 6.txt ]')
  expect(outcomes(all.directory.summary)).toEqual({ ...landedAll(list), t6: 'reverted (verification)' })
  expectWithin(all, budget(7))
})

it('on a base that is red nobody is to blame and nothing is reverted', async () => {
  await using at = await startSite({ via: 'file' })
  const list = numbered(4)
  const { directory, ran, trees } = await verified(at, list, '[ -e README.md ]')
  expect(outcomes(directory.summary)).toEqual(landedAll(list))
  expect(directory.summary.verification).toMatchObject({ passed: false, exit_code: 3, culprits: [] })
  expect(ran.stdout).toMatch(/already fails on [0-9a-f]{7}, where this run began/)
  // The tip, the tip again, the base.
  expect(trees).toHaveLength(3)
  expect(await at.remote.log()).not.toContain('Revert')
  expect(ran.code).toBe(1)
})

describe('a flaky verification', () => {
  it('that passes when it runs again blames nobody and is green, and the log says so', async () => {
    await using at = await startSite({ via: 'file' })
    const list = numbered(3)
    const first = `[ "$(wc -l < '${join(at.job.temp, 'verified')}')" -eq 1 ]`
    const { directory, ran, trees } = await verified(at, list, first)
    expect(outcomes(directory.summary)).toEqual(landedAll(list))
    expect(directory.summary.verification).toMatchObject({ passed: true, exit_code: 0, culprits: [] })
    expect(ran.stdout).toMatch(/it is flaky/)
    expect(trees).toHaveLength(2)
    expect(ran.code).toBe(0)
    expect(await directory.text('verify.log')).toBe('it is red\n')
  })

  it('that is red by chance on an innocent prefix leaves the blame where it belongs', async () => {
    await using at = await startSite({ via: 'file' })
    const list = numbered(8)
    // The first look into the middle, where the culprit is not there yet.
    const chance = `[ "$(wc -l < '${join(at.job.temp, 'verified')}')" -eq 4 ]`
    const { directory } = await verified(at, list, `[ -e 7.txt ] || ${chance}`)
    expect(outcomes(directory.summary)).toEqual({ ...landedAll(list), t7: 'reverted (verification)' })
  })
})

describe("somebody else's commit in between", () => {
  /** Lands between t2 and t4: t3's worker pushes it once t2 has landed. */
  const between = (at: Site, file: string): List =>
    numbered(5).map(task =>
      task.id !== 't3'
        ? task
        : {
            id: 't3',
            run: [
              `until git --git-dir='${at.remote.path}' log --format=%s main | grep -qx t2; do sleep 0.02; done`,
              'theirs=$(mktemp -d)',
              `git clone -q '${at.remote.path}' "$theirs/c"`,
              `echo theirs > "$theirs/c/${file}"`,
              'git -C "$theirs/c" add .',
              'git -C "$theirs/c" -c user.name=They -c user.email=they@example.test commit -qm theirs',
              'git -C "$theirs/c" push -q origin HEAD:main',
              'rm -rf "$theirs"',
              'echo 3 > 3.txt',
            ].join('\n'),
          },
    )

  it.each([2, 3, 5])('is not in the way of finding number %i', async bad => {
    await using at = await startSite({ via: 'file' })
    const list = between(at, 'theirs.txt')
    const all = await verified(at, list, `[ -e ${bad}.txt ]`)
    expect(outcomes(all.directory.summary)).toEqual({
      ...landedAll(list),
      [`t${bad}`]: 'reverted (verification)',
    })
    expectWithin(all, budget(5))
    expect(Object.keys(await at.remote.files())).toContain('theirs.txt')
    expect(await at.remote.log('main', { trailers: [] })).toContain('\ntheirs\n')
  })

  it('is never reverted, even if it is what turned the branch red', async () => {
    await using at = await startSite({ via: 'file' })
    const list = between(at, 'theirs.txt')
    const { directory, ran } = await verified(at, list, '[ -e theirs.txt ]')
    expect(outcomes(directory.summary)).toEqual(landedAll(list))
    expect(directory.summary.verification.culprits).toEqual([])
    expect(ran.stdout).toMatch(/is no commit of this run's tasks/)
    expect(await at.remote.log()).not.toContain('Revert')
    expect(Object.keys(await at.remote.files())).toContain('theirs.txt')
  })
})

describe('what was built upon a culprit', () => {
  it('stays where the branch is green without the culprit', async () => {
    await using at = await startSite({ via: 'file' })
    const list = [...numbered(2), { id: 'next', needs: 't1', run: 'echo next > next.txt' }]
    const { directory } = await verified(at, list, '[ -e 1.txt ]')
    expect(outcomes(directory.summary)).toEqual({ ...landedAll(list), t1: 'reverted (verification)' })
  })

  it('goes as well where it is red without the culprit', async () => {
    await using at = await startSite({ via: 'file' })
    const list = [...numbered(2), { id: 'next', needs: 't1', run: 'cp 1.txt next.txt' }]
    const { directory } = await verified(at, list, '[ -e 1.txt ] || [ -e next.txt ]')
    expect(outcomes(directory.summary)).toEqual({
      t1: 'reverted (verification)',
      t2: 'landed',
      next: 'reverted (verification)',
    })
  })

  it('in the same lines: the revert conflicts, is reported, and not forced', async () => {
    await using at = await startSite({ via: 'file' })
    const list = [...numbered(2), { id: 'next', needs: 't1', run: 'echo more >> 1.txt' }]
    const { directory, ran } = await verified(at, list, '[ -e 1.txt ]')
    expect(outcomes(directory.summary)).toEqual(landedAll(list))
    expect(directory.summary.verification).toMatchObject({ passed: false, culprits: ['t1'] })
    expect(ran.stdout).toMatch(
      /t1 turned the verification red, but its revert conflicts with what landed after it/,
    )
    expect(await at.remote.log()).not.toContain('Revert')
    expect(ran.code).toBe(1)
  })
})
