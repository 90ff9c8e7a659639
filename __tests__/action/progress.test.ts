import { expect, test } from 'vitest'
import { progressLine } from '../../src/action/progress.ts'
import type { Event } from '../../src/decide/happened.ts'
import { initialState } from '../../src/decide/state.ts'
import type {
  Candidate,
  GateResult,
  Plan,
  RunState,
  Sha,
  Stage,
  Task,
  TaskId,
} from '../../src/decide/task.ts'
import { HOSTILE } from './sample.ts'

type Happened = Event extends infer Each ? (Each extends Event ? Omit<Each, 'at'> : never) : never

const sha = (digit: string): Sha => digit.repeat(40) as Sha
const id = (text: string): TaskId => text as TaskId
const candidate: Candidate = {
  commit: sha('c'),
  base: sha('b'),
  changes: { files: 2, insertions: 5, deletions: 1 },
  source: 'worker',
}
const ended = (outcome: 'landed' | 'failed' | 'skipped'): Stage => ({ kind: 'ended', outcome, failure: null })

function stateOf(stages: readonly Stage[]): RunState {
  const tasks = stages.map((_, index): Task => ({ ...TASK, id: id(`t${index}`) }))
  const plan: Plan = {
    tasks,
    index: new Map(tasks.map((task, at) => [task.id, at])),
    needs: tasks.map(() => []),
    dependants: tasks.map(() => []),
  }
  const state = initialState(plan, sha('b'), 0, [], 0)
  return {
    ...state,
    tasks: state.tasks.map((task, index) => ({ ...task, stage: stages[index] ?? task.stage })),
  }
}
const TASK: Task = {
  id: id('t'),
  title: 't',
  prompt: 'p',
  run: null,
  needs: [],
  paths: [],
  env: {},
  timeoutMinutes: null,
  retries: null,
  commitMessage: null,
  status: 'todo',
  notBefore: null,
  fingerprint: '0'.repeat(12),
}
const STATE = stateOf([
  ended('landed'),
  ended('failed'),
  { kind: 'working' },
  { kind: 'waiting' },
  ended('skipped'),
])

function line(
  event: Happened,
  state = STATE,
  seconds = 12.34,
  titles: Readonly<Record<string, string>> = {},
): string | null {
  return progressLine(
    { at: '2026-01-01T00:00:00Z', ...event } as Event,
    state,
    1000,
    1000 + seconds * 1000,
    titles,
  )
}
const text = (event: Happened, state = STATE): string | null =>
  line(event, state)?.replace(/^.*? \| /, '') ?? null

const gate = (change: Partial<GateResult>): GateResult => ({
  tree: sha('e'),
  commit: sha('d'),
  passed: true,
  runs: 1,
  exitCode: 0,
  signal: null,
  timedOut: false,
  seconds: 61,
  logFile: 'tasks/t1/gate-1.log',
  outputTail: '',
  ...change,
})
const layer = (task: string, commit: Sha) => ({ task: id(task), commit, tree: sha('e') })
const failed = {
  kind: 'failed',
  failure: { code: 'worker-exit', exitCode: 3 },
  kept: null,
  exitCode: 3,
  seconds: { workspace: 0, worker: 1 },
} as const

test('a line tells time, counts and what happened', () => {
  expect(line({ type: 'worked', task: id('t1'), result: failed })).toBe(
    '[  12.3s] 1/4 landed, 1 running, 1 failed | t1: worker exited with code 3',
  )
  expect(line({ type: 'worked', task: id('t1'), result: failed }, stateOf([ended('landed')]), 4000)).toBe(
    '[ 1h 07m] 1/1 landed, 0 running | t1: worker exited with code 3, will run again',
  )
})

test('a title is shown where it says more than the id', () => {
  const event = { type: 'reverted', task: id('t1'), commit: sha('a'), work: candidate } as const
  expect(line(event, STATE, 1, { t1: 'Fix the readme' })).toContain(
    '| t1 (Fix the readme): reverted by aaaaaaa',
  )
  expect(line(event, STATE, 1, { t1: 't1' })).toContain('| t1: reverted by aaaaaaa')
})

test.each<[Happened, string]>([
  [{ type: 'began', step: { kind: 'work', task: id('a'), attempt: 1, base: sha('b') } }, 'a: started'],
  [
    { type: 'began', step: { kind: 'work', task: id('a'), attempt: 2, base: sha('b') } },
    'a: started again, run 2',
  ],
  [
    {
      type: 'began',
      step: {
        kind: 'remediate',
        task: id('a'),
        attempt: 1,
        base: sha('b'),
        candidate,
        handoff: { kind: 'conflict', files: ['x'] },
      },
    },
    'a: remediation 1 of a conflict',
  ],
  [
    { type: 'began', step: { kind: 'stack', tip: sha('b'), tasks: [], waitMs: 2000 } },
    'waiting 2.0s before the next attempt',
  ],
  [
    {
      type: 'began',
      step: {
        kind: 'gate',
        targets: [{ commit: sha('d'), tree: sha('e'), tasks: [id('a'), id('b')], n: 1 }],
      },
    },
    'gate: testing a stack of 2 up to b',
  ],
  [
    {
      type: 'began',
      step: { kind: 'gate', targets: [{ commit: sha('d'), tree: sha('e'), tasks: [], n: 1 }] },
    },
    'gate: testing the tip',
  ],
  [
    {
      type: 'worked',
      task: id('a'),
      result: { kind: 'candidate', candidate, exitCode: 0, seconds: { workspace: 0, worker: 1 } },
    },
    'a: ready to land, 2 files +5 −1',
  ],
  [
    {
      type: 'worked',
      task: id('a'),
      result: { kind: 'unchanged', exitCode: 0, seconds: { workspace: 0, worker: 1 } },
    },
    'a: nothing changed',
  ],
  [{ type: 'remediated', task: id('a'), result: failed }, 'a: remediation: worker exited with code 3'],
  [
    {
      type: 'stacked',
      result: {
        kind: 'stacked',
        stack: { tip: sha('b'), tipTree: sha('e'), layers: [] },
        conflicts: [
          { task: id('a'), with: 'tip', files: ['x.ts', 'y.ts'] },
          { task: id('b'), with: 'mate', files: ['x.ts'] },
        ],
        noops: [id('c')],
        landed: [{ task: id('d'), commit: sha('9') }],
      },
    },
    'd: had landed after all; a: conflicts with the branch in x.ts and y.ts; c: nothing left to land',
  ],
  [
    { type: 'stacked', result: { kind: 'unreachable', refusal: { code: 'network', output: '' } } },
    'the remote could not be reached or broke off',
  ],
  [
    {
      type: 'stacked',
      result: {
        kind: 'unreachable',
        refusal: { code: 'unknown', output: "fatal: couldn't find remote ref refs/heads/main" },
      },
    },
    'the branch is no longer on the remote',
  ],
  [{ type: 'gated', results: [gate({})] }, 'gate green in 1m 01s'],
  [{ type: 'gated', results: [gate({ runs: 2 })] }, 'gate green in 1m 01s on try 2 (a flake)'],
  [
    { type: 'gated', results: [gate({ passed: false, exitCode: 2, seconds: 3 })] },
    'gate red in 3.0s: gate exited with code 2 (tasks/t1/gate-1.log)',
  ],
  [{ type: 'gated', results: [gate({ passed: null })] }, 'gate cut short after 1m 01s'],
  [
    {
      type: 'pushed',
      layers: [layer('a', sha('1')), layer('b', sha('2'))],
      result: { kind: 'landed', bypassed: ['A rule.'] },
    },
    'landed a and b as 2222222 (bypassing: A rule.)',
  ],
  [
    {
      type: 'pushed',
      layers: [layer('a', sha('1'))],
      result: { kind: 'refused', refusal: { code: 'race', output: '' }, suspects: [] },
    },
    'push of 1 task lost a race',
  ],
  [
    {
      type: 'pushed',
      layers: [layer('a', sha('1'))],
      result: { kind: 'refused', refusal: { code: 'hook', output: 'remote: no' }, suspects: [] },
    },
    'push of a refused: hook on the server declined the push: "no"',
  ],
  [
    {
      type: 'pushed',
      layers: [],
      result: { kind: 'refused', refusal: { code: 'race', output: '' }, suspects: [] },
    },
    'push of reverts lost a race',
  ],
  [
    { type: 'verified', result: gate({ logFile: 'verify.log' }) },
    `verification of ${gate({}).commit.slice(0, 7)} passed in 1m 01s`,
  ],
  [
    { type: 'verified', result: gate({ passed: false, exitCode: 2, seconds: 3, logFile: 'verify.log' }) },
    `verification of ${gate({}).commit.slice(0, 7)} failed in 3.0s: it exited with code 2 (verify.log)`,
  ],
  [
    { type: 'verified', result: gate({ passed: false, exitCode: null, signal: 'SIGKILL' }) },
    `verification of ${gate({}).commit.slice(0, 7)} failed in 1m 01s: it was ended by SIGKILL (tasks/t1/gate-1.log)`,
  ],
  [
    { type: 'verified', result: gate({ passed: false, timedOut: true }) },
    `verification of ${gate({}).commit.slice(0, 7)} failed in 1m 01s: it ran out of time (tasks/t1/gate-1.log)`,
  ],
  [{ type: 'halted', halt: 'deadline' }, 'deadline: nothing new starts'],
  [
    { type: 'found', task: id('a'), found: { kind: 'landed', commit: sha('1') } },
    'a: has landed before as 1111111',
  ],
  [
    { type: 'found', task: id('a'), found: { kind: 'candidate', candidate } },
    'a: kept work of an earlier run found, 2 files +5 −1',
  ],
])('%j', (event, shown) => {
  expect(text(event)).toBe(shown)
})

test.each<[Happened]>([
  [{ type: 'finished', task: id('a'), files: [] }],
  [{ type: 'began', step: { kind: 'finish', task: id('a') } }],
  [{ type: 'began', step: { kind: 'push', tip: sha('b'), layers: [], attempt: 1 } }],
  [{ type: 'began', step: { kind: 'stack', tip: sha('b'), tasks: [], waitMs: 0 } }],
  [{ type: 'gated', results: [] }],
  [{ type: 'pushed', layers: [], result: { kind: 'stopped' } }],
  [{ type: 'pushed', layers: [], result: { kind: 'landed', bypassed: [] } }],
])('%j is nobody’s business', event => {
  expect(line(event)).toBeNull()
})

test.each(HOSTILE)('%j in a title or a reason is one line that commands nobody', words => {
  const detail = `${words}\n::error::x`
  const event: Happened = {
    type: 'worked',
    task: id('t1'),
    result: { ...failed, failure: { code: 'internal', detail } },
  }
  const shown = line(event, STATE, 1, { t1: words }) ?? ''
  expect(shown).toMatch(/^\[ {3}1\.0s\] /)
  expect(shown).not.toMatch(/[\n\r\u001b\u202e]|##\[/)
})
