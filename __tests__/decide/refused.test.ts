import { describe, expect, it } from 'vitest'
import { RULES } from '../../src/decide/refusal.ts'
import type { PushStep, StackStep } from '../../src/decide/task.ts'
import { gateResult, kept, play, refused, unreachable, worked } from '../rig/model/play.ts'

const IDS = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']

/** All finished, and the lane about to push them; without a gate. */
function pushing(ids: readonly string[], change: Parameters<typeof play>[1] = {}): ReturnType<typeof play> {
  const run = play(ids, { workers: ids.length, gate: false, ...change })
  run.begin()
  run.take(...ids.map(worked))
  again(run)
  return run
}

/** What the next push holds, after as many rounds as it takes; null: there is none. */
function again(run: ReturnType<typeof play>): readonly string[] | null {
  for (;;) {
    const steps = run.begin()
    const push = steps.find((each): each is PushStep => each.kind === 'push')
    if (push) return push.layers.map(layer => layer.task)
    if (!steps.some(each => each.kind === 'stack')) return null
    run.stacked()
  }
}

/** A remote that refuses every push with one of the guilty in it, and takes the others. */
function playOut(
  run: ReturnType<typeof play>,
  guilty: readonly string[],
  words: 'right' | 'wrong' | 'none',
): number {
  let tasks: readonly string[] | null = run.state().lane.stack!.layers.map(layer => layer.task)
  let pushes = 0
  while (tasks !== null) {
    pushes++
    const caught = tasks.filter(task => guilty.includes(task))
    const named = { right: caught, wrong: tasks.filter(task => !guilty.includes(task)), none: [] }[words]
    run.pushed(caught.length > 0 ? refused('secret', named) : undefined)
    tasks = again(run)
  }
  return pushes
}

describe('a refusal that one candidate may cause', () => {
  for (const words of ['right', 'wrong', 'none'] as const) {
    it(`ends that one alone, and the others land, when the remote's words name the ${words} ones`, () => {
      const run = pushing(IDS)
      const pushes = playOut(run, ['c', 'f'], words)
      const ends = Object.fromEntries(IDS.map(id => [id, run.end(id)]))
      expect(ends).toEqual({
        ...Object.fromEntries(IDS.map(id => [id, 'landed'])),
        c: 'blocked-push secret',
        f: 'blocked-push secret',
      })
      expect(run.task('c').remoteOutput).toBe('the remote says secret')
      expect(pushes).toBeLessThanOrEqual(words === 'right' ? 4 : 13)
    })
  }

  it('costs one attempt when the candidate is alone', () => {
    const run = pushing(['a'])
    run.pushed(refused('large-file'))
    expect(run.end('a')).toBe('blocked-push large-file')
    expect(run.task('a').pushes).toBe(1)
  })

  it('does not let the search for it go beyond the attempts of the innocent', () => {
    const run = pushing(IDS, { maxPushAttempts: 2 })
    playOut(run, ['c'], 'none')
    expect(run.state().tasks.map(task => task.pushes)).toEqual(IDS.map(() => 2))
    expect(IDS.map(run.end)).toEqual([
      ...IDS.slice(0, 4).map(() => 'blocked-push attempts'),
      ...IDS.slice(4).map(() => 'landed'),
    ])
  })

  it('in a file rule of a ruleset is narrowed down too', () => {
    const run = pushing(['a', 'b'])
    const output = 'Restricted file path: x'
    run.pushed({ kind: 'refused', refusal: { code: 'ruleset', output }, suspects: [] })
    expect(run.state().lane.closed).toBeNull()
    expect(again(run)).toEqual(['a'])
  })

  it('of kept work gives way to the worker, whose candidate has all attempts again', () => {
    const run = play(['a'], { gate: false, maxPushAttempts: 1 })
    run.take(kept('a'))
    again(run)
    run.pushed(refused('secret'))
    expect(run.begun()).toEqual(['work a'])
    run.take(worked('a'))
    expect(again(run)).toEqual(['a'])
    run.pushed()
    expect(run.end('a')).toBe('landed')
  })
})

describe('a refusal that no retry can cure', () => {
  it.each(['auth', 'protected-branch', 'ruleset'] as const)('%s costs one attempt and ends all', code => {
    const run = play([...IDS, 'late'], { workers: 9, gate: false })
    run.begin()
    run.take(...IDS.map(worked))
    again(run)
    run.pushed(refused(code))
    expect(new Set(IDS.map(run.end))).toEqual(new Set([`blocked-push ${code}`]))
    run.take(worked('late'))
    expect(run.end('late')).toBe(`blocked-push ${code}`)
    expect(run.begin().filter(step => step.kind !== 'finish')).toEqual([])
    expect(run.state().lane.stats.pushAttempts).toBe(1)
  })

  it('has a rule for each code of the table', () => {
    expect(Object.entries(RULES).map(([code, { retry, scope }]) => `${code}: ${retry}, ${scope}`)).toEqual([
      'race: yes, branch',
      'network: yes, branch',
      'auth: no, branch',
      'protected-branch: no, branch',
      'ruleset: no, branch',
      'workflow-scope: no, candidate',
      'secret: no, candidate',
      'large-file: no, candidate',
      'hook: no, candidate',
      'unknown: limited, branch',
    ])
  })
})

describe('a race or a passing fault', () => {
  it('costs each candidate of the stack one attempt, and never more than there are', () => {
    const run = pushing(['a', 'b'], { maxPushAttempts: 3 })
    let pushes = 0
    for (let tasks: readonly string[] | null = ['a']; tasks; tasks = again(run)) {
      pushes++
      run.pushed(refused('race'))
    }
    expect(pushes).toBe(3)
    expect(run.task('a')).toMatchObject({ pushes: 3, remoteOutput: 'the remote says race' })
    expect(run.task('a').stage).toMatchObject({ failure: { code: 'attempts', attempts: 3, last: 'race' } })
    expect(run.state().lane.stats.racesLost).toBe(3)
  })

  it('is retried at once the first time, then after the waits of the list', () => {
    const run = pushing(['a'])
    const waits = []
    for (let i = 0; i < 6; i++) {
      run.pushed(refused('race'))
      waits.push(run.begin().find((step): step is StackStep => step.kind === 'stack')?.waitMs)
      run.stacked()
      run.begin()
    }
    expect(waits).toEqual([0, 500, 2000, 5000, 10000, 10000])
  })

  it('is forgotten with the next landing', () => {
    const run = pushing(['a', 'b'], { maxBatch: 1 })
    run.pushed(refused('race'))
    again(run)
    run.pushed(refused('network'))
    again(run)
    run.pushed()
    expect(run.state().lane).toMatchObject({ failures: 0, waits: 0, refused: null })
    expect(run.task('b').pushes).toBe(0)
  })

  it('does not wear out those that were not pushed', () => {
    const run = pushing(['a', 'b'], { maxBatch: 1, maxPushAttempts: 2 })
    run.pushed(refused('race'))
    again(run)
    run.pushed(refused('race'))
    expect(again(run)).toEqual(['b'])
    expect([run.end('a'), run.end('b')]).toEqual(['blocked-push attempts', 'ready'])
  })

  it('of the last attempt still lets the branch say that it landed after all', () => {
    const run = pushing(['a', 'b'], { maxPushAttempts: 1, maxBatch: 1 })
    run.pushed(refused('network'))
    expect(run.end('a')).toBe('ready')
    run.begin()
    run.stacked({ landed: ['a'] })
    expect(run.end('a')).toBe('landed')
    expect(run.begin().some(step => step.kind === 'push')).toBe(true)
  })

  it('with nothing but worn out candidates reads the branch once more and pushes nothing', () => {
    const run = pushing(['a'], { maxPushAttempts: 1 })
    run.pushed(refused('network'))
    expect(run.begun()).toEqual(['stack'])
    run.stacked()
    expect(run.end('a')).toBe('blocked-push attempts')
  })

  it('while a refusal is narrowed down never strands a group', () => {
    const run = pushing(['a', 'b', 'c'], { maxPushAttempts: 2 })
    run.pushed(refused('secret'))
    expect(again(run)).toEqual(['a', 'b'])
    run.pushed(refused('race'))
    expect(again(run)).toEqual(['c'])
    expect([run.end('a'), run.end('b')]).toEqual(['blocked-push attempts', 'blocked-push attempts'])
  })
})

describe('a refusal for no known reason', () => {
  it('is retried three times', () => {
    const run = pushing(['a'])
    let pushes = 0
    for (let tasks: readonly string[] | null = ['a']; tasks; tasks = again(run)) {
      pushes++
      run.pushed(refused('unknown'))
    }
    expect(pushes).toBe(4)
    expect(run.end('a')).toBe('blocked-push unknown')
  })

  it('ends what was pushed, and the others have their own tries', () => {
    const run = pushing(['a', 'b'], { maxBatch: 1 })
    for (let i = 0; i < 4; i++) {
      run.pushed(refused('unknown'))
      again(run)
    }
    expect(run.end('a')).toBe('blocked-push unknown')
    run.pushed()
    expect(run.end('b')).toBe('landed')
  })

  it('is counted also when other faults come between', () => {
    const run = pushing(['a'])
    const codes = ['unknown', 'race', 'unknown', 'network', 'unknown', 'race', 'unknown'] as const
    for (const code of codes) {
      expect(run.end('a')).toBe('ready')
      run.pushed(refused(code))
      again(run)
    }
    expect(run.end('a')).toBe('blocked-push unknown')
  })
})

describe('a branch that cannot be read', () => {
  const unread = (run: ReturnType<typeof play>, times: number): void => {
    for (let i = 0; i < times; i++) {
      run.begin()
      run.take({ type: 'stacked', result: unreachable('network') })
    }
  }

  it('is asked as often in a row as a push is tried, and costs no push', () => {
    const run = play(['a'], { gate: false, maxPushAttempts: 3 })
    run.begin()
    run.take(worked('a'))
    unread(run, 2)
    expect(run.end('a')).toBe('ready')
    unread(run, 1)
    expect(run.end('a')).toBe('blocked-push attempts')
    expect(run.task('a').pushes).toBe(0)
  })

  it('is forgiven once it can be read, whatever else failed before', () => {
    const run = pushing(['a'], { maxPushAttempts: 3 })
    for (let i = 0; i < 2; i++) {
      run.pushed(refused('race'))
      unread(run, 2)
      again(run)
    }
    run.pushed()
    expect(run.end('a')).toBe('landed')
  })

  it('does not retry at once for the name of a race', () => {
    const run = play(['a'], { gate: false })
    run.begin()
    run.take(worked('a'))
    run.begin()
    run.take({ type: 'stacked', result: unreachable('race') })
    expect(run.state().lane).toMatchObject({ waitMs: 500, stats: { racesLost: 0 } })
  })
})

it('a push that was not made after all is not counted', () => {
  const run = pushing(['a'])
  run.pushed({ kind: 'stopped' })
  expect(run.task('a').pushes).toBe(0)
  expect(run.state().lane.stats.pushAttempts).toBe(0)
})

it('a red gate while a refusal is narrowed down leaves the other groups in place', () => {
  const run = pushing(['a', 'b', 'c', 'd'], { gate: true })
  run.take({ type: 'gated', results: [gateResult('tip+a+b+c+d', true)] })
  run.begin()
  run.pushed(refused('secret'))
  run.begin()
  run.stacked()
  for (let i = 0; i < 2; i++) {
    run.begin()
    run.gated(['b'])
  }
  expect(run.end('b')).toBe('failed gate')
  run.begin()
  run.pushed()
  run.begin()
  run.stacked()
  expect(run.begun()).toEqual(['gate c'])
})
