/** The part of the report that tells of one task: why, what happened, what it changes, the end of its log. Pure. */
import type { Diffstat, FileLines } from '../decide/changes.ts'
import { ending } from '../decide/explain.ts'
import type { GateRun, History, PushTry, Revert, WorkerRun } from '../decide/history.ts'
import { listed } from '../decide/plain.ts'
import type { Summary, SummaryTask } from '../decide/summary.ts'
import type { Handoff } from '../decide/task.ts'
import { FAILING } from '../decide/verdict.ts'
import { lastBytes } from './fit.ts'
import { block, commitCode, relativeHref, sentences, text } from './html.ts'
import { takeUpCommand } from './saved.ts'
import { offset } from './timeline.ts'
import { attempted, brief, changed, duration, outcomeWords, plural, taskSeconds } from './wording.ts'

/** What all parts of one page share. */
export interface Page {
  readonly summary: Summary
  readonly repositoryUrl: string | null
  /** Task id -> its number on the page. */
  readonly numbers: ReadonlyMap<string, number>
  readonly runs: ReadonlyMap<string, readonly WorkerRun[]>
  /** Of a gate or a push that many tasks shared, only the one on top tells. */
  readonly gates: ReadonlyMap<string, readonly GateRun[]>
  readonly pushes: ReadonlyMap<string, readonly PushTry[]>
  readonly reverts: ReadonlyMap<string, readonly Revert[]>
}

export function pageOf(summary: Summary, history: History, repositoryUrl: string | null): Page {
  return {
    summary,
    repositoryUrl,
    numbers: new Map(summary.tasks.map((task, index) => [task.id, index])),
    runs: Map.groupBy(history.workers, run => run.task),
    gates: Map.groupBy(history.gates, gate => gate.target.tasks.at(-1) ?? ''),
    pushes: Map.groupBy(history.pushes, push => push.tasks.at(-1) ?? ''),
    reverts: Map.groupBy(history.reverts, ({ task }) => task),
  }
}

/** So much of what a gate said is shown with a handoff; its packet and the log hold more. */
const HANDOFF_OUTPUT = 2 * 1024
const MOST_FILES = 50

export function taskPart(task: SummaryTask, open: boolean, tail: string, page: Page): string {
  const number = page.numbers.get(task.id)
  const parts = [facts(task, page), story(task, page), handoffs(task, page), diff(task, page), logEnd(tail)]
  return `<details class="task" id="t-${number}"${open ? ' open' : ''}><summary><bdi>${text(task.title, 200)}</bdi> ${outcome(task)}</summary>${parts.join('')}</details>`
}

export function outcome(task: SummaryTask): string {
  const bold = FAILING.has(task.outcome) ? 'strong' : 'span'
  return `<${bold} class="o o-${task.outcome}">${text(outcomeWords(task))}</${bold}>`
}

/** Empty where there is no log. */
export function logEnd(tail: string): string {
  return tail.trim() === '' ? '' : `<h3>End of the log</h3>${scrolled(tail)}`
}

/** It scrolls by itself, and begins at its end. */
function scrolled(content: string): string {
  return `<pre class="end" tabindex="0"><span>${block(content)}</span></pre>`
}

function facts(task: SummaryTask, page: Page): string {
  const { seconds } = task
  const command = takeUpCommand(task, '<folder of this page>')
  const shown: readonly (readonly [string, string])[] = [
    ['Id', `<code>${text(task.id)}</code>`],
    ['Why', task.reason ? sentences(task.reason.message) : ''],
    ['To do', task.reason ? sentences(task.reason.fix) : ''],
    ['Blocked by', taskLinks(task.blocked_by, page)],
    ['Needs', taskLinks(task.needs, page)],
    ['Commit', task.commit ? commitCode(task.commit, task.commit, page.repositoryUrl) : ''],
    ['Attempts', attempted(task.attempts)],
    [
      'Time',
      taskSeconds(task) > 0
        ? `workspace ${duration(seconds.workspace)}, worker ${duration(seconds.worker)}, landing ${duration(seconds.landing)}`
        : '',
    ],
    ['Exit code', task.exit_code === null ? '' : String(task.exit_code)],
    ['Take it up', command === null ? '' : `<code>${text(command)}</code>`],
    ['Files', files(task)],
  ]
  const list = shown
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `<dt>${name}</dt><dd>${value}</dd>`)
  return `<dl class="facts">${list.join('')}</dl>`
}

function taskLinks(ids: readonly string[], page: Page): string {
  return ids
    .map(id => {
      const number = page.numbers.get(id)
      return number === undefined ? text(id) : `<a href="#t-${number}">${text(id)}</a>`
    })
    .join(', ')
}

function files(task: SummaryTask): string {
  const items = task.files
    .slice(0, MOST_FILES)
    .map(file => `<li><a href="${relativeHref(file)}">${text(file, 300)}</a></li>`)
  return items.length === 0 ? '' : list('ul', items, task.files.length - items.length)
}

function list(kind: 'ul' | 'ol', items: readonly string[], more: number): string {
  return `<${kind}>${items.join('')}${more > 0 ? `<li>and ${more} more</li>` : ''}</${kind}>`
}

function story(task: SummaryTask, page: Page): string {
  const start = Date.parse(page.summary.run.started_at)
  const told = [
    ...(page.runs.get(task.id) ?? []).map(run => ({ ...run, what: ran(run) })),
    ...(page.gates.get(task.id) ?? []).map(gate => ({ ...gate, what: gated(gate) })),
    ...(page.pushes.get(task.id) ?? []).map(push => ({ ...push, what: pushed(push) })),
    ...(page.reverts.get(task.id) ?? []).map(({ at, commit }) => {
      return { from: at, to: null, what: `reverted by ${commit.slice(0, 7)}` }
    }),
  ].toSorted((a, b) => a.from - b.from)
  if (told.length === 0) return ''
  const items = told.map(({ from, to, what }) => {
    const took = to === null ? '' : `, ${duration((to - from) / 1000)}`
    return `<li>At ${offset(Math.max(0, from - start) / 1000)}: ${text(what, 500)}${took}</li>`
  })
  return `<h3>What happened</h3>${list('ol', items, 0)}`
}

function ran({ handoff, attempt, result }: WorkerRun): string {
  const what = handoff
    ? `remediation ${attempt} of a ${handoffKind(handoff)}`
    : `run ${attempt} of the worker`
  switch (result?.kind) {
    case 'candidate':
      return `${what}: ready to land, ${changed(result.candidate.changes)}`
    case 'unchanged':
      return `${what}: nothing changed`
    case 'failed':
      return `${what}: ${brief(result.failure)}`
    case undefined:
      return `${what}: not ended`
  }
}

function gated({ target, result }: GateRun): string {
  const how = result === null || result.passed === null ? 'cut short' : result.passed ? 'green' : 'red'
  const flake = result?.passed && result.runs > 1 ? ` on try ${result.runs}` : ''
  return `gate${withOthers(target.tasks)}: ${how}${flake}`
}

function pushed({ tasks, result }: PushTry): string {
  const how =
    result?.kind === 'landed'
      ? 'landed'
      : result?.kind === 'refused'
        ? `refused (${result.refusal.code})`
        : 'cut short'
  return `push${withOthers(tasks)}: ${how}`
}

function withOthers(tasks: readonly string[]): string {
  return tasks.length > 1 ? ` with ${plural(tasks.length - 1, 'other')} below it` : ''
}

function handoffKind({ kind }: Handoff): string {
  return kind === 'gate' ? 'red gate' : 'conflict'
}

function handoffs(task: SummaryTask, page: Page): string {
  const items = (page.runs.get(task.id) ?? []).flatMap(({ handoff, attempt }) => {
    if (handoff === null) return []
    const file = `tasks/${task.id}/handoff-${attempt}.json`
    const packet = task.files.includes(file) ? ` (<a href="${relativeHref(file)}">packet</a>)` : ''
    return [`<li>${text(`A ${handoffKind(handoff)}${handedOver(handoff)}`)}${packet}${said(handoff)}</li>`]
  })
  return items.length === 0 ? '' : `<h3>Handoffs</h3>${list('ol', items, 0)}`
}

function handedOver(handoff: Handoff): string {
  if (handoff.kind === 'conflict') return handoff.files.length > 0 ? ` in ${listed(handoff.files, 10)}` : ''
  return handoff.gate.timedOut ? ': it ran out of time' : `: it ${ending(handoff.gate)}`
}

function said(handoff: Handoff): string {
  if (handoff.kind === 'conflict' || handoff.gate.outputTail.trim() === '') return ''
  return scrolled(lastBytes(handoff.gate.outputTail, HANDOFF_OUTPUT))
}

/** As the last run that changed anything left it. */
function diff(task: SummaryTask, page: Page): string {
  const stat = page.runs.get(task.id)?.findLast(run => run.result?.diffstat !== undefined)?.result?.diffstat
  if (stat === undefined && task.changes === null) return ''
  const sum = task.changes === null ? '' : `<p class="dim">${changed(task.changes)}</p>`
  return `<h3>What it changes</h3>${sum}${stat ? fileList(stat) : ''}`
}

function fileList({ files: changes, more }: Diffstat): string {
  const items = changes.map(file => `<li><code><bdi>${text(file.path, 300)}</bdi></code> ${lines(file)}</li>`)
  return list('ul', items, more)
}

function lines({ insertions, deletions }: FileLines): string {
  if (insertions === null || deletions === null) return '<span class="dim">binary</span>'
  return `<span class="plus">+${insertions}</span> <span class="minus">−${deletions}</span>`
}
