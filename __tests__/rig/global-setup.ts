import { run } from './exec.ts'

/** Fails the whole test run early when the machine is not what the tests were written for. */
export async function setup(): Promise<void> {
  // node24 is what the action runs on; an optional dependency that was left out silently falls back to the system's.
  if (!process.versions.node.startsWith('24.')) {
    throw new Error(
      `the tests need node 24, this is ${process.versions.node}: run \`npm ci\`, then \`npm test\` (it puts node_modules/.bin first on PATH)`,
    )
  }
  const said = (await run('git', ['--version'])).stdout.trim()
  const [major = 0, minor = 0] = (/(\d+)\.(\d+)/.exec(said) ?? []).slice(1).map(Number)
  if (major < 2 || (major === 2 && minor < 38)) {
    throw new Error(
      `the tests need git 2.38 or newer (merge-tree --write-tree), this is: ${said || 'no git'}`,
    )
  }
}
