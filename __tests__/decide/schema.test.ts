import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import * as yaml from 'yaml'
import * as z from 'zod'
import { parsePlan } from '../../src/decide/plan.ts'
import { tasksSchema } from '../../src/decide/schema.ts'
import { BAD_TASKS } from './fixtures/bad-tasks.ts'

const FILE = join(import.meta.dirname, '..', '..', 'schema', 'tasks.schema.json')
const hash = (text: string) => createHash('sha256').update(text).digest('hex')
// A reader of JSON Schema that knows nothing of ours.
const reader = z.fromJSONSchema(JSON.parse(readFileSync(FILE, 'utf8')))
const accepts = (value: unknown) => reader.safeParse(value).success
const isRead = (value: unknown) =>
  parsePlan({ text: JSON.stringify(value), file: 't' }, { defaultRun: 'make', only: [], hash }).ok

describe('the JSON Schema of a tasks file', () => {
  it('is the one in schema/', () => {
    expect(JSON.parse(readFileSync(FILE, 'utf8'))).toEqual(tasksSchema())
  })

  it.each([
    ['an empty list', []],
    ['a task of nothing but an id', [{ id: 'a' }]],
    [
      'a task of every key',
      [
        { id: 'b' },
        {
          id: 'a.b-c_1',
          title: 'Do it 😀',
          prompt: '',
          run: './work.sh',
          needs: 'b',
          paths: ['src/**', '!src/gen/**', 'app/[slug]/*.ts'],
          env: { COLOUR: 'never', _x1: '' },
          'timeout-minutes': 0.5,
          retries: 0,
          'commit-message': 'fix: {title}',
          status: 'doing',
          'not-before': '2030-01-31T08:00:00+02:00',
          source: 'b',
        },
      ],
    ],
    ['needs as a list', [{ id: 'a', needs: [] }]],
    [
      'a map with defaults',
      {
        $schema: 'x',
        version: 1,
        defaults: { run: 'x', needs: [], env: { A: '1' } },
        tasks: [{ id: 'a' }],
      },
    ],
    ['ids that look like device names', [{ id: 'console' }, { id: 'com10' }, { id: 'a.locked' }]],
  ])('takes %s, as the reader does', (_, value) => {
    expect([isRead(value), accepts(value)]).toEqual([true, true])
  })

  it.each([
    ['text', 'hello'],
    ['a map without a version', { tasks: [] }],
    ['another version', { version: 2, tasks: [] }],
    ['a foreign key of the file', { version: 1, tasks: [], task: [] }],
    ['a default id', { version: 1, defaults: { id: 'a' }, tasks: [] }],
    ['a default source', { version: 1, defaults: { source: 'a' }, tasks: [] }],
    ['a task that is text', ['a']],
    ['a task without an id', [{ title: 'x' }]],
    ['a foreign key of a task', [{ id: 'a', depends_on: [] }]],
    ['an id with a slash', [{ id: 'a/b' }]],
    ['an id of 65 characters', [{ id: 'a'.repeat(65) }]],
    ['an id that ends in .Lock', [{ id: 'a.Lock' }]],
    ['a device name', [{ id: 'Com1.txt' }]],
    ['a title of two lines', [{ id: 'a', title: 'a\nb' }]],
    ['a blank title', [{ id: 'a', title: ' ' }]],
    ['a title of 201 characters', [{ id: 'a', title: 'x'.repeat(201) }]],
    ['a long prompt', [{ id: 'a', prompt: 'x'.repeat(65537) }]],
    ['a blank command', [{ id: 'a', run: ' \n' }]],
    ['needs that are a number', [{ id: 'a', needs: 5 }]],
    ['an absolute glob', [{ id: 'a', paths: ['/etc'] }]],
    ['a glob that leaves', [{ id: 'a', paths: ['a/../b'] }]],
    ['a glob with a backslash', [{ id: 'a', paths: ['a\\b'] }]],
    ['one glob that is no list', [{ id: 'a', paths: 'src' }]],
    ['a number in env', [{ id: 'a', env: { A: 1 } }]],
    ['a reserved variable', [{ id: 'a', env: { FANOUT_TASK_ID: 'x' } }]],
    ['a variable with a dash', [{ id: 'a', env: { 'A-B': 'x' } }]],
    ['no time', [{ id: 'a', 'timeout-minutes': 0 }]],
    ['half a retry', [{ id: 'a', retries: 0.5 }]],
    ['a foreign status', [{ id: 'a', status: 'open' }]],
    ['a time without an offset', [{ id: 'a', 'not-before': '2030-01-31T08:00:00' }]],
  ])('refuses %s, as the reader does', (_, value) => {
    expect([isRead(value), accepts(value)]).toEqual([false, false])
  })

  it('refuses what the reader refuses, but for what no schema can say', () => {
    const missed = BAD_TASKS.flatMap(([what, text]) => {
      const document = yaml.parseDocument(text, { schema: 'core' })
      const plain = document.errors.length === 0 && document.warnings.length === 0 && !/<<|&|\*|\?/.test(text)
      return plain && accepts(document.toJS()) ? [what] : []
    })
    expect(missed).toEqual([
      'the same id twice',
      'ids that differ only in case',
      'a prompt over 64 KiB in bytes only',
      'a NUL in a prompt',
      'a task that needs itself',
      'an unknown need',
      'a need in another case',
      'a cycle of two',
      'a cycle of three and an unknown need beside it',
      'two cycles',
      'paths that only take out',
      'a glob that is none',
      'a key that JavaScript keeps for itself',
      'a need among the defaults that one task is itself',
      'an unknown need among the defaults, once',
    ])
  })
})
