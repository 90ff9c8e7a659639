import { describe, expect, test } from 'vitest'
import { INPUTS } from '../../src/action/inputs.ts'
import { COMMAND_NAMES, COMMANDS } from '../../src/cli/command-table.ts'
import { helpOf, inputsHelp, overview } from '../../src/cli/help.ts'

test('every input is shown with its default, in lines that fit', () => {
  const help = inputsHelp(72)
  for (const { name } of INPUTS) expect(help).toContain(`  --${name} `)
  expect(help).toContain('--workers <value>')
  expect(help).toContain('--dry-run [true|false]')
  for (const line of help.split('\n')) expect(line.length).toBeLessThanOrEqual(72)
})

test('the overview names every command and what it does', () => {
  const text = overview(100)
  for (const name of COMMAND_NAMES) expect(text).toContain(`  fanout ${name}`)
  expect(text.replace(/\s+/g, ' ')).toContain(COMMANDS.retry.does)
})

describe.each(COMMAND_NAMES)('fanout %s --help', name => {
  const text = helpOf(name, 100)
  const inputs = INPUTS.filter(input => text.includes(`  --${input.name} `)).map(input => input.name)

  test('begins with how it is called, and has an example that calls it', () => {
    expect(text).toMatch(new RegExp(`^Usage: fanout ${name}( |\\n)`))
    for (const example of COMMANDS[name].examples) expect(example).toMatch(new RegExp(`^fanout ${name}`))
  })

  test('lists the inputs where they are its options, and only there', () => {
    const all = INPUTS.map(input => input.name)
    const wanted: Readonly<Record<string, readonly string[]>> = {
      run: all,
      plan: all,
      retry: all.filter(input => input !== 'only'),
    }
    expect(inputs).toEqual(wanted[name] ?? [])
  })
})
