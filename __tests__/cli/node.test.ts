import { expect, test } from 'vitest'
import { nodeProblem } from '../../src/cli/node.ts'

test.each(['24.0.0', '24.21.0', '26.1.0', '100.0.0'])('node %s will do', version => {
  expect(nodeProblem(version, '/usr/bin/node')).toBeNull()
})

test.each(['20.20.2', '22.12.0', '23.11.1', '8.0.0', ''])('node %s is told what is needed', version => {
  expect(nodeProblem(version, '/usr/bin/node')).toMatch(
    /needs node 24 or newer, and \/usr\/bin\/node is node/,
  )
})
