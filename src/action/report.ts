/** report.html: one page that needs no network, works without its script, and runs nothing it shows. Pure. */
import { createHash } from 'node:crypto'
import { type History, NO_HISTORY } from '../decide/history.ts'
import type { Summary, SummaryTask } from '../decide/summary.ts'
import type { Outcome } from '../decide/task.ts'
import { FAILING } from '../decide/verdict.ts'
import { lastBytes } from './fit.ts'
import { commitCode, sentences, text } from './html.ts'
import { SCRIPT, STYLE } from './report-page.ts'
import { logEnd, outcome, type Page, pageOf, taskPart } from './report-task.ts'
import { timeline } from './timeline.ts'
import {
  attempted,
  changed,
  duration,
  gatesSaved,
  headline,
  needPerson,
  OUTCOMES,
  plural,
  runSeconds,
  taskSeconds,
} from './wording.ts'

export interface ReportExtra {
  /** Task id -> the end of its log. */
  readonly tails: ReadonlyMap<string, string>
  /** The end of verify.log, where the verification failed. */
  readonly verifyTail?: string
  /** For links to commits; null: none. */
  readonly repositoryUrl?: string | null
  /** For the timeline and the story of each task. */
  readonly history?: History
}

/** All log tails together; each task gets a fair share, so that the page opens at once. */
const TAILS = 3 * 1024 * 1024
const TAIL = 16 * 1024
/** So many tasks in need of a person are shown open. */
const OPEN = 10
/** So many are listed first. */
const PERSONS = 20

export function reportHtml(summary: Summary, extra: ReportExtra): string {
  const title = headline(summary)
  const persons = needPerson(summary)
  const opened = new Set(persons.length <= OPEN ? persons.map(task => task.id) : [])
  const share = Math.min(TAIL, Math.floor(TAILS / Math.max(1, summary.tasks.length)))
  const history = extra.history ?? NO_HISTORY
  // Nothing of a dry run is on the remote.
  const page = pageOf(summary, history, summary.run.dry_run ? null : (extra.repositoryUrl ?? null))
  const drawn = timeline(summary, history)
  const policy = `default-src 'none'; style-src ${hash(STYLE)}; script-src ${hash(SCRIPT)}; base-uri 'none'; form-action 'none'`
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<title>${text(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<a class="skip" href="#tasks">Skip to the tasks</a>
<header>
<h1>${text(title)}</h1>
<p class="dim">${runLine(page)}</p>
${counts(summary)}
</header>
<main>
${personsPart(persons, page)}
${drawn === '' ? '' : `<h2 id="timeline">Timeline</h2>\n<div class="scroll" role="region" aria-labelledby="timeline" tabindex="0">${drawn}</div>`}
<h2>Verification</h2>
<p>${verification(page)}</p>${logEnd(lastBytes(extra.verifyTail ?? '', TAIL))}
<h2>Landing lane</h2>
<p>${lane(summary)}</p>
<h2 id="tasks">Tasks</h2>
${filterForm(summary)}
<div class="scroll" role="region" aria-labelledby="tasks" tabindex="0">
<table id="table">
<caption class="only-read">Every task with its outcome; the first column leads to its details below</caption>
${tableHead()}
<tbody id="rows">
${summary.tasks.map((task, index) => tableRow(task, index, page)).join('\n')}
</tbody>
</table>
</div>
<h2 id="details">Details</h2>
<div id="parts">
${summary.tasks.map(task => taskPart(task, opened.has(task.id), lastBytes(extra.tails.get(task.id) ?? '', share), page)).join('\n')}
</div>
</main>
<script>${SCRIPT}</script>
</body>
</html>
`
}

function personsPart(persons: readonly SummaryTask[], { numbers }: Page): string {
  if (persons.length === 0) return ''
  const items = persons.slice(0, PERSONS).map(task => {
    const why = task.reason ? `<br><span class="dim">${sentences(task.reason.message)}</span>` : ''
    return `<li><a href="#t-${numbers.get(task.id)}"><bdi>${text(task.title, 200)}</bdi></a> ${outcome(task)}${why}</li>`
  })
  const more = persons.length - items.length
  if (more > 0) items.push(`<li>and ${more} more in the table below</li>`)
  return `<h2>What needs a person</h2>\n<ul class="persons">${items.join('\n')}</ul>`
}

function runLine({ summary, repositoryUrl }: Page): string {
  const { run } = summary
  const sha = (value: string): string => commitCode(value, value.slice(0, 7), repositoryUrl)
  return [
    text(run.repository),
    run.base_sha === run.head_sha ? sha(run.base_sha) : `${sha(run.base_sha)} → ${sha(run.head_sha)}`,
    `<time datetime="${text(run.started_at)}">${text(run.started_at)}</time>`,
    duration(runSeconds(summary)),
    plural(run.workers, 'worker'),
    `run <code>${text(run.key)}</code>`,
    run.resumed ? 'resumed' : '',
    run.dry_run ? 'dry run: nothing was pushed' : '',
  ]
    .filter(part => part !== '')
    .join(' · ')
}

function counts({ counts: count }: Summary): string {
  const shown: readonly (readonly [Outcome, number])[] = [
    ['landed', count.landed],
    ['unchanged', count.unchanged],
    ['failed', count.failed],
    ['blocked-push', count.blocked_push],
    ['blocked', count.blocked],
    ['reverted', count.reverted],
    ['cancelled', count.cancelled],
    ['skipped', count.skipped],
  ]
  const items = shown
    .filter(([outcome, value]) => value > 0 || outcome === 'landed' || outcome === 'failed')
    .map(
      ([outcome, value]) =>
        `<div><dt class="o o-${outcome}">${OUTCOMES[outcome].word}</dt><dd>${value}</dd></div>`,
    )
  return `<dl class="counts">${items.join('')}</dl>`
}

function verification({ summary: { verification: result }, repositoryUrl }: Page): string {
  if (!result.ran)
    return result.skipped_because ? `Not run: ${sentences(result.skipped_because)}` : 'Not run.'
  const command = `<code>${text(result.command, 500)}</code>`
  const on = result.sha ? ` on ${commitCode(result.sha, result.sha.slice(0, 7), repositoryUrl)}` : ''
  const where = `${on} in ${duration(result.seconds)}`
  if (result.passed) return `<span class="o o-landed">passed</span>: ${command}${where}`
  const exit = result.exit_code === null ? '' : ` with exit code ${result.exit_code}`
  const culprits = result.culprits.length > 0 ? `; caused by ${text(result.culprits.join(', '))}` : ''
  return `<span class="o o-failed">failed</span>${exit}: ${command}${where} (<a href="./verify.log">verify.log</a>)${culprits}`
}

function lane(summary: Summary): string {
  const { landing, counts: count } = summary
  return [
    `${count.landed} landed`,
    `${plural(landing.pushes, 'push', 'pushes')} in ${plural(landing.push_attempts, 'attempt')}`,
    `${plural(landing.races_lost, 'race')} lost`,
    plural(landing.rounds, 'round'),
    `${plural(landing.gates_run, 'gate')} run in ${duration(landing.gate_seconds)}`,
    `${plural(gatesSaved(summary), 'gate')} saved`,
    plural(landing.gate_flakes, 'flake'),
  ].join(' · ')
}

/** Hidden until the script that does the work is there. */
function filterForm(summary: Summary): string {
  const outcomes = (Object.keys(OUTCOMES) as Outcome[]).filter(outcome =>
    summary.tasks.some(task => task.outcome === outcome),
  )
  const person = summary.tasks.some(task => FAILING.has(task.outcome))
  const options = outcomes.map(outcome => `<option value="${outcome}">${OUTCOMES[outcome].word}</option>`)
  return `<form id="filter" role="search" hidden>
<label>Search <input type="search" id="query" autocomplete="off" spellcheck="false" placeholder="also in the logs"></label>
<label>Outcome <select id="outcome"><option value="">all</option>${person ? '<option value="person">needs a person</option>' : ''}${options.join('')}</select></label>
<output id="shown" class="dim" for="query outcome"></output>
</form>`
}

function tableHead(): string {
  const names = ['Task', 'Outcome', 'Commit', 'Changes', 'Time', 'Attempts']
  return `<thead><tr>${names.map(name => `<th scope="col">${name}</th>`).join('')}</tr></thead>`
}

/** Sorted by its words, or by the number in `data-by`. */
function tableRow(task: SummaryTask, index: number, page: Page): string {
  const id = task.title === task.id ? '' : ` <code>${text(task.id)}</code>`
  const seconds = taskSeconds(task)
  const { changes } = task
  const cells = [
    `<th scope="row"><a href="#t-${index}"><bdi>${text(task.title, 200)}</bdi></a>${id}</th>`,
    `<td data-by="${OUTCOMES[task.outcome].rank}">${outcome(task)}</td>`,
    `<td>${task.commit ? commitCode(task.commit, task.commit.slice(0, 7), page.repositoryUrl) : ''}</td>`,
    `<td data-by="${changes ? changes.insertions + changes.deletions : -1}">${changed(changes)}</td>`,
    `<td class="number" data-by="${Math.round(seconds * 1000)}">${seconds > 0 ? duration(seconds) : ''}</td>`,
    `<td data-by="${task.attempts.worker + task.attempts.push}">${attempted(task.attempts)}</td>`,
  ]
  const person = FAILING.has(task.outcome) ? ' data-person' : ''
  return `<tr data-outcome="${task.outcome}"${person}>${cells.join('')}</tr>`
}

function hash(content: string): string {
  return `'sha256-${createHash('sha256').update(content).digest('base64')}'`
}
