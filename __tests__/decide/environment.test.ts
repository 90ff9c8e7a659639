import { describe, expect, it } from 'vitest'
import { childEnvironment } from '../../src/decide/environment.ts'

describe('childEnvironment', () => {
  it('withholds inputs, service tokens, command files, saved state and git configuration', () => {
    const parent = {
      INPUT_TOKEN: 'x',
      'INPUT_MAX-BATCH': '3',
      input_run: 'x',
      ACTIONS_RUNTIME_TOKEN: 'x',
      ACTIONS_ID_TOKEN_REQUEST_URL: 'x',
      Actions_Cache_Url: 'x',
      GITHUB_ENV: '/f',
      GITHUB_PATH: '/f',
      GITHUB_OUTPUT: '/f',
      GITHUB_STATE: '/f',
      GITHUB_STEP_SUMMARY: '/f',
      Github_Output: '/f',
      GITHUB_ARTIFACTS: '/f',
      GITHUB_ARTIFACTS_LIST: '/f',
      STATE_isPost: 'true',
      GIT_DIR: '/d',
      GIT_CONFIG_COUNT: '1',
      git_askpass: 'x',
    }
    expect(childEnvironment(parent, {})).toEqual({})
  })

  it('keeps the rest of the step, and the id by which the runner finds orphans', () => {
    const parent = {
      PATH: '/bin',
      RUNNER_TRACKING_ID: 'github_1',
      RUNNER_TEMP: '/t',
      GITHUB_SHA: 'abc',
      GITHUB_TOKEN: 'another one, of the user',
      GITHUB_ENVIRONMENT: 'x',
      GITLAB: 'x',
      MY_INPUT_X: 'x',
      FANOUT_PROCESS: 'outer',
      FANOUT_MINE: 'x',
      EMPTY: '',
    }
    expect(childEnvironment({ ...parent, GONE: undefined }, {}, ['token-of-the-input'])).toEqual(parent)
  })

  it('drops what an outer run told its own worker', () => {
    expect(childEnvironment({ FANOUT_HANDOFF: '/h', FANOUT_TASK_ID: 'a', fanout: '1' }, {})).toEqual({})
  })

  it('drops a variable that holds the token, whatever its name', () => {
    const token = 'ghs_0123456789abcdef'
    const parent = { GH_TOKEN: token, REMOTE: `https://x:${token}@host/r`, OTHER: 'ghs_0123456789' }
    expect(childEnvironment(parent, {}, [token])).toEqual({ OTHER: 'ghs_0123456789' })
  })

  it('drops nothing because a short secret or an empty one happens to stand in it', () => {
    const parent = { PATH: '/bin', EQUAL: 'bin', NONE: '' }
    expect(childEnvironment(parent, {}, ['bin', ''])).toEqual({ PATH: '/bin', NONE: '' })
  })

  it('lets the extra variables win, unfiltered', () => {
    const extra = { FANOUT_TASK_ID: 'b', GIT_AUTHOR_NAME: 'A', PATH: '/other' }
    expect(childEnvironment({ PATH: '/bin', FANOUT_TASK_ID: 'a' }, extra)).toEqual(extra)
  })
})
