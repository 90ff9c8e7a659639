import { stripVTControlCharacters } from 'node:util'
import { expect, test } from 'vitest'
import { summaryTable } from '../../src/action/table.ts'
import { EVERY, failing, HOSTILE, RED, summaryOf, task, thousand } from './sample.ts'

test('a row per task, then the run in one line', () => {
  const text = summaryTable(
    summaryOf([
      task('a', { title: 'First' }),
      failing('b', { code: 'worker-exit', exitCode: 3 }),
      failing('c', { code: 'max-tasks' }, { changes: null }),
    ]),
    { color: false, width: 100 },
  )
  expect(text).toBe(
    [
      '✔ a  First  landed                abcdef1  3 files +10 −2  8.6s',
      '✖ b         failed (worker-exit)           3 files +10 −2  8.6s',
      '    │ The worker exited with code 3. Anything but 0 means that the task is not done; what it changed',
      '    │ is kept as `work.bundle` and `work.patch`.',
      '    → Read the end of worker.log, then repair the command or the prompt; `retries` helps if it fails',
      '    │ by chance.',
      '- c         skipped (max-tasks)                            8.6s',
      '',
      '✔ verification: make verify passed',
      '1 of 2 tasks landed on main, 1 skipped, 1 needs a person (4m 12s)',
    ].join('\n'),
  )
})

test('colour adds colour and nothing else', () => {
  const colored = summaryTable(EVERY, { color: true, width: 80 })
  expect(colored).toContain('\u001b[32m✔ bump-deps')
  expect(stripVTControlCharacters(colored)).toBe(summaryTable(EVERY, { color: false, width: 80 }))
})

test.each([20, 40, 80, 200])('no line is wider than %i columns (40 at least)', width => {
  const wide = summaryOf(
    [
      ...EVERY.tasks,
      task('cjk', { title: '日本語のタイトル'.repeat(20) }),
      failing('w', { code: 'internal', detail: 'x'.repeat(500) }),
    ],
    { verification: RED },
  )
  for (const line of summaryTable(wide, { color: false, width }).split('\n')) {
    expect([...line].length).toBeLessThanOrEqual(Math.max(40, width))
  }
})

test('what people wrote steers neither the terminal nor the runner', () => {
  const tasks = HOSTILE.map((words, index) =>
    failing(
      `t${index}`,
      { code: 'internal', detail: `${'word '.repeat(12)}${words} ::warning::x` },
      { title: words },
    ),
  )
  const text = summaryTable(summaryOf(tasks), { color: false, width: 60 })
  expect(text).not.toMatch(/[\u001b\u0007\u202e\u2066]|##\[/)
  for (const line of text.split('\n')) expect(line.trimStart()).not.toMatch(/^::/)
  expect(summaryTable(thousand(), { color: true, width: 120 }).split('\n').length).toBeGreaterThan(2000)
})

test('an empty run is one line', () => {
  expect(
    summaryTable(summaryOf([], { verification: { ...RED, ran: false, passed: null } }), {
      color: false,
      width: 80,
    }),
  ).toBe('No task to run (4m 12s)')
})
