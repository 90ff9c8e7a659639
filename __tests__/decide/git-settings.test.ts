import { describe, expect, it } from 'vitest'
import {
  filtersIn,
  isConversion,
  isCoreConversion,
  isInclude,
  readScopedSettings,
  readSettings,
  runIn,
  settingsText,
} from '../../src/decide/git-settings.ts'

const named = (key: string, value: string | null = 'x') => ({ key, value })

it('settings are read with their scopes, values of several lines and none at all among them', () => {
  expect(readSettings('a.b\none\ntwo\0c.d\0e.f\n\0')).toEqual([
    named('a.b', 'one\ntwo'),
    named('c.d', null),
    named('e.f', ''),
  ])
  const listed = 'global\0a.b\nx\0local\0c.d\0'
  expect(readScopedSettings(listed)).toEqual([
    { scope: 'global', ...named('a.b') },
    { scope: 'local', ...named('c.d', null) },
  ])
  expect(readScopedSettings('')).toEqual([])
})

it('what they are written as is what git reads', () => {
  const settings = [named('filter.a "b\\c.clean', 'tr "a" \\\nb'), named('merge.renormalize', null)]
  expect(settingsText(settings)).toBe(
    '[filter "a \\"b\\\\c"]\n\tclean = "tr \\"a\\" \\\\\\nb"\n[merge]\n\trenormalize\n',
  )
})

it('filters, merges, line ends and modes count; addresses and credentials do not', () => {
  const conversions = ['filter.x.clean', 'merge.renames', 'merge.npm.driver', 'diff.renameLimit']
  expect(conversions.map(key => isConversion(named(key)))).toEqual([true, true, true, true])
  const others = ['diff.external', 'http.extraheader', 'credential.helper', 'core.sshCommand', 'core.eol']
  expect(others.map(key => isConversion(named(key)))).toEqual([false, false, false, false, false])
  expect(['core.autocrlf', 'core.fileMode', 'core.eol'].map(key => isCoreConversion(named(key)))).toEqual([
    true,
    true,
    true,
  ])
  expect(isCoreConversion(named('core.worktree'))).toBe(false)
  expect(
    ['include.path', 'includeif.gitdir:/x/.path', 'includes.x'].map(key => isInclude(named(key))),
  ).toEqual([true, true, false])
})

it('a filter is defined by a command, not by being required', () => {
  const keys = ['filter.a.clean', 'filter.b.required', 'filter.c.d.process', 'merge.e.driver']
  expect([...filtersIn(keys.map(key => named(key)))]).toEqual(['a', 'c.d'])
})

describe('a command', () => {
  const value = (key: string, command: string, folder = "/the user's") =>
    runIn(folder, named(key, command)).value
  const rest =
    'unset GIT_DIR GIT_WORK_TREE GIT_INDEX_FILE GIT_OBJECT_DIRECTORY GIT_ALTERNATE_OBJECT_DIRECTORIES GIT_COMMON_DIR GIT_PREFIX'

  it('of a filter runs where it was defined, in that repository', () => {
    const text = `cd '/the user'\\''s' || exit 129\n${rest}\n./clean %f`
    expect(value('filter.x.clean', './clean %f')).toBe(text)
  })

  it('has the percent signs of its folder kept from git, which takes them for its own', () => {
    expect(value('filter.x.smudge', 'y', '/5%f')).toContain("cd '/5%%f' ||")
    expect(value('filter.x.process', 'y', '/5%f')).toContain("cd '/5%f' ||")
  })

  it('of a merge driver is told where its files are, however they are quoted', () => {
    const text = value('merge.x.driver', `./m %O "%A" '%B' \\"%P 'a%%O' "it's %L %B"`)
    expect(text).toBe(
      [
        'fanout_merge=$PWD',
        "cd '/the user'\\''s' || exit 129",
        rest,
        `./m "$fanout_merge"/%O "$fanout_merge/%A" ''"$fanout_merge"'/%B' \\"%P 'a%%O' "it's %L $fanout_merge/%B"`,
      ].join('\n'),
    )
    expect(value('merge.x.driver', 'true')).not.toContain('PWD')
  })

  it('of Git LFS, and what is no command, stays as it is', () => {
    for (const command of ['git-lfs clean -- %f', 'git lfs filter-process']) {
      expect(value('filter.lfs.clean', command)).toBe(command)
      expect(value('filter.big.process', command)).toBe(command)
    }
    expect(value('filter.x.required', 'true')).toBe('true')
    expect(value('filter.x.clean', '')).toBe('')
    expect(value('merge.x.name', 'mine')).toBe('mine')
  })
})
