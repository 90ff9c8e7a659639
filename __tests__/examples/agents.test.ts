import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { AGENTS, agentStandIns } from '../rig/agents.ts'
import { exampleFiles, runExample } from '../rig/example.ts'
import { outcomes } from '../rig/fanout.ts'
import { textOf } from '../rig/fences.ts'
import { pathWith } from '../rig/stand-ins.ts'
import { tempDir } from '../rig/temp.ts'

// Whole workflows, on a machine that may be busy.
vi.setConfig({ testTimeout: 240_000 })

const files = {
  Makefile: 'test:\n\t! grep -rn broken packages docs\n',
  'packages/core/a.ts': '',
  'docs/x.md': '',
}
const KEY = 'sk-0123456789abcdef'

const workflows = exampleFiles('agents').filter(({ to }) => to.startsWith('.github/'))
const commandOf = (content: string) => /^ {6}AGENT: (.+)$/m.exec(content)?.[1] ?? ''

test('there is a workflow for each of the four agents', () => {
  const called = workflows.map(({ content }) => commandOf(content).split(' ')[0])
  expect(called.sort()).toEqual(Object.keys(AGENTS).sort())
})

test.each(workflows)(
  '$from works on prompts, and repairs what fails the tests',
  async ({ from, content }) => {
    await using folder = await tempDir('agents')
    const bin = await agentStandIns(join(folder.path, 'bin'), ['document-api'])
    await using run = await runExample('agents', from.split('/')[1] ?? '', {
      files,
      env: { PATH: pathWith(bin) },
      secrets: { ANTHROPIC_API_KEY: KEY, CODEX_API_KEY: KEY, GEMINI_API_KEY: KEY },
    })
    const log = run.done.jobs.fanout?.log.join('\n') ?? ''
    expect(run.done.conclusion, log).toBe('success')
    expect(outcomes(run.summary())).toEqual({
      'strict-core': 'landed',
      'strict-web': 'landed',
      'document-api': 'landed',
    })
    const [core, , docs] = run.summary().tasks
    expect(core?.attempts.remediation).toBe(0)
    expect(docs?.attempts.remediation).toBe(1)
    const agent = commandOf(content).split(' ')[0]
    const landed = await run.remote.files()
    expect(landed[`packages/core/${agent}.md`]).toBe(
      'done\nTurn on strictNullChecks in packages/core and repair what it finds.\n',
    )
    expect(landed[`docs/${agent}.md`]).toBe('repaired\n# Document what packages/core exports\n')
  },
)

test('the recipe shows the very commands of the examples', () => {
  const page = textOf('docs/recipes.md')
  for (const { from, content } of workflows) {
    expect(page).toContain(`(../examples/${from}) | \`${commandOf(content)}\` |`)
  }
})
