import { stripVTControlCharacters } from 'node:util'
import { describe, expect, test } from 'vitest'
import { widthOf } from '../../src/action/columns.ts'
import { statusLines } from '../../src/action/status-lines.ts'
import { type StatusFacts, statusView } from '../../src/action/status-view.ts'
import { at, EVERY, failing, HOSTILE, summaryOf, task } from './sample.ts'

const FACTS: StatusFacts = {
  ...{
    directory: '/runs/local-1',
    key: 'local-1',
    branch: 'main',
    dryRun: false,
    startedAt: at(0),
    alive: false,
  },
  ...{ inPlace: true, summary: null, state: null, retries: [], began: null, self: 'fanout' },
}
const OPTIONS = { color: false, width: 80, now: Date.parse(at(300)) }

test('the headline comes first, then counts, who is needed for what, and what to do', () => {
  const summary = summaryOf([
    task('a'),
    failing('types', { code: 'worker-exit', exitCode: 3 }, { title: 'Tighten the types' }),
  ])
  expect(statusLines(statusView({ ...FACTS, summary }), OPTIONS)).toEqual([
    '1 of 2 tasks landed on main, 1 needs a person (4m 12s)',
    '2 in all, 1 landed, 1 failed',
    'run directory: /runs/local-1',
    '',
    'Needs a person:',
    '  ✖ types  Tighten the types  failed (worker-exit)',
    expect.stringMatching(/^ {4}│ The worker exited with code 3\./),
    ...Array.from({ length: 3 }, () => expect.stringMatching(/^ {4}[│→] /)),
    '    tasks/types/worker.log',
    '',
    'Next:',
    '  - When the cause is gone: try it again, to land on main',
    '      fanout retry /runs/local-1 --task types',
    '  - Work that did not land is kept: work.bundle and work.patch below tasks/',
    '  - The whole report: /runs/local-1/report.html',
  ])
})

test('a hundred that need a person do not bury what to do next', () => {
  const many = Array.from({ length: 100 }, (_, i) => failing(`t${i}`, { code: 'worker-exit', exitCode: 1 }))
  const lines = statusLines(statusView({ ...FACTS, summary: summaryOf(many) }), OPTIONS)
  expect(lines).toContain('  and 75 more, see report.html')
  expect(lines.filter(line => line.includes('✖'))).toHaveLength(25)
})

test('colour adds colour and nothing else', () => {
  const view = statusView({ ...FACTS, summary: EVERY })
  const colored = statusLines(view, { ...OPTIONS, color: true })
  expect(colored.join('\n')).toContain('\u001b[')
  expect(colored.map(line => stripVTControlCharacters(line))).toEqual(statusLines(view, OPTIONS))
})

describe.each([40, 80, 200])('in %i columns', width => {
  test('only what is there to be copied is longer, and nothing steers the terminal', () => {
    const tasks = HOSTILE.map((words, i) =>
      failing(`t${i}`, { code: 'internal', detail: words }, { title: words }),
    )
    const lines = statusLines(statusView({ ...FACTS, summary: summaryOf(tasks) }), { ...OPTIONS, width })
    for (const line of lines) {
      if (!line.startsWith('      ') && !line.startsWith('run directory'))
        // A workflow command that was broken up has a space more.
        expect(widthOf(line.replaceAll(/# #|## \[|: :/g, '##'))).toBeLessThanOrEqual(Math.max(40, width))
      expect(line).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/)
    }
  })
})
