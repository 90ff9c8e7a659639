import { describe, expect, it } from 'vitest'
import { shaOf } from '../rig/model/plan.ts'
import {
  failed,
  gateResult,
  kept,
  play,
  refused,
  remediated,
  unreachable,
  worked,
} from '../rig/model/play.ts'

const ABCD = ['a', 'b', 'c', 'd']

/** All of them ready, and the lane at its first stack. */
function ready(ids: readonly string[], change: Parameters<typeof play>[1] = {}): ReturnType<typeof play> {
  const run = play(ids, { workers: ids.length, ...change })
  run.take(...ids.map(kept))
  run.begin()
  return run
}

describe('a round', () => {
  it('stacks all that is ready in the order of the file, gates the top once and pushes that very commit', () => {
    const run = ready(ABCD)
    run.stacked()
    expect(run.begun()).toEqual(['gate a+b+c+d'])
    run.gated()
    expect(run.begun()).toEqual(['push a b c d'])
    run.pushed()
    expect(ABCD.map(run.end)).toEqual(['landed', 'landed', 'landed', 'landed'])
    expect(run.state().lane).toMatchObject({ tip: 'commit-d', stats: { pushes: 1, gatesRun: 1, rounds: 1 } })
  })

  it('needs no gate where there is none', () => {
    const run = ready(ABCD, { gate: false })
    run.stacked()
    expect(run.begun()).toEqual(['push a b c d'])
  })

  it('leaves what conflicts with a mate to the next round', () => {
    const run = ready(['a', 'b', 'c'], { gate: false })
    run.stacked({ conflicts: { b: 'mate' } })
    expect(run.begun()).toEqual(['push a c'])
    run.pushed()
    expect(run.end('b')).toBe('ready')
    expect(run.begun()).toEqual(['finish a', 'finish c', 'stack b'])
  })

  it('blocks what conflicts with the branch itself, names the files, and lands the others', () => {
    const run = play(['a', 'b'], { workers: 2, gate: false })
    run.begin()
    run.take(worked('a'), worked('b'))
    run.begin()
    run.stacked({ conflicts: { a: 'tip' } })
    expect(run.end('a')).toBe('blocked-push conflict')
    expect(run.task('a').stage).toMatchObject({ failure: { files: ['f'] } })
    expect(run.begun()).toEqual(['finish a', 'push b'])
  })

  it('refuses what is out of scope on the tip, lands the others, and leaves what is so upon a mate to the next round', () => {
    const run = play(['a', 'b', 'c'], { workers: 3, gate: false, remediate: true })
    run.begin()
    run.take(worked('a'), worked('b'), worked('c'))
    run.begin()
    run.stacked({ refused: { a: 'tip', c: 'mate' } })
    expect(run.end('a')).toBe('failed out-of-scope')
    expect(run.begun()).toEqual(['finish a', 'push b'])
    run.pushed()
    expect(run.begun()).toEqual(['finish b', 'stack c'])
  })

  it('gives up kept work that is out of scope: its worker runs', () => {
    const run = ready(['a'], { gate: false })
    run.stacked({ refused: { a: 'tip' } })
    expect(run.begun()).toEqual(['work a'])
    expect(run.task('a')).toMatchObject({ candidate: null })
  })

  it('reports what a task changed where it landed', () => {
    const there = { files: 1, insertions: 2, deletions: 3 }
    const run = ready(['a', 'b'], { gate: false })
    const own = run.task('b').candidate?.changes
    run.stacked({ changes: { a: there } })
    run.begin()
    run.pushed()
    expect(run.task('a').candidate?.changes).toEqual(there)
    expect(run.task('b').candidate?.changes).toEqual(own)
  })

  it('ends as unchanged what the branch already holds', () => {
    const run = ready(['a', 'b'], { gate: false })
    run.stacked({ noops: ['a'] })
    expect(run.end('a')).toBe('unchanged')
    expect(run.begun()).toEqual(['finish a', 'push b'])
  })

  it('takes no work kept by an earlier run before what its task needs has landed', () => {
    const run = play(['a', { id: 'b', needs: ['a'] }], { gate: false })
    run.take(kept('b'))
    expect(run.begun()).toEqual(['work a'])
    run.take(worked('a'))
    expect(run.begun()).toEqual(['stack a'])
    run.stacked()
    run.begin()
    run.pushed()
    expect(run.begun()).toEqual(['finish a', 'stack b'])
  })
})

describe('a red gate', () => {
  it('never reaches the branch: the proven prefix lands at once, the culprit alone is blamed', () => {
    const run = play(ABCD)
    run.begin()
    run.take(...ABCD.map(worked))
    run.begin()
    run.stacked()
    for (const gate of ['gate a+b+c+d', 'gate a+b', 'gate a+b+c']) {
      expect(run.begun()).toEqual([gate])
      run.gated(['c'])
    }
    expect(run.end('c')).toBe('failed gate')
    expect(run.task('c').redGate?.tree).toBe('tip+a+b+c')
    expect(run.begun()).toEqual(['finish c', 'push a b'])
    run.pushed()
    expect(run.begun()).toEqual(['finish a', 'finish b', 'stack d'])
  })

  it('blames nobody before the tip itself has passed', () => {
    const run = ready(['a'], { remediate: true })
    run.stacked()
    run.begin()
    run.gated(['*'])
    expect(run.begun()).toEqual(['gate tip'])
    run.gated(['*'])
    expect(run.end('a')).toBe('blocked-push base-red')
  })

  it('on the tip itself ends everything that is ready, at once', () => {
    const run = ready(ABCD, { maxBatch: 2 })
    run.stacked()
    const gates = []
    while (run.end('a') === 'ready') {
      gates.push(...run.begun())
      run.gated(['*'])
    }
    expect(gates).toEqual(['gate a+b', 'gate a', 'gate tip'])
    expect(new Set(ABCD.map(run.end))).toEqual(new Set(['blocked-push base-red']))
  })

  it('does not keep one that mends a red tip from landing', () => {
    const run = ready(['a'])
    run.stacked()
    run.begin()
    run.gated()
    expect(run.begun()).toEqual(['push a'])
  })

  it('halves the batch, and each green stack lets it grow by one, never beyond max-batch', () => {
    const ids = Array.from({ length: 24 }, (_, i) => `t${i}`)
    const run = ready(ids, { maxBatch: 8 })
    run.stacked()
    expect(run.state().lane.stack?.layers).toHaveLength(8)
    for (let i = 0; i < 3; i++) {
      run.begin()
      run.gated(['t7'])
    }
    run.begin()
    run.gated(['t7'])
    expect(run.state().lane).toMatchObject({ limit: 4, red: true })
    run.begin()
    run.pushed()
    const sizes = []
    while (run.begun().some(step => step.startsWith('stack'))) {
      run.stacked({ tip: shaOf(`tip-${sizes.length}`) })
      sizes.push(run.state().lane.stack?.layers.length)
      run.begin()
      run.gated()
      run.begin()
      run.pushed()
    }
    expect(sizes).toEqual([4, 5, 6, 1])
    expect(run.state().lane.limit).toBe(8)
  })

  it('whose search is under way takes no new members', () => {
    const run = play(['a', 'b', 'c'])
    run.begin()
    run.take(worked('a'), worked('b'))
    run.begin()
    run.stacked()
    run.begin()
    run.gated(['a'])
    run.take(worked('c'))
    expect(run.begun()).toEqual(['gate a'])
  })

  it('is searched with as many gates at a time as there are slots', () => {
    const run = ready(ABCD.concat('e', 'f', 'g', 'h'), { gateSlots: 3 })
    run.stacked()
    run.begin()
    run.gated(['f'])
    expect(run.begun()).toEqual(['gate a+b a+b+c+d a+b+c+d+e+f'])
    run.gated(['f'])
    expect(run.begun()).toEqual(['gate a+b+c+d+e'])
  })

  it('that was cut short says nothing about the tree', () => {
    const run = ready(['a'])
    run.stacked()
    run.begin()
    run.take({ type: 'gated', results: [gateResult('tip+a', null)] })
    expect(run.state().lane.verdicts).toEqual({})
    expect(run.begun()).toEqual(['gate a'])
  })

  it('and then green on a retry is green, and counted as a flake', () => {
    const run = ready(['a'])
    run.stacked()
    run.begin()
    run.take({ type: 'gated', results: [gateResult('tip+a', true, 2)] })
    expect(run.begun()).toEqual(['push a'])
    expect(run.state().lane.stats).toMatchObject({ gatesRun: 2, gateFlakes: 1 })
  })
})

describe('a tree', () => {
  it('that was gated before is not gated again', () => {
    const run = ready(['a'])
    run.stacked()
    run.begin()
    run.gated()
    run.begin()
    run.pushed(refused('network'))
    run.begin()
    run.stacked()
    expect(run.begun()).toEqual(['push a'])
    expect(run.state().lane.stats).toMatchObject({ gatesRun: 1, gatesReused: 1 })
  })

  it('that two prefixes share is gated once', () => {
    const run = ready(ABCD, { gateSlots: 3 })
    const layers = run
      .state()
      .tasks.map(({ id }, i) => ({ task: id, commit: shaOf(`c${i}`), tree: shaOf(['x', 'y', 'x', 'z'][i]!) }))
    const stack = { tip: shaOf('tip'), tipTree: shaOf('tip'), layers }
    run.take({ type: 'stacked', result: { kind: 'stacked', stack, conflicts: [], noops: [], landed: [] } })
    run.begin()
    run.take({ type: 'gated', results: [gateResult('z', false)] })
    expect(run.begun()).toEqual(['gate a a+b'])
    run.take({ type: 'gated', results: [gateResult('x', true), gateResult('y', true)] })
    expect(run.begun()).toEqual(['push a b c', 'work d'])
  })
})

describe('a remediation', () => {
  function red(change: Parameters<typeof play>[1] = {}): ReturnType<typeof play> {
    const run = play(['a'], { remediate: true, maxRemediations: 2, ...change })
    run.begin()
    run.take(worked('a'))
    run.begin()
    run.stacked()
    run.begin()
    run.gated(['a'])
    run.begin()
    run.gated(['a'])
    return run
  }

  it('is given the red gate, and what it makes goes back to the lane', () => {
    const run = red()
    expect(run.begun()).toEqual(['remediate a'])
    run.take(remediated('a'))
    expect(run.begun()).toEqual(['stack a'])
  })

  it('that fails is tried again up to max-remediations, and then the gate is the reason', () => {
    const run = red()
    for (let i = 0; i < 2; i++) {
      expect(run.begun()).toEqual(['remediate a'])
      run.take(remediated('a', { code: 'worker-exit', exitCode: 1 }))
    }
    expect(run.end('a')).toBe('failed gate')
    expect(run.task('a')).toMatchObject({ remediations: 2, redGate: { tree: 'tip+a' } })
  })

  it('that is under way when the landing ends does not outlast it', () => {
    const run = play(['a', 'b'], { remediate: true, gate: false })
    run.begin()
    run.take(worked('a'), worked('b'))
    run.begin()
    run.stacked({ conflicts: { a: 'tip' } })
    expect(run.begun()).toEqual(['push b', 'remediate a'])
    run.pushed(refused('auth'))
    run.take(remediated('a'))
    expect(run.end('a')).toBe('blocked-push auth')
  })

  it('of work that an earlier run kept gives way to the worker when it fails', () => {
    const run = play(['a'], { remediate: true, maxRemediations: 1, gate: false })
    run.take(kept('a'))
    run.begin()
    run.stacked({ conflicts: { a: 'tip' } })
    expect(run.begun()).toEqual(['remediate a'])
    run.take(remediated('a'))
    run.begin()
    run.stacked({ conflicts: { a: 'tip' } })
    expect(run.begun()).toEqual(['work a'])
    run.take(failed('a', { code: 'worker-exit', exitCode: 3 }))
    expect(run.end('a')).toBe('failed worker-exit')
  })
})

it('work that was given up and turns out to be on the branch has landed, and frees who was blocked by it', () => {
  const run = play(['a', { id: 'b', needs: ['a'] }], { gate: false, maxPushAttempts: 1 })
  run.begin()
  run.take(worked('a'))
  run.begin()
  run.stacked()
  run.begin()
  run.pushed(refused('network'))
  run.begin()
  run.take({ type: 'stacked', result: unreachable('network') })
  expect([run.end('a'), run.end('b')]).toEqual(['blocked-push attempts', 'blocked dependency'])
  const stack = { tip: shaOf('commit-a'), tipTree: shaOf('x'), layers: [] }
  const landed = [{ task: run.task('a').id, commit: shaOf('commit-a') }]
  run.take({ type: 'stacked', result: { kind: 'stacked', stack, conflicts: [], noops: [], landed } })
  expect([run.end('a'), run.end('b')]).toEqual(['landed', 'waiting'])
  expect(run.state().failed).toBe(0)
})
