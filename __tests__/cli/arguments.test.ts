import { describe, expect, test } from 'vitest'
import { readArguments } from '../../src/cli/arguments.ts'

const inputsOf = (...words: string[]) => readArguments('run', words).inputs
const problemsOf = (...words: string[]) => readArguments('run', words).problems

describe('what is read', () => {
  test('`--name value` and `--name=value` are the same; a value may hold anything', () => {
    const words = [
      '--tasks',
      'tasks.yml',
      '--run=echo a=b',
      '--gate',
      '-- 2>&1 || true',
      '--verify',
      '--check x',
    ]
    expect(inputsOf(...words)).toEqual({
      tasks: 'tasks.yml',
      run: 'echo a=b',
      gate: '-- 2>&1 || true',
      verify: '--check x',
    })
    expect(problemsOf(...words)).toEqual([])
  })

  test('an empty value is one: it means the default', () => {
    expect(inputsOf('--gate=', '--run', '')).toEqual({ gate: '', run: '' })
  })

  test('of an input that is true or false the name alone means true', () => {
    expect(inputsOf('--dry-run')).toEqual({ 'dry-run': 'true' })
    expect(inputsOf('--dry-run', '--tasks', 'x')).toEqual({ 'dry-run': 'true', tasks: 'x' })
    expect(inputsOf('--dry-run', 'false')).toEqual({ 'dry-run': 'false' })
    expect(readArguments('retry', ['--dry-run', 'dir']).directory).toBe('dir')
    // What is neither is told by the input itself.
    expect(inputsOf('--dry-run', 'yes')).toEqual({ 'dry-run': 'yes' })
  })

  test('--help and -h count where they are words of their own, not as values', () => {
    expect(readArguments('run', ['--tasks', 'x', '-h']).help).toBe(true)
    expect(readArguments('run', ['--run', '-h']).help).toBe(false)
    expect(readArguments('stop', ['--help']).help).toBe(true)
  })

  test('a run directory, switches, and tasks in a list or one by one', () => {
    const args = readArguments('retry', ['dir', '--task', 'a, b', '--task=c', '--gate', 'true'])
    expect(args).toMatchObject({
      directory: 'dir',
      tasks: ['a', 'b', 'c'],
      inputs: { gate: 'true' },
      problems: [],
    })
    expect([...readArguments('status', ['--json', 'dir']).switches]).toEqual(['json'])
  })

  test('behind `--` everything is a word, whatever it looks like', () => {
    expect(readArguments('status', ['--', '--json']).directory).toBe('--json')
  })
})

describe('what is wrong is told all at once', () => {
  test('an unknown option takes the value behind it along, and says what was meant', () => {
    expect(problemsOf('--taks', 'tasks.yml')).toEqual([
      'unknown option --taks: fanout run takes none of that name; did you mean --tasks?',
    ])
    expect(problemsOf('--frobnicate', 'x', '-x')).toEqual([
      'unknown option --frobnicate: fanout run takes none of that name; fanout run --help lists all',
      'unknown option -x: fanout run takes none of that name; fanout run --help lists all',
    ])
    expect(problemsOf('-abc')).toHaveLength(1)
  })

  test('it counts as what was meant, so that other mistakes show', () => {
    expect(inputsOf('--taks', 'tasks.yml', '--worker=0')).toEqual({ tasks: 'tasks.yml', workers: '0' })
  })

  test('a misspelt switch leaves the run directory alone', () => {
    const args = readArguments('status', ['--jsn', 'dir'])
    expect(args.directory).toBe('dir')
    expect(args.problems).toEqual([
      'unknown option --jsn: fanout status takes none of that name; did you mean --json?',
    ])
  })

  test('an option is not the value of the one before it', () => {
    const args = readArguments('run', ['--gate', '--workers', '2', '--tasks'])
    expect(args.inputs).toEqual({ workers: '2' })
    expect([...args.missing]).toEqual(['gate', 'tasks'])
    expect(args.problems).toEqual([
      '--gate needs a value: write --gate <value>',
      '--tasks needs a value: write --tasks <value>',
    ])
    expect(inputsOf('--gate=--workers')).toEqual({ gate: '--workers' })
  })

  test('an input given twice, a switch with a value, a word too many', () => {
    expect(problemsOf('--only', 'a', '--only', 'b', '--dry-run', '--dry-run=false')).toEqual([
      '--only is given 2 times: only one can count, write it once',
      '--dry-run is given 2 times: only one can count, write it once',
    ])
    expect(readArguments('plan', ['--json=yes']).problems).toEqual([
      '--json takes no value, got "yes": write it alone',
    ])
    expect(problemsOf('tasks.yml')).toEqual([
      'unexpected argument "tasks.yml": fanout run takes options only; fanout run --help lists them',
    ])
    expect(readArguments('stop', ['a', 'b']).problems).toHaveLength(1)
    expect(readArguments('init', ['now']).problems).toEqual([
      'unexpected argument "now": fanout init takes none',
    ])
  })

  test('an option of another command is none of this one', () => {
    expect(problemsOf('--json')).toHaveLength(1)
    expect(readArguments('retry', ['dir', '--only', 'a']).problems).toHaveLength(1)
    expect(readArguments('status', ['dir', '--tasks', 'x']).problems).toHaveLength(1)
  })

  test('names that objects have of their own are no options', () => {
    for (const name of ['constructor', '__proto__', 'toString']) {
      expect(problemsOf(`--${name}`, 'x')).toHaveLength(1)
    }
  })
})
