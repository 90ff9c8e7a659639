import { expect, it } from 'vitest'
import { sharedAnchors } from '../../src/decide/anchors.ts'
import { formatProblem, parsePlan } from '../../src/decide/plan.ts'

function told(text: string): readonly string[] {
  const read = parsePlan({ text, file: 't.yml' }, { defaultRun: 'x', only: [], hash: whole => whole })
  if (!read.ok) throw new Error(read.problems.map(formatProblem).join('\n'))
  return sharedAnchors('t.yml', text, read.plan.tasks).map(formatProblem)
}

const refused = (place: string, task: string, anchor: string, line: number) =>
  `t.yml:${place}: task '${task}' defines the anchor '&${anchor}', which line ${line} uses: \`bookkeeping: archive\` could not take the task out of the file when it lands; write the keys out in each task, define the anchor under \`defaults\`, or set \`bookkeeping: off\``

it.each([
  ['a whole task', '- &x\n  id: a\n  run: r\n- <<: *x\n  id: b\n', [refused('1:3', 'a', 'x', 4)]],
  [
    'values, each once, in a list under a key',
    'version: 1\ntasks:\n- id: a\n  env: &e {A: b}\n  run: &r x\n- {id: b, env: *e, run: *r}\n- {id: c, env: *e}\n',
    [refused('4:8', 'a', 'e', 6), refused('5:8', 'a', 'r', 6)],
  ],
  [
    'what the defaults use',
    '\uFEFFversion: 1\ntasks: [{id: a, run: &r x}]\ndefaults: {run: *r}\n',
    [refused('2:22', 'a', 'r', 3)],
  ],
  [
    'the latest of one name',
    '- {id: a, run: &r x}\n- {id: b, run: &r y}\n- {id: c, run: *r}\n',
    [refused('2:16', 'b', 'r', 3)],
  ],
])('an anchor that others use is refused at its place: %s', (_, text, expected) => {
  expect(told(text)).toEqual(expected)
})

it('a list behind an alias is refused', () => {
  expect(told('version: 1\ndefaults: {needs: &l []}\ntasks: *l\n')).toEqual([
    't.yml:3:8: the list of tasks stands behind an alias, where `bookkeeping: archive` cannot edit it: write it out, or set `bookkeeping: off`',
  ])
})

it.each([
  ['used within its task', '- id: a\n  title: &t x\n  prompt: *t\n- id: b\n'],
  ['of a task that never lands', '- &x {id: a, status: draft, run: r}\n- {<<: *x, id: b, status: todo}\n'],
  ['under the defaults', 'version: 1\ndefaults: {env: &e {A: b}}\ntasks: [{id: a, env: *e}]\n'],
  ['defined anew by who uses it', '- {id: a, run: &r x}\n- {id: b, title: &r y, run: *r}\n'],
  ['that is none', '- id: a\n  prompt: do &this\n- id: b\n  prompt: |\n    *this too\n'],
  ['in JSON', '[{"id": "a", "prompt": "x"}, // &x *x\n {"id": "b", "prompt": " &x *x"}]\n'],
])('an anchor %s is fine', (_, text) => {
  expect(told(text)).toEqual([])
})
