import { expect, it } from 'vitest'
import { archiveTask, type Ledger, openLedger } from '../../src/decide/queue.ts'
import { restoreTask } from '../../src/decide/restore.ts'
import { textOf } from '../../src/decide/task-file.ts'

const STAMP = { completedAt: '2026-01-02T03:04:05Z', runKey: '77-1' }
const item = (id: string): string => `- id: ${id}\n  run: make ${id}\n`

function sound<T extends object>(what: T): Exclude<T, { readonly problem: string }> {
  if ('problem' in what) throw new Error(String(what.problem))
  return what as Exclude<T, { readonly problem: string }>
}
const open = (tasks: string, done: string | null = null): Ledger => sound(openLedger(tasks, done))
const archived = (ledger: Ledger, id: string): Ledger => sound(archiveTask(ledger, 'fanout', id, STAMP))
const texts = ({ tasks, done }: Ledger): readonly string[] => [textOf(tasks), textOf(done)]

const before = open(`# ours\n\n${item('a')}${item('b')}${item('c')}`)

it('a task goes back to the end of the tasks file and leaves the done file, and nothing else changes', () => {
  const landed = archived(archived(before, 'a'), 'b')
  const back = sound(restoreTask(landed, before.tasks, archived(before, 'a').tasks, 'fanout', 'a'))
  expect(texts(back)).toEqual([`# ours\n\n${item('c')}${item('a')}`, textOf(archived(before, 'b').done)])
})

it.each([
  ['lines', '# about a\n- id: a # beside\n  env: {B: "yes"} # why\n  # own\n- id: b\n', '- id: b\n'],
  ['braces', '# about a\n- {id: a, title: "A"} # beside\n- {id: b}\n', '- {id: b}\n'],
])('its comments and its own writing come back with it: %s', (_, text, rest) => {
  const whole = open(text)
  const landed = archived(whole, 'a')
  const back = sound(restoreTask(landed, whole.tasks, landed.tasks, 'fanout', 'a'))
  expect(texts(back)).toEqual([rest + text.slice(0, -rest.length), '[]\n'])
})

it('the only task of both files', () => {
  const one = open(item('a'))
  const back = sound(restoreTask(archived(one, 'a'), one.tasks, archived(one, 'a').tasks, 'fanout', 'a'))
  expect(back.tasks.tasks).toEqual(one.tasks.tasks)
  expect(back.done.tasks).toEqual([])
})

it('in a JSON queue as well', () => {
  const queue = open(
    '{\n  "version": 1,\n  "tasks": [\n    { "id": "a", "run": "x" },\n    { "id": "b", "run": "y" }\n  ]\n}\n',
  )
  const back = sound(
    restoreTask(archived(queue, 'a'), queue.tasks, archived(queue, 'a').tasks, 'fanout', 'a'),
  )
  expect(back.tasks.tasks).toEqual([
    { id: 'b', run: 'y' },
    { id: 'a', run: 'x' },
  ])
  expect(back.done.tasks).toEqual([])
})

it('what somebody has put right already stays as it is', () => {
  const landed = archived(before, 'a')
  const added = open(textOf(landed.tasks) + item('a'), textOf(landed.done))
  expect(texts(sound(restoreTask(added, before.tasks, landed.tasks, 'fanout', 'a')))[0]).toBe(
    textOf(added.tasks),
  )
  const gone = open(textOf(landed.tasks), null)
  expect(texts(sound(restoreTask(gone, before.tasks, landed.tasks, 'fanout', 'a')))).toEqual([
    `# ours\n\n${item('b')}${item('c')}${item('a')}`,
    '',
  ])
})

it('a task that was never there is a problem', () => {
  expect(restoreTask(before, before.tasks, before.tasks, 'fanout', 'x')).toEqual({
    problem: "the tasks file held no task 'x'",
  })
})

it('follow-ups that it had brought go with it, unless somebody changed them', () => {
  const brought = open(
    textOf(archived(before, 'a').tasks) + item('later') + item('soon'),
    textOf(archived(before, 'a').done),
  )
  const now = open(textOf(brought.tasks).replace('make soon', 'make it soon'), textOf(brought.done))
  const back = sound(restoreTask(now, before.tasks, brought.tasks, 'fanout', 'a'))
  expect(back.tasks.tasks).toEqual([
    { id: 'b', run: 'make b' },
    { id: 'c', run: 'make c' },
    { id: 'soon', run: 'make it soon' },
    { id: 'a', run: 'make a' },
  ])
})
