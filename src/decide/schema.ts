/** The tasks file as a JSON Schema, for editors: from the shapes that the reader itself uses (SPEC section 3). */
import * as z from 'zod'
import { DEFAULT_KEYS, TASK_KEYS } from './fields.ts'
import { MAX_TEXT_BYTES, MAX_TITLE } from './rules.ts'

type Json = Readonly<Record<string, unknown>>
type TaskKey = keyof typeof TASK_KEYS

interface KeyWords {
  /** What it means, in a sentence or two; code in backticks. */
  readonly meaning: string
  /** The README's word for what holds where the key is missing. */
  readonly otherwise?: string
  /** What the rules of rules.ts demand, as far as a schema can say it. */
  readonly limits?: Json
}

const TEXT = { maxLength: MAX_TEXT_BYTES }
const FILLED = { ...TEXT, minLength: 1, pattern: '\\S' }
/** Schemas know no flags: every letter in both cases. */
const anyCase = (words: string): string =>
  words.replace(/[a-z]/g, letter => `[${letter}${letter.toUpperCase()}]`)
const DEVICE = anyCase('(con|prn|aux|nul|(com|lpt)[0-9])')
const ID = {
  minLength: 1,
  maxLength: 64,
  pattern: `^(?!${DEVICE}(\\.|$))(?!.*(\\.|\\.${anyCase('lock')})$)[A-Za-z0-9][A-Za-z0-9._-]*$`,
}
const RESERVED = '(FANOUT|GITHUB_(ENV|PATH|OUTPUT|STATE|STEP_SUMMARY))$|(FANOUT|GIT|INPUT|ACTIONS)_'

/** Every key of a task. The README's table is made of these, too. */
export const KEY_WORDS: Readonly<Record<TaskKey, KeyWords>> = {
  id: {
    meaning:
      'Up to 64 letters, digits, `.`, `_` and `-`, beginning with a letter or digit. Unique, ignoring case.',
    otherwise: '**required**',
    limits: ID,
  },
  title: {
    meaning: 'One line of up to 200 characters, shown everywhere; the default commit subject.',
    otherwise: 'the id',
    limits: {
      minLength: 1,
      maxLength: MAX_TITLE,
      pattern: '^(?=.*\\S)[^\\u0000-\\u001f\\u007f-\\u009f\\u2028\\u2029]+$',
    },
  },
  prompt: {
    meaning: 'Up to 64 KiB, given to the worker in a file and on standard input, never in a command line.',
    limits: TEXT,
  },
  run: {
    meaning: 'The worker command. A task needs one or the other.',
    otherwise: 'the `run` input',
    limits: FILLED,
  },
  needs: {
    meaning: 'An id or a list of ids that must have ended `landed` or `unchanged` first.',
    limits: { type: ['string', 'array'], items: { type: 'string' } },
  },
  paths: {
    meaning: 'Globs of the only files the task may change.',
    otherwise: 'any',
    limits: {
      items: {
        type: 'string',
        minLength: 1,
        maxLength: 1000,
        pattern: '^(?!!?(/|~|[A-Za-z]:))(?!!?(.*/)?\\.\\.(/|$))[^\\\\]+$',
      },
    },
  },
  env: {
    meaning: 'Extra environment of its worker.',
    limits: {
      propertyNames: { type: 'string', pattern: `^(?!${RESERVED})[A-Za-z_][A-Za-z0-9_]*$` },
      additionalProperties: { type: 'string', ...TEXT },
    },
  },
  'timeout-minutes': {
    meaning: 'The worker is stopped when it runs longer.',
    otherwise: '`task-timeout-minutes`',
  },
  retries: {
    meaning: 'Runs of a failed worker again, each in a fresh workspace.',
    otherwise: '`retries`',
  },
  'commit-message': {
    meaning: 'Template for this task; `{id}`, `{title}` and `{prompt}` are replaced.',
    otherwise: '`commit-message`',
    limits: FILLED,
  },
  status: {
    meaning:
      '`todo` and `doing` run, `doing` first; `draft`, `done` and `rejected` do not. A need on a `done` task is met.',
    otherwise: '`todo`',
  },
  'not-before': {
    meaning: 'RFC 3339 time; skipped until then.',
    limits: {
      format: 'date-time',
      pattern: '^\\d{4}-\\d\\d-\\d\\d[Tt]\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?([Zz]|[+-]\\d\\d:\\d\\d)$',
    },
  },
  source: {
    meaning: 'The task that left this one as a follow-up; written by bookkeeping, for people.',
    limits: ID,
  },
}

/** JSON Schema (draft 7) of a tasks file in Fanout's own format, YAML or JSON. */
export function tasksSchema(): Json {
  const list = { type: 'array', items: { $ref: '#/definitions/task' } }
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Tasks of Fanout',
    description: 'A list of tasks, or {version: 1, defaults: {...}, tasks: [...]}.',
    anyOf: [
      list,
      {
        type: 'object',
        properties: {
          $schema: { type: 'string', description: 'This schema, for the editor.' },
          version: { const: 1 },
          defaults: { $ref: '#/definitions/defaults' },
          tasks: list,
        },
        required: ['version', 'tasks'],
        additionalProperties: false,
      },
    ],
    definitions: {
      task: { ...objectOf(TASK_KEYS, ''), required: ['id'] },
      defaults: objectOf(DEFAULT_KEYS, 'What holds for every task that does not say otherwise.'),
    },
  }
}

function objectOf(shape: Readonly<Partial<Record<TaskKey, z.ZodType>>>, description: string): Json {
  const properties = Object.entries(shape).map(([key, schema]) => {
    const { meaning, limits = {} } = KEY_WORDS[key as TaskKey]
    const { $schema: _, ...own } = z.toJSONSchema(schema, { io: 'input', target: 'draft-7' }) as Record<
      string,
      unknown
    >
    // Whole numbers have the largest one that JavaScript can tell from its neighbours: nobody means that.
    if (own.maximum === Number.MAX_SAFE_INTEGER) delete own.maximum
    return [key, { description: meaning.replaceAll('`', ''), ...own, ...limits }]
  })
  return {
    type: 'object',
    ...(description === '' ? {} : { description }),
    properties: Object.fromEntries(properties),
    additionalProperties: false,
  }
}
