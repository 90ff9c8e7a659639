/** Every shape of a saved file that was ever released, read as it was written. A new version gets a folder of its own. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Event } from '../../src/decide/happened.ts'
import { finishedBefore, resume } from '../../src/decide/resume.ts'
import { initialState } from '../../src/decide/state.ts'
import type { Plan, RunState, Sha } from '../../src/decide/task.ts'
import { type JournalText, readJournal } from '../../src/world/journal.ts'
import { openStateFile } from '../../src/world/state-file.ts'
import { LIMITS, planOf } from '../rig/model/plan.ts'
import { tempDir } from '../rig/temp.ts'

const V1 = join(import.meta.dirname, '..', 'fixtures', 'v1')

async function sample(name: string): Promise<JournalText> {
  const read = await readJournal(join(V1, name))
  if (read.kind !== 'read' || read.lost > 0) throw new Error(`${name} is ${JSON.stringify(read)}`)
  return read.text
}

/** The plan that the journal's head tells of. */
function planFor({ head }: JournalText, needs: Readonly<Record<string, readonly string[]>>): Plan {
  const tasks = Object.entries(head.fingerprints)
  return planOf(tasks.map(([id, fingerprint]) => ({ id, fingerprint, needs: needs[id] ?? [] })))
}

const fresh = (plan: Plan) => initialState(plan, '0'.repeat(40) as Sha, 0, [], 0)
const limits = { ...LIMITS, remediate: true, maxRemediations: 1 }

function stages({ tasks }: RunState): Record<string, string> {
  return Object.fromEntries(
    tasks.map(({ id, stage }) => [
      id,
      stage.kind === 'ended' ? `${stage.outcome} ${stage.failure?.code ?? ''}`.trim() : stage.kind,
    ]),
  )
}

test('a journal of version 1 leads to the state it told of', async () => {
  const text = await sample('journal.ndjson')
  const plan = planFor(text, { late: ['a'], never: ['bad'] })
  const state = resume(plan, fresh(plan), limits, text.events, () => true)
  expect(stages(state)).toEqual({
    kept: 'landed',
    a: 'landed',
    x: 'landed',
    y: 'landed',
    bad: 'failed worker-exit',
    killed: 'failed worker-signal',
    slow: 'failed timeout',
    out: 'failed out-of-scope',
    same: 'unchanged',
    red: 'failed gate',
    secret: 'blocked-push refused',
    late: 'landed',
    never: 'blocked dependency',
    undone: 'reverted verification',
  })
  const pushes = text.events.filter(
    ({ type, ...rest }) => type === 'pushed' && /"kind":"landed"/.test(JSON.stringify(rest)),
  )
  expect(state.lane.stats).toMatchObject({ pushes: pushes.length, racesLost: 1 })
})

test('a cancelled run of version 1 goes on with what was finished and starts over what was not', async () => {
  const text = await sample('cancelled.ndjson')
  const plan = planFor(text, { never: ['cut'] })
  const state = resume(plan, fresh(plan), limits, text.events, () => true)
  expect(stages(state)).toEqual({ done: 'ready', cut: 'waiting', never: 'waiting' })
  const finished = finishedBefore(plan, fresh(plan), limits, text.events, () => true)
  expect(finished.map(({ task, found }) => `${task} ${found.kind}`)).toEqual(['done candidate'])
})

test('the samples hold every kind of event that version 1 has', async () => {
  const events = [...(await sample('journal.ndjson')).events, ...(await sample('cancelled.ndjson')).events]
  // Exhaustive by its type: a new kind of event does not compile until it is here.
  const all: Record<Event['type'], true> = {
    began: true,
    worked: true,
    remediated: true,
    finished: true,
    stacked: true,
    gated: true,
    pushed: true,
    halted: true,
    found: true,
    resumed: true,
    verified: true,
    reverted: true,
  }
  expect([...new Set(events.map(event => event.type))].sort()).toEqual(Object.keys(all).sort())
})

test('state.json is still what version 1 has', async () => {
  await using dir = await tempDir()
  const text = await sample('journal.ndjson')
  const plan = planFor(text, { late: ['a'], never: ['bad'] })
  const file = join(dir.path, 'state.json')
  const stateFile = openStateFile(file, text.head, {}, told => told)
  stateFile.update(resume(plan, fresh(plan), limits, text.events, () => true))
  await stateFile.close()
  const [now, then] = await Promise.all(
    [file, join(V1, 'state.json')].map(async path => JSON.parse(await readFile(path, 'utf8'))),
  )
  // It may tell more.
  expect(shapeOf(now)).toMatchObject(shapeOf(then) as object)
  expect(now.tasks.map(endOf)).toEqual(then.tasks.map(endOf))
})

const endOf = (task: Record<string, unknown>) => [task.id, task.stage, task.outcome, task.reason]

/** Keys all the way down; of a list the shape of its first item. */
function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.slice(0, 1).map(shapeOf)
  if (typeof value !== 'object' || value === null) return null
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, shapeOf(inner)]))
}
