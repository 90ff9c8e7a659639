/** The step log while a run goes on: one line per event that people care about. Pure. */
import { ending, explain } from '../decide/explain.ts'
import type { Event, Found, PushResult, StackResult, WorkResult } from '../decide/happened.ts'
import type { History } from '../decide/history.ts'
import { listed, plainLine } from '../decide/plain.ts'
import {
  type Candidate,
  type GateResult,
  type Layer,
  type RunState,
  type Step,
  type TaskId,
  unreachable,
} from '../decide/task.ts'
import { harmless } from '../decide/text.ts'
import { standingOf, standingWords } from './standing.ts'
import { brief, changed, duration, plural } from './wording.ts'

/**
 * `[  12.3s] 12/40 landed, 4 running, 1 failed | fix-readme: worker exited with code 3`, or null if the event is none
 * of people's business. `state` is what it is after the event; times in milliseconds; `titles` by task id.
 */
export function progressLine(
  event: Event,
  state: RunState,
  startedAt: number,
  now: number,
  titles: Readonly<Record<string, string>>,
): string | null {
  const text = told(event, state, titles)
  if (text === null) return null
  return line(text, state, startedAt, now)
}

/** The same shape where nothing has happened: what is under way, the longest first. */
export function quietLine(
  history: History,
  state: RunState,
  startedAt: number,
  now: number,
  titles: Readonly<Record<string, string>>,
): string {
  const working = history.workers.filter(open).map(run => ({
    from: run.from,
    what: `${named(run.task, titles)}${run.handoff ? ' (remediation)' : ''}`,
  }))
  const gating = history.gates
    .filter(open)
    .map(gate => ({ from: gate.from, what: `gate of ${height(gate.target.tasks)}` }))
  const pushing = history.pushes.filter(open).map(push => ({ from: push.from, what: 'push' }))
  const { stackingSince } = history
  // A remote that does not answer shows as this.
  const stacking = stackingSince === null ? [] : [{ from: stackingSince, what: 'fetch of the branch' }]
  const all = [...working, ...stacking, ...gating, ...pushing].toSorted((a, b) => a.from - b.from)
  const told = all.map(({ from, what }) => `${what} for ${duration((now - from) / 1000)}`)
  return line(
    told.length === 0 ? 'still at work' : `still at work: ${listed(told, 5)}`,
    state,
    startedAt,
    now,
  )
}

function open({ to }: { readonly to: number | null }): boolean {
  return to === null
}

function line(text: string, state: RunState, startedAt: number, now: number): string {
  const time = elapsed((now - startedAt) / 1000)
  return harmless(`[${time}] ${standingWords(standingOf(state))} | ${plainLine(text, 500)}`)
}

type Titles = Readonly<Record<string, string>>

function told(event: Event, state: RunState, titles: Titles): string | null {
  switch (event.type) {
    case 'began':
      return begun(event.step, titles)
    case 'worked':
      return `${named(event.task, titles)}: ${worked(event.result)}${again(event.task, event.result, state)}`
    case 'remediated':
      return `${named(event.task, titles)}: remediation: ${worked(event.result)}`
    case 'finished':
    case 'resumed':
      return null
    case 'stacked':
      return stacked(event.result)
    case 'gated':
      return event.results.map(gated).join('; ') || null
    case 'pushed':
      return pushed(event.layers, event.result)
    case 'halted':
      return event.halt === 'signal' ? 'cancelled: nothing new starts' : `${event.halt}: nothing new starts`
    case 'found':
      return `${named(event.task, titles)}: ${found(event.found)}`
    case 'verified':
      return verified(event.result)
    case 'reverted':
      return `${named(event.task, titles)}: reverted by ${event.commit.slice(0, 7)}`
    default:
      return unreachable(event)
  }
}

function begun(step: Step, titles: Titles): string | null {
  switch (step.kind) {
    case 'work':
      return `${named(step.task, titles)}: started${step.attempt > 1 ? ` again, run ${step.attempt}` : ''}`
    case 'remediate':
      return `${named(step.task, titles)}: remediation ${step.attempt} of a ${step.handoff.kind === 'gate' ? 'red gate' : 'conflict'}`
    case 'gate':
      return `gate: testing ${step.targets.map(target => height(target.tasks)).join(', ')}`
    case 'stack':
      return step.waitMs >= 1000 ? `waiting ${duration(step.waitMs / 1000)} before the next attempt` : null
    case 'push':
    case 'finish':
      return null
    default:
      return unreachable(step)
  }
}

function height(tasks: readonly TaskId[]): string {
  const top = tasks.at(-1)
  if (top === undefined) return 'the tip'
  return tasks.length === 1 ? top : `a stack of ${tasks.length} up to ${top}`
}

function worked(result: WorkResult): string {
  switch (result.kind) {
    case 'candidate':
      return `ready to land, ${changed(result.candidate.changes)}`
    case 'unchanged':
      return 'nothing changed'
    case 'failed':
      return brief(result.failure)
    default:
      return unreachable(result)
  }
}

/** A failed worker whose task has not ended gets another run. */
function again(id: TaskId, result: WorkResult, state: RunState): string {
  const ended = state.tasks.find(task => task.id === id)?.stage.kind === 'ended'
  return result.kind === 'failed' && !ended ? ', will run again' : ''
}

function stacked(result: StackResult): string | null {
  if (result.kind === 'unreachable') {
    const { code: refusal, output } = result.refusal
    const { what } = explain({ code: 'refused', refusal, output }, { branch: '' })
    return `${what.charAt(0).toLowerCase()}${what.slice(1).replace(/\.$/, '')}`
  }
  const conflicts = result.conflicts
    .filter(conflict => conflict.with === 'tip')
    .map(conflict => `${conflict.task}: conflicts with the branch in ${listed(conflict.files)}`)
  const landed = result.landed.map(({ task }) => `${task}: had landed after all`)
  const noops = result.noops.length > 0 ? [`${listed(result.noops)}: nothing left to land`] : []
  return [...landed, ...conflicts, ...noops].join('; ') || null
}

function verified(result: GateResult): string {
  const where = `verification of ${result.commit.slice(0, 7)}`
  const time = duration(result.seconds)
  if (result.passed) return `${where} passed in ${time}`
  const how = result.timedOut ? 'ran out of time' : ending(result)
  return `${where} failed in ${time}: it ${how} (${result.logFile})`
}

function gated(result: GateResult): string {
  const time = duration(result.seconds)
  if (result.passed === null) return `gate cut short after ${time}`
  if (result.passed)
    return `gate green in ${time}${result.runs > 1 ? ` on try ${result.runs} (a flake)` : ''}`
  const { exitCode, signal, timedOut } = result
  return `gate red in ${time}: ${brief({ code: 'gate', exitCode, signal, timedOut })} (${result.logFile})`
}

function pushed(layers: readonly Layer[], result: PushResult): string | null {
  const ids = layers.map(layer => layer.task)
  switch (result.kind) {
    case 'landed': {
      // Reverts tell for themselves.
      if (layers.length === 0) return null
      const top = layers.at(-1)?.commit.slice(0, 7) ?? ''
      const bypassed = result.bypassed.length > 0 ? ` (bypassing: ${listed(result.bypassed)})` : ''
      return `landed ${listed(ids, 10)} as ${top}${bypassed}`
    }
    case 'refused':
      return result.refusal.code === 'race'
        ? `push of ${ids.length === 0 ? 'reverts' : plural(ids.length, 'task')} lost a race`
        : `push of ${listed(ids, 10) || 'reverts'} refused: ${brief({ code: 'refused', refusal: result.refusal.code, output: result.refusal.output })}`
    case 'stopped':
      return null
    default:
      return unreachable(result)
  }
}

function found(what: Found): string {
  switch (what.kind) {
    case 'landed':
      return `has landed before as ${what.commit.slice(0, 7)}`
    case 'candidate':
      return `kept work of an earlier run found, ${candidate(what.candidate)}`
    case 'unchanged':
      return 'had changed nothing in an earlier attempt'
    case 'archived':
      return 'has landed before: it is in the done file of the branch'
    default:
      return unreachable(what)
  }
}

function candidate({ changes }: Candidate): string {
  return changed(changes)
}

function named(id: TaskId, titles: Titles): string {
  const title = titles[id]
  return title === undefined || title === id ? id : `${id} (${plainLine(title, 60)})`
}

/** Seven columns up to an hour and beyond, so that the lines stand in a column. */
function elapsed(seconds: number): string {
  return (seconds < 60 ? `${seconds.toFixed(1)}s` : duration(seconds)).padStart(7)
}
