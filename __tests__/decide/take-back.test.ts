import { describe, expect, it } from 'vitest'
import type { Findings } from '../../src/decide/blame.ts'
import type { RefusalCode } from '../../src/decide/failure.ts'
import { revertMessage, toldFindings, triesAgain } from '../../src/decide/take-back.ts'
import type { Lane, Limits, Sha, TaskId } from '../../src/decide/task.ts'
import { parseTrailers } from '../../src/decide/trailer.ts'

it('the message of a revert tells the task and the run, and is no landing', () => {
  const landed =
    'Add it\n\nWith a body.\n\nFanout-Task: a\nFanout-Run: 7-1\nFanout-Fingerprint: 0123456789ab\n'
  const message = revertMessage('a' as TaskId, 'c0ffee' as Sha, landed, '7-2')
  expect(message).toBe(
    'Revert "Add it"\n\nThis reverts commit c0ffee: the verification fails with it.\n\nFanout-Run: 7-2\nFanout-Fingerprint: 0123456789ab\nFanout-Reverts: a\n',
  )
  expect(parseTrailers(message)).toMatchObject({
    task: null,
    run: '7-2',
    fingerprint: '0123456789ab',
    reverts: 'a',
  })
})

describe('a refused push of reverts', () => {
  const again = (code: RefusalCode, tries: number, lane: Partial<Lane> = {}): boolean =>
    triesAgain(
      { code, output: '' },
      tries,
      { closed: null, unknowns: 0, ...lane } as Lane,
      { maxPushAttempts: 5 } as Limits,
    )

  it('is made again after a race or a passing fault, until the attempts run out', () => {
    for (const code of ['race', 'network'] as const) {
      expect(again(code, 1)).toBe(true)
      expect(again(code, 4)).toBe(true)
      expect(again(code, 5)).toBe(false)
    }
  })

  it('for no known reason is made again as long as the lane would', () => {
    expect(again('unknown', 1, { unknowns: 1 })).toBe(true)
    expect(again('unknown', 4, { unknowns: 0 })).toBe(false)
  })

  it('that no retry can cure is not made again', () => {
    for (const code of ['auth', 'ruleset', 'hook', 'secret'] as const) {
      expect(again(code, 1)).toBe(false)
      expect(again(code, 1, { closed: { code, output: '' } })).toBe(false)
    }
  })
})

describe('what people are told', () => {
  const told = (end: Findings['end'], culprits: readonly string[], stuck: string | null = null): string =>
    toldFindings(
      { culprits: [], end, stuck: null },
      { culprits: culprits as TaskId[], stuck: stuck as TaskId | null, base: '0123456789abcdef' as Sha },
    )

  it.each<[Findings['end'], readonly string[], string | null, string]>([
    ['green', ['a'], null, 'The verification fails because of a. Without it, it passes.'],
    ['green', ['a', 'b'], null, 'The verification fails because of a and b. Without them, it passes.'],
    [
      'flaky',
      [],
      null,
      'The verification failed once and passed when it ran again: it is flaky. Nobody is blamed.',
    ],
    [
      'base-red',
      [],
      null,
      'The verification already fails on 0123456, where this run began: no task is to blame, and nothing is reverted.',
    ],
    [
      'others',
      [],
      null,
      "What turned the verification red is no commit of this run's tasks: it is left to whoever pushed it.",
    ],
    [
      'others',
      ['a'],
      null,
      "The verification fails because of a. What else turns it red is no commit of this run's tasks: it is left to whoever pushed it.",
    ],
    [
      'conflict',
      ['b'],
      'b',
      'b turned the verification red, but its revert conflicts with what landed after it. That is left for a person.',
    ],
    [
      'conflict',
      ['a', 'b'],
      'b',
      'The verification fails because of a. b turned it red, but its revert conflicts with what landed after it. That is left for a person.',
    ],
  ])('%s, blaming %j', (end, culprits, stuck, text) => {
    expect(told(end, culprits, stuck)).toBe(text)
  })
})
