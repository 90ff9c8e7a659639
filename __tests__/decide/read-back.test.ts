import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { readState, readSummary } from '../../src/decide/read-back.ts'
import type { Summary } from '../../src/decide/summary.ts'
import { EVERY } from '../action/sample.ts'

const V1 = join(import.meta.dirname, '..', 'fixtures', 'v1')

test('a summary that was written is read as it was, and what a later version adds passes', () => {
  const later = { ...EVERY, more: { of: ['it'] } }
  expect(readSummary(JSON.stringify(later))).toEqual({ ok: true, value: later })
})

test('state.json of version 1 is read', () => {
  const read = readState(readFileSync(join(V1, 'state.json'), 'utf8'))
  expect(read.ok && read.value.tasks.map(({ id, stage }) => `${id} ${stage}`)).toContain('kept ended')
})

describe('what is not of the shape is refused, with where', () => {
  test.each<[string, (summary: Summary) => unknown, string]>([
    ['another version', s => ({ ...s, version: 2 }), 'version'],
    ['no tasks', s => ({ ...s, tasks: undefined }), 'tasks'],
    ['a count that is none', s => ({ ...s, counts: { ...s.counts, landed: -1 } }), 'counts.landed'],
    ['an unknown outcome', s => ({ ...s, tasks: [{ ...s.tasks[0], outcome: 'fine' }] }), 'tasks.0.outcome'],
    [
      'a file elsewhere',
      s => ({ ...s, tasks: [{ ...s.tasks[0], files: ['../../etc/passwd'] }] }),
      'tasks.0.files.0',
    ],
    [
      'an absolute file',
      s => ({ ...s, tasks: [{ ...s.tasks[0], files: ['/etc/passwd'] }] }),
      'tasks.0.files.0',
    ],
    ['a list', () => [], 'it'],
  ])('%s', (_, change, where) => {
    const read = readSummary(JSON.stringify(change(EVERY)))
    expect(read.ok ? '' : read.why).toMatch(new RegExp(`^${where.replaceAll('.', '\\.')} is not as expected`))
  })

  test('what is no JSON', () => {
    expect(readSummary('{"version": 1,')).toMatchObject({
      ok: false,
      why: expect.stringContaining('no JSON'),
    })
  })
})
