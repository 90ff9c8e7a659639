import { describe, expect, it } from 'vitest'
import { branchRules, placeOf } from '../../src/world/github.ts'
import { startGithubApi } from '../rig/github-api.ts'

const TOKEN = 'ghs_token'
const PLACE = { owner: 'o', repo: 'r' }
const never = new AbortController().signal

describe('the rules of a branch', () => {
  it('are listed by type, also of a branch with a slash in its name', async () => {
    await using api = await startGithubApi(TOKEN)
    api.rules.set('o/r feature/x', [
      { type: 'pull_request', parameters: { required_approving_review_count: 1 } },
      { type: 'deletion' },
    ])
    const types = await branchRules(PLACE, 'feature/x', TOKEN, api.url, never)
    expect(types).toEqual(['pull_request', 'deletion'])
    expect(api.log.map(({ path }) => path)).toEqual(['/repos/o/r/rules/branches/feature%2Fx'])
  })

  it('of a branch without any are none', async () => {
    await using api = await startGithubApi(TOKEN)
    expect(await branchRules(PLACE, 'main', TOKEN, api.url, never)).toEqual([])
  })

  it('reject when the token is wrong, the server fails, lies or hangs up', async () => {
    await using api = await startGithubApi(TOKEN)
    await expect(branchRules(PLACE, 'main', 'ghs_other', api.url, never)).rejects.toThrow('Bad credentials')
    for (const fault of [{ status: 500 }, { body: '{"no":"list"}' }, { instead: 'reset' as const }]) {
      api.fault(fault)
      await expect(branchRules(PLACE, 'main', TOKEN, api.url, never)).rejects.toThrow()
    }
    expect(api.leftoverFaults()).toEqual([])
  })

  it('are given up when the signal says so', async () => {
    await using api = await startGithubApi(TOKEN)
    api.fault({ instead: 'silence' })
    const giveUp = new AbortController()
    const asked = branchRules(PLACE, 'main', TOKEN, api.url, giveUp.signal)
    await api.request()
    giveUp.abort()
    await expect(asked).rejects.toThrow()
  })
})

describe('the place of a remote', () => {
  const server = 'https://github.com'
  it.each([
    ['https://github.com/o/r', PLACE],
    ['https://github.com/o/r.git', PLACE],
    ['https://x-access-token:secret@GitHub.com/o/r/', PLACE],
    ['git@github.com:o/r.git', PLACE],
    ['ssh://git@github.com/o/r.git', PLACE],
    ['https://gitlab.com/o/r', null],
    ['https://github.com/o/r/more', null],
    ['https://github.com/o', null],
    ['file:///srv/github.com/o/r', null],
    ['/srv/o/r.git', null],
  ])('of %s', (url, place) => {
    expect(placeOf(url, server)).toEqual(place)
  })

  it('counts the port as part of the host', () => {
    expect(placeOf('http://127.0.0.1:8080/o/r', 'http://127.0.0.1:8080')).toEqual(PLACE)
    expect(placeOf('http://127.0.0.1:8081/o/r', 'http://127.0.0.1:8080')).toBeNull()
  })
})
