import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import type { Sha } from '../../src/decide/task.ts'
import { filesBelow } from '../../src/world/files.ts'
import { bundleLeftBehind } from '../../src/world/left-behind.ts'
import { git, run } from '../rig/exec.ts'
import { openSite, type Site, type SiteOptions } from '../rig/site.ts'

/** What a worker's git commands leave behind: refs of the bundle, and the bundle itself. */
async function leftBy(script: string, options: SiteOptions = {}) {
  const site = await openSite(options)
  const at = site.at('task')
  await site.workspaces.create(at, site.base)
  const done = await run('bash', ['-ec', script], { cwd: at.dir })
  expect(done.code, done.stderr).toBe(0)
  const head = (await run('git', ['rev-parse', 'HEAD'], { cwd: at.dir })).stdout.trim() as Sha
  const file = join(site.root, 'left.bundle')
  const refs = await bundleLeftBehind(at, site.base, head, site.storeDir, () => file, null)
  return { site, file, refs: [...refs].sort() }
}

const commit = (message: string) =>
  `echo ${message} > "${message}.txt"; git add .; git commit -qm "${message}"`
const restored = async ({ site, file }: { site: Site; file: string }, ref: string) => {
  await git(site.storeDir, 'fetch', '--quiet', file, `+${ref}:refs/restored/it`)
  return git(site.storeDir, 'log', '--format=%s', `${site.base}..refs/restored/it`)
}

it.each(['clone', 'overlay'] as const)(
  'commits on other branches, in the stash and in worktrees are in a bundle that brings them back (%s)',
  async kind => {
    const script = [
      `git switch -qc feature/one; ${commit('one')}; ${commit('two')}; git pack-refs --all`,
      `git switch -q main; git switch -qc other; ${commit('three')}; git switch -q main`,
      'echo stashed > README.md; git stash -q',
      `git worktree add -q --detach ../tree; cd ../tree; ${commit('four')}`,
    ].join('\n')
    const left = await leftBy(script, { kind })
    await using site = left.site
    expect(left.refs).toEqual([
      'refs/heads/feature/one',
      'refs/heads/other',
      'refs/stash',
      'refs/worktrees/tree',
    ])
    expect(await restored(left, 'refs/heads/feature/one')).toBe('two\none')
    expect(await restored(left, 'refs/worktrees/tree')).toBe('four')
    expect(await restored(left, 'refs/stash')).toMatch(/^WIP on main/)
    expect((await filesBelow(join(site.root, 'internal'))).filter(name => name.includes('left'))).toEqual([])
  },
)

it('a shallow history is bundled as far as it goes', async () => {
  const left = await leftBy(`git switch -qc side; ${commit('one')}; git switch -q main`, {
    history: [{ 'b.txt': 'b' }, { 'c.txt': 'c' }],
    clone: { as: 'checkout', depth: 1 },
  })
  await using _ = left.site
  expect(left.refs).toEqual(['refs/heads/side'])
  expect(await restored(left, 'refs/heads/side')).toBe('one')
})

it('what ended in the workspace, was only fetched or leads nowhere is not', async () => {
  const script = [
    `git switch -qc merged; ${commit('one')}; git switch -q main; git merge -q --ff-only merged; ${commit('two')}`,
    'git branch fetched origin/main; git branch old HEAD~1; git tag v1',
    'echo 0123456789012345678901234567890123456789 > .git/refs/heads/nowhere',
    'git rev-parse HEAD^{tree} > .git/refs/heads/tree; echo nonsense > .git/refs/heads/nonsense',
    'mkfifo .git/refs/heads/pipe; mkdir -p .git/refs/heads/empty/folder',
  ].join('\n')
  const left = await leftBy(script)
  await using site = left.site
  expect(left.refs).toEqual([])
  await expect(git(site.root, 'bundle', 'verify', left.file)).rejects.toThrow()
})

it('names that git does not allow, and a thousand more, do no harm', async () => {
  const script = [
    `git switch -qc side; ${commit('one')}; git switch -q main; tip=$(git rev-parse side)`,
    'for name in "a b" "..dots" "x.lock" "-dash" "tilde~" $\'new\\nline\'; do echo $tip > ".git/refs/heads/$name"; done',
    'for i in $(seq 1500); do echo "$tip refs/heads/many-$i"; done > .git/packed-refs',
    'printf "%s refs/heads/evil\\0x\\n%s ../../outside\\n%s refs/heads/../up\\n" $tip $tip $tip >> .git/packed-refs',
  ].join('\n')
  const left = await leftBy(script)
  await using _ = left.site
  expect(left.refs.length).toBeGreaterThan(900)
  expect(left.refs.length).toBeLessThanOrEqual(1000)
  expect(left.refs.every(ref => /^refs\/heads\/(many-\d+|side|-dash)$/.test(ref))).toBe(true)
})

it('objects that are gone cost nothing but themselves', async () => {
  const script = `git switch -qc broken; ${commit('one')}; git switch -q main; find .git/objects -type f -not -path '*/info/*' -delete`
  const left = await leftBy(script)
  await using site = left.site
  expect(left.refs).toEqual([])
  await writeFile(join(site.root, 'still'), 'here')
})
