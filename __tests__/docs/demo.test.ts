/** `make demo`, which README and CONTRIBUTING point to: the script says by itself whether all ended as it should. */
import { expect, test } from 'vitest'
import { run } from '../rig/exec.ts'
import { PRODUCT } from '../rig/fanout.ts'
import { textOf } from '../rig/fences.ts'
import { tempDir } from '../rig/temp.ts'

test('a run of every kind of ending, on this machine alone', { timeout: 180_000 }, async () => {
  expect(textOf('Makefile')).toMatch(/^demo: build .*\n\tnode scripts\/demo\.ts\n/m)
  await using temp = await tempDir('demo')
  const { code, stdout, stderr } = await run(process.execPath, ['scripts/demo.ts'], {
    cwd: PRODUCT,
    env: { TMPDIR: temp.path, XDG_STATE_HOME: temp.path },
  })
  expect(code, `${stdout}${stderr}`).toBe(0)
  expect(stdout).toContain("a colleague's commit arrives on the remote")
  expect(stdout).toMatch(/^4 of 8 tasks landed on main/m)
})
