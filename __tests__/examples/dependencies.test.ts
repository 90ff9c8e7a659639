import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { runExample } from '../rig/example.ts'
import { run as command } from '../rig/exec.ts'
import { outcomes } from '../rig/fanout.ts'
import { startNpmRegistry } from '../rig/npm-registry.ts'
import { tempDir, writeFiles } from '../rig/temp.ts'

// Whole workflows, on a machine that may be busy.
vi.setConfig({ testTimeout: 240_000 })

const says = (word: string) => ({ 'index.js': `module.exports = () => '${word}'\n` })

const MANIFEST = {
  private: true,
  scripts: { test: 'node test.js' },
  dependencies: { '@scope/alpha': '1.0.0', beta: '^1.0.0', fragile: '1.0.0', settled: '1.0.0' },
}
const TEST =
  "if (require('fragile')() !== 'fragile') process.exit(1)\nrequire('beta')()\nrequire('@scope/alpha')()\n"

test('each outdated dependency lands by itself, in spite of the lockfile; what breaks the tests does not', async () => {
  await using registry = await startNpmRegistry({
    '@scope/alpha': { '1.0.0': says('alpha'), '2.0.0': says('alpha') },
    beta: { '1.0.0': says('beta'), '1.1.0': says('beta') },
    fragile: { '1.0.0': says('fragile'), '2.0.0': says('something else') },
    settled: { '1.0.0': says('settled') },
  })
  await using folder = await tempDir('project')
  await writeFiles(folder.path, { 'package.json': `${JSON.stringify(MANIFEST, null, 2)}\n` })
  const pinned = ['install', '--package-lock-only', 'beta@1.0.0', '--save-exact']
  const locked = await command('npm', pinned, { cwd: folder.path, env: registry.env })
  expect(locked.code, locked.stderr).toBe(0)
  const text = (name: string) => readFile(join(folder.path, name), 'utf8')

  await using run = await runExample('dependencies', 'dependencies.yml', {
    files: {
      'package.json': await text('package.json'),
      'package-lock.json': await text('package-lock.json'),
      'test.js': TEST,
      '.gitignore': 'node_modules/\n',
    },
    env: registry.env,
  })
  const log = run.done.jobs.fanout?.log.join('\n') ?? ''
  expect(outcomes(run.summary()), log).toEqual({
    'scope-alpha': 'landed',
    beta: 'landed',
    fragile: 'failed (gate)',
  })
  // Their lines stand side by side: one of the two had to make its change again, upon the lockfile of the other.
  const remediations = run.summary().tasks.map(({ id, attempts }) => [id, attempts.remediation] as const)
  expect(remediations.filter(([id, count]) => id !== 'fragile' && count > 0)).toHaveLength(1)
  const landed = await run.remote.files()
  const { dependencies } = JSON.parse(landed['package.json'] ?? '')
  expect(dependencies).toMatchObject({ '@scope/alpha': '^2.0.0', fragile: '1.0.0', settled: '1.0.0' })
  const lock = JSON.parse(landed['package-lock.json'] ?? '')
  expect(lock.packages['node_modules/beta'].version).toBe('1.1.0')
  expect(lock.packages['node_modules/@scope/alpha'].version).toBe('2.0.0')
  expect(lock.packages['node_modules/fragile'].version).toBe('1.0.0')
  expect(await run.remote.log()).toMatch(/^Update \S+ from 1\.0\.0 to \S+ \[Fanout-Task: \S+\]\nUpdate/)
})
