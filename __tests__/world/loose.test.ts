import { join } from 'node:path'
import { expect, it } from 'vitest'
import type { Sha } from '../../src/decide/task.ts'
import { openStore } from '../../src/world/store.ts'
import { git } from '../rig/exec.ts'
import { tempDir } from '../rig/temp.ts'

const WHO = 'Ann <ann@example.invalid> 1700000000 +0000'

for (const format of ['sha1', 'sha256']) {
  it(`a commit written without git is the one that git would write (${format})`, async () => {
    await using home = await tempDir('loose')
    const dir = join(home.path, 'store.git')
    await git(home.path, 'init', '--quiet', '--bare', `--object-format=${format}`, dir)
    const tree =
      (await git(dir, 'mktree', '--missing').catch(() => '')) ||
      (await git(dir, 'hash-object', '-t', 'tree', '-w', '/dev/null'))
    const store = openStore(dir, 'main')
    const first = (await git(dir, 'commit-tree', tree, '-m', 'first')) as Sha
    const text = { author: WHO, committer: WHO, message: 'Subject: größer 🙂\n\nbody\n' }
    const commit = await store.writeCommit(tree as Sha, first, text)
    await git(dir, 'fsck', '--strict', commit)
    expect(await git(dir, 'cat-file', '-t', commit)).toBe('commit')
    expect(await store.readCommits([commit])).toEqual([{ ...text, parents: [first] }])
    expect(await store.writeCommit(tree as Sha, first, text)).toBe(commit)
    expect(await store.resolve([`${commit}^{tree}`, commit, `${first}^{tree}`])).toEqual([tree, commit, tree])
    await git(dir, 'update-ref', 'refs/heads/main', commit)
    await git(dir, 'gc', '--quiet', '--prune=now')
    expect(await store.readCommits([first, commit])).toEqual([
      expect.objectContaining({ message: 'first\n' }),
      { ...text, parents: [first] },
    ])
  })
}
