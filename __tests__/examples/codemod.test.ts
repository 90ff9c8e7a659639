import { expect, test, vi } from 'vitest'
import { runExample } from '../rig/example.ts'
import { outcomes } from '../rig/fanout.ts'

// Whole workflows, on a machine that may be busy.
vi.setConfig({ testTimeout: 240_000 })

const manifest = '{ "private": true, "type": "module", "scripts": { "test": "node --test" } }\n'

/** A package of which `source` is all, with a test of its own. */
function pack(name: string, source: string, check: string): Record<string, string> {
  return {
    [`packages/${name}/package.json`]: manifest,
    [`packages/${name}/index.js`]: source,
    [`packages/${name}/index.test.js`]: `import test from 'node:test'\n${check}\n`,
  }
}

const files: Record<string, string> = {
  'packages/README.md': 'no package\n',
  ...pack(
    'files',
    "import { readFileSync } from 'fs'\nexport const read = readFileSync\n",
    "import { read } from './index.js'\ntest('reads', () => { read('index.js') })",
  ),
  ...pack(
    'paths',
    'export const { join } = await import("path")\nexport const fs = "fs"\n',
    "import { join } from './index.js'\ntest('joins', () => { if (join('a', 'b') !== 'a/b') throw new Error() })",
  ),
  // Another bundler's: it knows no prefix, and its test says so.
  ...pack(
    'browser',
    "import { EventEmitter } from 'events'\nexport { EventEmitter }\n",
    "import { readFileSync } from 'node:fs'\ntest('no prefix', () => { if (/node:/.test(readFileSync('index.js', 'utf8'))) throw new Error() })",
  ),
  ...pack('plain', 'export const one = 1\n', "test('nothing', () => {})"),
}

test('every package is changed by itself; the one whose tests break is left out', async () => {
  await using run = await runExample('codemod', 'codemod.yml', { files })
  const log = run.done.jobs.fanout?.log.join('\n') ?? ''
  expect(outcomes(run.summary()), log).toEqual({
    browser: 'failed (gate)',
    files: 'landed',
    paths: 'landed',
    plain: 'unchanged',
  })
  expect(run.done.conclusion).toBe('failure')
  const landed = await run.remote.files()
  expect(landed['packages/files/index.js']).toBe(
    "import { readFileSync } from 'node:fs'\nexport const read = readFileSync\n",
  )
  expect(landed['packages/paths/index.js']).toBe(
    'export const { join } = await import("node:path")\nexport const fs = "fs"\n',
  )
  expect(landed['packages/browser/index.js']).toBe(files['packages/browser/index.js'])
  expect(run.artifacts.unzip('fanout-77-1').has('tasks/browser/work.patch')).toBe(true)
})
