import { symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { agentStandIns } from './agents.ts'
import { run } from './exec.ts'
import { tempDir } from './temp.ts'

// What each real agent would do with these: ask somebody, only read, or not know the flag.
test.each([
  ['claude', ['-p'], /would ask without --permission-mode/],
  ['claude', ['-p', '--permission-mode', 'default'], /bad value of --permission-mode/],
  ['claude', ['-p', '--permission-mode', 'acceptEdits', '--yolo'], /unknown argument --yolo/],
  ['codex', ['--sandbox', 'workspace-write', '-'], /expected exec/],
  ['codex', ['exec', '--sandbox', 'read-only', '-'], /bad value of --sandbox/],
  ['codex', ['exec', '--sandbox', 'workspace-write'], /expected - at the end/],
  ['gemini', [], /would ask without --approval-mode/],
  ['gemini', ['--approval-mode', 'yolo'], /needs GEMINI_API_KEY/],
  ['opencode', ['run', '--model', 'a/b'], /would ask without --auto/],
  ['opencode', ['run', '--auto', '--model', 'b'], /bad value of --model/],
])('%s %j is refused', async (name, args, why) => {
  await using folder = await tempDir('agents')
  const bin = await agentStandIns(join(folder.path, 'bin'), [])
  await symlink(join(`${bin}-packages`, name), join(bin, name))
  const { code, stderr } = await run(join(bin, name), args, { input: 'a prompt' })
  expect(code).toBe(2)
  expect(stderr).toMatch(why)
})

test('an agent is installed at an exact version, or not at all', async () => {
  await using folder = await tempDir('agents')
  const bin = await agentStandIns(join(folder.path, 'bin'), [])
  const npm = (...args: readonly string[]) => run(join(bin, 'npm'), args)
  expect((await npm('install', '--global', '@openai/codex')).code).toBe(1)
  expect((await npm('install', '--global', '@openai/codex@latest')).code).toBe(1)
  expect((await npm('install', '--global', '@openai/codex@1.2.3')).code).toBe(0)
  expect((await run(join(bin, 'codex'), ['nonsense'])).stderr).toContain('codex: expected')
})
