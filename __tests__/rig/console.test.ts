import { tmpdir } from 'node:os'
import { expect, test } from 'vitest'
import { commandsOf, matches, perform } from './console.ts'

test('a block is commands with what they say, and a backslash goes on', () => {
  expect(commandsOf('$ one \\\n    more\nsaid\n\nagain\n$ two\n')).toEqual([
    { command: 'one \\\n    more', output: ['said', '', 'again'] },
    { command: 'two', output: [] },
  ])
  expect(() => commandsOf('no command\n')).toThrow('begins with a command')
})

test('commands share a shell, and each has its own exit code and both streams', async () => {
  const done = await perform('$ word=hello; cd /\n$ echo $word; pwd >&2\n$ false\n', tmpdir(), {})
  expect(done.map(({ code, said }) => ({ code, said }))).toEqual([
    { code: 0, said: [] },
    { code: 0, said: ['hello', '/'] },
    { code: 1, said: [] },
  ])
  await expect(perform('$ exit 3\n', tmpdir(), {})).rejects.toThrow('the shell ended with exit 3')
})

test.each([
  ['8f2c1d4 strict-core', '1234567 strict-core', true],
  ['landed in 4.1s', 'landed in 1m 02s', true],
  ['run local-20261121T142403Z-bffb', 'run local-20270101T000000Z-0000', true],
  ['a   b', 'a  b', true],
  ['1 of 2 landed', '2 of 2 landed', false],
  ['one...', 'one and more', true],
  ['one', 'one and more', false],
  ['a.b', 'axb', false],
])('%j shown, %j said: %s', (shown, said, expected) => {
  expect(matches([said], [shown])).toBe(expected)
})

test('a line that is missing, or that nobody showed, does not match', () => {
  expect(matches(['a', 'b'], ['a'])).toBe(false)
  expect(matches(['a'], ['a', 'b'])).toBe(false)
  expect(matches(['a', 'b', 'c'], ['a', '...', 'c'])).toBe(true)
})
