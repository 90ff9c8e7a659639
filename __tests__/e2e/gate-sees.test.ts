/** What a gate and a verification find in their checkout: the tree in question, and nothing of another one. */
import { expect, test } from 'vitest'
import { git } from '../rig/exec.ts'
import { outcomes, startSite, tasks } from '../rig/fanout.ts'

test('origin/<branch> is what the stack stands on: a gate that looks at what changed sees it, the first time as well', async () => {
  await using site = await startSite({ via: 'file', repo: { files: { a: 'a\n' } } })
  const gate = [
    'test "$(git rev-parse HEAD)" = "$FANOUT_COMMIT"',
    'test "$(git rev-parse main)" = "$FANOUT_COMMIT"',
    // A tip that is gated by itself has changed nothing.
    'test -z "$FANOUT_TASK_IDS" || test -n "$(git diff --name-only origin/main...HEAD)"',
    'for f in $(git diff --name-only origin/main...HEAD); do ! grep -q FORBIDDEN "$f" || exit 1; done',
  ].join('\n')
  const ran = await site.cli({
    tasks: tasks(
      { id: 'bad', run: 'echo FORBIDDEN > bad.txt' },
      { id: 'good', run: 'echo fine > good.txt' },
      { id: 'later', needs: 'good', run: 'echo fine > later.txt' },
    ),
    gate,
    'gate-retries': '0',
    verify: 'test "$(git rev-parse origin/main)" = "$(git rev-parse HEAD)"',
  })
  const { summary } = await ran.directory()
  expect(outcomes(summary), ran.stdout).toEqual({ bad: 'failed (gate)', good: 'landed', later: 'landed' })
  expect(summary.verification.passed).toBe(true)
})

test("what a rejected tree's gate left under that tree's own ignore rules is not in the next one", async () => {
  await using site = await startSite({ via: 'file', repo: { files: { 'tests/base.sh': 'true\n' } } })
  const ran = await site.cli({
    tasks: tasks(
      { id: 'c', run: 'echo fine > c.txt' },
      {
        id: 'a',
        run: 'echo "echo help > helper.txt" > gen.sh; mkdir -p d; echo "helper.txt\nd/cache" > .gitignore; echo false > tests/a.sh',
      },
      { id: 'b', run: 'echo "test -f helper.txt || test -e d/cache" > tests/b.sh' },
    ),
    workers: '1',
    gate: 'test ! -f gen.sh || { bash gen.sh; mkdir -p d/cache; touch d/cache/x; }; for t in tests/*.sh; do bash -e $t || exit 1; done; test -z "$(git status --short)"',
    'gate-retries': '0',
    'verify-when': 'never',
  })
  const { summary } = await ran.directory()
  expect(outcomes(summary)).toEqual({ c: 'landed', a: 'failed (gate)', b: 'failed (gate)' })
})

test('a gate that rewrites its .git changes nothing for the next one', async () => {
  await using site = await startSite({ via: 'file', repo: { files: { a: 'a\n' } } })
  const ran = await site.cli({
    tasks: tasks({ id: 'x', run: 'echo x > x' }, { id: 'y', needs: 'x', run: 'echo y > y' }),
    gate: [
      'test "$(git config user.name)" != Evil; test ! -e .git/hooks/pre-commit; test -z "$(git tag)"',
      'git config user.name Evil; mkdir -p .git/hooks; touch .git/hooks/pre-commit; git tag evil',
      'git update-ref refs/remotes/origin/main HEAD; git update-index --assume-unchanged a; echo tampered > a',
    ].join('\n'),
    'verify-when': 'never',
  })
  const { summary } = await ran.directory()
  expect(outcomes(summary), ran.stdout).toEqual({ x: 'landed', y: 'landed' })
  expect((await site.remote.files()).a).toBe('a\n')
})

test('tags and other branches of the checkout are there for every command', async () => {
  await using site = await startSite({ via: 'file', repo: { files: { a: 'a\n' } }, clone: { as: 'user' } })
  const { clone } = site
  await git(clone.path, 'tag', '--annotate', 'v1.2.0', '--message', 'v1.2.0')
  await git(clone.path, 'push', '--quiet', 'origin', 'v1.2.0', 'HEAD:refs/heads/release')
  await git(clone.path, 'fetch', '--quiet')
  const look = 'git describe --tags --match "v*" && git log --oneline -1 origin/release'
  const ran = await site.cli({
    tasks: tasks({ id: 'version', run: `${look}; git describe --tags > VERSION` }),
    setup: look,
    gate: look,
    verify: look,
  })
  const { summary } = await ran.directory()
  expect(outcomes(summary), ran.stdout).toEqual({ version: 'landed' })
  expect(summary.verification.passed).toBe(true)
  expect((await site.remote.files()).VERSION).toBe('v1.2.0\n')
})
