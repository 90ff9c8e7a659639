/** Where a worker leaves its repository: what lands is its own change, or the reason why not. */
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { git } from '../rig/exec.ts'
import { outcomes, type Site, startSite, tasks } from '../rig/fanout.ts'

const NEVER = { 'verify-when': 'never' }

async function siteWithHistory(): Promise<Site> {
  const site = await startSite({ via: 'file', repo: { files: { 'a.txt': '1\n2\n3\n', 'old.txt': 'old\n' } } })
  for (const n of ['1', '2', '3']) await site.remote.commit({ files: { [`f${n}.txt`]: `${n}\n` } })
  await git(site.clone.path, 'pull', '--quiet')
  return site
}

const changed = async (site: Site, commit: unknown): Promise<string[]> =>
  (await git(site.remote.path, 'diff-tree', '-r', '--name-status', '--no-commit-id', String(commit))).split(
    '\n',
  )

test('a worker that went back changes what it changed there, and takes nothing of others away', async () => {
  await using site = await siteWithHistory()
  const ran = await site.cli({
    ...NEVER,
    tasks: tasks(
      { id: 'looks', run: 'git checkout -q HEAD~3; cat a.txt' },
      { id: 'bisects', run: 'git bisect start -q HEAD HEAD~3; ls' },
      {
        id: 'branch',
        run: 'git checkout -q -b mine HEAD~2; echo b > branch.txt; git add .; git commit -qm own',
      },
      { id: 'folder', run: 'git checkout -q HEAD~3; echo f > folder.txt' },
      { id: 'hard', run: 'git reset -q --hard HEAD~2; echo h > hard.txt; git add .; git commit -qm own' },
      { id: 'soft', paths: ['soft.txt'], run: 'git reset -q --soft HEAD~2; echo s > soft.txt' },
      { id: 'amends', run: 'echo m > amends.txt; git add .; git commit -q --amend --no-edit' },
      { id: 'reverts', run: 'git revert --no-edit $(git log -1 --format=%h -- f2.txt)' },
    ),
  })
  const { summary } = await ran.directory()
  expect(outcomes(summary)).toEqual({
    ...{ looks: 'unchanged', bisects: 'unchanged', branch: 'landed', folder: 'landed', hard: 'landed' },
    ...{ soft: 'landed', amends: 'landed', reverts: 'landed' },
  })
  const own: Record<string, string[]> = {}
  for (const { id, commit } of summary.tasks) if (commit !== null) own[id] = await changed(site, commit)
  expect(own).toEqual({
    branch: ['A\tbranch.txt'],
    folder: ['A\tfolder.txt'],
    hard: ['A\thard.txt'],
    soft: ['A\tsoft.txt'],
    amends: ['A\tamends.txt'],
    reverts: ['D\tf2.txt'],
  })
  // What is reported is what it changed where it landed.
  expect(summary.tasks.map(({ changes }) => changes?.files ?? 0)).toEqual([0, 0, 1, 1, 1, 1, 1, 1])
}, 120_000)

test('what a mate landed meanwhile counts as the branch, pulled or taken back', async () => {
  await using site = await siteWithHistory()
  const ran = await site.cli({
    ...NEVER,
    tasks: tasks(
      { id: 'first', run: 'echo one > one.txt' },
      {
        id: 'second',
        needs: 'first',
        run: 'git reset -q --hard HEAD~1; echo two > two.txt; git add .; git commit -qm two',
      },
      {
        id: 'third',
        needs: 'second',
        run: 'git reset -q --hard HEAD~2; git pull -q --no-rebase; echo 3 > three.txt',
      },
    ),
  })
  const { summary } = await ran.directory()
  expect(outcomes(summary)).toEqual({ first: 'landed', second: 'landed', third: 'landed' })
  expect(Object.keys(await site.remote.files())).toEqual(
    expect.arrayContaining(['one.txt', 'two.txt', 'three.txt']),
  )
}, 120_000)

test('what is staged or committed and no file shows lands: removals from the index, modes, ignored files', async () => {
  await using site = await startSite({
    via: 'file',
    repo: {
      files: { 'dist/app.js': 'built\n', 'run.sh': '#!/bin/sh\n', 'crlf.txt': '1\r\n2\r\n', tool: 'x\n' },
    },
  })
  const ran = await site.cli({
    ...NEVER,
    tasks: tasks(
      {
        id: 'untrack',
        run: 'echo dist/ > .gitignore; git rm -rq --cached dist; git add .gitignore; git commit -qm x',
      },
      { id: 'chmod', run: 'git update-index --chmod=+x run.sh; git commit -qm x' },
      { id: 'staged', run: 'git update-index --chmod=+x tool' },
      { id: 'script', run: 'echo hi > new.sh; git add --chmod=+x new.sh; git commit -qm x' },
      { id: 'force', run: 'echo "*.bin" >> .git/info/exclude; echo b > a.bin; git add -f a.bin' },
      {
        id: 'renorm',
        run: 'echo "crlf.txt text" > .gitattributes; git add --renormalize .; git add .; git commit -qm x',
      },
    ),
  })
  const { summary } = await ran.directory()
  expect(new Set(Object.values(outcomes(summary)))).toEqual(new Set(['landed']))
  const listed = await git(site.remote.path, 'ls-tree', '-r', 'main')
  expect(listed.split('\n').map(line => line.replace(/ blob \S+\t/, ' '))).toEqual([
    '100644 .gitattributes',
    '100644 .gitignore',
    '100644 a.bin',
    '100644 crlf.txt',
    '100755 new.sh',
    '100755 run.sh',
    '100755 tool',
  ])
  expect((await site.remote.files())['crlf.txt']).toBe('1\n2\n')
}, 120_000)

test('one that ends in the middle of something fails, its files named and its work kept', async () => {
  await using site = await siteWithHistory()
  const both = [
    'git checkout -q -b theirs; echo theirs > a.txt; git commit -qam theirs',
    'git checkout -q main; echo ours > a.txt; git commit -qam ours',
  ].join('; ')
  const task = (id: string, then: string) => ({ id, run: `${both}; ${then} || true` })
  const ran = await site.cli({
    ...NEVER,
    tasks: tasks(
      task('merge', 'git merge theirs'),
      task('rebase', 'git rebase theirs'),
      task('pick', 'git cherry-pick theirs'),
      task('revert', 'echo more >> a.txt; git commit -qam more; git revert --no-edit HEAD~1'),
      task('am', 'git format-patch -1 --stdout theirs | git am'),
      task('stash', 'echo z > a.txt; git stash -q; echo y > a.txt; git commit -qam y; git stash pop'),
      // Between two commits of a row only git's list is there.
      task('row', 'git cherry-pick theirs HEAD~1 || git reset -q --hard'),
      // Resolved in the folder, and never finished.
      task('half', 'git merge theirs || echo both > a.txt; git add a.txt'),
    ),
  })
  const { summary, path, files } = await ran.directory()
  expect(new Set(Object.values(outcomes(summary)))).toEqual(new Set(['failed (unfinished)']))
  const told = Object.fromEntries(summary.tasks.map(({ id, reason }) => [id, reason?.message]))
  expect(told.merge).toMatch(/in the middle of a merge: a\.txt/)
  expect(told.rebase).toMatch(/in the middle of a rebase: a\.txt/)
  expect(told.pick).toMatch(/in the middle of a cherry-pick: a\.txt/)
  expect(told.am).toMatch(/in the middle of an am/)
  expect(told.stash).toMatch(/with files unmerged: a\.txt/)
  expect(told.row).toMatch(/cherry-pick/)
  for (const { id } of summary.tasks) expect(await files(), id).toContain(`tasks/${id}/work.bundle`)
  expect(await site.remote.log()).not.toContain('ours')
  expect(path).not.toBe('')
}, 120_000)

test('no common history, and commits that are only elsewhere, are told and kept', async () => {
  await using site = await siteWithHistory()
  const ran = await site.cli({
    ...NEVER,
    tasks: tasks(
      { id: 'orphan', run: 'git checkout -q --orphan new; echo o > o.txt; git add .; git commit -qm o' },
      { id: 'unborn', run: 'git checkout -q --orphan new; echo u > u.txt' },
      {
        id: 'init',
        run: 'rm -rf .git; git init -q -b main; echo i > i.txt; git add .; git -c user.name=a -c user.email=a@b.c commit -qm i',
      },
      {
        id: 'branch',
        run: 'git checkout -q -b fix; echo w > w.txt; git add .; git commit -qm w; git checkout -q main',
      },
      { id: 'stash', run: 'echo w >> a.txt; git stash -q' },
      {
        id: 'both',
        run: 'git checkout -q -b fix; git commit -q --allow-empty -m w; git checkout -q main; echo b > b.txt',
      },
      { id: 'merged', run: 'git checkout -q -b look HEAD~1; git checkout -q main' },
    ),
  })
  const { summary, path, files } = await ran.directory()
  expect(outcomes(summary)).toEqual({
    ...{ orphan: 'failed (history)', unborn: 'failed (history)', init: 'failed (history)' },
    ...{ branch: 'failed (left-behind)', stash: 'failed (left-behind)', both: 'landed', merged: 'unchanged' },
  })
  const kept = await files()
  for (const id of ['orphan', 'unborn', 'init']) expect(kept).toContain(`tasks/${id}/work.bundle`)
  for (const id of ['branch', 'stash', 'both']) expect(kept).toContain(`tasks/${id}/branches.bundle`)
  const heads = await git(site.clone.path, 'bundle', 'list-heads', join(path, 'tasks/branch/branches.bundle'))
  expect(heads).toContain('refs/heads/fix')
  expect(summary.tasks.find(({ id }) => id === 'branch')?.reason?.message).toContain('refs/heads/fix')
}, 120_000)
