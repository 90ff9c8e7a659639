// Copy to codemod/tasks.mjs
// Prints a task for each folder in packages/ that has a package.json.
import { existsSync, readdirSync } from 'node:fs'

const packages = readdirSync('packages').filter(name => existsSync(`packages/${name}/package.json`))
const tasks = packages.map(name => ({
  id: name,
  title: `Import built-in modules as node: in ${name}`,
  paths: [`packages/${name}/**`],
}))
console.log(JSON.stringify({ version: 1, tasks }, null, 2))
