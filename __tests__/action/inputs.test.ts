import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { INPUTS, inputsFrom, parseSettings } from '../../src/action/inputs.ts'
import { isBranchName } from '../../src/action/kinds.ts'
import type { Settings } from '../../src/decide/settings.ts'
import { run } from '../rig/exec.ts'

type Raw = Readonly<Record<string, string>>

function settings(raw: Raw): Settings {
  const parsed = parseSettings({ tasks: 'tasks.yml', ...raw })
  if (!parsed.ok) throw new Error(parsed.problems.join('\n'))
  return parsed.settings
}

function problems(raw: Raw): readonly string[] {
  const parsed = parseSettings({ tasks: 'tasks.yml', ...raw })
  return parsed.ok ? [] : parsed.problems
}

describe('defaults', () => {
  it('are what the contract says', () => {
    expect(settings({})).toEqual({
      tasks: 'tasks.yml',
      only: [],
      run: null,
      workers: null,
      maxTasks: 0,
      maxFailures: 0,
      branch: null,
      setup: null,
      copy: [],
      gate: null,
      gateTimeoutMinutes: 30,
      gateSlots: 1,
      gateRetries: 1,
      maxBatch: 0,
      remediate: null,
      maxRemediations: 2,
      maxPushAttempts: 50,
      pushBackoffMs: [500, 2000, 5000, 10000],
      verify: 'make verify',
      verifyIsDefault: true,
      verifyWhen: 'landed',
      verifyTimeoutMinutes: 30,
      onVerifyFailure: 'report',
      protectedPaths: ['.github/workflows/**'],
      maxChangedFiles: 0,
      taskTimeoutMinutes: 60,
      idleTimeoutMinutes: 0,
      deadlineMinutes: 0,
      retries: 0,
      workspaceRoot: null,
      workspaces: 'auto',
      keepWorkspaces: 'blocked',
      workspaceRetentionHours: 24,
      bookkeeping: 'off',
      doneFile: null,
      resume: true,
      dryRun: false,
      saveRefs: true,
      commitMessage: '{title}',
      gitUserName: 'github-actions[bot]',
      gitUserEmail: '41898282+github-actions[bot]@users.noreply.github.com',
      token: null,
      failOn: 'any',
      upload: true,
      artifactName: null,
      retentionDays: 0,
      log: 'failures',
    } satisfies Settings)
  })

  it('stand in for every empty value, for that is how an unset input arrives', () => {
    const empty = Object.fromEntries(INPUTS.map(({ name }) => [name, '']))
    expect(settings({ ...empty, tasks: 'tasks.yml' })).toEqual(settings({}))
  })

  it('are good values themselves', () => {
    const given = Object.fromEntries(INPUTS.map(input => [input.name, input.default]))
    expect(settings({ ...given, tasks: 'tasks.yml' })).toEqual(settings({}))
  })
})

describe('reading', () => {
  it('takes the inputs from the environment of a runner, hyphens kept', () => {
    const raw = inputsFrom({ INPUT_TASKS: 'a.yml', 'INPUT_MAX-TASKS': '3', INPUT_OTHER: 'x', PATH: '/bin' })
    expect(raw.tasks).toBe('a.yml')
    expect(raw['max-tasks']).toBe('3')
    expect(Object.keys(raw)).toEqual(INPUTS.map(({ name }) => name))
  })

  it('takes every input where its kind allows', () => {
    const read = settings({
      only: 'a, b\nc,,a',
      workers: ' 5 ',
      branch: 'release/1.x',
      copy: '.env*\nfixtures/{a,b}/**, node_modules',
      'push-backoff-ms': '0, 100\n3600000',
      'gate-timeout-minutes': '0.5',
      'idle-timeout-minutes': '0.25',
      'verify-when': 'never',
      'dry-run': 'True',
      resume: 'FALSE',
      'done-file': './plans/tasks.done.yml',
      'artifact-name': 'night shift',
      token: ' a.b_c ',
    })
    expect(read).toMatchObject({
      only: ['a', 'b', 'c'],
      workers: 5,
      branch: 'release/1.x',
      copy: ['.env*', 'fixtures/{a,b}/**', 'node_modules'],
      pushBackoffMs: [0, 100, 3600000],
      gateTimeoutMinutes: 0.5,
      idleTimeoutMinutes: 0.25,
      verifyWhen: 'never',
      dryRun: true,
      resume: false,
      doneFile: 'plans/tasks.done.yml',
      artifactName: 'night shift',
      token: 'a.b_c',
    })
  })

  it('keeps a command to the letter', () => {
    const command = 'cat <<"EOF" |\n  sh\nEOF\n'
    expect(settings({ run: command, gate: command, verify: command })).toMatchObject({
      run: command,
      gate: command,
      verify: command,
      verifyIsDefault: false,
    })
  })

  it.each([
    ['- id: a\n  run: x\n', '- id: a\n  run: x\n'],
    ['  - id: a\n  - id: b', '  - id: a\n  - id: b'],
    ['[]', '[]'],
    ['  tasks.yml\n', 'tasks.yml'],
  ])('keeps tasks that are text as they came, and trims the name of a file: %j', (given, read) => {
    expect(settings({ tasks: given }).tasks).toBe(read)
  })
})

describe('refusing', () => {
  it('names all problems at once, each with what was expected and what came', () => {
    expect(
      problems({ tasks: '', workers: '0', 'dry-run': 'yes', 'verify-when': 'sometimes', log: 'All' }),
    ).toEqual([
      `input 'tasks': expected the name of a tasks file, or the tasks themselves, got ""`,
      `input 'workers': expected auto or a whole number from 1 to 256, got "0"`,
      `input 'verify-when': expected landed, success, always or never, got "sometimes"`,
      `input 'dry-run': expected true or false, got "yes"`,
      `input 'log': expected failures, all or none, got "All"`,
    ])
  })

  it.each(['1e3', '0x10', '-1', '+1', '1.5', '01', '1_000', '٣', ' ', 'NaN', 'Infinity', '1 2'])(
    'does not take %j for a whole number',
    value => {
      expect(problems({ 'max-tasks': value })).toEqual([
        `input 'max-tasks': expected a whole number from 0 to 100000, got ${JSON.stringify(value)}`,
      ])
    },
  )

  it.each(['1e3', '.5', '5.', '-0.5', 'abc', '1,5', '10081'])('does not take %j for minutes', value => {
    expect(problems({ 'deadline-minutes': value })).toEqual([
      `input 'deadline-minutes': expected a number from 0 to 10080, got ${JSON.stringify(value)}`,
    ])
  })

  it.each(['yes', 'no', '1', '0', 'on', 'tRUE', 'y'])('does not take %j for a boolean', value => {
    expect(problems({ upload: value })).toEqual([`input 'upload': expected true or false, got "${value}"`])
  })

  it.each([
    ['workers', '256', '257'],
    ['gate-slots', '64', '65'],
    ['gate-retries', '10', '11'],
    ['max-remediations', '20', '21'],
    ['retries', '20', '21'],
    ['max-push-attempts', '1000', '1001'],
    ['max-push-attempts', '1', '0'],
    ['retention-days', '400', '401'],
    ['gate-timeout-minutes', '0.1', '0'],
    ['verify-timeout-minutes', '0.1', '0.0'],
    ['task-timeout-minutes', '10080', '10081'],
    ['push-backoff-ms', '0', '3600001'],
    ['push-backoff-ms', '1,2', '1,x'],
    ['push-backoff-ms', '1', ','],
    ['commit-message', '{id}', '  '],
    ['git-user-name', "O'Neil [bot]", 'A <a@b>'],
    ['git-user-email', 'a@b', 'a@b\nGpgsig: x'],
    ['artifact-name', 'a b.c-d', 'a/b'],
    ['artifact-name', 'ünï', 'a:b'],
    ['done-file', 'a/b.yml', '/a/b.yml'],
    ['done-file', 'a..b/c', 'a/../../b'],
    ['done-file', 'a.yml', 'a\\b.yml'],
    ['done-file', '.github/done.yml', '.git/config'],
    ['done-file', 'c', 'C:/x'],
    ['done-file', 'sub/git/done.yml', 'sub/.GIT/done.yml'],
    ['done-file', 'a/.b', 'a/.'],
    ['done-file', 'a b', 'a\nb'],
    ['only', 'a,', ' ,\n'],
    ['copy', '.env*', '/etc/passwd'],
    ['copy', 'a/..b', '../secret'],
    ['protected-paths', '{a,b}/**', 'a\\b'],
    ['branch', 'main', 'refs/heads/main'],
    ['branch', 'a/b', 'a b'],
    ['token', 'x', 'x y'],
  ])('draws the line of %s between %j and %j', (name, inside, outside) => {
    expect(problems({ [name]: inside })).toEqual([])
    expect(problems({ [name]: outside })).toEqual([expect.stringContaining(`input '${name}': expected `)])
  })

  it.each(['./plans//./tasks.done.yml', ' plans/./tasks.done.yml\n', '././/plans/tasks.done.yml'])(
    'takes %j for the path that git would write',
    given => {
      expect(settings({ 'done-file': given }).doneFile).toBe('plans/tasks.done.yml')
    },
  )

  it('says which item of a list is wrong, and the way out', () => {
    expect(problems({ copy: 'a,../b', branch: 'refs/heads/x/y' })).toEqual([
      `input 'branch': expected a branch name, got "refs/heads/x/y"; write "x/y"`,
      `input 'copy': expected globs relative to the repository, separated by commas or newlines, got "a,../b"; "../b": expected a glob inside the repository, without '..'`,
    ])
  })

  it('never repeats a token', () => {
    expect(problems({ token: 'ghs_secret and more' }).join()).not.toContain('secret')
  })

  it('does not archive into a file that is not there', () => {
    expect(problems({ bookkeeping: 'archive' })).toEqual([])
    expect(problems({ bookkeeping: 'archive', tasks: '- id: a\n  run: x\n' })).toEqual([
      `input 'bookkeeping': expected off where 'tasks' is not the name of a file, got "archive"`,
    ])
  })

  it('never throws, and either types everything or names a problem', () => {
    const value = fc.oneof(
      fc.string(),
      fc.string({ unit: 'binary' }),
      fc.constantFrom('auto', '1', 'true', ',', '\n'),
    )
    const raw = fc.dictionary(fc.constantFrom(...INPUTS.map(({ name }) => name as string)), value)
    fc.assert(
      fc.property(raw, given => {
        const parsed = parseSettings(given)
        if (parsed.ok) expect(Object.keys(parsed.settings).sort()).toEqual(Object.keys(settings({})).sort())
        else
          for (const problem of parsed.problems)
            expect(problem).toMatch(/^input '[a-z-]+': expected .+, got "/)
      }),
    )
  })
})

describe('branch names', () => {
  const odd = [
    'a',
    'Z',
    '.',
    '..',
    '/',
    '//',
    '-',
    '@',
    '@{',
    '{',
    '~',
    '^',
    ':',
    '?',
    '*',
    '[',
    '\\',
    ' ',
    '.lock',
  ]
  const name = fc.array(fc.constantFrom(...odd, '\t', '\u007f', 'é', 'HEAD', 'lock', '}'), { maxLength: 5 })

  it('are those that git takes', async () => {
    const one = fc.asyncProperty(name, async parts => {
      const branch = parts.join('')
      const git = await run('git', ['check-ref-format', '--branch', branch])
      // `--branch` also resolves `@{-1}` and lets HEAD pass, which `git branch` refuses.
      expect(isBranchName(branch)).toBe(git.code === 0 && branch !== 'HEAD')
    })
    await fc.assert(one, { numRuns: 150 })
  })
})
