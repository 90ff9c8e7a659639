import { expect, it } from 'vitest'
import { hasTarget } from '../../src/decide/make.ts'

it.each([
  ['GNU make 4', 2, "make: *** No rule to make target 'verify'.  Stop.\n"],
  ['GNU make 3.81, of macOS', 2, "make: *** No rule to make target `verify'.  Stop.\n"],
  ['bmake', 2, "make: don't know how to make verify. Stop\n"],
  ['a folder of that name', 0, "make: Nothing to be done for 'verify'.\n"],
  ['no make', 127, '/tmp/verify-probe.sh: line 1: make: command not found\n'],
])('there is none, says %s', (_, exitCode, output) => {
  expect(hasTarget('verify', exitCode, output)).toBe(false)
})

it.each([
  ['what it would run is shown', 0, 'npm test\n'],
  [
    'something that it needs is missing',
    2,
    "make: *** No rule to make target 'x', needed by 'verify'.  Stop.\n",
  ],
  ['another target has that name in it', 2, "make: *** No rule to make target 'verify-all'.  Stop.\n"],
  [
    'it calls make, which lacks a target of that name',
    2,
    "make[1]: *** No rule to make target 'verify'.  Stop.\nmake: *** [Makefile:2: verify] Error 2\n",
  ],
  ['it calls make, which has nothing to do', 0, "make[1]: Nothing to be done for 'verify'.\n"],
  ['an included file is missing', 2, "make: *** No rule to make target 'node_modules/x.mk'.  Stop.\n"],
  ['the Makefile is wrong', 2, 'Makefile:1: *** missing separator.  Stop.\n'],
  ['the question took too long', null, ''],
])('there is one, or make itself will tell what is wrong: %s', (_, exitCode, output) => {
  expect(hasTarget('verify', exitCode, output)).toBe(true)
})
