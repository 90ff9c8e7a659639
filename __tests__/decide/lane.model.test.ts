import fc from 'fast-check'
import { test } from 'vitest'
import { drive } from '../rig/model/drive.ts'
import { scenarios } from '../rig/model/scenario.ts'
const SEED = Number(process.env.SEED ?? 1), RUNS = Number(process.env.RUNS ?? 3000)
test('one process', () => {
  fc.assert(fc.property(scenarios(0), s => { drive(s) }), { numRuns: RUNS, seed: SEED })
})
test('crashes', () => {
  fc.assert(fc.property(scenarios(1), s => { drive(s) }), { numRuns: RUNS, seed: SEED })
})
test('crashes 3', () => {
  fc.assert(fc.property(scenarios(3), s => { drive(s) }), { numRuns: RUNS, seed: SEED })
})
