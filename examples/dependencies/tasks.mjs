// Copy to dependencies/tasks.mjs
// Prints a task for each dependency that `npm outdated` knows a newer version of.
import { spawnSync } from 'node:child_process'

// It exits with 1 when there are any.
const { stdout } = spawnSync('npm', ['outdated', '--json'], { encoding: 'utf8' })
const outdated = Object.entries(JSON.parse(stdout || '{}'))
const tasks = outdated.map(([name, { current, latest }]) => ({
  id: name.replace(/^@/, '').replaceAll('/', '-'),
  title: `Update ${name} from ${current} to ${latest}`,
  env: { PACKAGE: name, VERSION: latest },
  paths: ['package.json', 'package-lock.json'],
}))
console.log(JSON.stringify({ version: 1, tasks }, null, 2))
