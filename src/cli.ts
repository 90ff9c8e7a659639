/** The command `fanout`. Loads nothing before it knows its node: an older one could not read the rest. */
import { nodeProblem } from './cli/node.ts'

const problem = nodeProblem(process.versions.node, process.execPath)
if (problem === null) {
  const { fanout } = await import('./cli/fanout.ts')
  process.exitCode = await fanout(process.argv.slice(2))
} else {
  process.stderr.write(`error: ${problem}\n`)
  process.exitCode = 1
}
