/** Whether a line of a journal is an event. A journal is a file: whoever reads it must not stumble over what is in it. */
import type { Event } from './happened.ts'
import type { Candidate } from './task.ts'

type Value = Readonly<Record<string, unknown>>

function isObject(value: unknown): value is Value {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isText(value: unknown): value is string {
  return typeof value === 'string'
}

function areAll(value: unknown, each: (item: unknown) => boolean): boolean {
  return Array.isArray(value) && value.every(each)
}

const isOfTask = (value: unknown): boolean => isObject(value) && isText(value.task)

function isCandidate(value: unknown): value is Candidate {
  return isObject(value) && isText(value.commit) && isText(value.base) && isObject(value.changes)
}

function isWorkResult(value: unknown): boolean {
  if (!isObject(value) || !isObject(value.seconds)) return false
  switch (value.kind) {
    case 'candidate':
      return isCandidate(value.candidate)
    case 'unchanged':
      return true
    case 'failed':
      return isObject(value.failure) && (value.kept === null || isCandidate(value.kept))
    default:
      return false
  }
}

function isFound(value: unknown): boolean {
  if (!isObject(value)) return false
  if (value.kind === 'landed') return isText(value.commit)
  if (value.kind === 'candidate') return isCandidate(value.candidate)
  return value.kind === 'unchanged' || value.kind === 'archived'
}

const isRefused = (value: unknown): boolean => isOfTask(value) && isObject((value as Value).failure)

function isStackResult(value: unknown): boolean {
  if (!isObject(value)) return false
  if (value.kind === 'unreachable') return isObject(value.refusal)
  return (
    isObject(value.stack) &&
    areAll(value.conflicts, isOfTask) &&
    (value.refused === undefined || areAll(value.refused, isRefused)) &&
    areAll(value.noops, isText) &&
    areAll(value.landed, isOfTask)
  )
}

/** What each kind holds beside `type` and `at`, as far as it is read before it is applied. */
const KINDS: { readonly [T in Event['type']]: (line: Value) => boolean } = {
  began: ({ step }) => isObject(step) && isText(step.kind) && (!('task' in step) || isText(step.task)),
  worked: line => isOfTask(line) && isWorkResult(line.result),
  remediated: line => isOfTask(line) && isWorkResult(line.result),
  finished: line => isOfTask(line) && areAll(line.files, isText),
  stacked: ({ result }) => isStackResult(result),
  gated: ({ results }) => areAll(results, isObject),
  pushed: ({ layers, result }) => areAll(layers, isOfTask) && isObject(result),
  halted: ({ halt }) => isText(halt),
  resumed: () => true,
  found: line => isOfTask(line) && isFound(line.found),
  verified: ({ result }) => isObject(result),
  reverted: line => isOfTask(line) && isText(line.commit) && isCandidate(line.work),
}

export function isEvent(line: unknown): line is Event {
  if (!isObject(line) || !isText(line.at)) return false
  return isText(line.type) && Object.hasOwn(KINDS, line.type) && KINDS[line.type as Event['type']](line)
}
