/**
 * Whatever a worker does with git in its folder, its change is what `git add --all && git commit` there would have
 * committed: held against plain git on a copy of the folder.
 */
import { cp, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Snapshot, snapshot } from '../../src/world/snapshot.ts'
import { git, run } from '../rig/exec.ts'
import { type Chance, chanceOf } from '../rig/model/chance.ts'
import { openSite, type Site } from '../rig/site.ts'

const CASES = Number(process.env.FANOUT_RANDOM_CASES || 80)
const SEED = Number(process.env.FANOUT_RANDOM_SEED || 1)

let site: Site

beforeAll(async () => {
  const files = { a: '1\n2\n3\n', 'd/b': 'b\n', 'd/e/c': 'c\n', tool: '#!/bin/sh\n', '.gitignore': '*.log\n' }
  const history = [{ one: '1\n' }, { 'd/b': 'b\nb\n' }, { a: '1\n2\n3\n4\n', 'd/e/f': 'f\n' }]
  site = await openSite({ files, history })
  // Others land while workers work: what a worker may pull.
  await site.moveOn({ later: 'later\n' })
  await site.moveOn({ a: '0\n1\n2\n3\n4\n' })
})
afterAll(() => site[Symbol.asyncDispose]())

/** One line of a worker's script each; most of them succeed. */
function lineOf({ below }: Chance): string {
  const pick = (from: readonly string[]): string => from[below(from.length)]!
  const file = pick(['a', 'd/b', 'd/e/c', 'tool', 'one', 'new', 'd/new', 'x.log', 'd/y.log'])
  const text = pick(['x', 'y', '2'])
  const edit = `mkdir -p $(dirname ${file}) && printf '%s\\n' ${text} >> ${file}`
  return pick([
    edit,
    edit,
    edit,
    `rm -f ${file}`,
    // Until its time is another one: a file system counts in ticks.
    `if [ -f ${file} ]; then was=$(stat -c %z ${file}); until [ "$(stat -c %z ${file})" != "$was" ]; do chmod ${pick(['+x', '-x'])} ${file}; done; fi`,
    `rm -f ${file}; mkdir -p $(dirname ${file}); ln -s ${text} ${file}`,
    `echo '${pick(['new', 'd/*', '!x.log', '*.log'])}' >> .gitignore`,
    'git add --all',
    `git add ${file}`,
    `git add --force ${file}`,
    `git rm -q --cached ${file}`,
    `git mv ${file} d/moved`,
    'git commit -qam own',
    'git commit -qm staged',
    'git commit -q --amend --no-edit',
    `git restore --staged ${file}`,
    `git reset -q ${pick(['--soft', '--mixed', '--hard'])} ${pick(['HEAD', 'HEAD~1', 'HEAD~2', 'origin/main'])}`,
    `git checkout -q --detach HEAD~${1 + below(2)}`,
    `git checkout -q -B side HEAD~${below(3)}`,
    'git checkout -q main',
    'git stash -q',
    'git stash pop -q',
    'git pull -q --rebase',
    'git pull -q --no-rebase --no-edit',
    'git merge -q --no-edit side',
    'git cherry-pick side',
    'git revert --no-edit HEAD',
    'git update-index --split-index',
    'git gc -q',
  ])
}

/** Paths with modes and contents, as plain git has them; null: it cannot commit. */
async function oracle(dir: string): Promise<{ readonly base: string | null; readonly diff: string } | null> {
  const quiet = {
    cwd: dir,
    env: { GIT_CONFIG_COUNT: '1', GIT_CONFIG_KEY_0: 'gc.auto', GIT_CONFIG_VALUE_0: '0' },
  }
  const tip = await git(site.storeDir, 'rev-parse', 'main')
  const bases = await run('git', ['merge-base', 'HEAD', site.base, tip], quiet)
  await run('git', ['add', '--all'], quiet)
  await run('git', ['commit', '-q', '--allow-empty', '-m', 'all'], quiet)
  const base = bases.stdout.trim().split('\n')[0] || null
  const diff = ['diff-tree', '-r', '--no-renames', '--raw', '--abbrev=40', base ?? site.base, 'HEAD']
  return { base, diff: (await run('git', diff, quiet)).stdout.trim() }
}

function shown({ changes }: Snapshot): string {
  return changes.raw
    .map(c => `:${c.oldMode} ${c.mode} ${c.oldBlob} ${c.blob} ${c.status}\t${c.path}`)
    .sort()
    .join('\n')
}

const UNFINISHED = [
  'MERGE_HEAD',
  'CHERRY_PICK_HEAD',
  'REVERT_HEAD',
  'rebase-merge',
  'rebase-apply',
  'sequencer/todo',
]

it(`random histories of workers give the change that plain git gives (${CASES} cases, seed ${SEED})`, async () => {
  const chance = chanceOf(SEED)
  let compared = 0
  for (let i = 0; i < CASES; i++) {
    const at = site.at(`case-${i}`)
    const copy = `${at.dir}.copy`
    await site.workspaces.create(at, site.base)
    const lines = Array.from({ length: 2 + chance.below(9) }, () => lineOf(chance))
    await writeFile(`${at.dir}.sh`, `${lines.map(line => `{ ${line}; } >/dev/null 2>&1`).join('\n')}\ntrue\n`)
    await run('bash', [`${at.dir}.sh`], { cwd: at.dir })
    const story = `seed ${SEED}, case ${i}:\n${lines.join('\n')}`
    await cp(at.dir, copy, { recursive: true, verbatimSymlinks: true, preserveTimestamps: true })
    const unmerged = (await run('git', ['ls-files', '--unmerged'], { cwd: copy })).stdout !== ''
    const gitDir = await run('bash', ['-c', `cd .git && ls -d ${UNFINISHED.join(' ')} 2>/dev/null`], {
      cwd: copy,
    })
    const taken = await snapshot(at, site.base, 'main', site.storeDir)
    const { operation, unmerged: files } = taken.underWay
    expect(operation !== null || files.length > 0, story).toBe(unmerged || gitDir.stdout !== '')
    if (operation === null && files.length === 0) {
      const right = await oracle(copy)
      expect({ base: taken.related ? taken.base : null, diff: shown(taken) }, story).toEqual({
        ...right,
        diff: right?.diff.split('\n').sort().join('\n'),
      })
      compared++
      // What is told is there, without the worker's folder.
      await rm(join(at.dir, '.git'), { recursive: true })
      await git(site.storeDir, 'rev-list', '--objects', `${taken.tree}`)
      await run('git', ['-C', site.storeDir, 'cat-file', '--batch-check'], {
        input: taken.changes.raw.map(({ blob }) => `${blob}\n`).join(''),
      }).then(({ stdout }) => {
        const missing = stdout.split('\n').filter(line => / missing$/.test(line) && !line.startsWith('0000'))
        expect(missing, story).toEqual([])
      })
    }
    await Promise.all([site.workspaces.remove(at), rm(copy, { recursive: true, force: true })])
  }
  expect(compared).toBeGreaterThan(CASES / 2)
}, 600_000)
